"""The command `doctor`: each line says how it stands and what to do; bad ends with 1."""

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError

from beeldrecht.domain.evidence import LiveSetting
from cli import doctor_checks, proof_live
from cli.catalogue import PHRASES
from cli.commands import DONE, NOT_DONE
from cli.doctor_checks import Checked, Level
from cli.proof_live import Account, Resource
from cli.stack import Deployed
from tests.fakes.runtime import REGION
from tests.fakes.world import World
from tests.unit.cli.desks import Office

ROLE, IDENTITY = "AWS::IAM::Role", "AWS::SES::EmailIdentity"


class Answers:
    """A client of any service: what it says to each question."""

    def __init__(self, **told: Any) -> None:
        self._told = told

    def __getattr__(self, name: str) -> Any:
        def ask(**_: object) -> Any:
            told = self._told[name]
            if isinstance(told, str):
                raise ClientError({"Error": {"Code": told, "Message": ""}}, name)
            return told

        return ask


class Here(Account):
    """An account with a role and a sender."""

    def __init__(self, **told: Any) -> None:
        super().__init__(Deployed(REGION, {}), "Beeldrecht")
        self.__dict__["resources"] = (
            Resource(ROLE, "CheckRole", "check"),
            Resource(IDENTITY, "Sender", "vis.example"),
            Resource("AWS::DynamoDB::Table", "Keys", "keys"),
            Resource("AWS::DynamoDB::Table", "Library", "library"),
        )
        self._told = Answers(**{**WELL, **told})

    def client(self, service: str) -> Any:
        return self._told


WELL: dict[str, Any] = {
    "get_role": {"Role": {"PermissionsBoundary": {"PermissionsBoundaryArn": "arn:x"}}},
    "get_account_settings": {"AccountLimit": {"ConcurrentExecutions": 1000}},
    "get_account": {
        "ProductionAccessEnabled": True,
        "SendQuota": {"MaxSendRate": 14.0, "Max24HourSend": 50_000.0},
    },
    "describe_table": {"Table": {"SSEDescription": {"KMSMasterKeyArn": "arn:x:key/1"}}},
    "get_email_identity": {"VerifiedForSendingStatus": True},
}


def levels(**told: Any) -> dict[str, Level]:
    account = Here(**told)
    every = [each for check in doctor_checks.MORE for each in check(account)]
    return {each.what: each.level for each in every if each.level is not Level.OK}


def test_a_deployment_that_is_well_has_nothing_to_say() -> None:
    assert levels() == {}


@pytest.mark.parametrize(
    ("told", "what", "level"),
    [
        ({"get_role": {"Role": {}}}, "role CheckRole: within the boundary", Level.BAD),
        (
            {"get_role": "AccessDenied"},
            "role CheckRole: within the boundary",
            Level.BAD,
        ),
        (
            {"get_account_settings": {"AccountLimit": {"ConcurrentExecutions": 10}}},
            "quota: functions side by side",
            Level.WARN,
        ),
        (
            {"get_account": {**WELL["get_account"], "ProductionAccessEnabled": False}},
            "mail: out of the sandbox",
            Level.BAD,
        ),
        (
            {"describe_table": {"Table": {}}},
            "table Keys: encrypted with a key of its own",
            Level.BAD,
        ),
        (
            {"get_email_identity": {"VerifiedForSendingStatus": False}},
            "mail: Sender is verified",
            Level.BAD,
        ),
    ],
)
def test_what_is_not_well_is_named(told: dict[str, Any], what: str, level: Level) -> None:
    assert levels(**told) == {what: level}


def test_what_cannot_be_read_is_not_taken_for_well() -> None:
    refused = levels(get_account="AccessDenied", get_account_settings="AccessDenied")
    assert set(refused.values()) == {Level.BAD}
    assert len(refused) == 4


def test_every_setting_that_is_wrong_comes_with_what_to_do() -> None:
    keys = {*doctor_checks._ADVICE.values(), doctor_checks.advice_for("table X: odd")}
    assert keys <= PHRASES.keys()
    setting = LiveSetting(("R19",), "Region of the deployment", "eu-central-1", "us")
    assert doctor_checks.of_setting(setting).advice == "doctor_do_region"


def test_it_ends_with_1_as_soon_as_one_thing_is_bad(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    well = LiveSetting(("R11",), "table A: terms end", "yes", "yes")
    warned = Checked(Level.WARN, "quota: x", "9", "1", "doctor_do_concurrency")
    monkeypatch.setattr(proof_live, "read_settings", lambda *_: [well])
    monkeypatch.setattr(doctor_checks, "MORE", (lambda _: iter([warned]),))
    office = Office(World())
    assert office.run("doctor") == DONE
    assert "! quota: x: 1 (has to be 9)" in office.said
    assert "table A" not in office.said
    assert office.run("doctor", "--all") == DONE
    assert "✓ table A: terms end: yes\n" in office.said
    bad = LiveSetting(("R11",), "table A: terms end", "yes", "no")
    monkeypatch.setattr(proof_live, "read_settings", lambda *_: [bad])
    office = Office(World())
    assert office.run("doctor", "--json") == NOT_DONE
    told = json.loads(office.said)
    assert told["ok"] is False
    assert told["checks"][0]["level"] == "bad"
    assert told["checks"][0]["do"].startswith("Deploy again")
