"""pack_assets: what may leave is put in and recorded, what may not is listed with why."""

import csv
import io
import json
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any, cast
from zipfile import ZipFile

import pytest

from beeldrecht.adapters.errors import BusyError, MissingObjectError
from beeldrecht.adapters.packages import LEASE
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.channel_renditions import CropWay, FileFormat, Make, ReadySize
from beeldrecht.domain.channels import Channel, Place
from beeldrecht.domain.consent import Withdrawal
from beeldrecht.domain.disclosures import Disclosure, DisclosureKind
from beeldrecht.domain.ids import derived_id, new_id
from beeldrecht.domain.packages import (
    NotPacked,
    Package,
    PackageState,
    state_at,
    still_so,
)
from egress.download_asset import step as download_step
from egress.download_asset.packing import packed_of, use_of
from egress.download_asset.step import Versions
from egress.pack_assets import step
from egress.pack_assets.step import Bench, Event, Outcome, pack_assets
from tests.fakes.export_files import FakeExportFiles
from tests.fakes.packages import FakePackages
from tests.fakes.samples import ANN, EDITOR, NOON, OTHER, PICTURE, grant
from tests.fakes.scenes import brochure, letter, ready, released
from tests.fakes.world import World

PACKAGE = derived_id("test", "package")
WEB = Make(ReadySize.MEDIUM, FileFormat.WEBP, CropWay.WHOLE)


class Placed:
    """Gives bytes that say where they lay; what is missing is missing."""

    def __init__(self) -> None:
        self.missing: set[str] = set()
        self.read_at: list[str] = []
        self.order: list[str] = []

    def read(self, place: str) -> bytes:
        if any(each in place for each in self.missing):
            raise MissingObjectError(place)
        self.read_at.append(place)
        return place.encode()


@dataclass
class Packing:
    """A package of some pictures in a world, and what makes it."""

    world: World
    made: Package
    packages: FakePackages = field(init=False)
    placed: Placed = field(default_factory=Placed)
    files: FakeExportFiles = field(default_factory=FakeExportFiles)

    def __post_init__(self) -> None:
        self.packages = FakePackages(self.world.audit)
        entry = NewEntry(PACKAGE, "test:package:add", "test:package:add", NOON, EDITOR)
        assert self.packages.create(self.made, entry)

    def bench(self) -> Bench:
        world = self.world
        return Bench(
            self.packages,
            world.library,
            world.register,
            world.bases,
            Versions(world.masks, world.renditions, world.renders),
            world.disclosures,
            self.placed,
            self.files,
            world.now,
            new_id,
        )

    def run(self, maker: str = "one") -> step.Result:
        return pack_assets(Event(package_id=PACKAGE), maker, self.bench())

    def names(self) -> list[str]:
        with ZipFile(io.BytesIO(self.files.packages[PACKAGE])) as whole:
            assert whole.testzip() is None
            return whole.namelist()

    def listed(self) -> list[list[str]]:
        with ZipFile(io.BytesIO(self.files.packages[PACKAGE])) as whole:
            text = whole.read("left-out.csv").decode()
        return list(csv.reader(io.StringIO(text)))[1:]

    def disclosed(self) -> list[Disclosure]:
        return list(self.world.disclosures.disclosures.values())

    def now(self) -> Package:
        return self.packages.packages[PACKAGE]


def packing(world: World | None = None, *asset_ids: str, **changes: Any) -> Packing:
    made = Package(
        package_id=PACKAGE,
        made_by=EDITOR,
        made_at=NOON,
        asset_ids=asset_ids or (PICTURE,),
        channel=Channel.WEBSITE,
        place=Place.WORLD,
        language="en",
    )
    return Packing(world or released(), replace(made, **changes))


def test_the_sample_event_names_a_package() -> None:
    said = json.loads(Path(step.__file__).with_name("event.json").read_text())
    assert Event.model_validate(said).package_id == said["package_id"]


@pytest.mark.parametrize("make", [None, WEB])
def test_what_may_leave_is_in_it_recorded_as_a_download_of_who_ordered_it(
    make: Make | None,
) -> None:
    made = packing(make=make)
    result = made.run()
    assert (result.outcome, result.pictures, result.left_out) == (Outcome.PACKED, 1, 0)
    [copy] = made.disclosed()
    assert (copy.kind, copy.recipient_id) == (DisclosureKind.DOWNLOAD, EDITOR)
    assert (copy.channel, copy.asset_id) == (Channel.WEBSITE, PICTURE)
    [name] = made.names()
    wanted = "001-zomerfeest-012-medium_size.webp" if make else "001-zomerfeest-012"
    assert name.startswith(wanted)
    now = made.now()
    assert (state_at(now, NOON), now.done) == (PackageState.READY, 1)
    assert now.size == len(made.files.packages[PACKAGE])
    [entry] = [e for e in made.world.audit.entries(PACKAGE) if e.tag == step.TAG]
    assert dict(entry.data) == {
        "channel": "website",
        "pictures": 1,
        "left_out": 0,
        "size": now.size,
    }


def test_what_may_not_leave_is_listed_with_why_and_nothing_of_it_is_recorded() -> None:
    world = ready()  # not released
    made = packing(world, PICTURE, OTHER)
    result = made.run()
    assert (result.pictures, result.left_out) == (0, 2)
    assert made.names() == ["left-out.csv"]
    assert made.listed() == [
        [
            PICTURE,
            "not_packed_not_cleared",
            "Somebody in it is not cleared for this use.",
        ],
        [OTHER, "not_packed_gone", "It is not there, or not in this size."],
    ]
    assert made.now().left_out == {PICTURE: NotPacked.NOT_CLEARED, OTHER: NotPacked.GONE}
    assert made.disclosed() == []
    assert made.placed.read_at == []
    assert made.packages.inside == {}


def withdraw(world: World) -> None:
    world.register.withdraw(
        Withdrawal(derived_id("w"), grant(ANN).grant_id, ANN, world.at)
    )


def test_it_is_decided_when_it_is_put_in_and_not_when_it_was_ordered() -> None:
    made = packing()
    withdraw(made.world)
    assert made.run().left_out == 1
    assert made.disclosed() == []


def test_a_picture_is_on_record_as_given_and_as_in_it_before_its_bytes_are_read() -> None:
    made = packing()
    made.placed.missing = {PICTURE}  # somebody erased the file just now
    assert made.run().left_out == 1
    assert made.now().left_out == {PICTURE: NotPacked.GONE}
    # What an erasure looks for is there: it would have found the file.
    assert made.packages.packed(PACKAGE, PICTURE) is not None
    assert len(made.disclosed()) == 1


def test_tried_again_it_is_the_same_file_and_the_same_copies() -> None:
    made = packing()
    first = made.run("one")
    bytes_of_it = made.files.packages[PACKAGE]
    # As if it had ended before it was said to be there.
    made.packages.packages[PACKAGE] = replace(made.now(), ready_at=None, size=None)
    assert made.run("one") == first
    assert made.files.packages[PACKAGE] == bytes_of_it
    assert len(made.disclosed()) == 1
    assert made.run("one").outcome is Outcome.NOTHING_TO_DO


def test_one_makes_it_and_who_comes_later_only_once_that_one_is_late() -> None:
    made = packing()
    assert made.packages.begin(PACKAGE, "one", made.world.at) is not None
    assert made.run("two").outcome is Outcome.NOTHING_TO_DO
    assert made.files.packages == {}
    made.world.at += LEASE + timedelta(seconds=1)
    assert made.run("two").outcome is Outcome.PACKED


def test_who_waits_for_another_function_tries_the_whole_again() -> None:
    made = packing(make=WEB)
    made.world.renders.render = cast("Any", busy)
    with pytest.raises(BusyError):
        made.run()
    assert made.now().ready_at is None
    assert made.files.packages == {}


def busy(*_given: object) -> bytes:
    raise BusyError("render_asset")


def test_it_takes_so_much_and_says_what_did_not_fit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(step, "MOST_BYTES", 1)
    made = packing(None, PICTURE, OTHER)
    result = made.run()
    assert (result.pictures, result.left_out) == (1, 1)
    assert made.now().left_out == {OTHER: NotPacked.NO_ROOM}


def test_what_nobody_wants_any_more_leaves_no_file() -> None:
    made = packing()
    read = made.placed.read

    def dropped_meanwhile(place: str) -> bytes:
        entry = NewEntry(PACKAGE, "test:package:drop", "test:package:drop", NOON, EDITOR)
        made.packages.drop(PACKAGE, NOON, entry)
        return read(place)

    made.placed.read = dropped_meanwhile  # type: ignore[method-assign]
    assert made.run().outcome is Outcome.NOTHING_TO_DO
    assert made.files.packages == {}
    assert state_at(made.now(), NOON) is PackageState.CHANGED


def still(made: Packing) -> bool:
    """Whether what is in it may still be fetched, as the routes ask it."""
    package, world = made.made, made.world
    there = made.packages.packed(PACKAGE, PICTURE)
    assert there is not None
    try:
        leaving = download_step.decided(
            use_of(package, PICTURE),
            world.library,
            world.register,
            world.bases,
            world.now(),
        )
    except download_step.NotClearedError:
        return False
    return still_so(there, packed_of(package, leaving))


@pytest.mark.parametrize("make", [None, WEB])
def test_a_file_that_is_no_picture_is_in_it_as_it_came(make: Make | None) -> None:
    world = letter()
    world.sign(grant(ANN))
    world.declare(ANN)
    world.check()
    world.release()
    made = packing(world, make=make)
    assert made.run().pictures == 1
    assert made.names() == ["001-zomerfeest-012.jpg"]
    assert [each.rendition for each in made.disclosed()] == ["file"]
    assert still(made)
    withdraw(world)
    assert not still(made)


def test_of_a_document_its_file_is_in_it_or_its_page_as_it_was_declared() -> None:
    for make, rest_stays, wanted in (
        (None, False, "file"),
        (None, True, "working"),
        (WEB, False, WEB.name),
    ):
        world = brochure()
        world.declare(rest_stays=rest_stays)
        world.check()
        world.release()
        made = packing(world, make=make)
        assert made.run().pictures == 1
        assert [each.rendition for each in made.disclosed()] == [wanted]
        assert still(made)
        # The rest is to stay from now on: a file that is packed goes, a page does not.
        world.declare(rest_stays=True)
        world.check()
        world.release()
        assert still(made) is (wanted != "file")


def test_what_nobody_declared_is_not_in_it() -> None:
    made = packing(letter())
    assert made.run().left_out == 1
    assert made.now().left_out == {PICTURE: NotPacked.NOT_CLEARED}
