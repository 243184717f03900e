"""Saying which entries of a chain are wrong, once it is known that some are."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence

from .audit import EMPTY, FIRST, Entry, Head, digest_of, place_of, shard_of
from .audit_findings import AuditFinding, AuditFindingId


class Closer:
    """A chain that does not come out right, looked at entry by entry.

    It has to be whole behind `start`; of what lies before, some may have gone.
    """

    def __init__(self, shard: str, entries: Sequence[Entry], start: Head = EMPTY) -> None:
        self._shard = shard
        self._start = start
        self.findings: list[AuditFinding] = []
        self._changed: set[int] = set()
        self._told: set[int] = set()
        settled = self._settled(entries)
        self._out_of_order(settled)
        self.kept = self._one_each(settled)
        self._gaps()
        self._links()

    def _find(
        self, id_: AuditFindingId, first: int, last: int, entry: Entry | None = None
    ) -> None:
        entry_id = entry.entry_id if entry else None
        self.findings.append(AuditFinding(id_, self._shard, first, last, entry_id))

    def _settled(self, entries: Sequence[Entry]) -> list[Entry]:
        """The entries, each under the number that it was written at."""
        numbers = {FIRST: 0, self._start.digest: self._start.number} | {
            e.digest: e.number for e in entries
        }
        settled = []
        for entry in entries:
            home = _home(entry, numbers)
            if home is None:
                self._find(AuditFindingId.CHANGED, entry.number, entry.number, entry)
                self._changed.add(id(entry))
                self._told.add(id(entry))
            elif home != entry:
                self._find(AuditFindingId.OUT_OF_PLACE, entry.number, entry.number, entry)
                if home.shard != self._shard:
                    continue
                self._told.add(id(home))
            settled.append(home or entry)
        return settled

    def _out_of_order(self, entries: list[Entry]) -> None:
        """Name what stands out of order, and put all of them in order."""
        for entry in _moved([e for e in entries if id(e) not in self._told]):
            self._find(AuditFindingId.OUT_OF_PLACE, entry.number, entry.number, entry)
        entries.sort(key=lambda e: e.number)

    def _one_each(self, entries: list[Entry]) -> list[Entry]:
        """One entry for each number: of several, the one that the others agree with."""
        by_number: dict[int, list[Entry]] = defaultdict(list)
        for entry in entries:
            by_number[entry.number].append(entry)
        kept: list[Entry] = []
        for number, here in by_number.items():
            before = kept[-1].digest if kept else FIRST
            if number == self._start.number + 1:
                before = self._start.digest
            after = {e.previous for e in by_number.get(number + 1, ())}
            best = max(here, key=lambda e: (e.digest in after, e.previous == before))
            kept.append(best)
            here.remove(best)
            for other in here:
                fork = (
                    id(other) not in self._changed
                    and other.digest != best.digest
                    and other.previous == before
                )
                self._find(
                    AuditFindingId.FORKED if fork else AuditFindingId.INSERTED,
                    number,
                    number,
                    other,
                )
        return kept

    def _gaps(self) -> None:
        expected = self._start.number + 1
        for entry in self.kept:
            if entry.number < 1:
                self._find(AuditFindingId.INSERTED, entry.number, entry.number, entry)
            elif entry.number > expected:
                self._find(AuditFindingId.MISSING, expected, entry.number - 1)
            expected = max(expected, entry.number + 1)

    def _links(self) -> None:
        """Name what does not follow: one entry, where it fits neither of its sides."""
        broken = [
            here.number
            for before, here in zip([None, *self.kept], self.kept, strict=False)
            if not self._linked(before, here)
        ]
        entries = {e.number: e for e in self.kept}
        skip = 0
        for number in broken:
            if number == skip:
                continue
            alone = number + 1 in broken or number in {1, self._start.number + 1}
            skip = number + 1 if alone else 0
            first = number if alone else number - 1
            self._find(AuditFindingId.FORKED, first, number, entries[number])

    def _linked(self, before: Entry | None, here: Entry) -> bool:
        if id(here) in self._changed or here.number < 1:
            return True  # told already; what it says it follows is not to be trusted
        if here.number == self._start.number + 1:
            return here.previous == self._start.digest
        if before is None or before.number < 1:
            return here.number > 1 or here.previous == FIRST
        if here.number != before.number + 1:
            return True  # told as missing
        if id(before) in self._changed:
            return here.previous in {before.digest, digest_of(before)}
        return here.previous == before.digest


def _home(entry: Entry, numbers: Mapping[str, int]) -> Entry | None:
    """The entry as it was written, which may be elsewhere; None when it was changed."""
    if digest_of(entry) == entry.digest:
        return entry
    follows_number = numbers.get(entry.previous)
    places = {entry.place}
    if follows_number is not None:
        places.add(place_of(follows_number + 1))
    for place in sorted(places):
        for shard in (entry.shard, shard_of(entry.subject)):
            there = entry.but(place=place, shard=shard)
            if digest_of(there) == entry.digest:
                return there
    return None


def _moved(entries: Sequence[Entry]) -> list[Entry]:
    """The fewest entries that would have to move for their numbers never to fall.

    Of two that changed places, both, and none of those between them.
    """
    ranked = sorted(entries, key=lambda e: e.number)
    elsewhere = [e for e, there in zip(entries, ranked, strict=True) if e is not there]
    fewest = _outside_the_longest_run(entries)
    return elsewhere if len(elsewhere) == len(fewest) else fewest


def _outside_the_longest_run(entries: Sequence[Entry]) -> list[Entry]:
    """What is left out of the longest run whose numbers never fall."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for place, entry in enumerate(entries):
        at = bisect_right(tails, entry.number)
        tails[at : at + 1] = [entry.number]
        before.append(ends[at - 1] if at else -1)
        ends[at : at + 1] = [place]
    run: set[int] = set()
    place = ends[-1] if ends else -1
    while place >= 0:
        run.add(place)
        place = before[place]
    return [e for place, e in enumerate(entries) if place not in run]
