"""Pictures for others than ourselves, on the deployed system: shared, embedded, checked.

From the link to the recall of whoever was given it: every step is the system's own, with
every role's rights enforced.
"""

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from beeldrecht.adapters.recalls import Recalls
from beeldrecht.domain.channel_renditions import public_id
from beeldrecht.domain.ids import new_id
from beeldrecht.domain.recalls import Recall
from cli.api import ProblemError
from cli.stack import Deployed
from cli.web import Reply, send
from local.demo.inbox import Inbox
from local.demo.staff import EDITOR, OFFICER, Staff
from tests.workflows.consents import Consents, now
from tests.workflows.test_people_and_links import empty_limits
from tests.workflows.test_recalls import Fetched
from tests.workflows.way import Way, until

JO = "jo@krant.example"
PASSWORD = "correct horse battery"


@pytest.fixture(scope="module")
def consents(way: Way) -> Consents:
    return Consents(way)


@pytest.fixture(autouse=True)
def fresh_buckets(deployed: Deployed, way: Way) -> Iterator[None]:
    empty_limits(deployed, way)
    yield
    empty_limits(deployed, way)


class Outside:
    """Somebody without an account, as their browser asks."""

    def __init__(self, staff: Staff, token: str = "") -> None:
        self._address = staff.address
        self._token = token

    def ask(self, what: str, **body: Any) -> Reply:
        headers = {
            "Authorization": f"Link {self._token}",
            "Content-Type": "application/json",
        }
        url = f"{self._address}/subject/{what}"
        return send("POST", url, headers=headers, body=json.dumps(body).encode())

    def get(self, path: str) -> Reply:
        return send("GET", f"{self._address}{path}")

    def may(self, asset_id: str) -> str:
        uses = self.get(f"/check/{public_id(asset_id)}").json["uses"]
        said: str = {e["channel"]["id"]: e["may"]["id"] for e in uses}["website"]
        return said


def recalled(recalls: Recalls, asset_id: str, recipient_id: str) -> Recall:
    def look() -> Recall | None:
        found = recalls.of_asset(asset_id, now())
        return next((e for e in found if e.recipient_id == recipient_id), None)

    return until(look, "the recall of who is outside")


def test_r12_what_is_shared_and_embedded_goes_dark_and_is_called_back(
    way: Way, staff: Staff, consents: Consents, photos: Path, deployed: Deployed
) -> None:
    fetched = Fetched(consents, photos)
    asset_id = fetched.asset_id
    order = {
        "asset_ids": [asset_id],
        "channel": "website",
        "way": "share_download",
        "max_downloads": 2,
        "password": PASSWORD,
        "recipient": {"name": "Jo Vis", "email": JO, "language": "de"},
    }
    made = staff[EDITOR].post("/v1/shares", order)
    assert made["mailed"]
    where = {"asset_id": asset_id, "channel": "website", "where": "www.krant.example"}
    embed = staff[EDITOR].post("/v1/embeds", where)
    printed = {**where, "channel": "print", "where": "Jaarboek"}
    paper = staff[EDITOR].post("/v1/publications", printed)

    # The link comes by mail; the password opens it; one picture is seen, and fetched.
    inbox = Inbox(way.cloud)
    jo = Outside(staff, inbox.awaited(JO, "/share").rpartition("#")[2])
    assert jo.ask("share").json["reason"] == "share_password_needed"
    leave = jo.ask("share", password=PASSWORD).json["leave"]
    picture = {"asset_id": asset_id, "leave": leave}
    seen = jo.ask("share/picture", **picture).json
    again = jo.ask("share/picture", **picture).json
    assert send("GET", seen["url"]).status == send("GET", again["url"]).status == 200
    kept = jo.ask("share/download", **picture).json
    assert send("GET", kept["url"]).data[:2] == b"\xff\xd8"
    copies = staff[OFFICER].get(f"/v1/assets/{asset_id}/disclosures")["items"]
    theirs = [e for e in copies if e["recipient_id"] == made["recipient_id"]]
    assert len(theirs) == 2

    # A website shows it by a redirect; whoever holds a copy hears that it may be used.
    path = embed["url"].removeprefix(staff.address)
    path = path[path.index("/embed/") :]
    shown = jo.get(path)
    assert shown.status == 302, shown.data
    assert jo.may(asset_id) == "copy_may"
    (listed,) = [
        each
        for each in staff[EDITOR].get("/v1/shares?limit=100")["items"]
        if each["share_id"] == made["share_id"]
    ]
    assert (listed["recipient_name"], listed["downloads"]) == ("Jo Vis", 1)

    # In one file with others: what may leave is in it, what may not is told with why.
    package = packed(staff, asset_id)

    # Taken back: the next request of each finds it dark, and Jo is asked to remove it.
    fact = consents.withdraw(fetched.grant)
    assert jo.ask("share/picture", **picture).json["url"] is None
    assert jo.ask("share/download", **picture).json["reason"] == "share_not_available"
    assert jo.get(path).status == 410
    assert jo.may(asset_id) == "copy_may_not"
    gone(staff, package)
    following = consents.execution("WithdrawConsent", fact.withdrawal_id)
    assert consents.ended(following) == "Withdrawn"
    tables = (deployed["LibraryTable"], deployed["ConsentTable"])
    recalls = Recalls(*tables, deployed.region, deployed.audit)
    assert recalled(recalls, asset_id, made["recipient_id"]).outside
    asked = Outside(staff, inbox.awaited(JO, "/recall").rpartition("#")[2])
    done = asked.ask("recall", removed=True).json
    assert done["state"]["id"] == "recall_removed"
    mine = recalled(recalls, asset_id, staff.user_id(EDITOR))
    assert {"website", "print"} <= set(mine.channels)

    # Over: the register says so, and the share opens nothing any more.
    ended(staff, asset_id, embed, paper)
    staff[EDITOR].delete(f"/v1/shares/{made['share_id']}")
    assert jo.ask("share", leave=leave).json["code"] == "link_not_valid"


def packed(staff: Staff, asset_id: str) -> str:
    """Put it into a collection, order that for the website, fetch it, and share it."""
    editor = staff[EDITOR]
    order = {"title": "Voor het krantje", "restricted": False}
    collection_id = editor.post("/v1/collections", order, key=new_id())["collection_id"]
    there = f"/v1/collections/{collection_id}/assets"
    seen = editor.get(f"/v1/assets/{asset_id}")
    editor.put(f"{there}/{asset_id}", {}, if_match=f'"{seen["revision"]}"')
    listed = until(lambda: editor.get(there)["items"] or None, "what is in it")
    assert [each["asset_id"] for each in listed] == [asset_id]
    use = {"channel": "website", "size": "medium_size", "format": "webp"}
    key = new_id()
    made = editor.post("/v1/packages", {**use, "collection_id": collection_id}, key=key)
    path = f"/v1/packages/{made['package_id']}"

    def ready() -> Any:
        now = editor.get(path)
        return now if now["state"] != "package_making" else None

    told = until(ready, "the package")
    assert (told["state"], told["done"], told["left_out"]) == ("package_ready", 1, [])
    given = editor.post(f"{path}/downloads", {})
    reply = send("GET", given["url"])
    assert (reply.status, len(reply.data)) == (200, told["size"])
    with zipfile.ZipFile(io.BytesIO(reply.data)) as whole:
        [name] = whole.namelist()
        assert whole.testzip() is None
        assert whole.read(name)[8:12] == b"WEBP"
    copies = staff[OFFICER].get(f"/v1/assets/{asset_id}/disclosures")["items"]
    mine = [e for e in copies if e["recipient_id"] == staff.user_id(EDITOR)]
    assert any("medium_size" in each["rendition"] for each in mine)
    shared = {"collection_id": collection_id, "channel": "website"}
    url = editor.post("/v1/shares", shared)["url"]
    outside = Outside(staff, url.rpartition("#")[2])
    assert outside.ask("share").json["asset_ids"] == [asset_id]
    assert outside.ask("share/picture", asset_id=asset_id).json["url"]
    return path


def gone(staff: Staff, package: str) -> None:
    """Of what was taken back no file leaves that it is in, and none is kept."""
    for _ in range(2):
        with pytest.raises(ProblemError) as refused:
            staff[EDITOR].post(f"{package}/downloads", {})
        assert refused.value.more["reason"] == "package_no_longer"
    assert staff[EDITOR].get(package)["state"] == "package_changed"


def ended(staff: Staff, asset_id: str, *publications: Any) -> None:
    """Say that they are over; the register goes on saying where they ran."""
    for each in publications:
        gone = f"/v1/publications/{each['publication_id']}"
        assert staff[EDITOR].delete(gone)["state"] == "publication_ended"
    ran = staff[OFFICER].get(f"/v1/publications?asset_id={asset_id}")["items"]
    assert {each["where"] for each in ran} == {"www.krant.example", "Jaarboek"}
    assert staff[OFFICER].get("/v1/publications?limit=1")["items"]
