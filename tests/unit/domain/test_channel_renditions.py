"""Crops: no kept face cut, unwanted ones wholly outside, sides exact, else why not."""

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beeldrecht.domain.assets import Asset, Box, FaceMark
from beeldrecht.domain.channel_renditions import (
    LEAST_SHARE,
    SIZES,
    Area,
    Crop,
    CropRefusal,
    CropRefusedError,
    CropWay,
    FileFormat,
    Make,
    ReadySize,
    crop_for,
    kept_area,
    planned,
    rendition_id,
    unwanted_area,
)
from beeldrecht.domain.channels import Channel, Place, Use
from beeldrecht.domain.intake import AssetRecord
from beeldrecht.domain.metadata import Metadata
from tests.fakes.samples import NOON, face_id
from tests.fakes.scenes import examined

SIDES = st.sampled_from([(3, 1), (16, 9), (1, 1), (4, 5), (9, 16), (40, 21)])
WHOLE = Crop(0, 0, 3000, 2000)
USE = Use(Channel.WEBSITE, Place.NETHERLANDS, NOON)


@st.composite
def areas(draw: st.DrawFn, width: int, height: int) -> Area:
    left = draw(st.integers(-20, width - 1))
    top = draw(st.integers(-20, height - 1))
    return Area(
        left,
        top,
        left + draw(st.integers(1, max(2, width // 3))),
        top + draw(st.integers(1, max(2, height // 3))),
    )


def inside(area: Area, whole: Crop) -> Area:
    return Area(
        max(area.left, 0),
        max(area.top, 0),
        max(1, min(area.right, whole.right)),
        max(1, min(area.bottom, whole.bottom)),
    )


def largest(
    whole: Crop, sides: tuple[int, int], kept: list[Area], unwanted: list[Area]
) -> int:
    """The same by trying every place: how many times the sides; 0 when there is none."""
    for scale in range(min(whole.width // sides[0], whole.height // sides[1]), 0, -1):
        width, height = scale * sides[0], scale * sides[1]
        for left in range(whole.width - width + 1):
            for top in range(whole.height - height + 1):
                crop = Crop(left, top, width, height)
                if all(map(crop.holds, kept)) and all(map(crop.misses, unwanted)):
                    return scale
    return 0


@settings(max_examples=60, deadline=None)
@given(st.data(), SIDES)
def test_it_is_the_largest_that_there_is_or_there_is_none(
    data: st.DataObject, sides: tuple[int, int]
) -> None:
    whole = Crop(0, 0, data.draw(st.integers(1, 40)), data.draw(st.integers(1, 40)))
    area = areas(whole.width, whole.height)
    kept = [inside(a, whole) for a in data.draw(st.lists(area, max_size=2))]
    unwanted = data.draw(st.lists(area, max_size=3))
    best = largest(whole, sides, kept, unwanted)
    try:
        crop = crop_for(whole, sides, kept, unwanted)
    except CropRefusedError:
        assert best == 0
    else:
        assert (crop.width, crop.height) == (best * sides[0], best * sides[1])


@settings(max_examples=150, deadline=None)
@given(st.data(), st.sampled_from([s for s in ReadySize if SIZES[s].cut]))
def test_no_kept_head_is_cut_and_no_unwanted_one_is_in_it(
    data: st.DataObject, size: ReadySize
) -> None:
    box = st.builds(
        Box,
        x=st.floats(-50, 2900),
        y=st.floats(-50, 1900),
        width=st.floats(5, 400),
        height=st.floats(5, 400),
    )
    kept = [
        a
        for b in data.draw(st.lists(box, max_size=4))
        if (a := kept_area(b, WHOLE)).left < a.right and a.top < a.bottom
    ]
    unwanted = [unwanted_area(b) for b in data.draw(st.lists(box, max_size=6))]
    spec = SIZES[size]
    assert spec.width is not None
    assert spec.height is not None
    try:
        crop = crop_for(WHOLE, (spec.width, spec.height), kept, unwanted)
    except CropRefusedError:
        return
    assert crop.left >= 0 <= crop.top
    assert crop.right <= WHOLE.right
    assert crop.bottom <= WHOLE.bottom
    assert Fraction(crop.width, crop.height) == Fraction(spec.width, spec.height)
    assert crop.width * LEAST_SHARE >= spec.width
    assert all(map(crop.holds, kept))
    assert all(map(crop.misses, unwanted))


@pytest.mark.parametrize(
    ("whole", "kept", "unwanted", "reason"),
    [
        (Crop(0, 0, 100, 100), [], [], CropRefusal.TOO_SMALL),
        (WHOLE, [Area(0, 0, 2900, 100)], [], CropRefusal.FACES_DO_NOT_FIT),
        (
            WHOLE,
            [Area(100, 100, 200, 200)],
            [Area(150, 150, 250, 250)],
            CropRefusal.FACES_IN_THE_WAY,
        ),
    ],
)
def test_where_there_is_no_crop_the_reason_is_said(
    whole: Crop, kept: list[Area], unwanted: list[Area], reason: CropRefusal
) -> None:
    with pytest.raises(CropRefusedError) as caught:
        crop_for(whole, (1080, 1080), kept, unwanted)
    assert caught.value.reason is reason


def picture() -> tuple[AssetRecord, Asset]:
    """Two people beside each other in a picture of 3000 by 2000."""
    found = examined(2).library.picture(examined(2).record().asset_id)
    assert found is not None
    record, asset, _ = found
    assert record.original is not None
    one, other = asset.faces
    faces = (
        replace(one, box=Box(600, 700, 200, 240)),
        replace(other, box=Box(2300, 700, 200, 240)),
    )
    original = replace(record.original, width=3000, height=2000)
    return replace(record, original=original), replace(asset, faces=faces)


def test_who_is_not_cleared_is_covered_or_wholly_outside() -> None:
    record, asset = picture()
    square = Make(ReadySize.SOCIAL_SQUARE)
    with pytest.raises(CropRefusedError):  # both do not fit a square
        planned(record, replace(asset, faces=_apart(asset)), square, ())
    beside = planned(record, asset, square, {face_id(1)})
    assert (beside.width, beside.height) == (1080, 1080)
    without = planned(record, asset, replace(square, crop=CropWay.CLEARED), {face_id(1)})
    assert without.crop.misses(unwanted_area(asset.faces[1].box))
    assert without.crop.holds(kept_area(asset.faces[0].box, WHOLE))
    assert without.unseen == {face_id(1)} == without.covered


def _apart(asset: Asset) -> tuple:  # type: ignore[type-arg]
    one, other = asset.faces
    return replace(one, box=Box(10, 700, 200, 240)), replace(
        other, box=Box(2780, 700, 200, 240)
    )


def test_who_nobody_could_recognise_need_not_be_whole() -> None:
    record, asset = picture()
    one, other = _apart(asset)
    far = replace(other, mark=FaceMark.NOT_RECOGNISABLE)
    plan = planned(
        record, replace(asset, faces=(one, far)), Make(ReadySize.SOCIAL_SQUARE), ()
    )
    assert plan.crop.holds(kept_area(one.box, WHOLE))
    assert plan.unseen == {face_id(1)}


def test_nothing_is_enlarged_and_nothing_is_cut_where_the_whole_is_asked() -> None:
    record, asset = picture()
    full = planned(record, asset, Make(), ())
    assert (full.width, full.height) == (3000, 2000)
    large = planned(record, asset, Make(ReadySize.PRINT_A4), ())
    assert large.width < 3500
    whole = Make(ReadySize.SOCIAL_STORY, crop=CropWay.WHOLE)
    fit = planned(record, asset, whole, ())
    assert (fit.crop, fit.width, fit.height) == (WHOLE, 1080, 720)


def test_what_differs_in_anything_is_another_rendition() -> None:
    record, asset = picture()
    makes = [
        Make(),
        Make(format=FileFormat.WEBP),
        Make(ReadySize.LARGE),
        Make(watermark=True),
    ]
    names = {
        rendition_id(record, planned(record, asset, m, ()), asset.faces, USE)
        for m in makes
    }
    hidden = planned(record, asset, Make(), {face_id(0)})
    names.add(rendition_id(record, hidden, asset.faces, USE))
    said = replace(record, description=Metadata(title="Fair"))
    plan = planned(said, asset, Make(), ())
    names.add(rendition_id(said, plan, asset.faces, USE))
    for use in (replace(USE, channel=Channel.PRINT), replace(USE, place=Place.WORLD)):
        names.add(rendition_id(record, hidden, asset.faces, use))
    marked = [replace(f, mark=FaceMark.NOT_RECOGNISABLE) for f in asset.faces]
    names.add(rendition_id(record, hidden, marked, USE))
    # What was decided for the same use later on is found again.
    later = replace(USE, decided_at=USE.decided_at + timedelta(days=1))
    names.add(rendition_id(record, hidden, asset.faces, later))
    assert len(names) == 9
