"""Packages: a selection of pictures in one file, for one use, for a day.

Each picture is let leave by the decision of the instant at which it is put in, or left
out with the reason. Whether the file may be fetched is asked again of every picture in
it, each time: what may no longer leave as it was put in takes the whole file with it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from .channel_renditions import Make
from .channels import Channel, Place
from .time import instant

MOST_PICTURES: Final = 100
"""In one package: somebody who clicks sees the end of it within minutes."""
MOST_BYTES: Final = 2 * 1024**3
"""From where no other picture is put in."""
LASTS: Final = timedelta(days=1)
"""How long it can be fetched, from when it was ordered."""
GIVEN_UP: Final = timedelta(hours=2)
"""What is not there by then will not come: whoever makes it tries thrice at most."""
KEPT: Final = timedelta(days=3)
"""How long it stays on record, which is longer than its file lies anywhere."""


class PackageState(StrEnum):
    """How far a package is."""

    MAKING = "package_making"
    READY = "package_ready"
    CHANGED = "package_changed"
    """One of its pictures may not leave any more as it was put in."""
    FAILED = "package_failed"
    OVER = "package_over"


class NotPacked(StrEnum):
    """Why a picture is not in a package."""

    NOT_CLEARED = "not_packed_not_cleared"
    CANNOT_COVER = "not_packed_cannot_cover"
    """Who has to be covered has no place in the picture."""
    CANNOT_CROP = "not_packed_cannot_crop"
    GONE = "not_packed_gone"
    CHANGING = "not_packed_changing"
    """What is on record of it kept changing while it was made."""
    NO_ROOM = "not_packed_no_room"


class PackageRefusal(StrEnum):
    """Why there is no package, or it is not given."""

    TOO_MANY = "package_too_many"
    NOTHING = "package_of_nothing"
    NOT_READY = "package_not_ready"
    NO_LONGER = "package_no_longer"
    """What is in it may not leave any more as it is: another one has to be made."""


@dataclass(frozen=True, slots=True)
class Package:
    """A selection of pictures for one use, and how far it is."""

    package_id: str
    made_by: str
    """Who ordered it, and receives it."""
    made_at: datetime
    asset_ids: tuple[str, ...]
    channel: Channel
    place: Place
    make: Make | None = None
    """What is made of each; None: the largest rendition that there is."""
    language: str = "nl"
    """Of what is said in it."""
    done: int = 0
    """How many pictures were looked at so far."""
    left_out: Mapping[str, NotPacked] = field(default_factory=dict)
    ready_at: datetime | None = None
    size: int | None = None
    """Bytes of the file."""
    dropped_at: datetime | None = None

    def __post_init__(self) -> None:
        """Freeze what was left out; hold instants in UTC."""
        object.__setattr__(self, "left_out", MappingProxyType(dict(self.left_out)))
        for name in ("made_at", "ready_at", "dropped_at"):
            at = getattr(self, name)
            if at is not None:
                object.__setattr__(self, name, instant(at))

    @property
    def ends_at(self) -> datetime:
        """It can be fetched before this."""
        return self.made_at + LASTS

    @property
    def packed(self) -> tuple[str, ...]:
        """The pictures that are in it, once it is ready."""
        return tuple(each for each in self.asset_ids if each not in self.left_out)


@dataclass(frozen=True, slots=True)
class Packed:
    """One picture as it was put into a package."""

    asset_id: str
    version_id: str
    """Of the file that it was made from."""
    covered: frozenset[str]
    """The faces that are covered in it."""
    described: str
    """A digest of what is said of it, which may stand in the file."""
    as_file: bool = False
    """Whether it is the file itself, of what is no picture."""


def state_at(package: Package, at: datetime) -> PackageState:
    """How far it is at an instant; only one that is ready can be fetched."""
    now = instant(at)
    if package.dropped_at is not None:
        return PackageState.CHANGED
    if now >= package.ends_at:
        return PackageState.OVER
    if package.ready_at is not None:
        return PackageState.READY
    late = now >= package.made_at + GIVEN_UP
    return PackageState.FAILED if late else PackageState.MAKING


def still_so(packed: Packed, now: Packed) -> bool:
    """Whether a picture may leave now as it was put in.

    The same file, with the same said of it, and whoever has to be covered now is covered
    in it; that somebody else is as well does no harm. A file that is no picture is in it
    as long as all of it may leave.
    """
    return (
        packed.version_id == now.version_id
        and packed.described == now.described
        and now.covered <= packed.covered
        and (now.as_file or not packed.as_file)
    )
