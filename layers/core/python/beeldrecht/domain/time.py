"""Instants and periods. Every instant carries its zone; every period is half-open.

Days are what people sign for; instants are what a decision is taken at. A consent that
lasts "until 31 March" in Amsterdam ends when 1 April begins there, on days that have 23
or 25 hours too.
"""

import calendar
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


class NaiveInstantError(ValueError):
    """An instant came without its zone: nobody can know when it was."""


def instant(value: datetime) -> datetime:
    """The same instant in UTC; raises NaiveInstantError when it has no zone."""
    if value.tzinfo is UTC:
        return value
    if value.tzinfo is None or value.utcoffset() is None:
        raise NaiveInstantError("an instant needs a time zone")
    return value.astimezone(UTC)


def midnight(day: date, zone: ZoneInfo = AMSTERDAM) -> datetime:
    """The instant at which this day begins in this zone, in UTC."""
    return datetime.combine(day, time.min, tzinfo=zone).astimezone(UTC)


def day_of(at: datetime, zone: ZoneInfo = AMSTERDAM) -> date:
    """The day that it is in this zone at that instant."""
    return instant(at).astimezone(zone).date()


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or that month's last where it has no such day.

    The last day of a term in months that began that day: it counts in full (Regulation
    (EEC, Euratom) 1182/71, article 3(2)(c)).
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


@dataclass(frozen=True, slots=True)
class Period:
    """From `start` up to and not including `end`; without `end`, until further notice."""

    start: datetime
    end: datetime | None = None

    def __post_init__(self) -> None:
        """Hold both ends in UTC, and refuse a period that ends before it begins."""
        object.__setattr__(self, "start", instant(self.start))
        if self.end is not None:
            object.__setattr__(self, "end", instant(self.end))
            if self.end < self.start:
                raise ValueError("a period cannot end before it starts")

    @classmethod
    def of_days(
        cls, first: date, last: date | None, zone: ZoneInfo = AMSTERDAM
    ) -> "Period":
        """From the first through the last day, both included, as lived in the zone."""
        end = None if last is None else midnight(last + timedelta(days=1), zone)
        return cls(midnight(first, zone), end)

    def contains(self, at: datetime) -> bool:
        """Whether the instant lies in the period."""
        at = instant(at)
        return self.start <= at and (self.end is None or at < self.end)

    def until(self, at: datetime) -> "Period":
        """The same period, ended at that instant unless it ended before.

        Of clocks that are apart: one that was ended before it began is empty.
        """
        end = max(self.start, instant(at))
        return Period(self.start, end if self.end is None else min(self.end, end))

    def boundaries(self) -> tuple[datetime, ...]:
        """The instants at which being inside or outside changes."""
        return (self.start,) if self.end is None else (self.start, self.end)
