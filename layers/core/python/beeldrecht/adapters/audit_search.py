"""Searching the audit log, by what it is about or by day, a page at a time.

The index by subject gives a subject's entries in the order of its chain. A day is listed
in several parts, so that nobody waits to write: they are read side by side and merged.
"""

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from beeldrecht.domain.audit import DAY_PARTS, Entry, stamp, time_of
from beeldrecht.domain.time import Period

from . import keys
from .audit_items import AuditItem, entry_of, stands
from .binding import bind

_MICROSECOND = timedelta(microseconds=1)
_DAY = timedelta(days=1)
_SLACK = 8
"""Entries read beyond what is asked for, so that a page is seldom read in two."""


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for: all of it has to hold.

    Either a subject or a period that ends; `tag` may be its beginning (`intake`,
    `intake:asset`).
    """

    subject: str | None = None
    period: Period | None = None
    actor: str | None = None
    tag: str | None = None

    def matches(self, entry: Entry) -> bool:
        """Whether an entry is looked for."""
        return (
            self.subject in {None, entry.subject}
            and (self.period is None or self.period.contains(entry.instant))
            and self.actor in {None, entry.actor}
            and (self.tag is None or f"{entry.tag}:".startswith(f"{self.tag}:"))
        )


type Position = tuple[str, str, str]
"""Where a page ended: the instant, chain and place of the last entry looked at."""


@dataclass(frozen=True, slots=True)
class AuditPage:
    """Entries, and where the next page begins; None when there is none."""

    entries: tuple[Entry, ...]
    after: Position | None


class AuditSearch:
    """Finds entries; it writes none."""

    def __init__(self, table: str, region: str) -> None:
        bind(AuditItem, table, region)

    def page(
        self,
        search: Search,
        limit: int,
        after: Position | None = None,
        *,
        newest_first: bool = True,
        most: int = 2_000,
    ) -> AuditPage:
        """A page of what is looked for, at most `limit` found among `most` read.

        So a page can be short, and even empty, and still say where to go on. Raises
        ValueError for a search without a subject and without an end.
        """
        rows = self._rows(search, limit + _SLACK, after, newest_first=newest_first)
        return page_of(rows, search, limit, most)

    def _rows(
        self,
        search: Search,
        at_a_time: int,
        after: Position | None,
        *,
        newest_first: bool,
    ) -> Iterator[Entry]:
        if search.subject is not None:
            return _of_subject(
                search.subject, at_a_time, after, newest_first=newest_first
            )
        if search.period is None or search.period.end is None:
            raise ValueError("a search needs a subject or an end")
        return _of_days(
            search.period.start,
            search.period.end,
            at_a_time,
            after,
            newest_first=newest_first,
        )


def page_of(rows: Iterable[Entry], search: Search, limit: int, most: int) -> AuditPage:
    """The first of these rows that are looked for, and where it stopped reading."""
    found: list[Entry] = []
    last: Entry | None = None
    for count, entry in enumerate(rows):
        if last is not None and (len(found) == limit or count == most):
            return AuditPage(tuple(found), (last.at, last.shard, last.place))
        last = entry
        if search.matches(entry):
            found.append(entry)
    return AuditPage(tuple(found), None)


def _of_subject(
    subject: str, at_a_time: int, after: Position | None, *, newest_first: bool
) -> Iterator[Entry]:
    beyond = None
    if after is not None:
        place = keys.ENTRY + after[2]
        beyond = AuditItem.sk < place if newest_first else AuditItem.sk > place
    items = AuditItem.by_subject.query(
        subject,
        beyond,
        scan_index_forward=not newest_first,
        page_size=at_a_time,
    )
    for item in items:
        if stands(item):
            yield entry_of(item)


def _of_days(
    start: datetime,
    end: datetime,
    at_a_time: int,
    after: Position | None,
    *,
    newest_first: bool,
) -> Iterator[Entry]:
    """Every entry from `start` up to and not including `end`, behind `after`."""
    first, last = start, end - _MICROSECOND
    if after is not None and newest_first:
        last = min(last, datetime.fromisoformat(after[0]))
    elif after is not None:
        first = max(first, datetime.fromisoformat(after[0]))
    for day in _days(first, last, newest_first=newest_first):
        times = (
            time_of(stamp(max(first, day))),
            time_of(stamp(min(last, day + _DAY - _MICROSECOND))),
        )
        parts = [
            _of_part(f"{day.date()}#{part}", times, at_a_time, newest_first=newest_first)
            for part in range(DAY_PARTS)
        ]
        for entry in heapq.merge(*parts, key=_order, reverse=newest_first):
            order = _order(entry)
            if after is None or (order < after if newest_first else order > after):
                yield entry


def _of_part(
    part: str, times: tuple[str, str], at_a_time: int, *, newest_first: bool
) -> Iterator[Entry]:
    """One part of a day; entries of one instant are put in order among themselves."""
    items = AuditItem.by_day.query(
        part,
        AuditItem.time.between(*times),
        scan_index_forward=not newest_first,
        page_size=at_a_time,
    )
    same: list[Entry] = []
    for item in items:
        if not stands(item):
            continue
        entry = entry_of(item)
        if same and same[0].time != entry.time:
            yield from sorted(same, key=_order, reverse=newest_first)
            same = []
        same.append(entry)
    yield from sorted(same, key=_order, reverse=newest_first)


def _order(entry: Entry) -> Position:
    return (entry.at, entry.shard, entry.place)


def _days(first: datetime, last: datetime, *, newest_first: bool) -> Iterator[datetime]:
    """The days of UTC that an interval touches, each by its beginning."""
    if last < first:
        return
    day = datetime.combine(first.astimezone(UTC).date(), time.min, UTC)
    days = []
    while day <= last:
        days.append(day)
        day += _DAY
    yield from reversed(days) if newest_first else days
