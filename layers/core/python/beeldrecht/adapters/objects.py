"""The buckets: originals that nothing overwrites, and renditions that can be rebuilt."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from beeldrecht.domain.ids import InvalidIdError, check_id
from beeldrecht.domain.intake import RenditionName, original_key, rendition_key

from .errors import MissingObjectError

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

_ABSENT = {"NoSuchKey", "NoSuchVersion", "404", "NotFound"}


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


class Originals:
    """The bucket of originals. Versioned, and read by version: the first one counts.

    A presigned form can be used again by whoever holds it, and then writes a newer
    version. Everything here works on the oldest, so a second upload changes nothing.
    """

    def __init__(self, s3: "S3Client", bucket: str) -> None:
        self._s3 = s3
        self._bucket = bucket

    def form(self, asset_id: str, media_type: str, size: int, seconds: int) -> UploadForm:
        """A form that takes exactly this key, type and number of bytes, for that long."""
        conditions: list[Any] = [
            {"Content-Type": media_type},
            ["content-length-range", size, size],
        ]
        made = self._s3.generate_presigned_post(
            self._bucket,
            original_key(asset_id),
            Fields={"Content-Type": media_type},
            Conditions=conditions,
            ExpiresIn=seconds,
        )
        return UploadForm(made["url"], made["fields"])

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


class Renditions:
    """The bucket of renditions: made from originals, and makeable again."""

    def __init__(self, s3: "S3Client", bucket: str) -> None:
        self._s3 = s3
        self._bucket = bucket

    def write(self, asset_id: str, name: RenditionName, jpeg: bytes) -> None:
        """Store a rendition; one picture gives the same bytes, so a retry is safe."""
        self._s3.put_object(
            Bucket=self._bucket,
            Key=rendition_key(asset_id, name),
            Body=jpeg,
            ContentType="image/jpeg",
            CacheControl="private, no-store",
        )

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
