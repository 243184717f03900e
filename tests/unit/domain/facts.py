"""Pictures, people and consents for the domain tests: by hand, and by hypothesis.

Generated instants come from a small grid of midnights and the microseconds around them,
so that boundaries meet often; a generated picture is mostly in order, with something
wrong here and there, so that every verdict comes up.
"""

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from beeldrecht.domain.assets import (
    Asset,
    Box,
    Face,
    FaceMark,
    FacePose,
    Landmarks,
    Release,
)
from beeldrecht.domain.channels import Channel, Place, Verdict
from beeldrecht.domain.consent import (
    Grant,
    GrantKind,
    Restriction,
    RestrictionKind,
    Withdrawal,
)
from beeldrecht.domain.decisions import Decision, Facts, Outcome
from beeldrecht.domain.legal_bases import LegalBasis, LegalBasisKind
from beeldrecht.domain.people import Appearance, AppearanceStatus
from beeldrecht.domain.time import Period, midnight

TICK = timedelta(microseconds=1)
START = midnight(date(2026, 1, 1))
NOW = midnight(date(2026, 6, 1))
END = midnight(date(2027, 1, 1))
FAR_FUTURE = datetime(2999, 1, 1, tzinfo=UTC)
GRID = tuple(
    midnight(day)
    for day in (
        date(2026, 1, 1),
        date(2026, 3, 29),
        date(2026, 3, 30),
        date(2026, 6, 1),
        date(2026, 10, 25),
        date(2026, 10, 26),
        date(2027, 1, 1),
    )
)
INSTANTS = tuple(sorted(i + n * TICK for i in GRID for n in (-1, 0, 1)))

PICTURE = "picture"
ANN, BOB, CAS = PEOPLE = ("ann", "bob", "cas")
EVERY_CHANNEL = frozenset(Channel)

_POSE = FacePose(roll=0.0, nose_offset=0.0, eye_mouth=0.9)
_BOX = Box(x=10.0, y=10.0, width=40.0, height=50.0)
_LANDMARKS: Landmarks = ((20, 25), (40, 25), (30, 35), (22, 48), (38, 48))

# Permissiveness, to compare with: more is larger.
VERDICT_RANK: Mapping[Verdict, int] = {
    Verdict.RESTRICTED: 0,
    Verdict.MASKED: 1,
    Verdict.CLEAR: 2,
}
OUTCOME_RANK: Mapping[Outcome, int] = {
    Outcome.EMBARGOED: 0,
    Outcome.READY: 1,
    Outcome.RELEASED: 2,
}


def face(face_id: str = "f0", mark: FaceMark = FaceMark.UNMARKED) -> Face:
    return Face(face_id, _BOX, _LANDMARKS, 0.9, _POSE, mark)


def grant(
    person_id: str = ANN,
    kind: GrantKind = GrantKind.IMAGE_CONSENT,
    start: datetime = START,
    end: datetime | None = END,
    channels: Iterable[Channel] = EVERY_CHANNEL,
    places: Iterable[Place] = (Place.WORLD,),
    grant_id: str = "g0",
) -> Grant:
    return Grant(
        grant_id=grant_id,
        quitclaim_id=f"quitclaim-of-{grant_id}",
        person_id=person_id,
        kind=kind,
        period=Period(start, end),
        channels=frozenset(channels),
        places=frozenset(places),
    )


def biometric(
    person_id: str = ANN,
    start: datetime = START,
    end: datetime | None = END,
    grant_id: str = "b0",
) -> Grant:
    kind = GrantKind.BIOMETRIC_CONSENT
    return grant(person_id, kind, start, end, (), (), grant_id)


def withdrawal(of: Grant, at: datetime, withdrawal_id: str = "w0") -> Withdrawal:
    return Withdrawal(withdrawal_id, of.grant_id, of.person_id, at)


def freeze(
    subject_id: str,
    kind: RestrictionKind = RestrictionKind.RESTRICTED,
    start: datetime = START,
    end: datetime | None = None,
) -> Restriction:
    return Restriction(f"freeze-of-{subject_id}", subject_id, kind, Period(start, end))


def basis(
    channel: Channel = Channel.WEBSITE,
    kind: LegalBasisKind = LegalBasisKind.PUBLIC_TASK,
    start: datetime = START,
    end: datetime | None = END,
    asset_id: str = PICTURE,
    person_id: str | None = None,
) -> LegalBasis:
    return LegalBasis(
        basis_id=f"basis-{channel}-{kind}",
        person_id=person_id,
        asset_id=asset_id,
        channel=channel,
        kind=kind,
        reference="A law, article 1",
        period=Period(start, end),
        recorded_by="editor",
        recorded_at=start,
    )


def appearance(
    face_id: str = "f0",
    person_id: str = ANN,
    status: AppearanceStatus = AppearanceStatus.CONFIRMED,
) -> Appearance:
    by_software = status is AppearanceStatus.SUGGESTED
    return Appearance(
        asset_id=PICTURE,
        face_id=face_id,
        person_id=person_id,
        status=status,
        settled_by=None if by_software else "editor",
        settled_at=None if by_software else START,
    )


def picture(
    *faces: Face,
    examined: bool = True,
    faces_complete: bool = True,
    release: Release | None = None,
) -> Asset:
    return Asset(
        PICTURE,
        examined=examined,
        faces_complete=faces_complete,
        faces=faces,
        release=release,
    )


def release_of(
    *faces: Face, channels: Mapping[Channel, Verdict], at: datetime = START
) -> Release:
    return Release("editor", at, channels, frozenset(f.face_id for f in faces))


ANNS_PICTURE = Facts(
    asset=picture(face()), appearances=(appearance(),), grants=(grant(),)
)
"""One face, confirmed as Ann, who consents to everything everywhere in 2026."""


def with_release(facts: Facts, release: Release | None) -> Facts:
    return replace(facts, asset=replace(facts.asset, release=release))


def allows_no_more(less: Decision, more: Decision) -> bool:
    """Whether the first decision permits nothing that the second does not."""
    return (
        all(
            VERDICT_RANK[verdict] <= VERDICT_RANK[more.per_channel[channel]]
            for channel, verdict in less.per_channel.items()
        )
        and leaves_no_more(less.leaves, more.leaves)
        and OUTCOME_RANK[less.outcome] <= OUTCOME_RANK[more.outcome]
    )


def leaves_no_more(
    less: Mapping[Channel, Verdict], more: Mapping[Channel, Verdict]
) -> bool:
    return all(
        VERDICT_RANK[verdict] <= VERDICT_RANK[more.get(channel, Verdict.RESTRICTED)]
        for channel, verdict in less.items()
    )


instants = st.sampled_from(INSTANTS)
places = st.sampled_from(Place)


def mostly[T](usual: T, otherwise: st.SearchStrategy[T]) -> st.SearchStrategy[T]:
    return st.one_of(st.just(usual), st.just(usual), st.just(usual), otherwise)


@st.composite
def periods(draw: st.DrawFn) -> Period:
    start = draw(st.sampled_from(GRID))
    later = [i for i in GRID if i >= start]
    return Period(start, draw(st.none() | st.sampled_from(later)))


# A few telling sets instead of any set: drawing sets is what takes the time.
_CHANNEL_SETS: tuple[frozenset[Channel], ...] = (
    EVERY_CHANNEL - {Channel.PAID},
    frozenset({Channel.PRINT, Channel.PRESS}),
    frozenset({Channel.WEBSITE}),
    frozenset({Channel.PAID}),
    frozenset(),
)
_PLACE_SETS: tuple[frozenset[Place], ...] = (
    frozenset({Place.EUROPEAN_UNION}),
    frozenset({Place.NETHERLANDS}),
    frozenset({Place.NETHERLANDS, Place.EUROPEAN_UNION}),
    frozenset({Place.NETHERLANDS, Place.WORLD}),
    frozenset(),
)
_NAMES_IN_DOUBT = tuple(
    tuple(zip(who, statuses, strict=False))
    for who in itertools.permutations(PEOPLE)
    for count in range(3)
    for statuses in itertools.product(AppearanceStatus, repeat=count)
)
channel_sets = mostly(EVERY_CHANNEL, st.sampled_from(_CHANNEL_SETS))
place_sets = mostly(frozenset({Place.WORLD}), st.sampled_from(_PLACE_SETS))


@st.composite
def grant_lists(
    draw: st.DrawFn,
    kinds: st.SearchStrategy[GrantKind] | None = None,
    max_size: int = 4,
) -> tuple[Grant, ...]:
    if kinds is None:
        kinds = mostly(GrantKind.IMAGE_CONSENT, st.sampled_from(GrantKind))
    return tuple(
        Grant(
            grant_id=f"g{n}",
            quitclaim_id=f"q{n}",
            person_id=draw(st.sampled_from(PEOPLE)),
            kind=draw(kinds),
            period=draw(mostly(Period(START, END), periods())),
            channels=draw(channel_sets),
            places=draw(place_sets),
        )
        for n in range(draw(st.integers(0, max_size)))
    )


@st.composite
def withdrawal_lists(
    draw: st.DrawFn, grants: tuple[Grant, ...], max_size: int = 2
) -> tuple[Withdrawal, ...]:
    if not grants:
        return ()
    return tuple(
        withdrawal(draw(st.sampled_from(grants)), draw(st.sampled_from(GRID)), f"w{n}")
        for n in range(draw(st.integers(0, max_size)))
    )


restrictions = st.builds(
    Restriction,
    restriction_id=st.just("r"),
    subject_id=st.sampled_from((*PEOPLE, PICTURE)),
    kind=st.sampled_from(RestrictionKind),
    period=periods(),
)


bases = st.builds(
    basis,
    channel=st.sampled_from((Channel.WEBSITE, Channel.PRINT)),
    start=st.just(START),
    end=st.none() | st.sampled_from(GRID),
    asset_id=mostly(PICTURE, st.just("another")),
)


@st.composite
def appearances_of(draw: st.DrawFn, faces: tuple[Face, ...]) -> tuple[Appearance, ...]:
    found: list[Appearance] = []
    for each in faces:
        who = draw(st.sampled_from(PEOPLE))
        clearly = ((who, AppearanceStatus.CONFIRMED),)
        found += [
            appearance(each.face_id, person_id, status)
            for person_id, status in draw(
                mostly(clearly, st.sampled_from(_NAMES_IN_DOUBT))
            )
        ]
    return tuple(found)


@st.composite
def releases_of(draw: st.DrawFn, faces: tuple[Face, ...]) -> Release:
    seen = draw(mostly(faces, st.sampled_from((faces[:-1], (*faces, face("gone"))))))
    channels = draw(
        st.dictionaries(st.sampled_from(Channel), st.sampled_from(Verdict), max_size=6)
    )
    return release_of(*seen, channels=channels, at=draw(st.sampled_from(GRID[:4])))


@st.composite
def pictures_with_facts(
    draw: st.DrawFn, min_faces: int = 0, *, always_released: bool = False
) -> Facts:
    """Everything on record about one picture."""
    faces = tuple(
        face(f"f{n}", draw(mostly(FaceMark.UNMARKED, st.sampled_from(FaceMark))))
        for n in range(draw(st.integers(min_faces, 3)))
    )
    released = releases_of(faces)
    asset = picture(
        *faces,
        examined=draw(mostly(True, st.booleans())),
        faces_complete=draw(mostly(True, st.booleans())),
        release=draw(released if always_released else st.none() | released),
    )
    grants = draw(grant_lists())
    return Facts(
        asset=asset,
        appearances=draw(appearances_of(faces)),
        grants=grants,
        withdrawals=draw(withdrawal_lists(grants)),
        restrictions=draw(mostly((), st.tuples(restrictions))),
        bases=draw(mostly((), st.tuples(bases))),
    )
