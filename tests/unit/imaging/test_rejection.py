import struct
import zlib

import pytest
import simplejpeg
from PIL import Image

from intake.receive_upload.imaging import (
    HELP,
    RejectedFileError,
    RejectionReason,
    inspect,
    receive,
)
from intake.receive_upload.imaging.header import MAX_FILE_BYTES
from tests.unit.imaging.boxes import grid_heic
from tests.unit.imaging.measure import peak_of
from tests.unit.imaging.pictures import (
    LIMIT,
    SAMPLES,
    astronaut,
    jpeg_with,
    png_chunk,
    sample,
    saved,
    xmp_segment,
)

MEGABYTE = 1024 * 1024


def refusal(data: bytes, *, limit: int = LIMIT) -> RejectedFileError:
    with pytest.raises(RejectedFileError) as caught:
        receive(data, pixel_limit=limit)
    return caught.value


def refused_at_once(data: bytes, *, limit: int = LIMIT) -> RejectedFileError:
    with pytest.raises(RejectedFileError) as caught:
        inspect(data, pixel_limit=limit)
    assert refusal(data, limit=limit).reason is caught.value.reason
    return caught.value


def test_every_reason_has_one_sentence_in_two_languages() -> None:
    assert set(HELP) == set(RejectionReason)
    sentences = [words[language] for words in HELP.values() for language in ("en", "nl")]
    assert all(sentence.endswith(".") and ": " in sentence for sentence in sentences)
    assert len(set(sentences)) == 2 * len(RejectionReason)
    assert all(set(words) == {"en", "nl"} for words in HELP.values())


def test_an_empty_file_and_a_file_that_is_no_picture_are_told_apart() -> None:
    assert refused_at_once(b"").reason is RejectionReason.EMPTY_FILE
    assert refused_at_once(b"Dear all,").reason is RejectionReason.NOT_AN_IMAGE


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (saved(Image.new("RGB", (4, 4)), "GIF"), "image/gif"),
        (saved(Image.new("RGB", (4, 4)), "BMP"), "image/bmp"),
        (saved(Image.new("RGB", (4, 4)), "PDF"), "application/pdf"),
        (saved(Image.new("RGB", (4, 4)), "JPEG2000"), "image/jp2"),
        (
            b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>',
            "image/svg+xml",
        ),
        (b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom", "video/mp4"),
        (b"\0\0\0\x14ftypqt  \0\0\0\0qt  ", "video/mp4"),
        (b"PK\x03\x04rest of a zip", "application/zip"),
    ],
)
def test_known_formats_that_are_not_accepted_are_named(data: bytes, name: str) -> None:
    error = refused_at_once(data)
    assert error.reason is RejectionReason.UNSUPPORTED_FORMAT
    assert error.detail == {"format": name}


def test_camera_raw_in_tiff_clothes_is_not_taken_for_its_thumbnail() -> None:
    raw = saved(Image.new("RGB", (16, 16)), "TIFF", tiffinfo={254: 1})
    assert refused_at_once(raw).detail == {"format": "camera_raw"}


@pytest.mark.parametrize("name", SAMPLES)
def test_the_pixel_limit_itself_passes_and_one_less_does_not(name: str) -> None:
    data = sample(name)
    assert inspect(data, pixel_limit=128 * 96).pixels == 128 * 96
    assert receive(data, pixel_limit=128 * 96).width == 128
    error = refused_at_once(data, limit=128 * 96 - 1)
    assert error.reason is RejectionReason.TOO_MANY_PIXELS
    assert error.detail == {"width": 128, "height": 96, "limit": 128 * 96 - 1}


def test_a_small_file_that_declares_a_huge_picture_is_refused_by_its_header() -> None:
    rows = zlib.compress(bytes(1_000_000), 9) * 100
    header = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    bomb = b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", header) + png_chunk(b"IDAT", rows)
    grown, _ = peak_of(lambda: refused_at_once(bomb))
    assert refused_at_once(bomb).reason is RejectionReason.TOO_MANY_PIXELS
    assert grown < 5 * MEGABYTE


@pytest.mark.parametrize("side", [65_500, 65_501])
def test_no_side_is_longer_than_a_jpeg_can_be(side: int) -> None:
    data = saved(Image.new("L", (1, side)), "PNG")
    if side == 65_500:
        assert receive(data, pixel_limit=LIMIT).height == side
    else:
        assert refused_at_once(data).reason is RejectionReason.SIDE_TOO_LONG


def test_a_picture_without_width_is_refused() -> None:
    data = bytearray(sample("jpeg"))
    frame = data.index(b"\xff\xc0")
    data[frame + 7 : frame + 9] = b"\0\0"
    assert refused_at_once(bytes(data)).reason is RejectionReason.NO_PIXELS


def test_a_file_over_the_limit_is_not_looked_into() -> None:
    data = sample("jpeg") + bytes(MAX_FILE_BYTES)
    assert refused_at_once(data).reason is RejectionReason.TOO_LARGE_FILE


PICTURE_ENDS_FIRST = {"tiff-pages", "mpo"}
"""Their first picture is whole long before the file ends."""


@pytest.mark.parametrize("name", [n for n in SAMPLES if n not in PICTURE_ENDS_FIRST])
@pytest.mark.parametrize("share", [0.3, 0.5, 0.75, 0.98])
def test_a_file_that_was_cut_off_never_passes(name: str, share: float) -> None:
    data = sample(name)
    error = refusal(data[: int(len(data) * share)])
    # A TIFF may keep its directory at the end, and then nothing else can be told.
    assert error.reason is RejectionReason.TRUNCATED or name.startswith("tiff")


@pytest.mark.parametrize("name", ["jpeg", "jpeg-progressive", "jpeg-cmyk", "tiff-jpeg"])
def test_half_a_jpeg_with_an_end_marker_is_not_a_half_gray_picture(name: str) -> None:
    data = bytearray(sample(name))
    scan = data.rindex(b"\xff\xda")
    middle = scan + 14 + (len(data) - scan) // 3
    end = data.rindex(b"\xff\xd9")
    data[middle:end] = b"\xff\xd9" + bytes(end - middle - 2)
    assert refusal(bytes(data)).reason in {
        RejectionReason.CORRUPT,
        RejectionReason.TRUNCATED,
    }


@pytest.mark.parametrize("name", ["webp", "webp-lossless", "heic", "avif"])
def test_a_copy_that_stopped_and_left_zeros_counts_as_cut_off(name: str) -> None:
    image = astronaut()
    data = {
        "webp": lambda: saved(image, "WEBP"),
        "webp-lossless": lambda: saved(image, "WEBP", lossless=True),
        "heic": lambda: saved(image, "HEIF"),
        "avif": lambda: saved(image, "AVIF"),
    }[name]()
    half = data[: len(data) // 2] + bytes(len(data) - len(data) // 2)
    assert refusal(half).reason is RejectionReason.TRUNCATED


def test_a_damaged_checksum_in_png_pixels_is_seen() -> None:
    data = bytearray(sample("png"))
    data[data.index(b"IDAT") + 900] ^= 0x10
    assert refusal(bytes(data)).reason is RejectionReason.CORRUPT


@pytest.mark.parametrize("coding", [0xC3, 0xC5, 0xC9, 0xCA])
def test_jpeg_codings_that_no_browser_shows_are_refused(coding: int) -> None:
    data = sample("jpeg").replace(b"\xff\xc0", bytes((0xFF, coding)), 1)
    assert refused_at_once(data).reason is RejectionReason.UNSUPPORTED_VARIANT


@pytest.mark.parametrize(
    ("tag", "value"), [(259, 34892), (262, 8), (258, 32), (277, 9), (339, 3)]
)
def test_rare_tiff_variants_are_refused(tag: int, value: int) -> None:
    mode = "RGB" if tag == 277 else "L"  # only colour states its samples
    data = bytearray(saved(Image.new(mode, (8, 8)), "TIFF", tiffinfo={339: 1}))
    directory = int.from_bytes(data[4:8], "little")
    for at in range(directory + 2, len(data) - 12, 12):
        if int.from_bytes(data[at : at + 2], "little") == tag:
            data[at + 8 : at + 10] = value.to_bytes(2, "little")
            break
    error = refused_at_once(bytes(data))
    assert error.reason is RejectionReason.UNSUPPORTED_VARIANT


def _flat(kind: str) -> tuple[bytes, bytes]:
    """A flat 1280 x 1280 picture, and the same with boxes that announce 64 x 64."""
    data = saved(Image.new("RGB", (1280, 1280), (10, 20, 30)), kind)
    real = struct.pack(">II", 1280, 1280)
    assert b"ispe" + bytes(4) + real in data
    return data, data.replace(real, struct.pack(">II", 64, 64))


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("AVIF", RejectionReason.DECOMPRESSION_MISMATCH),
        ("HEIF", RejectionReason.CORRUPT),
    ],
)
def test_a_stream_larger_than_its_box_is_refused_before_it_is_decoded(
    kind: str, reason: RejectionReason
) -> None:
    honest, bomb = _flat(kind)
    receive(honest, pixel_limit=LIMIT)  # loads the decoder
    grown, _ = peak_of(lambda: refusal(bomb))
    assert refusal(bomb).reason is reason
    assert grown < 2 * MEGABYTE


def test_a_grid_that_repeats_a_large_tile_is_refused() -> None:
    error = refused_at_once(grid_heic((4000, 4000), (4000, 4000), 4000))
    assert error.reason is RejectionReason.DECOMPRESSION_MISMATCH
    assert error.detail["tiles"] == 4000


def test_a_flood_of_scans_is_refused() -> None:
    data = sample("jpeg-gray")
    scan = data[data.index(b"\xff\xda") : -2]
    for extra, refused in ((39, False), (40, True)):
        flood = data[:-2] + scan * extra + data[-2:]
        if refused:
            assert refusal(flood).reason is RejectionReason.TOO_COMPLEX
        else:
            # Forty is not too many; that this picture is not progressive comes next.
            with pytest.raises(ValueError, match=r"."):
                simplejpeg.decode_jpeg(flood)
            assert refusal(flood).reason is RejectionReason.CORRUPT


def test_a_flood_of_bare_markers_is_refused() -> None:
    data = sample("jpeg")
    flood = data[:2] + b"\xff\xd0" * 2_000_000 + data[2:]
    _, seconds = peak_of(lambda: refused_at_once(flood))
    assert refused_at_once(flood).reason is RejectionReason.TOO_COMPLEX
    assert seconds < 1


def test_a_tile_far_larger_than_the_picture_is_refused() -> None:
    pixels = b"\x80" * 256
    tags = [
        (256, 3, 1, 16), (257, 3, 1, 16), (258, 3, 1, 8), (259, 3, 1, 8),
        (262, 3, 1, 1), (277, 3, 1, 1), (322, 4, 1, 4096), (323, 4, 1, 4096),
        (324, 4, 1, 8), (325, 4, 1, len(pixels)),
    ]  # fmt: skip
    rows = b"".join(struct.pack("<HHII", *tag) for tag in tags)
    directory = struct.pack("<H", len(tags)) + rows + bytes(4)
    data = b"II*\0" + struct.pack("<I", 8 + len(pixels)) + pixels + directory
    assert refused_at_once(data).reason is RejectionReason.DECOMPRESSION_MISMATCH


def _png_with(*chunks: tuple[bytes, bytes]) -> bytes:
    data = sample("png")
    inserted = b"".join(png_chunk(kind, body) for kind, body in chunks)
    return data[:33] + inserted + data[33:]


@pytest.mark.parametrize(
    "chunk",
    [
        (b"zTXt", b"note\0\0" + zlib.compress(bytes(300 * MEGABYTE), 9)),
        (b"iCCP", b"wide\0\0" + zlib.compress(bytes(300 * MEGABYTE), 9)),
        (
            b"iTXt",
            b"XML:com.adobe.xmp\0\1\0\0\0" + zlib.compress(b" " * (300 * MEGABYTE), 9),
        ),
        (b"tEXt", b"note\0" + b"x" * (30 * MEGABYTE)),
    ],
    ids=["zTXt", "iCCP", "iTXt", "tEXt"],
)
def test_side_chunks_of_a_png_never_inflate(chunk: tuple[bytes, bytes]) -> None:
    data = _png_with(chunk)
    receive(sample("png"), pixel_limit=LIMIT)
    grown, seconds = peak_of(lambda: receive(data, pixel_limit=LIMIT))
    assert grown < 2 * len(data) + 24 * MEGABYTE
    assert seconds < 5


def test_a_deeply_nested_xmp_packet_is_left_aside() -> None:
    packet = b"<a>" * 20_000 + b"</a>" * 20_000
    # A segment holds 64 kB; a PNG chunk holds more.
    assert (
        "xmp_ignored"
        in receive(
            jpeg_with(sample("jpeg"), xmp_segment(packet[:60_000])), pixel_limit=LIMIT
        ).notes
    )
    large = _png_with((b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + packet))
    assert "xmp_ignored" in receive(large, pixel_limit=LIMIT).notes


def test_the_detail_is_plain_and_can_be_stored() -> None:
    error = refusal(sample("jpeg")[:400])
    assert error.detail == {"format": "image/jpeg"}
    assert type(error.detail["format"]) is str
