"""Where a chain of the audit log begins, once what is older than its term has ended.

A retention run declares in the chain itself that everything up to a number is over; the
next checkpoint looks at each of those entries, and locks the declaration. Only what is
locked may be dated to go. So whoever verifies needs neither the entries nor our word: the
beginning stands in the log and in the locked bucket, and the heads that were locked
before it show that what went was there before the term.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from itertools import islice
from typing import Final

from .audit import (
    FIRST,
    SHARDS,
    Beginning,
    Checkpoint,
    Entry,
    Head,
    NewEntry,
    followed,
    shard_of,
    stamp,
)
from .audit_findings import AuditFinding, AuditFindingId
from .ids import derived_id
from .retention import TERMS, RetentionKind, RetentionPolicy
from .time import instant

BEGIN_TAG: Final = "retention:chain:begin"
FLOOR: Final = timedelta(days=184)
"""Six months, whichever they are: what is younger stays, whatever a policy says."""
AT_MOST: Final = 50_000
"""Entries of one chain that one run declares over; the next goes on behind them."""
_SLACK: Final = timedelta(days=1)
"""By how much an act may be older than its entry: work that waited in a queue."""
_LONGEST: Final = TERMS[RetentionKind.AUDIT].longest
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00")
_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Over:
    """How far a chain is over: the last of it, and how many entries those are."""

    head: Head
    until: str
    """The newest instant among them."""
    count: int
    acts: int
    """How many of them are more than declarations like this one."""


def is_over(policy: RetentionPolicy, written: datetime, at: datetime) -> bool:
    """Whether an entry's term has ended at that instant, and six months have gone by."""
    ends = policy.ends(RetentionKind.AUDIT, written)
    return ends is not None and ends <= at and written <= instant(at) - FLOOR


def over_from(
    entries: Iterable[Entry], shard: str, start: Head, over: Callable[[datetime], bool]
) -> Over:
    """How far a chain is over from that head on; it stops at what does not follow.

    What is broken stays, for somebody to look at, and all that is behind it.
    """
    head, until, count, acts = start, "", 0, 0
    for entry in islice(entries, AT_MOST):
        after, stop = followed((entry,), shard, head)
        if stop is not None or not over(entry.instant):
            break
        head, until, count = after, max(until, entry.at), count + 1
        acts += entry.tag != BEGIN_TAG
    return Over(head, until, count, acts)


@cache
def keeper_of(shard: str) -> str:
    """Under which subject a chain's own beginnings stand: one that it is the chain of."""
    number = 0
    while shard_of(name := derived_id("audit_chain", shard, str(number))) != shard:
        number += 1
    return name


def declaration(
    over: Over, shard: str, days: int, run_id: str, at: datetime, actor: str
) -> NewEntry:
    """The entry that declares a beginning: once for each run and chain."""
    return NewEntry(
        subject=keeper_of(shard),
        entry_id=f"{BEGIN_TAG}:{run_id}:{shard}",
        tag=BEGIN_TAG,
        at=at,
        actor=actor,
        data={
            "run_id": run_id,
            "number": over.head.number,
            "last_digest": over.head.digest,
            "until": over.until,
            "days": days,
        },
    )


def declared(entry: Entry) -> Beginning | None:
    """What an entry declares; None when it declares no beginning of its own chain."""
    if f"\n{BEGIN_TAG}\n" not in entry.line or entry.tag != BEGIN_TAG:
        return None
    try:
        said = entry.data
    except ValueError:
        return None
    match said:
        case {
            "number": int(number),
            "last_digest": str(digest),
            "until": str(until),
            "days": int(days),
        } if (
            entry.subject == keeper_of(entry.shard)
            and bool not in {type(number), type(days)}
            and 0 <= days <= _LONGEST
            and _DIGEST.fullmatch(digest)
            and _INSTANT.fullmatch(until)
        ):
            by = entry.number
            return Beginning(entry.shard, number, digest, until, days, entry.at, by)
    return None


def lockable(
    new: Beginning,
    before: Beginning | None,
    since: Callable[[int], Iterable[Entry]],
    policy: RetentionPolicy,
    at: datetime,
) -> bool:
    """Whether a checkpoint may lock what was declared, having seen each entry of it.

    `since` gives the entries of the chain from a number on. The policy that holds now has
    to allow it: neither paused nor with a longer term than the declaration goes by.
    """
    start = start_of(before)
    longest = policy.days(RetentionKind.AUDIT)
    if policy.paused or longest is None or new.days < longest:
        return False
    if not start.number < new.number < new.declared_by or _instant(new.at) > at:
        return False
    by = RetentionPolicy(chosen={RetentionKind.AUDIT: new.days})
    entries = islice(since(start.number + 1), new.number - start.number)
    over = over_from(entries, new.shard, start, lambda then: _over_by(by, then, new))
    return (over.head, over.until) == (Head(new.number, new.digest), new.until)


def _over_by(policy: RetentionPolicy, written: datetime, new: Beginning) -> bool:
    return is_over(policy, written, _instant(new.at))


def start_of(beginning: Beginning | None) -> Head:
    """What the first entry that has to be there follows."""
    if beginning is None:
        return Head(0, FIRST)
    return Head(beginning.number, beginning.digest)


def beginning_of(checkpoint: Checkpoint | None, shard: str) -> Beginning | None:
    """Where a checkpoint says that a chain begins; None: with its first entry."""
    found = checkpoint.beginnings if checkpoint else ()
    return next((each for each in found if each.shard == shard), None)


def check_beginnings(
    checkpoints: Sequence[Checkpoint],
) -> tuple[dict[str, Beginning], list[AuditFinding]]:
    """Where each chain begins by the last checkpoint, and what is wrong with all of them.

    The checkpoints are sound and in order. A beginning never moves back, lies before the
    head, and is older than its term: by its own words, and by every head that was locked
    so lately that what it says is gone was not there yet.
    """
    begins: dict[str, Beginning] = {}
    findings: list[AuditFinding] = []

    def find(id_: AuditFindingId, shard: str, number: int, checkpoint: int) -> None:
        findings.append(AuditFinding(id_, shard, number, number, checkpoint=checkpoint))

    for n, here in enumerate(checkpoints):
        now = {each.shard: each for each in here.beginnings}
        for shard, old in begins.items():
            if shard not in now or now[shard].number < old.number:
                find(AuditFindingId.BEGINNING_WRONG, shard, old.number, here.number)
        for shard, new in now.items():
            if begins.get(shard) == new:
                continue
            head = here.heads[SHARDS.index(shard)]
            if not (
                0 < new.number < new.declared_by <= head.number and new.at <= here.at
            ):
                find(AuditFindingId.BEGINNING_WRONG, shard, new.number, here.number)
            elif not _old_enough(new) or _was_younger(new, checkpoints[:n]):
                find(AuditFindingId.BEGINNING_EARLY, shard, new.number, here.number)
        begins |= now
    return begins, findings


def _old_enough(new: Beginning) -> bool:
    by = RetentionPolicy(chosen={RetentionKind.AUDIT: new.days})
    return _over_by(by, _instant(new.until), new)


def _was_younger(new: Beginning, before: Sequence[Checkpoint]) -> bool:
    """Whether a head was locked within the term that had not come so far yet."""
    place = SHARDS.index(new.shard)
    latest = stamp(_instant(new.at) - max(timedelta(days=new.days), FLOOR) + _SLACK)
    return any(
        each.heads[place].number < new.number and each.at > latest for each in before
    )


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text)
