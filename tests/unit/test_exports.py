"""How far an export is, by the clock."""

from dataclasses import replace
from datetime import timedelta

import pytest

from beeldrecht.domain.assets import Asset
from beeldrecht.domain.exports import (
    FETCHABLE,
    MADE_WITHIN,
    Export,
    ExportState,
    LeftOut,
    Package,
    begun,
    covered,
    export_id,
    state_at,
)
from beeldrecht.domain.ids import new_id
from beeldrecht.domain.people import Appearance, AppearanceStatus
from tests.fakes.exporting import head
from tests.fakes.samples import EDITOR, NOON

TICK = timedelta(microseconds=1)
REQUEST, PERSON = new_id(), new_id()
BEGUN = begun(REQUEST, PERSON, EDITOR, NOON)
PACKED = replace(BEGUN, package=Package(9, "ab" * 32, 1, 0, NOON, NOON + FETCHABLE))


def test_a_request_has_one_export_however_often_it_begins() -> None:
    assert begun(REQUEST, PERSON, EDITOR, NOON + TICK).export_id == BEGUN.export_id
    assert BEGUN.export_id == export_id(REQUEST) != export_id(new_id())


@pytest.mark.parametrize(
    ("export", "after", "state"),
    [
        (BEGUN, timedelta(0), ExportState.MAKING),
        (BEGUN, MADE_WITHIN - TICK, ExportState.MAKING),
        (BEGUN, MADE_WITHIN, ExportState.STALLED),
        (PACKED, timedelta(0), ExportState.READY),
        (PACKED, FETCHABLE - TICK, ExportState.READY),
        (PACKED, FETCHABLE, ExportState.EXPIRED),
        (PACKED, 99 * FETCHABLE, ExportState.EXPIRED),
    ],
)
def test_an_export_is_what_the_clock_says_it_is(
    export: Export, after: timedelta, state: ExportState
) -> None:
    assert state_at(export, NOON + after) is state


# -- whose faces are covered -------------------------------------------------------------

ANN_FACE, BOB_FACE, NOBODY = (new_id() for _ in range(3))
BOB = new_id()


def seen_by(examined: bool = True) -> Asset:
    faces = tuple(head(n, name) for n, name in enumerate((ANN_FACE, BOB_FACE, NOBODY)))
    return Asset(new_id(), examined=examined, faces=faces)


def says(face_id: str, person_id: str, status: AppearanceStatus) -> Appearance:
    by = None if status is AppearanceStatus.SUGGESTED else EDITOR
    return Appearance(new_id(), face_id, person_id, status, by)


SURE = AppearanceStatus.CONFIRMED


def test_r09_every_face_is_covered_but_those_that_are_surely_theirs() -> None:
    both = (says(ANN_FACE, PERSON, SURE), says(BOB_FACE, BOB, SURE))
    assert covered(seen_by(), both, PERSON) == frozenset({BOB_FACE, NOBODY})
    assert covered(seen_by(), both, BOB) == frozenset({ANN_FACE, NOBODY})


@pytest.mark.parametrize(
    ("asset", "appearances", "why"),
    [
        (seen_by(), (), LeftOut.NOT_SURE),
        (
            seen_by(),
            (says(ANN_FACE, PERSON, AppearanceStatus.SUGGESTED),),
            LeftOut.NOT_SURE,
        ),
        (
            seen_by(),
            (says(ANN_FACE, PERSON, AppearanceStatus.REJECTED),),
            LeftOut.NOT_SURE,
        ),
        (
            seen_by(),
            (says(ANN_FACE, PERSON, SURE), says(ANN_FACE, BOB, SURE)),
            LeftOut.NOT_SURE,
        ),
        (seen_by(), (says(new_id(), PERSON, SURE),), LeftOut.NOT_SURE),
        (seen_by(False), (says(ANN_FACE, PERSON, SURE),), LeftOut.NOT_EXAMINED),
    ],
)
def test_r09_where_it_is_not_sure_nothing_is_given(
    asset: Asset, appearances: tuple[Appearance, ...], why: LeftOut
) -> None:
    assert covered(asset, appearances, PERSON) is why
