"""How far an export is, by the clock."""

from dataclasses import replace
from datetime import timedelta

import pytest

from beeldrecht.domain.exports import (
    FETCHABLE,
    MADE_WITHIN,
    Export,
    ExportState,
    Package,
    begun,
    export_id,
    state_at,
)
from beeldrecht.domain.ids import new_id
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
