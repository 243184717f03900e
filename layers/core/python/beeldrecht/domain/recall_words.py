"""The words for copies that left and for calling them back."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from .disclosures import DisclosureKind
from .recalls import RecallReason, RecallState

ENGLISH: Final[Mapping[StrEnum, str]] = MappingProxyType(
    {
        DisclosureKind.DOWNLOAD: "Fetched by somebody who works with the pictures.",
        DisclosureKind.SHARE: "Seen by somebody outside, by a link given to them.",
        DisclosureKind.EXPORT: "Received by somebody in it, others covered.",
        DisclosureKind.PUBLICATION: "Placed somewhere for others to see.",
        RecallState.OPEN: "Asked to remove it; no answer yet.",
        RecallState.UNREACHABLE: "Not reached by mail: somebody asks in another way.",
        RecallState.REMOVED: "Removed, as the recipient says.",
        RecallState.LIFTED: "May be used again as it was given.",
        RecallReason.ERASURE: "The picture or somebody in it was erased.",
        RecallReason.WITHDRAWAL: "Somebody in it took consent back.",
        RecallReason.OBJECTION: "Somebody objects to the use.",
        RecallReason.RESTRICTION: "The picture or somebody in it is frozen.",
        RecallReason.END: "A consent came to its end.",
        RecallReason.NOT_CLEARED: "Somebody in it is not cleared for that use.",
    }
)

DUTCH: Final[Mapping[StrEnum, str]] = MappingProxyType(
    {
        DisclosureKind.DOWNLOAD: "Opgehaald door iemand die met de foto's werkt.",
        DisclosureKind.SHARE: "Bekeken door iemand van buiten, met een gekregen link.",
        DisclosureKind.EXPORT: "Ontvangen door iemand die erop staat, anderen afgedekt.",
        DisclosureKind.PUBLICATION: "Ergens geplaatst waar anderen het zien.",
        RecallState.OPEN: "Gevraagd om te verwijderen; nog geen antwoord.",
        RecallState.UNREACHABLE: "Niet bereikt per mail: iemand vraagt het anders.",
        RecallState.REMOVED: "Verwijderd, zegt de ontvanger.",
        RecallState.LIFTED: "Mag weer worden gebruikt zoals het was gegeven.",
        RecallReason.ERASURE: "De foto of iemand die erop staat is gewist.",
        RecallReason.WITHDRAWAL: "Iemand die erop staat trok toestemming in.",
        RecallReason.OBJECTION: "Iemand maakt bezwaar tegen het gebruik.",
        RecallReason.RESTRICTION: "De foto of iemand die erop staat is bevroren.",
        RecallReason.END: "Een toestemming liep af.",
        RecallReason.NOT_CLEARED: "Iemand die erop staat is voor dat gebruik niet vrij.",
    }
)
