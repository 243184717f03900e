"""Files that follow each other over DynamoDB, as in memory: one is current, always."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from beeldrecht.adapters.audit import AuditTrail
from beeldrecht.adapters.errors import StaleRevisionError
from beeldrecht.adapters.library import Library
from beeldrecht.adapters.plain_items import Tables
from beeldrecht.adapters.retained import Retained
from beeldrecht.adapters.traces import Places, Traces
from beeldrecht.adapters.versions import Versions
from beeldrecht.adapters.wiping import Wiper
from beeldrecht.domain.assets import Asset, AssetStatus, Release
from beeldrecht.domain.channels import Channel, Verdict
from beeldrecht.domain.decisions import Facts, decide
from beeldrecht.domain.intake import AssetRecord
from beeldrecht.domain.retention import RetentionKind
from beeldrecht.domain.versions import (
    VersionRefusal,
    VersionRefusedError,
)
from beeldrecht.runtime import clients
from tests.adapters.aws import Aws
from tests.adapters.contracts.library_samples import BOTH, DESCRIPTION, original, said
from tests.fakes.governance import noted
from tests.fakes.runtime import REGION
from tests.fakes.samples import EDITOR, NOON, OTHER, PICTURE, UPLOADER
from tests.fakes.world import World

pytestmark = pytest.mark.parametrize("aws_endpoint", ["moto"], indirect=True)
NEWER, THIRD = OTHER, "3" * 32
WEEK = timedelta(days=7)
HERE, THERE = "c" * 32, "d" * 32
RELEASE = Release(EDITOR, NOON, {Channel.WEBSITE: Verdict.CLEAR}, frozenset())


@dataclass
class Shelf:
    """A library with its chains: the real ones, or the fakes."""

    library: Library
    versions: Versions
    items: Callable[[str], int]
    """How many items of a kind there are."""

    def record(self, asset_id: str = PICTURE) -> AssetRecord:
        found = self.library.record(asset_id)
        assert found is not None
        return found

    def asset(self, asset_id: str = PICTURE) -> Asset:
        found = self.library.picture(asset_id)
        assert found is not None
        return found[1]

    def arrives(self, asset_id: str = PICTURE, replaces: str | None = None) -> None:
        announcement = said(asset_id, replaces=replaces)
        self.library.announce(announcement, NOON + WEEK, None, frozenset({HERE}))
        picture = original(asset_id[0] * 64)
        self.library.receive(
            self.record(asset_id), picture, DESCRIPTION, BOTH, (), NOON + WEEK
        )
        self.library.examine(self.record(asset_id), (), True, "detector", NOON)

    def released(self, asset_id: str = PICTURE) -> None:
        asset = replace(self.asset(asset_id), release=RELEASE)
        decision = decide(Facts(asset), NOON)
        assert decision.leaves
        self.library.decide(self.record(asset_id), decision, RELEASE)

    def restore(self, record: AssetRecord) -> None:
        entry = noted(record.asset_id, NOON, "clearance:version:restore", record.revision)
        self.versions.restore(record, EDITOR, NOON + 2 * WEEK, entry)

    def current(self, asset_id: str = PICTURE) -> str | None:
        chain = self.versions.chain(self.record(asset_id))
        assert chain is not None
        return chain.current


@pytest.fixture(params=["real", "fake"])
def shelf(request: pytest.FixtureRequest, aws: Aws) -> Shelf:
    if request.param == "fake":
        world = World()

        def kept(kind: str) -> int:
            return len(world.library.chains) if kind == "versions" else 0

        return Shelf(world.library, world.versions, kept)  # type: ignore[arg-type]
    table, audit = aws.table("library"), AuditTrail(aws.table("audit"), REGION)

    def items(kind: str) -> int:
        return sum(item["kind"]["S"] == kind for item in aws.items(table))

    clock = lambda: NOON + WEEK  # noqa: E731
    library = Library(table, REGION, audit, clock)
    return Shelf(library, Versions(table, REGION, audit, clock), items)


def test_a_newer_file_takes_the_place_and_ends_the_release_in_one_act(
    shelf: Shelf,
) -> None:
    shelf.arrives()
    shelf.released()
    assert shelf.record().status is AssetStatus.RELEASED
    assert shelf.items("versions") == 0
    shelf.arrives(NEWER, replaces=PICTURE)
    old, new = shelf.record(), shelf.record(NEWER)
    assert (old.status, old.release) == (AssetStatus.EMBARGOED, None)
    assert (old.replaced_at, new.replaced_at) == (NOON + WEEK, None)
    assert old.chain_id == new.chain_id is not None
    assert old.ends_at is not None
    assert old.ends_at < NOON + WEEK + timedelta(days=92)
    assert (shelf.asset().replaced, shelf.asset(NEWER).replaced) == (True, False)
    assert shelf.asset(NEWER).versions == {PICTURE, NEWER}
    chain = shelf.versions.chain(new)
    assert chain is not None
    assert [(v.asset_id, v.by) for v in chain.versions] == [
        (PICTURE, UPLOADER),
        (NEWER, UPLOADER),
    ]
    assert list(shelf.library.due([AssetStatus.EMBARGOED], NOON + WEEK)) == [PICTURE]
    assert shelf.library.cached_decision(PICTURE) is None


def test_a_file_that_cannot_take_a_place_changes_nothing(shelf: Shelf) -> None:
    shelf.arrives()
    shelf.released()
    before = shelf.record()
    shelf.library.announce(said(NEWER, replaces="8" * 32), NOON + WEEK)
    with pytest.raises(VersionRefusedError) as refused:
        shelf.library.receive(
            shelf.record(NEWER), original(), DESCRIPTION, BOTH, (), NOON
        )
    assert refused.value.reason is VersionRefusal.REPLACED_GONE
    assert shelf.record(NEWER).status is AssetStatus.EXPECTED
    assert shelf.record() == before


def test_an_older_file_gets_its_place_back_where_the_other_one_stands_now(
    shelf: Shelf,
) -> None:
    shelf.arrives()
    shelf.released()
    shelf.arrives(NEWER, replaces=PICTURE)
    shelf.released(NEWER)
    shelf.library.collect(shelf.record(NEWER), frozenset({THERE}))
    shelf.restore(shelf.record())
    assert (shelf.asset().replaced, shelf.asset(NEWER).replaced) == (False, True)
    old, new = shelf.record(), shelf.record(NEWER)
    assert (old.release, new.release) == (None, None)
    assert old.collection_ids == new.collection_ids == frozenset({THERE})
    assert old.ends_at is not None
    assert new.ends_at is not None
    assert old.ends_at > new.ends_at
    assert shelf.current() == PICTURE
    with pytest.raises(VersionRefusedError) as refused:
        shelf.restore(shelf.record())
    assert refused.value.reason is VersionRefusal.CURRENT


def test_whoever_read_it_before_it_changed_does_not_restore(shelf: Shelf) -> None:
    shelf.arrives()
    shelf.arrives(NEWER, replaces=PICTURE)
    old = shelf.record()
    shelf.library.count_attempt(old, NOON)
    with pytest.raises(StaleRevisionError):
        shelf.restore(old)
    assert shelf.current() == NEWER
    assert shelf.asset().replaced


def test_a_file_that_is_erased_leaves_the_chain_and_nobody_takes_its_place(
    shelf: Shelf,
) -> None:
    shelf.arrives()
    shelf.versions.leave(PICTURE)
    for asset_id in (NEWER, THIRD):
        shelf.arrives(asset_id, replaces=PICTURE)
    shelf.versions.leave(PICTURE)
    shelf.versions.leave(PICTURE)
    chain = shelf.versions.chain(shelf.record(THIRD))
    assert chain is not None
    assert (chain.asset_ids, chain.current) == (frozenset({NEWER, THIRD}), THIRD)
    shelf.versions.leave(THIRD)
    chain = shelf.versions.chain(shelf.record(NEWER))
    assert chain is not None
    assert (chain.asset_ids, chain.current) == (frozenset({NEWER}), None)
    assert shelf.asset(NEWER).replaced
    shelf.restore(shelf.record(NEWER))
    assert not shelf.asset(NEWER).replaced


def test_an_older_file_is_kept_by_a_term_of_its_own(aws: Aws) -> None:
    table = aws.table("library")
    library = Library(table, REGION, None, lambda: NOON + WEEK)
    shelf = Shelf(library, Versions(table, REGION), lambda _: 0)
    shelf.arrives()
    shelf.arrives(NEWER, replaces=PICTURE)
    tables = Tables(table, aws.table("consent"), aws.table("biometrics"))
    retained = Retained(clients.dynamodb(REGION), tables)
    old = retained.of_picture(PICTURE)[0].kept
    assert (old.kind, old.from_) == (RetentionKind.VERSIONS, NOON + WEEK)
    assert old.never_longer
    new = retained.of_picture(NEWER)[0].kept
    assert new.kind is RetentionKind.ASSETS


def test_r11_the_last_file_takes_the_chain_along_and_one_of_several_does_not(
    aws: Aws,
) -> None:
    table = aws.table("library")
    shelf = Shelf(Library(table, REGION), Versions(table, REGION), lambda _: 0)
    shelf.arrives()
    shelf.arrives(NEWER, replaces=PICTURE)
    buckets = [aws.bucket(versioned=True) for _ in range(3)]
    places = Places(table, aws.table("consent"), "", "", *buckets)
    dynamodb, s3 = clients.dynamodb(REGION), clients.s3(REGION)
    traces, wiper = Traces(dynamodb, s3, places), Wiper(dynamodb, s3, places)
    for asset_id in (PICTURE, NEWER):
        found = [each.what for each in traces.of_picture(asset_id)]
        assert ("versions" in found) == (asset_id == NEWER)
        shelf.versions.leave(asset_id)
        wiper.remove(traces.of_picture(asset_id))
    kinds = {item["kind"]["S"] for item in aws.items(table)}
    assert kinds <= {"retention"}
