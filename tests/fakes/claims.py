"""Claims in memory: a caller's key leads to one identifier for a day."""

from collections.abc import Callable
from datetime import datetime

from beeldrecht.adapters.claims import KEPT, ReusedKeyError


class FakeClaims:
    """What each key stands for, and until when."""

    def __init__(self) -> None:
        self._taken: dict[tuple[str, str, str], tuple[str, bytes, datetime]] = {}

    def claim(
        self,
        actor: str,
        operation: str,
        key: str,
        body: bytes,
        new_id: Callable[[], str],
        at: datetime,
    ) -> str:
        name = (actor, operation, key)
        there = self._taken.get(name)
        if there is None or there[2] <= at:
            there = (new_id(), body, at + KEPT)
            self._taken[name] = there
        if there[1] != body:
            raise ReusedKeyError
        return there[0]
