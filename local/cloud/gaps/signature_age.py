"""S3: a policy can tell how a request was signed, and how long ago.

The buckets of pictures deny what was signed more than a minute ago, by the condition keys
`s3:authType` and `s3:signatureAge` (milliseconds). AWS fills them in for signed headers,
signed addresses and signed forms; the emulator knows neither, so such a denial would
never apply.
"""

from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from ministack.core import iam_actions, iam_evaluator
from ministack.services import s3

from local.cloud.gaps import need
from local.cloud.settings import Settings

_form: ContextVar[dict[str, str] | None] = ContextVar("form", default=None)


def close(_: Settings) -> None:
    """Fill the two keys in wherever S3 asks whether somebody may."""
    need(iam_actions, "s3_service_context")
    need(iam_evaluator, "enforce")
    need(s3, "_enforce_signed_post_policy")
    _for_requests()
    _for_forms()


def _for_requests() -> None:
    inner = iam_actions.s3_service_context

    def context(
        action: str, query: Any, path: str = "", headers: Any = None
    ) -> dict[str, Any]:
        told: dict[str, Any] = inner(action, query, path, headers)
        return told | _signed(query or {}, headers or {})

    iam_actions.s3_service_context = context


def _for_forms() -> None:
    check, enforce = s3._enforce_signed_post_policy, iam_evaluator.enforce

    def check_form(fields: dict[str, str], *given: Any, **named: Any) -> Any:
        told = _form.set(_age("POST", fields.get("x-amz-date", "")))
        try:
            return check(fields, *given, **named)
        finally:
            _form.reset(told)

    def enforce_form(*given: Any, **named: Any) -> Any:
        if form := _form.get():
            named["service_context"] = {**(named.get("service_context") or {}), **form}
        return enforce(*given, **named)

    s3._enforce_signed_post_policy = check_form
    iam_evaluator.enforce = enforce_form


def _signed(query: dict[str, Any], headers: dict[str, str]) -> dict[str, str]:
    for name, value in query.items():
        if name.lower() == "x-amz-date":
            signed_at = value[0] if isinstance(value, list) else value
            return _age("REST-QUERY-STRING", str(signed_at))
    if headers.get("authorization"):
        return _age("REST-HEADER", headers.get("x-amz-date", ""))
    return {}


def _age(how: str, signed_at: str) -> dict[str, str]:
    told = {"s3:authType": how}
    try:
        at = datetime.strptime(signed_at, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        return told
    age = datetime.now(UTC) - at
    return {**told, "s3:signatureAge": str(int(age.total_seconds() * 1000))}
