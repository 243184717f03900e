"""Where films are looked through: on this function's own disk, as long as it takes."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.films import Film, Frame
from beeldrecht.domain.intake import AssetRecord, Original, RenditionName
from beeldrecht_vision.detection import FaceDetector

from .films import opened
from .sheet import Looked, look_through


class Records(Protocol):
    """Where what is known of films is kept."""

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
        """Record what it is and what was made of it."""
        ...


class FileBytes(Protocol):
    """The renditions, the file itself among them."""

    def write(
        self, asset_id: str, name: RenditionName, jpeg: bytes, file_name: str
    ) -> None:
        """Store one, with the name of the file that it was made from."""
        ...

    def read(self, asset_id: str, name: RenditionName) -> bytes:
        """The bytes of a rendition."""
        ...


class FilmRoom:
    """Looks films through, and records what they are."""

    def __init__(
        self, records: Records, files: FileBytes, detector: FaceDetector
    ) -> None:
        self._records = records
        self._files = files
        self._detector = detector

    def look_through(self, record: AssetRecord) -> Looked | None:
        """Some frames of a film; None where the decoder cannot read one.

        The film lies on the disk of this function meanwhile, and goes whatever happens.
        What is read is the file that would leave.
        """
        with TemporaryDirectory(prefix="film-") as folder:
            path = Path(folder, "film")
            path.write_bytes(self._files.read(record.asset_id, RenditionName.FILE))
            with opened(path) as reel:
                return None if reel is None else look_through(reel, self._detector)

    def keep(
        self,
        record: AssetRecord,
        poster: Original,
        looked: Looked,
        at: datetime,
        entry: NewEntry,
    ) -> None:
        """Store what was made of it, then record that, and what the film is.

        The files land before the record that says they are there: a retry writes them
        once more. Raises StaleRevisionError.
        """
        name = record.announcement.file_name
        for rendition, made in looked.files.items():
            self._files.write(record.asset_id, rendition, made, name)
        made_of_it = record.renditions | looked.files.keys()
        self._records.record(
            record, poster, looked.film, looked.frames, made_of_it, at, entry
        )
