"""Covering faces by hand: mark one, look at what would leave, release it so, fetch it."""

from pathlib import Path

import pytest

from beeldrecht.domain.access import Role
from beeldrecht.domain.assets import FaceMark
from beeldrecht.domain.channels import Channel, Verdict
from cli import fetching
from cli.commands import DONE, NOT_DONE
from tests.fakes import scenes
from tests.fakes.samples import ANN, OTHER, PICTURE, face_id, grant
from tests.fakes.world import World
from tests.unit.cli.desks import Office

WEBSITE = ("--channel", "website")


@pytest.fixture
def fetched(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that are fetched from; there is always a picture."""
    urls: list[str] = []

    def write(url: str, path: Path) -> None:
        urls.append(url)
        path.write_bytes(b"the picture")

    monkeypatch.setattr(fetching, "_write", write)
    return urls


def couple() -> World:
    """Ann agreed to the website; the other agreed to print alone."""
    world = scenes.examined(2)
    world.know(OTHER)
    world.sign(grant(ANN), grant(OTHER, channels=frozenset({Channel.PRINT})))
    world.answer(face_id(0), ANN)
    world.answer(face_id(1), OTHER)
    world.check()
    return world


def test_a_face_is_marked_by_its_number() -> None:
    world = scenes.examined(2)
    office = Office(world)
    assert office.run("mark", PICTURE[:6], "2", "mask") == DONE
    found = world.library.picture(PICTURE)
    assert found is not None
    marks = {face.face_id: face.mark for face in found[1].faces}
    assert marks == {face_id(0): FaceMark.UNMARKED, face_id(1): FaceMark.MASK}
    assert "Face 2 is always covered" in office.said
    assert office.run("mark", PICTURE, "1", "not_recognisable") == DONE
    assert "Nobody could recognise face 1" in office.said


def test_a_picture_is_seen_masked_released_so_and_fetched_so(
    tmp_path: Path, fetched: list[str]
) -> None:
    office = Office(couple())
    to = ("--to", str(tmp_path))
    assert office.run("masked", PICTURE, *WEBSITE, *to) == DONE
    assert "with 1 face covered" in office.said
    (mask,) = {mask for _, mask in office.world.renditions.masked}
    assert f"release {PICTURE} --channel website --mask {mask}" in office.said
    assert fetched[0].endswith(f"/masked/{mask}?60")
    assert (tmp_path / f"{PICTURE[:8]}-website-masked.jpg").exists()
    assert office.run("release", PICTURE, *WEBSITE, "--mask", mask) == DONE
    release = office.world.record().release
    assert release is not None
    assert release.channels == {Channel.WEBSITE: Verdict.MASKED}
    assert office.run("download", PICTURE, *WEBSITE, *to) == DONE
    assert office.said.count("with 1 face covered") == 2
    assert fetched[1].endswith(f"/masked/{mask}?60")


def test_who_did_not_look_is_told_how_to_in_one_sentence(
    capsys: pytest.CaptureFixture[str],
) -> None:
    office = Office(couple())
    assert office.run("release", PICTURE, *WEBSITE) == NOT_DONE
    error = capsys.readouterr().err
    assert "For website it can leave with faces covered alone" in error
    assert error.count("\n") == 1
    assert office.world.record().release is None


def test_without_a_channel_what_needs_no_mask_is_released() -> None:
    office = Office(couple())
    assert office.run("release", PICTURE) == DONE
    release = office.world.record().release
    assert release is not None
    assert release.channels == {Channel.PRINT: Verdict.CLEAR}


@pytest.mark.parametrize(
    "arguments",
    [("mark", PICTURE, "1", "mask"), ("masked", PICTURE, *WEBSITE)],
)
def test_a_viewer_marks_and_previews_nothing(
    arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str], fetched: list[str]
) -> None:
    office = Office(scenes.ready()).be(Role.VIEWER)
    assert office.run(*arguments) == NOT_DONE
    assert capsys.readouterr().err.count("\n") == 1
    assert fetched == []


def test_why_there_is_nothing_masked_to_see_is_said(
    capsys: pytest.CaptureFixture[str], fetched: list[str]
) -> None:
    office = Office(scenes.examined())
    assert office.run("masked", PICTURE, *WEBSITE) == NOT_DONE
    assert "may not be used for that now" in capsys.readouterr().err
    assert fetched == []
