"""Everything that the access policy can be asked about, and by whom."""

import itertools
from collections.abc import Iterator
from datetime import UTC, datetime

from beeldrecht.domain.access import Role, Scene
from beeldrecht.domain.collections import Collection, lost

ME, OTHER = "me", "other"
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


def within(role: Role | None, restricted: bool = True) -> Collection:
    members = {OTHER: Role.EDITOR} | ({ME: role} if role else {})
    return Collection("c", "", restricted, members)


def situations() -> Iterator[Scene | None]:
    """Every kind of thing that can be asked about, and nothing at all."""
    yield None
    inside: list[tuple[Collection, ...]] = [
        (),
        (within(None, restricted=False),),
        (lost("gone"),),
        *((within(role),) for role in (None, *Role)),
        (within(Role.EDITOR), within(Role.VIEWER)),
        (within(Role.EDITOR), within(None)),
    ]
    for uploader, leaves, collections in itertools.product(
        (None, OTHER, ME), (False, True), inside
    ):
        yield Scene(uploader, leaves, collections)


SITUATIONS = tuple(situations())


def role_sets() -> Iterator[frozenset[Role]]:
    for count in range(len(Role) + 1):
        yield from (frozenset(each) for each in itertools.combinations(Role, count))
