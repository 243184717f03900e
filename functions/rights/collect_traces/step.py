"""Look through every store for somebody, or for a picture, and keep what was found."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from beeldrecht.domain.assets import Asset, AssetStatus
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
from beeldrecht.domain.erasure_texts import (
    PlannedText,
    TextPlace,
    planned_text,
    seen_again,
    undecided,
)
from beeldrecht.domain.intake import AssetRecord
from beeldrecht.domain.named import Span, Wanted
from beeldrecht.domain.people import Appearance
from beeldrecht.domain.store_registry import STORES
from beeldrecht.domain.stores import Erasing, Store
from beeldrecht.domain.versions import may_show
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
        self,
        erasure: Erasure,
        plan: Plan,
        to: ErasureState,
        entry: NewEntry,
        texts: Iterable[PlannedText] = (),
    ) -> bool:
        """Keep what was found and go on; False when it was kept before."""
        ...

    def texts(self, erasure_id: str) -> tuple[PlannedText, ...]:
        """Every place where a text names them."""
        ...

    def note_texts(self, erasure_id: str, texts: Iterable[PlannedText]) -> None:
        """Record places as this look found them."""
        ...

    def reopen(self, erasure: Erasure, entry: NewEntry) -> bool:
        """Ask the officer again; False when that was done before."""
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

    def mentions(self, subject_id: str) -> Iterator[Trace]:
        """Every item that names them, whether anything leads to it or not."""
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


class Names(Protocol):
    """What somebody is called, while it can be opened."""

    def wanted(self, person_id: str) -> Wanted:
        """Their names and addresses; nothing where their key is gone."""
        ...


class Texts(Protocol):
    """What people typed, about anything."""

    def naming(self, wanted: Wanted) -> Iterator[tuple[TextPlace, tuple[Span, ...], str]]:
        """Where somebody is named, and the digest of the text without them."""
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
    names: Names,
    typed: Texts,
    at: datetime,
) -> Result:
    """Look through every store; the first time plan, and once confirmed count again.

    The second look finds what came since an officer saw the plan: a picture that somebody
    linked meanwhile is added as it would have been proposed. A text that names them
    since, or names them otherwise, is an officer's to decide: they are asked again, while
    the name can still be looked for. Safe to repeat: a plan is kept once, and what an
    officer chose stands.
    """
    erasure = erasures.get(event.erasure_id)
    if erasure is None:
        return Result(outcome=Outcome.GONE)
    if erasure.state is ErasureState.COLLECTING:
        pictures = _pictures(erasure, traces, library)
        plan = Plan(_found(erasure, pictures, traces), pictures, True, at)
        to = ErasureState.PLANNED if erasure.person_id else ErasureState.CONFIRMED
        entry = entry_of(erasure, "rights:erasure:plan", {"pictures": len(pictures)})
        texts = _texts(erasure, names, typed)
        erasures.keep_plan(erasure, plan, to, entry, texts)
        erasure = erasures.get(event.erasure_id)
    if erasure is not None and erasure.state is ErasureState.CONFIRMED:
        for picture in _pictures(erasure, traces, library):
            erasures.add_picture(erasure.erasure_id, picture)
        planned = erasures.plan(erasure.erasure_id)
        chosen = planned.pictures if planned else ()
        before = erasures.texts(erasure.erasure_id)
        found = _texts(erasure, names, typed)
        erasures.note_texts(erasure.erasure_id, seen_again(before, found))
        if undecided(erasures.texts(erasure.erasure_id), chosen):
            erasures.reopen(erasure, _reopening(erasure))
            return Result(outcome=Outcome.PLANNED)
        erasures.note_found(erasure.erasure_id, _found(erasure, chosen, traces))
        return Result(outcome=Outcome.CONFIRMED)
    if erasure is not None and erasure.state is ErasureState.PLANNED:
        return Result(outcome=Outcome.PLANNED)
    return Result(outcome=Outcome.GONE)


def _texts(erasure: Erasure, names: Names, typed: Texts) -> tuple[PlannedText, ...]:
    if erasure.person_id is None:
        return ()
    found = typed.naming(names.wanted(erasure.person_id))
    return tuple(planned_text(erasure.erasure_id, *each) for each in found)


def _reopening(erasure: Erasure) -> NewEntry:
    """Each confirmation can be followed by one such question."""
    entry = entry_of(erasure, "rights:erasure:reopen")
    return replace(entry, entry_id=f"{entry.entry_id}:{entry.at.isoformat()}")


def _pictures(
    erasure: Erasure, traces: Traces, library: Pictures
) -> tuple[PlannedPicture, ...]:
    if erasure.asset_id is not None:
        files = _files_of(erasure.asset_id, library)
        return tuple(PlannedPicture(each, PictureOutcome.DELETE) for each in files)
    found: list[PlannedPicture] = []
    others: set[str] = set()
    for asset_id, said in sorted(traces.portrayed(erasure.subject_id).items()):
        picture = library.picture(asset_id)
        if picture is None:
            continue  # its record is gone, and an appearance without one is counted
        record, asset, appearances = picture
        own = _own_faces(erasure.subject_id, said, asset, appearances)
        if own is None:
            continue
        found.append(planned_picture(asset_id, own, len(asset.faces), record.status))
        others |= asset.versions
    others -= {each.asset_id for each in found}
    found += _unnamed(erasure.subject_id, others, library)
    return tuple(found)


def _files_of(asset_id: str, library: Pictures) -> tuple[str, ...]:
    """A picture, and the older files of it where it is the current one.

    An older one goes alone: what took its place is another file, and stays.
    """
    picture = library.picture(asset_id)
    if picture is None or picture[1].replaced:
        return (asset_id,)
    return (asset_id, *sorted(picture[1].versions - {asset_id}))


def _unnamed(
    person_id: str, asset_ids: Iterable[str], library: Pictures
) -> Iterator[PlannedPicture]:
    """Other files of pictures that they are in, in which they may be without a name.

    Nothing in them can be covered for somebody whom nobody pointed out: they go.
    """
    for asset_id in sorted(asset_ids):
        picture = library.picture(asset_id)
        if picture is not None and may_show(picture[1], picture[2], person_id):
            yield PlannedPicture(
                asset_id,
                PictureOutcome.DELETE,
                others=len(picture[1].faces),
                released=picture[0].status is AssetStatus.RELEASED,
            )


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


_DELETED = {
    place_of(each.store, each.what) for each in STORES if each.erasing is Erasing.DELETED
}


def _found(
    erasure: Erasure, pictures: Iterable[PlannedPicture], traces: Traces
) -> dict[str, int]:
    """How many were found in each place, by what is to become of each picture."""
    found: Counter[str] = Counter()
    if erasure.person_id is not None:
        found.update(each.place for each in traces.of_person(erasure.person_id))
        # Nothing leads to a search that somebody kept for them: it goes all the same,
        # and who reads the certificate sees that it did.
        named = traces.mentions(erasure.person_id)
        found |= Counter(each.place for each in named if each.place in _DELETED)
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
