"""restore_version, and what a newer file comes to: nothing cleared goes with it."""

from dataclasses import replace
from pathlib import Path

import pytest

from beeldrecht.adapters.errors import StaleRevisionError
from beeldrecht.domain.assets import AssetStatus
from beeldrecht.domain.channels import Channel
from beeldrecht.domain.consent import Restriction, RestrictionKind
from beeldrecht.domain.decisions import FindingId
from beeldrecht.domain.intake import Rejection
from beeldrecht.domain.retention import RetentionKind
from beeldrecht.domain.time import Period
from beeldrecht.domain.versions import (
    MOST_VERSIONS,
    VersionRefusal,
    VersionRefusedError,
)
from clearance.restore_version import step
from clearance.restore_version.step import Event
from egress.download_asset.step import Event as Leaving
from egress.download_asset.step import NotClearedError, decided
from intake.receive_upload.step import Outcome
from tests.fakes.governance import noted
from tests.fakes.samples import (
    ANN,
    BOB,
    EDITOR,
    OTHER,
    PICTURE,
    Sight,
    announcement,
    picture_of,
    seen,
)
from tests.fakes.scenes import released
from tests.fakes.world import World

SAMPLE = Path(step.__file__).with_name("event.json")
TAG = "clearance:version:restore"
NEWER = OTHER


def replaced(world: World, newer: str = NEWER, of: str = PICTURE) -> World:
    """A newer file of the picture has arrived; nobody has looked at it yet."""
    said = replace(announcement(newer), replaces=of)
    world.library.announce(said, world.at.replace(year=2030))
    world.upload(picture_of(shade=33), newer)
    world.receive(newer)
    return world


def restore(world: World, asset_id: str = PICTURE) -> step.Result:
    event = Event(asset_id=asset_id, actor_id=EDITOR)
    return step.restore_version(
        event, world.library, world.versions, world.clearance, world.now
    )


def leaves(world: World, asset_id: str) -> bool:
    event = Leaving(asset_id=asset_id, actor_id=BOB, channel=Channel.WEBSITE)
    try:
        decided(event, world.library, world.register, world.bases, world.now())
    except NotClearedError:
        return False
    return True


def current(world: World, asset_id: str = PICTURE) -> str | None:
    chain = world.versions.chain(world.record(asset_id))
    assert chain is not None
    return chain.current


def cleared(world: World, asset_id: str) -> None:
    """Look through it, name the one face, and release."""
    world.sight = Sight((seen(0),))
    world.detect(asset_id)
    found = world.library.picture(asset_id)
    assert found is not None
    [face] = found[1].faces
    world.answer(face.face_id, ANN, asset_id=asset_id)
    world.check(asset_id)
    world.release(asset_id=asset_id)


def test_the_sample_event_names_one_file() -> None:
    assert Event.model_validate_json(SAMPLE.read_text())


def test_the_older_file_leaves_until_the_newer_one_has_arrived_and_then_neither() -> None:
    world = released()
    said = replace(announcement(NEWER), replaces=PICTURE)
    world.library.announce(said, world.at.replace(year=2030))
    assert leaves(world, PICTURE)
    world.upload(picture_of(shade=33), NEWER)
    assert leaves(world, PICTURE)
    world.receive(NEWER)
    assert not leaves(world, PICTURE)
    assert not leaves(world, NEWER)
    record = world.record()
    assert (record.status, record.release) == (AssetStatus.EMBARGOED, None)
    assert record.replaced_at == world.at
    policy = world.library.retention.policy()
    assert record.ends_at == policy.ends(RetentionKind.VERSIONS, world.at)
    [entry] = [e for e in world.audit.entries(NEWER) if e.tag == "intake:asset:receive"]
    assert entry.data == {"replaces": PICTURE}


def test_a_newer_file_is_found_named_and_released_by_itself() -> None:
    world = replaced(released())
    world.sight = Sight((seen(0), seen(1)))
    world.detect(NEWER)
    found = world.library.picture(NEWER)
    assert found is not None
    assert found[2] == ()
    world.check(NEWER)
    assert world.record(NEWER).status is AssetStatus.EMBARGOED
    cleared(replaced(world := released()), NEWER)
    assert leaves(world, NEWER)
    assert not leaves(world, PICTURE)


def test_software_and_people_release_nothing_of_what_was_replaced() -> None:
    world = replaced(released())
    world.check()
    assert world.record().status is AssetStatus.EMBARGOED
    found = world.library.cached_decision(PICTURE)
    assert found is not None
    told = {each["id"] for each in found["findings"]}
    assert FindingId.VERSION_REPLACED.value in told
    with pytest.raises(Exception, match=PICTURE):
        world.release()


def test_a_delivery_again_takes_no_place_anew() -> None:
    world = replaced(released())
    restore(world)
    world.receive(NEWER)
    assert current(world) == PICTURE


def test_a_file_that_is_no_picture_takes_no_place() -> None:
    world = released()
    said = replace(announcement(NEWER), replaces=PICTURE)
    world.library.announce(said, world.at.replace(year=2030))
    world.upload(b"this is no picture", NEWER)
    assert world.receive(NEWER).outcome is Outcome.REJECTED
    assert leaves(world, PICTURE)
    assert world.record().replaced_at is None


def test_a_file_that_replaces_what_was_erased_meanwhile_is_rejected() -> None:
    world = released()
    said = replace(announcement(NEWER), replaces=PICTURE)
    world.library.announce(said, world.at.replace(year=2030))
    world.library.forget(PICTURE)
    world.upload(picture_of(shade=33), NEWER)
    result = world.receive(NEWER)
    assert (result.outcome, result.reason) == (
        Outcome.REJECTED,
        VersionRefusal.REPLACED_GONE.value,
    )
    assert world.record(NEWER).rejection == Rejection("replaced_gone")


def test_of_two_that_replace_the_same_the_last_to_arrive_is_current() -> None:
    world, third = replaced(released()), "3" * 32
    replaced(world, third)
    assert current(world) == third
    assert world.record(NEWER).replaced_at is not None
    assert not any(leaves(world, each) for each in (PICTURE, NEWER, third))
    chain = world.versions.chain(world.record())
    assert chain is not None
    assert [each.asset_id for each in chain.versions] == [PICTURE, NEWER, third]


def test_more_files_than_may_be_kept_are_rejected_and_change_nothing() -> None:
    world = released()
    for n in range(1, MOST_VERSIONS):
        replaced(world, f"{n:032x}")
    last = f"{MOST_VERSIONS - 1:032x}"
    replaced(world, f"{MOST_VERSIONS:032x}")
    rejection = world.record(f"{MOST_VERSIONS:032x}").rejection
    assert rejection == Rejection("too_many_versions")
    assert current(world) == last


def test_r14_a_person_makes_an_older_file_current_and_nothing_leaves_by_it() -> None:
    world = released()
    cleared(replaced(world), NEWER)
    world.clearance.started.clear()
    before = world.record()
    assert restore(world) == step.Result(asset_id=PICTURE, changed=True, replaced=NEWER)
    assert sorted(world.clearance.started) == sorted([PICTURE, NEWER])
    assert not leaves(world, PICTURE)
    assert not leaves(world, NEWER)
    after = world.record()
    assert (after.replaced_at, after.release) == (None, None)
    assert after.ends_at is not None
    assert before.ends_at is not None
    assert after.ends_at > before.ends_at
    world.check()
    world.release()
    assert leaves(world, PICTURE)
    [entry] = [e for e in world.audit.entries(PICTURE) if e.tag == TAG]
    assert (entry.actor, entry.data) == (EDITOR, {"replaced": NEWER})


def test_to_restore_twice_changes_nothing_more_and_asks_for_the_decision_again() -> None:
    world = replaced(released())
    restore(world)
    world.clearance.started.clear()
    assert not restore(world).changed
    assert world.clearance.started == [PICTURE]
    assert len([e for e in world.audit.entries(PICTURE) if e.tag == TAG]) == 1


def test_what_nothing_replaced_or_never_arrived_is_not_restored() -> None:
    world = released()
    with pytest.raises(VersionRefusedError) as refused:
        restore(world)
    assert refused.value.reason is VersionRefusal.CURRENT
    world.announce(NEWER)
    with pytest.raises(VersionRefusedError) as refused:
        restore(world, NEWER)
    assert refused.value.reason is VersionRefusal.NOT_TAKEN_IN


def test_whoever_restores_what_changed_since_they_looked_is_refused() -> None:
    world = replaced(released())
    old = world.record()
    world.check()
    with pytest.raises(StaleRevisionError):
        world.versions.restore(old, EDITOR, world.at, noted(PICTURE, world.at, TAG))
    assert current(world) == NEWER


def test_r18_nobody_gets_round_a_freeze_with_another_file() -> None:
    world = released()
    cleared(replaced(world), NEWER)
    assert leaves(world, NEWER)
    period = Period(world.at, None)
    world.register.restrict(
        Restriction("f" * 32, PICTURE, RestrictionKind.OBJECTED, period)
    )
    assert not leaves(world, NEWER)


def test_a_chain_that_is_lost_leaves_nothing_of_it_free() -> None:
    world = released()
    cleared(replaced(world), NEWER)
    world.library.chains.clear()
    assert not leaves(world, NEWER)
