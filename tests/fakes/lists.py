"""Pages of what lies in memory, sorted by a place as the indexes sort it."""

from collections.abc import Mapping


def page_on[T](
    places: Mapping[str, T], after: str | None, limit: int
) -> tuple[list[T], str | None]:
    """The first first, and where the next page begins."""
    beyond = sorted(where for where in places if after is None or where > after)
    return _page(places, beyond, limit)


def page_back[T](
    places: Mapping[str, T], after: str | None, limit: int
) -> tuple[list[T], str | None]:
    """The last first, and where the next page begins."""
    beyond = [where for where in places if after is None or where < after]
    return _page(places, sorted(beyond, reverse=True), limit)


def _page[T](
    places: Mapping[str, T], beyond: list[str], limit: int
) -> tuple[list[T], str | None]:
    shown = beyond[:limit]
    more = len(beyond) > limit
    return [places[where] for where in shown], shown[-1] if more else None
