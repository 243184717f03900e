"""First the ledger, then the leave to destroy; for what is confirmed alone."""

import json
from pathlib import Path

import pytest

from beeldrecht.domain.erasure import ErasureState, PictureOutcome
from beeldrecht.runtime.erasing import ErasureEvent, NotBegunError
from rights.begin_erasure import step
from rights.begin_erasure.step import begin_erasure
from tests.fakes.erasing import FACE, Erasing
from tests.fakes.ledger import FakeLedger
from tests.fakes.samples import ANN, NOON, PICTURE

SAMPLE = Path(step.__file__).with_name("event.json")


def test_the_sample_event_is_one() -> None:
    assert ErasureEvent.model_validate(json.loads(SAMPLE.read_text()))


@pytest.mark.parametrize("outcome", PictureOutcome)
def test_the_ledger_says_who_and_what_becomes_of_each_picture(
    outcome: PictureOutcome,
) -> None:
    here, ledger = Erasing(ErasureState.CONFIRMED, outcome), FakeLedger()
    first = begin_erasure(here.event, here.erasures, ledger, NOON)
    again = begin_erasure(here.event, here.erasures, ledger, NOON)
    assert first == again
    [entry] = ledger.entries()
    assert (entry.number, entry.erased.person_id) == (first.number, ANN)
    [picture] = entry.erased.pictures
    assert (picture.asset_id, picture.outcome) == (PICTURE, outcome)
    assert picture.face_ids == {FACE}
    assert here.state is ErasureState.ERASING
    assert here.tags() == ["rights:erasure:begin"]


@pytest.mark.parametrize(
    "state",
    [
        ErasureState.COLLECTING,
        ErasureState.PLANNED,
        ErasureState.CANCELLED,
        ErasureState.ERASED,
    ],
)
def test_what_nobody_confirmed_is_not_begun(state: ErasureState) -> None:
    here, ledger = Erasing(state), FakeLedger()
    with pytest.raises(NotBegunError):
        begin_erasure(here.event, here.erasures, ledger, NOON)
    assert not list(ledger.entries())
    assert here.state is state
