"""What the audit log looks like to whoever oversees it: rows, and a file of them."""

import csv
import io
from collections.abc import Iterable
from datetime import datetime

from beeldrecht.domain.access import Operation
from beeldrecht.domain.audit import Entry, Value
from beeldrecht.runtime.events import Frozen

COLUMNS = (
    "chain",
    "number",
    "at",
    "tag",
    "subject",
    "actor",
    "data",
    "entry_id",
    "previous",
    "digest",
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would carry out."""


class EntryView(Frozen):
    """One thing that happened."""

    chain: str
    number: int
    at: datetime
    tag: str
    subject: str
    actor: str
    data: dict[str, Value]
    entry_id: str
    digest: str

    @classmethod
    def of(cls, entry: Entry) -> "EntryView":
        """The view of an entry."""
        return cls(
            chain=entry.shard,
            number=entry.number,
            at=entry.instant,
            tag=entry.tag,
            subject=entry.subject,
            actor=entry.actor,
            data=dict(entry.data),
            entry_id=entry.entry_id,
            digest=entry.digest,
        )


class EntryList(Frozen):
    """A page of entries, the newest first, and what else may be done with them."""

    items: list[EntryView]
    cursor: str | None
    affordances: list[Operation]


def csv_of(entries: Iterable[Entry]) -> str:
    """The entries as a file of comma-separated values, as RFC 4180 has it.

    With every field that is hashed, so that a row can be verified by itself. No cell
    begins a formula, whatever it holds.
    """
    out = io.StringIO()
    rows = csv.writer(out, quoting=csv.QUOTE_ALL)
    rows.writerow(COLUMNS)
    for e in entries:
        cells = (
            e.shard,
            e.place,
            e.at,
            e.tag,
            e.subject,
            e.actor,
            e.text,
            e.entry_id,
            e.previous,
            e.digest,
        )
        rows.writerow(_harmless(cell) for cell in cells)
    return out.getvalue()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
