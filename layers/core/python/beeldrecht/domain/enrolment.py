"""What came of enrolling somebody, as far as staff is told."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class EnrolmentPhoto:
    """A face in a picture that is confirmed to be this person."""

    asset_id: str
    face_id: str


@dataclass(frozen=True, slots=True)
class PhotoRefusal:
    """A photo that was not used, and why."""

    photo: EnrolmentPhoto
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Enrolment:
    """Whether there is a template now, from how many photos, and until when."""

    enrolled: bool
    accepted: int
    refused: tuple[PhotoRefusal, ...]
    valid_until: datetime | None
