"""Legal bases through the API (R3): recorded by a person, ended, never changed."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from beeldrecht.domain.access import Role, User
from beeldrecht.domain.batch_bases import BatchBasis
from beeldrecht.domain.channels import Channel
from beeldrecht.domain.collections import Collection
from beeldrecht.domain.consent import Withdrawal
from beeldrecht.domain.governance import digest
from beeldrecht.domain.ids import new_id
from beeldrecht.domain.legal_bases import LegalBasisKind
from beeldrecht.domain.sessions import Session
from tests.fakes import registers
from tests.fakes.asked import BODIES
from tests.fakes.http import Answer
from tests.fakes.registers import DRAFT, SIGNED
from tests.fakes.samples import ANN, BOB, NOON, PICTURE, face_id, grant
from tests.fakes.scenes import examined
from tests.fakes.staff import Staff, as_

EDITS = as_(Role.EDITOR)
OVERSEES = as_(Role.PRIVACY_OFFICER)
OTHERS = [as_(), as_(Role.VIEWER), as_(Role.CONTRIBUTOR), as_(Role.ADMINISTRATOR)]
BODY = BODIES["record_basis"]
PATH = f"/v1/assets/{PICTURE}/bases"


@pytest.fixture
def staff() -> Staff:
    """A picture in which somebody confirmed Ann, who agreed to nothing."""
    world = examined()
    world.answer(face_id(0), ANN)
    world.check()
    world.clearance.started.clear()
    return Staff(world)


def record(
    staff: Staff, user: User | None = EDITS, key: str = "k" * 32, **changed: Any
) -> Answer:
    headers = {"Idempotency-Key": key, "Accept-Language": "en"}
    return staff.post(PATH, user, {**BODY, **changed}, headers=headers)


def verdict(staff: Staff, channel: str = "website") -> str:
    told = staff.get(f"/v1/assets/{PICTURE}", EDITS).json
    answer: str = told["decision"]["per_channel"][channel]
    return answer


def test_r03_a_basis_is_recorded_for_each_channel_and_decided_on(staff: Staff) -> None:
    assert verdict(staff) != "clear"
    answer = record(staff, channels=["website", "print"])
    assert answer.status == 201
    items = answer.json["items"]
    assert {i["channel"] for i in items} == {"website", "print"}
    assert {(i["kind"], i["in_force"], i["words"]) for i in items} == {
        ("public_task", True, "A public task of the organisation.")
    }
    assert verdict(staff) == verdict(staff, "print") == "clear"
    assert verdict(staff, "social") != "clear"
    assert staff.world.clearance.started == [PICTURE]
    tags = [e.tag for e in staff.world.audit.entries(PICTURE)]
    assert tags.count("api:basis:record") == 2


def test_r20_who_weighed_an_interest_is_noted_and_one_against_it_forbids_the_use(
    staff: Staff,
) -> None:
    record(staff, channels=["website", "print"])
    assert verdict(staff) == verdict(staff, "print") == "clear"
    told = record(
        staff,
        key="x" * 32,
        kind="portrait_refused",
        reference="Shown ill, at a bedside",
    ).json["items"]
    [note] = [each for each in told if each["kind"] == "portrait_refused"]
    assert note["recorded_by"] == EDITS.user_id
    assert note["reference"] == "Shown ill, at a bedside"
    assert (verdict(staff), verdict(staff, "print")) == ("restricted", "clear")
    staff.delete(f"{PATH}/{note['basis_id']}", EDITS)
    assert verdict(staff) == "clear"


def test_r20_relatives_of_who_has_died_decide_for_that_person(staff: Staff) -> None:
    agreed: dict[str, Any] = {
        "kind": "relatives_agreed",
        "reference": "Letter of her daughter",
        "person_id": ANN,
        "died_on": (NOON - timedelta(days=400)).date().isoformat(),
    }
    stranger = record(staff, **{**agreed, "person_id": BOB})
    assert stranger.json["reason"] == "deceased_not_portrayed"
    assert verdict(staff) != "clear"
    [told] = record(staff, key="x" * 32, **agreed).json["items"]
    assert (told["person_id"], told["died_on"]) == (ANN, agreed["died_on"])
    assert told["ends_at"] is not None
    assert verdict(staff) == "clear"
    against = {**agreed, "kind": "relatives_refused"}
    record(staff, key="y" * 32, **against)
    assert verdict(staff) == "restricted"
    longer = {**against, "died_on": "1999-12-31"}
    no_more = record(staff, key="z" * 32, **longer)
    assert no_more.json["reason"] == "relatives_decide_no_more"
    assert record(staff, key="n" * 32, died_on="2020-01-01").status == 409


def test_the_same_key_records_it_once(staff: Staff) -> None:
    first = record(staff).json["items"]
    staff.world.at = NOON + timedelta(hours=1)
    again = record(staff).json["items"]
    assert [i["basis_id"] for i in again] == [i["basis_id"] for i in first]
    assert [i["recorded_at"] for i in again] == [i["recorded_at"] for i in first]
    assert record(staff, reference="Other").json["code"] == "idempotency_key_reused"
    assert len(record(staff, key="x" * 32).json["items"]) == 2


def test_r03_a_public_body_rests_nothing_on_an_interest_of_its_own(staff: Staff) -> None:
    interest: dict[str, Any] = {
        "kind": "legitimate_interest",
        "assessment_id": SIGNED,
    }
    registers.furnish(staff)
    answer = record(staff, **interest)
    assert (answer.status, answer.json["reason"]) == (409, "public_body_has_no_interest")
    kinds = staff.get(PATH, EDITS).json["kinds"]
    assert "legitimate_interest" not in kinds
    assert verdict(staff) != "clear"
    staff.services.public_body = False
    assert "legitimate_interest" in staff.get(PATH, EDITS).json["kinds"]
    bare = record(staff, kind="legitimate_interest")
    assert (bare.status, bare.json["reason"]) == (409, "assessment_not_attached")
    unsigned = record(staff, **{**interest, "assessment_id": DRAFT})
    unknown = record(staff, **{**interest, "assessment_id": PICTURE})
    for refused in (unsigned, unknown):
        assert (refused.status, refused.json["reason"]) == (409, "assessment_not_valid")
    [item] = record(staff, **interest).json["items"]
    weighed = staff.world.governance.records[SIGNED]
    assert item["assessment_id"] == SIGNED
    assert item["assessment_sha256"] == digest(weighed.latest)
    assert verdict(staff) == "clear"


def test_r03_an_interest_whose_assessment_is_revoked_carries_nothing_any_more(
    staff: Staff,
) -> None:
    staff.services.public_body = False
    registers.furnish(staff)
    record(staff, kind="legitimate_interest", assessment_id=SIGNED)
    assert verdict(staff) == "clear"
    staff.world.clearance.started.clear()
    path, why = f"/v1/governance/{SIGNED}/revocation", {"reason": "It changed."}
    assert staff.post(path, OVERSEES, why).status == 201
    # Its pictures are decided on anew, so that the lists say so too.
    assert staff.world.clearance.started == [PICTURE]
    assert verdict(staff) != "clear"
    [item] = staff.get(PATH, EDITS).json["items"]
    assert item["in_force"] is False
    assert item["ends_at"] == "2026-06-01T12:00:00Z"


def test_it_carries_nobody_who_took_consent_back_there(staff: Staff) -> None:
    record(staff)
    consent = grant(ANN)
    staff.world.sign(consent)
    staff.world.register.withdraw(
        Withdrawal(new_id(), consent.grant_id, ANN, NOON - timedelta(minutes=1))
    )
    assert verdict(staff) != "clear"


def test_a_basis_lasts_as_long_as_it_says_and_ends_when_somebody_ends_it(
    staff: Staff,
) -> None:
    made = record(staff, last_day="2026-06-30").json["items"]
    assert made[0]["ends_at"].startswith("2026-06-30T22:00:00")
    staff.world.at = NOON + timedelta(days=1)
    for _ in range(2):
        ended = staff.delete(f"{PATH}/{made[0]['basis_id']}", OVERSEES)
        assert ended.status == 200
        assert ended.json["items"][0]["in_force"] is False
        assert "basis:end" not in ended.json["affordances"]
    assert verdict(staff) != "clear"
    tags = [e.tag for e in staff.world.audit.entries(PICTURE)]
    assert tags.count("api:basis:end") == 1
    assert staff.delete(f"{PATH}/{new_id()}", EDITS).status == 404


@pytest.mark.parametrize(
    "changed",
    [
        {"channels": []},
        {"channels": ["website", "website"]},
        {"kind": "consent"},
        {"reference": " "},
        {"reference": "x" * 201},
        {"reference": "Decision\u202e 12"},
        {"last_day": "2026-04-30"},
        {"first_day": "0001-01-01"},
        {"last_day": "9999-12-31"},
        {"assessment_id": "a"},
        {"assessment_sha256": "a" * 64},
    ],
)
def test_what_is_no_basis_is_refused(staff: Staff, changed: dict[str, Any]) -> None:
    answer = record(staff, **changed)
    assert (answer.status, answer.json["code"]) == (422, "invalid_request")
    assert staff.get(PATH, EDITS).json["items"] == []


def test_a_basis_that_is_over_is_not_recorded(staff: Staff) -> None:
    answer = record(staff, last_day="2026-05-02")
    assert (answer.status, answer.json["reason"]) == (409, "basis_period_over")


def test_who_may_do_what_is_offered(staff: Staff) -> None:
    record(staff)
    assert staff.get(PATH, EDITS).json["affordances"] == [
        "basis:end",
        "basis:read",
        "basis:record",
    ]
    assert staff.get(PATH, OVERSEES).json["affordances"] == ["basis:end", "basis:read"]
    offered = staff.get(f"/v1/assets/{PICTURE}", EDITS).json["affordances"]
    assert {"basis:read", "basis:record"} <= set(offered)
    assert record(staff, OVERSEES).status == 404


@pytest.mark.parametrize("user", [None, *OTHERS])
def test_others_cannot_tell_a_picture_from_none(staff: Staff, user: User | None) -> None:
    basis_id = record(staff).json["items"][0]["basis_id"]
    key = {"Idempotency-Key": "z" * 32}
    elsewhere = f"/v1/assets/{new_id()}/bases"
    for method, end in (("GET", ""), ("POST", ""), ("DELETE", f"/{basis_id}")):
        body = BODY if method == "POST" else None
        there = staff.send(method, f"{PATH}{end}", user, body=body, headers=key)
        nowhere = staff.send(method, f"{elsewhere}{end}", user, body=body, headers=key)
        assert (there.status, there.text) == (nowhere.status, nowhere.text)
        assert there.status == (401 if user is None else 404)
    assert len(staff.services.bases.of_asset(PICTURE)) == 1


def test_in_a_restricted_collection_it_is_for_its_members(staff: Staff) -> None:
    closed = Collection(new_id(), "Closed", True, {}, revision=1)
    staff.services.collections.collections[closed.collection_id] = closed
    row = staff.world.library.rows[PICTURE]
    row.record = replace(row.record, collection_ids=frozenset({closed.collection_id}))
    assert record(staff).status == 404
    assert staff.get(PATH, EDITS).status == 404
    assert staff.get(PATH, OVERSEES).status == 200
    assert staff.services.bases.of_asset(PICTURE) == ()


def test_what_a_session_proposes_carries_nothing_until_somebody_records_it(
    staff: Staff,
) -> None:
    proposed = BatchBasis(
        LegalBasisKind.PUBLIC_TASK, frozenset({Channel.WEBSITE, Channel.PRINT}), "Wet 3"
    )
    session = Session(new_id(), NOON.date(), basis=proposed)
    staff.services.sessions.sessions[session.session_id] = session
    assert staff.get(PATH, EDITS).json["proposed"] is None
    row = staff.world.library.rows[PICTURE]
    announced = replace(row.record.announcement, session_id=session.session_id)
    row.record = replace(row.record, announcement=announced)
    told = staff.get(PATH, EDITS).json["proposed"]
    assert told == {
        "kind": "public_task",
        "channels": ["print", "website"],
        "reference": "Wet 3",
        "assessment_id": None,
    }
    assert verdict(staff) != "clear"
    days = {"first_day": BODY["first_day"], "last_day": None}
    only = record(staff, **{**told, **days, "channels": ["website"]})
    assert verdict(staff) == "clear" != verdict(staff, "print")
    assert only.json["proposed"]["channels"] == ["print"]
    # What somebody ended is not proposed again.
    [basis] = only.json["items"]
    ended = staff.delete(f"{PATH}/{basis['basis_id']}", EDITS)
    assert ended.json["proposed"]["channels"] == ["print"]
    rest = record(staff, key="r" * 32, **{**ended.json["proposed"], **days})
    assert rest.json["proposed"] is None
