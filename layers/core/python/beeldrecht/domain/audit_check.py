"""Verifying the audit log: every flip, drop, reorder, cut and fork is found and named.

The plain way through a chain is one digest an entry. Only a chain that does not come out
right is looked at closer, to say which of its entries is wrong, and how.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

from .audit import (
    SHARDS,
    Beginning,
    Checkpoint,
    Entry,
    Head,
    checkpoint_digest,
    digest_of,
    followed,
)
from .audit_beginnings import check_beginnings, declared, start_of
from .audit_closer import Closer
from .audit_findings import AuditFinding, AuditFindingId, Chain, Mark, Verified

__all__ = ["LATE", "followed", "verify", "verify_chain"]

LATE: Final = timedelta(hours=2)
"""A checkpoint is made every hour; without one for so long, something is wrong."""

type Heads = Sequence[tuple[int, Head]]
"""The heads of one chain by the number of their checkpoint, in order."""


def verify(
    chains: Iterable[Chain],
    checkpoints: Sequence[Checkpoint] = (),
    at: datetime | None = None,
    unreadable: Sequence[str] = (),
) -> Verified:
    """Verify every chain against itself and against the checkpoints.

    Read the checkpoints before the chains: those may grow meanwhile, never shrink. With
    `at`, the newest checkpoint has to be recent; `unreadable` names what stands among
    them and is none. A chain that is not given is an empty
    one. What was written after the last checkpoint can be cut from the end unseen. A
    chain may begin later only where the checkpoints and the chain itself say so.
    """
    sound, findings = _verified_checkpoints(checkpoints)
    begins, wrong = check_beginnings(sound)
    findings += wrong
    findings += [
        AuditFinding(AuditFindingId.CHECKPOINT_CHANGED, entry_id=key)
        for key in unreadable
    ]
    oldest: str | None = None
    count, seen = 0, set[str]()
    for chain in chains:
        seen.add(chain.shard)
        count += len(chain.entries)
        shard = chain.shard
        findings += verify_chain(chain, _heads(sound, shard), begins.get(shard))
        if chain.entries and (oldest is None or chain.entries[0].at < oldest):
            oldest = chain.entries[0].at
    for shard in SHARDS:
        if shard not in seen:
            heads, begin = _heads(sound, shard), begins.get(shard)
            findings += verify_chain(Chain(shard, ()), heads, begin)
    if at is not None:
        since = max((c.at for c in sound), default=oldest)
        if since is not None and at - datetime.fromisoformat(since) > LATE:
            findings.append(AuditFinding(AuditFindingId.CHECKPOINT_LATE))
    found = tuple(findings)
    begun = tuple(begins[shard] for shard in sorted(begins))
    return Verified(count, len(checkpoints), found, begun)


def verify_chain(
    chain: Chain, heads: Heads = (), begin: Beginning | None = None
) -> list[AuditFinding]:
    """What is wrong in one chain; nothing when it is whole and agrees with the heads.

    Of what lies before its beginning some may be gone; what is there is what it was.
    """
    entries, start, findings = chain.entries, start_of(begin), list[AuditFinding]()
    first = 0 if begin is None else bisect_right(entries, start.number, key=_number)
    before, known = entries[:first], entries
    if followed(entries[first:], chain.shard, start)[1] is not None:
        closer = Closer(chain.shard, entries, start)
        known, findings = closer.kept, closer.findings
    elif before:
        closer = Closer(chain.shard, before, start)
        known, findings = [*closer.kept, *entries[first:]], closer.findings
    findings += _against(chain.shard, known, heads, findings, start.number)
    if begin is not None:
        findings += _against_beginning(begin, known, heads)
    findings += [
        AuditFinding(AuditFindingId.STRAY, chain.shard, entry_id=key)
        for key in chain.strays
    ]
    findings += [
        AuditFinding(AuditFindingId.DATED, chain.shard, number, number)
        for number in sorted(chain.dated)
        if number > start.number
    ]
    return findings + _alone(chain, known, start)


def _number(entry: Entry) -> int:
    return entry.number


def _against_beginning(
    begin: Beginning, entries: Sequence[Entry], heads: Heads
) -> list[AuditFinding]:
    """A beginning that the chain does not declare, or that is not what stood there."""
    entry_at = _by_number(entries)
    declaring, last = entry_at(begin.declared_by), entry_at(begin.number)
    locked = {head.digest for _, head in heads if head.number == begin.number}
    if last is not None:
        locked.add(last.digest)
    if locked <= {begin.digest} and declaring and declared(declaring) == begin:
        return []
    number = begin.number
    return [AuditFinding(AuditFindingId.BEGINNING_WRONG, begin.shard, number, number)]


def _alone(chain: Chain, known: Sequence[Entry], start: Head) -> list[AuditFinding]:
    """The marks whose entry does not stand where they say, and did not end."""
    entry_at = _by_number(known)
    alone: list[Mark] = []
    for mark in chain.marks:
        entry = entry_at(int(mark.place))
        if entry is None and 0 < mark.number <= start.number:
            continue
        if entry is None or not entry.line.startswith(
            f"{chain.shard}\n{mark.place}\n{mark.subject}\n{mark.entry_id}\n"
        ):
            alone.append(mark)
    return [
        AuditFinding(
            AuditFindingId.MARK_ALONE,
            chain.shard,
            mark.number,
            mark.number,
            mark.entry_id,
        )
        for mark in sorted(alone)
    ]


def _against(
    shard: str,
    entries: Sequence[Entry],
    heads: Heads,
    found: Sequence[AuditFinding],
    start: int,
) -> list[AuditFinding]:
    """What the checkpoints say of a chain: whether it was cut off or written anew."""
    findings: list[AuditFinding] = []
    last = entries[-1].number if entries else start
    entry_at = _by_number(entries)
    farthest, agreed = 0, 0
    for checkpoint, head in heads:
        if head.number < farthest:
            findings.append(
                AuditFinding(
                    AuditFindingId.CUT_OFF,
                    shard,
                    head.number + 1,
                    farthest,
                    checkpoint=checkpoint,
                )
            )
        farthest = max(farthest, head.number)
        entry = entry_at(head.number)
        if entry is None:
            continue
        if head.digest == entry.digest or head.digest == digest_of(entry):
            agreed = head.number
            continue
        if not _told(AuditFindingId.FORKED, head.number, [*found, *findings]):
            findings.append(
                AuditFinding(
                    AuditFindingId.FORKED,
                    shard,
                    min(agreed + 1, head.number),
                    head.number,
                    entry.entry_id,
                    checkpoint,
                )
            )
    if farthest > last:
        checkpoint = next(c for c, head in heads if head.number == farthest)
        findings.append(
            AuditFinding(
                AuditFindingId.CUT_OFF, shard, last + 1, farthest, checkpoint=checkpoint
            )
        )
    return findings


def _by_number(entries: Sequence[Entry]) -> Callable[[int], Entry | None]:
    """Finds an entry by its number, among entries in the order of theirs."""
    count = len(entries)
    if entries and entries[-1].number - entries[0].number == count - 1:
        first = entries[0].number
        return lambda n: entries[n - first] if first <= n < first + count else None
    return {e.number: e for e in entries}.get


def _told(id_: AuditFindingId, number: int, findings: Iterable[AuditFinding]) -> bool:
    return any(
        f.id is id_
        and f.first is not None
        and f.last is not None
        # A chain that forks at a number is another one from there on.
        and f.first <= number
        for f in findings
    )


def _verified_checkpoints(
    checkpoints: Sequence[Checkpoint],
) -> tuple[list[Checkpoint], list[AuditFinding]]:
    """The checkpoints that are what they were, in order; and what is wrong with others.

    The first may have any number: old ones expire, and the newer ones cover the same.
    """
    findings: list[AuditFinding] = []
    sound: list[Checkpoint] = []
    before: Checkpoint | None = None

    def find(id_: AuditFindingId, number: int, last: int | None = None) -> None:
        findings.append(AuditFinding(id_, checkpoint=number, first=number, last=last))

    for here in sorted(checkpoints, key=lambda c: c.number):
        whole = checkpoint_digest(here) == here.digest and len(here.heads) == len(SHARDS)
        if not whole:
            find(AuditFindingId.CHECKPOINT_CHANGED, here.number, here.number)
        if before is not None and here.number == before.number:
            find(AuditFindingId.CHECKPOINT_FORKED, here.number, here.number)
            continue
        if before is not None and here.number > before.number + 1:
            find(AuditFindingId.CHECKPOINT_MISSING, before.number + 1, here.number - 1)
        elif before is not None and whole and not _follows(before, here):
            find(AuditFindingId.CHECKPOINT_FORKED, here.number, here.number)
        if whole:
            sound.append(here)
        before = here
    return sound, findings


def _follows(before: Checkpoint, here: Checkpoint) -> bool:
    return here.previous in {before.digest, checkpoint_digest(before)}


def _heads(checkpoints: Sequence[Checkpoint], shard: str) -> Heads:
    place = SHARDS.index(shard)
    return [(c.number, c.heads[place]) for c in checkpoints]
