"""Say of what changed in the library that the index has it otherwise."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final, Protocol

from beeldrecht.runtime.events import Frozen

WAITING: Final = 500
"""From how many changes on a new generation is made: whoever begins reads as many."""


class State(Protocol):
    """What is on record about the index."""

    def touch(self, subjects: Iterable[str], at: datetime) -> None:
        """Say that these are not as the index has them."""
        ...

    def waiting(self, most: int) -> int:
        """How many changes wait, counted up to `most`."""
        ...


class Builder(Protocol):
    """What makes the next generation."""

    def start(self) -> None:
        """Have it made; twice does no harm."""
        ...


class Result(Frozen):
    """How many changed, and whether the next generation is being made."""

    touched: int
    started: bool


def follow_library(
    subjects: frozenset[str],
    urgent: bool,
    state: State,
    builder: Builder,
    at: datetime,
) -> Result:
    """Record what changed, then see whether it is time. Safe to repeat, and late.

    What is on record of a subject is read by whoever searches, when they do: so an old
    change says nothing that is wrong. `urgent`: something has to go from every file.
    """
    state.touch(subjects, at)
    started = urgent or state.waiting(WAITING) >= WAITING
    if started:
        builder.start()
    return Result(touched=len(subjects), started=started)
