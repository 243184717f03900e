"""When decisions end, in memory: read off what a library in memory has cached."""

from datetime import datetime

from beeldrecht.adapters.forecasts import foreseen
from beeldrecht.domain.assets import AssetStatus
from beeldrecht.domain.forecast import Darkening
from beeldrecht.domain.intake import AssetRecord
from tests.fakes.library import FakeLibrary


class FakeForecasts:
    """Released pictures, by when the cached decision about them ends."""

    def __init__(self, library: FakeLibrary) -> None:
        self._library = library

    def page(
        self, until: datetime, after: tuple[str, str] | None, limit: int
    ) -> tuple[
        list[tuple[tuple[str, str], AssetRecord, Darkening]], tuple[str, str] | None
    ]:
        listed = sorted(
            ((row.due.isoformat(), asset_id), row)
            for asset_id, row in self._library.rows.items()
            if row.listed is AssetStatus.RELEASED
            and row.due is not None
            and row.due < until
        )
        there = [each for each in listed if after is None or each[0] > after]
        page = []
        for place, row in there[:limit]:
            assert row.decision is not None
            found = foreseen(row.record, row.decision, until)
            page.append((place, row.record, found))
        return page, there[limit - 1][0] if len(there) > limit else None
