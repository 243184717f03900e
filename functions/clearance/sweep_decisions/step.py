"""Have every picture decided anew whose decision has outlived its date."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Protocol

from beeldrecht.domain.assets import DECIDED, AssetStatus
from beeldrecht.runtime.events import Frozen
from beeldrecht.runtime.ports import Clearance


class Result(Frozen):
    """How many were sent to be decided on."""

    count: int


class WorkList(Protocol):
    """Pictures by the instant at which they want looking at."""

    def due(self, statuses: Iterable[AssetStatus], before: datetime) -> Iterator[str]:
        """Those that are due."""
        ...


def sweep_decisions(library: WorkList, clearance: Clearance, at: datetime) -> Result:
    """Start the workflow for each decision that held only until now.

    Nothing leaves on an aged decision in any case, because every use decides for itself;
    this keeps the lists true. Safe to repeat: what was decided meanwhile is not due.
    """
    count = 0
    for asset_id in library.due(DECIDED, at):
        clearance.start(asset_id)
        count += 1
    return Result(count=count)
