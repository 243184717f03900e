"""Packages: what stands in memory and in the tables keeps one promise."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest

from beeldrecht.adapters.audit import AuditTrail
from beeldrecht.adapters.errors import MissingObjectError
from beeldrecht.adapters.export_files import ORDERED, ExportFiles
from beeldrecht.adapters.packages import LEASE, Packages
from beeldrecht.adapters.placed_renditions import PlacedRenditions
from beeldrecht.adapters.traces import Places, Traces
from beeldrecht.adapters.wiping import Wiper
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.channel_renditions import CropWay, FileFormat, Make, ReadySize
from beeldrecht.domain.channels import Channel, Place
from beeldrecht.domain.ids import derived_id, new_id
from beeldrecht.domain.intake import RenditionName
from beeldrecht.domain.packages import KEPT, NotPacked, Package, Packed
from beeldrecht.runtime import clients
from tests.adapters.aws import Aws
from tests.fakes.audit import FakeAuditTrail
from tests.fakes.packages import FakePackages
from tests.fakes.runtime import REGION
from tests.fakes.samples import EDITOR, NOON, OTHER, PICTURE

MINUTE = timedelta(minutes=1)
MAKES = (
    None,
    Make(ReadySize.SOCIAL_STORY, FileFormat.WEBP, CropWay.CLEARED, watermark=True),
)


def package(**changed: Any) -> Package:
    made = Package(
        package_id=new_id(),
        made_by=EDITOR,
        made_at=NOON,
        asset_ids=(OTHER, PICTURE),
        channel=Channel.PRINT,
        place=Place.NETHERLANDS,
        language="en",
    )
    return replace(made, **changed)


def entry(made: Package, what: str = "create") -> NewEntry:
    tag = f"test:package:{what}"
    return NewEntry(made.package_id, f"{tag}:{made.package_id}", tag, NOON, EDITOR)


@dataclass
class Room:
    """Where they are kept, and what is said of them."""

    packages: Any
    trail: Any

    def new(self, **changed: Any) -> Package:
        made = package(**changed)
        assert self.packages.create(made, entry(made))
        return made

    def tags(self, made: Package) -> list[str]:
        return [each.tag for each in self.trail.entries(made.package_id)]


class PackagesContract:
    """What both repositories promise."""

    @pytest.mark.parametrize("make", MAKES)
    def test_it_is_kept_as_it_was_ordered_and_ordered_once(
        self, room: Room, make: Make | None
    ) -> None:
        made = room.new(make=make)
        assert room.packages.get(made.package_id, NOON) == made
        other = replace(made, asset_ids=(PICTURE,))
        assert not room.packages.create(other, entry(other))
        assert room.packages.get(made.package_id, NOON) == made
        assert room.packages.get(made.package_id, NOON + KEPT) is None
        assert room.packages.get(new_id(), NOON) is None
        assert room.tags(made) == ["test:package:create"]

    def test_one_makes_it_until_that_one_is_late(self, room: Room) -> None:
        made = room.new()
        begin = room.packages.begin
        assert begin(made.package_id, "one", NOON) == made
        assert begin(made.package_id, "one", NOON + MINUTE) == made
        assert begin(made.package_id, "two", NOON + MINUTE) is None
        assert begin(made.package_id, "two", NOON + LEASE + 2 * MINUTE) == made
        assert begin(new_id(), "one", NOON) is None

    def test_it_is_ready_once_and_nobody_takes_it_up_after(self, room: Room) -> None:
        made = room.new()
        room.packages.begin(made.package_id, "one", NOON)
        room.packages.progress(made.package_id, 1)
        assert room.packages.get(made.package_id, NOON).done == 1
        left = {OTHER: NotPacked.NOT_CLEARED}
        at = NOON + MINUTE
        assert room.packages.ready(made, left, 12_345, at, entry(made, "make"))
        there = room.packages.get(made.package_id, at)
        assert there == replace(made, done=2, left_out=left, ready_at=at, size=12_345)
        assert there.packed == (PICTURE,)
        assert not room.packages.ready(made, {}, 1, at, entry(made, "again"))
        assert room.packages.begin(made.package_id, "one", at) is None
        assert room.tags(made) == ["test:package:create", "test:package:make"]

    def test_what_was_dropped_does_not_become_ready(self, room: Room) -> None:
        made = room.new()
        assert room.packages.drop(made.package_id, NOON, entry(made, "drop"))
        assert not room.packages.drop(made.package_id, NOON, entry(made, "more"))
        assert not room.packages.ready(made, {}, 1, NOON, entry(made, "make"))
        assert room.packages.get(made.package_id, NOON).dropped_at == NOON
        assert room.tags(made) == ["test:package:create", "test:package:drop"]

    def test_how_a_picture_was_put_in_is_kept_the_last_time(self, room: Room) -> None:
        made = room.new()
        assert room.packages.packed(made.package_id, PICTURE) is None
        first = Packed(PICTURE, "v1", frozenset({derived_id("face")}), "a" * 64)
        for each in (first, replace(first, covered=frozenset(), version_id="v2")):
            room.packages.put_packed(made, each)
            assert room.packages.packed(made.package_id, PICTURE) == each
        assert room.packages.packed(new_id(), PICTURE) is None
        assert room.packages.packed(made.package_id, OTHER) is None


class TestFakePackages(PackagesContract):
    @pytest.fixture
    def room(self) -> Room:
        trail = FakeAuditTrail()
        return Room(FakePackages(trail), trail)


class TestPackages(PackagesContract):
    @pytest.fixture
    def room(self, aws: Aws) -> Room:
        trail = AuditTrail(aws.table("audit"), REGION, wait=lambda _: None)
        return Room(Packages(aws.table("library"), REGION, trail), trail)


# -- what an erasure finds --------------------------------------------------------------


@dataclass
class Stores:
    """The table and the buckets, and who looks through them."""

    packages: Packages
    files: ExportFiles
    traces: Traces
    wiper: Wiper
    exports: str
    aws: Aws

    def pack(self, *asset_ids: str) -> Package:
        made = package(asset_ids=asset_ids)
        self.packages.create(made, entry(made))
        for each in asset_ids:
            self.packages.put_packed(made, Packed(each, "v1", frozenset(), "said"))
        with self.files.writing(made.package_id) as stream:
            stream.write(b"a picture of somebody")
        return made

    def keys(self) -> list[str]:
        found = self.aws.s3.list_objects_v2(Bucket=self.exports).get("Contents", [])
        return [each["Key"] for each in found]

    def uploads(self) -> list[str]:
        found = self.aws.s3.list_multipart_uploads(Bucket=self.exports)
        return [each["Key"] for each in found.get("Uploads", [])]


@pytest.fixture
def stores(aws: Aws) -> Stores:
    table, exports = aws.table("library"), aws.bucket(versioned=False)
    trail = AuditTrail(aws.table("audit"), REGION, wait=lambda _: None)
    places = Places(
        table,
        aws.table("consent"),
        originals=aws.bucket(versioned=True),
        renditions=aws.bucket(versioned=False),
        exports=exports,
    )
    dynamodb = clients.dynamodb(REGION)
    return Stores(
        Packages(table, REGION, trail),
        ExportFiles(aws.s3, exports, folder=ORDERED),
        Traces(dynamodb, aws.s3, places),
        Wiper(dynamodb, aws.s3, places),
        exports,
        aws,
    )


def test_r11_a_package_goes_with_any_picture_in_it_and_no_other_does(
    stores: Stores,
) -> None:
    both, other = stores.pack(PICTURE, OTHER), stores.pack(OTHER)
    begun = package()
    stores.packages.create(begun, entry(begun))
    stores.packages.put_packed(begun, Packed(PICTURE, "v1", frozenset(), "said"))
    key = f"packages/{begun.package_id}.zip"
    stores.aws.s3.create_multipart_upload(Bucket=stores.exports, Key=key)
    assert len(stores.keys()) == 2
    found = list(stores.traces.files(PICTURE))
    assert {(each.key, each.upload) for each in found} == {
        (f"packages/{both.package_id}.zip", False),
        (key, True),
    }
    stores.wiper.remove(found)
    assert stores.keys() == [f"packages/{other.package_id}.zip"]
    assert stores.uploads() == []
    assert list(stores.traces.files(PICTURE)) == []
    # Deleted with the picture, that it was in there goes too.
    stores.wiper.remove(stores.traces.of_picture(PICTURE))
    assert stores.packages.packed(both.package_id, PICTURE) is None


def test_a_rendition_is_read_from_where_it_lies(aws: Aws) -> None:
    bucket = aws.bucket(versioned=False)
    placed = PlacedRenditions(aws.s3, bucket)
    place = placed.link(PICTURE, RenditionName.PREVIEW, 60)
    with pytest.raises(MissingObjectError):
        placed.read(place)
    aws.s3.put_object(Bucket=bucket, Key=place, Body=b"jpeg")
    assert placed.read(place) == b"jpeg"
    assert placed.masked_link(PICTURE, "m", 60) == f"{PICTURE}/masked/m.jpg"
