"""Thousands of consents over ten years, each step held against a ledger kept by hand.

`python -m bench.consents [consents] [seed]`. Everybody lives a life of their own: is
asked, signs, renews, changes, takes back, objects, comes of age, or forgets about it.
Schedules and messages are lost, doubled and late; every clock is up to five minutes off;
a sweep comes by on each day on which there is something to tell, on the day after, and on
others. Prints how often each thing happened and how often each invariant did not hold;
exits with 1 where one did not. `tests/unit/test_consents_bench.py` runs a few people.
"""

import os
import random
import sys
import time
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import batched, repeat

from beeldrecht.domain.channels import ALL_CHANNELS, Channel
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.signing import Choices
from tests.fakes.consent_ledger import OF_AGE, begin, day_of_age
from tests.fakes.consent_life import Someone, Trial

CONSENTS = 10_000
YEARS = 10
BEGIN = datetime(2026, 1, 1, 9, tzinfo=UTC)
END = BEGIN.replace(year=BEGIN.year + YEARS)
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
_BATCH = 10
_TICK = timedelta(microseconds=1)


@dataclass
class Tally:
    """What came of it."""

    people: int = 0
    done: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    told: list[str] = field(default_factory=list)
    """The first of what was wrong, each with the life that it was seen in."""


def somebody(number: int, chance: random.Random) -> Someone:
    """Half of them grown up; among the others leap days and days of 23 and 25 hours."""

    person_id = derived_id("lived", str(number))
    if chance.random() < 0.5:
        return Someone(person_id)
    country = chance.choice(["NL", "NL", "BE", "FR"])
    special = [
        date(2012, 2, 29),
        date(2016, 2, 29),
        date(2011, 3, 28),
        date(2010, 10, 25),
    ]
    born = date(2006, 1, 1) + timedelta(days=chance.randrange(14 * 365))
    return Someone(
        person_id, chance.choice([born, born, chance.choice(special)]), country
    )


class Lived:
    """One life, driven by chance."""

    def __init__(self, number: int, seed: int) -> None:

        self.chance = random.Random(seed * 1_000_003 + number)  # noqa: S311  # no secret
        self.someone = somebody(number, self.chance)
        self.who = self.someone.person_id
        self.picture = derived_id("picture", self.who)
        self.trial: Trial = Trial([self.someone], BEGIN)
        self.documents: list[str] = []
        self.requests: list[str] = []
        self.now = BEGIN
        born, limit = self.someone.born, OF_AGE[self.someone.country]
        self.birthday = day_of_age(born, limit) if born else None

    def clock(self) -> datetime:
        """The clock of whichever function acts."""
        return self.now + timedelta(seconds=self.chance.randint(-300, 300))

    def live(self) -> Trial:
        """Ten years."""
        self.now = BEGIN + timedelta(days=self.chance.randrange(700))
        self._first()
        while self.now < END:
            until = min(END, self.now + timedelta(days=self.chance.expovariate(1 / 200)))
            self._pass(until)
            self.now = until
            self._say()
            self._look()
        self._pass(END)
        # A sweep of the last day may have come at any hour of it, and told something.
        self.now = END + _DAY
        self._sweep()
        self.trial.settle(self.now + timedelta(minutes=11))
        self.trial.see_proof()
        return self.trial

    # -- what time brings ----------------------------------------------------------------

    def _pass(self, until: datetime) -> None:
        """Day after day on which something comes: schedules, sweeps, ends, birthdays."""
        for day, ends in sorted(self._days(until).items()):
            midnight = begin(day).astimezone(UTC)
            if not self.now <= midnight < until:
                continue
            for off in (-_TICK, 0 * _TICK, _TICK) if ends else ():
                self.now = midnight + off
                if day == self.birthday:
                    self._sign(exact=True)
                self._look(exact=True)
            self._fire(midnight)
            self.now = max(self.now, midnight + self.chance.random() * _DAY)
            self._sweep()

    def _days(self, until: datetime) -> dict[date, bool]:
        """The days on which to look, and whether something of theirs ends on it."""
        ahead = {line.last + _DAY for line in self.trial.ledger.lines}
        last = until.date() + _DAY
        days = {
            over - n * _DAY: False
            for over in ahead
            for n in (90, 89, 30, 29, 7, 6, -1)
            if self.now.date() <= over - n * _DAY <= last
        }
        ahead |= {self.birthday} if self.birthday else set()
        return days | {over: True for over in ahead if self.now.date() <= over <= last}

    def _fire(self, at: datetime) -> None:
        """Schedules: most in time, some twice, some late, some never."""
        plans = self.trial.life.plans
        for name in [n for n, (planned, _) in plans.items() if planned <= at]:
            fate = self.chance.random()
            self.now = at + self.chance.choice([0, 0, 0.2, 3]) * _HOUR
            if fate > 0.2:
                self.trial.reach(name, self.clock())
            if 0.2 < fate < 0.4:
                self.trial.reach(name, self.clock())
            plans.pop(name, None)

    def _sweep(self) -> None:
        self.trial.sweep(self.who, self.clock())
        self._deliver()
        self.now += timedelta(minutes=40)
        if self.trial.life.mails.queue:
            self._deliver()

    def _deliver(self) -> None:
        """What waits, in any order; some lost, some twice, some crash on the way."""
        queue = self.trial.life.mails.queue
        self.chance.shuffle(queue)
        waiting, queue[:] = list(queue), []
        for mail_id in waiting:
            fate = self.chance.random()
            if fate < 0.1:
                continue
            self.trial.deliver(
                mail_id, self.clock(), crash=fate < 0.2, at_once=0.2 < fate < 0.3
            )
            if fate > 0.8:
                self.trial.deliver(mail_id, self.clock())

    # -- what people say -----------------------------------------------------------------

    def _first(self) -> None:
        self._ask_and_answer()
        if not self.documents:
            self._sign()

    def _guardian(self) -> bool:
        """Mostly as it ought to be."""
        born = self.someone.born
        young = born is not None and not self.trial.ledger.may_sign(
            born, self.someone.country, guardian=False, portrait=False, at=self.now
        )
        return young if self.chance.random() < 0.9 else not young

    def _ask_and_answer(self) -> None:
        self.requests.append(self.trial.ask(self.who, self.clock()))
        if self.chance.random() < 0.2:
            self.requests.append(self.trial.ask(self.who, self.clock()))
        self._deliver()
        self.now += self.chance.choice([1, 10, 29, 40]) * _DAY
        request = self.chance.choice(self.requests)
        before = set(self.trial.life.proof)
        for _ in range(2):
            self.trial.answer(
                request, self.clock(), self._choices(), guardian=self._guardian()
            )
        self.documents += sorted(set(self.trial.life.proof) - before)

    def _choices(self) -> Choices:

        count = self.chance.choice([0, 1, 2, 3, len(ALL_CHANNELS)])
        return Choices(
            frozenset(self.chance.sample(ALL_CHANNELS, count)),
            self.chance.random() < 0.1,
            self.chance.random() < 0.3,
        )

    def _sign(self, *, exact: bool = False) -> None:
        at = self.now if exact else self.clock()
        guardian = self._guardian()
        document = self.trial.sign(self.who, at, self._choices(), guardian=guardian)
        self.documents += [document] if document else []

    def _say(self) -> None:

        acts = [
            (5, self._renew),
            (2, self._change),
            (2, self._sign),
            (2, self._ask_and_answer),
            (2, lambda: self._withdraw(self.chance.choice(ALL_CHANNELS))),
            (1, lambda: self._withdraw(None)),
            (1, self._withdraw_all),
            (1, lambda: self._freeze(self.who)),
            (1, lambda: self._freeze(self.picture)),
            (2, self._rest),
        ]
        weights, does = zip(*acts, strict=True)
        self.chance.choices(does, weights)[0]()

    def _renew(self) -> None:
        if self.documents:
            document = self.trial.renew(self.documents[-1], self.clock())
            self.documents += [document] if document else []

    def _change(self) -> None:
        if self.documents:
            what = self._choices()
            document = self.chance.choice(self.documents)
            self.trial.change(document, what.channels, what.biometric, self.clock())

    def _withdraw(self, channel: Channel | None) -> None:
        self.trial.withdraw(self.who, channel, self.clock())

    def _withdraw_all(self) -> None:

        for channel in (*ALL_CHANNELS, None):
            self._withdraw(channel)

    def _freeze(self, subject: str) -> None:
        self.trial.freeze(subject, self.clock())
        self._look()
        self.now += self.chance.choice([0, 20, 40]) * _DAY
        if self.chance.random() < 0.8:
            self.trial.lift(subject, self.clock())

    def _rest(self) -> None:

        at = self.clock()
        until = self.chance.choice([None, at + 100 * _DAY, at + 900 * _DAY])
        channel = self.chance.choice(ALL_CHANNELS)
        self.trial.rest(self.picture, channel, at, until)

    def _look(self, *, exact: bool = False) -> None:
        at = self.now if exact else self.clock()
        self.trial.use(self.picture, (self.who,), at)


def lives(numbers: Iterable[int], seed: int) -> Tally:
    """These lives, one after another: nobody's consent depends on another's."""
    tally = Tally()
    for number in numbers:
        trial = Lived(number, seed).live()
        tally.people += 1
        tally.done += trial.done
        tally.wrong += Counter(invariant for invariant, _ in trial.wrong)
        tally.told += [f"{number}: {kind}: {said}" for kind, said in trial.wrong[:3]]
    return tally


def together(consents: int, seed: int) -> Tally:
    """As many lives as it takes, a few at a time on every core; the same each time."""
    whole = Tally()
    batches = [range(n, n + _BATCH) for n in range(0, 10 * consents, _BATCH)]
    cores = os.cpu_count() or 1
    with ProcessPoolExecutor(cores) as pool:
        for some in batched(batches, 2 * cores):
            for tally in pool.map(lives, some, repeat(seed)):
                if whole.done["signed"] < consents:
                    whole.people += tally.people
                    whole.done += tally.done
                    whole.wrong += tally.wrong
                    whole.told += tally.told
            if whole.done["signed"] >= consents:
                break
    return whole


def main(arguments: list[str] | None = None) -> int:
    """Live, and print the counts."""
    given = sys.argv[1:] if arguments is None else arguments
    consents = int(given[0]) if given else CONSENTS
    seed = int(given[1]) if len(given) > 1 else 2026
    start = time.perf_counter()
    tally = together(consents, seed)
    seconds = time.perf_counter() - start
    print(
        f"{tally.done['signed']} consents of {tally.people} people over {YEARS} years,"
        f" seed {seed}; {seconds:.0f} s"
    )
    for what, count in sorted(tally.done.items()):
        print(f"{count:10d} {what}")
    print("violations of each invariant:")
    for invariant in Trial.INVARIANTS:
        print(f"{tally.wrong[invariant]:10d} {invariant}")
    for told in tally.told[:20]:
        print(f"       {told}")
    return 1 if tally.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
