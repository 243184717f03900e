"""Generated calls against the whole of the staff's APIs: none that is forbidden succeeds.

A sample; `python -m bench.access` makes many more. The last tests take one wall away at a
time and see that the sample notices.
"""

from collections.abc import Iterable
from typing import Any

import pytest

from api.staff_api import seconding
from beeldrecht.domain.access import Operation, Scene, User
from beeldrecht.runtime.http import api as frame
from tests.fakes.asked_kinds import ASKED
from tests.fakes.calls import Judge, Kinds, Tally
from tests.fakes.collections import FakeCollections
from tests.fakes.estate import Estate

SAMPLE = 600
TAKING_TWO = (
    ("PUT", "/v1/assets/<asset_id>/faces/<face_id>/people/<person_id>"),
    ("PUT", "/v1/recognition"),
)


@pytest.fixture
def estate() -> Estate:
    return Estate()


def routes_of(estate: Estate) -> set[tuple[str, str]]:
    return {(str(method), path) for api in estate.apis for method, path in api.operations}


def kinds_of(estate: Estate) -> Kinds:
    return {route: ASKED[route] for route in routes_of(estate)}


def sampled(estate: Estate, count: int = SAMPLE, seed: int = 1) -> Tally:
    return Judge(estate, kinds_of(estate), seed).run(count)


def test_a_call_is_generated_for_every_route(estate: Estate) -> None:
    assert routes_of(estate) <= set(ASKED)


def test_r16_no_call_that_is_forbidden_succeeds_or_tells_what_is_there(
    estate: Estate,
) -> None:
    tally = sampled(estate)
    assert tally.wrong == {}
    assert tally.calls == SAMPLE
    assert set(tally.routes) == routes_of(estate)
    # The sample is worth something: both answers come up, and are told apart.
    assert tally.permitted > SAMPLE / 5
    assert tally.forbidden > SAMPLE / 5
    assert tally.compared > SAMPLE / 5


def test_the_same_seed_makes_the_same_calls(estate: Estate) -> None:
    assert sampled(estate, 100).statuses == sampled(Estate(), 100).statuses


# -- without one of the walls -----------------------------------------------------------


def test_without_the_policy_the_sample_finds_holes(
    estate: Estate, monkeypatch: pytest.MonkeyPatch
) -> None:
    def anybody(
        user: User, operation: Operation, at: object, scene: Scene | None = None
    ) -> None:
        return None

    monkeypatch.setattr(frame, "may", anybody)
    monkeypatch.setattr(frame, "ever", lambda *_: True)
    assert len(sampled(estate).holes) > 100


def test_without_collections_the_sample_finds_holes(
    estate: Estate, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(self: FakeCollections, collection_ids: Iterable[str]) -> tuple[()]:
        return ()

    monkeypatch.setattr(FakeCollections, "several", none)
    tally = sampled(estate)
    assert tally.holes
    assert tally.offered


def test_where_a_refusal_says_that_something_is_there_the_sample_sees_it(
    estate: Estate, monkeypatch: pytest.MonkeyPatch
) -> None:
    require = frame.Api.require

    def openly(
        self: frame.Api,
        operation: Operation,
        scene: Scene | None = None,
        *,
        private: bool = False,
    ) -> Any:
        return require(self, operation, scene, private=False)

    monkeypatch.setattr(frame.Api, "require", openly)
    assert sampled(estate).unlike


def test_without_the_second_person_the_sample_finds_who_did_it_alone(
    estate: Estate, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the routes that take two: among all of them too few calls would come to it."""
    monkeypatch.setattr(seconding, "needs_two", lambda *_: False)
    kinds = kinds_of(estate)
    tally = Judge(estate, {route: kinds[route] for route in TAKING_TWO}, 1).run(SAMPLE)
    assert tally.alone


def test_a_policy_that_allows_nobody_anything_is_seen_too(
    estate: Estate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(frame, "ever", lambda *_: False)
    assert sampled(estate, 200).shut
