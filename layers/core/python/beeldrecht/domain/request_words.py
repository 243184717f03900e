"""The words for what people ask for themselves, and for what comes of it."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from .freezing import FreezeGround, FreezeRefusal
from .request_decisions import RequestRefusal
from .subject_requests import (
    Identity,
    Received,
    SubjectRequestKind,
    SubjectRequestState,
    ToldBy,
)

ENGLISH: Final[Mapping[StrEnum, str]] = MappingProxyType(
    {
        SubjectRequestKind.EXPORT: "A copy of everything about oneself.",
        SubjectRequestKind.RECTIFICATION: "Putting right what is wrong about oneself.",
        SubjectRequestKind.RESTRICTION: "Keeping one's pictures without using them.",
        SubjectRequestKind.OBJECTION: "Objecting to the use of one's pictures.",
        SubjectRequestKind.ERASURE: "Erasing everything about oneself.",
        SubjectRequestState.OPEN: "It has arrived and is being looked at.",
        SubjectRequestState.UPHELD: "It was granted.",
        SubjectRequestState.DISMISSED: "It was refused, with a reason.",
        Received.OWN_PAGE: "On their own page.",
        Received.LETTER: "In a letter.",
        Received.MAIL: "In a mail.",
        Received.PHONE: "By telephone.",
        Received.COUNTER: "At the counter.",
        Identity.LINK: "They came by the link that is theirs.",
        Identity.KNOWN: "Somebody here knows them.",
        Identity.DOCUMENT_SEEN: "A document was looked at and given back.",
        Identity.GUARDIAN: "A parent or guardian asks, and was checked.",
        Identity.UNCHECKED: "Nobody has checked yet who asks.",
        FreezeGround.DISPUTED: "Somebody says that what is on record of it is wrong.",
        FreezeGround.UNLAWFUL: "It was used without leave, and should not be erased.",
        FreezeGround.CLAIM: "Somebody needs it for a legal claim.",
        FreezeGround.WEIGHED: "An objection is being weighed.",
        FreezeGround.CAUTION: "Frozen for caution, until somebody has looked at it.",
        FreezeRefusal.NOT_FROZEN: (
            "Nobody froze this picture by hand. Look at what keeps it in."
        ),
        ToldBy.MAIL: "Told by mail.",
        ToldBy.LETTER: "Told in a letter.",
        ToldBy.PHONE: "Told by telephone.",
        ToldBy.COUNTER: "Told at the counter.",
        RequestRefusal.DECIDED_BEFORE: (
            "Somebody has decided on this already. Look at what came of it."
        ),
        RequestRefusal.IDENTITY_UNCHECKED: (
            "Nobody has checked who asks. Check it, say how, and decide then."
        ),
        RequestRefusal.IDENTITY_CHECKED: (
            "Who asks was checked already. Look at how, and decide."
        ),
        RequestRefusal.EXTENDED_BEFORE: (
            "The answer was put off once already. Answer by the day that was said."
        ),
        RequestRefusal.EXTENSION_TOO_LATE: (
            "The first month is over, so it cannot be put off. Answer now."
        ),
        RequestRefusal.NOTHING_FROZEN: (
            "Nothing is frozen by this any more, or yet. Look at where it stands."
        ),
        RequestRefusal.LIFTED_BEFORE: (
            "The end of this freeze was said already. Look at the day."
        ),
        RequestRefusal.CANNOT_BE_TOLD: (
            "No mail reaches this person. Tell them in another way, and say how."
        ),
        RequestRefusal.OPEN_ALREADY: (
            "The same was asked before and is not answered yet. Decide on that one."
        ),
        RequestRefusal.NOT_IN_PICTURE: (
            "Nobody says that this person is in this picture. Check its number."
        ),
    }
)

DUTCH: Final[Mapping[StrEnum, str]] = MappingProxyType(
    {
        SubjectRequestKind.EXPORT: "Een kopie van alles over jezelf.",
        SubjectRequestKind.RECTIFICATION: "Rechtzetten wat over jezelf niet klopt.",
        SubjectRequestKind.RESTRICTION: "Eigen foto's bewaren zonder ze te gebruiken.",
        SubjectRequestKind.OBJECTION: "Bezwaar tegen het gebruik van eigen foto's.",
        SubjectRequestKind.ERASURE: "Alles over jezelf laten wissen.",
        SubjectRequestState.OPEN: "Het is binnen en wordt bekeken.",
        SubjectRequestState.UPHELD: "Het is toegewezen.",
        SubjectRequestState.DISMISSED: "Het is afgewezen, met een reden.",
        Received.OWN_PAGE: "Op de eigen pagina.",
        Received.LETTER: "In een brief.",
        Received.MAIL: "In een e-mail.",
        Received.PHONE: "Per telefoon.",
        Received.COUNTER: "Aan de balie.",
        Identity.LINK: "Via de eigen link.",
        Identity.KNOWN: "Iemand hier kent deze persoon.",
        Identity.DOCUMENT_SEEN: "Een document is bekeken en teruggegeven.",
        Identity.GUARDIAN: "Een ouder of voogd vraagt het, en dat is nagegaan.",
        Identity.UNCHECKED: "Niemand is nog nagegaan wie dit vraagt.",
        FreezeGround.DISPUTED: "Iemand zegt dat wat erover vastligt niet klopt.",
        FreezeGround.UNLAWFUL: "Hij is zonder recht gebruikt en moet bewaard blijven.",
        FreezeGround.CLAIM: "Iemand heeft hem nodig voor een rechtsvordering.",
        FreezeGround.WEIGHED: "Een bezwaar wordt afgewogen.",
        FreezeGround.CAUTION: "Uit voorzorg bevroren, tot iemand ernaar heeft gekeken.",
        FreezeRefusal.NOT_FROZEN: (
            "Niemand heeft deze foto met de hand bevroren. Bekijk wat hem binnenhoudt."
        ),
        ToldBy.MAIL: "Verteld per mail.",
        ToldBy.LETTER: "Verteld in een brief.",
        ToldBy.PHONE: "Verteld per telefoon.",
        ToldBy.COUNTER: "Verteld aan de balie.",
        RequestRefusal.DECIDED_BEFORE: (
            "Iemand heeft hier al over beslist. Bekijk de uitkomst."
        ),
        RequestRefusal.IDENTITY_UNCHECKED: (
            "Niemand is nagegaan wie dit vraagt. Doe dat, zeg hoe, en beslis dan."
        ),
        RequestRefusal.IDENTITY_CHECKED: (
            "Wie dit vraagt is al nagegaan. Bekijk hoe, en beslis."
        ),
        RequestRefusal.EXTENDED_BEFORE: (
            "Het antwoord is al eens uitgesteld. Antwoord op de dag die is genoemd."
        ),
        RequestRefusal.EXTENSION_TOO_LATE: (
            "De eerste maand is voorbij, dus uitstel kan niet meer. Antwoord nu."
        ),
        RequestRefusal.NOTHING_FROZEN: (
            "Hierdoor is niets bevroren, of niet meer. Bekijk hoe het ervoor staat."
        ),
        RequestRefusal.LIFTED_BEFORE: (
            "Het einde hiervan is al aangekondigd. Bekijk vanaf welke dag."
        ),
        RequestRefusal.CANNOT_BE_TOLD: (
            "Deze persoon krijgt geen mail. Vertel het op een andere manier en zeg hoe."
        ),
        RequestRefusal.OPEN_ALREADY: (
            "Ditzelfde is eerder gevraagd en wacht nog op antwoord. Beslis daarover."
        ),
        RequestRefusal.NOT_IN_PICTURE: (
            "Niemand zegt dat deze persoon op deze foto staat. Controleer het nummer."
        ),
    }
)
