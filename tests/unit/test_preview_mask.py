"""preview_mask: who may release sees it as it would leave, and says so when releasing."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from beeldrecht.adapters.errors import StaleRevisionError
from beeldrecht.domain.channels import Channel, Verdict
from beeldrecht.domain.decisions import FindingId
from beeldrecht.domain.intake import RenditionName
from beeldrecht.domain.masking import UncoverableError
from clearance.release_asset import step as release_step
from egress.preview_mask import step
from egress.preview_mask.step import (
    Event,
    NothingMaskedError,
    UnknownAssetError,
    preview_mask,
)
from tests.fakes.effects import Killed, When
from tests.fakes.samples import ANN, EDITOR, OTHER, PICTURE, Sight, face_id, grant, seen
from tests.fakes.scenes import examined, ready, received
from tests.fakes.world import World

SAMPLE: dict[str, Any] = json.loads(
    Path(step.__file__).with_name("event.json").read_text()
)
PRESS = Channel.PRESS


def preview(world: World, channel: Channel = PRESS, **changes: object) -> step.Result:
    said = {"asset_id": PICTURE, "actor_id": EDITOR, "channel": channel} | changes
    return preview_mask(
        Event.model_validate(said),
        world.library,
        world.register,
        world.bases,
        world.masks,
        world.audit,
        world.renditions,
        world.now,
    )


def recorded(world: World) -> list[Any]:
    return [e for e in world.audit.entries(PICTURE) if e.tag == "egress:mask:view"]


def test_the_sample_event_is_a_request() -> None:
    assert Event.model_validate(SAMPLE).channel is Channel.WEBSITE


def test_whoever_is_not_cleared_for_the_channel_is_covered_in_what_is_shown() -> None:
    world = ready()
    result = preview(world)
    assert result.faces == {face_id(0)}
    assert world.masks.asked == [(RenditionName.PREVIEW, frozenset({face_id(0)}))]
    assert (PICTURE, result.mask_id) in world.renditions.masked
    assert result.url == (
        f"https://renditions.invalid/{PICTURE}/masked/{result.mask_id}?60"
    )
    assert result.expires_at == world.at + timedelta(seconds=60)


def test_r14_what_was_shown_can_be_released_as_it_was_shown() -> None:
    world = ready()
    shown = preview(world)
    event = release_step.Event(
        asset_id=PICTURE,
        actor_id=EDITOR,
        channels=frozenset({PRESS}),
        masks=frozenset({shown.mask_id}),
    )
    released = release_step.release_asset(
        event, world.library, world.register, world.bases, world.now
    )
    assert released.channels == {PRESS: Verdict.MASKED}


def test_who_looked_at_what_is_on_record_once_an_hour() -> None:
    world = ready()
    result = preview(world)
    preview(world, Channel.SOCIAL)
    (entry,) = recorded(world)
    assert entry.actor == EDITOR
    assert entry.data == {"channel": "press", "mask_id": result.mask_id, "faces": 1}
    world.at += timedelta(hours=1)
    preview(world)
    assert len(recorded(world)) == 2


def test_it_is_on_record_before_the_address_exists() -> None:
    world = ready()
    before = len(world.effects.names)
    preview(world)
    assert world.effects.names[before:] == [
        "renditions.write_masked",
        "audit.record",
        "renditions.link",
    ]


@pytest.mark.parametrize("place", [1, 2])
@pytest.mark.parametrize("when", When)
def test_ended_on_the_way_nothing_is_signed(place: int, when: When) -> None:
    world = ready()
    before = len(world.effects.names)
    world.effects.kill(place, when)
    with pytest.raises(Killed):
        preview(world)
    assert "renditions.link" not in world.effects.names[before:]


def test_a_channel_that_is_clear_has_nothing_to_cover() -> None:
    with pytest.raises(NothingMaskedError) as refused:
        preview(ready(), Channel.WEBSITE)
    assert refused.value.verdict is Verdict.CLEAR


def test_a_picture_with_an_unknown_face_is_not_shown_masked() -> None:
    with pytest.raises(NothingMaskedError) as refused:
        preview(examined())
    assert refused.value.verdict is Verdict.RESTRICTED
    assert FindingId.FACE_UNRESOLVED in {f.id for f in refused.value.findings}


def test_a_face_that_cannot_be_covered_is_an_error_and_nothing_is_signed() -> None:
    world = received()
    world.sight = Sight((seen(30),))
    world.detect()
    world.know(ANN)
    world.sign(grant(ANN))
    world.answer(face_id(0), ANN)
    before = len(world.effects.names)
    with pytest.raises(UncoverableError):
        preview(world)
    assert "renditions.link" not in world.effects.names[before:]
    assert not recorded(world)


def test_what_changes_while_it_is_covered_is_looked_at_again() -> None:
    world = ready()
    world.masks.fails = StaleRevisionError(PICTURE)
    with pytest.raises(StaleRevisionError):
        preview(world)
    assert not recorded(world)


def test_a_picture_that_is_not_there_is_unknown() -> None:
    with pytest.raises(UnknownAssetError):
        preview(ready(), asset_id=OTHER)
