"""What is made of pictures for channels: who makes it, and where it lies.

It lies with the masked versions, below its picture: what erases a picture's renditions
finds it, and the bucket's lifecycle takes it away after the same days.
"""

from collections.abc import Set
from datetime import datetime
from typing import TYPE_CHECKING

from beeldrecht.domain.assets import Asset
from beeldrecht.domain.channel_renditions import (
    FileFormat,
    Make,
    Plan,
    made_file_name,
    made_key,
    planned,
    rendition_id,
)
from beeldrecht.domain.channels import Use
from beeldrecht.domain.egress import LINK_SECONDS
from beeldrecht.domain.intake import AssetRecord
from beeldrecht.domain.masking import UncoverableError

from .calls import CallFailedError, made_of_picture
from .objects import MASKED_TAG, attachment

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient
    from mypy_boto3_s3 import S3Client

_UNCACHED = "private, no-store"


class RenderingFailedError(CallFailedError):
    """The function that makes versions failed."""


class MadeRenditions:
    """What was made for channels, in the bucket of renditions."""

    def __init__(self, s3: "S3Client", bucket: str) -> None:
        self._s3 = s3
        self._bucket = bucket

    def write_made(
        self, asset_id: str, rendition: str, plan: Plan, data: bytes, file_name: str
    ) -> None:
        """Store it for some days, in the place of the same one: safe to repeat."""
        written_as = plan.make.format
        name = made_file_name(file_name, plan.make, masked=bool(plan.covered))
        self._s3.put_object(
            Bucket=self._bucket,
            Key=made_key(asset_id, rendition, written_as),
            Body=data,
            ContentType=written_as.media_type,
            CacheControl=_UNCACHED,
            ContentDisposition=attachment(name),
            Tagging="=".join(MASKED_TAG),
        )

    def made_since(
        self, asset_id: str, rendition: str, written_as: FileFormat
    ) -> datetime | None:
        """When it was made; None when there is none."""
        key = made_key(asset_id, rendition, written_as)
        listed = self._s3.list_objects_v2(Bucket=self._bucket, Prefix=key, MaxKeys=1)
        found = (o["LastModified"] for o in listed.get("Contents", ()) if o["Key"] == key)
        return next(found, None)

    def made_link(
        self, asset_id: str, rendition: str, written_as: FileFormat, seconds: int
    ) -> str:
        """An address at which it can be fetched for so many seconds."""
        if not 0 < seconds <= LINK_SECONDS:
            raise ValueError("an address works for a minute at most")
        return self._s3.generate_presigned_url(
            "get_object",
            Params={
                "Bucket": self._bucket,
                "Key": made_key(asset_id, rendition, written_as),
                "ResponseContentType": written_as.media_type,
                "ResponseCacheControl": _UNCACHED,
            },
            ExpiresIn=seconds,
        )


class Renderer(MadeRenditions):
    """Calls the function `render_asset`, waits for it, and signs what it made."""

    def __init__(
        self, client: "LambdaClient", function: str, s3: "S3Client", bucket: str
    ) -> None:
        super().__init__(s3, bucket)
        self._client = client
        self._function = function

    def rendered(
        self, record: AssetRecord, asset: Asset, make: Make, covered: Set[str], use: Use
    ) -> str:
        """Have it made with these faces covered, for a use; give its id.

        Safe to repeat: it is made once and found again. Raises CropRefusedError,
        UncoverableError, StaleRevisionError when the picture has changed since it was
        read, BusyError when the function cannot begin now or has not ended in time, and
        RenderingFailedError.
        """
        plan = planned(record, asset, make, covered)
        event: dict[str, object] = {
            "asset_id": record.asset_id,
            "revision": record.revision,
            "size": make.size.value,
            "format": make.format.value,
            "crop": make.crop.value,
            "watermark": make.watermark,
            "face_ids": sorted(covered),
            "channel": use.channel.value,
            "place": use.place.value,
            "decided_at": use.decided_at.isoformat(),
        }
        said = made_of_picture(self._client, self._function, event, RenderingFailedError)
        if said["outcome"] == "uncoverable":
            raise UncoverableError(record.asset_id)
        wanted = rendition_id(record, plan, asset.faces, use)
        if said["rendition_id"] != wanted:
            # Its code makes it in another way: it is not what is asked for.
            raise RenderingFailedError("another version")
        return wanted
