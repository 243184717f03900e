"""What a record of the library table's stream says of the index: which thing changed."""

from collections.abc import Mapping
from typing import Any, Final

from .search_items import WAITS
from .search_keys import collection_key, session_key

FOLLOWED: Final = ("asset", "appearance", "collection", "member", "session")
"""The kinds of items that the index says something of."""
URGENT: Final = ("search_purge",)
"""The kind that says that something has to go from every file."""


def subject_of(record: Mapping[str, Any]) -> str | None:
    """What the index has to read anew because of a record; None: nothing."""
    change = record["dynamodb"]
    images = (change.get("NewImage"), change.get("OldImage"))
    kinds = {image["kind"]["S"] for image in images if image and "kind" in image}
    if not kinds & {*FOLLOWED}:
        return None
    return subject_under(str(change["Keys"]["pk"]["S"]))


def subject_under(place: str) -> str | None:
    """What the index has to read anew when something of it changed under that key."""
    kind, _, name = place.partition("#")
    match kind:
        case "ASSET":
            return name
        case "COLLECTION":
            return collection_key(name)
        case "SESSION":
            return session_key(name)
    return None


def is_urgent(record: Mapping[str, Any]) -> bool:
    """Whether a record asks that something goes from every file."""
    image = record["dynamodb"].get("NewImage") or {}
    asked: bool = image.get("kind", {}).get("S") in URGENT
    return asked and image.get("state", {}).get("S") == WAITS
