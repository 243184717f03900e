"""download_asset: decided at each request, recorded before it is signed, for a minute."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from beeldrecht.domain.assets import FaceMark
from beeldrecht.domain.channels import Channel, Place
from beeldrecht.domain.consent import (
    GrantKind,
    Restriction,
    RestrictionKind,
    Withdrawal,
)
from beeldrecht.domain.decisions import FindingId
from beeldrecht.domain.ids import derived_id, new_id
from beeldrecht.domain.intake import PROCESSING_FAILED, Rejection, RenditionName
from beeldrecht.domain.time import Period
from egress.download_asset import step
from egress.download_asset.step import (
    AboutToChangeError,
    Event,
    NoMaskedVersionError,
    NotClearedError,
    UnknownAssetError,
    download_asset,
)
from tests.fakes.effects import Killed, When
from tests.fakes.samples import ANN, EDITOR, NOON, OTHER, PICTURE, face_id, grant
from tests.fakes.scenes import examined, ready, released
from tests.fakes.world import World

SAMPLE: dict[str, Any] = json.loads(
    Path(step.__file__).with_name("event.json").read_text()
)
TAG = "egress:asset:download"


def download(world: World, **changes: object) -> step.Result:
    said = SAMPLE | {"asset_id": PICTURE, "actor_id": EDITOR} | changes
    return download_asset(
        Event.model_validate(said),
        world.library,
        world.register,
        world.bases,
        world.audit,
        world.renditions,
        world.now,
        new_id,
    )


def recorded(world: World) -> list[Any]:
    return [e for e in world.audit.entries(PICTURE) if e.tag == TAG]


def refused(world: World, **changes: object) -> set[FindingId]:
    """Ask, be refused, and see that nothing was signed or said to have left."""
    before = list(world.effects.names)
    with pytest.raises(NotClearedError) as caught:
        download(world, **changes)
    assert "renditions.link" not in world.effects.names[len(before) :]
    assert recorded(world) == []
    return {finding.id for finding in caught.value.findings}


def test_the_sample_event_is_a_request() -> None:
    assert Event.model_validate(SAMPLE).channel is Channel.WEBSITE


def test_a_released_picture_is_signed_for_a_minute_for_that_use() -> None:
    world = released()
    result = download(world)
    assert result.rendition is RenditionName.PREVIEW
    assert result.url == f"https://renditions.invalid/{PICTURE}/preview?60"
    assert result.expires_at == world.at + timedelta(seconds=60)


def test_who_fetched_it_for_what_is_on_record() -> None:
    world = released()
    download(world)
    (entry,) = recorded(world)
    assert entry.actor == EDITOR
    assert entry.data == {
        "channel": "website",
        "place": "netherlands",
        "rendition": "preview",
        "revision": world.record().revision,
    }


def test_each_request_is_on_record_by_itself() -> None:
    world = released()
    download(world)
    download(world)
    assert len(recorded(world)) == 2


def test_it_is_on_record_before_the_address_exists() -> None:
    world = released()
    before = len(world.effects.names)
    download(world)
    assert world.effects.names[before:] == ["audit.record", "renditions.link"]


@pytest.mark.parametrize("when", When)
def test_ended_while_it_is_being_recorded_nothing_is_signed(when: When) -> None:
    world = released()
    world.effects.kill(1, when)
    before = len(world.effects.names)
    with pytest.raises(Killed):
        download(world)
    assert "renditions.link" not in world.effects.names[before:]


# -- what may not leave ----------------------------------------------------------------


def test_a_picture_that_nobody_released_stays_in() -> None:
    assert FindingId.NOT_RELEASED in refused(ready())
    assert FindingId.FACE_UNRESOLVED in refused(examined())


def test_a_channel_that_was_not_released_is_refused() -> None:
    world = released()
    download(world, channel="print")
    world = released()
    assert FindingId.NOT_GRANTED_HERE in refused(world, channel="press")


def test_a_wider_place_than_was_agreed_to_is_refused() -> None:
    world = examined()
    narrow = replace(grant(ANN), places=frozenset({Place.NETHERLANDS}))
    world.sign(narrow)
    world.answer(face_id(0), ANN)
    world.check()
    assert FindingId.NOT_GRANTED_HERE in refused(world, place="world")


def test_a_withdrawn_consent_makes_the_very_next_request_refuse() -> None:
    world = released()
    download(world)
    world.audit.chains.clear()
    world.register.withdraw(
        Withdrawal(derived_id("w"), grant(ANN).grant_id, ANN, world.at)
    )
    assert FindingId.GRANT_WITHDRAWN in refused(world)


@pytest.mark.parametrize("kind", RestrictionKind)
@pytest.mark.parametrize("subject", [ANN, PICTURE])
def test_what_is_frozen_stays_in_whoever_released_it(
    kind: RestrictionKind, subject: str
) -> None:
    world = released()
    world.register.restrict(
        Restriction(derived_id("r"), subject, kind, Period(world.at - timedelta(days=1)))
    )
    assert refused(world)


def test_a_release_from_before_a_face_was_found_lets_nothing_out() -> None:
    world = released()
    row = world.library.rows[PICTURE]
    face = next(iter(row.faces.values()))
    row.faces[face_id(7)] = replace(
        face, face_id=face_id(7), mark=FaceMark.NOT_RECOGNISABLE
    )
    assert FindingId.RELEASE_OUTDATED in refused(world)


def test_the_decision_that_lists_show_is_not_asked() -> None:
    """What is cached says released; the facts say withdrawn."""
    world = released()
    world.register.withdraw(
        Withdrawal(derived_id("w"), grant(ANN).grant_id, ANN, world.at)
    )
    cached = world.library.cached_decision(PICTURE)
    assert cached is not None
    assert cached["outcome"] == "released"
    assert refused(world)


def test_a_picture_that_is_to_be_covered_waits_for_the_version_that_is() -> None:
    world = examined(2)
    world.know(OTHER)
    world.sign(grant(ANN), grant(OTHER, channels=frozenset({Channel.PRINT})))
    world.answer(face_id(0), ANN)
    world.answer(face_id(1), OTHER)
    world.check()
    world.release(Channel.WEBSITE, Channel.PRINT)
    assert download(world, channel="print")
    with pytest.raises(NoMaskedVersionError):
        download(world, channel="website")
    assert len(recorded(world)) == 1


@pytest.mark.parametrize("kind", [GrantKind.BIOMETRIC_CONSENT])
def test_consent_to_be_recognised_is_no_leave(kind: GrantKind) -> None:
    world = examined()
    world.sign(grant(ANN, kind))
    world.answer(face_id(0), ANN)
    world.check()
    assert refused(world)


def test_what_is_not_there_or_was_not_taken_in_is_unknown() -> None:
    world = released()
    with pytest.raises(UnknownAssetError):
        download(world, asset_id=OTHER)
    world.library.reject(world.record(), Rejection("corrupt"), world.at)
    with pytest.raises(UnknownAssetError):
        download(world)
    assert recorded(world) == []


# -- until when ------------------------------------------------------------------------


def ending(world: World, seconds: float) -> World:
    """Move to so many seconds before the consent ends."""
    end = grant(ANN).period.end
    assert end is not None
    world.at = end - timedelta(seconds=seconds)
    return world


@pytest.mark.parametrize(
    ("left", "signed"), [(61, 60), (60, 60), (59.5, 59), (30, 30), (1, 1)]
)
def test_an_address_dies_before_the_consent_does(left: float, signed: int) -> None:
    world = ending(released(), left)
    result = download(world)
    assert result.url.endswith(f"?{signed}")
    assert result.expires_at == world.at + timedelta(seconds=signed)
    assert result.expires_at <= (grant(ANN).period.end or NOON)


def test_within_the_last_second_nothing_is_signed_or_recorded() -> None:
    world = ending(released(), 0.9)
    with pytest.raises(AboutToChangeError):
        download(world)
    assert recorded(world) == []
    world = ending(released(), 0)
    assert FindingId.GRANT_ENDED in refused(world)


def test_the_time_that_recording_took_is_taken_off() -> None:
    world = ending(released(), 30)
    world.effects.arm(1, When.AFTER, lambda: _later(world, 12.5))
    assert download(world).url.endswith("?17")


def test_a_decision_that_ended_while_it_was_recorded_signs_nothing() -> None:
    world = ending(released(), 5)
    world.effects.arm(1, When.AFTER, lambda: _later(world, 4.5))
    before = len(world.effects.names)
    with pytest.raises(AboutToChangeError):
        download(world)
    assert "renditions.link" not in world.effects.names[before:]
    assert len(recorded(world)) == 1


def _later(world: World, seconds: float) -> None:
    world.at += timedelta(seconds=seconds)


# -- which version ---------------------------------------------------------------------


def with_working(world: World) -> World:
    row = world.library.rows[PICTURE]
    row.record = replace(row.record, renditions=frozenset(RenditionName))
    return world


def test_the_largest_clean_version_is_given_and_the_smaller_one_on_request() -> None:
    assert download(with_working(released())).rendition is RenditionName.WORKING
    smaller = download(with_working(released()), rendition="preview")
    assert smaller.rendition is RenditionName.PREVIEW


def test_a_version_that_was_not_made_is_unknown() -> None:
    with pytest.raises(UnknownAssetError):
        download(released(), rendition="working")
    world = released()
    row = world.library.rows[PICTURE]
    row.record = replace(row.record, renditions=frozenset({RenditionName.THUMB}))
    with pytest.raises(UnknownAssetError):
        download(world)


def test_a_failure_of_ours_stops_no_download() -> None:
    world = released()
    world.library.reject(world.record(), Rejection(PROCESSING_FAILED), world.at)
    assert download(world)


@pytest.mark.parametrize(
    "change",
    [
        {"rendition": "thumb"},
        {"rendition": "original"},
        {"channel": "everywhere"},
        {"channel": None},
        {"place": "mars"},
        {"actor_id": "jan@example.nl"},
        {"seconds": 3600},
    ],
)
def test_what_is_over_the_edge_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Event.model_validate(SAMPLE | change)
