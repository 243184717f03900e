"""The wording that comes with the system, in four languages: there is always one to sign.

It is the same for everybody but for who is responsible. It is put on record when it is
first asked in; whoever changes its words, or who is responsible, makes what is asked from
then on the next version, and what was signed stays as it was.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from typing import Final

from . import standard_de, standard_en, standard_fr, standard_nl
from .channels import Channel, Place
from .ids import derived_id
from .wordings import Wording, WordingText

STANDARD_ID: Final = derived_id("wording", "standard")
TERMS: Final[Mapping[Channel, int]] = MappingProxyType(
    {
        Channel.WEBSITE: 24,
        Channel.SOCIAL: 12,
        Channel.INTRANET: 36,
        Channel.PRINT: 24,
        Channel.PRESS: 12,
        Channel.PAID: 12,
    }
)
"""In months, by channel."""
PORTRAIT_MONTHS: Final = 24
BIOMETRIC_MONTHS: Final = 12
_TEXTS: Final = {
    "nl": standard_nl.TEXT,
    "en": standard_en.TEXT,
    "de": standard_de.TEXT,
    "fr": standard_fr.TEXT,
}


def standard(
    controller: str, contact: str, created_by: str, created_at: datetime
) -> Wording:
    """Its first version, for this controller, who is reached at `contact`."""

    def named(text: str) -> str:
        return text.format(controller=controller, contact=contact)

    return Wording(
        wording_id=STANDARD_ID,
        version=1,
        texts={language: _with(text, named) for language, text in _TEXTS.items()},
        channels=TERMS,
        places=frozenset({Place.WORLD}),
        portrait_months=PORTRAIT_MONTHS,
        biometric_months=BIOMETRIC_MONTHS,
        compensation=None,
        created_by=created_by,
        created_at=created_at,
    )


def _with(text: WordingText, named: Callable[[str], str]) -> WordingText:
    return replace(
        text,
        controller=named(text.controller),
        notice=tuple(named(paragraph) for paragraph in text.notice),
        portrait=named(text.portrait) if text.portrait else None,
    )
