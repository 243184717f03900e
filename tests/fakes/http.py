"""Requests as API Gateway hands them on (HTTP API, payload version 2.0)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlencode

from beeldrecht.domain.access import User
from beeldrecht.runtime.http.api import Api

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.typing import LambdaContext


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    text: str

    @property
    def json(self) -> Any:
        return json.loads(self.text)


class Context:
    """The little of a Lambda context that is looked at."""

    function_name = "test"
    memory_limit_in_mb = 512
    invoked_function_arn = "arn:aws:lambda:eu-central-1:000000000000:function:test"
    aws_request_id = "00000000-0000-0000-0000-000000000000"


def claims_of(user: User) -> dict[str, str]:
    """The claims of this user's access token, the way HTTP API flattens them."""
    u = user.user_id
    sub = f"{u[:8]}-{u[8:12]}-{u[12:16]}-{u[16:20]}-{u[20:]}"
    return {
        "token_use": "access",
        "sub": sub,
        "cognito:groups": f"[{' '.join(sorted(user.roles))}]",
        "auth_time": str(int(user.signed_in_at.timestamp())),
    }


def request(
    method: str,
    path: str,
    *,
    user: User | None = None,
    body: Any = None,
    query: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
    source_ip: str = "192.0.2.1",
) -> dict[str, Any]:
    """One request, as the event of a function."""
    sent = {k.lower(): v for k, v in (headers or {}).items()}
    if body is not None:
        sent.setdefault("content-type", "application/json")
    authorizer: dict[str, Any] = {}
    if user is not None:
        authorizer = {"authorizer": {"jwt": {"claims": claims_of(user), "scopes": None}}}
    return {
        "version": "2.0",
        "routeKey": f"{method} {path}",
        "rawPath": path,
        "rawQueryString": urlencode(query or {}),
        "queryStringParameters": dict(query) if query else None,
        "headers": sent,
        "requestContext": {
            "accountId": "000000000000",
            "apiId": "api",
            "domainName": "api.example.org",
            "domainPrefix": "api",
            "http": {
                "method": method,
                "path": path,
                "protocol": "HTTP/1.1",
                "sourceIp": source_ip,
                "userAgent": "test",
            },
            "requestId": "request",
            "routeKey": f"{method} {path}",
            "stage": "$default",
            "time": "23/Nov/2026:00:00:00 +0000",
            "timeEpoch": 0,
            **authorizer,
        },
        "body": body if isinstance(body, str) or body is None else json.dumps(body),
        "isBase64Encoded": False,
    }


def call(api: Api, method: str, path: str, **sent: Any) -> Answer:
    """Send one request to an API in this process."""
    return answer_to(api, request(method, path, **sent))


def answer_to(api: Api, event: dict[str, Any]) -> Answer:
    """Have an API in this process answer an event."""
    answered = api.answer(event, cast("LambdaContext", Context()))
    return Answer(
        answered["statusCode"], answered.get("headers") or {}, answered.get("body") or ""
    )
