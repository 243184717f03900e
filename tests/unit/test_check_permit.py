"""check_permit: unknown means no, and the answer is only a signpost."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beeldrecht.domain.consent import (
    CLOCK_SKEW,
    GrantKind,
    Restriction,
    RestrictionKind,
    withdraw,
)
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.intake import PROCESSING_FAILED, Rejection
from beeldrecht.domain.permits import PermitRefusal, RecognitionMode
from beeldrecht.domain.time import Period
from beeldrecht.runtime.events import AssetEvent
from clearance.check_permit import step
from clearance.check_permit.step import Outcome
from tests.fakes.samples import NOON, PICTURE, SHOOT, TICK, Sight, grant
from tests.fakes.scenes import closed_session
from tests.fakes.world import World

SAMPLE = Path(step.__file__).with_name("event.json")
BOTH = (GrantKind.IMAGE_CONSENT, GrantKind.BIOMETRIC_CONSENT)


def permitted(
    people: int = 2, mode: RecognitionMode | None = RecognitionMode.CLOSED_SESSION
) -> World:
    world = closed_session(people, BOTH, mode)
    world.receive()
    world.detect()
    return world


def test_the_sample_event_carries_one_asset() -> None:
    event = AssetEvent.model_validate(json.loads(SAMPLE.read_text()))
    assert event.asset_id == "9b2f6c0d4e8a4f7bb1c2d3e4f5a60718"


def test_a_closed_session_in_which_everybody_agreed_may_have_suggestions() -> None:
    assert permitted().permit().outcome is Outcome.SUGGEST


@given(people=st.integers(1, 5))
def test_r01_by_default_nothing_is_suggested_however_well_everybody_agreed(
    people: int,
) -> None:
    result = permitted(people, mode=None).permit()
    assert result.outcome is Outcome.DETECT
    assert result.refusal is PermitRefusal.MODE_OFF


@pytest.mark.parametrize("mode", RecognitionMode)
def test_the_mode_alone_decides_where_all_else_is_in_order(mode: RecognitionMode) -> None:
    expected = (
        Outcome.SUGGEST
        if mode in {RecognitionMode.CLOSED_SESSION, RecognitionMode.ENROLLED}
        else Outcome.DETECT
    )
    assert permitted(mode=mode).permit().outcome is expected


def test_one_person_who_took_biometric_consent_back_closes_it_for_all() -> None:
    world = permitted()
    theirs = grant(derived_id("roster", "0"), GrantKind.BIOMETRIC_CONSENT)
    world.register.withdraw(withdraw(theirs, "w" * 32, NOON))
    world.at = NOON - CLOCK_SKEW - TICK
    assert world.permit().outcome is Outcome.SUGGEST
    world.at = NOON - CLOCK_SKEW
    result = world.permit()
    assert result.outcome is Outcome.DETECT
    assert result.refusal is PermitRefusal.NO_BIOMETRIC_CONSENT


@pytest.mark.parametrize("subject", [PICTURE, derived_id("roster", "1")])
def test_r10_a_frozen_picture_or_person_of_the_session_closes_it(subject: str) -> None:
    world = permitted()
    world.register.restrict(
        Restriction("r" * 32, subject, RestrictionKind.OBJECTED, Period(NOON))
    )
    assert world.permit().refusal is PermitRefusal.FROZEN


def test_consent_that_ends_at_that_instant_is_no_consent_at_that_instant() -> None:
    world = permitted()
    world.at = NOON + timedelta(days=30) - TICK
    assert world.permit().outcome is Outcome.SUGGEST
    world.at = NOON + timedelta(days=30)
    assert world.permit().outcome is Outcome.DETECT


def test_image_consent_alone_is_no_leave_to_be_recognised() -> None:
    world = closed_session(2, [GrantKind.IMAGE_CONSENT])
    world.receive()
    world.detect()
    assert world.permit().refusal is PermitRefusal.NO_BIOMETRIC_CONSENT


def test_a_picture_without_a_session_or_of_an_unknown_one_gets_no_suggestions() -> None:
    for session_id in (None, "0" * 32):
        world = World()
        world.recognise(RecognitionMode.CLOSED_SESSION)
        world.announce(PICTURE, session_id)
        world.upload()
        world.receive()
        world.detect()
        assert world.permit().refusal is PermitRefusal.SESSION_NOT_CLOSED


def test_a_session_that_nobody_closed_gets_no_suggestions() -> None:
    world = permitted()
    session = world.library.session(SHOOT)
    assert session is not None
    world.library.save_session(replace(session, closed=False))
    assert world.permit().refusal is PermitRefusal.SESSION_NOT_CLOSED


def test_a_picture_without_faces_is_not_asked_about_anybody() -> None:
    world = closed_session(2, BOTH)
    world.receive()
    world.sight = Sight(())
    world.detect()
    result = world.permit()
    assert (result.outcome, result.refusal) == (Outcome.DETECT, None)


def test_a_picture_that_was_not_looked_at_yet_gets_no_suggestions() -> None:
    world = closed_session(2, BOTH)
    world.receive()
    assert world.permit().outcome is Outcome.DETECT


def test_a_picture_that_is_gone_or_refused_ends_the_workflow() -> None:
    world = permitted()
    world.library.reject(world.record(), Rejection(PROCESSING_FAILED), world.at)
    assert world.permit().outcome is Outcome.SUGGEST
    world.library.reject(world.record(), Rejection("original_lost"), world.at)
    assert world.permit().outcome is Outcome.GONE
    world.library.forget(PICTURE)
    assert world.permit().outcome is Outcome.GONE


def test_looking_writes_nothing() -> None:
    world = permitted()
    before = len(world.effects.names)
    world.permit()
    assert len(world.effects.names) == before
