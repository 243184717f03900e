"""Codes to print: an address as a picture that a phone's camera reads."""

import io


def svg_of(address: str) -> str:
    """The address as an SVG of its own, black on white with the quiet zone around it.

    The level restores a quarter of the code (ISO/IEC 18004, Q): printed on paper that
    is folded, it still reads. It scales without end, for it has no size but a view box.
    """
    # Here alone, so that no other request waits for it at a cold start.
    import segno  # noqa: PLC0415

    out = io.BytesIO()
    segno.make_qr(address, error="q").save(
        out, kind="svg", light="#fff", omitsize=True, xmldecl=False, nl=False
    )
    return out.getvalue().decode()
