"""Records of governance: what holds, from when, and until when."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beeldrecht.domain.governance import (
    FORMS,
    LONGEST,
    FormField,
    GovernanceRecord,
    GovernanceRefusal,
    GovernanceRefusedError,
    OfficerSignature,
    RecordState,
    RecordVersion,
    RegisterKind,
    Revocation,
    assessment_of,
    check_form,
    digest,
    ending_soon,
    holding,
    holds,
    revoking_problem,
    signing_problem,
    state_at,
    unanswered,
    writing_problem,
)
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.permits import Assessment
from beeldrecht.domain.time import Period, day_of
from tests.fakes.governance import DPIA, signature_of, version_of
from tests.fakes.samples import ANN, ASSESSMENT, BOB, NOON, TICK

TODAY = date(2026, 6, 1)
LAST = date(2026, 10, 24)
# The night after 24 October 2026 ends daylight saving the day after: midnight is 22:00Z.
END = datetime(2026, 10, 24, 22, tzinfo=UTC)
RECORD = derived_id("test", "record")


def written(kind: RegisterKind = RegisterKind.DPIA, number: int = 1) -> RecordVersion:
    return version_of(kind, RECORD, ANN, NOON, number)


def draft(kind: RegisterKind = RegisterKind.DPIA) -> GovernanceRecord:
    return GovernanceRecord(RECORD, kind, (written(kind),))


def signed(
    kind: RegisterKind = RegisterKind.DPIA, at: datetime = NOON, last_day: date = LAST
) -> GovernanceRecord:
    record = draft(kind)
    return replace(record, signatures=(signature_of(record.latest, BOB, at, last_day),))


def revoked(record: GovernanceRecord, at: datetime) -> GovernanceRecord:
    return replace(record, revocation=Revocation(ANN, at, "The risk changed."))


def test_the_sample_of_the_tests_is_what_it_says() -> None:
    assert assessment_of(DPIA) == ASSESSMENT


def test_r18_a_record_holds_from_its_signature_through_its_last_day() -> None:
    record = signed()
    assert holding(record) == Period(NOON, END)
    told = {at: state_at(record, at) for at in (NOON, END - TICK, END)}
    assert list(told.values()) == [
        RecordState.SIGNED,
        RecordState.SIGNED,
        RecordState.LAPSED,
    ]
    assert not holds(record, RegisterKind.DPIA, NOON - TICK)
    assert holds(record, RegisterKind.DPIA, END - TICK)
    assert not holds(record, RegisterKind.DPIA, END)


def test_r18_what_nobody_signed_holds_nothing() -> None:
    assert holding(None) is None
    assert holding(draft()) is None
    assert assessment_of(draft()) is None
    assert state_at(draft(), NOON) is RecordState.DRAFT
    assert not holds(draft(), RegisterKind.DPIA, NOON)


@pytest.mark.parametrize("kind", [k for k in RegisterKind if k is not RegisterKind.DPIA])
def test_r18_only_an_impact_assessment_carries_recognition(kind: RegisterKind) -> None:
    assert holds(signed(kind), kind, NOON)
    assert not holds(signed(kind), RegisterKind.DPIA, NOON)
    assert assessment_of(signed(kind)) is None


def test_r18_a_revocation_ends_it_at_that_instant_and_not_before() -> None:
    at = NOON + timedelta(days=3)
    record = revoked(signed(), at)
    assert assessment_of(record) == Assessment(RECORD, BOB, Period(NOON, at))
    assert holds(record, RegisterKind.DPIA, at - TICK)
    assert not holds(record, RegisterKind.DPIA, at)
    assert state_at(record, at - TICK) is RecordState.SIGNED
    assert state_at(record, at) is RecordState.REVOKED
    # A revocation by a clock that runs behind the signature's leaves nothing to hold.
    assert holding(revoked(signed(), NOON - TICK)) == Period(NOON, NOON)


def test_a_later_signature_replaces_the_one_before_shorter_or_longer() -> None:
    first = signed()
    second = written(number=2)
    for last_day in (date(2026, 7, 1), date(2027, 7, 1)):
        again = signature_of(second, BOB, NOON + timedelta(days=1), last_day)
        record = replace(
            first,
            versions=(*first.versions, second),
            signatures=(*first.signatures, again),
        )
        period = holding(record)
        assert period is not None
        assert period.start == NOON + timedelta(days=1)
        assert period.end is not None
        assert day_of(period.end - TICK) == last_day
        assert record.signed == second


def test_a_draft_of_the_next_version_leaves_what_was_signed_as_it_is() -> None:
    record = signed()
    longer = replace(record, versions=(*record.versions, written(number=2)))
    assert holding(longer) == holding(record)
    assert longer.signed == record.latest


def test_signing_refuses_each_thing_that_is_wrong_by_its_name() -> None:
    def why(record: GovernanceRecord, last_day: date = LAST, version: int = 1) -> object:
        return signing_problem(record, version, last_day, NOON)

    refusal = GovernanceRefusal
    assert why(draft()) is None
    assert why(revoked(signed(), NOON)) is refusal.RECORD_REVOKED
    assert why(draft(), version=2) is refusal.NOT_THE_LATEST
    assert why(signed()) is refusal.SIGNED_BEFORE
    assert why(draft(), TODAY) is None
    assert why(draft(), TODAY - timedelta(days=1)) is refusal.DAY_OVER
    furthest = TODAY + LONGEST[RegisterKind.DPIA]
    assert why(draft(), furthest) is None
    assert why(draft(), furthest + timedelta(days=1)) is refusal.DAY_TOO_FAR


@pytest.mark.parametrize("kind", RegisterKind)
def test_every_question_of_a_form_is_answered_before_it_is_signed(
    kind: RegisterKind,
) -> None:
    for field in FORMS[kind]:
        for silence in (None, "", "  "):
            answers = dict(written(kind).answers)
            answers.pop(field) if silence is None else answers.update({field: silence})
            version = replace(written(kind), answers=answers)
            assert unanswered(version) == (field,)
            record = replace(draft(kind), versions=(version,))
            assert signing_problem(record, 1, LAST, NOON) is (
                GovernanceRefusal.FORM_NOT_COMPLETE
            )
    assert unanswered(written(kind)) == ()


def test_a_form_takes_answers_to_its_own_questions_alone() -> None:
    check_form(RegisterKind.DPIA, {FormField.RISKS: "some"})
    with pytest.raises(GovernanceRefusedError) as caught:
        check_form(RegisterKind.DPIA, {FormField.PARTY: "a hosting firm"})
    assert caught.value.reason is GovernanceRefusal.FORM_OTHER_QUESTION


def test_what_was_revoked_is_written_and_revoked_no_more() -> None:
    gone = revoked(signed(), NOON)
    assert writing_problem(signed()) is None
    assert writing_problem(gone) is GovernanceRefusal.RECORD_REVOKED
    assert revoking_problem(signed()) is None
    assert revoking_problem(draft()) is GovernanceRefusal.NEVER_SIGNED
    assert revoking_problem(gone) is GovernanceRefusal.RECORD_REVOKED


def test_a_signature_names_every_word_that_was_signed() -> None:
    version = written()
    seen = {digest(version)}
    for changed in (
        replace(version, title="Another"),
        replace(version, version=2),
        replace(version, record_id=derived_id("test", "another")),
        replace(version, kind=RegisterKind.SUB_PROCESSOR),
        replace(version, answers={**version.answers, FormField.RISKS: "none"}),
    ):
        assert digest(changed) not in seen
        seen.add(digest(changed))
    # Who wrote it and when is on record beside it, and no part of what is signed.
    assert digest(replace(version, written_by=BOB)) == digest(version)


def test_what_ends_soon_holds_now_and_the_first_to_end_comes_first() -> None:
    soon, sooner, later, over = (
        replace(signed(last_day=day), record_id=derived_id("test", str(day)))
        for day in (
            date(2026, 6, 25),
            date(2026, 6, 20),
            date(2026, 8, 1),
            date(2026, 5, 31),
        )
    )
    gone = revoked(sooner, NOON)
    every = [soon, later, sooner, draft(), over, gone]
    assert ending_soon(every, NOON + TICK) == (sooner, soon)


def within(first: int, last: int) -> st.SearchStrategy[datetime]:
    """Instants of these years."""
    start = datetime(first, 1, 1, tzinfo=UTC)
    seconds = int((datetime(last, 1, 1, tzinfo=UTC) - start).total_seconds())
    return st.integers(0, seconds).map(lambda n: start + timedelta(seconds=n))


@given(
    within(2026, 2027),
    st.integers(0, 900),
    within(2025, 2030),
    st.none() | within(2025, 2030),
)
def test_r18_nothing_holds_unsigned_past_its_day_or_once_revoked(
    signed_at: datetime, days: int, at: datetime, revoked_at: datetime | None
) -> None:
    last_day = day_of(signed_at) + timedelta(days=days)
    record = replace(
        draft(), signatures=(OfficerSignature(1, "0" * 64, BOB, signed_at, last_day),)
    )
    if revoked_at is not None:
        record = revoked(record, revoked_at)
    expected = (
        signed_at <= at
        and day_of(at) <= last_day
        and (revoked_at is None or at < max(revoked_at, signed_at))
    )
    assert holds(record, RegisterKind.DPIA, at) is expected
