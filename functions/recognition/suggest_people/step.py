"""Suggest who may be in a picture, under a permit; until a person confirms, nothing."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.intake import AssetRecord
from beeldrecht.domain.people import Appearance
from beeldrecht.domain.permits import (
    Permit,
    PermitRefusal,
    PermitRefusedError,
    RecognitionMode,
    permit_closed_session,
)
from beeldrecht.domain.recognition import RecognitionSetting, effective_mode
from beeldrecht.domain.sessions import Session
from beeldrecht.runtime.events import AssetEvent, Frozen, OpaqueId
from beeldrecht.runtime.everybody import Circle, Everybody
from beeldrecht.runtime.facts import Pictures as Readable
from beeldrecht.runtime.facts import Register, known_facts
from beeldrecht.runtime.suggesting import (
    Enrolled,
    Pixels,
    Recogniser,
    proposed,
    unnamed,
    use_of_recognition,
)


class Result(Frozen):
    """How many suggestions are new."""

    asset_id: OpaqueId
    suggested: int


class Pictures(Readable, Protocol):
    """Pictures, sessions, and where suggestions are kept."""

    def session(self, session_id: str) -> Session | None:
        """A session with its roster."""
        ...

    def recognition_mode(self, at: datetime) -> RecognitionMode:
        """How far recognition may go at an instant."""
        ...

    def recognition(self) -> RecognitionSetting:
        """How far it may go, with the assessment that carries that."""
        ...

    def suggest(self, suggestions: Sequence[Appearance], entry: NewEntry) -> int:
        """Record suggestions beside what people said, and that they were made.

        Returns how many are new; the entry is written in any case.
        """
        ...


def suggest_people(
    event: AssetEvent,
    library: Pictures,
    register: Register,
    enrolled: Enrolled,
    everybody: Everybody,
    pixels: Pixels,
    recogniser: Recogniser,
    now: Callable[[], datetime],
) -> Result:
    """Make the permit, compare the faces nobody has named yet, record suggestions.

    Those of a closed session are compared with its roster. Where that is refused, and the
    mode is `enrolled`, a picture of our own is compared with everybody who enrolled.
    Safe to repeat: a suggestion on record stays, and so does what a person said about it.
    Raises PermitRefusedError before anything is computed; the workflow then goes on
    without suggestions. The use is logged with what came of it, or without (R22).
    """
    found = library.picture(event.asset_id)
    if found is None or found[0].refused:
        return Result(asset_id=event.asset_id, suggested=0)
    record, asset, appearances = found
    session = library.session(asset.session_id) if asset.session_id else None
    started = now()
    circle: Circle | None = None
    try:
        permit = _closed(session, record, library, register, started)
        assert session is not None  # noqa: S101  # it made the permit
        gallery = _gallery(session, enrolled, recogniser.model_id)
        reference_set, people = session.session_id, len(session.roster)
    except PermitRefusedError:
        setting = library.recognition()
        if effective_mode(setting, started) is not RecognitionMode.ENROLLED:
            raise
        circle = Circle(record, session, setting, register)
        gallery = circle.gallery(everybody, enrolled, recogniser.model_id, started)
        # Gathering them took a while: what holds is asked of all of them anew.
        permit = circle.permit(gallery, now())
        assert setting.assessment is not None  # noqa: S101  # it carries the permit
        reference_set, people = setting.assessment.assessment_id, len(gallery)
    faces = unnamed(asset, appearances)
    if not gallery or not faces:
        return Result(asset_id=asset.asset_id, suggested=0)
    likenesses = recogniser.compare(
        permit, asset.asset_id, pixels.read(record), faces, gallery, now()
    )
    suggestions = proposed(asset.asset_id, faces, likenesses)
    if circle is not None:
        suggestions = [
            each
            for each in suggestions
            if _still(each.person_id, circle, library, enrolled, recogniser, now())
        ]
    use = use_of_recognition(
        "recognition:people:suggest",
        record,
        suggestions,
        reference_set,
        people,
        recogniser.model_id,
        (started, now()),
    )
    return Result(asset_id=asset.asset_id, suggested=library.suggest(suggestions, use))


def _closed(
    session: Session | None,
    record: AssetRecord,
    library: Pictures,
    register: Register,
    at: datetime,
) -> Permit:
    """The permit of a closed session; raises PermitRefusedError."""
    if session is None:
        raise PermitRefusedError(PermitRefusal.SESSION_NOT_CLOSED)
    facts = known_facts(register, session.roster, record.asset_id, at)
    return permit_closed_session(
        session,
        frozenset({record.asset_id}),
        library.recognition_mode(at),
        facts.grants,
        facts.withdrawals,
        at,
        facts.restrictions,
        frozenset({record.announcement.origin}),
    )


def _still(
    person_id: str,
    circle: Circle,
    library: Pictures,
    enrolled: Enrolled,
    recogniser: Recogniser,
    at: datetime,
) -> bool:
    """Whether they may be proposed at this instant: comparing took a while too."""
    now = replace(circle, setting=library.recognition())
    kept = enrolled.load(person_id, recogniser.model_id)
    return kept is not None and now.may(person_id, at)


def _gallery(session: Session, enrolled: Enrolled, model_id: str) -> dict[str, bytes]:
    templates = {p: enrolled.load(p, model_id) for p in sorted(session.roster)}
    return {person: template for person, template in templates.items() if template}
