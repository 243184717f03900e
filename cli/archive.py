"""The files of an archive, and their digests, remembered between two runs.

What is remembered only saves reading the files again: which of them arrived the library
knows by itself, so a machine without this memory goes on from the same place.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple, Protocol

from cli.files import Candidate, FileRefusal, FileRefusedError, Sendable, candidate
from cli.sending import digests
from cli.sidecars import ENDING, LARGEST_XMP, SidecarRefusedError, places_of_xmp
from cli.state import PRIVATE_FILE, PRIVATE_FOLDER, state_folder

NOT_PICTURES = frozenset({ENDING, ".csv"})
"""What stands beside pictures and is none: passed over without a word."""
_ROOMS = """
CREATE TABLE IF NOT EXISTS digests (
    path TEXT PRIMARY KEY, size INTEGER NOT NULL, changed INTEGER NOT NULL,
    whole TEXT NOT NULL, parts TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS objects (
    path TEXT PRIMARY KEY, etag TEXT NOT NULL, media_type TEXT NOT NULL,
    whole TEXT NOT NULL, parts TEXT NOT NULL
);
"""


@dataclass(frozen=True, slots=True)
class Found:
    """A file of an archive."""

    path: str
    """From where the archive begins on, with `/`."""
    size: int = 0
    refusal: FileRefusal | None = None
    """Why it is not sent."""


class Read(NamedTuple):
    """A file that was read once: how it is sent, and its digests in hexadecimal."""

    file: Sendable
    whole: str
    parts: tuple[str, ...]


class Archive(Protocol):
    """Where the files of an archive lie."""

    @property
    def name(self) -> str:
        """What its import is called, where nobody says otherwise."""
        ...

    def files(self) -> Iterator[Found]:
        """Every file of it, in an order that stays the same."""
        ...

    def xmp(self, path: str) -> bytes | None:
        """What stands beside a file; None for nothing. Raises SidecarRefusedError."""
        ...

    def read(self, found: Found, kept: "Digests") -> Read:
        """A file to be announced; raises FileRefusedError, and OSError to try again."""
        ...

    def let_go(self, path: str) -> None:
        """Keep nothing of a file that is through."""
        ...


class Folder:
    """An archive in a folder of this machine."""

    def __init__(self, place: Path) -> None:
        self._place = place
        self._files: dict[str, Candidate] = {}

    @property
    def name(self) -> str:
        """The folder's own."""
        return self._place.resolve().name

    def files(self) -> Iterator[Found]:
        """Every file below it.

        Hidden ones and links are passed over; what is no picture comes with the reason.
        """
        for base, folders, names in os.walk(self._place):
            folders[:] = sorted(each for each in folders if not each.startswith("."))
            for name in sorted(names):
                path = Path(base) / name
                passed = path.suffix.lower() in NOT_PICTURES or path.is_symlink()
                if passed or name.startswith("."):
                    continue
                where = path.relative_to(self._place).as_posix()
                try:
                    self._files[where] = file = candidate(path)
                    yield Found(where, file.size)
                except FileRefusedError as error:
                    yield Found(where, refusal=error.reason)

    def xmp(self, path: str) -> bytes | None:
        """The sidecar beside a file."""
        for place in places_of_xmp(path):
            beside = self._place / place
            if beside.is_file():
                try:
                    if beside.stat().st_size > LARGEST_XMP:
                        raise SidecarRefusedError(beside.name)
                    return beside.read_bytes()
                except OSError as error:
                    raise SidecarRefusedError(beside.name) from error
        return None

    def read(self, found: Found, kept: "Digests") -> Read:
        """The file, read only where it changed since it was read."""
        file = self._files[found.path]
        return Read(file, *kept.of(found.path, file))

    def let_go(self, path: str) -> None:
        """Nothing was kept: the file is the user's own."""


class Digests:
    """The digests of files, kept until a file changes."""

    def __init__(self, import_id: str, folder: Path | None = None) -> None:
        place = (folder or state_folder()) / "imports"
        place.mkdir(PRIVATE_FOLDER, parents=True, exist_ok=True)
        file = place / f"{import_id}.db"
        os.close(os.open(file, os.O_CREAT | os.O_WRONLY, PRIVATE_FILE))
        self._kept = sqlite3.connect(file, check_same_thread=False, isolation_level=None)
        self._alone = Lock()
        self._kept.execute("PRAGMA journal_mode = WAL")
        self._kept.execute("PRAGMA synchronous = NORMAL")
        self._kept.executescript(_ROOMS)

    def of(self, path: str, file: Candidate) -> tuple[str, tuple[str, ...]]:
        """The SHA-256 of a file and of its parts; read only where it changed."""
        stands = file.path.stat()
        same = (stands.st_size, stands.st_mtime_ns)
        row = self._row("SELECT size, changed, whole, parts FROM digests", path)
        if row is not None and (row[0], row[1]) == same:
            return row[2], tuple(row[3].split())
        whole, parts = digests(file)
        kept = (path, *same, whole, " ".join(parts))
        self._keep("INSERT OR REPLACE INTO digests VALUES (?, ?, ?, ?, ?)", kept)
        return whole, parts

    def of_object(self, path: str, etag: str) -> tuple[str, str, tuple[str, ...]] | None:
        """Type and digests of an object as they were noted; None once it changed."""
        row = self._row("SELECT etag, media_type, whole, parts FROM objects", path)
        if row is None or row[0] != etag:
            return None
        return row[1], row[2], tuple(row[3].split())

    def note_object(
        self, path: str, etag: str, media_type: str, whole: str, parts: tuple[str, ...]
    ) -> None:
        """Keep what was read of an object."""
        row = (path, etag, media_type, whole, " ".join(parts))
        self._keep("INSERT OR REPLACE INTO objects VALUES (?, ?, ?, ?, ?)", row)

    def _row(self, what: str, path: str) -> tuple[Any, ...] | None:
        asked = f"{what} WHERE path = ?"
        with self._alone, closing(self._kept.execute(asked, (path,))) as rows:
            row: tuple[Any, ...] | None = rows.fetchone()
        return row

    def _keep(self, how: str, row: tuple[object, ...]) -> None:
        with self._alone:
            self._kept.execute(how, row)

    def close(self) -> None:
        """Let go of the file."""
        self._kept.close()
