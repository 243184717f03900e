"""Searching the trail in memory, in the order of the real one."""

from beeldrecht.adapters.audit_search import AuditPage, Position, Search, page_of
from beeldrecht.domain.audit import Entry
from tests.fakes.audit import FakeAuditTrail


class FakeAuditSearch:
    """Finds entries of a trail."""

    def __init__(self, trail: FakeAuditTrail) -> None:
        self._trail = trail

    def page(
        self,
        search: Search,
        limit: int,
        after: Position | None = None,
        *,
        newest_first: bool = True,
        most: int = 2_000,
    ) -> AuditPage:
        if search.subject is None and (not search.period or not search.period.end):
            raise ValueError("a search needs a subject or an end")
        rows = [e for chain in self._trail.chains.values() for e in chain]
        if search.subject is not None:
            # In the order of their chain, which need not be that of time.
            rows = [e for e in rows if e.subject == search.subject]
            rows.sort(key=lambda e: e.place, reverse=newest_first)
            beyond = [e for e in rows if after is None or _past(e, after, newest_first)]
            return page_of(beyond, search, limit, most)
        whole = Search(period=search.period)
        rows = [e for e in rows if whole.matches(e)]
        rows.sort(key=_order, reverse=newest_first)
        behind = [
            e
            for e in rows
            if after is None or (_order(e) < after if newest_first else _order(e) > after)
        ]
        return page_of(behind, search, limit, most)


def _past(entry: Entry, after: Position, newest_first: bool) -> bool:
    return entry.place < after[2] if newest_first else entry.place > after[2]


def _order(entry: Entry) -> Position:
    return (entry.at, entry.shard, entry.place)
