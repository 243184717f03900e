"""Schemathesis: everything that the description of the API lets anybody ask.

Requests come as the events that API Gateway makes of them, from people in every role. Of
each answer it is checked that nothing failed, that its status, type, headers and body are
the ones described, and that nothing of our insides is in it.
"""

import base64
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import count, cycle
from typing import Any, Protocol
from urllib.parse import parse_qsl

import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis.errors import Flaky, Unsatisfiable
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.config import SchemathesisConfig
from schemathesis.core.failures import FailureGroup
from schemathesis.core.result import Ok
from schemathesis.generation.modes import GenerationMode

from beeldrecht.domain.access import Operation, Role, User, ever
from beeldrecht.domain.ids import derived_id
from beeldrecht.runtime.http.api import HEADERS
from tests.fakes.http import claims_of
from tests.fakes.samples import UPLOADER
from tools.openapi import description

type Environ = Mapping[str, Any]
type Event = dict[str, Any]

ROLES: Mapping[str, frozenset[Role]] = {
    "editor": frozenset({Role.EDITOR, Role.RECOGNISER}),
    "officer": frozenset({Role.PRIVACY_OFFICER, Role.RECOGNISER}),
    "administrator": frozenset({Role.ADMINISTRATOR}),
    "contributor": frozenset({Role.CONTRIBUTOR}),
    "second editor": frozenset({Role.EDITOR, Role.RECOGNISER}),
    "viewer": frozenset({Role.VIEWER}),
    "second officer": frozenset({Role.PRIVACY_OFFICER}),
    "nobody": frozenset(),
}
IDS = {name: derived_id("asked", name) for name in ROLES} | {"contributor": UPLOADER}
# Editors most of all: they can do most, and what the others may not is soon asked.
WALKERS = ["editor", "officer", "second editor", "administrator", "editor", *ROLES]
_AN_ID, _A_TAG = re.compile(r"[0-9a-f]{32}"), re.compile(r'"\d{1,18}"', re.ASCII)
_A_NAME = re.compile(r"[0-9a-f]{32}(\.[1-9][0-9]{0,5}|[0-9a-f]{32})?|[a-z]{2}")
"""Of a document, a version of a wording, its digest, or a language."""
_CALLERS = count()
INSIDE = re.compile(
    r"Traceback|File \\?\"|\.py\b|botocore|boto3|pynamodb|dynamodb|pydantic|"
    r"Exception|[a-z]Error\b|ASSET#|arn:aws|/var/task|site-packages"
)
"""What no answer may hold: where our code is, what it is made of, how it stores."""

# Not asked: whether a method that is not there answers 405, since what is not there is
# not found, whatever the method; and whether all that fits the schema is done, since a
# picture may not be in a state for it.
LEFT_OUT = {"unsupported_method", "positive_data_acceptance", "max_response_time"}
CONFIG: dict[str, Any] = {
    "checks": {
        "negative_data_rejection": {
            "expected-statuses": [400, 401, 403, 404, 409, 412, 413, 415, 422, 428]
        },
        "missing_required_header": {"expected-statuses": [400, 401, 403, 404, 422, 428]},
    },
    # Who asks is said by the house; a header that says something else would be it.
    "generation": {"database": "none", "with-security-parameters": False},
}


class House(Protocol):
    """The API that is asked, whatever is under it."""

    def token(self, path: str) -> str:
        """The token of a link that works for this path, and that nobody used yet."""
        ...

    @property
    def places(self) -> Sequence[Mapping[str, str]]:
        """What is there: identifiers that belong together, by their names in paths."""
        ...

    def tag(self, path: str, place: Mapping[str, str]) -> str | None:
        """The entity tag of what a change of this path would change."""
        ...

    def answer(self, event: Event) -> Event:
        """Hand a request to the function that API Gateway would hand it to."""
        ...

    def authorizer(self, authorization: str) -> Event:
        """What the JWT authorizer makes of a header; nothing for one it refuses."""
        ...


class Asking:
    """Asks a house as each of its users, and keeps what came of it."""

    def __init__(self, house: House, random_seed: int) -> None:
        self._house = house
        self._seed = random_seed
        self._name = "editor"
        self._names = cycle(WALKERS)
        self.counts: Counter[tuple[str, int]] = Counter()
        self.failures: dict[tuple[str, str], str] = {}
        """One for each operation and kind, in words, with the request that showed it."""
        config = SchemathesisConfig.from_dict(CONFIG)
        document = description.document()
        self.schema = schemathesis.openapi.from_dict(document, config=config)
        self.schema.app = self._wsgi
        load_all_checks()
        checks = [each for each in CHECKS.get_all() if not isinstance(each, type)]
        asked = [each for each in checks if each.__name__ not in LEFT_OUT]
        self._checks = [*asked, says_nothing_of_our_insides]

    @property
    def cases(self) -> int:
        """How many requests were made."""
        return self.counts.total()

    @property
    def operations(self) -> set[str]:
        """Every operation that there is, as `GET /v1/assets`."""
        return {operation.label for operation in self._operations()}

    @property
    def done(self) -> set[str]:
        """The operations that succeeded at least once."""
        return {label for label, status in self.counts if 200 <= status < 300}

    def ask_each(self, examples: int) -> None:
        """Ask every operation so often by itself, well formed and malformed."""
        for operation in self._operations():
            names = self._askers(operation)
            for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):

                @seed(self._seed)
                @_bounded(examples)
                @given(
                    case=operation.as_strategy(generation_mode=mode),
                    name=st.sampled_from(names),
                    place=st.sampled_from([None, *self._house.places]),
                )
                def ask(case: Any, name: str, place: Mapping[str, str] | None) -> None:
                    self._name = name
                    if place is not None:
                        self._go(case, place)
                    self._check(case, case.call(headers=self._headers(case)))

                # Where nothing is taken, nothing can be malformed.
                with suppress(Unsatisfiable):
                    ask()

    def ask_in_turn(self, walks: int, steps: int) -> None:
        """Follow links from answer to request, so many steps at a time."""
        asking = self

        class Walk(self.schema.as_state_machine()):  # type: ignore[misc]
            """One walk by one person."""

            rule_order_seed = asking._seed

            def setup(self) -> None:
                asking._name = next(asking._names)

            def get_call_kwargs(self, case: Any) -> dict[str, Any]:
                return {"headers": asking._headers(case)}

            def validate_response(self, response: Any, case: Any, **_: Any) -> None:
                asking._check(case, response)

        # A walk leaves the house other than it found it, and Hypothesis compares walks
        # with one another: so each is a run of its own, the simplest walk first.
        bounded = settings(_bounded(2), stateful_step_count=steps)
        for walk in range(walks):
            Walk._hypothesis_internal_use_seed = self._seed + walk
            with suppress(Flaky):
                Walk.run(settings=bounded)

    def _operations(self) -> Iterator[Any]:
        for found in self.schema.get_all_operations():
            assert isinstance(found, Ok), "the description is not one"
            yield found.ok()

    def _askers(self, operation: Any) -> list[str]:
        """Mostly those who may do it, and everybody else too."""
        asked = operation.definition.raw["x-operation"]
        may = [n for n in ROLES if not asked or ever(ROLES[n], Operation(asked))]
        return may * (2 * len(ROLES) // len(may)) + list(ROLES)

    def _go(self, case: Any, place: Mapping[str, str]) -> None:
        """Ask about something that is there, as it is now: chance would find nothing.

        What was generated malformed stays so.
        """
        wanted = case.path_parameters or {}
        case.path_parameters = {
            key: place.get(key, value) if _AN_ID.fullmatch(str(value)) else value
            for key, value in wanted.items()
        }
        if isinstance(case.body, dict):
            # Words are signed as they are shown, and documents asked for by their id.
            said = {
                key: place[key]
                for key, value in case.body.items()
                if key in place and _A_NAME.fullmatch(str(value))
            }
            case.body = {**case.body, **said}
        tag = self._house.tag(case.operation.path, place)
        if tag and _A_TAG.fullmatch(str((case.headers or {}).get("If-Match"))):
            case.headers["If-Match"] = tag

    def _check(self, case: Any, response: Any) -> None:
        label = case.operation.label
        self.counts[label, response.status_code] += 1
        headers = self._headers(case)
        # A link that does not work is not there, as any other thing that is not.
        spared = {"ignored_auth"} if case.operation.path.startswith("/subject") else set()
        checks = [each for each in self._checks if each.__name__ not in spared]
        try:
            case.validate_response(response, checks=checks, headers=headers)
        except FailureGroup as group:
            for failure in group.exceptions:
                kind = type(failure).__name__
                told = f"{label} as {self._name}: {failure}\n{response.text[:400]}"
                self.failures.setdefault((label, kind), told + case.as_curl_command())

    def _headers(self, case: Any) -> dict[str, str]:
        path = case.operation.path
        if path.startswith("/subject"):
            return {"Authorization": f"Link {self._house.token(path)}"}
        return {"Authorization": f"Bearer {self._name}"}

    def _wsgi(
        self, environ: Environ, start: Callable[[str, list[tuple[str, str]]], object]
    ) -> Iterable[bytes]:
        """Make an event of a request, and a response of the answer."""
        answered = self._house.answer(event_of(environ, self._house.authorizer))
        start(f"{answered['statusCode']} -", list(answered["headers"].items()))
        return [(answered.get("body") or "").encode()]


def authorized(authorization: str, at: datetime) -> Event:
    """The claims of whoever a bearer token names, having just signed in."""
    name = authorization.removeprefix("Bearer ")
    if name not in ROLES or name == authorization:
        return {}
    user = User(IDS[name], ROLES[name], at - timedelta(minutes=1))
    return {"jwt": {"claims": claims_of(user), "scopes": None}}


def event_of(environ: Environ, authorizer: Callable[[str], Event]) -> Event:
    """A request as API Gateway hands it on (HTTP API, payload version 2.0)."""
    length = int(environ.get("CONTENT_LENGTH") or 0)
    raw = environ["wsgi.input"].read(length) if length else b""
    headers = {
        key.removeprefix("HTTP_").replace("_", "-").lower(): value
        for key, value in environ.items()
        if key.startswith("HTTP_") or key == "CONTENT_TYPE"
    }
    method = environ["REQUEST_METHOD"]
    path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace")
    query = environ.get("QUERY_STRING", "")
    known = authorizer(headers.get("authorization", ""))
    try:
        body, encoded = raw.decode(), False
    except UnicodeDecodeError:
        body, encoded = base64.b64encode(raw).decode(), True
    return {
        "version": "2.0",
        "routeKey": f"{method} {path}",
        "rawPath": path,
        "rawQueryString": query,
        "queryStringParameters": dict(parse_qsl(query, keep_blank_values=True)) or None,
        "headers": headers,
        "requestContext": {
            # Each from elsewhere: how often one may come is asked in its own tests.
            "http": {"method": method, "path": path, "sourceIp": _elsewhere()},
            "stage": "$default",
            **({"authorizer": known} if known else {}),
        },
        "body": body or None,
        "isBase64Encoded": encoded,
    }


def _elsewhere() -> str:
    return f"198.51.{next(_CALLERS) % 256}.1"


EMBEDDED = {"Cache-Control", "Cross-Origin-Resource-Policy"}
"""What another website's page has to be told otherwise."""


def says_nothing_of_our_insides(_context: Any, response: Any, case: Any) -> bool | None:
    """The custom check: safety headers, and no word of how it is made."""
    sent = {name.lower(): values[0] for name, values in response.headers.items()}
    embeds = case.path.startswith("/embed/")
    for name, value in HEADERS.items():
        if not (embeds and name in EMBEDDED):
            assert sent.get(name.lower()) == value, f"{name} is missing"
    found = INSIDE.search(response.text)
    assert found is None, f"our insides: {found and found[0]}"
    # Where an image was expected nobody reads a problem.
    if response.status_code >= 400 and not (embeds and not response.text):
        problem = json.loads(response.text)
        assert problem["status"] == response.status_code
    return None


def _bounded(examples: int) -> settings:
    return settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
