"""The erasure ledger over DynamoDB, and in memory."""

import threading

import pytest

from beeldrecht.adapters.ledger import ConsentMarks, Ledger, LibraryMarks
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.ledger import Erased
from tests.adapters.aws import Aws
from tests.adapters.contracts import ledger as promises
from tests.adapters.contracts.ledger import LedgerContract
from tests.fakes.ledger import FakeLedger, FakeMarks
from tests.fakes.runtime import REGION
from tests.fakes.samples import ANN, NOON

WRITERS, EACH = 4, 5


class TestLedger(LedgerContract):
    @pytest.fixture
    def marks(self, aws: Aws) -> tuple[promises.Marks, promises.Marks]:
        return (
            LibraryMarks(aws.table("library"), REGION),
            ConsentMarks(aws.table("consent"), REGION),
        )

    @pytest.fixture
    def table(self, aws: Aws) -> str:
        return aws.table("audit")

    @pytest.fixture
    def ledger(
        self, table: str, marks: tuple[promises.Marks, promises.Marks]
    ) -> promises.Ledger:
        return Ledger(table, REGION, marks)

    def test_erasures_that_begin_at_once_each_get_a_number_of_their_own(
        self, ledger: promises.Ledger
    ) -> None:
        numbers: list[int] = []

        def begin(writer: int) -> None:
            for n in range(EACH):
                erasure_id = derived_id("erasure", f"{writer}:{n}")
                numbers.append(ledger.begin(Erased(erasure_id, person_id=ANN), NOON))

        threads = [threading.Thread(target=begin, args=(n,)) for n in range(WRITERS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(numbers) == list(range(1, WRITERS * EACH + 1))
        assert [each.number for each in ledger.entries()] == sorted(numbers)

    def test_an_entry_is_never_overwritten(
        self, ledger: promises.Ledger, table: str, aws: Aws
    ) -> None:
        ledger.begin(promises.OF_ANN, NOON)
        before = aws.items(table)
        ledger.begin(promises.OF_ANN, promises.LATER)
        assert aws.items(table) == before


class TestFakeLedger(LedgerContract):
    @pytest.fixture
    def marks(self) -> tuple[promises.Marks, promises.Marks]:
        return FakeMarks(), FakeMarks()

    @pytest.fixture
    def ledger(self, marks: tuple[promises.Marks, promises.Marks]) -> promises.Ledger:
        library, consent = marks
        assert isinstance(library, FakeMarks)
        assert isinstance(consent, FakeMarks)
        return FakeLedger((library, consent))
