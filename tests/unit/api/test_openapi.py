"""The description of the API: what is written is what the code says, and it is whole."""

from http import HTTPMethod
from typing import Any

import jsonschema_rs
import pytest

from beeldrecht.domain.access import EXISTENCE_PRIVATE, Operation
from beeldrecht.domain.problems import Problem
from tools.openapi import description

WRITTEN = description.FILE.read_text(encoding="utf-8")
DOCUMENT = description.document()
COMPONENTS = DOCUMENT["components"]
OPERATIONS = [
    (method, path, operation)
    for path, methods in DOCUMENT["paths"].items()
    for method, operation in methods.items()
]
PLAIN = {("show_embed", "302"), ("show_embed", "410")}
"""What a browser follows, or shows as nothing, in somebody else's page: no problem."""
EVERY = pytest.mark.parametrize(
    ("method", "path", "operation"),
    OPERATIONS,
    ids=[operation["operationId"] for _, _, operation in OPERATIONS],
)


def test_what_is_written_is_what_the_code_says() -> None:
    assert description.text() == WRITTEN, "run `make openapi`"


def test_it_is_written_the_same_way_each_time() -> None:
    assert description.text() == description.text()


def test_every_route_is_described_under_its_operation() -> None:
    described = {
        (method.upper(), path): operation["x-operation"]
        for method, path, operation in OPERATIONS
    }
    routes = {
        (str(method), path.replace("<", "{").replace(">", "}")): asked
        for _, api in description.apis()
        for (method, path), asked in api.operations.items()
    }
    assert {key: asked and asked.value for key, asked in routes.items()} == described


def test_every_operation_has_a_name_of_its_own() -> None:
    names = [operation["operationId"] for _, _, operation in OPERATIONS]
    assert len(set(names)) == len(names)


@EVERY
def test_an_operation_says_what_it_does_for_whom_and_how_it_refuses(
    method: str, path: str, operation: dict[str, Any]
) -> None:
    assert 5 < len(operation["summary"]) <= 80
    [scheme] = operation["security"]
    assert scheme.keys() <= COMPONENTS["securitySchemes"].keys()
    done = "302" if operation["operationId"] == "show_embed" else "2"
    assert any(status.startswith(done) for status in operation["responses"])
    unknown = "401" if "staff" in scheme else "404"
    assert operation["responses"].keys() >= {unknown, "500"}
    asked = operation["x-operation"]
    if asked and Operation(asked) in EXISTENCE_PRIVATE:
        assert "404" in operation["responses"]
    for status, response in operation["responses"].items():
        if status.startswith("2") or (operation["operationId"], status) in PLAIN:
            assert "$ref" not in response
        else:
            name = response["$ref"].rpartition("/")[2]
            [content] = COMPONENTS["responses"][name]["content"].items()
            assert content[0] == "application/problem+json"


@EVERY
def test_a_change_says_what_it_has_to_carry(
    method: str, path: str, operation: dict[str, Any]
) -> None:
    headers = {
        parameter["name"]: parameter
        for parameter in operation.get("parameters", [])
        if parameter["in"] == "header"
    }
    assert headers.keys() <= {"If-Match", "Idempotency-Key", "Accept-Language"}
    for name, status in (("If-Match", "428"), ("Idempotency-Key", "400")):
        if name in headers:
            assert headers[name]["required"]
            assert status in operation["responses"]
    if "201" in operation["responses"]:
        assert method == "post"
    if method == "get":
        assert not headers
        assert "requestBody" not in operation


@EVERY
def test_every_link_leads_to_an_operation_with_everything_that_it_needs(
    method: str, path: str, operation: dict[str, Any]
) -> None:
    by_name = {other["operationId"]: other for _, _, other in OPERATIONS}
    for response in operation["responses"].values():
        for link in response.get("links", {}).values():
            target = by_name[link["operationId"]]
            needed = {
                f"path.{parameter['name']}"
                for parameter in target.get("parameters", [])
                if parameter["in"] == "path"
            }
            assert needed
            assert needed <= link["parameters"].keys()


def test_what_is_made_and_can_be_read_says_where() -> None:
    said = {
        operation["operationId"]
        for _, _, operation in OPERATIONS
        if "Location" in operation["responses"].get("201", {}).get("headers", {})
    }
    assert said >= {"create_person", "create_collection"}
    assert not said & {"create_link", "create_download"}


def test_every_schema_is_one() -> None:
    for schema in COMPONENTS["schemas"].values():
        jsonschema_rs.validator_for({**schema, "components": COMPONENTS})


def test_problems_are_all_there() -> None:
    codes = COMPONENTS["schemas"]["Problem"]["properties"]["code"]["enum"]
    assert set(codes) == set(Problem)


def test_methods_are_ones_that_exist() -> None:
    assert {HTTPMethod(method.upper()) for method, _, _ in OPERATIONS} <= {
        HTTPMethod.GET,
        HTTPMethod.POST,
        HTTPMethod.PUT,
        HTTPMethod.PATCH,
        HTTPMethod.DELETE,
    }
