"""DynamoDB time to live: soon, and with a record in the stream.

MiniStack sweeps once a minute, writes no stream record, and deletes what AWS would keep
(text that looks like a number, dates more than five years past). Here a sweep runs every
second and each expired item leaves as at AWS: a REMOVE by the service itself.
"""

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from local.cloud.gaps import GapError, clock, need
from local.cloud.settings import Settings

STOCK_SWEEPER = "dynamodb-ttl-reaper"
FORGOTTEN_AFTER = 5 * 365 * 86400
"""Seconds after which AWS no longer deletes an expired item."""
_BY_THE_SERVICE = {"type": "Service", "principalId": "dynamodb.amazonaws.com"}
_sweeping = threading.local()


def close(_: Settings) -> None:
    """Replace MiniStack's sweep."""
    with _stock_sweeper_held():
        from ministack.services import dynamodb  # noqa: PLC0415  # starts the sweeper
    need(dynamodb, "_lock", "_ttl_settings", "_tables", "_remove_item")
    need(dynamodb, "_emit_stream_event", "_build_change_record")
    build_record = dynamodb._build_change_record

    def build_signed_record(*args: Any) -> dict[str, Any]:
        record: dict[str, Any] = build_record(*args)
        if getattr(_sweeping, "now", False):
            record["userIdentity"] = _BY_THE_SERVICE
        return record

    dynamodb._build_change_record = build_signed_record

    def sweep() -> None:
        _sweep(dynamodb)

    def sweep_for_ever() -> None:
        while True:
            time.sleep(1)
            sweep()

    clock.when_moved(sweep)
    threading.Thread(target=sweep_for_ever, daemon=True, name="local-ttl").start()


@contextmanager
def _stock_sweeper_held() -> Iterator[None]:
    """Keep the thread that MiniStack starts on import from starting."""
    if "ministack.services.dynamodb" in sys.modules:
        raise GapError("The local cloud does not start: DynamoDB was loaded too early.")
    start, held = threading.Thread.start, []

    def start_others(thread: threading.Thread) -> None:
        if thread.name == STOCK_SWEEPER:
            held.append(thread)
        else:
            start(thread)

    # Replaced for the length of one import; that is what mypy minds.
    threading.Thread.start = start_others  # type: ignore[method-assign,assignment]
    try:
        yield
    finally:
        threading.Thread.start = start  # type: ignore[method-assign]
    if not held:
        raise GapError(f"The local cloud does not start: no thread {STOCK_SWEEPER}.")


def _sweep(dynamodb: Any) -> None:  # a module of MiniStack
    from ministack.core import responses  # noqa: PLC0415  # after dynamodb, see close

    moment = clock.now()
    with dynamodb._lock:
        for (account, region, name), setting in list(dynamodb._ttl_settings.all_items()):
            table = dynamodb._tables.get_scoped(account, region, name)
            if not table or setting.get("TimeToLiveStatus") != "ENABLED":
                continue
            responses.set_request_account_id(account)
            responses.set_request_region(region)
            attribute = setting["AttributeName"]
            for key, sort_key, item in _items(table):
                if is_expired(item.get(attribute, {}), moment):
                    dynamodb._remove_item(table, key, sort_key)
                    _sweeping.now = True
                    dynamodb._emit_stream_event(name, "REMOVE", item, None)
                    _sweeping.now = False


def _items(table: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (key, sort_key, item)
        for key, partition in table["items"].items()
        for sort_key, item in partition.items()
    ]


def is_expired(value: dict[str, Any], moment: float) -> bool:
    """Tell whether AWS would delete an item whose expiry attribute is `value`.

    AWS minds numbers only, in seconds since the epoch, at most five years past.
    """
    if "N" not in value:
        return False
    return moment - FORGOTTEN_AFTER < float(value["N"]) <= moment
