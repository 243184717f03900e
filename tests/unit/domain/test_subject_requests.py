"""Requests of people about themselves: a clock of one month (R7)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beeldrecht.domain.request_decisions import (
    RequestRefusal,
    asked_too_early,
    extended,
    extension_problem,
    lifting,
    outcomes,
)
from beeldrecht.domain.subject_requests import (
    Extension,
    Identity,
    SubjectRequest,
    SubjectRequestKind,
    SubjectRequestState,
    ToldBy,
    due_at,
    last_day,
    overdue,
    reached_us,
    to_remind,
)
from beeldrecht.domain.time import day_of, midnight, months_later


@pytest.mark.parametrize(
    ("asked", "last"),
    [
        (datetime(2026, 1, 31, 12, tzinfo=UTC), date(2026, 2, 28)),
        (datetime(2028, 1, 30, 12, tzinfo=UTC), date(2028, 2, 29)),
        (datetime(2026, 2, 28, 23, 30, tzinfo=UTC), date(2026, 4, 1)),
        (datetime(2026, 12, 15, 12, tzinfo=UTC), date(2027, 1, 15)),
        (datetime(2026, 2, 28, 22, 30, tzinfo=UTC), date(2026, 3, 28)),
        (datetime(2026, 9, 25, 12, tzinfo=UTC), date(2026, 10, 25)),
    ],
)
def test_r07_the_answer_is_due_within_a_month_its_last_day_in_full(
    asked: datetime, last: date
) -> None:
    assert due_at(asked) == midnight(last + timedelta(days=1))


def test_r07_only_what_nobody_decided_can_be_late() -> None:
    asked = datetime(2026, 1, 1, tzinfo=UTC)
    due = due_at(asked)
    request = SubjectRequest("r", "p", SubjectRequestKind.EXPORT, asked, due)
    assert not overdue(request, due - timedelta(microseconds=1))
    assert overdue(request, due)
    decided = SubjectRequest(
        "r", "p", SubjectRequestKind.EXPORT, asked, due, SubjectRequestState.DISMISSED
    )
    assert not overdue(decided, due)


def test_months_end_where_the_month_does() -> None:
    assert months_later(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert months_later(date(2024, 2, 29), 48) == date(2028, 2, 29)
    assert months_later(date(2026, 12, 31), 2) == date(2027, 2, 28)
    assert months_later(date(2026, 3, 30), 0) == date(2026, 3, 30)
    assert day_of(datetime(2026, 3, 28, 23, tzinfo=UTC)) == date(2026, 3, 29)


# -- what is put off, lifted and reminded of ---------------------------------------------

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


def asked(**changed: Any) -> SubjectRequest:
    kind = SubjectRequestKind.RESTRICTION
    return replace(SubjectRequest("r", "p", kind, NOON, due_at(NOON)), **changed)


@pytest.mark.parametrize(
    ("day", "months", "last"),
    [
        (date(2026, 6, 1), 1, date(2026, 8, 1)),
        (date(2026, 6, 1), 2, date(2026, 9, 1)),
        # The last day follows from the day it was asked, not from the month's end.
        (date(2026, 1, 31), 1, date(2026, 3, 31)),
        (date(2026, 12, 31), 2, date(2027, 3, 31)),
    ],
)
def test_r07_what_is_put_off_is_due_so_many_months_after_it_was_asked(
    day: date, months: int, last: date
) -> None:
    at = midnight(day)
    request = asked(asked_at=at, due_at=due_at(at))
    later = extended(request, Extension(months, "why", "u", at))
    assert last_day(later) == last
    assert extension_problem(later, at) is RequestRefusal.EXTENDED_BEFORE


def test_r07_it_is_put_off_within_the_first_month_or_not_at_all() -> None:
    request = asked()
    tick = timedelta(microseconds=1)
    assert extension_problem(request, request.due_at - tick) is None
    late = extension_problem(request, request.due_at)
    assert late is RequestRefusal.EXTENSION_TOO_LATE


@given(after=st.timedeltas(timedelta(0), timedelta(days=1500)))
def test_r10_a_freeze_lasts_three_whole_days_after_its_end_was_said(
    after: timedelta,
) -> None:
    said = NOON + after
    ends = lifting("why", "u", said, ToldBy.MAIL)
    whole = [day_of(said) + timedelta(days=n) for n in (1, 2, 3)]
    assert ends.from_ == midnight(whole[-1] + timedelta(days=1))
    assert all(midnight(day) < ends.from_ for day in whole)
    assert timedelta(hours=71) < ends.from_ - said <= timedelta(hours=97)


@given(days=st.integers(-400, 400))
def test_r07_whoever_decides_late_is_reminded_each_day(days: int) -> None:
    request = asked()
    on = last_day(request) + timedelta(days=days)
    left = -days
    assert to_remind(request, on) is (left in {14, 7} or left <= 2)
    decided = replace(request, state=SubjectRequestState.DISMISSED)
    assert not to_remind(decided, on)


@pytest.mark.parametrize("kind", SubjectRequestKind)
@pytest.mark.parametrize("identity", Identity)
def test_only_what_cannot_be_undone_waits_for_a_check(
    kind: SubjectRequestKind, identity: Identity
) -> None:
    request = asked(kind=kind, identity=identity)
    harms = kind in {SubjectRequestKind.EXPORT, SubjectRequestKind.ERASURE}
    unknown = identity is Identity.UNCHECKED
    assert (SubjectRequestState.UPHELD in outcomes(request)) is not (harms and unknown)
    assert SubjectRequestState.DISMISSED in outcomes(request)
    over = replace(request, state=SubjectRequestState.UPHELD)
    assert outcomes(over) == ()


def test_the_clock_starts_on_the_day_it_reached_us() -> None:
    assert reached_us(date(2026, 6, 1), NOON) == NOON
    assert reached_us(date(2026, 5, 20), NOON) == midnight(date(2026, 5, 20))
    # Just past midnight in Amsterdam it is the day before elsewhere.
    late = datetime(2026, 5, 31, 22, 30, tzinfo=UTC)
    assert reached_us(date(2026, 6, 1), late) == late
    assert not asked_too_early(date(2026, 6, 1), late)
    assert asked_too_early(date(2026, 6, 2), late)
