"""Small pictures, people and consents, each the same in every test."""

import io
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache

from PIL import Image, ImageDraw

from beeldrecht.domain.channels import Channel, Place
from beeldrecht.domain.consent import Grant, GrantKind, Quitclaim
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.intake import Announcement
from beeldrecht.domain.permits import Assessment
from beeldrecht.domain.time import Period, midnight
from beeldrecht_vision.faces import Box, DetectedFace, Pass, Pose

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
TICK = timedelta(microseconds=1)
PICTURE, OTHER, UPLOADER, EDITOR, ANN, BOB, SHOOT = (
    derived_id("test", name)
    for name in ("picture", "other", "uploader", "editor", "ann", "bob", "shoot")
)
DETECTOR = "detector-of-the-tests"
PIXEL_LIMIT = 10_000_000
ASSESSMENT = Assessment(
    assessment_id=derived_id("test", "assessment"),
    signed_by=derived_id("test", "officer"),
    period=Period(NOON - timedelta(days=30), midnight(date(2027, 5, 2))),
)
"""What `governance.DPIA` says when it is on record: through 1 May 2027."""


@cache
def picture_of(fmt: str = "JPEG", shade: int = 90, orientation: int = 1) -> bytes:
    """A small picture that really decodes: 96 by 64, with something to see."""
    image = Image.new("RGB", (96, 64), (shade, 120, 60))
    draw = ImageDraw.Draw(image)
    for n in range(8):
        draw.rectangle((n * 12, n * 5, n * 12 + shade % 17, 60), fill=(n * 30, shade, 9))
    exif = Image.Exif()
    exif[0x0112] = orientation
    out = io.BytesIO()
    image.save(out, fmt, **({"exif": exif} if orientation != 1 else {}))
    return out.getvalue()


FILM = b"".join(
    (
        b"\0\0\0\x10ftypisom\0\0\0\0",
        b"\0\0\0\x34moov\0\0\0\x2ctrak\0\0\0\x24mdia\0\0\0\x1chdlr",
        b"\0" * 8 + b"vide" + b"\0" * 8,
    )
)
"""As little of a film as is taken for one; no decoder could open it."""
LETTER = b"PK\x03\x04 a letter, as a program packed it"
"""A file that nothing here opens."""


@cache
def document_of(pages: int = 1) -> bytes:
    """A small PDF of pages that are 96 by 64 points, with something to see on each."""
    page, *more = (Image.open(io.BytesIO(picture_of(shade=90 + n))) for n in range(pages))
    out = io.BytesIO()
    page.save(out, "PDF", save_all=True, append_images=more)
    return out.getvalue()


def announcement(asset_id: str = PICTURE, session_id: str | None = None) -> Announcement:
    return Announcement(
        asset_id=asset_id,
        file_name="zomerfeest-012.jpg",
        media_type="image/jpeg",
        size=len(picture_of()),
        uploader_id=UPLOADER,
        session_id=session_id,
        announced_at=NOON,
    )


def seen(place: int = 0, height: float = 20.0) -> DetectedFace:
    """A face as the detector reports it."""
    x = 5.0 + 30 * place
    return DetectedFace(
        box=Box(x, 5.0, 16.0, height),
        landmarks=((x, 9.0), (x + 8, 9.0), (x + 4, 12.0), (x, 16.0), (x + 8, 16.0)),
        score=0.9,
        pose=Pose(roll=1.0, nose_offset=0.1, eye_mouth=0.9),
        found_by=Pass.COARSE,
    )


@dataclass(frozen=True)
class Sight:
    """What the detector says of a picture."""

    faces: tuple[DetectedFace, ...]
    truncated: bool = False


def face_id(place: int = 0, version: str = "version-1", asset_id: str = PICTURE) -> str:
    """The id that a face has by the rule: picture, version, detector, place."""
    return derived_id(asset_id, version, DETECTOR, str(place))


def grant(
    person_id: str = ANN,
    kind: GrantKind = GrantKind.IMAGE_CONSENT,
    until: datetime | None = NOON + timedelta(days=30),
    channels: frozenset[Channel] = frozenset({Channel.WEBSITE, Channel.PRINT}),
) -> Grant:
    name = f"{kind}-{until}"
    return Grant(
        grant_id=derived_id(person_id, name),
        quitclaim_id=derived_id(person_id, "quitclaim", name),
        person_id=person_id,
        kind=kind,
        period=Period(NOON - timedelta(days=30), until),
        channels=channels,
        places=frozenset({Place.WORLD}),
    )


def quitclaim(of: Grant) -> Quitclaim:
    return Quitclaim(
        quitclaim_id=of.quitclaim_id,
        person_id=of.person_id,
        wording_version="2026-1",
        wording_sha256="0" * 64,
        language="nl",
        signed_at=of.period.start,
        signed_on="tablet",
    )
