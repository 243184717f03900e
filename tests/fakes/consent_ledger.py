"""What people said, line by line, and what follows of it: the rules said again, plainly.

It shares no code with the rules: it counts birthdays and days on a calendar of its own,
in Amsterdam, and looks every line over at every question. What it forbids, no use may do.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

HERE = ZoneInfo("Europe/Amsterdam")
OF_AGE = {"NL": 16, "BE": 13, "FR": 15}
GROWN = 18
ANNOUNCED = (90, 30, 7)
A_DAY = timedelta(days=1)
A_MONTH = timedelta(days=30)


def local(at: datetime) -> date:
    return at.astimezone(HERE).date()


@cache
def begin(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=HERE)


def years(born: date, day: date) -> int:
    """How old somebody is on a day, as one counts on one's fingers."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def day_of_age(born: date, limit: int) -> date:
    day = date(born.year + limit, born.month, min(born.day, 28))
    while years(born, day) < limit:
        day += A_DAY
    return day


def last_day(first: date, months: int) -> date:
    year, month = first.year, first.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    day = first.day
    while True:
        try:
            return date(year, month, day)
        except ValueError:
            day -= 1


@dataclass
class Line:
    """One yes."""

    doc: str
    person: str
    what: str
    channels: frozenset[str]
    begins: datetime
    last: date
    of_age: bool
    taken_back: bool = False


@dataclass
class Freeze:
    begins: datetime
    lifted: datetime | None = None


@dataclass
class Ground:
    picture: str
    channel: str
    begins: datetime
    ends: datetime | None


@dataclass
class Ledger:
    """Everything that was said."""

    lines: list[Line] = field(default_factory=list)
    freezes: dict[str, list[Freeze]] = field(default_factory=dict)
    grounds: list[Ground] = field(default_factory=list)
    said_no_more: set[tuple[str, str]] = field(default_factory=set)
    """Who took back a consent for which channel, ever."""

    # -- what is said ------------------------------------------------------------------

    def signed(
        self,
        doc: str,
        person: str,
        at: datetime,
        terms: Iterable[tuple[str, frozenset[str], int]],
        ends_at_age: date | None,
    ) -> None:
        for what, channels, months in terms:
            last = last_day(local(at), months)
            of_age = ends_at_age is not None and ends_at_age <= last + A_DAY
            if of_age and ends_at_age is not None:
                last = ends_at_age - A_DAY
            self.lines.append(Line(doc, person, what, channels, at, last, of_age))

    def takes_back(self, person: str, what: str, channel: str | None, now: date) -> None:
        """Somebody says no more: to all that they said of it and that is not over."""
        for line in self.lines:
            if (line.person, line.what) != (person, what) or line.last < now:
                continue
            if channel is None or channel in line.channels:
                line.taken_back = True
                if channel is not None:
                    self.said_no_more.add((person, channel))

    # -- what follows ------------------------------------------------------------------

    def may_sign(
        self,
        born: date | None,
        country: str,
        guardian: bool,
        portrait: bool,
        at: datetime,
    ) -> bool:
        if born is None:
            return not guardian
        old = years(born, local(at))
        young = old < OF_AGE.get(country, 16)
        if guardian:
            return young
        return not young and not (portrait and old < GROWN)

    def frozen(self, subject: str, at: datetime) -> bool:
        return any(
            f.lifted is None or at < max(f.lifted, f.begins)
            for f in self.freezes.get(subject, [])
        )

    def says_yes(self, person: str, what: str, channel: str | None, at: datetime) -> bool:
        return any(
            line.person == person
            and line.what == what
            and (channel is None or channel in line.channels)
            and not line.taken_back
            and line.begins <= at
            and local(at) <= line.last
            for line in self.lines
        )

    def may_use(
        self, picture: str, people: Iterable[str], channel: str, at: datetime
    ) -> bool:
        resting = any(
            g.picture == picture
            and g.channel == channel
            and g.begins <= at
            and (g.ends is None or at < g.ends)
            for g in self.grounds
        )
        return not self.frozen(picture, at) and all(
            not self.frozen(who, at)
            and (
                self.says_yes(who, "image", channel, at)
                or self.says_yes(who, "portrait", channel, at)
                or (resting and (who, channel) not in self.said_no_more)
            )
            for who in people
        )

    def may_recognise(self, person: str, at: datetime) -> bool:
        return self.says_yes(person, "biometric", None, at)

    def to_tell(self, person: str, at: datetime) -> set[tuple[str, str]]:
        """The document and the name of everything that somebody is to be told now."""
        found: set[tuple[str, str]] = set()
        own = [line for line in self.lines if line.person == person]
        for line in own:
            if line.taken_back or not self._is_near(line, at):
                continue
            told = self._nearest(line, at)
            if told is not None and not self._goes_on(line, own):
                found.add((line.doc, f"{told}.{line.last.isoformat()}"))
        return found

    def _is_near(self, line: Line, at: datetime) -> bool:
        """Whether there can be anything to tell; the rest of the time is most of it."""
        return -31 <= (line.last - local(at)).days <= ANNOUNCED[0] + 1

    def _goes_on(self, line: Line, own: list[Line]) -> bool:
        beyond = [
            other
            for other in own
            if other.last > line.last
            and other.what == line.what
            and not other.taken_back
            and other.begins <= begin(line.last + A_DAY)
        ]
        if line.what == "biometric":
            return bool(beyond)
        return all(any(c in other.channels for other in beyond) for c in line.channels)

    def _nearest(self, line: Line, at: datetime) -> str | None:
        over = line.last + A_DAY
        moments = [(over, "comes_of_age.0" if line.of_age else "ended.0")]
        if not line.of_age:
            moments += [
                (over - n * A_DAY, f"ends_soon.{n}")
                for n in ANNOUNCED
                if line.begins.timestamp() + n * A_DAY.total_seconds()
                < begin(over - n * A_DAY).timestamp()
            ]
        come = [
            (day, name)
            for day, name in moments
            if day <= local(at)
            and at.timestamp() < begin(day).timestamp() + A_MONTH.total_seconds()
        ]
        return max(come)[1] if come else None
