"""What the steps of an export share: the names of its parts, and how things are told.

Users of the organisation are told as `staff`: whoever acts on its behalf is no recipient
(CJEU C-579/21), and who they are is theirs.
"""

import json
from collections.abc import Collection
from datetime import datetime
from typing import Final

from beeldrecht.domain.audit import Entry
from beeldrecht.domain.consent import Restriction
from beeldrecht.domain.ids import InvalidIdError, check_id

type Json = dict[str, object]

RECORD: Final = "record.json"
"""The part with all that is on record but the pictures."""


_BY_LINK: Final = frozenset(
    {
        *("api:subject:read", "api:subject:ask", "api:subject:object"),
        *("api:consent:sign", "api:consent:change", "api:consent:renew"),
        *("api:request:read", "api:export:fetch", "api:export:look"),
    }
)
"""What is done by whoever holds a link alone: the link may be gone from the record."""
_BY_EITHER: Final = frozenset(
    {"api:consent:withdraw", "api:document:read", "api:link:create"}
)
"""What staff do too: of a link that is gone nobody can tell any more."""


def batch_name(number: int) -> str:
    """The part that lists the pictures of one batch."""
    return f"batches/{number:06d}.json"


def entry_name(asset_id: str) -> str:
    """The part that tells of one picture."""
    return f"told/{asset_id}.json"


def picture_name(asset_id: str) -> str:
    """The part, and the file in the package, that is a picture."""
    return f"pictures/{asset_id}.jpg"


def as_json(value: object) -> bytes:
    """A part of an export as it is kept: stable, so that a retry writes the same."""
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, default=_plain, indent=1
    ).encode()


def entry_told(entry: Entry, own: Collection[str]) -> Json:
    """An entry of the audit log: what, when, by whom as far as that is the person's."""
    by = by_whom(entry.actor, own)
    if by == "staff" and entry.tag in _BY_LINK:
        by = "you"
    elif by == "staff" and entry.tag in _BY_EITHER:
        by = "unknown"
    return {
        "at": entry.instant,
        "tag": entry.tag,
        "by": by,
        "data": dict(entry.data),
    }


def by_whom(actor: str | None, own: Collection[str]) -> str | None:
    """Who did something: `you` (by a link of one's own), `staff`, or our software."""
    if actor is None:
        return None
    if actor in own:
        return "you"
    try:
        check_id(actor)
    except InvalidIdError:
        return actor
    return "staff"


def restriction_told(restriction: Restriction, own: set[str]) -> Json:
    """A freeze; its own identifier may be told from then on."""
    own.add(restriction.restriction_id)
    return {
        "restriction_id": restriction.restriction_id,
        "kind": restriction.kind,
        "from": restriction.period.start,
        "until": restriction.period.end,
    }


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, frozenset | set):
        return sorted(value)
    raise TypeError(type(value).__name__)
