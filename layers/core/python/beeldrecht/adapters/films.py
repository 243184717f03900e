"""What is known of films, and where faces were seen in them: the library table."""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial
from typing import Any

from pynamodb.attributes import JSONAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.exceptions import DoesNotExist
from pynamodb.transactions import TransactWrite

from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.films import Film, Frame, FrameBox
from beeldrecht.domain.intake import AssetRecord, Original, RenditionName
from beeldrecht.domain.retention import RetentionKind, over

from . import keys
from .binding import bind
from .errors import ActRefusedError, StaleRevisionError
from .library_items import AssetItem, LibraryItem
from .retention import Retention
from .trail import NoTrail, Trail


class FilmItem(LibraryItem, discriminator="film"):
    """What a film is."""

    asset_id = UnicodeAttribute()
    told = JSONAttribute()


class FilmFramesItem(LibraryItem, discriminator="film_frames"):
    """Where faces were seen in its frames: dated, as boxes that nobody named are."""

    asset_id = UnicodeAttribute()
    seen = JSONAttribute()
    found_at = UTCDateTimeAttribute()


class Films:
    """The repository of what films are."""

    def __init__(
        self,
        table: str,
        region: str,
        trail: Trail | None = None,
        now: Callable[[], datetime] | None = None,
    ) -> None:
        bind(LibraryItem, table, region)
        self._trail = trail or NoTrail()
        self._retention = Retention(table, region)
        self._now = now or partial(datetime.now, UTC)

    def record(
        self,
        record: AssetRecord,
        poster: Original,
        film: Film,
        frames: Sequence[Frame],
        renditions: frozenset[RenditionName],
        at: datetime,
        entry: NewEntry,
    ) -> None:
        """Record what a film is and what was made of it, as one act.

        From then on its poster is its picture. Raises StaleRevisionError when somebody
        changed it since it was read, and after that nothing of this is recorded.
        """
        asset_id = record.asset_id
        item = _load(record)
        kind, now = RetentionKind.UNLINKED_FACES, self._now()
        until = self._retention.policy().expiry(kind, at, now)
        pk = keys.asset(asset_id)

        def write(act: TransactWrite) -> None:
            act.update(
                item,
                actions=[
                    AssetItem.original.set(asdict(poster)),
                    AssetItem.renditions.set({name.value for name in renditions}),
                ],
            )
            act.save(FilmItem(pk, keys.FILM, asset_id=asset_id, told=asdict(film)))
            act.save(
                FilmFramesItem(
                    pk,
                    keys.FRAMES,
                    asset_id=asset_id,
                    seen=[_plain(each) for each in frames],
                    found_at=at,
                    expires_at=until,
                )
            )

        try:
            self._trail.record(entry, write)
        except ActRefusedError as error:
            raise StaleRevisionError(asset_id) from error

    def film(self, asset_id: str) -> Film | None:
        """What a film is; None for what is none, or was not opened."""
        try:
            item = FilmItem.get(keys.asset(asset_id), keys.FILM, consistent_read=True)
        except DoesNotExist:
            return None
        return Film(**item.told)

    def frames(self, asset_id: str) -> tuple[Frame, ...] | None:
        """Where faces were seen; None where that is kept no longer, or never was."""
        try:
            item = FilmFramesItem.get(
                keys.asset(asset_id), keys.FRAMES, consistent_read=True
            )
        except DoesNotExist:
            return None
        if over(item.expires_at, self._now()):
            return None
        return tuple(_frame(each) for each in item.seen)


def film_gone(asset_id: str) -> tuple[LibraryItem, ...]:
    """The items to delete where a film becomes the picture of its poster."""
    pk = keys.asset(asset_id)
    return FilmItem(pk, keys.FILM), FilmFramesItem(pk, keys.FRAMES)


def _load(record: AssetRecord) -> AssetItem:
    try:
        item = AssetItem.get(keys.asset(record.asset_id), keys.META, consistent_read=True)
    except DoesNotExist as error:
        raise StaleRevisionError(record.asset_id) from error
    if item.revision != record.revision:
        raise StaleRevisionError(record.asset_id)
    return item


def _plain(frame: Frame) -> dict[str, Any]:
    boxes = [[box.x, box.y, box.width, box.height] for box in frame.boxes]
    return {"at_ms": frame.at_ms, "faces": frame.face_count, "boxes": boxes}


def _frame(said: dict[str, Any]) -> Frame:
    boxes = tuple(FrameBox(*(int(side) for side in box)) for box in said["boxes"])
    return Frame(int(said["at_ms"]), int(said["faces"]), boxes)
