"""Opaque identifiers: random where a thing is new, derived where a retry must agree.

Only these go into events, workflow state, queues, logs, metrics and addresses.
"""

import re
import uuid

_NAMESPACE = uuid.UUID("6f1b7c52-6a0e-5c0f-9a55-0d6d1f6b7c52")
_SEPARATOR = "\x1f"
_SHAPE = re.compile(r"[0-9a-f]{32}")


class InvalidIdError(ValueError):
    """Something that is not one of our identifiers was given as one."""


def new_id() -> str:
    """A fresh identifier: 32 lower-case hexadecimal digits, 122 random bits."""
    return uuid.uuid4().hex


def derived_id(*parts: str) -> str:
    """The identifier these parts always have, so that doing a thing twice is once.

    Raises InvalidIdError for a part that holds the separator: it could be two parts.
    """
    if any(_SEPARATOR in part for part in parts):
        raise InvalidIdError("a part of an identifier cannot hold the separator")
    return uuid.uuid5(_NAMESPACE, _SEPARATOR.join(parts)).hex


def check_id(value: str) -> str:
    """Give the identifier back, or raise InvalidIdError when it cannot be one."""
    if not _SHAPE.fullmatch(value):
        raise InvalidIdError("an identifier has 32 lower-case hexadecimal digits")
    return value
