"""A phrase in each language that people are spoken to in."""

from typing import NamedTuple


class Phrase(NamedTuple):
    """The same in each language; `{…}` is filled in."""

    en: str
    nl: str
