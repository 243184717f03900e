"""What waits for a second person, through the API (R22)."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from beeldrecht.adapters.errors import StaleRevisionError
from beeldrecht.domain.access import Operation, Role, User
from beeldrecht.domain.four_eyes import OPEN_FOR, FourEyes, ProposalStatus
from beeldrecht.domain.ids import derived_id, new_id
from beeldrecht.domain.people import Appearance, AppearanceStatus, SuggestionBand
from beeldrecht.domain.permits import RecognitionMode
from tests.fakes.http import Answer
from tests.fakes.samples import ANN, ASSESSMENT, PICTURE, face_id
from tests.fakes.scenes import examined
from tests.fakes.staff import Staff, as_

HOUR = timedelta(hours=1)
FACE = face_id(0)
PATH = f"/v1/assets/{PICTURE}/faces/{FACE}/people/{ANN}"
YES = {"answer": "confirm"}


def named(name: str, *roles: Role) -> User:
    return as_(*roles, user_id=derived_id("test", "user", name))


FIRST, SECOND, THIRD = (
    named(name, Role.EDITOR, Role.RECOGNISER) for name in ("first", "second", "third")
)
BLIND = named("blind", Role.EDITOR)
OFFICER, OTHER_OFFICER = (named(n, Role.PRIVACY_OFFICER) for n in ("dpo", "deputy"))
ADMINISTRATOR, VIEWER = as_(Role.ADMINISTRATOR), as_(Role.VIEWER)
OTHERS = [BLIND, OFFICER, ADMINISTRATOR, VIEWER, as_(Role.RECOGNISER), as_()]


@pytest.fixture
def staff() -> Staff:
    """Software thinks that the one face in a picture is Ann."""
    world = examined()
    world.recognise(RecognitionMode.CLOSED_SESSION)
    suggestion = Appearance(
        PICTURE, FACE, ANN, AppearanceStatus.SUGGESTED, band=SuggestionBand.LIKELY
    )
    world.library.suggest([suggestion])
    world.clearance.started.clear()
    return Staff(world)


def said(staff: Staff, who: User = FIRST, answer: str = "confirm") -> Answer:
    seen = staff.get(f"/v1/assets/{PICTURE}", who)
    headers = {"If-Match": seen.headers.get("ETag", "")}
    return staff.put(PATH, who, {"answer": answer}, headers=headers)


def listed(staff: Staff, who: User = SECOND) -> list[Any]:
    items: list[Any] = staff.get("/v1/proposals", who).json["items"]
    return items


def settle(staff: Staff, made: Answer, who: User, how: str = "approve") -> Answer:
    return staff.post(f"/v1/proposals/{made.json['proposal_id']}/{how}", who)


def status(staff: Staff) -> AppearanceStatus:
    (appearance,) = staff.world.appearances()
    return appearance.status


def tags(staff: Staff, proposal_id: str) -> list[tuple[str, str]]:
    entries = staff.world.audit.entries(proposal_id)
    return [(each.tag, each.actor) for each in entries]


# -- a suggestion -----------------------------------------------------------------------


def test_r22_a_suggestion_is_confirmed_by_two_people(staff: Staff) -> None:
    made = said(staff)
    assert made.status == 202
    assert status(staff) is AppearanceStatus.SUGGESTED
    assert staff.world.clearance.started == []
    (waiting,) = listed(staff)
    assert waiting | {"words": "", "status_words": ""} == {
        "proposal_id": made.json["proposal_id"],
        "operation": "suggestion:confirm",
        "words": "",
        "what": {"asset_id": PICTURE, "face_id": FACE, "person_id": ANN},
        "proposed_by": FIRST.user_id,
        "proposed_at": waiting["proposed_at"],
        "expires_at": made.json["expires_at"],
        "status": "open",
        "status_words": "",
        "settled_by": None,
        "settled_at": None,
        "done_at": None,
        "answers": ["approve", "reject"],
    }
    agreed = settle(staff, made, SECOND)
    assert agreed.status == 200
    assert (agreed.json["status"], agreed.json["answers"]) == ("approved", [])
    assert agreed.json["settled_by"] == SECOND.user_id
    assert agreed.json["done_at"] is not None
    assert status(staff) is AppearanceStatus.CONFIRMED
    assert staff.world.clearance.started == [PICTURE]
    assert listed(staff) == []
    assert tags(staff, made.json["proposal_id"]) == [
        ("api:proposal:propose", FIRST.user_id),
        ("api:proposal:approve", SECOND.user_id),
    ]


def test_doing_the_same_is_agreeing(staff: Staff) -> None:
    made = said(staff)
    assert said(staff).json == made.json, "the same person's second wish is their first"
    second = said(staff, SECOND)
    assert second.status == 200
    assert status(staff) is AppearanceStatus.CONFIRMED
    assert [tag for tag, _ in tags(staff, made.json["proposal_id"])] == [
        "api:proposal:propose",
        "api:proposal:approve",
    ]


def test_nobody_is_both_people(staff: Staff) -> None:
    made = said(staff)
    (mine,) = listed(staff, FIRST)
    assert mine["answers"] == ["reject"]
    refused = settle(staff, made, FIRST)
    assert (refused.status, refused.json["reason"]) == (409, "own_proposal")
    assert refused.json["detail"].startswith("This was your own proposal.")
    assert status(staff) is AppearanceStatus.SUGGESTED


def test_rejecting_a_suggestion_waits_for_nobody(staff: Staff) -> None:
    assert said(staff, answer="reject").status == 200
    assert status(staff) is AppearanceStatus.REJECTED


@pytest.mark.parametrize("who", OTHERS)
def test_who_could_not_do_it_alone_neither_sees_nor_settles_it(
    staff: Staff, who: User
) -> None:
    made = said(staff)
    absent = staff.post(f"/v1/proposals/{new_id()}/approve", SECOND)
    assert absent.status == 404
    for how in ("approve", "reject"):
        refused = settle(staff, made, who, how)
        assert (refused.status, refused.text) == (404, absent.text)
        assert refused.headers == absent.headers
    seen = staff.get("/v1/proposals", who)
    assert seen.status == 403 or seen.json["items"] == []
    assert status(staff) is AppearanceStatus.SUGGESTED


def test_a_proposal_about_a_picture_in_a_collection_is_for_its_members(
    staff: Staff,
) -> None:
    order = {"title": "Ours", "restricted": True}
    headers = {"Idempotency-Key": new_id()}
    ours = staff.post("/v1/collections", FIRST, order, headers=headers)
    path = f"/v1/collections/{ours.json['collection_id']}"
    seen = staff.get(f"/v1/assets/{PICTURE}", FIRST)
    moved = {"If-Match": seen.headers["ETag"]}
    assert staff.put(f"{path}/assets/{PICTURE}", FIRST, headers=moved).status == 200
    made = said(staff)
    assert listed(staff, SECOND) == []
    assert settle(staff, made, SECOND).status == 404
    joins = {"If-Match": ours.headers["ETag"]}
    for role, answer in (("viewer", 404), ("editor", 200)):
        member = f"{path}/members/{SECOND.user_id}"
        put = staff.put(member, FIRST, {"role": role}, headers=joins)
        joins = {"If-Match": put.headers["ETag"]}
        assert settle(staff, made, SECOND).status == answer


def test_turned_down_it_is_over_and_can_be_wished_anew(staff: Staff) -> None:
    made = said(staff)
    turned = settle(staff, made, SECOND, "reject")
    assert (turned.status, turned.json["status"]) == (200, "rejected")
    assert settle(staff, made, SECOND, "reject").json == turned.json
    late = settle(staff, made, THIRD)
    assert (late.status, late.json["reason"]) == (409, "proposal_settled")
    assert status(staff) is AppearanceStatus.SUGGESTED
    staff.world.at += HOUR
    assert said(staff, THIRD).status == 202
    assert settle(staff, made, SECOND).status == 200


def test_whoever_proposed_takes_it_back(staff: Staff) -> None:
    made = said(staff)
    assert settle(staff, made, FIRST, "reject").json["status"] == "rejected"
    assert listed(staff) == []


def test_a_lapsed_proposal_is_settled_by_nobody_and_makes_room(staff: Staff) -> None:
    made = said(staff)
    staff.world.at += OPEN_FOR
    late = settle(staff, made, SECOND)
    assert (late.status, late.json["reason"]) == (409, "proposal_lapsed")
    assert listed(staff) == []
    anew = said(staff, SECOND)
    assert (anew.status, anew.json["proposed_by"]) == (202, SECOND.user_id)
    assert settle(staff, anew, FIRST).status == 200


def test_approving_twice_does_it_once(staff: Staff) -> None:
    made = said(staff)
    first = settle(staff, made, SECOND)
    staff.world.at += HOUR
    assert settle(staff, made, SECOND).json == first.json
    assert settle(staff, made, THIRD).json["reason"] == "proposal_settled"
    assert len(tags(staff, made.json["proposal_id"])) == 2


def test_an_agreement_that_was_cut_short_is_finished_by_who_gave_it(
    staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = said(staff)

    def cut_short(*_: Any, **__: Any) -> None:
        raise TimeoutError

    with monkeypatch.context() as patch:
        patch.setattr(staff.world.library, "settle", cut_short)
        assert settle(staff, made, SECOND).status == 500
    assert status(staff) is AppearanceStatus.SUGGESTED
    proposal_id = made.json["proposal_id"]
    stored = staff.services.proposals.proposals[proposal_id]
    assert (stored.status, stored.done_at) == (ProposalStatus.APPROVED, None)
    assert settle(staff, made, THIRD).json["reason"] == "proposal_settled"
    assert settle(staff, made, SECOND).json["done_at"] is not None
    assert status(staff) is AppearanceStatus.CONFIRMED
    assert len(tags(staff, proposal_id)) == 2


def test_what_somebody_has_denied_meanwhile_is_not_confirmed(staff: Staff) -> None:
    made = said(staff)
    assert said(staff, THIRD, "reject").status == 200
    refused = settle(staff, made, SECOND)
    assert (refused.status, refused.json["code"]) == (409, "conflict")
    assert status(staff) is AppearanceStatus.REJECTED


def test_a_proposal_about_what_is_gone_is_nobodys(staff: Staff) -> None:
    made = said(staff)
    staff.world.library.forget(PICTURE)
    assert listed(staff) == []
    assert settle(staff, made, SECOND).status == 404


def test_of_two_who_agree_at_once_one_is_told(
    staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = said(staff)

    def lost_the_race(*_: Any) -> None:
        raise StaleRevisionError(made.json["proposal_id"])

    monkeypatch.setattr(staff.services.proposals, "settle", lost_the_race)
    answer = settle(staff, made, SECOND)
    assert (answer.status, answer.json["code"]) == (412, "changed_meanwhile")
    assert said(staff, SECOND).status == 412
    assert status(staff) is AppearanceStatus.SUGGESTED


def test_where_the_deployment_says_never_one_person_is_enough(staff: Staff) -> None:
    staff.services.four_eyes = FourEyes.NEVER
    assert said(staff).status == 200
    assert status(staff) is AppearanceStatus.CONFIRMED
    assert staff.services.proposals.proposals == {}


# -- switching recognition --------------------------------------------------------------


def switch(staff: Staff, who: User, mode: str, *, fresh: bool = True) -> Answer:
    revision = staff.world.library.recognition().revision
    headers = {"If-Match": f'"{revision}"'}
    order: dict[str, Any] = {"mode": mode}
    if mode in {"closed_session", "enrolled"}:
        order["assessment_id"] = ASSESSMENT.assessment_id
    return staff.put("/v1/recognition", who, order, headers=headers, fresh=fresh)


def test_r22_recognition_is_switched_on_by_two_people_and_off_by_one(
    staff: Staff,
) -> None:
    off = switch(staff, OFFICER, "detect")
    assert (off.status, off.json["mode"]) == (200, "detect")
    made = switch(staff, OFFICER, "enrolled")
    assert made.status == 202
    assert staff.world.library.recognition().mode is RecognitionMode.DETECT
    assert settle(staff, made, OFFICER).json["reason"] == "own_proposal"
    for who in (FIRST, ADMINISTRATOR, VIEWER):
        assert settle(staff, made, who).status == 404
    assert settle(staff, made, OTHER_OFFICER).status == 200
    setting = staff.world.library.recognition()
    assert setting.mode is RecognitionMode.ENROLLED
    assert setting.switched_by == OTHER_OFFICER.user_id


def test_recognition_that_was_switched_back_is_not_switched_on_by_agreeing_again(
    staff: Staff,
) -> None:
    made = switch(staff, OFFICER, "enrolled")
    assert settle(staff, made, OTHER_OFFICER).status == 200
    assert switch(staff, OFFICER, "off").status == 200
    again = settle(staff, made, OTHER_OFFICER)
    assert (again.status, again.json["status"]) == (200, "approved")
    assert staff.world.library.recognition().mode is RecognitionMode.OFF


def test_who_agrees_to_a_switch_has_just_signed_in_and_who_declines_need_not(
    staff: Staff,
) -> None:
    made = switch(staff, OFFICER, "enrolled")
    stale = replace(OTHER_OFFICER, signed_in_at=staff.world.at - HOUR)
    path = f"/v1/proposals/{made.json['proposal_id']}"
    refused = staff.post(f"{path}/approve", stale, fresh=False)
    assert (refused.status, refused.json["code"]) == (403, "sign_in_again")
    assert staff.get("/v1/proposals", stale, fresh=False).json["items"] != []
    assert staff.post(f"{path}/reject", stale, fresh=False).status == 200


def test_what_waits_is_listed_to_whom_it_concerns_a_page_at_a_time(staff: Staff) -> None:
    said(staff)
    staff.world.at += HOUR
    switch(staff, OFFICER, "enrolled")
    told = {
        who: [each["operation"] for each in listed(staff, who)]
        for who in (SECOND, OTHER_OFFICER)
    }
    assert told == {
        SECOND: [Operation.SUGGESTION_CONFIRM],
        OTHER_OFFICER: [Operation.RECOGNITION_SWITCH],
    }
    first = staff.get("/v1/proposals", OTHER_OFFICER, query={"limit": "1"}).json
    assert first["items"] == []
    query = {"limit": "1", "cursor": first["cursor"]}
    rest = staff.get("/v1/proposals", OTHER_OFFICER, query=query).json
    assert (len(rest["items"]), rest["cursor"]) == (1, None)
    odd = staff.get("/v1/proposals", SECOND, query={"cursor": "!"})
    assert odd.json["code"] == "cursor_unknown"
