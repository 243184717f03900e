"""Forms signed on paper, through the API: the scan is proof, and counts once."""

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from beeldrecht.domain.access import Role, User
from beeldrecht.domain.age import ages_from
from beeldrecht.domain.consent import GrantState, state_of
from beeldrecht.domain.consent_requests import ConsentRequestState
from beeldrecht.domain.contacts import AddressNote, AddressState
from beeldrecht.domain.ids import new_id
from beeldrecht.domain.mails import MailKind
from beeldrecht.domain.paper import LARGEST_SCAN
from beeldrecht.domain.signing import SignatureKind
from tests.fakes.asked import (
    FORM,
    PDF,
    REQUEST,
    SCAN,
    STANDARD,
    contact,
    noted,
    request,
)
from tests.fakes.http import Answer
from tests.fakes.samples import ANN, BOB, NOON
from tests.fakes.staff import Staff, as_
from tests.fakes.world import World

EDITS = as_(Role.EDITOR)
OTHERS = [
    as_(),
    as_(Role.VIEWER),
    as_(Role.CONTRIBUTOR),
    as_(Role.ADMINISTRATOR),
    as_(Role.PRIVACY_OFFICER),
]
SHA = hashlib.sha256(PDF).hexdigest()
MAY_20 = datetime(2026, 5, 19, 22, tzinfo=UTC)
"""Midnight in Amsterdam."""


@pytest.fixture
def staff() -> Staff:
    world = World()
    world.know(ANN)
    staff = Staff(world)
    staff.services.documents.scans[SCAN] = PDF
    return staff


def enter(
    staff: Staff, user: User | None = EDITS, who: str = ANN, **changed: Any
) -> Answer:
    return staff.post(f"/v1/people/{who}/quitclaims", user, {**FORM, **changed})


def reason(answer: Answer) -> Any:
    assert answer.status == 409, answer.text
    return answer.json["reason"]


def test_a_scan_is_sent_by_a_form_of_its_own(staff: Staff) -> None:
    path = f"/v1/people/{ANN}/scans"
    first, second = (staff.post(path, EDITS).json for _ in range(2))
    assert first["scan_id"] != second["scan_id"]
    assert first["fields"]["key"] == f"paper/{first['scan_id']}"
    assert first["url"].startswith("https://")
    assert staff.post(f"/v1/people/{new_id()}/scans", EDITS).status == 404


def test_r04_a_form_is_entered_with_its_scan_as_the_signature(staff: Staff) -> None:
    answer = enter(staff)
    assert (answer.status, answer.json["granted"]) == (201, ["image_consent"])
    quitclaim_id = answer.json["quitclaim_id"]
    services, keys = staff.services, staff.world.keys
    evidence = services.signatures.evidence(ANN, quitclaim_id, keys.proof)
    assert evidence is not None
    assert evidence.signature.kind is SignatureKind.PAPER
    assert (evidence.signature.mark, evidence.signed_on) == (SHA, "paper")
    assert evidence.wording == STANDARD
    assert services.wordings.get(STANDARD) is not None
    assert evidence.signed_at == MAY_20
    assert (evidence.seen.network, evidence.seen.agent) == (None, None)
    (grant,) = staff.world.register.facts([ANN]).grants
    assert grant.period.start == MAY_20
    assert state_of(grant, (), NOON) is GrantState.IN_FORCE
    kept = services.documents.kept[quitclaim_id]
    assert kept != PDF
    assert keys.proof.open(ANN, kept) == PDF
    assert services.signatures.document_sha256(ANN, quitclaim_id) == SHA
    assert services.documents.scans == {}
    place = answer.headers["Location"]
    assert staff.get(place, EDITS).json["sha256"] == SHA
    entry = next(
        e for e in staff.world.audit.entries(ANN) if e.tag == "api:consent:enter"
    )
    assert entry.actor == EDITS.user_id


def test_the_same_scan_counts_once_and_otherwise_is_refused(staff: Staff) -> None:
    first = enter(staff)
    assert enter(staff).json == first.json
    other = {"channels": ["website", "print"], "portrait": False, "biometric": False}
    assert reason(enter(staff, choices=other)) == "entered_otherwise"
    assert reason(enter(staff, signed_day="2026-05-21")) == "entered_otherwise"
    assert len(staff.world.register.facts([ANN]).grants) == 1


@pytest.mark.parametrize("where", ["record", "note_document", "drop_scan"])
def test_killed_half_way_the_same_again_makes_it_whole(
    staff: Staff, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    services = staff.services
    holder = services.documents if where == "drop_scan" else services.signatures

    def killed(*_: object, **__: object) -> None:
        raise ConnectionError("killed")

    with monkeypatch.context() as patch:
        patch.setattr(holder, where, killed)
        assert enter(staff).status == 500
    answer = enter(staff)
    assert answer.status == 201
    quitclaim_id = answer.json["quitclaim_id"]
    assert services.signatures.document_sha256(ANN, quitclaim_id) == SHA
    assert staff.get(answer.headers["Location"], EDITS).status == 200
    assert services.documents.scans == {}
    assert len(staff.world.register.facts([ANN]).grants) == 1


def test_another_scan_in_its_place_is_not_taken_for_it(
    staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object, **__: object) -> None:
        raise ConnectionError("killed")

    with monkeypatch.context() as patch:
        patch.setattr(staff.services.signatures, "record", killed)
        assert enter(staff).status == 500
    staff.services.documents.scans[SCAN] = b"%PDF-1.7 another form"
    assert reason(enter(staff)) == "entered_otherwise"


@pytest.mark.parametrize(
    ("scan", "why"),
    [
        (None, "no_scan_there"),
        (b"", "scan_unreadable"),
        (b"<html>%PDF-", "scan_unreadable"),
        (b"GIF89a", "scan_unreadable"),
        (b"%PDF-" + bytes(LARGEST_SCAN - 4), "scan_too_large"),
    ],
)
def test_a_scan_is_what_its_first_bytes_say(
    staff: Staff, scan: bytes | None, why: str
) -> None:
    staff.services.documents.scans.clear()
    if scan is not None:
        staff.services.documents.scans[SCAN] = scan
    assert reason(enter(staff)) == why
    assert staff.services.documents.kept == {}
    assert staff.world.register.facts([ANN]).grants == ()


@pytest.mark.parametrize(
    "scan", [b"\xff\xd8\xff\xe0 jpeg", b"\x89PNG\r\n\x1a\n png", b"%PDF-1.4"]
)
def test_three_kinds_of_scans_are_kept(staff: Staff, scan: bytes) -> None:
    staff.services.documents.scans[SCAN] = scan
    answer = enter(staff)
    kinds = {b"\xff": "image/jpeg", b"\x89": "image/png", b"%": "application/pdf"}
    told = staff.get(answer.headers["Location"], EDITS).json
    assert told["media_type"] == kinds[scan[:1]]


def test_a_form_is_not_signed_tomorrow_and_can_be_of_today(staff: Staff) -> None:
    assert reason(enter(staff, signed_day="2026-06-02")) == "signed_in_the_future"
    assert enter(staff, signed_day="2026-06-01").status == 201


def test_an_old_form_brings_nothing_back_that_was_taken_back_since(
    staff: Staff,
) -> None:
    enter(staff)
    staff.post(f"/v1/people/{ANN}/withdrawals", EDITS, {"all": True})
    late = new_id()
    staff.services.documents.scans[late] = b"%PDF-1.7 found in a drawer"
    answer = enter(staff, scan_id=late)
    assert reason(answer) == "withdrawn_since"
    staff.world.at = NOON + timedelta(days=1)
    answer = enter(staff, scan_id=late, signed_day="2026-06-02")
    assert answer.status == 201


def test_r06_a_guardian_signs_for_who_is_too_young(staff: Staff) -> None:
    young = {"name": "Ann Jansen", "birth_date": "2015-03-01", "country": "NL"}
    assert reason(enter(staff, signer=young)) == "guardian_needed"
    parent = {"name": "Piet Jansen", "relation": "parent"}
    answer = enter(staff, signer=young, guardian=parent)
    assert answer.status == 201
    (grant,) = staff.world.register.facts([ANN]).grants
    assert grant.period.end is not None
    reached = staff.services.contacts.get(ANN, staff.world.keys)
    assert reached is not None
    assert reached.guardian_name == "Piet Jansen"
    assert str(reached.birth_date) == "2015-03-01"


def test_a_form_can_be_the_answer_to_an_ask_that_still_waits(staff: Staff) -> None:
    requests = staff.services.consent_requests
    requests.create(request(), noted(ANN, "request"))
    requests.create(request(request_id="0" * 32, person_id=BOB), noted(BOB, "request"))
    assert enter(staff, request_id="0" * 32).status == 404
    assert enter(staff, request_id=new_id()).status == 404
    answer = enter(staff, request_id=REQUEST)
    assert answer.status == 201
    answered = requests.requests[REQUEST]
    assert answered.state is ConsentRequestState.ANSWERED
    assert answered.quitclaim_id == answer.json["quitclaim_id"]
    assert enter(staff, request_id=REQUEST).json == answer.json
    late = new_id()
    staff.services.documents.scans[late] = b"%PDF-1.7 another form"
    assert reason(enter(staff, scan_id=late, request_id=REQUEST)) == "request_is_settled"


def test_r06_on_paper_too_the_age_is_the_deployments(staff: Staff) -> None:
    staff.services.ages = ages_from("NL=18")
    young = {"name": "Ann Jansen", "birth_date": "2009-03-01", "country": "NL"}
    assert reason(enter(staff, signer=young)) == "guardian_needed"
    staff.services.ages = ages_from("")
    assert enter(staff, signer=young).status == 201


def test_all_can_be_refused_on_paper_too(staff: Staff) -> None:
    none = {"channels": [], "portrait": False, "biometric": False}
    assert enter(staff, choices=none).json["granted"] == []
    assert staff.world.register.facts([ANN]).grants == ()


def test_an_address_on_the_form_gets_a_copy(staff: Staff) -> None:
    answer = enter(staff, signer={"name": "Ann Jansen", "email": "ann@example.org"})
    (mail,) = staff.world.mails.mails.values()
    assert (mail.kind, mail.to) == (MailKind.COPY, ANN)
    assert mail.about["quitclaim_id"] == answer.json["quitclaim_id"]
    reached = staff.services.contacts.get(ANN, staff.world.keys)
    assert reached is not None
    assert reached.email == "ann@example.org"


def test_without_an_address_no_copy_is_sent(staff: Staff) -> None:
    enter(staff)
    assert staff.world.mails.mails == {}


def test_an_address_that_does_not_work_gets_no_copy_and_stays_marked(
    staff: Staff,
) -> None:
    contacts = staff.services.contacts
    contacts.put(ANN, contact(), staff.world.keys, noted(ANN, "contact"))
    note = AddressNote(AddressState.BOUNCED, new_id(), NOON + timedelta(minutes=1))
    assert contacts.note(ANN, note)
    assert enter(staff).status == 201
    assert staff.world.mails.mails == {}
    assert contacts.state(ANN) == note


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"language": "es"}, "language_not_offered"),
        (
            {"signer": {"name": "Ann", "birth_date": "2015-03-01", "country": "NL"}},
            "guardian_needed",
        ),
    ],
)
def test_what_cannot_be_signed_is_not_entered(
    staff: Staff, changed: dict[str, Any], why: str
) -> None:
    assert reason(enter(staff, **changed)) == why
    assert staff.services.documents.kept == {}
    assert SCAN in staff.services.documents.scans


def test_r11_nothing_is_entered_for_who_was_erased(staff: Staff) -> None:
    staff.world.keys.destroy(ANN)
    assert enter(staff).status == 404
    assert staff.post(f"/v1/people/{ANN}/scans", EDITS).status == 404
    # To seal something would have given them a key again.
    assert staff.get(f"/v1/people/{ANN}", EDITS).json["name"] is None


@pytest.mark.parametrize("user", [None, *OTHERS])
def test_only_an_editor_enters_forms(staff: Staff, user: User | None) -> None:
    there, nowhere = enter(staff, user), enter(staff, user, new_id())
    assert (there.status, there.text) == (nowhere.status, nowhere.text)
    assert there.status == (401 if user is None else 404)
    answer = staff.post(f"/v1/people/{ANN}/scans", user)
    assert answer.status == there.status
    assert SCAN in staff.services.documents.scans
