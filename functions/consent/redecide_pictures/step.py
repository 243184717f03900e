"""Have every picture of a person decided on anew, a page at a time."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Protocol

from beeldrecht.domain.intake import AssetRecord
from beeldrecht.runtime.events import Frozen, OpaqueId
from beeldrecht.runtime.ports import Clearance

PAGE = 50
"""Pictures at a time: each is one call, and a page is well within the time there is."""


class Event(Frozen):
    """Whose pictures, or which one picture, and after which one to go on."""

    person_id: OpaqueId
    after: OpaqueId | None = None


class Outcome(StrEnum):
    """Whether that was all."""

    MORE = "more"
    ALL = "all"


class Result(Frozen):
    """The pictures of this page, and where the next one begins."""

    outcome: Outcome
    asset_ids: tuple[OpaqueId, ...]
    after: OpaqueId | None


class Portrayals(Protocol):
    """Some of the pictures in which a person is confirmed."""

    @property
    def asset_ids(self) -> Sequence[str]:
        """Those pictures."""
        ...

    @property
    def after(self) -> str | None:
        """Where the next page begins; None: there is none."""
        ...


class Appearances(Protocol):
    """In which pictures somebody is."""

    def page(self, person_id: str, after: str | None, limit: int) -> Portrayals:
        """The next pictures in which a person said who this is."""
        ...


class Pictures(Protocol):
    """Pictures on record."""

    def record(self, asset_id: str) -> AssetRecord | None:
        """What is on record about a picture."""
        ...


def redecide_pictures(
    event: Event, appearances: Appearances, library: Pictures, clearance: Clearance
) -> Result:
    """Start `clear_asset` for each picture of the page, and say where to go on.

    What is frozen can be a picture itself: then it is decided on too. Safe to repeat:
    deciding twice decides the same. Nothing waits for it, since every use decides anew.
    """
    page = appearances.page(event.person_id, event.after, PAGE)
    found = list(page.asset_ids)
    if event.after is None and library.record(event.person_id) is not None:
        found.append(event.person_id)
    for asset_id in found:
        clearance.start(asset_id)
    return Result(
        outcome=Outcome.ALL if page.after is None else Outcome.MORE,
        asset_ids=tuple(found),
        after=page.after,
    )
