"""On what all the pictures of a session are meant to rest, besides consent."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from .channels import Channel
from .legal_bases import OF_THE_DEAD, WEIGHINGS, LegalBasis, LegalBasisKind
from .sessions import Session

PROPOSABLE: Final = tuple(
    kind for kind in LegalBasisKind if kind not in WEIGHINGS | OF_THE_DEAD
)
"""What a whole session can rest on: a portrait and a death are weighed one by one."""


@dataclass(frozen=True, slots=True)
class BatchBasis:
    """On what the pictures of a session are meant to rest, besides consent.

    A proposal: it carries no use of any picture until a person records it for that one.
    """

    kind: LegalBasisKind
    channels: frozenset[Channel]
    reference: str
    assessment_id: str | None = None


def proposed_for(session: Session, recorded: Iterable[LegalBasis]) -> BatchBasis | None:
    """What is left to propose for a picture of a session, with these bases on record.

    What was recorded of that kind and with that reference is not proposed again, when it
    was ended neither: somebody decided that.
    """
    basis = session.basis
    if basis is None:
        return None
    settled = {
        each.channel
        for each in recorded
        if (each.kind, each.reference) == (basis.kind, basis.reference)
    }
    left = basis.channels - settled
    return replace(basis, channels=left) if left else None
