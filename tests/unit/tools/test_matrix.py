"""The access matrix in the docs is the policy, and every route stands in it (R16)."""

import re

import pytest

from beeldrecht.domain.access import Operation, Role, Scene, User
from tests.fakes.access_oracle import allowed
from tests.unit.domain.situations import ME, NOW, OTHER, within
from tools.matrix.page import COLUMNS, FILE, text
from tools.openapi.description import PUBLIC, apis

PAGE = FILE.read_text("utf-8")
TABLE = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in PAGE.splitlines()
    if line.startswith("| `")
]
ROWS = {cells[0].strip("`"): cells for cells in TABLE}


def test_the_page_is_what_the_code_says_now() -> None:
    assert text() == PAGE, "write it anew: make matrix"


def test_every_operation_has_its_row_in_the_order_of_the_code() -> None:
    assert list(ROWS) == [operation.value for operation in Operation]


@pytest.mark.parametrize("operation", Operation)
@pytest.mark.parametrize("role", COLUMNS)
def test_every_cell_says_what_the_description_of_the_roles_says(
    operation: Operation, role: Role
) -> None:
    """Read by its words, and put to somebody who has that role and leave to recognise."""
    cell = ROWS[operation][2 + COLUMNS.index(role)]
    kinds = re.findall(r"yes|own|leaves", cell)
    who = User(ME, frozenset({role, Role.RECOGNISER}), NOW)
    for scene, means in (
        (Scene(OTHER), {"yes"}),
        (Scene(ME), {"yes", "own"}),
        (Scene(OTHER, leaves=True), {"yes", "leaves"}),
    ):
        assert bool(means & set(kinds)) == allowed(who, operation, NOW, scene)
    closed = Scene(OTHER, collections=(within(None),))
    assert ("across" in cell) == allowed(who, operation, NOW, closed)
    assert bool(kinds) != (cell == "-")


@pytest.mark.parametrize("operation", Operation)
def test_the_routes_are_those_of_the_apis(operation: Operation) -> None:
    shown = set(re.findall(r"`([A-Z]+) ([^`]+)`", ROWS[operation][-1]))
    carried = {
        (str(method), path.replace("<", "{").replace(">", "}"))
        for _, api in apis()
        for (method, path), asked in api.operations.items()
        if operation in {asked, *api.also.get((method, path), ())}
    }
    assert shown == carried
    assert carried


def test_only_who_one_is_and_links_ask_for_no_role() -> None:
    unasked = {
        (str(method), path.replace("<", "{").replace(">", "}"))
        for _, api in apis()
        for (method, path), asked in api.operations.items()
        if asked is None
    }
    signed_in = {route for route in unasked if route[1].startswith("/v1/")}
    assert signed_in == {("GET", "/v1/me")}
    by_link = unasked - signed_in - PUBLIC
    assert all(path.startswith("/subject/") for _, path in by_link)
    # And no more stands open than what is said to.
    assert unasked >= PUBLIC
    assert {(method, path.split("/")[1]) for method, path in PUBLIC} == {
        ("GET", "check"),
        ("GET", "embed"),
    }
