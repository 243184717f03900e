"""Look through every store for somebody, or for a picture, and keep what was found."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from beeldrecht.domain.assets import Asset
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.erasure import (
    Erasure,
    ErasureState,
    PictureOutcome,
    Plan,
    PlannedPicture,
    Trace,
    place_of,
    planned_picture,
)
from beeldrecht.domain.intake import AssetRecord
from beeldrecht.domain.people import Appearance
from beeldrecht.domain.stores import Store
from beeldrecht.runtime import erasing
from beeldrecht.runtime.erasing import ErasureEvent, entry_of
from beeldrecht.runtime.events import Frozen

type Picture = tuple[AssetRecord, Asset, tuple[Appearance, ...]]


class Outcome(StrEnum):
    """Where the erasure stands after the look."""

    PLANNED = "planned"
    """An officer has to confirm it."""
    CONFIRMED = "confirmed"
    GONE = "gone"
    """It was cancelled, or is past being looked for."""


class Result(Frozen):
    """Where it stands."""

    outcome: Outcome


class Erasures(erasing.Erasures, Protocol):
    """Erasures on record, each with its plan."""

    def plan(self, erasure_id: str) -> Plan | None:
        """The plan, once there is one."""
        ...

    def keep_plan(
        self, erasure: Erasure, plan: Plan, to: ErasureState, entry: NewEntry
    ) -> bool:
        """Keep what was found and go on; False when it was kept before."""
        ...

    def add_picture(self, erasure_id: str, picture: PlannedPicture) -> bool:
        """Add a picture that was found later."""
        ...

    def note_found(self, erasure_id: str, found: Mapping[str, int]) -> None:
        """Record what was found by the last look before anything goes."""
        ...


class Traces(Protocol):
    """What is anywhere of a person or a picture."""

    def of_person(self, person_id: str) -> Iterator[Trace]:
        """Everything about a person but their pictures."""
        ...

    def of_picture(self, asset_id: str) -> Iterator[Trace]:
        """Everything of a picture."""
        ...

    def files(self, asset_id: str) -> Iterator[Trace]:
        """A picture's files."""
        ...

    def portrayed(self, person_id: str) -> Mapping[str, Sequence[str]]:
        """The faces that were said to be theirs, by picture."""
        ...


class Pictures(Protocol):
    """Pictures on record."""

    def picture(self, asset_id: str) -> Picture | None:
        """A picture with its faces."""
        ...


def collect_traces(
    event: ErasureEvent,
    erasures: Erasures,
    traces: Traces,
    library: Pictures,
    at: datetime,
) -> Result:
    """Look through every store; the first time plan, and once confirmed count again.

    The second look finds what came since an officer saw the plan: a picture that somebody
    linked meanwhile is added as it would have been proposed. Safe to repeat: a plan is
    kept once, and what an officer chose for a picture stands.
    """
    erasure = erasures.get(event.erasure_id)
    if erasure is None:
        return Result(outcome=Outcome.GONE)
    if erasure.state is ErasureState.COLLECTING:
        pictures = _pictures(erasure, traces, library)
        plan = Plan(_found(erasure, pictures, traces), pictures, True, at)
        to = ErasureState.PLANNED if erasure.person_id else ErasureState.CONFIRMED
        entry = entry_of(erasure, "rights:erasure:plan", {"pictures": len(pictures)})
        erasures.keep_plan(erasure, plan, to, entry)
        erasure = erasures.get(event.erasure_id)
    if erasure is not None and erasure.state is ErasureState.CONFIRMED:
        for picture in _pictures(erasure, traces, library):
            erasures.add_picture(erasure.erasure_id, picture)
        planned = erasures.plan(erasure.erasure_id)
        chosen = planned.pictures if planned else ()
        erasures.note_found(erasure.erasure_id, _found(erasure, chosen, traces))
        return Result(outcome=Outcome.CONFIRMED)
    if erasure is not None and erasure.state is ErasureState.PLANNED:
        return Result(outcome=Outcome.PLANNED)
    return Result(outcome=Outcome.GONE)


def _pictures(
    erasure: Erasure, traces: Traces, library: Pictures
) -> tuple[PlannedPicture, ...]:
    if erasure.asset_id is not None:
        return (PlannedPicture(erasure.asset_id, PictureOutcome.DELETE),)
    found: list[PlannedPicture] = []
    for asset_id, said in sorted(traces.portrayed(erasure.subject_id).items()):
        picture = library.picture(asset_id)
        if picture is None:
            continue  # its record is gone, and an appearance without one is counted
        record, asset, appearances = picture
        own = _own_faces(erasure.subject_id, said, asset, appearances)
        if own is None:
            continue
        found.append(planned_picture(asset_id, own, len(asset.faces), record.status))
    return tuple(found)


def _own_faces(
    person_id: str,
    said: Iterable[str],
    asset: Asset,
    appearances: Iterable[Appearance],
) -> list[str] | None:
    """The faces that are theirs; None where somebody said that none of them is.

    What was only suggested counts: it may be them. What was rejected is not them, and is
    somebody else's face: the picture stays as it is, and only the tie goes.
    """
    rejected = {
        each.face_id
        for each in appearances
        if each.person_id == person_id and each.status == "rejected"
    }
    there = {face.face_id for face in asset.faces}
    own = [face_id for face_id in said if face_id in there - rejected]
    return own or (None if rejected >= set(said) else [])


def _found(
    erasure: Erasure, pictures: Iterable[PlannedPicture], traces: Traces
) -> dict[str, int]:
    """How many were found in each place, by what is to become of each picture."""
    found: Counter[str] = Counter()
    if erasure.person_id is not None:
        found.update(each.place for each in traces.of_person(erasure.person_id))
    for picture in pictures:
        if picture.outcome is PictureOutcome.MASK:
            found.update(each.place for each in traces.files(picture.asset_id))
            found[place_of(Store.LIBRARY, "face")] += len(picture.face_ids)
        else:
            found.update(
                each.place
                for each in traces.of_picture(picture.asset_id)
                # Where they themselves appear was counted above.
                if not each.part.endswith(f"#{erasure.person_id}")
            )
    return dict(found)
