"""Receiving a picture: from untrusted bytes to facts and clean renditions."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image

from beeldrecht.domain.metadata import Metadata

from .budget import check_budget, check_filling
from .colour import to_srgb
from .containers.isobmff import read_isobmff
from .containers.jpeg import Jpeg, read_jpeg
from .containers.parts import Container, Embedded
from .containers.png import read_png
from .containers.raw import read_raw
from .containers.tiff import read_tiff
from .containers.webp import read_webp
from .decoding import decode, decode_jpeg
from .exif import read_exif
from .header import Header, MediaType
from .inspection import inspect
from .iptc import read_iptc
from .metadata import merge
from .renditions import (
    WORKING_QUALITY,
    Renditions,
    decode_scaled,
    encode,
    render,
    upright,
)
from .xmp import XmpRefusedError, read_xmp


@dataclass(frozen=True, slots=True)
class Received:
    """A picture that was decoded to its last pixel, and what is served instead of it.

    `width` and `height` are those of the upright picture at full size. `orientation` is
    the EXIF orientation that was applied to get there (1 for HEIC, whose decoder has
    turned the picture already). `working` is a full-size upright sRGB JPEG, present
    only when the original is not itself a JPEG that simplejpeg decodes strictly.
    """

    format: str
    width: int
    height: int
    orientation: int
    sha256: str
    perceptual_hash: str
    metadata: Metadata
    preview: bytes
    thumb: bytes
    working: bytes | None
    notes: tuple[str, ...]


def receive(data: bytes, *, pixel_limit: int) -> Received:
    """Check, decode and render one uploaded file.

    A pure function of its bytes, so a retry gives the same result. `pixel_limit` bounds
    width x height. Raises RejectedFileError, and nothing else, for any bytes.
    """
    media_type = inspect(data, pixel_limit=pixel_limit).format
    if media_type is MediaType.JPEG:
        return _receive_jpeg(data)
    if media_type is MediaType.RAW:
        return _receive_raw(data)
    container = _container(data, media_type, pixel_limit=pixel_limit)
    return _receive_decoded(
        data,
        container.header,
        container.embedded,
        lambda: decode(container),
        container.notes,
    )


def _container(data: bytes, media_type: MediaType, *, pixel_limit: int) -> Container:
    match media_type:
        case MediaType.PNG:
            return read_png(data)
        case MediaType.WEBP:
            return read_webp(data)
        case MediaType.TIFF:
            return read_tiff(data)
        case _:
            return read_isobmff(data, media_type, pixel_limit=pixel_limit)


def _receive_jpeg(data: bytes) -> Received:
    jpeg: Jpeg = read_jpeg(data, whole=True)
    header, embedded = jpeg.header, jpeg.embedded
    orientation, _ = read_exif(embedded.exif)
    notes: tuple[str, ...] = ("extra_pictures_ignored",) if header.frames > 1 else ()
    if jpeg.progressive:  # the decoder holds every coefficient of it
        check_filling(header, len(data))
    if jpeg.components != 4:
        try:
            small = decode_scaled(data, (header.width, header.height))
        except ValueError:
            notes += ("jpeg_normalised",)
        else:
            made = render(small, orientation=orientation, icc=embedded.icc)
            return _received(data, header, embedded, orientation, made, None, notes)
    check_budget(header, len(data))
    return _receive_decoded(
        data, header, embedded, lambda: (decode_jpeg(data, jpeg), orientation), notes
    )


def _receive_raw(data: bytes) -> Received:
    """Take a camera's raw in through the JPEG that it holds, turned as the raw says."""
    container, jpeg = read_raw(data)
    orientation, _ = read_exif(container.embedded.exif)
    return _receive_decoded(
        data,
        container.header,
        container.embedded,
        lambda: (decode_jpeg(container.decodable, jpeg), orientation),
        container.notes,
    )


def _receive_decoded(
    data: bytes,
    header: Header,
    embedded: Embedded,
    decoded: Callable[[], tuple[Image.Image, int]],
    notes: tuple[str, ...],
) -> Received:
    """Make the working JPEG; from there every format takes the same way as a JPEG.

    The picture is decoded in here, so that nobody up the stack holds what each step
    leaves behind: that would be four bytes a pixel, a gigabyte at the limit.
    """
    image, orientation = decoded()
    image, colour_notes = to_srgb(image, embedded.icc)
    image = upright(image, orientation)
    working = encode(image, quality=WORKING_QUALITY, subsampling="444")
    width, height = image.size
    del image  # 4 bytes a pixel, before the next decode
    made = render(decode_scaled(working, (width, height)), orientation=1, icc=None)
    upright_header = Header(header.format, width, height, header.frames)
    return _received(
        data,
        upright_header,
        embedded,
        orientation,
        made,
        working,
        (*notes, *colour_notes),
    )


def _received(
    data: bytes,
    header: Header,
    embedded: Embedded,
    orientation: int,
    made: Renditions,
    working: bytes | None,
    notes: tuple[str, ...],
) -> Received:
    turned = working is None and orientation > 4
    exif = read_exif(embedded.exif)
    try:
        xmp = read_xmp(embedded.xmp)
    except XmpRefusedError:
        xmp = Metadata()
        notes += ("xmp_ignored",)
    if header.format is MediaType.TIFF:
        orientation = exif[0]
    return Received(
        format=header.format.value,
        width=header.height if turned else header.width,
        height=header.width if turned else header.height,
        orientation=orientation,
        sha256=hashlib.sha256(data).hexdigest(),
        perceptual_hash=made.perceptual_hash,
        metadata=merge(exif[1], read_iptc(embedded.iptc), xmp),
        preview=made.preview,
        thumb=made.thumb,
        working=working,
        notes=(*notes, *made.notes),
    )
