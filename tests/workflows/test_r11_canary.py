"""R11: nothing of the erased is left anywhere, and nobody else lost anything.

Everybody is planted with a marker in every field, half of them are erased as an officer
would, two at once, and then every byte of the local cloud is read. `python -m
bench.canary` does the same with many more people.
"""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from beeldrecht.domain.stores import Store
from local.demo.staff import OFFICER
from tests.canary import (
    UNPLANTED,
    Reading,
    Wish,
    about_somebody,
    erase,
    others_pictures,
    staying,
    wanted_kinds,
)
from tests.crawling import Crawl
from tests.planting import Planted, Planter
from tests.workflows.way import Way

FIELDS = 40
"""In how many places at least there is a marker of everybody."""


@pytest.fixture(scope="module")
def people(way: Way) -> list[Planted]:
    planter = Planter(way.cloud, way.deployed)
    first = planter.plant(exported=True)
    second = planter.plant(beside=first)
    third = planter.plant(beside=second, exported=True)
    made = [first, second, third, planter.plant(beside=third)]
    planter.packed(made)
    return made


@pytest.fixture(scope="module")
def before(way: Way, people: list[Planted]) -> Reading:
    way.quiet()
    return Reading.of(Crawl(way.cloud, way.deployed).everything(), people)


@pytest.fixture(scope="module")
def wishes(people: list[Planted]) -> dict[str, Wish]:
    """The first is covered in what is kept for others; the third leaves nothing."""
    first, _, third, _ = people
    return {
        first.person_id: Wish(keep_proof=True, masked=tuple(first.shared)),
        third.person_id: Wish(keep_proof=False),
    }


@pytest.fixture(scope="module")
def certificates(
    way: Way, people: list[Planted], before: Reading, wishes: dict[str, Wish]
) -> dict[str, Mapping[str, Any]]:
    assert before.size
    officer = way.staff[OFFICER]
    with ThreadPoolExecutor() as several:
        begun = {
            one.person_id: several.submit(erase, officer, one, wishes[one.person_id])
            for one in people
            if one.person_id in wishes
        }
        return {person_id: each.result() for person_id, each in begun.items()}


@pytest.fixture(scope="module")
def after(
    way: Way, people: list[Planted], certificates: dict[str, Mapping[str, Any]]
) -> Reading:
    assert certificates
    way.quiet()
    return Reading.of(Crawl(way.cloud, way.deployed).everything(), people)


def test_every_marker_can_be_found_before(people: list[Planted], before: Reading) -> None:
    # Without this, nothing found afterwards would say nothing.
    for one in people:
        assert before.missing(one) == set()
        assert len(one.markers) >= FIELDS


def test_every_kind_of_thing_that_can_be_about_somebody_was_planted(
    before: Reading, after: Reading
) -> None:
    # What is on record of an erasure comes with the first one.
    unplanted = wanted_kinds() - before.kinds - after.kinds
    assert unplanted - UNPLANTED.keys() == set()
    # Nothing is explained away that says whom it is about, or that is no kind any more.
    assert UNPLANTED.keys() <= wanted_kinds() - about_somebody()


def test_r11_no_marker_of_the_erased_is_left_but_what_the_certificate_declares(
    people: list[Planted], after: Reading, certificates: dict[str, Mapping[str, Any]]
) -> None:
    for one in people:
        if one.person_id in certificates:
            declared = staying(certificates[one.person_id])
            # In clear for a day, where the tables' changes are told: it says so.
            assert (Store.STREAMS, "records") in declared
            assert after.left(one, declared) == set()


def test_r11_their_identifier_stays_only_where_the_certificate_says_so(
    people: list[Planted], after: Reading, certificates: dict[str, Mapping[str, Any]]
) -> None:
    for one in people:
        if one.person_id in certificates:
            declared = staying(certificates[one.person_id])
            assert after.named(one, declared) == set()


def test_r11_the_proof_stays_sealed_and_only_where_it_was_to_be_kept(
    people: list[Planted], after: Reading
) -> None:
    first, _, third, _ = people
    kept = {
        each.entry[0]
        for each in after.seen[first.markers["signature"]]
        if each.opened_for == first.person_id
    }
    assert kept == {Store.CONSENT}
    assert third.person_id not in after.opened


def test_r11_nobody_else_lost_anything(
    people: list[Planted], before: Reading, after: Reading
) -> None:
    _, second, _, fourth = people
    for one in (second, fourth):
        assert after.places(one) == before.places(one)


def test_r11_a_picture_that_was_kept_for_others_is_theirs_still(
    way: Way, people: list[Planted], wishes: dict[str, Wish]
) -> None:
    first, _, third, _ = people
    assert wishes[first.person_id].masked
    for one in (first, third):
        wish = wishes[one.person_id]
        assert others_pictures(way.deployed.library, one, wish) == []
