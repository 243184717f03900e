"""The audit trail over DynamoDB, with several writers at once."""

import threading
from collections.abc import Callable
from datetime import timedelta

import boto3
import pytest
from pynamodb.transactions import TransactWrite

from beeldrecht.adapters.audit import AuditTrail
from beeldrecht.adapters.audit_reading import AuditReader
from beeldrecht.adapters.binding import bind
from beeldrecht.adapters.errors import ActRefusedError, ChainBusyError
from beeldrecht.adapters.library import Library
from beeldrecht.adapters.library_items import AssetItem, BandItem, LibraryItem
from beeldrecht.domain.audit import EMPTY, Head, NewEntry, shard_of
from beeldrecht.domain.audit_check import followed, verify
from tests.adapters.aws import Aws
from tests.adapters.contracts.acts import ActingLibrary, ActsContract
from tests.adapters.contracts.audit import AuditContract, Trail
from tests.fakes.runtime import REGION
from tests.fakes.samples import ANN, NOON, OTHER, PICTURE, announcement

WRITERS, EACH = 4, 6
WEEK = timedelta(days=7)


def entry(entry_id: str, subject: str = PICTURE) -> NewEntry:
    return NewEntry(subject, entry_id, "a:b:c", NOON, ANN)


def putting(name: str) -> Callable[[TransactWrite], None]:
    """An act that is done once: an item of that name."""

    def write(together: TransactWrite) -> None:
        item = BandItem(name, "BAND", asset_id=name, perceptual_hash="0")
        together.save(item, condition=BandItem.pk.does_not_exist())

    return write


class TestAuditTrail(AuditContract):
    @pytest.fixture
    def table(self, aws: Aws) -> str:
        return aws.table("audit")

    @pytest.fixture
    def trail(self, table: str) -> Trail:
        return AuditTrail(table, REGION)

    @pytest.fixture
    def library(self, aws: Aws) -> Library:
        """A library with one picture that others change too."""
        library = Library(aws.table("library"), REGION)
        library.announce(announcement(), NOON + WEEK)
        return library

    def at_once(self, acts: list[Callable[[], None]]) -> None:
        """Have each act done by a thread of its own, all together."""
        failed: list[BaseException] = []
        start = threading.Barrier(len(acts))

        def work(act: Callable[[], None]) -> None:
            start.wait()
            try:
                act()
            except Exception as error:  # noqa: BLE001  # told by the main thread
                failed.append(error)

        threads = [threading.Thread(target=work, args=(act,)) for act in acts]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert failed == []

    def writing(self, trail: Trail, names: list[str]) -> Callable[[], None]:
        def write() -> None:
            for name in names:
                trail.record(entry(name))

        return write

    def test_r16_a_chain_that_several_write_at_once_has_no_gap_and_no_fork(
        self, trail: Trail
    ) -> None:
        names = [[f"{writer}-{n}" for n in range(EACH)] for writer in range(WRITERS)]
        self.at_once([self.writing(trail, mine) for mine in names])
        entries = list(trail.entries(PICTURE))
        assert len(entries) == WRITERS * EACH
        assert followed(entries, shard_of(PICTURE), EMPTY)[1] is None
        assert {e.entry_id for e in entries} == {n for mine in names for n in mine}

    def test_r16_fifty_writers_of_acts_leave_no_gap_no_fork_and_no_act_unsaid(
        self, trail: Trail, table: str, aws: Aws
    ) -> None:
        """For a moment; the bench does it for a minute."""
        library = aws.table("library")
        bind(LibraryItem, library, REGION)
        assert isinstance(trail, AuditTrail)

        def acting(writer: int) -> Callable[[], None]:
            def act() -> None:
                for n in range(2):
                    name = f"{writer}-{n}"
                    trail.record(entry(name, f"{writer % 20:032x}"), putting(name))

            return act

        self.at_once([acting(writer) for writer in range(50)])
        written = {f"{writer}-{n}" for writer in range(50) for n in range(2)}
        reader = AuditReader(boto3.client("dynamodb", region_name=REGION), table)
        chains = list(reader.chains())
        assert verify(chains).findings == ()
        entries = [e.entry_id for chain in chains for e in chain.entries]
        assert sorted(entries) == sorted(written)
        assert {item["pk"]["S"] for item in aws.items(library)} == written

    def test_the_same_entry_written_by_several_at_once_is_there_once(
        self, trail: Trail
    ) -> None:
        same = [f"entry-{n}" for n in range(3)]
        self.at_once([self.writing(trail, same)] * WRITERS)
        entries = list(trail.entries(PICTURE))
        assert sorted(e.entry_id for e in entries) == same
        assert followed(entries, shard_of(PICTURE), EMPTY)[1] is None

    def test_an_entry_is_added_behind_the_last_and_over_none(
        self, trail: Trail, table: str, aws: Aws
    ) -> None:
        for n in range(11):
            trail.record(entry(str(n)))
        before = {i["sk"]["S"]: i for i in aws.items(table)}
        trail.record(entry("last"))
        after = {i["sk"]["S"]: i for i in aws.items(table)}
        added = {"ENTRY#000000000012", f"ONCE#{PICTURE}#last"}
        assert set(after) - set(before) == added
        assert all(after[sk] == item for sk, item in before.items())

    def test_a_chain_whose_next_place_is_always_taken_is_busy_and_not_overwritten(
        self, table: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        waits: list[int] = []
        trail = AuditTrail(table, REGION, waits.append)
        trail.record(entry("one"))
        monkeypatch.setattr(trail, "head", lambda _shard: EMPTY)
        with pytest.raises(ChainBusyError):
            trail.record(entry("two"))
        assert [e.entry_id for e in trail.entries(PICTURE)] == ["one"]
        assert waits == list(range(len(waits)))
        assert len(waits) > 10

    def test_a_table_that_is_not_there_is_an_error_and_not_a_busy_chain(
        self, aws: Aws
    ) -> None:
        table = aws.new_table("audit")
        trail = AuditTrail(table, REGION)
        aws.drop_table(table)
        with pytest.raises(Exception, match=r"not found|exist") as caught:
            trail.record(entry("one"))
        assert not isinstance(caught.value, ChainBusyError)

    # -- an act and its entry --------------------------------------------------------

    def act(self, library: Library, revision: int = 1) -> Callable[[TransactWrite], None]:
        """Change the picture, if it is still at that revision."""

        def write(together: TransactWrite) -> None:
            item = AssetItem.get(f"ASSET#{PICTURE}", "META", consistent_read=True)
            item.revision = revision
            together.update(item, actions=[AssetItem.attempts.set(7)])

        return write

    def test_an_act_and_its_entry_are_written_together(
        self, table: str, library: Library, aws: Aws
    ) -> None:
        trail = AuditTrail(table, REGION)
        trail.record(entry("one"), self.act(library))
        record = library.record(PICTURE)
        assert record is not None
        assert record.attempts == 7
        assert [e.entry_id for e in trail.entries(PICTURE)] == ["one"]
        # The act holds once, so the entry needs no mark that it was written.
        assert [i["sk"]["S"] for i in aws.items(table)] == ["ENTRY#000000000001"]

    def test_an_act_whose_condition_fails_leaves_neither_itself_nor_an_entry(
        self, table: str, library: Library
    ) -> None:
        trail = AuditTrail(table, REGION)
        with pytest.raises(ActRefusedError):
            trail.record(entry("one"), self.act(library, revision=9))
        record = library.record(PICTURE)
        assert record is not None
        assert record.attempts == 0
        assert trail.head(shard_of(PICTURE)) == EMPTY

    def test_an_act_is_tried_again_when_only_its_chain_moved_on(
        self, table: str, library: Library, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        trail = AuditTrail(table, REGION, lambda _attempt: None)
        trail.record(entry("zero"))
        heads = iter([EMPTY, EMPTY, trail.head(shard_of(PICTURE))])
        monkeypatch.setattr(trail, "head", lambda _shard: next(heads))
        trail.record(entry("one"), self.act(library))
        assert [e.entry_id for e in trail.entries(PICTURE)] == ["zero", "one"]
        record = library.record(PICTURE)
        assert record is not None
        assert record.revision == 2

    def test_an_act_that_is_refused_in_a_chain_that_moved_on_is_refused(
        self, table: str, library: Library, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        trail = AuditTrail(table, REGION, lambda _attempt: None)
        trail.record(entry("zero"))
        monkeypatch.setattr(trail, "head", lambda _shard: EMPTY)
        with pytest.raises(ActRefusedError):
            trail.record(entry("one"), self.act(library, revision=9))

    def test_a_refusal_is_told_apart_whatever_else_the_act_does(
        self, table: str, library: Library, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """DynamoDB lists checks and deletions before what is put."""
        trail = AuditTrail(table, REGION, lambda _attempt: None)
        trail.record(entry("zero"))
        library.announce(announcement(OTHER), NOON + WEEK)
        change = self.act(library)

        def write(together: TransactWrite) -> None:
            other = AssetItem(f"ASSET#{OTHER}", "META")
            together.delete(other, add_version_condition=False)
            together.condition_check(
                AssetItem, f"ASSET#{ANN}", "META", AssetItem.pk.does_not_exist()
            )
            change(together)

        heads = iter([EMPTY, Head(1, trail.head(shard_of(PICTURE)).digest)])
        monkeypatch.setattr(trail, "head", lambda _shard: next(heads))
        trail.record(entry("one"), write)
        assert library.record(OTHER) is None
        assert [e.entry_id for e in trail.entries(PICTURE)] == ["zero", "one"]


class TestActs(ActsContract):
    @pytest.fixture
    def trail(self, aws: Aws) -> AuditTrail:
        return AuditTrail(aws.table("audit"), REGION)

    @pytest.fixture
    def library(self, aws: Aws, trail: AuditTrail) -> ActingLibrary:
        return Library(aws.table("library"), REGION, trail)

    @pytest.fixture
    def unwired(self, aws: Aws) -> ActingLibrary:
        return Library(aws.table("library"), REGION)
