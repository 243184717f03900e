"""Requests of people about themselves: a clock of one month (R7)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from beeldrecht.domain.subject_requests import (
    SubjectRequest,
    SubjectRequestKind,
    SubjectRequestState,
    due_at,
    overdue,
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
