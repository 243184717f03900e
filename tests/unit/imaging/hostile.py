"""Files that somebody made to do harm, family by family, and what is to become of each.

Every builder gives the bytes; the set beside it holds what may become of them: a reason,
or RECEIVED, and then the renditions are bare JPEGs of ours. Used by the tests, which look
at the outcome and the memory, and by `bench/hostile.py`, which measures the time too.
"""

import gzip
import struct
import zlib
from collections.abc import Callable, Mapping
from functools import cache
from io import BytesIO

from PIL import Image

from tests.unit.imaging.boxes import box, grid_heic
from tests.unit.imaging.pictures import (
    exif_block,
    iim,
    jpeg_with,
    photoshop,
    png_chunk,
    sample,
    saved,
    xmp,
    xmp_segment,
)

RECEIVED = "received"
REFUSED_EARLY = frozenset({"too_complex", "too_many_pixels"})
NO_PICTURE = frozenset({"not_an_image", "unsupported_format"})
BROKEN = frozenset(
    {
        "corrupt",
        "truncated",
        "unsupported_variant",
        "decompression_mismatch",
        "too_complex",
        "too_many_pixels",
        "side_too_long",
        "no_pixels",
    }
)
SCRIPT = b"<script>alert(document.domain)</script>"
HTML = b"<!DOCTYPE html><html><body>" + SCRIPT + b"</body></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">' + SCRIPT + b"</svg>"
ZIP = b"PK\x03\x04" + bytes(26) + SCRIPT + b"PK\x05\x06" + bytes(18)
PDF = b"%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>\n%%EOF"

type Family = Mapping[str, tuple[Callable[[], bytes], frozenset[str]]]


# -- pixel bombs -----------------------------------------------------------------------


def zeros(count: int) -> bytes:
    """So many zeros, deflated as far as that goes; made without making them."""
    mebibyte = 1024 * 1024
    packer = zlib.compressobj(9, wbits=-15)
    piece = packer.compress(bytes(mebibyte)) + packer.flush(zlib.Z_FULL_FLUSH)
    rest = packer.compress(bytes(count % mebibyte)) + packer.flush()
    adler = (count % 65_521) << 16 | 1
    return b"\x78\xda" + piece * (count // mebibyte) + rest + struct.pack(">I", adler)


@cache
def flat_png(width: int, height: int, colour: int = 6, depth: int = 8) -> bytes:
    """An empty PNG: the most pixels for a byte that the format can say."""
    channels = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[colour]
    packed = zeros(height * (1 + (width * channels * depth + 7) // 8))
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    palette = png_chunk(b"PLTE", bytes(768)) + png_chunk(b"tRNS", b"\x80" * 256)
    return (
        b"\x89PNG\r\n\x1a\n"
        + png_chunk(b"IHDR", head)
        + (palette if colour == 3 else b"")
        + png_chunk(b"IDAT", packed)
        + png_chunk(b"IEND", b"")
    )


def flat(kind: str, side: int, mode: str = "RGB", **options: object) -> bytes:
    """An empty picture by an honest encoder."""
    colour = (10, 20, 30, 40)[: len(mode)]
    return saved(Image.new(mode, (side, side), colour), kind, **options)


def skipping_jpeg(width: int, height: int, scans: int) -> bytes:
    """A progressive JPEG of a bit a block, and then scans that each visit every block."""
    one_code = b"\1" + bytes(15)
    blocks = -(-width // 8) * -(-height // 8)
    run = 32_767
    # The code 0 stands for "the next 2^14 and so many blocks are empty".
    runs = (max(16_384, min(run, left)) for left in range(blocks, 0, -run))
    bits = "".join(f"0{each - 16_384:014b}" for each in runs)
    padded = bits + "1" * (-len(bits) % 8)
    skip = int(padded, 2).to_bytes(len(padded) // 8).replace(b"\xff", b"\xff\0")

    def segment(marker: int, body: bytes) -> bytes:
        return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body

    return (
        b"\xff\xd8"
        + segment(0xDB, b"\0" + b"\1" * 64)
        + segment(0xC2, struct.pack(">BHHB", 8, height, width, 1) + b"\1\x11\0")
        + segment(0xC4, b"\0" + one_code + b"\0")
        + segment(0xC4, b"\x10" + one_code + b"\xe0")
        + segment(0xDA, b"\1\1\0\0\0\0")
        + bytes(-(-blocks // 8))
        + b"".join(
            segment(0xDA, bytes((1, 1, 0, 1 + n, 1 + n, 0))) + skip
            for n in range(scans - 1)
        )
        + b"\xff\xd9"
    )


_BIG = 5100
"""A side whose square is just over what may be empty."""
_JUST = 5000

PIXEL_BOMBS: Family = {
    "png of 196 MP in 760 kB": (lambda: flat_png(14_000, 14_000), REFUSED_EARLY),
    "gray png of 196 MP": (lambda: flat_png(14_000, 14_000, 0), REFUSED_EARLY),
    "1-bit png of 196 MP in 24 kB": (
        lambda: flat_png(14_000, 14_000, 0, 1),
        REFUSED_EARLY,
    ),
    "png over what may be empty": (lambda: flat_png(_BIG, _BIG), REFUSED_EARLY),
    "palette png over it": (lambda: flat_png(_BIG, _BIG, 3), REFUSED_EARLY),
    "16-bit png over it": (lambda: flat_png(_BIG, _BIG, 6, 16), REFUSED_EARLY),
    "png of a single row": (lambda: flat_png(65_501, 1), frozenset({"side_too_long"})),
    "png just within": (lambda: flat_png(_JUST, _JUST), frozenset({RECEIVED})),
    "palette png just within": (lambda: flat_png(_JUST, _JUST, 3), frozenset({RECEIVED})),
    "webp of 100 bytes just within": (
        lambda: flat("WEBP", _JUST, "RGBA", lossless=True, method=0, quality=0),
        frozenset({RECEIVED}),
    ),
    "webp of 100 bytes over it": (
        lambda: flat("WEBP", _BIG, "RGBA", lossless=True, method=0, quality=0),
        REFUSED_EARLY,
    ),
    "avif of 1 kB over it": (
        lambda: flat("AVIF", _BIG, quality=1, speed=10),
        REFUSED_EARLY,
    ),
    "heic of 1 kB over it": (
        lambda: grid_heic((_BIG, _BIG), (_BIG, _BIG), 1),
        REFUSED_EARLY,
    ),
    "tiff over it": (
        lambda: flat("TIFF", _BIG, compression="tiff_adobe_deflate"),
        REFUSED_EARLY,
    ),
    "cmyk tiff just within": (
        lambda: flat("TIFF", _JUST, "CMYK", compression="tiff_adobe_deflate"),
        frozenset({RECEIVED}),
    ),
    "jpeg of 180 MP that skips 39 times": (
        lambda: skipping_jpeg(60_000, 3000, 40),
        REFUSED_EARLY,
    ),
    "jpeg just within that skips 39 times": (
        lambda: skipping_jpeg(_JUST, _JUST, 40),
        frozenset({RECEIVED}),
    ),
    "jpeg of sixty scans": (
        lambda: skipping_jpeg(800, 800, 60),
        frozenset({"too_complex"}),
    ),
    "heic grid of a thousand tiles": (
        lambda: grid_heic((8000, 8000), (8000, 8000), 1000),
        BROKEN,
    ),
}


# -- what stands beside the picture ----------------------------------------------------


def _png_with(*chunks: tuple[bytes, bytes]) -> bytes:
    data = sample("png")
    return data[:33] + b"".join(png_chunk(k, body) for k, body in chunks) + data[33:]


_GIGABYTE = zeros(1024**3)


def _profile(**tags: bytes) -> bytes:
    """A display profile with these tags."""
    table, body, at = b"", b"", 132 + 12 * len(tags)
    for name, tag in tags.items():
        table += name.encode() + struct.pack(">II", at + len(body), len(tag))
        body += tag
    size = struct.pack(">I", at + len(body))
    head = size + b"lcms\4\0\0\0mntrRGB XYZ " + bytes(12) + b"acsp" + bytes(88)
    return head + struct.pack(">I", len(tags)) + table + body


def _jpeg_with_profile(profile: bytes) -> bytes:
    pieces = [profile[at : at + 65_000] for at in range(0, len(profile), 65_000)]
    return jpeg_with(
        sample("jpeg"),
        *(
            (0xE2, b"ICC_PROFILE\0" + bytes((n % 255 + 1, len(pieces) % 256)) + piece)
            for n, piece in enumerate(pieces)
        ),
    )


def _looping_exif() -> bytes:
    """A directory whose camera directory and whose successor are itself."""
    entries = struct.pack("<HHHII", 1, 0x8769, 4, 1, 8) + struct.pack("<I", 8)
    return b"II*\0" + struct.pack("<I", 8) + entries


def _exif_of_promises() -> bytes:
    """4,000 entries that each promise four gigabytes."""
    rows = b"".join(
        struct.pack("<HHII", tag, 2, 0xFFFFFFFF, 8) for tag in range(0x100, 0x10A0)
    )
    return b"II*\0" + struct.pack("<IH", 8, 0xFFFF) + rows


def _wordy_xmp() -> bytes:
    """As many words as one segment of a JPEG holds, and a release that is none."""
    words = "".join(f"<rdf:li>{n:x}\u202e</rdf:li>" for n in range(2000))
    release = "<p:ModelReleaseStatus>../../MR-UMR/<![CDATA[</>]]></p:ModelReleaseStatus>"
    return xmp(
        f"<dc:subject><rdf:Bag>{words}</rdf:Bag></dc:subject>{release}",
        "xmlns:p='http://ns.useplus.org/ldf/xmp/1.0/' photoshop:City='\u0085\u2028'",
    )


_LAUGHS = b"<!DOCTYPE a [<!ENTITY a0 'ha'>" + b"".join(
    b"<!ENTITY a%d '%s'>" % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 12)
)

SIDE_BOMBS: Family = {
    "zTXt of a gigabyte": (
        lambda: _png_with((b"zTXt", b"note\0\0" + _GIGABYTE)),
        frozenset({RECEIVED}),
    ),
    "iTXt of a gigabyte": (
        lambda: _png_with((b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + _GIGABYTE)),
        frozenset({RECEIVED}),
    ),
    "iCCP of a gigabyte": (
        lambda: _png_with((b"iCCP", b"wide\0\0" + _GIGABYTE)),
        frozenset({RECEIVED}),
    ),
    "eXIf of 30 megabytes": (
        lambda: _png_with((b"eXIf", b"II*\0" + bytes(30_000_000))),
        frozenset({RECEIVED}),
    ),
    "90,000 small chunks": (
        lambda: _png_with(*((b"teST", b"") for _ in range(90_000))),
        frozenset({RECEIVED}),
    ),
    "110,000 small chunks": (
        lambda: _png_with(*((b"teST", b"") for _ in range(110_000))),
        frozenset({"too_complex"}),
    ),
    "pixels that inflate past the picture": (
        lambda: sample("png")[:-12] + png_chunk(b"IDAT", _GIGABYTE) + sample("png")[-12:],
        frozenset({RECEIVED, *BROKEN}),
    ),
    "profile of 16 megabytes": (
        lambda: _jpeg_with_profile(_profile(wtpt=bytes(16_000_000))),
        frozenset({RECEIVED}),
    ),
    "profile with a curve of four billion points": (
        lambda: _jpeg_with_profile(
            _profile(
                **dict.fromkeys(("rTRC", "gTRC", "bTRC"), b"curv\0\0\0\0\xff\xff\xff\xff")
            )
        ),
        frozenset({RECEIVED}),
    ),
    "profile with a table of 255 x 255 x 255": (
        lambda: _jpeg_with_profile(
            _profile(
                A2B0=b"mft2\0\0\0\0\3\3\xff\0"
                + bytes(36)
                + b"\x10\0\x10\0"
                + bytes(3_000_000)
            )
        ),
        frozenset({RECEIVED}),
    ),
    "profile with a table of 15 inputs": (
        lambda: _jpeg_with_profile(
            _profile(A2B0=b"mft1\0\0\0\0\x0f\3\xff\0" + bytes(36) + bytes(400_000))
        ),
        frozenset({RECEIVED}),
    ),
    "profile that points past its end": (
        lambda: _jpeg_with_profile(_profile(A2B0=b"mAB \0\0\0\0\3\3\0\0" + b"\xff" * 20)),
        frozenset({RECEIVED}),
    ),
    "exif that follows itself": (
        lambda: jpeg_with(sample("jpeg"), (0xE1, b"Exif\0\0" + _looping_exif())),
        frozenset({RECEIVED}),
    ),
    "exif that promises four gigabytes 4,000 times": (
        lambda: jpeg_with(sample("jpeg"), (0xE1, b"Exif\0\0" + _exif_of_promises())),
        frozenset({RECEIVED}),
    ),
    "xmp that laughs a billion times": (
        lambda: jpeg_with(sample("jpeg"), xmp_segment(_LAUGHS + b"]><a>&a11;</a>")),
        frozenset({RECEIVED}),
    ),
    "xmp of two thousand keywords and a release that is none": (
        lambda: jpeg_with(sample("jpeg"), xmp_segment(_wordy_xmp())),
        frozenset({RECEIVED}),
    ),
    "iptc that is no text in any alphabet": (
        lambda: jpeg_with(
            sample("jpeg"),
            (0xED, photoshop(iim((1, 90, b"\x1b%G"), (2, 90, b"\xff\xfe\xc3" * 99)))),
        ),
        frozenset({RECEIVED}),
    ),
    "xmp that nests ten thousand deep": (
        lambda: jpeg_with(sample("jpeg"), xmp_segment(b"<a>" * 10_000)),
        frozenset({RECEIVED}),
    ),
    "4,000 empty segments": (
        lambda: jpeg_with(sample("jpeg"), *((0xEF, b"") for _ in range(4000))),
        frozenset({RECEIVED}),
    ),
    "5,000 empty segments": (
        lambda: jpeg_with(sample("jpeg"), *((0xEF, b"") for _ in range(5000))),
        frozenset({"too_complex"}),
    ),
}


# -- more than one picture -------------------------------------------------------------


def _animated(kind: str, frames: int, **options: object) -> bytes:
    """So many small frames; the first is the picture."""
    images = [Image.new("RGB", (64, 48), (n % 256, 80, 160)) for n in range(frames)]
    target = BytesIO()
    images[0].save(target, kind, save_all=True, append_images=images[1:], **options)
    return target.getvalue()


def _strips(count: int) -> bytes:
    """A TIFF whose many strips are all the same bytes."""
    row = b"\x80" * 3 * 3000
    data = b"II*\0" + struct.pack("<I", 8 + len(row)) + row
    at = len(data) + 2 + 10 * 12 + 4
    tags = [
        (256, 4, 1, 3000), (257, 4, 1, count), (258, 3, 1, 8), (259, 3, 1, 1),
        (262, 3, 1, 2), (273, 4, count, at), (277, 3, 1, 3), (278, 4, 1, 1),
        (279, 4, count, at + 4 * count), (284, 3, 1, 1),
    ]  # fmt: skip
    rows = b"".join(struct.pack("<HHII", *tag) for tag in tags)
    offsets = struct.pack("<I", 8) * count + struct.pack("<I", len(row)) * count
    return data + struct.pack("<H", len(tags)) + rows + bytes(4) + offsets


def _endless_tiff() -> bytes:
    """A page that is followed by itself."""
    data = bytearray(sample("tiff"))
    at = struct.unpack_from("<I", data, 4)[0]
    count = struct.unpack_from("<H", data, at)[0]
    struct.pack_into("<I", data, at + 2 + 12 * count, at)
    return bytes(data)


SEVERAL: Family = {
    "apng of 2,000 frames": (lambda: _animated("PNG", 2000), frozenset({RECEIVED})),
    "webp of 2,000 frames": (lambda: _animated("WEBP", 2000), frozenset({RECEIVED})),
    "avif of 100 frames": (
        lambda: _animated("AVIF", 100, speed=10),
        frozenset({RECEIVED}),
    ),
    "tiff of 1,000 pages": (lambda: _animated("TIFF", 1000), frozenset({RECEIVED})),
    "tiff whose page follows itself": (_endless_tiff, frozenset({RECEIVED})),
    "tiff of one strip 8,000 times": (lambda: _strips(8000), frozenset({RECEIVED})),
    "tiff of one strip 60,000 times": (lambda: _strips(60_000), REFUSED_EARLY),
    "tiff of one strip 110,000 times": (lambda: _strips(110_000), BROKEN),
    "gif": (lambda: _animated("GIF", 3), NO_PICTURE),
}


# -- two things at once ----------------------------------------------------------------


def _webp_with(kind: bytes, body: bytes) -> bytes:
    data = (
        sample("webp") + kind + struct.pack("<I", len(body)) + body + bytes(len(body) & 1)
    )
    return b"RIFF" + struct.pack("<I", len(data) - 8) + data[8:]


POLYGLOTS: Family = {
    "jpeg and zip": (lambda: sample("jpeg") + ZIP, frozenset({RECEIVED})),
    "jpeg and html": (lambda: sample("jpeg") + HTML, frozenset({RECEIVED})),
    "jpeg and pdf": (lambda: sample("jpeg") + PDF, frozenset({RECEIVED})),
    "jpeg with html in a comment": (
        lambda: jpeg_with(sample("jpeg"), (0xFE, HTML)),
        frozenset({RECEIVED}),
    ),
    "jpeg with a script in its first segment": (
        lambda: jpeg_with(sample("jpeg"), (0xE0, b"JFIF\0\1\1*/=alert(1);/*" + SCRIPT)),
        frozenset({RECEIVED}),
    ),
    "jpeg with html between its scans": (
        lambda: sample("jpeg-progressive").replace(
            b"\xff\xda",
            b"\xff\xfe" + struct.pack(">H", len(HTML) + 2) + HTML + b"\xff\xda",
            3,
        ),
        frozenset({RECEIVED}),
    ),
    "jpeg with another jpeg in its exif": (
        lambda: jpeg_with(
            sample("jpeg"),
            (
                0xE1,
                b"Exif\0\0" + exif_block({0x010E: "x"}) + sample("jpeg-gray")[:60_000],
            ),
        ),
        frozenset({RECEIVED}),
    ),
    "zip and jpeg": (lambda: ZIP + sample("jpeg"), NO_PICTURE),
    "pdf and jpeg": (lambda: PDF + sample("jpeg"), NO_PICTURE),
    "html and jpeg": (lambda: HTML + sample("jpeg"), NO_PICTURE),
    "gif and jar": (lambda: b"GIF89a" + bytes(30) + ZIP, NO_PICTURE),
    "gif that is a script": (
        lambda: b"GIF89a/*" + bytes(20) + b"*/=alert(1)",
        NO_PICTURE,
    ),
    "bmp that is a script": (lambda: b"BM/*" + bytes(40) + b"*/=alert(1)", NO_PICTURE),
    "png and zip": (lambda: sample("png") + ZIP, frozenset({RECEIVED})),
    "png and html": (lambda: sample("png") + HTML, frozenset({RECEIVED})),
    "png with html in its text": (
        lambda: _png_with((b"tEXt", b"Title\0" + HTML), (b"htML", HTML)),
        frozenset({RECEIVED}),
    ),
    "png with php in its palette": (
        lambda: _with_palette(b"<?php system($_GET['c']); ?>"),
        frozenset({RECEIVED}),
    ),
    "webp with html in a chunk": (
        lambda: _webp_with(b"HTML", HTML),
        frozenset({RECEIVED}),
    ),
    "webp and zip": (lambda: sample("webp") + ZIP, frozenset({RECEIVED})),
    "tiff and zip": (lambda: sample("tiff") + ZIP, frozenset({RECEIVED})),
    "tiff with pdf before its directory": (
        lambda: _moved_directory(PDF),
        frozenset({RECEIVED}),
    ),
    "heic and html in a free box": (
        lambda: sample("heic") + box(b"free", HTML),
        frozenset({RECEIVED}),
    ),
    "avif and zip": (lambda: sample("avif") + box(b"skip", ZIP), frozenset({RECEIVED})),
    "mp4 in heic clothes": (
        lambda: box(b"ftyp", b"heic\0\0\0\0mif1heic") + box(b"moov", bytes(100)),
        BROKEN,
    ),
}


def _with_palette(script: bytes) -> bytes:
    image = Image.new("P", (64, 48))
    image.putpalette(script.ljust(768, b"\1"))
    image.putdata([n % 9 for n in range(64 * 48)])
    return saved(image, "PNG")


def _moved_directory(between: bytes) -> bytes:
    """A TIFF with something of another kind before its directory."""
    data = sample("tiff")
    at = struct.unpack_from("<I", data, 4)[0]
    directory = data[at:]
    padded = between + bytes(len(between) & 1)
    moved = bytearray(data[:at] + padded + directory)
    struct.pack_into("<I", moved, 4, at + len(padded))
    count = struct.unpack_from("<H", directory)[0]
    for n in range(count):
        entry = at + len(padded) + 2 + 12 * n
        _, kind, values, place = struct.unpack_from("<HHII", moved, entry)
        if values * {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1}.get(kind, 4) > 4 and place >= at:
            struct.pack_into("<I", moved, entry + 8, place + len(padded))
    return bytes(moved)


# -- no picture at all, under a picture's name -----------------------------------------

DISGUISES: Family = {
    "svg": (lambda: SVG, NO_PICTURE),
    "svg after a declaration": (lambda: b'<?xml version="1.0"?>\n' + SVG, NO_PICTURE),
    "svg after a mark": (lambda: b"\xef\xbb\xbf" + SVG, NO_PICTURE),
    "svg in sixteen bits": (lambda: SVG.decode().encode("utf-16"), NO_PICTURE),
    "svg after a long comment": (
        lambda: b"<!--" + b"x" * 5000 + b"-->" + SVG,
        NO_PICTURE,
    ),
    "svgz": (lambda: gzip.compress(SVG), NO_PICTURE),
    "html": (lambda: HTML, NO_PICTURE),
    "html after blanks": (lambda: b"\n \t" * 300 + HTML, NO_PICTURE),
    "xhtml": (lambda: b'<?xml version="1.0"?>' + HTML, NO_PICTURE),
    "pdf": (lambda: PDF, NO_PICTURE),
    "postscript": (lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n(x) run", NO_PICTURE),
    "program": (lambda: b"\x7fELF\2\1\1" + bytes(60), NO_PICTURE),
    "windows program": (lambda: b"MZ" + bytes(200), NO_PICTURE),
    "icon": (lambda: b"\0\0\1\0\1\0" + bytes(60), NO_PICTURE),
    "script": (lambda: b"#!/bin/sh\nrm -rf /\n", NO_PICTURE),
    "xmp alone": (lambda: xmp("<dc:title>x</dc:title>"), NO_PICTURE),
    "svg behind the first bytes of a jpeg": (lambda: b"\xff\xd8\xff\xe0" + SVG, BROKEN),
    "html behind the first bytes of a png": (
        lambda: b"\x89PNG\r\n\x1a\n" + HTML,
        BROKEN,
    ),
    "svg behind the first bytes of a webp": (
        lambda: b"RIFF\xff\0\0\0WEBPVP8 " + SVG,
        BROKEN,
    ),
    "html behind the first bytes of a tiff": (lambda: b"II*\0\x08\0\0\0" + HTML, BROKEN),
    "html behind the first bytes of a heic": (
        lambda: b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + HTML,
        BROKEN,
    ),
    "html behind the first bytes of an avif": (
        lambda: b"\0\0\0\x18ftypavif\0\0\0\0mif1avif" + HTML,
        BROKEN,
    ),
}


def _renamed(old: bytes, new: bytes) -> Callable[[], bytes]:
    """A HEIC with words about itself, one of them changed."""

    def make() -> bytes:
        data = saved(
            Image.new("RGB", (64, 48)), "HEIF", xmp=xmp("<dc:title>x</dc:title>")
        )
        assert data.count(old) == 1
        return data.replace(old, new)

    return make


def _narrow_strips() -> bytes:
    """A TIFF of JPEG strips that says it is forty times as wide as they are."""
    data = bytearray(sample("tiff-jpeg"))
    at = struct.unpack_from("<I", data, 4)[0]
    for entry in range(at + 2, at + 2 + 12 * struct.unpack_from("<H", data, at)[0], 12):
        if struct.unpack_from("<H", data, entry)[0] == 256:
            struct.pack_into("<HHII", data, entry, 256, 4, 1, 40 * 128)
    return bytes(data)


SLIPS: Family = {
    "heic whose item is of no kind": (_renamed(b"mime\0app", b"m\xa3me\0app"), BROKEN),
    "heic whose words are of no kind": (_renamed(b"rdf+xml", b"r\xff\xff+xml"), BROKEN),
    "heic whose words have no end": (_renamed(b"rdf+xml\0", b"rdf+xm\xff\xff"), BROKEN),
    "tiff of strips too narrow for it": (_narrow_strips, BROKEN),
}
"""What mutation found: these ended the process, or filled a picture with nothing."""

FAMILIES: Mapping[str, Family] = {
    "pixel bombs": PIXEL_BOMBS,
    "bombs beside the picture": SIDE_BOMBS,
    "several pictures": SEVERAL,
    "polyglots": POLYGLOTS,
    "disguises": DISGUISES,
    "what mutation found": SLIPS,
}


def boundaries(data: bytes) -> list[int]:
    """Where a file is worth cutting: around each marker, chunk, entry and box."""
    names = [
        b"\xff\xdb", b"\xff\xc0", b"\xff\xc2", b"\xff\xc4", b"\xff\xda", b"\xff\xd9",
        b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"VP8 ", b"VP8L", b"VP8X", b"ANMF",
        b"ALPH", b"ftyp", b"meta", b"iloc", b"iinf", b"iprp", b"ipco", b"mdat", b"hvcC",
        b"av1C",
    ]  # fmt: skip
    found = {0, 1, 2, 3, 4, 8, 12, len(data) - 1}
    for name in names:
        at = data.find(name)
        while at >= 0 and len(found) < 300:
            found |= {at, at + 1, at + 2, at + 4, at + 8}
            at = data.find(name, at + 1)
    if data[:4] in {b"II*\0", b"MM\0*"}:
        order = "<" if data[:1] == b"I" else ">"
        directory = struct.unpack_from(order + "I", data, 4)[0]
        found |= {directory + 12 * n + k for n in range(30) for k in (0, 2, 6)}
    return sorted(at for at in found if 0 <= at < len(data))
