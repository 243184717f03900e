"""Files that cannot be looked through, by hand: look, declare, release, fetch."""

from pathlib import Path

import pytest

from beeldrecht.domain.declarations import declared_people
from cli import fetching
from cli.commands import DONE, NOT_DONE
from tests.fakes.samples import ANN, BOB, PICTURE, grant
from tests.fakes.scenes import brochure, examined, film, letter
from tests.unit.cli.desks import Office


@pytest.fixture
def fetched(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that are fetched from; there is always a file."""
    urls: list[str] = []

    def write(url: str, path: Path) -> None:
        urls.append(url)
        path.write_bytes(b"the file")

    monkeypatch.setattr(fetching, "_write", write)
    return urls


def declared(office: Office) -> tuple[str, ...]:
    return declared_people(PICTURE, office.world.appearances())


def test_a_file_is_looked_at_declared_released_and_fetched(
    tmp_path: Path, fetched: list[str]
) -> None:
    office = Office(letter())
    to = ("--to", str(tmp_path))
    assert office.run("show", PICTURE) == DONE
    assert "Open the file and declare who is in it" in office.said
    assert office.run("declare", PICTURE[:6], "--look", *to) == DONE
    assert f"declare {PICTURE} --nobody" in office.said
    assert fetched == [f"https://renditions.invalid/{PICTURE}/file?60"]
    tags = [entry.tag for entry in office.world.audit.entries(PICTURE)]
    assert "egress:asset:view" in tags
    assert office.run("declare", PICTURE, "--people", ANN[:8], BOB) == DONE
    assert declared(office) == tuple(sorted((ANN, BOB)))
    assert f"name of {ANN}" in office.said
    assert office.run("release", PICTURE) == NOT_DONE
    office.world.sign(grant(ANN))
    assert office.run("show", PICTURE) == DONE
    assert "This person has agreed to no use of pictures" in office.said
    assert office.run("declare", PICTURE, "--people", ANN) == DONE
    assert declared(office) == (ANN,)
    assert office.run("release", PICTURE, "--channel", "website") == DONE
    there = tmp_path / "there"
    there.mkdir()
    fetch = ("download", PICTURE, "--channel", "website", "--to", str(there))
    assert office.run(*fetch, "--file") == DONE
    assert (there / "zomerfeest-012.jpg").read_bytes() == b"the file"
    assert office.run("declare", PICTURE, "--nobody") == DONE
    assert declared(office) == ()
    assert office.world.record().release is None


def test_of_a_document_the_first_page_is_used_alone(
    tmp_path: Path, fetched: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    office = Office(brochure())
    assert office.run("declare", PICTURE, "--first-page-only") == DONE
    assert "only its picture is used" in office.said
    assert office.run("release", PICTURE) == DONE
    fetch = ("download", PICTURE, "--channel", "website", "--to", str(tmp_path))
    assert office.run(*fetch) == DONE
    assert office.run(*fetch, "--file") == NOT_DONE
    assert "the file itself does not leave" in capsys.readouterr().err
    assert [url.rpartition("/")[2] for url in fetched] == ["working?60"]


def test_of_a_picture_nothing_is_declared(capsys: pytest.CaptureFixture[str]) -> None:
    office = Office(examined())
    assert office.run("declare", PICTURE, "--nobody") == NOT_DONE
    assert "nothing is declared of that" in capsys.readouterr().err
    office = Office(letter())
    assert office.run("declare", PICTURE, "--people", "Nobody Known") == NOT_DONE
    assert declared(office) == ()
    with pytest.raises(SystemExit):
        office.run("declare", PICTURE)


def test_a_film_is_told_frame_by_frame_and_its_poster_used_alone(
    tmp_path: Path, fetched: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    office = Office(film())
    assert office.run("film", PICTURE[:6], "--sheet", str(tmp_path)) == DONE
    assert "0:12, 1920 x 1080, h264, 0.0 MiB" in office.said
    assert "0:01  faces: 1" in office.said
    assert "Between these frames others may appear" in office.said
    assert fetched == [f"https://renditions.invalid/{PICTURE}/frames?60"]
    office.world.films.seen.clear()
    assert office.run("film", PICTURE) == DONE
    assert "kept no longer" in office.said
    assert office.run("declare", PICTURE, "--poster-only") == DONE
    assert office.run("release", PICTURE) == DONE
    office = Office(letter())
    assert office.run("film", PICTURE) == NOT_DONE
    assert "is no film" in capsys.readouterr().err
