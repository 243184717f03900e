"""What leaves for a channel: real pixels, covered, cut, in sRGB, with its words alone."""

from io import BytesIO
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageCms

from beeldrecht.domain.assets import Box, Face, FacePose
from beeldrecht.domain.metadata import ModelRelease
from beeldrecht_vision.embedded_metadata import Said, exif_of, xmp_of
from beeldrecht_vision.masking import FILL, UncoverableFaceError
from beeldrecht_vision.rendering import Cut, Wanted, rendered, srgb_profile
from intake.receive_upload.imaging import receive
from tests.unit.imaging.pictures import LIMIT, astronaut, exif_block, jpeg_with, saved

SAID = Said(
    title='Zomer <&"\u00e9',
    caption="Two\nlines",
    keywords=("fair", "b & c"),
    creator="Jo Jansen",
    credit="Gemeente Vis",
    rights="\u00a9 Jo",
    usage_terms="Ask us",
    location="Markt",
    city="Delft",
    region="Zuid-Holland",
    country="Nederland",
    captured_at="2026-05-04T15:30:00",
    release="MR-LMR",
    release_ids=("MR 1",),
    check="https://beeld.example.org/check/0123",
)
FORMATS = ("jpeg", "webp", "avif", "png", "tiff")
HEAD = Face(
    "f",
    Box(190, 60, 80, 100),
    ((210, 100), (245, 100), (228, 120), (215, 140), (243, 140)),
    0.99,
    FacePose(0, 0, 1),
)


def photo(**saved_with: Any) -> bytes:
    return saved(astronaut(), "JPEG", quality=92, **saved_with)


def made(data: bytes, written_as: str = "jpeg", **more: Any) -> bytes:
    width, height = more.pop("size", (256, 192))
    cut = more.pop("cut", Cut(0, 0, 512, 384))
    faces = more.pop("faces", ())
    orientation = more.pop("orientation", 1)
    wanted = Wanted(cut, width, height, written_as, **more)
    return rendered(data, orientation, 512, faces, wanted, SAID)


def pixels(data: bytes) -> np.ndarray:
    with Image.open(BytesIO(data)) as opened:
        return np.asarray(opened.convert("RGB")).astype(int)


@pytest.mark.parametrize("written_as", FORMATS)
def test_every_format_holds_the_picture_its_profile_and_its_words(
    written_as: str,
) -> None:
    data = photo()
    out = made(data, written_as)
    assert out == made(data, written_as)
    with Image.open(BytesIO(out)) as opened:
        assert opened.size == (256, 192)
        assert opened.info["icc_profile"] == srgb_profile()
    whole = np.asarray(astronaut().resize((256, 192), Image.Resampling.LANCZOS))
    assert np.abs(pixels(out) - whole.astype(int)).mean() < 4
    read = receive(out, pixel_limit=LIMIT).metadata
    assert (read.title, read.caption) == (SAID.title, SAID.caption)
    assert (read.keywords, read.creator) == (SAID.keywords, SAID.creator)
    assert (read.credit, read.copyright) == (SAID.credit, SAID.rights)
    assert (read.location, read.city, read.country) == ("Markt", "Delft", "Nederland")
    assert (read.usage_terms, read.captured_at) == (SAID.usage_terms, SAID.captured_at)
    assert read.model_release is ModelRelease.LIMITED
    assert read.model_release_ids == ("MR 1",)
    assert SAID.check.encode() in out


@pytest.mark.parametrize("written_as", FORMATS)
def test_nothing_of_the_file_that_came_comes_along(written_as: str) -> None:
    gps = {1: "N", 2: (52.0, 22.0, 12.0), 3: "E", 4: (4.0, 53.0, 42.0)}
    block = exif_block({0x010F: "SECRETCAM", 0x013B: "SECRETNAME"}, {}, gps=gps)
    hidden = jpeg_with(
        photo(),
        (0xE1, b"Exif\0\0" + block + b"SECRETTHUMB"),
        (0xED, b"SECRETIPTC"),
        (0xFE, b"SECRETCOMMENT"),
    )
    out = made(hidden, written_as)
    assert b"SECRET" not in out
    with Image.open(BytesIO(out)) as opened:
        assert not opened.getexif().get_ifd(0x8825)
        assert 1 not in [ifd for ifd in opened.getexif() if ifd == 0x0201]


@pytest.mark.parametrize("written_as", FORMATS)
def test_who_may_not_be_seen_is_covered_whatever_the_size(written_as: str) -> None:
    for size, cut in (
        ((512, 512), Cut(0, 0, 512, 512)),
        ((100, 100), Cut(128, 0, 256, 256)),
    ):
        shown = pixels(made(photo(), written_as, faces=[HEAD], size=size, cut=cut))
        scale = size[0] / cut.width
        x, y = int((230 - cut.left) * scale), int((110 - cut.top) * scale)
        assert np.abs(shown[y - 3 : y + 3, x - 3 : x + 3] - FILL).max() <= 3


def test_beneath_a_cover_nothing_changes_what_leaves() -> None:
    other = np.asarray(astronaut()).copy()
    other[90:140, 205:250] = 7
    both = []
    for image in (astronaut(), Image.fromarray(other)):
        # Lossless to the covering: one JPEG whose other blocks are the same.
        data = saved(image, "JPEG", quality=95, subsampling=0)
        both.append(made(data, "png", faces=[HEAD], size=(300, 225)))
    one, two = (pixels(each) for each in both)
    assert np.abs(one - two).max() == 0


def test_a_face_that_cannot_be_covered_lets_nothing_out() -> None:
    nowhere = Face("f", Box(9000, 9000, 80, 100), HEAD.landmarks, 0.5, FacePose(0, 0, 1))
    with pytest.raises(UncoverableFaceError):
        made(photo(), faces=[nowhere])


@pytest.mark.parametrize("orientation", range(1, 9))
def test_it_is_upright_whichever_way_it_was_stored(orientation: int) -> None:
    back = {1: None, 2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}[orientation]
    stored = astronaut()
    if back is not None:
        stored = stored.transpose(Image.Transpose(back))
    data = saved(stored, "JPEG", quality=92)
    cut = Cut(128, 0, 256, 128)
    upright = np.asarray(astronaut().crop((128, 0, 384, 128))).astype(int)
    out = made(data, "png", orientation=orientation, cut=cut, size=(256, 128))
    assert np.abs(pixels(out) - upright).mean() < 4


def test_other_colours_are_brought_to_srgb() -> None:
    lab = ImageCms.createProfile("sRGB")
    plain = made(photo(icc_profile=ImageCms.ImageCmsProfile(lab).tobytes()), "png")
    assert np.abs(pixels(plain) - pixels(made(photo(), "png"))).max() <= 3
    damaged = made(photo(icc_profile=b"\0" * 200), "png")
    assert (pixels(damaged) == pixels(made(photo(), "png"))).all()


def test_print_is_300_dots_an_inch_and_a_watermark_shows() -> None:
    for written_as in ("jpeg", "tiff", "png"):
        with Image.open(BytesIO(made(photo(), written_as, dpi=300))) as opened:
            assert [round(each) for each in opened.info["dpi"]] == [300, 300]
    clean, marked = pixels(made(photo())), pixels(made(photo(), watermark="\u00a9 Vis"))
    changed = np.abs(clean - marked).max(axis=2) > 40
    assert changed[128:].any()
    assert not changed[:64].any()


def test_words_that_would_not_fit_are_shortened_and_nothing_is_no_words() -> None:
    long = Said(title="x", caption="y" * 70_000)
    assert b"<dc:title>" in xmp_of(long)
    assert len(xmp_of(long)) < 60_000
    assert exif_of(Said()) == b""
    assert xmp_of(Said(keywords=("z" * 100_000,))) == b""
