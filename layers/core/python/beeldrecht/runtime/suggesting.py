"""Proposing who may be in a picture: the same way wherever a permit allows a look."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from beeldrecht.domain.assets import Asset, Face, FaceMark
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.intake import AssetRecord
from beeldrecht.domain.people import Appearance, AppearanceStatus, SuggestionBand
from beeldrecht.domain.permits import Permit
from beeldrecht.domain.time import instant


class Likeness(Protocol):
    """A face that may be a person: no score."""

    @property
    def face(self) -> int:
        """Which of the faces that were handed in."""
        ...

    @property
    def person_id(self) -> str:
        """Who it may be."""
        ...

    @property
    def band(self) -> str:
        """How it is shown."""
        ...


class Enrolled(Protocol):
    """The templates of people who enrolled."""

    def load(self, person_id: str, model_id: str) -> bytes | None:
        """A person's template, if there is one that can still be read."""
        ...


class Pixels(Protocol):
    """The full-size pixels."""

    def read(self, record: AssetRecord) -> tuple[bytes, int]:
        """A JPEG and its EXIF orientation."""
        ...


class Recogniser(Protocol):
    """Compares faces with templates; nothing it computes outlives the call."""

    @property
    def model_id(self) -> str:
        """Which templates it can compare with."""
        ...

    def compare(
        self,
        permit: Permit,
        asset_id: str,
        jpeg: tuple[bytes, int],
        faces: Sequence[Face],
        enrolled: Mapping[str, bytes],
        at: datetime,
    ) -> Sequence[Likeness]:
        """Who these faces may be; raises PermitRefusedError without a live permit."""
        ...


def unnamed(asset: Asset, appearances: Sequence[Appearance]) -> list[Face]:
    """The faces that nobody has named yet and that are to be known at all."""
    named = {a.face_id for a in appearances if a.status is AppearanceStatus.CONFIRMED}
    return [
        face
        for face in asset.faces
        if face.face_id not in named and face.mark is FaceMark.UNMARKED
    ]


def proposed(
    asset_id: str, faces: Sequence[Face], likenesses: Sequence[Likeness]
) -> list[Appearance]:
    """What is proposed of them: each waits for a person, and decides nothing."""
    return [
        Appearance(
            asset_id=asset_id,
            face_id=faces[likeness.face].face_id,
            person_id=likeness.person_id,
            status=AppearanceStatus.SUGGESTED,
            band=SuggestionBand(likeness.band),
        )
        for likeness in likenesses
    ]


def use_of_recognition(
    tag: str,
    record: AssetRecord,
    suggestions: Sequence[Appearance],
    reference_set: str,
    people: int,
    model_id: str,
    period: tuple[datetime, datetime],
) -> NewEntry:
    """Period, reference set, input and outcome, as the AI Act asks (Article 12)."""
    said = ",".join(f"{s.face_id}:{s.person_id}:{s.band}" for s in suggestions)
    this_one = derived_id(model_id, said, period[0].isoformat())
    return NewEntry(
        subject=record.asset_id,
        entry_id=f"{tag}:{this_one}",
        tag=tag,
        at=period[1],
        actor="system",
        data={
            "started": instant(period[0]).isoformat(),
            "ended": instant(period[1]).isoformat(),
            "reference_set": reference_set,
            "people": people,
            "model_id": model_id,
            "suggestions": said,
        },
    )
