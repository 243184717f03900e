"""Unpacks Lambda layers: each once, each distinct set of them merged once.

The layers of one function come to 235 MB; unpacking them at every cold start would cost
seconds. A layer is unpacked into a folder named after its content, and a set is a tree of
hard links into those, so that five sets take the disk of one.
"""

import hashlib
import io
import os
import shutil
import tempfile
import threading
import time
import zipfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

type Layer = tuple[str, Callable[[], bytes | None]]
"""A layer version's ARN and how to get its package."""


UNUSED_AFTER = 14 * 86400
"""Seconds after which a folder that no function started with is removed."""


class LayerCache:
    """Layers on disk, by content; safe for several emulators at once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        remove_unused(folder)
        self._digests: dict[str, tuple[bytes, str]] = {}
        self._lock = threading.Lock()

    def merged(self, layers: Sequence[Layer]) -> Path | None:
        """Give the folder with what these layers, in this order, put in /opt."""
        packages = [(arn, package) for arn, read in layers if (package := read())]
        if not packages:
            return None
        with self._lock:
            digests = [self._digest(arn, package) for arn, package in packages]
            name = hashlib.sha256(" ".join(digests).encode()).hexdigest()[:32]
            return self._once(name, lambda path: self._merge(path, packages))

    def _digest(self, arn: str, package: bytes) -> str:
        known = self._digests.get(arn)
        if known is None or known[0] is not package:
            known = (package, hashlib.sha256(package).hexdigest()[:32])
            self._digests[arn] = known
        return known[1]

    def _merge(self, target: Path, packages: Sequence[tuple[str, bytes]]) -> None:
        for arn, package in packages:
            digest = self._digest(arn, package)
            layer = self._once(digest, partial(_unpack, package))
            shutil.copytree(layer, target, copy_function=_link_over, dirs_exist_ok=True)

    def _once(self, name: str, fill: Callable[[Path], None]) -> Path:
        """Fill a folder unless it is there; it appears whole or not at all."""
        path = self._folder / name
        if not path.is_dir():
            self._folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(dir=self._folder, prefix=".") as scratch:
                fill(Path(scratch, name))
                try:
                    Path(scratch, name).rename(path)
                except OSError:  # another emulator was first
                    if not path.is_dir():
                        raise
        os.utime(path)
        return path


def remove_unused(folder: Path) -> None:
    """Remove what was not used for long: every change of a layer leaves one behind."""
    for path in folder.glob("*"):
        if time.time() - path.stat().st_mtime > UNUSED_AFTER:
            shutil.rmtree(path, ignore_errors=True)


def _unpack(package: bytes, folder: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        for member in archive.infolist():
            path = Path(archive.extract(member, folder))
            mode = member.external_attr >> 16
            if mode & 0o111 and not member.is_dir():
                path.chmod(mode & 0o777)


def _link_over(source: str, target: str) -> None:
    """Link a file; a later layer's file replaces an earlier one's."""
    Path(target).unlink(missing_ok=True)
    os.link(source, target)
