"""The pictures of an erasure, a page at a time."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Protocol

from beeldrecht.domain.erasure import PlannedPicture
from beeldrecht.runtime.erasing import ErasureEvent
from beeldrecht.runtime.events import Frozen, OpaqueId

PAGE = 40
"""Pictures at a time: so many ids are far from what a state may carry."""


class Event(ErasureEvent):
    """Which erasure, and after which picture to go on."""

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


class Page(Protocol):
    """Some pictures of a plan."""

    @property
    def pictures(self) -> Sequence[PlannedPicture]:
        """Those pictures."""
        ...

    @property
    def after(self) -> str | None:
        """Where the next page begins; None: there is none."""
        ...


class Erasures(Protocol):
    """Plans on record."""

    def pictures(self, erasure_id: str, after: str | None, limit: int) -> Page:
        """Some of the pictures of a plan."""
        ...


def list_pictures(event: Event, erasures: Erasures) -> Result:
    """Read one page. Safe to repeat: it reads and no more."""
    page = erasures.pictures(event.erasure_id, event.after, PAGE)
    return Result(
        outcome=Outcome.ALL if page.after is None else Outcome.MORE,
        asset_ids=tuple(each.asset_id for each in page.pictures),
        after=page.after,
    )
