"""Real picture bytes for the tests, made on the spot, and the tools to break them."""

import struct
import zlib
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pillow_heif
import skimage
from PIL import Image

LIMIT = 40_000_000


@cache
def astronaut() -> Image.Image:
    """A real portrait, 512 x 384, RGB."""
    path = Path(skimage.__file__).parent / "data" / "astronaut.png"
    with Image.open(path) as image:
        portrait = image.convert("RGB").crop((0, 0, 512, 384))
    portrait.info.clear()
    return portrait


def arrow(width: int = 96, height: int = 64) -> Image.Image:
    """A picture whose four corners differ, so that each of the eight turns shows."""
    pixels = np.full((height, width, 3), 128, np.uint8)
    half_h, half_w = height // 2, width // 2
    pixels[:half_h, :half_w] = (230, 20, 20)
    pixels[:half_h, half_w:] = (20, 200, 20)
    pixels[half_h:, :half_w] = (20, 20, 230)
    return Image.fromarray(pixels)


def saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    """Encode an image; kind is Pillow's name, or HEIF."""
    target = BytesIO()
    if kind == "HEIF":
        pillow_heif.from_pillow(image).save(target, quality=80, **options)
    else:
        image.save(target, kind, **options)
    return target.getvalue()


def opened(data: bytes) -> Image.Image:
    """Decode with Pillow, loaded."""
    image = Image.open(BytesIO(data))
    image.load()
    return image


def mean_difference(one: Image.Image, other: Image.Image) -> float:
    """Mean absolute difference of two images of one size, as RGB, of 255."""
    left = np.asarray(one.convert("RGB"), dtype=np.float64)
    right = np.asarray(other.convert("RGB"), dtype=np.float64)
    return float(np.abs(left - right).mean())


def with_alpha(image: Image.Image) -> Image.Image:
    """The image with its right half fully transparent."""
    image = image.copy()
    mask = Image.new("L", image.size, 255)
    mask.paste(0, (image.width // 2, 0, image.width, image.height))
    image.putalpha(mask)
    return image


def deep_gray(image: Image.Image) -> Image.Image:
    """The image as 16-bit gray."""
    return Image.fromarray(np.asarray(image.convert("L")).astype(np.uint16) * 257)


def png_chunk(kind: bytes, body: bytes) -> bytes:
    """One PNG chunk with its checksum."""
    crc = zlib.crc32(kind + body)
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", crc)


def deep_png(width: int = 64, height: int = 48) -> bytes:
    """A 16-bit RGB PNG, which Pillow cannot write: red rising from left to right."""
    ramp = np.zeros((height, width, 3), ">u2")
    ramp[..., 0] = np.linspace(0, 65535, width).astype(">u2")
    rows = b"".join(b"\0" + row.tobytes() for row in ramp)
    header = struct.pack(">IIBBBBB", width, height, 16, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + png_chunk(b"IHDR", header)
        + png_chunk(b"IDAT", zlib.compress(rows))
        + png_chunk(b"IEND", b"")
    )


def deep_tiff(width: int = 64, height: int = 48) -> bytes:
    """An uncompressed 16-bit RGB TIFF: red rising from left to right."""
    ramp = np.zeros((height, width, 3), "<u2")
    ramp[..., 0] = np.linspace(0, 65535, width).astype("<u2")
    pixels = ramp.tobytes()
    tags = [
        (256, 3, 1, width),
        (257, 3, 1, height),
        (258, 3, 3, 8 + 2 + 9 * 12 + 4),
        (259, 3, 1, 1),
        (262, 3, 1, 2),
        (273, 4, 1, 8 + 2 + 9 * 12 + 4 + 6),
        (277, 3, 1, 3),
        (278, 3, 1, height),
        (279, 4, 1, len(pixels)),
    ]
    rows = b"".join(struct.pack("<HHII", *tag) for tag in tags)
    directory = struct.pack("<H", len(tags)) + rows + struct.pack("<I", 0)
    return (
        b"II*\0"
        + struct.pack("<I", 8)
        + directory
        + struct.pack("<HHH", *[16] * 3)
        + pixels
    )


def jpeg_with(data: bytes, *segments: tuple[int, bytes]) -> bytes:
    """Put marker segments right after SOI."""
    inserted = b"".join(
        struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body
        for marker, body in segments
    )
    return data[:2] + inserted + data[2:]


def exif_block(
    tags: dict[int, Any], camera: dict[int, Any] | None = None, **others: dict[int, Any]
) -> bytes:
    """A TIFF-headed EXIF block; `camera` goes to the Exif directory, `gps` to GPS."""
    exif = Image.Exif()
    exif.update(tags)
    if camera:
        exif.get_ifd(0x8769).update(camera)
    if "gps" in others:
        exif.get_ifd(0x8825).update(others["gps"])
    return exif.tobytes().removeprefix(b"Exif\0\0")


def iim(*datasets: tuple[int, int, bytes]) -> bytes:
    """An IPTC-IIM stream."""
    return b"".join(
        struct.pack(">BBBH", 0x1C, record, number, len(value)) + value
        for record, number, value in datasets
    )


def photoshop(stream: bytes) -> bytes:
    """An APP13 body that carries an IIM stream among other resources."""
    other = b"8BIM" + struct.pack(">HBBI", 0x03ED, 0, 0, 3) + b"abc\0"
    ours = b"8BIM" + struct.pack(">HBBI", 0x0404, 0, 0, len(stream)) + stream
    return b"Photoshop 3.0\0" + other + ours


XMP_HEAD = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
    '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"'
    ' xmlns:exif="http://ns.adobe.com/exif/1.0/">'
)
XMP_TAIL = "</rdf:RDF></x:xmpmeta><?xpacket end='w'?>"


def xmp(body: str, attributes: str = "") -> bytes:
    """An XMP packet with one description."""
    description = f'<rdf:Description rdf:about="" {attributes}>{body}</rdf:Description>'
    return (XMP_HEAD + description + XMP_TAIL).encode()


def xmp_segment(packet: bytes) -> tuple[int, bytes]:
    """The JPEG segment that carries an XMP packet."""
    return 0xE1, b"http://ns.adobe.com/xap/1.0/\0" + packet


def _small() -> Image.Image:
    return astronaut().resize((128, 96))


SAMPLES: dict[str, Callable[[], bytes]] = {
    "jpeg": lambda: saved(_small(), "JPEG", quality=90),
    "jpeg-progressive": lambda: saved(_small(), "JPEG", quality=90, progressive=True),
    "jpeg-gray": lambda: saved(_small().convert("L"), "JPEG", quality=90),
    "jpeg-cmyk": lambda: saved(_small().convert("CMYK"), "JPEG", quality=95),
    "jpeg-rgb": lambda: saved(_small(), "JPEG", quality=90, keep_rgb=True),
    "mpo": lambda: saved(
        _small(), "MPO", quality=90, save_all=True, append_images=[_small().rotate(180)]
    ),
    "png": lambda: saved(_small(), "PNG"),
    "png-palette": lambda: saved(_small().quantize(200), "PNG"),
    "png-gray16": lambda: saved(deep_gray(_small()), "PNG"),
    "png-animated": lambda: saved(
        _small(), "PNG", save_all=True, append_images=[_small().rotate(180)]
    ),
    "webp": lambda: saved(_small(), "WEBP", quality=90),
    "webp-lossless": lambda: saved(_small(), "WEBP", lossless=True),
    "webp-animated": lambda: saved(
        _small(), "WEBP", quality=90, save_all=True, append_images=[_small().rotate(180)]
    ),
    "tiff": lambda: saved(_small(), "TIFF"),
    "tiff-lzw": lambda: saved(_small(), "TIFF", compression="tiff_lzw"),
    "tiff-deflate-cmyk": lambda: saved(
        _small().convert("CMYK"), "TIFF", compression="tiff_adobe_deflate"
    ),
    "tiff-jpeg": lambda: saved(_small(), "TIFF", compression="jpeg", quality=90),
    "tiff-gray16": lambda: saved(deep_gray(_small()), "TIFF"),
    "tiff-pages": lambda: saved(
        _small(), "TIFF", save_all=True, append_images=[_small().rotate(180)]
    ),
    "heic": lambda: saved(_small(), "HEIF"),
    "avif": lambda: saved(_small(), "AVIF", quality=90),
    "avif-animated": lambda: saved(
        _small(), "AVIF", quality=90, save_all=True, append_images=[_small().rotate(180)]
    ),
}
"""One small file of each kind that is accepted; all show the same portrait, 128 x 96."""

ALPHA_SAMPLES: dict[str, Callable[[], bytes]] = {
    "png": lambda: saved(with_alpha(_small()), "PNG"),
    "png-gray": lambda: saved(with_alpha(_small().convert("L")), "PNG"),
    "webp": lambda: saved(with_alpha(_small()), "WEBP", lossless=True),
    "tiff": lambda: saved(with_alpha(_small()), "TIFF"),
    "heic": lambda: saved(with_alpha(_small()), "HEIF"),
    "avif": lambda: saved(with_alpha(_small()), "AVIF", quality=95),
}
MEDIA_TYPES = {
    "jpeg": "image/jpeg",
    "mpo": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "tiff": "image/tiff",
    "heic": "image/heic",
    "avif": "image/avif",
}


@cache
def sample(name: str) -> bytes:
    """The bytes of one of SAMPLES, or of `alpha-` and one of ALPHA_SAMPLES, made once."""
    if name.startswith("alpha-"):
        return ALPHA_SAMPLES[name.removeprefix("alpha-")]()
    return SAMPLES[name]()
