"""The `audit` table: what happened, in chains that show any change.

Each entry carries the SHA-256 of itself and of the one before it. Entries are only ever
added, at the next free number: the table denies every function to update or delete. A
retry that carries the same entry id adds nothing.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from pynamodb.attributes import (
    DiscriminatorAttribute,
    JSONAttribute,
    NumberAttribute,
    UnicodeAttribute,
)
from pynamodb.exceptions import DoesNotExist, TransactWriteError
from pynamodb.models import Model
from pynamodb.transactions import TransactWrite

from . import keys
from .binding import bind

FIRST = "0" * 64
_TRIES = 20

type Value = str | int | None
type Data = Mapping[str, Value]


class ChainBusyError(Exception):
    """Others kept adding to the chain; try again."""


class AuditItem(Model):
    """Any item of the table."""

    class Meta:
        """The repository that is wired fills in the name."""

        table_name = ""
        region = ""

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    kind = DiscriminatorAttribute()
    expires_at = NumberAttribute(null=True)


class EntryItem(AuditItem, discriminator="entry"):
    """One thing that happened."""

    number = NumberAttribute()
    entry_id = UnicodeAttribute()
    tag = UnicodeAttribute()
    at = UnicodeAttribute()
    actor = UnicodeAttribute()
    data = JSONAttribute()
    previous = UnicodeAttribute()
    digest = UnicodeAttribute()


class OnceItem(AuditItem, discriminator="once"):
    """That an entry id has been used in this chain."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened; `tag` reads `source:subject:action`, `data` has ids."""

    scope: str
    number: int
    entry_id: str
    tag: str
    at: str
    actor: str
    data: Data
    previous: str
    digest: str


def digest_of(
    scope: str,
    number: int,
    entry_id: str,
    tag: str,
    at: str,
    actor: str,
    data: Data,
    previous: str,
) -> str:
    """SHA-256 over the entry's canonical JSON, the previous digest within."""
    canonical = json.dumps(
        [scope, number, entry_id, tag, at, actor, dict(data), previous],
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=True,
    )
    return hashlib.sha256(canonical.encode()).hexdigest()


class AuditTrail:
    """The repository over the audit table."""

    def __init__(self, table: str, region: str) -> None:
        self._connection = bind(AuditItem, table, region)

    def append(
        self, scope: str, entry_id: str, tag: str, at: datetime, actor: str, data: Data
    ) -> None:
        """Add an entry at the end of a chain; the same `entry_id` again adds nothing.

        Raises ChainBusyError when others kept getting in between.
        """
        pk = keys.chain(scope)
        stamp = at.astimezone(UTC).isoformat(timespec="microseconds")
        for _ in range(_TRIES):
            if self._used(pk, entry_id):
                return
            last = self._last(pk)
            number = int(last.number) + 1 if last else 1
            previous = last.digest if last else FIRST
            once = OnceItem(pk, keys.ONCE + entry_id)
            entry = EntryItem(
                pk,
                keys.entry(number),
                number=number,
                entry_id=entry_id,
                tag=tag,
                at=stamp,
                actor=actor,
                data=dict(data),
                previous=previous,
                digest=digest_of(
                    scope, number, entry_id, tag, stamp, actor, data, previous
                ),
            )
            try:
                with TransactWrite(connection=self._connection) as both:
                    both.save(once, condition=AuditItem.pk.does_not_exist())
                    both.save(entry, condition=AuditItem.pk.does_not_exist())
            except TransactWriteError as error:
                if error.cause_response_code != "TransactionCanceledException":
                    raise
            else:
                return
        raise ChainBusyError(scope)

    def entries(self, scope: str) -> Iterator[Entry]:
        """A chain from its first entry on."""
        for item in EntryItem.query(
            keys.chain(scope), AuditItem.sk.startswith(keys.ENTRY), consistent_read=True
        ):
            yield Entry(
                scope=scope,
                number=int(item.number),
                entry_id=item.entry_id,
                tag=item.tag,
                at=item.at,
                actor=item.actor,
                data=item.data,
                previous=item.previous,
                digest=item.digest,
            )

    @staticmethod
    def _used(pk: str, entry_id: str) -> bool:
        try:
            OnceItem.get(pk, keys.ONCE + entry_id, consistent_read=True)
        except DoesNotExist:
            return False
        return True

    @staticmethod
    def _last(pk: str) -> EntryItem | None:
        newest = EntryItem.query(
            pk,
            AuditItem.sk.startswith(keys.ENTRY),
            scan_index_forward=False,
            limit=1,
            consistent_read=True,
        )
        return next(iter(newest), None)


def broken_at(entries: Iterable[Entry]) -> int | None:
    """The number of the first entry that does not follow; None when the chain holds.

    Shows a changed, removed or reordered entry. A chain cut at its end needs a checkpoint
    from elsewhere, which this does not have.
    """
    previous = FIRST
    for expected, e in enumerate(entries, start=1):
        fresh = digest_of(
            e.scope, e.number, e.entry_id, e.tag, e.at, e.actor, e.data, previous
        )
        if e.number != expected or e.previous != previous or e.digest != fresh:
            return expected
        previous = e.digest
    return None
