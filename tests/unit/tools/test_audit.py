"""A known vulnerability fails; silence of the services is told from a clean answer."""

import json
from pathlib import Path

import pytest

from tools.audit import (
    NO_ANSWER,
    Answer,
    AuditError,
    ask_about_python,
    locks,
    read_npm_audit,
    read_pip_audit,
    report,
)

CLEAN = {"name": "numpy", "version": "2.5.5", "vulns": []}
UNKNOWN = {"name": "six", "skip_reason": "Dependency not found on PyPI"}
HIT = {
    "name": "urllib3",
    "version": "2.8.0",
    "vulns": [{"id": "PYSEC-2026-1", "fix_versions": ["2.8.1"]}],
}
UNMENDED = {
    "name": "old",
    "version": "1",
    "vulns": [{"id": "GHSA-x", "fix_versions": []}],
}


def pip_says(*packages: object) -> Answer:
    return read_pip_audit(json.dumps({"dependencies": packages, "fixes": []}))


def npm_says(vulnerabilities: object) -> Answer:
    counted = {"dependencies": {"total": 17}}
    return read_npm_audit(
        json.dumps({"metadata": counted, "vulnerabilities": vulnerabilities})
    )


def test_a_clean_answer_of_pip_audit() -> None:
    assert pip_says(CLEAN, UNKNOWN) == Answer(1, 2, ())


def test_a_finding_names_package_advisory_and_remedy() -> None:
    assert pip_says(CLEAN, HIT, UNMENDED).findings == (
        "urllib3 2.8.0: PYSEC-2026-1, mended in 2.8.1",
        "old 1: GHSA-x",
    )


def test_a_service_that_knows_no_package_was_not_reached() -> None:
    assert not pip_says(UNKNOWN, UNKNOWN).reached


@pytest.mark.parametrize("text", ["", "Traceback …", "[]", "{}", '{"message": "405"}'])
def test_anything_else_is_no_answer(text: str) -> None:
    assert read_pip_audit(text) == NO_ANSWER
    assert read_npm_audit(text) == NO_ANSWER


def test_npm_findings() -> None:
    found = npm_says({"ajv": {"range": "<8", "severity": "high"}})
    assert found == Answer(17, 17, ("ajv <8: high",))
    assert npm_says({}) == Answer(17, 17, ())


def test_a_finding_fails(capsys: pytest.CaptureFixture[str]) -> None:
    assert report([("uv.lock", pip_says(HIT)), ("other", NO_ANSWER)]) == 1
    assert "PYSEC-2026-1" in capsys.readouterr().out


def test_no_answer_does_not_fail_but_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert report([("uv.lock", NO_ANSWER), ("other", pip_says(CLEAN))]) == 0
    said = capsys.readouterr().out
    assert "no advisory service reachable for uv.lock: NOT checked" in said
    assert "other: 1 of 1 packages known, 0 findings" in said


def test_every_lock_of_the_repository_is_asked_about() -> None:
    python, node = locks()
    assert {"uv.lock", "local/cloud/uv.lock"} <= set(python)
    assert "package-lock.json" in node


def test_a_lock_that_cannot_be_read_is_no_silence(tmp_path: Path) -> None:
    with pytest.raises(AuditError, match="cannot be read"):
        ask_about_python(tmp_path)
