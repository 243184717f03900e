"""What a request brings: JSON that can be read, of a size that we read, or a refusal.

Checked before anything else looks at it, since what parses a body further in takes other
forms too, and fails in other ways than by saying that the body is not good.
"""

import base64
import binascii
import json
from collections.abc import Mapping
from typing import Any, NoReturn

from beeldrecht.domain.problems import Problem

from .problems import ProblemError

MAX_BYTES = 64 * 1024
"""Far above what any request of ours has to say: bytes of pictures go elsewhere."""


def readable(event: Mapping[str, Any]) -> dict[str, Any]:
    """The same event with its body as plain text; raises ProblemError.

    A body is UTF-8 and an object of JSON, without numbers that are none, and says no name
    twice: two readers of one text must not find two different things in it.
    """
    body = event.get("body")
    if not body:
        return {**event, "body": None, "isBase64Encoded": False}
    if _media_type(event.get("headers") or {}) not in {"", "application/json"}:
        raise ProblemError(Problem.MEDIA_TYPE_UNKNOWN)
    if len(body) > 2 * MAX_BYTES:
        raise ProblemError(Problem.BODY_TOO_LARGE)
    text = _text(str(body), encoded=bool(event.get("isBase64Encoded")))
    try:
        said = json.loads(text, parse_constant=_refuse, object_pairs_hook=_each_once)
    except (ValueError, RecursionError) as error:
        raise _unreadable() from error
    # What validates would take the first of a list for the whole.
    if not isinstance(said, dict):
        raise _refused("object_required")
    return {**event, "body": text, "isBase64Encoded": False}


def _media_type(headers: Mapping[str, Any]) -> str:
    sent = next((v for k, v in headers.items() if k.lower() == "content-type"), "")
    return str(sent or "").partition(";")[0].strip().lower()


def _text(body: str, *, encoded: bool) -> str:
    try:
        raw = base64.b64decode(body, validate=True) if encoded else body.encode()
        text = raw.decode()
    except (binascii.Error, ValueError) as error:
        raise _unreadable() from error
    if len(raw) > MAX_BYTES:
        raise ProblemError(Problem.BODY_TOO_LARGE)
    return text


def _unreadable() -> ProblemError:
    return _refused("json_invalid")


def _refused(rule: str) -> ProblemError:
    wrong = [{"where": ["body"], "rule": rule}]
    return ProblemError(Problem.INVALID_REQUEST, more={"errors": wrong})


def _refuse(_constant: str) -> NoReturn:
    raise ValueError("not a number")


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice")
    return found
