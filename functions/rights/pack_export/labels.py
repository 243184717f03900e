"""The words around the data on the page of an export, in Dutch and English."""

from collections.abc import Mapping
from enum import StrEnum, auto
from types import MappingProxyType
from typing import Final


class Label(StrEnum):
    """A piece of text on the page."""

    TITLE = auto()
    LEAD = auto()
    MADE = auto()
    RIGHTS = auto()
    YOU = auto()
    NAME = auto()
    EMAIL = auto()
    BORN = auto()
    GUARDIAN = auto()
    CONSENTS = auto()
    SIGNED = auto()
    WHAT = auto()
    FOR = auto()
    STANDS = auto()
    UNTIL = auto()
    DOCUMENT = auto()
    PICTURES = auto()
    PICTURE = auto()
    COVERED = auto()
    ALT = auto()
    NOT_GIVEN = auto()
    WHY = auto()
    NOBODY = auto()
    TO_STAFF = auto()
    TO_OUTSIDE = auto()
    VISIBLE = auto()
    NOT_VISIBLE = auto()
    REQUESTS = auto()
    ASKED = auto()
    MAILS = auto()
    LOG = auto()
    ENTRIES = auto()
    WHEN = auto()
    BY = auto()
    BY_YOU = auto()
    BY_STAFF = auto()
    BY_SYSTEM = auto()
    BY_UNKNOWN = auto()
    NOTHING = auto()


_DUTCH: Final[Mapping[Label, str]] = MappingProxyType(
    {
        Label.TITLE: "Alles wat er over je is vastgelegd",
        Label.LEAD: (
            "{organisation} bewaart dit over jou. De foto's staan in de map pictures,"
            " wat je tekende in documents, en alles nog eens voor programma's in"
            " data.json."
        ),
        Label.MADE: "Bijeengebracht op {at}.",
        Label.RIGHTS: (
            "Klopt er iets niet, of wil je iets laten wissen? Vraag het via {contact}."
            " Je kunt ook een klacht indienen bij de Autoriteit Persoonsgegevens."
        ),
        Label.YOU: "Jij",
        Label.NAME: "Naam",
        Label.EMAIL: "E-mail",
        Label.BORN: "Geboren",
        Label.GUARDIAN: "Wie voor je tekent",
        Label.CONSENTS: "Waar je ja tegen zei",
        Label.SIGNED: "Getekend op {at}.",
        Label.WHAT: "Wat",
        Label.FOR: "Waarvoor",
        Label.STANDS: "Stand",
        Label.UNTIL: "Tot",
        Label.DOCUMENT: "Wat je tekende",
        Label.PICTURES: "Foto's waar je op staat",
        Label.PICTURE: "Foto",
        Label.COVERED: (
            "Andere mensen zijn afgedekt: zij hebben recht op hun eigen beeld."
            " Bij elke foto staat waar het gebruik op rust en wie hem kreeg."
        ),
        Label.ALT: "Foto van {day} waarop je staat; andere mensen zijn afgedekt.",
        Label.NOT_GIVEN: "Foto's die er niet bij zijn",
        Label.WHY: "Waarom",
        Label.NOBODY: "Niemand heeft deze foto opgehaald.",
        Label.TO_STAFF: "opgehaald door een medewerker",
        Label.TO_OUTSIDE: "gegeven aan iemand buiten de organisatie",
        Label.VISIBLE: "je was te zien",
        Label.NOT_VISIBLE: "je was afgedekt",
        Label.REQUESTS: "Wat je vroeg",
        Label.ASKED: "Gevraagd",
        Label.MAILS: "Mails aan jou",
        Label.LOG: "Wie wanneer wat deed",
        Label.ENTRIES: "{count} regels",
        Label.WHEN: "Wanneer",
        Label.BY: "Door",
        Label.BY_YOU: "jij",
        Label.BY_STAFF: "een medewerker",
        Label.BY_SYSTEM: "de software",
        Label.BY_UNKNOWN: "jij of een medewerker",
        Label.NOTHING: "Niets.",
    }
)
_ENGLISH: Final[Mapping[Label, str]] = MappingProxyType(
    {
        Label.TITLE: "Everything on record about you",
        Label.LEAD: (
            "{organisation} keeps this about you. The pictures are in the folder"
            " pictures, what you signed in documents, and all of it once more for"
            " programs in data.json."
        ),
        Label.MADE: "Gathered on {at}.",
        Label.RIGHTS: (
            "Is something wrong, or should something be erased? Ask at {contact}."
            " You can also complain to the data protection authority."
        ),
        Label.YOU: "You",
        Label.NAME: "Name",
        Label.EMAIL: "Email",
        Label.BORN: "Born",
        Label.GUARDIAN: "Who signs for you",
        Label.CONSENTS: "What you said yes to",
        Label.SIGNED: "Signed on {at}.",
        Label.WHAT: "What",
        Label.FOR: "For what",
        Label.STANDS: "Stands",
        Label.UNTIL: "Until",
        Label.DOCUMENT: "What you signed",
        Label.PICTURES: "Pictures that you are in",
        Label.PICTURE: "Picture",
        Label.COVERED: (
            "Other people are covered: their image is theirs."
            " Each picture says what its use rests on and who received it."
        ),
        Label.ALT: "Picture of {day} that you are in; other people are covered.",
        Label.NOT_GIVEN: "Pictures that are not here",
        Label.WHY: "Why",
        Label.NOBODY: "Nobody has fetched this picture.",
        Label.TO_STAFF: "fetched by somebody of the staff",
        Label.TO_OUTSIDE: "given to somebody outside the organisation",
        Label.VISIBLE: "you could be seen",
        Label.NOT_VISIBLE: "you were covered",
        Label.REQUESTS: "What you asked",
        Label.ASKED: "Asked",
        Label.MAILS: "Mails to you",
        Label.LOG: "Who did what, and when",
        Label.ENTRIES: "{count} entries",
        Label.WHEN: "When",
        Label.BY: "By",
        Label.BY_YOU: "you",
        Label.BY_STAFF: "somebody of the staff",
        Label.BY_SYSTEM: "the software",
        Label.BY_UNKNOWN: "you or somebody of the staff",
        Label.NOTHING: "Nothing.",
    }
)
LABELS: Final[Mapping[str, Mapping[Label, str]]] = MappingProxyType(
    {"nl": _DUTCH, "en": _ENGLISH}
)
LANGUAGES: Final = frozenset(LABELS)
