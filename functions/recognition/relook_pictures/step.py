"""Look at pictures again for who enrolled, where a permit allows it; propose; forget."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Annotated, Protocol

from pydantic import StringConstraints

from beeldrecht.domain.assets import DECIDED, AssetStatus
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.consent import Restriction
from beeldrecht.domain.intake import AssetRecord
from beeldrecht.domain.people import Appearance, AppearanceStatus
from beeldrecht.domain.permits import (
    Permit,
    PermitRefusedError,
    permit_closed_session,
    permit_enrolled,
    permit_enrolment,
)
from beeldrecht.domain.recognition import RecognitionSetting, effective_mode
from beeldrecht.domain.sessions import Origin, Session
from beeldrecht.runtime.events import Frozen, OpaqueId
from beeldrecht.runtime.facts import KnownFacts, Picture, Register, known_facts
from beeldrecht.runtime.suggesting import (
    Enrolled,
    Pixels,
    Recogniser,
    proposed,
    unnamed,
    use_of_recognition,
)

PAGE = 16
"""Pictures for which a session and its roster are read once; some seconds of work."""
BUDGET = timedelta(seconds=120)
"""When a run hands on: a library of a million pictures stays below two thousand runs, and
five events each in a history that holds 25,000."""


class Place(Frozen):
    """Where the walk stands: after this picture, in the list of this status."""

    status: AssetStatus
    since: Annotated[str, StringConstraints(pattern=r"^[0-9T:.+-]+$")]
    asset_id: OpaqueId


class Event(Frozen):
    """Who enrolled, and after which picture to go on."""

    person_id: OpaqueId
    enrolment_id: OpaqueId
    after: Place | None = None


class Outcome(StrEnum):
    """Whether there is more to look at."""

    MORE = "more"
    ALL = "all"
    OVER = "over"
    """Nobody may be looked for any more: taken back, frozen, lapsed or erased."""


class Result(Frozen):
    """How far the walk came, and how much it looked at."""

    outcome: Outcome
    after: Place | None
    looked: int
    """Faces."""
    suggested: int


class Pictures(Protocol):
    """Pictures by their status, sessions, and where suggestions are kept."""

    def page(
        self, status: AssetStatus, after: tuple[str, str] | None, limit: int
    ) -> tuple[Sequence[tuple[tuple[str, str], AssetRecord]], tuple[str, str] | None]:
        """The next pictures in one status, each with its place, and the next page's."""
        ...

    def picture(self, asset_id: str) -> Picture | None:
        """A picture, read consistently."""
        ...

    def session(self, session_id: str) -> Session | None:
        """A session with its roster."""
        ...

    def recognition(self) -> RecognitionSetting:
        """What is on record about recognition."""
        ...

    def suggest(self, suggestions: Sequence[Appearance], entry: NewEntry) -> int:
        """Record suggestions beside what people said; how many are new."""
        ...


class _OverError(Exception):
    """The person may not be looked for any more."""


@dataclass(frozen=True, slots=True)
class House:
    """All that a look takes."""

    library: Pictures
    register: Register
    enrolled: Enrolled
    pixels: Pixels
    recogniser: Recogniser
    now: Callable[[], datetime]
    passed_over: tuple[type[Exception], ...] = ()
    """What a picture may fail with without ending the walk: the next may be fine."""


@dataclass(frozen=True, slots=True)
class _Circle:
    """A session, with what its roster agreed to when the page began."""

    session: Session
    known: KnownFacts
    templates: dict[str, bytes]


@dataclass(slots=True)
class _Page:
    """What is read once for some pictures."""

    person_id: str
    setting: RecognitionSetting
    known: KnownFacts
    template: bytes
    circles: dict[str, _Circle | None] = field(default_factory=dict)

    def ask_again(self, house: House, at: datetime) -> None:
        """See what the person and the officer say now, and the template with its key.

        Raises _OverError: what was erased is absent from the very next comparison.
        """
        self.setting = house.library.recognition()
        self.known = known_facts(house.register, [self.person_id], None, at)
        template = house.enrolled.load(self.person_id, house.recogniser.model_id)
        if template is None or not _may(self.person_id, self.setting, self.known, at):
            raise _OverError
        self.template = template


@dataclass(frozen=True, slots=True)
class _Leave:
    """A permit, and the templates that it lets be compared with."""

    permit: Permit
    gallery: dict[str, bytes]
    reference_set: str


def relook_pictures(event: Event, house: House) -> Result:
    """Go through decided pictures, and look for the person where a permit can be made.

    Safe to repeat from any place: what is proposed is on record once, what a person said
    of it stays, and each look is logged (R22). It ends where it stands once the person
    may not be looked for any more: that is asked before each picture, and again before
    anything is proposed.
    """
    begun = house.now()
    looked = suggested = 0
    after = event.after
    status = after.status if after else DECIDED[0]
    at = (after.since, after.asset_id) if after else None
    while True:
        page = _page(event.person_id, house)
        if page is None:
            return _over(looked, suggested)
        records, following = house.library.page(status, at, PAGE)
        for place, record in records:
            try:
                faces, new = _look(record, page, house)
            except _OverError:
                return _over(looked, suggested)
            looked, suggested = looked + faces, suggested + new
            if house.now() - begun >= BUDGET:
                return _more(status, place, looked, suggested)
        at = following
        if following is None:
            if status is DECIDED[-1]:
                return Result(
                    outcome=Outcome.ALL, after=None, looked=looked, suggested=suggested
                )
            status = DECIDED[DECIDED.index(status) + 1]


def _more(
    status: AssetStatus, at: tuple[str, str], looked: int, suggested: int
) -> Result:
    place = Place(status=status, since=at[0], asset_id=at[1])
    return Result(outcome=Outcome.MORE, after=place, looked=looked, suggested=suggested)


def _over(looked: int, suggested: int) -> Result:
    return Result(outcome=Outcome.OVER, after=None, looked=looked, suggested=suggested)


def _page(person_id: str, house: House) -> _Page | None:
    """What holds now about the person; None when nobody may be looked for."""
    at = house.now()
    setting = house.library.recognition()
    known = known_facts(house.register, [person_id], None, at)
    template = house.enrolled.load(person_id, house.recogniser.model_id)
    if template is None or not _may(person_id, setting, known, at):
        return None
    return _Page(person_id, setting, known, template)


def _may(
    person_id: str, setting: RecognitionSetting, known: KnownFacts, at: datetime
) -> bool:
    """Whether somebody's own consent would still carry their enrolment."""
    try:
        permit_enrolment(
            person_id,
            effective_mode(setting, at),
            known.grants,
            known.withdrawals,
            at,
            known.restrictions,
        )
    except PermitRefusedError:
        return False
    return True


def _look(record: AssetRecord, page: _Page, house: House) -> tuple[int, int]:
    """Look at one picture: how many faces were compared, and how many names are new."""
    if not record.face_count or record.refused or record.over(house.now()):
        return 0, 0
    found = house.library.picture(record.asset_id)
    if found is None or _is_named(page.person_id, found[2]):
        return 0, 0
    record, asset, appearances = found
    faces = unnamed(asset, appearances)
    if not faces:
        return 0, 0
    started = house.now()
    page.ask_again(house, started)
    try:
        leave = _leave(record, page, house, started)
        likenesses = house.recogniser.compare(
            leave.permit,
            record.asset_id,
            house.pixels.read(record),
            faces,
            leave.gallery,
            house.now(),
        )
    except PermitRefusedError:
        return 0, 0
    except house.passed_over:
        return 0, 0
    suggestions = [
        each
        for each in proposed(record.asset_id, faces, likenesses)
        if _still(each.person_id, house)
    ]
    use = use_of_recognition(
        "recognition:people:relook",
        record,
        suggestions,
        leave.reference_set,
        len(leave.gallery),
        house.recogniser.model_id,
        (started, house.now()),
    )
    return len(faces), house.library.suggest(suggestions, use)


def _is_named(person_id: str, appearances: Sequence[Appearance]) -> bool:
    """Whether somebody said where in the picture they are; nobody is in it twice."""
    return any(
        a.person_id == person_id and a.status is AppearanceStatus.CONFIRMED
        for a in appearances
    )


def _still(person_id: str, house: House) -> bool:
    """Whether they may be proposed at this instant: comparing took a while."""
    at = house.now()
    known = known_facts(house.register, [person_id], None, at)
    template = house.enrolled.load(person_id, house.recogniser.model_id)
    setting = house.library.recognition()
    return template is not None and _may(person_id, setting, known, at)


def _leave(record: AssetRecord, page: _Page, house: House, at: datetime) -> _Leave:
    """A permit for this picture alone; raises PermitRefusedError."""
    frozen = house.register.facts((), record.asset_id).restrictions
    origins = frozenset({record.announcement.origin})
    mode = effective_mode(page.setting, at)
    circle = _circle(record.announcement.session_id, page, house, at)
    if circle is None or page.person_id not in circle.session.roster:
        return _enrolled(record, page, circle, frozen, at)
    try:
        permit = permit_closed_session(
            circle.session,
            frozenset({record.asset_id}),
            mode,
            circle.known.grants,
            circle.known.withdrawals,
            at,
            (*circle.known.restrictions, *frozen),
            origins,
        )
    except PermitRefusedError:
        return _enrolled(record, page, circle, frozen, at)
    return _Leave(permit, circle.templates, circle.session.session_id)


def _enrolled(
    record: AssetRecord,
    page: _Page,
    circle: _Circle | None,
    frozen: tuple[Restriction, ...],
    at: datetime,
) -> _Leave:
    """The permit of the enrolled mode: for this person, in this picture, alone.

    What the officer signed is the ground: the assessment's own form asks for it, and is
    not signed without an answer.
    """
    origin = record.announcement.origin
    if circle is not None and circle.session.from_public_web:
        origin = Origin.PUBLIC_WEB
    assessment = page.setting.assessment
    permit = permit_enrolled(
        frozenset({page.person_id}),
        frozenset({record.asset_id}),
        effective_mode(page.setting, at),
        assessment.assessment_id if assessment else None,
        assessment,
        KnownFacts(
            page.known.grants,
            page.known.withdrawals,
            (*page.known.restrictions, *frozen),
        ),
        frozenset({origin}),
        at,
    )
    return _Leave(permit, {page.person_id: page.template}, page.person_id)


def _circle(
    session_id: str | None, page: _Page, house: House, at: datetime
) -> _Circle | None:
    if session_id is None:
        return None
    if session_id not in page.circles:
        session = house.library.session(session_id)
        page.circles[session_id] = (
            _circle_of(session, page, house, at) if session else None
        )
    return page.circles[session_id]


def _circle_of(session: Session, page: _Page, house: House, at: datetime) -> _Circle:
    """A session with what it takes to look in it; nothing of anybody outside of it."""
    if page.person_id not in session.roster or not session.closed:
        return _Circle(session, KnownFacts((), (), ()), {})
    known = known_facts(house.register, session.roster, None, at)
    model_id = house.recogniser.model_id
    templates = {p: house.enrolled.load(p, model_id) for p in sorted(session.roster)}
    return _Circle(session, known, {p: t for p, t in templates.items() if t})
