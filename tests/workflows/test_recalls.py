"""A picture that was fetched, taken back and removed, on the deployed system (R12).

From the download to the tap that says that it is gone: every step is the system's own,
with every role's rights enforced.
"""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from beeldrecht.adapters import keys
from beeldrecht.adapters.mails import Mails
from beeldrecht.adapters.pages import place
from beeldrecht.adapters.recalls import Recalls
from beeldrecht.domain.ids import new_id
from beeldrecht.domain.mails import MailState
from beeldrecht.domain.recalls import Recall, RecallState, asking
from cli.api import ProblemError
from cli.stack import Deployed
from cli.web import send
from local.demo.inbox import Inbox
from local.demo.staff import CONTRIBUTOR, EDITOR, OFFICER, VIEWER, Staff
from tests.workflows.consents import Consents, now
from tests.workflows.test_people_and_links import empty_limits
from tests.workflows.test_subject_pages import a_picture_of
from tests.workflows.way import Way, until

ASSETS = "/v1/assets"
WEEK = timedelta(days=7)


@pytest.fixture(scope="module")
def consents(way: Way) -> Consents:
    return Consents(way)


@pytest.fixture(scope="module")
def recalls(deployed: Deployed) -> Recalls:
    tables = (deployed["LibraryTable"], deployed["ConsentTable"])
    return Recalls(*tables, deployed.region, deployed.audit)


@pytest.fixture(autouse=True)
def fresh_buckets(deployed: Deployed, way: Way) -> Iterator[None]:
    empty_limits(deployed, way)
    yield
    empty_limits(deployed, way)


class Fetched:
    """A picture of somebody who agreed to the website, fetched by two people."""

    def __init__(self, consents: Consents, photos: Path) -> None:
        way = self._way = consents.way
        self.person_id = consents.person()
        self.grant = consents.sign(self.person_id)
        editor = way.staff[EDITOR]
        session = {"title": "Zomeravond", "on": "2026-06-20"}
        made = editor.post("/v1/sessions", session, key=new_id())
        self.asset_id = a_picture_of(
            way, self.person_id, made["session_id"], photos / "biden.jpg"
        )
        for name in (EDITOR, VIEWER):
            order = {"channel": "website"}
            fetched = way.staff[name].post(f"{ASSETS}/{self.asset_id}/downloads", order)
            assert fetched["url"]

    def page(self) -> Any:
        """The one picture on the own page of whoever is in it."""
        staff = self._way.staff
        path = f"/v1/people/{self.person_id}/links"
        made = staff[EDITOR].post(path)
        token = made["url"].rpartition("#")[2]
        [picture] = subject(staff, "page", token, {})["pictures"]
        return picture


def subject(staff: Staff, path: str, token: str, body: Any) -> Any:
    headers = {"Authorization": f"Link {token}", "Content-Type": "application/json"}
    reply = send(
        "POST",
        f"{staff.address}/subject/{path}",
        headers=headers,
        body=json.dumps(body).encode(),
    )
    assert reply.status < 300, reply.data
    return reply.json


def of_recipient(recalls: Recalls, asset_id: str, user_id: str) -> Recall:
    """The recall of that picture for that user, once there is one."""

    def look() -> Recall | None:
        found = recalls.of_asset(asset_id, now())
        return next((each for each in found if each.recipient_id == user_id), None)

    return until(look, "the recall")


def due_since(way: Way, recall: Recall, at: datetime) -> None:
    """Have a recall be due since then, as it is once that time has passed."""
    way.cloud.client("dynamodb").update_item(
        TableName=way.deployed["LibraryTable"],
        Key={"pk": {"S": keys.recall(recall.recall_id)}, "sk": {"S": keys.META}},
        UpdateExpression="SET gsi2sk = :at",
        ExpressionAttributeValues={":at": {"S": place(at, recall.recall_id)}},
    )


def test_r12_who_fetched_it_is_asked_reminded_and_says_that_it_is_gone(
    way: Way, staff: Staff, consents: Consents, recalls: Recalls, photos: Path
) -> None:
    fetched = Fetched(consents, photos)
    asset_id = fetched.asset_id
    listed = staff[EDITOR].get(f"{ASSETS}/{asset_id}/disclosures")
    assert {each["recipient_id"] for each in listed["items"]} == {
        staff.user_id(EDITOR),
        staff.user_id(VIEWER),
    }
    assert [use["recall"] for use in fetched.page()["used"]] == [None, None]

    # Taken back: both are asked, each by a mail of their own.
    fact = consents.withdraw(fetched.grant)
    following = consents.execution("WithdrawConsent", fact.withdrawal_id)
    assert consents.ended(following) == "Withdrawn"
    editors = of_recipient(recalls, asset_id, staff.user_id(EDITOR))
    viewers = of_recipient(recalls, asset_id, staff.user_id(VIEWER))
    open_ones = staff[OFFICER].get("/v1/recalls?limit=100")["items"]
    ours = {editors.recall_id, viewers.recall_id}
    assert ours <= {each["recall_id"] for each in open_ones}

    # The mail went out: the hourly look notes that they were told, and reminds later.
    mails = Mails(way.deployed["ConsentTable"], way.deployed.region)
    for each in (editors, viewers):
        sent(mails, asking(each, now()).mail_id)
        due_since(way, each, now() - WEEK)
    way.deployed.invoke("RemindRecipients", {})
    told = recalls.get(viewers.recall_id, now())
    assert told is not None
    assert told.told_at is not None
    due_since(way, viewers, now() - WEEK)
    way.deployed.invoke("RemindRecipients", {})
    again = recalls.get(viewers.recall_id, now())
    assert again is not None
    assert again.reminders == 1
    sent(mails, asking(again, now()).mail_id)

    # One says it by the link of the mail, the other signed in.
    inbox = Inbox(way.cloud)
    token = inbox.awaited("viewer@example.org", "/recall").rpartition("#")[2]
    shown = subject(staff, "recall", token, {})
    assert (shown["asset_id"], shown["state"]["id"]) == (asset_id, "recall_open")
    done = subject(staff, "recall", token, {"removed": True})
    assert done["state"]["id"] == "recall_removed"
    path = f"/v1/recalls/{editors.recall_id}"
    with pytest.raises(ProblemError):
        staff[CONTRIBUTOR].get(path)
    own = staff[EDITOR].post(f"{path}/acknowledgement")
    assert own["acknowledged_by"] == staff.user_id(EDITOR)

    # Whoever is in it sees that both are gone; nothing is left to be asked.
    used = fetched.page()["used"]
    assert [use["recall"]["id"] for use in used] == ["recall_removed"] * 2
    left = {each.recall_id for each in recalls.of_asset(asset_id, now())}
    assert left == ours
    stand = {each.state for each in recalls.of_asset(asset_id, now())}
    assert stand == {RecallState.REMOVED}


def sent(mails: Mails, mail_id: str) -> None:
    """Wait until a mail went out."""

    def look() -> bool | None:
        found = mails.get(mail_id)
        out = {MailState.SENT, MailState.DELIVERED}
        return (found is not None and found.state in out) or None

    until(look, f"mail {mail_id} to be sent")


def test_r12_an_erasure_calls_back_what_could_still_be_used(
    way: Way, consents: Consents, photos: Path
) -> None:
    fetched = Fetched(consents, photos)
    event = {
        "fact_id": new_id(),
        "asset_ids": [fetched.asset_id],
        "cause": "erasure",
        "person_id": fetched.person_id,
    }
    told = way.deployed.invoke("TellRecipients", event)
    assert told == {"told": 2, "recalls": 2}
    assert way.deployed.invoke("TellRecipients", event) == {"told": 0, "recalls": 2}
