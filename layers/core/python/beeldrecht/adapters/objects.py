"""The buckets: originals that nothing overwrites, and renditions that can be rebuilt."""

import base64
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from botocore.exceptions import ClientError

from beeldrecht.domain.declarations import FILE_TYPE
from beeldrecht.domain.egress import LINK_SECONDS, rendition_file_name
from beeldrecht.domain.ids import InvalidIdError, check_id
from beeldrecht.domain.intake import (
    Part,
    RenditionName,
    StoredPart,
    original_key,
    rendition_key,
)
from beeldrecht.domain.masking import masked_key

from .errors import MissingObjectError

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

MASKED_TAG = ("made", "masked")
"""What the bucket's lifecycle knows masked versions by, and takes them away."""

_JPEG = "image/jpeg"
_UNCACHED = "private, no-store"
_COVERED_BY = "covered-by"
"""What is stored with a file: the erasure that covered somebody in it."""
_ABSENT = {"NoSuchKey", "NoSuchVersion", "404", "NotFound"}
# An object is there or is being written; the upload is gone; its parts are others.
_NOT_COMPLETED = {
    "PreconditionFailed",
    "ConditionalRequestConflict",
    "NoSuchUpload",
    "InvalidPart",
    "InvalidPartOrder",
    "EntityTooSmall",
    "BadDigest",
}


@dataclass(frozen=True, slots=True)
class StoredVersion:
    """One version of an original."""

    version_id: str
    size: int


@dataclass(frozen=True, slots=True)
class UploadForm:
    """Where a browser posts a file, and the fields that go before it."""

    url: str
    fields: dict[str, str]


@dataclass(frozen=True, slots=True)
class PartAddress:
    """Where one part is put, and the headers that have to go with it."""

    part: Part
    url: str
    headers: dict[str, str]


class Originals:
    """The bucket of originals. Versioned, and read by version: the first one counts.

    A presigned form can be used again by whoever holds it, and then writes a newer
    version. What works on the oldest, or on the very bytes that were announced, is not
    changed by a second upload.
    """

    def __init__(self, s3: "S3Client", bucket: str) -> None:
        self._s3 = s3
        self._bucket = bucket

    # -- sending a file whole --------------------------------------------------------

    def form(
        self, asset_id: str, media_type: str, size: int, sha256: str, seconds: int
    ) -> UploadForm:
        """A form that takes exactly this key, type, length and digest, for that long.

        S3 computes the digest of what arrives and stores nothing when it is another.
        """
        fields = {
            "Content-Type": media_type,
            "x-amz-checksum-algorithm": "SHA256",
            "x-amz-checksum-sha256": _base64(sha256),
        }
        conditions: list[Any] = [
            *({name: value} for name, value in fields.items()),
            ["content-length-range", size, size],
        ]
        made = self._s3.generate_presigned_post(
            self._bucket,
            original_key(asset_id),
            Fields=dict(fields),
            Conditions=conditions,
            ExpiresIn=seconds,
        )
        return UploadForm(made["url"], made["fields"])

    # -- sending a file in parts -----------------------------------------------------

    def begin_parts(self, asset_id: str, media_type: str) -> str:
        """Begin an upload in parts; gives its id. Twice begins two, which does no harm.

        What is not completed within a day is removed by the bucket's lifecycle.
        """
        begun = self._s3.create_multipart_upload(
            Bucket=self._bucket,
            Key=original_key(asset_id),
            ContentType=media_type,
            ChecksumAlgorithm="SHA256",
            ChecksumType="COMPOSITE",
        )
        return begun["UploadId"]

    def begun_uploads(self, asset_id: str) -> tuple[str, ...]:
        """The uploads in parts of an asset that are under way, the earliest first."""
        key = original_key(asset_id)
        pages = self._s3.get_paginator("list_multipart_uploads").paginate(
            Bucket=self._bucket, Prefix=key
        )
        found = [
            (each["Initiated"], each["UploadId"])
            for page in pages
            for each in page.get("Uploads", [])
            if each["Key"] == key
        ]
        return tuple(upload_id for _, upload_id in sorted(found))

    def part_address(
        self, asset_id: str, upload_id: str, part: Part, seconds: int
    ) -> PartAddress:
        """An address that takes exactly this part, of this length and digest."""
        digest = _base64(part.sha256)
        url = self._s3.generate_presigned_url(
            "upload_part",
            Params={
                "Bucket": self._bucket,
                "Key": original_key(asset_id),
                "UploadId": upload_id,
                "PartNumber": part.number,
                "ContentLength": part.size,
                "ChecksumSHA256": digest,
            },
            ExpiresIn=seconds,
        )
        return PartAddress(part, url, {"x-amz-checksum-sha256": digest})

    def stored_parts(
        self, asset_id: str, upload_id: str
    ) -> tuple[StoredPart, ...] | None:
        """The parts that arrived, first to last; None when there is no such upload."""
        pages = self._s3.get_paginator("list_parts").paginate(
            Bucket=self._bucket, Key=original_key(asset_id), UploadId=upload_id
        )
        try:
            return tuple(
                StoredPart(
                    Part(
                        number=each["PartNumber"],
                        size=each["Size"],
                        sha256=_hexadecimal(each.get("ChecksumSHA256", "")),
                    ),
                    etag=each["ETag"].strip('"'),
                )
                for page in pages
                for each in page.get("Parts", [])
            )
        except ClientError as error:
            if error.response["Error"]["Code"] == "NoSuchUpload":
                return None
            raise

    def complete(
        self, asset_id: str, upload_id: str, parts: Sequence[StoredPart]
    ) -> bool:
        """Put the parts together, unless an object is there; tell whether that was done.

        False: there is an object already, or this upload or these parts are gone.
        """
        try:
            self._s3.complete_multipart_upload(
                Bucket=self._bucket,
                Key=original_key(asset_id),
                UploadId=upload_id,
                MultipartUpload={
                    "Parts": [
                        {
                            "PartNumber": each.part.number,
                            "ETag": each.etag,
                            "ChecksumSHA256": _base64(each.part.sha256),
                        }
                        for each in parts
                    ]
                },
                ChecksumType="COMPOSITE",
                MpuObjectSize=sum(each.part.size for each in parts),
                IfNoneMatch="*",
            )
        except ClientError as error:
            if error.response["Error"]["Code"] in _NOT_COMPLETED:
                return False
            raise
        return True

    def abort(self, asset_id: str, upload_id: str) -> None:
        """Give an upload in parts up, with what arrived of it; safe to repeat."""
        try:
            self._s3.abort_multipart_upload(
                Bucket=self._bucket, Key=original_key(asset_id), UploadId=upload_id
            )
        except ClientError as error:
            if error.response["Error"]["Code"] != "NoSuchUpload":
                raise

    def put_masked(self, asset_id: str, jpeg: bytes) -> str:
        """Put a newer version beside what is there; give its id.

        It counts once the record says so and the older ones are gone. A retry puts one
        more, and the one that is on record in the end is the one that stays.
        """
        put = self._s3.put_object(
            Bucket=self._bucket,
            Key=original_key(asset_id),
            Body=jpeg,
            ContentType=_JPEG,
        )
        return put["VersionId"]

    # -- what is there ---------------------------------------------------------------

    def first_version(self, asset_id: str) -> StoredVersion | None:
        """The oldest version of an asset's object; None when there is none."""
        key = original_key(asset_id)
        pages = self._s3.get_paginator("list_object_versions").paginate(
            Bucket=self._bucket, Prefix=key
        )
        # Newest first, and of the same instant in the order of writing: the last counts.
        oldest: StoredVersion | None = None
        for page in pages:
            for version in page.get("Versions", []):
                if version["Key"] == key:
                    oldest = StoredVersion(version["VersionId"], version["Size"])
        return oldest

    def exists(self, asset_id: str) -> bool:
        """Whether any version of an asset's object is there."""
        return self.first_version(asset_id) is not None

    def asset_ids(self) -> Iterator[str]:
        """Every asset that has an object; keys that are not ours are passed over."""
        prefix = original_key("")
        pages = self._s3.get_paginator("list_objects_v2").paginate(
            Bucket=self._bucket, Prefix=prefix
        )
        for page in pages:
            for found in page.get("Contents", []):
                with suppress(InvalidIdError):
                    yield check_id(found["Key"].removeprefix(prefix))

    def read(self, asset_id: str, version_id: str) -> bytes:
        """The bytes of one version; raises MissingObjectError."""
        try:
            answer = self._s3.get_object(
                Bucket=self._bucket, Key=original_key(asset_id), VersionId=version_id
            )
        except ClientError as error:
            if error.response["Error"]["Code"] in _ABSENT:
                raise MissingObjectError(asset_id) from error
            raise
        return answer["Body"].read()

    def newest(self, asset_id: str, size: int) -> tuple[StoredVersion, bytes] | None:
        """What lies there now, where it has so many bytes; None where that is not so.

        One request, where the oldest version takes a listing, which costs as much as a
        write, and a second one. For whoever knows the digest of what has to be there.
        """
        try:
            answer = self._s3.get_object(Bucket=self._bucket, Key=original_key(asset_id))
        except ClientError as error:
            # Who may not list is told that what is not there is not theirs to read.
            if error.response["Error"]["Code"] in {*_ABSENT, "AccessDenied", "403"}:
                return None
            raise
        with closing(answer["Body"]) as body:
            if answer["ContentLength"] != size:
                return None
            return StoredVersion(answer["VersionId"], size), body.read()


class Renditions:
    """The bucket of renditions: made from originals, and makeable again."""

    def __init__(self, s3: "S3Client", bucket: str) -> None:
        self._s3 = s3
        self._bucket = bucket

    def write(
        self, asset_id: str, name: RenditionName, jpeg: bytes, file_name: str
    ) -> None:
        """Store a rendition; one picture gives the same bytes, so a retry is safe.

        The file itself is stored beside them as bytes of no kind, whatever it is: nothing
        that opens it from here runs or shows it.

        How it is to be served is stored with it. The name under which it is saved stands
        there and not in addresses: those are logged, and names are personal.
        """
        self._s3.put_object(
            Bucket=self._bucket,
            Key=rendition_key(asset_id, name),
            Body=jpeg,
            ContentType=_type_of(name),
            CacheControl=_UNCACHED,
            ContentDisposition=attachment(rendition_file_name(file_name, name)),
        )

    def write_covered(
        self, asset_id: str, name: RenditionName, jpeg: bytes, by: str
    ) -> None:
        """Store a rendition in which faces were covered for good, in the old one's place.

        `by` is the erasure that did it, and is stored with it: a retry that covered it
        once more would make another file of it, and a worse one each time.
        """
        self._s3.put_object(
            Bucket=self._bucket,
            Key=rendition_key(asset_id, name),
            Body=jpeg,
            ContentType=_type_of(name),
            CacheControl=_UNCACHED,
            ContentDisposition=attachment(rendition_file_name(f"{asset_id}.jpg", name)),
            Metadata={_COVERED_BY: by},
        )

    def covered_by(self, asset_id: str, name: RenditionName) -> str | None:
        """The erasure that covered it; None: none did. Raises MissingObjectError."""
        try:
            found = self._s3.head_object(
                Bucket=self._bucket, Key=rendition_key(asset_id, name)
            )
        except ClientError as error:
            if error.response["Error"]["Code"] in _ABSENT:
                raise MissingObjectError(asset_id) from error
            raise
        return found["Metadata"].get(_COVERED_BY)

    def link(self, asset_id: str, name: RenditionName, seconds: int) -> str:
        """An address at which a rendition can be fetched for so many seconds.

        What it is and that nobody keeps it is signed too. There is one version: the
        bytes follow from the original's first, and are written over by the same alone.
        """
        return self._signed(rendition_key(asset_id, name), seconds, _type_of(name))

    def _signed(self, key: str, seconds: int, media_type: str = _JPEG) -> str:
        if not 0 < seconds <= LINK_SECONDS:
            raise ValueError("an address works for a minute at most")
        return self._s3.generate_presigned_url(
            "get_object",
            Params={
                "Bucket": self._bucket,
                "Key": key,
                "ResponseContentType": media_type,
                "ResponseCacheControl": _UNCACHED,
            },
            ExpiresIn=seconds,
        )

    def write_masked(
        self, asset_id: str, name: RenditionName, mask: str, jpeg: bytes, file_name: str
    ) -> None:
        """Store a rendition with faces covered, for some days; a retry is safe."""
        self._s3.put_object(
            Bucket=self._bucket,
            Key=masked_key(asset_id, mask),
            Body=jpeg,
            ContentType=_JPEG,
            CacheControl=_UNCACHED,
            ContentDisposition=attachment(
                rendition_file_name(file_name, name, masked=True)
            ),
            Tagging="=".join(MASKED_TAG),
        )

    def masked_since(self, asset_id: str, mask: str) -> datetime | None:
        """When a masked version was made; None when there is none."""
        key = masked_key(asset_id, mask)
        listed = self._s3.list_objects_v2(Bucket=self._bucket, Prefix=key, MaxKeys=1)
        found = (o["LastModified"] for o in listed.get("Contents", ()) if o["Key"] == key)
        return next(found, None)

    def masked_link(self, asset_id: str, mask: str, seconds: int) -> str:
        """An address at which a masked version can be fetched for so many seconds."""
        return self._signed(masked_key(asset_id, mask), seconds)

    def read(self, asset_id: str, name: RenditionName) -> bytes:
        """The bytes of a rendition; raises MissingObjectError."""
        try:
            answer = self._s3.get_object(
                Bucket=self._bucket, Key=rendition_key(asset_id, name)
            )
        except ClientError as error:
            if error.response["Error"]["Code"] in _ABSENT:
                raise MissingObjectError(asset_id) from error
            raise
        return answer["Body"].read()


def _type_of(name: RenditionName) -> str:
    """What a rendition is served as."""
    return FILE_TYPE if name is RenditionName.FILE else _JPEG


def attachment(file_name: str) -> str:
    """The header that has a browser save a file under that name, and never show it.

    In ASCII for those who read no other, and in full for the rest (RFC 6266, RFC 8187).
    """
    plain = unicodedata.normalize("NFKD", file_name).encode("ascii", "ignore").decode()
    safe = "".join(c if c.isalnum() or c in " ._-()" else "_" for c in plain)
    return (
        f"attachment; filename=\"{safe}\"; filename*=UTF-8''{quote(file_name, safe='')}"
    )


def _base64(digest: str) -> str:
    """A digest the way S3 writes it."""
    return base64.b64encode(bytes.fromhex(digest)).decode()


def _hexadecimal(digest: str) -> str:
    """A digest of S3 the way we write it."""
    return base64.b64decode(digest).hex()
