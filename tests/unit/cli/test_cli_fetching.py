"""Getting a picture: what is asked, where it is written, and what is left alone."""

from pathlib import Path

import pytest

from beeldrecht.domain.access import Role
from beeldrecht.domain.channels import Channel
from cli import fetching
from cli.commands import DONE, NOT_DONE
from cli.fetching import DownloadRefusedError
from tests.fakes import scenes
from tests.fakes.samples import PICTURE
from tests.unit.cli.desks import Office


@pytest.fixture
def fetched(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that are fetched from; there is always a picture."""
    urls: list[str] = []

    def write(url: str, path: Path) -> None:
        urls.append(url)
        path.write_bytes(b"the picture")

    monkeypatch.setattr(fetching, "_write", write)
    return urls


@pytest.fixture
def office() -> Office:
    return Office(scenes.released()).be(Role.VIEWER)


def test_a_picture_that_may_leave_is_saved_under_its_name(
    tmp_path: Path, fetched: list[str], office: Office
) -> None:
    to = ("--to", str(tmp_path))
    assert office.run("download", PICTURE, "--channel", "website", *to) == DONE
    (path,) = tmp_path.iterdir()
    assert path.read_bytes() == b"the picture"
    assert path.suffix == ".jpg"
    assert f"Saved as {path}." in office.said
    assert len(fetched) == 1


def test_a_file_that_is_there_is_left_alone_and_nothing_is_asked(
    tmp_path: Path,
    fetched: list[str],
    office: Office,
    capsys: pytest.CaptureFixture[str],
) -> None:
    mine = tmp_path / "mine.jpg"
    mine.write_bytes(b"mine")
    to = ("--to", str(mine))
    assert office.run("download", PICTURE, "--channel", "website", *to) == NOT_DONE
    assert mine.read_bytes() == b"mine"
    assert "mine.jpg already" in capsys.readouterr().err
    assert fetched == []


def test_a_folder_that_is_not_there_is_said_in_one_sentence(
    tmp_path: Path,
    office: Office,
    fetched: list[str],
    capsys: pytest.CaptureFixture[str],
) -> None:
    to = ("--to", str(tmp_path / "gone" / "photo.jpg"))
    assert office.run("download", PICTURE, "--channel", "website", *to) == NOT_DONE
    assert capsys.readouterr().err.count("\n") == 1


def test_a_channel_that_nobody_released_it_for_gives_the_reason_and_no_file(
    tmp_path: Path,
    fetched: list[str],
    office: Office,
    capsys: pytest.CaptureFixture[str],
) -> None:
    to = ("--to", str(tmp_path))
    for channel in Channel:
        if channel not in {Channel.WEBSITE, Channel.PRINT}:
            assert office.run("download", PICTURE, "--channel", channel, *to) == NOT_DONE
            assert capsys.readouterr().err.count("\n") == 1
    assert fetched == []
    assert list(tmp_path.iterdir()) == []


def test_what_breaks_off_leaves_nothing_behind(
    tmp_path: Path, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write(url: str, path: Path) -> None:
        path.write_bytes(b"hal")
        raise DownloadRefusedError(403)

    monkeypatch.setattr(fetching, "_write", write)
    to = ("--to", str(tmp_path))
    assert office.run("download", PICTURE, "--channel", "website", *to) == NOT_DONE
    assert list(tmp_path.iterdir()) == []
