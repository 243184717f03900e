"""Who calls, by the claims of a token that the authorizer has verified."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime

from beeldrecht.domain.access import Role, User
from beeldrecht.domain.ids import InvalidIdError, check_id

_GROUP = re.compile(r"[a-z_]+")
_EPOCH = datetime.fromtimestamp(0, UTC)


class NotACallerError(Exception):
    """The claims are not those of one of our users' access tokens."""


def user_of(claims: Mapping[str, object]) -> User:
    """The user of an access token; raises NotACallerError.

    Groups that are not roles of ours count for nothing. HTTP API hands a list on as one
    string, `[editor viewer]`, where others keep the list: both are read.
    """
    if claims.get("token_use") != "access":
        raise NotACallerError("not an access token")
    try:
        user_id = check_id(str(claims.get("sub", "")).replace("-", ""))
    except InvalidIdError as error:
        raise NotACallerError("no subject") from error
    groups = claims.get("cognito:groups", "")
    # Only whole words: a group's name has no blanks in Cognito, and ours have no dashes.
    names = groups if isinstance(groups, list) else str(groups).strip("[]").split()
    roles = frozenset(
        Role(name)
        for name in map(str, names)
        if _GROUP.fullmatch(name) and name in set(Role)
    )
    return User(user_id, roles, _instant(claims.get("auth_time")))


def _instant(seconds: object) -> datetime:
    """When the user last proved who they are; unknown counts as long ago."""
    try:
        return datetime.fromtimestamp(int(str(seconds)), UTC)
    except (ValueError, OverflowError, OSError):
        return _EPOCH
