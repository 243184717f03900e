"""Collections and their members, in the library table.

A change of a collection, its title or its members raises its revision; a writer that read
an older one gets StaleRevisionError, reads again and decides again. A change and its
entry in the audit trail stand in one transaction.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from pynamodb.attributes import (
    BooleanAttribute,
    UnicodeAttribute,
    UTCDateTimeAttribute,
    VersionAttribute,
)
from pynamodb.expressions.update import Action
from pynamodb.transactions import TransactWrite

from beeldrecht.domain.access import Role
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.collections import MAX_DEPTH, Collection, lost

from . import keys
from .binding import bind
from .errors import ActRefusedError, StaleRevisionError
from .library_items import LibraryItem
from .pages import Position, page_of, place
from .trail import Trail

_LISTED = keys.work("collection")


class CollectionItem(LibraryItem, discriminator="collection"):
    """A group of pictures."""

    collection_id = UnicodeAttribute()
    title = UnicodeAttribute()
    restricted = BooleanAttribute()
    revision = VersionAttribute()
    made_at = UTCDateTimeAttribute()
    parent_id = UnicodeAttribute(null=True)


class MemberItem(LibraryItem, discriminator="member"):
    """Somebody who comes near a restricted collection."""

    user_id = UnicodeAttribute()
    role = UnicodeAttribute()


class Collections:
    """The repository of collections."""

    def __init__(self, table: str, region: str, trail: Trail) -> None:
        bind(LibraryItem, table, region)
        self._trail = trail

    def find(self, collection_id: str) -> Collection | None:
        """A collection with its members, read consistently in one query."""
        head: CollectionItem | None = None
        members: list[MemberItem] = []
        pk = keys.collection(collection_id)
        for item in LibraryItem.query(pk, consistent_read=True):
            if isinstance(item, CollectionItem):
                head = item
            elif isinstance(item, MemberItem):
                members.append(item)
        return None if head is None else _collection_of(head, members)

    def several(self, collection_ids: Iterable[str]) -> tuple[Collection, ...]:
        """These collections, and all that they stand in, upwards.

        One that nobody can find is closed to everybody.
        """
        found: dict[str, Collection] = {}
        wanted = sorted(collection_ids)
        while wanted:
            found |= {each: self.find(each) or lost(each) for each in wanted}
            above = {each.parent_id for each in found.values() if each.parent_id}
            wanted = sorted(above - found.keys())
        return tuple(found.values())

    def levels_below(self, collection_id: str) -> int:
        """How many levels of collections stand in it."""
        level, levels = [collection_id], 0
        while level and levels <= MAX_DEPTH:
            level = [below for each in level for below in self.within(each)]
            levels += bool(level)
        return levels

    def within(self, collection_id: str) -> tuple[str, ...]:
        """The collections that stand in it."""
        found = LibraryItem.by_lookup.query(keys.within(collection_id))
        return tuple(str(each.pk).removeprefix(keys.collection("")) for each in found)

    def create(self, collection: Collection, at: datetime, entry: NewEntry) -> Collection:
        """Record a new collection; give it back as it is on record.

        Safe to repeat: the first one under an identifier stands, and is given.
        """
        pk = keys.collection(collection.collection_id)

        def write(act: TransactWrite) -> None:
            act.save(
                CollectionItem(
                    pk,
                    keys.META,
                    collection_id=collection.collection_id,
                    title=collection.title,
                    restricted=collection.restricted,
                    made_at=at,
                    parent_id=collection.parent_id,
                    gsi1pk=_beneath(collection).get("gsi1pk"),
                    gsi1sk=_beneath(collection).get("gsi1sk"),
                    gsi2pk=_LISTED,
                    gsi2sk=place(at, collection.collection_id),
                )
            )
            for user_id, role in collection.members.items():
                act.save(_member(pk, user_id, role))

        try:
            self._trail.record(entry, write)
        except ActRefusedError as error:
            there = self.find(collection.collection_id)
            if there is None:
                raise StaleRevisionError(collection.collection_id) from error
            return there
        return replace(collection, revision=1)

    def save(
        self,
        before: Collection,
        after: Collection,
        entry: NewEntry,
        above: Iterable[Collection] = (),
    ) -> Collection:
        """Record a change; give the collection at its new revision.

        Raises StaleRevisionError when somebody changed it since it was read, or one of
        those `above` that it is put in: two that are put in one another would be lost.
        """
        pk = keys.collection(before.collection_id)
        gone = before.members.keys() - after.members.keys()
        changed = [
            (user_id, role)
            for user_id, role in after.members.items()
            if before.members.get(user_id) is not role
        ]

        def write(act: TransactWrite) -> None:
            act.update(
                CollectionItem(pk, keys.META, revision=before.revision),
                actions=[
                    CollectionItem.title.set(after.title),
                    CollectionItem.restricted.set(after.restricted),
                    *_stands(after),
                ],
            )
            for each in above:
                act.condition_check(
                    CollectionItem,
                    keys.collection(each.collection_id),
                    keys.META,
                    condition=CollectionItem.revision == each.revision,
                )
            for user_id, role in changed:
                act.save(_member(pk, user_id, role))
            for user_id in sorted(gone):
                act.delete(MemberItem(pk, keys.member(user_id)))

        try:
            self._trail.record(entry, write)
        except ActRefusedError as error:
            raise StaleRevisionError(before.collection_id) from error
        return replace(after, revision=before.revision + 1)

    def page(
        self, after: Position | None, limit: int
    ) -> tuple[list[Collection], Position | None]:
        """The next collections, the oldest first, and where the page after begins."""
        found, following = page_of(_LISTED, keys.collection, after, limit)
        read = [self.find(each) for each in found]
        return [each for each in read if each is not None], following


def _beneath(collection: Collection) -> dict[str, str]:
    """Under what it is found that a collection stands in another one."""
    if collection.parent_id is None:
        return {}
    return {
        "gsi1pk": keys.within(collection.parent_id),
        "gsi1sk": collection.collection_id,
    }


def _stands(after: Collection) -> list[Action]:
    own = (CollectionItem.parent_id, LibraryItem.gsi1pk, LibraryItem.gsi1sk)
    if after.parent_id is None:
        return [each.remove() for each in own]
    found = _beneath(after)
    values = (after.parent_id, found["gsi1pk"], found["gsi1sk"])
    return [each.set(value) for each, value in zip(own, values, strict=True)]


def _member(pk: str, user_id: str, role: Role) -> MemberItem:
    return MemberItem(pk, keys.member(user_id), user_id=user_id, role=role.value)


def _collection_of(item: CollectionItem, members: Iterable[MemberItem]) -> Collection:
    return Collection(
        collection_id=item.collection_id,
        title=item.title,
        restricted=item.restricted,
        members={member.user_id: Role(member.role) for member in members},
        revision=item.revision,
        parent_id=item.parent_id,
    )
