"""Answers that say no, in the one shape of RFC 9457, in the caller's language."""

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from aws_lambda_powertools.event_handler import Response

from beeldrecht.domain.messages import words
from beeldrecht.domain.problems import Problem

CONTENT_TYPE = "application/problem+json"
_STATUS = {
    Problem.INVALID_REQUEST: HTTPStatus.UNPROCESSABLE_ENTITY,
    Problem.NOT_SIGNED_IN: HTTPStatus.UNAUTHORIZED,
    Problem.NOT_ALLOWED: HTTPStatus.FORBIDDEN,
    Problem.SIGN_IN_AGAIN: HTTPStatus.FORBIDDEN,
    Problem.NOT_FOUND: HTTPStatus.NOT_FOUND,
    Problem.PRECONDITION_REQUIRED: HTTPStatus.PRECONDITION_REQUIRED,
    Problem.CHANGED_MEANWHILE: HTTPStatus.PRECONDITION_FAILED,
    Problem.IDEMPOTENCY_KEY_REQUIRED: HTTPStatus.BAD_REQUEST,
    Problem.IDEMPOTENCY_KEY_REUSED: HTTPStatus.UNPROCESSABLE_ENTITY,
    Problem.CURSOR_UNKNOWN: HTTPStatus.BAD_REQUEST,
    Problem.CONFLICT: HTTPStatus.CONFLICT,
    Problem.NOT_RELEASABLE: HTTPStatus.CONFLICT,
    Problem.NOT_CLEARED: HTTPStatus.CONFLICT,
    Problem.MASKED_VERSION_NOT_MADE: HTTPStatus.CONFLICT,
    Problem.MASKED_VERSION_NOT_SEEN: HTTPStatus.CONFLICT,
    Problem.UPLOAD_INCOMPLETE: HTTPStatus.CONFLICT,
    Problem.ASSESSMENT_REQUIRED: HTTPStatus.CONFLICT,
    Problem.BODY_TOO_LARGE: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    Problem.MEDIA_TYPE_UNKNOWN: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    Problem.BUSY: HTTPStatus.SERVICE_UNAVAILABLE,
    Problem.RESTORED_TABLE: HTTPStatus.SERVICE_UNAVAILABLE,
    Problem.LINK_NOT_VALID: HTTPStatus.NOT_FOUND,
    Problem.USER_EXISTS: HTTPStatus.CONFLICT,
    Problem.NOT_YOURSELF: HTTPStatus.CONFLICT,
    Problem.TOO_MANY_REQUESTS: HTTPStatus.TOO_MANY_REQUESTS,
    Problem.INTERNAL: HTTPStatus.INTERNAL_SERVER_ERROR,
}


class ProblemError(Exception):
    """Ends a request with a problem; `more` adds members that a program can read."""

    def __init__(
        self,
        problem: Problem,
        *,
        headers: Mapping[str, str] | None = None,
        more: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(problem.value)
        self.problem = problem
        self.headers = dict(headers or {})
        self.more = dict(more or {})


def status_of(problem: Problem) -> HTTPStatus:
    """The HTTP status under which a problem is answered."""
    return _STATUS.get(problem, HTTPStatus.CONFLICT)


def problem_response(
    problem: Problem,
    language: str,
    headers: Mapping[str, str] | None = None,
    more: Mapping[str, Any] | None = None,
) -> Response[str]:
    """The answer: the same bytes for the same problem, whatever stood behind it."""
    status = status_of(problem)
    body = {
        "type": f"urn:beeldrecht:problem:{problem}",
        "title": status.phrase,
        "status": int(status),
        "code": problem.value,
        "detail": words(problem, language),
        **(more or {}),
    }
    return Response(
        status_code=int(status),
        content_type=CONTENT_TYPE,
        body=json.dumps(body, ensure_ascii=False),
        headers=dict(headers or {}),
    )
