"""Who received a copy of a picture, for what, and what was covered in it.

A disclosure is a fact that is put on record before the copy can leave. When the picture
may no longer be used as it was given, whoever received it is asked to remove it: that is
a recall (`recalls`). Nothing here says who somebody is: recipients are identifiers.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from .channels import Channel, Place
from .time import instant

type Words = dict[str, str | int | None]


class DisclosureKind(StrEnum):
    """The way in which a copy left."""

    DOWNLOAD = "by_download"
    """Somebody with an account fetched it."""
    SHARE = "by_share"
    """Somebody looked at it, or fetched it, by a link that was given to them."""
    EXPORT = "by_export"
    """The person in it received it among all that is held about them; everybody else
    in it is covered."""
    PUBLICATION = "by_publication"
    """It was placed somewhere for others to see."""


@dataclass(frozen=True, slots=True)
class Disclosure:
    """One copy that left; it stays as it was recorded."""

    disclosure_id: str
    asset_id: str
    kind: DisclosureKind
    recipient_id: str
    """A user, or an outside recipient; of an export, the person whose it is."""
    channel: Channel | None
    """The use that it was given for; None where it was for none in particular."""
    place: Place
    rendition: str
    """Which copy: the name of the rendition, or what was made for this alone."""
    masked: frozenset[str]
    """The faces that are covered in that copy."""
    at: datetime
    revision: int
    """Of the picture, as it was decided on."""
    since: datetime | None = None
    """The beginning of the hour or day of which the first one stands for all others;
    None: it stands for itself. Not kept: it says where it is listed."""

    def __post_init__(self) -> None:
        """Refuse an instant without zone: raises NaiveInstantError."""
        object.__setattr__(self, "at", instant(self.at))

    def shows(self, face_ids: Iterable[str]) -> bool:
        """Whether one of these faces can be seen in the copy."""
        return bool(set(face_ids) - self.masked)


def said_of(disclosure: Disclosure) -> Words:
    """What its entry in the audit log says of a disclosure, besides who and when."""
    channel = disclosure.channel
    return {
        "disclosure_id": disclosure.disclosure_id,
        "disclosed": disclosure.kind.value,
        "recipient_id": disclosure.recipient_id,
        "channel": None if channel is None else channel.value,
        "place": disclosure.place.value,
        "rendition": disclosure.rendition,
        "masked": len(disclosure.masked),
        "revision": disclosure.revision,
    }
