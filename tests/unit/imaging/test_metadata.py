import struct
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from beeldrecht.domain.metadata import (
    FIELDS,
    LIMITS,
    Metadata,
    ModelRelease,
    from_plain,
    plain,
)
from intake.receive_upload.imaging import receive
from intake.receive_upload.imaging.exif import read_exif
from intake.receive_upload.imaging.iptc import iim_in_photoshop, read_iptc
from intake.receive_upload.imaging.metadata import described, local_time
from intake.receive_upload.imaging.text import clean
from intake.receive_upload.imaging.xmp import XmpRefusedError, read_xmp
from tests.unit.imaging.pictures import (
    LIMIT,
    XMP_HEAD,
    XMP_TAIL,
    exif_block,
    iim,
    jpeg_with,
    photoshop,
    sample,
    saved,
    xmp,
    xmp_segment,
)

EXIF = {0x010E: "Exif caption", 0x013B: "Exif Maker", 0x8298: "Exif rights"}
CAMERA = {0x9003: "2024:05:04 15:30:00", 0x9011: "+02:00"}
IPTC = iim(
    (1, 90, b"\x1b%G"),
    (2, 5, "Köln".encode()),
    (2, 25, b"people"),
    (2, 25, b"work"),
    (2, 55, b"20230102"),
    (2, 60, b"101112+0100"),
    (2, 80, b"Iptc Maker"),
    (2, 110, b"Iptc credit"),
    (2, 116, b"Iptc rights"),
    (2, 120, b"Iptc caption"),
)
XMP = xmp(
    "<dc:title><rdf:Alt><rdf:li xml:lang='nl'>Titel</rdf:li>"
    "<rdf:li xml:lang='x-default'>Xmp title</rdf:li></rdf:Alt></dc:title>"
    "<dc:creator><rdf:Seq><rdf:li>One</rdf:li><rdf:li>Two</rdf:li></rdf:Seq></dc:creator>"
    "<dc:subject><rdf:Bag><rdf:li>a</rdf:li><rdf:li>b &amp; c</rdf:li></rdf:Bag>"
    "</dc:subject><exif:DateTimeOriginal>2022-01-01T00:00:00Z</exif:DateTimeOriginal>",
    'photoshop:Credit="Xmp credit"',
)


def metadata_of(data: bytes) -> Metadata:
    return receive(data, pixel_limit=LIMIT).metadata


def test_each_field_comes_from_the_first_source_that_has_it() -> None:
    exif = (0xE1, b"Exif\0\0" + exif_block(EXIF, CAMERA))
    app13 = (0xED, photoshop(IPTC))
    data = jpeg_with(sample("jpeg"), exif, xmp_segment(XMP), app13)
    assert metadata_of(data) == Metadata(
        captured_at="2024-05-04T15:30:00+02:00",
        creator="One; Two",
        title="Xmp title",
        caption="Iptc caption",
        keywords=("a", "b & c"),
        copyright="Iptc rights",
        credit="Xmp credit",
    )
    assert metadata_of(jpeg_with(sample("jpeg"), exif, app13)).creator == "Iptc Maker"
    assert metadata_of(jpeg_with(sample("jpeg"), exif)) == Metadata(
        captured_at="2024-05-04T15:30:00+02:00",
        creator="Exif Maker",
        caption="Exif caption",
        copyright="Exif rights",
    )
    without_exif = metadata_of(jpeg_with(sample("jpeg"), xmp_segment(XMP), app13))
    assert without_exif.captured_at == "2022-01-01T00:00:00+00:00"


def test_iptc_alone() -> None:
    assert read_iptc(IPTC) == Metadata(
        captured_at="2023-01-02T10:11:12+01:00",
        creator="Iptc Maker",
        title="Köln",
        caption="Iptc caption",
        keywords=("people", "work"),
        copyright="Iptc rights",
        credit="Iptc credit",
    )


def test_iptc_without_a_declared_character_set_is_utf8_or_windows() -> None:
    assert read_iptc(iim((2, 5, "Zoë".encode()))).title == "Zoë"
    assert read_iptc(iim((2, 5, "Zoë".encode("cp1252")))).title == "Zoë"


def _png_with_text() -> bytes:
    info = PngInfo()
    info.add_itxt("XML:com.adobe.xmp", XMP.decode(), zip=True)
    exif = exif_block(EXIF, CAMERA)
    return saved(Image.new("RGB", (8, 8)), "PNG", pnginfo=info, exif=exif)


def _tiff_with_tags() -> bytes:
    tags: dict[int, Any] = {270: "Exif caption", 315: "Exif Maker", 700: XMP}
    return saved(Image.new("RGB", (8, 8)), "TIFF", tiffinfo=tags)


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "TIFF", "HEIF", "AVIF"])
def test_every_container_gives_up_its_exif_and_xmp(kind: str) -> None:
    if kind == "PNG":
        data = _png_with_text()
    elif kind == "TIFF":
        data = _tiff_with_tags()
    else:
        prefix = b"Exif\0\0" if kind == "HEIF" else b""
        block = prefix + exif_block(EXIF, CAMERA)
        data = saved(Image.new("RGB", (64, 64)), kind, exif=block, xmp=XMP)
    found = metadata_of(data)
    assert (found.title, found.caption) == ("Xmp title", "Exif caption")
    assert found.keywords == ("a", "b & c")
    if kind != "TIFF":
        assert found.captured_at == "2024-05-04T15:30:00+02:00"


@pytest.mark.parametrize(
    ("value", "time"),
    [
        ("2024:05:04 15:30:00", "2024-05-04T15:30:00"),
        ("2024-05-04T15:30:00.25-09:30", "2024-05-04T15:30:00-09:30"),
        ("2024-05-04T15:30Z", "2024-05-04T15:30:00+00:00"),
        ("2024-05-04", "2024-05-04"),
        ("2024:02:30 15:30:00", None),
        ("2024:05:04 25:30:00", None),
        ("0000:00:00 00:00:00", None),
        ("    :  :     :  :  ", None),
        ("yesterday", None),
    ],
)
def test_times_are_iso_or_nothing(value: str, time: str | None) -> None:
    assert local_time(value) == time


def test_an_unset_camera_clock_leaves_the_time_to_others() -> None:
    unset = {0x9003: "0000:00:00 00:00:00", 0x9004: "2020:01:02 03:04:05"}
    assert read_exif(exif_block({}, unset))[1].captured_at == "2020-01-02T03:04:05"


def test_what_cameras_write_into_every_caption_is_dropped() -> None:
    assert read_exif(exif_block({0x010E: "OLYMPUS DIGITAL CAMERA  "}))[1].caption is None


def test_words_are_capped_and_control_characters_go() -> None:
    packet = xmp(
        "<dc:subject><rdf:Bag>"
        + "".join(f"<rdf:li>{'k' * 200}{n}</rdf:li>" for n in range(5))
        + "".join(f"<rdf:li>w{n}</rdf:li>" for n in range(500))
        + "</rdf:Bag></dc:subject>"
        f"<dc:description>{'x' * 9000}</dc:description>"
    )
    found = read_xmp(packet)
    assert len(found.keywords) <= 100
    assert found.keywords[0] == "k" * 128
    assert found.keywords[1] == "w0"  # repeats after the cap count once
    assert found.caption == "x" * 4000
    assert clean("a\x00b\u202ec\x1b[0m\td\u200de", limit=99) == "abc[0m d\u200de"
    assert clean("one \r\n\n two", limit=99, lines=True) == "one\ntwo"
    assert clean("one \r\n\n two", limit=99) == "one two"
    assert clean(" \u202e\x00 ", limit=9) is None


@pytest.mark.parametrize(
    "packet",
    [
        b"<!DOCTYPE x><x/>",
        b'<!DOCTYPE x [<!ENTITY a "ha">]><x>&a;</x>',
        "<!DOCTYPE x><x/>".encode("utf-16"),
        b"<x>&undefined;</x>",
        b"<x",
        b"plain words",
        b"<x>" * 60 + b"</x>" * 60,
        b'<?xml version="1.0" encoding="nonsense"?><x/>',
    ],
)
def test_an_unsafe_or_broken_xmp_packet_is_refused(packet: bytes) -> None:
    with pytest.raises(XmpRefusedError):
        read_xmp(packet)


def test_a_picture_with_a_refused_packet_is_received_without_it() -> None:
    hostile = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + XMP
    received = receive(
        jpeg_with(
            sample("jpeg"),
            (0xE1, b"Exif\0\0" + exif_block(EXIF)),
            xmp_segment(hostile),
        ),
        pixel_limit=LIMIT,
    )
    assert "xmp_ignored" in received.notes
    assert received.metadata.caption == "Exif caption"


def test_descriptions_nested_in_the_history_do_not_count() -> None:
    nested = (
        "<photoshop:Instructions><rdf:Description><dc:title>Other</dc:title>"
        "</rdf:Description></photoshop:Instructions>"
    )
    assert read_xmp(xmp(nested)).title is None
    assert read_xmp(xmp("<dc:title>Ours</dc:title>" + nested)).title == "Ours"


def test_an_element_after_a_description_does_not_inherit_its_property() -> None:
    stray = XMP_HEAD + "<rdf:Description><dc:creator/></rdf:Description>"
    stray += "<rdf:Bag><rdf:li>x</rdf:li></rdf:Bag>" + XMP_TAIL
    assert read_xmp(stray.encode()) == Metadata()


def test_a_position_is_never_part_of_the_metadata() -> None:
    gps = {1: "N", 2: (52.0, 22.0, 12.0), 3: "E", 4: (4.0, 53.0, 42.0), 29: "2024:05:04"}
    block = exif_block(EXIF, CAMERA, gps=gps)
    assert struct.pack(">H", 0x8825) in block or struct.pack("<H", 0x8825) in block
    found = metadata_of(jpeg_with(sample("jpeg"), (0xE1, b"Exif\0\0" + block)))
    assert not any("52" in str(value) for value in _values(found) if value)
    assert not any("gps" in name or "tude" in name for name in FIELDS)


PLUS = "http://ns.useplus.org/ldf/vocab/"
SPACES = (
    "xmlns:plus='http://ns.useplus.org/ldf/xmp/1.0/'"
    " xmlns:core='http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/'"
    " xmlns:rights='http://ns.adobe.com/xap/1.0/rights/'"
)


@pytest.mark.parametrize(
    ("written", "release"),
    [
        (f"<plus:ModelReleaseStatus>{PLUS}MR-UMR</plus:ModelReleaseStatus>", "UNLIMITED"),
        (f"<plus:ModelReleaseStatus rdf:resource='{PLUS}MR-LMR'/>", "LIMITED"),
        ("<plus:ModelReleaseStatus>MR-NON</plus:ModelReleaseStatus>", "NONE"),
        ("<plus:ModelReleaseStatus>MR-ANY</plus:ModelReleaseStatus>", None),
    ],
)
def test_a_model_release_and_the_place_in_words_are_read(
    written: str, release: str | None
) -> None:
    found = read_xmp(
        xmp(
            written + "<plus:ModelReleaseID><rdf:Bag><rdf:li>MR 1</rdf:li>"
            "<rdf:li>MR 2</rdf:li></rdf:Bag></plus:ModelReleaseID>"
            "<rights:UsageTerms><rdf:Alt><rdf:li xml:lang='x-default'>Ask us"
            "</rdf:li></rdf:Alt></rights:UsageTerms>",
            f"{SPACES} core:Location='Town hall' photoshop:City='Delft'"
            " photoshop:State='Zuid-Holland' photoshop:Country='Nederland'",
        )
    )
    assert found == Metadata(
        usage_terms="Ask us",
        location="Town hall",
        city="Delft",
        region="Zuid-Holland",
        country="Nederland",
        model_release=None if release is None else ModelRelease[release],
        model_release_ids=("MR 1", "MR 2"),
    )


def test_the_place_in_words_is_read_from_what_picture_desks_write_too() -> None:
    found = read_iptc(iim((2, 90, b"Delft"), (2, 92, b"Hall"), (2, 101, b"Nederland")))
    assert (found.city, found.location, found.country) == ("Delft", "Hall", "Nederland")


@given(st.dictionaries(st.sampled_from(sorted(LIMITS)), st.text(max_size=5000)))
def test_whatever_words_a_file_holds_become_words_that_are_accepted(
    words: dict[str, str],
) -> None:
    found = described(keywords=words.values(), model_release_ids=words.values(), **words)
    assert from_plain(plain(found)) == found


def _values(found: Metadata) -> list[object]:
    return [getattr(found, name) for name in Metadata.__dataclass_fields__]


@given(st.binary(max_size=400), st.sampled_from([b"II*\0\x08\0\0\0", b"MM\0*\0\0\0\x08"]))
def test_no_exif_block_is_too_broken(tail: bytes, head: bytes) -> None:
    orientation, found = read_exif(head + tail)
    assert 1 <= orientation <= 8
    assert isinstance(found, Metadata)


@given(st.binary(max_size=300), st.integers(0, 200))
def test_no_iptc_stream_is_too_broken(noise: bytes, cut: int) -> None:
    assert isinstance(read_iptc(IPTC[:cut] + noise), Metadata)
    found = iim_in_photoshop(photoshop(IPTC)[14 : cut + 14] + noise)
    assert found is None or isinstance(found, bytes)


@given(st.text(max_size=300), st.integers(1, 60))
def test_cleaning_twice_changes_nothing(value: str, limit: int) -> None:
    once = clean(value, limit=limit, lines=True)
    assert once is None or (len(once) <= limit and not once.isspace())
    if once is not None:
        assert clean(once, limit=limit, lines=True) == once
