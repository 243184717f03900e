import hashlib
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pytest
import simplejpeg
from PIL import Image

from intake.receive_upload.imaging import inspect, receive
from tests.unit.imaging.pictures import (
    ALPHA_SAMPLES,
    LIMIT,
    MEDIA_TYPES,
    SAMPLES,
    arrow,
    astronaut,
    deep_png,
    deep_tiff,
    exif_block,
    jpeg_with,
    mean_difference,
    opened,
    sample,
    saved,
)

ROOT = Path(__file__).resolve().parents[3]
PLAIN_JPEGS = {"jpeg", "jpeg-progressive", "jpeg-gray", "jpeg-rgb", "mpo"}


@pytest.mark.parametrize("name", SAMPLES)
def test_every_accepted_format_shows_its_first_picture(name: str) -> None:
    data = sample(name)
    received = receive(data, pixel_limit=LIMIT)
    assert received.format == MEDIA_TYPES[name.split("-", maxsplit=1)[0]]
    assert (received.width, received.height, received.orientation) == (128, 96, 1)
    assert received.sha256 == hashlib.sha256(data).hexdigest()
    expected = astronaut().resize((128, 96))
    if "gray" in name:
        expected = expected.convert("L")
    for rendition in (received.preview, received.thumb):
        image = opened(rendition)
        assert image.format == "JPEG"
        assert image.size == (128, 96)
        assert mean_difference(image, expected) < 9


@pytest.mark.parametrize("name", SAMPLES)
def test_a_working_copy_is_made_exactly_when_the_original_is_no_plain_jpeg(
    name: str,
) -> None:
    received = receive(sample(name), pixel_limit=LIMIT)
    if name in PLAIN_JPEGS:
        assert received.working is None
        assert simplejpeg.decode_jpeg(sample(name)).shape == (96, 128, 3)
    else:
        assert received.working is not None
        height, width, _, sampling = simplejpeg.decode_jpeg_header(received.working)
        assert (width, height) == (128, 96)
        assert sampling in {"444", "Gray"}


@pytest.mark.parametrize("name", SAMPLES)
def test_the_header_alone_tells_format_and_size(name: str) -> None:
    header = inspect(sample(name), pixel_limit=LIMIT)
    assert header.format == MEDIA_TYPES[name.split("-", maxsplit=1)[0]]
    assert (header.width, header.height) == (128, 96)
    several = name.endswith(("animated", "pages")) or name == "mpo"
    # PNG says so only further on; the rest tell cheaply.
    assert header.frames == (2 if several and name != "png-animated" else 1)


@pytest.mark.parametrize(
    ("name", "note"),
    [
        ("png-animated", "animated_first_frame"),
        ("webp-animated", "animated_first_frame"),
        ("avif-animated", "animated_first_frame"),
        ("tiff-pages", "first_page_only"),
        ("mpo", "extra_pictures_ignored"),
        ("jpeg-cmyk", "cmyk_without_profile"),
    ],
)
def test_what_was_left_out_is_noted(name: str, note: str) -> None:
    assert note in receive(sample(name), pixel_limit=LIMIT).notes
    assert receive(sample("jpeg"), pixel_limit=LIMIT).notes == ()


@pytest.mark.parametrize("name", ALPHA_SAMPLES)
def test_transparent_parts_become_white(name: str) -> None:
    received = receive(ALPHA_SAMPLES[name](), pixel_limit=LIMIT)
    pixels = np.asarray(opened(received.preview).convert("RGB"))
    assert pixels[:, 80:].min() > 245
    expected = astronaut().resize((128, 96)).crop((0, 0, 56, 96))
    if name == "png-gray":
        expected = expected.convert("L")
    assert mean_difference(Image.fromarray(pixels[:, :56]), expected) < 9


@pytest.mark.parametrize("data", [deep_png(), deep_tiff()], ids=["png", "tiff"])
def test_sixteen_bits_keep_their_high_byte(data: bytes) -> None:
    received = receive(data, pixel_limit=LIMIT)
    assert received.working is not None
    red = np.asarray(opened(received.working))[24, :, 0].astype(int)
    assert np.abs(red - np.linspace(0, 255, 64)).max() <= 4


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF"])
def test_every_exif_orientation_ends_upright(orientation: int, kind: str) -> None:
    stored = arrow().transpose(_INVERSE[orientation]) if orientation > 1 else arrow()
    block = exif_block({0x0112: orientation})
    if kind == "TIFF":
        data = saved(stored, kind, tiffinfo={274: orientation})
    elif kind == "JPEG":
        data = jpeg_with(saved(stored, kind, quality=95), (0xE1, b"Exif\0\0" + block))
    else:
        data = saved(stored, kind, quality=95, exif=block)
    received = receive(data, pixel_limit=LIMIT)
    assert received.orientation == orientation
    assert (received.width, received.height) == (96, 64)
    for rendition in (received.preview, received.thumb, received.working):
        if rendition is not None:
            assert mean_difference(opened(rendition), arrow()) < 6


_T = Image.Transpose
_INVERSE = {
    2: _T.FLIP_LEFT_RIGHT,
    3: _T.ROTATE_180,
    4: _T.FLIP_TOP_BOTTOM,
    5: _T.TRANSPOSE,
    6: _T.ROTATE_90,
    7: _T.TRANSVERSE,
    8: _T.ROTATE_270,
}


def test_a_turned_heic_is_upright_and_needs_no_further_turn() -> None:
    stored = arrow().transpose(_INVERSE[6])
    received = receive(
        saved(stored, "HEIF", exif=b"Exif\0\0" + exif_block({0x0112: 6})),
        pixel_limit=LIMIT,
    )
    assert received.orientation == 1
    assert (received.width, received.height) == (96, 64)
    assert mean_difference(opened(received.preview), arrow()) < 6


@pytest.mark.parametrize("orientation", [0, 9, 65535])
def test_an_invalid_orientation_counts_as_upright(orientation: int) -> None:
    block = b"Exif\0\0" + exif_block({0x0112: orientation})
    data = jpeg_with(saved(arrow(), "JPEG"), (0xE1, block))
    received = receive(data, pixel_limit=LIMIT)
    assert (received.orientation, received.width) == (1, 96)


@pytest.mark.parametrize(
    ("size", "preview", "thumb"),
    [
        ((1, 1), (1, 1), (1, 1)),
        ((400, 300), (400, 300), (400, 300)),
        ((401, 3), (401, 3), (400, 3)),
        ((2048, 10), (2048, 10), (400, 2)),
        ((2305, 1729), (2017, 1513), (400, 300)),
        ((2100, 1400), (2100, 1400), (400, 267)),
        ((6000, 4000), (2250, 1500), (400, 267)),
        ((4032, 3024), (2016, 1512), (400, 300)),
        ((10, 9000), (3, 2250), (1, 400)),
        ((7000, 70), (2048, 20), (400, 4)),
        ((65500, 1), (2048, 1), (400, 1)),
    ],
)
@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_renditions_fit_their_longest_side_and_never_enlarge(
    kind: str, size: tuple[int, int], preview: tuple[int, int], thumb: tuple[int, int]
) -> None:
    data = saved(Image.new("RGB", size, (90, 120, 30)), kind)
    received = receive(data, pixel_limit=LIMIT)
    assert (received.width, received.height) == size
    assert opened(received.preview).size == preview
    assert opened(received.thumb).size == thumb


def test_the_scaled_decode_keeps_detail() -> None:
    large = astronaut().resize((3072, 2304), Image.Resampling.LANCZOS)
    received = receive(saved(large, "JPEG", quality=92), pixel_limit=LIMIT)
    reference = large.resize((1920, 1440), Image.Resampling.LANCZOS)
    assert mean_difference(opened(received.preview), reference) < 2


def test_bytes_after_the_picture_do_no_harm() -> None:
    data = sample("jpeg") + b"\0" * 100 + b"motion photo video"
    assert receive(data, pixel_limit=LIMIT).working is None


def test_harmless_slips_of_phones_are_mended_and_a_working_copy_made() -> None:
    data = sample("jpeg")
    at = data.index(b"\xff\xda")
    length = int.from_bytes(data[at + 2 : at + 4])
    scan = data[: at + 2 + length - 1] + b"\x01" + data[at + 2 + length :]
    padded = data[:-2] + bytes(40) + data[-2:]
    for slip in (scan, padded):
        with pytest.raises(ValueError, match=r"."):
            simplejpeg.decode_jpeg(slip)
        received = receive(slip, pixel_limit=LIMIT)
        assert "jpeg_normalised" in received.notes
        assert received.working is not None
        assert mean_difference(opened(received.working), opened(data)) < 2


def test_the_result_depends_on_the_bytes_alone() -> None:
    data = jpeg_with(sample("jpeg"), (0xFE, b"comment"))
    assert receive(data, pixel_limit=LIMIT) == receive(data, pixel_limit=LIMIT)


def test_a_jpeg_costs_no_decoder_that_it_does_not_need() -> None:
    script = (
        "import sys, pathlib; sys.path[:0] = ['functions', 'layers/core/python'];"
        "from intake.receive_upload.imaging import receive;"
        "receive(pathlib.Path(sys.argv[1]).read_bytes(), pixel_limit=10**6);"
        "print(*sorted(m for m in sys.modules if m.startswith(('PIL.', 'pillow'))))"
    )
    with tempfile.NamedTemporaryFile() as file:
        file.write(sample("jpeg"))
        file.flush()
        process = subprocess.run(
            [sys.executable, "-c", script, file.name],
            cwd=ROOT,
            capture_output=True,
            check=True,
            text=True,
        )
    loaded = set(process.stdout.split())
    assert "PIL.Image" in loaded
    assert not any(name.startswith("pi_heif") for name in loaded)
    assert not loaded & {"PIL.ImageCms", "PIL._avif", "PIL._webp", "PIL.TiffImagePlugin"}
