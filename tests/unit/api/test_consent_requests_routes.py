"""Asking through the API: many at once, each by themselves, and nobody twice."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest

from beeldrecht.domain.access import Role, User
from beeldrecht.domain.consent_requests import ConsentRequestState, Delivery
from beeldrecht.domain.contacts import AddressNote, AddressState
from beeldrecht.domain.ids import new_id
from beeldrecht.domain.links import LinkPurpose, token_digest
from beeldrecht.domain.mails import MailKind
from tests.fakes.asked import (
    OWN,
    REQUEST,
    SESSION,
    STANDARD,
    contact,
    furnish,
    furnish_request,
    noted,
)
from tests.fakes.http import Answer
from tests.fakes.samples import ANN, BOB, NOON, PICTURE
from tests.fakes.scenes import ready
from tests.fakes.staff import Staff, as_
from tests.fakes.subject import Subject

EDITS = as_(Role.EDITOR)
OVERSEES = as_(Role.PRIVACY_OFFICER)
OTHERS = [as_(), as_(Role.VIEWER), as_(Role.CONTRIBUTOR), as_(Role.ADMINISTRATOR)]
PATH = "/v1/consent-requests"
ONE = f"{PATH}/{REQUEST}"


@pytest.fixture
def staff() -> Staff:
    staff = Staff(ready())
    furnish(staff)
    staff.world.know(BOB)
    staff.services.consent_requests.requests.clear()
    return staff


def ask(
    staff: Staff,
    *people: dict[str, Any],
    user: User | None = EDITS,
    key: str = "k" * 32,
    **more: Any,
) -> Answer:
    body = {"people": people, "wording": STANDARD, "delivery": "link", **more}
    headers = {"Idempotency-Key": key, "Accept-Language": "en"}
    return staff.post(PATH, user, body, headers=headers)


def noted_address(staff: Staff, person_id: str, state: AddressState) -> None:
    services = staff.services
    services.contacts.put(
        person_id,
        contact(email="x@example.org"),
        staff.world.keys,
        noted(person_id, "contact"),
    )
    note = AddressNote(state, new_id(), NOON + timedelta(minutes=1))
    assert services.contacts.note(person_id, note)


# -- asking ----------------------------------------------------------------------------


def test_many_are_asked_at_once_each_with_an_answer_of_their_own(staff: Staff) -> None:
    staff.world.know(noone := new_id())
    noted_address(staff, bounced := new_id(), AddressState.BOUNCED)
    noted_address(staff, angry := new_id(), AddressState.COMPLAINED)
    staff.world.know(bounced, angry)
    answer = ask(
        staff,
        {"person_id": ANN},
        {"name": "Piet de Boer", "email": "piet@example.org", "language": "en"},
        {"person_id": BOB},
        {"person_id": new_id()},
        {"name": "Zonder Adres"},
        {"person_id": bounced},
        {"person_id": angry},
        {"person_id": noone},
    )
    assert answer.status == 201
    items = answer.json["items"]
    assert [each["problem"] and each["problem"]["id"] for each in items] == [
        None,
        None,
        "no_address_known",
        "person_not_known",
        "no_address_known",
        "mail_comes_back",
        "mail_is_unwanted",
        "no_address_known",
    ]
    assert all("." in e["problem"]["words"] for e in items if e["problem"])
    requests = staff.services.consent_requests.requests
    asked = {r.request_id: r for r in requests.values()}
    assert {e["request_id"] for e in items if e["request_id"]} == asked.keys()
    ann, piet = (asked[items[n]["request_id"]] for n in (0, 1))
    assert (ann.person_id, ann.language, ann.delivery) == (ANN, "nl", Delivery.LINK)
    assert piet.language == "en"
    assert ann.ends_at == NOON + timedelta(days=30)
    assert {e["url"] for e in items} == {None}
    # Who was refused was put on record all the same: the address can be added.
    assert staff.world.register.knows(items[4]["person_id"])


def test_asking_sends_nothing_by_itself_and_says_who_asked(staff: Staff) -> None:
    (item,) = ask(staff, {"person_id": ANN}).json["items"]
    assert staff.world.mails.mails == {}
    assert staff.services.links.links.keys() == {"0" * 64}
    entry = next(e for e in staff.world.audit.entries(ANN) if e.tag == "api:consent:ask")
    assert entry.actor == EDITS.user_id
    assert entry.data == {
        "request_id": item["request_id"],
        "wording": STANDARD,
        "delivery": "link",
    }


def test_r16_an_address_is_sealed_and_stands_in_no_entry(
    staff: Staff, capsys: pytest.CaptureFixture[str]
) -> None:
    person = {"name": "Piet de Boer", "email": "piet@example.org"}
    (item,) = ask(staff, person).json["items"]
    entries = list(staff.world.audit.entries(item["person_id"]))
    assert [e.tag for e in entries] == [
        "api:person:create",
        "api:contact:change",
        "api:consent:ask",
    ]
    said = f"{entries}{staff.services.consent_requests.requests}{capsys.readouterr()}"
    assert "piet@" not in said
    assert "Piet" not in said
    kept = staff.services.contacts.get(item["person_id"], staff.world.keys)
    assert kept is not None
    assert (kept.email, kept.language) == ("piet@example.org", "nl")


def test_the_same_key_asks_nobody_twice_and_goes_on_where_it_stopped(
    staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = (
        {"name": "Piet", "email": "piet@example.org"},
        {"name": "Jan", "email": "jan@example.org"},
        {"person_id": ANN},
    )
    requests, failing = staff.services.consent_requests, [True]
    create = requests.create

    def stops_half_way(*given: Any, **named: Any) -> bool:
        if failing and requests.requests:
            raise ConnectionError("the table does not answer")
        return create(*given, **named)

    monkeypatch.setattr(requests, "create", stops_half_way)
    assert ask(staff, *people).status == 500
    assert len(requests.requests) == 1
    failing.clear()
    first = ask(staff, *people)
    assert first.status == 201
    assert ask(staff, *people).json == first.json
    assert len(requests.requests) == 3
    names = staff.get("/v1/people", EDITS).json["items"]
    assert sorted(p["name"] for p in names if "name of" not in p["name"]) == [
        "Jan",
        "Piet",
    ]
    assert ask(staff, *people[:1]).json["code"] == "idempotency_key_reused"


def test_on_a_tablet_the_address_is_told_once_for_each(staff: Staff) -> None:
    (item,) = ask(staff, {"person_id": BOB}, delivery="tablet").json["items"]
    url = urlsplit(item["url"])
    assert (url.netloc, url.path) == ("beeld.example.org", "/sign")
    link = staff.services.links.links[token_digest(url.fragment)]
    assert (link.purpose, link.subject_id) == (LinkPurpose.SIGN, BOB)
    assert (link.about, link.max_uses) == (item["request_id"], 1)
    assert link.expires_at == NOON + timedelta(days=30)
    assert url.fragment not in f"{list(staff.world.audit.entries(BOB))}"
    # The answer was lost: the same key gives another link to the same ask.
    (again,) = ask(staff, {"person_id": BOB}, delivery="tablet").json["items"]
    assert again["request_id"] == item["request_id"]
    assert again["url"] != item["url"]
    assert len(staff.services.consent_requests.requests) == 1


def test_what_is_asked_on_a_tablet_opens_the_form_until_it_is_taken_back(
    staff: Staff,
) -> None:
    (item,) = ask(staff, {"person_id": ANN}, delivery="tablet", photographer="Bob").json[
        "items"
    ]
    subject = Subject(staff.world)
    for name in ("links", "wordings", "contacts", "sessions", "signatures"):
        setattr(subject.services, name, getattr(staff.services, name))
    subject.services.requests = staff.services.consent_requests
    token = urlsplit(item["url"]).fragment
    form = subject.ask("request", token, {})
    assert (form.status, form.json["photographer"]) == (200, "Bob")
    assert form.json["wording"]["name"] == STANDARD
    assert staff.delete(f"{PATH}/{item['request_id']}", EDITS).status == 200
    assert subject.ask("request", token, {}).status == 404


def test_who_was_erased_is_asked_nothing(staff: Staff) -> None:
    staff.world.keys.destroy(BOB)
    (item,) = ask(staff, {"person_id": BOB}, delivery="tablet").json["items"]
    assert item["problem"]["id"] == "person_not_known"


def test_pictures_are_shown_that_the_asker_may_see(staff: Staff) -> None:
    (item,) = ask(staff, {"person_id": ANN}, pictures=[PICTURE]).json["items"]
    request = staff.services.consent_requests.requests[item["request_id"]]
    assert request.pictures == (PICTURE,)
    other = ask(staff, {"person_id": ANN}, pictures=[new_id()], key="x" * 32)
    assert other.status == 404


@pytest.mark.parametrize(
    "changed",
    [
        {"wording": f"{OWN}.9"},
        {"wording": f"{'0' * 32}.1"},
        {"session_id": new_id()},
    ],
)
def test_nobody_is_asked_in_what_is_not_there(
    staff: Staff, changed: dict[str, Any]
) -> None:
    assert ask(staff, {"person_id": ANN}, **changed).status == 404
    assert staff.services.consent_requests.requests == {}


@pytest.mark.parametrize(
    "people",
    [
        [],
        [{}],
        [{"person_id": ANN, "name": "Ann"}],
        [{"person_id": ANN, "email": "other@example.org"}],
        [{"person_id": ANN}, {"person_id": ANN}],
        [{"name": "Jan", "email": "jan"}],
        [{"name": "J" * 500}],
        [{"name": f"Jan {n}"} for n in range(101)],
    ],
)
def test_a_list_that_could_mean_two_things_asks_nobody(
    staff: Staff, people: list[dict[str, Any]]
) -> None:
    answer = ask(staff, *people)
    assert (answer.status, answer.json["code"]) == (422, "invalid_request")
    assert "Jan" not in answer.text
    assert staff.services.consent_requests.requests == {}


def test_a_hundred_are_asked_in_one_call(staff: Staff) -> None:
    long = "a" * 240
    people = [
        {"name": f"Jan {n}", "email": f"{long}{n:03}@example.org"[-254:]}
        for n in range(100)
    ]
    answer = ask(staff, *people)
    assert answer.status == 201
    assert len({e["request_id"] for e in answer.json["items"]}) == 100


@pytest.mark.parametrize("delivery", ["qr", "paper", "post"])
def test_codes_and_forms_are_made_elsewhere(staff: Staff, delivery: str) -> None:
    assert ask(staff, {"person_id": ANN}, delivery=delivery).status == 422


# -- afterwards ------------------------------------------------------------------------


def test_the_list_comes_by_state_the_last_asked_first(staff: Staff) -> None:
    ids = []
    for n in range(3):
        staff.world.at = NOON + timedelta(minutes=n)
        (item,) = ask(staff, {"person_id": ANN}, key=f"{n}" * 32).json["items"]
        ids.append(item["request_id"])
    staff.delete(f"{PATH}/{ids[1]}", EDITS)
    for user in (EDITS, OVERSEES):
        listed = staff.get(PATH, user).json["items"]
        assert [each["request_id"] for each in listed] == ids[::-1]
        open_ones = staff.get(PATH, user, query={"state": "asked"}).json["items"]
        assert [each["request_id"] for each in open_ones] == [ids[2], ids[0]]
    assert staff.get(PATH, EDITS, query={"state": "other"}).status == 422
    page = staff.get(PATH, EDITS, query={"limit": "2"}).json
    query = {"limit": "2", "cursor": page["cursor"]}
    rest = staff.get(PATH, EDITS, query=query).json
    shown = [each["request_id"] for each in page["items"] + rest["items"]]
    assert (shown, rest["cursor"]) == (ids[::-1], None)


def test_a_question_is_taken_back_once_and_an_answer_is_not(staff: Staff) -> None:
    furnish_request(staff)
    for _ in range(2):
        answer = staff.delete(ONE, EDITS)
        assert (answer.status, answer.json["state"]) == (200, "cancelled")
        assert "consent_request:change" not in answer.json["affordances"]
    tags = [e.tag for e in staff.world.audit.entries(ANN)]
    assert tags.count("api:consent:cancel") == 1
    furnish_again(staff, ConsentRequestState.ANSWERED)
    answer = staff.delete(ONE, EDITS)
    assert (answer.status, answer.json["reason"]) == (409, "request_is_settled")


def furnish_again(staff: Staff, state: ConsentRequestState) -> None:
    requests = staff.services.consent_requests.requests
    requests[REQUEST] = replace(requests[REQUEST], state=state)


def test_a_reminder_goes_out_once_a_day(staff: Staff) -> None:
    furnish_request(staff)
    first = staff.post(f"{ONE}/reminders", EDITS)
    assert first.status == 201
    assert staff.post(f"{ONE}/reminders", EDITS).json == first.json
    (mail,) = staff.world.mails.mails.values()
    assert (mail.kind, mail.to, mail.to_staff) == (MailKind.REMIND, ANN, False)
    assert mail.about["request_id"] == REQUEST
    staff.world.at = NOON + timedelta(days=1)
    assert staff.post(f"{ONE}/reminders", EDITS).json != first.json
    tags = [e.tag for e in staff.world.audit.entries(ANN)]
    assert tags.count("api:consent:remind") == 2


def test_who_cannot_be_reached_or_has_answered_is_not_reminded(staff: Staff) -> None:
    furnish_request(staff)
    noted_address(staff, ANN, AddressState.BOUNCED)
    answer = staff.post(f"{ONE}/reminders", EDITS)
    assert (answer.status, answer.json["reason"]) == (409, "mail_comes_back")
    staff.world.at = NOON + timedelta(days=30)
    answer = staff.post(f"{ONE}/reminders", EDITS)
    assert answer.json["reason"] == "request_is_settled"
    staff.world.at = NOON
    (item,) = ask(staff, {"person_id": BOB}, delivery="tablet").json["items"]
    answer = staff.post(f"{PATH}/{item['request_id']}/reminders", EDITS)
    assert answer.json["reason"] == "not_asked_by_mail"
    assert staff.world.mails.mails == {}


@pytest.mark.parametrize("user", [None, *OTHERS])
def test_others_ask_nobody_and_know_of_nobody_who_was(
    staff: Staff, user: User | None
) -> None:
    furnish_request(staff)
    expected = 401 if user is None else 403
    assert ask(staff, {"person_id": ANN}, user=user).status == expected
    assert staff.get(PATH, user).status == expected
    for method, end in (("GET", ""), ("DELETE", ""), ("POST", "/reminders")):
        there = staff.send(method, f"{ONE}{end}", user)
        nowhere = staff.send(method, f"{PATH}/{new_id()}{end}", user)
        assert (there.status, there.text) == (nowhere.status, nowhere.text)
        assert there.status in {401, 404}
    assert staff.services.consent_requests.is_open(REQUEST)


def test_an_officer_reads_and_changes_nothing(staff: Staff) -> None:
    furnish_request(staff)
    shown = staff.get(ONE, OVERSEES)
    assert shown.json["affordances"] == ["consent_request:read"]
    assert staff.delete(ONE, OVERSEES).status == 404
    assert staff.post(f"{ONE}/reminders", OVERSEES).status == 404
    assert ask(staff, {"person_id": ANN}, user=OVERSEES).status == 403
    assert SESSION not in shown.text
