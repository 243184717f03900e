"""view_asset: who looks is on record first; the address works for a minute."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from beeldrecht.domain.intake import Rejection, RenditionName
from egress.view_asset import step
from egress.view_asset.step import Event, UnknownRenditionError, view_asset
from tests.fakes.effects import Killed, When
from tests.fakes.samples import EDITOR, OTHER, PICTURE, UPLOADER
from tests.fakes.scenes import received
from tests.fakes.world import World

SAMPLE: dict[str, Any] = json.loads(
    Path(step.__file__).with_name("event.json").read_text()
)


def view(world: World, **changes: object) -> step.Result:
    said = SAMPLE | {"asset_id": PICTURE, "actor_id": EDITOR} | changes
    return view_asset(
        Event.model_validate(said),
        world.library,
        world.audit,
        world.renditions,
        world.now,
    )


def recorded(world: World) -> list[Any]:
    return [e for e in world.audit.entries(PICTURE) if e.tag == "egress:asset:view"]


def test_the_sample_event_is_a_request() -> None:
    assert Event.model_validate(SAMPLE).rendition is RenditionName.PREVIEW


@pytest.mark.parametrize("name", [RenditionName.PREVIEW, RenditionName.THUMB])
def test_a_rendition_is_signed_for_a_minute(name: RenditionName) -> None:
    world = received()
    result = view(world, rendition=name)
    assert result.url == f"https://renditions.invalid/{PICTURE}/{name}?60"
    assert result.expires_at == world.at + timedelta(seconds=60)
    (entry,) = recorded(world)
    assert (entry.actor, entry.data) == (EDITOR, {"rendition": name.value})


def test_it_is_on_record_before_the_address_exists() -> None:
    world = received()
    before = len(world.effects.names)
    view(world)
    assert world.effects.names[before:] == ["audit.record", "renditions.link"]


@pytest.mark.parametrize("when", When)
def test_ended_while_it_is_being_recorded_nothing_is_signed(when: When) -> None:
    world = received()
    world.effects.kill(1, when)
    before = len(world.effects.names)
    with pytest.raises(Killed):
        view(world)
    assert "renditions.link" not in world.effects.names[before:]


def test_one_look_of_a_person_at_a_rendition_is_recorded_within_an_hour() -> None:
    world = received()
    view(world)
    world.at += timedelta(minutes=59)
    view(world)
    assert len(recorded(world)) == 1
    view(world, actor_id=UPLOADER)
    view(world, rendition="thumb")
    assert len(recorded(world)) == 3
    world.at += timedelta(minutes=1)
    view(world)
    assert len(recorded(world)) == 4


def test_what_is_not_there_or_was_not_taken_in_is_unknown() -> None:
    world = received()
    for changes in ({"asset_id": OTHER}, {"rendition": "working"}):
        with pytest.raises(UnknownRenditionError):
            view(world, **changes)
    world.library.reject(world.record(), Rejection("corrupt"), world.at)
    with pytest.raises(UnknownRenditionError):
        view(world)
    assert recorded(world) == []


@pytest.mark.parametrize(
    "change", [{"rendition": "original"}, {"rendition": None}, {"actor_id": "jan"}]
)
def test_what_is_over_the_edge_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Event.model_validate(SAMPLE | change)
