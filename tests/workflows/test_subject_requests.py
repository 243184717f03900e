"""What people ask, on the deployed system: frozen, corrected, put off, decided, told.

Every step is the system's own, over the API, with every role's rights enforced.
"""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest

from beeldrecht.domain.assets import AssetStatus
from beeldrecht.domain.ids import derived_id, new_id
from beeldrecht.domain.mails import MailKind, mail_id
from beeldrecht.domain.request_decisions import freeze_id
from beeldrecht.domain.time import AMSTERDAM, day_of, midnight, months_later
from cli.api import ProblemError
from local.demo.staff import EDITOR, OFFICER, Staff
from rights.remind_officers.step import MORNING
from tests.workflows.consents import Consents, now
from tests.workflows.way import Way, until

PATH = "/v1/subject-requests"
WHY = {"reason": "Het is uitgezocht."}


@pytest.fixture(scope="module")
def consents(way: Way) -> Consents:
    return Consents(way)


class Desk:
    """Somebody in a released picture, and what staff do with what they ask."""

    def __init__(self, consents: Consents) -> None:
        self.consents, self.staff = consents, consents.way.staff
        self.person_id = consents.person()
        consents.sign(self.person_id)
        self.asset_id = consents.picture_of(self.person_id)
        consents.release(self.asset_id)

    def enter(self, kind: str, by: str = EDITOR, **more: Any) -> str:
        order = {
            "person_id": self.person_id,
            "kind": kind,
            "asked_day": day_of(now()).isoformat(),
            "received": "asked_at_counter",
            **more,
        }
        entered = self.staff[by].post(PATH, order, key=new_id())
        request_id: str = entered["subject_request_id"]
        return request_id

    def do(self, request_id: str, act: str, **order: Any) -> Any:
        path = f"{PATH}/{request_id}/{act}"
        return self.staff[OFFICER].post(path, {**WHY, **order}).body

    def leaves(self) -> bool:
        shown = self.staff[EDITOR].get(f"/v1/assets/{self.asset_id}")
        return bool(shown["decision"]["leaves"].get("website") == "clear")

    def dark(self) -> None:
        """Wait until the lists say so too."""
        way = self.consents.way
        until(lambda: way.of_website(self.asset_id) == "restricted" or None, "the dark")

    def told(self, kind: MailKind, *about: str) -> None:
        """Wait until that mail is on record."""
        self.consents.mail(mail_id(kind, self.person_id, *about))


@pytest.fixture
def desk(consents: Consents) -> Desk:
    return Desk(consents)


def test_r10_a_restriction_freezes_at_once_and_ends_some_days_after_it_was_said(
    desk: Desk,
) -> None:
    assert desk.leaves()
    request_id = desk.enter("restriction", details="Ik word lastiggevallen.")
    assert not desk.leaves()
    desk.dark()
    following = desk.consents.execution("WithdrawConsent", freeze_id(request_id))
    assert desk.consents.ended(following) == "Withdrawn"
    desk.told(MailKind.REQUEST_RECEIVED, request_id)

    granted = desk.do(request_id, "decision", outcome="upheld")
    assert granted["details"] == "Ik word lastiggevallen."
    assert not desk.leaves()
    desk.told(MailKind.REQUEST_DECIDED, request_id, "upheld")

    with pytest.raises(ProblemError) as untold:
        desk.do(request_id, "lift")
    assert untold.value.more["reason"] == "cannot_be_told"
    ends = desk.do(request_id, "lift", told="told_by_phone")["lifting"]
    first = midnight(day_of(now()) + timedelta(days=4))
    assert ends["lifts_from"] == first.isoformat().replace("+00:00", "Z")
    assert not desk.leaves()
    # The end is a fact too, and is followed when it is said.
    lift = desk.consents.execution(
        "WithdrawConsent", derived_id("lift", freeze_id(request_id))
    )
    assert desk.consents.ended(lift) == "Withdrawn"


def test_r13_a_dismissed_objection_lets_a_person_release_again(desk: Desk) -> None:
    request_id = desk.enter("objection")
    assert not desk.leaves()
    desk.dark()
    desk.do(request_id, "decision", outcome="dismissed")
    # Software restricts by itself; only a person releases.
    desk.consents.stands(desk.asset_id, AssetStatus.READY)
    desk.consents.release(desk.asset_id)
    assert desk.leaves()


def test_r10_a_wrong_name_comes_off_and_the_picture_stays_in(desk: Desk) -> None:
    request_id = desk.enter("rectification", asset_id=desk.asset_id)
    desk.do(request_id, "decision", outcome="upheld")
    shown = desk.staff[EDITOR].get(f"/v1/assets/{desk.asset_id}")
    [face] = shown["faces"]
    assert [each["status"] for each in face["appearances"]] == ["rejected"]
    assert not desk.leaves()
    desk.consents.stands(desk.asset_id, AssetStatus.EMBARGOED)


def test_r07_an_answer_is_put_off_and_the_register_says_so(desk: Desk) -> None:
    request_id = desk.enter("export", by=OFFICER, details="Alles.")
    with pytest.raises(ProblemError) as unknown:
        desk.do(request_id, "decision", outcome="upheld")
    assert unknown.value.more["reason"] == "identity_unchecked"
    path = f"{PATH}/{request_id}/identity"
    desk.staff[OFFICER].post(path, {"identity": "document_was_seen"})
    desk.do(request_id, "extension", months=2)
    desk.told(MailKind.REQUEST_EXTENDED, request_id)
    file = str(desk.staff[OFFICER].get(f"{PATH}/register").body)
    rows = {row["request_id"]: row for row in csv.DictReader(io.StringIO(file))}
    row = rows[request_id]
    last = months_later(day_of(now()), 3)
    assert (row["last_day"], row["extended_months"]) == (last.isoformat(), "2")
    assert row["identity"] == "document_was_seen"
    assert "Alles." not in file
    desk.do(request_id, "decision", outcome="dismissed")
    desk.told(MailKind.REQUEST_DECIDED, request_id, "dismissed")


def test_r07_officers_are_reminded_of_what_is_late(desk: Desk, staff: Staff) -> None:
    asked = (now() - timedelta(days=40)).astimezone(AMSTERDAM).date()
    request_id = desk.enter("rectification", asked_day=asked.isoformat(), details="Fout.")
    for _ in range(2):
        desk.consents.way.deployed.invoke("RemindOfficers", {})
    day = day_of(now() - MORNING).isoformat()
    told = mail_id(MailKind.OFFICER_DIGEST, staff.user_id(OFFICER), day)
    mail = desk.consents.mail(told)
    assert mail.to_staff
    assert request_id in mail.about["requests"].split(",")


def test_r10_a_picture_is_frozen_by_hand_and_freed_by_an_officer(desk: Desk) -> None:
    path = f"/v1/assets/{desk.asset_id}/restriction"
    frozen = desk.staff[EDITOR].post(path, {"ground": "accuracy_disputed"})
    assert "asset_restricted" in [f["id"] for f in frozen["decision"]["findings"]]
    assert not desk.leaves()
    desk.dark()
    following = desk.consents.execution(
        "WithdrawConsent", derived_id("freeze", desk.asset_id, "0")
    )
    assert desk.consents.ended(following) == "Withdrawn"
    with pytest.raises(ProblemError):
        desk.staff[EDITOR].delete(path)
    desk.staff[OFFICER].delete(path)
    desk.consents.stands(desk.asset_id, AssetStatus.READY)
