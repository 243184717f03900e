"""What a file is, by its name and its first bytes."""

import io
from pathlib import Path

import pytest
from PIL import Image

from beeldrecht.domain.declarations import FILE_TYPE, PDF_TYPE
from beeldrecht.domain.intake import MAX_BYTES
from cli.files import (
    HEAD,
    TYPES,
    FileRefusal,
    FileRefusedError,
    as_it_is,
    candidate,
    type_of,
)
from local.demo.photos import bomb
from tests.fakes.samples import LETTER, document_of, picture_of


def refusal(path: Path) -> FileRefusal:
    with pytest.raises(FileRefusedError) as refused:
        candidate(path)
    return refused.value.reason


@pytest.mark.parametrize(
    ("fmt", "media_type"),
    [
        ("JPEG", "image/jpeg"),
        ("PNG", "image/png"),
        ("WEBP", "image/webp"),
        ("TIFF", "image/tiff"),
        ("AVIF", "image/avif"),
    ],
)
def test_every_format_is_known_by_its_first_bytes(fmt: str, media_type: str) -> None:
    assert type_of(picture_of(fmt)[:HEAD]) == media_type
    assert media_type in TYPES.values()


def test_a_big_endian_tiff_and_a_heic_are_known_too() -> None:
    assert type_of(b"MM\x00*" + bytes(28)) == "image/tiff"
    assert type_of(b"\x00\x00\x00\x18ftypheic" + bytes(20)) == "image/heic"


@pytest.mark.parametrize("head", [b"", b"GIF89a", b"PK\x03\x04", b"RIFF....WAVE"])
def test_other_files_are_no_picture_of_ours(head: bytes) -> None:
    assert type_of(head) is None


def test_a_file_is_kept_as_it_is_where_that_is_asked_and_it_is_no_picture(
    tmp_path: Path,
) -> None:
    (tmp_path / "letter.docx").write_bytes(LETTER)
    (tmp_path / "words.jpg").write_text("words")
    (tmp_path / "picture.jpg").write_bytes(picture_of())
    (tmp_path / "brochure.pdf").write_bytes(document_of())
    (tmp_path / "empty.docx").touch()
    assert candidate(tmp_path / "brochure.pdf").media_type == PDF_TYPE
    types = {
        name: as_it_is(tmp_path / name).media_type
        for name in ("letter.docx", "words.jpg", "picture.jpg", "brochure.pdf")
    }
    assert types == {
        "letter.docx": FILE_TYPE,
        "words.jpg": FILE_TYPE,
        "picture.jpg": "image/jpeg",
        "brochure.pdf": PDF_TYPE,
    }
    for name, reason in (
        ("empty.docx", FileRefusal.EMPTY),
        ("gone.docx", FileRefusal.MISSING),
        ("", FileRefusal.FOLDER),
    ):
        with pytest.raises(FileRefusedError) as refused:
            as_it_is(tmp_path / name)
        assert refused.value.reason is reason


def test_the_content_decides_between_two_formats_we_take(tmp_path: Path) -> None:
    path = tmp_path / "really-a-png.jpg"
    path.write_bytes(picture_of("PNG"))
    assert candidate(path).media_type == "image/png"


def test_each_refusal_has_its_reason(tmp_path: Path) -> None:
    (tmp_path / "empty.jpg").touch()
    (tmp_path / "words.JPG").write_text("words")
    (tmp_path / "film.avi").write_bytes(picture_of())
    assert refusal(tmp_path) is FileRefusal.FOLDER
    assert refusal(tmp_path / "gone.jpg") is FileRefusal.MISSING
    assert refusal(tmp_path / "gone.mp4") is FileRefusal.MISSING
    assert refusal(tmp_path / "empty.jpg") is FileRefusal.EMPTY
    assert refusal(tmp_path / "words.JPG") is FileRefusal.NOT_AN_IMAGE
    assert refusal(tmp_path / "film.avi") is FileRefusal.OTHER_KIND


@pytest.mark.parametrize(("size", "taken"), [(MAX_BYTES, True), (MAX_BYTES + 1, False)])
def test_the_largest_file_is_taken_and_one_byte_more_is_not(
    tmp_path: Path, size: int, taken: bool
) -> None:
    path = tmp_path / "large.jpg"
    with path.open("wb") as file:
        file.write(picture_of())
        file.truncate(size)  # sparse: no disk is filled
    if taken:
        assert candidate(path).size == size
    else:
        assert refusal(path) is FileRefusal.TOO_LARGE


def test_the_demonstrations_bomb_is_small_valid_and_900_megapixels(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "bomb.png"
    bomb(path)
    assert path.stat().st_size < 120_000
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", None)
    with Image.open(io.BytesIO(path.read_bytes())) as opened:
        assert opened.width * opened.height == 900_000_000
