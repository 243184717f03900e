"""Make a package: each picture leaves by the decision of its instant, or is left out."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, Protocol
from zipfile import ZipFile

from beeldrecht.adapters.errors import MissingObjectError, StaleRevisionError
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.channel_renditions import CropRefusedError, made_file_name
from beeldrecht.domain.egress import rendition_file_name
from beeldrecht.domain.intake import RenditionName
from beeldrecht.domain.masking import UncoverableError
from beeldrecht.domain.messages import words
from beeldrecht.domain.packages import MOST_BYTES, NotPacked, Package, Packed
from beeldrecht.runtime.events import Frozen, OpaqueId
from beeldrecht.runtime.facts import Bases, Pictures, Register
from egress.download_asset import step as download_step
from egress.download_asset.packing import packed_of, use_of

from .archive import Archive

TAG = "egress:package:make"
_TRIES: Final = 2
"""How often a picture is tried that changes while it is made."""
_WHY: Final[Mapping[type[Exception], NotPacked]] = {
    download_step.NotClearedError: NotPacked.NOT_CLEARED,
    download_step.UnknownAssetError: NotPacked.GONE,
    MissingObjectError: NotPacked.GONE,
    UncoverableError: NotPacked.CANNOT_COVER,
    CropRefusedError: NotPacked.CANNOT_CROP,
    download_step.AboutToChangeError: NotPacked.CHANGING,
    download_step.ChangedMeanwhileError: NotPacked.CHANGING,
    StaleRevisionError: NotPacked.CHANGING,
}


class Event(Frozen):
    """Which package."""

    package_id: OpaqueId


class Outcome(StrEnum):
    """What became of it."""

    PACKED = "packed"
    NOTHING_TO_DO = "nothing_to_do"
    """It is there, somebody else makes it, or nobody wants it any more."""


class Result(Frozen):
    """What became of it, and how many pictures are in it."""

    outcome: Outcome
    pictures: int = 0
    left_out: int = 0


class Packages(Protocol):
    """Packages on record."""

    def begin(self, package_id: str, maker: str, at: datetime) -> Package | None:
        """Take one up; None where nobody has to."""
        ...

    def progress(self, package_id: str, done: int) -> None:
        """Record how many pictures were looked at."""
        ...

    def put_packed(self, package: Package, packed: Packed) -> None:
        """Record how a picture is put in."""
        ...

    def ready(
        self,
        package: Package,
        left_out: Mapping[str, NotPacked],
        size: int,
        at: datetime,
        entry: NewEntry,
    ) -> bool:
        """Record that the file is there; False when nobody wants it any more."""
        ...


class Written(Protocol):
    """A file that is being written."""

    def write(self, data: bytes, /) -> int:
        """Take a piece."""
        ...

    def flush(self) -> None:
        """Nothing is held back."""
        ...

    @property
    def size(self) -> int:
        """The bytes so far."""
        ...


class Files(Protocol):
    """The files of packages."""

    def writing(self, package_id: str, /) -> AbstractContextManager[Written]:
        """Write one; it is there once the block has ended well."""
        ...

    def drop(self, package_id: str, /) -> None:
        """Remove one."""
        ...


class Placed(Protocol):
    """The files in which pictures leave, by where they lie."""

    def read(self, place: str) -> bytes:
        """The bytes; raises MissingObjectError."""
        ...


@dataclass(frozen=True, slots=True)
class Bench:
    """What packing takes. Its `versions` give the place of a file for an address."""

    packages: Packages
    library: Pictures
    register: Register
    bases: Bases
    versions: download_step.Versions
    disclosures: download_step.Disclosures
    placed: Placed
    files: Files
    now: Callable[[], datetime]
    new_id: Callable[[], str]


def pack_assets(event: Event, maker: str, bench: Bench) -> Result:
    """Write the file a picture at a time, then record that it is there.

    A picture is recorded as given away, and as being in this package, before its bytes
    are read. Safe to repeat: the file is written anew as a whole, a copy of the same
    version counts once, and only the first that is done is recorded. Where nobody wants
    it by then, the file goes. Raises BusyError: then it is tried again.
    """
    package = bench.packages.begin(event.package_id, maker, bench.now())
    if package is None:
        return Result(outcome=Outcome.NOTHING_TO_DO)
    left_out: dict[str, NotPacked] = {}
    with bench.files.writing(package.package_id) as stream:
        with ZipFile(stream, "w") as whole:  # type: ignore[call-overload]  # it only writes
            _fill(Archive(whole, package.made_at), stream, package, left_out, bench)
        size = stream.size
    at = bench.now()
    entry = _entry(package, len(left_out), size, at)
    if not bench.packages.ready(package, left_out, size, at, entry):
        bench.files.drop(package.package_id)
        return Result(outcome=Outcome.NOTHING_TO_DO)
    return Result(
        outcome=Outcome.PACKED,
        pictures=len(package.asset_ids) - len(left_out),
        left_out=len(left_out),
    )


def _fill(
    archive: Archive,
    stream: Written,
    package: Package,
    left_out: dict[str, NotPacked],
    bench: Bench,
) -> None:
    """Put the pictures in, and at the end which of them are not."""
    for number, asset_id in enumerate(package.asset_ids, start=1):
        if stream.size >= MOST_BYTES:
            left_out[asset_id] = NotPacked.NO_ROOM
        else:
            found = _picture(package, asset_id, bench)
            if isinstance(found, NotPacked):
                left_out[asset_id] = found
            else:
                archive.add_picture(number, *found)
        bench.packages.progress(package.package_id, number)
    if left_out:
        archive.add_left_out(
            (asset_id, reason.value, words(reason, package.language))
            for asset_id, reason in left_out.items()
        )


def _picture(
    package: Package, asset_id: str, bench: Bench
) -> tuple[str, bytes] | NotPacked:
    """Its name and its bytes, or why it is left out."""
    why = NotPacked.CHANGING
    for _ in range(_TRIES):
        try:
            return _leaving(package, asset_id, bench)
        except tuple(_WHY) as error:
            why = next(_WHY[each] for each in type(error).__mro__ if each in _WHY)
            if why is not NotPacked.CHANGING:
                break
    return why


def _leaving(package: Package, asset_id: str, bench: Bench) -> tuple[str, bytes]:
    event = use_of(package, asset_id)
    result, leaving = download_step.leave_asset(
        event,
        bench.library,
        bench.register,
        bench.bases,
        bench.versions,
        bench.disclosures,
        bench.now,
        bench.new_id,
    )
    bench.packages.put_packed(package, packed_of(package, leaving))
    given = leaving.record.announcement.file_name
    if event.make is not None and result.rendition is None:
        name = made_file_name(given, event.make, masked=result.masked)
    else:
        there = result.rendition or RenditionName.WORKING
        name = rendition_file_name(given, there, masked=result.masked)
    return name, bench.placed.read(result.url)


def _entry(package: Package, left_out: int, size: int, at: datetime) -> NewEntry:
    return NewEntry(
        subject=package.package_id,
        entry_id=f"{TAG}:{package.package_id}",
        tag="egress:package:make",
        at=at,
        actor=package.made_by,
        data={
            "channel": package.channel.value,
            "pictures": len(package.asset_ids) - left_out,
            "left_out": left_out,
            "size": size,
        },
    )
