"""The files of exports, in memory."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from typing import override

from beeldrecht.adapters.errors import MissingObjectError
from tests.fakes.effects import Effects


class _Stream(io.BytesIO):
    @property
    def size(self) -> int:
        return len(self.getvalue())

    @property
    def sha256(self) -> str:
        return sha256(self.getvalue()).hexdigest()

    @override
    def seekable(self) -> bool:
        return False

    @override
    def tell(self) -> int:
        raise OSError("a stream has no place")


class FakeExportFiles:
    """Parts and packages, by export."""

    def __init__(self, effects: Effects | None = None) -> None:
        self._effects = effects or Effects()
        self.parts: dict[tuple[str, str], bytes] = {}
        self.packages: dict[str, bytes] = {}
        self.days: dict[str, int] = {}

    def put_part(self, export_id: str, name: str, content: bytes) -> None:
        with self._effects.effect("files.part"):
            self.parts[export_id, name] = content

    def part(self, export_id: str, name: str) -> bytes:
        try:
            return self.parts[export_id, name]
        except KeyError as error:
            raise MissingObjectError(export_id) from error

    def drop_parts(self, export_id: str) -> int:
        own = [key for key in self.parts if key[0] == export_id]
        for key in own:
            with self._effects.effect("files.drop_part"):
                del self.parts[key]
        return len(own)

    @contextmanager
    def writing(self, export_id: str, days: int = 1) -> Iterator[_Stream]:
        stream = _Stream()
        yield stream
        with self._effects.effect("files.package"):
            self.packages[export_id] = stream.getvalue()
            self.days[export_id] = days

    def drop(self, export_id: str) -> None:
        with self._effects.effect("files.drop"):
            self.packages.pop(export_id, None)

    def link(self, export_id: str, seconds: int, file_name: str) -> str:
        return f"https://exports.invalid/{export_id}?{seconds}&{file_name}"
