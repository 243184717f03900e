"""The promises of the collections."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

import pytest

from beeldrecht.adapters.errors import StaleRevisionError
from beeldrecht.domain.access import Role
from beeldrecht.domain.audit import Entry, NewEntry
from beeldrecht.domain.collections import (
    Collection,
    lost,
    placed,
    titled,
    with_member,
    without_member,
)
from beeldrecht.domain.ids import derived_id, new_id
from tests.fakes.samples import ANN, BOB, EDITOR, NOON, UPLOADER

MINUTE = timedelta(minutes=1)


class Trail(Protocol):
    """What was recorded."""

    def entries(self, subject: str) -> Iterable[Entry]: ...


class Collections(Protocol):
    """What both repositories offer."""

    def find(self, collection_id: str) -> Collection | None: ...
    def several(self, collection_ids: Iterable[str]) -> tuple[Collection, ...]: ...
    def create(
        self, collection: Collection, at: datetime, entry: NewEntry
    ) -> Collection: ...
    def save(
        self,
        before: Collection,
        after: Collection,
        entry: NewEntry,
        above: Iterable[Collection] = (),
    ) -> Collection: ...
    def levels_below(self, collection_id: str) -> int: ...
    def within(self, collection_id: str) -> tuple[str, ...]: ...
    def page(
        self, after: str | None, limit: int
    ) -> tuple[list[Collection], str | None]: ...


def entry(collection: Collection, name: str = "create", n: int = 0) -> NewEntry:
    tag = f"api:collection:{name}"
    return NewEntry(collection.collection_id, f"{tag}:{n}", tag, NOON, EDITOR)


def fresh(title: str = "Zomerfeest é", **changes: bool) -> Collection:
    members = {EDITOR: Role.EDITOR}
    return Collection(
        new_id(), title, restricted=changes.get("restricted", True), members=members
    )


class CollectionsContract:
    """Each test starts from an empty table and an empty trail."""

    @pytest.fixture
    def collections(self) -> Collections:
        raise NotImplementedError("the subclass says which repository")

    @pytest.fixture
    def trail(self) -> Trail:
        raise NotImplementedError("the subclass says which trail")

    def made(self, collections: Collections, title: str = "Zomerfeest é") -> Collection:
        collection = fresh(title)
        return collections.create(collection, NOON, entry(collection))

    def tags(self, trail: Trail, collection: Collection) -> list[str]:
        return [each.tag for each in trail.entries(collection.collection_id)]

    def test_a_collection_comes_back_as_it_was_made(
        self, collections: Collections, trail: Trail
    ) -> None:
        for restricted in (True, False):
            collection = fresh(restricted=restricted)
            made = collections.create(collection, NOON, entry(collection))
            assert made == replace(collection, revision=1)
            assert collections.find(collection.collection_id) == made
            assert self.tags(trail, made) == ["api:collection:create"]

    def test_what_was_never_made_is_not_there(self, collections: Collections) -> None:
        assert collections.find(new_id()) is None

    def test_made_twice_the_first_stands_and_is_recorded_once(
        self, collections: Collections, trail: Trail
    ) -> None:
        first = self.made(collections)
        other = replace(first, title="Other", members={BOB: Role.EDITOR}, revision=0)
        assert collections.create(other, NOON + MINUTE, entry(other, n=1)) == first
        assert collections.find(first.collection_id) == first
        assert self.tags(trail, first) == ["api:collection:create"]

    def test_a_change_is_kept_and_raises_the_revision(
        self, collections: Collections, trail: Trail
    ) -> None:
        seen = self.made(collections)
        changes = [
            titled(seen, "Winterfeest", restricted=False),
            with_member(seen, ANN, Role.VIEWER),
            with_member(seen, UPLOADER, Role.CONTRIBUTOR),
        ]
        now = seen
        for n, change in enumerate(changes, start=1):
            wanted = replace(
                now,
                title=change.title,
                restricted=change.restricted,
                members={**now.members, **change.members},
            )
            now = collections.save(now, wanted, entry(seen, "change", n))
            assert now == replace(wanted, revision=seen.revision + n)
            assert collections.find(seen.collection_id) == now
        assert self.tags(trail, seen) == ["api:collection:create"] + 3 * [
            "api:collection:change"
        ]

    def test_a_member_changes_and_goes(self, collections: Collections) -> None:
        seen = self.made(collections)
        with_ann = collections.save(
            seen, with_member(seen, ANN, Role.VIEWER), entry(seen, "member", 1)
        )
        as_editor = collections.save(
            with_ann, with_member(with_ann, ANN, Role.EDITOR), entry(seen, "member", 2)
        )
        alone = collections.save(
            as_editor, without_member(as_editor, EDITOR), entry(seen, "member", 3)
        )
        assert alone.members == {ANN: Role.EDITOR}
        assert collections.find(seen.collection_id) == alone

    def test_of_two_who_change_it_at_once_one_has_to_look_again(
        self, collections: Collections, trail: Trail
    ) -> None:
        seen = self.made(collections)
        mine = with_member(seen, ANN, Role.VIEWER)
        kept = collections.save(seen, mine, entry(seen, "member", 1))
        theirs = titled(seen, "Theirs", restricted=False)
        with pytest.raises(StaleRevisionError):
            collections.save(seen, theirs, entry(seen, "change", 2))
        with pytest.raises(StaleRevisionError):
            collections.save(replace(seen, revision=9), theirs, entry(seen, "change", 3))
        assert collections.find(seen.collection_id) == kept
        assert self.tags(trail, seen) == [
            "api:collection:create",
            "api:collection:member",
        ]

    def test_what_is_not_there_is_not_changed(self, collections: Collections) -> None:
        ghost = replace(fresh(), revision=1)
        with pytest.raises(StaleRevisionError):
            collections.save(ghost, titled(ghost, "x", True), entry(ghost, "change"))
        assert collections.find(ghost.collection_id) is None

    def test_a_collection_that_nobody_can_find_is_closed(
        self, collections: Collections
    ) -> None:
        made, gone = self.made(collections), new_id()
        found = collections.several([gone, made.collection_id])
        assert set(found_ids := [c.collection_id for c in found]) == {
            gone,
            made.collection_id,
        }
        assert found[found_ids.index(gone)] == lost(gone)
        assert found[found_ids.index(made.collection_id)] == made
        assert collections.several([]) == ()

    def test_pages_hold_every_collection_once_the_oldest_first(
        self, collections: Collections
    ) -> None:
        made = []
        for n in (3, 1, 2, 0, 4):
            collection = replace(fresh(f"C{n}"), collection_id=derived_id("c", str(n)))
            made.append(
                (n, collections.create(collection, NOON + n * MINUTE, entry(collection)))
            )
        in_order = [collection for _, collection in sorted(made, key=lambda m: m[0])]
        for limit in (1, 2, 5, 9):
            read: list[Collection] = []
            after: str | None = None
            while True:
                page, after = collections.page(after, limit)
                assert len(page) <= limit
                read += page
                if after is None:
                    break
            assert read == in_order

    @pytest.mark.parametrize("made_up", ["0", "9999", "2026-06", "'; --", "é" * 100])
    def test_a_position_that_somebody_made_up_does_no_harm(
        self, collections: Collections, made_up: str
    ) -> None:
        made = self.made(collections)
        page, after = collections.page(made_up, 10)
        assert page in ([], [made])
        assert after is None

    def test_members_are_read_to_the_last(self, collections: Collections) -> None:
        collection = self.made(collections)
        for n in range(30):
            wanted = with_member(collection, derived_id("m", str(n)), Role.VIEWER)
            collection = collections.save(collection, wanted, entry(wanted, "member", n))
        found = collections.find(collection.collection_id)
        assert found is not None
        assert len(found.members) == 31

    def test_what_stands_in_another_is_found_with_all_above_it(
        self, collections: Collections
    ) -> None:
        top, middle, low = (self.made(collections) for _ in range(3))
        middle = self.put_in(collections, middle, top)
        low = self.put_in(collections, low, middle)
        assert collections.find(low.collection_id) == low
        assert collections.several([low.collection_id]) == (low, middle, top)
        assert collections.within(top.collection_id) == (middle.collection_id,)
        assert collections.levels_below(top.collection_id) == 2
        assert collections.levels_below(low.collection_id) == 0
        out = placed(middle, (), 1)
        middle = collections.save(middle, out, entry(out, "change", middle.revision))
        assert collections.several([low.collection_id]) == (low, middle)
        assert collections.within(top.collection_id) == ()

    def test_two_are_not_put_in_one_another_at_once(
        self, collections: Collections
    ) -> None:
        one, other = self.made(collections), self.made(collections)
        self.put_in(collections, one, other)
        late = placed(other, (one,), 0)
        with pytest.raises(StaleRevisionError):
            collections.save(other, late, entry(late, "change", 1), (one,))

    @staticmethod
    def put_in(
        collections: Collections, inner: Collection, outer: Collection
    ) -> Collection:
        above = collections.several([outer.collection_id])
        after = placed(inner, above, collections.levels_below(inner.collection_id))
        named = entry(after, "change", inner.revision)
        return collections.save(inner, after, named, above)
