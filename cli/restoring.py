"""Bringing a table back from its backup, and what is missing of it into the live one.

A point in time becomes a table beside the live one; nothing serves from it. Once the
ledger was replayed on it, what the live table lacks is put back there: what is there
stays as it is, for it is newer. Then the copy goes, since it holds what the live table
holds, and nobody would keep it in order.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, Protocol

from botocore.exceptions import ClientError

from beeldrecht.adapters import keys
from beeldrecht.domain.audit import Entry, stamp
from beeldrecht.domain.ids import new_id
from beeldrecht.domain.replay import Item
from beeldrecht.domain.stores import Store

from .replaying import RESTORED, AuditLog, Table, freeze_id

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

STORES: Final[Mapping[str, Store]] = {
    "library": Store.LIBRARY,
    "consent": Store.CONSENT,
}
"""The tables that have backups and hold something of people."""
_PATIENCE: Final = 6 * 3600.0
"""Seconds; AWS says that a restore takes as long as the table is large."""

NOT_BACK: Final[Mapping[str, str]] = {
    "member": "somebody may have been taken out of a collection since",
    "claim": "it stands for a day, and for a request that is over",
    "task": "nothing waits for an answer to it any more",
    "proposal": "it may have been decided since, and would be decided again",
    "share": "it may have been revoked since, and its link would work again",
    "package": "it stands for a day, and may have been thrown away since",
    "packed": "it leads to a package, which does not come back",
    "mail": "it may have been sent since, and would be sent again",
    "mail_of": "it points at a mail, which does not come back",
    "restored": "it is about the copy",
}
"""Kinds that are left out, each with its reason: their absence may be somebody's wish."""


class NotReplayedError(Exception):
    """The copy does not show every erasure: it is not put back."""


class NotACopyError(Exception):
    """There is no table of that name that was restored here."""


class LiveTableRestoredError(Exception):
    """The live table itself does not show every erasure: it is to be replayed first."""


class NotRestorableError(Exception):
    """There is no backup of that instant, or the name is taken."""


class Ledger(Protocol):
    """The erasure ledger."""

    def last(self) -> int:
        """The number of the newest erasure that began."""
        ...

    def done_numbers(self) -> frozenset[int]:
        """Every erasure that is over."""
        ...


@dataclass(frozen=True, slots=True)
class Copy:
    """A table that was restored: of which, and as of when."""

    table: Table
    of: str
    since: datetime

    @property
    def store(self) -> Store:
        """What it is a copy of."""
        return STORES[self.of]


@dataclass(frozen=True, slots=True)
class PutBack:
    """What came of putting a copy back."""

    added: int
    there: int
    """Items that the live table has: they stay as they are there."""
    left_out: int
    """Items of kinds, or past terms, that do not come back."""


def restore(
    client: "DynamoDBClient",
    of: str,
    live: str,
    at: datetime,
    wait: Callable[[float], None] = time.sleep,
) -> Copy:
    """Restore a table as it was at that second, beside the live one.

    The copy gets expiry, recovery and a stream as the live one has: a restore drops them.
    Raises NotRestorableError.
    """
    name = f"{live}-restored-{new_id()[:12]}"
    try:
        client.restore_table_to_point_in_time(
            SourceTableName=live,
            TargetTableName=name,
            RestoreDateTime=at,
        )
    except ClientError as error:
        raise NotRestorableError(error.response["Error"]["Code"]) from error
    copy = Copy(Table(client, name), of, at)
    _wait(client, name, wait)
    _furnish(client, live, name)
    copy.table.put_all([_note(copy)])
    return copy


def copy_named(client: "DynamoDBClient", name: str) -> Copy:
    """A copy that was made before; raises NotACopyError."""
    table = Table(client, name)
    try:
        note = table.get(keys.LEDGER, RESTORED)
    except ClientError as error:
        raise NotACopyError(name) from error
    if note is None:
        raise NotACopyError(name)
    since = datetime.fromisoformat(note["since"]["S"])
    return Copy(table, note["of"]["S"], since)


def put_back(
    copy: Copy, live: Table, ledger: Ledger, log: AuditLog, at: datetime
) -> PutBack:
    """Put back what the live table lacks, and remove the copy.

    Each item on the condition that there is none: what is newer stays. Safe to repeat
    until the copy is gone. Raises NotReplayedError, and LiveTableRestoredError.
    """
    known = frozenset(range(1, ledger.last() + 1))
    if not known <= copy.table.numbers():
        raise NotReplayedError(copy.table.name)
    empty = next(live.items(), None) is None
    if not empty and not ledger.done_numbers() <= live.numbers():
        raise LiveTableRestoredError(live.name)
    told = _Told(copy, live, log, at)
    added = there = left_out = 0
    for item in copy.table.items():
        if not told.comes_back(item):
            left_out += 1
        elif _put_new(live, item):
            added += 1
        else:
            there += 1
    copy.table.client.delete_table(TableName=copy.table.name)
    return PutBack(added, there, left_out)


class _Told:
    """Which items come back, by what is known of them."""

    def __init__(self, copy: Copy, live: Table, log: AuditLog, at: datetime) -> None:
        self._copy = copy
        self._live = live
        self._now = at.timestamp()
        self._roots: dict[str, bool] = {}
        self._retained = frozenset(
            entry.subject
            for entry in _since(log, copy.since)
            if entry.tag.startswith("retention:")
        )

    def comes_back(self, item: Item) -> bool:
        """Whether it is put back where the live table has none like it."""
        pk, kind = str(item["pk"]["S"]), str(item["kind"]["S"])
        expires = item.get("expires_at", {}).get("N")
        if kind in NOT_BACK or (expires is not None and float(expires) <= self._now):
            return False
        if pk.partition("#")[2] in self._retained:
            return False
        if kind == "restriction" and self._is_known(item):
            return False
        # What lies beside a picture that is there was taken away from it on purpose.
        return item["sk"] == {"S": keys.META} or not self._has_root(pk)

    def _has_root(self, pk: str) -> bool:
        if not pk.startswith("ASSET#"):
            return False
        if pk not in self._roots:
            self._roots[pk] = self._live.get(pk, keys.META) is not None
        return self._roots[pk]

    def _is_known(self, item: Item) -> bool:
        """Whether it is a freeze of this restore, for what the live table has itself."""
        subject_id = str(item["subject_id"]["S"])
        if item["restriction_id"]["S"] != freeze_id(subject_id, self._copy.since):
            return False
        first = stamp(self._copy.since)[:19]
        return any(
            str(fact.get("effective_at", fact.get("start", {})).get("S", ""))[:19]
            >= first
            for pk in (keys.person(subject_id), keys.subject(subject_id))
            for fact in _partition(self._live, pk)
            if fact["kind"]["S"] in {"withdrawal", "restriction"}
        )


def _since(log: AuditLog, since: datetime) -> Iterator[Entry]:
    first = stamp(since)
    for chain in log.chains():
        yield from (entry for entry in chain.entries if entry.at >= first)


def _partition(table: Table, pk: str) -> Iterator[Item]:
    pages = table.client.get_paginator("query").paginate(
        TableName=table.name,
        ConsistentRead=True,
        KeyConditionExpression="pk = :pk",
        ExpressionAttributeValues={":pk": {"S": pk}},
    )
    for page in pages:
        yield from page["Items"]


def _put_new(table: Table, item: Item) -> bool:
    written: Any = dict(item)
    try:
        table.client.put_item(
            TableName=table.name,
            Item=written,
            ConditionExpression="attribute_not_exists(pk)",
        )
    except ClientError as error:
        if error.response["Error"]["Code"] != "ConditionalCheckFailedException":
            raise
        return False
    return True


def _note(copy: Copy) -> Item:
    return {
        "pk": {"S": keys.LEDGER},
        "sk": {"S": RESTORED},
        "kind": {"S": "restored"},
        "of": {"S": copy.of},
        "since": {"S": stamp(copy.since)},
    }


def _wait(client: "DynamoDBClient", name: str, wait: Callable[[float], None]) -> None:
    end = time.monotonic() + _PATIENCE
    while client.describe_table(TableName=name)["Table"]["TableStatus"] != "ACTIVE":
        if time.monotonic() > end:
            raise TimeoutError(name)
        wait(5)


def _furnish(client: "DynamoDBClient", live: str, name: str) -> None:
    """Give a restored table what a restore drops."""
    expiry = client.describe_time_to_live(TableName=live)["TimeToLiveDescription"]
    if expiry.get("TimeToLiveStatus") == "ENABLED":
        attribute = expiry["AttributeName"]
        client.update_time_to_live(
            TableName=name,
            TimeToLiveSpecification={"Enabled": True, "AttributeName": attribute},
        )
    client.update_continuous_backups(
        TableName=name,
        PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True},
    )
    streams = client.describe_table(TableName=live)["Table"].get("StreamSpecification")
    if streams and streams.get("StreamEnabled"):
        view = streams["StreamViewType"]
        client.update_table(
            TableName=name,
            StreamSpecification={"StreamEnabled": True, "StreamViewType": view},
        )
