"""Keys go before what they seal, and the proof's with its term."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from beeldrecht.domain.erasure import ErasureState
from beeldrecht.domain.retention import RetentionKind, RetentionPolicy
from beeldrecht.runtime.erasing import ErasureEvent, NotBegunError
from rights.destroy_keys import step
from rights.destroy_keys.step import destroy_keys
from tests.fakes.erasing import Erasing
from tests.fakes.retention import FakeRetention
from tests.fakes.samples import ANN, NOON

SAMPLE = Path(step.__file__).with_name("event.json")


class Rows:
    def __init__(self) -> None:
        self.destroyed: list[tuple[str, datetime | None]] = []

    def destroy(self, person_id: str, proof_until: datetime | None) -> int:
        self.destroyed.append((person_id, proof_until))
        return 3


def test_the_sample_event_is_one() -> None:
    assert ErasureEvent.model_validate(json.loads(SAMPLE.read_text()))


@pytest.mark.parametrize("keep_proof", [True, False])
def test_the_proof_keeps_for_its_term_or_goes_with_the_rest(keep_proof: bool) -> None:
    here, rows = Erasing(ErasureState.ERASING, keep_proof=keep_proof), Rows()
    retention = FakeRetention(trail=here.trail)
    destroy_keys(here.event, here.erasures, rows, retention, here.trail)
    until = RetentionPolicy().ends(RetentionKind.PROOF, NOON) if keep_proof else None
    assert rows.destroyed == [(ANN, until)]
    destroy_keys(here.event, here.erasures, rows, retention, here.trail)
    assert here.tags() == ["rights:keys:destroy"]


@pytest.mark.parametrize("state", [s for s in ErasureState if s != ErasureState.ERASING])
def test_nothing_is_destroyed_that_is_not_in_the_ledger(state: ErasureState) -> None:
    here, rows = Erasing(state), Rows()
    retention = FakeRetention(trail=here.trail)
    with pytest.raises(NotBegunError):
        destroy_keys(here.event, here.erasures, rows, retention, here.trail)
    assert not rows.destroyed


def test_a_picture_has_no_keys() -> None:
    here, rows = Erasing(ErasureState.ERASING, of_picture=True), Rows()
    retention = FakeRetention(trail=here.trail)
    result = destroy_keys(here.event, here.erasures, rows, retention, here.trail)
    assert result.removed == 0
    assert not rows.destroyed
