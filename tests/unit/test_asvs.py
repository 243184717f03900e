"""The table of security requirements is whole, and each of its proofs is there."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SECURITY = ROOT / "docs" / "security"
TABLE = SECURITY / "asvs.md"
# Which requirements there are, of which version and levels: the file says its source.
CHOSEN = ROOT / "tests" / "data" / "asvs-5.0.0.txt"

STATES = ("met", "platform", "n/a", "open")
_ROW = re.compile(r"\| (V[\d.]+) \| ([123]) \| ([^|]+) \| ([^|]+) \| ([^|]*) \|")
_LINK = re.compile(r"\[([^\]]+)\]\(([^)#\s]+)\)")
_TEST = re.compile(r"`([\w.-]+)::(\w+)`")


@dataclass(frozen=True)
class Row:
    """One requirement: its id, level, what is asked, how it stands and what shows it."""

    id: str
    level: str
    asked: str
    state: str
    shown: str


@cache
def rows() -> list[Row]:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    return [Row(*match.groups()) for line in lines if (match := _ROW.fullmatch(line))]


def chosen() -> list[tuple[str, str]]:
    lines = CHOSEN.read_text(encoding="utf-8").splitlines()
    named = (line.split() for line in lines if not line.startswith("#"))
    return [(name, level) for name, level in named]


def links(text: str) -> Iterator[tuple[str, Path]]:
    """The links of a page of this folder, by what they are called."""
    for label, target in _LINK.findall(text):
        if "://" not in target:
            yield label, (SECURITY / target).resolve()


@cache
def functions_of(file: Path) -> set[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_every_requirement_of_the_chosen_levels_stands_in_its_order() -> None:
    assert [(row.id, row.level) for row in rows()] == chosen()


def test_every_row_of_the_table_is_read() -> None:
    text = TABLE.read_text(encoding="utf-8")
    assert len(re.findall(r"^\| V\d", text, re.MULTILINE)) == len(rows()) > 250


@pytest.mark.parametrize(
    "page", sorted(SECURITY.glob("*.md")), ids=lambda page: page.name
)
def test_every_link_leads_to_what_is_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert [str(target) for _, target in links(text) if not target.exists()] == []


def test_every_test_that_is_named_is_a_test_of_that_file() -> None:
    missing = [
        (row.id, label)
        for row in rows()
        for label, target in links(row.shown)
        if (named := _TEST.fullmatch(label))
        and (named[1] != target.name or named[2] not in functions_of(target))
    ]
    assert missing == []


def test_what_is_met_shows_by_what_and_what_is_open_says_what_is_missing() -> None:
    for row in rows():
        note = _LINK.sub("", row.shown).strip(" ;")
        assert row.state in STATES, row.id
        assert row.asked.strip(), row.id
        if row.state in {"met", "platform"}:
            assert list(links(row.shown)), row.id
        if row.state == "platform":
            assert note, row.id
        if row.state == "n/a":
            assert len(note) > 5, row.id
        if row.state == "open":
            assert re.search(r"\b[Ii]ssue\b", note), row.id


def test_the_figures_above_the_table_are_its_own() -> None:
    head = TABLE.read_text(encoding="utf-8").partition("\n## ")[0]
    counted = Counter(row.state for row in rows())
    for state in STATES:
        assert f"| {state} | {counted[state]} |" in head
