"""The words for what people agreed to, and for the links with which they see it."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from .consent import GrantKind, GrantState
from .links import LinkPurpose, LinkState
from .own_page import OwnPageNote

ENGLISH: Final[Mapping[StrEnum, str]] = MappingProxyType(
    {
        GrantKind.PORTRAIT_AGREEMENT: (
            "An agreement about your portrait: a contract that ends as it says."
        ),
        GrantKind.IMAGE_CONSENT: (
            "Your pictures may be used. You can take this back at any time."
        ),
        GrantKind.BIOMETRIC_CONSENT: (
            "Software may recognise your face. You can take this back at any time."
        ),
        GrantState.NOT_YET: "It has not begun yet.",
        GrantState.IN_FORCE: "It counts now.",
        GrantState.ENDED: "It has ended.",
        GrantState.WITHDRAWN: "You took it back.",
        OwnPageNote.NOTHING_AGREED: (
            "You have agreed to nothing. Pictures of you are used only with your face"
            " covered, or on another legal ground."
        ),
        OwnPageNote.FROZEN: (
            "Your pictures are frozen: kept, and not used until that is decided."
        ),
        LinkPurpose.OWN_PAGE: (
            "Opens the page on which somebody sees what they agreed to."
        ),
        LinkPurpose.SIGN: (
            "Opens what somebody is asked to agree to, to answer it once."
        ),
        LinkPurpose.SESSION: "Opens the form of a session, for whoever is there.",
        LinkPurpose.RENEW: "Opens a consent that ends soon, to renew it once.",
        LinkPurpose.SHARE: "Opens pictures that somebody outside may see.",
        LinkPurpose.RECALL: "Opens what somebody is asked to remove.",
        LinkPurpose.CERTIFICATE: "Opens the certificate of an erasure.",
        LinkPurpose.EXPORT: "Opens the copy of all that is on record about somebody.",
        LinkState.LIVE: "The link works.",
        LinkState.USED: "The link was used. Make a new one.",
        LinkState.REVOKED: "The link was taken back. Make a new one.",
        LinkState.EXPIRED: "The link has ended. Make a new one.",
    }
)

DUTCH: Final[Mapping[StrEnum, str]] = MappingProxyType(
    {
        GrantKind.PORTRAIT_AGREEMENT: (
            "Een overeenkomst over je portret: een contract dat eindigt zoals het zegt."
        ),
        GrantKind.IMAGE_CONSENT: (
            "Foto's van jou mogen worden gebruikt. Je kunt dit altijd intrekken."
        ),
        GrantKind.BIOMETRIC_CONSENT: (
            "Software mag je gezicht herkennen. Je kunt dit altijd intrekken."
        ),
        GrantState.NOT_YET: "Het is nog niet ingegaan.",
        GrantState.IN_FORCE: "Het geldt nu.",
        GrantState.ENDED: "Het is afgelopen.",
        GrantState.WITHDRAWN: "Je hebt het ingetrokken.",
        OwnPageNote.NOTHING_AGREED: (
            "Je hebt nergens mee ingestemd. Foto's van jou worden alleen gebruikt met"
            " je gezicht afgedekt, of op een andere rechtsgrond."
        ),
        OwnPageNote.FROZEN: (
            "Je foto's zijn bevroren: bewaard en niet gebruikt tot daarover is beslist."
        ),
        LinkPurpose.OWN_PAGE: (
            "Opent de pagina waarop iemand ziet waarmee die heeft ingestemd."
        ),
        LinkPurpose.SIGN: (
            "Opent wat iemand wordt gevraagd, om dat één keer te beantwoorden."
        ),
        LinkPurpose.SESSION: "Opent het formulier van een sessie, voor wie erbij is.",
        LinkPurpose.SHARE: "Opent foto's die iemand van buiten mag zien.",
        LinkPurpose.RECALL: "Opent wat iemand wordt gevraagd te verwijderen.",
        LinkPurpose.RENEW: (
            "Opent een toestemming die bijna afloopt, om die één keer te verlengen."
        ),
        LinkPurpose.CERTIFICATE: "Opent het certificaat van een wissing.",
        LinkPurpose.EXPORT: "Opent de kopie van alles wat over iemand is vastgelegd.",
        LinkState.LIVE: "De link werkt.",
        LinkState.USED: "De link is gebruikt. Maak een nieuwe.",
        LinkState.REVOKED: "De link is ingetrokken. Maak een nieuwe.",
        LinkState.EXPIRED: "De link is verlopen. Maak een nieuwe.",
    }
)
