"""Camera raw: seen through the JPEG within, upright, never through a thumbnail."""

import struct
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from intake.receive_upload.imaging import RejectedFileError, inspect, receive
from tests.unit.imaging.pictures import LIMIT, astronaut, mean_difference, opened, saved

type Value = int | tuple[int, ...] | bytes


def large() -> Image.Image:
    return astronaut().resize((1200, 900))


JPEG = saved(large(), "JPEG", quality=88)
SMALL = saved(astronaut().resize((160, 120)), "JPEG")


def raw(
    *pages: Mapping[int, Value],
    sub: Mapping[int, Value] | None = None,
    jpeg: bytes = JPEG,
    start: bytes = b"II*\0",
) -> bytes:
    """A file built as TIFF is; -1 stands for where the JPEG lies, -2 for its length."""
    order = ">" if start[:2] == b"MM" else "<"
    at = 16
    body = start + struct.pack(order + "I", 0) + b"CR\2\0" + bytes(4) + jpeg
    places: list[int] = []
    every = [*pages, *([sub] if sub else [])]
    for page in every:
        places.append(len(body))
        body += bytes(2 + 12 * (len(page) + (sub is not None)) + 4)
    out = bytearray(body)
    out[4:8] = struct.pack(order + "I", places[0])
    for number, page in enumerate(every):
        rows = dict(page)
        if sub and number == 0:
            rows[330] = places[-1]
        row = places[number]
        out[row : row + 2] = struct.pack(order + "H", len(rows))
        for index, (tag, value) in enumerate(sorted(rows.items())):
            told = {-1: at, -2: len(jpeg)}.get(value, value)  # type: ignore[arg-type]
            entry = struct.pack(order + "HHII", tag, 4, 1, told)
            out[row + 2 + 12 * index : row + 14 + 12 * index] = entry
        following = places[number + 1] if number + 1 < len(pages) else 0
        end = row + 2 + 12 * len(rows)
        out[end : end + 4] = struct.pack(order + "I", following)
    return bytes(out)


CANON = raw({259: 6, 273: -1, 279: -2})
NIKON = raw({254: 1, 256: 160, 257: 120}, sub={513: -1, 514: -2})
SONY = raw({254: 1, 259: 6, 513: -1, 514: -2}, {254: 0, 259: 32767})
OLYMPUS = raw({513: -1, 514: -2}, start=b"IIRO")
PENTAX = raw({259: 65535}, {513: -1, 514: -2}, start=b"MM\0*")
FUJI = b"FUJIFILMCCD-RAW " + bytes(68) + struct.pack(">II", 108, len(JPEG)) + bytes(16)
FUJI += JPEG
MAKERS = {
    "canon": CANON,
    "nikon": NIKON,
    "sony": SONY,
    "olympus": OLYMPUS,
    "pentax": PENTAX,
    "fujifilm": FUJI,
}


@pytest.mark.parametrize("maker", sorted(MAKERS))
def test_a_raw_file_is_seen_through_the_jpeg_that_it_holds(maker: str) -> None:
    data = MAKERS[maker]
    assert inspect(data, pixel_limit=LIMIT).format == "image/x-raw"
    received = receive(data, pixel_limit=LIMIT)
    assert (received.format, received.width, received.height) == (
        "image/x-raw",
        1200,
        900,
    )
    assert "raw_preview" in received.notes
    assert received.working is not None
    assert mean_difference(opened(received.working), large()) < 5


def test_it_is_turned_as_the_raw_file_says() -> None:
    received = receive(raw({259: 6, 273: -1, 279: -2, 274: 6}), pixel_limit=LIMIT)
    assert (received.width, received.height) == (900, 1200)


def test_the_largest_counts_and_a_thumbnail_alone_is_no_picture() -> None:
    with pytest.raises(RejectedFileError) as caught:
        receive(raw({254: 1, 513: -1, 514: -2}, jpeg=SMALL), pixel_limit=LIMIT)
    assert caught.value.detail == {"format": "camera_raw"}


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 200), st.binary(min_size=1, max_size=24), st.integers(0, 3000))
def test_whatever_the_bytes_are_they_are_refused_or_received(
    at: int, noise: bytes, cut: int
) -> None:
    place = len(NIKON) - 200 + at if at % 2 else at
    broken = NIKON[:place] + noise + NIKON[place + len(noise) :]
    for data in (broken, NIKON[: len(NIKON) - cut]):
        try:
            assert inspect(data, pixel_limit=LIMIT).pixels
        except RejectedFileError:
            continue
