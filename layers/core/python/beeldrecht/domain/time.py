"""Instants and periods. Every instant carries its zone; every period is half-open.

Days are what people sign for; instants are what a decision is taken at. A consent that
lasts "until 31 March" in Amsterdam ends when 1 April begins there, on days that have 23
or 25 hours too.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


class NaiveInstantError(ValueError):
    """An instant came without its zone: nobody can know when it was."""


def instant(value: datetime) -> datetime:
    """The same instant in UTC; raises NaiveInstantError when it has no zone."""
    if value.tzinfo is None or value.utcoffset() is None:
        raise NaiveInstantError("an instant needs a time zone")
    return value.astimezone(UTC)


def midnight(day: date, zone: ZoneInfo = AMSTERDAM) -> datetime:
    """The instant at which this day begins in this zone, in UTC."""
    return datetime.combine(day, time.min, tzinfo=zone).astimezone(UTC)


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

    def boundaries(self) -> tuple[datetime, ...]:
        """The instants at which being inside or outside changes."""
        return (self.start,) if self.end is None else (self.start, self.end)
