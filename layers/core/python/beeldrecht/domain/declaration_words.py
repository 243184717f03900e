"""The words for what is said of files that cannot be looked through."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from .decisions import FindingId
from .declarations import Sight

ENGLISH: Final[Mapping[StrEnum, str]] = MappingProxyType(
    {
        Sight.WHOLE: "A picture: all of it can be looked through.",
        Sight.PART: (
            "A document or film: only its first page, or some frames, can be seen."
        ),
        Sight.NOTHING: "A file that is kept as it came: nothing in it is looked through.",
        FindingId.FILE_UNDECLARED: (
            "Nobody has said who is in the part that nobody can look through. Open"
            " the file and declare who is in it."
        ),
        FindingId.DECLARED_NOBODY: (
            "Somebody declared that nobody is in what cannot be looked through."
            " Declare anew if that is wrong."
        ),
        FindingId.REST_STAYS: (
            "Only the first page or poster is used and the file itself does not leave."
            " Declare who is in the rest to use it too."
        ),
    }
)

DUTCH: Final[Mapping[StrEnum, str]] = MappingProxyType(
    {
        Sight.WHOLE: "Een foto: alles ervan kan worden bekeken.",
        Sight.PART: (
            "Een document of film: alleen de eerste bladzijde, of enkele beelden, zijn te"
            " zien."
        ),
        Sight.NOTHING: (
            "Een bestand dat wordt bewaard zoals het kwam: er wordt niets in bekeken."
        ),
        FindingId.FILE_UNDECLARED: (
            "Niemand heeft gezegd wie er staat in wat niet te bekijken is. Open het"
            " bestand en verklaar wie erin staat."
        ),
        FindingId.DECLARED_NOBODY: (
            "Iemand verklaarde dat er niemand staat in wat niet te bekijken is."
            " Verklaar het opnieuw als dat niet klopt."
        ),
        FindingId.REST_STAYS: (
            "Alleen de eerste bladzijde of de poster wordt gebruikt; het bestand blijft"
            " binnen. Verklaar wie er in de rest staat om die te gebruiken."
        ),
    }
)
