"""Put the parts of a large file together, once all are there and none is another."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Annotated, Protocol

from pydantic import AfterValidator, Field, StringConstraints

from beeldrecht.domain.intake import AssetRecord, Part, StoredPart
from beeldrecht.runtime.events import Frozen, OpaqueId

MOST_PARTS = 10_000


class UnknownUploadError(Exception):
    """This person announced no such file, or none that comes in parts."""


class PartsMissingError(Exception):
    """The file is not complete; `numbers` are the parts to send again."""

    def __init__(self, numbers: Sequence[int]) -> None:
        super().__init__(f"{len(numbers)} parts are missing")
        self.numbers = tuple(numbers)


class SentPart(Frozen):
    """A part as its sender knows it: the entity tag is what the store answered."""

    number: Annotated[int, Field(ge=1, le=MOST_PARTS)]
    etag: Annotated[str, StringConstraints(pattern=r'^"?[0-9A-Za-z-]{1,64}"?$')]


def _in_order(parts: tuple[SentPart, ...]) -> tuple[SentPart, ...]:
    if any(one.number >= next_.number for one, next_ in pairwise(parts)):
        raise ValueError("parts are not in their order")
    return parts


UploadId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._~-]{1,1024}$")]
SentParts = Annotated[
    tuple[SentPart, ...],
    Field(min_length=1, max_length=MOST_PARTS),
    AfterValidator(_in_order),
]


class Event(Frozen):
    """Who says that which parts were sent."""

    asset_id: OpaqueId
    upload_id: UploadId
    parts: SentParts
    uploader_id: OpaqueId


class Result(Frozen):
    """The asset whose bytes are there now."""

    asset_id: OpaqueId


class Announced(Protocol):
    """The records of what was announced."""

    def record(self, asset_id: str) -> AssetRecord | None:
        """What is on record."""
        ...


class PartStore(Protocol):
    """Where the parts are."""

    def exists(self, asset_id: str) -> bool:
        """Whether the whole is there."""
        ...

    def stored_parts(
        self, asset_id: str, upload_id: str
    ) -> tuple[StoredPart, ...] | None:
        """The parts that arrived; None when there is no such upload."""
        ...

    def complete(
        self, asset_id: str, upload_id: str, parts: Sequence[StoredPart]
    ) -> bool:
        """Put them together, unless an object is there; tell whether that was done."""
        ...

    def abort(self, asset_id: str, upload_id: str) -> None:
        """Give them up."""
        ...


def complete_upload(event: Event, library: Announced, originals: PartStore) -> Result:
    """Compare the parts in the store with those announced, and put them together.

    Safe to repeat and to race: where an object is there, by this upload or by another,
    nothing is written over it, and what is left of this upload is given up. Raises
    UnknownUploadError and PartsMissingError.
    """
    asset_id = event.asset_id
    record = library.record(asset_id)
    if record is None or record.announcement.uploader_id != event.uploader_id:
        raise UnknownUploadError(asset_id)
    announced = record.announcement.parts
    if not announced:
        raise UnknownUploadError(asset_id)
    if not originals.exists(asset_id):
        _complete(event, announced, originals)
    originals.abort(asset_id, event.upload_id)
    return Result(asset_id=asset_id)


def _complete(event: Event, announced: tuple[Part, ...], originals: PartStore) -> None:
    """Leave the object there, by this completion or by one that came in between."""
    found = originals.stored_parts(event.asset_id, event.upload_id)
    stored = {each.part: each for each in found or ()}
    sent = {each.number: each.etag.strip('"') for each in event.parts}
    good = [
        stored[part]
        for part in announced
        if part in stored and sent.get(part.number) == stored[part].etag
    ]
    every = {part.number for part in announced}
    missing = every - {each.part.number for each in good}
    if missing or sent.keys() - every:
        raise PartsMissingError(sorted(missing))
    if originals.complete(event.asset_id, event.upload_id, good):
        return
    # Somebody else completed it between the two calls, or gave it up.
    if not originals.exists(event.asset_id):
        raise PartsMissingError(sorted(every))


def abort_upload(
    asset_id: str, upload_id: str, uploader_id: str, library: Announced, store: PartStore
) -> None:
    """Give up what was sent; the announcement ends by itself. Safe to repeat.

    Raises UnknownUploadError.
    """
    record = library.record(asset_id)
    if record is None or record.announcement.uploader_id != uploader_id:
        raise UnknownUploadError(asset_id)
    store.abort(asset_id, upload_id)
