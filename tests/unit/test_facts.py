"""Gathering facts: of the confirmed people, and of the picture itself."""

from datetime import timedelta

import pytest

from beeldrecht.domain.consent import (
    CLOCK_SKEW,
    Restriction,
    RestrictionKind,
    withdraw,
)
from beeldrecht.domain.decisions import decide
from beeldrecht.domain.people import Appearance, AppearanceStatus
from beeldrecht.domain.time import Period
from beeldrecht.runtime.facts import NoBases, gather
from tests.fakes.samples import ANN, BOB, NOON, PICTURE, TICK, face_id, grant
from tests.fakes.scenes import examined, released


def test_only_what_confirmed_people_signed_is_a_fact_of_a_picture() -> None:
    world = examined(3)
    world.sign(grant(ANN), grant(BOB))
    world.answer(face_id(0), ANN)
    world.library.suggest(
        [Appearance(PICTURE, face_id(1), BOB, AppearanceStatus.SUGGESTED)]
    )
    found = world.library.picture(PICTURE)
    assert found is not None
    facts = gather(found[1], found[2], world.register, world.bases, world.at)
    assert facts.grants == (grant(ANN),)
    assert {a.person_id for a in facts.appearances} == {ANN, BOB}


def test_what_freezes_the_picture_or_somebody_confirmed_in_it_is_a_fact() -> None:
    world = examined()
    world.answer(face_id(0), ANN)
    for number, subject in enumerate((PICTURE, ANN, BOB)):
        world.register.restrict(
            Restriction(str(number), subject, RestrictionKind.RESTRICTED, Period(NOON))
        )
    found = world.library.picture(PICTURE)
    assert found is not None
    facts = gather(found[1], found[2], world.register, world.bases, world.at)
    assert {r.subject_id for r in facts.restrictions} == {PICTURE, ANN}


@pytest.mark.parametrize("ahead", [timedelta(), TICK, CLOCK_SKEW])
def test_r05_what_was_taken_back_or_frozen_counts_though_its_clock_runs_ahead(
    ahead: timedelta,
) -> None:
    for act in ("withdraw", "freeze"):
        world = released()
        found = world.library.picture(PICTURE)
        assert found is not None
        before = gather(found[1], found[2], world.register, NoBases(), world.at)
        assert decide(before, world.at).leaves
        if act == "withdraw":
            world.register.withdraw(withdraw(grant(ANN), "w" * 32, world.at + ahead))
        else:
            period = Period(world.at + ahead)
            objection = Restriction("r", ANN, RestrictionKind.OBJECTED, period)
            world.register.restrict(objection)
        facts = gather(found[1], found[2], world.register, NoBases(), world.at)
        assert not decide(facts, world.at).leaves


def test_a_freeze_that_is_planned_for_later_does_not_count_yet() -> None:
    world = released()
    found = world.library.picture(PICTURE)
    assert found is not None
    later = Period(world.at + CLOCK_SKEW + TICK)
    world.register.restrict(Restriction("r", ANN, RestrictionKind.RESTRICTED, later))
    facts = gather(found[1], found[2], world.register, world.bases, world.at)
    assert decide(facts, world.at).leaves
