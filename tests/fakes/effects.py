"""What a step does to the world, one effect at a time, and a way to step in between.

Every fake reports each single write it makes (where the adapter makes several, so does
the fake). A test can then end the process at any of them, or let somebody else do a
whole piece of work at that very moment.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum


class Killed(BaseException):
    """The process ended here: not an Exception, for nothing may catch it and go on."""


class When(StrEnum):
    """Where something comes in between."""

    BEFORE = "before"
    """The effect has not happened when it comes in."""
    AFTER = "after"
    """The effect has happened; whoever made it does not know yet."""


class Effects:
    """Counts effects, and lets one thing come in between at one of them."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self._armed: tuple[int, When, Callable[[], object]] | None = None

    def arm(self, place: int, when: When, act: Callable[[], object]) -> None:
        """Do `act` at the effect with this number, counted from 1 from now on."""
        self._armed = (len(self.names) + place, when, act)

    def kill(self, place: int, when: When) -> None:
        """End the process at that effect."""

        def end() -> None:
            raise Killed(f"{when} effect {place}")

        self.arm(place, when, end)

    def disarm(self) -> bool:
        """Let nothing come in between any more; say whether something still would."""
        was, self._armed = self._armed is not None, None
        return was

    @contextmanager
    def effect(self, name: str) -> Iterator[None]:
        """Wrap around one write."""
        self.names.append(name)
        place = len(self.names)
        self._come_in(place, When.BEFORE)
        yield
        self._come_in(place, When.AFTER)

    def _come_in(self, place: int, when: When) -> None:
        if self._armed is not None and self._armed[:2] == (place, when):
            act = self._armed[2]
            self._armed = None
            act()
