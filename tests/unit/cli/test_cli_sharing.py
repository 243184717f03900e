"""The commands `shares`, `publications` and `package`."""

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from beeldrecht.domain.access import Role
from beeldrecht.domain.collections import Collection
from beeldrecht.domain.ids import derived_id
from cli import fetching
from cli.commands import DONE, NOT_DONE
from tests.fakes.samples import NOON, PICTURE
from tests.fakes.scenes import released
from tests.unit.api.test_packages_routes import pack
from tests.unit.cli.desks import Office


@pytest.fixture
def office() -> Office:
    return Office(released(), roles=frozenset({Role.EDITOR}))


def test_pictures_are_shared_listed_and_taken_back(office: Office) -> None:
    sent = ("--email", "jo@krant.example", "--name", "Jo Vis", "--speaks", "de")
    assert office.run("shares", "new", PICTURE, "--channel", "website", *sent) == DONE
    assert "https://beeld.example.org/share#" in office.said
    assert "sent a link of their own" in office.said
    assert office.run("shares") == DONE
    assert "1 pictures for website, to Jo Vis" in office.said
    (share_id,) = office.staff.services.shares.shares
    assert office.run("shares", "revoke", share_id[:8]) == DONE
    assert "shows nothing any more" in office.said
    assert office.run("shares", "new", PICTURE, "--channel", "press") == DONE
    assert "1 of them may not leave for this use now" in office.said


def test_what_ran_where_is_entered_and_ended(office: Office) -> None:
    assert office.run("publications") == DONE
    assert "Nothing is in the register." in office.said
    new = ("publications", "new", PICTURE, "Jaarboek", "--channel", "press")
    assert office.run(*new) == DONE
    assert "may not be used so now" in office.said
    embed = ("publications", "embed", PICTURE, "www", "--channel", "website")
    assert office.run(*embed) == DONE
    assert "https://beeld.example.org/embed/" in office.said
    last = list(office.staff.services.publications.publications)[-1]
    assert office.run("publications", "end", last) == DONE
    assert "It is over." in office.said


@pytest.fixture
def packing(office: Office, monkeypatch: pytest.MonkeyPatch) -> Office:
    """A package is made as soon as it is ordered, and fetched from where it lies."""
    services = office.staff.services
    start = services.packer.start

    def made_at_once(package_id: str) -> None:
        start(package_id)
        pack(office.staff)

    def written(url: str, path: Path) -> None:
        package_id = url.removeprefix("https://exports.invalid/").partition("?")[0]
        path.write_bytes(services.package_files.packages[package_id])

    monkeypatch.setattr(services.packer, "start", made_at_once)
    monkeypatch.setattr(fetching, "_write", written)
    return office


def test_a_package_holds_what_may_leave_and_what_may_not_is_said(
    packing: Office, tmp_path: Path
) -> None:
    to = tmp_path / "some.zip"
    order = ("package", PICTURE, "--channel", "website", "--to")
    assert packing.run(*order, str(to)) == DONE
    assert "1 pictures, 0 refused" in packing.said
    with zipfile.ZipFile(to) as packed:
        (name,) = packed.namelist()
    assert name.startswith("001-zomerfeest-012")
    # In a folder it gets the library's own name; nothing is written over.
    assert packing.run(*order, str(tmp_path), "--size", "medium_size") == DONE
    assert [p.name for p in tmp_path.glob("website-*.zip")]
    assert packing.run(*order, str(to)) != DONE
    none = tmp_path / "none.zip"
    given = ("package", PICTURE, "--channel", "press", "--to", str(none))
    assert packing.run(*given) == NOT_DONE
    assert "is not cleared for this use" in packing.said
    assert not none.exists()


def test_a_package_and_a_share_can_be_of_a_collection(
    packing: Office, tmp_path: Path
) -> None:
    services = packing.staff.services
    fair = Collection(derived_id("test", "fair"), "Fair", restricted=False)
    services.collections.add(fair, NOON)
    row = packing.world.library.rows[PICTURE]
    there = frozenset({fair.collection_id})
    row.record = replace(row.record, collection_ids=there)
    of_fair = ("--collection", fair.collection_id, "--channel", "website")
    to = tmp_path / "fair.zip"
    assert packing.run("package", *of_fair, "--to", str(to)) == DONE
    assert zipfile.ZipFile(to).namelist()
    assert packing.run("shares", "new", *of_fair) == DONE
    assert packing.run("shares") == DONE
    assert f"collection {fair.collection_id[:8]} for website" in packing.said
