"""What waits is stopped, then everything goes that the registry says goes.

Over real stores, and ended after every change: `tests/adapters/test_erasing_over_aws.py`.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from beeldrecht.domain.erasure import ErasureState, Trace
from beeldrecht.domain.erasure_texts import TextOutcome, TextPlace, planned_text
from beeldrecht.domain.named import covered, digest
from beeldrecht.domain.stores import Store
from beeldrecht.runtime.erasing import ErasureEvent, NotBegunError
from rights.erase_register import step
from rights.erase_register.step import Desk, erase_register
from tests.fakes.consents import FakeConsents
from tests.fakes.erasing import Erasing
from tests.fakes.erasures import FakeTexts
from tests.fakes.retention import FakeRetention
from tests.fakes.samples import ANN
from tests.fakes.workflows import FakeTasks

SAMPLE = Path(step.__file__).with_name("event.json")
CONTACT = Trace(Store.CONSENT, "contact", "DOSSIER", "CONTACT")
EVIDENCE = Trace(Store.CONSENT, "evidence", "EVIDENCE#1", "META")
UNKNOWN = Trace(Store.CONSENT, "nobody knows", "WHAT", "EVER")
ORPHAN = Trace(Store.CONSENT, "mail", "MAIL", "META")
PICTURE_ITEM = Trace(Store.LIBRARY, "asset", "ASSET", "META")
STAYS = Trace(Store.CONSENT, "erasure", "ERASURE", "META")


class Stores:
    def __init__(self) -> None:
        self.removed: list[Trace] = []
        self.ended: list[Trace] = []
        self.dropped: list[str] = []

    def register(self, person_id: str) -> Iterator[Trace]:
        assert person_id == ANN
        yield from (EVIDENCE, UNKNOWN, CONTACT)

    def mentions(self, subject_id: str) -> Iterator[Trace]:
        assert subject_id == ANN
        yield from (ORPHAN, PICTURE_ITEM, STAYS, EVIDENCE)

    def waiting(self, person_id: str) -> Iterable[str]:
        assert person_id == ANN
        return ["a token"]

    def remove(self, traces: Iterable[Trace]) -> int:
        self.removed += list(traces)
        return len(self.removed)

    def end(self, trace: Trace, at: datetime) -> None:
        assert at
        self.ended.append(trace)

    def drop(self, name: str) -> None:
        self.dropped.append(name)


class Purged:
    def __init__(self) -> None:
        self.assets: list[str] = []

    def purge(self, asset_id: str, erasure_id: str, at: datetime) -> None:
        assert erasure_id
        assert at
        self.assets.append(asset_id)


def desk(
    here: Erasing, stores: Stores, tasks: FakeTasks, typed: FakeTexts | None = None
) -> Desk:
    consents = FakeConsents()
    return Desk(
        erasures=here.erasures,
        traces=stores,
        wiper=stores,
        typed=typed or FakeTexts(),
        index=Purged(),
        retention=FakeRetention(trail=here.trail),
        tasks=tasks,
        schedules=stores,
        register=consents.register,
        documents=consents.signatures,
        trail=here.trail,
        days=(90, 30, 7),
    )


def test_the_sample_event_is_one() -> None:
    assert ErasureEvent.model_validate(json.loads(SAMPLE.read_text()))


def test_the_proof_stays_with_an_end_and_the_rest_goes() -> None:
    here, stores, tasks = Erasing(ErasureState.ERASING), Stores(), FakeTasks("a token")
    erase_register(here.event, desk(here, stores, tasks))
    assert stores.removed == [UNKNOWN, CONTACT, ORPHAN]
    assert stores.ended == [EVIDENCE]
    assert here.erasures.proofs(here.erasure.erasure_id) == ("1",)
    assert tasks.answered == {"a token": "gone"}
    assert here.tags() == ["rights:register:erase"]


def test_a_proof_that_is_not_kept_goes_too() -> None:
    here, stores = Erasing(ErasureState.ERASING, keep_proof=False), Stores()
    erase_register(here.event, desk(here, stores, FakeTasks()))
    assert stores.removed == [EVIDENCE, UNKNOWN, CONTACT, ORPHAN]
    assert not stores.ended


@pytest.mark.parametrize("state", [s for s in ErasureState if s != ErasureState.ERASING])
def test_nothing_goes_that_is_not_in_the_ledger(state: ErasureState) -> None:
    here, stores = Erasing(state), Stores()
    with pytest.raises(NotBegunError):
        erase_register(here.event, desk(here, stores, FakeTasks()))
    assert not stores.removed


def test_r11_the_name_goes_out_of_texts_and_the_index_where_an_officer_said_so() -> None:
    here = Erasing(ErasureState.ERASING)
    erasure_id = here.erasure.erasure_id
    texts = {
        TextPlace(Store.LIBRARY, "asset", f"ASSET#{name}", "META", "description.title"): (
            "Ann de Vries smiles",
            outcome,
        )
        for name, outcome in (
            ("redacted", TextOutcome.REDACT),
            ("left", TextOutcome.LEAVE),
            ("changed", TextOutcome.REDACT),
        )
    }
    spans = ((0, 12),)
    for place, (text, outcome) in texts.items():
        found = planned_text(erasure_id, place, spans, digest(covered(text, spans)))
        here.erasures.note_texts(erasure_id, [replace(found, outcome=outcome)])
    typed = FakeTexts({place: text for place, (text, _) in texts.items()})
    redacted, left, changed = texts
    typed.texts[changed] = "Ann de Vries laughs"
    work = desk(here, Stores(), FakeTasks(), typed)
    erase_register(here.event, work)
    assert typed.texts[redacted] == "\N{FULL BLOCK} smiles"
    assert typed.texts[left] == "Ann de Vries smiles"
    assert typed.texts[changed] == "Ann de Vries laughs"
    done = {e.place: e.done for e in here.erasures.texts(erasure_id)}
    assert done == {redacted: True, left: False, changed: False}
    assert isinstance(work.index, Purged)
    assert work.index.assets == ["redacted"]
    assert here.tags() == ["rights:register:erase", "rights:text:redact"]
