"""Forms signed on paper: what a scan is, and which day it can be of."""

from datetime import UTC, date, datetime, timedelta

import pytest

from beeldrecht.domain.consent import Withdrawal
from beeldrecht.domain.paper import (
    LARGEST_SCAN,
    PaperRefusal,
    day_problem,
    media_type_of,
    scan_problem,
)
from tests.fakes.samples import ANN

TICK = timedelta(microseconds=1)
MAY_20 = date(2026, 5, 20)
MIDNIGHT = datetime(2026, 5, 19, 22, tzinfo=UTC)
"""When 20 May begins in Amsterdam."""


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        (b"%PDF-1.7", "application/pdf"),
        (b"\xff\xd8\xff\xe1", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"\x89PNG\r\n", None),
        (b"\xff\xd8", None),
        (b" %PDF-1.7", None),
        (b"PK\x03\x04", None),
        (b"", None),
    ],
)
def test_a_document_is_what_it_begins_with(start: bytes, kind: str | None) -> None:
    assert media_type_of(start) == kind


def test_a_scan_is_there_readable_and_of_a_size_that_can_be_shown_again() -> None:
    pdf = b"%PDF-"
    assert scan_problem(None) is PaperRefusal.NO_SCAN
    assert scan_problem(b"GIF89a") is PaperRefusal.SCAN_UNREADABLE
    assert scan_problem(pdf.ljust(LARGEST_SCAN)) is None
    too_large = pdf.ljust(LARGEST_SCAN + 1)
    assert scan_problem(too_large) is PaperRefusal.SCAN_TOO_LARGE
    # In base64 it has to fit into what a function may answer with.
    assert LARGEST_SCAN * 4 / 3 < 6_000_000


def test_a_form_is_signed_today_at_the_latest_by_amsterdams_calendar() -> None:
    assert day_problem(MAY_20, (), MIDNIGHT) is None
    early = day_problem(MAY_20, (), MIDNIGHT - TICK)
    assert early is PaperRefusal.SIGNED_LATER


def test_what_was_taken_back_since_that_day_stays_so() -> None:
    at = MIDNIGHT + timedelta(days=9)

    def taken(when: datetime) -> tuple[Withdrawal, ...]:
        return (Withdrawal("w", "g", ANN, when),)

    assert day_problem(MAY_20, taken(MIDNIGHT - TICK), at) is None
    since = day_problem(MAY_20, taken(MIDNIGHT), at)
    assert since is PaperRefusal.WITHDRAWN_SINCE
