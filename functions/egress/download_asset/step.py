"""Let a picture leave for one use: decided now, recorded, then signed for a minute."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Literal, Protocol

from beeldrecht.domain.channels import Channel, Place, Verdict
from beeldrecht.domain.decisions import Decision, Finding, decide
from beeldrecht.domain.egress import link_seconds
from beeldrecht.domain.intake import AssetRecord, RenditionName
from beeldrecht.runtime.events import Frozen, OpaqueId
from beeldrecht.runtime.facts import Bases, Pictures, Register, gather
from beeldrecht.runtime.ports import Audit


class UnknownAssetError(Exception):
    """There is no such picture, it was not taken in, or it has no such rendition."""


class NotClearedError(Exception):
    """The picture may not leave for this use now; `findings` say why."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(f"{len(findings)} findings")
        self.findings = findings


class NoMaskedVersionError(Exception):
    """It may leave with faces covered, and nobody has made that version."""


class AboutToChangeError(Exception):
    """The decision ends within this second: what it will be is for the next request."""


class Event(Frozen):
    """Who wants which picture for what; a larger rendition where there is one."""

    asset_id: OpaqueId
    actor_id: OpaqueId
    channel: Channel
    place: Place = Place.WORLD
    rendition: Literal[RenditionName.PREVIEW, RenditionName.WORKING] | None = None


class Result(Frozen):
    """Where to fetch it, and until when."""

    asset_id: OpaqueId
    rendition: RenditionName
    url: str
    expires_at: datetime


class RenditionLinks(Protocol):
    """What signs addresses of renditions."""

    def link(self, asset_id: str, name: RenditionName, seconds: int) -> str:
        """An address that works for so long."""
        ...


def download_asset(
    event: Event,
    library: Pictures,
    register: Register,
    bases: Bases,
    audit: Audit,
    renditions: RenditionLinks,
    now: Callable[[], datetime],
    new_id: Callable[[], str],
) -> Result:
    """Decide at this instant, for this channel and place; record it; then sign.

    Nothing cached is asked. The record lands before the address exists, so no picture
    leaves unrecorded; a record without a fetch is a request that ended in between. Each
    request is one of its own, and so is its record. Raises UnknownAssetError,
    NotClearedError, NoMaskedVersionError and AboutToChangeError.
    """
    found = library.picture(event.asset_id)
    if found is None or found[0].refused:
        raise UnknownAssetError(event.asset_id)
    record, asset, appearances = found
    rendition = _rendition(record, event.rendition)
    at = now()
    facts = gather(asset, appearances, register, bases, at)
    decision = decide(facts, at, event.place)
    _check_leaves(decision, event.channel)
    if not link_seconds(at, decision.valid_until):
        raise AboutToChangeError(event.asset_id)
    audit.append(
        scope=event.asset_id,
        entry_id=f"egress:asset:download:{new_id()}",
        tag="egress:asset:download",
        at=at,
        actor=event.actor_id,
        data={
            "channel": event.channel.value,
            "place": event.place.value,
            "rendition": rendition.value,
            "revision": record.revision,
        },
    )
    signed_at = now()
    seconds = link_seconds(signed_at, decision.valid_until)
    if not seconds:
        raise AboutToChangeError(event.asset_id)
    return Result(
        asset_id=event.asset_id,
        rendition=rendition,
        url=renditions.link(event.asset_id, rendition, seconds),
        expires_at=signed_at + timedelta(seconds=seconds),
    )


def _rendition(record: AssetRecord, wanted: RenditionName | None) -> RenditionName:
    """The one that is asked for, or the largest; never the original, which says where."""
    largest = (RenditionName.WORKING, RenditionName.PREVIEW)
    for name in (wanted,) if wanted else largest:
        if name in record.renditions:
            return name
    raise UnknownAssetError(record.asset_id)


def _check_leaves(decision: Decision, channel: Channel) -> None:
    """Go on only where the picture leaves as it is; what is unknown does not."""
    match decision.leaves.get(channel, Verdict.RESTRICTED):
        case Verdict.CLEAR:
            return
        case Verdict.MASKED:
            raise NoMaskedVersionError
        case _:
            raise NotClearedError(
                tuple(f for f in decision.findings if f.channel in {None, channel})
            )
