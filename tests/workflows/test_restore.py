"""Proof and backups on the deployed system, with every role's rights enforced (R11)."""

import base64
import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import boto3
import pytest
from rich.console import Console

from beeldrecht.adapters import keys
from beeldrecht.adapters.erasures import Erasures
from beeldrecht.adapters.ledger import ConsentMarks, Ledger, LibraryMarks
from beeldrecht.adapters.links import Links
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.certificates import read
from beeldrecht.domain.erasure import (
    ErasureState,
    PictureOutcome,
    Plan,
    PlannedPicture,
    Receipt,
    person_erasure,
)
from beeldrecht.domain.ids import new_id
from beeldrecht.domain.ledger import Erased
from beeldrecht.domain.links import TERMS, Link, LinkPurpose, new_token, token_digest
from beeldrecht.domain.store_registry import STORES
from cli import certificates
from cli.api import ProblemError
from cli.commands import main
from cli.desk import Desk
from cli.replaying import Table
from cli.restoring import restore
from cli.stack import Deployed
from cli.web import Reply, send
from local.demo.staff import EDITOR, OFFICER, Staff
from tests.workflows.test_people_and_links import empty_limits
from tests.workflows.way import Way, until


class Operator:
    """Somebody with credentials of the account, at the command line."""

    def __init__(self, deployed: Deployed) -> None:
        self.deployed = deployed
        marks = (
            LibraryMarks(deployed["LibraryTable"], deployed.region),
            ConsentMarks(deployed["ConsentTable"], deployed.region),
        )
        self.ledger = Ledger(deployed["AuditTable"], deployed.region, marks)
        self.erasures = Erasures(
            deployed["ConsentTable"], deployed.region, deployed.audit
        )

    def run(self, *arguments: str) -> tuple[int, str]:
        out = Console(width=200, record=True, force_terminal=False)
        desk = Desk(out, "en", find=lambda: self.deployed)
        return main(arguments, desk), out.export_text()

    def erase_by_hand(self, person_id: str) -> None:
        """What an erasure does to the tables: the ledger, the rows, the marks."""
        number = self.ledger.begin(Erased(new_id(), person_id), datetime.now(UTC))
        for output in ("ConsentTable", "LibraryTable"):
            table = Table(self.deployed.dynamodb, self.deployed[output])
            table.remove_all(
                [i for i in table.items() if person_id in json.dumps(i, default=repr)]
            )
        self.ledger.mark(number, datetime.now(UTC))
        self.ledger.done(number, datetime.now(UTC))


@pytest.fixture
def operator(deployed: Deployed) -> Operator:
    return Operator(deployed)


@pytest.fixture
def consent_table_of_staff(deployed: Deployed, way: Way) -> Iterator["Told"]:
    """What the staff's function is told that its consent table is; put back after."""
    told = Told(deployed, way)
    yield told
    told.live()


class Told:
    """The environment of the staff's function."""

    def __init__(self, deployed: Deployed, way: Way) -> None:
        self._functions = way.cloud.client("lambda")
        self._name, self._live = deployed["StaffApiFunction"], deployed["ConsentTable"]

    def serve_from(self, table: str) -> None:
        found = self._functions.get_function_configuration(FunctionName=self._name)
        variables = found["Environment"]["Variables"] | {"CONSENT_TABLE": table}
        self._functions.update_function_configuration(
            FunctionName=self._name, Environment={"Variables": variables}
        )

    def live(self) -> None:
        self.serve_from(self._live)


def a_person(staff: Staff, name: str) -> str:
    made = staff[EDITOR].post("/v1/people", {"name": name}, key=new_id())
    return str(made["person_id"])


def a_second_later() -> datetime:
    passed = int(time.time())
    while int(time.time()) == passed:
        time.sleep(0.05)
    return datetime.fromtimestamp(passed, UTC)


def test_r11_a_restored_table_serves_nobody_before_the_ledger_was_replayed(
    staff: Staff,
    deployed: Deployed,
    operator: Operator,
    consent_table_of_staff: Told,
    way: Way,
) -> None:
    erased, other = a_person(staff, "Anna Weg"), a_person(staff, "Bas Blijft")
    before = a_second_later()
    operator.erase_by_hand(erased)
    copy = restore(deployed.dynamodb, "consent", deployed["ConsentTable"], before)
    back = Table(deployed.dynamodb, copy.table.name)
    assert back.get(keys.person(erased), keys.META) is not None

    # Without the replay: not put back, and a function that is pointed at it stops.
    status, _ = operator.run("restore", "serve", copy.table.name)
    assert status == 1
    arn = f"table/{copy.table.name}"
    let_staff_reach(way, deployed, arn)
    consent_table_of_staff.serve_from(copy.table.name)
    for path in (f"/v1/people/{other}", "/v1/assets"):
        with pytest.raises(ProblemError) as refused:
            staff[EDITOR].get(path)
        assert refused.value.code == "restored_table"
        assert refused.value.status == 503

    # With it: whoever was erased is gone, everybody else is there.
    status, said = operator.run("restore", "replay", copy.table.name)
    assert status == 0, said
    consent_table_of_staff.serve_from(copy.table.name)
    assert staff[EDITOR].get(f"/v1/people/{other}")["name"] == "Bas Blijft"
    with pytest.raises(ProblemError) as gone:
        staff[EDITOR].get(f"/v1/people/{erased}")
    assert gone.value.code == "not_found"

    # And what is missing comes back into the live table, under its own name.
    consent_table_of_staff.live()
    live = Table(deployed.dynamodb, deployed["ConsentTable"])
    lost = live.get(keys.person(other), keys.META)
    assert lost is not None
    live.remove_all([lost])
    status, said = operator.run("restore", "serve", copy.table.name)
    assert status == 0, said
    assert staff[EDITOR].get(f"/v1/people/{other}")["name"] == "Bas Blijft"
    assert live.get(keys.person(erased), keys.META) is None
    table_names = deployed.dynamodb.list_tables()["TableNames"]
    assert copy.table.name not in table_names


def let_staff_reach(way: Way, deployed: Deployed, table: str) -> None:
    """As whoever pointed the function at another table would have to do first."""
    functions, iam = way.cloud.client("lambda"), way.cloud.client("iam")
    found = functions.get_function_configuration(
        FunctionName=deployed["StaffApiFunction"]
    )
    role = found["Role"].rpartition("/")[2]
    resource = f"arn:aws:dynamodb:*:*:{table}*"
    statement = {"Effect": "Allow", "Action": "dynamodb:*", "Resource": resource}
    document = {"Version": "2012-10-17", "Statement": [statement]}
    iam.put_role_policy(
        RoleName=role, PolicyName="copy", PolicyDocument=json.dumps(document)
    )


def test_r11_an_operator_restores_with_one_command(
    staff: Staff, deployed: Deployed, operator: Operator
) -> None:
    erased = a_person(staff, "Carla Weg")
    before = a_second_later()
    operator.erase_by_hand(erased)
    for of in ("consent", "library"):
        status, said = operator.run("restore", of, "--at", before.isoformat())
        assert status == 0, said
        name = said.split("restore serve ")[1].split()[0]
        table = Table(deployed.dynamodb, name)
        assert erased not in json.dumps(list(table.items()), default=repr)
        status, said = operator.run("restore", "serve", name)
        assert status == 0, said
    live = Table(deployed.dynamodb, deployed["ConsentTable"])
    assert erased not in json.dumps(list(live.items()), default=repr)
    tags = {e.tag for c in deployed.audit_reader.chains() for e in c.entries}
    acts = ("restore", "replay", "serve")
    assert {f"operator:table:{act}" for act in acts} <= tags


def test_r11_a_certificate_is_signed_shown_and_checked_offline(
    staff: Staff, deployed: Deployed, operator: Operator, way: Way, tmp_path: Path
) -> None:
    erasure_id = an_erasure_to_certify(operator)
    first = deployed.invoke("CertifyErasure", {"erasure_id": erasure_id})
    again = deployed.invoke("CertifyErasure", {"erasure_id": erasure_id})
    assert first == again

    shown = staff[OFFICER].get(f"/v1/erasures/{erasure_id}/certificate")
    file = base64.b64decode(shown["file"])
    about = read(file).certificate
    assert about.erasure_id == erasure_id
    assert len(about.receipts) == len(STORES)

    empty_limits(deployed, way)
    mine = the_link_of(deployed, staff, erasure_id)
    assert base64.b64decode(mine["json"]) == file
    assert mine["pdf"] == shown["document"]

    key = send("GET", f"{staff.address}/certificate-key.pem", headers={})
    assert key.status == 200
    (tmp_path / "key.pem").write_bytes(key.data)
    (tmp_path / "proof.json").write_bytes(file)
    (tmp_path / "proof.pdf").write_bytes(base64.b64decode(mine["pdf"]))
    for name in ("proof.json", "proof.pdf"):
        path = str(tmp_path / name)
        pem = str(tmp_path / "key.pem")
        status, said = operator.run("verify", "certificate", path, "--public-key", pem)
        assert status == 0, said
    assert certificates.pem(deployed.certificate_key).encode() == key.data
    page = send("GET", f"{staff.address}/certificate", headers={})
    assert page.status == 200


def an_erasure_to_certify(operator: Operator) -> str:
    """An erasure that was carried out, up to its last step."""
    at = datetime.now(UTC)
    erasure = person_erasure(new_id(), new_id(), new_id(), at)
    plan = Plan({}, (PlannedPicture(new_id(), PictureOutcome.DELETE),), True, at)
    erasures = operator.erasures

    def entry(act: str) -> NewEntry:
        tag = f"rights:erasure:{act}"
        return NewEntry(erasure.subject_id, f"{tag}:{new_id()}", tag, at, "system")

    # Begun without the stream's fact: the workflow itself is not what is looked at.
    assert erasures.start(erasure, entry("begin"))
    stop_workflow(operator.deployed, erasure.erasure_id)
    current = until(lambda: erasures.get(erasure.erasure_id), "the erasure")
    if current.state is ErasureState.COLLECTING:
        erasures.keep_plan(erasure, plan, ErasureState.PLANNED, entry("plan"))
    erasures.confirm(erasure, new_id(), at, entry("confirm"))
    operator.ledger.begin(Erased(erasure.erasure_id, erasure.person_id), at)
    erasures.begin(erasure, entry("erase"))
    erasures.put_receipts(
        erasure.erasure_id,
        [Receipt(each.store, each.what, 0, 0, 0, each.erasing) for each in STORES],
    )
    return erasure.erasure_id


def stop_workflow(deployed: Deployed, erasure_id: str) -> None:
    """Keep the workflow that follows the fact from doing it as well."""
    states = boto3.client("stepfunctions", region_name=deployed.region)
    arn = deployed["ErasePersonArn"].replace(":stateMachine:", ":execution:")

    def stopped() -> bool | None:
        try:
            states.stop_execution(executionArn=f"{arn}:{erasure_id}")
        except states.exceptions.ExecutionDoesNotExist:
            return None
        return True

    until(stopped, "the workflow of the erasure")


def the_link_of(deployed: Deployed, staff: Staff, erasure_id: str) -> dict[str, str]:
    """Open the page of a certificate by a link of its own, as whoever was mailed it."""
    token, at = new_token(), datetime.now(UTC)
    lasts: timedelta = TERMS[LinkPurpose.CERTIFICATE].lasts
    link = Link(new_id(), erasure_id, LinkPurpose.CERTIFICATE, "system", at, at + lasts)
    entry = NewEntry(
        erasure_id,
        f"consent:link:create:{link.link_id}",
        "consent:link:create",
        at,
        "system",
    )
    links = Links(deployed["ConsentTable"], deployed.region, deployed.audit)
    links.create(link, token_digest(token), entry)
    headers = {"Authorization": f"Link {token}", "Accept-Language": "nl"}
    answer: Reply = send("POST", f"{staff.address}/subject/certificate", headers=headers)
    assert answer.status == 200, answer.data
    found: dict[str, str] = json.loads(answer.data)
    return found
