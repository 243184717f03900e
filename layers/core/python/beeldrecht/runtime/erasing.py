"""What the steps of an erasure share: which one it is, and whether it may be done."""

from typing import Protocol

from beeldrecht.domain.audit import Data, NewEntry
from beeldrecht.domain.erasure import Erasure, ErasureState

from .events import Frozen, OpaqueId


class ErasureEvent(Frozen):
    """Which erasure."""

    erasure_id: OpaqueId


class NotBegunError(Exception):
    """Something was to be destroyed for an erasure that is not in the ledger."""


class Erasures(Protocol):
    """Erasures on record."""

    def get(self, erasure_id: str) -> Erasure | None:
        """One erasure as it stands."""
        ...


def under_way(erasures: Erasures, erasure_id: str) -> Erasure:
    """The erasure, if it may destroy; raises NotBegunError.

    What destroys asks here first: nothing goes that is not confirmed, and nothing that a
    restored table would bring back.
    """
    erasure = erasures.get(erasure_id)
    if erasure is None or erasure.state is not ErasureState.ERASING:
        raise NotBegunError(erasure_id)
    return erasure


def entry_of(
    erasure: Erasure, tag: str, data: Data | None = None, *, about: str | None = None
) -> NewEntry:
    """The audit entry of one act of an erasure, about its subject or one picture of it.

    At the instant of confirmation: the same act again is the same entry.
    """
    return NewEntry(
        subject=about or erasure.subject_id,
        entry_id=f"{tag}:{erasure.erasure_id}",
        tag=tag,
        at=erasure.confirmed_at or erasure.begun_at,
        actor="system",
        data={"erasure_id": erasure.erasure_id, **(data or {})},
    )
