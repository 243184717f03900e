"""Reading the whole audit table as it is, to verify it: nothing is taken on trust.

The repository reads entries as it wrote them. Here an item is an entry only when it has
exactly an entry's attributes, each of its type, under keys of an entry's shape; whatever
else stands in a chain is handed on as a stray, to be named.
"""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from beeldrecht.domain.audit import NO_ENTRY, SHARDS, Entry, is_place, parsed, place_of
from beeldrecht.domain.audit_findings import Chain, Mark

from . import keys

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_DATA = "data"
_ENTRY = {
    *("subject", "entry_id", "tag", "day", "time"),
    *("actor", _DATA, "previous", "digest"),
}
_KEYS = {"pk", "sk", "kind"}
_END = "expires_at"
"""The one attribute that an entry or mark can have besides: it is dated to be removed."""


class AuditReader:
    """Every chain of the table, read consistently."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    def chains(self) -> Iterator[Chain]:
        """Every chain, one after another."""
        for shard in SHARDS:
            yield self.chain(shard)

    def chain(self, shard: str) -> Chain:
        """One chain, with everything that stands in its partition.

        The marks are read before the entries: a mark and its entry are written together,
        so an entry that is written meanwhile is seen, and its mark is not missed.
        """
        marks = set[Mark]()
        entries: list[Entry] = []
        strays: list[str] = []
        dated = set[int]()
        for item in self._items(shard, "sk >= :from", keys.ONCE):
            found = _mark_of(item)
            if found is None:
                strays.append(_name(item))
                continue
            marks.add(found)
            if _END in item:
                dated.add(found.number)
        for item in self._items(shard, "sk < :from", keys.ONCE):
            entry = entry_of(item)
            if entry is None:
                strays.append(_name(item))
                continue
            entries.append(entry)
            if _END in item:
                dated.add(entry.number)
        return Chain(shard, entries, frozenset(marks), tuple(strays), frozenset(dated))

    def since(self, shard: str, number: int) -> Iterator[Entry]:
        """What stands in a chain from that number on; NO_ENTRY for what is none."""
        start, until = keys.ENTRY + place_of(number), keys.ENTRY + "~"
        for item in self._items(shard, "sk BETWEEN :from AND :until", start, until):
            yield entry_of(item) or NO_ENTRY

    def undated(self, shard: str, until: int) -> Iterator[Entry]:
        """The entries up to that number that nothing dates to be removed, in order."""
        start, last = keys.ENTRY, keys.ENTRY + place_of(until)
        where = "sk BETWEEN :from AND :until"
        for item in self._items(shard, where, start, last, undated=True):
            entry = entry_of(item)
            if entry is not None:
                yield entry

    def _items(
        self,
        shard: str,
        where: str,
        start: str,
        until: str | None = None,
        *,
        undated: bool = False,
    ) -> Iterator[Mapping[str, Any]]:
        values = {":pk": {"S": keys.chain(shard)}, ":from": {"S": start}}
        if until is not None:
            values[":until"] = {"S": until}
        narrowed: dict[str, Any] = {}
        if undated:
            narrowed["FilterExpression"] = f"attribute_not_exists({_END})"
        pages = self._client.get_paginator("query").paginate(
            TableName=self._table,
            ConsistentRead=True,
            KeyConditionExpression=f"pk = :pk AND {where}",
            ExpressionAttributeValues=values,
            **narrowed,
        )
        for page in pages:
            yield from page["Items"]


def entry_of(item: Mapping[str, Any]) -> Entry | None:
    """The entry that an item is, or None: it has more, less or other than an entry."""
    if not _has(item, _ENTRY | _KEYS) or item["kind"] != {"S": "entry"}:
        return None
    texts = {name: value.get("S") for name, value in item.items() if name != _END}
    sk = str(texts["sk"])
    if not sk.startswith(keys.ENTRY):
        return None
    return parsed(
        {
            **{name: texts[name] for name in _ENTRY - {_DATA}},
            "text": texts[_DATA],
            "shard": str(texts["pk"]).removeprefix(keys.CHAIN),
            "place": sk.removeprefix(keys.ENTRY),
        }
    )


def _mark_of(item: Mapping[str, Any]) -> Mark | None:
    if not _has(item, {*_KEYS, "place"}) or item["kind"] != {"S": "once"}:
        return None
    place = str(item["place"].get("S"))
    subject, separator, entry_id = (
        str(item["sk"]["S"]).removeprefix(keys.ONCE).partition("#")
    )
    return Mark(subject, entry_id, place) if separator and is_place(place) else None


def _has(item: Mapping[str, Any], names: set[str]) -> bool:
    """Whether it has just these attributes, and at most a date besides."""
    return item.keys() - {_END} == names and "N" in item.get(_END, {"N": ""})


def _name(item: Mapping[str, Any]) -> str:
    return str(item["sk"].get("S"))
