"""Has faces covered, by the function that carries what decodes and encodes pictures.

The staff API decides which faces those are; it carries no pixels.
"""

import json
from collections.abc import Set
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError, ReadTimeoutError

from beeldrecht.domain.assets import Asset
from beeldrecht.domain.intake import AssetRecord, RenditionName
from beeldrecht.domain.masking import UncoverableError, mask_id

from .errors import BusyError, StaleRevisionError

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient

_CHANGED = {"ChangedMeanwhileError", "UnknownAssetError", "UnknownFaceError"}


class MaskingFailedError(Exception):
    """The function failed; `error` is the name of the class it raised."""

    def __init__(self, error: str) -> None:
        super().__init__(error)
        self.error = error


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
        event = {
            "asset_id": record.asset_id,
            "revision": record.revision,
            "rendition": rendition.value,
            "face_ids": sorted(covered),
        }
        said = self._asked(event)
        if said["outcome"] == "uncoverable":
            raise UncoverableError(record.asset_id)
        faces = [face for face in asset.faces if face.face_id in covered]
        wanted = mask_id(record, rendition, faces)
        if said["mask_id"] != wanted:
            # Its code covers in another shape: what it made is not what is asked for.
            raise MaskingFailedError("another version")
        return wanted

    def _asked(self, event: dict[str, object]) -> dict[str, str]:
        try:
            answer = self._client.invoke(
                FunctionName=self._function, Payload=json.dumps(event).encode()
            )
        except ReadTimeoutError as error:
            raise BusyError(self._function) from error
        except ClientError as error:
            if error.response["Error"]["Code"] != "TooManyRequestsException":
                raise
            raise BusyError(self._function) from error
        said = json.loads(answer["Payload"].read())
        if "FunctionError" in answer:
            name = str(said.get("errorType")) if isinstance(said, dict) else ""
            if name in _CHANGED:
                raise StaleRevisionError(str(event["asset_id"]))
            raise MaskingFailedError(name)
        made: dict[str, str] = said
        return made
