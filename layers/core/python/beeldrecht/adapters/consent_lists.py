"""Pages of the consent table's lists, newest or oldest first.

A position that somebody made up can only leave something out of a list that they may read
anyway.
"""

from .consent_items import ConsentItem


def listed(
    lookup: str, after: str | None, limit: int, *, newest_first: bool
) -> tuple[list[ConsentItem], str | None]:
    """The next items of a list by their keys, and where the page after them begins."""
    where = ConsentItem.gsi1sk
    beyond = None if after is None else where < after if newest_first else where > after
    # One more than asked for tells whether there is another page.
    found = list(
        ConsentItem.by_lookup.query(
            lookup, beyond, scan_index_forward=not newest_first, limit=limit + 1
        )
    )
    shown, more = found[:limit], len(found) > limit
    return shown, shown[-1].gsi1sk if more else None
