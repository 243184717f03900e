"""Has faces covered, by the function that carries what decodes and encodes pictures.

The staff API decides which faces those are; it carries no pixels.
"""

from collections.abc import Set
from typing import TYPE_CHECKING

from beeldrecht.domain.assets import Asset
from beeldrecht.domain.intake import AssetRecord, RenditionName
from beeldrecht.domain.masking import UncoverableError, mask_id

from .calls import CallFailedError, made_of_picture

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient


class MaskingFailedError(CallFailedError):
    """The function that covers failed."""


class Masker:
    """Calls the function `mask_asset` and waits for it."""

    def __init__(self, client: "LambdaClient", function: str) -> None:
        self._client = client
        self._function = function

    def masked(
        self,
        record: AssetRecord,
        asset: Asset,
        rendition: RenditionName,
        covered: Set[str],
    ) -> str:
        """Have a rendition made with these faces covered; give the version's id.

        Safe to repeat: it is made once and found again. Raises UncoverableError,
        StaleRevisionError when the picture has changed since it was read, BusyError when
        the function cannot begin now or has not ended in time, and MaskingFailedError.
        """
        event: dict[str, object] = {
            "asset_id": record.asset_id,
            "revision": record.revision,
            "rendition": rendition.value,
            "face_ids": sorted(covered),
        }
        said = made_of_picture(self._client, self._function, event, MaskingFailedError)
        if said["outcome"] == "uncoverable":
            raise UncoverableError(record.asset_id)
        faces = [face for face in asset.faces if face.face_id in covered]
        wanted = mask_id(record, rendition, faces)
        if said["mask_id"] != wanted:
            # Its code covers in another shape: what it made is not what is asked for.
            raise MaskingFailedError("another version")
        return wanted
