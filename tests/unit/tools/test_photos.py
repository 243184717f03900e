"""The photos are the pinned ones, and bringing them runs nothing of their archive."""

import hashlib
import io
import tarfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from PIL import Image

from tools import photos as module
from tools.photos import (
    Package,
    Photo,
    PhotoUnavailableError,
    WrongPhotoError,
    bring,
    download,
    packages,
    photos,
)

PHOTOS = [pytest.param(photo, id=photo.name) for photo in photos().values()]


@pytest.mark.parametrize("photo", PHOTOS)
def test_a_photo_is_the_pinned_one(photo: Photo) -> None:
    assert hashlib.sha256(photo.path.read_bytes()).hexdigest() == photo.sha256
    with Image.open(photo.path) as opened:
        assert opened.size == photo.size


@pytest.mark.parametrize("photo", PHOTOS)
def test_a_photo_says_who_is_on_it_where_and_by_what_right(photo: Photo) -> None:
    assert photo.person
    assert photo.rights
    width, height = photo.size
    for x, y, across, down in photo.faces:
        assert 0 <= x < x + across <= width
        assert 0 <= y < y + down <= height


def test_every_package_is_pinned_or_installed() -> None:
    for package in packages().values():
        assert package.installed or (package.requirement and package.sha256)


def archive_with(folder: Path, files: Mapping[str, bytes]) -> tuple[Package, Path]:
    """A source archive of a package `portraits`, offered to pip without any network."""
    index = folder / "index"
    index.mkdir()
    path = index / "portraits-1.0.tar.gz"
    with tarfile.open(path, "w:gz") as archive:
        for name, content in files.items():
            entry = tarfile.TarInfo(f"portraits-1.0/{name}")
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return Package(requirement="portraits==1.0", sha256=digest), index


@pytest.fixture
def offline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let pip see the archive's folder and nothing else."""
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path / "index"))


INFO = b"Metadata-Version: 1.1\nName: portraits\nVersion: 1.0\n"


@pytest.mark.usefixtures("offline")
def test_downloading_an_archive_does_not_run_its_setup(tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    script = f"open({str(ran)!r}, 'w')\nfrom setuptools import setup\nsetup()\n"
    files = {"PKG-INFO": INFO, "setup.py": script.encode()}
    package, _ = archive_with(tmp_path, files)
    target = tmp_path / "target"
    target.mkdir()
    assert download(package, target).name == "portraits-1.0.tar.gz"
    assert not ran.exists()


@pytest.mark.usefixtures("offline")
def test_an_archive_that_is_not_the_pinned_one_is_refused(tmp_path: Path) -> None:
    package, index = archive_with(tmp_path, {"PKG-INFO": INFO, "setup.py": b""})
    wrong = Package(requirement=package.requirement, sha256="0" * 64)
    target = tmp_path / "target"
    target.mkdir()
    with pytest.raises(PhotoUnavailableError, match=r"(?i)hash"):
        download(wrong, target)
    assert index.exists()


LOCK = """
[rights]
own = "made for this test"
[packages.source]
installed = "{package}"
[photos."one.jpg"]
package = "source"
member = "one.jpg"
sha256 = "{sha256}"
size = [8, 8]
person = "nobody"
faces = []
rights = "own"
"""


@pytest.fixture
def lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A lock with one photo, out of an installed package of its own."""
    package = tmp_path / "site" / "portraits_of_a_test"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "one.jpg").write_bytes(b"a photo")
    monkeypatch.syspath_prepend(tmp_path / "site")
    monkeypatch.setattr(module, "PHOTOS", tmp_path / "photos")
    path = tmp_path / "photos.lock"
    sha256 = hashlib.sha256(b"a photo").hexdigest()
    path.write_text(LOCK.format(package=package.name, sha256=sha256))
    return path


def test_a_photo_is_brought_once_and_again_when_it_was_changed(lock: Path) -> None:
    (brought,) = bring(lock)
    assert brought.read_bytes() == b"a photo"
    assert bring(lock) == []
    brought.write_bytes(b"another")
    assert bring(lock) == [brought]
    assert brought.read_bytes() == b"a photo"


def test_a_file_that_is_not_the_pinned_one_never_appears(
    lock: Path, tmp_path: Path
) -> None:
    (tmp_path / "site/portraits_of_a_test/one.jpg").write_bytes(b"another photo")
    with pytest.raises(WrongPhotoError, match="another file now"):
        bring(lock)
    assert not (tmp_path / "photos/one.jpg").exists()
