"""The first look plans, the second counts, and neither comes after the deed.

What it finds in real stores is asked in `tests/adapters/test_erasing_over_aws.py`.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from beeldrecht.domain.erasure import ErasureState, PictureOutcome, Trace
from beeldrecht.domain.stores import Store
from beeldrecht.runtime.erasing import ErasureEvent
from rights.collect_traces import step
from rights.collect_traces.step import Outcome, collect_traces
from tests.fakes.erasing import Erasing
from tests.fakes.samples import ANN, NOON, PICTURE
from tests.fakes.scenes import released

SAMPLE = Path(step.__file__).with_name("event.json")
CONTACT = Trace(Store.CONSENT, "contact", "DOSSIER", "CONTACT")
FILE = Trace(Store.ORIGINALS, "originals/", "originals/1", "v1")


class Found:
    def __init__(self, faces: Mapping[str, Sequence[str]] | None = None) -> None:
        self.faces = faces or {}

    def of_person(self, person_id: str) -> Iterator[Trace]:
        assert person_id == ANN
        yield CONTACT

    def of_picture(self, asset_id: str) -> Iterator[Trace]:
        assert asset_id
        yield FILE

    files = of_picture

    def portrayed(self, person_id: str) -> Mapping[str, Sequence[str]]:
        assert person_id == ANN
        return self.faces


def look(here: Erasing, found: Found) -> Outcome:
    library = released().library
    return collect_traces(here.event, here.erasures, found, library, NOON).outcome


def shown() -> str:
    found = released().library.picture(PICTURE)
    assert found is not None
    return found[1].faces[0].face_id


def test_the_sample_event_is_one() -> None:
    assert ErasureEvent.model_validate(json.loads(SAMPLE.read_text()))


def test_the_first_look_plans_and_waits_for_an_officer() -> None:
    here = Erasing(ErasureState.COLLECTING)
    assert look(here, Found({PICTURE: [shown()]})) is Outcome.PLANNED
    plan = here.erasures.plan(here.erasure.erasure_id)
    assert plan is not None
    assert [each.asset_id for each in plan.pictures] == [PICTURE]
    assert plan.found == {"store_consent/contact": 1, "store_originals/originals/": 1}
    assert here.state is ErasureState.PLANNED
    assert look(here, Found()) is Outcome.PLANNED  # kept once
    assert here.tags() == ["rights:erasure:plan"]


def test_a_picture_by_itself_needs_no_officer() -> None:
    here = Erasing(ErasureState.COLLECTING, of_picture=True)
    assert look(here, Found()) is Outcome.CONFIRMED
    plan = here.erasures.plan(here.erasure.erasure_id)
    assert plan is not None
    assert [p.outcome for p in plan.pictures] == [PictureOutcome.DELETE]
    assert here.state is ErasureState.CONFIRMED


def test_the_second_look_adds_what_came_since_and_counts_anew() -> None:
    here = Erasing(ErasureState.CONFIRMED, PictureOutcome.MASK)
    assert look(here, Found({PICTURE: [shown()]})) is Outcome.CONFIRMED
    plan = here.erasures.plan(here.erasure.erasure_id)
    assert plan is not None
    # What the officer chose for it stands.
    assert [(p.asset_id, p.outcome) for p in plan.pictures] == [
        (PICTURE, PictureOutcome.MASK)
    ]
    assert plan.found["store_library/face"] == 1


@pytest.mark.parametrize(
    "state", [ErasureState.ERASING, ErasureState.ERASED, ErasureState.CANCELLED]
)
def test_what_is_over_or_under_way_is_not_planned_again(state: ErasureState) -> None:
    here = Erasing(state)
    assert look(here, Found({PICTURE: [shown()]})) is Outcome.GONE
    assert here.state is state
