"""follow_register: each fact starts what follows it, once, and nothing else does."""

import json
from pathlib import Path
from typing import Any

import pytest

from beeldrecht.adapters.register_facts import UnreadableFactError, fact_of
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.mails import MailKind
from beeldrecht.domain.recorded import FactKind, RecordedFact
from beeldrecht.runtime.logs import logger
from beeldrecht.runtime.register_stream import follow
from consent.follow_register import step
from tests.fakes.following import REQUEST, Following
from tests.fakes.runtime import FakeContext
from tests.fakes.samples import ANN

SAMPLE = json.loads(Path(step.__file__).with_name("event.json").read_text())
FACT = derived_id("test", "fact")


def run(house: Following, fact: RecordedFact) -> bool:
    workflows = step.Workflows(
        house.request_consent,
        house.renew_consent,
        house.withdraw_consent,
        house.export_person,
        house.erase_person,
        house.erase_asset,
        house.relook,
    )
    return step.follow_register(fact, workflows, house.queue)


def record(kind: str, name: str = "INSERT", **ids: str) -> dict[str, Any]:
    image = {key: {"S": value} for key, value in {"kind": kind, **ids}.items()}
    return {
        "eventName": name,
        "eventSource": "aws:dynamodb",
        "dynamodb": {"NewImage": image, "SequenceNumber": f"{len(ids)}{kind}"},
    }


def test_the_sample_event_is_a_record_of_the_stream() -> None:
    [found] = SAMPLE["Records"]
    fact = fact_of(found)
    assert fact is not None
    assert fact.kind is FactKind.QUITCLAIM


def test_an_ask_starts_the_workflow_that_asks_and_carries_its_id_alone() -> None:
    house = Following()
    assert run(house, RecordedFact(FactKind.REQUEST, REQUEST, ANN))
    assert house.request_consent.started == {REQUEST: {"request_id": REQUEST}}
    assert not house.renew_consent.started
    assert not house.withdraw_consent.started


def test_a_signature_starts_what_follows_a_signature() -> None:
    house = Following()
    assert run(house, RecordedFact(FactKind.QUITCLAIM, FACT, ANN))
    ids = {"person_id": ANN, "quitclaim_id": FACT}
    assert house.renew_consent.started == {FACT: ids}


@pytest.mark.parametrize(
    "kind", [FactKind.WITHDRAWAL, FactKind.RESTRICTION, FactKind.LIFT]
)
def test_what_is_taken_back_or_frozen_or_lifted_has_pictures_decided_anew(
    kind: FactKind,
) -> None:
    house = Following()
    assert run(house, RecordedFact(kind, FACT, ANN))
    ids = {"person_id": ANN, "fact_id": FACT}
    assert house.withdraw_consent.started == {FACT: ids}


def test_an_export_that_began_is_made() -> None:
    fact = fact_of(record("export", export_id=FACT, person_id=ANN, request_id=REQUEST))
    assert fact == RecordedFact(FactKind.EXPORT, FACT, ANN)
    house = Following()
    assert run(house, fact)
    assert house.export_person.started == {FACT: {"export_id": FACT, "person_id": ANN}}


def test_a_mail_is_handed_on() -> None:
    house = Following()
    assert run(house, RecordedFact(FactKind.MAIL, FACT))
    assert house.queue.sent == [FACT]


@pytest.mark.parametrize("kind", list(MailKind))
def test_a_mail_that_tells_of_an_end_has_its_pictures_decided_anew(
    kind: MailKind,
) -> None:
    fact = fact_of(record("mail", mail_id=FACT, mail_kind=kind.value, to=ANN))
    assert fact is not None
    house = Following()
    run(house, fact)
    ends = kind in {MailKind.ENDED, MailKind.COMES_OF_AGE}
    started = {FACT: {"person_id": ANN, "fact_id": FACT}} if ends else {}
    assert house.queue.sent == [FACT]
    assert house.withdraw_consent.started == started


@pytest.mark.parametrize("kind", [k for k in FactKind if k is not FactKind.MAIL])
def test_a_record_that_comes_twice_starts_once(kind: FactKind) -> None:
    house = Following()
    fact = RecordedFact(kind, FACT, ANN)
    assert run(house, fact)
    assert not run(house, fact)


def test_what_changed_or_went_or_is_of_another_kind_is_no_fact() -> None:
    for name in ("MODIFY", "REMOVE"):
        assert fact_of(record("quitclaim", name, quitclaim_id=FACT)) is None
    for kind in ("person", "grant", "link", "evidence", "task", "mail_of", "contact"):
        assert fact_of(record(kind, person_id=ANN)) is None


def test_the_end_of_a_freeze_is_another_fact_than_the_freeze() -> None:
    ids = {"restriction_id": FACT, "subject_id": ANN}
    frozen, lifted = (fact_of(record(kind, **ids)) for kind in ("restriction", "lift"))
    assert frozen is not None
    assert lifted is not None
    assert frozen.fact_id != lifted.fact_id
    assert frozen.subject_id == lifted.subject_id == ANN


@pytest.mark.parametrize("ids", [{}, {"mail_id": "Jan de Vries"}, {"quitclaim_id": FACT}])
def test_an_item_without_its_ids_is_refused_and_not_quoted(ids: dict[str, str]) -> None:
    with pytest.raises(UnreadableFactError) as caught:
        fact_of(record("mail", **ids))
    assert "Jan" not in str(caught.value)


def test_only_the_records_that_failed_come_back() -> None:
    event = {
        "Records": [
            record("mail", mail_id=FACT),
            record("mail", mail_id="Jan de Vries", x="", y=""),
        ]
    }
    handled: list[RecordedFact] = []
    answer = follow(event, FakeContext(), handled.append, logger("follow_register"))
    assert [fact.fact_id for fact in handled] == [FACT]
    assert answer == {"batchItemFailures": [{"itemIdentifier": "3mail"}]}


def test_an_enrolment_has_pictures_looked_at_again() -> None:
    house = Following()
    found = fact_of(record("enrolment", enrolment_id=FACT, subject_id=ANN))
    assert found == RecordedFact(FactKind.ENROLMENT, FACT, ANN)
    assert run(house, found)
    assert not run(house, found)
    assert house.relook.started == {FACT: {"enrolment_id": FACT, "person_id": ANN}}


def test_an_erasure_starts_the_workflow_of_what_is_erased() -> None:
    house = Following()
    found = fact_of(record("erasure", erasure_id=FACT, person_id=ANN))
    assert found == RecordedFact(FactKind.ERASURE, FACT, ANN)
    assert run(house, found)
    assert house.erase_person.started == {FACT: {"erasure_id": FACT, "person_id": ANN}}
    found = fact_of(record("picture_erasure", erasure_id=FACT, asset_id=ANN))
    assert found == RecordedFact(FactKind.PICTURE_ERASURE, FACT, ANN)
    assert run(house, found)
    assert house.erase_asset.started == {FACT: {"erasure_id": FACT, "asset_id": ANN}}
