"""follow_expiry: what ended has the rest of the job done, and the trail says so."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from beeldrecht.adapters.expired_items import UnreadableExpiryError, expired_of
from beeldrecht.domain.erasure import ErasureReason
from beeldrecht.domain.expired import ACTOR, EXPIRE_TAGS, Expired
from beeldrecht.domain.people import Appearance, AppearanceStatus, SuggestionBand
from beeldrecht.domain.retention import RetentionKind, RetentionPolicy, seconds
from beeldrecht.runtime.expiring import Ended
from rights.follow_expiry import step
from tests.fakes.disturbed import effects_of, killed_and_retried
from tests.fakes.effects import When
from tests.fakes.keeping import Ending
from tests.fakes.samples import ANN, NOON, PICTURE, face_id
from tests.fakes.scenes import examined, released
from tests.fakes.world import World

SAMPLE: dict[str, Any] = json.loads(
    Path(step.__file__).with_name("event.json").read_text("utf-8")
)
(RECORD,) = SAMPLE["Records"]
DOC = step.follow_expiry.__doc__ or ""
LATER = timedelta(days=5000)
TERM = Expired(RetentionKind.ASSETS, PICTURE, PICTURE, seconds(NOON))
FACE = Expired(RetentionKind.UNLINKED_FACES, PICTURE, face_id(0), seconds(NOON))


def follow(house: Ending, expired: Expired) -> Ended:
    return step.follow_expiry(expired, house.house, house.world.at)


def said(world: World, subject: str) -> list[tuple[str, str]]:
    return [(e.tag, e.actor) for e in world.audit.entries(subject) if e.actor == ACTOR]


def over(world: World) -> World:
    """A world in which every picture's own term is over."""
    world.at = NOON + LATER
    return world


def forgotten() -> World:
    """A picture whose one box went, with a suggestion of who it was left behind."""
    world = examined()
    world.library.suggest(
        [
            Appearance(
                PICTURE,
                face_id(0),
                ANN,
                AppearanceStatus.SUGGESTED,
                band=SuggestionBand.LIKELY,
            )
        ]
    )
    world.library.lose_face(PICTURE, face_id(0))
    world.clearance.started.clear()
    return world


# -- what the stream says ---------------------------------------------------------------


def test_the_sample_event_is_the_end_of_a_picture() -> None:
    expired = expired_of(RECORD)
    assert expired is not None
    assert expired.kind is RetentionKind.ASSETS
    assert expired.subject_id == expired.item_id


@pytest.mark.parametrize(
    "other",
    [
        {"eventName": "INSERT"},
        {"eventName": "MODIFY"},
        {"userIdentity": None},
        {"userIdentity": {"type": "Service", "principalId": "somebody"}},
    ],
)
def test_what_somebody_removed_is_not_the_end_of_a_term(other: dict[str, Any]) -> None:
    assert expired_of(RECORD | other) is None


def test_what_is_not_followed_is_left() -> None:
    image = RECORD["dynamodb"]["OldImage"] | {"kind": {"S": "link"}}
    assert expired_of(RECORD | {"dynamodb": {"OldImage": image}}) is None


def test_an_item_without_its_ids_is_told_of_by_name() -> None:
    image = {k: v for k, v in RECORD["dynamodb"]["OldImage"].items() if k != "asset_id"}
    with pytest.raises(UnreadableExpiryError):
        expired_of(RECORD | {"dynamodb": {"OldImage": image}})


def test_a_mail_to_staff_is_its_own_subject() -> None:
    mail = "d" * 32
    image = {
        "kind": {"S": "mail"},
        "mail_id": {"S": mail},
        "to": {"S": "4c2f9a10-0000-4000-8000-000000000000"},
        "to_staff": {"BOOL": True},
        "expires_at": {"N": "1790000000"},
    }
    expired = expired_of(RECORD | {"dynamodb": {"OldImage": image}})
    assert expired == Expired(RetentionKind.MAILS, mail, mail, 1790000000)


def test_a_template_is_about_its_person() -> None:
    image = {
        "pk": {"S": f"PERSON#{ANN}"},
        "kind": {"S": "template"},
        "model_id": {"S": "model_1"},
        "expires_at": {"N": "1790000000"},
    }
    expired = expired_of(RECORD | {"dynamodb": {"OldImage": image}})
    assert expired == Expired(RetentionKind.TEMPLATES, ANN, "model_1", 1790000000)


def test_every_kind_but_the_log_itself_says_that_it_ended() -> None:
    # A rejected or an older file ends as a picture; an export by its own record.
    left_out = {
        RetentionKind.AUDIT,
        RetentionKind.REJECTED,
        RetentionKind.VERSIONS,
        RetentionKind.EXPORTS,
    }
    assert set(RetentionKind) - set(EXPIRE_TAGS) == left_out
    assert set(EXPIRE_TAGS.values()) <= set(re.findall(r"[a-z]+:[a-z]+:[a-z]+", DOC))
    assert len(set(EXPIRE_TAGS.values())) == len(EXPIRE_TAGS)


# -- a picture --------------------------------------------------------------------------


def test_a_picture_whose_term_is_over_is_erased_and_not_merely_gone() -> None:
    house = Ending(over(released()))
    assert follow(house, TERM) is Ended.FOLLOWED
    (erasure,) = house.erasures.begun.values()
    assert (erasure.asset_id, erasure.reason) == (PICTURE, ErasureReason.RETENTION)
    assert said(house.world, PICTURE) == [("retention:asset:expire", ACTOR)]


def test_twice_told_it_is_erased_once() -> None:
    house = Ending(over(released()))
    follow(house, TERM)
    follow(house, TERM)
    assert len(house.erasures.begun) == 1
    assert len(said(house.world, PICTURE)) == 1


def test_a_picture_that_may_stay_longer_since_is_left_alone() -> None:
    house = Ending(released())
    assert follow(house, TERM) is Ended.GONE
    assert house.erasures.begun == {}
    assert said(house.world, PICTURE) == []


def test_while_runs_are_paused_no_picture_is_erased() -> None:
    house = Ending(over(released()), policy=RetentionPolicy(paused=True))
    assert follow(house, TERM) is Ended.PAUSED
    assert house.erasures.begun == {}


def test_a_picture_that_is_gone_has_nothing_left_to_do() -> None:
    house = Ending(over(released()))
    house.world.library.forget(PICTURE)
    assert follow(house, TERM) is Ended.GONE
    assert house.erasures.begun == {}


# -- a box ------------------------------------------------------------------------------


def test_a_box_takes_along_who_was_thought_to_be_in_it_and_darkens_its_picture() -> None:
    house = Ending(forgotten())
    assert follow(house, FACE) is Ended.FOLLOWED
    assert house.world.appearances() == ()
    assert house.world.clearance.started == [PICTURE]
    assert said(house.world, PICTURE) == [("retention:face:expire", ACTOR)]
    found = house.world.library.picture(PICTURE)
    assert found is not None
    assert found[1].faces_forgotten


def test_a_box_that_was_found_anew_keeps_who_is_in_it() -> None:
    house = Ending(forgotten())
    house.world.library.rows[PICTURE].faces[face_id(0)] = (
        examined().library.rows[PICTURE].faces[face_id(0)]
    )
    follow(house, FACE)
    assert len(house.world.appearances()) == 1


# -- everything else --------------------------------------------------------------------


def test_a_proof_takes_its_signed_copy_along() -> None:
    house = Ending(examined())
    house.documents.keep("c" * 32, b"sealed")
    ended = Expired(RetentionKind.PROOF, ANN, "c" * 32, seconds(NOON))
    assert follow(house, ended) is Ended.FOLLOWED
    assert house.documents.read("c" * 32) is None
    assert said(house.world, ANN) == [("retention:proof:expire", ACTOR)]


@pytest.mark.parametrize(
    "kind",
    [
        RetentionKind.TEMPLATES,
        RetentionKind.CONTACTS,
        RetentionKind.REQUESTS,
        RetentionKind.MAILS,
        RetentionKind.DISCLOSURES,
    ],
)
def test_of_everything_the_trail_says_once_that_it_ended(kind: RetentionKind) -> None:
    house = Ending(examined())
    ended = Expired(kind, ANN, "e" * 32, seconds(NOON))
    assert follow(house, ended) is Ended.SAID
    follow(house, ended)
    assert said(house.world, ANN) == [(EXPIRE_TAGS[kind], ACTOR)]


def test_the_same_thing_of_another_date_is_another_end() -> None:
    house = Ending(examined())
    for date in (1790000000, 1800000000):
        follow(house, Expired(RetentionKind.CONTACTS, ANN, ANN, date))
    assert len(said(house.world, ANN)) == 2


# -- stopped half-way -------------------------------------------------------------------


@pytest.mark.parametrize("when", When)
@pytest.mark.parametrize(
    ("scene", "expired"), [(lambda: over(released()), TERM), (forgotten, FACE)]
)
def test_stopped_at_any_effect_a_retry_ends_in_the_same_state(
    scene: Callable[[], World], expired: Expired, when: When
) -> None:
    houses: dict[int, Ending] = {}

    def act(world: World) -> None:
        house = houses.setdefault(id(world), Ending(world))
        follow(house, expired)

    undisturbed = scene()
    act(undisturbed)
    for place in range(1, len(effects_of(scene, act)) + 1):
        world = killed_and_retried(scene, act, place, when)
        assert said(world, PICTURE) == said(undisturbed, PICTURE)
        assert world.appearances() == undisturbed.appearances()
        assert set(world.clearance.started) == set(undisturbed.clearance.started)
        begun = houses[id(world)].erasures.begun
        assert begun == houses[id(undisturbed)].erasures.begun
