"""Erasures on record, in memory."""

from collections.abc import Iterable, Iterator, Mapping
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
from beeldrecht.domain.erasure_texts import (
    PlannedText,
    Redaction,
    TextOutcome,
    TextPlace,
)
from beeldrecht.domain.named import (
    Span,
    Wanted,
    covered,
    digest,
    found_in,
    names_still,
)
from tests.fakes.audit import FakeAuditTrail
from tests.fakes.lists import page_back


class FakeTexts:
    """Texts that people typed, by where they stand."""

    def __init__(self, texts: Mapping[TextPlace, str] | None = None) -> None:
        self.texts = dict(texts or {})

    def naming(self, wanted: Wanted) -> Iterator[tuple[TextPlace, tuple[Span, ...], str]]:
        for where, text in self.texts.items():
            spans = found_in(text, wanted)
            if spans:
                yield where, spans, digest(covered(text, spans))

    def now(self, place: TextPlace) -> str | None:
        return self.texts.get(place)

    def redact(self, text: PlannedText) -> Redaction:
        now = self.texts.get(text.place)
        if now is None:
            return Redaction.GONE
        if digest(now) == text.digest:
            return Redaction.REDACTED
        if not names_still(now, text.spans, text.digest):
            return Redaction.CHANGED
        self.texts[text.place] = covered(now, text.spans)
        return Redaction.REDACTED


class FakeErasures:
    """Erasures by their id, each with its plan and receipts."""

    def __init__(self, trail: FakeAuditTrail) -> None:
        self._trail = trail
        self.erasures: dict[str, Erasure] = {}
        self.plans: dict[str, Plan] = {}
        self.found: dict[str, tuple[Receipt, ...]] = {}
        self.tokens: dict[str, str] = {}
        self.looks: dict[str, int] = {}
        self.kept: dict[str, dict[str, datetime | None]] = {}
        self.named: dict[str, dict[str, PlannedText]] = {}

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
        self,
        erasure: Erasure,
        plan: Plan,
        to: ErasureState,
        entry: NewEntry,
        texts: Iterable[PlannedText] = (),
    ) -> bool:
        def write() -> None:
            self.put(replace(erasure, state=to), plan)

        self.note_texts(erasure.erasure_id, texts)

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
        texts: Iterable[PlannedText] = (),
    ) -> bool:
        told = tuple(texts)

        def write() -> None:
            plan = self.plans[erasure.erasure_id]
            pictures = tuple(
                replace(p, outcome=outcomes.get(p.asset_id, p.outcome))
                for p in plan.pictures
            )
            self.put(erasure, replace(plan, pictures=pictures, keep_proof=keep_proof))
            self.note_texts(erasure.erasure_id, told)

        late = told and erasure.state is ErasureState.ERASING
        state = ErasureState.ERASING if late else ErasureState.PLANNED
        return self._move(erasure, {state}, write, entry)

    def keep_proofs(
        self, erasure_id: str, quitclaim_ids: Iterable[str], until: datetime | None
    ) -> None:
        there = self.kept.setdefault(erasure_id, {})
        there.update(dict.fromkeys(quitclaim_ids, until))

    def proofs(self, erasure_id: str) -> tuple[str, ...]:
        return tuple(sorted(self.kept.get(erasure_id, {})))

    def reopen(self, erasure: Erasure, entry: NewEntry) -> bool:
        after = replace(erasure, state=ErasureState.PLANNED)
        before = {ErasureState.CONFIRMED}
        return self._move(erasure, before, lambda: self.put(after), entry)

    def texts(self, erasure_id: str) -> tuple[PlannedText, ...]:
        there = self.named.get(erasure_id, {})
        return tuple(there[text_id] for text_id in sorted(there))

    def note_texts(self, erasure_id: str, texts: Iterable[PlannedText]) -> None:
        there = self.named.setdefault(erasure_id, {})
        there.update({each.text_id: each for each in texts})

    def text_done(self, erasure_id: str, text_id: str, outcome: TextOutcome) -> None:
        text = self.named[erasure_id][text_id]
        done = replace(text, outcome=outcome, spans=(), done=True)
        self.named[erasure_id][text_id] = done

    def ask_again(self, erasure_id: str, text_id: str) -> None:
        text = self.named[erasure_id][text_id]
        asked = replace(text, outcome=None, spans=(), done=False)
        self.named[erasure_id][text_id] = asked

    def confirm(self, erasure: Erasure, by: str, at: datetime, entry: NewEntry) -> bool:
        to = ErasureState.CONFIRMED
        after = replace(erasure, state=to, confirmed_by=by, confirmed_at=at)
        before = {ErasureState.PLANNED}
        return self._move(erasure, before, lambda: self.put(after), entry)

    def cancel(self, erasure: Erasure, at: datetime, entry: NewEntry) -> bool:
        if erasure.confirmed_at is not None:
            return False
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
