"""The erasure ledger and its marks in memory."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from beeldrecht.adapters.errors import UnmarkedError
from beeldrecht.domain.ledger import Erased, LedgerEntry
from tests.fakes.effects import Effects


class FakeMarks:
    """The marks of one table; a restored one is a new one without them."""

    def __init__(self) -> None:
        self.put_at: dict[int, datetime] = {}

    def put(self, number: int, at: datetime) -> None:
        self.put_at[number] = at

    def numbers(self) -> frozenset[int]:
        return frozenset(self.put_at)


class FakeLedger:
    """Entries in the order of their numbers."""

    def __init__(
        self, marks: Sequence[FakeMarks] = (), effects: Effects | None = None
    ) -> None:
        self.marks = tuple(marks)
        self._effects = effects or Effects()
        self._began: list[tuple[Erased, datetime]] = []
        self._done: dict[int, datetime] = {}

    def begin(self, erased: Erased, at: datetime) -> int:
        known = self.number_of(erased.erasure_id)
        if known is not None:
            return known
        with self._effects.effect("ledger.begin"):
            self._began.append((erased, at))
            return len(self._began)

    def mark(self, number: int, at: datetime) -> None:
        for each in self.marks:
            with self._effects.effect("ledger.mark"):
                each.put(number, at)

    def done(self, number: int, at: datetime) -> None:
        if not all(number in each.numbers() for each in self.marks):
            raise UnmarkedError(number)
        with self._effects.effect("ledger.done"):
            self._done.setdefault(number, at)

    def number_of(self, erasure_id: str) -> int | None:
        for number, (erased, _) in enumerate(self._began, 1):
            if erased.erasure_id == erasure_id:
                return number
        return None

    def last(self) -> int:
        return len(self._began)

    def done_numbers(self) -> frozenset[int]:
        return frozenset(self._done)

    def entries(self) -> Iterator[LedgerEntry]:
        for number, (erased, at) in enumerate(self._began, 1):
            yield LedgerEntry(number, at, erased, self._done.get(number))
