"""Let a picture leave for one use: decided now, masked where it has to be, recorded,
then signed for a minute."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, Protocol

from beeldrecht.domain.assets import Asset
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.channels import Channel, Place, Verdict
from beeldrecht.domain.decisions import Decision, Finding, decide
from beeldrecht.domain.disclosures import Disclosure, DisclosureKind, said_of
from beeldrecht.domain.egress import link_seconds
from beeldrecht.domain.intake import AssetRecord, RenditionName
from beeldrecht.domain.masking import covered_in
from beeldrecht.runtime.events import Frozen, OpaqueId
from beeldrecht.runtime.facts import Bases, Pictures, Register, gather
from beeldrecht.runtime.ports import Masks


class UnknownAssetError(Exception):
    """There is no such picture, it was not taken in, or it has no such rendition."""


class NotClearedError(Exception):
    """The picture may not leave for this use now; `findings` say why."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(f"{len(findings)} findings")
        self.findings = findings


class AboutToChangeError(Exception):
    """The decision ends within this second: what it will be is for the next request."""


class ChangedMeanwhileError(Exception):
    """What has to be covered is not what was being covered."""


class Event(Frozen):
    """Who wants which picture for what; a larger rendition where there is one."""

    asset_id: OpaqueId
    actor_id: OpaqueId
    channel: Channel
    place: Place = Place.WORLD
    rendition: Literal[RenditionName.PREVIEW, RenditionName.WORKING] | None = None


class Result(Frozen):
    """Where to fetch it, until when, and how many faces are covered in it."""

    asset_id: OpaqueId
    rendition: RenditionName
    masked: bool
    covered_faces: int
    url: str
    expires_at: datetime


class Disclosures(Protocol):
    """What left, to whom, for what."""

    def record(self, disclosure: Disclosure, entry: NewEntry) -> bool:
        """Put it on record with its entry, in one."""
        ...


class Links(Protocol):
    """What signs addresses of renditions."""

    def link(self, asset_id: str, name: RenditionName, seconds: int) -> str:
        """An address that works for so long."""
        ...

    def masked_link(self, asset_id: str, mask: str, seconds: int) -> str:
        """An address of a masked version."""
        ...


@dataclass(frozen=True, slots=True)
class Versions:
    """What makes the version in which a picture leaves, and what leads to it."""

    masks: Masks
    links: Links


def download_asset(
    event: Event,
    library: Pictures,
    register: Register,
    bases: Bases,
    versions: Versions,
    disclosures: Disclosures,
    now: Callable[[], datetime],
    new_id: Callable[[], str],
) -> Result:
    """Decide at this instant, for this channel and place; record it; then sign.

    Nothing cached is asked. What may leave masked leaves with everybody covered who is
    not cleared for this very use, and whoever was covered when it was released. The
    record lands before the address exists, so no picture leaves unrecorded; a record
    without a fetch is a request that ended in between. Each request is one of its own,
    and so is its record. Raises UnknownAssetError, NotClearedError, UncoverableError,
    StaleRevisionError, ChangedMeanwhileError and AboutToChangeError.
    """
    leaving = _decided(event, library, register, bases, now())
    record = leaving.record
    rendition = _rendition(record, event.rendition)
    mask: str | None = None
    if leaving.covered:
        mask = versions.masks.masked(record, leaving.asset, rendition, leaving.covered)
        # To cover takes a while the first time: what was taken back meanwhile counts.
        again = _decided(event, library, register, bases, now())
        same = again.record.original == record.original
        if again.covered != leaving.covered or not same:
            raise ChangedMeanwhileError(event.asset_id)
        leaving = again
    disclosure = Disclosure(
        disclosure_id=new_id(),
        asset_id=event.asset_id,
        kind=DisclosureKind.DOWNLOAD,
        recipient_id=event.actor_id,
        channel=event.channel,
        place=event.place,
        rendition=rendition.value,
        masked=leaving.covered,
        at=leaving.at,
        revision=leaving.record.revision,
    )
    disclosures.record(disclosure, _entry_of(disclosure))
    signed_at = now()
    seconds = link_seconds(signed_at, leaving.decision.valid_until)
    if not seconds:
        raise AboutToChangeError(event.asset_id)
    return Result(
        asset_id=event.asset_id,
        rendition=rendition,
        masked=mask is not None,
        covered_faces=len(leaving.covered),
        url=versions.links.link(event.asset_id, rendition, seconds)
        if mask is None
        else versions.links.masked_link(event.asset_id, mask, seconds),
        expires_at=signed_at + timedelta(seconds=seconds),
    )


@dataclass(frozen=True, slots=True)
class _Leaving:
    """A picture that may leave for the use at that instant, with these faces covered."""

    at: datetime
    record: AssetRecord
    asset: Asset
    decision: Decision
    covered: frozenset[str]


def _decided(
    event: Event, library: Pictures, register: Register, bases: Bases, at: datetime
) -> _Leaving:
    found = library.picture(event.asset_id)
    if found is None or found[0].refused:
        raise UnknownAssetError(event.asset_id)
    record, asset, appearances = found
    decision = decide(gather(asset, appearances, register, bases, at), at, event.place)
    covered = _covered(asset, decision, event.channel)
    if not link_seconds(at, decision.valid_until):
        raise AboutToChangeError(event.asset_id)
    return _Leaving(at, record, asset, decision, covered)


def _entry_of(disclosure: Disclosure) -> NewEntry:
    return NewEntry(
        subject=disclosure.asset_id,
        entry_id=f"egress:asset:download:{disclosure.disclosure_id}",
        tag="egress:asset:download",
        at=disclosure.at,
        actor=disclosure.recipient_id,
        data=said_of(disclosure),
    )


def _rendition(record: AssetRecord, wanted: RenditionName | None) -> RenditionName:
    """The one that is asked for, or the largest; never the original, which says where."""
    largest = (RenditionName.WORKING, RenditionName.PREVIEW)
    for name in (wanted,) if wanted else largest:
        if name in record.renditions:
            return name
    raise UnknownAssetError(record.asset_id)


def _covered(asset: Asset, decision: Decision, channel: Channel) -> frozenset[str]:
    """The faces to cover, or none where it leaves as it is; what is unknown does not."""
    match decision.leaves.get(channel, Verdict.RESTRICTED):
        case Verdict.CLEAR:
            return frozenset()
        case Verdict.MASKED:
            return covered_in(asset, decision, channel)
        case _:
            raise NotClearedError(decision.about(channel))
