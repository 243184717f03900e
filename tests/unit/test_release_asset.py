"""release_asset: a person's leave, for what the faces allow at that very instant."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import ValidationError

from beeldrecht.adapters.errors import StaleRevisionError
from beeldrecht.domain.assets import AssetStatus
from beeldrecht.domain.channels import Channel, Verdict
from beeldrecht.domain.consent import Withdrawal
from beeldrecht.domain.intake import PROCESSING_FAILED, Rejection, RenditionName
from beeldrecht.domain.masking import mask_id
from clearance.release_asset import step
from clearance.release_asset.step import (
    Event,
    MaskNotSeenError,
    NotReleasableError,
    UnknownAssetError,
)
from tests.fakes.disturbed import effects_of, killed_and_retried, overtaken
from tests.fakes.effects import When
from tests.fakes.samples import ANN, BOB, EDITOR, NOON, PICTURE, TICK, face_id, grant
from tests.fakes.scenes import examined, ready, received, released
from tests.fakes.world import World

SAMPLE = Path(step.__file__).with_name("event.json")
UNTIL = NOON + timedelta(days=30)
CLEAR = {Channel.WEBSITE: Verdict.CLEAR, Channel.PRINT: Verdict.CLEAR}
EVERYTHING = {c: CLEAR.get(c, Verdict.MASKED) for c in Channel}


def test_the_sample_event_is_a_release() -> None:
    event = Event.model_validate(json.loads(SAMPLE.read_text()))
    assert event.channels == frozenset({Channel.WEBSITE})


def test_r14_a_release_names_the_person_who_gave_it() -> None:
    said = json.loads(SAMPLE.read_text())
    del said["actor_id"]
    with pytest.raises(ValidationError):
        Event.model_validate(said)


def test_a_ready_picture_is_released_for_what_was_asked_and_no_more() -> None:
    world = ready()
    result = world.release(Channel.WEBSITE)
    assert result.channels == {Channel.WEBSITE: Verdict.CLEAR}
    assert result.valid_until == UNTIL
    record = world.record()
    assert record.status is AssetStatus.RELEASED
    assert record.release is not None
    assert record.release.channels == {Channel.WEBSITE: Verdict.CLEAR}
    assert record.release.released_by == EDITOR
    assert record.release.face_ids == {face_id(0)}
    entry = list(world.audit.entries(PICTURE))[-1]
    assert (entry.tag, entry.actor) == ("clearance:asset:release", EDITOR)
    assert entry.data == {"channels": "website:clear"}


def test_asked_for_nothing_in_particular_it_is_released_for_all_that_is_possible() -> (
    None
):
    world = ready()
    assert world.release().channels == EVERYTHING


def test_of_what_was_asked_only_what_is_possible_is_released() -> None:
    world = examined(2)
    world.sign(grant(ANN))
    for face in (face_id(0), face_id(1)):
        world.answer(face, ANN)
    assert world.release(Channel.WEBSITE, Channel.PRESS).channels == {
        Channel.WEBSITE: Verdict.CLEAR,
        Channel.PRESS: Verdict.MASKED,
    }


def test_r14_what_would_leave_masked_is_released_by_who_saw_it_masked() -> None:
    world = ready()
    with pytest.raises(MaskNotSeenError) as refused:
        world.release(Channel.WEBSITE, Channel.PRESS, looked=False)
    assert refused.value.channels == {Channel.PRESS}
    assert world.record().release is None
    world.release(Channel.PRESS)
    release = world.record().release
    assert release is not None
    assert release.channels == {Channel.PRESS: Verdict.MASKED}
    assert release.covered == {Channel.PRESS: {face_id(0)}}


def test_who_did_not_look_releases_what_needs_no_mask_and_no_more() -> None:
    world = ready()
    assert world.release(looked=False).channels == CLEAR
    release = world.record().release
    assert release is not None
    assert release.covered == {}


def test_a_picture_that_can_only_leave_masked_asks_to_be_looked_at_masked() -> None:
    world = examined()
    world.answer(face_id(0), ANN)
    with pytest.raises(MaskNotSeenError) as refused:
        world.release(looked=False)
    assert refused.value.channels == set(Channel)
    assert set(world.release().channels.values()) == {Verdict.MASKED}


def test_r14_a_mask_that_was_seen_before_another_face_has_to_be_covered_is_no_leave() -> (
    None
):
    world = examined(2)
    world.know(BOB)
    world.sign(grant(BOB))
    world.answer(face_id(0), ANN)
    world.answer(face_id(1), BOB)
    found = world.library.picture(PICTURE)
    assert found is not None
    record, asset, _ = found
    seen = {mask_id(record, RenditionName.PREVIEW, [asset.faces[0]])}
    assert seen < world.mask_ids()
    world.register.withdraw(Withdrawal("w", grant(BOB).grant_id, BOB, world.at))
    event = Event(asset_id=PICTURE, actor_id=EDITOR, masks=frozenset(seen))
    with pytest.raises(MaskNotSeenError):
        step.release_asset(event, world.library, world.register, world.bases, world.now)


def test_nothing_is_released_while_a_face_is_unknown() -> None:
    world = examined(2)
    world.sign(grant(ANN))
    world.answer(face_id(0), ANN)
    before = world.outcome()
    with pytest.raises(NotReleasableError):
        world.release()
    assert world.outcome() == before


def test_an_empty_request_releases_nothing() -> None:
    world = ready()
    event = Event(asset_id=PICTURE, actor_id=EDITOR, channels=frozenset())
    with pytest.raises(NotReleasableError):
        step.release_asset(event, world.library, world.register, world.bases, world.now)


def test_it_is_decided_at_this_instant_and_not_by_what_was_cached() -> None:
    world = ready()
    world.at = UNTIL - TICK
    assert Verdict.CLEAR in world.release().channels.values()
    world = ready()
    world.at = UNTIL
    assert world.record().status is AssetStatus.READY
    with pytest.raises(MaskNotSeenError):
        world.release(looked=False)
    assert set(world.release().channels.values()) == {Verdict.MASKED}


def test_a_picture_nobody_looked_through_is_not_released() -> None:
    with pytest.raises(NotReleasableError):
        received(20.0).release()


def test_a_picture_that_is_gone_or_refused_is_not_released() -> None:
    world = ready()
    world.library.reject(world.record(), Rejection("original_lost"), world.at)
    with pytest.raises(UnknownAssetError):
        world.release()
    world.library.forget(PICTURE)
    with pytest.raises(UnknownAssetError):
        world.release()


def test_a_picture_that_we_failed_on_once_can_be_released_when_its_faces_allow() -> None:
    world = ready()
    world.library.reject(world.record(), Rejection(PROCESSING_FAILED), world.at)
    assert world.release(Channel.PRINT).channels == {Channel.PRINT: Verdict.CLEAR}


def test_a_face_found_later_makes_the_release_void() -> None:
    world = released()
    world.detect(detector="newer")
    assert world.check().outcome == "embargoed"
    found = world.library.cached_decision(PICTURE)
    assert found is not None
    assert "release_outdated" in {f["id"] for f in found["findings"]}


def test_nobody_releases_what_they_did_not_see() -> None:
    world = ready()
    world.know(BOB)
    world.effects.arm(1, When.BEFORE, lambda: world.answer(face_id(0), BOB))
    with pytest.raises(StaleRevisionError):
        world.release()
    assert world.record().release is None


# -- at least once ---------------------------------------------------------------------


@pytest.mark.parametrize("when", When)
def test_ended_at_any_write_and_asked_again_it_comes_to_the_same(when: When) -> None:
    undisturbed = ready()
    undisturbed.release()
    assert effects_of(ready, World.release) == ["library.decide"]
    world = killed_and_retried(ready, World.release, 1, when)
    expected = undisturbed.outcome()
    if when is When.AFTER:
        # A second request is a second release: it is in the trail by itself.
        expected["entries"] = {k: n + 1 for k, n in expected["entries"].items()}
    assert world.outcome() == expected


@pytest.mark.parametrize("when", When)
def test_two_clicks_at_the_same_time_release_the_same_as_one(when: When) -> None:
    undisturbed = ready()
    undisturbed.release()
    world = overtaken(ready, World.release, World.release, 1, when)
    assert world.record().release == undisturbed.record().release
    assert world.record().status is AssetStatus.RELEASED


def test_a_second_release_replaces_the_first_by_what_holds_then() -> None:
    world = released()
    world.at += timedelta(hours=1)
    world.release(Channel.PRINT)
    release = world.record().release
    assert release is not None
    assert release.channels == {Channel.PRINT: Verdict.CLEAR}
    assert release.at == world.at
