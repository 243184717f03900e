"""A run looks first, stops above its guard, and goes on when somebody says yes."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beeldrecht.domain.retention import (
    NOTICE,
    RetentionKind,
    RetentionPolicy,
    RetentionRefusal,
    RetentionRefusedError,
    over,
    seconds,
)
from beeldrecht.domain.retention_runs import (
    GUARDED_FROM,
    STANDS_STILL,
    Counted,
    Kept,
    RetentionRun,
    RunKind,
    RunRefusal,
    RunRefusedError,
    RunState,
    above_guard,
    change_of,
    confirmed,
    dropped,
    finished,
    judged,
    kinds_of,
    looked_through,
    policy_of,
    stands_still,
    stopped,
    sweep_of,
    wanted_policy,
)
from tests.unit.domain.situations import NOW

PRIVATE = RetentionPolicy(revision=4)
MAILS, EXPORTS = RetentionKind.MAILS, RetentionKind.EXPORTS
DAY, YEAR = timedelta(days=1), timedelta(days=365)
SHORT = RetentionPolicy(chosen={MAILS: 120})
INSTANTS = st.datetimes(
    datetime(2024, 1, 1),  # noqa: DTZ001  # Hypothesis adds the zone
    datetime(2030, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)


def mail(age: timedelta, expires_at: int | None = None) -> Kept:
    return Kept(MAILS, NOW - age, expires_at)


def change(**more: object) -> RetentionRun:
    run = change_of(PRIVATE, {MAILS: 120}, "officer", NOW)
    return replace(run, **more)  # type: ignore[arg-type]


def found(looked: int, ends: int) -> Mapping[RetentionKind, Counted]:
    return {MAILS: Counted(looked, ends, ends)}


# -- one thing --------------------------------------------------------------------------


def test_what_has_no_date_gets_the_one_of_the_policy() -> None:
    judgement = judged(mail(DAY), PRIVATE, NOW)
    assert judgement.expires_at == PRIVATE.expiry(MAILS, NOW - DAY, NOW)
    assert (judgement.dates, judgement.ends) == (True, False)


def test_what_carries_its_date_is_not_dated_again() -> None:
    there = PRIVATE.expiry(MAILS, NOW - DAY, NOW)
    assert not judged(mail(DAY, there), PRIVATE, NOW).dates


def test_what_a_shorter_term_ends_now_stays_for_a_day_to_think() -> None:
    there = PRIVATE.expiry(MAILS, NOW - 200 * DAY, NOW)
    judgement = judged(mail(200 * DAY, there), SHORT, NOW)
    assert judgement.expires_at == seconds(NOW + NOTICE)
    assert (judgement.dates, judgement.ends) == (True, True)


def test_that_day_is_not_put_off_by_looking_again() -> None:
    first = judged(mail(200 * DAY), SHORT, NOW).expires_at
    for later in (timedelta(0), timedelta(hours=1), timedelta(hours=23, minutes=59)):
        again = judged(mail(200 * DAY, first), SHORT, NOW + later)
        assert again.expires_at == first
        assert not again.dates
        assert not again.ends


def test_what_is_over_is_over_whatever_the_policy_says_since() -> None:
    gone = seconds(NOW) - 1
    longer = RetentionPolicy(chosen={MAILS: 1095})
    judgement = judged(mail(YEAR, gone), longer, NOW)
    assert (judgement.expires_at, judgement.dates, judgement.ends) == (gone, False, False)


def test_a_longer_term_gives_more_time_to_what_is_not_over() -> None:
    soon = seconds(NOW + timedelta(hours=2))
    longer = RetentionPolicy(chosen={MAILS: 1095})
    judgement = judged(mail(YEAR, soon), longer, NOW)
    assert judgement.dates
    assert judgement.expires_at == longer.expiry(MAILS, NOW - YEAR, NOW)


def test_what_has_no_beginning_loses_a_date_that_it_carries() -> None:
    # A face that somebody named since: it stays with its picture.
    kept = Kept(RetentionKind.UNLINKED_FACES, None, seconds(NOW + DAY * 3))
    judgement = judged(kept, PRIVATE, NOW)
    assert (judgement.expires_at, judgement.dates, judgement.ends) == (None, True, False)


def test_a_template_is_never_kept_longer_than_it_was() -> None:
    there = seconds(NOW + 30 * DAY)
    kept = Kept(RetentionKind.TEMPLATES, NOW - DAY, there, never_longer=True)
    longer = RetentionPolicy(chosen={RetentionKind.TEMPLATES: 1000})
    shorter = RetentionPolicy(chosen={RetentionKind.TEMPLATES: 5})
    assert not judged(kept, longer, NOW).dates
    assert judged(kept, shorter, NOW).expires_at == shorter.expiry(
        RetentionKind.TEMPLATES, NOW - DAY, NOW
    )
    unknown = replace(kept, from_=None)
    assert not judged(unknown, shorter, NOW).dates


@given(from_=INSTANTS, at=INSTANTS, days=st.integers(120, 1095), there=INSTANTS)
def test_judging_twice_is_judging_once_and_nothing_ends_unannounced(
    from_: datetime, at: datetime, days: int, there: datetime
) -> None:
    policy = RetentionPolicy(chosen={MAILS: days})
    kept = Kept(MAILS, from_, seconds(there))
    judgement = judged(kept, policy, at)
    again = judged(replace(kept, expires_at=judgement.expires_at), policy, at)
    assert not again.dates
    assert not again.ends
    if judgement.dates:
        assert judgement.expires_at is not None
        assert not over(judgement.expires_at, at + NOTICE - timedelta(seconds=1))


# -- the guard --------------------------------------------------------------------------


def test_both_sides_of_the_guard() -> None:
    assert above_guard(found(200, 20), 10) == ()
    assert above_guard(found(199, 20), 10) == (MAILS,)


def test_a_few_things_may_always_end_whatever_share_they_are() -> None:
    assert above_guard(found(GUARDED_FROM, GUARDED_FROM), 1) == ()
    assert above_guard(found(GUARDED_FROM + 1, GUARDED_FROM + 1), 1) == (MAILS,)


# -- a run ------------------------------------------------------------------------------


def test_a_change_looks_at_what_it_changes_and_a_sweep_at_everything() -> None:
    sweep = sweep_of(PRIVATE, date(2026, 6, 1), NOW, "retention")
    assert kinds_of(change()) == {MAILS}
    assert kinds_of(sweep) == set(RetentionKind)


def test_the_same_wish_within_a_minute_is_one_run() -> None:
    at = NOW.replace(second=10)
    first = change_of(PRIVATE, {MAILS: 120}, "officer", at)
    again = change_of(PRIVATE, {MAILS: 120}, "officer", at + timedelta(seconds=40))
    other = change_of(PRIVATE, {MAILS: 121}, "officer", at)
    later = change_of(PRIVATE, {MAILS: 120}, "officer", at + timedelta(minutes=1))
    assert first.run_id == again.run_id
    assert len({first.run_id, other.run_id, later.run_id}) == 3


def test_a_wish_out_of_bounds_makes_no_run() -> None:
    with pytest.raises(RetentionRefusedError) as refused:
        change_of(PRIVATE, {EXPORTS: 31}, "officer", NOW)
    assert refused.value.reason is RetentionRefusal.OUT_OF_BOUNDS


def test_a_preview_goes_by_what_is_wanted_and_not_by_what_is_on_record() -> None:
    assert policy_of(change(), PRIVATE).days(MAILS) == 120
    assert policy_of(change(confirmed_at=NOW), PRIVATE).days(MAILS) == 365
    sweep = sweep_of(PRIVATE, date(2026, 6, 1), NOW, "retention")
    assert policy_of(sweep, PRIVATE) == PRIVATE


def test_a_change_waits_for_its_officer_however_little_it_ends() -> None:
    run = looked_through(change(found=found(100, 0), cursor="x"), PRIVATE, NOW)
    assert (run.state, run.cursor) == (RunState.PREVIEWED, None)
    run = looked_through(change(found=found(100, 50)), PRIVATE, NOW)
    assert run.state is RunState.GUARDED


def test_a_sweep_goes_on_by_itself_below_the_guard_alone() -> None:
    sweep = sweep_of(PRIVATE, date(2026, 6, 1), NOW, "retention")
    few = looked_through(replace(sweep, found=found(1000, 100)), PRIVATE, NOW)
    many = looked_through(replace(sweep, found=found(1000, 101)), PRIVATE, NOW)
    assert (few.state, many.state) == (RunState.APPLYING, RunState.GUARDED)


def test_a_confirmed_change_makes_the_policy_that_was_wanted() -> None:
    run = confirmed(change(state=RunState.PREVIEWED), PRIVATE, "dpo", NOW, above=False)
    assert (run.state, run.confirmed_by) == (RunState.APPLYING, "dpo")
    made = wanted_policy(run, PRIVATE, "dpo", NOW)
    assert (made.days(MAILS), made.changed_by, made.revision) == (120, "dpo", 4)


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        (RunState.PREVIEWING, RunRefusal.NOT_LOOKED_YET),
        (RunState.APPLYING, RunRefusal.SETTLED),
        (RunState.DONE, RunRefusal.SETTLED),
        (RunState.DROPPED, RunRefusal.SETTLED),
        (RunState.GUARDED, RunRefusal.ABOVE_GUARD),
    ],
)
def test_what_cannot_be_confirmed_says_why(state: RunState, reason: RunRefusal) -> None:
    with pytest.raises(RunRefusedError) as refused:
        confirmed(change(state=state), PRIVATE, "dpo", NOW, above=False)
    assert refused.value.reason is reason


def test_a_change_of_a_policy_that_is_another_one_now_is_refused() -> None:
    newer = replace(PRIVATE, revision=5)
    with pytest.raises(RunRefusedError) as refused:
        confirmed(change(state=RunState.PREVIEWED), newer, "dpo", NOW, above=False)
    assert refused.value.reason is RunRefusal.POLICY_CHANGED
    # One that was stopped while it dated is on record already, and goes on.
    halfway = change(state=RunState.GUARDED, confirmed_at=NOW, cursor="7")
    on = confirmed(halfway, newer, "dpo", NOW, above=True)
    assert (on.state, on.cursor) == (RunState.APPLYING, "7")


def test_a_run_stops_when_more_ends_than_was_seen() -> None:
    seen = change(state=RunState.APPLYING, found=found(100, 50))
    assert not stopped(replace(seen, applied=found(60, 50)), PRIVATE)
    assert stopped(replace(seen, applied=found(60, 51)), PRIVATE)
    yes = replace(seen, applied=found(60, 51), above_guard=True)
    assert not stopped(yes, PRIVATE)


def test_only_what_changed_nothing_yet_can_be_dropped() -> None:
    for state in (RunState.PREVIEWING, RunState.PREVIEWED, RunState.GUARDED):
        assert dropped(change(state=state), NOW).state is RunState.DROPPED
    given_up = change(state=RunState.DROPPED)
    assert dropped(given_up, NOW) is given_up
    for run in (
        change(state=RunState.APPLYING),
        change(state=RunState.DONE),
        change(state=RunState.GUARDED, confirmed_at=NOW),
    ):
        with pytest.raises(RunRefusedError):
            dropped(run, NOW)


def test_a_run_stands_still_after_half_an_hour_without_a_step() -> None:
    run = change(stepped_at=NOW)
    assert not stands_still(run, NOW + STANDS_STILL - timedelta(microseconds=1))
    assert stands_still(run, NOW + STANDS_STILL)
    assert not stands_still(replace(run, state=RunState.PREVIEWED), NOW + YEAR)
    assert not stands_still(finished(run, NOW), NOW + YEAR)
    assert stands_still(change(), NOW + STANDS_STILL)
    assert change().kind is RunKind.CHANGE
