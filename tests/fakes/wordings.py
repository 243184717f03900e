"""Wordings in memory: a version is added, never changed."""

from beeldrecht.adapters.consent_pages import WordingPage
from beeldrecht.adapters.pages import place
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.wordings import Wording
from tests.fakes.audit import FakeAuditTrail
from tests.fakes.lists import page_back


class FakeWordings:
    """Wordings by identifier and version."""

    def __init__(self, trail: FakeAuditTrail) -> None:
        self._trail = trail
        self.versions: dict[str, list[Wording]] = {}

    def add(self, wording: Wording, entry: NewEntry) -> bool:
        there = self.versions.get(wording.wording_id, [])
        if wording.version != len(there) + 1:
            return False
        self._trail.record(
            entry,
            lambda: self.versions.setdefault(wording.wording_id, []).append(wording),
        )
        return True

    def get(self, name: str) -> Wording | None:
        wording_id, _, version = name.rpartition(".")
        found = [w for w in self.versions.get(wording_id, []) if w.name == name]
        return found[0] if found and version else None

    def latest(self, wording_id: str) -> Wording | None:
        there = self.versions.get(wording_id)
        return there[-1] if there else None

    def page(self, after: str | None, limit: int) -> WordingPage:
        places = {
            place(versions[0].created_at, wording_id): versions[-1]
            for wording_id, versions in self.versions.items()
        }
        shown, following = page_back(places, after, limit)
        return WordingPage(tuple(shown), following)
