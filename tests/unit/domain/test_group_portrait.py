"""R20: all who are portrayed or their relatives, and no interest against it, by use."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beeldrecht.domain.channels import Channel, Verdict
from beeldrecht.domain.consent import Withdrawal
from beeldrecht.domain.decisions import Facts, Finding, FindingId, decide
from beeldrecht.domain.legal_bases import (
    OF_THE_DEAD,
    BasisRefusal,
    BasisRefusedError,
    LegalBasis,
    LegalBasisKind,
    ended,
    record,
    relatives_until,
)
from beeldrecht.domain.time import Period

from .facts import END, NOW, PICTURE, appearance, basis, face, grant, picture

GROUP = ("ann", "bob", "clara", "dirk")
type Said = Mapping[str, frozenset[Channel]]


def portrait(said: Said) -> Facts:
    """A picture of these people, each of whom agreed to those channels."""
    faces = {person: face(f"f-{person}") for person in said}
    return Facts(
        picture(*faces.values()),
        tuple(appearance(each.face_id, person) for person, each in faces.items()),
        tuple(
            grant(person, channels=channels, grant_id=f"g-{person}")
            for person, channels in said.items()
            if channels
        ),
        (),
        (),
        (),
    )


@given(
    st.dictionaries(
        st.sampled_from(GROUP), st.frozensets(st.sampled_from(Channel)), min_size=2
    )
)
def test_r20_a_group_portrait_is_clear_where_all_who_are_portrayed_agreed(
    said: Said,
) -> None:
    verdicts = decide(portrait(said), NOW).per_channel
    for channel in Channel:
        everybody = all(channel in channels for channels in said.values())
        assert (verdicts[channel] is Verdict.CLEAR) is everybody, channel


def test_r20_one_face_that_nobody_named_holds_back_the_whole_portrait() -> None:
    everywhere = dict.fromkeys(GROUP, frozenset(Channel))
    facts = portrait(everywhere)
    unnamed = Facts(
        picture(*facts.asset.faces, face("f-somebody")),
        facts.appearances,
        facts.grants,
        (),
        (),
        (),
    )
    assert set(decide(facts, NOW).per_channel.values()) == {Verdict.CLEAR}
    assert Verdict.CLEAR not in decide(unnamed, NOW).per_channel.values()


def test_r20_an_interest_that_was_found_against_a_use_forbids_that_use_to_all() -> None:
    against = basis(Channel.WEBSITE, LegalBasisKind.PORTRAIT_REFUSED)
    carrying = basis(Channel.WEBSITE, LegalBasisKind.PUBLIC_TASK)
    everywhere = dict.fromkeys(GROUP, frozenset(Channel))
    facts = replace(portrait(everywhere), bases=(carrying, against))
    decision = decide(facts, NOW)
    verdicts = decision.per_channel
    assert verdicts[Channel.WEBSITE] is Verdict.RESTRICTED
    assert {v for c, v in verdicts.items() if c is not Channel.WEBSITE} == {Verdict.CLEAR}
    said = Finding(FindingId.INTEREST_AGAINST, channel=Channel.WEBSITE, until=END)
    assert said in decision.findings
    again = replace(facts, bases=(carrying, ended(against, NOW)))
    assert set(decide(again, NOW).per_channel.values()) == {Verdict.CLEAR}
    of_another = replace(against, asset_id="another picture")
    other = decide(replace(facts, bases=(of_another,)), NOW)
    assert set(other.per_channel.values()) == {Verdict.CLEAR}


def test_r20_that_nothing_was_found_against_a_use_carries_it_for_nobody() -> None:
    weighed = basis(Channel.WEBSITE, LegalBasisKind.PORTRAIT_WEIGHED)
    facts = replace(portrait({"ann": frozenset(), "bob": frozenset()}), bases=(weighed,))
    assert Verdict.CLEAR not in decide(facts, NOW).per_channel.values()
    granted = portrait(dict.fromkeys(GROUP, frozenset(Channel)))
    decision = decide(replace(granted, bases=(weighed,)), NOW)
    assert set(decision.per_channel.values()) == {Verdict.CLEAR}


def of_relatives(person: str, kind: LegalBasisKind) -> LegalBasis:
    return basis(Channel.WEBSITE, kind, person_id=person)


@given(
    st.dictionaries(
        st.sampled_from(GROUP), st.frozensets(st.sampled_from(Channel)), min_size=2
    ),
    st.frozensets(st.sampled_from(GROUP)),
    st.sampled_from(
        [LegalBasisKind.RELATIVES_AGREED, LegalBasisKind.PORTRAIT_RIGHT_OVER]
    ),
)
def test_r20_what_relatives_agree_to_carries_the_face_of_their_dead_alone(
    said: Said, dead: frozenset[str], kind: LegalBasisKind
) -> None:
    notes = tuple(of_relatives(person, kind) for person in sorted(dead))
    verdicts = decide(replace(portrait(said), bases=notes), NOW).per_channel
    for channel in Channel:
        agreed = {p for p, channels in said.items() if channel in channels}
        carried = dead if channel is Channel.WEBSITE else frozenset()
        assert (verdicts[channel] is Verdict.CLEAR) is (set(said) <= agreed | carried)


def test_r20_who_said_no_in_life_is_not_shown_because_relatives_agree() -> None:
    facts = portrait(dict.fromkeys(("ann", "bob"), frozenset(Channel)))
    [hers] = [each for each in facts.grants if each.person_id == "ann"]
    taken = Withdrawal("w", hers.grant_id, "ann", NOW)
    agreed = of_relatives("ann", LegalBasisKind.RELATIVES_AGREED)
    facts = replace(facts, withdrawals=(taken,), bases=(agreed,))
    assert decide(facts, NOW).per_channel[Channel.WEBSITE] is Verdict.MASKED


def test_r20_relatives_who_are_against_it_forbid_that_use() -> None:
    facts = portrait(dict.fromkeys(GROUP, frozenset(Channel)))
    against = of_relatives("ann", LegalBasisKind.RELATIVES_REFUSED)
    verdicts = decide(replace(facts, bases=(against,)), NOW).per_channel
    assert verdicts[Channel.WEBSITE] is Verdict.RESTRICTED
    assert verdicts[Channel.PRINT] is Verdict.CLEAR


DIED = date(2020, 2, 29)
OVER = datetime(2030, 2, 28, 23, tzinfo=UTC)
"""After the tenth anniversary, that year a day earlier, at midnight in Amsterdam."""


def noted(
    kind: LegalBasisKind,
    at: datetime,
    person_id: str | None = "ann",
    died_on: date | None = DIED,
    end: datetime | None = None,
) -> LegalBasis:
    return record(
        kind,
        public_body=True,
        asset_id=PICTURE,
        channel=Channel.WEBSITE,
        reference="Letter of her daughter",
        period=Period(at, end),
        recorded_by="editor",
        recorded_at=at,
        person_id=person_id,
        died_on=died_on,
    )


def test_r20_relatives_decide_until_ten_years_after_the_death_and_no_longer() -> None:
    before = OVER - timedelta(seconds=1)
    assert relatives_until(DIED) == OVER
    for kind in (LegalBasisKind.RELATIVES_AGREED, LegalBasisKind.RELATIVES_REFUSED):
        assert noted(kind, before).period.end == OVER
        sooner = OVER - timedelta(days=9)
        assert noted(kind, NOW, end=sooner).period.end == sooner
        assert refusal(kind, OVER) is BasisRefusal.RELATIVES_NO_MORE
    over = LegalBasisKind.PORTRAIT_RIGHT_OVER
    assert refusal(over, before) is BasisRefusal.RELATIVES_STILL
    assert noted(over, OVER).period.end is None
    facts = replace(
        portrait({"ann": frozenset()}),
        bases=(noted(LegalBasisKind.RELATIVES_AGREED, before),),
    )
    clear = decide(facts, before)
    assert clear.per_channel[Channel.WEBSITE] is Verdict.CLEAR
    assert clear.valid_until == OVER
    assert decide(facts, OVER).per_channel[Channel.WEBSITE] is not Verdict.CLEAR


@pytest.mark.parametrize("kind", sorted(LegalBasisKind))
def test_r20_a_death_is_named_where_relatives_decide_and_nowhere_else(
    kind: LegalBasisKind,
) -> None:
    if kind in OF_THE_DEAD:
        wrong = BasisRefusal.DEAD_NOT_NAMED
        assert refusal(kind, OVER, person_id=None) is wrong
        assert refusal(kind, OVER, died_on=None) is wrong
        later = date(2031, 1, 1)
        assert refusal(kind, OVER, died_on=later) is BasisRefusal.DIED_LATER
    elif kind is not LegalBasisKind.LEGITIMATE_INTEREST:
        assert refusal(kind, NOW) is BasisRefusal.DEAD_NAMED
        assert refusal(kind, NOW, died_on=None) is BasisRefusal.DEAD_NAMED
        assert noted(kind, NOW, None, None).person_id is None


def refusal(kind: LegalBasisKind, at: datetime, **changed: Any) -> BasisRefusal:
    with pytest.raises(BasisRefusedError) as refused:
        noted(kind, at, **changed)
    return refused.value.reason
