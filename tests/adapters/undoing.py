"""How moto undoes a cancelled transaction, without copying whole tables for each.

Before every write of a transaction moto copies its table to the last attribute, to put
that copy back when the transaction is cancelled: with a thousand items, most of the time
of a test. Here the copy shares the items, and only an item that is about to be changed
in place is copied, when moto copies it.
"""

import copy
from collections import defaultdict
from types import SimpleNamespace
from typing import Any

import pytest
from moto.dynamodb import models
from moto.dynamodb.models.dynamo_type import Item
from moto.dynamodb.models.table import Table

type _Held = list[Table]


def share_copies(patch: pytest.MonkeyPatch) -> None:
    """Have moto's transactions keep what was there by reference."""
    held: _Held = []
    whole = models.DynamoDBBackend.transact_write_items

    def transact(backend: Any, transact_items: list[dict[str, Any]]) -> None:
        try:
            whole(backend, transact_items)
        finally:
            held.clear()

    def deepcopy(value: Any) -> Any:
        if isinstance(value, Table):
            before = _sharing(value)
            held.append(before)
            return before
        copied = copy.deepcopy(value)
        if isinstance(value, Item):
            for before in held:
                _put_back(before, value, copied)
        return copied

    patch.setattr(models.DynamoDBBackend, "transact_write_items", transact)
    patch.setattr(models, "copy", SimpleNamespace(deepcopy=deepcopy))


def _sharing(table: Table) -> Table:
    before = copy.copy(table)
    rows: Any = defaultdict(dict)
    for key, held in table.items.items():
        rows[key] = dict(held) if table.has_range_key else held
    before.items = rows
    if table.stream_shard is not None:
        before.stream_shard = copy.copy(table.stream_shard)
        before.stream_shard.items = list(table.stream_shard.items)
    return before


def _put_back(before: Table, item: Item, copied: Item) -> None:
    """Keep the copy where that very item is, which is changed in place from here on."""
    rows: Any = before.items
    at = rows if item.range_key is None else rows.get(item.hash_key, {})
    key = item.hash_key if item.range_key is None else item.range_key
    if at.get(key) is item:
        at[key] = copied
