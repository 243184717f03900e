"""The files of exports: parts while one is being made, then one package.

Packages of pictures that somebody ordered lie in a folder of their own beside them.

`building/<export>/…` holds the parts; they go when the package is there, and the bucket's
lifecycle removes within a day what a process that stopped left behind. The package,
`exports/<export>.zip`, is written in a stream and never as a whole in memory: somebody
can be in thousands of pictures.
"""

import hashlib
import io
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, override

from botocore.exceptions import ClientError

from beeldrecht.domain.egress import LINK_SECONDS

from .errors import MissingObjectError
from .objects import attachment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import CompletedPartTypeDef

PACKAGES, PARTS = "exports/", "building/"
ORDERED: Final = "packages/"
"""Where what was ordered lies; the bucket's lifecycle takes it within a day."""
PART_BYTES: Final = 16 * 1024 * 1024
"""How much is sent at a time; S3 takes 10,000 parts, so a package is at most 156 GiB."""
DAYS_TAG: Final = "days"
"""The tag by which a package's days are known to the bucket's lifecycle."""
_ZIP = "application/zip"
_ABSENT = {"NoSuchKey", "404", "NotFound"}


def package_key(export_id: str, folder: str = PACKAGES) -> str:
    """Where the package of an export lies, or one that was ordered."""
    return f"{folder}{export_id}.zip"


def part_key(export_id: str, name: str) -> str:
    """Where a part of an export lies while it is being made."""
    return f"{PARTS}{export_id}/{name}"


class ExportFiles:
    """The bucket of exports; its keys name exports, and never a person."""

    def __init__(
        self,
        s3: "S3Client",
        bucket: str,
        part_bytes: int = PART_BYTES,
        folder: str = PACKAGES,
    ) -> None:
        self._s3 = s3
        self._bucket = bucket
        self._part_bytes = part_bytes
        self._folder = folder

    # -- parts -------------------------------------------------------------------------

    def put_part(self, export_id: str, name: str, content: bytes) -> None:
        """Keep a part; again, it is written over."""
        self._s3.put_object(
            Bucket=self._bucket, Key=part_key(export_id, name), Body=content
        )

    def part(self, export_id: str, name: str) -> bytes:
        """A part; raises MissingObjectError."""
        try:
            answer = self._s3.get_object(
                Bucket=self._bucket, Key=part_key(export_id, name)
            )
        except ClientError as error:
            if error.response["Error"]["Code"] in _ABSENT:
                raise MissingObjectError(export_id) from error
            raise
        return answer["Body"].read()

    def drop_parts(self, export_id: str) -> int:
        """Remove every part of an export; gives how many there were. Safe to repeat."""
        pages = self._s3.get_paginator("list_objects_v2").paginate(
            Bucket=self._bucket, Prefix=part_key(export_id, "")
        )
        there = [each["Key"] for page in pages for each in page.get("Contents", [])]
        for key in there:
            self._s3.delete_object(Bucket=self._bucket, Key=key)
        return len(there)

    # -- the package -------------------------------------------------------------------

    @contextmanager
    def writing(
        self, export_id: str, days: int | None = None
    ) -> "Iterator[PackageStream]":
        """Write the package in a stream; it is there once the block has ended well.

        `days` is how long it may be fetched: the bucket's lifecycle takes it after that;
        None: it takes all that lies in that folder alike.
        A block that fails leaves nothing behind, and a process that stops in it an upload
        that the next one gives up, or the bucket's lifecycle after a day.
        """
        key = package_key(export_id, self._folder)
        self._give_up(key)
        kept: Any = {} if days is None else {"Tagging": f"{DAYS_TAG}={days}"}
        begun = self._s3.create_multipart_upload(
            Bucket=self._bucket,
            Key=key,
            ContentType=_ZIP,
            CacheControl="private, no-store",
            **kept,
        )
        stream = PackageStream(
            self._s3, self._bucket, key, begun["UploadId"], self._part_bytes
        )
        try:
            yield stream
        except Exception:
            self._give_up(key)
            raise
        stream.complete()

    def link(self, export_id: str, seconds: int, file_name: str) -> str:
        """An address at which the package can be fetched for so many seconds."""
        if not 0 < seconds <= LINK_SECONDS:
            raise ValueError("an address works for a minute at most")
        return self._s3.generate_presigned_url(
            "get_object",
            Params={
                "Bucket": self._bucket,
                "Key": package_key(export_id, self._folder),
                "ResponseContentType": _ZIP,
                "ResponseContentDisposition": attachment(file_name),
                "ResponseCacheControl": "private, no-store",
            },
            ExpiresIn=seconds,
        )

    def drop(self, export_id: str) -> None:
        """Remove the package; safe to repeat."""
        key = package_key(export_id, self._folder)
        self._s3.delete_object(Bucket=self._bucket, Key=key)

    def _give_up(self, key: str) -> None:
        pages = self._s3.get_paginator("list_multipart_uploads").paginate(
            Bucket=self._bucket, Prefix=key
        )
        begun = [
            each["UploadId"]
            for page in pages
            for each in page.get("Uploads", [])
            if each["Key"] == key
        ]
        for upload_id in begun:
            try:
                self._s3.abort_multipart_upload(
                    Bucket=self._bucket, Key=key, UploadId=upload_id
                )
            except ClientError as error:
                if error.response["Error"]["Code"] != "NoSuchUpload":
                    raise


class PackageStream(io.RawIOBase):
    """What a package is written to, a piece at a time; it cannot be read or sought."""

    def __init__(
        self, s3: "S3Client", bucket: str, key: str, upload_id: str, part_bytes: int
    ) -> None:
        super().__init__()
        self._s3 = s3
        self._where = (bucket, key, upload_id)
        self._part_bytes = part_bytes
        self._waiting = bytearray()
        self._sent: list[CompletedPartTypeDef] = []
        self._digest = hashlib.sha256()
        self.size = 0

    @property
    def sha256(self) -> str:
        """The digest of what was written."""
        return self._digest.hexdigest()

    @override
    def writable(self) -> bool:
        """It is."""
        return True

    @override
    def write(self, data: "bytes | bytearray | memoryview") -> int:  # type: ignore[override]  # what a ZIP writer gives
        """Take a piece; whole parts are sent at once."""
        piece = bytes(data)
        self._digest.update(piece)
        self.size += len(piece)
        self._waiting += piece
        while len(self._waiting) >= self._part_bytes:
            self._send(bytes(self._waiting[: self._part_bytes]))
            del self._waiting[: self._part_bytes]
        return len(piece)

    def complete(self) -> None:
        """Send the rest and put the parts together."""
        bucket, key, upload_id = self._where
        if self._waiting or not self._sent:
            self._send(bytes(self._waiting))
            self._waiting.clear()
        self._s3.complete_multipart_upload(
            Bucket=bucket,
            Key=key,
            UploadId=upload_id,
            MultipartUpload={"Parts": self._sent},
        )

    def _send(self, data: bytes) -> None:
        bucket, key, upload_id = self._where
        number = len(self._sent) + 1
        answer = self._s3.upload_part(
            Bucket=bucket, Key=key, UploadId=upload_id, PartNumber=number, Body=data
        )
        self._sent.append({"PartNumber": number, "ETag": answer["ETag"]})
