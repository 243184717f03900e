"""Links of the description: where what one operation gives can be taken to.

An identifier in an answer (`asset_id`, or that of the first item of a list) leads to
every operation that takes one of that name; whatever else such an operation needs comes
from the same answer or from the request's own path, and `If-Match` from its `ETag`.
"""

import re
from typing import Any

type Json = dict[str, Any]

_IN_PATH = re.compile(r"\{(\w+)\}")
_REF = "#/components/schemas/"


def add_links(paths: dict[str, Json], schemas: dict[str, Json]) -> None:
    """Add to every answer that names things the operations that take them."""
    for path, methods in paths.items():
        for operation in methods.values():
            for status, response in operation["responses"].items():
                if status.startswith("2"):
                    links = _links(path, operation, response, paths, schemas)
                    if links:
                        response["links"] = links


def _links(
    path: str,
    operation: Json,
    response: Json,
    paths: dict[str, Json],
    schemas: dict[str, Json],
) -> Json:
    content = response.get("content", {}).get("application/json", {})
    given = {name: f"$request.path.{name}" for name in _IN_PATH.findall(path)}
    for name, pointer in _identifiers(content.get("schema", {}), schemas).items():
        given[name] = f"$response.body#{pointer}"
    links: Json = {}
    for target, methods in sorted(paths.items()):
        wanted = _IN_PATH.findall(target)
        if not wanted or not set(wanted) <= given.keys():
            continue
        if all(given[name].startswith("$request") for name in wanted):
            continue  # it leads nowhere that the request did not know of
        for other in methods.values():
            if other["operationId"] != operation["operationId"]:
                links[other["operationId"]] = _link(other, wanted, given, response)
    return links


def _link(other: Json, wanted: list[str], given: dict[str, str], response: Json) -> Json:
    parameters = {f"path.{name}": given[name] for name in wanted}
    names = {parameter["name"] for parameter in other.get("parameters", [])}
    if "If-Match" in names and "ETag" in response.get("headers", {}):
        parameters["header.If-Match"] = "$response.header.ETag"
    return {"operationId": other["operationId"], "parameters": parameters}


def _identifiers(schema: Json, schemas: dict[str, Json]) -> dict[str, str]:
    """Where in an answer each kind of identifier is found first, nearest to its root."""
    found: dict[str, str] = {}
    level = [("", schema)]
    for _ in range(8):  # deeper than any of our answers
        below: list[tuple[str, Json]] = []
        for pointer, each in level:
            here = _resolved(each, schemas)
            if "items" in here:
                below.append((f"{pointer}/0", here["items"]))
            for name, inner in here.get("properties", {}).items():
                if name.endswith("_id"):
                    found.setdefault(name, f"{pointer}/{name}")
                below.append((f"{pointer}/{name}", inner))
        level = below
    return found


def _resolved(schema: Json, schemas: dict[str, Json]) -> Json:
    """What a schema says, past references and past what may be null."""
    kinds = [each for each in schema.get("anyOf", []) if each != {"type": "null"}]
    if kinds:
        schema = kinds[0]
    name = str(schema.get("$ref", "")).removeprefix(_REF)
    return schemas.get(name, {}) if name else schema
