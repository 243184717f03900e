"""The command `search`: pictures by words and by what they are, and searches to keep."""

import argparse
import json
from collections.abc import Mapping
from datetime import date
from itertools import islice
from typing import Any, Final
from urllib.parse import urlencode
from uuid import uuid4

from rich.table import Table

from beeldrecht.domain.search import SearchOrder
from cli import choosing
from cli.desk import DONE, Desk
from cli.names import short
from cli.words import say

PATH: Final = "/v1/search"
SAVED: Final = "/v1/saved-searches"
_PREFIX: Final = "order_"
ORDERS: Final = tuple(each.value.removeprefix(_PREFIX) for each in SearchOrder)
NARROWED: Final = (
    *("person", "session", "collection", "channel", "status", "orientation"),
    *("media_type", "uploader", "month"),
)
"""By what can be narrowed, each with values and a comma between them."""
_MOST: Final = 100


def add_arguments(made: argparse.ArgumentParser, language: str) -> None:
    """Explain what can be typed behind `search`."""

    def text(key: str) -> str:
        return say(f"help_search_{key}", language)

    made.add_argument("words", nargs="*", metavar="WORD", help=text("words"))
    for name in NARROWED:
        option = f"--{name.replace('_', '-')}"
        made.add_argument(option, metavar="VALUE", help=text(name))
    made.add_argument(
        "--from", dest="taken_from", type=date.fromisoformat, help=text("from")
    )
    made.add_argument(
        "--until", dest="taken_until", type=date.fromisoformat, help=text("until")
    )
    made.add_argument("--ends-within", type=int, metavar="DAYS", help=text("ends_within"))
    made.add_argument("--order", choices=ORDERS, default=ORDERS[0], help=text("order"))
    made.add_argument("--limit", type=int, default=25, help=text("limit"))
    made.add_argument("--json", action="store_true", help=text("json"))
    kept = made.add_mutually_exclusive_group()
    kept.add_argument("--save", metavar="TITLE", help=text("save"))
    kept.add_argument("--saved", metavar="TITLE", help=text("saved"))
    kept.add_argument("--list-saved", action="store_true", help=text("list_saved"))
    kept.add_argument("--forget", metavar="TITLE", help=text("forget"))


def search(desk: Desk, given: argparse.Namespace) -> int:
    """Find pictures; or keep what is asked, ask what is kept, or keep it no longer."""
    if given.list_saved:
        return _list(desk, given.json)
    if given.forget is not None:
        kept = _kept(desk, given.forget)
        desk.api.delete(f"{SAVED}/{kept['search_id']}")
        desk.print("search_forgotten", title=kept["title"])
        return DONE
    asked = _asked(given)
    if given.saved is not None:
        kept = _kept(desk, given.saved)["asked"]
        asked = {n: str(v) for n, v in kept.items() if v not in (None, "")} | {
            name: value for name, value in asked.items() if name != "order"
        }
    if given.save is not None:
        order = {"title": given.save, "asked": asked}
        desk.api.post(SAVED, order, key=uuid4().hex)
        desk.print("search_kept", title=given.save)
    return _found(desk, asked, given.limit, given.json)


def _asked(given: argparse.Namespace) -> dict[str, str]:
    """What is asked, as the library takes it: what was not typed is left out."""
    asked = {"q": " ".join(given.words), "order": f"{_PREFIX}{given.order}"}
    names = (*NARROWED, "taken_from", "taken_until", "ends_within")
    asked |= {name: str(getattr(given, name) or "") for name in names}
    return {name: value for name, value in asked.items() if value}


def _found(desk: Desk, asked: Mapping[str, str], limit: int, as_json: bool) -> int:
    page = min(max(limit, 1), _MOST)
    first = desk.api.get(f"{PATH}?{urlencode({**asked, 'limit': page})}").body
    items = list(first["items"])
    cursor = first["cursor"]
    while cursor and len(items) < limit:
        query = urlencode({**asked, "limit": page, "cursor": cursor})
        told = desk.api.get(f"{PATH}?{query}").body
        items += told["items"]
        cursor = told["cursor"]
    if as_json:
        told = {**first, "items": items[:limit], "cursor": None}
        desk.line(json.dumps(told, ensure_ascii=False, indent=2))
        return DONE
    if not items:
        desk.print("search_nothing")
        return DONE
    for word in first["forgiven"]:
        desk.print("search_forgiven", word=word)
    _table(desk, items[:limit])
    desk.print("search_total", shown=len(items[:limit]), total=first["total"])
    _counts(desk, first["facets"])
    return DONE


def _table(desk: Desk, items: list[Mapping[str, Any]]) -> None:
    table = Table(box=None, header_style="bold", pad_edge=False)
    for column in ("asset", "title", "taken", "status"):
        table.add_column(say(f"search_column_{column}", desk.language))
    for each in items:
        when = each["taken_at"] or each["announced_at"]
        said = each["title"] or each["file_name"]
        table.add_row(short(each["asset_id"]), said, when[:10], each["status"])
    desk.out.print(table)


def _counts(desk: Desk, facets: list[Mapping[str, Any]]) -> None:
    """Of each facet the values that stand most often, where there is a choice."""
    for each in facets:
        if len(each["values"]) > 1:
            values = ", ".join(
                f"{_shortened(v['value'])} ({v['count']})"
                for v in islice(each["values"], 8)
            )
            desk.print("search_facet", facet=each["words"].rstrip("."), values=values)


def _shortened(value: str) -> str:
    return short(value) if choosing.is_id(value) else value


def _list(desk: Desk, as_json: bool) -> int:
    told = desk.api.get(SAVED).body
    if as_json:
        desk.line(json.dumps(told, ensure_ascii=False, indent=2))
        return DONE
    for each in told["items"]:
        asked = {n: v for n, v in each["asked"].items() if v not in (None, "")}
        said = ", ".join(f"{name}={value}" for name, value in asked.items())
        desk.print("search_kept_line", title=each["title"], asked=said)
    if not told["items"]:
        desk.print("search_none_kept")
    return DONE


def _kept(desk: Desk, title: str) -> Mapping[str, Any]:
    """The search that is kept under that title, the newest of several."""
    by_title = {
        each["title"]: each for each in reversed(desk.api.get(SAVED).body["items"])
    }
    if title not in by_title:
        raise choosing.NotOneError("error_unknown_search", title)
    kept: Mapping[str, Any] = by_title[title]
    return kept
