"""Released pictures about which time alone changes something, the first to change first.

The work list of what is released stands in the order in which decisions end, so whatever
changes within a year is its beginning, and nothing else is read.
"""

from datetime import UTC, datetime
from typing import Any

from beeldrecht.domain.assets import AssetStatus
from beeldrecht.domain.channels import Channel, Verdict
from beeldrecht.domain.decisions import Finding, FindingId
from beeldrecht.domain.forecast import Darkening, expected
from beeldrecht.domain.intake import AssetRecord

from . import keys
from .binding import bind
from .library_encoding import record_of
from .library_items import AssetItem, LibraryItem
from .pages import stamp

type Foreseen = tuple[tuple[str, str], AssetRecord, Darkening]
"""A picture in its place in the list, and when its channels go dark as far as the cached
decision says."""


class Forecasts:
    """The repository of what was decided, read for when it ends."""

    def __init__(self, table: str, region: str) -> None:
        bind(LibraryItem, table, region)

    def page(
        self, until: datetime, after: tuple[str, str] | None, limit: int
    ) -> tuple[list[Foreseen], tuple[str, str] | None]:
        """The next pictures that change before `until`, and where the next page begins.

        By an index that follows within moments, and by cached decisions: for lists.
        """
        work = keys.work(AssetStatus.RELEASED)
        found = LibraryItem.by_work.query(
            work,
            LibraryItem.gsi2sk < stamp(until),
            limit=limit,
            last_evaluated_key=_key(work, after) if after else None,
        )
        listed = [(i.gsi2sk or "", i.asset_id) for i in found if isinstance(i, AssetItem)]
        wanted = [(keys.asset(asset_id), keys.META) for _, asset_id in listed]
        items = {item.asset_id: item for item in AssetItem.batch_get(wanted)}
        page = [
            ((since, asset_id), record, foreseen(record, said, until))
            for since, asset_id in listed
            if asset_id in items
            and (record := record_of(items[asset_id])).status is AssetStatus.RELEASED
            and (said := items[asset_id].decision) is not None
        ]
        following = listed[-1] if listed and found.last_evaluated_key else None
        return page, following


def foreseen(record: AssetRecord, said: dict[str, Any], until: datetime) -> Darkening:
    """When a picture's channels go dark, as far as a decision that was cached says."""
    leaves = {Channel(c): Verdict(v) for c, v in said["leaves"].items()}
    findings = [_finding(each) for each in said["findings"]]
    dark = expected(leaves, findings, record.ends_at, until)
    return Darkening(record.asset_id, record.collection_ids, dark)


def _finding(said: dict[str, Any]) -> Finding:
    until = said["until"]
    return Finding(
        FindingId(said["id"]),
        said["face_id"],
        said["person_id"],
        Channel(said["channel"]) if said["channel"] else None,
        datetime.fromisoformat(until).astimezone(UTC) if until else None,
    )


def _key(work: str, after: tuple[str, str]) -> dict[str, dict[str, str]]:
    return {
        "pk": {"S": keys.asset(after[1])},
        "sk": {"S": keys.META},
        "gsi2pk": {"S": work},
        "gsi2sk": {"S": after[0]},
    }
