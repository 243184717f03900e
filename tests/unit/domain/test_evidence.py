"""What shows that a promise is kept: unknown is red, and so is anything that speaks
against it."""

from datetime import UTC, datetime

import pytest

from beeldrecht.domain.evidence import (
    REQUIREMENTS,
    Evidence,
    LiveSetting,
    RowProof,
    TestRun,
    gathered,
    row_of,
    services_of,
)

AT = datetime(2026, 6, 1, tzinfo=UTC)


def run(row: int, outcome: str = "passed") -> TestRun:
    return TestRun(
        f"tests/unit/test_x.py::test_r{row:02d}_{outcome}", outcome, "abc", "t"
    )


def setting(*rows: str, found: str = "yes") -> LiveSetting:
    return LiveSetting(rows, "bucket Originals: encrypted", "yes", found)


def proof(evidence: Evidence, row: str) -> RowProof:
    return next(each for each in evidence.rows if each.requirement.row == row)


EVERY = [run(n) for n in range(1, len(REQUIREMENTS) + 1)]


def test_r15_every_promise_stands_in_it_once_and_in_order() -> None:
    assert [each.row for each in REQUIREMENTS] == [f"R{n}" for n in range(1, 24)]


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("tests/unit/test_x.py::test_r05_it_ends", "R5"),
        ("tests/unit/test_x.py::TestIt::test_r17_whom[moto]", "R17"),
        ("test_r18_it_lapses", "R18"),
        ("tests/unit/test_x.py::test_it_ends", None),
        ("tests/unit/test_r05_x.py::test_it_ends", None),
        ("tests/unit/test_x.py::test_r5_it_ends", None),
    ],
)
def test_a_test_proves_the_promise_that_it_is_named_after(
    name: str, row: str | None
) -> None:
    assert row_of(name) == row


def test_all_is_well_when_each_promise_is_shown() -> None:
    assert gathered(EVERY, [], AT).ok
    assert gathered(EVERY, [setting("R11", "R16")], AT).ok


@pytest.mark.parametrize("n", range(1, 24))
def test_a_promise_that_nothing_shows_is_red(n: int) -> None:
    evidence = gathered([each for each in EVERY if each != run(n)], [], AT)
    assert not evidence.ok
    assert proof(evidence, f"R{n}").faults == ("nothing shows it",)
    assert sum(not each.ok for each in evidence.rows) == 1


def test_one_failed_test_is_red_however_many_pass() -> None:
    evidence = gathered([*EVERY, run(5, "failed")], [], AT)
    assert not evidence.ok
    assert [each.requirement.row for each in evidence.rows if not each.ok] == ["R5"]


def test_a_test_that_was_skipped_shows_nothing() -> None:
    others = [each for each in EVERY if each != run(9)]
    assert not gathered([*others, run(9, "skipped")], [], AT).ok
    assert gathered([*EVERY, run(9, "skipped")], [], AT).ok


def test_r15_a_setting_that_drifted_is_red_in_each_promise_that_it_carries() -> None:
    evidence = gathered(EVERY, [setting("R11", "R16", found="AccessDenied")], AT)
    red = [each.requirement.row for each in evidence.rows if not each.ok]
    assert red == ["R11", "R16"]
    assert proof(evidence, "R16").faults == (
        "bucket Originals: encrypted: AccessDenied, and not yes",
    )


def test_r15_the_services_are_those_that_are_deployed() -> None:
    kinds = ["AWS::S3::Bucket", "AWS::IAM::Role", "AWS::DynamoDB::Table"]
    assert services_of(kinds) == ("Amazon DynamoDB", "Amazon S3")
    assert services_of([]) == ()
