"""Days as lived in Amsterdam, instants in UTC, periods half-open."""

from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beeldrecht.domain.time import (
    AMSTERDAM,
    NaiveInstantError,
    Period,
    instant,
    midnight,
)
from tests.unit.domain.facts import END, FAR_FUTURE, NOW, START, TICK

days = st.dates(date(1990, 1, 1), date(2100, 1, 1))
moments = st.integers(0, 110 * 365 * 24 * 60 * 60 * 10**6).map(
    lambda microseconds: (
        datetime(1990, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds)
    )
)

# Summer time in 2026 begins on Sunday 29 March and ends on Sunday 25 October.
MIDNIGHTS = [
    (date(2026, 1, 1), datetime(2025, 12, 31, 23, tzinfo=UTC)),
    (date(2026, 3, 29), datetime(2026, 3, 28, 23, tzinfo=UTC)),
    (date(2026, 3, 30), datetime(2026, 3, 29, 22, tzinfo=UTC)),
    (date(2026, 10, 25), datetime(2026, 10, 24, 22, tzinfo=UTC)),
    (date(2026, 10, 26), datetime(2026, 10, 25, 23, tzinfo=UTC)),
]


@pytest.mark.parametrize(("day", "begins"), MIDNIGHTS, ids=lambda v: str(v)[:10])
def test_a_day_begins_at_amsterdams_midnight(day: date, begins: datetime) -> None:
    assert midnight(day) == begins
    assert midnight(day).tzinfo is UTC


@given(day=days)
def test_midnight_is_the_first_instant_of_its_day(day: date) -> None:
    begins = midnight(day)
    assert begins.astimezone(AMSTERDAM).date() == day
    assert (begins - TICK).astimezone(AMSTERDAM).date() == day - timedelta(days=1)


@pytest.mark.parametrize(
    ("last", "ends"),
    [
        (date(2026, 3, 28), datetime(2026, 3, 28, 23, tzinfo=UTC)),
        (date(2026, 3, 29), datetime(2026, 3, 29, 22, tzinfo=UTC)),
        (date(2026, 3, 31), datetime(2026, 3, 31, 22, tzinfo=UTC)),
        (date(2026, 10, 24), datetime(2026, 10, 24, 22, tzinfo=UTC)),
        (date(2026, 10, 25), datetime(2026, 10, 25, 23, tzinfo=UTC)),
        (date(2026, 12, 31), datetime(2026, 12, 31, 23, tzinfo=UTC)),
    ],
    ids=str,
)
def test_consent_ends_on_its_end_day_not_after_it(last: date, ends: datetime) -> None:
    period = Period.of_days(date(2026, 1, 1), last)
    assert period.end == ends
    assert period.contains(ends - TICK)
    assert not period.contains(ends)


@pytest.mark.parametrize(
    ("day", "hours"),
    [(date(2026, 3, 28), 24), (date(2026, 3, 29), 23), (date(2026, 10, 25), 25)],
    ids=str,
)
def test_a_consent_for_one_day_lasts_as_long_as_that_day(day: date, hours: int) -> None:
    period = Period.of_days(day, day)
    assert period.end is not None
    assert period.end - period.start == timedelta(hours=hours)


@given(first=days, length=st.integers(0, 400), at=moments)
def test_a_period_of_days_holds_the_instants_of_those_days(
    first: date, length: int, at: datetime
) -> None:
    last = first + timedelta(days=length)
    lived_on = at.astimezone(AMSTERDAM).date()
    assert Period.of_days(first, last).contains(at) == (first <= lived_on <= last)
    assert Period.of_days(first, None).contains(at) == (first <= lived_on)


def test_the_zone_of_the_day_can_be_another() -> None:
    lisbon = ZoneInfo("Europe/Lisbon")
    period = Period.of_days(date(2026, 3, 29), date(2026, 3, 29), lisbon)
    assert period.start == datetime(2026, 3, 29, 0, tzinfo=UTC)
    assert period.end == datetime(2026, 3, 29, 23, tzinfo=UTC)


def test_a_period_holds_its_start_and_not_its_end() -> None:
    period = Period(START, END)
    assert not period.contains(START - TICK)
    assert period.contains(START)
    assert period.contains(END - TICK)
    assert not period.contains(END)
    assert period.boundaries() == (START, END)


def test_a_period_without_end_never_ends() -> None:
    period = Period(START)
    assert period.contains(FAR_FUTURE)
    assert not period.contains(START - TICK)
    assert period.boundaries() == (START,)


def test_a_period_cannot_end_before_it_starts_but_may_be_empty() -> None:
    with pytest.raises(ValueError, match="before"):
        Period(NOW, NOW - TICK)
    assert not Period(NOW, NOW).contains(NOW)


def test_a_period_in_the_hour_that_comes_twice_is_measured_in_time_not_clocks() -> None:
    first_245 = datetime(2026, 10, 25, 2, 45, tzinfo=AMSTERDAM, fold=0)
    second_230 = datetime(2026, 10, 25, 2, 30, tzinfo=AMSTERDAM, fold=1)
    period = Period(first_245, second_230)
    assert period.end is not None
    assert period.end - period.start == timedelta(minutes=45)
    assert (period.start.tzinfo, period.end.tzinfo) == (UTC, UTC)
    assert period.contains(datetime(2026, 10, 25, 2, 15, tzinfo=AMSTERDAM, fold=1))
    assert not period.contains(datetime(2026, 10, 25, 2, 15, tzinfo=AMSTERDAM, fold=0))


class NoOffset(tzinfo):
    """A zone that does not know its own offset."""

    def utcoffset(self, moment: datetime | None) -> timedelta | None:
        return None

    def tzname(self, moment: datetime | None) -> str:
        return "nowhere"

    def dst(self, moment: datetime | None) -> timedelta | None:
        return None


@pytest.mark.parametrize("zone", [None, NoOffset()], ids=["no zone", "no offset"])
def test_an_instant_without_a_zone_is_refused(zone: tzinfo | None) -> None:
    naive = datetime(2026, 6, 1, tzinfo=zone)
    with pytest.raises(NaiveInstantError):
        instant(naive)
    with pytest.raises(NaiveInstantError):
        Period(naive)
    with pytest.raises(NaiveInstantError):
        Period(START, naive)
    with pytest.raises(NaiveInstantError):
        Period(START, END).contains(naive)


@given(at=moments, hours=st.integers(-12, 14))
def test_an_instant_is_the_same_instant_in_utc(at: datetime, hours: int) -> None:
    told = at.astimezone(timezone(timedelta(hours=hours)))
    assert instant(told) == at
    assert instant(told).tzinfo is UTC
