"""Find Chromium for the browser tests, or install Debian's: `python -m tools.chromium`.

Playwright's own download is not used: the browser then comes from the same place as the
machine's other packages, with their updates.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ELSEWHERE = (
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
)


class NoChromiumError(Exception):
    """There is no Chromium, and it cannot be installed from here."""


def find() -> Path | None:
    """Return the Chromium that `CHROMIUM` names, or the first on this machine."""
    if named := os.environ.get("CHROMIUM"):
        return Path(named)
    found = (shutil.which(name) for name in NAMES)
    return next(
        (Path(path) for path in found if path),
        next((path for path in ELSEWHERE if path.is_file()), None),
    )


def install() -> Path:
    """Install Debian's package, when this is Debian and we may; return the browser."""
    elevate = _elevation()
    if shutil.which("apt-get") is None or elevate is None:
        raise NoChromiumError(
            "the browser tests need Chromium: install it (on Debian as root:"
            " `apt-get install chromium`), or name one in the variable CHROMIUM"
        )
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (
        ["update"],
        ["install", "--yes", "--no-install-recommends", "chromium"],
    ):
        done = subprocess.run([*elevate, "apt-get", *words], env=quiet, check=False)
        if done.returncode:
            raise NoChromiumError(f"`apt-get {' '.join(words)}` failed; see above")
    if (browser := find()) is None:
        raise NoChromiumError("Debian's package chromium brought no browser")
    return browser


def _elevation() -> list[str] | None:
    """Return what to put before a command to run it as root; None when that cannot be."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], check=False).returncode == 0:
        return [sudo, "-n"]
    return None


def main() -> int:
    """Print the browser's path, installing it first where there is none."""
    try:
        print(f"chromium: {find() or install()}")
    except NoChromiumError as error:
        print(f"chromium: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
