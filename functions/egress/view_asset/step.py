"""Show a picture to somebody whose work is to clear it: recorded, then signed."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

from beeldrecht.domain.egress import LINK_SECONDS
from beeldrecht.domain.intake import AssetRecord, RenditionName
from beeldrecht.runtime.events import Frozen, OpaqueId
from beeldrecht.runtime.ports import Audit


class UnknownRenditionError(Exception):
    """There is no such picture, or it has no such rendition."""


class Event(Frozen):
    """Who wants to look at what; whether they may is asked before."""

    asset_id: OpaqueId
    actor_id: OpaqueId
    rendition: RenditionName


class Result(Frozen):
    """Where to fetch it, and until when."""

    asset_id: OpaqueId
    rendition: RenditionName
    url: str
    expires_at: datetime


class Records(Protocol):
    """The records of pictures."""

    def record(self, asset_id: str) -> AssetRecord | None:
        """What is on record."""
        ...


class RenditionLinks(Protocol):
    """What signs addresses of renditions."""

    def link(self, asset_id: str, name: RenditionName, seconds: int) -> str:
        """An address that works for so long."""
        ...


def view_asset(
    event: Event,
    library: Records,
    audit: Audit,
    renditions: RenditionLinks,
    now: Callable[[], datetime],
) -> Result:
    """Record that this person looks at this picture, then sign its address.

    A page of small pictures asks for the same ones again and again: the first look of a
    person at a rendition within an hour is recorded, and stands for the others in it.
    Safe to repeat. Raises UnknownRenditionError.
    """
    record = library.record(event.asset_id)
    if record is None or record.refused or event.rendition not in record.renditions:
        raise UnknownRenditionError(event.asset_id)
    at = now()
    audit.append(
        scope=event.asset_id,
        entry_id=f"egress:asset:view:{event.actor_id}:{event.rendition}:{at:%Y%m%dT%H}",
        tag="egress:asset:view",
        at=at,
        actor=event.actor_id,
        data={"rendition": event.rendition.value},
    )
    signed_at = now()
    return Result(
        asset_id=event.asset_id,
        rendition=event.rendition,
        url=renditions.link(event.asset_id, event.rendition, LINK_SECONDS),
        expires_at=signed_at + timedelta(seconds=LINK_SECONDS),
    )
