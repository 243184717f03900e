"""Grants and withdrawals as facts."""

from dataclasses import FrozenInstanceError, replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beeldrecht.domain.channels import ALL_CHANNELS, Channel, Place, Verdict, strictest
from beeldrecht.domain.consent import (
    Grant,
    GrantKind,
    NotWithdrawableError,
    Withdrawal,
    in_force,
    withdraw,
)
from beeldrecht.domain.time import AMSTERDAM, NaiveInstantError
from tests.unit.domain.facts import (
    ANN,
    BOB,
    END,
    EVERY_CHANNEL,
    NOW,
    START,
    TICK,
    biometric,
    grant,
    grant_lists,
    withdrawal,
)


@pytest.mark.parametrize("granted", Place)
@pytest.mark.parametrize("asked", Place)
def test_a_territory_holds_itself_and_the_smaller_ones(
    granted: Place, asked: Place
) -> None:
    size = [Place.NETHERLANDS, Place.EUROPEAN_UNION, Place.WORLD].index
    assert granted.covers(asked) == (size(asked) <= size(granted))


def test_every_channel_is_asked_about() -> None:
    assert set(ALL_CHANNELS) == EVERY_CHANNEL


@pytest.mark.parametrize(
    ("verdicts", "least"),
    [
        ((), Verdict.CLEAR),
        ((Verdict.CLEAR, Verdict.MASKED), Verdict.MASKED),
        ((Verdict.MASKED, Verdict.RESTRICTED, Verdict.CLEAR), Verdict.RESTRICTED),
    ],
)
def test_the_strictest_verdict_wins(
    verdicts: tuple[Verdict, ...], least: Verdict
) -> None:
    assert strictest(verdicts) is least


@given(grants=grant_lists(), place=st.sampled_from(Place))
def test_a_grant_covers_the_channels_and_places_it_names(
    grants: tuple[Grant, ...], place: Place
) -> None:
    for each in grants:
        for channel in Channel:
            assert each.names(channel, place) == (
                each.kind is not GrantKind.BIOMETRIC_CONSENT
                and channel in each.channels
                and any(granted.covers(place) for granted in each.places)
            )


def test_a_new_grant_names_nothing_until_it_says_so() -> None:
    plain = Grant("g", "q", ANN, GrantKind.IMAGE_CONSENT, grant().period)
    assert not any(plain.names(channel, place) for channel in Channel for place in Place)


@pytest.mark.parametrize("kind", [GrantKind.IMAGE_CONSENT, GrantKind.BIOMETRIC_CONSENT])
def test_a_consent_can_be_taken_back(kind: GrantKind) -> None:
    given_it = grant(kind=kind)
    taken_back = withdraw(given_it, "w", NOW)
    assert taken_back == Withdrawal("w", given_it.grant_id, ANN, NOW)
    assert in_force(given_it, (taken_back,), NOW - TICK)
    assert not in_force(given_it, (taken_back,), NOW)


def test_a_contract_ends_as_it_says_and_is_not_withdrawn() -> None:
    contract = grant(kind=GrantKind.PORTRAIT_AGREEMENT)
    with pytest.raises(NotWithdrawableError):
        withdraw(contract, "w", NOW)
    assert in_force(contract, (), END - TICK)
    assert not in_force(contract, (), END)


def test_r04_withdrawing_leaves_the_proof_as_it_was() -> None:
    given_it = grant()
    before = replace(given_it)
    withdraw(given_it, "w", NOW)
    assert given_it == before
    with pytest.raises(FrozenInstanceError):
        given_it.period = replace(given_it.period, end=NOW)  # type: ignore[misc] # it is


@pytest.mark.parametrize(
    "other",
    [
        withdrawal(grant(grant_id="g1"), START),
        withdrawal(grant(BOB), START),
        withdrawal(biometric(), START),
    ],
    ids=["another grant", "another person", "another kind"],
)
def test_a_withdrawal_takes_back_its_own_grant_alone(other: Withdrawal) -> None:
    assert not other.takes_back(grant())
    assert in_force(grant(), (other,), NOW)


def test_the_earliest_withdrawal_counts() -> None:
    two = (withdrawal(grant(), END, "w0"), withdrawal(grant(), NOW, "w1"))
    assert in_force(grant(), two, NOW - TICK)
    assert not in_force(grant(), two, NOW)


def test_a_withdrawal_counts_in_the_hour_that_comes_twice() -> None:
    # 25 October 2026: 02:45 (summer) is before 02:30 (winter), whatever the clocks say.
    first_245 = datetime(2026, 10, 25, 2, 45, tzinfo=AMSTERDAM, fold=0)
    second_230 = datetime(2026, 10, 25, 2, 30, tzinfo=AMSTERDAM, fold=1)
    taken_back = (withdrawal(grant(), first_245),)
    assert not in_force(grant(), taken_back, second_230)
    second_215 = datetime(2026, 10, 25, 2, 15, tzinfo=AMSTERDAM, fold=1)
    first_230 = datetime(2026, 10, 25, 2, 30, tzinfo=AMSTERDAM, fold=0)
    assert in_force(grant(), (withdrawal(grant(), second_215),), first_230)


def test_a_withdrawal_is_held_in_utc_whatever_zone_it_was_told_in() -> None:
    told = datetime(2026, 6, 1, tzinfo=AMSTERDAM)
    taken_back = withdrawal(grant(), told)
    assert taken_back.effective_at == told
    assert taken_back.effective_at.tzinfo is UTC


def test_an_instant_without_a_zone_is_refused() -> None:
    naive = NOW.replace(tzinfo=None)
    with pytest.raises(NaiveInstantError):
        withdraw(grant(), "w", naive)
    with pytest.raises(NaiveInstantError):
        in_force(grant(), (withdrawal(grant(), NOW),), naive)
