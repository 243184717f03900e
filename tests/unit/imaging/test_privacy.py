"""Nothing that came with an original may leave in a rendition."""

import struct
from collections.abc import Callable, Iterator

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from intake.receive_upload.imaging import Received, receive
from tests.unit.imaging.pictures import (
    LIMIT,
    astronaut,
    exif_block,
    iim,
    jpeg_with,
    opened,
    photoshop,
    sample,
    saved,
    xmp,
    xmp_segment,
)
from tests.unit.imaging.profiles import ADOBE_RGB, matrix_profile

MARK = "Zq7GeheimKenmerk"
RAW = MARK.encode()
GPS = {1: "N", 2: (52.0, 22.0, 12.0), 3: "E", 4: (4.0, 53.0, 42.0), 18: MARK, 28: RAW}
THUMBNAIL = saved(Image.new("RGB", (16, 16)), "JPEG", comment=RAW)


def _block() -> bytes:
    words = {0x010F: MARK, 0x0110: MARK, 0x013B: MARK, 0x010E: MARK, 0xA431: MARK}
    camera = {
        0x927C: RAW * 20,
        0x9286: b"ASCII\0\0\0" + RAW,
        0x9003: "2024:05:04 15:30:00",
    }
    return exif_block(words, camera, gps=GPS)


def _packet() -> bytes:
    return xmp(f"<dc:title>{MARK}</dc:title>", f'exif:GPSLatitude="{MARK}"')


def _profile() -> bytes:
    return matrix_profile(ADOBE_RGB).replace(b"test", RAW[:4])


def _jpeg(base: bytes) -> bytes:
    return (
        jpeg_with(
            base,
            (0xE1, b"Exif\0\0" + _block()),
            xmp_segment(_packet()),
            (0xE0, b"JFXX\0\x10" + THUMBNAIL),
            (0xE2, b"ICC_PROFILE\0\1\1" + _profile()),
            (0xE7, RAW),
            (0xED, photoshop(iim((2, 120, RAW)))),
            (0xFE, RAW),
        )
        + RAW
    )


def _png() -> bytes:
    info = PngInfo()
    info.add_text("Comment", MARK)
    info.add_text("Author", MARK, zip=True)
    info.add_itxt("XML:com.adobe.xmp", _packet().decode())
    return saved(astronaut(), "PNG", pnginfo=info, exif=_block(), icc_profile=_profile())


def _tiff() -> bytes:
    tags = {270: MARK, 315: MARK, 33432: MARK, 700: _packet(), 50000: RAW}
    return saved(astronaut(), "TIFF", tiffinfo=tags, icc_profile=_profile()) + RAW


def _modern(kind: str) -> bytes:
    prefix = b"Exif\0\0" if kind == "HEIF" else b""
    image = astronaut().resize((128, 96))
    return saved(image, kind, exif=prefix + _block(), xmp=_packet())


ORIGINALS: dict[str, Callable[[], bytes]] = {
    "jpeg": lambda: _jpeg(sample("jpeg")),
    "jpeg-progressive": lambda: _jpeg(sample("jpeg-progressive")),
    "jpeg-cmyk": lambda: _jpeg(sample("jpeg-cmyk")),
    "jpeg-mended": lambda: _jpeg(sample("jpeg")[:-2] + bytes(9) + b"\xff\xd9"),
    "png": _png,
    "tiff": _tiff,
    "webp": lambda: _modern("WEBP"),
    "heic": lambda: _modern("HEIF"),
    "avif": lambda: _modern("AVIF"),
}


def renditions(received: Received) -> list[bytes]:
    made = [received.preview, received.thumb, received.working]
    return [jpeg for jpeg in made if jpeg is not None]


def markers(jpeg: bytes) -> Iterator[int]:
    """The markers of a JPEG file up to its first scan."""
    at = 2
    while True:
        yield jpeg[at + 1]
        if jpeg[at + 1] == 0xDA:
            return
        at += 2 + struct.unpack(">H", jpeg[at + 2 : at + 4])[0]


@pytest.mark.parametrize("name", ORIGINALS)
def test_a_mark_planted_anywhere_in_the_original_is_in_no_rendition(name: str) -> None:
    data = ORIGINALS[name]()
    assert data.count(RAW) >= 3  # it is really there
    received = receive(data, pixel_limit=LIMIT)
    for jpeg in renditions(received):
        for spelling in (RAW, MARK.encode("utf-16-le"), MARK.encode("utf-16-be")):
            assert spelling not in jpeg
        for trace in (b"Exif", b"ns.adobe.com", b"8BIM", b"ICC_PROFILE", b"xpacket"):
            assert trace not in jpeg


@pytest.mark.parametrize("name", ORIGINALS)
def test_renditions_hold_picture_segments_and_nothing_else(name: str) -> None:
    received = receive(ORIGINALS[name](), pixel_limit=LIMIT)
    for jpeg in renditions(received):
        # JFIF, tables, frame, scan.
        assert set(markers(jpeg)) <= {0xE0, 0xDB, 0xC0, 0xC4, 0xDA}
        assert jpeg[2:11] == b"\xff\xe0\x00\x10JFIF\0"
        assert jpeg[18:20] == b"\0\0"  # no thumbnail inside
        assert jpeg.count(b"\xff\xd8\xff") == 1
        assert jpeg.endswith(b"\xff\xd9")
        image = opened(jpeg)
        assert dict(image.getexif()) == {}
        assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


@pytest.mark.parametrize("name", ["jpeg", "png"])
def test_words_that_are_meant_to_be_read_arrive_and_place_does_not(name: str) -> None:
    received = receive(ORIGINALS[name](), pixel_limit=LIMIT)
    assert received.metadata.title == MARK
    assert received.metadata.captured_at == "2024-05-04T15:30:00"
    assert "52" not in repr(received.metadata)


@pytest.mark.parametrize("name", ORIGINALS)
def test_notes_are_ids_and_never_words_from_the_file(name: str) -> None:
    for note in receive(ORIGINALS[name](), pixel_limit=LIMIT).notes:
        assert note.replace("_", "").isalpha()
        assert note.islower()
        assert MARK.lower() not in note
