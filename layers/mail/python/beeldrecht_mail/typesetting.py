"""Setting a document: PDF/A-3a and PDF/UA-1, the same bytes for the same words.

Readable in fifty years, and with a screen reader. Typst, which sets it, refuses to write
a file that breaks either standard. What is said comes in as data, never as markup.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from .glyphs import shown

if TYPE_CHECKING:
    from typst import Compiler

STANDARDS: Final = ("a-3a", "ua-1")
FONTS: Final = ("Libertinus Serif", "DejaVu Sans Mono")
"""They come with Typst, under the Open Font License and Bitstream Vera's."""


def pdf_of(source: Path, inputs: Mapping[str, str], at: datetime) -> bytes:
    """The PDF that a template makes of these inputs, dated at that instant."""
    pdf = _compiler().compile(
        input=source.read_bytes(),
        format="pdf",
        sys_inputs=dict(inputs),
        pdf_standards=list(STANDARDS),
        # Whole seconds, in UTC: what a PDF can hold.
        timestamp=int(at.astimezone(UTC).timestamp()),
    )
    if not isinstance(pdf, bytes):
        raise TypeError("a document is one file")
    return pdf


def all_shown(value: Any) -> Any:
    """Every string in it, with what no font of ours can draw named by its number."""
    match value:
        case str():
            return shown(value)
        case list():
            return [all_shown(each) for each in value]
        case dict():
            return {key: all_shown(each) for key, each in value.items()}
    return value


def grouped(digits: str) -> str:
    """Long numbers in groups, so that they fold and can be compared by eye."""
    return " ".join(digits[n : n + 8] for n in range(0, len(digits), 8))


@cache
def _compiler() -> "Compiler":
    """One for the process: reading the fonts takes longer than setting a page."""
    from typst import Compiler, Fonts  # noqa: PLC0415  # 80 MiB, not for every mail

    fonts = Fonts(include_system_fonts=False, include_embedded_fonts=True)
    return Compiler(font_paths=fonts, ignore_system_fonts=True)
