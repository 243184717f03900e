"""Make the version of a picture in which it leaves for a channel, once."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Annotated, Protocol

from pydantic import AwareDatetime, Field

from beeldrecht.domain.assets import Asset, Face, FaceMark
from beeldrecht.domain.channel_renditions import (
    CropWay,
    FileFormat,
    Make,
    Plan,
    ReadySize,
    planned,
    rendition_id,
)
from beeldrecht.domain.channels import Channel, Place, Use
from beeldrecht.domain.intake import AssetRecord
from beeldrecht.domain.masking import KEPT_DAYS
from beeldrecht.domain.metadata import ModelRelease
from beeldrecht.runtime.events import Frozen, OpaqueId
from beeldrecht.runtime.facts import Pictures
from beeldrecht_vision.masking import UncoverableFaceError

_FRESH = timedelta(days=KEPT_DAYS - 1)
"""What is older may be taken away while somebody still fetches it."""


class UnknownAssetError(Exception):
    """There is no such picture, or nothing was taken in of it."""


class UnknownFaceError(Exception):
    """There is no such face in that picture."""


class ChangedMeanwhileError(Exception):
    """The picture is not as it was when somebody decided what may leave."""


class Outcome(StrEnum):
    """What became of it."""

    MADE = "made"
    FOUND = "found"
    UNCOVERABLE = "uncoverable"
    """A face has no place in the picture: there is no version, and none may leave."""


class Event(Frozen):
    """What to make of which picture, and which faces may not be seen in it."""

    asset_id: OpaqueId
    revision: Annotated[int, Field(ge=1)]
    size: ReadySize
    format: FileFormat
    crop: CropWay
    watermark: bool = False
    face_ids: frozenset[OpaqueId] = frozenset()
    channel: Channel
    place: Place
    decided_at: AwareDatetime
    """When it was decided that it may leave for that."""

    @property
    def make(self) -> Make:
        """As the domain says it."""
        return Make(self.size, self.format, self.crop, self.watermark)

    @property
    def use(self) -> Use:
        """What it leaves for."""
        return Use(self.channel, self.place, self.decided_at)


class Result(Frozen):
    """The version, by the name that the same makes it again."""

    asset_id: OpaqueId
    rendition_id: OpaqueId
    outcome: Outcome
    faces: int


class Pixels(Protocol):
    """The full-size pixels."""

    def read(self, record: AssetRecord) -> tuple[bytes, int]:
        """A JPEG and its EXIF orientation."""
        ...


class Renditions(Protocol):
    """What is made beside the renditions, for some days."""

    def made_since(
        self, asset_id: str, rendition: str, written_as: FileFormat
    ) -> datetime | None:
        """When it was made; None when there is none."""
        ...

    def write_made(
        self, asset_id: str, rendition: str, plan: Plan, data: bytes, file_name: str
    ) -> None:
        """Store it."""
        ...


class Renders(Protocol):
    """Makes the file."""

    def __call__(
        self,
        jpeg: tuple[bytes, int],
        record: AssetRecord,
        covered: Sequence[Face],
        plan: Plan,
        release: ModelRelease | None,
        use: Use,
    ) -> bytes:
        """The bytes; `release` and `use` are what the file says of itself."""
        ...


def render_asset(
    event: Event,
    library: Pictures,
    pixels: Pixels,
    renditions: Renditions,
    render: Renders,
    now: Callable[[], datetime],
) -> Result:
    """Make it, unless that was done before, and say what it is called.

    The faces are covered before anything is cut. Safe to repeat, and side by side: the
    same gives the same pixels and words under the same name, signed anew. What is found
    says when it was first decided that it may leave for that use. Raises
    UnknownAssetError, UnknownFaceError, ChangedMeanwhileError and CropRefusedError.
    """
    found = library.picture(event.asset_id)
    if found is None or found[0].original is None or found[0].refused:
        raise UnknownAssetError(event.asset_id)
    record, asset, _ = found
    if record.revision != event.revision:
        raise ChangedMeanwhileError(event.asset_id)
    covered = [face for face in asset.faces if face.face_id in event.face_ids]
    if len(covered) != len(event.face_ids):
        raise UnknownFaceError(event.asset_id)
    plan = planned(record, asset, event.make, event.face_ids)
    rendition = rendition_id(record, plan, asset.faces, event.use)
    since = renditions.made_since(event.asset_id, rendition, event.format)
    if since is not None and now() < since + _FRESH:
        return _result(event, rendition, Outcome.FOUND)
    try:
        release = release_of(record, asset, plan)
        data = render(pixels.read(record), record, covered, plan, release, event.use)
    except UncoverableFaceError:
        return _result(event, rendition, Outcome.UNCOVERABLE)
    name = record.announcement.file_name
    renditions.write_made(event.asset_id, rendition, plan, data, name)
    return _result(event, rendition, Outcome.MADE)


def release_of(record: AssetRecord, asset: Asset, plan: Plan) -> ModelRelease | None:
    """What a file says of model releases: what was said of it, else what is on record.

    Where nobody can be seen there is nothing to release; where somebody can, who is in
    it agreed to this use and perhaps to no other. Words in a file say nothing here of
    what may leave.
    """
    said = record.description.model_release
    if said is not None:
        return said
    seen = [
        face
        for face in asset.faces
        if face.face_id not in plan.unseen and face.mark is not FaceMark.NOT_RECOGNISABLE
    ]
    return ModelRelease.LIMITED if seen else ModelRelease.NOT_APPLICABLE


def _result(event: Event, rendition: str, outcome: Outcome) -> Result:
    return Result(
        asset_id=event.asset_id,
        rendition_id=rendition,
        outcome=outcome,
        faces=len(event.face_ids),
    )
