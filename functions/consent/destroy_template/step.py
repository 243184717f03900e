"""Destroy the measurements of a face once no consent carries them any more."""

from collections.abc import Callable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.permits import carried_since
from beeldrecht.runtime.events import Frozen, OpaqueId
from beeldrecht.runtime.facts import Register, known_facts

ACTOR = "system"


class Event(Frozen):
    """Of whom, and the fact that it follows: a withdrawal, an end, an enrolment."""

    person_id: OpaqueId
    """What is frozen can be a picture: it has no template, and nothing is found."""
    fact_id: OpaqueId


class Outcome(StrEnum):
    """What came of it."""

    DESTROYED = "destroyed"
    KEPT = "kept"
    """There is none, or a consent has carried it ever since it was made."""


class Result(Frozen):
    """What came of it, and how many rows went."""

    outcome: Outcome
    removed: int


class Row(Protocol):
    """A key or a template."""

    @property
    def made_at(self) -> datetime | None:
        """When it was made; None: nobody knows."""
        ...


class Rows[R: Row](Protocol):
    """The rows of people's biometric keys and templates."""

    def held(self, person_id: str) -> Sequence[R]:
        """What there is of one person, keys first."""
        ...

    def destroy(self, row: R) -> bool:
        """Delete that very row; False when it is gone, or another took its place."""
        ...


class Trail(Protocol):
    """The audit trail."""

    def record(self, entry: NewEntry) -> None:
        """Put an entry in its chain; the same again adds nothing."""
        ...


def destroy_template[R: Row](
    event: Event,
    register: Register,
    rows: Rows[R],
    trail: Trail,
    now: Callable[[], datetime],
) -> Result:
    """Delete each row that was without a consent at any instant since it was made.

    The record decides and not the message, so whatever comes twice, late or out of order
    does the same; what was enrolled anew, on a consent that holds, is not touched. Keys
    go first: from there on no copy of what they sealed can be read. The entry goes before
    the act, so that a run that is killed in between leaves no destruction untold.
    """
    held = rows.held(event.person_id)
    if not held:
        return Result(outcome=Outcome.KEPT, removed=0)
    # Read after the rows: the consent on which each was made is on record by then.
    at = now()
    known = known_facts(register, [event.person_id], None, at)
    lost = [
        row for row in held if not carried_since(event.person_id, known, row.made_at, at)
    ]
    if not lost:
        return Result(outcome=Outcome.KEPT, removed=0)
    trail.record(
        NewEntry(
            subject=event.person_id,
            entry_id=f"consent:template:destroy:{event.fact_id}",
            tag="consent:template:destroy",
            at=at,
            actor=ACTOR,
            data={"fact_id": event.fact_id},
        )
    )
    removed = sum(rows.destroy(row) for row in lost)
    return Result(outcome=Outcome.DESTROYED, removed=removed)
