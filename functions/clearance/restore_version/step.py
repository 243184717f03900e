"""A person makes an older file of a picture the current one again."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.intake import AssetRecord
from beeldrecht.domain.versions import (
    VersionChain,
    VersionRefusal,
    VersionRefusedError,
)
from beeldrecht.runtime.events import Frozen, OpaqueId
from beeldrecht.runtime.facts import Pictures
from beeldrecht.runtime.ports import Clearance


class Event(Frozen):
    """Which file is to be current again, and who says so."""

    asset_id: OpaqueId
    actor_id: OpaqueId


class Result(Frozen):
    """Whether another file is current now than before, and which one was."""

    asset_id: OpaqueId
    changed: bool
    replaced: OpaqueId | None = None


class Versions(Protocol):
    """The files of pictures, one after the other."""

    def chain(self, record: AssetRecord) -> VersionChain | None:
        """The chain that a file is one of."""
        ...

    def restore(
        self, record: AssetRecord, by: str, at: datetime, entry: NewEntry
    ) -> VersionChain:
        """Make an older file current, where the one that is stands now."""
        ...


def restore_version(
    event: Event,
    library: Pictures,
    versions: Versions,
    clearance: Clearance,
    now: Callable[[], datetime],
) -> Result:
    """Record which file is current from now on, then have both decided on.

    Neither is released by it: what a person released of the older file went when it was
    replaced, and a person releases anew. Safe to repeat: what is current already stays
    so, and is decided on again, in case the first try stopped before that. Raises
    VersionRefusedError and StaleRevisionError.
    """
    found = library.picture(event.asset_id)
    if found is None or found[0].refused or found[0].original is None:
        raise VersionRefusedError(VersionRefusal.NOT_TAKEN_IN)
    record, asset, _ = found
    chain = versions.chain(record)
    if chain is None:
        raise VersionRefusedError(VersionRefusal.CURRENT)
    before = chain.current
    if asset.replaced:
        at = now()
        versions.restore(record, event.actor_id, at, _entry(event, record, before, at))
    for asset_id in sorted({event.asset_id, before or event.asset_id}):
        clearance.start(asset_id)
    if not asset.replaced:
        return Result(asset_id=event.asset_id, changed=False)
    return Result(asset_id=event.asset_id, changed=True, replaced=before)


def _entry(
    event: Event, record: AssetRecord, before: str | None, at: datetime
) -> NewEntry:
    return NewEntry(
        subject=event.asset_id,
        entry_id=f"clearance:version:restore:{record.revision}",
        tag="clearance:version:restore",
        at=at,
        actor=event.actor_id,
        data={"replaced": before},
    )
