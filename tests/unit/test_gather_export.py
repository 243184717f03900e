"""gather_export: all that is on record about one person, and nothing of anybody else."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from beeldrecht.adapters.errors import KeyDestroyedError
from beeldrecht.domain.consent import Restriction, RestrictionKind
from beeldrecht.domain.contacts import Contact
from beeldrecht.domain.exports import Package
from beeldrecht.domain.ids import new_id
from beeldrecht.domain.links import Link, LinkPurpose
from beeldrecht.domain.people import AppearanceStatus
from beeldrecht.domain.sessions import Session
from beeldrecht.domain.subject_requests import (
    SubjectRequest,
    SubjectRequestKind,
    SubjectRequestState,
)
from beeldrecht.domain.time import Period
from beeldrecht.runtime.exporting import RECORD, batch_name
from rights.gather_export import step
from rights.gather_export.step import BATCH, Event, Outcome
from tests.adapters.contracts.consents import a_mail, a_request, a_signed, entry_of
from tests.adapters.contracts.signatures import sign
from tests.fakes.exporting import Exporting
from tests.fakes.samples import ANN, BOB, EDITOR, NOON

SAMPLE = json.loads(Path(step.__file__).with_name("event.json").read_text())
PDF = b"%PDF-1.7 signed"


def a_house() -> Exporting:
    house = Exporting()
    house.know(ANN, "Ann de Vries")
    house.know(BOB, "Bob Bakker")
    return house


def record_of(house: Exporting, export_id: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(house.files.part(export_id, RECORD))["record"]
    return found


def test_the_sample_event_is_one() -> None:
    assert Event.model_validate(SAMPLE).export_id == SAMPLE["export_id"]


def test_r09_who_it_is_and_how_they_are_reached_is_opened_for_them() -> None:
    house = a_house()
    contact = Contact("ann@example.test", "nl", None, "NL", "Carla de Vries")
    house.house.contacts.put(ANN, contact, house.house.keys, entry_of(ANN, "contact:put"))
    export = house.begin(ANN)
    assert house.gather(export).outcome is Outcome.NO_PICTURES
    record = record_of(house, export.export_id)
    assert record["person"]["name"] == "Ann de Vries"
    assert record["contact"]["email"] == "ann@example.test"
    assert record["contact"]["guardian_name"] == "Carla de Vries"
    assert record["export"]["controller"] == "Gemeente Voorbeeld"


def test_r09_what_was_signed_comes_with_its_proof_and_its_document() -> None:
    house = a_house()
    consents = house.house
    signed = a_signed(ANN)
    sign(consents, signed)
    quitclaim_id = signed.quitclaim.quitclaim_id
    consents.documents.keep(quitclaim_id, consents.keys.proof.seal(ANN, PDF))
    consents.signatures.note_document(ANN, quitclaim_id, "ab" * 32)
    export = house.begin(ANN)
    house.gather(export)
    [consent] = record_of(house, export.export_id)["consents"]
    assert consent["evidence"]["signer"]["guardian"]["name"] == "Anna Bakker"
    assert consent["evidence"]["signature"]["mark"] == "M1 2L3 4"
    assert {each["grant_id"] for each in consent["grants"]} == {
        grant.grant_id for grant in signed.grants
    }
    file = f"documents/{quitclaim_id}.pdf"
    assert consent["document"] == {"file": file, "sha256": "ab" * 32}
    assert house.files.part(export.export_id, file) == PDF


def test_what_nobody_can_open_any_more_is_told_as_lost_and_stops_nothing() -> None:
    house = a_house()
    signed = a_signed(ANN)
    sign(house.house, signed)
    house.house.documents.keep(signed.quitclaim.quitclaim_id, b"sealed")
    house.house.signatures.note_document(ANN, signed.quitclaim.quitclaim_id, "ab" * 32)
    house.house.keys.proof.destroy(ANN)
    export = house.begin(ANN)
    assert house.gather(export).outcome is Outcome.NO_PICTURES
    [consent] = record_of(house, export.export_id)["consents"]
    assert consent["evidence"] == "key_destroyed"
    assert consent["document"]["file"] is None
    assert len(consent["grants"]) == len(signed.grants)


def test_r09_asks_answers_mails_links_freezes_and_sessions_are_in_it() -> None:
    house = a_house()
    consents = house.house
    session = Session(new_id(), NOON.date(), title="Zomerfeest", place="Utrecht")
    consents.sessions.create(session, entry_of(session.session_id, "session:create"))
    asked = replace(a_request(ANN), session_id=session.session_id, photographer="Piet")
    consents.requests.create(asked, entry_of(ANN, "request:create"))
    asks = SubjectRequest(
        new_id(),
        ANN,
        SubjectRequestKind.OBJECTION,
        NOON,
        NOON,
        SubjectRequestState.DISMISSED,
        decided_by=EDITOR,
        decided_at=NOON,
        reason="Het is nieuws.",
    )
    consents.subject_requests.requests[asks.request_id] = asks
    mail = a_mail(ANN)
    consents.mails.add(mail)
    link = Link(new_id(), ANN, LinkPurpose.OWN_PAGE, EDITOR, NOON, NOON)
    consents.links.create(link, "digest", entry_of(ANN, "link:create"))
    freeze = Restriction(new_id(), ANN, RestrictionKind.OBJECTED, Period(NOON))
    consents.register.restrict(freeze)
    export = house.begin(ANN)
    house.gather(export)
    record = record_of(house, export.export_id)
    assert [each["request_id"] for each in record["consent_requests"]] == [
        asked.request_id
    ]
    [told] = record["subject_requests"]
    assert (told["reason"], told["decided_by"]) == ("Het is nieuws.", "staff")
    assert [each["mail_id"] for each in record["mails"]] == [mail.mail_id]
    assert [each["link_id"] for each in record["links"]] == [link.link_id]
    assert [each["kind"] for each in record["restrictions"]] == ["objected"]
    [held] = record["sessions"]
    assert (held["title"], held["place"]) == ("Zomerfeest", "Utrecht")
    assert {each["tag"] for each in record["audit"]} >= {
        "subject:request:create",
        "api:subject:decide",
    }


def test_pictures_are_listed_in_batches_whatever_the_person_is_in_them() -> None:
    house = a_house()
    made = [house.picture(ANN) for _ in range(BATCH + 1)]
    made.append(house.picture(ANN, status=AppearanceStatus.SUGGESTED))
    house.picture(BOB)
    export = house.begin(ANN)
    result = house.gather(export)
    assert (result.outcome, result.batch) == (Outcome.PICTURES, 0)
    batches = [
        json.loads(house.files.part(export.export_id, batch_name(n))) for n in (0, 1)
    ]
    assert [len(each["asset_ids"]) for each in batches] == [BATCH, 2]
    assert [each["last"] for each in batches] == [False, True]
    assert sorted(a for each in batches for a in each["asset_ids"]) == sorted(made)


def test_of_somebody_who_was_erased_or_packed_or_is_another_nothing_is_gathered() -> None:
    house = a_house()
    export = house.begin(ANN)
    other = replace(export, person_id=BOB)
    assert house.gather(other).outcome is Outcome.OVER
    assert house.gather(replace(export, export_id=new_id())).outcome is Outcome.OVER
    package = Package(9, "ab" * 32, 1, 0, NOON, NOON)
    house.exports.packed(export, package, entry_of(ANN, "export:pack"), [])
    assert house.gather(export).outcome is Outcome.OVER
    erased = house.begin(BOB)
    house.house.keys.destroy(BOB)
    assert house.gather(erased).outcome is Outcome.OVER
    assert house.files.parts == {}


def test_nobody_elses_key_is_asked_for() -> None:
    house = a_house()
    house.house.keys.destroy(BOB)
    house.picture(ANN, BOB)
    export = house.begin(ANN)
    try:
        assert house.gather(export).outcome is Outcome.PICTURES
    except KeyDestroyedError:  # pragma: no cover  # what this forbids
        raise AssertionError("somebody else's key was used") from None
