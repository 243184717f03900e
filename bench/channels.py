"""What a version for a channel costs, beside the floor: `python -m bench.channels`.

The floor is one exact decode of the JPEG at the smallest of its own scales that is large
enough, and one bare encode of as many pixels in the same format: no version comes about
without them. Measured in turns, best of the rounds, one thread, in time of the processor.
The crop alone is timed as well, of a picture with many faces; and signing what a file
of twelve megapixels says, by a key of this process, where KMS adds a call. Its floor is
one SHA-256 of the file. Nothing is asserted here.
"""

import sys
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from io import BytesIO
from time import perf_counter, process_time
from typing import Any

import numpy as np
import simplejpeg
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from PIL import Image

from beeldrecht.domain.assets import Box
from beeldrecht.domain.channel_renditions import (
    SIZES,
    Crop,
    CropRefusedError,
    FileFormat,
    ReadySize,
    crop_for,
    kept_area,
    unwanted_area,
)
from beeldrecht.domain.channels import Channel, Place, Use
from beeldrecht.domain.provenance import Statement, manifest
from beeldrecht_vision.decode import peek_size
from beeldrecht_vision.embedded_metadata import Said
from beeldrecht_vision.rendering import (
    AVIF_QUALITY,
    AVIF_SPEED,
    JPEG_QUALITY,
    WEBP_QUALITY,
    Cut,
    Wanted,
    rendered,
)
from beeldrecht_vision.signing import FileSigner
from bench.faces import PICTURES, Figure, in_turns
from bench.masking import faces_in

SAID = Said(
    title="Zomerfeest",
    caption="De wethouder opent het zomerfeest.",
    keywords=("feest", "zomer"),
    creator="Jo Jansen",
    rights="\u00a9 Gemeente Vis",
    check="https://beeld.example.org/check/0123",
)
MADE = (
    (ReadySize.SOCIAL_SQUARE, FileFormat.JPEG),
    (ReadySize.SOCIAL_SQUARE, FileFormat.WEBP),
    (ReadySize.SOCIAL_SQUARE, FileFormat.AVIF),
    (ReadySize.SOCIAL_SQUARE, FileFormat.PNG),
    (ReadySize.WEBSITE_HEADER, FileFormat.WEBP),
    (ReadySize.FULL, FileFormat.JPEG),
    (ReadySize.PRINT_A5, FileFormat.TIFF),
)
BARE: dict[FileFormat, dict[str, Any]] = {
    FileFormat.JPEG: {"quality": JPEG_QUALITY},
    FileFormat.WEBP: {"quality": WEBP_QUALITY, "method": 4},
    FileFormat.AVIF: {"quality": AVIF_QUALITY, "speed": AVIF_SPEED, "max_threads": 1},
    FileFormat.PNG: {},
    FileFormat.TIFF: {"compression": "tiff_deflate"},
}


def figure(label: str, size: ReadySize, written_as: FileFormat) -> tuple[Figure, int]:
    """One version, with every face but the first covered, and how large the file is."""
    data = PICTURES[label].read_bytes()
    whole = peek_size(data)
    spec = SIZES[size]
    sides = (spec.width, spec.height)
    crop = Crop(0, 0, whole.width, whole.height)
    if sides[0] and sides[1]:
        crop = crop_for(crop, (sides[0], sides[1]), ())
    width, height = sides[0] or crop.width, sides[1] or crop.height
    width, height = min(width, crop.width), min(height, crop.height)
    cut = Cut(crop.left, crop.top, crop.width, crop.height)
    wanted = Wanted(cut, width, height, written_as.value, spec.dpi)
    faces = faces_in(label)[1:]
    least = (whole.width * width // crop.width, whole.height * height // crop.height)
    made = rendered(data, 1, whole.width, faces, wanted, SAID, pixel_limit=10**9)
    with Image.open(BytesIO(made)) as opened:
        image = opened.convert("RGB")
    decode, encode, version = in_turns(
        lambda: simplejpeg.decode_jpeg(
            data, "RGB", False, False, min_width=least[0], min_height=least[1]
        ),
        lambda: image.save(BytesIO(), written_as.value.upper(), **BARE[written_as]),
        lambda: rendered(data, 1, whole.width, faces, wanted, SAID, pixel_limit=10**9),
        rounds=3,
        clock=process_time,
    )
    what = f"{label}: {size} {written_as} {width}x{height}"
    return Figure(what, version, "decode + encode", decode + encode), len(made)


def crops() -> None:
    """The geometry alone: fifty faces, of which every other one has to be outside."""
    boxes = [Box(60 + 115 * n, 900 + 37 * (n % 7), 60, 75) for n in range(50)]
    whole = Crop(0, 0, 6000, 4000)
    kept = [kept_area(box, whole) for box in boxes[20:24]]
    unwanted = [unwanted_area(box) for box in (*boxes[:17], *boxes[27:])]
    started, times = perf_counter(), 20
    found = 0
    for _ in range(times):
        for size in ReadySize:
            spec = SIZES[size]
            if spec.cut and spec.width and spec.height:
                try:
                    crop_for(whole, (spec.width, spec.height), kept, unwanted)
                    found += 1
                except CropRefusedError:
                    pass
    count = times * sum(SIZES[size].cut for size in ReadySize)
    spent = 1000 * (perf_counter() - started) / count
    print(f"{'crop among 44 faces':48} {spent:7.2f} ms ({found // times} of the sizes)")


def signing() -> None:
    """What a signed statement adds to a file, in every format."""
    signer = FileSigner(ProcessKey(), "Gemeente Vis", lambda: datetime.now(UTC))
    name = "0" * 32
    use = Use(Channel.WEBSITE, Place.NETHERLANDS, datetime.now(UTC))
    stated = manifest(
        Statement(name, f"https://beeld.example.org/check/{name}", use, "MR-LMR", True),
        ({"action": "c2pa.opened", "parameters": {"ingredientIds": ["stored"]}},),
    )
    noise = np.random.default_rng(1).integers(0, 255, (300, 400, 3), dtype=np.uint8)
    image = Image.fromarray(noise).resize((4000, 3000), Image.Resampling.BICUBIC)
    for written_as in FileFormat:
        out = BytesIO()
        image.save(out, written_as.value.upper(), **BARE[written_as])
        data = out.getvalue()
        added = len(signer.signed(data, written_as.media_type, stated)) - len(data)
        digest, sign = in_turns(
            partial(sha256, data),
            partial(signer.signed, data, written_as.media_type, stated),
            rounds=5,
            clock=process_time,
        )
        print(
            f"{f'sign {written_as} of {len(data) / 1e6:.1f} MB':48} {sign:7.1f} ms "
            f"({digest:.1f} ms to digest it), {added} bytes more"
        )


class ProcessKey:
    """A key of the kind that KMS has, in this process."""

    def __init__(self) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())

    def public_key(self) -> bytes:
        """The public half, in DER."""
        form = PublicFormat.SubjectPublicKeyInfo
        return self._key.public_key().public_bytes(Encoding.DER, form)

    def sign(self, message: bytes) -> bytes:
        """A signature in DER."""
        return self._key.sign(message, ec.ECDSA(SHA256()))


def main() -> int:
    """Print every figure."""
    for label in PICTURES:
        for size, written_as in MADE:
            made, length = figure(label, size, written_as)
            print(
                f"{made.what:48} {made.milliseconds:7.1f} ms {made.ratio:6.2f} x "
                f"{made.floor} ({made.floor_milliseconds:.1f} ms), {length / 1000:.0f} kB"
            )
    crops()
    signing()
    return 0


if __name__ == "__main__":
    sys.exit(main())
