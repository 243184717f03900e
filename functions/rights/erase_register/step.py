"""Remove what is on record about somebody, once their keys and pictures are done."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.erasure import Erasure, Plan, Trace, goes
from beeldrecht.domain.erasure_texts import PlannedText, Redaction, TextOutcome
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.retention import RetentionKind, RetentionPolicy
from beeldrecht.domain.store_registry import STORES
from beeldrecht.domain.stores import ITEM_STORES, Erasing
from beeldrecht.runtime import erasing
from beeldrecht.runtime.erasing import ErasureEvent, entry_of, under_way
from beeldrecht.runtime.events import Frozen
from beeldrecht.runtime.milestones import Documents, Register, milestones_of_person

_ERASING = {(each.store, each.what): each.erasing for each in STORES}


class Outcome(StrEnum):
    """What came of it."""

    REMOVED = "removed"


class Result(Frozen):
    """What came of it, and how much went."""

    outcome: Outcome
    removed: int


class Erasures(erasing.Erasures, Protocol):
    """Erasures on record, each with its plan."""

    def plan(self, erasure_id: str) -> Plan | None:
        """The plan."""
        ...

    def texts(self, erasure_id: str) -> tuple[PlannedText, ...]:
        """Every place where a text names them."""
        ...

    def keep_proofs(
        self, erasure_id: str, quitclaim_ids: Iterable[str], until: datetime | None
    ) -> None:
        """Record which proof is kept."""
        ...

    def text_done(self, erasure_id: str, text_id: str, outcome: TextOutcome) -> None:
        """Record that a place is done."""
        ...


class Traces(Protocol):
    """What is anywhere of a person."""

    def register(self, person_id: str) -> Iterator[Trace]:
        """What is on record about a person; what leads to others last."""
        ...

    def mentions(self, subject_id: str) -> Iterator[Trace]:
        """Every item that names them, whether anything leads to it or not."""
        ...

    def waiting(self, person_id: str) -> Iterable[str]:
        """The tokens of workflows that wait for them."""
        ...


class Wiper(Protocol):
    """Removes what was found."""

    def remove(self, traces: Iterable[Trace]) -> int:
        """Remove for good; what is gone already is no failure."""
        ...

    def end(self, trace: Trace, at: datetime) -> None:
        """Have an item end at that instant."""
        ...


class Texts(Protocol):
    """What people typed, about anything."""

    def redact(self, text: PlannedText) -> Redaction:
        """Take the name out of a text that is still the one that was found."""
        ...


class Index(Protocol):
    """What is on record about the index of the library."""

    def purge(self, asset_id: str, erasure_id: str, at: datetime) -> None:
        """Have what it said of a picture taken out of every file of it."""
        ...


class Retention(Protocol):
    """How long things are kept."""

    def policy(self) -> RetentionPolicy:
        """What is on record about it."""
        ...


class Tasks(Protocol):
    """States that wait for an answer."""

    def answer(self, token: str, outcome: str) -> bool:
        """Say what came of it; False when nobody waits any more."""
        ...


class Schedules(Protocol):
    """One-off schedules."""

    def drop(self, name: str) -> None:
        """Plan it no more; none of that name is no failure."""
        ...


class Trail(Protocol):
    """The audit trail."""

    def record(self, entry: NewEntry) -> None:
        """Put an entry in its chain; the same again adds nothing."""
        ...


@dataclass(frozen=True, slots=True)
class Desk:
    """What clearing the register takes."""

    erasures: Erasures
    traces: Traces
    wiper: Wiper
    typed: Texts
    index: Index
    retention: Retention
    tasks: Tasks
    schedules: Schedules
    register: Register
    documents: Documents
    trail: Trail
    days: tuple[int, ...]
    """How many before an end this deployment announces it."""


def erase_register(event: ErasureEvent, desk: Desk) -> Result:
    """Stop what waits for them, then remove everything that the registry says goes.

    Workflows and schedules first, since their names follow from what is removed after.
    What leads to other things goes after those, so a retry finds what is left. What the
    registry does not know is removed as well: it should not be there. What is kept as
    proof ends with its term. Out of the texts that name them the name is taken where an
    officer said so; a text that changed meanwhile is left to who looks afterwards. Safe
    to repeat. Raises NotBegunError.
    """
    erasure = under_way(desk.erasures, event.erasure_id)
    plan = desk.erasures.plan(event.erasure_id)
    if erasure.person_id is None or plan is None:
        return Result(outcome=Outcome.REMOVED, removed=0)
    _stop(erasure.person_id, desk)
    desk.trail.record(entry_of(erasure, "rights:register:erase"))
    if plan.keep_proof:
        _end_proof(erasure, desk)
    _redact(erasure, desk)
    removed = desk.wiper.remove(_going(erasure.person_id, plan.keep_proof, desk.traces))
    return Result(outcome=Outcome.REMOVED, removed=removed)


def _stop(person_id: str, desk: Desk) -> None:
    for token in desk.traces.waiting(person_id):
        desk.tasks.answer(token, "gone")
    milestones, _ = milestones_of_person(
        person_id, desk.register, desk.documents, desk.days
    )
    for each in milestones:
        desk.schedules.drop(derived_id("milestone", each.quitclaim_id, each.name))


def _redact(erasure: Erasure, desk: Desk) -> None:
    wanted = [
        each
        for each in desk.erasures.texts(erasure.erasure_id)
        if each.outcome is TextOutcome.REDACT and not each.done
    ]
    if wanted:
        told = {"texts": len(wanted)}
        desk.trail.record(entry_of(erasure, "rights:text:redact", told))
    for text in wanted:
        made = desk.typed.redact(text)
        if made is Redaction.CHANGED:
            continue
        asset_id = text.place.asset_id
        if asset_id is not None and made is Redaction.REDACTED:
            at = erasure.confirmed_at or erasure.begun_at
            # Once more than for the picture itself, which can have been masked before.
            desk.index.purge(asset_id, derived_id("text", erasure.erasure_id), at)
        gone = made is Redaction.GONE
        outcome = TextOutcome.GONE if gone else TextOutcome.REDACT
        desk.erasures.text_done(erasure.erasure_id, text.text_id, outcome)


def _end_proof(erasure: Erasure, desk: Desk) -> None:
    """The key ends then too; without an end the sealed bytes would lie here for good."""
    begins = erasure.confirmed_at or erasure.begun_at
    until = desk.retention.policy().ends(RetentionKind.PROOF, begins)
    found = list(desk.traces.register(erasure.subject_id))
    # First: after this nothing leads from them to what they signed.
    signed = [each.key.partition("#")[2] for each in found if each.what == "evidence"]
    desk.erasures.keep_proofs(erasure.erasure_id, signed, until)
    for each in found:
        is_item = each.store in ITEM_STORES
        if is_item and _becomes(each) is Erasing.PROOF and until is not None:
            desk.wiper.end(each, until)


def _going(person_id: str, keep_proof: bool, traces: Traces) -> Iterator[Trace]:
    yield from (e for e in traces.register(person_id) if goes(_becomes(e), keep_proof))
    # What nothing leads to, and is theirs all the same. Of a picture that names them the
    # picture itself is none of this step's; that it left in their own copy is.
    yield from (
        each
        for each in traces.mentions(person_id)
        if _becomes(each) is Erasing.DELETED or each.what == "disclosure"
    )


def _becomes(trace: Trace) -> Erasing:
    return _ERASING.get((trace.store, trace.what), Erasing.DELETED)
