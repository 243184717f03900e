"""The description of the whole API, from the code.

The routes say what they take and give; what holds for all of them (who may call, how a
refusal looks, what a change has to carry) is added here, from the same register that the
policy is asked from. A test writes it anew and compares.
"""

import json
from collections.abc import Callable, Iterator
from http import HTTPMethod, HTTPStatus
from typing import Any

from aws_lambda_powertools import Logger

from beeldrecht.domain.access import EXISTENCE_PRIVATE, NEEDS_FRESH_SIGN_IN, Operation
from beeldrecht.domain.problems import Problem
from beeldrecht.runtime.http.api import Api
from beeldrecht.runtime.http.problems import CONTENT_TYPE, status_of
from beeldrecht.runtime.logs import logger

from . import ROOT
from .links import add_links

FILE = ROOT / "docs/api/openapi.json"

PUBLIC = frozenset({("GET", "/check/{public_id}"), ("GET", "/embed/{publication_id}")})
"""What anybody at all may ask, without a token or a link: nothing else stands open.

The description and the page of who may do what say it from here, and tests hold the APIs
and the deployed routes against it.
"""

type Json = dict[str, Any]
type Build = Callable[[Any, Logger], Api]

_HEADERS: dict[str, Json] = {
    "If-Match": {
        "description": "The `ETag` of the version that you saw.",
        "required": True,
        "schema": {"type": "string", "pattern": r'^"\d{1,18}"$'},
    },
    "Idempotency-Key": {
        "description": "Yours, new for each creation: sent again it makes nothing new.",
        "required": True,
        "schema": {"type": "string", "pattern": "^[A-Za-z0-9_-]{16,64}$"},
    },
}
_ETAG = {
    "description": "The version that this is: send it as `If-Match` with a change.",
    "required": True,
    "schema": {"type": "string", "pattern": r'^"\d{1,18}"$'},
}
_LOCATION = {
    "description": "Where what was made can be read.",
    "required": True,
    "schema": {"type": "string", "format": "uri-reference"},
}
_RETRY_AFTER = {
    "description": "How many seconds to wait.",
    "schema": {"type": "string", "pattern": r"^\d+$"},
}
_PROBLEM: Json = {
    "type": "object",
    "description": "Why it was not done (RFC 9457); `code` is what a program goes by.",
    "properties": {
        "type": {"type": "string", "pattern": "^urn:beeldrecht:problem:[a-z_]+$"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string", "enum": sorted(Problem)},
        "detail": {
            "type": "string",
            "description": "One helpful sentence, in the language of Accept-Language.",
        },
        "errors": {
            "type": "array",
            "description": "What is wrong with the request, and where.",
            "items": {
                "type": "object",
                "properties": {
                    "where": {"type": "array", "items": {"type": "string"}},
                    "rule": {"type": "string"},
                },
                "required": ["where", "rule"],
                "additionalProperties": False,
            },
        },
    },
    "required": ["type", "title", "status", "code", "detail"],
}
_SECURITY: Json = {
    "staff": {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "JWT",
        "description": "An access token of the staff's user pool.",
    },
    "link": {
        "type": "apiKey",
        "in": "header",
        "name": "Authorization",
        "description": "`Link` and the token of a link: `Authorization: Link <token>`.",
    },
}
_INFO: Json = {
    "title": "Beeldrecht",
    "version": "1",
    "description": (
        "Pictures, the people in them, and what they agreed to. Every answer carries "
        "`Cache-Control: no-store` and forbids sniffing, framing and referrers. A thing "
        "that is not there and one that is not for you give the same answer. How to "
        "call it: docs/api/README.md."
    ),
}


class Unwired:
    """Stands for every store: writing down the routes asks nothing of them."""

    def __getattr__(self, name: str) -> None:
        """Nothing, whatever is asked for."""


def apis() -> Iterator[tuple[str, Api]]:
    """Every API with its routes and no store behind them, by who may call it."""
    from api.staff_api.app import build as staff  # noqa: PLC0415  # heavy
    from api.subject_api.app import build as subject  # noqa: PLC0415
    from api.user_api.app import build as users  # noqa: PLC0415
    from library.search_library.app import build as search  # noqa: PLC0415

    builds: list[tuple[str, Build]] = [
        ("staff", staff),
        ("staff", users),
        ("staff", search),
        ("link", subject),
    ]
    for security, build in builds:
        yield security, build(Unwired(), logger("openapi"))


def document() -> Json:
    """The whole description."""
    paths: dict[str, Json] = {}
    schemas: dict[str, Json] = {"Problem": _PROBLEM}
    for security, api in apis():
        raw = json.loads(
            api.app.get_openapi_schema(title="", version="").model_dump_json(
                by_alias=True, exclude_none=True
            )
        )
        for name, schema in raw["components"]["schemas"].items():
            if name.endswith("ValidationError"):
                continue
            if schemas.setdefault(name, schema) != schema:
                raise ValueError(f"two schemas are called {name}")
        for path, methods in raw["paths"].items():
            for method, operation in methods.items():
                _complete(operation, api, path, method, security)
                paths.setdefault(path, {})[method] = operation
    _tag_versions(paths)
    add_links(paths, schemas)
    _locate(paths)
    made = {
        "openapi": "3.1.0",
        "info": _INFO,
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {
            "responses": {each.name: _refusal(each) for each in map(status_of, Problem)},
            "schemas": schemas,
            "securitySchemes": _SECURITY,
        },
    }
    return dict(_untitled(made))


def text() -> str:
    """The description as it is written: always in the same order."""
    return json.dumps(document(), indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def _complete(operation: Json, api: Api, path: str, method: str, security: str) -> None:
    """Add to an operation what the frame does around it."""
    route = path.replace("{", "<").replace("}", ">")
    asked = api.operations[HTTPMethod(method.upper()), route]
    public = (method.upper(), path) in PUBLIC
    operation["security"] = [{} if public else {security: []}]
    operation["x-operation"] = asked.value if asked else None
    parameters = operation.get("parameters", [])
    for parameter in parameters:
        _settle(parameter)
    if security == "link":
        # The scheme says it already; as a parameter it would be said twice.
        operation["parameters"] = [p for p in parameters if p["name"] != "Authorization"]
    for code in ("422", "default"):
        operation["responses"].pop(code, None)
    # What says all it has to say by its status has no body.
    for status in (HTTPStatus.NO_CONTENT, HTTPStatus.FOUND, HTTPStatus.GONE):
        if "$ref" not in (bare := operation["responses"].get(str(int(status)), {})):
            bare.pop("content", None)
    also = api.also.get((HTTPMethod(method.upper()), route), ())
    if EXISTENCE_PRIVATE & set(also):
        # About one thing that is named in the request and not in the address.
        missing = HTTPStatus.NOT_FOUND
        where = f"#/components/responses/{missing.name}"
        operation["responses"][str(int(missing))] = {"$ref": where}
    for status in sorted(_problems(operation, asked, path, method, security)):
        where = f"#/components/responses/{status.name}"
        operation["responses"][str(int(status))] = {"$ref": where}


def _settle(parameter: Json) -> None:
    """Say a parameter as it is to be sent: with its name as written, and no null."""
    parameter["name"] = next(
        (name for name in _HEADERS if name.lower() == parameter["name"].lower()),
        parameter["name"],
    )
    schema = parameter["schema"]
    kinds = [each for each in schema.get("anyOf", []) if each != {"type": "null"}]
    if len(kinds) == 1:
        del schema["anyOf"]
        schema.update(kinds[0])
    parameter.update(_HEADERS.get(parameter["name"], {}))


_MORE = {
    # Reading it has a version made, which can fail as a change can.
    ("get", "/v1/assets/{asset_id}/masked"): (
        status_of(Problem.CONFLICT),
        status_of(Problem.BUSY),
    ),
    # Whoever is looked for has to be on record.
    ("post", "/v1/saved-searches"): (HTTPStatus.NOT_FOUND,),
}
"""With what else a route can refuse."""


def _problems(
    operation: Json, asked: Operation | None, path: str, method: str, security: str
) -> set[HTTPStatus]:
    """The statuses with which the frame or the route can refuse."""
    names = {parameter["name"] for parameter in operation.get("parameters", [])}
    writes = method != "get"
    unknown = Problem.NOT_SIGNED_IN if security == "staff" else Problem.LINK_NOT_VALID
    more = _MORE.get((method, path), ())
    found = {status_of(unknown), HTTPStatus.INTERNAL_SERVER_ERROR, *more}
    if asked is not None:
        if asked not in EXISTENCE_PRIVATE or asked in NEEDS_FRESH_SIGN_IN:
            found.add(HTTPStatus.FORBIDDEN)
        if asked in EXISTENCE_PRIVATE or "{" in path:
            found.add(HTTPStatus.NOT_FOUND)
    if "cursor" in names:
        found.add(status_of(Problem.CURSOR_UNKNOWN))
    if "Idempotency-Key" in names:
        found.add(status_of(Problem.IDEMPOTENCY_KEY_REQUIRED))
        found.add(status_of(Problem.IDEMPOTENCY_KEY_REUSED))
    if "If-Match" in names:
        found.add(status_of(Problem.PRECONDITION_REQUIRED))
    if names - {"Authorization"} or writes:
        found.add(status_of(Problem.INVALID_REQUEST))
    if writes:
        found |= {
            status_of(each)
            for each in (
                Problem.CHANGED_MEANWHILE,
                Problem.CONFLICT,
                Problem.BODY_TOO_LARGE,
                Problem.MEDIA_TYPE_UNKNOWN,
                Problem.BUSY,
            )
        }
    if security == "link":
        found.add(status_of(Problem.TOO_MANY_REQUESTS))
    return found


def _refusal(status: HTTPStatus) -> Json:
    codes = sorted(each.value for each in Problem if status_of(each) is status)
    refusal: Json = {
        "description": ", ".join(f"`{code}`" for code in codes),
        "content": {CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    if status in {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}:
        refusal["headers"] = {"Retry-After": _RETRY_AFTER}
    return refusal


def _locate(paths: dict[str, Json]) -> None:
    """Say where a Location comes: with what was made and can be read by itself."""
    above = {
        path.rpartition("/{")[0] for path, methods in paths.items() if "get" in methods
    }
    for path in above & paths.keys():
        made = paths[path].get("post", {}).get("responses", {}).get("201")
        if made is not None:
            made.setdefault("headers", {})["Location"] = _LOCATION


def _tag_versions(paths: dict[str, Json]) -> None:
    """Say where an ETag comes: with whatever a conditional change answers with."""
    operations = [each for methods in paths.values() for each in methods.values()]
    versioned = {
        _schema(operation["responses"][status])
        for operation in operations
        for parameter in operation.get("parameters", [])
        for status in ("200", "201")
        if parameter["name"] == "If-Match" and status in operation["responses"]
    } - {""}
    for operation in operations:
        for status, response in operation["responses"].items():
            if status.startswith("2") and _schema(response) in versioned:
                response.setdefault("headers", {})["ETag"] = _ETAG


def _schema(response: Json) -> str:
    content = response.get("content", {}).get("application/json", {})
    return str(content.get("schema", {}).get("$ref", ""))


def _untitled(value: Any) -> Any:
    """The same without the titles that a model has for each of its fields."""
    match value:
        case dict():
            kept = {
                key: each
                for key, each in value.items()
                if not (
                    key == "title" and isinstance(each, str) and "version" not in value
                )
            }
            return {key: _untitled(each) for key, each in kept.items()}
        case list():
            return [_untitled(each) for each in value]
    return value
