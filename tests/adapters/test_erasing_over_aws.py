"""R11 over real stores: somebody is erased, everybody else is as they were."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
import simplejpeg

from beeldrecht.adapters import keys
from beeldrecht.adapters.errors import KeyDestroyedError
from beeldrecht.adapters.expired_items import TIME_TO_LIVE, expired_of
from beeldrecht.domain.erasure import Erasure, ErasureState, PictureOutcome, Trace
from beeldrecht.domain.ids import derived_id, new_id
from beeldrecht.domain.intake import near_bands
from beeldrecht.domain.retention import RetentionKind, seconds
from beeldrecht.domain.stores import Erasing
from beeldrecht.runtime.erasing import NotBegunError
from beeldrecht.runtime.expiring import House as Ending
from rights.follow_expiry.step import follow_expiry
from rights.verify_erasure.step import Outcome
from tests.adapters.aws import Aws
from tests.adapters.conftest import MOTO
from tests.adapters.erasing_house import (
    NOW,
    House,
    gray_share,
    killed_after,
)
from tests.fakes.effects import Killed
from tests.fakes.samples import ANN, BOB, EDITOR


@dataclass
class Erased:
    """A house in which she was erased, and what was there before."""

    house: House
    erasure: Erasure
    outcome: object
    bobs: list[Trace]
    sealed: bytes
    proof: bytes
    standing: Counter[str]


@pytest.fixture
def erased(once: Erased) -> Erased:
    once.house.here()
    return once


@pytest.fixture(scope="module")
def once(aws: Aws) -> Erased:
    house = House(aws).furnish()
    bobs, sealed = of_bob(house), house.names.seal(ANN, b"a copy in a backup")
    proof = house.names.proof.seal(ANN, b"what she signed")
    erasure = house.asked()
    results = {name: step() for name, step in house.steps(erasure).items()}
    return Erased(
        house, erasure, results["verify"], bobs, sealed, proof, house.standing()
    )


@pytest.fixture
def house(aws: Aws) -> House:
    return House(aws).furnish()


def of_bob(house: House) -> list[Trace]:
    return list(house.traces.of_person(BOB))


def test_r11_everything_of_her_goes_and_the_receipts_say_so(erased: Erased) -> None:
    house = erased.house
    assert erased.outcome.outcome is Outcome.ERASED  # type: ignore[attr-defined]
    for receipt in house.erasures.receipts(erased.erasure.erasure_id):
        if receipt.why in {Erasing.DELETED, Erasing.KEY_DESTROYED}:
            assert receipt.remains == 0, receipt
    left = {each.what for each in house.traces.mentions(ANN)}
    assert left == {"erasure", "erasure_of", "evidence", "document"}
    assert not list(house.traces.of_picture(house.own))


def test_r11_her_name_is_unreadable_and_the_proof_is_not(erased: Erased) -> None:
    with pytest.raises(KeyDestroyedError):
        erased.house.names.open(ANN, erased.sealed)
    assert erased.house.names.proof.open(ANN, erased.proof) == b"what she signed"


def test_r11_what_is_kept_as_proof_ends_all_at_once_with_its_term(
    erased: Erased,
) -> None:
    house, dynamodb = erased.house, erased.house.dynamodb

    def items() -> dict[str, dict[str, Any]]:
        found = [
            *(
                ("consent", e)
                for e in house.traces.mentions(ANN)
                if e.key.startswith("EV")
            ),
            *(("keys", e) for e in house.traces.secrets(ANN)),
        ]
        return {
            each.what: dynamodb.get_item(
                TableName=house.tables[table],
                Key={"pk": {"S": each.key}, "sk": {"S": each.part}},
            )["Item"]
            for table, each in found
        }

    kept = items()
    assert set(kept) == {"evidence", "document", "proof_key"}
    until = house.retention.policy().ends(RetentionKind.PROOF, NOW)
    assert until is not None
    ends = {int(item["expires_at"]["N"]) for item in kept.values()}
    assert ends == {seconds(until)}

    def copies() -> list[Trace]:
        return list(house.traces.proofs(house.traces.mentions(ANN)))

    assert len(copies()) == 1
    went = {"OldImage": kept["evidence"]}
    told = {"eventName": "REMOVE", "userIdentity": TIME_TO_LIVE, "dynamodb": went}
    expired = expired_of(told)
    assert expired is not None
    rest = Ending(
        library=house.library,
        erasures=house.erasures,
        documents=house.documents,
        retention=house.retention,
        clearance=house.clearance,
        audit=house.trail,
    )
    follow_expiry(expired, rest, until)
    assert copies() == []


def test_r11_without_a_proof_to_keep_that_goes_too(house: House) -> None:
    erasure = house.asked()
    steps = house.steps(erasure)
    steps["collect"]()
    planned = house.erasure(erasure)
    house.erasures.replan(planned, {}, False, house.said(ANN, "replan"))
    for step in list(steps.values())[1:]:
        step()
    left = {each.what for each in house.traces.mentions(ANN)}
    assert left == {"erasure", "erasure_of"}
    assert not list(house.traces.secrets(ANN))


def test_r11_nobody_else_lost_anything(erased: Erased) -> None:
    house = erased.house
    assert of_bob(house) == erased.bobs
    person = house.register.person(BOB, house.names)
    assert person is not None
    assert person.name == "Bob"
    assert house.traces.portrayed(BOB) == {house.shared: [house.bobs.face_id]}


def test_r11_nobody_keeps_a_search_for_her_and_others_keep_theirs(
    erased: Erased,
) -> None:
    """What names her goes whole: a search for nobody would find everybody."""
    left = erased.house.searches.of_user(EDITOR)
    assert [each.asked["person"] for each in left] == [BOB]
    receipts = erased.house.erasures.receipts(erased.erasure.erasure_id)
    [said] = [each for each in receipts if each.what == "saved_search"]
    assert said.why is Erasing.DELETED
    assert (said.found, said.removed, said.remains) == (1, 1, 0)


def test_r11_in_a_picture_with_others_she_is_covered_in_every_file(
    erased: Erased,
) -> None:
    house = erased.house
    files = house.files_of(house.shared)
    assert len(files) == 3  # one version, preview, thumb; no upload
    for jpeg in files:
        scale = simplejpeg.decode_jpeg_header(jpeg)[1] / 480
        assert gray_share(jpeg, house.anns, scale) == 1
        assert gray_share(jpeg, house.bobs, scale) < 0.1
        assert b"Anna" not in jpeg
    record, asset, appearances = house.library.picture(house.shared) or (None,) * 3
    assert record is not None
    assert asset is not None
    assert [f.face_id for f in asset.faces] == [house.bobs.face_id]
    assert [a.person_id for a in appearances or ()] == [BOB]
    assert record.description.title is record.description.caption is None
    assert record.description.creator == "the maker"
    assert "Anna" not in record.announcement.file_name
    assert house.shared in house.clearance.said


def test_r11_nothing_tells_what_a_masked_picture_looked_like(erased: Erased) -> None:
    house = erased.house
    record = house.record(house.shared)
    assert record.original.perceptual_hash == ""
    before = derived_id("hash", house.shared)[:16]
    assert house.library.near_duplicates(new_id(), before) == ()
    shared = [(keys.band(band), keys.asset(house.shared)) for band in near_bands(before)]
    for pk, sk in shared:
        found = house.dynamodb.get_item(
            TableName=house.tables["library"], Key={"pk": {"S": pk}, "sk": {"S": sk}}
        )
        assert "Item" not in found


def test_r11_what_is_kept_of_a_masked_picture_is_the_rest_of_it(
    erased: Erased,
) -> None:
    house = erased.house
    [whole, *_] = house.files_of(house.shared)
    pixels = simplejpeg.decode_jpeg(whole, "RGB").astype(int)
    far = np.abs(pixels[:, 240:] - house.shown["shared"][:, 240:].astype(int))
    assert np.median(far) <= 8


def test_r11_nothing_is_destroyed_before_it_is_in_the_ledger(house: House) -> None:
    erasure = house.asked()
    steps = house.steps(erasure)
    before = house.standing()
    for early in ("keys", "pictures", "register", "verify"):
        if early == "pictures":
            continue  # there is no plan yet, and so no picture of it
        with pytest.raises(NotBegunError):
            steps[early]()
    assert house.standing() == before
    steps["collect"]()
    with pytest.raises(NotBegunError):
        steps["pictures"]()
    with pytest.raises(NotBegunError):
        steps["begin"]()


def test_r11_what_waits_for_her_is_told_that_she_is_gone(erased: Erased) -> None:
    house = erased.house
    assert house.tasks.said == ["a token:gone"]
    assert house.schedules.said  # what she would have been told of her consents' ends


def test_the_plan_proposes_what_others_would_miss_to_be_masked(house: House) -> None:
    erasure = house.asked()
    house.steps(erasure)["collect"]()
    plan = house.erasures.plan(erasure.erasure_id)
    assert plan is not None
    assert {p.asset_id: p.outcome for p in plan.pictures} == {
        house.own: PictureOutcome.DELETE,
        house.shared: PictureOutcome.MASK,
    }
    assert plan.found["store_originals/originals/"] == 6
    assert plan.found["store_consent/person"] == 1
    assert house.erasure(erasure).state is ErasureState.PLANNED


def test_a_picture_that_is_linked_after_the_plan_joins_it(house: House) -> None:
    erasure = house.asked()
    steps = house.steps(erasure)
    steps["collect"]()
    late = house.later()
    for step in list(steps.values())[1:]:
        step()
    assert not list(house.traces.of_picture(late))


def test_something_that_stays_is_found_and_fails_in_the_end(house: House) -> None:
    erasure = house.asked()
    steps = house.steps(erasure)
    for step in list(steps.values())[:-1]:
        step()
    # Somebody writes to her dossier once everything is done.
    house.comes_back()
    outcomes = [steps["verify"]().outcome for _ in range(5)]  # type: ignore[attr-defined]
    assert outcomes == [Outcome.AGAIN] * 4 + [Outcome.REMAINS]
    receipts = house.erasures.receipts(erasure.erasure_id)
    assert [r.what for r in receipts if r.why is Erasing.DELETED and r.remains] == [
        "contact"
    ]


def test_what_nothing_leads_to_is_found_by_reading_from_end_to_end(
    house: House,
) -> None:
    erasure = house.asked()
    steps = house.steps(erasure)
    for step in list(steps.values())[:-2]:
        step()
    house.orphan()
    steps["register"]()
    assert steps["verify"]().outcome is Outcome.ERASED  # type: ignore[attr-defined]


# What the other steps do wherever they are ended is gone through with all workflows.
@pytest.mark.parametrize("aws_endpoint", [MOTO], indirect=True)
def test_r11_a_picture_is_covered_once_wherever_that_is_ended(
    aws: Aws, erased: Erased
) -> None:
    house = House(aws).furnish()
    erasure = house.asked()
    seen: set[str] = set()
    for name, step in house.steps(erasure).items():
        while name == "pictures" and _killed(step, seen, {"PutObject"}):
            continue
        step()
    assert len(seen) == 3  # the original, and two renditions
    assert house.standing() == erased.standing
    before = erased.house.files_of(erased.house.shared)
    assert house.files_of(house.shared) == before


def _killed(step: Callable[[], object], seen: set[str], ends: set[str]) -> bool:
    try:
        with killed_after(seen, ends):
            step()
    except Killed:
        return True
    return False


def test_keys_are_never_opened_by_who_destroys_them(house: House) -> None:
    erasure = house.asked()
    steps = house.steps(erasure)
    for name in ("collect", "confirm", "collect again", "begin"):
        steps[name]()
    house.aws.kms = None  # type: ignore[assignment]  # nobody to ask
    steps["keys"]()
    assert not [t for t in house.traces.secrets(ANN) if t.part != "KEY#proof"]
