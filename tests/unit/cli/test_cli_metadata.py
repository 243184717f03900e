"""What is said of pictures by the command: shown, previewed, changed, taken back."""

import re
from pathlib import Path

import pytest

from cli import fetching
from cli.commands import DONE, USAGE
from tests.fakes import scenes
from tests.fakes.samples import PICTURE
from tests.unit.cli.desks import Office

EDIT = ("metadata", "edit", PICTURE[:6], "--set", "title=Fair", "--add", "fair")


def test_it_is_shown_previewed_changed_and_taken_back() -> None:
    office = Office(scenes.ready())
    before = office.world.record().description
    assert office.run("metadata", "show", PICTURE) == DONE
    assert PICTURE in office.said
    assert office.run(*EDIT, "--preview") == DONE
    assert "-> Fair" in office.said
    assert "1 pictures would change" in office.said
    assert office.world.record().description == before
    assert office.run(*EDIT) == DONE
    assert office.world.record().description.title == "Fair"
    assert office.run("metadata", "show", PICTURE) == DONE
    assert "title: Fair" in office.said
    assert "keywords: fair" in office.said
    found = re.search(r"metadata undo ([0-9a-f]{32})", office.said)
    assert found is not None
    assert office.run("metadata", "undo", found[1]) == DONE
    assert office.world.record().description == before


@pytest.mark.parametrize(
    "typed",
    [
        ("metadata", "edit", PICTURE, "--set", "gps=52"),
        ("metadata", "edit", PICTURE, "--set", "title"),
        ("metadata", "edit", "--set", "title=Fair"),
    ],
)
def test_who_names_no_field_or_no_picture_is_told_how(typed: tuple[str, ...]) -> None:
    office = Office(scenes.ready())
    assert office.run(*typed) == USAGE
    assert "--set title=Fair" in office.said


def test_a_field_is_emptied_and_a_list_set() -> None:
    office = Office(scenes.ready())
    edit = ("metadata", "edit", PICTURE, "--set", "creator=", "--set", "keywords=a, b")
    assert office.run(*edit) == DONE
    said = office.world.record().description
    assert (said.creator, said.keywords) == (None, ("a", "b"))


def test_a_picture_is_fetched_as_a_channel_needs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    urls: list[str] = []

    def write(url: str, path: Path) -> None:
        urls.append(url)
        path.write_bytes(b"x")

    monkeypatch.setattr(fetching, "_write", write)
    office = Office(scenes.released())
    asked = ("download", PICTURE, "--channel", "website", "--to", str(tmp_path))
    sized = ("--size", "medium_size", "--format", "avif", "--watermark")
    assert office.run(*asked, *sized) == DONE
    assert urls[0].endswith(".avif?60")
    assert [path.suffix for path in tmp_path.iterdir()] == [".avif"]
