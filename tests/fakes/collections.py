"""Collections and proposals in memory, with the conditions of the real ones."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime

from beeldrecht.adapters.errors import StaleRevisionError
from beeldrecht.adapters.pages import place
from beeldrecht.adapters.proposals import KEPT
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.collections import Collection, lost
from beeldrecht.domain.four_eyes import Proposal, ProposalStatus, standing
from tests.fakes.audit import FakeAuditTrail
from tests.fakes.library import FakeLibrary


class FakeCollections:
    """Collections by identifier."""

    def __init__(self, trail: FakeAuditTrail) -> None:
        self._trail = trail
        self._places: dict[str, str] = {}
        self.collections: dict[str, Collection] = {}

    def find(self, collection_id: str) -> Collection | None:
        return self.collections.get(collection_id)

    def several(self, collection_ids: Iterable[str]) -> tuple[Collection, ...]:
        found: dict[str, Collection] = {}
        wanted = sorted(collection_ids)
        while wanted:
            found |= {each: self.find(each) or lost(each) for each in wanted}
            above = {each.parent_id for each in found.values() if each.parent_id}
            wanted = sorted(above - found.keys())
        return tuple(found.values())

    def levels_below(self, collection_id: str) -> int:
        below = self.within(collection_id)
        return 1 + max(map(self.levels_below, below)) if below else 0

    def within(self, collection_id: str) -> tuple[str, ...]:
        every = self.collections.values()
        return tuple(c.collection_id for c in every if c.parent_id == collection_id)

    def create(self, collection: Collection, at: datetime, entry: NewEntry) -> Collection:
        there = self.find(collection.collection_id)
        if there is not None:
            return there
        made = replace(collection, revision=1)
        self._trail.record(entry, self._putting(made))
        self._places[made.collection_id] = place(at, made.collection_id)
        return made

    def save(
        self,
        before: Collection,
        after: Collection,
        entry: NewEntry,
        above: Iterable[Collection] = (),
    ) -> Collection:
        for each in (before, *above):
            there = self.find(each.collection_id)
            if there is None or there.revision != each.revision:
                raise StaleRevisionError(before.collection_id)
        saved = replace(after, revision=before.revision + 1)
        self._trail.record(entry, self._putting(saved))
        return saved

    def page(self, after: str | None, limit: int) -> tuple[list[Collection], str | None]:
        places = {where: which for which, where in self._places.items()}
        shown, following = _page(places, after, limit)
        return [self.collections[each] for each in shown], following

    def add(self, collection: Collection, at: datetime) -> None:
        """For tests alone: put one there, whoever is in it, without an entry."""
        self._putting(collection)()
        self._places[collection.collection_id] = place(at, collection.collection_id)

    def _putting(self, collection: Collection) -> Callable[[], None]:
        def put() -> None:
            self.collections[collection.collection_id] = collection

        return put


class FakeCollected:
    """What stands in collections, as the pictures of a library say it."""

    def __init__(self, library: FakeLibrary) -> None:
        self._library = library

    def page(
        self, collection_id: str, after: str | None, limit: int
    ) -> tuple[tuple[str, ...], str | None]:
        records = [row.record for row in self._library.rows.values()]
        places = {
            place(each.announcement.announced_at, each.asset_id): each.asset_id
            for each in records
            if each.original and collection_id in each.collection_ids
        }
        shown, following = _page(places, after, limit)
        return tuple(shown), following


class FakeProposals:
    """Proposals by identifier: the same wish has the same."""

    def __init__(self, trail: FakeAuditTrail) -> None:
        self._trail = trail
        self.proposals: dict[str, Proposal] = {}

    def find(self, proposal_id: str, at: datetime) -> Proposal | None:
        found = self.proposals.get(proposal_id)
        if found is None:
            return None
        over = found.settled_at or found.expires_at
        return found if at < over + KEPT else None

    def open(self, proposal: Proposal, entry: NewEntry) -> Proposal:
        there = self.proposals.get(proposal.proposal_id)
        if there is not None:
            stands = standing(there, proposal.proposed_at)
            if stands is ProposalStatus.OPEN:
                return there
        self._trail.record(entry, self._putting(proposal))
        return proposal

    def settle(self, before: Proposal, after: Proposal, entry: NewEntry) -> None:
        self._check(before)
        self._trail.record(entry, self._putting(after))

    def finish(self, before: Proposal, after: Proposal) -> None:
        self._check(before)
        self._putting(after)()

    def page(
        self, at: datetime, after: str | None, limit: int
    ) -> tuple[list[Proposal], str | None]:
        places = {
            place(each.proposed_at, each.proposal_id): each.proposal_id
            for each in self.proposals.values()
            if each.status is ProposalStatus.OPEN
        }
        shown, following = _page(places, after, limit)
        read = [self.proposals[each] for each in shown]
        return [p for p in read if standing(p, at) is ProposalStatus.OPEN], following

    def _check(self, before: Proposal) -> None:
        there = self.proposals.get(before.proposal_id)
        seen = ("status", "proposed_by", "proposed_at")
        if (
            there is None
            or there.done_at is not None
            or any(getattr(there, name) != getattr(before, name) for name in seen)
        ):
            raise StaleRevisionError(before.proposal_id)

    def _putting(self, proposal: Proposal) -> Callable[[], None]:
        def put() -> None:
            self.proposals[proposal.proposal_id] = proposal

        return put


def _page(
    places: dict[str, str], after: str | None, limit: int
) -> tuple[list[str], str | None]:
    beyond = sorted(where for where in places if where > (after or ""))
    shown = beyond[:limit]
    return [places[where] for where in shown], (
        shown[-1] if len(beyond) > limit else None
    )
