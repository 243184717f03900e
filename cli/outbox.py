"""Uploads that were begun: a run that was killed is gone on with, not begun anew.

The key of an upload is remembered before the library hears of it, and which picture it
became as soon as the library has said so. Whoever sends the same file again goes on with
that picture, and sends what is missing of it.
"""

import hashlib
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any
from uuid import uuid4

from cli.state import Remembered

FILE = "outbox.json"
KEY_LIVES = 23 * 3600.0
"""Seconds; an hour less than the library knows a key, so that no key has two lives."""
PICTURE_WAITS = 6.5 * 24 * 3600.0
"""Seconds; half a day less than the library keeps what was announced and never came."""


@dataclass(frozen=True, slots=True)
class Begun:
    """An upload that was begun."""

    key: str
    at: float
    asset_id: str | None = None
    """What it becomes, once the library has said so."""

    def lives(self, now: float) -> bool:
        """Whether the library still knows of it."""
        return now - self.at < (PICTURE_WAITS if self.asset_id else KEY_LIVES)


class Outbox:
    """What is on its way to one library."""

    def __init__(
        self,
        address: str,
        remembered: Remembered | None = None,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._address = address
        self._remembered = remembered or Remembered(FILE)
        self._now = now

    def begin(self, path: Path, announced: Mapping[str, Any]) -> Begun:
        """The upload of this file: the one that was begun before, or a new one."""
        name = self._name(path, announced)
        with self._remembered.alone():
            all_begun = self._all()
            begun = all_begun.get(name) or Begun(uuid4().hex, self._now())
            self._write({**all_begun, name: begun})
        return begun

    def note(self, path: Path, announced: Mapping[str, Any], asset_id: str) -> None:
        """It becomes this picture."""
        name = self._name(path, announced)
        with self._remembered.alone():
            all_begun = self._all()
            if name in all_begun:
                noted = replace(all_begun[name], asset_id=asset_id)
                self._write({**all_begun, name: noted})

    def done(self, path: Path, announced: Mapping[str, Any]) -> None:
        """It has arrived, or is gone: the same file once more is another upload."""
        name = self._name(path, announced)
        with self._remembered.alone():
            self._write({k: v for k, v in self._all().items() if k != name})

    def _all(self) -> dict[str, Begun]:
        now, found = self._now(), {}
        for name, entry in (self._remembered.read() or {}).items():
            try:
                begun = Begun(**entry)
            except TypeError:  # of another version of this command
                continue
            if begun.lives(now):
                found[name] = begun
        return found

    def _write(self, all_begun: Mapping[str, Begun]) -> None:
        self._remembered.write({k: asdict(v) for k, v in all_begun.items()})

    def _name(self, path: Path, announced: Mapping[str, Any]) -> str:
        """A digest: which files somebody sends is nobody else's business."""
        said = [self._address, str(path.resolve()), announced]
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
