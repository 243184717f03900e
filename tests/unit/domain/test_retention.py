"""Everything has a term within bounds, and ends at the midnight after its last day."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beeldrecht.domain.retention import (
    GUARD,
    NOTICE,
    TERMS,
    RetentionKind,
    RetentionPolicy,
    RetentionRefusal,
    RetentionRefusedError,
    changed,
    changing,
    over,
    paused,
    seconds,
)
from beeldrecht.domain.time import AMSTERDAM, NaiveInstantError
from tests.unit.domain.situations import NOW

PRIVATE = RetentionPolicy()
KINDS = st.sampled_from(RetentionKind)
INSTANTS = st.datetimes(
    datetime(2020, 1, 1),  # noqa: DTZ001  # Hypothesis adds the zone
    datetime(2040, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)


def chosen(kind: RetentionKind, days: int | None) -> RetentionPolicy:
    return RetentionPolicy(chosen={kind: days})


@pytest.mark.parametrize("kind", RetentionKind)
def test_what_nobody_chose_lies_within_its_own_bounds(kind: RetentionKind) -> None:
    term = TERMS[kind]
    assert term.allows(PRIVATE.days(kind))
    assert 1 <= term.shortest <= term.longest


@pytest.mark.parametrize("kind", RetentionKind)
def test_nothing_is_kept_without_an_end_unless_somebody_chose_that(
    kind: RetentionKind,
) -> None:
    assert PRIVATE.ends(kind, NOW) is not None


@pytest.mark.parametrize("kind", RetentionKind)
def test_both_sides_of_every_bound(kind: RetentionKind) -> None:
    term = TERMS[kind]
    assert term.allows(term.shortest)
    assert term.allows(term.longest)
    assert not term.allows(term.shortest - 1)
    assert not term.allows(term.longest + 1)
    assert term.allows(None) is (kind is RetentionKind.ASSETS)


def test_r23_the_log_is_kept_for_six_months_at_least() -> None:
    assert TERMS[RetentionKind.AUDIT].shortest >= 184
    with pytest.raises(RetentionRefusedError):
        changed(PRIVATE, {RetentionKind.AUDIT: 183}, "officer", NOW)


def test_seven_days_end_at_the_midnight_after_the_seventh() -> None:
    made = datetime(2026, 3, 25, 13, 0, tzinfo=AMSTERDAM)
    ends = chosen(RetentionKind.EXPORTS, 7).ends(RetentionKind.EXPORTS, made)
    # The clock went forward on the 29th.
    assert ends == datetime(2026, 4, 2, 0, 0, tzinfo=AMSTERDAM)


@given(kind=KINDS, days=st.integers(1, 36500), at=INSTANTS)
def test_nothing_that_is_new_ends_before_its_days_are_over(
    kind: RetentionKind, days: int, at: datetime
) -> None:
    ends = chosen(kind, days).ends(kind, at)
    assert ends is not None
    assert timedelta(hours=-1) <= ends - at - timedelta(days=days) <= timedelta(hours=25)
    local = ends.astimezone(AMSTERDAM)
    assert (local.hour, local.minute, local.second) == (0, 0, 0)


@given(kind=KINDS, days=st.integers(1, 4000), from_=INSTANTS, at=INSTANTS)
def test_no_date_of_removal_lies_at_this_instant_or_before(
    kind: RetentionKind, days: int, from_: datetime, at: datetime
) -> None:
    expires_at = chosen(kind, days).expiry(kind, from_, at)
    assert expires_at is not None
    assert expires_at >= (at + NOTICE).timestamp()


def test_an_end_of_its_own_comes_first_where_it_is_earlier() -> None:
    ends = PRIVATE.ends(RetentionKind.TEMPLATES, NOW)
    assert ends is not None
    kind, early, late = (
        RetentionKind.TEMPLATES,
        NOW + timedelta(days=40),
        ends + timedelta(seconds=1),
    )
    assert PRIVATE.expiry(kind, NOW, NOW, latest=early) == seconds(early)
    assert PRIVATE.expiry(kind, NOW, NOW, latest=late) == seconds(ends)


def test_what_has_no_end_gets_no_date_unless_it_has_one_of_its_own() -> None:
    endless, kind = chosen(RetentionKind.ASSETS, None), RetentionKind.ASSETS
    assert endless.ends(kind, NOW) is None
    assert endless.expiry(kind, NOW, NOW) is None
    own = NOW + timedelta(days=40)
    assert endless.expiry(kind, NOW, NOW, latest=own) == seconds(own)


def test_a_thing_is_over_at_its_date_and_not_before() -> None:
    date_of_removal = seconds(NOW)
    assert over(date_of_removal, datetime.fromtimestamp(date_of_removal, UTC))
    assert not over(
        date_of_removal,
        datetime.fromtimestamp(date_of_removal, UTC) - timedelta(microseconds=1),
    )
    assert not over(None, NOW)


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(NaiveInstantError):
        PRIVATE.ends(RetentionKind.EXPORTS, NOW.replace(tzinfo=None))


def test_a_change_names_what_it_changes_and_leaves_the_rest() -> None:
    before = chosen(RetentionKind.EXPORTS, 3)
    after = changed(before, {RetentionKind.MAILS: 200}, "officer", NOW)
    assert changing(before, after) == (RetentionKind.MAILS,)
    assert after.days(RetentionKind.EXPORTS) == 3
    assert (after.changed_by, after.changed_at) == ("officer", NOW)
    assert after.revision == before.revision


def test_a_choice_out_of_bounds_is_refused_by_its_kind() -> None:
    with pytest.raises(RetentionRefusedError) as refused:
        changed(PRIVATE, {RetentionKind.EXPORTS: 31}, "officer", NOW)
    assert refused.value.reason is RetentionRefusal.OUT_OF_BOUNDS
    assert refused.value.kind is RetentionKind.EXPORTS


@pytest.mark.parametrize("share", [0, 101])
def test_a_guard_is_a_share_of_a_hundred(share: int) -> None:
    with pytest.raises(RetentionRefusedError) as refused:
        changed(PRIVATE, {}, "officer", NOW, guard_share=share)
    assert refused.value.reason is RetentionRefusal.GUARD_OUT_OF_BOUNDS


def test_choosing_what_holds_already_changes_nothing() -> None:
    same = PRIVATE.days(RetentionKind.MAILS)
    with pytest.raises(RetentionRefusedError) as refused:
        changed(PRIVATE, {RetentionKind.MAILS: same}, "officer", NOW)
    assert refused.value.reason is RetentionRefusal.NOTHING_CHANGES
    assert changed(PRIVATE, {}, "officer", NOW, guard_share=GUARD + 1)


def test_pausing_changes_no_term() -> None:
    stands = paused(PRIVATE, True, "officer", NOW)
    assert stands.paused
    assert changing(PRIVATE, stands) == ()
    assert paused(stands, False, "officer", NOW) == replace(stands, paused=False)


def test_the_last_day_counts_whole_whenever_on_the_first_it_began() -> None:
    policy, kind = chosen(RetentionKind.EXPORTS, 1), RetentionKind.EXPORTS
    day = date(2026, 6, 1)
    ends = {
        policy.ends(kind, datetime(day.year, day.month, day.day, hour, tzinfo=AMSTERDAM))
        for hour in range(24)
    }
    assert ends == {datetime(2026, 6, 3, tzinfo=AMSTERDAM)}
