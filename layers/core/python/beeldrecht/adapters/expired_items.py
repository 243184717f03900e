"""What time to live took away, read off the streams of the tables.

A record carries the item as it was, sealed names among it. What is taken from it here are
its kind, its ids and its date.
"""

from collections.abc import Mapping
from typing import Any

from beeldrecht.domain.expired import Expired
from beeldrecht.domain.ids import check_id
from beeldrecht.domain.retention import RetentionKind

from . import keys

TIME_TO_LIVE = {"type": "Service", "principalId": "dynamodb.amazonaws.com"}
"""Who removes what has expired: nobody else's removal is the end of a term."""

_KINDS: Mapping[str, tuple[RetentionKind, str, str]] = {
    "asset_term": (RetentionKind.ASSETS, "asset_id", "asset_id"),
    "face": (RetentionKind.UNLINKED_FACES, "asset_id", "face_id"),
    "film_frames": (RetentionKind.UNLINKED_FACES, "asset_id", "asset_id"),
    "disclosure": (RetentionKind.DISCLOSURES, "asset_id", "disclosure_id"),
    "share": (RetentionKind.SHARES, "share_id", "share_id"),
    "contact": (RetentionKind.CONTACTS, "person_id", "person_id"),
    "request": (RetentionKind.REQUESTS, "person_id", "request_id"),
    "subject_request": (RetentionKind.REQUESTS, "person_id", "request_id"),
    "mail": (RetentionKind.MAILS, "to", "mail_id"),
    "evidence": (RetentionKind.PROOF, "person_id", "quitclaim_id"),
    "template": (RetentionKind.TEMPLATES, "pk", "model_id"),
}
"""Of each kind of item: what ends with it, whose it was, and its own id."""

LIBRARY_KINDS = ("asset_term", "face", "film_frames", "disclosure", "share")
CONSENT_KINDS = ("contact", "request", "subject_request", "mail", "evidence")
BIOMETRICS_KINDS = ("template",)
"""The kinds whose end is followed, by the table whose stream tells of it."""


class UnreadableExpiryError(ValueError):
    """An item of a kind that is followed has no ids where they belong."""


def expired_of(record: Mapping[str, Any]) -> Expired | None:
    """What ended, as a record of a stream tells it; None when nothing did."""
    by = record.get("userIdentity") or {}
    if record.get("eventName") != "REMOVE" or (
        {name: by.get(name) for name in TIME_TO_LIVE} != TIME_TO_LIVE
    ):
        return None
    item = record["dynamodb"].get("OldImage", {})
    kind = item.get("kind", {}).get("S")
    if kind not in _KINDS:
        return None
    what, subject, own = _KINDS[kind]
    try:
        own_id = item[own]["S"]
        # A mail to somebody of the staff is about nobody: it is its own subject.
        of_staff = item.get("to_staff", {}).get("BOOL", False)
        subject_id = own_id if of_staff else item[subject]["S"]
        return Expired(
            what,
            check_id(subject_id.removeprefix(keys.person(""))),
            own_id,
            int(item["expires_at"]["N"]),
        )
    except (KeyError, ValueError) as error:
        raise UnreadableExpiryError(kind) from error
