"""Objecting, asking for what is theirs, the copy, and the pictures on the own page."""

import base64
import hashlib
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from api.subject_api.rights import MOST_CORRECTIONS
from beeldrecht.domain.consent import RestrictionKind
from beeldrecht.domain.disclosures import Disclosure, DisclosureKind
from beeldrecht.domain.ids import new_id
from beeldrecht.domain.mails import MailKind
from beeldrecht.domain.recalls import asking as asking_mail
from beeldrecht.domain.recalls import called_back_for_erasure
from beeldrecht.domain.request_decisions import extended
from beeldrecht.domain.subject_requests import (
    Decided,
    Extension,
    Identity,
    Lifting,
    SubjectRequest,
    SubjectRequestKind,
    SubjectRequestState,
    due_at,
)
from beeldrecht.runtime.recalling import Acknowledger, acknowledge
from tests.fakes.forms import Asking, answer, entry
from tests.fakes.recipients import copy
from tests.fakes.samples import ANN, BOB, EDITOR, NOON, PICTURE, face_id
from tests.fakes.scenes import released


@pytest.fixture
def asking() -> Asking:
    return Asking()


# -- objecting ---------------------------------------------------------------------------


def test_r13_an_objection_freezes_at_once(asking: Asking) -> None:
    token = asking.own_page()
    asking.world.at = NOON + timedelta(hours=1)
    made = asking.subject.ask("object", token, {})
    assert made.status == 201
    told = made.json["request"]
    assert (told["kind"]["id"], told["state"]["id"]) == ("objection", "received")
    [freeze] = asking.world.register.facts([ANN]).restrictions
    assert (freeze.kind, freeze.subject_id) == (RestrictionKind.OBJECTED, ANN)
    assert (freeze.period.start, freeze.period.end) == (asking.world.at, None)
    page = asking.subject.page(token).json
    assert "own_pictures_frozen" in [note["id"] for note in page["notes"]]
    assert page["requests"] == [told]
    assert "api:subject:object" in asking.tags()


def test_while_one_objection_waits_another_is_the_same(asking: Asking) -> None:
    token = asking.own_page()
    first = asking.subject.ask("object", token, {}).json
    asking.world.at = NOON + timedelta(days=3)
    again = asking.subject.ask("object", token, {})
    assert (again.status, again.json) == (201, first)
    assert len(asking.world.register.facts([ANN]).restrictions) == 1
    told = [m.kind for m in asking.world.mails.of_person(ANN)]
    assert told == [MailKind.OBJECTION]


def test_after_a_decision_somebody_can_object_again(asking: Asking) -> None:
    token = asking.own_page()
    first = asking.subject.ask("object", token, {}).json["request"]["request_id"]
    asking.services.subject_requests.decide(
        first,
        Decided(SubjectRequestState.DISMISSED, EDITOR, NOON, "a reason"),
        entry(ANN, "test:request:decide"),
        lifts=asking.world.register.facts([ANN]).restrictions[0],
    )
    asking.world.at = NOON + timedelta(days=1)
    again = asking.subject.ask("object", token, {}).json["request"]["request_id"]
    assert again != first
    freezes = asking.world.register.facts([ANN]).restrictions
    assert [f.period.contains(asking.world.at) for f in freezes].count(True) == 1


# -- asking ------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["export", "erasure"])
def test_r07_a_request_has_its_clock_of_a_month(asking: Asking, kind: str) -> None:
    token = asking.own_page()
    made = asking.subject.ask("ask", token, {"kind": kind}).json["request"]
    assert made["kind"]["id"] == kind
    [there] = asking.services.subject_requests.of_person(ANN)
    assert (there.asked_at, there.due_at) == (NOON, due_at(NOON))
    [mail] = asking.world.mails.of_person(ANN)
    assert (mail.kind, dict(mail.about)) == (
        MailKind.REQUEST_RECEIVED,
        {"request_id": there.request_id},
    )
    assert asking.world.register.facts([ANN]).restrictions == ()
    again = asking.subject.ask("ask", token, {"kind": kind}).json["request"]
    assert again == made


def test_r10_a_restriction_freezes_at_once_until_it_is_decided(asking: Asking) -> None:
    token = asking.own_page()
    asking.world.at = NOON + timedelta(hours=1)
    body = {"kind": "restriction", "details": "Kom me\nniet na."}
    made = asking.subject.ask("ask", token, body)
    assert made.status == 201
    [freeze] = asking.world.register.facts([ANN]).restrictions
    assert (freeze.kind, freeze.subject_id) == (RestrictionKind.RESTRICTED, ANN)
    assert (freeze.period.start, freeze.period.end) == (asking.world.at, None)
    page = asking.subject.page(token).json
    assert "own_pictures_frozen" in [note["id"] for note in page["notes"]]
    again = asking.subject.ask("ask", token, {"kind": "restriction"})
    assert again.json == made.json
    assert len(asking.world.register.facts([ANN]).restrictions) == 1
    [there] = asking.services.subject_requests.requests.values()
    # In as many lines as somebody likes; kept in one.
    assert there.details == "Kom me niet na."
    assert there.identity is Identity.LINK
    assert "niet na" not in made.text


def test_r10_somebody_says_that_they_are_not_in_a_picture() -> None:
    asking = Asking(released())
    token = asking.own_page()
    body = {"kind": "rectification", "asset_id": PICTURE}
    made = asking.subject.ask("ask", token, body)
    assert made.status == 201
    assert made.json["request"]["asset_id"] == PICTURE
    assert asking.subject.ask("ask", token, body).json == made.json
    # With a word about it, it is another one.
    more = asking.subject.ask("ask", token, {**body, "details": "Mijn zus."}).json
    assert more["request"]["request_id"] != made.json["request"]["request_id"]
    assert asking.world.register.facts([ANN]).restrictions == ()


def test_somebody_doubts_no_picture_that_they_are_not_said_to_be_in() -> None:
    asking = Asking(released())
    asking.world.know(BOB)
    token = asking.own_page(BOB)
    there, nowhere = (
        asking.subject.ask("ask", token, {"kind": "rectification", "asset_id": each})
        for each in (PICTURE, new_id())
    )
    assert (there.status, there.text) == (404, nowhere.text)
    assert asking.services.subject_requests.requests == {}


@pytest.mark.parametrize(
    "body",
    [
        {"kind": "rectification"},
        {"kind": "export", "asset_id": PICTURE},
        {"kind": "rectification", "details": " \n "},
        {"kind": "restriction", "details": "x" * 2001},
        {"kind": "restriction", "details": "\u202eEve"},
    ],
)
def test_what_makes_no_sense_is_asked_of_nobody(
    asking: Asking, body: dict[str, str]
) -> None:
    assert asking.subject.ask("ask", asking.own_page(), body).status == 422
    assert asking.services.subject_requests.requests == {}


def test_a_link_that_leaked_fills_no_desk(asking: Asking) -> None:
    token, most = asking.own_page(), MOST_CORRECTIONS
    for n in range(most):
        asking.world.at += timedelta(minutes=1)
        body = {"kind": "rectification", "details": f"Wrong, {n}."}
        assert asking.subject.ask("ask", token, body).status == 201
    refused = asking.subject.ask("ask", token, {**body, "details": "One more."})
    assert (refused.status, refused.json["code"]) == (429, "too_many_requests")
    assert refused.headers["Retry-After"] == "86400"
    assert asking.subject.ask("ask", token, body).status == 201
    assert len(asking.services.subject_requests.requests) == most


def test_r07_the_page_says_when_an_answer_takes_longer_and_a_freeze_ends(
    asking: Asking,
) -> None:
    token = asking.own_page()
    asking.subject.ask("ask", token, {"kind": "restriction"})
    [there] = asking.services.subject_requests.requests.values()
    longer = Extension(1, "They said so.", EDITOR, NOON)
    ends = Lifting(NOON + timedelta(days=4), "It was settled.", EDITOR, NOON)
    changed = replace(extended(there, longer), lifting=ends)
    asking.services.subject_requests.requests[there.request_id] = changed
    told = asking.subject.page(token)
    [request] = told.json["requests"]
    assert (request["last_day"], request["extended"]) == ("2026-08-01", True)
    assert request["lifts_from"] == "2026-06-05T12:00:00Z"
    assert EDITOR not in told.text


def test_nobody_objects_by_another_name(asking: Asking) -> None:
    refused = asking.subject.ask("ask", asking.own_page(), {"kind": "objection"})
    assert refused.status == 422


def test_of_two_who_ask_at_once_one_request_is_made(
    asking: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = asking.own_page()
    requests = asking.services.subject_requests
    create = requests.create

    def first_somebody_else(*given: Any, **named: Any) -> bool:
        monkeypatch.setattr(requests, "create", create)
        asking.subject.ask("ask", token, {"kind": "export"})
        return create(*given, **named)

    monkeypatch.setattr(requests, "create", first_somebody_else)
    made = asking.subject.ask("ask", token, {"kind": "export"})
    assert made.status == 201
    [there] = requests.of_person(ANN)
    assert made.json["request"]["request_id"] == there.request_id
    assert len(asking.world.mails.of_person(ANN)) == 1


# -- the copy ----------------------------------------------------------------------------


def kept(asking: Asking, quitclaim_id: str, pdf: bytes = b"%PDF-1.7 Ann") -> str:
    """The copy was made."""
    services, sha256 = asking.services, hashlib.sha256(pdf).hexdigest()
    services.documents.keep(quitclaim_id, services.names.proof.seal(ANN, pdf))
    services.signatures.note_document(ANN, quitclaim_id, sha256)
    return sha256


def test_the_copy_can_be_read_once_it_was_made(asking: Asking) -> None:
    order = {"quitclaim_id": asking.sign()}
    token = asking.own_page()
    assert not asking.subject.page(token).json["consents"][0]["document"]
    assert asking.subject.ask("document", token, order).status == 404
    sha256 = kept(asking, order["quitclaim_id"])
    assert asking.subject.page(token).json["consents"][0]["document"]
    told = asking.subject.ask("document", token, order).json
    assert base64.b64decode(told["content"]) == b"%PDF-1.7 Ann"
    assert (told["media_type"], told["sha256"]) == ("application/pdf", sha256)
    assert asking.tags()[-1] == "api:document:read"


def test_the_scan_of_a_form_is_told_as_what_it_is(asking: Asking) -> None:
    order = {"quitclaim_id": asking.sign()}
    kept(asking, order["quitclaim_id"], b"\xff\xd8\xff\xe0 Ann")
    told = asking.subject.ask("document", asking.own_page(), order).json
    assert told["media_type"] == "image/jpeg"


def test_somebody_elses_copy_is_not_there(asking: Asking) -> None:
    asking.world.know(BOB)
    order = {"quitclaim_id": asking.sign()}
    kept(asking, order["quitclaim_id"])
    token = asking.own_page(BOB)
    told = asking.subject.ask("document", token, order)
    unknown = asking.subject.ask("document", token, {"quitclaim_id": new_id()})
    assert (told.status, told.text) == (404, unknown.text)


def test_a_copy_that_is_not_the_one_that_was_made_is_shown_to_nobody(
    asking: Asking,
) -> None:
    order = {"quitclaim_id": asking.sign()}
    kept(asking, order["quitclaim_id"])
    forged = asking.services.names.seal(ANN, b"%PDF-1.7 Eve")
    asking.services.documents.kept[order["quitclaim_id"]] = forged
    told = asking.subject.ask("document", asking.own_page(), order)
    assert (told.status, told.json["code"]) == (500, "internal")


# -- the pictures ------------------------------------------------------------------------


def given(asking: Asking, each: Disclosure) -> None:
    """Put a copy on record."""
    assert asking.services.disclosures.record(each, entry(each.disclosure_id))


def picture_of_ann(asking: Asking) -> dict[str, Any]:
    """The one picture on Ann's page."""
    told = asking.subject.page(asking.own_page(), language="en")
    assert EDITOR not in told.text
    [picture] = told.json["pictures"]
    found: dict[str, Any] = picture
    return found


def test_r12_somebody_sees_their_pictures_and_who_received_each() -> None:
    asking = Asking(released())
    given(asking, copy(at=NOON - timedelta(days=2)))
    given(asking, copy(None, BOB, kind=DisclosureKind.SHARE, at=NOON - timedelta(days=1)))
    picture = picture_of_ann(asking)
    assert picture["url"] == f"https://renditions.invalid/{PICTURE}/thumb?60"
    shown = [
        (use["recipient"]["id"], use["channel"] and use["channel"]["id"], use["recall"])
        for use in picture["used"]
    ]
    # The last one first; nobody is named.
    assert shown == [("by_share", None, None), ("by_download", "website", None)]
    assert picture["more_used"] == 0


def test_r12_somebody_sees_what_was_called_back_and_what_is_gone() -> None:
    asking = Asking(released())
    given(asking, copy())
    recalls, at = asking.services.recalls, asking.world.at
    [recall] = called_back_for_erasure(new_id(), [copy()], None, (), at)
    assert recalls.open(recall, asking_mail(recall, at), entry("recall"))
    assert picture_of_ann(asking)["used"][0]["recall"]["id"] == "recall_open"
    said_by = Acknowledger("api:recall:acknowledge", EDITOR, EDITOR)
    acknowledge(recalls, recall, said_by, at)
    assert picture_of_ann(asking)["used"][0]["recall"]["id"] == "recall_removed"


def test_r12_a_copy_in_which_they_are_covered_went_out_without_them() -> None:
    asking = Asking(released())
    given(asking, copy(masked=frozenset({face_id(0)})))
    assert picture_of_ann(asking)["used"] == []


def test_what_somebody_received_themselves_went_to_nobody_else() -> None:
    asking = Asking(released())
    given(asking, copy(None, ANN, kind=DisclosureKind.EXPORT))
    assert picture_of_ann(asking)["used"] == []


def test_the_last_copies_are_shown_and_the_others_counted() -> None:
    asking = Asking(released())
    for n in range(52):
        given(asking, copy(at=NOON - timedelta(minutes=n)))
    picture = picture_of_ann(asking)
    assert (len(picture["used"]), picture["more_used"]) == (50, 2)
    assert picture["used"][0]["at"] == NOON.isoformat().replace("+00:00", "Z")


def test_a_picture_of_others_is_shown_to_nobody_else() -> None:
    asking = Asking(released())
    asking.world.know(BOB)
    assert asking.subject.page(asking.own_page(BOB)).json["pictures"] == []


def test_only_what_a_person_may_read_is_in_the_body_of_a_problem(asking: Asking) -> None:
    """What was typed is not said back: it could be somebody's."""
    said = answer(name="\u202eEve", email="not an address")
    refused = asking.subject.ask("sign", asking.to_sign(), said)
    assert refused.status == 422
    assert "Eve" not in refused.text
    assert "not an address" not in refused.text


def test_a_request_of_before_is_told_with_how_it_was_decided(asking: Asking) -> None:
    made = SubjectRequest(new_id(), ANN, SubjectRequestKind.EXPORT, NOON, due_at(NOON))
    asking.services.subject_requests.create(made, entry(ANN, "test:request:add"), None)
    asking.services.subject_requests.decide(
        made.request_id,
        Decided(SubjectRequestState.UPHELD, EDITOR, NOON, None),
        entry(ANN, "test:request:decide"),
    )
    told = asking.subject.page(asking.own_page(), language="en")
    [request] = told.json["requests"]
    assert request["state"]["id"] == "upheld"
    assert EDITOR not in told.text
