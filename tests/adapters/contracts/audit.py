"""The promises of the audit trail."""

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from typing import Any, Protocol

import pytest

from beeldrecht.domain.audit import (
    EMPTY,
    FIRST,
    SHARDS,
    Data,
    Entry,
    Head,
    NewEntry,
    UnauditableError,
    digest_of,
    shard_of,
)
from beeldrecht.domain.audit_check import followed
from tests.fakes.samples import ANN, NOON, PICTURE


class Trail(Protocol):
    """What both trails offer."""

    def append(
        self, scope: str, entry_id: str, tag: str, at: datetime, actor: str, data: Data
    ) -> None: ...
    def record(self, entry: NewEntry) -> None: ...
    def entries(self, subject: str) -> Iterator[Entry]: ...
    def head(self, shard: str) -> Head: ...
    def heads(self) -> tuple[Head, ...]: ...


def another_of_the_chain() -> str:
    """A subject that shares its chain with PICTURE."""
    names = (f"{n:032x}" for n in range(10_000))
    return next(name for name in names if shard_of(name) == shard_of(PICTURE))


class AuditContract:
    """Each test starts from an empty trail."""

    @pytest.fixture
    def trail(self) -> Trail:
        raise NotImplementedError("the subclass says which trail")

    def write(self, trail: Trail, *entry_ids: str, subject: str = PICTURE) -> list[Entry]:
        for entry_id in entry_ids:
            trail.append(subject, entry_id, "a:b:c", NOON, ANN, {"n": 1, "x": None})
        return list(trail.entries(subject))

    def test_a_trail_begins_empty(self, trail: Trail) -> None:
        assert list(trail.entries(PICTURE)) == []
        assert trail.heads() == (EMPTY,) * 64

    def test_an_entry_comes_back_as_it_was_written(self, trail: Trail) -> None:
        trail.record(NewEntry(PICTURE, "one", "a:b:c", NOON, ANN, {"n": 1, "a": "x:y"}))
        (entry,) = trail.entries(PICTURE)
        assert entry.fields == {
            "shard": shard_of(PICTURE),
            "place": "000000000001",
            "subject": PICTURE,
            "entry_id": "one",
            "tag": "a:b:c",
            "day": f"2026-06-01#{int(shard_of(PICTURE)) % 8}",
            "time": "12:00:00.000000",
            "actor": ANN,
            "text": '{"a":"x:y","n":1}',
            "previous": FIRST,
            "digest": digest_of(entry),
        }
        assert entry.data == {"n": 1, "a": "x:y"}
        assert (entry.number, entry.instant) == (1, NOON)

    def test_r16_entries_are_numbered_and_each_carries_the_one_before(
        self, trail: Trail
    ) -> None:
        entries = self.write(trail, *(str(n) for n in range(12)))
        assert [e.number for e in entries] == list(range(1, 13))
        assert [e.previous for e in entries[1:]] == [e.digest for e in entries[:-1]]
        assert followed(entries, shard_of(PICTURE), EMPTY)[1] is None

    def test_the_head_is_the_last_entry_of_the_chain_and_of_no_other(
        self, trail: Trail
    ) -> None:
        *_, last = self.write(trail, *(str(n) for n in range(11)))
        head = Head(11, last.digest)
        assert trail.head(shard_of(PICTURE)) == head
        assert [h for h in trail.heads() if h != EMPTY] == [head]
        assert trail.heads()[SHARDS.index(shard_of(PICTURE))] == head

    def test_the_same_entry_again_adds_nothing_whatever_it_says(
        self, trail: Trail
    ) -> None:
        before = self.write(trail, "one", "two")
        trail.append(PICTURE, "one", "x:y:z", NOON, "other", {})
        assert list(trail.entries(PICTURE)) == before
        after = self.write(trail, "three")
        assert [e.entry_id for e in after] == ["one", "two", "three"]

    def test_what_happened_to_two_subjects_of_one_chain_stands_in_one_row(
        self, trail: Trail
    ) -> None:
        """And the same entry id counts once for each."""
        other = another_of_the_chain()
        (one,) = self.write(trail, "one")
        (two,) = self.write(trail, "one", subject=other)
        (_, three) = self.write(trail, "two")
        assert [e.number for e in (one, two, three)] == [1, 2, 3]
        assert followed([one, two, three], shard_of(PICTURE), EMPTY)[1] is None

    def test_an_instant_is_written_in_utc_wherever_it_was_taken(
        self, trail: Trail
    ) -> None:
        there = NOON.astimezone(timezone(timedelta(hours=2)))
        trail.append(PICTURE, "one", "a:b:c", there, ANN, {})
        (entry,) = trail.entries(PICTURE)
        assert entry.at == "2026-06-01T12:00:00.000000+00:00"

    @pytest.mark.parametrize(
        "wrong",
        [
            {"actor": "Jan Jansen"},
            {"data": {"who": "jan@example.org"}},
            {"data": {"who": "é"}},
            {"scope": "a\nb"},
            {"entry_id": "a b"},
            {"tag": "a:b"},
        ],
    )
    def test_what_could_be_a_name_is_refused_and_nothing_is_written(
        self, trail: Trail, wrong: dict[str, Any]
    ) -> None:
        right: dict[str, Any] = {
            "scope": PICTURE,
            "entry_id": "one",
            "tag": "a:b:c",
            "at": NOON,
            "actor": ANN,
            "data": {},
        }
        with pytest.raises(UnauditableError):
            trail.append(**(right | wrong))
        assert trail.heads() == (EMPTY,) * 64
