"""The promises of the proposals."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Protocol

import pytest

from beeldrecht.adapters.errors import StaleRevisionError
from beeldrecht.domain.access import Operation
from beeldrecht.domain.audit import Entry, NewEntry
from beeldrecht.domain.four_eyes import (
    OPEN_FOR,
    Proposal,
    approved,
    carried_out,
    propose,
    rejected,
)
from beeldrecht.domain.ids import new_id
from tests.fakes.samples import ANN, BOB, EDITOR, NOON, TICK

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


class Trail(Protocol):
    """What was recorded."""

    def entries(self, subject: str) -> Iterable[Entry]: ...


class Proposals(Protocol):
    """What both repositories offer."""

    def find(self, proposal_id: str, at: datetime) -> Proposal | None: ...
    def open(self, proposal: Proposal, entry: NewEntry) -> Proposal: ...
    def settle(self, before: Proposal, after: Proposal, entry: NewEntry) -> None: ...
    def finish(self, before: Proposal, after: Proposal) -> None: ...
    def page(
        self, at: datetime, after: str | None, limit: int
    ) -> tuple[list[Proposal], str | None]: ...


def wish(by: str = ANN, at: datetime = NOON, person: str = BOB) -> Proposal:
    what = {"person_id": person, "asset_id": EDITOR}
    return propose(Operation.SUGGESTION_CONFIRM, what, by, at)


def entry(proposal: Proposal, name: str = "propose") -> NewEntry:
    tag = f"api:proposal:{name}"
    entry_id = f"{tag}:{proposal.proposed_at.isoformat()}"
    return NewEntry(proposal.proposal_id, entry_id, tag, NOON, ANN)


class ProposalsContract:
    """Each test starts from an empty table and an empty trail."""

    @pytest.fixture
    def proposals(self) -> Proposals:
        raise NotImplementedError("the subclass says which repository")

    @pytest.fixture
    def trail(self) -> Trail:
        raise NotImplementedError("the subclass says which trail")

    def tags(self, trail: Trail, proposal: Proposal) -> list[str]:
        return [each.tag for each in trail.entries(proposal.proposal_id)]

    def listed(self, proposals: Proposals, at: datetime = NOON) -> list[Proposal]:
        page, after = proposals.page(at, None, 100)
        assert after is None
        return page

    def test_a_wish_comes_back_as_it_was_made(
        self, proposals: Proposals, trail: Trail
    ) -> None:
        made = wish()
        assert proposals.open(made, entry(made)) == made
        assert proposals.find(made.proposal_id, NOON) == made
        assert self.listed(proposals) == [made]
        assert self.tags(trail, made) == ["api:proposal:propose"]

    def test_what_nobody_proposed_is_not_there(self, proposals: Proposals) -> None:
        assert proposals.find(new_id(), NOON) is None
        assert self.listed(proposals) == []

    def test_the_same_wish_of_another_person_gives_the_one_that_is_open(
        self, proposals: Proposals, trail: Trail
    ) -> None:
        first, later = wish(), wish(BOB, NOON + HOUR)
        assert first.proposal_id == later.proposal_id
        proposals.open(first, entry(first))
        assert proposals.open(later, entry(later)) == first
        assert proposals.find(first.proposal_id, NOON + HOUR) == first
        assert self.tags(trail, first) == ["api:proposal:propose"]

    def test_a_wish_that_lapsed_makes_room_for_the_next_and_not_before(
        self, proposals: Proposals
    ) -> None:
        first = wish()
        proposals.open(first, entry(first))
        early = wish(BOB, NOON + OPEN_FOR - TICK)
        assert proposals.open(early, entry(early)) == first
        late = wish(BOB, NOON + OPEN_FOR)
        assert proposals.open(late, entry(late)) == late
        assert proposals.find(first.proposal_id, NOON + OPEN_FOR) == late

    def test_settling_is_kept_and_takes_it_off_the_list(
        self, proposals: Proposals, trail: Trail
    ) -> None:
        for name, how in (("approve", approved), ("reject", rejected)):
            made = wish(person=new_id())
            proposals.open(made, entry(made))
            after = how(made, BOB, NOON + HOUR)
            proposals.settle(made, after, entry(made, name))
            assert proposals.find(made.proposal_id, NOON + HOUR) == after
            assert self.listed(proposals) == []
            assert self.tags(trail, made)[1:] == [f"api:proposal:{name}"]

    def test_of_two_who_settle_it_at_once_one_has_to_look_again(
        self, proposals: Proposals, trail: Trail
    ) -> None:
        made = wish()
        proposals.open(made, entry(made))
        first = approved(made, BOB, NOON)
        proposals.settle(made, first, entry(made, "approve"))
        for second in (rejected(made, EDITOR, NOON), approved(made, EDITOR, NOON)):
            with pytest.raises(StaleRevisionError):
                proposals.settle(made, second, entry(made, "reject"))
        assert proposals.find(made.proposal_id, NOON) == first
        assert len(self.tags(trail, made)) == 2

    def test_an_old_wish_cannot_be_settled_once_a_new_one_took_its_place(
        self, proposals: Proposals
    ) -> None:
        for other in (wish(BOB, NOON + OPEN_FOR), wish(ANN, NOON + OPEN_FOR + HOUR)):
            old = wish()
            proposals.open(old, entry(old))
            proposals.settle(old, rejected(old, BOB, NOON), entry(old, "reject"))
            proposals.open(other, entry(other))
            with pytest.raises(StaleRevisionError):
                proposals.settle(old, approved(old, EDITOR, NOON), entry(old, "approve"))
            assert proposals.find(old.proposal_id, other.proposed_at) == other
            gone = rejected(other, EDITOR, other.proposed_at)
            proposals.settle(other, gone, entry(other, "reject"))

    def test_that_it_was_carried_out_is_kept_and_ends_it(
        self, proposals: Proposals
    ) -> None:
        made = wish()
        proposals.open(made, entry(made))
        agreed = approved(made, BOB, NOON)
        done = carried_out(agreed, NOON + HOUR)
        with pytest.raises(StaleRevisionError):
            proposals.finish(agreed, done)
        proposals.settle(made, agreed, entry(made, "approve"))
        proposals.finish(agreed, done)
        assert proposals.find(made.proposal_id, NOON + HOUR) == done
        with pytest.raises(StaleRevisionError):
            proposals.finish(agreed, done)

    def test_what_is_long_over_is_gone_whenever_the_table_removes_it(
        self, proposals: Proposals
    ) -> None:
        made = wish()
        proposals.open(made, entry(made))
        month = timedelta(days=30)
        lapsed = made.expires_at
        assert proposals.find(made.proposal_id, lapsed + month - TICK) == made
        assert proposals.find(made.proposal_id, lapsed + month) is None
        settled = rejected(made, BOB, NOON + HOUR)
        proposals.settle(made, settled, entry(made, "reject"))
        over = NOON + HOUR + month
        assert proposals.find(made.proposal_id, over - TICK) == settled
        assert proposals.find(made.proposal_id, over) is None

    def test_the_list_has_what_is_open_at_that_instant_the_oldest_first(
        self, proposals: Proposals
    ) -> None:
        made = [wish(at=NOON + n * DAY, person=new_id()) for n in (2, 0, 3, 1)]
        for each in made:
            proposals.open(each, entry(each))
        in_order = sorted(made, key=lambda p: p.proposed_at)
        assert self.listed(proposals, NOON + 3 * DAY) == in_order
        assert self.listed(proposals, NOON + OPEN_FOR) == in_order[1:]
        read: list[Proposal] = []
        after: str | None = None
        for _ in range(10):
            page, after = proposals.page(NOON + 3 * DAY, after, 2)
            read += page
            if after is None:
                break
        assert read == in_order
