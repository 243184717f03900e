"""Write down, where nobody can change it, how far the audit log goes this hour."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Protocol

from beeldrecht.domain.audit import (
    EMPTY,
    SHARDS,
    Beginning,
    Checkpoint,
    Entry,
    Head,
    checkpoint_after,
    digest_of,
    followed,
    stamp,
)
from beeldrecht.domain.audit_beginnings import declared, lockable
from beeldrecht.domain.retention import RetentionPolicy
from beeldrecht.runtime.events import Frozen

_HOUR = len("2026-06-01T12")


class Broken(Frozen):
    """A chain that does not follow its last head, and from which number on."""

    shard: str
    number: int


class Result(Frozen):
    """The newest checkpoint, and what was found on the way to it."""

    number: int
    entries: int
    """How many were written since the one before."""
    broken: tuple[Broken, ...] = ()
    begun: int = 0
    """Of how many chains a later beginning was locked."""


class Log(Protocol):
    """The audit log as it is."""

    def since(self, shard: str, number: int) -> Iterator[Entry]:
        """What stands in a chain from that number on; NO_ENTRY for what is none."""
        ...


class CheckpointStore(Protocol):
    """Where checkpoints are kept."""

    def last(self, at: datetime) -> Checkpoint | None:
        """The newest."""
        ...

    def write(self, checkpoint: Checkpoint) -> None:
        """Keep one; the first of an hour stands."""
        ...


class Retention(Protocol):
    """How long things are kept."""

    def policy(self) -> RetentionPolicy:
        """What is on record about keeping."""
        ...


def checkpoint_audit(
    log: Log, checkpoints: CheckpointStore, retention: Retention, at: datetime
) -> Result:
    """Follow every chain from its last head to its end, and keep where it ends now.

    A chain that does not follow keeps its last good head: the checkpoint never vouches
    for what is broken, and the next hour finds it broken again. Safe to repeat: there is
    one checkpoint an hour.
    """
    last = checkpoints.last(at)
    if last is not None and last.at[:_HOUR] == stamp(at)[:_HOUR]:
        return Result(number=last.number, entries=0)
    policy = retention.policy()
    begins = {each.shard: each for each in last.beginnings} if last else {}
    heads: list[Head] = []
    broken: list[Broken] = []
    entries = begun = 0
    for place, shard in enumerate(SHARDS):
        before = last.heads[place] if last else EMPTY
        said: list[Beginning] = []
        head, stop = _walked(log, shard, before, said)
        if stop is not None:
            broken.append(Broken(shard=shard, number=stop))
            said.clear()  # what is broken stays as it is, for somebody to look at
        for new in said:
            if lockable(new, begins.get(shard), partial(log.since, shard), policy, at):
                begins[shard] = new
                begun += 1
        heads.append(head)
        entries += head.number - before.number
    made = checkpoint_after(last, heads, at, begins.values())
    checkpoints.write(made)
    return Result(number=made.number, entries=entries, broken=tuple(broken), begun=begun)


def _walked(
    log: Log, shard: str, head: Head, said: list[Beginning]
) -> tuple[Head, int | None]:
    """How far a chain follows its last head, which has to be there still.

    What it declares on the way is put in `said`.
    """
    entries = log.since(shard, max(head.number, 1))
    if head != EMPTY:
        first = next(entries, None)
        if first is None or not head.digest == first.digest == digest_of(first):
            return head, head.number
    return followed(_heard(entries, said), shard, head)


def _heard(entries: Iterator[Entry], said: list[Beginning]) -> Iterator[Entry]:
    for entry in entries:
        new = declared(entry)
        if new is not None:
            said.append(new)
        yield entry
