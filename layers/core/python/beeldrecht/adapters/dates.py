"""Whether an item is kept at this moment: the table takes it away late."""

from datetime import UTC, datetime
from typing import Protocol

from beeldrecht.domain.retention import over


class Dated(Protocol):
    """An item that may carry a date of removal."""

    @property
    def expires_at(self) -> float | None:
        """The date, in seconds of the epoch."""
        ...


def is_kept(item: Dated) -> bool:
    """Whether an item counts yet: by its date, whether or not it is still there."""
    return not over(item.expires_at, datetime.now(UTC))
