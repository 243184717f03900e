"""Whether the tables may be served from: none that was restored, and not cleaned since.

A table that comes back from a backup holds people again who were erased. Whoever lets
something leave asks here first: each erasure that is over has to show in every table
that is read from. Asked again every few minutes, because a table can be replaced under
its own name while a process lives.
"""

import time
from collections.abc import Callable, Sequence
from typing import Final, Protocol

from beeldrecht.adapters.ledger import ConsentMarks, Ledger, LibraryMarks
from beeldrecht.domain.ledger import RestoredTableError, serves

HOLDS_SECONDS: Final = 300.0
"""How long an answer holds: a yes alone, since a no may be mended any moment."""


class Erasures(Protocol):
    """What is known of erasures."""

    def done_numbers(self) -> frozenset[int]:
        """Every erasure that is over."""
        ...

    def last(self) -> int:
        """The number of the newest that began."""
        ...


class Marks(Protocol):
    """What one table shows."""

    def numbers(self) -> frozenset[int]:
        """Every erasure that shows in this table."""
        ...


class Serving:
    """Lets a process serve from its tables, or not."""

    def __init__(
        self,
        ledger: Erasures,
        marks: Sequence[Marks],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._ledger = ledger
        self._marks = tuple(marks)
        self._clock = clock
        self._holds_until = float("-inf")

    def check(self) -> None:
        """Return where every table shows every erasure; raises RestoredTableError.

        What cannot be read raises as well, and nothing is served. Marks are read after
        what is over and before what began: one that is put meanwhile is no contradiction.
        """
        now = self._clock()
        if now < self._holds_until:
            return
        done = self._ledger.done_numbers()
        shown = [marks.numbers() for marks in self._marks]
        last = self._ledger.last()
        if not all(serves(last, done, each) for each in shown):
            raise RestoredTableError
        self._holds_until = now + HOLDS_SECONDS


def serving_from(
    audit: str, region: str, *, library: str | None = None, consent: str | None = None
) -> Serving:
    """The same over tables of a deployment, by their names: those that are read from."""
    marks: list[Marks] = []
    if library is not None:
        marks.append(LibraryMarks(library, region))
    if consent is not None:
        marks.append(ConsentMarks(consent, region))
    return Serving(Ledger(audit, region), marks)
