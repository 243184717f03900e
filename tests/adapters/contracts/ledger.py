"""The promises of the erasure ledger."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Protocol

import pytest

from beeldrecht.adapters.errors import UnmarkedError
from beeldrecht.domain.erasure import PictureOutcome
from beeldrecht.domain.erasure_texts import TextPlace
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.ledger import Erased, ErasedPicture, ErasedText, LedgerEntry
from beeldrecht.domain.stores import Store
from tests.fakes.samples import ANN, BOB, NOON, OTHER, PICTURE

LATER = NOON + timedelta(hours=1)
FIRST, SECOND = derived_id("erasure", "first"), derived_id("erasure", "second")
OF_ANN = Erased(
    FIRST,
    person_id=ANN,
    pictures=(
        ErasedPicture(PICTURE, PictureOutcome.MASK, frozenset({"f" * 32, "e" * 32})),
        ErasedPicture(OTHER, PictureOutcome.DELETE),
    ),
    proof_kept=True,
    texts=(
        ErasedText(
            TextPlace(Store.LIBRARY, "session", "SESSION#1", "META", "title"),
            ((0, 3), (5, 9)),
            "0" * 64,
        ),
    ),
)
OF_BOB = Erased(SECOND, person_id=BOB)


class Marks(Protocol):
    """What both kinds of marks offer."""

    def put(self, number: int, at: datetime) -> None: ...
    def numbers(self) -> frozenset[int]: ...


class Ledger(Protocol):
    """What both ledgers offer."""

    def begin(self, erased: Erased, at: datetime) -> int: ...
    def mark(self, number: int, at: datetime) -> None: ...
    def done(self, number: int, at: datetime) -> None: ...
    def number_of(self, erasure_id: str) -> int | None: ...
    def last(self) -> int: ...
    def done_numbers(self) -> frozenset[int]: ...
    def entries(self) -> Iterator[LedgerEntry]: ...


class LedgerContract:
    """Each test starts from an empty ledger beside two unmarked tables."""

    @pytest.fixture
    def marks(self) -> tuple[Marks, Marks]:
        raise NotImplementedError("the subclass says which marks")

    @pytest.fixture
    def ledger(self, marks: tuple[Marks, Marks]) -> Ledger:
        raise NotImplementedError("the subclass says which ledger")

    def test_a_ledger_begins_empty(self, ledger: Ledger) -> None:
        assert ledger.last() == 0
        assert list(ledger.entries()) == []
        assert ledger.done_numbers() == frozenset()
        assert ledger.number_of(FIRST) is None

    def test_erasures_are_numbered_from_one_and_come_back_whole(
        self, ledger: Ledger
    ) -> None:
        assert [ledger.begin(OF_ANN, NOON), ledger.begin(OF_BOB, LATER)] == [1, 2]
        assert list(ledger.entries()) == [
            LedgerEntry(1, NOON, OF_ANN),
            LedgerEntry(2, LATER, OF_BOB),
        ]
        assert ledger.last() == 2

    def test_the_first_entry_of_an_erasure_stands(self, ledger: Ledger) -> None:
        ledger.begin(OF_ANN, NOON)
        assert ledger.begin(Erased(FIRST, person_id=BOB), LATER) == 1
        assert [each.erased for each in ledger.entries()] == [OF_ANN]

    def test_an_erasure_of_one_picture_is_entered_too(self, ledger: Ledger) -> None:
        of_picture = Erased(FIRST, asset_id=PICTURE)
        ledger.begin(of_picture, NOON)
        assert [each.erased for each in ledger.entries()] == [of_picture]

    def test_it_is_over_once_every_table_shows_it(
        self, ledger: Ledger, marks: tuple[Marks, Marks]
    ) -> None:
        number = ledger.begin(OF_ANN, NOON)
        with pytest.raises(UnmarkedError):
            ledger.done(number, LATER)
        marks[0].put(number, NOON)
        with pytest.raises(UnmarkedError):
            ledger.done(number, LATER)
        assert ledger.done_numbers() == frozenset()
        ledger.mark(number, NOON)
        ledger.mark(number, NOON)
        ledger.done(number, LATER)
        assert ledger.done_numbers() == {1}
        assert [each.numbers() for each in marks] == [{1}, {1}]

    def test_the_first_end_of_an_erasure_stands(self, ledger: Ledger) -> None:
        number = ledger.begin(OF_ANN, NOON)
        ledger.mark(number, NOON)
        ledger.done(number, NOON)
        ledger.done(number, LATER)
        assert [each.done_at for each in ledger.entries()] == [NOON]

    def test_somebody_in_thousands_of_pictures_fits(self, ledger: Ledger) -> None:
        pictures = tuple(
            ErasedPicture(
                derived_id("p", str(n)), PictureOutcome.MASK, frozenset({"a" * 32})
            )
            for n in range(1201)
        )
        many = Erased(FIRST, person_id=ANN, pictures=pictures)
        ledger.begin(many, NOON)
        assert [each.erased for each in ledger.entries()] == [many]
