"""Renditions by where they lie, for who reads them within: no address is signed.

Whoever lets pictures leave asks for addresses. These stand in for what signs them, and
give the place in the bucket instead, which `read` takes.
"""

from typing import TYPE_CHECKING, override

from botocore.exceptions import ClientError

from beeldrecht.domain.channel_renditions import FileFormat, made_key
from beeldrecht.domain.intake import RenditionName, rendition_key
from beeldrecht.domain.masking import masked_key

from .channel_renditions import Renderer
from .errors import MissingObjectError

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

_ABSENT = {"NoSuchKey", "404", "NotFound"}


class PlacedRenditions:
    """The bucket of renditions, by its keys."""

    def __init__(self, s3: "S3Client", bucket: str) -> None:
        self._s3 = s3
        self._bucket = bucket

    def link(self, asset_id: str, name: RenditionName, seconds: int) -> str:  # noqa: ARG002  # no address
        """Where a rendition lies."""
        return rendition_key(asset_id, name)

    def masked_link(self, asset_id: str, mask: str, seconds: int) -> str:  # noqa: ARG002  # no address
        """Where a masked version lies."""
        return masked_key(asset_id, mask)

    def read(self, place: str) -> bytes:
        """The bytes that lie there; raises MissingObjectError."""
        try:
            answer = self._s3.get_object(Bucket=self._bucket, Key=place)
        except ClientError as error:
            if error.response["Error"]["Code"] in _ABSENT:
                raise MissingObjectError(place) from error
            raise
        return answer["Body"].read()


class PlacedRenderer(Renderer):
    """Has versions made for channels, and says where they lie."""

    @override
    def made_link(
        self, asset_id: str, rendition: str, written_as: FileFormat, seconds: int
    ) -> str:
        """Where it lies."""
        return made_key(asset_id, rendition, written_as)
