"""A second look decides; what is left is told of, and done again five times at most.

What it finds in real stores is asked in `tests/adapters/test_erasing_over_aws.py`.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from beeldrecht.domain.erasure import ErasureState, Trace
from beeldrecht.domain.erasure_texts import (
    LeavingReason,
    TextOutcome,
    TextPlace,
    TextWish,
    decided,
    planned_text,
)
from beeldrecht.domain.named import covered, digest
from beeldrecht.domain.stores import Store
from beeldrecht.runtime.erasing import ErasureEvent, NotBegunError
from rights.verify_erasure import step
from rights.verify_erasure.step import LOOKS, Outcome, verify_erasure
from tests.fakes.erasing import Erasing
from tests.fakes.erasures import FakeTexts
from tests.fakes.samples import ANN

SAMPLE = Path(step.__file__).with_name("event.json")
LEFT = Trace(Store.CONSENT, "contact", "DOSSIER", "CONTACT")
KEPT = Trace(Store.CONSENT, "evidence", "EVIDENCE", "META")
DECLARED = Trace(Store.CONSENT, "erasure", "ERASURE", "META")


class Found:
    def __init__(
        self, followed: Iterable[Trace] = (), read: Iterable[Trace] = ()
    ) -> None:
        self.followed, self.read = list(followed), list(read)

    def of_person(self, person_id: str) -> Iterator[Trace]:
        assert person_id == ANN
        yield from self.followed

    def of_picture(self, asset_id: str) -> Iterator[Trace]:
        assert asset_id
        yield from ()

    files = of_picture
    indexed = of_picture

    def mentions(self, subject_id: str) -> Iterator[Trace]:
        assert subject_id == ANN
        yield from self.read

    def proofs(self, evidence: Iterable[Trace]) -> Iterator[Trace]:
        for _ in [each for each in evidence if each.what == "evidence"]:
            yield Trace(Store.DOCUMENTS, "signed/", "signed/1", "null")

    def picture(self, asset_id: str) -> None:
        assert asset_id


def look(here: Erasing, found: Found, typed: FakeTexts | None = None) -> Outcome:
    typed = typed or FakeTexts()
    said = verify_erasure(here.event, here.erasures, found, found, typed, here.trail)
    return said.outcome


def test_the_sample_event_is_one() -> None:
    assert ErasureEvent.model_validate(json.loads(SAMPLE.read_text()))


def test_what_is_declared_to_stay_is_no_fault() -> None:
    here, found = Erasing(ErasureState.ERASING), Found(read=[KEPT, DECLARED])
    assert look(here, found) is Outcome.ERASED
    receipts = {
        (r.store, r.what): r.remains
        for r in here.erasures.receipts(here.erasure.erasure_id)
    }
    assert receipts[Store.CONSENT, "evidence"] == 1
    assert receipts[Store.DOCUMENTS, "signed/"] == 1
    assert receipts[Store.CONSENT, "contact"] == 0
    assert here.tags() == ["rights:erasure:verify"]


def test_a_proof_that_was_not_to_be_kept_is_one() -> None:
    here = Erasing(ErasureState.ERASING, keep_proof=False)
    assert look(here, Found(read=[KEPT])) is Outcome.AGAIN


@pytest.mark.parametrize("found", [Found(followed=[LEFT]), Found(read=[LEFT])])
def test_either_way_of_looking_is_enough_to_find_it(found: Found) -> None:
    here = Erasing(ErasureState.ERASING)
    for _ in range(LOOKS - 1):
        assert look(here, found) is Outcome.AGAIN
    assert look(here, found) is Outcome.REMAINS
    assert not here.tags()


def test_a_look_that_was_ended_is_none_of_the_five() -> None:
    here = Erasing(ErasureState.ERASING)
    for _ in range(LOOKS):
        assert look(here, Found()) is Outcome.ERASED
    assert look(here, Found(read=[LEFT])) is Outcome.AGAIN


@pytest.mark.parametrize("state", [s for s in ErasureState if s != ErasureState.ERASING])
def test_nothing_is_vouched_for_that_was_not_done(state: ErasureState) -> None:
    with pytest.raises(NotBegunError):
        look(Erasing(state), Found())


def test_r11_a_text_is_compared_and_one_that_changed_is_asked_again() -> None:
    here, place = (
        Erasing(ErasureState.ERASING),
        TextPlace(Store.LIBRARY, "session", "SESSION#1", "META", "title"),
    )
    erasure_id, spans = here.erasure.erasure_id, ((0, 3),)
    after = covered("Ann smiles", spans)
    found = planned_text(erasure_id, place, spans, digest(after))
    here.erasures.note_texts(erasure_id, [replace(found, outcome=TextOutcome.REDACT)])
    typed = FakeTexts({place: "Ann smiles"})
    assert look(here, Found(), typed) is Outcome.AGAIN  # it was not taken out
    typed.texts[place] = after
    assert look(here, Found(), typed) is Outcome.ERASED
    typed.texts[place] = "Who knows"
    assert look(here, Found(), typed) is Outcome.AGAIN
    (asked,) = here.erasures.texts(erasure_id)
    assert asked.outcome is None
    said = {asked.text_id: TextWish(TextOutcome.LEAVE, LeavingReason.BY_HAND)}
    here.erasures.note_texts(erasure_id, decided(here.erasure, [asked], said))
    assert look(here, Found(), typed) is Outcome.ERASED
