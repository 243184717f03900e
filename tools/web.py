"""Build the web site to `build/web`: `python -m tools.web [budget]`.

The staff app (`web/staff`) is bundled by Vite; the pages for people without an account
are carried as they are. What has a hash in its name is packed once, here: nobody waits
for it later. A retry is safe: the finished folder replaces the old one.
"""

import gzip
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from tools.steps import ROOT

STAFF = ROOT / "web/staff"
BUNDLE = ROOT / "build/staff"
SITE = ROOT / "build/web"
MANIFEST = BUNDLE / ".vite/manifest.json"
FIRST_LOAD = 350 * 1024
"""Bytes, packed, that the app may take before its first page is there."""


class WebBuildError(Exception):
    """The site cannot be built; the sentence says why."""


def carried() -> Iterator[Path]:
    """What lies in `web` for people without an account: pages and what they load."""
    yield from (p for p in sorted((ROOT / "web").glob("*.*")) if p.suffix != ".md")
    yield from sorted((ROOT / "web/subject").rglob("*.*"))


def build() -> None:
    """Bundle the app, put the subject pages beside it, and pack what has a hash."""
    npm = ["npm", "run", "--silent", "build"]
    done = subprocess.run(npm, cwd=STAFF, capture_output=True, text=True, check=False)
    if done.returncode:
        raise WebBuildError(f"{done.stdout}{done.stderr}")
    scratch = SITE.with_name(f".web.{os.getpid()}")
    shutil.rmtree(scratch, ignore_errors=True)
    hidden = shutil.ignore_patterns(".vite")
    shutil.copytree(BUNDLE, scratch, ignore=hidden)
    for path in carried():
        target = scratch / path.relative_to(ROOT / "web")
        target.parent.mkdir(exist_ok=True)
        shutil.copyfile(path, target)
    for path in sorted((scratch / "assets").iterdir()):
        packed = path.with_name(f"{path.name}.gz")
        packed.write_bytes(gzip.compress(path.read_bytes(), 9, mtime=0))
    shutil.rmtree(SITE, ignore_errors=True)
    scratch.rename(SITE)


def first_load() -> int:
    """Return the bytes, packed, of what a browser needs before the first page: code,
    styles, and the room that everybody begins in."""
    manifest = json.loads(MANIFEST.read_text())
    wanted = ["index.html", "rooms/library/route.tsx", "rooms/home/route.tsx"]
    names: set[str] = set()
    seen: set[str] = set()
    while wanted:
        chunk = wanted.pop()
        if chunk in seen or chunk not in manifest:
            continue
        seen.add(chunk)
        names |= {manifest[chunk]["file"], *manifest[chunk].get("css", ())}
        wanted += manifest[chunk].get("imports", ())
    return sum((SITE / f"{name}.gz").stat().st_size for name in names)


def main(arguments: Sequence[str]) -> int:
    """Build (unless only the `budget` of what is built is asked for), and say what a
    first visit takes; 1 where that is too much."""
    try:
        if arguments != ["budget"]:
            build()
    except WebBuildError as error:
        print(f"web: {error}", file=sys.stderr)
        return 1
    taken = first_load()
    print(f"web: a first visit takes {taken / 1024:.0f} KiB of {FIRST_LOAD // 1024}")
    return 0 if taken <= FIRST_LOAD else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
