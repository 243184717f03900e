"""Names, links and limits on the deployed system, with every role's rights enforced."""

import json
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from beeldrecht.domain.ids import new_id
from beeldrecht.domain.links import new_token
from cli.api import ProblemError
from cli.stack import Deployed
from cli.web import Reply, send
from local.demo.staff import EDITOR, RECOGNISER, VIEWER, Staff
from tests.workflows.way import Way

NAME = "Jan de Vries-Ünal"
VOLATILE = {"date", "apigw-requestid", "x-amzn-requestid", "x-amz-request-id", "server"}
"""Headers that differ from answer to answer, whatever was asked."""


@pytest.fixture
def person(staff: Staff) -> str:
    made = staff[EDITOR].post("/v1/people", {"name": NAME}, key=new_id())
    assert made.status == 201
    return str(made["person_id"])


def subject(staff: Staff, token: str | None, method: str = "POST") -> Reply:
    """Open the page over HTTP, with whatever token and nobody signed in."""
    headers = {"Accept-Language": "nl"}
    if token is not None:
        headers["Authorization"] = f"Link {token}"
    return send(method, f"{staff.address}/subject/page", headers=headers)


def a_link(staff: Staff, person_id: str) -> tuple[str, str]:
    """Make a link; give its id and its token."""
    made = staff[EDITOR].post(f"/v1/people/{person_id}/links")
    return made["link_id"], urlsplit(made["url"]).fragment


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
    assert staff[EDITOR].get(f"/v1/people/{person}")["name"] == NAME
    listed = staff[EDITOR].each("/v1/people", "items", limit=2)
    assert NAME in [each["name"] for each in listed]
    for path in ("/v1/people", f"/v1/people/{person}"):
        with pytest.raises(ProblemError):
            staff[VIEWER].get(path)
    tables = way.cloud.client("dynamodb")
    for output in ("ConsentTable", "KeysTable", "LibraryTable", "AuditTable"):
        kept = tables.scan(TableName=deployed[output])["Items"]
        assert "Vries" not in json.dumps(kept, default=repr)
    assert tags(deployed, person) == ["api:person:create", "api:person:read"]


def test_r02_somebody_is_not_enrolled_without_a_permit(
    staff: Staff, person: str, deployed: Deployed
) -> None:
    view = staff[RECOGNISER].get(f"/v1/people/{person}")
    assert view["enrolment_hindrance"]["id"] in {
        "recognition_mode_off",
        "no_biometric_consent",
    }
    assert "person:enrol" not in view["affordances"]
    photos = {"photos": [{"asset_id": new_id(), "face_id": new_id()}]}
    with pytest.raises(ProblemError) as refused:
        staff[RECOGNISER].post(f"/v1/people/{person}/enrolment", photos)
    assert refused.value.code == "not_found"
    assert "recognition:person:enrol" not in tags(deployed, person)


@pytest.mark.usefixtures("fresh_buckets")
def test_r05_somebody_sees_what_is_theirs_by_a_link_until_it_is_taken_back(
    staff: Staff, person: str, deployed: Deployed
) -> None:
    made = staff[EDITOR].post(f"/v1/people/{person}/links")
    assert made["url"].startswith(f"{deployed['ApiUrl']}/own-page#")
    token = urlsplit(made["url"]).fragment
    page = subject(staff, token)
    assert page.status == 200
    assert (page.json["name"], page.json["pictures"]) == (NAME, [])
    staff[EDITOR].delete(f"/v1/people/{person}/links/{made['link_id']}")
    assert subject(staff, token).status == 404
    assert tags(deployed, person) == [
        "api:person:create",
        "api:link:create",
        "api:subject:read",
        "api:link:revoke",
    ]


@pytest.mark.usefixtures("fresh_buckets")
def test_links_that_do_not_work_answer_alike_over_http(staff: Staff, person: str) -> None:
    link_id, revoked = a_link(staff, person)
    staff[EDITOR].delete(f"/v1/people/{person}/links/{link_id}")
    answers = [subject(staff, token) for token in (revoked, new_token(), "x", None)]
    alike = {
        (a.status, a.data, tuple(sorted(a.headers.items() - _volatile(a))))
        for a in answers
    }
    assert len(alike) == 1
    assert answers[0].json["code"] == "link_not_valid"


def _volatile(answer: Reply) -> set[tuple[str, str]]:
    return {(k, v) for k, v in answer.headers.items() if k in VOLATILE}


@pytest.mark.usefixtures("fresh_buckets")
def test_a_scanner_that_follows_a_link_opens_nothing(
    staff: Staff, person: str, deployed: Deployed
) -> None:
    _, token = a_link(staff, person)
    before = tags(deployed, person)
    answer = subject(staff, token, "GET")
    assert NAME.encode() not in answer.data
    assert tags(deployed, person) == before


@pytest.mark.usefixtures("fresh_buckets")
def test_who_comes_too_often_is_told_to_wait(staff: Staff) -> None:
    answers = [subject(staff, "x") for _ in range(60)]
    statuses = [answer.status for answer in answers]
    assert set(statuses) == {404, 429}
    refused = next(answer for answer in answers if answer.status == 429)
    assert refused.json["code"] == "too_many_requests"


def test_r16_no_function_opens_a_name_but_those_that_speak_to_people(
    deployed: Deployed, way: Way
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
    # A person is written to, and gets a copy of what is theirs, by name; and somebody has
    # to know what name is looked for in what people typed, before it is erased there.
    speaks = {"DeliverMail", "GatherExport", "StaffApi", "SubjectApi"}
    assert may == speaks | {"CollectTraces"}


@pytest.mark.usefixtures("fresh_buckets")
def test_logs_hold_no_name_and_no_token(staff: Staff, person: str, way: Way) -> None:
    _, token = a_link(staff, person)
    subject(staff, token)
    said = json.dumps(way.log_lines("StaffApi") + way.log_lines("SubjectApi"))
    assert token not in said
    assert "Vries" not in said
