"""Bringing in an archive: killed anywhere and begun again, nothing twice or missing."""

import csv
import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from beeldrecht.domain.access import Role
from beeldrecht.domain.assets import AssetStatus
from beeldrecht.domain.sessions import Origin
from cli import imports
from cli.commands import DONE, NOT_DONE
from cli.desk import Desk
from cli.files import Candidate
from cli.lists import ListRefusedError
from cli.sending import Store, StoreBusyError, UploadRefusedError
from cli.sidecars import table_of
from tests.fakes.samples import picture_of
from tests.fakes.world import World
from tests.unit.cli.desks import Office

XMP = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
 xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" photoshop:City="Vis">
 <dc:subject><rdf:Bag><rdf:li>haven</rdf:li></rdf:Bag></dc:subject>
</rdf:Description></rdf:RDF></x:xmpmeta>"""


class Killed(BaseException):
    """The process is gone."""


class Bucket:
    """Where the forms lead to; it can be busy, refuse, or see its sender die."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.stops: dict[int, tuple[BaseException, bool]] = {}
        """At which sending something happens, and whether the bytes arrived by then."""
        self.count = 0
        self.store = Store(self.post, self.put, lambda _: None)

    def post(self, form: Mapping[str, Any], file: Candidate, on_bytes: Any) -> None:
        self.count += 1
        error, arrived = self.stops.pop(self.count, (None, True))
        if arrived:
            asset_id = form["fields"]["key"].rpartition("/")[2]
            self.world.originals.put(asset_id, file.path.read_bytes())
            on_bytes(file.size)
        if error is not None:
            raise error

    def put(self, part: Mapping[str, Any], file: Candidate, on_bytes: Any) -> str:
        raise NotImplementedError


def office_with(bucket: Bucket) -> Office:
    office = Office(bucket.world).be(Role.CONTRIBUTOR)
    old = office.desk
    office.desk = Desk(
        old.out, old.language, old.session, old.send, old.find, old.now, bucket.store
    )
    return office


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BEELDRECHT_STATE", str(tmp_path / "state"))
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "archief"
    (place / "2009").mkdir(parents=True)
    for n in range(5):
        (place / f"2009/{n}.jpg").write_bytes(picture_of() + bytes([n]))
    return place


def report(tmp_path: Path) -> dict[str, dict[str, str]]:
    (path,) = tmp_path.glob("import-*.csv")
    with path.open(newline="") as file:
        return {row["path"]: row for row in csv.DictReader(file)}


def test_an_archive_comes_in_with_what_stands_beside_it(
    folder: Path, tmp_path: Path
) -> None:
    (folder / "2009/0.xmp").write_text(XMP)
    (folder / "=note.txt").write_text("no picture")
    (folder / "2009/1.jpg.xmp").write_text("<!DOCTYPE x><x/>")
    table = folder / "words.csv"
    table.write_text(
        "path;title;keywords;caption\n"
        '2009/0.jpg;Markt;plein|kraam;"two\nlines"\n'
        "2009/9.jpg;Nowhere;;\n"
    )
    bucket = Bucket(World())
    office = office_with(bucket)
    arguments = ("import", str(folder), "--csv", str(table), "--origin", "own_picture")
    assert office.run(*arguments) == NOT_DONE
    rows = report(tmp_path)
    assert {path: row["state"] for path, row in rows.items()} == {
        **{f"2009/{n}.jpg": "sent" for n in (0, 2, 3, 4)},
        "2009/1.jpg": "refused",
        "2009/9.jpg": "refused",
        "'=note.txt": "refused",
    }
    assert all(row["what_to_do"] for row in rows.values() if row["state"] == "refused")
    asset_id = rows["2009/0.jpg"]["asset_id"]
    said = bucket.world.record(asset_id).description
    assert (said.title, said.city) == ("Markt", "Vis")
    assert said.caption == "two\nlines"
    assert said.keywords == ("plein", "kraam", "haven")
    assert bucket.world.record(asset_id).announcement.origin is Origin.ARCHIVE
    assert "4 sent, 0 there already, 3 refused, 0 to be tried again" in office.said


def test_the_second_run_sends_nothing(folder: Path) -> None:
    bucket = Bucket(World())
    office = office_with(bucket)
    assert office.run("import", str(folder)) == DONE
    assert office.run("import", str(folder)) == DONE
    assert bucket.count == 5
    assert "0 sent, 5 there already" in office.said


def test_what_the_store_did_not_take_is_tried_again_by_the_same_command(
    folder: Path, tmp_path: Path
) -> None:
    bucket = Bucket(World())
    bucket.stops = {n: (StoreBusyError(), False) for n in range(1, 30)}
    office = office_with(bucket)
    assert office.run("import", str(folder), "--at-once", "1") == NOT_DONE
    assert {row["state"] for row in report(tmp_path).values()} == {"retry"}
    bucket.stops = {bucket.count + 1: (UploadRefusedError("Expired"), False)}
    assert office.run("import", str(folder)) == DONE


def test_what_the_intake_rejected_is_told_with_what_to_do(
    folder: Path, tmp_path: Path
) -> None:
    (folder / "2009/0.jpg").write_bytes(b"\xff\xd8\xff no picture at all")
    bucket = Bucket(World())
    office = office_with(bucket)
    assert office.run("import", str(folder)) == DONE  # nobody read it yet
    for asset_id in [*bucket.world.library.rows]:
        bucket.world.receive(asset_id)
    assert office.run("import", str(folder)) == NOT_DONE
    row = report(tmp_path)["2009/0.jpg"]
    assert row["state"] == "refused"
    assert row["reason"]
    assert row["what_to_do"]


def test_a_table_that_is_not_understood_is_refused_whole(tmp_path: Path) -> None:
    table = tmp_path / "words.csv"
    for text in (
        "title\nx\n",
        "path,colour\na.jpg,red\n",
        "path,title\na.jpg,x\na.jpg,y\n",
        "path,title\na.jpg,x,z\n",
        "path,title\n,x\n",
    ):
        table.write_text(text)
        with pytest.raises(ListRefusedError):
            table_of(table)
    with pytest.raises(ListRefusedError):
        table_of(tmp_path / "missing.csv")


def test_nothing_but_an_older_report_is_written_over(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = tmp_path / "mine.csv"
    mine.write_text("my own list")
    office = office_with(Bucket(World()))
    assert office.run("import", str(folder), "--report", str(mine)) == NOT_DONE
    assert mine.read_text() == "my own list"
    assert capsys.readouterr().err
    mine.unlink()
    for _ in range(2):
        assert office.run("import", str(folder), "--report", str(mine)) == DONE


@settings(
    max_examples=4,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    deaths=st.lists(st.tuples(st.integers(1, 6), st.booleans()), min_size=1, max_size=3),
    forgets=st.booleans(),
)
def test_a_run_that_is_killed_anywhere_is_gone_on_with(
    folder: Path, tmp_path: Path, deaths: list[tuple[int, bool]], forgets: bool
) -> None:
    bucket = Bucket(World())
    for place, arrived in deaths:
        bucket.count = 0
        bucket.stops = {place: (Killed(), arrived)}
        try:
            office_with(bucket).run("import", str(folder), "--at-once", "1")
        except Killed:
            if forgets:
                for kept in (tmp_path / "state").rglob("*.db*"):
                    kept.unlink()
        for asset_id in [*bucket.world.library.rows]:
            if bucket.world.originals.exists(asset_id):
                bucket.world.receive(asset_id)
    bucket.stops = {}
    assert office_with(bucket).run("import", str(folder)) == DONE
    world = bucket.world
    for asset_id in [*world.library.rows]:
        world.receive(asset_id)
    statuses = [row.record.status for row in world.library.rows.values()]
    assert statuses == [AssetStatus.RECEIVED] * 5
    received = [
        each.subject
        for chain in world.audit.chains.values()
        for each in chain
        if each.tag == "intake:asset:receive"
    ]
    assert len(received) == len(set(received)) == 5


def test_it_is_told_how_many_stand_where_now_and_later(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imports, "STILL", 4 * imports.EVERY)
    (folder / "2009/0.jpg").write_bytes(b"\xff\xd8\xff no picture at all")
    world = World()
    bucket = Bucket(world)
    office = office_with(bucket)
    assert office.run("imports") == DONE
    assert "no archive yet" in office.said
    waits = 0

    def pause(_: float) -> None:
        nonlocal waits
        waits += 1
        for asset_id in [*world.library.rows][:4] if waits > 1 else ():
            world.receive(asset_id)
            if world.record(asset_id).status is AssetStatus.RECEIVED:
                world.detect(asset_id)
                world.check(asset_id)

    office.desk.store = Store(bucket.post, bucket.put, pause)
    assert office.run("import", str(folder), "--wait") == NOT_DONE
    assert "5 announced: 5 on their way" not in office.said
    assert "5 announced: 1 on their way (0 of them lapsed)" in office.said
    assert "1 rejected" in office.said
    assert "1 have not been taken in" in office.said
    assert waits > imports.STILL / imports.EVERY
    (import_id,) = office.staff.services.imports.begun
    assert office.run("imports", "show", import_id[:6]) == DONE
    for name in ("all.csv", "all.json"):
        assert office.run("imports", "report", import_id, "--to", name) == DONE
        assert office.run("imports", "report", import_id, "--to", name) == NOT_DONE
    with (tmp_path / "all.csv").open(newline="") as file:
        told = [*csv.DictReader(file)]
    assert told == json.loads((tmp_path / "all.json").read_text())["pictures"]
    states = Counter(each["state"] for each in told)
    assert (states["rejected"], states["expected"], len(told)) == (1, 1, 5)
    assert all(each["what_to_do"] for each in told if each["state"] == "rejected")
    assert office.run("imports", "stop", import_id) == DONE
    assert "stopped" in office.said
