"""Forms that were signed on paper: the scan is the signature, and staff enter the rest.

A scan is taken for what its first bytes say, never for what its name says.
"""

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from .consent import Withdrawal
from .time import AMSTERDAM, midnight

LARGEST_SCAN: Final = 4 * 1024 * 1024
"""In bytes: a function answers with 6 MiB at most, where a scan takes a third more."""

_BEGINNINGS: Final = {
    b"%PDF-": "application/pdf",
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
}
ENDINGS: Final = {"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png"}
"""How the name of a file ends, for each of those."""


class PaperRefusal(StrEnum):
    """Why a form was not entered."""

    NO_SCAN = "no_scan_there"
    SCAN_TOO_LARGE = "scan_too_large"
    SCAN_UNREADABLE = "scan_unreadable"
    SIGNED_LATER = "signed_in_the_future"
    WITHDRAWN_SINCE = "withdrawn_since"
    ENTERED_OTHERWISE = "entered_otherwise"


def media_type_of(document: bytes) -> str | None:
    """What a document is by its first bytes; None when it is nothing that we keep."""
    return next(
        (kind for start, kind in _BEGINNINGS.items() if document.startswith(start)), None
    )


def scan_problem(scan: bytes | None) -> PaperRefusal | None:
    """Why this scan cannot be kept; None: it can."""
    if scan is None:
        return PaperRefusal.NO_SCAN
    if len(scan) > LARGEST_SCAN:
        return PaperRefusal.SCAN_TOO_LARGE
    return None if media_type_of(scan) else PaperRefusal.SCAN_UNREADABLE


def day_problem(
    signed_day: date, withdrawals: Iterable[Withdrawal], at: datetime
) -> PaperRefusal | None:
    """Why a form of that day cannot be entered now; None: it can.

    What somebody took back since then stays taken back: an old form that is entered late
    must not bring it to life again. They can sign anew.
    """
    if signed_day > at.astimezone(AMSTERDAM).date():
        return PaperRefusal.SIGNED_LATER
    if any(each.effective_at >= midnight(signed_day) for each in withdrawals):
        return PaperRefusal.WITHDRAWN_SINCE
    return None
