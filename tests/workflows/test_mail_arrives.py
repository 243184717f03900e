"""Mail on the deployed system: asked, signed, answered, and what comes back."""

import base64
import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from beeldrecht.adapters.contacts import Contacts
from beeldrecht.adapters.mails import Mails
from beeldrecht.domain.contacts import AddressState
from beeldrecht.domain.ids import new_id
from beeldrecht.domain.mails import Mail, MailKind, MailState
from cli.stack import Deployed
from cli.web import send
from local.demo.inbox import Inbox
from local.demo.staff import EDITOR, Staff
from tests.workflows.test_people_and_links import empty_limits
from tests.workflows.way import Way, until

SIMULATOR = "simulator.amazonses.com"
NAME, ADDRESS = "Jan de Vries-Ünal", "jan.de.vries@example.org"


@pytest.fixture(scope="module")
def mails(deployed: Deployed) -> Mails:
    return Mails(deployed["ConsentTable"], deployed.region, deployed.audit)


@pytest.fixture(scope="module")
def contacts(deployed: Deployed) -> Contacts:
    return Contacts(deployed["ConsentTable"], deployed.region, deployed.audit)


@pytest.fixture(autouse=True)
def fresh_buckets(deployed: Deployed, way: Way) -> Iterator[None]:
    empty_limits(deployed, way)
    yield
    empty_limits(deployed, way)


def asked(staff: Staff, *addresses: str) -> list[str]:
    """Ask people by mail in the standard wording; gives their ids."""
    wording = staff[EDITOR].get("/v1/wordings")["items"][0]
    name = f"{wording['wording_id']}.{wording['version']}"
    people = [{"name": NAME, "email": each, "language": "nl"} for each in addresses]
    order = {"people": people, "wording": name, "delivery": "link"}
    made = staff[EDITOR].post("/v1/consent-requests", order, key=new_id())
    assert [each["problem"] for each in made["items"]] == [None] * len(addresses)
    return [each["person_id"] for each in made["items"]]


def subject(staff: Staff, path: str, token: str, body: Any) -> Any:
    headers = {"Authorization": f"Link {token}", "Content-Type": "application/json"}
    said = json.dumps(body).encode()
    reply = send("POST", f"{staff.address}/subject/{path}", headers=headers, body=said)
    assert reply.status < 300, reply.data
    return reply.json


def told(mails: Mails, person_id: str, kind: MailKind, *states: MailState) -> Mail:
    """Wait until that mail to somebody came so far."""

    def look() -> Mail | None:
        for mail in mails.of_person(person_id):
            if mail.kind is kind and mail.state in states:
                return mail
        return None

    return until(look, f"{kind} to be {states}")


def test_somebody_is_asked_signs_and_gets_a_copy(
    staff: Staff, way: Way, mails: Mails
) -> None:
    [person_id] = asked(staff, ADDRESS)
    mail = told(mails, person_id, MailKind.ASK, MailState.DELIVERED)
    assert mail.message_id
    inbox = Inbox(way.cloud)
    token = inbox.awaited(ADDRESS, "/sign").rpartition("#")[2]
    shown = subject(staff, "request", token, {"language": "nl"})
    signing = {
        "wording": shown["wording"]["name"],
        "wording_sha256": shown["wording"]["sha256"],
        "language": "nl",
        "channels": ["website"],
        "portrait": False,
        "biometric": False,
        "name": NAME,
        "email": None,
        "country": "NL",
        "birth_date": None,
        "guardian": None,
        "signature": {"kind": "typed", "mark": NAME},
    }
    signed = subject(staff, "sign", token, signing)
    assert signed["copy_to"] == "mail"
    told(mails, person_id, MailKind.COPY, MailState.DELIVERED)
    own = inbox.awaited(ADDRESS, "/own-page").rpartition("#")[2]
    page = subject(staff, "page", own, {})
    assert [each["document"] for each in page["consents"]] == [True]
    wanted = {"quitclaim_id": signed["quitclaim_id"]}
    document = subject(staff, "document", own, wanted)
    pdf = base64.b64decode(document["content"])
    assert pdf.startswith(b"%PDF-1.7")
    assert hashlib.sha256(pdf).hexdigest() == document["sha256"]


@pytest.mark.parametrize(
    ("local", "state", "marked"),
    [
        ("bounce", MailState.BOUNCED, AddressState.BOUNCED),
        ("suppressionlist", MailState.BOUNCED, AddressState.BOUNCED),
        ("complaint", MailState.COMPLAINED, AddressState.COMPLAINED),
    ],
)
def test_what_comes_back_marks_the_address(
    local: str,
    state: MailState,
    marked: AddressState,
    staff: Staff,
    mails: Mails,
    contacts: Contacts,
) -> None:
    [person_id] = asked(staff, f"{local}+{new_id()}@{SIMULATOR}")
    told(mails, person_id, MailKind.ASK, state)
    note = until(lambda: contacts.state(person_id), "the address to be marked")
    assert note.state is marked


def test_staff_are_told_by_the_address_they_sign_in_with(
    staff: Staff, way: Way, mails: Mails
) -> None:
    user_id = staff[EDITOR].get("/v1/me")["user_id"]
    about = {"day": "2026-07-01", "days": "30", "website": "37"}
    digest = Mail(
        new_id(), MailKind.DIGEST, user_id, datetime.now(UTC), about, to_staff=True
    )
    assert mails.add(digest)

    def look() -> Mail | None:
        mail = mails.get(digest.mail_id)
        return mail if mail and mail.state is MailState.DELIVERED else None

    assert until(look, "the digest to arrive").message_id
    shown = send("GET", f"{way.cloud.endpoint}/_local/inbox").data.decode()
    assert "binnenkort op zwart" in shown


def test_the_inbox_shows_what_was_sent(staff: Staff, way: Way, mails: Mails) -> None:
    [person_id] = asked(staff, ADDRESS)
    told(mails, person_id, MailKind.ASK, MailState.DELIVERED)
    reply = send("GET", f"{way.cloud.endpoint}/_local/inbox")
    assert reply.status == 200
    assert ADDRESS in reply.data.decode()
