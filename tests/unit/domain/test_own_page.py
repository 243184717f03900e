"""What somebody sees about themselves, and how a grant stands."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beeldrecht.domain.channels import Channel
from beeldrecht.domain.consent import (
    Grant,
    GrantKind,
    GrantState,
    Quitclaim,
    Restriction,
    RestrictionKind,
    Withdrawal,
    in_force,
    state_of,
)
from beeldrecht.domain.ids import derived_id, new_id
from beeldrecht.domain.own_page import (
    OwnGrant,
    OwnPageNote,
    current,
    own_grants,
    own_notes,
    said_alike,
    withdrawable,
    wording_of,
)
from beeldrecht.domain.time import Period
from tests.fakes.samples import ANN, BOB, NOON, TICK, grant, quitclaim

DAY = timedelta(days=1)


def signed(person_id: str = ANN, starts: int = -1, ends: int | None = 1) -> Grant:
    end = None if ends is None else NOON + ends * DAY
    period = Period(NOON + starts * DAY, end)
    return replace(grant(person_id), grant_id=new_id(), period=period)


def taken_back(grant: Grant, days: int = 0) -> Withdrawal:
    return Withdrawal(new_id(), grant.grant_id, grant.person_id, NOON + days * DAY)


@pytest.mark.parametrize(
    ("starts", "ends", "state"),
    [
        (1, 2, GrantState.NOT_YET),
        (0, 1, GrantState.IN_FORCE),
        (-1, None, GrantState.IN_FORCE),
        (-1, 0, GrantState.ENDED),
        (-2, -1, GrantState.ENDED),
    ],
)
def test_a_grant_stands_by_its_period(
    starts: int, ends: int | None, state: GrantState
) -> None:
    assert state_of(signed(starts=starts, ends=ends), (), NOON) is state


@pytest.mark.parametrize(("starts", "ends"), [(1, 2), (0, 1), (-2, -1)])
def test_what_was_taken_back_stays_so_before_in_and_after_its_period(
    starts: int, ends: int
) -> None:
    given_back = signed(starts=starts, ends=ends)
    taken = (taken_back(given_back),)
    assert state_of(given_back, taken, NOON) is GrantState.WITHDRAWN
    assert state_of(given_back, taken, NOON - TICK) is not GrantState.WITHDRAWN


def test_somebody_elses_withdrawal_takes_nothing_back() -> None:
    mine = signed()
    theirs = replace(taken_back(mine), person_id=BOB)
    assert state_of(mine, (theirs,), NOON) is GrantState.IN_FORCE


@given(st.integers(-3, 3), st.none() | st.integers(0, 3), st.none() | st.integers(-3, 3))
def test_a_grant_stands_in_force_exactly_when_the_rule_says_so(
    starts: int, lasts: int | None, back: int | None
) -> None:
    ends = None if lasts is None else starts + lasts
    mine = signed(starts=starts, ends=ends)
    taken = () if back is None else (taken_back(mine, back),)
    stands = state_of(mine, taken, NOON) is GrantState.IN_FORCE
    assert stands is in_force(mine, taken, NOON)


def test_nobody_sees_what_somebody_else_agreed_to() -> None:
    mine, theirs = signed(ANN), signed(BOB)
    assert [own.grant for own in own_grants(ANN, (theirs, mine), (), NOON)] == [mine]


def test_what_counts_now_comes_first_and_the_latest_before_the_oldest() -> None:
    ended, old, new = signed(starts=-9, ends=-1), signed(starts=-5), signed(starts=-2)
    back, coming = signed(starts=-3), signed(starts=2, ends=3)
    found = own_grants(ANN, (ended, back, old, coming, new), (taken_back(back),), NOON)
    assert [own.grant for own in found] == [new, old, coming, back, ended]
    assert [own.withdrawn_at for own in found] == [None, None, None, NOON, None]


def test_a_withdrawal_that_comes_is_told_before_it_counts() -> None:
    mine = signed()
    twice = (taken_back(mine, 2), taken_back(mine, 1))
    (own,) = own_grants(ANN, (mine,), twice, NOON)
    assert own.state is GrantState.IN_FORCE
    assert own.withdrawn_at == NOON + DAY


@pytest.mark.parametrize("kind", RestrictionKind)
def test_a_freeze_is_told_while_it_lasts_and_only_ones_own(kind: RestrictionKind) -> None:
    own = own_grants(ANN, (signed(),), (), NOON)
    frozen = Restriction(new_id(), ANN, kind, Period(NOON - DAY, NOON + DAY))
    assert own_notes(ANN, own, (frozen,), NOON) == (OwnPageNote.FROZEN,)
    assert own_notes(ANN, own, (frozen,), NOON + DAY) == ()
    assert own_notes(ANN, own, (replace(frozen, subject_id=BOB),), NOON) == ()


def test_who_agreed_to_nothing_is_told_so() -> None:
    frozen = Restriction(new_id(), ANN, RestrictionKind.OBJECTED, Period(NOON))
    assert own_notes(ANN, (), (), NOON) == (OwnPageNote.NOTHING_AGREED,)
    assert own_notes(ANN, (), (frozen,), NOON) == (
        OwnPageNote.FROZEN,
        OwnPageNote.NOTHING_AGREED,
    )


# -- what is taken back together -------------------------------------------------------


def signed_as(given: Grant, wording_version: str, at: datetime) -> Quitclaim:
    return replace(
        quitclaim(given),
        quitclaim_id=given.quitclaim_id,
        wording_version=wording_version,
        signed_at=at,
    )


def one(
    name: str, *channels: Channel, kind: GrantKind = GrantKind.IMAGE_CONSENT
) -> Grant:
    return replace(
        grant(ANN, kind, channels=frozenset(channels)),
        grant_id=derived_id("grant", name),
        quitclaim_id=derived_id("document", name),
    )


def test_what_was_renewed_is_taken_back_with_what_it_renewed() -> None:
    old, new = one("old", Channel.WEBSITE), one("new", Channel.WEBSITE)
    other = one("other", Channel.WEBSITE)
    kept = replace(one("kept", Channel.PRINT), quitclaim_id=old.quitclaim_id)
    documents = [
        signed_as(old, "fair.1", NOON),
        signed_as(new, "fair.2", NOON + TICK),
        signed_as(other, "portrait.1", NOON),
    ]
    everything = [old, new, other, kept]
    assert said_alike([new], everything, documents) == (old, new)
    assert said_alike([old], everything, documents) == (old, new)
    assert said_alike([other], everything, documents) == (other,)
    assert said_alike([kept], everything, documents) == (kept,)


def test_to_be_recognised_is_taken_back_in_every_version_and_nothing_else_is() -> None:
    kind = GrantKind.BIOMETRIC_CONSENT
    old, new = one("old", kind=kind), one("new", kind=kind)
    image = replace(one("image", Channel.WEBSITE), quitclaim_id=old.quitclaim_id)
    documents = [signed_as(old, "fair.1", NOON), signed_as(new, "fair.2", NOON)]
    assert said_alike([new], [old, image, new], documents) == (old, new)


def test_the_last_document_in_each_wording_is_the_one_that_counts() -> None:
    first, second = one("first", Channel.WEBSITE), one("second", Channel.WEBSITE)
    other = one("third", Channel.WEBSITE)
    documents = [
        signed_as(second, "fair.2", NOON + TICK),
        signed_as(first, "fair.1", NOON),
        signed_as(other, "portrait.7", NOON),
    ]
    assert current(documents) == {second.quitclaim_id, other.quitclaim_id}
    assert wording_of(documents[0]) == "fair"
    assert wording_of(replace(documents[0], wording_version="2026-1")) == "2026-1"


def test_a_contract_and_what_is_over_cannot_be_taken_back() -> None:
    for kind in GrantKind:
        for state in GrantState:
            own = OwnGrant(one("x", Channel.WEBSITE, kind=kind), state)
            assert withdrawable(own) == (
                kind is not GrantKind.PORTRAIT_AGREEMENT
                and state in {GrantState.IN_FORCE, GrantState.NOT_YET}
            )
