"""Reading the whole log and its checkpoints as they are, whatever somebody put there."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import boto3
import pytest

from beeldrecht.adapters.audit import AuditTrail
from beeldrecht.adapters.audit_reading import AuditReader
from beeldrecht.adapters.checkpoints import Checkpoints, key_of
from beeldrecht.domain.audit import (
    EMPTY,
    SHARDS,
    Checkpoint,
    NewEntry,
    checkpoint_after,
    shard_of,
)
from beeldrecht.domain.audit_check import verify
from beeldrecht.domain.audit_findings import AuditFindingId, Verified
from tests.adapters.aws import Aws
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
        self._table = aws.table("audit")
        self.trail = AuditTrail(self._table, REGION)
        self.reader = AuditReader(
            boto3.client("dynamodb", region_name=REGION), self._table
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
        [item] = [i for i in self._aws.items(self._table) if i["sk"]["S"] == sk]
        return item

    def put(self, item: Item) -> None:
        self._aws.put_item(self._table, item)

    def remove(self, sk: str) -> None:
        self._aws.delete_item(self._table, self.item(sk))


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
    "one attribute more": (lambda i: i.update(expires_at={"N": "1"}), Id.STRAY),
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
