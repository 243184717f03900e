"""Films in memory: what a decoder would say of them, and where that is kept."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.films import Film, Frame, FrameBox
from beeldrecht.domain.intake import AssetRecord, Original, RenditionName
from tests.fakes.library import FakeLibrary
from tests.fakes.objects import FakeRenditions
from tests.fakes.samples import picture_of

FILM: Final = Film(
    duration_ms=12_000,
    codec="h264",
    width=1920,
    height=1080,
    poster_ms=500,
    frame_count=2,
    complete=True,
)
FRAMES: Final = (
    Frame(500, 0, ()),
    Frame(1500, 1, (FrameBox(10, 20, 30, 40),)),
)


@dataclass(frozen=True)
class Watched:
    """A film that was looked through."""

    film: Film = FILM
    frames: tuple[Frame, ...] = FRAMES
    files: dict[RenditionName, bytes] = field(
        default_factory=lambda: dict.fromkeys(
            (
                RenditionName.WORKING,
                RenditionName.PREVIEW,
                RenditionName.THUMB,
                RenditionName.FRAMES,
            ),
            picture_of(),
        )
    )
    poster_size: tuple[int, int] = (64, 48)


class FakeFilms:
    """What the real room and repository do, with a decoder that says what it is told."""

    def __init__(self, library: FakeLibrary, renditions: FakeRenditions) -> None:
        self._library = library
        self._renditions = renditions
        self.watched: Watched | None = Watched()
        self.looks = 0
        self.films: dict[str, Film] = {}
        self.seen: dict[str, tuple[Frame, ...]] = {}

    def look_through(self, record: AssetRecord) -> Watched | None:
        self.looks += 1
        return self.watched

    def keep(
        self,
        record: AssetRecord,
        poster: Original,
        looked: Watched,
        at: datetime,
        entry: NewEntry,
    ) -> None:
        name, library = record.announcement.file_name, self._library
        for rendition, made in looked.files.items():
            self._renditions.write(record.asset_id, rendition, made, name)
        with library._effects.effect("films.record"):
            row = library._load(record, entry)
            row.record = replace(
                row.record,
                original=poster,
                renditions=record.renditions | looked.files.keys(),
                revision=row.record.revision + 1,
            )
            self.films[record.asset_id] = looked.film
            self.seen[record.asset_id] = looked.frames
            library._say(entry)

    def film(self, asset_id: str) -> Film | None:
        return self.films.get(asset_id)

    def frames(self, asset_id: str) -> tuple[Frame, ...] | None:
        return self.seen.get(asset_id)
