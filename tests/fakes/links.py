"""Links and buckets in memory."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.links import Link, LinkState, state_at
from beeldrecht.domain.rate_limits import Empty, RateLimit, take
from tests.fakes.audit import FakeAuditTrail


class FakeLinks:
    """Links by the digest of their token."""

    def __init__(self, trail: FakeAuditTrail) -> None:
        self._trail = trail
        self.links: dict[str, Link] = {}

    def create(self, link: Link, digest: str, entry: NewEntry) -> None:
        self._trail.record(entry, self._putting(digest, link))

    def live(self, digest: str, at: datetime) -> Link | None:
        link = self.links.get(digest)
        works = link is not None and state_at(link, at) is LinkState.LIVE
        return link if works else None

    def use(self, digest: str, at: datetime) -> Link | None:
        link = self.live(digest, at)
        if link is None:
            return None
        used = replace(link, uses=link.uses + 1, used_at=at)
        self.links[digest] = used
        return used

    def revoke(self, person_id: str, link_id: str, at: datetime, entry: NewEntry) -> bool:
        for digest, link in self.links.items():
            if (link.subject_id, link.link_id) == (person_id, link_id):
                if link.revoked_at is None:
                    revoked = replace(link, revoked_at=at)
                    self._trail.record(entry, self._putting(digest, revoked))
                return True
        return False

    def of_person(self, person_id: str) -> tuple[Link, ...]:
        links = [link for link in self.links.values() if link.subject_id == person_id]
        return tuple(sorted(links, key=lambda link: link.created_at, reverse=True))

    def _putting(self, digest: str, link: Link) -> Callable[[], None]:
        def put() -> None:
            self.links[digest] = link

        return put


class FakeBuckets:
    """Buckets by their name and day; `broken` stands for a table that does not answer."""

    def __init__(self) -> None:
        self.full_at: dict[tuple[str, str], datetime] = {}
        self.asked: list[str] = []
        self.broken = False

    def take(self, name: str, limit: RateLimit, at: datetime) -> Empty | None:
        self.asked.append(name)
        if self.broken:
            raise ConnectionError("the table does not answer")
        place = (at.date().isoformat(), name)
        answer = take(limit, self.full_at.get(place), at)
        if isinstance(answer, Empty):
            return answer
        self.full_at[place] = answer.full_at
        return None
