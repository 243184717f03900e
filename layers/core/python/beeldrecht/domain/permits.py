"""The only place where a permit to compute a face template can be made (R2).

A template computed from a face in order to compare it is biometric data even if it is
thrown away at once (EDPB guidelines 3/2019, paragraph 82). So nothing computes one
without a `Permit`, a permit names its lawful ground, whose templates it covers and until
when, and each ground has one function here that weighs the recorded facts and either
makes the permit or says why not.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final, Never, Protocol, final

from .consent import Grant, GrantKind, Restriction, Withdrawal, in_force
from .sessions import Origin, Session
from .time import Period, instant

_MAKER: Final = object()


class PermitGround(StrEnum):
    """Why a template may lawfully be computed."""

    ENROLMENT = "enrolment"
    """The person's own explicit biometric consent, GDPR 9(2)(a)."""
    CLOSED_SESSION = "closed_session"
    """Everyone portrayed in the session gave biometric consent."""
    ENROLLED = "enrolled"
    """A recorded Article 9(2) ground with a signed, unexpired assessment (DPIA)."""


class PermitRefusal(StrEnum):
    """Why a permit was not made, or no longer holds."""

    MODE_OFF = "recognition_mode_off"
    NO_BIOMETRIC_CONSENT = "no_biometric_consent"
    FROZEN = "person_or_asset_frozen"
    SESSION_NOT_CLOSED = "session_not_closed"
    SESSION_NOT_ATTESTED = "session_not_attested"
    MORE_HEADS_THAN_SIGNATURES = "more_heads_than_signatures"
    EMPTY_ROSTER = "empty_roster"
    NO_GROUND = "no_article_9_ground"
    NO_ASSESSMENT = "no_signed_assessment"
    ASSESSMENT_LAPSED = "assessment_lapsed"
    PUBLIC_WEB_SOURCE = "public_web_source"
    ORIGIN_UNKNOWN = "picture_origin_unknown"
    ARCHIVE_SOURCE = "picture_of_an_archive"
    NOT_YET = "permit_not_yet_in_force"
    ENDED = "permit_ended"
    OTHER_PERSON = "person_outside_permit"
    OTHER_ASSET = "asset_outside_permit"


class PermitRefusedError(Exception):
    """No template may be computed; `reason` says why."""

    def __init__(self, reason: PermitRefusal) -> None:
        super().__init__(reason.value)
        self.reason = reason


class RecognitionMode(StrEnum):
    """How far a deployment lets recognition go; `detect` when nothing is recorded."""

    OFF = "off"
    DETECT = "detect"
    CLOSED_SESSION = "closed_session"
    ENROLLED = "enrolled"


@dataclass(frozen=True, slots=True)
class Assessment:
    """A data-protection impact assessment, signed by the officer for a period (R18)."""

    assessment_id: str
    signed_by: str
    period: Period


class Known(Protocol):
    """What is on record about the people and pictures of a permit, as it counts now."""

    @property
    def grants(self) -> tuple[Grant, ...]:
        """What was given."""
        ...

    @property
    def withdrawals(self) -> tuple[Withdrawal, ...]:
        """What was taken back."""
        ...

    @property
    def restrictions(self) -> tuple[Restriction, ...]:
        """What is frozen."""
        ...


@final
@dataclass(frozen=True, slots=True)
class Permit:
    """Leave to compute templates of these people, in these assets, until an instant.

    Made by this module's functions alone: anything else that calls the class gets a
    TypeError, and so does what replaces, copies, pickles or inherits from it, so that no
    permit is ever widened, kept or sent on: whoever needs one asks for it anew.
    """

    ground: PermitGround
    subject_ids: frozenset[str]
    asset_ids: frozenset[str] | None
    """None: any asset that the ground covers (an enrolment photo)."""
    valid_from: datetime
    valid_until: datetime | None
    evidence_ids: frozenset[str]
    """The grants, session or assessment that carry it, for the audit trail."""
    _maker: object = field(default=None, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Refuse to exist unless this module made it."""
        if self._maker is not _MAKER:
            raise TypeError("a Permit is made by beeldrecht.domain.permits alone")
        object.__setattr__(self, "_maker", None)

    def __init_subclass__(cls) -> Never:
        """Refuse a subclass: it could leave out the check above."""
        raise TypeError("a Permit has no other kinds")

    def __reduce__(self) -> Never:
        """Refuse to be copied or pickled."""
        raise TypeError("a Permit is not copied: ask for one anew")

    def __setstate__(self, state: object) -> Never:
        """Refuse to be filled from a state, as the dataclass would let it be."""
        raise TypeError("a Permit is not copied: ask for one anew")

    def check(self, at: datetime, asset_id: str | None = None) -> None:
        """Raise PermitRefusedError unless the permit holds now, for this asset."""
        at = instant(at)
        if at < self.valid_from:
            raise PermitRefusedError(PermitRefusal.NOT_YET)
        if self.valid_until is not None and at >= self.valid_until:
            raise PermitRefusedError(PermitRefusal.ENDED)
        if (
            asset_id is not None
            and self.asset_ids is not None
            and asset_id not in self.asset_ids
        ):
            raise PermitRefusedError(PermitRefusal.OTHER_ASSET)

    def check_subject(self, person_id: str) -> None:
        """Raise PermitRefusedError unless the permit covers this person's template."""
        if person_id not in self.subject_ids:
            raise PermitRefusedError(PermitRefusal.OTHER_PERSON)


def permit_enrolment(
    person_id: str,
    mode: RecognitionMode,
    grants: tuple[Grant, ...],
    withdrawals: tuple[Withdrawal, ...],
    at: datetime,
    restrictions: tuple[Restriction, ...] = (),
) -> Permit:
    """Leave to keep a template of one person, on that person's own biometric consent."""
    if mode not in {RecognitionMode.CLOSED_SESSION, RecognitionMode.ENROLLED}:
        raise PermitRefusedError(PermitRefusal.MODE_OFF)
    _refuse_frozen(frozenset({person_id}), restrictions, at)
    carrying = _biometric_consents(person_id, grants, withdrawals, at)
    if not carrying:
        raise PermitRefusedError(PermitRefusal.NO_BIOMETRIC_CONSENT)
    return Permit(
        ground=PermitGround.ENROLMENT,
        subject_ids=frozenset({person_id}),
        asset_ids=None,
        valid_from=instant(at),
        valid_until=_last_end(carrying, withdrawals),
        evidence_ids=frozenset(g.grant_id for g in carrying),
        _maker=_MAKER,
    )


def permit_closed_session(
    session: Session,
    asset_ids: frozenset[str],
    mode: RecognitionMode,
    grants: tuple[Grant, ...],
    withdrawals: tuple[Withdrawal, ...],
    at: datetime,
    restrictions: tuple[Restriction, ...] = (),
    origins: frozenset[Origin | None] = frozenset(),
) -> Permit:
    """Leave to look for the people of a session in which everyone portrayed agreed.

    A person attests that nobody else was there; the head count may not exceed the
    signatures; and one withdrawal ends it for the whole session. `origins` are those of
    the pictures: none that came from a public address, whoever attests.
    """
    if mode not in {RecognitionMode.CLOSED_SESSION, RecognitionMode.ENROLLED}:
        raise PermitRefusedError(PermitRefusal.MODE_OFF)
    if session.from_public_web or Origin.PUBLIC_WEB in origins:
        raise PermitRefusedError(PermitRefusal.PUBLIC_WEB_SOURCE)
    if Origin.ARCHIVE in origins:
        raise PermitRefusedError(PermitRefusal.ARCHIVE_SOURCE)
    _refuse_open(session)
    _refuse_frozen(session.roster | asset_ids, restrictions, at)
    carrying: list[Grant] = []
    ends: list[datetime] = []
    for person_id in sorted(session.roster):
        theirs = _biometric_consents(person_id, grants, withdrawals, at)
        if not theirs:
            raise PermitRefusedError(PermitRefusal.NO_BIOMETRIC_CONSENT)
        carrying += theirs
        end = _last_end(theirs, withdrawals)
        ends += [] if end is None else [end]
    return Permit(
        ground=PermitGround.CLOSED_SESSION,
        subject_ids=session.roster,
        asset_ids=asset_ids,
        valid_from=instant(at),
        valid_until=min(ends, default=None),
        evidence_ids=frozenset({session.session_id, *(g.grant_id for g in carrying)}),
        _maker=_MAKER,
    )


def permit_enrolled(
    subject_ids: frozenset[str],
    asset_ids: frozenset[str],
    mode: RecognitionMode,
    article_9_ground_id: str | None,
    assessment: Assessment | None,
    known: Known,
    origins: frozenset[Origin | None],
    at: datetime,
) -> Permit:
    """Leave to compare with enrolled people only, on a recorded ground with its DPIA.

    Whom it compares with gave biometric consent that holds; `origins` are those of all
    its pictures, and of each somebody said that it is our own: unknown means no.
    """
    if mode is not RecognitionMode.ENROLLED:
        raise PermitRefusedError(PermitRefusal.MODE_OFF)
    if not article_9_ground_id:
        raise PermitRefusedError(PermitRefusal.NO_GROUND)
    if assessment is None or not assessment.signed_by:
        raise PermitRefusedError(PermitRefusal.NO_ASSESSMENT)
    if not assessment.period.contains(at):
        raise PermitRefusedError(PermitRefusal.ASSESSMENT_LAPSED)
    if Origin.PUBLIC_WEB in origins:
        raise PermitRefusedError(PermitRefusal.PUBLIC_WEB_SOURCE)
    if Origin.ARCHIVE in origins:
        raise PermitRefusedError(PermitRefusal.ARCHIVE_SOURCE)
    if origins != {Origin.OWN}:
        raise PermitRefusedError(PermitRefusal.ORIGIN_UNKNOWN)
    _refuse_frozen(subject_ids | asset_ids, known.restrictions, at)
    carrying: list[Grant] = []
    ends: list[datetime | None] = [assessment.period.end]
    for person_id in sorted(subject_ids):
        theirs = _biometric_consents(person_id, known.grants, known.withdrawals, at)
        if not theirs:
            raise PermitRefusedError(PermitRefusal.NO_BIOMETRIC_CONSENT)
        carrying += theirs
        ends.append(_last_end(theirs, known.withdrawals))
    return Permit(
        ground=PermitGround.ENROLLED,
        subject_ids=subject_ids,
        asset_ids=asset_ids,
        valid_from=instant(at),
        valid_until=min((end for end in ends if end is not None), default=None),
        evidence_ids=frozenset(
            {
                article_9_ground_id,
                assessment.assessment_id,
                *(g.grant_id for g in carrying),
            }
        ),
        _maker=_MAKER,
    )


def check_attested(session: Session, known: Known, at: datetime) -> None:
    """Raise PermitRefusedError where what somebody declares of a session carries nothing.

    By the rules of the permit, so that nobody declares what is known not to be so: each
    who signed agreed to be recognised, and no more were there. It opens nothing itself.
    """
    if session.from_public_web:
        raise PermitRefusedError(PermitRefusal.PUBLIC_WEB_SOURCE)
    _refuse_open(session)
    _refuse_frozen(session.roster, known.restrictions, at)
    for person_id in sorted(session.roster):
        if not _biometric_consents(person_id, known.grants, known.withdrawals, at):
            raise PermitRefusedError(PermitRefusal.NO_BIOMETRIC_CONSENT)


def _refuse_open(session: Session) -> None:
    """A session is closed when a person said so, with no more heads than signatures."""
    if not session.closed:
        raise PermitRefusedError(PermitRefusal.SESSION_NOT_CLOSED)
    if not session.attested_by or not session.head_count or session.head_count < 0:
        raise PermitRefusedError(PermitRefusal.SESSION_NOT_ATTESTED)
    if not session.roster:
        raise PermitRefusedError(PermitRefusal.EMPTY_ROSTER)
    if session.head_count > len(session.roster):
        raise PermitRefusedError(PermitRefusal.MORE_HEADS_THAN_SIGNATURES)


def carried_since(
    person_id: str, known: Known, made_at: datetime | None, at: datetime
) -> bool:
    """Whether a biometric consent has carried what was made then at every instant since.

    One that was given later does not carry what another had let go: that was to be
    destroyed. `made_at` None: nobody knows when, so every end on record counts.
    """
    at = instant(at)
    ends = [
        end
        for grant in known.grants
        if grant.person_id == person_id and grant.kind is GrantKind.BIOMETRIC_CONSENT
        if (end := _stops(grant, known.withdrawals)) is not None
        if end <= at and (made_at is None or instant(made_at) <= end)
    ]
    return all(
        _biometric_consents(person_id, known.grants, known.withdrawals, each)
        for each in (*ends, at)
    )


def _refuse_frozen(
    subject_ids: frozenset[str], restrictions: tuple[Restriction, ...], at: datetime
) -> None:
    """What is frozen is kept and not used, for comparing neither (GDPR 18, 21)."""
    if any(r.subject_id in subject_ids and r.period.contains(at) for r in restrictions):
        raise PermitRefusedError(PermitRefusal.FROZEN)


def _biometric_consents(
    person_id: str,
    grants: tuple[Grant, ...],
    withdrawals: tuple[Withdrawal, ...],
    at: datetime,
) -> tuple[Grant, ...]:
    return tuple(
        g
        for g in grants
        if g.person_id == person_id
        and g.kind is GrantKind.BIOMETRIC_CONSENT
        and in_force(g, withdrawals, instant(at))
    )


def _last_end(
    theirs: tuple[Grant, ...], withdrawals: tuple[Withdrawal, ...]
) -> datetime | None:
    """When the last of one person's consents stops, as known today; None: never.

    The last and not the first: a renewed consent is not cut short by the old one's end.
    """
    ends = [_stops(grant, withdrawals) for grant in theirs]
    return None if None in ends else max(end for end in ends if end is not None)


def _stops(grant: Grant, withdrawals: tuple[Withdrawal, ...]) -> datetime | None:
    known = [w.effective_at for w in withdrawals if w.takes_back(grant)]
    known += [] if grant.period.end is None else [grant.period.end]
    return min(known, default=None)
