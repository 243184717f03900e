"""Destroy what opens a person's data before the data: copies are dead from here on."""

from datetime import datetime
from enum import StrEnum
from typing import Protocol

from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.erasure import Plan
from beeldrecht.domain.retention import RetentionKind, RetentionPolicy
from beeldrecht.runtime import erasing
from beeldrecht.runtime.erasing import ErasureEvent, entry_of, under_way
from beeldrecht.runtime.events import Frozen


class Outcome(StrEnum):
    """What came of it."""

    DESTROYED = "destroyed"


class Result(Frozen):
    """What came of it, and how many rows went."""

    outcome: Outcome
    removed: int


class Erasures(erasing.Erasures, Protocol):
    """Erasures on record, each with its plan."""

    def plan(self, erasure_id: str) -> Plan | None:
        """The plan."""
        ...


class KeyRows(Protocol):
    """The rows of people's keys and templates."""

    def destroy(self, person_id: str, proof_until: datetime | None) -> int:
        """Delete them, keys first; the proof's key ends then, or goes with them."""
        ...


class Retention(Protocol):
    """How long things are kept."""

    def policy(self) -> RetentionPolicy:
        """What is on record about it."""
        ...


class Trail(Protocol):
    """The audit trail."""

    def record(self, entry: NewEntry) -> None:
        """Put an entry in its chain; the same again adds nothing."""
        ...


def destroy_keys(
    event: ErasureEvent,
    erasures: Erasures,
    rows: KeyRows,
    retention: Retention,
    trail: Trail,
) -> Result:
    """Delete the keys of name, address and template, and the template.

    The key of the proof ends with the proof's term, counted from the confirmation, or at
    once where the plan says so. Safe to repeat: what is gone stays gone. Raises
    NotBegunError.
    """
    erasure = under_way(erasures, event.erasure_id)
    plan = erasures.plan(event.erasure_id)
    if erasure.person_id is None or plan is None:
        return Result(outcome=Outcome.DESTROYED, removed=0)
    until = None
    if plan.keep_proof:
        begins = erasure.confirmed_at or erasure.begun_at
        until = retention.policy().ends(RetentionKind.PROOF, begins)
    removed = rows.destroy(erasure.person_id, until)
    kept = "kept" if until is not None else "gone"
    trail.record(entry_of(erasure, "rights:keys:destroy", {"proof": kept}))
    return Result(outcome=Outcome.DESTROYED, removed=removed)
