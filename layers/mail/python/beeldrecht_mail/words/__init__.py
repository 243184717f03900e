"""The catalogues: one module a language, each whole."""

from collections.abc import Mapping
from types import MappingProxyType

from . import de, en, fr, nl
from .model import CopyWords, Language, MailWords, Variant

__all__ = [
    "FALLBACK",
    "LANGUAGES",
    "CopyWords",
    "Language",
    "MailWords",
    "Variant",
    "language",
]

FALLBACK = "en"
LANGUAGES: Mapping[str, Language] = MappingProxyType(
    {each.LANGUAGE.code: each.LANGUAGE for each in (nl, en, de, fr)}
)


def language(code: str) -> Language:
    """The language of that code, else English."""
    return LANGUAGES.get(code.lower()[:2], LANGUAGES[FALLBACK])
