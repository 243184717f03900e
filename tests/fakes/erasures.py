"""Erasures on record, in memory."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from beeldrecht.adapters.erasure_pages import ErasurePage, PicturePage
from beeldrecht.adapters.pages import place
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.erasure import (
    STOPPABLE,
    Erasure,
    ErasureState,
    PictureOutcome,
    Plan,
    PlannedPicture,
    Receipt,
)
from tests.fakes.audit import FakeAuditTrail
from tests.fakes.lists import page_back


class FakeErasures:
    """Erasures by their id, each with its plan and receipts."""

    def __init__(self, trail: FakeAuditTrail) -> None:
        self._trail = trail
        self.erasures: dict[str, Erasure] = {}
        self.plans: dict[str, Plan] = {}
        self.found: dict[str, tuple[Receipt, ...]] = {}
        self.tokens: dict[str, str] = {}
        self.looks: dict[str, int] = {}

    def put(self, erasure: Erasure, plan: Plan | None = None) -> None:
        """As if it had come so far."""
        self.erasures[erasure.erasure_id] = erasure
        if plan is not None:
            self.plans[erasure.erasure_id] = plan

    def start(self, erasure: Erasure, entry: NewEntry) -> bool:
        if erasure.erasure_id in self.erasures:
            return False
        self._trail.record(entry, lambda: self.put(erasure))
        return True

    def get(self, erasure_id: str) -> Erasure | None:
        return self.erasures.get(erasure_id)

    def page(
        self, state: ErasureState | None, after: str | None, limit: int
    ) -> ErasurePage:
        places = {
            place(each.begun_at, each.erasure_id): each
            for each in self.erasures.values()
            if state in {None, each.state}
        }
        shown, following = page_back(places, after, limit)
        return ErasurePage(tuple(shown), following)

    def plan(self, erasure_id: str) -> Plan | None:
        return self.plans.get(erasure_id)

    def keep_plan(
        self, erasure: Erasure, plan: Plan, to: ErasureState, entry: NewEntry
    ) -> bool:
        def write() -> None:
            self.put(replace(erasure, state=to), plan)

        return self._move(erasure, {ErasureState.COLLECTING}, write, entry)

    def note_found(self, erasure_id: str, found: Mapping[str, int]) -> None:
        self.plans[erasure_id] = replace(self.plans[erasure_id], found=found)

    def add_picture(self, erasure_id: str, picture: PlannedPicture) -> bool:
        plan = self.plans[erasure_id]
        if picture.asset_id in {each.asset_id for each in plan.pictures}:
            return False
        pictures = (*plan.pictures, picture)
        self.plans[erasure_id] = replace(plan, pictures=pictures)
        return True

    def pictures(self, erasure_id: str, after: str | None, limit: int) -> PicturePage:
        plan = self.plans.get(erasure_id)
        there = sorted(plan.pictures if plan else (), key=lambda p: p.asset_id)
        left = [p for p in there if after is None or p.asset_id > after]
        more = len(left) > limit
        shown = tuple(left[:limit])
        return PicturePage(shown, shown[-1].asset_id if more else None)

    def picture(self, erasure_id: str, asset_id: str) -> PlannedPicture | None:
        plan = self.plans.get(erasure_id)
        own = [p for p in (plan.pictures if plan else ()) if p.asset_id == asset_id]
        return own[0] if own else None

    def picture_done(self, erasure_id: str, asset_id: str) -> None:
        plan = self.plans[erasure_id]
        pictures = tuple(
            replace(p, done=True) if p.asset_id == asset_id else p for p in plan.pictures
        )
        self.plans[erasure_id] = replace(plan, pictures=pictures)

    def replan(
        self,
        erasure: Erasure,
        outcomes: Mapping[str, PictureOutcome],
        keep_proof: bool,
        entry: NewEntry,
    ) -> bool:
        def write() -> None:
            plan = self.plans[erasure.erasure_id]
            pictures = tuple(
                replace(p, outcome=outcomes.get(p.asset_id, p.outcome))
                for p in plan.pictures
            )
            self.put(erasure, replace(plan, pictures=pictures, keep_proof=keep_proof))

        return self._move(erasure, {ErasureState.PLANNED}, write, entry)

    def confirm(self, erasure: Erasure, by: str, at: datetime, entry: NewEntry) -> bool:
        to = ErasureState.CONFIRMED
        after = replace(erasure, state=to, confirmed_by=by, confirmed_at=at)
        before = {ErasureState.PLANNED}
        return self._move(erasure, before, lambda: self.put(after), entry)

    def cancel(self, erasure: Erasure, at: datetime, entry: NewEntry) -> bool:
        after = replace(erasure, state=ErasureState.CANCELLED, ended_at=at)
        return self._move(erasure, STOPPABLE, lambda: self.put(after), entry)

    def begin(self, erasure: Erasure, entry: NewEntry) -> bool:
        after = replace(erasure, state=ErasureState.ERASING)
        before = {ErasureState.CONFIRMED}
        return self._move(erasure, before, lambda: self.put(after), entry)

    def put_receipts(self, erasure_id: str, receipts: Iterable[Receipt]) -> None:
        self.found[erasure_id] = tuple(receipts)

    def receipts(self, erasure_id: str) -> tuple[Receipt, ...]:
        return self.found.get(erasure_id, ())

    def count_look(self, erasure_id: str) -> int:
        self.looks[erasure_id] = self.looks.get(erasure_id, 0) + 1
        return self.looks[erasure_id]

    def keep_task(self, erasure_id: str, token: str) -> None:
        if erasure_id in self.erasures:
            self.tokens[erasure_id] = token

    def task(self, erasure_id: str) -> str | None:
        return self.tokens.get(erasure_id)

    def drop_task(self, erasure_id: str) -> None:
        self.tokens.pop(erasure_id, None)

    def _move(
        self,
        erasure: Erasure,
        before: Iterable[ErasureState],
        write: object,
        entry: NewEntry,
    ) -> bool:
        there = self.erasures.get(erasure.erasure_id)
        if there is None or there.state not in set(before):
            return False
        assert callable(write)
        self._trail.record(entry, write)
        return True
