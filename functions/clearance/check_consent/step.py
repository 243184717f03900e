"""Decide anew what everybody in a picture allows, and cache the answer for lists."""

from datetime import datetime
from enum import StrEnum
from typing import Protocol

from beeldrecht.domain.assets import Release
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.decisions import Decision, decide, narrowed
from beeldrecht.domain.intake import AssetRecord
from beeldrecht.domain.time import instant
from beeldrecht.runtime.events import AssetEvent, Frozen, OpaqueId
from beeldrecht.runtime.facts import Bases, Register, gather
from beeldrecht.runtime.facts import Pictures as Readable


class Outcome(StrEnum):
    """Where the workflow ends."""

    EMBARGOED = "embargoed"
    READY = "ready"
    RELEASED = "released"
    GONE = "gone"


class Result(Frozen):
    """Where the workflow ends."""

    asset_id: OpaqueId
    outcome: Outcome


class Pictures(Readable, Protocol):
    """Pictures, and where decisions on them are cached."""

    def decide(
        self,
        record: AssetRecord,
        decision: Decision,
        release: Release | None,
        entry: NewEntry,
    ) -> None:
        """Cache a decision, with the release as far as it still holds, and say so."""
        ...


def check_consent(
    event: AssetEvent,
    library: Pictures,
    register: Register,
    bases: Bases,
    at: datetime,
) -> Result:
    """Decide, write the answer under the revision that was read, and narrow the release.

    Safe to repeat: it decides from the facts of that moment. When a fact changed between
    reading and writing, StaleRevisionError makes the workflow read and decide again. A
    picture that nobody has looked through stays in and stays where it waits.
    """
    found = library.picture(event.asset_id)
    if found is None or found[0].refused:
        return Result(asset_id=event.asset_id, outcome=Outcome.GONE)
    record, asset, appearances = found
    if not asset.examined:
        # Recorded as embargoed it would leave the list of what the reconciler pushes on.
        return Result(asset_id=event.asset_id, outcome=Outcome.EMBARGOED)
    decision = decide(gather(asset, appearances, register, bases, at), at)
    release = asset.release and narrowed(asset.release, decision)
    until = decision.valid_until
    entry = NewEntry(
        subject=asset.asset_id,
        entry_id=f"clearance:asset:decide:{record.revision}",
        tag="clearance:asset:decide",
        at=at,
        actor="system",
        data={
            "outcome": decision.outcome,
            "leaves": ",".join(sorted(decision.leaves)),
            "valid_until": instant(until).isoformat() if until else None,
        },
    )
    library.decide(record, decision, release, entry)
    return Result(asset_id=asset.asset_id, outcome=Outcome(decision.outcome.value))
