"""What a film says besides its pictures does not leave with it."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beeldrecht.domain.films import MP4_TYPE, QUICKTIME_TYPE, WEBM_TYPE
from beeldrecht.domain.intake import RenditionName
from intake.receive_upload.imaging import RejectedFileError, RejectionReason, take_in
from intake.receive_upload.imaging.films import film_type, without_what_it_says
from tests.fakes.reels import PLACE, TRACKED, box, film_of, flat, followed, numbers

FRAMES = [flat(gray) for gray in (40, 90, 140, 200)]
SEGMENT = b"\x18\x53\x80\x67"


@pytest.fixture(scope="module")
def mp4(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return film_of(tmp_path_factory.mktemp("films") / "a.mp4", FRAMES)


@pytest.fixture(scope="module")
def webm(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return film_of(tmp_path_factory.mktemp("films") / "a.webm", FRAMES)


def emptied(data: bytes) -> bytes:
    kind = film_type(data)
    assert kind is not None
    return without_what_it_says(data, kind)


def refused(data: bytes) -> RejectionReason:
    with pytest.raises(RejectedFileError) as caught:
        emptied(data)
    return caught.value.reason


def test_a_film_is_told_by_how_it_begins(mp4: bytes, webm: bytes, tmp_path: Path) -> None:
    assert film_type(mp4) == MP4_TYPE
    assert film_type(webm) == WEBM_TYPE
    assert film_type(film_of(tmp_path / "a.mov", FRAMES)) == QUICKTIME_TYPE
    others = (b"", b"%PDF-1.7", b"\0\0\0\x18ftypheic", b"\0\0\0\x18ftypM4A ", b"RIFF")
    assert [film_type(each) for each in others] == [None] * len(others)
    assert film_type(webm.replace(b"\x84webm", b"\x84mkv ")) is None


def test_where_a_film_was_taken_does_not_leave_with_it(mp4: bytes) -> None:
    sent = followed(mp4)
    assert PLACE in sent
    assert TRACKED in sent
    left = emptied(sent)
    assert len(left) == len(sent)
    assert PLACE not in left
    assert TRACKED not in left
    # What was taken out is free space; what there is to see stands where it stood.
    start = sent.index(b"mdat")
    assert left[start : sent.index(b"moov")] == sent[start : sent.index(b"moov")]
    assert left.count(b"free") == sent.count(b"free") + 3
    assert emptied(left) == left


def test_when_a_film_was_made_and_with_what_does_not_leave_with_it(mp4: bytes) -> None:
    dated = bytearray(mp4)
    for header in (b"mvhd", b"tkhd", b"mdhd"):
        at = mp4.index(header) + 8
        dated[at : at + 8] = numbers(3_800_000_000, 3_800_000_000)
    left = emptied(bytes(dated))
    assert numbers(3_800_000_000) not in left
    assert b"VideoHandler" in mp4
    assert b"VideoHandler" not in left
    xmp = box(b"uuid", bytes(16), b"<x:xmpmeta>Ann</x:xmpmeta>")
    assert b"Ann" not in emptied(mp4 + xmp)


def test_what_a_webm_says_of_itself_does_not_leave_with_it(webm: bytes) -> None:
    left = emptied(webm)
    assert len(left) == len(webm)
    assert b"ENCODER" in webm
    assert b"ENCODER" not in left
    assert emptied(left) == left


def test_a_webm_as_a_browser_records_it_does_not_say_how_long_it_is(webm: bytes) -> None:
    at = webm.index(SEGMENT) + 4
    assert webm[at] == 1, "the size takes eight bytes"
    endless = webm[:at] + b"\x01" + b"\xff" * 7 + webm[at + 8 :]
    assert b"ENCODER" not in emptied(endless)


def test_a_film_in_which_other_tracks_lie_between_is_refused(
    mp4: bytes, webm: bytes
) -> None:
    unreadable = RejectionReason.FILM_UNREADABLE
    assert refused(followed(mp4) + box(b"moof")) is unreadable
    at = webm.index(b"\x83\x81\x01")
    assert refused(webm[: at + 2] + b"\x11" + webm[at + 3 :]) is unreadable
    assert refused(mp4[: len(mp4) // 2]) is unreadable
    assert refused(mp4.replace(b"vide", b"text")) is unreadable
    assert refused(webm[:40]) is unreadable


def test_a_film_is_taken_in_without_a_picture_until_it_is_opened(mp4: bytes) -> None:
    sent = followed(mp4)
    taken = take_in(sent, MP4_TYPE, pixel_limit=1_000_000)
    assert (taken.format, taken.width, taken.perceptual_hash) == (MP4_TYPE, 0, "")
    assert taken.files == {RenditionName.FILE: emptied(sent)}
    assert taken.notes == ("film_emptied",)
    # What it is follows from what is in it, whatever it was announced as.
    named = take_in(sent, "application/octet-stream", pixel_limit=1_000_000)
    assert named == taken


@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_a_film_that_is_damaged_is_refused_or_as_long_as_it_was(
    mp4: bytes, webm: bytes, data: st.DataObject
) -> None:
    film = bytearray(data.draw(st.sampled_from([followed(mp4), webm])))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(film) - 1))
        film[at] = data.draw(st.integers(0, 255))
    kind = film_type(bytes(film))
    if kind is None:
        return
    with suppress(RejectedFileError):
        assert len(without_what_it_says(bytes(film), kind)) == len(film)
