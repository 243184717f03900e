"""Names, links and limits on the deployed system, with every role's rights enforced.

The staff's requests are handed to their function as API Gateway hands them on, since what
lets them in is proven elsewhere; those with a link go over HTTP, as anybody's would.
"""

import json
from collections.abc import Iterator
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

import pytest

from beeldrecht.domain.access import Role
from beeldrecht.domain.ids import new_id
from beeldrecht.domain.links import new_token
from cli.stack import Deployed
from tests.fakes.http import Answer, request
from tests.fakes.staff import as_
from tests.workflows.way import Way

EDITS = as_(Role.EDITOR, Role.RECOGNISER)
NAME = "Jan de Vries-Ünal"


@pytest.fixture
def staff(deployed: Deployed) -> "Staff":
    return Staff(deployed)


class Staff:
    """Asks the staff's function, as its API would."""

    def __init__(self, deployed: Deployed) -> None:
        self._deployed = deployed

    def __call__(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        event = request(method, path, user=EDITS, body=body, headers=sent)
        answer = self._deployed.invoke("StaffApi", event)
        return Answer(answer["statusCode"], answer["headers"], answer.get("body") or "")


@pytest.fixture
def person(staff: Staff) -> str:
    made = staff("POST", "/v1/people", {"name": NAME}, Idempotency_Key=new_id())
    assert made.status == 201, made.text
    return str(made.json["person_id"])


def subject(deployed: Deployed, token: str | None, method: str = "POST") -> Answer:
    """Open the page over HTTP, with whatever token."""
    url = urlsplit(f"{deployed['ApiUrl']}/subject/page")
    # The name of an API below `localhost` is not known everywhere: its host header is.
    connection = HTTPConnection("127.0.0.1", url.port, timeout=60)
    headers = {"Accept-Language": "nl", "Host": url.netloc}
    if token is not None:
        headers["Authorization"] = f"Link {token}"
    connection.request(method, url.path, headers=headers)
    answered = connection.getresponse()
    text = answered.read().decode()
    connection.close()
    told = {k: v for k, v in answered.getheaders() if k.lower() not in VOLATILE}
    return Answer(answered.status, told, text)


VOLATILE = {"date", "apigw-requestid", "x-amzn-requestid", "x-amz-request-id", "server"}


@pytest.fixture
def fresh_buckets(deployed: Deployed, way: Way) -> Iterator[None]:
    """Every test comes from one network: each begins with full buckets."""
    empty_limits(deployed, way)
    yield
    empty_limits(deployed, way)


def empty_limits(deployed: Deployed, way: Way) -> None:
    table, tables = deployed["LimitsTable"], way.cloud.client("dynamodb")
    for item in tables.scan(TableName=table)["Items"]:
        key = {"pk": item["pk"], "sk": item["sk"]}
        tables.delete_item(TableName=table, Key=key)


def tags(deployed: Deployed, subject_id: str) -> list[str]:
    return [entry.tag for entry in deployed.audit.entries(subject_id)]


def test_a_name_goes_in_sealed_and_comes_back_to_staff(
    staff: Staff, person: str, deployed: Deployed, way: Way
) -> None:
    read = staff("GET", f"/v1/people/{person}")
    assert (read.status, read.json["name"]) == (200, NAME)
    listed = staff("GET", "/v1/people")
    assert NAME in [each["name"] for each in listed.json["items"]]
    tables = way.cloud.client("dynamodb")
    for output in ("ConsentTable", "KeysTable", "LibraryTable", "AuditTable"):
        kept = tables.scan(TableName=deployed[output])["Items"]
        assert "Vries" not in json.dumps(kept, default=repr)
    assert tags(deployed, person) == ["api:person:create", "api:person:read"]


def test_r02_somebody_is_not_enrolled_without_a_permit(
    staff: Staff, person: str, deployed: Deployed
) -> None:
    """The staff's function asks the one that may reach templates; both have their say."""
    view = staff("GET", f"/v1/people/{person}").json
    hindrance = view["enrolment_hindrance"]["id"]
    assert hindrance in {"recognition_mode_off", "no_biometric_consent"}
    photos = [{"asset_id": new_id(), "face_id": new_id()}]
    missing = staff("POST", f"/v1/people/{person}/enrolment", {"photos": photos})
    assert missing.status == 404


@pytest.mark.usefixtures("fresh_buckets")
def test_r05_somebody_sees_what_is_theirs_by_a_link_until_it_is_taken_back(
    staff: Staff, person: str, deployed: Deployed
) -> None:
    made = staff("POST", f"/v1/people/{person}/links", {})
    assert made.status == 201, made.text
    assert made.json["url"].startswith(f"{deployed['ApiUrl']}/own-page#")
    token = urlsplit(made.json["url"]).fragment
    page = subject(deployed, token)
    assert page.status == 200, page.text
    assert page.json["name"] == NAME
    assert page.json["pictures"] == 0
    path = f"/v1/people/{person}/links/{made.json['link_id']}"
    assert staff("DELETE", path).status == 204
    assert subject(deployed, token).status == 404
    assert tags(deployed, person) == [
        "api:person:create",
        "api:link:create",
        "api:subject:read",
        "api:link:revoke",
    ]


@pytest.mark.usefixtures("fresh_buckets")
def test_links_that_do_not_work_answer_alike_over_http(
    staff: Staff, person: str, deployed: Deployed
) -> None:
    made = staff("POST", f"/v1/people/{person}/links", {}).json
    revoked = urlsplit(made["url"]).fragment
    staff("DELETE", f"/v1/people/{person}/links/{made['link_id']}")
    answers = [subject(deployed, t) for t in (revoked, new_token(), "x", None)]
    alike = {(a.status, a.text, tuple(sorted(a.headers.items()))) for a in answers}
    assert len(alike) == 1
    assert answers[0].json["code"] == "link_not_valid"


@pytest.mark.usefixtures("fresh_buckets")
def test_a_scanner_that_follows_a_link_opens_nothing(
    staff: Staff, person: str, deployed: Deployed
) -> None:
    made = staff("POST", f"/v1/people/{person}/links", {}).json
    before = tags(deployed, person)
    answer = subject(deployed, urlsplit(made["url"]).fragment, "GET")
    assert NAME not in answer.text
    assert tags(deployed, person) == before


@pytest.mark.usefixtures("fresh_buckets")
def test_who_comes_too_often_is_told_to_wait(deployed: Deployed) -> None:
    answers = [subject(deployed, "x") for _ in range(60)]
    statuses = [answer.status for answer in answers]
    assert set(statuses) == {404, 429}
    refused = next(answer for answer in answers if answer.status == 429)
    assert refused.json["code"] == "too_many_requests"


def test_r16_no_function_outside_the_api_opens_a_name(
    person: str, deployed: Deployed, way: Way
) -> None:
    """What the policies say, asked of the same judge that the calls pass."""
    roles = way.cloud.client("iam")
    functions = way.cloud.client("lambda")
    tables = way.cloud.client("dynamodb")
    table = tables.describe_table(TableName=deployed["KeysTable"])["Table"]["TableArn"]
    may: set[str] = set()
    names = [output for output in deployed.outputs if output.endswith("Function")]
    for output in names:
        role = functions.get_function_configuration(FunctionName=deployed[output])["Role"]
        for action, target in (
            ("dynamodb:GetItem", table),
            ("kms:Decrypt", deployed["PeopleKeyArn"]),
        ):
            judged = roles.simulate_principal_policy(
                PolicySourceArn=role, ActionNames=[action], ResourceArns=[target]
            )["EvaluationResults"]
            if judged[0]["EvalDecision"] == "allowed":
                may.add(output.removesuffix("Function"))
    assert may == {"StaffApi", "SubjectApi"}


def test_logs_hold_no_name_and_no_token(
    staff: Staff, person: str, deployed: Deployed, way: Way
) -> None:
    made = staff("POST", f"/v1/people/{person}/links", {}).json
    token = urlsplit(made["url"]).fragment
    subject(deployed, token)
    said = json.dumps(way.log_lines("StaffApi") + way.log_lines("SubjectApi"))
    assert token not in said
    assert "Vries" not in said
