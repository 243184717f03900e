"""Collections: pictures that belong together, and who may come near them.

A collection that is not restricted only groups. A restricted one narrows: whoever is no
member does not see what is in it, and a member does there at most what the membership's
role does. It never lets anybody do what their own roles do not.

A collection can stand in another one. What is in it is then in that one as well, and in
all above: whoever is kept out of one of those is kept out of it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType

from .access import MEMBER_ROLES, Role

MAX_MEMBERS = 200
"""More people than this are a role, not a membership."""
MAX_COLLECTIONS = 20
"""In how many collections one picture can be: each is read at every question."""
MAX_DEPTH = 6
"""How many collections can stand in one another, each read at every question."""


class CollectionRefusal(StrEnum):
    """Why a collection was not changed."""

    NOT_A_MEMBER_ROLE = "not_a_member_role"
    TOO_MANY_MEMBERS = "too_many_members"
    TOO_MANY_COLLECTIONS = "too_many_collections"
    NOBODY_LEFT = "nobody_left"
    IN_ITSELF = "collection_in_itself"
    TOO_DEEP = "collection_too_deep"


class CollectionRefusedError(Exception):
    """The collection stays as it was; `reason` says why."""

    def __init__(self, reason: CollectionRefusal) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Collection:
    """A group of pictures; when restricted, for its members alone."""

    collection_id: str
    title: str
    restricted: bool
    members: Mapping[str, Role] = field(default_factory=dict)
    """Who comes near a restricted one, with the most they may do there."""
    revision: int = 0
    """Counts every change; a writer that read an older one is refused."""
    parent_id: str | None = None
    """The collection that it stands in."""

    def __post_init__(self) -> None:
        """Hold the members so that nobody adds one in passing."""
        object.__setattr__(self, "members", MappingProxyType(dict(self.members)))


def lost(collection_id: str) -> Collection:
    """What stands for a collection that a picture names and nobody can find: closed."""
    return Collection(collection_id, title="", restricted=True)


def with_member(collection: Collection, user_id: str, role: Role) -> Collection:
    """The collection with this member, or with this role for a member it has."""
    if role not in MEMBER_ROLES:
        raise CollectionRefusedError(CollectionRefusal.NOT_A_MEMBER_ROLE)
    members = {**collection.members, user_id: role}
    if len(members) > MAX_MEMBERS:
        raise CollectionRefusedError(CollectionRefusal.TOO_MANY_MEMBERS)
    return _checked(collection, replace(collection, members=members))


def without_member(collection: Collection, user_id: str) -> Collection:
    """The collection less this member; as it was when they are none."""
    members = {who: role for who, role in collection.members.items() if who != user_id}
    return _checked(collection, replace(collection, members=members))


def titled(collection: Collection, title: str, restricted: bool) -> Collection:
    """The collection under this title, restricted or not."""
    return _checked(collection, replace(collection, title=title, restricted=restricted))


def placed(
    collection: Collection, above: Sequence[Collection], levels_below: int
) -> Collection:
    """The collection in another one; `above`: that one, then what it stands in, upwards.

    Nothing above: it stands by itself. `levels_below`: how many levels stand in it.
    """
    if any(each.collection_id == collection.collection_id for each in above):
        raise CollectionRefusedError(CollectionRefusal.IN_ITSELF)
    if len(above) + 1 + levels_below > MAX_DEPTH:
        raise CollectionRefusedError(CollectionRefusal.TOO_DEEP)
    parent = above[0].collection_id if above else None
    return replace(collection, parent_id=parent)


def _checked(before: Collection, after: Collection) -> Collection:
    """Refuse to leave a restricted collection that nobody in it can change."""
    if after != before and after.restricted and Role.EDITOR not in after.members.values():
        raise CollectionRefusedError(CollectionRefusal.NOBODY_LEFT)
    return after
