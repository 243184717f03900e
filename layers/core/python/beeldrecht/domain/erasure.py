"""Erasing a person or a picture (GDPR 17): what is planned, done, and found afterwards.

An erasure of a person is planned by looking through every store, confirmed by an officer,
and carried out: keys first, so that no backup of anything can be read again. It ends when
a second look finds nothing but what the receipts declare. A picture is erased without a
plan to confirm: two people wanted it gone, or its term was over.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from .assets import AssetStatus
from .ids import derived_id
from .stores import Erasing, Store
from .time import instant


class ErasureState(StrEnum):
    """How far an erasure is."""

    COLLECTING = "erasure_collecting"
    """Every store is looked through."""
    PLANNED = "erasure_planned"
    """An officer looks at the plan; nothing was touched yet."""
    CONFIRMED = "erasure_confirmed"
    """It is confirmed, and can no longer be stopped."""
    ERASING = "erasure_under_way"
    """It is in the ledger: what is restored from now on has to do without."""
    ERASED = "erasure_done"
    """A second look found nothing; the certificate says so."""
    CANCELLED = "erasure_cancelled"


class ErasureReason(StrEnum):
    """Why something is erased."""

    REQUEST = "erasure_on_request"
    """The person asked for it, and it was upheld."""
    OFFICER = "erasure_by_officer"
    RETENTION = "erasure_term_over"
    """Its term of keeping is over."""


class PictureOutcome(StrEnum):
    """What becomes of a picture of somebody who is erased."""

    MASK = "erasure_mask"
    """Their face is covered for good in the picture itself; it is kept for the others."""
    DELETE = "erasure_delete"
    """The picture goes, with everything that was made of it."""


class ProofReason(StrEnum):
    """Why the proof that outlives an erasure is opened: for nothing else is it kept."""

    CLAIM = "proof_claim"
    """To establish, exercise or defend a legal claim (GDPR 17(3)(e))."""
    AUTHORITY = "proof_authority"
    """The supervisory authority asks whether there was consent (GDPR 7(1))."""


class ErasureRefusal(StrEnum):
    """Why an erasure is not changed, confirmed or stopped as it was asked."""

    NOT_PLANNED = "erasure_not_planned"
    """The stores are still looked through, or it is past being planned."""
    BEYOND_STOPPING = "erasure_beyond_stopping"
    """It is confirmed: what was destroyed cannot come back."""
    UNKNOWN_PICTURE = "erasure_unknown_picture"
    """The plan has no such picture."""
    CANNOT_MASK = "erasure_cannot_mask"
    """Nothing in the picture can be covered: no face in it is theirs on record."""
    UNKNOWN_TEXT = "erasure_unknown_text"
    """The plan has no such place."""
    CANNOT_REDACT = "erasure_cannot_redact"
    """It is never rewritten, or changed after the name could last be looked for."""
    NO_REASON = "erasure_no_reason"
    """A name stays where it is for a reason that somebody gives."""
    TEXTS_UNDECIDED = "erasure_texts_undecided"
    """Of a place where somebody is named nobody said what becomes of it."""


class ErasureRefusedError(ValueError):
    """It cannot be done as asked; `reason` says why."""

    def __init__(self, reason: ErasureRefusal) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class PlannedPicture:
    """A picture in which somebody is, and what is to become of it."""

    asset_id: str
    outcome: PictureOutcome
    face_ids: tuple[str, ...] = ()
    """The faces that were said or suggested to be theirs."""
    others: int = 0
    """How many other faces are in it."""
    released: bool = False
    done: bool = False
    """Whether it was carried out."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What was found where, and what is to become of it."""

    found: Mapping[str, int]
    """How many of each entry of the registry, by `place_of`."""
    pictures: tuple[PlannedPicture, ...]
    keep_proof: bool
    """Whether what proves a consent is kept for its term, sealed, as the law lets us."""
    collected_at: datetime

    def __post_init__(self) -> None:
        """Freeze what was found; hold the instant in UTC."""
        object.__setattr__(self, "found", MappingProxyType(dict(self.found)))
        object.__setattr__(self, "collected_at", instant(self.collected_at))


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was found in one place, what was removed, and what remains there and why."""

    store: Store
    what: str
    """The entry of the registry: a kind of item, a prefix of keys, a name."""
    found: int
    removed: int
    remains: int
    why: Erasing
    """What the registry says becomes of it: what remains, remains for this."""


@dataclass(frozen=True, slots=True)
class Erasure:
    """The erasure of one person or one picture, as it is on record."""

    erasure_id: str
    person_id: str | None
    asset_id: str | None
    """Either of the two."""
    reason: ErasureReason
    begun_by: str
    begun_at: datetime
    request_id: str | None = None
    """The subject request that it answers."""
    state: ErasureState = ErasureState.COLLECTING
    confirmed_by: str | None = None
    confirmed_at: datetime | None = None
    ended_at: datetime | None = None

    def __post_init__(self) -> None:
        """Refuse to be about both or nothing; hold instants in UTC."""
        if (self.person_id is None) == (self.asset_id is None):
            raise ValueError("an erasure is of a person or of a picture")
        for name in ("begun_at", "confirmed_at", "ended_at"):
            at = getattr(self, name)
            if at is not None:
                object.__setattr__(self, name, instant(at))

    @property
    def subject_id(self) -> str:
        """The person or the picture."""
        subject = self.person_id or self.asset_id
        assert subject is not None  # noqa: S101  # refused when it was made
        return subject


def erasure_id(request_id: str) -> str:
    """The identifier of the erasure that answers a request: twice begun, it is one."""
    return derived_id("erasure", request_id)


def person_erasure(request_id: str, person_id: str, by: str, at: datetime) -> Erasure:
    """The erasure that begins when a person's request is upheld."""
    return Erasure(
        erasure_id=erasure_id(request_id),
        person_id=person_id,
        asset_id=None,
        reason=ErasureReason.REQUEST,
        begun_by=by,
        begun_at=at,
        request_id=request_id,
    )


def asset_erasure(
    asset_id: str, by: str, at: datetime, reason: ErasureReason = ErasureReason.OFFICER
) -> Erasure:
    """The erasure of one picture: a picture goes once, so its id follows from it."""
    return Erasure(
        erasure_id=derived_id("erasure", "asset", asset_id),
        person_id=None,
        asset_id=asset_id,
        reason=reason,
        begun_by=by,
        begun_at=at,
    )


def planned_picture(
    asset_id: str, face_ids: Iterable[str], faces: int, status: AssetStatus
) -> PlannedPicture:
    """What is proposed for a picture: masked where others would miss it, else deleted.

    `faces` counts all faces in it. A picture that nobody released is of no use to
    anybody yet, and one without others is of nobody else.
    """
    own = tuple(sorted(set(face_ids)))
    others = max(0, faces - len(own))
    released = status is AssetStatus.RELEASED
    keep = released and others > 0 and bool(own)
    return PlannedPicture(
        asset_id=asset_id,
        outcome=PictureOutcome.MASK if keep else PictureOutcome.DELETE,
        face_ids=own,
        others=others,
        released=released,
    )


def replanned(
    plan: Plan,
    state: ErasureState,
    outcomes: Mapping[str, PictureOutcome],
    keep_proof: bool | None,
) -> Plan:
    """The plan as the officer wants it; raises ErasureRefusedError."""
    if state is not ErasureState.PLANNED:
        raise ErasureRefusedError(ErasureRefusal.NOT_PLANNED)
    known = {each.asset_id: each for each in plan.pictures}
    for asset_id, outcome in outcomes.items():
        if asset_id not in known:
            raise ErasureRefusedError(ErasureRefusal.UNKNOWN_PICTURE)
        if outcome is PictureOutcome.MASK and not known[asset_id].face_ids:
            raise ErasureRefusedError(ErasureRefusal.CANNOT_MASK)
    pictures = tuple(
        replace(each, outcome=outcomes.get(each.asset_id, each.outcome))
        for each in plan.pictures
    )
    kept = plan.keep_proof if keep_proof is None else keep_proof
    return replace(plan, pictures=pictures, keep_proof=kept)


STOPPABLE = frozenset({ErasureState.COLLECTING, ErasureState.PLANNED})
"""While nothing was touched yet."""


def place_of(store: Store, what: str) -> str:
    """The name under which a plan counts what was found in one place."""
    return f"{store.value}/{what}"


@dataclass(frozen=True, slots=True)
class Trace:
    """One thing that was found: where it lies, so that it can be removed."""

    store: Store
    what: str
    """The entry of the registry that it is one of."""
    key: str
    """Of an item its partition key; else the key of the object."""
    part: str
    """Of an item its sort key; of an object its version, or what `upload` begins."""
    upload: bool = False
    """Whether it is an upload in parts that nobody completed."""

    @property
    def place(self) -> str:
        """The name under which a plan counts it."""
        return place_of(self.store, self.what)


def goes(erasing: Erasing, keep_proof: bool) -> bool:
    """Whether what the registry says so of is removed when a person is erased."""
    if erasing is Erasing.PROOF:
        return not keep_proof
    return erasing in {Erasing.DELETED, Erasing.KEY_DESTROYED, Erasing.WITH_PICTURE}


def counted(traces: Iterable[Trace]) -> dict[str, int]:
    """How many were found in each place."""
    return dict(Counter(each.place for each in traces))
