"""The rest of the job when something ended by its term, wherever that is seen."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.erasure import Erasure, ErasureReason, asset_erasure
from beeldrecht.domain.expired import ACTOR, Expired
from beeldrecht.domain.intake import AssetRecord
from beeldrecht.domain.retention import RetentionKind, RetentionPolicy

from .ports import Audit, Clearance


class Ended(StrEnum):
    """What became of it."""

    SAID = "said"
    """The trail says that it ended; nothing else follows."""
    FOLLOWED = "followed"
    PAUSED = "paused"
    """A picture stays as it is while runs stand still; the sweep takes it up after."""
    GONE = "gone"


class Library(Protocol):
    """Pictures on record."""

    def record(self, asset_id: str) -> AssetRecord | None:
        """What is on record about a picture."""
        ...

    def forget_face(self, asset_id: str, face_id: str, at: datetime) -> None:
        """Remove who was thought to be in a box that is kept no longer."""
        ...


class Erasures(Protocol):
    """Where an erasure begins."""

    def start(self, erasure: Erasure, entry: NewEntry) -> bool:
        """Record an erasure with its entry; False when it had begun before."""
        ...


class Documents(Protocol):
    """Signed copies."""

    def drop_signed(self, quitclaim_id: str) -> None:
        """Remove a signed copy; safe to repeat."""
        ...


class Retention(Protocol):
    """How long things are kept."""

    def policy(self) -> RetentionPolicy:
        """What is on record about keeping."""
        ...


@dataclass(frozen=True, slots=True)
class House:
    """What following an end needs."""

    library: Library
    erasures: Erasures
    documents: Documents
    retention: Retention
    clearance: Clearance
    audit: Audit


def end(expired: Expired, house: House, at: datetime) -> Ended:
    """Do what follows, then say in the trail that it ended.

    Safe to repeat, as a stream does: an erasure begins once, what is removed stays so, a
    decision is taken anew, and the entry has an id that follows from the thing and its
    date. Until the entry stands, somebody does it again.
    """
    match expired.kind:
        case RetentionKind.ASSETS | RetentionKind.REJECTED | RetentionKind.VERSIONS:
            return _erase(expired, house, at)
        case RetentionKind.UNLINKED_FACES:
            house.library.forget_face(expired.subject_id, expired.item_id, at)
            if house.library.record(expired.subject_id) is not None:
                house.clearance.start(expired.subject_id)
        case RetentionKind.PROOF:
            house.documents.drop_signed(expired.item_id)
        case _:
            _say(expired, house, at)
            return Ended.SAID
    _say(expired, house, at)
    return Ended.FOLLOWED


def _erase(expired: Expired, house: House, at: datetime) -> Ended:
    """Begin the erasure of a picture, with the entry in the same act.

    The picture says itself that its term is over: one whose term was made longer in time
    says that it is not, whatever went.
    """
    record = house.library.record(expired.subject_id)
    if record is None or not record.over(at):
        return Ended.GONE
    if house.retention.policy().paused:
        return Ended.PAUSED
    erasure = asset_erasure(expired.subject_id, ACTOR, at, reason=ErasureReason.RETENTION)
    house.erasures.start(erasure, _entry(expired, at))
    return Ended.FOLLOWED


def _say(expired: Expired, house: House, at: datetime) -> None:
    entry = _entry(expired, at)
    house.audit.append(
        entry.subject, entry.entry_id, entry.tag, entry.at, entry.actor, entry.data
    )


def _entry(expired: Expired, at: datetime) -> NewEntry:
    return NewEntry(
        subject=expired.subject_id,
        entry_id=expired.entry_id,
        tag=expired.tag,
        at=at,
        actor=ACTOR,
        data={"item_id": expired.item_id, "ended": expired.expires_at},
    )
