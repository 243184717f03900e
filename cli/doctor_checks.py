"""What a deployment needs besides the settings that carry promises: room, mail, walls.

What may differ between accounts is a warning; what stands in the way of a promise is bad.
A question that is refused is answered with bad: what cannot be seen is not in order.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from beeldrecht.domain.evidence import LiveSetting
from cli.proof_live import NO, YES, Account, refusable

LEAST_AT_ONCE: Final = 50
"""Functions that may run side by side: with fewer, people wait while pictures come in."""
LEAST_MAILS_A_SECOND: Final = 5.0
LEAST_MAILS_A_DAY: Final = 1_000


OWN_KEYS: Final = frozenset({"Biometrics", "Keys"})
"""Tables whose key can be destroyed with what is in them."""


class Level(StrEnum):
    """How a deployment stands in one respect."""

    OK = "ok"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Checked:
    """One respect in which a deployment was looked at."""

    level: Level
    what: str
    expected: str
    found: str
    advice: str
    """The key of the sentence that says what to do."""


def of_setting(setting: LiveSetting) -> Checked:
    """A setting that carries a promise: it is as it has to be, or it is bad."""
    level = Level.OK if setting.ok else Level.BAD
    return Checked(
        level, setting.what, setting.expected, setting.found, advice_for(setting.what)
    )


def advice_for(what: str) -> str:
    """The key of what to do about a setting, by what it is about."""
    for part, key in _ADVICE.items():
        if part in what:
            return key
    return "doctor_do_deploy"


_ADVICE: Final[Mapping[str, str]] = {
    "Region": "doctor_do_region",
    "copies in other": "doctor_do_region",
    "copied elsewhere": "doctor_do_region",
    "the one deployed": "doctor_do_restored",
    "nobody can delete": "doctor_do_lock",
    "audit log: ": "doctor_do_retention",
    "second factor": "doctor_do_factor",
    "recognition": "doctor_do_dpia",
}
"""By a part of what it is about; everything else a deployment puts right."""


def own_keys(account: Account) -> Iterator[Checked]:
    """Whether the tables that open what is sealed are sealed with a key of our own."""
    client = account.client("dynamodb")
    for table in account.of("AWS::DynamoDB::Table"):
        if table.logical not in OWN_KEYS:
            continue
        found = refusable(client.describe_table, "Table", TableName=table.physical)
        key = str(found.get("SSEDescription", {}).get("KMSMasterKeyArn", ""))
        own = YES if ":key/" in key else NO
        there = str(found.get("refused") or own)
        level = Level.OK if there == YES else Level.BAD
        what = f"table {table.logical}: encrypted with a key of its own"
        yield Checked(level, what, YES, there, "doctor_do_deploy")


def boundaries(account: Account) -> Iterator[Checked]:
    """Whether each role stays within this deployment's boundary (ADR 0016)."""
    iam = account.client("iam")
    for role in account.of("AWS::IAM::Role"):
        found = refusable(iam.get_role, "Role", RoleName=role.physical)
        arn = found.get("PermissionsBoundary", {}).get("PermissionsBoundaryArn", "")
        there = str(found.get("refused") or (YES if arn else NO))
        level = Level.OK if there == YES else Level.BAD
        what = f"role {role.logical}: within the boundary"
        yield Checked(level, what, YES, there, "doctor_do_deploy")


def concurrency(account: Account) -> Iterator[Checked]:
    """How many functions may run side by side in the account."""
    found = refusable(account.client("lambda").get_account_settings, "AccountLimit")
    at_once = int(found.get("ConcurrentExecutions", 0))
    level = _watched(at_once >= LEAST_AT_ONCE, found)
    told = str(found.get("refused") or at_once)
    what = "quota: functions side by side"
    yield Checked(level, what, f">= {LEAST_AT_ONCE}", told, "doctor_do_concurrency")


def mails(account: Account) -> Iterator[Checked]:
    """Whether mail reaches everybody, how fast, and whether its sender is verified."""
    client = account.client("sesv2")
    found = refusable(client.get_account)
    refused = found.get("refused")
    out = YES if found.get("ProductionAccessEnabled") is True else NO
    level = Level.OK if out == YES and not refused else Level.BAD
    what = "mail: out of the sandbox"
    yield Checked(level, what, YES, str(refused or out), "doctor_do_sandbox")
    quota = found.get("SendQuota", {})
    for what, name, least in (
        ("quota: mails a second", "MaxSendRate", LEAST_MAILS_A_SECOND),
        ("quota: mails a day", "Max24HourSend", LEAST_MAILS_A_DAY),
    ):
        rate = float(quota.get(name, 0))
        level = _watched(rate >= least or rate < 0, found)
        told = str(refused or f"{rate:g}")
        yield Checked(level, what, f">= {least:g}", told, "doctor_do_mail_quota")
    for identity in account.of("AWS::SES::EmailIdentity"):
        told_of = refusable(client.get_email_identity, EmailIdentity=identity.physical)
        status = str(told_of.get("VerifiedForSendingStatus") is True)
        verified = str(told_of.get("refused") or (YES if status == "True" else NO))
        level = Level.OK if verified == YES else Level.BAD
        what = f"mail: {identity.logical} is verified"
        yield Checked(level, what, YES, verified, "doctor_do_identity")


def _watched(well: bool, found: Mapping[str, Any]) -> Level:
    if "refused" in found:
        return Level.BAD
    return Level.OK if well else Level.WARN


MORE: Final[tuple[Callable[[Account], Iterator[Checked]], ...]] = (
    own_keys,
    boundaries,
    concurrency,
    mails,
)


def told(each: Checked, advice: str) -> dict[str, Any]:
    """One check, as JSON says it."""
    return {
        "level": each.level.value,
        "what": each.what,
        "expected": each.expected,
        "found": each.found,
        "do": "" if each.level is Level.OK else advice,
    }
