"""Disclosures in memory: recorded with their entry, gone by their date."""

from collections.abc import Iterator
from datetime import datetime

from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.channel_renditions import public_id
from beeldrecht.domain.disclosures import Disclosure
from beeldrecht.domain.retention import RetentionKind, RetentionPolicy, over
from tests.fakes.audit import FakeAuditTrail


class FakeDisclosures:
    """Disclosures by picture and identifier."""

    def __init__(
        self, trail: FakeAuditTrail, policy: RetentionPolicy | None = None
    ) -> None:
        self._trail = trail
        self._policy = policy or RetentionPolicy()
        self.disclosures: dict[tuple[str, datetime, str], Disclosure] = {}
        self._ends: dict[tuple[str, datetime, str], int | None] = {}

    def record(self, disclosure: Disclosure, entry: NewEntry) -> bool:
        when = disclosure.since or disclosure.at
        key = (disclosure.asset_id, when, disclosure.disclosure_id)
        if key in self.disclosures:
            return False

        def write() -> None:
            self.disclosures[key] = disclosure
            self._ends[key] = self._policy.expiry(
                RetentionKind.DISCLOSURES, disclosure.at, disclosure.at
            )

        self._trail.record(entry, write)
        return True

    def put(self, disclosure: Disclosure) -> None:
        """One, as part of somebody's act."""
        key = (disclosure.asset_id, disclosure.at, disclosure.disclosure_id)
        self.disclosures[key] = disclosure
        self._ends[key] = None

    def of_public(self, public: str) -> str | None:
        found = (d.asset_id for d in self.disclosures.values())
        return next((each for each in found if public_id(each) == public), None)

    def of_asset(self, asset_id: str, at: datetime) -> Iterator[Disclosure]:
        yield from (each for each in self._kept(at) if each.asset_id == asset_id)

    def _kept(self, at: datetime) -> list[Disclosure]:
        kept = [d for key, d in self.disclosures.items() if not over(self._ends[key], at)]
        return sorted(kept, key=lambda each: (each.at, each.disclosure_id))
