"""An archive in a bucket, read with the AWS credentials of whoever brings it in.

The bucket has to be in the Region of the library: pictures that nobody cleared stay where
they were kept. An object is read once where it goes in one form, and twice where it goes
in parts; what is read lies in files without a name, which no crash leaves behind. An
object that changes while it is on its way is not sent: the next run reads it anew.
"""

import hashlib
import os
import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from threading import Lock
from typing import IO, TYPE_CHECKING, Any, Final, Self

import boto3
import urllib3
from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError

from beeldrecht.domain.intake import PART_BYTES, part_sizes
from cli.archive import NOT_PICTURES, Digests, Found, Read
from cli.files import HEAD, TYPES, Bytes, FileRefusal, FileRefusedError, judged
from cli.sidecars import ENDING, LARGEST_XMP, SidecarRefusedError, places_of_xmp
from cli.stack import HOME_REGION, REGIONS

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

SCHEME: Final = "s3://"
LARGEST_TABLE: Final = 256 * 1024 * 1024
_ADDRESS = re.compile(r"s3://(?P<bucket>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(/(?P<key>.*))?")
_COLD: Final = frozenset({"GLACIER", "DEEP_ARCHIVE"})
_PIECE: Final = 1024 * 1024
_GONE: Final = frozenset({"NoSuchKey", "404", "PreconditionFailed", "412"})
_DENIED: Final = frozenset({"AccessDenied", "403", "KMS.DisabledException"})
_BROKEN: Final = (BotoCoreError, urllib3.exceptions.HTTPError)


class BucketRefusedError(Exception):
    """An archive in a bucket that cannot be used; `key` names the sentence."""

    def __init__(self, key: str, /, **values: str) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


class ObjectUnreadError(OSError):
    """An object that could not be read now, or is another by now."""


@dataclass(frozen=True, slots=True)
class Address:
    """What `s3://bucket/prefix` names."""

    bucket: str
    key: str

    @classmethod
    def of(cls, text: str) -> "Address | None":
        """The address that a text is; None when it is none."""
        found = _ADDRESS.fullmatch(text)
        return cls(found["bucket"], found["key"] or "") if found else None


@dataclass(frozen=True, slots=True)
class _Listed:
    """An object as the bucket lists it."""

    key: str
    size: int
    etag: str
    cold: bool


class Bucket:
    """An archive in a bucket."""

    def __init__(self, address: Address, client: "S3Client | None" = None) -> None:
        self._bucket = address.bucket
        self._prefix = address.key.rstrip("/") + "/" if address.key.rstrip("/") else ""
        self._s3 = client or _client()
        self._listed: dict[str, _Listed] = {}
        self._beside: dict[str, _Listed] = {}
        self._copies: dict[str, IO[bytes]] = {}
        self._alone = Lock()

    @property
    def name(self) -> str:
        """The last folder of the prefix, or the bucket's own."""
        return PurePosixPath(self._prefix).name or self._bucket

    def check(self) -> None:
        """See that it is there and in our Region; raises BucketRefusedError."""
        try:
            told: Mapping[str, Any] = self._s3.head_bucket(Bucket=self._bucket)
        except ClientError as error:
            told = error.response
            code = told["Error"]["Code"]
            key = {"404": "import_no_bucket", "403": "import_bucket_denied"}.get(code)
            if key is not None:
                raise BucketRefusedError(key, bucket=self._bucket) from error
            if _region(told) in {None, *REGIONS}:
                raise
        found = _region(told)
        if found not in REGIONS:
            raise BucketRefusedError(
                "import_other_region",
                bucket=self._bucket,
                found=found or "?",
                expected=REGIONS[0],
            )

    def files(self) -> Iterator[Found]:
        """Every object below the prefix, page by page, in the order of the keys.

        Hidden ones and folders are passed over, as those of a folder are.
        """
        pages = self._s3.get_paginator("list_objects_v2")
        for page in pages.paginate(Bucket=self._bucket, Prefix=self._prefix):
            for each in page.get("Contents", []):
                path = each["Key"].removeprefix(self._prefix)
                listed = _Listed(
                    key=each["Key"],
                    size=each["Size"],
                    etag=each["ETag"],
                    cold=each.get("StorageClass") in _COLD,
                )
                if path.lower().endswith(ENDING):
                    self._beside[path] = listed
                ending = PurePosixPath(path).suffix.lower()
                hidden = any(part.startswith(".") for part in path.split("/"))
                if not path or path.endswith("/") or hidden or ending in NOT_PICTURES:
                    continue
                self._listed[path] = listed
                yield Found(path, listed.size, _refusal(listed, ending))

    def xmp(self, path: str) -> bytes | None:
        """The sidecar beside an object; the listing says whether there is one."""
        for place in places_of_xmp(path):
            if beside := self._beside.get(place):
                if beside.size > LARGEST_XMP or beside.cold:
                    raise SidecarRefusedError(place)
                try:
                    with self._get(beside, 0, None) as stream:
                        return b"".join(stream)
                except (FileRefusedError, OSError) as error:
                    raise SidecarRefusedError(place) from error
        return None

    def read(self, found: Found, kept: Digests) -> Read:
        """An object, read whole only where it changed since it was read."""
        listed = self._listed[found.path]
        if known := kept.of_object(found.path, listed.etag):
            media_type, whole, parts = known
            return Read(_Object(self, listed, found.path, media_type), whole, parts)
        with self._get(listed, 0, None) as stream:
            media_type, whole, parts = self._taken(found.path, listed, stream)
        kept.note_object(found.path, listed.etag, media_type, whole, parts)
        return Read(_Object(self, listed, found.path, media_type), whole, parts)

    def _taken(
        self, path: str, listed: _Listed, stream: "_Stream"
    ) -> tuple[str, str, tuple[str, ...]]:
        """Type and digests of what comes; a copy is kept of what goes in one form."""
        in_parts = bool(part_sizes(listed.size))
        head = stream.read(HEAD)
        media_type = judged(Path(path), head, listed.size)
        digest, parts, count = hashlib.sha256(head), list[str](), len(head)
        part = hashlib.sha256(head)
        copy = None if in_parts else tempfile.TemporaryFile()  # noqa: SIM115  # let_go
        try:
            if copy is not None:
                copy.write(head)
            while piece := stream.read(min(_PIECE, PART_BYTES - count % PART_BYTES)):
                digest.update(piece)
                if count and count % PART_BYTES == 0:
                    parts.append(part.hexdigest())
                    part = hashlib.sha256()
                part.update(piece)
                count += len(piece)
                if copy is not None:
                    copy.write(piece)
            _whole(count, listed)
        except BaseException:
            if copy is not None:
                copy.close()
            raise
        if copy is not None:
            copy.flush()
            with self._alone:
                self._copies[path] = copy
        parts.append(part.hexdigest())
        return media_type, digest.hexdigest(), tuple(parts) if in_parts else ()

    def let_go(self, path: str) -> None:
        """Keep no copy of an object that is through."""
        with self._alone:
            copy = self._copies.pop(path, None)
        if copy is not None:
            copy.close()

    def open(
        self, listed: _Listed, path: str, start: int, size: int | None
    ) -> AbstractContextManager[Bytes]:
        """The bytes of an object: of its copy where there is one."""
        with self._alone:
            copy = self._copies.get(path)
            if copy is not None:
                mine = os.fdopen(os.dup(copy.fileno()), "rb")
                mine.seek(start)
                return mine
        return self._get(listed, start, size)

    def table(self, address: Address) -> str:
        """A table that lies in the same bucket; raises BucketRefusedError."""
        if address.bucket != self._bucket:
            raise BucketRefusedError("import_table_elsewhere", bucket=self._bucket)
        try:
            answer = self._s3.get_object(Bucket=self._bucket, Key=address.key)
            with closing(answer["Body"]) as body:
                if answer["ContentLength"] > LARGEST_TABLE:
                    raise BucketRefusedError("import_table_unread", table=address.key)
                return body.read().decode("utf-8-sig")
        except ClientError as error:
            if error.response["Error"]["Code"] not in _GONE | _DENIED:
                raise
            raise BucketRefusedError("import_table_unread", table=address.key) from error
        except UnicodeDecodeError as error:
            raise BucketRefusedError("import_table_unread", table=address.key) from error

    def _get(self, listed: _Listed, start: int, size: int | None) -> "_Stream":
        """The object that was listed, and no other that took its place since."""
        asked: dict[str, Any] = {}
        if start or size is not None:
            end = "" if size is None else start + size - 1
            asked["Range"] = f"bytes={start}-{end}"
        try:
            answer = self._s3.get_object(
                Bucket=self._bucket, Key=listed.key, IfMatch=listed.etag, **asked
            )
        except ClientError as error:
            code = error.response["Error"]["Code"]
            if code == "InvalidObjectState":
                raise FileRefusedError(Path(listed.key), FileRefusal.COLD) from error
            if code in _DENIED:
                raise FileRefusedError(Path(listed.key), FileRefusal.DENIED) from error
            if code in _GONE or _passes(error):
                raise ObjectUnreadError(code) from error
            raise  # what holds for every object: credentials that ended, above all
        except NoCredentialsError:
            raise
        except BotoCoreError as error:
            raise ObjectUnreadError(type(error).__name__) from error
        return _Stream(answer["Body"])


@dataclass(frozen=True, slots=True)
class _Object:
    """An object of a bucket, to be sent."""

    bucket: Bucket
    listed: _Listed
    path: str
    media_type: str

    @property
    def name(self) -> str:
        """The last part of its key."""
        return PurePosixPath(self.path).name

    @property
    def size(self) -> int:
        """How many bytes it has."""
        return self.listed.size

    def open(
        self, start: int = 0, size: int | None = None
    ) -> AbstractContextManager[Bytes]:
        """Its bytes from there on; raises OSError."""
        try:
            return self.bucket.open(self.listed, self.path, start, size)
        except FileRefusedError as error:
            raise ObjectUnreadError(error.reason.value) from error


class _Stream:
    """The bytes of an answer; whatever breaks it off is one failure."""

    def __init__(self, body: Any) -> None:
        self._body = body

    def read(self, size: int, /) -> bytes:
        """The next bytes; raises ObjectUnreadError."""
        try:
            return bytes(self._body.read(size))
        except _BROKEN as error:
            raise ObjectUnreadError(type(error).__name__) from error

    def __iter__(self) -> Iterator[bytes]:
        while piece := self.read(_PIECE):
            yield piece

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._body.close()


def _whole(count: int, listed: _Listed) -> None:
    """See that nothing was cut off; raises ObjectUnreadError."""
    if count != listed.size:
        raise ObjectUnreadError("cut_off")


def _client() -> "S3Client":
    """S3 as the user's own credentials and profile reach it."""
    own = boto3.Session().region_name
    region = own if own in REGIONS else HOME_REGION
    return boto3.client("s3", region_name=region)


def _region(told: Mapping[str, Any]) -> str | None:
    """In which Region a bucket is, as S3 says it with every answer."""
    headers = told.get("ResponseMetadata", {}).get("HTTPHeaders", {})
    found = told.get("BucketRegion") or headers.get("x-amz-bucket-region")
    return str(found) if found else None


def _refusal(listed: _Listed, ending: str) -> FileRefusal | None:
    if ending not in TYPES:
        return FileRefusal.OTHER_KIND
    if listed.cold:
        return FileRefusal.COLD
    return None if listed.size else FileRefusal.EMPTY


def _passes(error: ClientError) -> bool:
    """Whether the store was busy, and not whoever asked wrong."""
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    return bool(status == 429 or status >= 500)  # HTTP's own numbers
