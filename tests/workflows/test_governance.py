"""Registers, a breach drill and the evidence, on the deployed system."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from beeldrecht.domain.governance import FORMS, RegisterKind
from beeldrecht.domain.ids import new_id
from beeldrecht.domain.time import AMSTERDAM
from cli import proof_live
from cli.api import ProblemError
from local.demo.staff import EDITOR, OFFICER, SECOND_OFFICER, Staff
from tests.workflows.way import Way, until

KIND = RegisterKind.DPIA
ORDER = {
    "kind": KIND.value,
    "title": "Recognition in closed sessions",
    "answers": {each.value: "As it is weighed." for each in FORMS[KIND]},
}


def signed(staff: Staff) -> str:
    """A DPIA that the officer wrote and signed for a month."""
    officer = staff[OFFICER]
    record = officer.post("/v1/governance", ORDER, key=new_id())
    latest = record["versions"][-1]
    last_day = datetime.now(AMSTERDAM).date() + timedelta(days=30)
    officer.post(
        f"/v1/governance/{record['record_id']}/signature",
        {
            "version": latest["version"],
            "sha256": latest["sha256"],
            "last_day": last_day.isoformat(),
        },
    )
    return str(record["record_id"])


def switch(staff: Staff, name: str, **wanted: str) -> Any:
    api = staff[name]
    read = api.get("/v1/recognition")
    return api.put("/v1/recognition", wanted, if_match=read.etag)


def test_r18_recognition_rests_on_the_register_and_ends_with_a_revocation(
    way: Way, staff: Staff
) -> None:
    with pytest.raises(ProblemError):
        switch(staff, OFFICER, mode="closed_session", assessment_id=new_id())
    record_id = signed(staff)
    wanted = {"mode": "closed_session", "assessment_id": record_id}
    assert switch(staff, OFFICER, **wanted).status == 202
    assert switch(staff, SECOND_OFFICER, **wanted)["mode"] == "closed_session"
    assert way.deployed.invoke("LapseRecognition", {}) == {"lapsed": False, "told": 0}

    why = {"reason": "The risk changed."}
    staff[SECOND_OFFICER].post(f"/v1/governance/{record_id}/revocation", why)
    told = staff[EDITOR].get("/v1/recognition")
    assert (told["mode"], told["recorded_mode"]) == ("detect", "closed_session")

    found = way.deployed.invoke("LapseRecognition", {})
    assert found["lapsed"]
    assert found["told"] >= 2
    told = staff[EDITOR].get("/v1/recognition")
    assert (told["recorded_mode"], told["switched_by"]) == ("detect", "system")
    assert way.deployed.invoke("LapseRecognition", {}) == {"lapsed": False, "told": 0}


def test_r17_a_drill_finds_whom_an_editor_had_to_do_with(way: Way, staff: Staff) -> None:
    editor, officer = staff[EDITOR], staff[OFFICER]
    begun = datetime.now(UTC) - timedelta(minutes=1)
    person = editor.post("/v1/people", {"name": "Drie Geraakt"}, key=new_id())
    order = {
        "kind": "breach_drill",
        "scope": {
            "start": begun.isoformat(),
            "end": (datetime.now(UTC) + timedelta(minutes=1)).isoformat(),
            "role": "editor",
        },
        "description": "A laptop was stolen.",
    }
    breach = officer.post("/v1/breaches", order, key=new_id())
    path = f"/v1/breaches/{breach['breach_id']}"

    def counted() -> Any:
        told = officer.get(path)
        return told.body if told["touched"] else None

    told = until(counted, "the drill to be counted")
    people = officer.get(f"{path}/touched", what="people")["items"]
    assert person["person_id"] in people
    assert told["touched"]["people"] == len(people)
    drafts = [each["paragraphs"][0] for each in told["authority"]]
    assert drafts[0].startswith("DRILL")
    closed = {"event": "breach_closed", "reason": "It was a drill."}
    assert officer.post(f"{path}/events", closed)["state"] == "breach_was_closed"


def test_r15_every_setting_is_as_it_has_to_be_and_drift_is_seen(way: Way) -> None:
    account, now = proof_live.Account(way.deployed, "Beeldrecht"), datetime.now(UTC)
    settings = proof_live.read_settings(account, now)
    assert [(each.what, each.found) for each in settings if not each.ok] == []
    carried = {row for each in settings for row in each.rows}
    assert carried >= {"R1", "R2", "R11", "R16", "R18", "R19", "R23"}
    assert proof_live.controller(account) != "?"

    # Somebody takes the walls of a bucket away, by hand.
    s3, bucket = way.cloud.client("s3"), way.deployed["RenditionsBucket"]
    before = s3.get_public_access_block(Bucket=bucket)["PublicAccessBlockConfiguration"]
    s3.delete_public_access_block(Bucket=bucket)
    try:
        drifted = [each for each in proof_live.buckets(account, now) if not each.ok]
    finally:
        s3.put_public_access_block(Bucket=bucket, PublicAccessBlockConfiguration=before)
    assert [each.what for each in drifted] == ["bucket Renditions: no public access"]
