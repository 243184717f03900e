"""Doing to a restored table what was done to the live one since: erasing and freezing.

With an operator's own credentials, and never as a function: nothing that runs by itself
may write to whole tables. Each step can be done again, so an interrupted one is simply
begun anew.
"""

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import batched
from typing import TYPE_CHECKING, Any, Final, Protocol

from beeldrecht.adapters import keys
from beeldrecht.adapters.consent_items import restriction_item
from beeldrecht.domain.audit import Entry, place_of, stamp
from beeldrecht.domain.audit_findings import Chain
from beeldrecht.domain.consent import Restriction, RestrictionKind
from beeldrecht.domain.erasure_texts import TextPlace
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.ledger import LedgerEntry
from beeldrecht.domain.replay import (
    Gone,
    Item,
    gone_of,
    leads_to,
    replayed,
    to_look_at,
    unreleased,
)
from beeldrecht.domain.stores import Store
from beeldrecht.domain.time import Period

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

RESTORED: Final = "RESTORED"
"""The note in a restored table: of what, as of when, and how far it was replayed."""
_AT_ONCE: Final = 25
"""Writes in one call of DynamoDB."""
_TRIES: Final = 100

NARROWING: Final = frozenset(
    {
        "api:asset:restrict",
        "api:consent:withdraw",
        "api:consent:change",
        "api:objection:decide",
        "api:rights:decide",
        "api:rights:enter",
        "api:rights:lift",
        "api:subject:ask",
        "api:subject:object",
    }
)
"""What can have taken something back, or frozen it: a backup does not know of it."""
HARMLESS_TO_A_PICTURE: Final = frozenset({"egress", "consent"})
"""Sources of entries that change nothing about a picture: who saw it, who was told."""


class Ledger(Protocol):
    """The erasure ledger."""

    def entries(self) -> Iterator[LedgerEntry]:
        """Every erasure that ever began."""
        ...


class AuditLog(Protocol):
    """The audit log as it is."""

    def chains(self) -> Iterator[Chain]:
        """Every chain."""
        ...


class StillThereError(Exception):
    """Something that was erased is still in the table after the replay."""


@dataclass(frozen=True, slots=True)
class Replay:
    """What replaying the ledger on a table came to."""

    erasures: int
    """How many erasures the ledger knows."""
    removed: int
    """How many items went."""
    changed: int
    """How many lost a name that they held."""
    frozen: int
    """How many people or pictures are kept and not used until somebody looked."""
    to_look_at: tuple[TextPlace, ...] = ()
    """Texts that may name somebody who was erased, and that nobody can tell of any more:
    they are other texts than those that the name was taken out of."""


class Table:
    """A table as an operator reaches it: all of it, item by item."""

    def __init__(self, client: "DynamoDBClient", name: str) -> None:
        self.client = client
        self.name = name

    def items(self) -> Iterator[Item]:
        """Every item, read consistently."""
        pages = self.client.get_paginator("scan").paginate(
            TableName=self.name, ConsistentRead=True
        )
        for page in pages:
            yield from page["Items"]

    def get(self, pk: str, sk: str) -> Item | None:
        """One item."""
        key: Any = {"pk": {"S": pk}, "sk": {"S": sk}}
        found = self.client.get_item(TableName=self.name, Key=key, ConsistentRead=True)
        return found.get("Item")

    def numbers(self) -> frozenset[int]:
        """The erasures that show in it."""
        pages = self.client.get_paginator("query").paginate(
            TableName=self.name,
            ConsistentRead=True,
            KeyConditionExpression="pk = :pk AND begins_with(sk, :sk)",
            ExpressionAttributeValues={
                ":pk": {"S": keys.LEDGER},
                ":sk": {"S": keys.ERASED},
            },
        )
        return frozenset(
            int(str(item["sk"]["S"]).removeprefix(keys.ERASED))
            for page in pages
            for item in page["Items"]
        )

    def put_all(self, items: Iterable[Item]) -> int:
        """Put items as they are, over what is there; give how many."""
        return self._write({"PutRequest": {"Item": dict(item)}} for item in items)

    def remove_all(self, items: Iterable[Item]) -> int:
        """Remove items; give how many."""
        return self._write(
            {"DeleteRequest": {"Key": {"pk": item["pk"], "sk": item["sk"]}}}
            for item in items
        )

    def _write(self, requests: Iterable[Mapping[str, Any]]) -> int:
        count = 0
        for batch in batched(requests, _AT_ONCE):
            left: Any = {self.name: list(batch)}
            for _ in range(_TRIES):
                answer = self.client.batch_write_item(RequestItems=left)
                left = answer.get("UnprocessedItems")
                if not left:
                    break
            else:
                raise TimeoutError(self.name)
            count += len(batch)
        return count


def replay(
    table: Table,
    store: Store,
    since: datetime,
    ledger: Ledger,
    log: AuditLog,
    at: datetime,
    shown: Callable[[int], None] = lambda _: None,
) -> Replay:
    """Erase from a table what was erased, and freeze what was narrowed since.

    Marks come last: a table that shows them was looked through again and holds nothing
    of anybody who was erased. Raises StillThereError before that.
    """
    entries = list(ledger.entries())
    gone = gone_of(entries)
    gone = dataclasses.replace(gone, led_to=_led(table, gone))
    touched = list(_since(log, since))
    loose = _touched_pictures(touched) if store is Store.LIBRARY else frozenset[str]()
    removed, changed, looks = [], [], list[TextPlace]()
    for place, item in enumerate(table.items(), 1):
        shown(place)
        left = replayed(store, item, gone)
        if left is not None and _is_asset_of(left, loose):
            left = unreleased(left)
        if left is None:
            removed.append(item)
            continue
        looks += to_look_at(store, left, gone)
        if left != item:
            changed.append(left)
    table.remove_all(removed)
    table.put_all(changed)
    freezes = _freezes(touched, since, at) if store is Store.CONSENT else []
    table.put_all(freezes)
    if any(replayed(store, item, gone) != item for item in table.items()):
        raise StillThereError(table.name)
    table.put_all(_marks(entries, at))
    counts = (len(entries), len(removed), len(changed), len(freezes))
    return Replay(*counts, tuple(looks))


def _led(table: Table, gone: Gone) -> frozenset[str]:
    return frozenset().union(*(leads_to(item, gone) for item in table.items()))


def _since(log: AuditLog, since: datetime) -> Iterator[Entry]:
    """What happened from that second on: the backup holds nothing of it."""
    first = stamp(since)
    for chain in log.chains():
        yield from (entry for entry in chain.entries if entry.at >= first)


def _touched_pictures(entries: Iterable[Entry]) -> frozenset[str]:
    """Pictures of which something was decided since, whatever it was."""
    return frozenset(
        entry.subject
        for entry in entries
        if entry.tag.partition(":")[0] not in HARMLESS_TO_A_PICTURE
    )


def _is_asset_of(item: Item, asset_ids: frozenset[str]) -> bool:
    return item["kind"] == {"S": "asset"} and item["asset_id"]["S"] in asset_ids


def freeze_id(subject_id: str, since: datetime) -> str:
    """The identifier of the freeze that a restore as of that instant brings."""
    return derived_id("restored", subject_id, stamp(since))


def _freezes(entries: Iterable[Entry], since: datetime, at: datetime) -> list[Item]:
    subjects = {entry.subject for entry in entries if entry.tag in NARROWING}
    return [
        restriction_item(
            Restriction(
                freeze_id(subject_id, since),
                subject_id,
                RestrictionKind.RESTRICTED,
                Period(at, None),
            )
        ).serialize()
        for subject_id in sorted(subjects)
    ]


def _marks(entries: Iterable[LedgerEntry], at: datetime) -> list[Item]:
    return [
        {
            "pk": {"S": keys.LEDGER},
            "sk": {"S": keys.ERASED + place_of(entry.number)},
            "kind": {"S": "erased_mark"},
            "at": {"S": stamp(at).replace("+00:00", "+0000")},
        }
        for entry in entries
    ]
