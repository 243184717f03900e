"""DynamoDB: a table that is restored to a point in time is as it was then.

MiniStack restores every table as it is now, whatever instant was asked for, so a restore
would never bring back what was erased, and no test could see it happen. Here each write
to a table with point-in-time recovery is remembered, from the moment that it was switched
on; it is forgotten when the emulator stops. As at AWS an instant is a whole second, and
the restored table has neither expiry nor stream nor recovery of its own.
"""

import copy
import json
import time
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from ministack.core.responses import error_response_json

from local.cloud.gaps import need
from local.cloud.settings import Settings

type Items = dict[str, dict[str, Any]]
"""Items by their two keys."""


@dataclass
class History:
    """A table as it was when recovery was switched on, and every write since."""

    since: float
    base: Items
    writes: list[tuple[float, str, str, Any]] = field(default_factory=list)
    """When, the two keys, and the item: None where it was removed."""

    def at(self, instant: float) -> Items:
        """The items as of the end of that second."""
        items: Items = copy.deepcopy(self.base)
        for when, key, sort_key, item in self.writes:
            if int(when) > instant:
                break
            if item is None:
                items.get(key, {}).pop(sort_key, None)
            else:
                items.setdefault(key, {})[sort_key] = copy.deepcopy(item)
        return {key: found for key, found in items.items() if found}


_histories: dict[str, History] = {}
"""By the address of the table, which names its account and Region too."""


def close(_: Settings) -> None:
    """Remember writes, and restore what was asked for."""
    from ministack.services import dynamodb  # noqa: PLC0415  # `ttl` loads it first

    need(dynamodb, "_set_item", "_remove_item", "_items_replaced", "_tables")
    need(dynamodb, "_pitr_settings", "_update_continuous_backups")
    need(dynamodb, "_describe_continuous_backups", "_delete_table")
    need(dynamodb, "_restore_table_to_point_in_time", "_normalize_table_name")
    _remember_writes(dynamodb)
    _begin_when_switched_on(dynamodb)
    _restore_as_asked(dynamodb)


def _remember_writes(dynamodb: Any) -> None:  # a module of MiniStack
    set_item, remove_item = dynamodb._set_item, dynamodb._remove_item
    delete_table = dynamodb._delete_table

    def note(table: Any, key: str, sort_key: str, item: Any) -> None:
        history = _histories.get(table["TableArn"])
        if history is not None:
            written = (time.time(), key, sort_key, copy.deepcopy(item))
            history.writes.append(written)

    def set_and_note(table: Any, key: str, sort_key: str, item: Any) -> Any:
        old = set_item(table, key, sort_key, item)
        note(table, key, sort_key, item)
        return old

    def remove_and_note(table: Any, key: str, sort_key: str) -> Any:
        old = remove_item(table, key, sort_key)
        note(table, key, sort_key, None)
        return old

    def delete_and_forget(data: Any) -> Any:
        table = dynamodb._tables.get(_name(dynamodb, data.get("TableName")))
        answer = delete_table(data)
        if table and answer[0] == 200:
            _histories.pop(table["TableArn"], None)
        return answer

    dynamodb._set_item = set_and_note
    dynamodb._remove_item = remove_and_note
    dynamodb._delete_table = delete_and_forget


def _begin_when_switched_on(dynamodb: Any) -> None:
    update = dynamodb._update_continuous_backups
    describe = dynamodb._describe_continuous_backups

    def update_and_begin(data: Any) -> Any:
        answer = update(data)
        name = _name(dynamodb, data.get("TableName"))
        table = dynamodb._tables.get(name)
        if table and dynamodb._pitr_settings.get(name):
            begun = History(time.time(), copy.deepcopy(dict(table["items"])))
            _histories.setdefault(table["TableArn"], begun)
        elif table:
            _histories.pop(table["TableArn"], None)
        return answer

    def describe_from_the_beginning(data: Any) -> Any:
        status, headers, body = describe(data)
        table = dynamodb._tables.get(_name(dynamodb, data.get("TableName")))
        history = table and _histories.get(table["TableArn"])
        if status != 200 or not history:
            return status, headers, body
        told = json.loads(body)
        described = told["ContinuousBackupsDescription"]
        described["PointInTimeRecoveryDescription"] |= {
            "EarliestRestorableDateTime": int(history.since) + 1,
            "LatestRestorableDateTime": int(time.time()),
        }
        return status, headers, json.dumps(told).encode()

    dynamodb._update_continuous_backups = update_and_begin
    dynamodb._describe_continuous_backups = describe_from_the_beginning


def _restore_as_asked(dynamodb: Any) -> None:
    restore = dynamodb._restore_table_to_point_in_time

    def restore_to(data: Any) -> Any:
        source = data.get("SourceTableName") or data.get("SourceTableArn") or ""
        table = dynamodb._tables.get(_name(dynamodb, source))
        if table is None:
            return restore(data)
        history = _histories.get(table["TableArn"])
        if history is None:
            said = "Point in time recovery is not enabled for table"
            return error_response_json(
                "PointInTimeRecoveryUnavailableException", said, 400
            )
        now = time.time()
        latest = data.get("UseLatestRestorableTime")
        instant = now if latest else float(data.get("RestoreDateTime") or 0)
        if not int(history.since) <= instant <= now:
            said = "The restore time is outside of what can be restored"
            return error_response_json("InvalidRestoreTimeException", said, 400)
        answer = restore(data)
        if answer[0] == 200:
            target = dynamodb._tables[data["TargetTableName"]]
            target["items"] = defaultdict(dict, history.at(instant))
            dynamodb._items_replaced(target)
        return answer

    dynamodb._restore_table_to_point_in_time = restore_to


def _name(dynamodb: Any, name_or_arn: Any) -> str:
    return str(dynamodb._normalize_table_name(name_or_arn or ""))
