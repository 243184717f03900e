"""Read last: what all tests together showed of roles, logs, queues and executions.

Least privilege both ways: every call that a function made was granted (IAM is enforced
in the local cloud), and every grant was used by some test or is explained. And nothing
that stays says anything of anybody: log lines, messages, executions, keys of objects.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

import pytest

from beeldrecht.runtime.logs import ALLOWED
from tests.workflows.grants import EXPLAINED, Deployment, Grant, used
from tests.workflows.said import given_away, leaves, words

type Observed = list[dict[str, Any]]

# What AWS's own runtime says of a function that raised: the class, its words, and where.
RUNTIMES_OWN = re.compile(r"\[(ERROR|WARNING)\]|Traceback|[ \xa0]+\S|LAMBDA_WARNING")
# What may pass through a state: ids, instants, ARNs, words of our own, where it failed.
OPAQUE = re.compile(
    r"[0-9a-f]{32}([0-9a-f]{32})?|[0-9a-f-]{36}|[a-z][a-z0-9_]*|[A-Z]\w+"
    r"|\d{4}-\d\d-\d\dT[\d:.]+(Z|\+00:00)|arn:aws:[\w:*/.-]+|  File \".*"
    r"|[0-9.]*|(States|Runtime)\.[A-Z]\w+|Task timed out waiting for callback"
    r"|Runtime exited before returning a response",
    re.DOTALL,
)
KEY = re.compile(
    r"originals/[0-9a-f]{32}|[0-9a-f]{32}/((frames|preview|thumb|working)\.jpg|file\.bin)"
    r"|checkpoints/[\d/T:Z-]+(\.json)?|(signed|paper)/[0-9a-f]{32}"
    r"|[0-9a-f]{32}/masked/[0-9a-f]{32}\.(jpg|png|webp|avif|tif)|(exports|packages)/[0-9a-f]{32}\.zip"
    r"|building/[0-9a-f]{32}/(record\.json|batches/\d{6}\.json"
    r"|told/[0-9a-f]{32}\.json|documents/[0-9a-f]{32}\.[a-z]{3,4}|pictures/[0-9a-f]{32}\.jpg)"
    r"|index/[0-9a-f]{32}/[0-9a-f]{32}(\.\d+)?\.[a-z]+"
    r"|certificates/[0-9a-f]{32}(\.json|\.[0-9a-f]+\.pdf)"
)


@pytest.fixture(scope="module")
def known() -> set[str]:
    return words()


def of_kind(observed: Observed, kind: str) -> Observed:
    return [entry for entry in observed if entry["kind"] == kind]


def of_ours(observed: Observed, kind: str) -> Observed:
    """Entries of the deployed system's functions and workflows, and not of a probe's."""
    return [
        entry
        for entry in of_kind(observed, kind)
        if _maker(entry).startswith("Beeldrecht-")
    ]


def _maker(entry: Mapping[str, Any]) -> str:
    """Whose entry it is: an execution's ARN names its state machine before its own id."""
    if execution := entry.get("execution"):
        return str(execution).split(":")[6]
    return str(entry.get("function", ""))


def test_no_role_was_refused_anything(observed: Observed, deployment: Deployment) -> None:
    refused = {
        (role, call["action"], call["resource"], call["denied_by"])
        for call in of_kind(observed, "call")
        if not call["allowed"] and (role := deployment.role_of(call["role"]))
    }
    assert refused == set()


@pytest.mark.usefixtures("whole_suite")
def test_every_grant_was_used_or_is_explained(
    observed: Observed, deployment: Deployment
) -> None:
    unused = deployment.grants() - used(deployment, of_kind(observed, "call"))
    unexplained = {
        grant for grant in unused if not any(each.holds(grant) for each in EXPLAINED)
    }
    assert sorted(unexplained) == []


@pytest.mark.parametrize("each", EXPLAINED, ids=lambda each: f"{each.role}-{each.sid}")
def test_every_explanation_is_of_a_grant_that_stands(
    deployment: Deployment, each: Any
) -> None:
    """Whether a run used it is left open: what the clock starts finds what is there."""
    assert any(each.holds(grant) for grant in deployment.grants())
    assert len(each.reason) > 60


def test_a_grant_nobody_uses_is_seen(observed: Observed, deployment: Deployment) -> None:
    calls = of_kind(observed, "call")
    assert used(deployment, calls)
    [first, *_] = sorted(used(deployment, calls))
    without = [call for call in calls if call["action"] != first.action]
    assert first not in used(deployment, without)
    assert Grant("Nobody", "Nothing", "s3:GetObject") not in used(deployment, calls)


@pytest.mark.usefixtures("deployment")
def test_no_line_says_anything_of_anybody(observed: Observed, known: set[str]) -> None:
    lines = of_ours(observed, "log")
    assert lines
    said = {
        (entry["function"].split("-")[1], entry["message"], *found)
        for entry in lines
        if (found := given_away(entry["message"], known))
    }
    assert said == set()


@pytest.mark.usefixtures("deployment")
def test_every_line_is_made_of_allowed_keys(observed: Observed) -> None:
    foreign = set()
    for entry in of_ours(observed, "log"):
        message = entry["message"]
        if not message.startswith("{"):
            if not RUNTIMES_OWN.match(message):
                foreign.add(message)
        else:
            foreign |= json.loads(message).keys() - ALLOWED
    assert foreign == set()


def test_no_test_of_a_function_made_it_log_anything_of_anybody(
    observed: Observed, known: set[str]
) -> None:
    # The formatter's own tests feed it all of that, and see that it does not come out.
    lines = [e for e in of_kind(observed, "line") if "test_logs.py" not in e["test"]]
    said = {
        (entry["test"].partition(" ")[0], entry["message"], *found)
        for entry in lines
        if (found := given_away(entry["message"], known))
        or (found := sorted(json.loads(entry["message"]).keys() - ALLOWED))
    }
    assert said == set()


@pytest.mark.usefixtures("deployment")
def test_queues_hand_on_ids_alone(observed: Observed, known: set[str]) -> None:
    bodies = [
        record["body"]
        for entry in of_ours(observed, "message")
        for record in entry["records"]
        if "body" in record
    ]
    assert bodies
    for body in bodies:
        assert given_away(_without_the_senders_address(body), known) == []


def _without_the_senders_address(body: str) -> str:
    """S3 names in its event who uploaded from where; the queue keeps it four days."""
    message = json.loads(body)
    for record in message.get("Records", []):
        record.pop("requestParameters", None)
    return json.dumps(message)


@pytest.mark.usefixtures("deployment")
def test_executions_hold_ids_and_words_of_ours_alone(observed: Observed) -> None:
    histories = of_ours(observed, "history")
    assert histories
    foreign = {
        text
        for entry in histories
        for text in leaves(_unfolded(entry["details"]))
        if not OPAQUE.fullmatch(text)
    }
    assert foreign == set()


def _unfolded(details: Mapping[str, Any] | None) -> Any:
    """Details with the JSON in their strings read."""
    if not isinstance(details, dict):
        return details
    return {key: _read(value) for key, value in details.items()}


def _read(value: Any) -> Any:
    if not isinstance(value, str):
        return _unfolded(value)
    try:
        return json.loads(value) if value[:1] in "{[" else value
    except json.JSONDecodeError:
        return value


@pytest.mark.usefixtures("deployment")
def test_keys_of_objects_are_ids(observed: Observed) -> None:
    keys = {
        entry["key"]
        for entry in of_kind(observed, "object")
        if entry["bucket"].startswith("beeldrecht-stores-")
    }
    assert keys
    assert {key for key in keys if not KEY.fullmatch(key)} == set()
