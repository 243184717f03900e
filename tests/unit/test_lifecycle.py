"""The map in docs/lifecycle.md is held against the code, both ways."""

import json
import re
from pathlib import Path

from tests.states import states_of

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/lifecycle.md").read_text()
STAGES = r"\| (intake|recognition|clearance|consent|egress|library|rights|api|audit) \|"
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in PAGE.splitlines()
    if re.match(STAGES, line)
]
TAG = re.compile(r"[a-z]+:[a-z]+:[a-z]+")


def folders() -> set[tuple[str, str]]:
    """What has a handler, and the steps that have none: those run inside another."""
    return {
        (p.parent.parent.name, p.parent.name)
        for part in ("handler", "step")
        for p in (ROOT / "functions").glob(f"*/*/{part}.py")
    }


def test_every_function_stands_on_the_map_under_its_stage_and_no_other_does() -> None:
    assert {(row[0], row[1].strip("`")) for row in ROWS} == folders()


def test_every_state_of_every_workflow_stands_on_the_map() -> None:
    states = {
        name
        for file in (ROOT / "statemachines").glob("*.asl.json")
        for name, _ in states_of(json.loads(file.read_text()))
    }
    after_the_table = PAGE.split("The workflows' own states", 1)[1].split("##")[0]
    told = {name for row in ROWS for name in re.findall(r"`(\w+)`", row[3])}
    told |= set(re.findall(r"`([A-Z][A-Za-z]+)`", after_the_table))
    assert told == states


def test_a_state_carries_the_name_of_its_function() -> None:
    for row in ROWS:
        for name in re.findall(r"`(\w+)`", row[3]):
            words = row[1].strip("`").split("_")
            assert name.removesuffix("Again") == "".join(w.capitalize() for w in words)


def test_every_audit_tag_is_written_by_the_function_in_whose_row_it_stands() -> None:
    for row in ROWS:
        code = "".join(
            p.read_text()
            for p in (ROOT / "functions" / row[0] / row[1].strip("`")).rglob("*.py")
        )
        written = set(TAG.findall(code)) | {
            f"{stem}{answer}"
            for stem in re.findall(r'"([a-z]+:[a-z]+:)\{event\.answer\}"', code)
            for answer in ("confirm", "reject")
        }
        assert set(TAG.findall(row[6])) == written, row[1]


def test_every_rule_that_is_named_exists() -> None:
    core = ROOT / "layers/core/python/beeldrecht"
    for row in ROWS:
        for module in re.findall(r"`(domain/[a-z_]+\.py)`", row[4]):
            code = (core / module).read_text()
            names = re.findall(r"\.py`[^`]*`(\w+)`(?:, `(\w+)`)?", row[4])
            for name in {n for pair in names for n in pair if n}:
                assert re.search(rf"^(class|def) {name}\b", code, re.MULTILINE), name
