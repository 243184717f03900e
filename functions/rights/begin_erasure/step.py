"""Enter an erasure in the ledger: from here on no backup may serve without it."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.erasure import Erasure, ErasureState, Plan
from beeldrecht.domain.erasure_texts import PlannedText, TextOutcome
from beeldrecht.domain.ledger import Erased, ErasedPicture, ErasedText
from beeldrecht.runtime import erasing
from beeldrecht.runtime.erasing import ErasureEvent, NotBegunError, entry_of
from beeldrecht.runtime.events import Frozen


class Outcome(StrEnum):
    """What came of it."""

    BEGUN = "begun"


class Result(Frozen):
    """What came of it, and under which number it stands."""

    outcome: Outcome
    number: int


class Erasures(erasing.Erasures, Protocol):
    """Erasures on record, each with its plan."""

    def plan(self, erasure_id: str) -> Plan | None:
        """The plan."""
        ...

    def texts(self, erasure_id: str) -> tuple[PlannedText, ...]:
        """Every place where a text names them."""
        ...

    def begin(self, erasure: Erasure, entry: NewEntry) -> bool:
        """Record that it is being done; False when that was recorded before."""
        ...


class Ledger(Protocol):
    """The erasure ledger."""

    def begin(self, erased: Erased, at: datetime) -> int:
        """Enter an erasure; the first entry stands. Gives its number."""
        ...


def begin_erasure(
    event: ErasureEvent, erasures: Erasures, ledger: Ledger, at: datetime
) -> Result:
    """First the ledger, then the state that lets the others destroy.

    Killed in between, a retry finds the entry and goes on. Safe to repeat. Raises
    NotBegunError for one that nobody confirmed: nothing is destroyed for it.
    """
    erasure = erasures.get(event.erasure_id)
    plan = erasures.plan(event.erasure_id)
    begun = {ErasureState.CONFIRMED, ErasureState.ERASING}
    if erasure is None or plan is None or erasure.state not in begun:
        raise NotBegunError(event.erasure_id)
    texts = erasures.texts(event.erasure_id)
    number = ledger.begin(_erased(erasure, plan, texts), at)
    erasures.begin(erasure, entry_of(erasure, "rights:erasure:begin", {"number": number}))
    return Result(outcome=Outcome.BEGUN, number=number)


def _erased(erasure: Erasure, plan: Plan, texts: Iterable[PlannedText]) -> Erased:
    own = plan.pictures if erasure.person_id is not None else ()
    return Erased(
        erasure_id=erasure.erasure_id,
        person_id=erasure.person_id,
        asset_id=erasure.asset_id,
        pictures=tuple(
            ErasedPicture(each.asset_id, each.outcome, frozenset(each.face_ids))
            for each in own
        ),
        proof_kept=plan.keep_proof and erasure.person_id is not None,
        texts=tuple(
            ErasedText(each.place, each.spans, each.digest)
            for each in texts
            if each.outcome is TextOutcome.REDACT
        ),
    )
