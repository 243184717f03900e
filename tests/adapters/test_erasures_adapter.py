"""Erasures on record over DynamoDB."""

from datetime import UTC, datetime, timedelta

import pytest

from beeldrecht.adapters.audit import AuditTrail
from beeldrecht.adapters.consent import ConsentRegister
from beeldrecht.adapters.erasures import Erasures, beginning
from beeldrecht.adapters.errors import ActRefusedError
from beeldrecht.adapters.register_facts import RegisterFacts
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.erasure import (
    Erasure,
    ErasureReason,
    ErasureState,
    PictureOutcome,
    Plan,
    PlannedPicture,
    Receipt,
    asset_erasure,
    person_erasure,
)
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.recorded import FactKind
from beeldrecht.domain.stores import Erasing, Store
from tests.adapters.aws import Aws
from tests.fakes.runtime import REGION

AT = datetime(2026, 6, 1, 9, tzinfo=UTC)
ANNA, OFFICER = derived_id("anna"), derived_id("officer")
REQUEST = derived_id("request")
PICTURES = tuple(sorted(derived_id("picture", str(n)) for n in range(5)))


def entry(action: str, subject: str = ANNA) -> NewEntry:
    tag = f"rights:erasure:{action}"
    return NewEntry(subject, f"{tag}:{REQUEST}", tag, AT, OFFICER)


def plan(*asset_ids: str) -> Plan:
    mask = PictureOutcome.MASK
    pictures = tuple(PlannedPicture(a, mask, (derived_id(a),), 2) for a in asset_ids)
    return Plan({"store_consent/contact": 1}, pictures, keep_proof=True, collected_at=AT)


class TestErasures:
    @pytest.fixture
    def table(self, aws: Aws) -> str:
        return aws.table("consent")

    @pytest.fixture
    def trail(self, aws: Aws) -> AuditTrail:
        return AuditTrail(aws.table("audit"), REGION)

    @pytest.fixture
    def erasures(self, table: str, trail: AuditTrail) -> Erasures:
        return Erasures(table, REGION, trail)

    @pytest.fixture
    def begun(self, erasures: Erasures) -> Erasure:
        erasure = person_erasure(REQUEST, ANNA, OFFICER, AT)
        assert erasures.start(erasure, entry("begin"))
        return erasure

    @pytest.fixture
    def planned(self, erasures: Erasures, begun: Erasure) -> Erasure:
        assert erasures.keep_plan(
            begun, plan(*PICTURES), ErasureState.PLANNED, entry("plan")
        )
        return begun

    def test_begins_once_within_an_act_that_wants_it(
        self, erasures: Erasures, trail: AuditTrail
    ) -> None:
        erasure = person_erasure(REQUEST, ANNA, OFFICER, AT)
        trail.record(entry("begin"), beginning(erasure))
        with pytest.raises(ActRefusedError):
            trail.record(entry("begin"), beginning(erasure))
        assert erasures.get(erasure.erasure_id) == erasure
        assert not erasures.start(erasure, entry("begin"))
        assert len(list(trail.entries(ANNA))) == 1

    def test_is_a_fact_that_the_sweep_finds(
        self, table: str, erasures: Erasures, begun: Erasure
    ) -> None:
        picture = asset_erasure(PICTURES[0], OFFICER, AT)
        assert erasures.start(picture, entry("begin", PICTURES[0]))
        day = timedelta(hours=1)
        found = set(RegisterFacts(table, REGION).between(AT - day, AT + day))
        ids = {(f.kind, f.fact_id, f.subject_id) for f in found}
        assert (FactKind.ERASURE, begun.erasure_id, ANNA) in ids
        assert (FactKind.PICTURE_ERASURE, picture.erasure_id, PICTURES[0]) in ids

    def test_a_picture_is_frozen_from_the_act_on(
        self, table: str, erasures: Erasures
    ) -> None:
        erasures.start(
            asset_erasure(PICTURES[0], OFFICER, AT), entry("begin", PICTURES[0])
        )
        facts = ConsentRegister(table, REGION).facts([], PICTURES[0])
        assert [r.subject_id for r in facts.restrictions] == [PICTURES[0]]

    def test_a_plan_is_kept_once_and_what_an_officer_changed_stands(
        self, erasures: Erasures, planned: Erasure
    ) -> None:
        wanted = {PICTURES[1]: PictureOutcome.DELETE}
        assert erasures.replan(planned, wanted, False, entry("replan"))
        state = ErasureState.PLANNED
        again = plan(*PICTURES)
        assert not erasures.keep_plan(planned, again, state, entry("plan"))
        kept = erasures.plan(planned.erasure_id)
        assert kept is not None
        assert not kept.keep_proof
        assert {p.asset_id: p.outcome for p in kept.pictures} == {
            each: PictureOutcome.DELETE if each == PICTURES[1] else PictureOutcome.MASK
            for each in PICTURES
        }

    def test_pictures_come_page_by_page(
        self, erasures: Erasures, planned: Erasure
    ) -> None:
        seen: list[str] = []
        after: str | None = None
        while True:
            page = erasures.pictures(planned.erasure_id, after, 2)
            seen += [each.asset_id for each in page.pictures]
            after = page.after
            if after is None:
                break
        assert tuple(seen) == PICTURES

    def test_confirming_freezes_the_person_and_ends_planning(
        self, table: str, erasures: Erasures, planned: Erasure
    ) -> None:
        assert erasures.confirm(planned, OFFICER, AT, entry("confirm"))
        frozen = ConsentRegister(table, REGION).facts([ANNA]).restrictions
        assert [r.subject_id for r in frozen] == [ANNA]
        assert not erasures.confirm(planned, OFFICER, AT, entry("confirm"))
        assert not erasures.replan(planned, {}, False, entry("replan"))
        assert not erasures.cancel(planned, AT, entry("cancel"))
        there = erasures.get(planned.erasure_id)
        assert there is not None
        assert (there.state, there.confirmed_by) == (ErasureState.CONFIRMED, OFFICER)

    def test_cancelled_it_goes_no_further(
        self, erasures: Erasures, planned: Erasure
    ) -> None:
        assert erasures.cancel(planned, AT, entry("cancel"))
        assert not erasures.confirm(planned, OFFICER, AT, entry("confirm"))
        assert not erasures.begin(planned, entry("do"))

    def test_nothing_is_done_before_it_is_confirmed(
        self, erasures: Erasures, planned: Erasure
    ) -> None:
        assert not erasures.begin(planned, entry("do"))
        erasures.confirm(planned, OFFICER, AT, entry("confirm"))
        assert erasures.begin(planned, entry("do"))
        assert not erasures.begin(planned, entry("do"))
        assert erasures.finish(planned, AT, entry("finish"))
        assert not erasures.finish(planned, AT, entry("finish"))

    def test_lists_by_state_and_all_newest_first(self, erasures: Erasures) -> None:
        made = [
            person_erasure(
                derived_id(str(n)),
                derived_id("p", str(n)),
                OFFICER,
                AT + timedelta(hours=n),
            )
            for n in range(5)
        ]
        for each in made:
            erasures.start(each, entry("begin", each.subject_id))
        erasures.cancel(made[3], AT, entry("cancel", made[3].subject_id))
        seen: list[str] = []
        after: str | None = None
        while True:
            page = erasures.page(None, after, 2)
            seen += [each.erasure_id for each in page.erasures]
            after = page.after
            if after is None:
                break
        assert seen == [each.erasure_id for each in reversed(made)]
        cancelled = erasures.page(ErasureState.CANCELLED, None, 9)
        assert [e.erasure_id for e in cancelled.erasures] == [made[3].erasure_id]

    def test_receipts_say_what_the_last_look_found(
        self, erasures: Erasures, planned: Erasure
    ) -> None:
        first = Receipt(Store.CONSENT, "contact", 1, 0, 1, Erasing.DELETED)
        last = Receipt(Store.CONSENT, "contact", 1, 1, 0, Erasing.DELETED)
        erasures.put_receipts(planned.erasure_id, [first])
        erasures.put_receipts(planned.erasure_id, [last])
        assert erasures.receipts(planned.erasure_id) == (last,)

    def test_the_token_of_who_waits_is_kept_and_dropped(
        self, erasures: Erasures, planned: Erasure
    ) -> None:
        erasures.keep_task(planned.erasure_id, "one")
        erasures.keep_task(planned.erasure_id, "two")
        assert erasures.task(planned.erasure_id) == "two"
        erasures.drop_task(planned.erasure_id)
        erasures.drop_task(planned.erasure_id)
        assert erasures.task(planned.erasure_id) is None


def test_the_erasure_of_a_picture_counts_its_looks_and_keeps_its_task(aws: Aws) -> None:
    """It is an item of another kind than a person's, which no other kind can update."""
    at = datetime.now(UTC)
    trail = AuditTrail(aws.table("audit"), REGION)
    erasures = Erasures(aws.table("consent"), REGION, trail)
    erasure = asset_erasure("a" * 32, "retention", at, ErasureReason.RETENTION)
    tag = "retention:asset:expire"
    assert erasures.start(erasure, NewEntry("a" * 32, tag, tag, at, "retention", {}))
    assert [erasures.count_look(erasure.erasure_id) for _ in range(2)] == [1, 2]
    erasures.keep_task(erasure.erasure_id, "token")
    assert erasures.task(erasure.erasure_id) == "token"
    erasures.drop_task(erasure.erasure_id)
    assert erasures.task(erasure.erasure_id) is None
