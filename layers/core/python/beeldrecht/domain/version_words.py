"""The words for the files of a picture that follow each other."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from .decisions import FindingId
from .retention import RetentionKind
from .versions import VersionRefusal

ENGLISH: Final[Mapping[StrEnum, str]] = MappingProxyType(
    {
        FindingId.VERSION_REPLACED: (
            "A newer file took the place of this one. Use that, or make this one current"
            " again."
        ),
        RetentionKind.VERSIONS: "Older files of pictures, once another replaced them.",
        VersionRefusal.REPLACED_GONE: (
            "What this was to replace is no longer there. Upload it as a new picture."
        ),
        VersionRefusal.TOO_MANY: (
            "Of this picture as many files are kept as there may be. Erase an older one"
            " first."
        ),
        VersionRefusal.CURRENT: "This file is the current one. There is nothing to do.",
        VersionRefusal.NOT_TAKEN_IN: (
            "There is no file yet that another could replace. Wait until it has arrived,"
            " or upload it anew."
        ),
    }
)

DUTCH: Final[Mapping[StrEnum, str]] = MappingProxyType(
    {
        FindingId.VERSION_REPLACED: (
            "Een nieuwer bestand kwam in de plaats van dit. Gebruik dat, of maak dit"
            " weer het huidige."
        ),
        RetentionKind.VERSIONS: (
            "Oudere bestanden van foto's, sinds een ander ervoor in de plaats kwam."
        ),
        VersionRefusal.REPLACED_GONE: (
            "Wat hierdoor vervangen zou worden is er niet meer. Upload het als nieuwe"
            " foto."
        ),
        VersionRefusal.TOO_MANY: (
            "Van deze foto worden al zoveel bestanden bewaard als er mogen zijn. Wis"
            " eerst een ouder bestand."
        ),
        VersionRefusal.CURRENT: "Dit bestand is het huidige. Er is niets te doen.",
        VersionRefusal.NOT_TAKEN_IN: (
            "Er is nog geen bestand dat vervangen kan worden. Wacht tot het binnen is,"
            " of upload het opnieuw."
        ),
    }
)
