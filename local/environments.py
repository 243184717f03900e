"""The two environments the local cloud needs beside the developer's own.

`.cache/local-cloud` holds the emulator. `.cache/lambda-runtime` holds what AWS puts in a
function's runtime and nothing else, so that a package missing from a layer fails here as
it would there. Both are locked in local/cloud/uv.lock and made when they are not current.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PROJECT = ROOT / "local" / "cloud"
LOCK = PROJECT / "uv.lock"
EMULATOR = ROOT / ".cache" / "local-cloud"
FUNCTIONS = ROOT / ".cache" / "lambda-runtime"
CACHE = ROOT / ".local" / "cache"
"""Unpacked layers by content, and their bytecode."""
PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"
"""The version that functions run with here: the set-up's, 3.13 as at AWS, or 3.12."""


class LocalCloudError(Exception):
    """Something in the way of the local cloud, in one sentence a person can act on."""


def lock_digest() -> str:
    """Give a name to the locked versions; kept state belongs to one of them."""
    return hashlib.sha256(LOCK.read_bytes()).hexdigest()[:16]


def ensure_environments() -> None:
    """Make both environments unless they are as locked."""
    _ensure(EMULATOR)
    _ensure(FUNCTIONS, "--only-group", "lambda-runtime")


def _ensure(environment: Path, *groups: str) -> None:
    stamp = environment / ".lock"
    if stamp.is_file() and stamp.read_text() == lock_digest():
        return
    command = [_uv(), "sync", "--locked", "--quiet", "--project", str(PROJECT), *groups]
    env = os.environ | {"UV_PROJECT_ENVIRONMENT": str(environment)}
    made = subprocess.run(
        [*command, "--python", _python()],
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode:
        raise LocalCloudError(
            f"uv could not make {environment.name}: {made.stderr.strip()}"
        )
    stamp.write_text(lock_digest())


def _uv() -> str:
    ours = ROOT / ".cache" / "tools" / "uv" / "bin" / "uv"
    found = str(ours) if ours.is_file() else shutil.which("uv")
    if not found:
        raise LocalCloudError("uv is not installed; run `make setup` first.")
    return found


def _python() -> str:
    """The interpreter at hand, which needs no download."""
    return str(Path(sys.base_prefix) / "bin" / f"python{PYTHON}")
