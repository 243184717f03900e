"""A person says who is in what cannot be looked through: these people, or nobody."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Annotated, Protocol, Self

from pydantic import Field, model_validator

from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.declarations import (
    MOST_DECLARED,
    Declaration,
    Sight,
    declared_people,
    declared_place,
)
from beeldrecht.domain.intake import AssetRecord
from beeldrecht.domain.people import Appearance, AppearanceStatus
from beeldrecht.runtime.events import Frozen, OpaqueId
from beeldrecht.runtime.facts import Pictures as Readable
from beeldrecht.runtime.ports import Clearance


class UnknownPersonError(Exception):
    """There is no such person on record."""


class NotDeclarableError(Exception):
    """All of it can be looked through, or there is no part that could be used alone."""


class Event(Frozen):
    """Who is in it, as far as nobody can see: everybody, and nobody else.

    An empty list says that nobody is. With `rest_stays` it does not matter: only the
    first page is used, and the file itself never leaves.
    """

    asset_id: OpaqueId
    people: Annotated[frozenset[OpaqueId], Field(max_length=MOST_DECLARED)]
    rest_stays: bool = False
    actor_id: OpaqueId

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        if self.rest_stays and self.people:
            raise ValueError("who is in what stays does not matter")
        return self


class Result(Frozen):
    """Whether something else is on record now than before."""

    asset_id: OpaqueId
    changed: bool


class Pictures(Readable, Protocol):
    """Files, and where what people say of them is kept."""

    def declare(
        self,
        record: AssetRecord,
        declaration: Declaration,
        people: Sequence[Appearance],
        at: datetime,
        entry: NewEntry,
    ) -> None:
        """Record who is in it, in place of whoever was; a release ends with it."""
        ...


class Register(Protocol):
    """The consent register."""

    def knows(self, person_id: str) -> bool:
        """Whether there is such a person."""
        ...


def declare_file(
    event: Event,
    library: Pictures,
    register: Register,
    clearance: Clearance,
    now: Callable[[], datetime],
) -> Result:
    """Record what they say in place of what was said before, then have it decided on.

    A release was given for the file as it was declared then: it goes in the same act, and
    a person releases anew. Safe to repeat: the same again changes nothing and is not
    recorded twice, but the decision is asked for again, in case the first try stopped
    before it. Raises NotDeclarableError, UnknownPersonError and StaleRevisionError.
    """
    found = library.picture(event.asset_id)
    if found is None or found[0].refused or found[0].original is None:
        raise NotDeclarableError(event.asset_id)
    record, asset, appearances = found
    whole = asset.sight is Sight.WHOLE
    if whole or (event.rest_stays and asset.sight is Sight.NOTHING):
        raise NotDeclarableError(event.asset_id)
    before = declared_people(event.asset_id, appearances)
    unknown = [each for each in event.people if not register.knows(each)]
    if unknown:
        raise UnknownPersonError(event.asset_id)
    changed = not _says_the_same(event, asset.declaration, before)
    if changed:
        _record(event, record, before, library, now())
    clearance.start(event.asset_id)
    return Result(asset_id=event.asset_id, changed=changed)


def _says_the_same(
    event: Event, said: Declaration | None, people: tuple[str, ...]
) -> bool:
    """Whether just this is on record; one of which somebody was lost is not."""
    return (
        said is not None
        and said.rest_stays == event.rest_stays
        and said.people == len(people)
        and set(people) == event.people
    )


def _record(
    event: Event,
    record: AssetRecord,
    before: tuple[str, ...],
    library: Pictures,
    at: datetime,
) -> None:
    people = [
        Appearance(
            asset_id=event.asset_id,
            face_id=declared_place(event.asset_id),
            person_id=person_id,
            status=AppearanceStatus.CONFIRMED,
            settled_by=event.actor_id,
            settled_at=at,
        )
        for person_id in sorted(event.people)
    ]
    entry = NewEntry(
        subject=event.asset_id,
        entry_id=f"clearance:file:declare:{record.revision}",
        tag="clearance:file:declare",
        at=at,
        actor=event.actor_id,
        data={
            "people": ",".join(sorted(event.people)),
            "before": ",".join(before),
            "rest_stays": int(event.rest_stays),
        },
    )
    declaration = Declaration(event.actor_id, len(people), event.rest_stays)
    library.declare(record, declaration, people, at, entry)
