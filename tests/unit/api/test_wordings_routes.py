"""Wordings through the API: versions that never change, and a standard one always."""

from dataclasses import replace
from typing import Any

import pytest

from beeldrecht.domain.access import Role, User
from beeldrecht.domain.standard_wording import STANDARD_ID, standard
from beeldrecht.domain.wordings import digest
from tests.fakes.asked import STANDARD, TEXT, WORDING
from tests.fakes.http import Answer
from tests.fakes.samples import NOON
from tests.fakes.staff import Staff, as_

EDITS = as_(Role.EDITOR)
OVERSEES = as_(Role.PRIVACY_OFFICER)
OTHERS = [as_(), as_(Role.VIEWER), as_(Role.CONTRIBUTOR), as_(Role.ADMINISTRATOR)]
KEY = {"Idempotency-Key": "k" * 32}


def create(staff: Staff, body: Any = WORDING, user: User = EDITS) -> Answer:
    return staff.post("/v1/wordings", user, body, headers=KEY)


def change(
    staff: Staff, wording_id: str, body: Any, seen: int, user: User = EDITS
) -> Any:
    path = f"/v1/wordings/{wording_id}/versions"
    return staff.post(path, user, body, headers={"If-Match": f'"{seen}"'})


@pytest.mark.parametrize("user", [EDITS, OVERSEES])
def test_the_standard_wording_is_offered_though_nothing_is_on_record(user: User) -> None:
    staff = Staff()
    told = staff.get("/v1/wordings", user, headers={"Accept-Language": "en-GB"}).json
    assert [(w["wording"], w["standard"]) for w in told["items"]] == [(STANDARD, True)]
    shipped = staff.services.standard_wording
    assert told["items"][0]["title"] == shipped.texts["en"].title
    assert told["items"][0]["languages"] == ["de", "en", "fr", "nl"]
    shown = staff.get(f"/v1/wordings/{STANDARD_ID}", user)
    assert shown.headers["ETag"] == '"1"'
    assert "Gemeente Vis" in shown.json["texts"]["nl"]["controller"]
    assert shown.json["texts"]["nl"]["sha256"] == digest(shipped, "nl")
    assert shown.json["created_by"] is None
    assert "wording:change" not in shown.json["affordances"]
    one = staff.get(f"/v1/wordings/{STANDARD_ID}/versions/1", user)
    assert one.json == shown.json
    assert staff.services.wordings.versions == {}


def test_a_wording_is_written_once_and_its_text_names_who_is_responsible() -> None:
    staff = Staff()
    first, second = create(staff), create(staff)
    assert (first.status, first.json) == (201, second.json)
    wording_id = first.json["wording_id"]
    assert first.headers["Location"] == f"/v1/wordings/{wording_id}"
    assert first.json["wording"] == f"{wording_id}.1"
    assert first.json["texts"]["nl"]["controller"] == staff.services.controller
    listed = staff.get("/v1/wordings", EDITS).json["items"]
    assert [w["wording_id"] for w in listed] == [STANDARD_ID, wording_id]
    (entry,) = staff.world.audit.entries(wording_id)
    assert (entry.tag, entry.actor) == ("api:wording:create", EDITS.user_id)


def test_a_version_is_added_on_the_one_that_was_seen_and_the_first_stays() -> None:
    staff = Staff()
    made = create(staff).json
    wording_id = made["wording_id"]
    other = {**WORDING, "channels": {"website": 12, "print": 6}}
    added = change(staff, wording_id, other, 1)
    assert (added.status, added.json["version"]) == (201, 2)
    assert added.headers["ETag"] == '"2"'
    assert added.headers["Location"] == f"/v1/wordings/{wording_id}/versions/2"
    assert change(staff, wording_id, other, 1).json["code"] == "changed_meanwhile"
    before = staff.get(f"/v1/wordings/{wording_id}/versions/1", EDITS).json
    assert before["channels"] == {"website": 24}
    assert before["texts"] == made["texts"]
    latest = staff.get(f"/v1/wordings/{wording_id}", EDITS).json
    assert latest["channels"] == {"website": 12, "print": 6}
    assert staff.get(f"/v1/wordings/{wording_id}/versions/3", EDITS).status == 404


def test_the_standard_wording_is_nobodys_to_change() -> None:
    answer = change(Staff(), STANDARD_ID, WORDING, 1)
    assert (answer.status, answer.json["reason"]) == (409, "standard_wording")


def test_another_controller_makes_the_standard_wording_the_next_version() -> None:
    staff = Staff()
    services = staff.services
    staff.post("/v1/sessions", EDITS, {"title": "Fair", "on": "2026-06-01"}, headers=KEY)
    (session_id,) = services.sessions.sessions
    path = f"/v1/sessions/{session_id}/links"
    assert staff.post(path, EDITS, {}).json["wording"] == STANDARD
    assert [w.version for w in services.wordings.versions[STANDARD_ID]] == [1]
    services.standard_wording = standard("Museum", "mail@museum.example", "system", NOON)
    assert staff.post(path, EDITS, {}).json["wording"] == f"{STANDARD_ID}.2"
    assert [w.version for w in services.wordings.versions[STANDARD_ID]] == [1, 2]
    first = staff.get(f"/v1/wordings/{STANDARD_ID}/versions/1", EDITS).json
    assert "Gemeente Vis" in first["texts"]["nl"]["controller"]


@pytest.mark.parametrize(
    "changed",
    [
        {"texts": {}},
        {"texts": {"dutch": TEXT}},
        {"texts": {"nl": {**TEXT, "title": "Foto's\u202e"}}},
        {"texts": {"nl": {**TEXT, "notice": []}}},
        {"texts": {"nl": TEXT, "en": {**TEXT, "portrait": "A contract."}}},
        {"portrait_months": 12},
        {"biometric_months": 12},
        {"texts": {"nl": {**TEXT, "biometric": "Software may know me."}}},
        {"channels": {}},
        {"channels": {"website": 0}},
        {"channels": {"website": 121}},
        {"channels": {"billboards": 12}},
        {"places": []},
    ],
)
def test_r08_a_wording_says_what_it_offers_in_every_language(changed: Any) -> None:
    staff = Staff()
    answer = create(staff, {**WORDING, **changed})
    assert (answer.status, answer.json["code"]) == (422, "invalid_request")
    assert staff.services.wordings.versions == {}


def test_what_is_wrong_with_a_wording_is_said_without_quoting_it() -> None:
    texts = {"Jan Jansen": TEXT, "nl": {**TEXT, "title": ""}}
    answer = create(Staff(), {**WORDING, "texts": texts})
    assert "Jansen" not in answer.text
    places = [error["where"] for error in answer.json["errors"]]
    assert ["body", "texts", "*", "title"] in places


@pytest.mark.parametrize("user", OTHERS)
def test_others_neither_read_nor_write_wordings(user: User) -> None:
    staff = Staff()
    assert staff.get("/v1/wordings", user).status == 403
    assert create(staff, user=user).status == 403
    there = staff.get(f"/v1/wordings/{STANDARD_ID}", user)
    nowhere = staff.get(f"/v1/wordings/{'0' * 32}", user)
    assert (there.status, there.text) == (404, nowhere.text)


def test_an_officer_reads_wordings_and_writes_none() -> None:
    staff = Staff()
    assert create(staff, user=OVERSEES).status == 403
    wording_id = create(staff).json["wording_id"]
    assert staff.get(f"/v1/wordings/{wording_id}", OVERSEES).status == 200
    assert change(staff, wording_id, WORDING, 1, OVERSEES).status == 404
    told = staff.get("/v1/wordings", OVERSEES).json
    assert told["affordances"] == []


def test_everything_comes_once_page_by_page_and_the_standard_one_first() -> None:
    staff = Staff()
    own = staff.services.standard_wording
    for n in range(5):
        made = replace(own, wording_id=f"{n:032x}", created_at=NOON)
        staff.services.wordings.versions[made.wording_id] = [made]
    seen: list[str] = []
    cursor = None
    while True:
        query = {"limit": "2"} | ({"cursor": cursor} if cursor else {})
        page = staff.get("/v1/wordings", EDITS, query=query).json
        seen += [w["wording_id"] for w in page["items"]]
        cursor = page["cursor"]
        if cursor is None:
            break
    assert seen[0] == STANDARD_ID
    assert sorted(seen[1:]) == [f"{n:032x}" for n in range(5)]
