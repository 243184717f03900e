"""Bring real photographs to this machine: `python -m tools.photos`.

None is committed; `photos.lock` says which files of which packages they are, with the
hash of each. Safe to repeat and to interrupt: a file that is there and right is left
alone, and a file appears whole or not at all.
"""

import hashlib
import importlib.util
import os
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PHOTOS = ROOT / ".cache/photos"
LOCK = ROOT / "tools/photos.lock"
INERT_BACKEND = ROOT / "tools/inert_backend"

type Box = tuple[float, float, float, float]
"""x, y, width, height in upright pixels."""


class PhotoUnavailableError(Exception):
    """A photo cannot be brought here; the sentence says which and why."""


class WrongPhotoError(Exception):
    """A file is not the one that the lock names."""


@dataclass(frozen=True)
class Package:
    """Where photos come from: an installed package, or a source archive by its hash."""

    installed: str | None = None
    requirement: str | None = None
    sha256: str | None = None


@dataclass(frozen=True)
class Photo:
    """One photograph: what it is, who is on it and where."""

    name: str
    package: str
    member: str
    sha256: str
    size: tuple[int, int]
    person: str
    faces: tuple[Box, ...]
    rights: str

    @property
    def path(self) -> Path:
        """Return where `python -m tools.photos` puts it."""
        return PHOTOS / self.name


@cache
def photos(lock: Path = LOCK) -> Mapping[str, Photo]:
    """Return every photo of the lock by name, whether it is here yet or not."""
    read = _read(lock)
    return {
        name: Photo(
            name=name,
            package=entry["package"],
            member=entry["member"],
            sha256=entry["sha256"],
            size=(entry["size"][0], entry["size"][1]),
            person=entry["person"],
            faces=tuple((x, y, w, h) for x, y, w, h in entry["faces"]),
            rights=read["rights"][entry["rights"]],
        )
        for name, entry in read["photos"].items()
    }


def packages(lock: Path = LOCK) -> Mapping[str, Package]:
    """Return the packages that the photos come from."""
    return {name: Package(**entry) for name, entry in _read(lock)["packages"].items()}


def _read(lock: Path) -> dict[str, Any]:
    return tomllib.loads(lock.read_text(encoding="utf-8"))


def bring(lock: Path = LOCK) -> list[Path]:
    """Put every photo that is missing or wrong in its place; return those."""
    wanting = [photo for photo in photos(lock).values() if not _is_right(photo)]
    sources = packages(lock)
    with tempfile.TemporaryDirectory() as scratch:
        archives: dict[str, Path] = {}
        for photo in wanting:
            package = sources[photo.package]
            if package.installed:
                content = _from_installed(package.installed, photo.member)
            else:
                if photo.package not in archives:
                    archives[photo.package] = download(package, Path(scratch))
                content = _from_archive(archives[photo.package], photo.member)
            _check(photo, content)
            _write(photo.path, content)
    return [photo.path for photo in wanting]


def download(package: Package, folder: Path) -> Path:
    """Download a source archive with the configured pip, checked, and run nothing of it.

    pip would run the archive's `setup.py` to learn its metadata, so it is given a build
    backend that reads them instead (`tools/inert_backend`).
    """
    requirement = folder / "requirement.txt"
    requirement.write_text(f"{package.requirement} --hash=sha256:{package.sha256}\n")
    words = ("download", "--quiet", "--no-deps", "--no-binary", ":all:")
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pip", *words, "--disable-pip-version-check"),
            *("--no-build-isolation", "--require-hashes"),
            *("--requirement", requirement, "--dest", folder),
        ],
        env={**os.environ, "PYTHONPATH": str(INERT_BACKEND)},
        capture_output=True,
        text=True,
        check=False,
    )
    archive = next(folder.glob("*.tar.gz"), None)
    if done.returncode or archive is None:
        raise PhotoUnavailableError(
            f"{package.requirement} did not come: {done.stderr.strip()}"
        )
    return archive


def _from_archive(archive: Path, member: str) -> bytes:
    with tarfile.open(archive) as content:
        for entry in content:
            if entry.isfile() and entry.name.partition("/")[2] == member:
                file = content.extractfile(entry)
                if file is not None:
                    return file.read()
    raise PhotoUnavailableError(f"{archive.name} has no {member}")


def _from_installed(package: str, member: str) -> bytes:
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise PhotoUnavailableError(f"{package} is not installed; run tools/setup.sh")
    return Path(spec.submodule_search_locations[0], member).read_bytes()


def _is_right(photo: Photo) -> bool:
    if not photo.path.is_file():
        return False
    return hashlib.sha256(photo.path.read_bytes()).hexdigest() == photo.sha256


def _check(photo: Photo, content: bytes) -> None:
    if hashlib.sha256(content).hexdigest() != photo.sha256:
        raise WrongPhotoError(f"{photo.member} of {photo.package} is another file now")


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    scratch = path.with_name(f".{path.name}.{os.getpid()}")
    scratch.write_bytes(content)
    scratch.rename(path)


def main() -> int:
    """Bring the photos, and say what came."""
    try:
        came = bring()
    except (PhotoUnavailableError, WrongPhotoError) as error:
        print(f"photos: {error}", file=sys.stderr)
        return 1
    print(f"photos: {len(came)} new of {len(photos())}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
