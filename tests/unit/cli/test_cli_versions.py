"""The files of a picture, by hand: replaced, listed, made current again."""

from dataclasses import replace
from pathlib import Path

import pytest

from cli.commands import DONE, NOT_DONE
from cli.desk import USAGE
from tests.fakes.samples import PICTURE, announcement, picture_of
from tests.fakes.scenes import released
from tests.unit.cli.desks import Office

NEWER = "3" * 32


def replaced() -> Office:
    office = Office(released())
    said = replace(announcement(NEWER), replaces=PICTURE)
    office.world.library.announce(said, office.world.at.replace(year=2030))
    office.world.upload(picture_of(shade=33, orientation=6), NEWER)
    office.world.receive(NEWER)
    return office


def test_the_files_of_a_picture_are_listed_with_what_differs() -> None:
    office = replaced()
    assert office.run("versions", PICTURE) == DONE
    said = office.said
    assert PICTURE in said
    assert NEWER in said
    assert "current since" in said
    assert "another width or height" in said
    assert "of 64 bits" in said


def test_an_older_file_is_made_current_again_and_has_to_be_released_anew(
    capsys: pytest.CaptureFixture[str],
) -> None:
    office = replaced()
    assert office.run("versions", PICTURE, "--restore") == DONE
    assert "is current again; look at it and release it" in office.said
    chain = office.world.versions.chain(office.world.record())
    assert chain is not None
    assert chain.current == PICTURE
    assert office.world.record().release is None
    assert office.run("versions", PICTURE, "--restore") == DONE
    assert "is the current file already" in office.said
    untouched = Office(released())
    assert untouched.run("versions", PICTURE, "--restore") == NOT_DONE
    assert "cannot be made current again" in capsys.readouterr().err


def test_one_file_takes_the_place_of_one_picture(tmp_path: Path) -> None:
    office = Office(released())
    for name in ("a.jpg", "b.jpg"):
        (tmp_path / name).write_bytes(picture_of())
    both = [str(tmp_path / name) for name in ("a.jpg", "b.jpg")]
    assert office.run("upload", "--replaces", PICTURE, *both) == USAGE
    assert "name one file" in office.said
