"""Compile the templates of mails: MJML into HTML that mail clients show.

One layout holds one part for each kind of mail. The compiler is MRML, MJML in Rust; it
runs when the layer is built, and no function carries it.
"""

from importlib.metadata import version
from pathlib import Path

SOURCE = Path(__file__).resolve().parent / "mail/templates"
_PART = "@@PART@@"
LARGEST = 100_000
"""Bytes: Gmail cuts a longer mail off, and its last words with it."""


class TemplateError(Exception):
    """A template that cannot be compiled, or says what no mail may say."""


def compiler() -> str:
    """What compiles, and which version of it: part of what decides the outcome."""
    return f"mrml {version('mrml')}"


def compile_all(target: Path, source: Path = SOURCE) -> None:
    """Write one HTML file for each part into `target`, which must not be there."""
    target.mkdir(parents=True)
    layout = (source / "layout.mjml").read_text(encoding="utf-8")
    for part in sorted((source / "parts").glob("*.mjml")):
        compiled = compiled_from(layout.replace(_PART, part.read_text(encoding="utf-8")))
        (target / f"{part.stem}.html").write_text(compiled, encoding="utf-8")


def compiled_from(mjml: str) -> str:
    """The HTML of one mail; raises TemplateError when it would fetch anything."""
    import mrml  # noqa: PLC0415  # building any other layer does without it

    try:
        output = mrml.to_html(mjml, None, mrml.RenderOptions(fonts={}))
    except OSError as error:
        raise TemplateError(str(error)) from error
    if output.warnings:
        raise TemplateError(", ".join(each.kind for each in output.warnings))
    lowered = output.content.lower()
    for fetching in ("<img", "<link", "@import", "<script", "url(", "background="):
        if fetching in lowered:
            raise TemplateError(f"a mail fetches nothing from anywhere: {fetching}")
    if len(output.content) > LARGEST // 2:
        raise TemplateError("a template has to leave room for its words")
    return output.content
