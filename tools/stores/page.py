"""Where everything lies and what becomes of it, laid out from the registry of stores.

A test writes the page anew and compares.
"""

from collections.abc import Iterable

from beeldrecht.domain.messages import words
from beeldrecht.domain.store_registry import entries_of
from beeldrecht.domain.stores import Holding, Store, StoreEntry

from . import ROOT

FILE = ROOT / "docs/security/stores.md"

_HEAD = """\
# Where everything lies

Written by `make stores` from the registry (`domain/store_registry.py`); a test writes it
anew and compares, and another compares the registry with every attribute of every item
that the code writes. It is what an erasure looks through, what its certificate lists, and
what a breach could have reached.

*Sealed* is opened by the person's own key alone, and by nobody once that is destroyed.
*In clear* says something of somebody by itself. What is in neither column is identifiers,
instants and words of our own lists.
"""


def text() -> str:
    """The page."""
    return "\n".join([_HEAD, *(_section(store) for store in Store)]).rstrip() + "\n"


def _section(store: Store) -> str:
    rows = [_row(entry) for entry in entries_of(store)]
    return "\n".join(
        [
            f"## {store.value.removeprefix('store_').replace('_', ' ')}",
            "",
            words(store, "en"),
            "",
            "| what | data | sealed | in clear | when a person is erased |",
            "|---|---|---|---|---|",
            *rows,
            "",
        ]
    )


def _row(entry: StoreEntry) -> str:
    data = ", ".join(sorted(words(each, "en").rstrip(".") for each in entry.categories))
    cells = [
        f"`{entry.what}`" if entry.what else "everything",
        data or "-",
        _named(entry, Holding.SEALED),
        _named(entry, Holding.PERSONAL),
        words(entry.erasing, "en"),
    ]
    return f"| {' | '.join(cells)} |"


def _named(entry: StoreEntry, holding: Holding) -> str:
    if not entry.fields:
        return "whole" if entry.holds is holding else "-"
    return _listed(name for name, held in entry.fields.items() if held is holding)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in sorted(names)) or "-"
