"""When a template may be computed, for whom, and until when (R2, R18, R21)."""

import copy
import pickle
from collections.abc import Callable
from dataclasses import FrozenInstanceError, fields, replace
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beeldrecht.domain import permits
from beeldrecht.domain.consent import Grant, GrantKind, Restriction, Withdrawal
from beeldrecht.domain.permits import (
    Assessment,
    Permit,
    PermitGround,
    PermitRefusal,
    PermitRefusedError,
    RecognitionMode,
    permit_closed_session,
    permit_enrolled,
    permit_enrolment,
)
from beeldrecht.domain.sessions import Origin, Session
from beeldrecht.domain.time import NaiveInstantError, Period
from beeldrecht.runtime.facts import KnownFacts
from tests.unit.domain.facts import (
    ANN,
    BOB,
    CAS,
    END,
    FAR_FUTURE,
    GRID,
    INSTANTS,
    NOW,
    PEOPLE,
    PICTURE,
    START,
    TICK,
    biometric,
    freeze,
    grant,
    grant_lists,
    instants,
    withdrawal,
    withdrawal_lists,
)

PICTURES = frozenset({PICTURE})
BOTH = (biometric(ANN, grant_id="bio-ann"), biometric(BOB, grant_id="bio-bob"))
SESSION = Session(
    session_id="session",
    on=date(2026, 6, 1),
    closed=True,
    head_count=2,
    attested_by="photographer",
    roster=frozenset({ANN, BOB}),
)
ASSESSMENT = Assessment("dpia", signed_by="officer", period=Period(START, END))


def enrolment(
    person_id: str = ANN,
    mode: RecognitionMode = RecognitionMode.ENROLLED,
    grants: tuple[Grant, ...] = BOTH,
    withdrawals: tuple[Withdrawal, ...] = (),
    at: datetime = NOW,
    restrictions: tuple[Restriction, ...] = (),
) -> Permit:
    return permit_enrolment(person_id, mode, grants, withdrawals, at, restrictions)


def closed_session(
    session: Session = SESSION,
    asset_ids: frozenset[str] = PICTURES,
    mode: RecognitionMode = RecognitionMode.CLOSED_SESSION,
    grants: tuple[Grant, ...] = BOTH,
    withdrawals: tuple[Withdrawal, ...] = (),
    at: datetime = NOW,
    restrictions: tuple[Restriction, ...] = (),
    origins: frozenset[Origin | None] = frozenset(),
) -> Permit:
    return permit_closed_session(
        session, asset_ids, mode, grants, withdrawals, at, restrictions, origins
    )


def enrolled(  # noqa: PLR0917  # whatever a permit depends on
    subject_ids: frozenset[str] = frozenset({ANN, BOB}),
    asset_ids: frozenset[str] = PICTURES,
    mode: RecognitionMode = RecognitionMode.ENROLLED,
    article_9_ground_id: str | None = "ground",
    assessment: Assessment | None = ASSESSMENT,
    grants: tuple[Grant, ...] = BOTH,
    withdrawals: tuple[Withdrawal, ...] = (),
    at: datetime = NOW,
    restrictions: tuple[Restriction, ...] = (),
    origins: frozenset[Origin | None] = frozenset({Origin.OWN}),
) -> Permit:
    return permit_enrolled(
        subject_ids,
        asset_ids,
        mode,
        article_9_ground_id,
        assessment,
        KnownFacts(grants, withdrawals, restrictions),
        origins,
        at,
    )


ASK: dict[str, Callable[..., Permit]] = {
    "enrolment": enrolment,
    "closed session": closed_session,
    "enrolled": enrolled,
}


def refusal(ask: Callable[..., object], *args: Any, **change: Any) -> PermitRefusal:
    with pytest.raises(PermitRefusedError) as refused:
        ask(*args, **change)
    assert str(refused.value) == refused.value.reason.value
    return refused.value.reason


# --------------------------------------------------------------------- what is granted


def test_enrolment_covers_one_person_on_their_own_consent() -> None:
    permit = enrolment()
    assert permit.ground is PermitGround.ENROLMENT
    assert permit.subject_ids == {ANN}
    assert permit.asset_ids is None
    assert (permit.valid_from, permit.valid_until) == (NOW, END)
    assert permit.evidence_ids == {"bio-ann"}


def test_a_closed_session_covers_its_roster_in_the_pictures_asked_for() -> None:
    permit = closed_session()
    assert permit.ground is PermitGround.CLOSED_SESSION
    assert permit.subject_ids == {ANN, BOB}
    assert permit.asset_ids == PICTURES
    assert (permit.valid_from, permit.valid_until) == (NOW, END)
    assert permit.evidence_ids == {"session", "bio-ann", "bio-bob"}


def test_enrolled_covers_the_people_and_pictures_asked_for() -> None:
    permit = enrolled()
    assert permit.ground is PermitGround.ENROLLED
    assert permit.subject_ids == {ANN, BOB}
    assert permit.asset_ids == PICTURES
    assert (permit.valid_from, permit.valid_until) == (NOW, END)
    assert permit.evidence_ids == {"ground", "dpia", "bio-ann", "bio-bob"}


def test_enrolled_mode_lets_a_closed_session_be_used_too() -> None:
    assert closed_session(mode=RecognitionMode.ENROLLED).subject_ids == {ANN, BOB}
    assert enrolment(mode=RecognitionMode.CLOSED_SESSION).subject_ids == {ANN}


# --------------------------------------------------------------------- what is refused

UNSIGNED = replace(ASSESSMENT, signed_by="")
REFUSALS: list[tuple[str, dict[str, Any], PermitRefusal]] = [
    ("enrolment", {"mode": RecognitionMode.OFF}, PermitRefusal.MODE_OFF),
    ("enrolment", {"mode": RecognitionMode.DETECT}, PermitRefusal.MODE_OFF),
    ("enrolment", {"grants": ()}, PermitRefusal.NO_BIOMETRIC_CONSENT),
    ("enrolment", {"person_id": CAS}, PermitRefusal.NO_BIOMETRIC_CONSENT),
    ("closed session", {"mode": RecognitionMode.OFF}, PermitRefusal.MODE_OFF),
    ("closed session", {"mode": RecognitionMode.DETECT}, PermitRefusal.MODE_OFF),
    (
        "closed session",
        {"session": replace(SESSION, from_public_web=True)},
        PermitRefusal.PUBLIC_WEB_SOURCE,
    ),
    (
        "closed session",
        {"session": replace(SESSION, closed=False)},
        PermitRefusal.SESSION_NOT_CLOSED,
    ),
    (
        "closed session",
        {"session": replace(SESSION, attested_by=None)},
        PermitRefusal.SESSION_NOT_ATTESTED,
    ),
    (
        "closed session",
        {"session": replace(SESSION, attested_by="")},
        PermitRefusal.SESSION_NOT_ATTESTED,
    ),
    (
        "closed session",
        {"session": replace(SESSION, head_count=None)},
        PermitRefusal.SESSION_NOT_ATTESTED,
    ),
    (
        "closed session",
        {"session": replace(SESSION, head_count=0)},
        PermitRefusal.SESSION_NOT_ATTESTED,
    ),
    (
        "closed session",
        {"session": replace(SESSION, head_count=-1)},
        PermitRefusal.SESSION_NOT_ATTESTED,
    ),
    ("closed session", {"restrictions": (freeze(BOB),)}, PermitRefusal.FROZEN),
    ("closed session", {"restrictions": (freeze(PICTURE),)}, PermitRefusal.FROZEN),
    ("enrolment", {"restrictions": (freeze(ANN),)}, PermitRefusal.FROZEN),
    (
        "closed session",
        {"session": replace(SESSION, roster=frozenset())},
        PermitRefusal.EMPTY_ROSTER,
    ),
    (
        "closed session",
        {"session": replace(SESSION, head_count=3)},
        PermitRefusal.MORE_HEADS_THAN_SIGNATURES,
    ),
    ("closed session", {"grants": BOTH[:1]}, PermitRefusal.NO_BIOMETRIC_CONSENT),
    ("closed session", {"grants": BOTH[1:]}, PermitRefusal.NO_BIOMETRIC_CONSENT),
    ("enrolled", {"mode": RecognitionMode.OFF}, PermitRefusal.MODE_OFF),
    ("enrolled", {"mode": RecognitionMode.DETECT}, PermitRefusal.MODE_OFF),
    ("enrolled", {"mode": RecognitionMode.CLOSED_SESSION}, PermitRefusal.MODE_OFF),
    ("enrolled", {"article_9_ground_id": None}, PermitRefusal.NO_GROUND),
    ("enrolled", {"article_9_ground_id": ""}, PermitRefusal.NO_GROUND),
    ("enrolled", {"assessment": None}, PermitRefusal.NO_ASSESSMENT),
    ("enrolled", {"assessment": UNSIGNED}, PermitRefusal.NO_ASSESSMENT),
    ("enrolled", {"at": START - TICK}, PermitRefusal.ASSESSMENT_LAPSED),
    ("enrolled", {"at": END}, PermitRefusal.ASSESSMENT_LAPSED),
    ("enrolled", {"grants": BOTH[:1]}, PermitRefusal.NO_BIOMETRIC_CONSENT),
    (
        "enrolled",
        {"withdrawals": (withdrawal(BOTH[1], NOW),)},
        PermitRefusal.NO_BIOMETRIC_CONSENT,
    ),
    ("enrolled", {"restrictions": (freeze(BOB),)}, PermitRefusal.FROZEN),
    ("enrolled", {"restrictions": (freeze(PICTURE),)}, PermitRefusal.FROZEN),
    ("enrolled", {"origins": frozenset()}, PermitRefusal.ORIGIN_UNKNOWN),
    (
        "enrolled",
        {"origins": frozenset({Origin.OWN, None})},
        PermitRefusal.ORIGIN_UNKNOWN,
    ),
    (
        "enrolled",
        {"origins": frozenset({Origin.OWN, Origin.PUBLIC_WEB})},
        PermitRefusal.PUBLIC_WEB_SOURCE,
    ),
    (
        "closed session",
        {"origins": frozenset({Origin.OWN, Origin.PUBLIC_WEB})},
        PermitRefusal.PUBLIC_WEB_SOURCE,
    ),
    (
        "enrolled",
        {"origins": frozenset({Origin.ARCHIVE})},
        PermitRefusal.ARCHIVE_SOURCE,
    ),
    (
        "closed session",
        {"origins": frozenset({Origin.ARCHIVE, Origin.OWN})},
        PermitRefusal.ARCHIVE_SOURCE,
    ),
]


@pytest.mark.parametrize(
    ("ground", "change", "reason"),
    REFUSALS,
    ids=[f"{ground}-{reason}-{n}" for n, (ground, _, reason) in enumerate(REFUSALS)],
)
def test_r02_what_is_missing_makes_no_permit(
    ground: str, change: dict[str, Any], reason: PermitRefusal
) -> None:
    assert refusal(ASK[ground], **change) is reason


def test_a_freeze_of_somebody_else_or_of_another_time_refuses_nothing() -> None:
    ended = replace(freeze(ANN), period=Period(START, NOW))
    assert enrolment(restrictions=(freeze(CAS), ended)).subject_ids == {ANN}
    assert closed_session(restrictions=(freeze(CAS), ended)).subject_ids == {ANN, BOB}


def test_every_reason_to_refuse_can_be_given() -> None:
    permit = closed_session()
    given_now = {reason for _, _, reason in REFUSALS} | {
        refusal(permit.check, NOW - TICK),
        refusal(permit.check, END),
        refusal(permit.check, NOW, "another picture"),
        refusal(permit.check_subject, CAS),
    }
    assert given_now == set(PermitRefusal)


def test_r18_enrolled_ends_the_instant_the_assessment_lapses() -> None:
    last = END - TICK
    permit = enrolled(at=last)
    permit.check(last)
    assert permit.valid_until == END
    assert refusal(permit.check, END) is PermitRefusal.ENDED


def test_r18_enrolled_begins_the_instant_the_assessment_does() -> None:
    enrolled(at=START).check(START)


def test_r21_pictures_from_the_public_web_make_no_permit_whoever_attests() -> None:
    scraped = replace(SESSION, from_public_web=True)
    for mode in RecognitionMode:
        reason = refusal(closed_session, session=scraped, mode=mode)
        assert reason in {PermitRefusal.PUBLIC_WEB_SOURCE, PermitRefusal.MODE_OFF}


def test_a_session_is_open_and_unattested_until_somebody_says_otherwise() -> None:
    plain = Session("session", date(2026, 6, 1))
    assert refusal(closed_session, session=plain) is PermitRefusal.SESSION_NOT_CLOSED


@pytest.mark.parametrize("heads", [1, 2])
def test_as_many_heads_as_signatures_or_fewer_is_a_closed_session(heads: int) -> None:
    closed_session(session=replace(SESSION, head_count=heads)).check(NOW)


# -------------------------------------------------------- which consents carry a permit


@given(grants=grant_lists(), withdrawals=st.just(()), at=instants)
def test_r02_image_consent_and_contracts_never_give_a_permit(
    grants: tuple[Grant, ...], withdrawals: tuple[Withdrawal, ...], at: datetime
) -> None:
    others = tuple(g for g in grants if g.kind is not GrantKind.BIOMETRIC_CONSENT)
    for person_id in PEOPLE:
        asked: dict[str, Any] = {"grants": others, "withdrawals": withdrawals, "at": at}
        assert (
            refusal(enrolment, person_id, **asked) is PermitRefusal.NO_BIOMETRIC_CONSENT
        )
        alone = replace(SESSION, roster=frozenset({person_id}), head_count=1)
        assert (
            refusal(closed_session, alone, **asked) is PermitRefusal.NO_BIOMETRIC_CONSENT
        )


@pytest.mark.parametrize("ask", [enrolment, closed_session])
def test_r02_a_permit_ends_when_consent_does_to_the_microsecond(
    ask: Callable[..., Permit],
) -> None:
    grants = (biometric(ANN, END - 2 * TICK, END), biometric(BOB, grant_id="b1"))
    assert refusal(ask, grants=grants, at=END - 3 * TICK)
    permit = ask(grants=grants, at=END - 2 * TICK)
    assert permit.valid_until == END
    permit.check(END - TICK)
    assert refusal(permit.check, END) is PermitRefusal.ENDED
    reason = refusal(ask, grants=grants, at=END)
    assert reason is PermitRefusal.NO_BIOMETRIC_CONSENT


@pytest.mark.parametrize("ask", [enrolment, closed_session])
def test_r02_a_withdrawal_ends_a_permit_for_everyone_it_covers(
    ask: Callable[..., Permit],
) -> None:
    later = (withdrawal(BOTH[0], GRID[4]),)
    permit = ask(withdrawals=later)
    assert permit.valid_until == GRID[4]
    permit.check(GRID[4] - TICK)
    assert refusal(permit.check, GRID[4]) is PermitRefusal.ENDED
    reason = refusal(ask, withdrawals=later, at=GRID[4])
    assert reason is PermitRefusal.NO_BIOMETRIC_CONSENT


def test_r02_the_first_to_end_ends_a_closed_session() -> None:
    grants = (biometric(ANN, end=None), biometric(BOB, end=GRID[4], grant_id="b1"))
    assert closed_session(grants=grants).valid_until == GRID[4]


@pytest.mark.parametrize("ask", [enrolment, closed_session])
def test_a_permit_on_open_ended_consent_has_no_end_of_its_own(
    ask: Callable[..., Permit],
) -> None:
    grants = (biometric(ANN, end=None), biometric(BOB, end=None, grant_id="b1"))
    permit = ask(grants=grants)
    assert permit.valid_until is None
    permit.check(FAR_FUTURE)


@pytest.mark.parametrize("ask", [enrolment, closed_session])
def test_a_renewed_biometric_consent_is_not_cut_short_by_the_old_one(
    ask: Callable[..., Permit],
) -> None:
    old = biometric(ANN, end=GRID[4], grant_id="old")
    renewed = biometric(ANN, NOW, None, grant_id="renewed")
    grants = (old, renewed, biometric(BOB, grant_id="b1"))
    expected = None if ask is enrolment else END
    assert ask(grants=grants).valid_until == expected
    taken_back = (withdrawal(old, GRID[4]),)
    assert ask(grants=grants, withdrawals=taken_back).valid_until == expected
    assert "renewed" in ask(grants=grants, at=GRID[4]).evidence_ids


@pytest.mark.parametrize("ask", [enrolment, closed_session])
def test_a_permit_lasts_as_long_as_the_last_of_ones_own_consents(
    ask: Callable[..., Permit],
) -> None:
    grants = (
        biometric(ANN, end=GRID[4], grant_id="old"),
        biometric(ANN, NOW, GRID[5], grant_id="renewed"),
        biometric(BOB, grant_id="b1"),
    )
    for mine in (grants, grants[::-1]):
        assert ask(grants=mine).valid_until == GRID[5]


def test_a_withdrawal_of_something_else_ends_no_permit() -> None:
    image = grant(ANN, grant_id="image")
    others = (
        withdrawal(image, GRID[4]),
        withdrawal(replace(BOTH[0], person_id=CAS), GRID[4]),
    )
    permit = enrolment(grants=(*BOTH, image), withdrawals=others)
    assert permit.valid_until == END


only_biometric = st.just(GrantKind.BIOMETRIC_CONSENT)


@given(
    grants=grant_lists(only_biometric, max_size=6),
    roster=st.frozensets(st.sampled_from(PEOPLE), min_size=1),
    at=instants,
    data=st.data(),
)
def test_r02_everyone_consents_as_long_as_a_permit_holds(
    grants: tuple[Grant, ...], roster: frozenset[str], at: datetime, data: st.DataObject
) -> None:
    withdrawals = data.draw(withdrawal_lists(grants))

    def all_consent(then: datetime) -> bool:
        return all(
            any(
                g.person_id == person_id
                and g.period.start <= then
                and (g.period.end is None or then < g.period.end)
                and not any(
                    w.grant_id == g.grant_id and w.effective_at <= then
                    for w in withdrawals
                )
                for g in grants
            )
            for person_id in roster
        )

    session = replace(SESSION, roster=roster, head_count=len(roster))
    facts: dict[str, Any] = {"grants": grants, "withdrawals": withdrawals, "at": at}
    if not all_consent(at):
        reason = refusal(closed_session, session, **facts)
        assert reason is PermitRefusal.NO_BIOMETRIC_CONSENT
        return
    permit = closed_session(session, **facts)
    assert permit.valid_from == at
    for then in (*(i for i in INSTANTS if i >= at), FAR_FUTURE):
        if permit.valid_until is None or then < permit.valid_until:
            assert all_consent(then)
    if permit.valid_until is not None:
        stops = permit.valid_until
        renewed_later = any(at < g.period.start <= stops for g in grants)
        assert renewed_later or not all_consent(stops)


# ------------------------------------------------------------------------ using a permit


def test_a_permit_holds_from_its_instant_on_and_not_before() -> None:
    permit = enrolment()
    permit.check(NOW)
    assert refusal(permit.check, NOW - TICK) is PermitRefusal.NOT_YET


def test_a_permit_covers_its_own_pictures() -> None:
    permit = closed_session()
    permit.check(NOW, PICTURE)
    assert refusal(permit.check, NOW, "another") is PermitRefusal.OTHER_ASSET
    none = closed_session(asset_ids=frozenset())
    assert refusal(none.check, NOW, PICTURE) is PermitRefusal.OTHER_ASSET


def test_an_enrolment_permit_covers_any_picture_of_that_person() -> None:
    enrolment().check(NOW, "any picture")


def test_a_permit_covers_its_own_people() -> None:
    permit = enrolment()
    permit.check_subject(ANN)
    assert refusal(permit.check_subject, BOB) is PermitRefusal.OTHER_PERSON


@pytest.mark.parametrize("ground", ASK)
def test_an_instant_without_a_zone_is_refused(ground: str) -> None:
    naive = NOW.replace(tzinfo=None)
    with pytest.raises(NaiveInstantError):
        ASK[ground](at=naive)
    with pytest.raises(NaiveInstantError):
        ASK[ground]().check(naive)


# --------------------------------------------------------------- nobody else makes one


def parts_of(permit: Permit) -> dict[str, Any]:
    return {f.name: getattr(permit, f.name) for f in fields(permit)}


@pytest.mark.parametrize("maker", [None, object(), True, "_MAKER"])
def test_r02_calling_the_class_makes_no_permit(maker: object) -> None:
    with pytest.raises(TypeError, match="alone"):
        Permit(**{**parts_of(enrolment()), "_maker": maker})


def test_r02_calling_the_class_with_anything_makes_no_permit() -> None:
    make: Any = Permit
    permit = enrolment()
    whole = [getattr(permit, f.name) for f in fields(permit)]
    for count in range(len(whole) + 1):
        with pytest.raises(TypeError):
            make(*whole[:count])


@pytest.mark.parametrize(
    "wider",
    [
        {},
        {"subject_ids": frozenset(PEOPLE)},
        {"asset_ids": None},
        {"valid_until": None},
        {"_maker": object()},
    ],
)
def test_r02_a_permit_is_never_replaced(wider: dict[str, Any]) -> None:
    for permit in (enrolment(), closed_session(), enrolled()):
        with pytest.raises(TypeError):
            replace(permit, **wider)
        again: Any = getattr(permit, "__replace__", None)
        if again is not None:  # Python 3.13's copy.replace
            with pytest.raises(TypeError):
                again(**wider)


@pytest.mark.parametrize(
    "trick",
    [
        copy.copy,
        copy.deepcopy,
        lambda permit: pickle.loads(pickle.dumps(permit)),  # noqa: S301 - our own bytes
        lambda permit: permit.__reduce_ex__(4),
        lambda permit: permit.__reduce__(),
        lambda permit: permit.__setstate__([permit.ground, frozenset(PEOPLE)]),
    ],
    ids=["copy", "deepcopy", "pickle", "reduce_ex", "reduce", "setstate"],
)
def test_r02_a_permit_is_never_copied_kept_or_filled(
    trick: Callable[[Permit], object],
) -> None:
    permit = closed_session()
    before = parts_of(permit)
    with pytest.raises(TypeError):
        trick(permit)
    assert parts_of(permit) == before


def test_r02_a_permit_is_never_changed() -> None:
    permit: Any = closed_session()
    for name in ("subject_ids", "asset_ids", "valid_until", "ground"):
        with pytest.raises(FrozenInstanceError):
            setattr(permit, name, None)
    with pytest.raises((FrozenInstanceError, AttributeError, TypeError)):
        permit.note = "no room for more"


def test_r02_a_permit_has_no_other_kinds() -> None:
    with pytest.raises(TypeError, match="no other kinds"):
        type("Wider", (Permit,), {"__post_init__": lambda self: None})


def test_r02_a_permit_does_not_carry_what_makes_permits() -> None:
    for permit in (enrolment(), closed_session(), enrolled()):
        assert permits._MAKER not in parts_of(permit).values()
