"""Write down, where nobody can change it, how far the audit log goes this hour."""

from collections.abc import Iterator
from datetime import datetime
from typing import Protocol

from beeldrecht.domain.audit import (
    EMPTY,
    SHARDS,
    Checkpoint,
    Entry,
    Head,
    checkpoint_after,
    digest_of,
    stamp,
)
from beeldrecht.domain.audit_check import followed
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


def checkpoint_audit(log: Log, checkpoints: CheckpointStore, at: datetime) -> Result:
    """Follow every chain from its last head to its end, and keep where it ends now.

    A chain that does not follow keeps its last good head: the checkpoint never vouches
    for what is broken, and the next hour finds it broken again. Safe to repeat: there is
    one checkpoint an hour.
    """
    last = checkpoints.last(at)
    if last is not None and last.at[:_HOUR] == stamp(at)[:_HOUR]:
        return Result(number=last.number, entries=0)
    heads: list[Head] = []
    broken: list[Broken] = []
    entries = 0
    for place, shard in enumerate(SHARDS):
        before = last.heads[place] if last else EMPTY
        head, stop = _walked(log, shard, before)
        if stop is not None:
            broken.append(Broken(shard=shard, number=stop))
        heads.append(head)
        entries += head.number - before.number
    new = checkpoint_after(last, heads, at)
    checkpoints.write(new)
    return Result(number=new.number, entries=entries, broken=tuple(broken))


def _walked(log: Log, shard: str, head: Head) -> tuple[Head, int | None]:
    """How far a chain follows its last head, which has to be there still."""
    entries = log.since(shard, max(head.number, 1))
    if head != EMPTY:
        first = next(entries, None)
        if first is None or not head.digest == first.digest == digest_of(first):
            return head, head.number
    return followed(entries, shard, head)
