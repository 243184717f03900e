"""What the fonts of a document can draw; everything else is named by its number.

A PDF/A may not hold a letter without a shape. The ranges are those of left-to-right
scripts that both fonts of the signed copy were tried with, letter by letter; names in
other scripts are read in the evidence inside the document, which holds every letter.
"""

import unicodedata
from typing import Final

RANGES: Final = (
    (0x0020, 0x007E),  # Latin
    (0x00A0, 0x02FF),  # Latin with all that Europe's languages put on it
    (0x0300, 0x0304),  # the marks that some letters have none of their own for
    (0x0306, 0x030C),
    (0x0323, 0x0328),
    (0x0370, 0x03FF),  # Greek
    (0x0400, 0x0481),  # Cyrillic
    (0x048A, 0x04FF),
    (0x1E00, 0x1EFF),  # Latin once more: Vietnamese, Welsh
    (0x2010, 0x2027),  # dashes, quotation marks, dots
    (0x2030, 0x203A),
    (0x20AC, 0x20AC),  # the euro sign
    (0x2116, 0x2116),
    (0x2122, 0x2122),
)
_UNSEEN = ("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp")


def shown(text: str) -> str:
    """The text as it can be drawn: `[U+4E2D]` for what cannot, blanks for breaks."""
    return "".join(_shown(character) for character in unicodedata.normalize("NFC", text))


def drawable(character: str) -> bool:
    """Whether both standards and a font of ours have a shape for it."""
    number = ord(character)
    return any(first <= number <= last for first, last in RANGES) and (
        unicodedata.category(character) not in _UNSEEN
    )


def _shown(character: str) -> str:
    if drawable(character):
        return character
    if character in "\t\r\n\u2028\u2029":
        return " "
    return f"[U+{ord(character):04X}]"
