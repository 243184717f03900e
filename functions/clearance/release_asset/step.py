"""A person releases a picture for the channels that its faces allow right now."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from beeldrecht.domain.assets import Asset, Release
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.channels import Channel, Verdict
from beeldrecht.domain.decisions import Decision, decide, releasable
from beeldrecht.domain.intake import AssetRecord, RenditionName
from beeldrecht.domain.masking import mask_id, to_cover
from beeldrecht.runtime.events import Frozen, OpaqueId
from beeldrecht.runtime.facts import Bases, Register, gather
from beeldrecht.runtime.facts import Pictures as Readable


class UnknownAssetError(Exception):
    """There is no such picture, or it was not taken in."""


class NotReleasableError(Exception):
    """Nothing of what was asked for may be released now."""


class MaskNotSeenError(Exception):
    """It may be released masked alone, and they did not look at it as it would leave."""

    def __init__(self, channels: frozenset[Channel]) -> None:
        super().__init__(f"{len(channels)} channels")
        self.channels = channels


class Event(Frozen):
    """Who releases what; without channels, all that are possible.

    `masks` names the masked versions that they looked at: a picture is released masked
    by who saw it masked, just as it would leave.
    """

    asset_id: OpaqueId
    actor_id: OpaqueId
    channels: frozenset[Channel] | None = None
    masks: frozenset[OpaqueId] = frozenset()


class Result(Frozen):
    """What may leave now, and until when that holds."""

    asset_id: OpaqueId
    channels: dict[Channel, Verdict]
    valid_until: datetime | None


class Pictures(Readable, Protocol):
    """Pictures, and where decisions and releases are kept."""

    def decide(
        self,
        record: AssetRecord,
        decision: Decision,
        release: Release | None,
        entry: NewEntry,
    ) -> None:
        """Record a decision with its release, and who released."""
        ...


def release_asset(
    event: Event,
    library: Pictures,
    register: Register,
    bases: Bases,
    now: Callable[[], datetime],
) -> Result:
    """Decide at this instant, and release what it allows for the faces that are known.

    Whoever releases says with it that no face was missed. Safe to repeat: a second
    release replaces the first by what holds then. Raises StaleRevisionError when a fact
    changed meanwhile, so that nobody releases what they did not see, NotReleasableError,
    and MaskNotSeenError.
    """
    found = library.picture(event.asset_id)
    if found is None or found[0].refused:
        raise UnknownAssetError(event.asset_id)
    record, asset, appearances = found
    at = now()
    facts = gather(asset, appearances, register, bases, at)
    before = decide(facts, at)
    possible = releasable(before)
    asked = event.channels if event.channels is not None else frozenset(possible)
    covered = {
        channel: to_cover(asset, before, channel)
        for channel, verdict in possible.items()
        if channel in asked and verdict is Verdict.MASKED
    }
    unseen = frozenset(
        channel
        for channel, faces in covered.items()
        if _mask(record, asset, faces) not in event.masks
    )
    channels = {c: v for c, v in possible.items() if c in asked - unseen}
    if unseen and (event.channels is not None or not channels):
        raise MaskNotSeenError(unseen)
    if not channels:
        raise NotReleasableError(event.asset_id)
    release = Release(
        released_by=event.actor_id,
        at=at,
        channels=channels,
        face_ids=frozenset(f.face_id for f in asset.faces),
        covered={c: faces for c, faces in covered.items() if c in channels},
    )
    decision = decide(replace(facts, asset=replace(asset, release=release)), at)
    entry = NewEntry(
        subject=event.asset_id,
        entry_id=f"clearance:asset:release:{record.revision}",
        tag="clearance:asset:release",
        at=at,
        actor=event.actor_id,
        data={"channels": ",".join(f"{c}:{v}" for c, v in sorted(channels.items()))},
    )
    library.decide(record, decision, release, entry)
    return Result(
        asset_id=event.asset_id,
        channels=dict(decision.leaves),
        valid_until=decision.valid_until,
    )


def _mask(record: AssetRecord, asset: Asset, covered: frozenset[str]) -> str:
    """What they were shown: the preview with just these faces covered."""
    faces = [face for face in asset.faces if face.face_id in covered]
    return mask_id(record, RenditionName.PREVIEW, faces)
