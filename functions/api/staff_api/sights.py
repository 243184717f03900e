"""Looking at one picture for somebody: read it, decide on it, ask whether they may."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from beeldrecht.domain.access import Operation, Scene, User, may
from beeldrecht.domain.assets import Asset
from beeldrecht.domain.decisions import Decision
from beeldrecht.domain.intake import AssetRecord
from beeldrecht.domain.people import Appearance
from beeldrecht.runtime.facts import Picture, Pictures
from beeldrecht.runtime.http.api import Api
from beeldrecht.runtime.ports import Clocked

from . import scenes

NEAR_SHOWN = 5
"""Near duplicates that are looked up for one picture, at most."""


class Services(Clocked, scenes.Services, Protocol):
    """What looking at a picture needs."""

    @property
    def library(self) -> Pictures:
        """The pictures."""
        ...


@dataclass(frozen=True, slots=True)
class Sight:
    """A picture as it is now, for somebody who may know of it."""

    at: datetime
    record: AssetRecord
    asset: Asset
    appearances: tuple[Appearance, ...]
    decision: Decision
    scene: Scene
    copy_of: str | None = None
    """The same file that came before, when the caller may know of that one too."""

    def pinned(self, library: Any) -> "Pinned":
        """The library for a command that acts on just what was seen here."""
        return Pinned(library, (self.record, self.asset, self.appearances))


class Pinned:
    """A library in which one picture is as it was read, whatever happens meanwhile.

    The caller's `If-Match` was compared with that reading. Every write of a command is
    made under its revision, so that nobody releases or names what they did not see.
    """

    def __init__(self, library: Any, found: Picture) -> None:
        self._library = library
        self._found = found

    def picture(self, asset_id: str) -> Picture | None:
        """The picture as it was seen."""
        return self._found if asset_id == self._found[0].asset_id else None

    def decide(self, *given: Any, **named: Any) -> None:
        """As the library does, which refuses when the picture has changed since."""
        self._library.decide(*given, **named)

    def mark(self, *given: Any, **named: Any) -> None:
        """As the library does, which refuses when the picture has changed since."""
        self._library.mark(*given, **named)

    def declare(self, *given: Any, **named: Any) -> None:
        """As the library does, which refuses when the file has changed since."""
        self._library.declare(*given, **named)

    def settle(self, *given: Any, **named: Any) -> None:
        """As the library does, which refuses when the picture has changed since."""
        self._library.settle(*given, **named)


def sight_of(api: Api, services: Services, operation: Operation, asset_id: str) -> Sight:
    """Look at a picture on behalf of the caller; raises ProblemError.

    A picture that is not there and one that is not for the caller give the same answer,
    byte for byte. Whoever never may is answered without a read; for others the absent one
    costs the reads of a picture with nobody in it.
    """
    api.require_ever(operation)
    at = services.now()
    found = services.library.picture(asset_id)
    if found is None or found[0].over(at):
        services.register.facts((), asset_id)
        raise api.missing(operation)
    scene, decision = scenes.picture_scene(services, found, at)
    user = api.require(operation, scene, private=True)
    copy_of = _copy_of(services, user, found[0], at)
    return Sight(at, *found, decision, scene, copy_of)


def near_of(api: Api, services: Services, sight: Sight) -> tuple[str, ...]:
    """The pictures that looked nearly the same when this one came.

    Only those that the caller may know of; a few of many, for each costs a decision.
    """
    same = sight.record.duplicate_of
    named = [each for each in sight.record.near_duplicates if each != same]
    seen = (_readable(services, api.user, each, sight.at) for each in named[:NEAR_SHOWN])
    return tuple(each for each in seen if each is not None)


def _copy_of(
    services: Services, user: User, record: AssetRecord, at: datetime
) -> str | None:
    """The picture that it is a copy of, unless that one is not for this caller."""
    first = record.duplicate_of
    return _readable(services, user, first, at) if first else None


def _readable(services: Services, user: User, asset_id: str, at: datetime) -> str | None:
    """The picture, as long as it is there and this caller may know of it."""
    found = services.library.picture(asset_id)
    if not found or found[0].over(at):
        return None
    scene, _ = scenes.picture_scene(services, found, at)
    seen = may(user, Operation.ASSET_READ, at, scene) is None
    return found[0].asset_id if seen else None
