"""Who received which picture, and calling copies back, through the API (R12)."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from beeldrecht.domain.access import Role
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.channels import Channel
from beeldrecht.domain.disclosures import Disclosure, DisclosureKind
from beeldrecht.domain.ids import new_id
from beeldrecht.domain.recalls import Recall, RecallState
from beeldrecht.domain.retention import RetentionKind, RetentionPolicy
from tests.fakes.recall_calls import recall
from tests.fakes.recipients import copy
from tests.fakes.samples import ANN, BOB, EDITOR, NOON, PICTURE, UPLOADER, face_id
from tests.fakes.scenes import released
from tests.fakes.staff import Staff, as_

OVERSEES = as_(Role.PRIVACY_OFFICER, user_id=BOB)
EDITS = as_(Role.EDITOR, user_id=EDITOR)
LOOKS = as_(Role.VIEWER, user_id=UPLOADER)
DAY = timedelta(days=1)
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def staff() -> Staff:
    return Staff(released())


def give(staff: Staff, each: Disclosure) -> None:
    """Put a copy on record."""
    said = NewEntry(PICTURE, each.disclosure_id, "test:copy:give", each.at, EDITOR)
    assert staff.services.disclosures.record(each, said)


def put(staff: Staff, made: Recall) -> Recall:
    """Put a recall on record."""
    staff.services.recalls.recalls[made.recall_id] = made
    return made


def path(made: Recall, end: str = "") -> str:
    """Where a recall is."""
    return f"/v1/recalls/{made.recall_id}{end}"


# -- who received it ---------------------------------------------------------------------


def test_r12_who_received_a_picture_is_listed_the_last_one_first(staff: Staff) -> None:
    masked = frozenset({face_id(0)})
    give(staff, copy(at=NOON - 2 * DAY))
    give(staff, copy(None, ANN, NOON - DAY, kind=DisclosureKind.EXPORT, masked=masked))
    told = staff.get(f"/v1/assets/{PICTURE}/disclosures", EDITS, headers=ENGLISH)
    assert told.status == 200
    export, download = told.json["items"]
    assert (export["kind"], export["recipient_id"], export["channel"]) == (
        "by_export",
        ANN,
        None,
    )
    assert export["covered"] == [face_id(0)]
    assert (download["kind"], download["recipient_id"]) == ("by_download", EDITOR)
    assert download["kind_words"] == "Fetched by somebody who works with the pictures."
    assert (download["channel"], download["place"]) == ("website", "world")
    assert download["recall_id"] is None
    assert told.json["more"] == 0


def test_r12_each_copy_says_how_far_it_is_called_back(staff: Staff) -> None:
    give(staff, copy())
    made = put(staff, recall())
    told = staff.get(f"/v1/assets/{PICTURE}/disclosures", OVERSEES, headers=ENGLISH)
    [item] = told.json["items"]
    assert (item["recall_id"], item["recall_state"]) == (made.recall_id, "recall_open")
    assert item["recall_state_words"] == "Asked to remove it; no answer yet."


def test_the_last_ones_are_listed_and_the_others_counted(staff: Staff) -> None:
    for n in range(5):
        give(staff, copy(at=NOON - n * DAY))
    where = f"/v1/assets/{PICTURE}/disclosures"
    told = staff.get(where, EDITS, query={"limit": "2"}).json
    assert ([item["at"][:10] for item in told["items"]], told["more"]) == (
        ["2026-06-01", "2026-05-31"],
        3,
    )


def test_of_a_picture_that_is_not_there_nobody_received_anything(staff: Staff) -> None:
    assert staff.get(f"/v1/assets/{new_id()}/disclosures", EDITS).status == 404
    for user in (LOOKS, as_(Role.CONTRIBUTOR), as_(Role.ADMINISTRATOR)):
        assert staff.get(f"/v1/assets/{PICTURE}/disclosures", user).status == 404


# -- recalls -----------------------------------------------------------------------------


def test_r12_open_recalls_are_listed_for_who_oversees(staff: Staff) -> None:
    first = put(staff, recall())
    second = put(staff, recall(UPLOADER, recall_id=new_id(), next_at=NOON + DAY))
    put(staff, recall(recall_id=new_id(), state=RecallState.REMOVED, next_at=None))
    told = staff.get("/v1/recalls", OVERSEES).json
    assert [item["recall_id"] for item in told["items"]] == [
        first.recall_id,
        second.recall_id,
    ]
    removed = staff.get("/v1/recalls", OVERSEES, query={"state": "recall_removed"}).json
    assert len(removed["items"]) == 1
    assert staff.get("/v1/recalls", OVERSEES, query={"state": "gone"}).status == 422
    for user in (EDITS, LOOKS, as_(Role.ADMINISTRATOR)):
        assert staff.get("/v1/recalls", user).status == 403


def test_recalls_are_listed_a_page_at_a_time(staff: Staff) -> None:
    made = [
        put(staff, recall(recall_id=new_id(), next_at=NOON + n * DAY)) for n in range(5)
    ]
    found: list[str] = []
    query: dict[str, str] = {"limit": "2"}
    for _ in range(3):
        told = staff.get("/v1/recalls", OVERSEES, query=query).json
        found += [item["recall_id"] for item in told["items"]]
        query["cursor"] = told["cursor"]
    assert told["cursor"] is None
    assert found == [each.recall_id for each in made]


def test_r12_who_oversees_sees_why_and_who_is_asked_does_not(staff: Staff) -> None:
    made = put(staff, recall())
    overseen = staff.get(path(made), OVERSEES, headers=ENGLISH).json
    assert overseen["reason"] == "recalled_for_withdrawal"
    assert overseen["reason_words"] == "Somebody in it took consent back."
    own = staff.get(path(made), EDITS, headers=ENGLISH)
    assert own.status == 200
    assert (own.json["reason"], own.json["reason_words"]) == (None, None)
    assert "withdrawal" not in own.text
    assert made.fact_id not in own.text
    assert own.json["affordances"] == ["recall:acknowledge", "recall:read"]


def test_somebody_elses_recall_is_not_there(staff: Staff) -> None:
    made = put(staff, recall(ANN))
    absent = staff.get(f"/v1/recalls/{new_id()}", EDITS)
    for user in (EDITS, LOOKS):
        assert staff.get(path(made), user) == absent
        assert staff.post(path(made, "/acknowledgement"), user).status == 404
    assert staff.services.recalls.recalls[made.recall_id] == made


@pytest.mark.parametrize("who", ["officer", "recipient", "viewer"])
def test_r12_that_it_is_removed_is_said_once_and_by_whom(staff: Staff, who: str) -> None:
    user = {"officer": OVERSEES, "recipient": EDITS, "viewer": LOOKS}[who]
    made = put(staff, recall(UPLOADER if who == "viewer" else EDITOR))
    staff.world.at = NOON + DAY
    told = staff.post(path(made, "/acknowledgement"), user, headers=ENGLISH)
    assert told.status == 201
    assert told.json["state"] == "recall_removed"
    assert told.json["state_words"] == "Removed, as the recipient says."
    assert told.json["acknowledged_by"] == user.user_id
    assert told.json["affordances"] == ["recall:read"]
    staff.world.at = NOON + 2 * DAY
    again = staff.post(path(made, "/acknowledgement"), OVERSEES)
    assert again.json["acknowledged_at"] == told.json["acknowledged_at"]
    assert again.json["acknowledged_by"] == user.user_id
    tags = [
        (entry.tag, entry.actor)
        for entry in staff.world.audit.entries(PICTURE)
        if "recall" in entry.tag
    ]
    assert tags == [("api:recall:acknowledge", user.user_id)]


def test_what_else_they_were_asked_of_it_is_done_with_it(staff: Staff) -> None:
    made = put(staff, recall())
    missed = replace(made, recall_id=new_id(), state=RecallState.UNREACHABLE)
    put(staff, missed)
    lifted = put(staff, replace(made, recall_id=new_id(), state=RecallState.LIFTED))
    staff.post(path(made, "/acknowledgement"), OVERSEES)
    there = staff.services.recalls.recalls
    assert there[missed.recall_id].state is RecallState.REMOVED
    assert there[lifted.recall_id].state is RecallState.LIFTED


def test_somebody_who_lost_their_role_answers_by_their_link_alone(staff: Staff) -> None:
    made = put(staff, recall())
    assert staff.get(path(made), as_(user_id=EDITOR)).status == 404


def test_what_is_kept_no_longer_is_not_there(staff: Staff) -> None:
    made: Any = put(staff, recall(channels=frozenset({Channel.PRINT})))
    end = RetentionPolicy().ends(RetentionKind.DISCLOSURES, NOON)
    assert end is not None
    staff.world.at = end
    assert staff.get(path(made), OVERSEES).status == 404
