"""What the command remembers between two runs, readable by its user alone."""

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

PRIVATE_FILE = 0o600
PRIVATE_FOLDER = 0o700


def state_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """Where it is kept: `BEELDRECHT_STATE`, or the place the system has for that."""
    if own := environment.get("BEELDRECHT_STATE"):
        return Path(own)
    base = environment.get("XDG_STATE_HOME")
    return (Path(base) if base else Path.home() / ".local/state") / "beeldrecht"


class Remembered:
    """One JSON object in a file that nobody else can read; it is there whole or not."""

    def __init__(self, name: str, folder: Path | None = None) -> None:
        self.path = (folder or state_folder()) / name

    def read(self) -> dict[str, Any] | None:
        """What was remembered; None when nothing was, or what is there is no object."""
        try:
            found = json.loads(self.path.read_text(encoding="utf-8"))
        except (FileNotFoundError, NotADirectoryError, ValueError):
            return None
        return found if isinstance(found, dict) else None

    def write(self, value: Mapping[str, Any]) -> None:
        """Remember this instead."""
        self._make_folder()
        scratch = self.path.with_name(f".{self.path.name}.{uuid4().hex}")
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
        try:
            with os.fdopen(os.open(scratch, flags, PRIVATE_FILE), "w") as file:
                json.dump(value, file)
            scratch.replace(self.path)
        except BaseException:
            scratch.unlink(missing_ok=True)
            raise

    def forget(self) -> None:
        """Remember nothing."""
        with suppress(FileNotFoundError, NotADirectoryError):
            self.path.unlink()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Let no other process of this user change it until the block ends."""
        self._make_folder()
        lock = self.path.with_suffix(".lock")
        flags = os.O_WRONLY | os.O_CREAT
        with os.fdopen(os.open(lock, flags, PRIVATE_FILE), "w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def _make_folder(self) -> None:
        self.path.parent.mkdir(PRIVATE_FOLDER, parents=True, exist_ok=True)
