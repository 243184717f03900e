"""Make the version of a rendition in which some faces are covered, once."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Annotated, Protocol

from pydantic import Field

from beeldrecht.domain.assets import Face
from beeldrecht.domain.intake import PICTURED, RenditionName
from beeldrecht.domain.masking import KEPT_DAYS, mask_id
from beeldrecht.runtime.events import Frozen, OpaqueId
from beeldrecht.runtime.facts import Pictures
from beeldrecht_vision.masking import UncoverableFaceError

_FRESH = timedelta(days=KEPT_DAYS - 1)
"""What is older may be taken away while somebody still fetches it."""


class UnknownAssetError(Exception):
    """There is no such picture, or it has no such rendition."""


class UnknownFaceError(Exception):
    """There is no such face in that picture."""


class ChangedMeanwhileError(Exception):
    """The picture is not as it was when somebody decided what to cover."""


class Outcome(StrEnum):
    """What became of it."""

    MADE = "made"
    FOUND = "found"
    UNCOVERABLE = "uncoverable"
    """A face has no place in the picture: there is no version, and none may leave."""


class Event(Frozen):
    """Which faces to cover in which rendition of a picture, as it was decided on."""

    asset_id: OpaqueId
    revision: Annotated[int, Field(ge=1)]
    rendition: RenditionName
    face_ids: Annotated[frozenset[OpaqueId], Field(min_length=1)]


class Result(Frozen):
    """The version, by the name that the same faces give it again."""

    asset_id: OpaqueId
    mask_id: OpaqueId
    outcome: Outcome
    faces: int


class Renditions(Protocol):
    """The renditions, and the masked versions beside them."""

    def read(self, asset_id: str, name: RenditionName) -> bytes:
        """The bytes of a rendition."""
        ...

    def masked_since(self, asset_id: str, mask: str) -> datetime | None:
        """When a masked version was made; None when there is none."""
        ...

    def write_masked(
        self,
        asset_id: str,
        name: RenditionName,
        mask: str,
        jpeg: bytes,
        file_name: str,
    ) -> None:
        """Store a masked version."""
        ...


def mask_asset(
    event: Event,
    library: Pictures,
    renditions: Renditions,
    cover: Callable[[bytes, Sequence[Face], int], bytes],
    now: Callable[[], datetime],
) -> Result:
    """Cover these faces, unless that was done before, and say what the version is called.

    `cover` gets a JPEG, the faces, and the width of the original that they are measured
    in. Safe to repeat, and side by side: the same faces give the same bytes under the
    same name. Raises UnknownAssetError, UnknownFaceError and ChangedMeanwhileError.
    """
    found = library.picture(event.asset_id)
    if found is None or found[0].original is None:
        raise UnknownAssetError(event.asset_id)
    record, asset, _ = found
    if found[0].refused or event.rendition not in record.renditions & PICTURED:
        raise UnknownAssetError(event.asset_id)
    if record.revision != event.revision:
        raise ChangedMeanwhileError(event.asset_id)
    faces = [face for face in asset.faces if face.face_id in event.face_ids]
    if len(faces) != len(event.face_ids):
        raise UnknownFaceError(event.asset_id)
    mask = mask_id(record, event.rendition, faces)
    since = renditions.masked_since(event.asset_id, mask)
    if since is not None and now() < since + _FRESH:
        return _result(event, mask, Outcome.FOUND)
    jpeg = renditions.read(event.asset_id, event.rendition)
    try:
        masked = cover(jpeg, faces, found[0].original.width)
    except UncoverableFaceError:
        return _result(event, mask, Outcome.UNCOVERABLE)
    name = record.announcement.file_name
    renditions.write_masked(event.asset_id, event.rendition, mask, masked, name)
    return _result(event, mask, Outcome.MADE)


def _result(event: Event, mask: str, outcome: Outcome) -> Result:
    return Result(
        asset_id=event.asset_id,
        mask_id=mask,
        outcome=outcome,
        faces=len(event.face_ids),
    )
