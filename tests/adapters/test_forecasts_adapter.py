"""When decisions end: over DynamoDB as in memory."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from beeldrecht.adapters.forecasts import Forecasts
from beeldrecht.adapters.library import Library
from beeldrecht.domain.channels import Channel, Verdict
from beeldrecht.domain.decisions import Decision, Finding, FindingId, Outcome
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.sessions import Origin
from tests.adapters.aws import Aws
from tests.fakes.forecasts import FakeForecasts
from tests.fakes.library import FakeLibrary
from tests.fakes.runtime import REGION
from tests.fakes.samples import ANN, NOON, announcement, face_id

DAY = timedelta(days=1)
CLEAR = {Channel.WEBSITE: Verdict.CLEAR}


def ending(at: datetime | None, outcome: Outcome = Outcome.RELEASED) -> Decision:
    """Ann's face is cleared for the website until then."""
    cleared = Finding(FindingId.GRANT_IN_FORCE, face_id(0), ANN, Channel.WEBSITE, at)
    return Decision(NOON, at, (cleared,), CLEAR, outcome, CLEAR)


def picture(number: int) -> str:
    return derived_id("test", "picture", str(number))


def put(library: Library | FakeLibrary, number: int, decision: Decision) -> None:
    said = replace(announcement(picture(number)), origin=Origin.OWN)
    library.announce(said, NOON + DAY)
    record = library.record(picture(number))
    assert record is not None
    assert record.announcement.origin is Origin.OWN
    library.decide(record, decision, None)


@pytest.fixture(params=["memory", "cloud"])
def stores(
    request: pytest.FixtureRequest, aws: Aws
) -> tuple[Library | FakeLibrary, Forecasts | FakeForecasts]:
    if request.param == "memory":
        library = FakeLibrary()
        return library, FakeForecasts(library)
    table = aws.table("library")
    return Library(table, REGION), Forecasts(table, REGION)


def test_what_ends_before_an_instant_comes_in_its_order_page_by_page(
    stores: tuple[Library | FakeLibrary, Forecasts | FakeForecasts],
) -> None:
    library, forecasts = stores
    for number, days in enumerate((3, 1, 2, 9, 10)):
        put(library, number, ending(NOON + days * DAY))
    put(library, 5, ending(None))
    put(library, 6, ending(NOON + DAY, Outcome.READY))
    found, after = [], None
    while True:
        page, after = forecasts.page(NOON + 10 * DAY, after, 2)
        found += page
        if after is None:
            break
    assert [record.asset_id for _, record, _ in found] == [
        picture(number) for number in (1, 2, 0, 3)
    ]
    dark = {each.asset_id: dict(each.per_channel) for _, _, each in found}
    assert dark[picture(0)] == {Channel.WEBSITE: NOON + 3 * DAY}
    again, _ = forecasts.page(NOON + 10 * DAY, found[0][0], 9)
    assert [record.asset_id for _, record, _ in again] == [
        picture(number) for number in (2, 0, 3)
    ]
