"""Let a picture leave for one use: decided now, masked where it has to be, recorded,
then signed for a minute. Whichever way it leaves: fetched, shown by a share, published.
"""

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal, Protocol

from pydantic import model_validator

from beeldrecht.domain.assets import Asset
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.channel_renditions import (
    CropWay,
    FileFormat,
    Make,
    Plan,
    ReadySize,
    make_of,
    planned,
)
from beeldrecht.domain.channels import Channel, Place, Use, Verdict
from beeldrecht.domain.decisions import Decision, Finding, decide, leaves_whole
from beeldrecht.domain.declarations import Sight
from beeldrecht.domain.disclosures import Disclosure, DisclosureKind, said_of
from beeldrecht.domain.egress import link_seconds
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.intake import AssetRecord, RenditionName
from beeldrecht.domain.masking import covered_in
from beeldrecht.runtime.events import Frozen, OpaqueId
from beeldrecht.runtime.facts import Bases, Pictures, Register, gather
from beeldrecht.runtime.ports import Masks

_TAGS: Final[Mapping[DisclosureKind, str]] = {
    DisclosureKind.DOWNLOAD: "egress:asset:download",
    DisclosureKind.SHARE: "egress:asset:share",
    DisclosureKind.PUBLICATION: "egress:asset:publish",
}
"""How the trail says that it left, by the way in which it did."""


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
    rendition: (
        Literal[RenditionName.PREVIEW, RenditionName.WORKING, RenditionName.FILE] | None
    ) = None
    size: ReadySize | None = None
    format: FileFormat | None = None
    crop: CropWay | None = None
    watermark: bool = False
    or_file: bool = False
    """Of what is no picture the file itself, where all of it may leave: nothing can be
    made of what nobody can look through, and of a document a size of its page can."""
    kind: Literal[
        DisclosureKind.DOWNLOAD, DisclosureKind.SHARE, DisclosureKind.PUBLICATION
    ] = DisclosureKind.DOWNLOAD
    recipient_id: OpaqueId | None = None
    """Who receives it; None: the actor."""
    since: datetime | None = None
    """The beginning of an hour or a day in which the same version to the same recipient
    is one disclosure: who looks at a page again received no other copy."""

    @model_validator(mode="after")
    def _one_or_the_other(self) -> "Event":
        if self.rendition is not None and self.make is not None:
            raise ValueError("a rendition is there, a size is made: one of the two")
        return self

    @property
    def make(self) -> Make | None:
        """What is to be made for this use; None: what is there is enough."""
        return make_of(self.size, self.format, self.crop, self.watermark)


class Result(Frozen):
    """Where to fetch it, until when, and how many faces are covered in it."""

    asset_id: OpaqueId
    rendition: RenditionName | None
    """None: it was made for this use."""
    masked: bool
    covered_faces: int
    url: str
    expires_at: datetime
    width: int | None = None
    height: int | None = None


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


class Renders(Protocol):
    """What makes versions for channels, and leads to them."""

    def rendered(
        self, record: AssetRecord, asset: Asset, make: Make, covered: Set[str], use: Use
    ) -> str:
        """The id of the version, which says its use.

        Raises CropRefusedError and UncoverableError.
        """
        ...

    def made_link(
        self, asset_id: str, rendition: str, written_as: FileFormat, seconds: int
    ) -> str:
        """An address that works for so long."""
        ...


@dataclass(frozen=True, slots=True)
class Versions:
    """What makes the version in which a picture leaves, and what leads to it."""

    masks: Masks
    links: Links
    renders: Renders


@dataclass(frozen=True, slots=True)
class Leaving:
    """A picture that may leave for the use at that instant, with these faces covered."""

    at: datetime
    record: AssetRecord
    asset: Asset
    decision: Decision
    covered: frozenset[str]


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
    StaleRevisionError, ChangedMeanwhileError, CropRefusedError and AboutToChangeError.
    """
    result, _ = leave_asset(
        event, library, register, bases, versions, disclosures, now, new_id
    )
    return result


def leave_asset(
    event: Event,
    library: Pictures,
    register: Register,
    bases: Bases,
    versions: Versions,
    disclosures: Disclosures,
    now: Callable[[], datetime],
    new_id: Callable[[], str],
) -> tuple[Result, Leaving]:
    """As `download_asset`, with what was decided: for who puts it into a larger whole."""
    leaving = decided(event, library, register, bases, now())
    version = _version(event, leaving, versions)
    if version.made_now:
        # To make it takes a while the first time: what was taken back meanwhile counts.
        again = decided(event, library, register, bases, now())
        same = again.record.original == leaving.record.original
        if again.covered != leaving.covered or not same:
            raise ChangedMeanwhileError(event.asset_id)
        leaving = again
    disclosure = Disclosure(
        disclosure_id=_disclosure_id(event, leaving, version, new_id),
        asset_id=event.asset_id,
        kind=event.kind,
        recipient_id=event.recipient_id or event.actor_id,
        channel=event.channel,
        place=event.place,
        rendition=version.name,
        masked=version.unseen,
        at=leaving.at,
        revision=leaving.record.revision,
        since=event.since,
    )
    disclosures.record(disclosure, _entry_of(disclosure, event.actor_id))
    signed_at = now()
    seconds = link_seconds(signed_at, leaving.decision.valid_until)
    if not seconds:
        raise AboutToChangeError(event.asset_id)
    result = Result(
        asset_id=event.asset_id,
        rendition=version.rendition,
        masked=bool(leaving.covered),
        covered_faces=len(leaving.covered),
        url=version.link(seconds),
        expires_at=signed_at + timedelta(seconds=seconds),
        width=version.plan.width if version.plan else None,
        height=version.plan.height if version.plan else None,
    )
    return result, leaving


def decided(
    event: Event, library: Pictures, register: Register, bases: Bases, at: datetime
) -> Leaving:
    """What may leave at that instant, and with whom covered; nothing is recorded.

    Raises UnknownAssetError, NotClearedError, UncoverableError and AboutToChangeError.
    """
    found = library.picture(event.asset_id)
    if found is None or found[0].refused or found[0].over(at):
        raise UnknownAssetError(event.asset_id)
    record, asset, appearances = found
    decision = decide(gather(asset, appearances, register, bases, at), at, event.place)
    covered = _covered(asset, decision, event.channel)
    if not link_seconds(at, decision.valid_until):
        raise AboutToChangeError(event.asset_id)
    return Leaving(at, record, asset, decision, covered)


@dataclass(frozen=True, slots=True)
class _Version:
    """The file in which a picture leaves."""

    name: str
    """Its name in a disclosure."""
    made_now: bool
    """Whether a function was asked for it, which takes a while."""
    unseen: frozenset[str]
    """The faces nothing of which can be seen in it."""
    link: Callable[[int], str]
    """Signs its address for so many seconds."""
    rendition: RenditionName | None = None
    plan: Plan | None = None


def _version(event: Event, leaving: Leaving, versions: Versions) -> _Version:
    """Have the file made in which it leaves, or find the one that is there."""
    record, asset, covered = leaving.record, leaving.asset, leaving.covered
    asset_id, make = event.asset_id, event.make
    as_file = leaves_as_file(event, leaving)
    if make is not None and not as_file:
        if record.sight is Sight.NOTHING:
            raise UnknownAssetError(asset_id)
        plan = planned(record, asset, make, covered)
        use = Use(event.channel, event.place, leaving.at)
        made = versions.renders.rendered(record, asset, make, covered, use)
        return _Version(
            make.name,
            made_now=True,
            unseen=plan.unseen,
            link=lambda seconds: versions.renders.made_link(
                asset_id, made, make.format, seconds
            ),
            plan=plan,
        )
    wanted = RenditionName.FILE if as_file else event.rendition
    rendition = _rendition(record, wanted)
    if rendition is RenditionName.FILE and not leaves_whole(
        asset, leaving.decision, event.channel
    ):
        raise NotClearedError(leaving.decision.about(event.channel))
    if not covered:
        return _Version(
            rendition.value,
            made_now=False,
            unseen=covered,
            link=lambda seconds: versions.links.link(asset_id, rendition, seconds),
            rendition=rendition,
        )
    mask = versions.masks.masked(record, asset, rendition, covered)
    return _Version(
        rendition.value,
        made_now=True,
        unseen=covered,
        link=lambda seconds: versions.links.masked_link(asset_id, mask, seconds),
        rendition=rendition,
    )


def leaves_as_file(event: Event, leaving: Leaving) -> bool:
    """Whether the file itself leaves, for who takes that where there is no picture."""
    record, whole = leaving.record, event.make is None and event.rendition is None
    return (
        event.or_file
        and (whole or record.sight is Sight.NOTHING)
        and RenditionName.FILE in record.renditions
        and leaves_whole(leaving.asset, leaving.decision, event.channel)
    )


def _disclosure_id(
    event: Event, leaving: Leaving, version: _Version, new_id: Callable[[], str]
) -> str:
    """Its own at each request, or the one that follows from all that it says."""
    if event.since is None:
        return new_id()
    return derived_id(
        "disclosure",
        event.recipient_id or event.actor_id,
        event.actor_id,
        event.since.isoformat(),
        event.channel,
        event.place,
        event.asset_id,
        version.name,
        ",".join(sorted(version.unseen)),
        str(leaving.record.revision),
    )


def _entry_of(disclosure: Disclosure, actor_id: str) -> NewEntry:
    tag = _TAGS[disclosure.kind]
    return NewEntry(
        subject=disclosure.asset_id,
        entry_id=f"{tag}:{disclosure.disclosure_id}",
        tag=tag,
        at=disclosure.at,
        actor=actor_id,
        data=said_of(disclosure),
    )


def _rendition(record: AssetRecord, wanted: RenditionName | None) -> RenditionName:
    """The one that is asked for, or the largest; never the original, which says where.

    The file itself, of what is no picture, has to be asked for.
    """
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
