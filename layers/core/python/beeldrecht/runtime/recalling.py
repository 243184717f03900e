"""What is known of the copies of a picture: who has them, and what they may do with them.

Gathered the same way by whoever calls copies back, reminds of that, or shows it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Protocol

from beeldrecht.adapters.errors import BusyError
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.channels import Place
from beeldrecht.domain.decisions import Decision, decide
from beeldrecht.domain.disclosures import Disclosure
from beeldrecht.domain.mails import Mail
from beeldrecht.domain.people import Appearance, AppearanceStatus
from beeldrecht.domain.recalls import UNSETTLED, Recall, RecallState

from .facts import Bases, Pictures, Register, gather

_TRIES: Final = 3


class Disclosures(Protocol):
    """Who received which picture."""

    def of_asset(self, asset_id: str, at: datetime) -> Iterable[Disclosure]:
        """Every copy of a picture that left."""
        ...


class Recalls(Protocol):
    """Who was asked to remove what."""

    def of_asset(self, asset_id: str, at: datetime) -> tuple[Recall, ...]:
        """Every recall of a picture."""
        ...


class ChangedRecalls(Protocol):
    """Recalls that can be moved on."""

    def change(
        self,
        before: Recall,
        after: Recall,
        entry: NewEntry | None = None,
        mails: Iterable[Mail] = (),
    ) -> bool:
        """Record what became of one; False when somebody changed it since."""
        ...


@dataclass(frozen=True, slots=True)
class Copies:
    """The copies of one picture that left, and what is decided on it now."""

    copies: tuple[Disclosure, ...]
    decisions: Mapping[Place, Decision]
    """For each place that a copy was given for; none of a picture that is gone."""
    appearances: tuple[Appearance, ...] | None
    """Who is on record as in it; None of a picture that is gone."""

    def faces_of(self, person_id: str) -> frozenset[str] | None:
        """The faces confirmed as theirs; None where nobody knows any more."""
        if self.appearances is None:
            return None
        return frozenset(
            each.face_id
            for each in self.appearances
            if each.person_id == person_id and each.status is AppearanceStatus.CONFIRMED
        )


def copies_of(
    asset_id: str,
    library: Pictures,
    register: Register,
    bases: Bases,
    disclosures: Disclosures,
    at: datetime,
) -> Copies:
    """Everything about the copies of one picture at that instant, which is now.

    A picture of which no copy left is not decided on.
    """
    copies = tuple(disclosures.of_asset(asset_id, at))
    found = library.picture(asset_id) if copies else None
    if found is None or found[0].refused:
        return Copies(copies, {}, None)
    _, asset, appearances = found
    facts = gather(asset, appearances, register, bases, at)
    places = {copy.place for copy in copies}
    return Copies(
        copies, {place: decide(facts, at, place) for place in places}, appearances
    )


def entry_of(recall: Recall, tag: str, at: datetime, **more: str) -> NewEntry:
    """The entry of what the house does about a recall; once for each reminder."""
    return NewEntry(
        subject=recall.asset_id,
        entry_id=f"{tag}:{recall.recall_id}:{recall.reminders}",
        tag=tag,
        at=at,
        actor="system",
        data={
            "recall_id": recall.recall_id,
            "recipient_id": recall.recipient_id,
            "fact_id": recall.fact_id,
            **more,
        },
    )


class Settling(ChangedRecalls, Recalls, Protocol):
    """Recalls as whoever settles them needs them."""

    def get(self, recall_id: str, at: datetime) -> Recall | None:
        """One recall, read consistently."""
        ...


@dataclass(frozen=True, slots=True)
class Acknowledger:
    """Who says that copies are gone, and under what that goes on record."""

    tag: str
    actor: str
    """A user, or the link that the recipient holds."""
    user_id: str | None
    """The user; None where the recipient says it by their link."""


def acknowledge(
    recalls: Settling, recall: Recall, said_by: Acknowledger, at: datetime
) -> Recall:
    """Record that a recipient's copies of a picture are gone; give the recall as it is.

    Whatever else they were asked about that picture is done with it. Safe to repeat: the
    first time stands. Raises BusyError.
    """
    others = [
        each
        for each in recalls.of_asset(recall.asset_id, at)
        if each.recipient_id == recall.recipient_id
        and each.recall_id != recall.recall_id
        and each.state in UNSETTLED
    ]
    for each in others:
        _removed(recalls, each, said_by, at)
    return _removed(recalls, recall, said_by, at)


def _removed(
    recalls: Settling, recall: Recall, said_by: Acknowledger, at: datetime
) -> Recall:
    for _ in range(_TRIES):
        if recall.state is RecallState.REMOVED:
            return recall
        after = replace(
            recall,
            state=RecallState.REMOVED,
            acknowledged_at=at,
            acknowledged_by=said_by.user_id,
            next_at=None,
        )
        entry = NewEntry(
            subject=recall.asset_id,
            entry_id=f"{said_by.tag}:{recall.recall_id}",
            tag=said_by.tag,
            at=at,
            actor=said_by.actor,
            data={"recall_id": recall.recall_id, "recipient_id": recall.recipient_id},
        )
        if recalls.change(recall, after, entry):
            return after
        recall = recalls.get(recall.recall_id, at) or recall
    raise BusyError(recall.recall_id)
