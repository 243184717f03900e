"""Suggest who may be in a picture, under a permit; until a person confirms, nothing."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from beeldrecht.domain.assets import Asset, Face, FaceMark
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.intake import AssetRecord
from beeldrecht.domain.people import Appearance, AppearanceStatus, SuggestionBand
from beeldrecht.domain.permits import (
    Permit,
    PermitRefusal,
    PermitRefusedError,
    RecognitionMode,
    permit_closed_session,
)
from beeldrecht.domain.sessions import Session
from beeldrecht.domain.time import instant
from beeldrecht.runtime.events import AssetEvent, Frozen, OpaqueId
from beeldrecht.runtime.facts import Pictures as Readable
from beeldrecht.runtime.facts import Register, known_facts


class Result(Frozen):
    """How many suggestions are new."""

    asset_id: OpaqueId
    suggested: int


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


class Pictures(Readable, Protocol):
    """Pictures, sessions, and where suggestions are kept."""

    def session(self, session_id: str) -> Session | None:
        """A session with its roster."""
        ...

    def recognition_mode(self, at: datetime) -> RecognitionMode:
        """How far recognition may go at an instant."""
        ...

    def suggest(self, suggestions: Sequence[Appearance], entry: NewEntry) -> int:
        """Record suggestions beside what people said, and that they were made.

        Returns how many are new; the entry is written in any case.
        """
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


def suggest_people(
    event: AssetEvent,
    library: Pictures,
    register: Register,
    enrolled: Enrolled,
    pixels: Pixels,
    recogniser: Recogniser,
    now: Callable[[], datetime],
) -> Result:
    """Make the permit, compare the faces nobody has named yet, record suggestions.

    Safe to repeat: a suggestion on record stays, and so does what a person said about it.
    Raises PermitRefusedError before anything is computed; the workflow then goes on
    without suggestions. The use is logged with what came of it, or without (R22).
    """
    found = library.picture(event.asset_id)
    if found is None or found[0].refused:
        return Result(asset_id=event.asset_id, suggested=0)
    record, asset, appearances = found
    session = library.session(asset.session_id) if asset.session_id else None
    if session is None:
        raise PermitRefusedError(PermitRefusal.SESSION_NOT_CLOSED)
    started = now()
    facts = known_facts(register, session.roster, asset.asset_id, started)
    permit = permit_closed_session(
        session,
        frozenset({asset.asset_id}),
        library.recognition_mode(started),
        facts.grants,
        facts.withdrawals,
        started,
        facts.restrictions,
    )
    gallery = _gallery(session, enrolled, recogniser.model_id)
    faces = _unnamed(asset, appearances)
    if not gallery or not faces:
        return Result(asset_id=asset.asset_id, suggested=0)
    likenesses = recogniser.compare(
        permit, asset.asset_id, pixels.read(record), faces, gallery, now()
    )
    suggestions = [
        Appearance(
            asset_id=asset.asset_id,
            face_id=faces[likeness.face].face_id,
            person_id=likeness.person_id,
            status=AppearanceStatus.SUGGESTED,
            band=SuggestionBand(likeness.band),
        )
        for likeness in likenesses
    ]
    use = _use(session, record, suggestions, recogniser.model_id, (started, now()))
    return Result(asset_id=asset.asset_id, suggested=library.suggest(suggestions, use))


def _gallery(session: Session, enrolled: Enrolled, model_id: str) -> dict[str, bytes]:
    templates = {p: enrolled.load(p, model_id) for p in sorted(session.roster)}
    return {person: template for person, template in templates.items() if template}


def _unnamed(asset: Asset, appearances: tuple[Appearance, ...]) -> list[Face]:
    named = {a.face_id for a in appearances if a.status is AppearanceStatus.CONFIRMED}
    return [
        face
        for face in asset.faces
        if face.face_id not in named and face.mark is FaceMark.UNMARKED
    ]


def _use(
    session: Session,
    record: AssetRecord,
    suggestions: list[Appearance],
    model_id: str,
    period: tuple[datetime, datetime],
) -> NewEntry:
    """Period, reference set, input and outcome, as the AI Act asks (Article 12)."""
    said = ",".join(f"{s.face_id}:{s.person_id}:{s.band}" for s in suggestions)
    this_one = derived_id(model_id, said, period[0].isoformat())
    return NewEntry(
        subject=record.asset_id,
        entry_id=f"recognition:people:suggest:{this_one}",
        tag="recognition:people:suggest",
        at=period[1],
        actor="system",
        data={
            "started": instant(period[0]).isoformat(),
            "ended": instant(period[1]).isoformat(),
            "reference_set": session.session_id,
            "people": len(session.roster),
            "model_id": model_id,
            "suggestions": said,
        },
    )
