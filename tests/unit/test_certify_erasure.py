"""Certifying an erasure, stopped at every point (R11)."""

import hashlib
import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.certificates import Certificate, UnfinishedErasureError, read
from beeldrecht.domain.erasure import (
    Erasure,
    ErasureReason,
    ErasureState,
    PictureOutcome,
    Plan,
    PlannedPicture,
    Receipt,
)
from beeldrecht.domain.erasure_texts import (
    LeavingReason,
    PlannedText,
    TextOutcome,
    TextPlace,
    planned_text,
)
from beeldrecht.domain.ledger import Erased
from beeldrecht.domain.retention import RetentionPolicy
from beeldrecht.domain.stores import Erasing, Store
from beeldrecht.runtime.erasing import ErasureEvent, NotBegunError
from rights.certify_erasure.step import Office, Result, certify_erasure
from tests.fakes.certificates import ERASURE, FakeCertificates, FakeSigner, receipts
from tests.fakes.effects import Effects, Killed, When
from tests.fakes.ledger import FakeLedger, FakeMarks
from tests.fakes.samples import ANN, EDITOR, NOON, OTHER, PICTURE

LATER = NOON + timedelta(minutes=5)
EVENT = Path(__file__).parents[2] / "functions/rights/certify_erasure/event.json"
TITLES = [
    TextPlace(Store.LIBRARY, kind, f"{kind.upper()}#1", "META", "title")
    for kind in ("collection", "governance_version", "session")
]
TEXTS = tuple(
    replace(planned_text(ERASURE, place, (), "0" * 64), outcome=outcome)
    for place, outcome in zip(
        TITLES, (None, TextOutcome.LEAVE, TextOutcome.REDACT), strict=True
    )
)
CONTROLLER = "Gemeente Voorbeeld"


class Records:
    """One erasure on record, with its plan and receipts."""

    def __init__(self, effects: Effects) -> None:
        self._effects = effects
        self.erasure = Erasure(
            erasure_id=ERASURE,
            person_id=ANN,
            asset_id=None,
            reason=ErasureReason.REQUEST,
            begun_by=EDITOR,
            begun_at=NOON,
            state=ErasureState.ERASING,
            confirmed_by=EDITOR,
            confirmed_at=NOON,
        )
        self.kept = True
        self.said = receipts()
        self.entries: list[NewEntry] = []

    def get(self, erasure_id: str) -> Erasure | None:
        return self.erasure if erasure_id == ERASURE else None

    def plan(self, erasure_id: str) -> Plan | None:
        pictures = (
            PlannedPicture(PICTURE, PictureOutcome.MASK, ("f",)),
            PlannedPicture(OTHER, PictureOutcome.DELETE),
        )
        return Plan({}, pictures, self.kept, NOON)

    def receipts(self, erasure_id: str) -> tuple[Receipt, ...]:
        return self.said

    def texts(self, erasure_id: str) -> tuple[PlannedText, ...]:
        return TEXTS

    def finish(self, erasure: Erasure, at: object, entry: NewEntry) -> bool:
        if self.erasure.state is ErasureState.ERASED:
            return False
        with self._effects.effect("erasures.finish"):
            self.erasure = replace(self.erasure, state=ErasureState.ERASED)
            self.entries.append(entry)
        return True


class Policy:
    """What is private by default."""

    def policy(self) -> RetentionPolicy:
        return RetentionPolicy()


class Work:
    """Everything that the step works with."""

    def __init__(self) -> None:
        self.effects = Effects()
        self.records = Records(self.effects)
        self.marks = FakeMarks(), FakeMarks()
        self.ledger = FakeLedger(self.marks, self.effects)
        self.signer = FakeSigner()
        self.certificates = FakeCertificates(self.effects)
        self.ledger.begin(Erased(ERASURE, person_id=ANN), NOON)

    def run(self, erasure_id: str = ERASURE, late: int = 0) -> Result:
        return certify_erasure(
            ErasureEvent(erasure_id=erasure_id),
            self.records,
            self.ledger,
            Policy(),
            Office(CONTROLLER, self.signer, self.certificates, self.typeset),
            LATER + timedelta(seconds=late),
        )

    @staticmethod
    def typeset(certificate: Certificate, key_name: str) -> bytes:
        return f"{certificate.issued_at} {key_name}".encode()


@pytest.fixture
def work() -> Work:
    return Work()


def test_the_sample_event_names_an_erasure() -> None:
    ErasureEvent.model_validate(json.loads(EVENT.read_text()))


def test_r11_an_erasure_ends_with_a_signed_certificate(work: Work) -> None:
    result = work.run()
    kept = work.certificates.read(ERASURE)
    found = read(kept.file)
    assert result.sha256 == hashlib.sha256(kept.file).hexdigest()
    assert found.pdf_sha256 == hashlib.sha256(kept.pdf).hexdigest()
    assert found.public_key == work.signer.public_key()
    about = found.certificate
    assert about.receipts == receipts()
    assert (about.entry, about.controller) == (1, CONTROLLER)
    assert about.pictures == {PictureOutcome.MASK: 1, PictureOutcome.DELETE: 1}
    assert about.proof_until == date(2031, 5, 31)
    assert [(e.what, e.outcome, e.reason) for e in about.texts] == [
        ("collection.title", TextOutcome.GONE, None),
        ("governance_version.title", TextOutcome.LEAVE, LeavingReason.SIGNED),
        ("session.title", TextOutcome.REDACT, None),
    ]
    assert work.ledger.done_numbers() == {1}
    assert work.records.erasure.state is ErasureState.ERASED
    (entry,) = work.records.entries
    assert entry.tag == "rights:erasure:certify"
    assert entry.data["digest"] == result.sha256


def test_it_names_nobody(work: Work) -> None:
    work.run()
    file = work.certificates.files[ERASURE].decode()
    for named in (ANN, EDITOR, PICTURE, OTHER):
        assert named not in file


def test_without_proof_none_is_promised(work: Work) -> None:
    work.records.kept = False
    with pytest.raises(UnfinishedErasureError):
        work.run()
    work.records.said = tuple(
        replace(each, remains=0) if each.why is Erasing.PROOF else each
        for each in receipts()
    )
    work.run()
    assert read(work.certificates.files[ERASURE]).certificate.proof_until is None


def test_r11_an_erasure_that_left_something_is_not_certified(work: Work) -> None:
    first = next(r for r in receipts() if r.why is Erasing.DELETED)
    work.records.said = (replace(first, remains=1), *receipts()[1:])
    with pytest.raises(UnfinishedErasureError):
        work.run()
    assert work.certificates.files == {}
    assert work.ledger.done_numbers() == frozenset()
    assert work.records.erasure.state is ErasureState.ERASING


@pytest.mark.parametrize(
    "state", [s for s in ErasureState if not s.value.endswith(("under_way", "done"))]
)
def test_what_was_not_begun_is_not_certified(work: Work, state: ErasureState) -> None:
    work.records.erasure = replace(work.records.erasure, state=state)
    with pytest.raises(NotBegunError):
        work.run()


def test_what_is_not_in_the_ledger_is_not_certified(work: Work) -> None:
    work.ledger = FakeLedger(work.marks)
    with pytest.raises(NotBegunError):
        work.run()


@pytest.mark.parametrize("when", When)
@pytest.mark.parametrize("place", range(1, 7))
def test_stopped_anywhere_a_retry_ends_in_the_same(
    work: Work, place: int, when: When
) -> None:
    work.effects.kill(place, when)
    with pytest.raises(Killed):
        work.run()
    # Before the end of it is on record, it is not said to be over.
    if work.records.erasure.state is ErasureState.ERASED:
        assert ERASURE in work.certificates.files
    before = dict(work.certificates.files)
    result = work.run(late=1)
    again = work.run(late=2)
    assert result == again
    assert work.certificates.files.items() >= before.items()
    kept = read(work.certificates.files[ERASURE])
    assert (ERASURE, kept.pdf_sha256) in work.certificates.documents
    assert len(work.records.entries) == 1
    assert [each.numbers() for each in work.marks] == [{1}, {1}]
    assert work.ledger.done_numbers() == {1}


def test_there_are_as_many_places_to_stop_as_are_tried(work: Work) -> None:
    before = len(work.effects.names)
    work.run()
    assert len(work.effects.names) - before == 6
