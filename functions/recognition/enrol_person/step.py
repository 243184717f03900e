"""Enrol a person who asked to be recognised, from photos confirmed to be theirs."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Annotated, Protocol

from pydantic import Field

from beeldrecht.domain.assets import Asset, Face
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.intake import AssetRecord
from beeldrecht.domain.people import Appearance, AppearanceStatus
from beeldrecht.domain.permits import Permit, RecognitionMode, permit_enrolment
from beeldrecht.domain.retention import RetentionKind, RetentionPolicy
from beeldrecht.domain.sessions import Origin, Session
from beeldrecht.runtime.events import Frozen, OpaqueId
from beeldrecht.runtime.facts import Pictures as Readable
from beeldrecht.runtime.facts import Register, known_facts

UNKNOWN_PHOTO = "unknown_photo"
PUBLIC_WEB_SOURCE = "public_web_source"
NOT_CONFIRMED = "not_confirmed_as_this_person"


class Photo(Frozen):
    """A face in a picture that a person has confirmed as the one to enrol."""

    asset_id: OpaqueId
    face_id: OpaqueId


class Event(Frozen):
    """Whom to enrol, from which photos. Three miss far fewer people than one."""

    person_id: OpaqueId
    actor_id: OpaqueId
    photos: Annotated[tuple[Photo, ...], Field(min_length=1, max_length=5)]


class Refused(Frozen):
    """A photo that was not used, and why."""

    asset_id: OpaqueId
    face_id: OpaqueId
    reasons: tuple[str, ...]


class Result(Frozen):
    """Whether there is a template now, from how many photos, and until when."""

    person_id: OpaqueId
    enrolled: bool
    accepted: int
    refused: tuple[Refused, ...]
    valid_until: datetime | None


class Pictures(Readable, Protocol):
    """Pictures, their sessions, and how far recognition may go."""

    def session(self, session_id: str) -> Session | None:
        """A session with its roster."""
        ...

    def recognition_mode(self, at: datetime) -> RecognitionMode:
        """How far recognition may go at an instant."""
        ...


class Pixels(Protocol):
    """The full-size pixels."""

    def read(self, record: AssetRecord) -> tuple[bytes, int]:
        """A JPEG and its EXIF orientation."""
        ...


class Enrolments(Protocol):
    """Where templates are kept, sealed, until the consent ends."""

    def save(
        self,
        person_id: str,
        model_id: str,
        template: bytes,
        expires_at: datetime | None,
        entry: NewEntry,
        enrolment_id: str,
    ) -> None:
        """Keep a template, and that it was made; replaces the last."""
        ...


class Retention(Protocol):
    """How long things are kept."""

    def policy(self) -> RetentionPolicy:
        """What is on record about keeping."""
        ...


class Enroller(Protocol):
    """Makes one template of several photos."""

    @property
    def model_id(self) -> str:
        """By which model."""
        ...

    def unfit(self, faces: Sequence[Face]) -> tuple[str, ...]:
        """Why a picture with these faces cannot be used; judged without a template."""
        ...

    def add(
        self,
        permit: Permit,
        asset_id: str,
        jpeg: tuple[bytes, int],
        face: Face,
        at: datetime,
    ) -> tuple[str, ...]:
        """Take one photo; the reasons why not, or nothing when it was taken."""
        ...

    def template(self) -> bytes | None:
        """The template of all photos taken; None when there were none."""
        ...


def enrol_person(
    event: Event,
    library: Pictures,
    register: Register,
    pixels: Pixels,
    enroller: Enroller,
    enrolments: Enrolments,
    retention: Retention,
    now: Callable[[], datetime],
) -> Result:
    """Make the permit first, then the template, sealed with the person's own key.

    Safe to repeat: the last template replaces the one before, and its key goes with it.
    Raises PermitRefusedError before anything is computed. The template ends when the
    biometric consent does, or at the end of its own term where that is sooner.
    """
    started = now()
    facts = known_facts(register, [event.person_id], None, started)
    permit = permit_enrolment(
        event.person_id,
        library.recognition_mode(started),
        facts.grants,
        facts.withdrawals,
        started,
        facts.restrictions,
    )
    permit.check_subject(event.person_id)
    refused: list[Refused] = []
    accepted: list[Photo] = []
    for photo in dict.fromkeys(event.photos):
        reasons = _take(photo, event.person_id, permit, library, pixels, enroller, now())
        if reasons:
            refused.append(
                Refused(asset_id=photo.asset_id, face_id=photo.face_id, reasons=reasons)
            )
        else:
            accepted.append(photo)
    template = enroller.template()
    until = None
    if template is not None:
        at = now()
        until = _until(permit, retention.policy(), at)
        entry = _enrolment(event, accepted, enroller.model_id, at)
        enrolment_id = derived_id(event.person_id, entry.entry_id)
        enrolments.save(
            event.person_id, enroller.model_id, template, until, entry, enrolment_id
        )
    return Result(
        person_id=event.person_id,
        enrolled=template is not None,
        accepted=len(accepted),
        refused=tuple(refused),
        valid_until=until,
    )


def _until(permit: Permit, policy: RetentionPolicy, at: datetime) -> datetime | None:
    """When the template ends: with the consent that carries it, or with its term."""
    ends = (permit.valid_until, policy.ends(RetentionKind.TEMPLATES, at))
    return min((each for each in ends if each is not None), default=None)


def _take(
    photo: Photo,
    person_id: str,
    permit: Permit,
    library: Pictures,
    pixels: Pixels,
    enroller: Enroller,
    at: datetime,
) -> tuple[str, ...]:
    found = library.picture(photo.asset_id)
    face = _face(photo, found[1]) if found else None
    if found is None or face is None:
        return (UNKNOWN_PHOTO,)
    record, asset, appearances = found
    if not _is_confirmed(photo, person_id, appearances):
        return (NOT_CONFIRMED,)
    session = library.session(asset.session_id) if asset.session_id else None
    if (session is not None and session.from_public_web) or (
        record.announcement.origin is Origin.PUBLIC_WEB
    ):
        return (PUBLIC_WEB_SOURCE,)
    unfit = enroller.unfit(asset.faces)
    if unfit:
        return unfit
    return enroller.add(permit, photo.asset_id, pixels.read(record), face, at)


def _face(photo: Photo, asset: Asset) -> Face | None:
    return next((f for f in asset.faces if f.face_id == photo.face_id), None)


def _is_confirmed(
    photo: Photo, person_id: str, appearances: tuple[Appearance, ...]
) -> bool:
    return any(
        a.face_id == photo.face_id
        and a.person_id == person_id
        and a.status is AppearanceStatus.CONFIRMED
        for a in appearances
    )


def _enrolment(
    event: Event, accepted: list[Photo], model_id: str, at: datetime
) -> NewEntry:
    used = ",".join(f"{p.asset_id}:{p.face_id}" for p in accepted)
    return NewEntry(
        subject=event.person_id,
        entry_id=f"recognition:person:enrol:{derived_id(model_id, used, at.isoformat())}",
        tag="recognition:person:enrol",
        at=at,
        actor=event.actor_id,
        data={"model_id": model_id, "photos": used},
    )
