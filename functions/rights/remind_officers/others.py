"""What else officers are reminded of: what stands still, lapses, or waits for a yes."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Protocol

from beeldrecht.domain.governance import GovernanceRecord
from beeldrecht.domain.recalls import Recall, RecallState
from beeldrecht.domain.retention_runs import WAITING, RetentionRun

BEFORE = (60, 30, 14, 7, 2, 1)
"""Days before the last day of a record on which officers are reminded of it."""
_MONDAY = 0
_MOST = 100
"""What is counted of a kind: whoever has more of them has a list to look at."""


class Recalls(Protocol):
    """Whom a picture is called back from."""

    def page(
        self,
        state: RecallState,
        at: datetime,
        after: str | None,
        limit: int,
    ) -> tuple[tuple[Recall, ...], str | None]:
        """Some recalls in a state, and where the next page begins."""
        ...


class Records(Protocol):
    """The registers of what was weighed and agreed."""

    def every(self) -> Iterator[GovernanceRecord]:
        """Every record there is."""
        ...


class Runs(Protocol):
    """Runs over what is kept."""

    def page(
        self, after: str | None, limit: int, *, settled: bool = False
    ) -> tuple[list[RetentionRun], str | None]:
        """Runs that are open, and where the next begin."""
        ...


class UnreachableRecalls:
    """Recalls that no mail moves any more: once a week, for they wait for a person."""

    def __init__(self, recalls: Recalls) -> None:
        self._recalls = recalls

    def due(self, on: date, at: datetime) -> int:
        """How many there are, on a Monday."""
        if on.weekday() != _MONDAY:
            return 0
        shown, _ = self._recalls.page(RecallState.UNREACHABLE, at, None, _MOST)
        return len(shown)


class LapsingRecords:
    """Records whose signature ends soon, told some days ahead."""

    def __init__(self, records: Records) -> None:
        self._records = records

    def due(self, on: date, at: datetime) -> int:  # noqa: ARG002  # by days alone
        """How many of them have their last day so many days ahead."""
        return sum(
            record.revocation is None
            and record.signature is not None
            and (record.signature.last_day - on).days in BEFORE
            for record in self._records.every()
        )


class WaitingRuns:
    """Retention runs that wait for a yes: each day, for the nights' wait for it too."""

    def __init__(self, runs: Runs) -> None:
        self._runs = runs

    def due(self, on: date, at: datetime) -> int:  # noqa: ARG002  # as it is now
        """How many there are."""
        opened, _ = self._runs.page(None, _MOST)
        return sum(run.state in WAITING for run in opened)
