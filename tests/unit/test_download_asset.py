"""download_asset: decided at each request, recorded before it is signed, for a minute."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from beeldrecht.domain.assets import Box, FaceMark
from beeldrecht.domain.channel_renditions import CropRefusedError
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
from beeldrecht.domain.masking import UncoverableError
from beeldrecht.domain.time import Period
from egress.download_asset import step
from egress.download_asset.step import (
    AboutToChangeError,
    ChangedMeanwhileError,
    Event,
    NotClearedError,
    UnknownAssetError,
    Versions,
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
        Versions(world.masks, world.renditions, world.renders),
        world.disclosures,
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
    (disclosed,) = world.disclosures.of_asset(PICTURE, world.at)
    assert entry.data == {
        "disclosure_id": disclosed.disclosure_id,
        "disclosed": disclosed.kind.value,
        "recipient_id": EDITOR,
        "channel": "website",
        "place": "netherlands",
        "rendition": "preview",
        "masked": 0,
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


# -- what leaves masked ----------------------------------------------------------------


def couple() -> World:
    """Ann and another in one picture, released for the website with the other covered."""
    world = examined(2)
    world.know(OTHER)
    world.sign(grant(ANN), grant(OTHER, channels=frozenset({Channel.PRINT})))
    world.answer(face_id(0), ANN)
    world.answer(face_id(1), OTHER)
    world.check()
    world.release(Channel.WEBSITE, Channel.PRINT)
    return world


def test_r12_who_is_not_cleared_is_covered_in_what_leaves_and_on_record() -> None:
    world = couple()
    result = download(world)
    assert (result.masked, result.covered_faces) == (True, 1)
    assert world.masks.asked[-1] == (
        RenditionName.PREVIEW,
        frozenset({face_id(1)}),
    )
    (mask,) = {mask for _, mask in world.renditions.masked}
    assert result.url == f"https://renditions.invalid/{PICTURE}/masked/{mask}?60"
    (disclosed,) = world.disclosures.of_asset(PICTURE, world.at)
    assert disclosed.masked == {face_id(1)}
    assert disclosed.recipient_id == EDITOR
    assert recorded(world)[0].data["masked"] == 1
    clear = download(world, channel="print")
    assert (clear.masked, clear.covered_faces) == (False, 0)
    assert f"/{PICTURE}/preview?" in clear.url


def test_r05_who_withdraws_is_covered_in_the_very_next_one() -> None:
    world = couple()
    download(world)
    world.register.withdraw(
        Withdrawal(derived_id("w"), grant(ANN).grant_id, ANN, world.at)
    )
    assert download(world).covered_faces == 2
    assert world.masks.asked[-1][1] == {face_id(0), face_id(1)}
    # Released as it was, it goes dark: nobody looked at it covered.
    assert FindingId.GRANT_WITHDRAWN in {
        f.id for f in refusal(world, channel="print").findings
    }


def test_r13_an_objection_of_somebody_covered_stops_it_too() -> None:
    world = couple()
    world.register.restrict(
        Restriction(
            derived_id("r"),
            OTHER,
            RestrictionKind.OBJECTED,
            Period(world.at - timedelta(days=1)),
        )
    )
    assert FindingId.PERSON_OBJECTED in refused(world)


def test_what_is_taken_back_while_faces_are_covered_counts() -> None:
    world = couple()
    world.renditions.masked_at.clear()  # as when the last one was taken away

    def withdraw() -> None:
        world.register.withdraw(
            Withdrawal(derived_id("w"), grant(ANN).grant_id, ANN, world.at)
        )

    world.effects.arm(1, When.AFTER, withdraw)
    before = len(world.effects.names)
    with pytest.raises(ChangedMeanwhileError):
        download(world)
    assert "renditions.link" not in world.effects.names[before:]
    assert recorded(world) == []


def test_a_face_that_cannot_be_covered_lets_nothing_out() -> None:
    world = couple()
    world.masks.fails = UncoverableError(PICTURE)
    with pytest.raises(UncoverableError):
        download(world)
    assert recorded(world) == []


def test_a_masked_one_is_on_record_before_its_address_exists() -> None:
    world = couple()
    before = len(world.effects.names)
    download(world)
    assert world.effects.names[before:] == [
        "renditions.write_masked",
        "audit.record",
        "renditions.link",
    ]
    download(world)
    assert world.effects.names[-2:] == ["audit.record", "renditions.link"]
    assert world.effects.names.count("renditions.write_masked") == 1


def refusal(world: World, **changes: object) -> NotClearedError:
    with pytest.raises(NotClearedError) as caught:
        download(world, **changes)
    return caught.value


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


# -- versions for channels -------------------------------------------------------------


def large(world: World) -> World:
    """The same, of a picture that is large enough to cut."""
    row = world.library.rows[PICTURE]
    assert row.record.original is not None
    original = replace(row.record.original, width=3000, height=2000)
    row.record = replace(row.record, original=original)
    return world


def test_a_version_for_a_channel_is_made_signed_and_named_in_the_disclosure() -> None:
    world = large(released())
    result = download(world, size="social_square", format="webp")
    assert (result.rendition, result.masked) == (None, False)
    assert (result.width, result.height) == (1080, 1080)
    assert result.url.endswith(".webp?60")
    (disclosed,) = world.disclosures.of_asset(PICTURE, world.at)
    assert disclosed.rendition == "social_square-webp-keep_faces"
    assert world.effects.names[-2:] == ["audit.record", "renditions.link"]


def test_the_same_version_is_made_once() -> None:
    world = released()
    first = download(world, size="medium_size").url
    assert download(world, size="medium_size").url == first
    assert len(world.renders.made) == 1
    assert download(world, size="medium_size", format="png").url != first


def test_a_size_that_cannot_be_cut_leaves_nothing() -> None:
    world = released()
    before = len(world.effects.names)
    with pytest.raises(CropRefusedError):
        download(world, size="print_a4")
    assert world.effects.names[before:] == []


def test_what_may_not_leave_is_not_made_either() -> None:
    world = ready()
    refused(world, size="full_size")
    assert world.renders.made == {}


def test_what_is_taken_back_while_it_is_made_leaves_nothing() -> None:
    world = released()
    made = world.renders.rendered

    def meanwhile(*given: Any) -> str:
        done = made(*given)
        world.register.withdraw(
            Withdrawal(derived_id("w"), grant(ANN).grant_id, ANN, world.at)
        )
        return done

    world.renders.rendered = meanwhile  # type: ignore[method-assign, assignment]
    with pytest.raises((NotClearedError, ChangedMeanwhileError)):
        download(world, size="full_size")
    assert recorded(world) == []


def test_who_is_not_cleared_is_covered_in_it_or_cut_out_of_it() -> None:
    world = large(couple())
    row = world.library.rows[PICTURE]
    for n, x in enumerate((600.0, 2300.0)):
        face = row.faces[face_id(n)]
        row.faces[face_id(n)] = replace(face, box=Box(x, 700.0, 200.0, 240.0))
    world.release(Channel.WEBSITE, Channel.PRINT)
    covered = download(world, size="website_wide")
    assert (covered.masked, covered.covered_faces) == (True, 1)
    download(world, size="social_square", crop="cleared_faces_only")
    (plan,) = {p for p, _ in world.renders.made.values() if p.width == 1080}
    assert plan.crop.right < 2300
    last = list(world.disclosures.of_asset(PICTURE, world.at))[-1]
    assert last.masked == {face_id(1)}
    whole = download(world, channel="print", size="website_wide")
    assert (whole.masked, whole.covered_faces) == (False, 0)


def test_a_rendition_and_a_size_are_not_asked_for_together() -> None:
    with pytest.raises(ValidationError):
        download(released(), rendition="preview", size="full_size")
