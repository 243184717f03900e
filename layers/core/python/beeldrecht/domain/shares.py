"""Shares: pictures that somebody outside may see, or fetch, by a link for some days.

A share says which pictures, or which collection, and for what use; whether one of them
may be seen is decided each time it is asked for. Who received it is an identifier here:
how they are reached is sealed with a key of their own.
"""

import hashlib
import hmac
import secrets
from base64 import b64decode, b64encode
from binascii import Error as NotBase64Error
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final

from .channels import Channel, Place
from .collections import Collection
from .time import instant

MOST_PICTURES: Final = 200
"""In one share: each is asked for by itself."""
LASTS: Final = timedelta(days=14)
"""When nobody says how long."""
PASSWORD_LENGTHS: Final = (8, 128)
"""Shortest and longest password, in characters."""
# OWASP's weakest advice for scrypt that fits beside everything else in a small function.
_SCRYPT: Final = {"n": 2**14, "r": 8, "p": 5}
_SALT: Final = 16
_LEAVE_LASTS: Final = 2
"""Hours in which what a password opened stays open: this one and the next."""


class ShareWay(StrEnum):
    """What somebody may do by a share."""

    VIEW = "share_view"
    DOWNLOAD = "share_download"


class ShareState(StrEnum):
    """Whether a share works."""

    OPEN = "share_open"
    REVOKED = "share_revoked"
    ENDED = "share_ended"


class ShareRefusal(StrEnum):
    """Why something cannot be shared, or is not given."""

    TOO_MANY = "share_too_many"
    """The collection holds more pictures than a share shows."""
    TOO_LONG = "share_too_long"
    """It would work for longer than shares are kept."""
    VIEW_ONLY = "share_view_only"
    NONE_LEFT = "share_none_left"
    """As often as may be was fetched."""
    NOT_AVAILABLE = "share_not_available"
    """Not any more, or not yet: nobody outside is told why."""
    PASSWORD_NEEDED = "share_password_needed"  # noqa: S105  # it is none
    PASSWORD_WRONG = "share_password_wrong"  # noqa: S105  # it is none


@dataclass(frozen=True, slots=True)
class Share:
    """Some pictures for somebody outside, for one use."""

    share_id: str
    asset_ids: tuple[str, ...]
    """None of a collection: what is in that is looked up each time."""
    channel: Channel
    place: Place
    way: ShareWay
    recipient_id: str
    """Who received it: an identifier of this share's own."""
    created_by: str
    created_at: datetime
    ends_at: datetime
    max_downloads: int | None = None
    """How many pictures are fetched by it at most; None: as many as are asked for."""
    downloads: int = 0
    password: str | None = None
    """What is kept of a password; it says nothing of it."""
    revoked_at: datetime | None = None
    collection_id: str | None = None

    def __post_init__(self) -> None:
        """Refuse an instant without zone: raises NaiveInstantError."""
        object.__setattr__(self, "created_at", instant(self.created_at))
        object.__setattr__(self, "ends_at", instant(self.ends_at))


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody outside, as far as whoever shares says."""

    name: str | None = None
    email: str | None = None
    language: str = "nl"


def state_at(share: Share, at: datetime) -> ShareState:
    """Whether a share works at an instant; only an open one shows anything."""
    if share.revoked_at is not None:
        return ShareState.REVOKED
    return ShareState.OPEN if at < share.ends_at else ShareState.ENDED


def shows(
    share: Share, placed: Iterable[Collection], around: Iterable[Collection]
) -> bool:
    """Whether a picture in these collections is shown by the share of a collection.

    `placed`: those that the picture is in, with all above them; `around`: the shared one
    with all above it. What is in the shared one is shown, unless something else that it
    is in keeps people out: who shared this one said nothing of that.
    """
    shared = {each.collection_id for each in around}
    there = tuple(placed)
    return share.collection_id in {each.collection_id for each in there} and all(
        not each.restricted or each.collection_id in shared for each in there
    )


def gives(share: Share) -> ShareRefusal | None:
    """Why nothing can be fetched by it; None where something can."""
    if share.way is not ShareWay.DOWNLOAD:
        return ShareRefusal.VIEW_ONLY
    if share.max_downloads is not None and share.downloads >= share.max_downloads:
        return ShareRefusal.NONE_LEFT
    return None


def hashed(password: str) -> str:
    """What is kept of a password: scrypt (RFC 7914) with a salt of its own."""
    salt = secrets.token_bytes(_SALT)
    return f"{_text(salt)}.{_text(_derived(password, salt))}"


def opens(password: str, kept: str) -> bool:
    """Whether it is the password; what cannot be read is no."""
    salt, _, digest = kept.partition(".")
    try:
        wanted = b64decode(digest, validate=True)
        found = _derived(password, b64decode(salt, validate=True))
    except NotBase64Error:
        return False
    return bool(wanted) and hmac.compare_digest(found, wanted)


def leave(kept: str, digest: str, at: datetime) -> str:
    """What somebody holds who gave the password: good for this link and hour alone.

    So that a page asks once, and nobody works out a password's hash for each picture. It
    follows from what is kept of the password, which whoever holds the link never sees.
    """
    hour = at.astimezone(UTC).strftime("%Y%m%dT%H")
    return hmac.new(kept.encode(), f"{digest}:{hour}".encode(), "sha256").hexdigest()


def has_leave(said: str, kept: str, digest: str, at: datetime) -> bool:
    """Whether that was given out within this hour or the one before."""
    return any(
        hmac.compare_digest(
            said.encode(), leave(kept, digest, at - timedelta(hours=back)).encode()
        )
        for back in range(_LEAVE_LASTS)
    )


def _derived(password: str, salt: bytes) -> bytes:
    return hashlib.scrypt(password.encode(), salt=salt, dklen=32, **_SCRYPT)


def _text(data: bytes) -> str:
    return b64encode(data).decode()
