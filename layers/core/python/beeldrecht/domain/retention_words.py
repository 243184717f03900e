"""The words for what is kept how long, and for what becomes of a change of that."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from .decisions import FindingId
from .retention import RetentionKind, RetentionRefusal
from .retention_runs import RunKind, RunRefusal, RunState

ENGLISH: Final[Mapping[StrEnum, str]] = MappingProxyType(
    {
        RetentionKind.UNLINKED_FACES: "Boxes of faces that nobody named.",
        RetentionKind.TEMPLATES: "What recognises somebody's face.",
        RetentionKind.CONTACTS: "Addresses of people, once nothing they signed holds.",
        RetentionKind.REQUESTS: "Requests of and to people, once they are closed.",
        RetentionKind.EXPORTS: "What somebody may fetch about themselves.",
        RetentionKind.SHARES: "Addresses that show pictures to outsiders.",
        RetentionKind.DISCLOSURES: "Who received which picture, and its recalls.",
        RetentionKind.MAILS: "What was sent to whom.",
        RetentionKind.PROOF: "What proves a consent, once it has ended.",
        RetentionKind.AUDIT: "Entries of the audit log.",
        RetentionKind.ASSETS: "Pictures, with everything that belongs to them.",
        RetentionKind.REJECTED: "Files that could not be taken in.",
        RetentionRefusal.OUT_OF_BOUNDS: (
            "That is shorter or longer than is allowed. Choose within the bounds."
        ),
        RetentionRefusal.GUARD_OUT_OF_BOUNDS: (
            "The guard is a share of a hundred. Choose from 1 to 100."
        ),
        RetentionRefusal.NOTHING_CHANGES: "That is what is kept to already.",
        RunKind.CHANGE: "Somebody wants other terms.",
        RunKind.SWEEP: "The day's own look at what has ended.",
        RunState.PREVIEWING: "It is being looked through; nothing changes yet.",
        RunState.PREVIEWED: "It was looked through, and waits to be confirmed.",
        RunState.GUARDED: (
            "It would end more than the guard allows. Look at the counts, and confirm"
            " just that or drop it."
        ),
        RunState.APPLYING: "Dates are being written.",
        RunState.DONE: "Everything carries its date.",
        RunState.DROPPED: "It was given up; nothing was changed.",
        RunRefusal.NOT_LOOKED_YET: (
            "It is still being looked through. Wait until the counts are there."
        ),
        RunRefusal.POLICY_CHANGED: (
            "The terms were changed since this was looked through. Propose it again."
        ),
        RunRefusal.ABOVE_GUARD: (
            "It would end more than the guard allows. Say so when you confirm."
        ),
        RunRefusal.SETTLED: "This was confirmed or dropped before.",
        FindingId.FACES_FORGOTTEN: (
            "Boxes of faces that nobody named are kept no longer. Have the picture"
            " looked at again."
        ),
        FindingId.TERM_OVER: "The term of this picture has ended. It is being erased.",
        FindingId.INTEREST_AGAINST: (
            "A reasonable interest of who is portrayed was found against this use. End"
            " that note to weigh it anew, or use another picture."
        ),
    }
)

DUTCH: Final[Mapping[StrEnum, str]] = MappingProxyType(
    {
        RetentionKind.UNLINKED_FACES: "Kaders om gezichten die niemand benoemde.",
        RetentionKind.TEMPLATES: "Waarmee iemands gezicht wordt herkend.",
        RetentionKind.CONTACTS: (
            "Adressen van mensen, als niets meer geldt van wat zij tekenden."
        ),
        RetentionKind.REQUESTS: "Verzoeken van en aan mensen, als die zijn afgesloten.",
        RetentionKind.EXPORTS: "Wat iemand over zichzelf kan ophalen.",
        RetentionKind.SHARES: "Adressen die foto's aan buitenstaanders tonen.",
        RetentionKind.DISCLOSURES: "Wie welke foto kreeg, en wat is teruggevraagd.",
        RetentionKind.MAILS: "Wat aan wie is gestuurd.",
        RetentionKind.PROOF: "Wat een toestemming bewijst, als die is geëindigd.",
        RetentionKind.AUDIT: "Regels van het logboek.",
        RetentionKind.ASSETS: "Foto's, met alles wat erbij hoort.",
        RetentionKind.REJECTED: "Bestanden die niet konden worden opgenomen.",
        RetentionRefusal.OUT_OF_BOUNDS: (
            "Dat is korter of langer dan mag. Kies binnen de grenzen."
        ),
        RetentionRefusal.GUARD_OUT_OF_BOUNDS: (
            "De grens is een deel van honderd. Kies van 1 tot en met 100."
        ),
        RetentionRefusal.NOTHING_CHANGES: "Daar wordt al aan gehouden.",
        RunKind.CHANGE: "Iemand wil andere termijnen.",
        RunKind.SWEEP: "Wat elke dag wordt nagelopen.",
        RunState.PREVIEWING: "Alles wordt nagelopen; er verandert nog niets.",
        RunState.PREVIEWED: "Alles is nagelopen; het wacht op bevestiging.",
        RunState.GUARDED: (
            "Er zou meer eindigen dan de grens toelaat. Bekijk de aantallen, en bevestig"
            " precies dat of zie ervan af."
        ),
        RunState.APPLYING: "De datums worden gezet.",
        RunState.DONE: "Alles heeft zijn datum.",
        RunState.DROPPED: "Ervan afgezien; er is niets veranderd.",
        RunRefusal.NOT_LOOKED_YET: (
            "Alles wordt nog nagelopen. Wacht tot de aantallen er zijn."
        ),
        RunRefusal.POLICY_CHANGED: (
            "De termijnen zijn intussen veranderd. Stel het opnieuw voor."
        ),
        RunRefusal.ABOVE_GUARD: (
            "Er zou meer eindigen dan de grens toelaat. Zeg dat bij het bevestigen."
        ),
        RunRefusal.SETTLED: "Dit is al bevestigd, of ervan is afgezien.",
        FindingId.FACES_FORGOTTEN: (
            "Kaders om gezichten die niemand benoemde worden niet langer bewaard. Laat"
            " de foto opnieuw bekijken."
        ),
        FindingId.INTEREST_AGAINST: (
            "Een redelijk belang van wie is afgebeeld verzet zich tegen dit gebruik."
            " Beëindig die notitie om opnieuw te wegen of kies een andere foto."
        ),
        FindingId.TERM_OVER: (
            "De bewaartermijn van deze foto is voorbij. Hij wordt gewist."
        ),
    }
)
