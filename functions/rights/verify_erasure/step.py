"""Look again, everywhere and by another way, and write a receipt for each place."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Final, Protocol

from beeldrecht.domain.assets import Asset
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.erasure import (
    Erasure,
    PictureOutcome,
    Plan,
    PlannedPicture,
    Receipt,
    Trace,
    goes,
    place_of,
)
from beeldrecht.domain.erasure_texts import (
    PlannedText,
    TextOutcome,
    TextPlace,
    undecided,
)
from beeldrecht.domain.intake import AssetRecord, rendition_key
from beeldrecht.domain.named import digest, names_still
from beeldrecht.domain.people import Appearance
from beeldrecht.domain.store_registry import STORES
from beeldrecht.domain.stores import Erasing, Store
from beeldrecht.runtime import erasing
from beeldrecht.runtime.erasing import ErasureEvent, entry_of, under_way
from beeldrecht.runtime.events import Frozen

type Picture = tuple[AssetRecord, Asset, tuple[Appearance, ...]]

LOOKS: Final = 5
"""How often everything is done again before it fails where people see it."""


class Outcome(StrEnum):
    """What the look found."""

    ERASED = "erased"
    """Nothing but what the receipts declare."""
    AGAIN = "again"
    """Something is left: it is done again."""
    REMAINS = "remains"
    """Something is left after all that: somebody has to look."""


class Result(Frozen):
    """What the look found, and how much is left that should not be."""

    outcome: Outcome
    left: int


class Erasures(erasing.Erasures, Protocol):
    """Erasures on record, each with its plan and receipts."""

    def plan(self, erasure_id: str) -> Plan | None:
        """The plan."""
        ...

    def put_receipts(self, erasure_id: str, receipts: Iterable[Receipt]) -> None:
        """Record what remains of each place."""
        ...

    def texts(self, erasure_id: str) -> tuple[PlannedText, ...]:
        """Every place where a text names them."""
        ...

    def ask_again(self, erasure_id: str, text_id: str) -> None:
        """Record that somebody has to look at a place once more."""
        ...

    def count_look(self, erasure_id: str) -> int:
        """Count this look."""
        ...


class Traces(Protocol):
    """What is anywhere of a person or a picture."""

    def of_person(self, person_id: str) -> Iterator[Trace]:
        """Everything about a person, from one thing to the next."""
        ...

    def of_picture(self, asset_id: str) -> Iterator[Trace]:
        """Everything of a picture."""
        ...

    def files(self, asset_id: str) -> Iterator[Trace]:
        """Every version of its files, and every upload."""
        ...

    def indexed(self, asset_id: str) -> Iterator[Trace]:
        """What the index may still say of a picture that has to go from it."""
        ...

    def mentions(self, subject_id: str) -> Iterator[Trace]:
        """Every item that names them, from end to end of the tables."""
        ...

    def proofs(self, evidence: Iterable[Trace]) -> Iterator[Trace]:
        """The signed copies of these items of evidence."""
        ...


class Texts(Protocol):
    """What people typed, about anything."""

    def now(self, place: TextPlace) -> str | None:
        """A text as it stands; None: it is not there any more."""
        ...


class Pictures(Protocol):
    """Pictures on record."""

    def picture(self, asset_id: str) -> Picture | None:
        """A picture with its faces."""
        ...


class Trail(Protocol):
    """The audit trail."""

    def record(self, entry: NewEntry) -> None:
        """Put an entry in its chain; the same again adds nothing."""
        ...


def verify_erasure(
    event: ErasureEvent,
    erasures: Erasures,
    traces: Traces,
    library: Pictures,
    typed: Texts,
    trail: Trail,
) -> Result:
    """Count what is left of each place, and say whether that is what should be left.

    A text that is another one than the name was to be taken out of is left, until an
    officer looked at it and says so: the name is gone, and cannot be looked for any more.
    Safe to repeat: it removes nothing, and the last look's receipts count. Raises
    NotBegunError.
    """
    erasure = under_way(erasures, event.erasure_id)
    plan = erasures.plan(event.erasure_id)
    if plan is None:
        raise erasing.NotBegunError(event.erasure_id)
    left = _left(erasure, plan, traces, library)
    receipts = [_receipt(each, plan, left) for each in _places(plan, left)]
    erasures.put_receipts(erasure.erasure_id, receipts)
    wrong = sum(r.remains for r in receipts if goes(r.why, plan.keep_proof))
    wrong += _texts_left(erasure, plan, erasures, typed)
    if wrong:
        # Counted where it found something, and last: a look that was ended found nothing.
        look = erasures.count_look(erasure.erasure_id)
        outcome = Outcome.AGAIN if look < LOOKS else Outcome.REMAINS
        return Result(outcome=outcome, left=wrong)
    trail.record(entry_of(erasure, "rights:erasure:verify", {"places": len(receipts)}))
    return Result(outcome=Outcome.ERASED, left=0)


def _texts_left(erasure: Erasure, plan: Plan, erasures: Erasures, typed: Texts) -> int:
    """How many texts still name them, or nobody knows whether they do."""
    left = 0
    for text in erasures.texts(erasure.erasure_id):
        now = typed.now(text.place) if text.outcome is TextOutcome.REDACT else None
        if now is None or digest(now) == text.digest:
            continue
        if names_still(now, text.spans, text.digest):
            left += 1
        else:
            erasures.ask_again(erasure.erasure_id, text.text_id)
    asked = undecided(erasures.texts(erasure.erasure_id), plan.pictures)
    return left + sum(typed.now(each.place) is not None for each in asked)


def _left(
    erasure: Erasure, plan: Plan, traces: Traces, library: Pictures
) -> Mapping[str, int]:
    """What is found of each place now; of the two ways of looking, what finds more."""
    followed: Counter[str] = Counter()
    for picture in plan.pictures:
        followed.update(_left_of(picture, traces, library))
        followed.update(each.place for each in traces.indexed(picture.asset_id))
    if erasure.person_id is None:
        return followed
    followed.update(each.place for each in traces.of_person(erasure.person_id))
    named = list(traces.mentions(erasure.person_id))
    read = Counter(each.place for each in (*named, *traces.proofs(named)))
    return followed | read


def _left_of(picture: PlannedPicture, traces: Traces, library: Pictures) -> Iterator[str]:
    if picture.outcome is PictureOutcome.DELETE:
        yield from (each.place for each in traces.of_picture(picture.asset_id))
        return
    found = library.picture(picture.asset_id)
    if found is None:
        return
    record, asset, _ = found
    own = [face for face in asset.faces if face.face_id in picture.face_ids]
    yield from (place_of(Store.LIBRARY, "face") for _ in own)
    current = record.original.version_id if record.original else ""
    kept = {rendition_key(picture.asset_id, name) for name in record.renditions}
    for each in traces.files(picture.asset_id):
        # While a face of theirs is on record, every file may still show it.
        new = each.part == current or each.key in kept
        if own or each.upload or not new:
            yield each.place


_PLACES = {place_of(each.store, each.what): each for each in STORES}


def _places(plan: Plan, left: Mapping[str, int]) -> list[str]:
    """Every place of the registry, and whatever else something was found in."""
    unknown = (plan.found.keys() | left.keys()) - _PLACES.keys()
    return [*_PLACES, *sorted(unknown)]


def _receipt(place: str, plan: Plan, left: Mapping[str, int]) -> Receipt:
    known = _PLACES.get(place)
    store, _, what = place.partition("/")
    remains = left.get(place, 0)
    found = max(plan.found.get(place, 0), remains)
    return Receipt(
        store=Store(store),
        what=what,
        found=found,
        removed=found - remains,
        remains=remains,
        why=known.erasing if known else Erasing.DELETED,
    )
