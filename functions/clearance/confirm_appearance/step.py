"""A person says who a face is, or who it is not. Software cannot."""

from collections.abc import Callable
from datetime import datetime
from typing import Literal, Protocol

from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.intake import AssetRecord
from beeldrecht.domain.people import Appearance, AppearanceStatus
from beeldrecht.runtime.events import Frozen, OpaqueId
from beeldrecht.runtime.facts import Pictures as Readable
from beeldrecht.runtime.ports import Clearance


class UnknownFaceError(Exception):
    """There is no such face in that picture."""


class UnknownPersonError(Exception):
    """There is no such person on record."""


class Event(Frozen):
    """What a person says about a face."""

    asset_id: OpaqueId
    face_id: OpaqueId
    person_id: OpaqueId
    answer: Literal["confirm", "reject"]
    actor_id: OpaqueId


class Result(Frozen):
    """What is on record now, and whether it was before."""

    asset_id: OpaqueId
    status: AppearanceStatus
    changed: bool


class Pictures(Readable, Protocol):
    """Pictures, and where what people say of them is kept."""

    def settle(
        self, record: AssetRecord, appearance: Appearance, entry: NewEntry
    ) -> None:
        """Record what a person says, and that they said it."""
        ...


class Register(Protocol):
    """The consent register."""

    def knows(self, person_id: str) -> bool:
        """Whether there is such a person."""
        ...


def confirm_appearance(
    event: Event,
    library: Pictures,
    register: Register,
    clearance: Clearance,
    now: Callable[[], datetime],
) -> Result:
    """Record the answer, then have the picture decided on at once.

    Safe to repeat: the same answer changes nothing and is not recorded twice, but the
    decision is asked for again, in case the first try stopped before it.
    """
    found = library.picture(event.asset_id)
    faces = {f.face_id for f in found[1].faces} if found else set()
    if found is None or event.face_id not in faces:
        raise UnknownFaceError(event.face_id)
    if not register.knows(event.person_id):
        raise UnknownPersonError(event.person_id)
    record, _, appearances = found
    before = _on_record(appearances, event)
    status = (
        AppearanceStatus.CONFIRMED
        if event.answer == "confirm"
        else AppearanceStatus.REJECTED
    )
    settled = before
    if settled is None or settled.status is not status:
        at = now()
        settled = Appearance(
            asset_id=event.asset_id,
            face_id=event.face_id,
            person_id=event.person_id,
            status=status,
            settled_by=event.actor_id,
            settled_at=at,
            band=before.band if before else None,
        )
        tag = f"clearance:appearance:{event.answer}"
        entry = NewEntry(
            subject=event.asset_id,
            entry_id=f"{tag}:{record.revision}",
            tag=tag,
            at=at,
            actor=event.actor_id,
            data={"face_id": event.face_id, "person_id": event.person_id},
        )
        library.settle(record, settled, entry)
    clearance.start(event.asset_id)
    return Result(asset_id=event.asset_id, status=status, changed=settled is not before)


def _on_record(appearances: tuple[Appearance, ...], event: Event) -> Appearance | None:
    return next(
        (
            a
            for a in appearances
            if a.face_id == event.face_id and a.person_id == event.person_id
        ),
        None,
    )
