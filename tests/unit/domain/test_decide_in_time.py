"""How long a decision holds, and what changes nothing about it: zones, order, company."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beeldrecht.domain.channels import Channel, Place, Verdict
from beeldrecht.domain.decisions import (
    Facts,
    Outcome,
    decide,
)
from beeldrecht.domain.people import AppearanceStatus
from beeldrecht.domain.time import NaiveInstantError
from tests.unit.domain.facts import (
    ANN,
    ANNS_PICTURE,
    BOB,
    END,
    FAR_FUTURE,
    INSTANTS,
    NOW,
    PICTURE,
    START,
    TICK,
    allows_no_more,
    face,
    freeze,
    grant,
    grant_lists,
    instants,
    picture,
    pictures_with_facts,
    places,
    release_of,
    withdrawal,
    withdrawal_lists,
)

CONFIRMED = AppearanceStatus.CONFIRMED
SUGGESTED = AppearanceStatus.SUGGESTED
REJECTED = AppearanceStatus.REJECTED

# ----------------------------------------------------------------- renewing a consent

RENEWED = grant(start=NOW, end=FAR_FUTURE, grant_id="renewed")


def test_a_renewed_consent_is_not_restricted_by_the_old_ones_expiry() -> None:
    facts = replace(ANNS_PICTURE, grants=(grant(), RENEWED))
    for at in (NOW, END - TICK, END, END + TICK):
        decision = decide(facts, at)
        assert set(decision.per_channel.values()) == {Verdict.CLEAR}
        assert {f.until for f in decision.findings if f.person_id} == {FAR_FUTURE}
        assert decision.valid_until == FAR_FUTURE


def test_a_renewed_consent_is_not_restricted_by_the_old_ones_withdrawal() -> None:
    facts = replace(
        ANNS_PICTURE, grants=(grant(), RENEWED), withdrawals=(withdrawal(grant(), NOW),)
    )
    for at in (NOW, END, END + TICK):
        assert set(decide(facts, at).per_channel.values()) == {Verdict.CLEAR}


@given(facts=pictures_with_facts(), at=instants, place=places, data=st.data())
def test_an_older_consent_with_its_withdrawal_takes_nothing_away(
    facts: Facts, at: datetime, place: Place, data: st.DataObject
) -> None:
    older = tuple(
        replace(g, grant_id=f"older-{g.grant_id}") for g in data.draw(grant_lists())
    )
    taken_back = data.draw(withdrawal_lists(older))
    facts = replace(facts, bases=())
    more = replace(
        facts,
        grants=(*older, *facts.grants),
        withdrawals=(*taken_back, *facts.withdrawals),
    )
    assert allows_no_more(decide(facts, at, place), decide(more, at, place))


# ---------------------------------------------------------------- how long it holds

PRINT_CLEAR = {Channel.PRINT: Verdict.CLEAR}


@given(facts=pictures_with_facts(), at=instants, place=places)
def test_a_decision_holds_until_its_end_and_not_longer(
    facts: Facts, at: datetime, place: Place
) -> None:
    decision = decide(facts, at, place)
    assert decision.at == at
    end = decision.valid_until
    for later in (*(i for i in INSTANTS if i > at), FAR_FUTURE):
        if end is None or later < end:
            assert decision.same_answer(decide(facts, later, place))
    if end is not None:
        assert end > at
        assert not decision.same_answer(decide(facts, end, place))
        assert decision.same_answer(decide(facts, end - TICK, place))


@pytest.mark.parametrize(
    ("change", "at", "end"),
    [
        ({"grants": (grant(start=NOW),)}, START, NOW),
        ({"grants": (grant(end=NOW),)}, START, NOW),
        ({"withdrawals": (withdrawal(grant(), NOW),)}, START, NOW),
        ({"restrictions": (freeze(ANN, start=NOW),)}, START, NOW),
        ({"restrictions": (freeze(PICTURE, end=NOW),)}, START, NOW),
        ({"restrictions": (freeze(BOB, start=NOW),)}, START, END),
        (
            {
                "asset": picture(
                    face(), release=release_of(face(), channels=PRINT_CLEAR, at=NOW)
                )
            },
            START,
            NOW,
        ),
    ],
    ids=[
        "a grant begins",
        "a grant ends",
        "a withdrawal comes into force",
        "a freeze begins",
        "a freeze ends",
        "somebody else is frozen",
        "a release comes into force",
    ],
)
def test_a_decision_ends_when_a_recorded_date_changes_the_answer(
    change: dict[str, Any], at: datetime, end: datetime
) -> None:
    decision = decide(replace(ANNS_PICTURE, **change), at)
    assert decision.valid_until == end


def test_a_decision_on_open_ended_facts_holds_for_ever() -> None:
    facts = replace(ANNS_PICTURE, grants=(grant(end=None),))
    assert decide(facts, NOW).valid_until is None


@pytest.mark.parametrize(
    "change",
    [
        {"findings": ()},
        {"per_channel": {}},
        {"outcome": Outcome.EMBARGOED},
        {"leaves": {Channel.PRINT: Verdict.MASKED}},
    ],
    ids=lambda change: next(iter(change)),
)
def test_two_answers_are_the_same_only_when_all_they_say_is(
    change: dict[str, Any],
) -> None:
    decision = decide(ANNS_PICTURE, NOW)
    assert not decision.same_answer(replace(decision, **change))
    assert decision.same_answer(replace(decision, at=START, valid_until=None))


# ------------------------------------------------------------------ instants and zones


def test_an_instant_without_a_zone_is_refused() -> None:
    naive = NOW.replace(tzinfo=None)
    with pytest.raises(NaiveInstantError):
        decide(ANNS_PICTURE, naive)
    one = face()
    undated = release_of(one, channels={}, at=naive)
    with pytest.raises(NaiveInstantError):
        decide(replace(ANNS_PICTURE, asset=picture(one, release=undated)), NOW)


@given(facts=pictures_with_facts(), at=instants, hours=st.integers(-12, 14))
def test_the_zone_an_instant_is_told_in_changes_nothing(
    facts: Facts, at: datetime, hours: int
) -> None:
    elsewhere = at.astimezone(timezone(timedelta(hours=hours)))
    decision = decide(facts, elsewhere)
    assert decision.same_answer(decide(facts, at))
    assert decision.at.tzinfo is UTC


# ----------------------------------------------------- what was asked, and in what order


@given(
    facts=pictures_with_facts(),
    at=instants,
    asked=st.lists(st.sampled_from(Channel), unique=True),
)
def test_a_channel_gets_the_same_answer_whatever_else_is_asked(
    facts: Facts, at: datetime, asked: list[Channel]
) -> None:
    every, some = decide(facts, at), decide(facts, at, channels=tuple(asked))
    assert dict(some.per_channel) == {c: every.per_channel[c] for c in asked}
    assert dict(some.leaves) == {c: v for c, v in every.leaves.items() if c in asked}


@given(facts=pictures_with_facts(), at=instants)
def test_the_order_of_the_records_changes_no_verdict(facts: Facts, at: datetime) -> None:
    reordered = Facts(
        asset=replace(facts.asset, faces=facts.asset.faces[::-1]),
        appearances=facts.appearances[::-1],
        grants=facts.grants[::-1],
        withdrawals=facts.withdrawals[::-1],
        restrictions=facts.restrictions[::-1],
        bases=facts.bases[::-1],
    )
    one, other = decide(facts, at), decide(reordered, at)
    assert one.per_channel == other.per_channel
    assert one.leaves == other.leaves
    assert set(one.findings) == set(other.findings)
    assert one.valid_until == other.valid_until


def test_a_decision_cannot_be_changed_afterwards() -> None:
    one = face()
    release = release_of(one, channels={Channel.PRINT: Verdict.MASKED})
    decision = decide(replace(ANNS_PICTURE, asset=picture(one, release=release)), NOW)
    for said in (decision.per_channel, decision.leaves):
        with pytest.raises(TypeError):
            cast("dict[Channel, Verdict]", said)[Channel.PRINT] = Verdict.CLEAR
