"""Searching in memory: every picture asked one by one, whoever keeps what."""

from collections.abc import Callable
from datetime import datetime

from beeldrecht.adapters.search_documents import document_of
from beeldrecht.adapters.search_schema import rank_of
from beeldrecht.domain.access import User
from beeldrecht.domain.people import AppearanceStatus
from beeldrecht.domain.search import (
    Facet,
    SavedSearch,
    SearchHit,
    SearchPage,
    SearchPlace,
    SearchQuery,
)
from beeldrecht.domain.search_access import horizon_of
from tests.fakes.collections import FakeCollections
from tests.fakes.library import FakeLibrary


class FakeSearches:
    """What people keep of what they look for."""

    def __init__(self) -> None:
        self.kept: dict[str, dict[str, SavedSearch]] = {}

    def save(self, user_id: str, search: SavedSearch) -> None:
        self.kept.setdefault(user_id, {}).setdefault(search.search_id, search)

    def of_user(self, user_id: str) -> tuple[SavedSearch, ...]:
        kept = self.kept.get(user_id, {}).values()
        return tuple(sorted(kept, key=lambda each: each.made_at, reverse=True))

    def drop(self, user_id: str, search_id: str) -> bool:
        return self.kept.get(user_id, {}).pop(search_id, None) is not None


class FakeIndex:
    """An index that is always as the library is; it finds words as they are written."""

    def __init__(
        self,
        library: FakeLibrary,
        collections: FakeCollections,
        now: Callable[[], datetime],
    ) -> None:
        self._now = now
        self._library = library
        self._collections = collections

    def search(
        self, query: SearchQuery, user: User, limit: int, after: SearchPlace | None = None
    ) -> SearchPage:
        horizon = horizon_of(user, self._collections.collections.values())
        found = []
        for row in self._library.rows.values():
            confirmed = {
                each.person_id
                for each in row.appearances.values()
                if each.status is AppearanceStatus.CONFIRMED
            }
            session = self._library.session(row.record.announcement.session_id or "")
            made = document_of(row.record, frozenset(confirmed), row.decision, session)
            said = f"{made.title} {made.caption} {made.file_name}".lower().split()
            people = query.facets.get(Facet.PERSON, made.person_ids)
            if (
                horizon.holds(made, self._now())
                and set(query.text.lower().split()) <= set(said)
                and (not query.facets.get(Facet.PERSON) or people & made.person_ids)
            ):
                found.append(made)
        found.sort(key=rank_of, reverse=True)
        places = [SearchPlace(0, rank_of(each), each.asset_id) for each in found]
        begin = places.index(after) + 1 if after in places else 0
        shown = places[begin : begin + limit]
        hits = tuple(SearchHit(place.asset_id, place) for place in shown)
        more = len(places) > begin + limit
        if after is not None:
            return SearchPage(hits, more)
        counts: dict[Facet, tuple[tuple[str, int], ...]] = dict.fromkeys(Facet, ())
        people_of = sorted({p for each in found for p in each.person_ids})
        counts[Facet.PERSON] = tuple(
            (p, sum(p in each.person_ids for each in found)) for p in people_of
        )
        return SearchPage(hits, more, len(found), counts)
