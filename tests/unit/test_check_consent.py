"""check_consent: decides from the facts of that moment, and only ever narrows."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beeldrecht.adapters.errors import StaleRevisionError
from beeldrecht.domain.assets import AssetStatus, Release
from beeldrecht.domain.channels import Channel, Verdict
from beeldrecht.domain.consent import GrantKind, Restriction, RestrictionKind, withdraw
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.intake import PROCESSING_FAILED, Rejection
from beeldrecht.domain.people import Appearance, AppearanceStatus
from beeldrecht.domain.time import Period
from beeldrecht.runtime.events import AssetEvent
from clearance.check_consent import step
from clearance.check_consent.step import Outcome
from tests.fakes.disturbed import effects_of, killed_and_retried, overtaken
from tests.fakes.effects import When
from tests.fakes.samples import ANN, BOB, NOON, PICTURE, TICK, face_id, grant
from tests.fakes.scenes import examined, received, released
from tests.fakes.world import World

SAMPLE = Path(step.__file__).with_name("event.json")
WEBSITE_AND_PRINT = {Channel.WEBSITE: Verdict.CLEAR, Channel.PRINT: Verdict.CLEAR}
UNTIL = NOON + timedelta(days=30)


def confirmed() -> World:
    world = examined()
    world.sign(grant(ANN))
    world.answer(face_id(0), ANN)
    return world


def ended() -> World:
    """Released, and what was signed for has ended since."""
    world = released()
    world.at = UNTIL
    return world


SCENES = (examined, confirmed, released, ended)


def release_of(world: World) -> Release:
    found = world.record().release
    assert found is not None
    return found


def take_back(world: World) -> None:
    world.register.withdraw(withdraw(grant(ANN), derived_id("withdrawal"), world.at))


def test_the_sample_event_carries_one_asset() -> None:
    event = AssetEvent.model_validate(json.loads(SAMPLE.read_text()))
    assert event.asset_id == "9b2f6c0d4e8a4f7bb1c2d3e4f5a60718"


def test_a_face_that_nobody_named_keeps_the_picture_in() -> None:
    world = examined()
    assert world.check().outcome is Outcome.EMBARGOED
    assert world.record().status is AssetStatus.EMBARGOED
    # Nothing that was signed ends: what is left is the end of the picture itself.
    ends = world.record().ends_at
    assert ends is not None
    assert world.library.rows[PICTURE].due == ends


def test_a_picture_of_somebody_who_signed_is_ready_until_the_signature_ends() -> None:
    world = confirmed()
    assert world.check().outcome is Outcome.READY
    assert world.record().status is AssetStatus.READY
    assert world.library.rows[PICTURE].due == UNTIL
    cached = world.library.cached_decision(PICTURE)
    assert cached is not None
    assert cached["valid_until"] == UNTIL.isoformat()


def test_consent_ends_at_its_last_instant_and_not_a_tick_before() -> None:
    world = released()
    world.at = UNTIL - TICK
    assert world.check().outcome is Outcome.RELEASED
    assert release_of(world).channels == WEBSITE_AND_PRINT
    world.at = UNTIL
    world.check()
    assert not release_of(world).channels


def test_a_withdrawal_counts_at_the_very_next_decision() -> None:
    world = released()
    take_back(world)
    world.check()
    assert not release_of(world).channels


def test_an_objection_to_the_picture_itself_keeps_it_in() -> None:
    world = released()
    world.register.restrict(
        Restriction("r" * 32, PICTURE, RestrictionKind.OBJECTED, Period(NOON))
    )
    assert world.check().outcome is Outcome.EMBARGOED
    assert release_of(world).channels == {}


def test_a_freeze_of_the_person_keeps_it_in() -> None:
    world = released()
    world.register.restrict(
        Restriction("r" * 32, ANN, RestrictionKind.RESTRICTED, Period(NOON))
    )
    assert world.check().outcome is Outcome.EMBARGOED


def test_a_decision_clears_the_marks_of_earlier_trouble() -> None:
    world = examined()
    world.library.count_attempt(world.record(), world.at)
    world.library.reject(world.record(), Rejection(PROCESSING_FAILED), world.at)
    world.check()
    assert world.record().attempts == 0
    assert world.record().rejection is None


def test_a_picture_that_is_gone_or_refused_is_not_decided_on() -> None:
    world = examined()
    world.library.reject(world.record(), Rejection("original_lost"), world.at)
    before = world.outcome()
    assert world.check().outcome is Outcome.GONE
    assert world.outcome() == before
    world.library.forget(PICTURE)
    assert world.check().outcome is Outcome.GONE


@pytest.mark.parametrize("failed", [False, True])
def test_a_picture_nobody_looked_through_stays_where_the_reconciler_sees_it(
    failed: bool,
) -> None:
    """Decided on, it would leave the work list as embargoed, and stay so for good."""
    world = received(20.0)
    if failed:
        world.library.reject(world.record(), Rejection(PROCESSING_FAILED), world.at)
    before = world.outcome()
    assert world.check().outcome is Outcome.EMBARGOED
    assert world.outcome() == before


# -- R14: software narrows, a person releases ------------------------------------------


def test_r14_software_releases_nothing_however_clear_the_picture_is() -> None:
    world = confirmed()
    for _ in range(3):
        assert world.check().outcome is Outcome.READY
    assert world.record().release is None


def test_r14_a_consent_that_comes_back_does_not_widen_a_release_again() -> None:
    world = ended()
    world.check()
    world.sign(grant(ANN, until=UNTIL + timedelta(days=30)))
    world.check()
    assert Verdict.CLEAR not in release_of(world).channels.values()
    assert (
        world.record().status is not AssetStatus.READY or not release_of(world).channels
    )


@given(
    channels=st.sets(st.sampled_from(Channel)),
    later=st.sets(st.sampled_from(Channel)),
    days=st.integers(0, 60),
)
def test_r14_a_release_is_never_wider_after_a_decision_than_before(
    channels: set[Channel], later: set[Channel], days: int
) -> None:
    world = examined()
    world.sign(grant(ANN, channels=frozenset(channels) | {Channel.PRESS}))
    world.answer(face_id(0), ANN)
    world.release()
    before = dict(release_of(world).channels)
    world.sign(
        grant(ANN, GrantKind.PORTRAIT_AGREEMENT, NOON + timedelta(45), frozenset(later))
    )
    world.at = NOON + timedelta(days=days)
    world.check()
    after = release_of(world).channels
    order = tuple(Verdict).index
    assert all(c in before and order(v) >= order(before[c]) for c, v in after.items())


@given(people=st.sets(st.sampled_from([ANN, BOB]), min_size=1))
def test_r14_a_suggestion_decides_nothing_until_a_person_confirms_it(
    people: set[str],
) -> None:
    world = examined()
    world.sign(grant(ANN), grant(BOB))
    without = world.check()
    suggestions = [
        Appearance(PICTURE, face_id(0), person, AppearanceStatus.SUGGESTED)
        for person in sorted(people)
    ]
    assert world.library.suggest(suggestions) == len(people)
    assert world.check() == without
    decision = world.library.cached_decision(PICTURE)
    assert decision is not None
    assert set(decision["per_channel"].values()) == {Verdict.RESTRICTED}
    assert {f["id"] for f in decision["findings"]} == {
        "face_unresolved",
        "suggestion_waiting",
        "not_released",
    }


# -- at least once ---------------------------------------------------------------------


@pytest.mark.parametrize("scene", SCENES)
@pytest.mark.parametrize("when", When)
def test_ended_at_any_write_and_tried_again_it_comes_to_the_same(
    scene: Callable[[], World], when: When
) -> None:
    undisturbed = scene()
    undisturbed.check()
    names = effects_of(scene, World.check)
    for place in range(1, len(names) + 1):
        world = killed_and_retried(scene, World.check, place, when)
        assert world.outcome() == undisturbed.outcome(), (names[place - 1], when)


@pytest.mark.parametrize("scene", SCENES)
@pytest.mark.parametrize("when", When)
def test_two_workflows_at_the_same_time_come_to_the_same_as_one(
    scene: Callable[[], World], when: When
) -> None:
    undisturbed = scene()
    undisturbed.check()
    names = effects_of(scene, World.check)
    for place in range(1, len(names) + 1):
        world = overtaken(scene, World.check, World.check, place, when)
        assert world.outcome() == undisturbed.outcome(), (names[place - 1], when)


def test_a_decision_on_facts_that_changed_meanwhile_is_refused() -> None:
    world = confirmed()
    world.effects.arm(
        1, When.BEFORE, lambda: world.answer(face_id(0), ANN, answer="reject")
    )
    with pytest.raises(StaleRevisionError):
        world.check()
    assert world.check().outcome is Outcome.EMBARGOED


def test_a_withdrawal_in_the_middle_of_a_decision_is_seen_by_the_one_it_starts() -> None:
    world = released()

    def withdrawn_and_decided() -> None:
        take_back(world)
        world.check()

    world.effects.arm(1, When.BEFORE, withdrawn_and_decided)
    with pytest.raises(StaleRevisionError):
        world.check()
    world.check()
    assert Verdict.CLEAR not in release_of(world).channels.values()


def test_each_decision_that_was_taken_is_in_the_trail_with_what_it_allowed() -> None:
    world = released()
    world.check()
    entry = list(world.audit.entries(PICTURE))[-1]
    assert entry.tag == "clearance:asset:decide"
    assert entry.actor == "system"
    assert entry.data == {
        "outcome": "released",
        "leaves": "print,website",
        "valid_until": UNTIL.isoformat(),
    }
