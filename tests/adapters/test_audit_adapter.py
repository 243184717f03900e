"""The audit trail over DynamoDB, with several writers at once."""

import threading

import pytest

from beeldrecht.adapters.audit import AuditTrail, ChainBusyError, broken_at
from tests.adapters.aws import Aws
from tests.adapters.contracts.audit import AuditContract, Trail
from tests.fakes.runtime import REGION
from tests.fakes.samples import NOON

WRITERS, EACH = 4, 6


class TestAuditTrail(AuditContract):
    @pytest.fixture
    def table(self, aws: Aws) -> str:
        return aws.table("audit")

    @pytest.fixture
    def trail(self, table: str) -> Trail:
        return AuditTrail(table, REGION)

    def at_once(self, trail: Trail, names: list[list[str]]) -> None:
        """Have each list of entries written by a thread of its own, all together."""
        failed: list[BaseException] = []
        start = threading.Barrier(len(names))

        def write(mine: list[str]) -> None:
            start.wait()
            for entry_id in mine:
                try:
                    self.append(trail, entry_id)
                except Exception as error:  # noqa: BLE001  # told by the main thread
                    failed.append(error)

        threads = [threading.Thread(target=write, args=(mine,)) for mine in names]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert failed == []

    def append(self, trail: Trail, entry_id: str) -> None:
        trail.append("scope", entry_id, "a:b:c", NOON, "actor", {})

    def test_r16_a_chain_that_several_write_at_once_has_no_gap_and_no_fork(
        self, trail: Trail
    ) -> None:
        names = [[f"{writer}-{n}" for n in range(EACH)] for writer in range(WRITERS)]
        self.at_once(trail, names)
        entries = list(trail.entries("scope"))
        assert [e.number for e in entries] == list(range(1, WRITERS * EACH + 1))
        assert broken_at(entries) is None
        assert {e.entry_id for e in entries} == {n for mine in names for n in mine}

    def test_the_same_entry_written_by_several_at_once_is_there_once(
        self, trail: Trail
    ) -> None:
        self.at_once(trail, [[f"entry-{n}" for n in range(3)]] * WRITERS)
        entries = list(trail.entries("scope"))
        assert sorted(e.entry_id for e in entries) == ["entry-0", "entry-1", "entry-2"]
        assert broken_at(entries) is None

    def test_an_entry_is_added_behind_the_last_and_over_none(
        self, trail: Trail, table: str, aws: Aws
    ) -> None:
        for n in range(11):
            self.append(trail, str(n))
        before = {i["sk"]["S"]: i for i in aws.items(table)}
        self.append(trail, "last")
        after = {i["sk"]["S"]: i for i in aws.items(table)}
        assert set(after) - set(before) == {"ENTRY#000000000012", "ONCE#last"}
        assert all(after[sk] == item for sk, item in before.items())

    def test_a_chain_whose_next_place_is_always_taken_is_busy_and_not_overwritten(
        self, trail: Trail, table: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.append(trail, "one")
        monkeypatch.setattr(AuditTrail, "_last", staticmethod(lambda _pk: None))
        with pytest.raises(ChainBusyError):
            self.append(trail, "two")
        assert [e.entry_id for e in trail.entries("scope")] == ["one"]

    def test_a_table_that_is_not_there_is_an_error_and_not_a_busy_chain(
        self, aws: Aws
    ) -> None:
        table = aws.new_table("audit")
        trail = AuditTrail(table, REGION)
        aws.drop_table(table)
        with pytest.raises(Exception, match=r"not found|exist") as caught:
            self.append(trail, "one")
        assert not isinstance(caught.value, ChainBusyError)
