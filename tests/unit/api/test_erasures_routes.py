"""R11 at the officer's desk: the plan, the confirmation, and how far it is."""

from dataclasses import replace
from datetime import timedelta

import pytest

from beeldrecht.domain.access import Role, User
from beeldrecht.domain.erasure import (
    Erasure,
    ErasureState,
    PictureOutcome,
    Plan,
    PlannedPicture,
    Receipt,
    person_erasure,
)
from beeldrecht.domain.erasure_texts import TextPlace, planned_text
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.named import covered, digest
from beeldrecht.domain.stores import Erasing, Store
from tests.fakes.samples import ANN, EDITOR, NOON, PICTURE
from tests.fakes.scenes import released
from tests.fakes.staff import Staff, as_

OFFICER = as_(Role.PRIVACY_OFFICER)
OTHERS = [as_(r) for r in Role if r is not Role.PRIVACY_OFFICER]
PATH = "/v1/erasures"
OWN, SHARED = sorted((derived_id("own"), derived_id("shared")))


@pytest.fixture
def staff() -> Staff:
    return Staff()


def planned(staff: Staff, name: str = "asks") -> Erasure:
    """An erasure that waits for its officer, and the workflow that waits with it."""
    erasure = person_erasure(derived_id("test", name), ANN, EDITOR, NOON)
    pictures = (
        PlannedPicture(OWN, PictureOutcome.DELETE, (derived_id("face"),), 0, False),
        PlannedPicture(SHARED, PictureOutcome.MASK, (derived_id("other"),), 3, True),
    )
    plan = Plan({"store_consent/contact": 1}, pictures, True, NOON)
    erasure = replace(erasure, state=ErasureState.PLANNED)
    staff.services.erasures.put(erasure, plan)
    staff.services.erasures.keep_task(erasure.erasure_id, "a token")
    staff.services.tasks.waiting.add("a token")
    return erasure


def test_the_officer_sees_the_plan_with_its_pictures(staff: Staff) -> None:
    erasure = planned(staff)
    told = staff.get(f"{PATH}/{erasure.erasure_id}", OFFICER).json
    assert (told["state"], told["person_id"]) == ("erasure_planned", ANN)
    assert told["found"] == {"store_consent/contact": 1}
    assert told["keep_proof"] is True
    assert [(p["asset_id"], p["outcome"], p["others"]) for p in told["pictures"]] == [
        (OWN, "erasure_delete", 0),
        (SHARED, "erasure_mask", 3),
    ]
    assert "erasure:confirm" in told["affordances"]


def test_pictures_come_page_by_page(staff: Staff) -> None:
    erasure = planned(staff)
    first = staff.get(f"{PATH}/{erasure.erasure_id}", OFFICER, query={"limit": "1"}).json
    assert [p["asset_id"] for p in first["pictures"]] == [OWN]
    cursor = first["cursor"]
    second = staff.get(
        f"{PATH}/{erasure.erasure_id}", OFFICER, query={"limit": "1", "cursor": cursor}
    ).json
    assert [p["asset_id"] for p in second["pictures"]] == [SHARED]
    assert second["cursor"] is None


@pytest.mark.parametrize("user", [*OTHERS, None])
def test_nobody_else_sees_or_does_anything(user: User | None, staff: Staff) -> None:
    erasure = planned(staff)
    path = f"{PATH}/{erasure.erasure_id}"
    assert staff.get(PATH, user).status in {401, 403}
    for answer in (
        staff.get(path, user),
        staff.send("PUT", f"{path}/plan", user, body={"keep_proof": False}),
        staff.send("POST", f"{path}/confirmation", user),
        staff.send("DELETE", path, user),
    ):
        assert answer.status in {401, 403, 404}
    assert staff.services.erasures.get(erasure.erasure_id) == erasure


def test_the_plan_is_changed_by_picture_and_the_rest_stands(staff: Staff) -> None:
    erasure = planned(staff)
    wish = {"pictures": [{"asset_id": SHARED, "outcome": "erasure_delete"}]}
    told = staff.send("PUT", f"{PATH}/{erasure.erasure_id}/plan", OFFICER, body=wish)
    assert told.status == 200
    assert [p["outcome"] for p in told.json["pictures"]] == ["erasure_delete"] * 2
    assert told.json["keep_proof"] is True


@pytest.mark.parametrize(
    ("asset_id", "reason"),
    [("0" * 32, "erasure_unknown_picture")],
)
def test_a_plan_names_no_picture_that_it_has_not(
    asset_id: str, reason: str, staff: Staff
) -> None:
    erasure = planned(staff)
    wish = {"pictures": [{"asset_id": asset_id, "outcome": "erasure_mask"}]}
    told = staff.send("PUT", f"{PATH}/{erasure.erasure_id}/plan", OFFICER, body=wish)
    assert (told.status, told.json["reason"]) == (409, reason)


def test_confirming_is_recorded_and_wakes_who_waits(staff: Staff) -> None:
    erasure = planned(staff)
    path = f"{PATH}/{erasure.erasure_id}/confirmation"
    told = staff.send("POST", path, OFFICER)
    assert (told.status, told.json["state"]) == (201, "erasure_confirmed")
    assert told.json["confirmed_by"] == OFFICER.user_id
    assert staff.services.tasks.answered == {"a token": "confirmed"}
    # The same again: a wake-up that was lost is given once more.
    staff.services.tasks.answered.clear()
    staff.services.tasks.waiting.add("a token")
    assert staff.send("POST", path, OFFICER).status == 201
    assert staff.services.tasks.answered == {"a token": "confirmed"}


def test_confirming_takes_a_fresh_sign_in(staff: Staff) -> None:
    erasure = planned(staff)
    long_ago = replace(OFFICER, signed_in_at=NOON - timedelta(hours=2))
    told = staff.send(
        "POST", f"{PATH}/{erasure.erasure_id}/confirmation", long_ago, fresh=False
    )
    assert told.status == 403
    assert not staff.services.tasks.answered


def test_what_is_confirmed_is_beyond_planning_and_stopping(staff: Staff) -> None:
    erasure = planned(staff)
    path = f"{PATH}/{erasure.erasure_id}"
    staff.send("POST", f"{path}/confirmation", OFFICER)
    for method, where, body, reason in (
        ("PUT", f"{path}/plan", {"keep_proof": False}, "erasure_not_planned"),
        ("DELETE", path, None, "erasure_beyond_stopping"),
    ):
        told = staff.send(method, where, OFFICER, body=body)
        assert (told.status, told.json["reason"]) == (409, reason)


def test_cancelled_it_stays_so(staff: Staff) -> None:
    erasure = planned(staff)
    path = f"{PATH}/{erasure.erasure_id}"
    for _ in range(2):
        told = staff.send("DELETE", path, OFFICER)
        assert (told.status, told.json["state"]) == (200, "erasure_cancelled")
    assert staff.services.tasks.answered == {"a token": "cancelled"}
    told = staff.send("POST", f"{path}/confirmation", OFFICER)
    assert (told.status, told.json["reason"]) == (409, "erasure_not_planned")


def test_the_receipts_are_told_with_words(staff: Staff) -> None:
    erasure = planned(staff)
    receipt = Receipt(Store.CONSENT, "contact", 1, 1, 0, Erasing.DELETED)
    staff.services.erasures.put_receipts(erasure.erasure_id, [receipt])
    [told] = staff.get(f"{PATH}/{erasure.erasure_id}", OFFICER).json["receipts"]
    assert (told["store"], told["found"], told["removed"]) == ("store_consent", 1, 1)
    assert told["store_words"]
    assert told["why_words"]


def test_lists_by_state(staff: Staff) -> None:
    first, second = planned(staff, "one"), planned(staff, "two")
    staff.send("DELETE", f"{PATH}/{first.erasure_id}", OFFICER)
    shown = staff.get(PATH, OFFICER, query={"state": "erasure_planned"}).json["items"]
    assert [each["erasure_id"] for each in shown] == [second.erasure_id]
    assert len(staff.get(PATH, OFFICER).json["items"]) == 2


def test_a_picture_is_erased_once() -> None:
    staff, picture = Staff(released()), PICTURE
    path = f"/v1/assets/{picture}/erasure"
    told = staff.send("POST", path, OFFICER)
    assert (told.status, told.json["asset_id"]) == (201, picture)
    assert staff.send("POST", path, OFFICER).json == told.json
    assert len(staff.services.erasures.erasures) == 1


@pytest.mark.parametrize("user", OTHERS)
def test_nobody_else_erases_a_picture(user: User) -> None:
    staff, picture = Staff(released()), PICTURE
    assert staff.send("POST", f"/v1/assets/{picture}/erasure", user).status in {403, 404}
    assert not staff.services.erasures.erasures


TITLE = TextPlace(Store.LIBRARY, "session", "SESSION#1", "META", "title")
SIGNED = TextPlace(Store.LIBRARY, "governance_version", "RECORD#1", "VERSION#1", "title")
OF_PICTURE = TextPlace(Store.LIBRARY, "asset", f"ASSET#{OWN}", "META", "file_name")


def named(staff: Staff, erasure: Erasure) -> dict[TextPlace, str]:
    """Three places where she is named; gives the id of each."""
    texts = [
        planned_text(
            erasure.erasure_id, place, [(0, 3)], digest(covered("Ann", [(0, 3)]))
        )
        for place in (TITLE, SIGNED, OF_PICTURE)
    ]
    staff.services.erasures.note_texts(erasure.erasure_id, texts)
    staff.services.typed.texts |= {TITLE: "Ann", SIGNED: "Ann", OF_PICTURE: "Ann"}
    return {each.place: each.text_id for each in texts}


def test_r11_nothing_is_confirmed_while_a_text_is_undecided(staff: Staff) -> None:
    erasure = planned(staff)
    ids, path = named(staff, erasure), f"{PATH}/{erasure.erasure_id}"
    shown = {e["text_id"]: e for e in staff.get(path, OFFICER).json["texts"]}
    assert (shown[ids[TITLE]]["text"], shown[ids[TITLE]]["outcome"]) == ("Ann", None)
    assert shown[ids[SIGNED]]["reason"] == "leaving_signed"
    assert shown[ids[OF_PICTURE]]["asset_id"] == OWN  # it goes with its picture
    refused = staff.send("POST", f"{path}/confirmation", OFFICER)
    assert (refused.status, refused.json["reason"]) == (409, "erasure_texts_undecided")
    wish = {"texts": [{"text_id": ids[TITLE], "outcome": "text_redact"}]}
    told = staff.send("PUT", f"{path}/plan", OFFICER, body=wish)
    assert told.status == 200, told.json
    assert staff.send("POST", f"{path}/confirmation", OFFICER).status == 201
    tags = [each.tag for each in staff.services.audit.entries(ANN)]
    assert tags == ["api:erasure:texts", "api:erasure:confirm"]


@pytest.mark.parametrize(
    ("place", "wish", "reason"),
    [
        (TITLE, {"outcome": "text_leave"}, "erasure_no_reason"),
        (
            TITLE,
            {"outcome": "text_leave", "reason": "leaving_signed"},
            "erasure_no_reason",
        ),
        (SIGNED, {"outcome": "text_redact"}, "erasure_cannot_redact"),
        (TITLE, {"outcome": "text_gone"}, "erasure_cannot_redact"),
        (None, {"outcome": "text_redact"}, "erasure_unknown_text"),
    ],
)
def test_r11_a_name_stays_for_a_reason_and_what_is_signed_stays_signed(
    place: TextPlace | None, wish: dict[str, str], reason: str, staff: Staff
) -> None:
    erasure = planned(staff)
    ids = named(staff, erasure)
    text_id = ids[place] if place is not None else derived_id("no text")
    body = {"texts": [{"text_id": text_id, **wish}]}
    path = f"{PATH}/{erasure.erasure_id}/plan"
    told = staff.send("PUT", path, OFFICER, body=body)
    assert (told.status, told.json["reason"]) == (409, reason)


def test_r11_what_was_confirmed_once_is_confirmed_again_and_not_cancelled(
    staff: Staff,
) -> None:
    erasure = planned(staff)
    path = f"{PATH}/{erasure.erasure_id}"
    assert staff.send("POST", f"{path}/confirmation", OFFICER).status == 201
    confirmed = staff.services.erasures.erasures[erasure.erasure_id]
    staff.services.erasures.put(replace(confirmed, state=ErasureState.PLANNED))
    told = staff.get(path, OFFICER).json
    assert "erasure:cancel" not in told["affordances"]
    assert staff.send("DELETE", path, OFFICER).status == 409
    assert staff.send("POST", f"{path}/confirmation", OFFICER).status == 201
    tags = [each.tag for each in staff.services.audit.entries(ANN)]
    assert tags.count("api:erasure:confirm") == 2
