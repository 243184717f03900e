"""Forging where the chains of the audit log begin, by whoever has table or bucket."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from random import Random

from beeldrecht.domain.audit import (
    EMPTY,
    SHARDS,
    Beginning,
    Entry,
    Head,
    chained,
    checkpoint_after,
    digest_of,
)
from beeldrecht.domain.audit_beginnings import declaration, declared, over_from
from beeldrecht.domain.audit_findings import AuditFindingId
from tests.fakes.forgery import START, Forged, Log, heads, rechained, sound_log

Id = AuditFindingId
TERM = 200
DECLARED = START + timedelta(days=300)
LATER = START + timedelta(days=301)


@dataclass(frozen=True)
class Begun:
    """A log of which some chains begin later, and where each of them does."""

    log: Log
    begins: Mapping[str, Beginning]
    whole: Mapping[str, Sequence[Entry]]
    """The same chains, before anything of them went."""


def begun_log(entries: int, random: Random) -> Begun:
    """Half of the chains declared a beginning; of what lies before, any part is gone.

    Young entries stand behind, which no term has ended.
    """
    log = sound_log(entries, 6, random)
    chains = {shard: list(log.chains[shard]) for shard in SHARDS}
    begins: dict[str, Beginning] = {}
    last = log.checkpoints[-1]
    long = [shard for shard in SHARDS if len(chains[shard]) >= 6]
    for shard in random.sample(long, len(long) // 2):
        begins[shard] = declare(chains[shard], random.randrange(2, 6), TERM)
    made = [checkpoint_after(last, heads(chains), LATER, begins.values())]
    for shard in long:
        grown = [e.but(entry_id=f"a:b:young:{e.number}") for e in chains[shard][:4]]
        at = LATER + timedelta(hours=1)
        young = [e.but(day=f"{at:%Y-%m-%d}#{int(shard) % 8}") for e in grown]
        chains[shard] = rechained([*chains[shard], *young], len(chains[shard]))
    at = LATER + timedelta(days=1)
    made.append(checkpoint_after(made[-1], heads(chains), at, begins.values()))
    left = {
        shard: [
            e
            for e in found
            if e.number > (begins[shard].number if shard in begins else 0)
            or random.random() < 0.3
        ]
        for shard, found in chains.items()
    }
    whole = replace(log, chains=left, checkpoints=(*log.checkpoints, *made))
    return Begun(whole, begins, chains)


def declare(chain: list[Entry], number: int, days: int) -> Beginning:
    """Put a declaration at the end of a chain: that so many entries are over."""
    shard = chain[0].shard
    over = over_from(chain[:number], shard, EMPTY, lambda _: True)
    new = declaration(over, shard, days, "f" * 32, DECLARED, "retention")
    chain.append(chained(new, chain[-1].number + 1, chain[-1].digest))
    begin = declared(chain[-1])
    assert begin is not None
    return begin


class BegunForger:
    """Forges such a log, each time in another way."""

    def __init__(self, begun: Begun, random: Random) -> None:
        self._begun = begun
        self._log = begun.log
        self._random = random
        self.ways: tuple[Callable[[], Forged], ...] = (
            self.remove_more,
            self.remove_without_a_beginning,
            self.declare_and_lock_nothing,
            self.lock_what_nobody_declared,
            self.lock_what_is_young,
            self.lock_another_digest,
            self.lock_six_months_away,
            self.move_back,
            self.date_what_stays,
            self.change_what_is_left,
            self.write_anew_behind,
        )

    def forge(self) -> Forged:
        """Forge in a way that chance picks."""
        return self._random.choice(self.ways)()

    def remove_more(self) -> Forged:
        """What stands right behind the beginning."""
        shard, begin = self._pick()
        return self._missing("remove more", shard, begin.number + 1)

    def remove_without_a_beginning(self) -> Forged:
        """The first entries of a chain that begins with its first."""
        return self._missing("remove the first", self._other(), 1)

    def declare_and_lock_nothing(self) -> Forged:
        """As a writer could: the chain says so, and no checkpoint does."""
        shard = self._other()
        chain = list(self._begun.whole[shard])
        declare(chain, 3, TERM)
        log = self._log.with_chain(shard, chain[3:])
        return _one("declare alone", log, Id.MISSING, shard, 1, 3)

    def lock_what_nobody_declared(self) -> Forged:
        """As a writer of the bucket could: a checkpoint says so, the chain does not."""
        shard = self._other()
        chain = list(self._begun.whole[shard])
        by = declare(list(chain), 3, TERM)
        log = self._locked(shard, chain[3:], by._replace(declared_by=5))
        return _one("lock alone", log, Id.BEGINNING_WRONG, shard, 3)

    def lock_what_is_young(self) -> Forged:
        """Both, of entries that a locked head shows were not there before the term."""
        shard = self._other()
        chain = list(self._begun.whole[shard])
        number = len(chain) - 2
        by = declare(chain, number, TERM)
        old = by._replace(until=chain[0].at)  # and a lie about how old they are
        chain[-1] = _said(chain[-1], until=old.until)
        log = self._locked(shard, chain[number:], old)
        return _one("lock the young", log, Id.BEGINNING_EARLY, shard, number)

    def lock_six_months_away(self) -> Forged:
        """Both, by a term that is shorter than any may be."""
        shard = self._other()
        chain = list(self._begun.whole[shard])
        number = len(chain) - 2
        by = declare(chain, number, 1)
        log = self._locked(shard, chain[number:], by)
        return _one("lock six months away", log, Id.BEGINNING_EARLY, shard, number)

    def lock_another_digest(self) -> Forged:
        """Both, so that what stands behind could follow something else."""
        shard = self._other()
        chain = list(self._begun.whole[shard])
        by = declare(chain, 3, TERM)._replace(digest="e" * 64)
        chain[-1] = _said(chain[-1], last_digest=by.digest)
        chain = chain[3:]
        chain[0] = chain[0].but(previous=by.digest)
        chain[0] = chain[0].but(digest=digest_of(chain[0]))
        log = self._locked(shard, _after(chain, by), by)
        return _one("lock another digest", log, Id.FORKED, shard, 4, wide=True)

    def move_back(self) -> Forged:
        """A checkpoint in which a chain begins with its first entry again."""
        shard, begin = self._pick()
        left = [b for b in self._begun.begins.values() if b.shard != shard]
        log = self._with(left, self._log)
        return _one("move back", log, Id.BEGINNING_WRONG, shard, begin.number)

    def date_what_stays(self) -> Forged:
        """A date of removal on what no beginning covers."""
        shard, begin = self._pick()
        number = self._random.randrange(begin.number + 1, begin.number + 4)
        log = replace(self._log, dated={shard: frozenset({1, number})})
        return _one("date what stays", log, Id.DATED, shard, number)

    def change_what_is_left(self) -> Forged:
        """One of those that may go, and have not."""
        shard, begin = self._pick()
        chain = list(self._begun.whole[shard])
        place = self._random.randrange(begin.number)
        chain[place] = chain[place].but(actor="e" * 32)
        del chain[0 if place else 1]
        log = self._log.with_chain(shard, chain)
        return _one("change what is left", log, Id.CHANGED, shard, place + 1)

    def write_anew_behind(self) -> Forged:
        """Everything behind a beginning, with digests that all fit."""
        shard, begin = self._pick()
        chain = list(self._begun.whole[shard])
        chain[begin.number] = chain[begin.number].but(actor="e" * 32)
        anew = rechained(chain, begin.number)[begin.number :]
        log = self._log.with_chain(shard, anew)
        return _one("write anew", log, Id.FORKED, shard, begin.number + 1, wide=True)

    # -- inside ----------------------------------------------------------------------

    def _pick(self) -> tuple[str, Beginning]:
        return self._random.choice(sorted(self._begun.begins.items()))

    def _other(self) -> str:
        """A chain that begins with its first entry, and is long."""
        long = [s for s in SHARDS if len(self._begun.whole[s]) >= 10]
        return self._random.choice([s for s in long if s not in self._begun.begins])

    def _missing(self, how: str, shard: str, first: int) -> Forged:
        last = first + self._random.randrange(3)
        chain = [e for e in self._begun.whole[shard] if not first <= e.number <= last]
        log = self._log.with_chain(shard, [e for e in chain if e.number > last])
        marks = {s: m for s, m in log.marks.items() if s != shard}
        log = replace(log, marks=marks)
        return _one(how, log, Id.MISSING, shard, first, last)

    def _locked(self, shard: str, chain: list[Entry], begin: Beginning) -> Log:
        log = self._log.with_chain(shard, chain)
        log = replace(log, marks={s: m for s, m in log.marks.items() if s != shard})
        return self._with([*self._begun.begins.values(), begin], log)

    def _with(self, begins: Sequence[Beginning], log: Log) -> Log:
        """The log with a checkpoint more, made as the function makes it."""
        last = log.checkpoints[-1]
        ends = [
            Head(chain[-1].number, chain[-1].digest) if chain else EMPTY
            for chain in (log.chains[shard] for shard in SHARDS)
        ]
        made = checkpoint_after(last, ends, LATER + timedelta(days=2), begins)
        return replace(log, checkpoints=(*log.checkpoints, made))


def _said(entry: Entry, **change: str) -> Entry:
    """A declaration that says something else, with a digest that fits."""
    text = entry.text
    for name, value in change.items():
        text = text.replace(str(entry.data[name]), value)
    other = entry.but(text=text)
    return other.but(digest=digest_of(other))


def _after(chain: list[Entry], begin: Beginning) -> list[Entry]:
    """The entries behind a beginning, with digests that follow from it."""
    made: list[Entry] = []
    previous = begin.digest
    for entry in chain:
        fresh = entry.but(previous=previous)
        made.append(fresh.but(digest=digest_of(fresh)))
        previous = made[-1].digest
    return made


def _one(
    how: str,
    log: Log,
    id_: Id,
    shard: str,
    first: int,
    last: int | None = None,
    *,
    wide: bool = False,
) -> Forged:
    """One finding at these numbers; `wide`: others about the chain may come with it."""
    about = {(shard, number) for number in range(first, (last or first) + 1)}
    if wide:
        about = {(shard, number) for number in range(10_000)}
    expected = ((frozenset({id_}), shard, first),)
    return Forged(how, log, expected, frozenset(about))
