"""R11 over real stores: somebody is erased, everybody else is as they were."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pytest
import simplejpeg

from beeldrecht.adapters.errors import KeyDestroyedError
from beeldrecht.domain.erasure import Erasure, ErasureState, PictureOutcome, Trace
from beeldrecht.domain.stores import Erasing
from beeldrecht.runtime.erasing import NotBegunError
from rights.verify_erasure.step import Outcome
from tests.adapters.aws import Aws
from tests.adapters.erasing_house import (
    House,
    gray_share,
    killed_after,
)
from tests.fakes.effects import Killed
from tests.fakes.samples import ANN, BOB


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


def test_r11_ended_after_every_change_in_turn_it_ends_the_same(
    aws: Aws, erased: Erased
) -> None:
    house = House(aws).furnish()
    erasure = house.asked()
    seen: set[str] = set()
    for step in house.steps(erasure).values():
        while _killed(step, seen):
            continue
    assert len(seen) > 50
    assert house.standing() == erased.standing


def _killed(step: Callable[[], object], seen: set[str]) -> bool:
    try:
        with killed_after(seen):
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
