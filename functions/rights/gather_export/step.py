"""Gather everything that is on record about a person, and say which pictures follow."""

from datetime import datetime
from enum import StrEnum
from itertools import batched
from typing import Final, Protocol

from beeldrecht.adapters.errors import KeyDestroyedError
from beeldrecht.domain.exports import Export
from beeldrecht.runtime.events import Frozen, OpaqueId
from beeldrecht.runtime.exporting import RECORD, Json, as_json, batch_name

from .record import gathered
from .records import Records

BATCH: Final = 20
"""Pictures that are made in one run: full-size ones take a second each."""


class Event(Frozen):
    """Which export, and whose."""

    export_id: OpaqueId
    person_id: OpaqueId


class Outcome(StrEnum):
    """Whether there is something to make."""

    PICTURES = "pictures"
    """Pictures follow, from the first batch on."""
    NO_PICTURES = "no_pictures"
    OVER = "over"
    """It was packed before, or the person or the export is no longer on record."""


class Result(Frozen):
    """Whether pictures follow, and the batch to begin with."""

    outcome: Outcome
    batch: int = 0


class Exports(Protocol):
    """Exports on record."""

    def get(self, export_id: str) -> Export | None:
        """One of them."""
        ...


class Parts(Protocol):
    """Where the parts of an export are kept."""

    def put_part(self, export_id: str, name: str, content: bytes) -> None:
        """Keep a part; again, it is written over."""
        ...


def gather_export(
    event: Event, exports: Exports, records: Records, parts: Parts, at: datetime
) -> Result:
    """Write the record, the documents and the lists of pictures as parts.

    Safe to repeat: each part is written over. The record comes last, and lists the
    pictures: what an earlier run listed besides is not packed.
    """
    export = exports.get(event.export_id)
    if export is None or export.person_id != event.person_id or export.package:
        return Result(outcome=Outcome.OVER)
    try:
        found = gathered(records, export, at)
    except KeyDestroyedError:
        found = None
    if found is None:
        return Result(outcome=Outcome.OVER)
    pictures = sorted({a for a, _ in records.library.appearances_of(event.person_id)})
    found.own |= set(pictures)
    batches = list(batched(pictures, BATCH))
    for number, batch in enumerate(batches):
        last = number == len(batches) - 1
        part: Json = {"asset_ids": list(batch), "last": last, "at": at}
        parts.put_part(event.export_id, batch_name(number), as_json(part))
    for name, content in sorted(found.documents.items()):
        parts.put_part(event.export_id, name, content)
    whole: Json = {
        "record": found.record,
        "own": found.own,
        "documents": sorted(found.documents),
        "pictures": pictures,
    }
    parts.put_part(event.export_id, RECORD, as_json(whole))
    outcome = Outcome.PICTURES if pictures else Outcome.NO_PICTURES
    return Result(outcome=outcome)
