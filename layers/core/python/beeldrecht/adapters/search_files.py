"""The files of the index in object storage: put there once, never changed, dropped whole.

An object's name says nothing of what is in it: whoever made it, and what Tantivy calls
the file.
"""

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from botocore.exceptions import ClientError

from .search_items import Generation

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

PREFIX: Final = "index/"
_META: Final = "meta.json"
_MISSING: Final = frozenset({"NoSuchKey", "404"})


class FileGoneError(Exception):
    """A file of a generation is not there any more: there is a newer generation."""


class IndexFiles:
    """The objects below `index/` of a bucket."""

    def __init__(self, s3: "S3Client", bucket: str) -> None:
        self._s3 = s3
        self._bucket = bucket

    def fetch(self, generation: Generation, store: Path, folder: Path) -> None:
        """Lay a generation out in an empty folder; raises FileGoneError.

        `store` keeps each object under its own name, so that the next generation fetches
        only what is new in it. The files of the folder are the same bytes, not copies.
        """
        store.mkdir(parents=True, exist_ok=True)
        folder.mkdir(parents=True, exist_ok=True)
        for name, key in sorted(generation.files.items()):
            kept = store / _flat(key)
            if not kept.exists():
                self._download(key, kept)
            os.link(kept, folder / name)
        if generation.meta:
            (folder / _META).write_text(json.dumps(generation.meta))
        for each in store.iterdir():
            if each.name not in {_flat(key) for key in generation.files.values()}:
                each.unlink()

    def put(
        self, folder: Path, before: Generation, made_by: str, store: Path
    ) -> tuple[Mapping[str, Any], dict[str, str]]:
        """Put what is new in a folder; give Tantivy's list and the object of each file.

        A file that the generation before had is the same one as long as it is still the
        bytes that were fetched.
        """
        meta = json.loads((folder / _META).read_text())
        files: dict[str, str] = {}
        for path in _files(folder, meta):
            known = before.files.get(path.name)
            kept = store / _flat(known) if known else None
            if known and kept and kept.exists() and kept.samefile(path):
                files[path.name] = known
                continue
            key = f"{PREFIX}{made_by}/{path.name}"
            with path.open("rb") as body:
                self._s3.put_object(Bucket=self._bucket, Key=key, Body=body)
            files[path.name] = key
        return meta, files

    def stored(self) -> Iterator[str]:
        """Every object there is, whether it is of a generation or not."""
        pages = self._s3.get_paginator("list_objects_v2")
        for page in pages.paginate(Bucket=self._bucket, Prefix=PREFIX):
            for each in page.get("Contents", []):
                yield each["Key"]

    def drop_all_but(self, generation: Generation) -> int:
        """Remove what is of no generation any more; give how many. Safe to repeat."""
        kept = frozenset(generation.files.values())
        dropped = 0
        for key in self.stored():
            if key not in kept:
                self._s3.delete_object(Bucket=self._bucket, Key=key)
                dropped += 1
        return dropped

    def _download(self, key: str, path: Path) -> None:
        half = path.with_suffix(".half")
        try:
            body = self._s3.get_object(Bucket=self._bucket, Key=key)["Body"]
        except ClientError as error:
            if error.response["Error"]["Code"] in _MISSING:
                raise FileGoneError(key) from error
            raise
        with half.open("wb") as file:
            shutil.copyfileobj(body, file, 1024 * 1024)
        half.replace(path)


def _flat(key: str) -> str:
    return key.removeprefix(PREFIX).replace("/", "-")


def _files(folder: Path, meta: Mapping[str, Any]) -> list[Path]:
    """The files of the segments that count, with what is deleted in them."""
    found: list[Path] = []
    for segment in meta["segments"]:
        beginning = str(segment["segment_id"]).replace("-", "")
        deletes = segment.get("deletes")
        current = f"{beginning}.{deletes['opstamp']}.del" if deletes else ""
        found += [
            path
            for path in sorted(folder.glob(f"{beginning}.*"))
            if path.suffix != ".del" or path.name == current
        ]
    return found
