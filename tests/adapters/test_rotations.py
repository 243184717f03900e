"""The secret that turns templates: one at a time, renewed while people are looked for."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from beeldrecht.adapters.biometrics import TemplateItem, Templates, UnwiredRotationError
from beeldrecht.adapters.key_ring import KeyPurpose, KeyRing
from beeldrecht.adapters.rotations import RenewalUnderWayError, Rotations
from beeldrecht.domain.ids import derived_id
from beeldrecht_recognition.rotation import turned, turned_back
from beeldrecht_recognition.templates import MODEL_ID, PersonTemplate, normalised
from tests.adapters.aws import Aws
from tests.fakes.runtime import REGION
from tests.fakes.samples import ANN, BOB, NOON

CAS = derived_id("test", "cas")


def template(person_id: str) -> bytes:
    chance = np.random.default_rng(int(person_id[:8], 16))
    return PersonTemplate(
        normalised(chance.normal(size=128).astype(np.float32)), 3
    ).to_bytes()


def alike(one: bytes | None, other: bytes) -> float:
    assert one is not None
    vectors = [PersonTemplate.from_bytes(each).vector for each in (one, other)]
    return float(vectors[0] @ vectors[1])


class House:
    """A table of templates with its keys; each `process` is a function of its own."""

    def __init__(self, aws: Aws) -> None:
        self.aws = aws
        self.table, self.key = aws.table("biometrics"), aws.key()
        self.at = NOON
        self.ring = KeyRing(
            self.table,
            REGION,
            aws.kms,
            self.key,
            KeyPurpose.BIOMETRIC,
            self.at.timestamp,
        )

    def rotations(self) -> Rotations:
        return Rotations(self.aws.kms, self.key, lambda: self.at, turned, turned_back)

    def templates(self) -> Templates:
        return Templates(self.ring, self.at.timestamp, rotations=self.rotations())

    def stored(self, person_id: str) -> tuple[str | None, bytes]:
        item = TemplateItem.get(f"PERSON#{person_id}", f"TEMPLATE#{MODEL_ID}")
        return item.rotation_id, self.ring.open(person_id, item.sealed)


@pytest.fixture
def house(aws: Aws) -> House:
    made = House(aws)
    for person_id in (ANN, BOB):
        made.templates().save(person_id, MODEL_ID, template(person_id), None)
    return made


def test_what_is_kept_is_turned_and_what_is_read_is_as_it_was(house: House) -> None:
    rotation_id, kept = house.stored(ANN)
    assert rotation_id == house.rotations().current()
    assert abs(alike(kept, template(ANN))) < 0.4
    assert alike(house.templates().load(ANN, MODEL_ID), template(ANN)) > 0.999


def test_another_deployment_turns_the_same_person_another_way(aws: Aws) -> None:
    kept = []
    for _ in range(2):
        house = House(aws)
        house.templates().save(ANN, MODEL_ID, template(ANN), None)
        kept.append(house.stored(ANN)[1])
    assert abs(alike(kept[0], kept[1])) < 0.4


def test_the_secret_lies_wrapped_and_is_no_part_of_what_is_kept(house: House) -> None:
    rotation_id = house.rotations().current()
    secret = house.rotations()._secret(rotation_id)
    assert len(secret) == 32
    assert secret not in repr(house.aws.items(house.table)).encode()


def test_renewed_everybody_is_found_before_in_between_and_after(house: House) -> None:
    old, before = house.rotations().current(), house.stored(ANN)[1]
    new = house.rotations().renew()
    assert new != old
    with pytest.raises(RenewalUnderWayError):
        house.rotations().renew()
    house.templates().save(CAS, MODEL_ID, template(CAS), None)
    assert house.stored(CAS)[0] == new
    assert house.templates().renew(ANN, MODEL_ID)
    assert not house.templates().renew(ANN, MODEL_ID), "twice does it once"
    for person_id in (ANN, BOB, CAS):
        found = house.templates().load(person_id, MODEL_ID)
        assert alike(found, template(person_id)) > 0.999
    assert house.templates().renew(BOB, MODEL_ID)
    house.rotations().finish(old)
    house.rotations().finish(old)
    assert house.rotations().before() is None
    for person_id in (ANN, BOB, CAS):
        found = house.templates().load(person_id, MODEL_ID)
        assert alike(found, template(person_id)) > 0.999
    assert abs(alike(house.stored(ANN)[1], before)) < 0.4


def test_what_was_stolen_before_fits_nothing_after_the_secret_is_destroyed(
    house: House,
) -> None:
    old = house.rotations().current()
    house.rotations().renew()
    house.rotations().finish(old)
    assert house.templates().load(ANN, MODEL_ID) is None, "it was not turned in time"


@pytest.mark.parametrize(
    "meanwhile",
    [
        lambda house: house.ring.destroy(ANN),
        lambda house: house.templates().save(ANN, MODEL_ID, template(BOB), None),
    ],
    ids=["erased", "enrolled anew"],
)
def test_what_is_erased_or_enrolled_anew_meanwhile_stays_so(
    house: House, monkeypatch: pytest.MonkeyPatch, meanwhile: Callable[[House], None]
) -> None:
    house.rotations().renew()
    renewing = house.templates()
    plain = renewing._turned

    def overtaken(given: bytes) -> tuple[str | None, bytes]:
        meanwhile(house)
        return plain(given)

    monkeypatch.setattr(renewing, "_turned", overtaken)
    assert not renewing.renew(ANN, MODEL_ID)
    found = house.templates().load(ANN, MODEL_ID)
    assert found is None or alike(found, template(BOB)) > 0.999


def test_an_erased_template_is_absent_from_the_very_next_reading(house: House) -> None:
    process = house.templates()
    assert process.load(ANN, MODEL_ID) is not None
    house.ring.destroy(ANN)
    assert process.load(ANN, MODEL_ID) is None


def test_one_that_was_never_turned_is_turned_by_a_renewal(house: House) -> None:
    plain = Templates(house.ring, house.at.timestamp)
    plain.save(CAS, MODEL_ID, template(CAS), None)
    assert house.stored(CAS)[0] is None
    assert house.templates().renew(CAS, MODEL_ID)
    assert alike(house.templates().load(CAS, MODEL_ID), template(CAS)) > 0.999
    with pytest.raises(UnwiredRotationError):
        plain.load(CAS, MODEL_ID)


def test_two_that_begin_at_once_end_with_one_secret(
    aws: Aws, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = House(aws)
    first, second = house.rotations(), house.rotations()
    monkeypatch.setattr(first, "_pointer", _once(None, first._pointer))
    theirs = second.current()
    assert first.current() == theirs
    kinds = [item["kind"]["S"] for item in aws.items(house.table)]
    assert sorted(kinds) == ["rotation", "rotation_now"]


def _once(first: object, then: Callable[[], object]) -> Callable[[], object]:
    answers = [first]
    return lambda: answers.pop() if answers else then()


def test_a_renewal_says_since_when_it_runs(house: House) -> None:
    old = house.rotations().current()
    house.at = NOON + timedelta(days=3)
    house.rotations().renew()
    found = house.rotations().before()
    assert found is not None
    assert found == (old, datetime(*house.at.timetuple()[:6], tzinfo=UTC))
