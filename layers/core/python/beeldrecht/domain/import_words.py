"""The words for archives on their way in, and why a file of one is not taken in."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from .imports import ImportRefusal, ImportState

ENGLISH: Final[Mapping[StrEnum, str]] = MappingProxyType(
    {
        ImportState.OPEN: "The import takes files.",
        ImportState.STOPPED: "The import was stopped; what arrived stays.",
        ImportRefusal.STOPPED: "This import was stopped. Begin one of another name.",
        ImportRefusal.OTHER_TERMS: "An import of this name is there with another origin,"
        " session, collection or basis. Choose another name, or the same terms.",
        ImportRefusal.ERASED: "This picture was here and was erased, so it is not taken"
        " in again.",
        ImportRefusal.WAITED_TOO_LONG: "It was announced a week ago and never came. Run"
        " the import again in a day or two.",
        ImportRefusal.PARTS_NOT_SAID: "The digests are not as many as the parts. Run the"
        " import again with this version of the command.",
        ImportRefusal.WORDS_REFUSED: "What the sidecar says of it cannot be taken over:"
        " too long, no date, or hidden characters. Mend that row.",
    }
)

DUTCH: Final[Mapping[StrEnum, str]] = MappingProxyType(
    {
        ImportState.OPEN: "De import neemt bestanden aan.",
        ImportState.STOPPED: "De import is gestopt; wat binnen is, blijft.",
        ImportRefusal.STOPPED: "Deze import is gestopt. Begin er een met een andere"
        " naam.",
        ImportRefusal.OTHER_TERMS: "Er is al een import met deze naam, met een andere"
        " herkomst, sessie, collectie of grondslag. Kies een andere naam, of dezelfde"
        " voorwaarden.",
        ImportRefusal.ERASED: "Deze foto was hier en is gewist, dus wordt hij niet"
        " opnieuw opgenomen.",
        ImportRefusal.WAITED_TOO_LONG: "Dit is een week geleden aangekondigd en nooit"
        " gekomen. Start de import over een of twee dagen opnieuw.",
        ImportRefusal.PARTS_NOT_SAID: "Er zijn niet evenveel controlegetallen als delen."
        " Start de import opnieuw met deze versie van het commando.",
        ImportRefusal.WORDS_REFUSED: "Wat het bijbestand erover zegt, is niet over te"
        " nemen: te lang, geen datum of verborgen tekens. Herstel die regel.",
    }
)
