"""What a repository needs of the audit trail, to write an act and its entry as one."""

from collections.abc import Callable
from typing import Protocol

from pynamodb.transactions import TransactWrite

from beeldrecht.domain.audit import NewEntry

from .errors import UnwiredTrailError


class Trail(Protocol):
    """The audit trail, as `adapters.audit` has it."""

    def record(
        self, entry: NewEntry, write: Callable[[TransactWrite], None] | None = None
    ) -> None:
        """Put an entry at the end of its chain, in one transaction with the act.

        Raises ActRefusedError when a condition of the act did not hold.
        """
        ...


class NoTrail:
    """For who reads and never acts: whatever would need an entry is refused."""

    def record(
        self,
        entry: NewEntry,
        write: Callable[[TransactWrite], None] | None = None,  # noqa: ARG002  # refused
    ) -> None:
        """Refuse it, and write nothing; raises UnwiredTrailError."""
        raise UnwiredTrailError(entry.tag)
