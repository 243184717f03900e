"""A person says what is to be done about a face: cover it, or nobody could tell who."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from beeldrecht.domain.assets import FaceMark
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.intake import AssetRecord
from beeldrecht.runtime.events import Frozen, OpaqueId
from beeldrecht.runtime.facts import Pictures as Readable
from beeldrecht.runtime.ports import Clearance


class UnknownFaceError(Exception):
    """There is no such face in that picture."""


class Event(Frozen):
    """What a person says about a face."""

    asset_id: OpaqueId
    face_id: OpaqueId
    mark: FaceMark
    actor_id: OpaqueId


class Result(Frozen):
    """What is on record now, and whether it was before."""

    asset_id: OpaqueId
    mark: FaceMark
    changed: bool


class Pictures(Readable, Protocol):
    """Pictures, and where what people say of them is kept."""

    def mark(
        self,
        record: AssetRecord,
        face_id: str,
        mark: FaceMark,
        at: datetime,
        entry: NewEntry,
    ) -> None:
        """Record what is to be done about a face, and who said so."""
        ...


def mark_face(
    event: Event,
    library: Pictures,
    clearance: Clearance,
    now: Callable[[], datetime],
) -> Result:
    """Record the mark, then have the picture decided on at once.

    Safe to repeat: the same mark changes nothing and is not recorded twice, but the
    decision is asked for again, in case the first try stopped before it. Raises
    UnknownFaceError and StaleRevisionError.
    """
    found = library.picture(event.asset_id)
    marks = {f.face_id: f.mark for f in found[1].faces} if found else {}
    if found is None or event.face_id not in marks:
        raise UnknownFaceError(event.face_id)
    record = found[0]
    before = marks[event.face_id]
    if before is not event.mark:
        at = now()
        entry = NewEntry(
            subject=event.asset_id,
            entry_id=f"clearance:face:mark:{record.revision}",
            tag="clearance:face:mark",
            at=at,
            actor=event.actor_id,
            data={
                "face_id": event.face_id,
                "mark": event.mark.value,
                "before": before.value,
            },
        )
        library.mark(record, event.face_id, event.mark, at, entry)
    clearance.start(event.asset_id)
    return Result(
        asset_id=event.asset_id, mark=event.mark, changed=before is not event.mark
    )
