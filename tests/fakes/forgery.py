"""Forging the audit log, in every way that somebody with the table could.

A forger changes a log that was sound, and says what verifying it has to find: which
finding, at which chain and number. Findings about anything else are wrong: they would
send whoever looks into it to an innocent entry.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from random import Random

from beeldrecht.domain.audit import (
    EMPTY,
    FIELDS,
    SHARDS,
    Checkpoint,
    Entry,
    Head,
    NewEntry,
    chained,
    checkpoint_after,
    checkpoint_digest,
    digest_of,
    parsed,
    place_of,
    shard_of,
)
from beeldrecht.domain.audit_check import verify
from beeldrecht.domain.audit_findings import (
    AuditFinding,
    AuditFindingId,
    Chain,
    Mark,
    Verified,
)
from beeldrecht.domain.ids import derived_id

START = datetime(2026, 6, 1, tzinfo=UTC)
Id = AuditFindingId


def chance(seed: int) -> Random:
    """Chance that comes out the same each time."""
    return Random(seed)  # noqa: S311  # nothing is kept secret with it


@dataclass(frozen=True)
class Log:
    """A whole log: the entries of each chain, what is marked, and the checkpoints."""

    chains: dict[str, list[Entry]]
    marks: dict[str, frozenset[Mark]]
    checkpoints: tuple[Checkpoint, ...]
    strays: dict[str, tuple[str, ...]] = field(default_factory=dict)
    dated: dict[str, frozenset[int]] = field(default_factory=dict)

    def with_chain(self, shard: str, entries: list[Entry]) -> "Log":
        """The log with another chain."""
        return replace(self, chains={**self.chains, shard: entries})

    def verified(self) -> Verified:
        """What verifying it comes to."""
        chains = [
            Chain(
                shard,
                self.chains[shard],
                self.marks.get(shard, frozenset()),
                self.strays.get(shard, ()),
                self.dated.get(shard, frozenset()),
            )
            for shard in SHARDS
        ]
        return verify(chains, self.checkpoints)


@dataclass(frozen=True)
class Forged:
    """A log that was forged, and what has to be found."""

    how: str
    log: Log
    expected: tuple[tuple[frozenset[Id], str | None, int], ...]
    """One finding each: any of these, about that number of that chain, or checkpoint."""
    about: frozenset[tuple[str | None, int]]
    """All that findings may be about."""

    def judged(self) -> str | None:
        """What is wrong with the verdict on it; None when all is found and named."""
        findings = self.log.verified().findings
        for ids, shard, number in self.expected:
            if not any(
                f.id in ids and f.shard == shard and number in numbers_of(f)
                for f in findings
            ):
                return f"{self.how}: not found, {ids} at {shard} {number}: {findings}"
        for f in findings:
            if not any(
                shard == f.shard and number in numbers_of(f)
                for shard, number in self.about
            ):
                return f"{self.how}: an innocent is named: {f}"
        return None


def numbers_of(finding: AuditFinding) -> range:
    """The numbers that a finding is about; a finding without any is about the chain."""
    if finding.first is None:
        return range(10**9)
    return range(finding.first, (finding.last or finding.first) + 1)


def sound_log(entries: int, checkpoints: int, random: Random) -> Log:
    """A log as the system writes it, with checkpoints on its way and at its end."""
    chains: dict[str, list[Entry]] = {shard: [] for shard in SHARDS}
    marks: dict[str, set[Mark]] = {shard: set() for shard in SHARDS}
    made: list[Checkpoint] = []
    every = max(1, entries // checkpoints)
    for n in range(1, entries + 1):
        subject = derived_id("subject", str(random.randrange(max(1, entries // 4))))
        new = NewEntry(
            subject,
            f"a:b:c:{n}",
            random.choice(["intake:asset:receive", "clearance:asset:decide"]),
            START + timedelta(minutes=n),
            derived_id("actor", str(n % 7)),
            {"outcome": random.choice(["ready", "released"]), "faces": n % 40},
        )
        chain = chains[shard_of(subject)]
        head = Head(chain[-1].number, chain[-1].digest) if chain else EMPTY
        entry = chained(new, head.number + 1, head.digest)
        chain.append(entry)
        if random.random() < 0.3:
            marks[entry.shard].add(Mark(entry.subject, entry.entry_id, entry.place))
        if n % every == 0 or n == entries:
            at = START + timedelta(minutes=n)
            made.append(checkpoint_after(made[-1] if made else None, heads(chains), at))
    return Log(chains, {s: frozenset(m) for s, m in marks.items()}, tuple(made))


def heads(chains: dict[str, list[Entry]]) -> list[Head]:
    """Where the chains end."""
    return [
        Head(chains[s][-1].number, chains[s][-1].digest) if chains[s] else EMPTY
        for s in SHARDS
    ]


def rechained(entries: Sequence[Entry], start: int) -> list[Entry]:
    """The entries with digests that fit one another from that place on."""
    made = list(entries[:start])
    for entry in entries[start:]:
        previous = made[-1].digest if made else EMPTY.digest
        fresh = entry.but(previous=previous, place=place_of(len(made) + 1))
        made.append(fresh.but(digest=digest_of(fresh)))
    return made


class Forger:
    """Forges one log again and again, each time in another way."""

    def __init__(self, log: Log, random: Random) -> None:
        self._log = log
        self._random = random
        self._long = [s for s in SHARDS if len(log.chains[s]) >= 6]
        self.ways: tuple[Callable[[], Forged], ...] = (
            self.flip,
            self.flip_of_a_number,
            self.say_otherwise,
            self.say_otherwise_and_make_it_fit,
            self.drop,
            self.drop_several,
            self.cut_off,
            self.drop_a_chain,
            self.exchange_two,
            self.put_in_another_order,
            self.move_to_another_chain,
            self.put_in_twice,
            self.put_in_beside,
            self.write_anew_from_here,
            self.cut_off_and_grow_again,
            self.put_in_a_stray,
            self.mark_what_is_not_there,
            self.change_a_checkpoint,
            self.drop_a_checkpoint,
            self.make_up_a_checkpoint,
        )

    def forge(self) -> Forged:
        """Forge in a way that chance picks."""
        return self._random.choice(self.ways)()

    # -- entries ---------------------------------------------------------------------

    def flip(self) -> Forged:
        """One bit of one field."""
        shard, entries, n = self._pick()
        old = entries[n]
        names = [*FIELDS[2:], "digest"]
        name = self._random.choice(names)
        flipped = parsed(old.fields | {name: self._flipped(old.fields[name])})
        return self._replaced(f"flip {name}", shard, n, flipped, Id.CHANGED)

    def flip_of_a_number(self) -> Forged:
        """One bit of the number: the entry then stands elsewhere, or is none any more."""
        shard, entries, n = self._pick()
        old = entries[n]
        flipped = parsed(old.fields | {"place": self._flipped(old.place)})
        if flipped is None:
            return self._replaced("flip place", shard, n, None, Id.CHANGED)
        others = [*entries[:n], *entries[n + 1 :], flipped]
        # The store keeps them in the order of their numbers.
        others.sort(key=lambda e: e.place)
        return Forged(
            "flip place",
            self._log.with_chain(shard, others),
            ((frozenset({Id.OUT_OF_PLACE}), shard, flipped.number),),
            frozenset({(shard, flipped.number), (shard, old.number)}),
        )

    def say_otherwise(self) -> Forged:
        """Another actor, instant, tag or subject, as somebody would who hides an act."""
        shard, entries, n = self._pick()
        return self._replaced(
            "say otherwise", shard, n, self._otherwise(entries[n]), Id.CHANGED
        )

    def say_otherwise_and_make_it_fit(self) -> Forged:
        """The same, with the digest made to fit: then the next does not follow."""
        shard, entries, n = self._pick()
        other = self._otherwise(entries[n])
        other = other.but(digest=digest_of(other))
        return self._replaced(
            "say otherwise, fitted", shard, n, other, Id.FORKED, beside=True
        )

    def drop(self) -> Forged:
        """One entry."""
        shard, _, n = self._pick()
        return self._replaced("drop", shard, n, None, Id.MISSING)

    def drop_several(self) -> Forged:
        """Some that stand beside one another."""
        shard, entries, n = self._pick(leave=2)
        count = self._random.randint(2, len(entries) - n - 1)
        gone = range(n + 1, n + 1 + count)
        return self._without("drop several", shard, gone, Id.MISSING)

    def cut_off(self) -> Forged:
        """The end of a chain."""
        shard, entries, n = self._pick()
        return self._without("cut off", shard, range(n + 1, len(entries) + 1), Id.CUT_OFF)

    def drop_a_chain(self) -> Forged:
        """All of one."""
        shard, entries, _ = self._pick()
        return self._without(
            "drop a chain", shard, range(1, len(entries) + 1), Id.CUT_OFF
        )

    def exchange_two(self) -> Forged:
        """The contents of two entries, their numbers left where they were."""
        shard, entries, n = self._pick(leave=1)
        m = self._random.randrange(n + 1, len(entries))
        changed = list(entries)
        changed[n] = entries[m].but(place=entries[n].place)
        changed[m] = entries[n].but(place=entries[m].place)
        either = frozenset({Id.OUT_OF_PLACE, Id.CHANGED})
        return Forged(
            "exchange two",
            self._log.with_chain(shard, changed),
            ((either, shard, n + 1), (either, shard, m + 1)),
            frozenset({(shard, n + 1), (shard, m + 1)}),
        )

    def put_in_another_order(self) -> Forged:
        """Two entries, numbers and all, each where the other was: in an export."""
        shard, entries, n = self._pick(leave=1)
        m = self._random.randrange(n + 1, len(entries))
        changed = list(entries)
        changed[n], changed[m] = entries[m], entries[n]
        # Of two neighbours, either stands wrong: one is named.
        found = [n + 1] if m == n + 1 else [n + 1, m + 1]
        about = frozenset({(shard, n + 1), (shard, m + 1)})
        log = self._log.with_chain(shard, changed)
        if len(found) == 1:
            named = {f.first for f in log.verified().findings}
            found = [m + 1] if named == {m + 1} else found
        ids = frozenset({Id.OUT_OF_PLACE})
        return Forged(
            "another order", log, tuple((ids, shard, number) for number in found), about
        )

    def move_to_another_chain(self) -> Forged:
        """An entry put at the end of a chain that is not its own."""
        shard, entries, n = self._pick()
        other = self._random.choice([s for s in self._long if s != shard])
        there = self._log.chains[other]
        moved = entries[n].but(shard=other, place=place_of(len(there) + 1))
        without = self._without("move", shard, range(n + 1, n + 2), Id.MISSING)
        at = (other, len(there) + 1)
        return Forged(
            "move to another chain",
            without.log.with_chain(other, [*there, moved]),
            (*without.expected, (frozenset({Id.OUT_OF_PLACE, Id.CHANGED}), *at)),
            without.about | {at},
        )

    def put_in_twice(self) -> Forged:
        """The same entry again, right behind itself: in an export."""
        shard, entries, n = self._pick()
        return self._inserted("put in twice", shard, n, entries[n], Id.INSERTED)

    def put_in_beside(self) -> Forged:
        """Another that follows the same one: a fork of one entry."""
        shard, entries, n = self._pick()
        other = self._otherwise(entries[n])
        other = other.but(digest=digest_of(other))
        return self._inserted("put in beside", shard, n, other, Id.FORKED)

    def write_anew_from_here(self) -> Forged:
        """From an entry on, with digests that all fit: only a checkpoint tells."""
        shard, entries, n = self._pick()
        changed = list(entries)
        changed[n] = self._otherwise(entries[n])
        return self._anew("write anew", shard, n, rechained(changed, n))

    def cut_off_and_grow_again(self) -> Forged:
        """Cut, and then written on by those who do not know."""
        shard, entries, n = self._pick()
        grown = [
            self._otherwise(e).but(entry_id=f"a:b:later:{e.number}") for e in entries[n:]
        ]
        grown += [grown[-1].but(entry_id="a:b:later:still")]
        anew = rechained([*entries[:n], *grown], n)
        return self._anew("cut off and grown again", shard, n, anew)

    def put_in_a_stray(self) -> Forged:
        """Something that is no entry."""
        shard, _, _ = self._pick()
        log = replace(self._log, strays={shard: ("ENTRY#x",)})
        about = frozenset({(shard, 1)})
        return Forged("stray", log, ((frozenset({Id.STRAY}), shard, 1),), about)

    def mark_what_is_not_there(self) -> Forged:
        """So that what is to come would be taken for written."""
        shard, _, _ = self._pick()
        marks = self._log.marks[shard] | {Mark("f" * 32, "a:b:c:to-come", place_of(1))}
        log = replace(self._log, marks={**self._log.marks, shard: marks})
        about = frozenset({(shard, 1)})
        return Forged("mark", log, ((frozenset({Id.MARK_ALONE}), shard, 1),), about)

    # -- checkpoints -----------------------------------------------------------------

    def change_a_checkpoint(self) -> Forged:
        """Another head in it."""
        place, old = self._checkpoint()
        shard = self._random.randrange(len(SHARDS))
        changed = list(old.heads)
        changed[shard] = Head(old.heads[shard].number + 1, "f" * 64)
        return self._checkpoints(
            "change a checkpoint", place, replace(old, heads=tuple(changed))
        )

    def drop_a_checkpoint(self) -> Forged:
        """One that is not the last: its place is empty."""
        place, old = self._checkpoint()
        left = [*self._log.checkpoints[:place], *self._log.checkpoints[place + 1 :]]
        return Forged(
            "drop a checkpoint",
            replace(self._log, checkpoints=tuple(left)),
            ((frozenset({Id.CHECKPOINT_MISSING}), None, old.number),),
            frozenset({(None, old.number)}),
        )

    def make_up_a_checkpoint(self) -> Forged:
        """With a digest that fits: the next one does not follow it."""
        place, old = self._checkpoint()
        made = replace(old, at=old.at.replace("2026", "2025"))
        made = replace(made, digest=checkpoint_digest(made))
        after = self._log.checkpoints[place + 1].number
        changed = list(self._log.checkpoints)
        changed[place] = made
        return Forged(
            "make up a checkpoint",
            replace(self._log, checkpoints=tuple(changed)),
            ((frozenset({Id.CHECKPOINT_FORKED}), None, after),),
            frozenset({(None, after)}),
        )

    # -- inside ----------------------------------------------------------------------

    def _pick(self, leave: int = 0) -> tuple[str, list[Entry], int]:
        """A chain, its entries, and a place in it with that many behind it."""
        shard = self._random.choice(self._long)
        entries = self._log.chains[shard]
        return shard, entries, self._random.randrange(len(entries) - leave)

    def _checkpoint(self) -> tuple[int, Checkpoint]:
        """One between the first and the last."""
        place = self._random.randrange(1, len(self._log.checkpoints) - 1)
        return place, self._log.checkpoints[place]

    def _flipped(self, text: str) -> str:
        """The text with one bit changed, in a character that stays one byte."""
        if not text:
            return "\x01"
        n = self._random.randrange(len(text))
        other = chr(ord(text[n]) ^ (1 << self._random.randrange(7)))
        return text[:n] + other + text[n + 1 :]

    def _otherwise(self, entry: Entry) -> Entry:
        change = self._random.choice(
            [
                {"actor": "e" * 32},
                {"day": entry.day.replace("2026-06", "2026-07")},
                {"tag": "x:y:z"},
                {"text": '{"outcome":"embargoed"}'},
                {"entry_id": f"{entry.entry_id}:x"},
            ]
        )
        return entry.but(**change)

    def _replaced(
        self,
        how: str,
        shard: str,
        n: int,
        new: Entry | None,
        id_: Id,
        *,
        beside: bool = False,
    ) -> Forged:
        """The log with one entry replaced, or without it when there is none."""
        entries = self._log.chains[shard]
        if new is None:
            return self._without(how, shard, range(n + 1, n + 2), Id.MISSING)
        changed = [*entries[:n], new, *entries[n + 1 :]]
        about = {(shard, n + 1)} | ({(shard, n + 2)} if beside else set())
        ids = frozenset({id_, Id.OUT_OF_PLACE})
        return Forged(
            how,
            self._log.with_chain(shard, changed),
            ((ids, shard, n + 1),),
            frozenset(about),
        )

    def _without(self, how: str, shard: str, gone: range, id_: Id) -> Forged:
        entries = self._log.chains[shard]
        if gone[-1] == len(entries):
            id_ = Id.CUT_OFF
        left = [e for e in entries if e.number not in gone]
        return Forged(
            how,
            self._log.with_chain(shard, left),
            ((frozenset({id_}), shard, gone[0]), (frozenset({id_}), shard, gone[-1])),
            frozenset((shard, number) for number in gone),
        )

    def _inserted(self, how: str, shard: str, n: int, new: Entry, id_: Id) -> Forged:
        entries = self._log.chains[shard]
        changed = [*entries[: n + 1], new, *entries[n + 1 :]]
        return Forged(
            how,
            self._log.with_chain(shard, changed),
            ((frozenset({id_}), shard, n + 1),),
            frozenset({(shard, n + 1)}),
        )

    def _anew(self, how: str, shard: str, n: int, entries: list[Entry]) -> Forged:
        last = len(self._log.chains[shard])
        return Forged(
            how,
            self._log.with_chain(shard, entries),
            ((frozenset({Id.FORKED}), shard, n + 1),),
            frozenset((shard, number) for number in range(n + 1, last + 1)),
        )

    def _checkpoints(self, how: str, place: int, new: Checkpoint) -> Forged:
        changed = list(self._log.checkpoints)
        changed[place] = new
        return Forged(
            how,
            replace(self._log, checkpoints=tuple(changed)),
            ((frozenset({Id.CHECKPOINT_CHANGED}), None, new.number),),
            frozenset({(None, new.number)}),
        )
