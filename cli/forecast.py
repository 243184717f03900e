"""The command `forecast`: what goes dark when, as bars, and the pictures behind one."""

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from rich.bar import Bar
from rich.table import Table

from beeldrecht.domain.channels import Channel
from beeldrecht.domain.forecast import MONTHS_AHEAD, MOST_MONTHS, Slot, months_from
from cli.desk import DONE, Desk
from cli.names import short
from cli.words import channel_name, moment, say

PATH = "/v1/forecast"
_WIDTH = 24
"""Columns of the longest bar."""


def add_arguments(made: argparse.ArgumentParser, language: str) -> None:
    """Explain what can be typed behind `forecast`."""

    def text(key: str) -> str:
        return say(f"help_forecast_{key}", language)

    made.add_argument(
        "--months",
        type=int,
        default=MONTHS_AHEAD,
        choices=range(1, MOST_MONTHS + 1),
        metavar="MONTHS",
        help=text("months"),
    )
    made.add_argument(
        "--month", type=_month, metavar="YYYY-MM", default=None, help=text("month")
    )
    channels = [each.value for each in Channel]
    made.add_argument("--channel", choices=channels, help=text("channel"))
    made.add_argument("--collection", metavar="ID", default="", help=text("collection"))
    made.add_argument("--json", action="store_true", help=text("json"))


def forecast(desk: Desk, given: argparse.Namespace) -> int:
    """Count what goes dark in each month, or list the pictures of one."""
    if given.month is not None:
        return _behind(desk, given)
    counts, until = _counted(desk, given.months)
    wanted = Counter(
        {
            slot: count
            for slot, count in counts.items()
            if given.channel in {None, slot.channel.value}
            and (not given.collection or slot.collection_id == given.collection)
        }
    )
    if given.json:
        desk.line(json.dumps(_plain(wanted, until), indent=1))
    elif not wanted:
        desk.print("forecast_none", until=moment(until, desk.language))
    else:
        desk.print("forecast_head", until=moment(until, desk.language))
        months = months_from(desk.now(), given.months)
        desk.out.print(_chart(wanted, months, given.collection, desk.language))
        if not given.collection:
            _collections(desk, wanted)
    return DONE


def _counted(desk: Desk, months: int) -> tuple[Counter[Slot], datetime]:
    """The whole count; a large library is counted in parts, which add up."""
    counts: Counter[Slot] = Counter()
    for part in _parts(desk, f"{PATH}?months={months}"):
        for each in part["items"]:
            slot = Slot(
                date.fromisoformat(each["month"]),
                Channel(each["channel"]),
                each["collection_id"] or "",
            )
            counts[slot] += each["pictures"]
        until = datetime.fromisoformat(part["until"])
    return counts, until


def _parts(desk: Desk, path: str) -> Iterator[dict[str, Any]]:
    cursor = None
    while True:
        part = desk.api.get(path + (f"&cursor={cursor}" if cursor else "")).body
        yield part
        cursor = part["cursor"]
        if cursor is None:
            return


def _chart(
    counts: Counter[Slot], months: tuple[date, ...], collection_id: str, language: str
) -> Table:
    """A row a month: a bar of the channel in which most is lost, and each number."""
    channels = [c for c in Channel if any(slot.channel is c for slot in counts)]
    most = max(counts.values())
    table = Table(box=None, pad_edge=False)
    table.add_column(say("forecast_month", language), no_wrap=True)
    table.add_column(width=_WIDTH)
    for channel in channels:
        table.add_column(channel_name(channel, language), justify="right", no_wrap=True)
    for month in months:
        here = [counts[Slot(month, channel, collection_id)] for channel in channels]
        table.add_row(
            f"{month:%Y-%m}",
            Bar(most, 0, max(here), width=_WIDTH),
            *(str(count) if count else "·" for count in here),
        )
    return table


def _collections(desk: Desk, counts: Counter[Slot]) -> None:
    lines = sorted(
        (slot.collection_id, slot.month, slot.channel, count)
        for slot, count in counts.items()
        if slot.collection_id
    )
    if lines:
        desk.print("forecast_collections")
    for collection_id, month, channel, count in lines:
        desk.print(
            "forecast_collection",
            id=short(collection_id),
            month=f"{month:%Y-%m}",
            channel=channel_name(channel, desk.language),
            count=count,
        )


def _behind(desk: Desk, given: argparse.Namespace) -> int:
    """List the pictures of a month, each decided on anew."""
    found = []
    for channel in [Channel(given.channel)] if given.channel else list(Channel):
        path = f"{PATH}/pictures?month={given.month}&channel={channel}&limit=100"
        if given.collection:
            path += f"&collection_id={given.collection}"
        for part in _parts(desk, path):
            found += [{**each, "channel": channel.value} for each in part["items"]]
    if given.json:
        desk.line(json.dumps(found, indent=1))
        return DONE
    for each in found:
        desk.print(
            "forecast_behind",
            asset=short(each["asset_id"]),
            channel=channel_name(Channel(each["channel"]), desk.language),
            at=moment(datetime.fromisoformat(each["at"]), desk.language),
        )
    if not found:
        desk.print("forecast_behind_none")
    return DONE


def _plain(counts: Counter[Slot], until: datetime) -> dict[str, Any]:
    return {
        "until": until.isoformat(),
        "items": [
            {
                "month": f"{slot.month:%Y-%m}",
                "channel": slot.channel.value,
                "collection_id": slot.collection_id or None,
                "pictures": count,
            }
            for slot, count in sorted(counts.items())
        ],
    }


def _month(text: str) -> date:
    """A month as it is typed, by its first day; argparse says what is wrong with it."""
    return date.fromisoformat(f"{text}-01")
