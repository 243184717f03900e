"""Why the API did not do what it was asked: one stable code for each reason."""

from enum import StrEnum


class Problem(StrEnum):
    """The `code` of an answer in `application/problem+json`; its words are messages."""

    INVALID_REQUEST = "invalid_request"
    NOT_SIGNED_IN = "not_signed_in"
    NOT_ALLOWED = "not_allowed"
    SIGN_IN_AGAIN = "sign_in_again"
    NOT_FOUND = "not_found"
    """Also for what exists and is not for this caller: the two cannot be told apart."""
    PRECONDITION_REQUIRED = "precondition_required"
    CHANGED_MEANWHILE = "changed_meanwhile"
    IDEMPOTENCY_KEY_REQUIRED = "idempotency_key_required"
    IDEMPOTENCY_KEY_REUSED = "idempotency_key_reused"
    CURSOR_UNKNOWN = "cursor_unknown"
    CONFLICT = "conflict"
    """What is on record does not allow it now."""
    NOT_RELEASABLE = "not_releasable"
    ASSESSMENT_REQUIRED = "assessment_required"
    BODY_TOO_LARGE = "body_too_large"
    MEDIA_TYPE_UNKNOWN = "media_type_unknown"
    LINK_NOT_VALID = "link_not_valid"
    """Unknown, used, taken back and ended alike."""
    USER_EXISTS = "user_exists"
    NOT_YOURSELF = "not_yourself"
    """Administrators change other people's accounts, never their own."""
    TOO_MANY_REQUESTS = "too_many_requests"
    BUSY = "busy"
    INTERNAL = "internal"
