"""Reading the whole log and its checkpoints as they are, whatever somebody put there."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import boto3
import pytest

from audit.checkpoint_audit.step import checkpoint_audit
from beeldrecht.adapters.audit import AuditTrail
from beeldrecht.adapters.audit_ending import AuditEnding
from beeldrecht.adapters.audit_reading import AuditReader
from beeldrecht.adapters.audit_search import AuditSearch, Search
from beeldrecht.adapters.checkpoints import Checkpoints, key_of
from beeldrecht.domain.audit import (
    EMPTY,
    SHARDS,
    Checkpoint,
    NewEntry,
    checkpoint_after,
    place_of,
    shard_of,
)
from beeldrecht.domain.audit_check import verify
from beeldrecht.domain.audit_findings import AuditFindingId, Verified
from beeldrecht.domain.retention import (
    NOTICE,
    RetentionKind,
    RetentionPolicy,
    seconds,
)
from beeldrecht.domain.retention_runs import Counted, sweep_of
from beeldrecht.domain.time import Period
from rights.apply_retention.chains import Walk
from tests.adapters.aws import Aws
from tests.fakes.retention import FakeRetention
from tests.fakes.runtime import REGION
from tests.fakes.samples import ANN, BOB, NOON, PICTURE

HOUR = timedelta(hours=1)
SHARD = shard_of(PICTURE)
WRITTEN = (SHARD, shard_of(BOB))
"""The two chains that anything stands in: reading all 64 each time takes its time."""
Id = AuditFindingId
type Item = dict[str, Any]


class Office:
    """A trail with a few entries, a reader, and a bucket of checkpoints."""

    def __init__(self, aws: Aws) -> None:
        self._aws = aws
        self.table = aws.table("audit")
        self.trail = AuditTrail(self.table, REGION)
        self.reader = AuditReader(
            boto3.client("dynamodb", region_name=REGION), self.table
        )
        self.bucket = aws.bucket(versioned=True)
        self.checkpoints = Checkpoints(aws.s3, self.bucket)
        for n in range(4):
            self.write(PICTURE, n)
        self.write(BOB, 0)

    def write(self, subject: str, n: int) -> None:
        entry = NewEntry(subject, f"e{n}", "a:b:c", NOON, ANN, {"n": n})
        self.trail.record(entry)

    def checkpoint(self, last: Checkpoint | None = None) -> Checkpoint:
        at = last.instant + HOUR if last else NOON
        heads = [self.trail.head(s) if s in WRITTEN else EMPTY for s in SHARDS]
        made = checkpoint_after(last, heads, at)
        self.checkpoints.write(made)
        return made

    def verified(self) -> Verified:
        found = self.checkpoints.all()
        chains = [self.reader.chain(shard) for shard in WRITTEN]
        return verify(chains, found.checkpoints, unreadable=found.unreadable)

    def named(self) -> list[tuple[AuditFindingId, int | None, str | None]]:
        return [(f.id, f.first, f.entry_id) for f in self.verified().findings]

    def item(self, sk: str) -> Item:
        """An item of the picture's chain."""
        key = {"pk": {"S": f"CHAIN#{SHARD}"}, "sk": {"S": sk}}
        [item] = [i for i in self._aws.items(self.table) if key.items() <= i.items()]
        return item

    def put(self, item: Item) -> None:
        self._aws.put_item(self.table, item)

    def remove(self, sk: str) -> None:
        self._aws.delete_item(self.table, self.item(sk))


@pytest.fixture
def office(aws: Aws) -> Office:
    return Office(aws)


def entry_item(office: Office) -> Item:
    """The third entry about the picture."""
    return office.item("ENTRY#000000000003")


def test_a_log_as_it_was_written_is_sound(office: Office) -> None:
    second = office.checkpoint(office.checkpoint())
    verified = office.verified()
    assert verified == Verified(entries=5, checkpoints=2, findings=())
    assert office.checkpoints.last(NOON + 2 * HOUR) == second


def test_the_log_is_read_from_a_number_on(office: Office) -> None:
    numbers = [e.number for e in office.reader.since(SHARD, 3)]
    assert numbers == [3, 4]
    assert list(office.reader.since(SHARD, 5)) == []


CHANGES: dict[str, tuple[Callable[[Item], object], Id]] = {
    "an attribute": (lambda i: i.update(actor={"S": BOB}), Id.CHANGED),
    "the digest": (lambda i: i.update(digest={"S": "0" * 64}), Id.CHANGED),
    "the day it is listed under": (
        lambda i: i.update(day={"S": "2020-01-01#0"}),
        Id.CHANGED,
    ),
    "one attribute more": (lambda i: i.update(note={"N": "1"}), Id.STRAY),
    "a date that is none": (lambda i: i.update(expires_at={"S": "1"}), Id.STRAY),
    "one attribute less": (lambda i: i.pop("tag"), Id.STRAY),
    "another type": (lambda i: i.update(actor={"N": "1"}), Id.STRAY),
    "another kind": (lambda i: i.update(kind={"S": "once"}), Id.STRAY),
}


@pytest.mark.parametrize("what", CHANGES)
def test_r16_whatever_is_changed_of_an_item_is_found(office: Office, what: str) -> None:
    change, id_ = CHANGES[what]
    item = entry_item(office)
    change(item)
    office.put(item)
    named = office.named()
    if id_ is Id.STRAY:
        assert (Id.STRAY, None, "ENTRY#000000000003") in named
        assert (Id.MISSING, 3, None) in named
    else:
        assert named == [(id_, 3, "e2")]


def test_r16_an_item_that_was_removed_is_named_by_what_is_left_of_it(
    office: Office,
) -> None:
    office.remove("ENTRY#000000000003")
    assert office.named() == [(Id.MISSING, 3, None), (Id.MARK_ALONE, 3, "e2")]


def test_r16_a_chain_that_was_cut_off_is_found_by_its_checkpoint(office: Office) -> None:
    office.checkpoint()
    for n in (3, 4):
        office.remove(f"ENTRY#00000000000{n}")
        office.remove(f"ONCE#{PICTURE}#e{n - 1}")
    [finding] = office.verified().findings
    assert (finding.id, finding.shard, finding.first, finding.last) == (
        Id.CUT_OFF,
        SHARD,
        3,
        4,
    )


@pytest.mark.parametrize("sk", ["ENTRY#3", "ENTRY#x", "NOTE", "ONCE#x", "~"])
def test_r16_whatever_else_is_put_into_a_chain_is_a_stray(
    office: Office, sk: str
) -> None:
    office.put(entry_item(office) | {"sk": {"S": sk}})
    assert office.named() == [(Id.STRAY, None, sk)]


# -- what ends by its term ---------------------------------------------------------------


def test_r16_a_date_of_removal_that_nothing_locked_is_named(office: Office) -> None:
    for sk in ("ENTRY#000000000003", f"ONCE#{PICTURE}#e1"):
        office.put({**office.item(sk), "expires_at": {"N": "1"}})
    assert office.named() == [(Id.DATED, 2, None), (Id.DATED, 3, None)]


def test_r23_what_is_over_is_declared_locked_and_dated_and_the_log_verifies(
    office: Office,
) -> None:
    ending = AuditEnding(office.trail, office.reader, office.checkpoints)
    retention = FakeRetention(RetentionPolicy(chosen={RetentionKind.AUDIT: 200}))
    at, cursor = NOON + timedelta(days=202), f"chain:{SHARD}"
    later = NewEntry(PICTURE, "late", "a:b:c", at, ANN)
    office.trail.record(later)
    run = sweep_of(retention.policy(), at.date(), at, "retention")

    def night(at: datetime) -> Counted:
        last = ending.locked(at)
        walk = Walk(ending, retention.policy(), lambda: last, at)
        preview, _ = walk.count(cursor, Counted())
        counted, _ = walk.apply(run, cursor, Counted())
        assert preview == counted
        return counted

    assert night(at) == Counted(looked=5, dates=4, ends=4)
    locked = checkpoint_audit(office.reader, office.checkpoints, retention, at + HOUR)
    assert (locked.begun, locked.broken) == (1, ())
    assert night(at + 2 * HOUR) == Counted(looked=2, dates=4, ends=0)
    assert night(at + 3 * HOUR) == Counted(looked=2, dates=0, ends=0)
    soon = {"N": str(seconds(at + 2 * HOUR + NOTICE))}
    for n in range(4):
        entry, mark = f"ENTRY#{place_of(n + 1)}", f"ONCE#{PICTURE}#e{n}"
        assert office.item(entry)["expires_at"] == soon
        assert office.item(mark)["expires_at"] == soon
    assert "expires_at" not in office.item(f"ENTRY#{place_of(5)}")
    assert office.named() == []
    # Whoever asks goes by the date, however late time to live comes.
    far_off = {"N": "4102444800"}
    office.put({**office.item(f"ENTRY#{place_of(3)}"), "expires_at": far_off})
    office.put({**office.item(f"ENTRY#{place_of(4)}"), "expires_at": {"N": "1"}})
    search, whole = AuditSearch(office.table, REGION), Period(NOON, at + HOUR)
    for found in (
        list(office.trail.entries(PICTURE)),
        search.page(Search(subject=PICTURE), 20).entries,
        search.page(Search(subject=PICTURE, period=whole), 20).entries,
        search.page(Search(period=Period(NOON, NOON + HOUR)), 20).entries,
    ):
        there = {e.number for e in found if e.subject == PICTURE}
        assert 3 in there
        assert 4 not in there
    # Time to live takes them one by one, in whatever order.
    for gone in (f"ENTRY#{place_of(2)}", f"ONCE#{PICTURE}#e0", f"ENTRY#{place_of(1)}"):
        office.remove(gone)
        assert office.named() == []
    office.remove(f"ENTRY#{place_of(5)}")
    assert (Id.MISSING, 5, None) in office.named()
    # What has gone is never put back.
    [first] = [e for e in office.reader.since(SHARD, 4) if e.number == 4]
    office.remove(f"ENTRY#{place_of(4)}")
    assert not ending.date(first, 1)


# -- checkpoints -----------------------------------------------------------------------


def test_there_is_one_checkpoint_an_hour_and_the_first_stands(office: Office) -> None:
    first = office.checkpoint()
    office.write(PICTURE, 9)
    office.checkpoint()
    assert office.checkpoints.all().checkpoints == (first,)


def test_the_newest_is_found_however_long_ago_it_was_made(office: Office) -> None:
    assert office.checkpoints.last(NOON) is None
    first = office.checkpoint()
    for later in (HOUR, timedelta(days=1), timedelta(days=400)):
        assert office.checkpoints.last(NOON + later) == first
    second = office.checkpoint(first)
    assert office.checkpoints.last(NOON + timedelta(days=400)) == second


def test_r16_a_checkpoint_that_something_was_put_upon_or_that_was_hidden_counts(
    office: Office, aws: Aws
) -> None:
    first = office.checkpoint()
    key = key_of(first.instant)
    aws.s3.put_object(Bucket=office.bucket, Key=key, Body=b"{}")
    assert office.checkpoints.all().checkpoints == (first,)
    aws.s3.delete_object(Bucket=office.bucket, Key=key)
    assert office.checkpoints.all().checkpoints == (first,)
    assert office.checkpoints.last(NOON) == first


@pytest.mark.parametrize(
    "body",
    [b"", b"{}", b"[]", b'{"number": 1}', b"\xff", b'{"number":1,"at":"x","heads":[]}'],
)
def test_r16_what_is_no_checkpoint_is_named(
    office: Office, aws: Aws, body: bytes
) -> None:
    office.checkpoint()
    aws.s3.put_object(Bucket=office.bucket, Key="checkpoints/x.json", Body=body)
    assert office.named() == [(Id.CHECKPOINT_CHANGED, None, "checkpoints/x.json")]


def test_every_chain_is_read_once(office: Office) -> None:
    chains = list(office.reader.chains())
    assert [chain.shard for chain in chains] == list(SHARDS)
    assert {c.shard: len(c.entries) for c in chains if c.entries} == {
        SHARD: 4,
        shard_of(BOB): 1,
    }
