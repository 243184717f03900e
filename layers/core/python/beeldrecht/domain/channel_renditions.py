"""In which sizes, formats and crops a picture leaves, and where it may be cut.

No head of anybody who is cleared is cut, and where it is asked, the heads of all who are
not lie wholly outside. A crop has the sides that were asked for, exactly; where none can
be had, the answer is why not, and never a worse crop. Nothing is enlarged.
"""

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from .assets import Asset, Box, Face, FaceMark
from .channels import Use
from .egress import stem_of
from .ids import derived_id
from .intake import AssetRecord
from .masking import MASK_VERSION
from .metadata import plain

RENDITION_VERSION: Final = "channel_2"
"""How renditions are made: with another way, every one is another."""


class ReadySize(StrEnum):
    """The sizes that are ready for use."""

    FULL = "full_size"
    LARGE = "large_size"
    MEDIUM = "medium_size"
    WEBSITE_HEADER = "website_header"
    WEBSITE_WIDE = "website_wide"
    SOCIAL_SQUARE = "social_square"
    SOCIAL_PORTRAIT = "social_portrait"
    SOCIAL_STORY = "social_story"
    SOCIAL_LINK = "social_link"
    PRINT_A4 = "print_a4"
    PRINT_A4_UPRIGHT = "print_a4_upright"
    PRINT_A5 = "print_a5"
    PRINT_FULL = "print_full"


class FileFormat(StrEnum):
    """What a rendition is written as."""

    JPEG = "jpeg"
    WEBP = "webp"
    AVIF = "avif"
    PNG = "png"
    TIFF = "tiff"

    @property
    def media_type(self) -> str:
        """Its IANA media type."""
        return f"image/{self}"

    @property
    def suffix(self) -> str:
        """How names of such files end."""
        return {"jpeg": ".jpg", "tiff": ".tif"}.get(self, f".{self}")


class CropWay(StrEnum):
    """How a size of fixed sides is cut from a picture of others."""

    FACES = "keep_faces"
    """No cleared face is cut; who is covered may be in it, covered."""
    CLEARED = "cleared_faces_only"
    """No cleared face is cut, and everybody else is wholly outside."""
    WHOLE = "whole_picture"
    """Nothing is cut: the whole picture, within the size."""


class CropRefusal(StrEnum):
    """Why a picture is not to be had in a size."""

    FACES_DO_NOT_FIT = "faces_do_not_fit"
    FACES_IN_THE_WAY = "faces_in_the_way"
    TOO_SMALL = "picture_too_small"


class CropRefusedError(Exception):
    """There is no such crop of this picture."""

    def __init__(self, reason: CropRefusal) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class SizeSpec:
    """How large it is: of fixed sides, or a longest side; None: as large as there is."""

    width: int | None
    height: int | None
    cut: bool
    """Whether it has just these sides."""
    dpi: int = 72


_PRINT: Final = 300
SIZES: Final[Mapping[ReadySize, SizeSpec]] = MappingProxyType(
    {
        ReadySize.FULL: SizeSpec(None, None, cut=False),
        ReadySize.LARGE: SizeSpec(2560, 2560, cut=False),
        ReadySize.MEDIUM: SizeSpec(1280, 1280, cut=False),
        ReadySize.WEBSITE_HEADER: SizeSpec(1920, 640, cut=True),
        ReadySize.WEBSITE_WIDE: SizeSpec(1280, 720, cut=True),
        ReadySize.SOCIAL_SQUARE: SizeSpec(1080, 1080, cut=True),
        ReadySize.SOCIAL_PORTRAIT: SizeSpec(1080, 1350, cut=True),
        ReadySize.SOCIAL_STORY: SizeSpec(1080, 1920, cut=True),
        ReadySize.SOCIAL_LINK: SizeSpec(1200, 630, cut=True),
        # At 300 dots an inch a millimetre less than the sheet: these sides are to each
        # other as 140 to 99, which is the root of two in whole numbers small enough.
        ReadySize.PRINT_A4: SizeSpec(3500, 2475, cut=True, dpi=_PRINT),
        ReadySize.PRINT_A4_UPRIGHT: SizeSpec(2475, 3500, cut=True, dpi=_PRINT),
        ReadySize.PRINT_A5: SizeSpec(2520, 1782, cut=True, dpi=_PRINT),
        ReadySize.PRINT_FULL: SizeSpec(None, None, cut=False, dpi=_PRINT),
    }
)
LEAST_SHARE: Final = 4
"""A crop has at least a quarter of the pixels a side that its size asks for."""


@dataclass(frozen=True, slots=True)
class Make:
    """What is asked for."""

    size: ReadySize = ReadySize.FULL
    format: FileFormat = FileFormat.JPEG
    crop: CropWay = CropWay.FACES
    watermark: bool = False

    @property
    def name(self) -> str:
        """Its name in a disclosure."""
        return "-".join((self.size, self.format, self.crop))


def make_of(
    size: ReadySize | None,
    format: FileFormat | None,  # noqa: A002  # as orders call it
    crop: CropWay | None,
    watermark: bool,
) -> Make | None:
    """What is to be made where any of it is asked for; None: what is there is enough."""
    if not (size or format or crop or watermark):
        return None
    return Make(
        size or ReadySize.FULL,
        format or FileFormat.JPEG,
        crop or CropWay.FACES,
        watermark,
    )


@dataclass(frozen=True, slots=True)
class Crop:
    """A part of a picture, in whole upright pixels of the original."""

    left: int
    top: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """The first column that is not in it."""
        return self.left + self.width

    @property
    def bottom(self) -> int:
        """The first row that is not in it."""
        return self.top + self.height

    def holds(self, area: "Area") -> bool:
        """Whether all of an area is inside."""
        return (
            self.left <= area.left
            and self.top <= area.top
            and area.right <= self.right
            and area.bottom <= self.bottom
        )

    def misses(self, area: "Area") -> bool:
        """Whether nothing of an area is inside."""
        return (
            area.right <= self.left
            or self.right <= area.left
            or area.bottom <= self.top
            or self.bottom <= area.top
        )


@dataclass(frozen=True, slots=True)
class Area:
    """Whole pixels that hold a head; they may lie beyond the edge of the picture."""

    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What is made of a picture: the part, how large it becomes, who is in it."""

    make: Make
    crop: Crop
    width: int
    height: int
    covered: frozenset[str]
    """The faces that are covered before anything is cut."""
    unseen: frozenset[str]
    """The faces nothing of which can be seen: covered, or wholly outside."""


def planned(
    record: AssetRecord, asset: Asset, make: Make, covered: Iterable[str]
) -> Plan:
    """What to make of a picture in which these faces may not be seen.

    A face that nobody could recognise need not be whole. Raises CropRefusedError.
    """
    original = record.original
    if original is None:
        raise CropRefusedError(CropRefusal.TOO_SMALL)
    hidden = frozenset(covered)
    spec = SIZES[make.size]
    whole = Crop(0, 0, original.width, original.height)
    if spec.cut and make.crop is not CropWay.WHOLE:
        shown = [
            face
            for face in asset.faces
            if face.face_id not in hidden and face.mark is not FaceMark.NOT_RECOGNISABLE
        ]
        others = [face for face in asset.faces if face.face_id in hidden]
        crop = crop_for(
            whole,
            (spec.width or 1, spec.height or 1),
            [kept_area(face.box, whole) for face in shown],
            [unwanted_area(face.box) for face in others]
            if make.crop is CropWay.CLEARED
            else (),
        )
    else:
        crop = whole
    width, height = _fitted(crop, spec)
    outside = {f.face_id for f in asset.faces if crop.misses(unwanted_area(f.box))}
    return Plan(make, crop, width, height, hidden, hidden | outside)


def crop_for(
    whole: Crop,
    sides: tuple[int, int],
    kept: Sequence[Area],
    unwanted: Sequence[Area] = (),
) -> Crop:
    """The largest part of a picture with these sides, as central as can be.

    Sides are pixels, for what they are to each other and for the least. Every kept area
    is inside, every unwanted one outside. Raises CropRefusedError.
    """
    divisor = math.gcd(*sides)
    across, down = sides[0] // divisor, sides[1] // divisor
    most = min(whole.width // across, whole.height // down)
    least = max(1, -(-divisor // LEAST_SHARE))
    if most < least:
        raise CropRefusedError(CropRefusal.TOO_SMALL)
    held = _around(kept)
    if held is not None:
        wide = -(-(held.right - held.left) // across)
        high = -(-(held.bottom - held.top) // down)
        least = max(least, wide, high)
    if most < least:
        raise CropRefusedError(CropRefusal.FACES_DO_NOT_FIT)

    def part(scale: int) -> Crop | None:
        return _placed(whole, (scale * across, scale * down), held, unwanted)

    found = part(least)
    if found is None:
        raise CropRefusedError(CropRefusal.FACES_IN_THE_WAY)
    # What can be had larger can be had at every size between: by halves, then.
    low, high = least, most
    while low < high:
        middle = (low + high + 1) // 2
        larger = part(middle)
        if larger is None:
            high = middle - 1
        else:
            low, found = middle, larger
    return found


def kept_area(box: Box, whole: Crop) -> Area:
    """What holds a head that may not be cut, as far as the picture holds it."""
    aside, above, below = 0.3 * box.width, 0.45 * box.height, 0.25 * box.height
    return Area(
        max(whole.left, math.floor(box.x - aside)),
        max(whole.top, math.floor(box.y - above)),
        min(whole.right, math.ceil(box.x + box.width + aside)),
        min(whole.bottom, math.ceil(box.y + box.height + below)),
    )


def unwanted_area(box: Box) -> Area:
    """What holds a head whichever way up it is: as far as its mask can reach."""
    reach = 1.05 * max(box.width, box.height) + 8
    x, y = box.x + box.width / 2, box.y + box.height / 2
    return Area(
        math.floor(x - reach),
        math.floor(y - reach),
        math.ceil(x + reach),
        math.ceil(y + reach),
    )


def rendition_id(record: AssetRecord, plan: Plan, faces: Sequence[Face], use: Use) -> str:
    """The rendition of a picture that is made by this plan, with what is said of it.

    The same gives the same one, so that it is made once and found again; `faces` are all
    that are on record, of which the plan's are covered. It says what it was decided for,
    so another use is another one; when that was decided is no part of its name, or each
    request would make its own.
    """
    geometry = sorted(
        [
            face.face_id,
            [face.box.x, face.box.y, face.box.width, face.box.height],
            [list(point) for point in face.landmarks],
            face.score,
        ]
        for face in faces
        if face.face_id in plan.covered
    )
    crop, make = plan.crop, plan.make
    told = [
        RENDITION_VERSION,
        MASK_VERSION,
        record.original.version_id if record.original else "",
        [crop.left, crop.top, crop.width, crop.height, plan.width, plan.height],
        [make.size, make.format, make.crop, make.watermark],
        plain(record.description),
        geometry,
        [use.channel, use.place],
        # What it says of model releases follows from these too.
        sorted([face.face_id, face.mark] for face in faces),
    ]
    return derived_id("channel_rendition", record.asset_id, json.dumps(told))


def made_key(asset_id: str, rendition: str, written_as: FileFormat) -> str:
    """Where it lies in the bucket of renditions: beside the others of its picture."""
    return f"{asset_id}/masked/{rendition}{written_as.suffix}"


def made_file_name(file_name: str, make: Make, *, masked: bool) -> str:
    """The name under which it is saved: from the uploader's, made harmless."""
    parts = (stem_of(file_name), make.size.value, "masked" if masked else "")
    return "-".join(each for each in parts if each) + make.format.suffix


def public_id(asset_id: str) -> str:
    """What a picture is called outside: it leads back to it for nobody but us."""
    return derived_id("public", asset_id)


def check_address(site_url: str, asset_id: str) -> str:
    """Where anybody can ask whether a copy of the picture may still be used."""
    return f"{site_url.rstrip('/')}/check/{public_id(asset_id)}"


def _fitted(crop: Crop, spec: SizeSpec) -> tuple[int, int]:
    """The size of what is made of a part; never larger than the part."""
    if spec.width is None or spec.height is None:
        return crop.width, crop.height
    scale = min(1.0, spec.width / crop.width, spec.height / crop.height)
    exact = scale < 1 and crop.width * spec.height == crop.height * spec.width
    if exact:
        return spec.width, spec.height
    return max(1, round(crop.width * scale)), max(1, round(crop.height * scale))


def _around(areas: Sequence[Area]) -> Area | None:
    if not areas:
        return None
    return Area(
        min(area.left for area in areas),
        min(area.top for area in areas),
        max(area.right for area in areas),
        max(area.bottom for area in areas),
    )


def _placed(
    whole: Crop, size: tuple[int, int], held: Area | None, unwanted: Sequence[Area]
) -> Crop | None:
    """Where a part of that size lies best; None where it can lie nowhere.

    The places that are free are rectangles whose edges touch an unwanted area or the
    limits, so the best is the ideal one, or lies at such an edge.
    """
    width, height = size
    across = None if held is None else (held.left, held.right)
    down = None if held is None else (held.top, held.bottom)
    columns = _limits((whole.left, whole.right), width, across)
    rows = _limits((whole.top, whole.bottom), height, down)
    if columns[0] > columns[1] or rows[0] > rows[1]:
        return None
    middle = held or Area(whole.left, whole.top, whole.right, whole.bottom)
    ideal_x = _within((middle.left + middle.right - width) // 2, columns)
    ideal_y = _within((middle.top + middle.bottom - height) // 2, rows)
    xs = {ideal_x, *columns}
    ys = {ideal_y, *rows}
    for area in unwanted:
        xs |= {area.left - width, area.right}
        ys |= {area.top - height, area.bottom}
    free = (
        Crop(x, y, width, height)
        for x in xs
        if columns[0] <= x <= columns[1]
        for y in ys
        if rows[0] <= y <= rows[1]
    )
    best = sorted(
        free,
        key=lambda c: (abs(c.left - ideal_x) + abs(c.top - ideal_y), c.left, c.top),
    )
    return next((c for c in best if all(c.misses(area) for area in unwanted)), None)


def _limits(
    whole: tuple[int, int], length: int, held: tuple[int, int] | None
) -> tuple[int, int]:
    """The first and the last place of a part along one side."""
    first, last = whole[0], whole[1] - length
    if held is not None:
        first, last = max(first, held[1] - length), min(last, held[0])
    return first, last


def _within(value: int, limits: tuple[int, int]) -> int:
    return min(max(value, limits[0]), limits[1])
