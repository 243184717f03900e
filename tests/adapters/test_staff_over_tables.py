"""What staff do for the life of a consent, over the real adapters."""

import base64
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from beeldrecht.domain.access import Role, User
from beeldrecht.domain.consent import Restriction, RestrictionKind
from beeldrecht.domain.ids import new_id
from beeldrecht.domain.mails import MailKind
from beeldrecht.domain.request_decisions import freeze_id
from beeldrecht.domain.subject_requests import (
    SubjectRequest,
    SubjectRequestKind,
    due_at,
)
from beeldrecht.domain.time import Period
from tests.adapters.aws import Aws
from tests.adapters.house import House, house
from tests.fakes.asked import FORM, PDF, STANDARD, WORDING, noted
from tests.fakes.http import request
from tests.fakes.samples import ANN, EDITOR

pytestmark = pytest.mark.parametrize("aws_endpoint", ["moto"], indirect=True)
OFFICER = new_id()


class Desk:
    """An editor and an officer, at the staff's function."""

    def __init__(self, home: House) -> None:
        self.home = home

    def __call__(
        self, method: str, path: str, body: Any = None, status: int = 200, **headers: str
    ) -> Any:
        officer = path.startswith("/v1/subject-requests")
        user = User(
            OFFICER if officer else EDITOR,
            frozenset({Role.PRIVACY_OFFICER if officer else Role.EDITOR}),
            datetime.now(UTC),
        )
        sent = {"Idempotency-Key": new_id()}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        event = request(method, path, user=user, body=body, headers=sent)
        answer = self.home.answer(event)
        assert answer["statusCode"] == status, answer["body"]
        return json.loads(answer["body"])


@pytest.fixture(scope="module")
def desk(aws: Aws) -> Iterator[Desk]:
    """Both at work in a house that is furnished once: that takes most of the time."""
    with pytest.MonkeyPatch.context() as patch, house(aws, patch) as home:
        yield Desk(home)


def test_from_the_ask_to_the_withdrawal_over_real_tables(aws: Aws, desk: Desk) -> None:
    # A wording of one's own, and its next version.
    own = desk("POST", "/v1/wordings", WORDING, 201)
    path = f"/v1/wordings/{own['wording_id']}"
    other = {**WORDING, "channels": {"website": 12}}
    desk("POST", f"{path}/versions", other, 201, If_Match='"1"')
    desk("POST", f"{path}/versions", other, 412, If_Match='"1"')
    assert desk("GET", f"{path}/versions/1")["channels"] == {"website": 24}

    # Asked by mail: the address is sealed, and a reminder is one mail a day.
    person = {"name": "Els Bakker", "email": "els@example.org", "language": "nl"}
    order = {"people": [person], "wording": STANDARD, "delivery": "link"}
    key = new_id()
    first = desk("POST", "/v1/consent-requests", order, 201, Idempotency_Key=key)
    again = desk("POST", "/v1/consent-requests", order, 201, Idempotency_Key=key)
    assert again == first
    (item,) = first["items"]
    els = f"/v1/people/{item['person_id']}"
    asked = f"/v1/consent-requests/{item['request_id']}"
    reminder = desk("POST", f"{asked}/reminders", None, 201)
    assert desk("POST", f"{asked}/reminders", None, 201) == reminder
    assert desk("GET", els)["contact"]["email"] == "els@example.org"

    # Signed on paper instead: the scan is kept, sealed, and what was sent is gone.
    form = desk("POST", f"{els}/scans", None, 201)
    bucket = desk.home.documents._bucket  # to put what a browser would
    place = f"paper/{form['scan_id']}"
    aws.s3.put_object(Bucket=bucket, Key=place, Body=PDF)
    day = (datetime.now(UTC) - timedelta(days=2)).date().isoformat()
    entered = {
        **FORM,
        "scan_id": form["scan_id"],
        "signed_day": day,
        "signer": {"name": "Els Bakker"},
        "request_id": item["request_id"],
    }
    signed = desk("POST", f"{els}/quitclaims", entered, 201)
    assert desk("POST", f"{els}/quitclaims", entered, 201) == signed
    document = f"{els}/quitclaims/{signed['quitclaim_id']}/document"
    assert base64.b64decode(desk("GET", document)["content"]) == PDF
    assert desk.home.documents.scan(form["scan_id"]) is None
    kept = desk.home.documents.read(signed["quitclaim_id"])
    assert kept is not None
    assert PDF not in kept
    assert desk("GET", asked)["state"] == "answered"
    assert desk("DELETE", asked, None, 409)["reason"] == "request_is_settled"

    # Taken back at the desk, and told.
    assert desk("POST", f"{els}/withdrawals", {"all": True}, 201)["withdrawn"]
    assert desk("POST", f"{els}/withdrawals", {"all": True}, 201)["withdrawn"] == []
    view = desk("GET", f"{els}/consents")
    (consent,) = view["consents"]
    assert {g["state"] for g in consent["grants"]} == {"withdrawn"}
    kinds = {mail["kind"] for mail in view["mails"]}
    assert kinds == {MailKind.REMIND, MailKind.COPY, MailKind.WITHDRAWN}


def test_a_code_is_printed_and_taken_back_over_real_tables(desk: Desk) -> None:
    order = {"title": "Fair", "on": "2026-06-01"}
    fair = f"/v1/sessions/{desk('POST', '/v1/sessions', order, 201)['session_id']}"
    code = desk("POST", f"{fair}/links", {}, 201)
    assert code["qr_svg"].startswith("<svg")
    desk("DELETE", f"{fair}/links/{code['link_id']}")
    assert [c["state"] for c in desk("GET", fair)["codes"]] == ["revoked"]


def test_r13_a_dismissal_lifts_the_freeze_over_real_tables(desk: Desk) -> None:
    """The reason is sealed with the person's key, and opened for the officer."""
    now, person_id, els = datetime.now(UTC), ANN, f"/v1/people/{ANN}"
    objection = SubjectRequest(
        new_id(), person_id, SubjectRequestKind.OBJECTION, now, due_at(now)
    )
    freeze = Restriction(
        freeze_id(objection.request_id),
        person_id,
        RestrictionKind.OBJECTED,
        Period(now),
    )
    desk.home.subject_requests.create(objection, noted(person_id, "objection"), freeze)
    assert desk("GET", els)["frozen"] is True
    decision = {"outcome": "dismissed", "reason": "It was weighed."}
    waiting = f"/v1/subject-requests/{objection.request_id}"
    decided = desk("POST", f"{waiting}/decision", decision, 201)
    assert desk("POST", f"{waiting}/decision", decision, 201) == decided
    assert desk("GET", waiting)["reason"] == "It was weighed."
    assert desk("GET", els)["frozen"] is False
    view = desk("GET", f"{els}/consents")
    assert MailKind.OBJECTION in {mail["kind"] for mail in view["mails"]}
