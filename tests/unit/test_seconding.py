"""Seconding by itself: what was begun is finished once, whatever came in between."""

from datetime import datetime
from typing import Any

import pytest

from api.staff_api.seconding import Done, Waiting, approve, reject, second
from beeldrecht.adapters.errors import StaleRevisionError
from beeldrecht.domain.access import Operation, Role, User
from beeldrecht.domain.four_eyes import (
    FourEyes,
    Proposal,
    ProposalRefusedError,
    ProposalStatus,
)
from beeldrecht.domain.problems import Problem
from beeldrecht.runtime.http.problems import ProblemError
from tests.fakes.audit import FakeAuditTrail
from tests.fakes.collections import FakeProposals
from tests.fakes.library import FakeLibrary
from tests.fakes.samples import ANN, BOB, EDITOR, NOON, PICTURE

ERASE = Operation.ASSET_ERASE
WHAT = {"asset_id": PICTURE}
FIRST, SECOND, THIRD = (
    User(user_id, frozenset({Role.PRIVACY_OFFICER}), NOON)
    for user_id in (ANN, BOB, EDITOR)
)


class Desk:
    """What seconding works with, and an act that counts how often it was done."""

    def __init__(self) -> None:
        self.audit = FakeAuditTrail()
        self.proposals = FakeProposals(self.audit)
        self.library = FakeLibrary()
        self.four_eyes = FourEyes.ALWAYS
        self.done = 0
        self.fails: Exception | None = None

    def now(self) -> datetime:
        return NOON

    def act(self) -> str:
        if self.fails is not None:
            raise self.fails
        self.done += 1
        return "done"

    def ask(self, user: User) -> Done[str] | Waiting:
        return second(self, user, ERASE, WHAT, self.act)

    @property
    def kept(self) -> Proposal:
        (proposal,) = self.proposals.proposals.values()
        return proposal

    def tags(self) -> list[str]:
        return [e.tag for e in self.audit.entries(self.kept.proposal_id)]


@pytest.fixture
def desk() -> Desk:
    return Desk()


def cut_short(desk: Desk) -> None:
    """The second person agreed, and the act stopped half-way."""
    desk.ask(FIRST)
    desk.fails = TimeoutError()
    with pytest.raises(TimeoutError):
        desk.ask(SECOND)
    desk.fails = None
    assert (desk.kept.status, desk.kept.done_at) == (ProposalStatus.APPROVED, None)


def test_where_one_is_enough_nothing_waits(desk: Desk) -> None:
    desk.four_eyes = FourEyes.NEVER
    assert desk.ask(FIRST) == Done("done")
    assert desk.proposals.proposals == {}


def test_two_people_who_ask_for_the_same_have_it_done(desk: Desk) -> None:
    first = desk.ask(FIRST)
    assert isinstance(first, Waiting)
    assert desk.ask(FIRST) == first
    assert desk.done == 0
    assert desk.ask(SECOND) == Done("done")
    assert (desk.done, desk.kept.done_at) == (1, NOON)
    assert desk.tags() == ["api:proposal:propose", "api:proposal:approve"]


def test_whoever_agreed_finishes_what_was_cut_short_by_asking_again(desk: Desk) -> None:
    cut_short(desk)
    assert desk.ask(SECOND) == Done("done")
    assert (desk.done, desk.kept.done_at) == (1, NOON)
    assert desk.tags().count("api:proposal:approve") == 1


@pytest.mark.parametrize("who", [FIRST, THIRD])
def test_for_others_what_was_cut_short_is_a_new_wish(desk: Desk, who: User) -> None:
    cut_short(desk)
    again = desk.ask(who)
    assert isinstance(again, Waiting)
    assert again.proposal.proposed_by == who.user_id
    assert desk.done == 0


def test_what_was_done_is_wished_anew(desk: Desk) -> None:
    desk.ask(FIRST)
    desk.ask(SECOND)
    for who in (SECOND, FIRST):
        again = desk.ask(who)
        assert isinstance(again, Waiting) == (who is SECOND)
    assert desk.done == 2


def test_a_race_that_was_lost_is_looked_at_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.ask(FIRST)
    settle = desk.proposals.settle
    lost: list[Any] = []

    def once_late(*given: Any) -> None:
        if not lost:
            lost.append(given)
            raise StaleRevisionError
        settle(*given)

    monkeypatch.setattr(desk.proposals, "settle", once_late)
    assert desk.ask(SECOND) == Done("done")
    assert desk.done == 1


def test_a_race_that_is_always_lost_ends(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def always_late(*_: Any) -> None:
        raise StaleRevisionError

    monkeypatch.setattr(desk.proposals, "open", always_late)
    with pytest.raises(ProblemError) as caught:
        desk.ask(FIRST)
    assert caught.value.problem is Problem.CHANGED_MEANWHILE


def test_somebody_elses_record_that_it_was_done_is_as_good(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.ask(FIRST)

    def late(*_: Any) -> None:
        raise StaleRevisionError

    monkeypatch.setattr(desk.proposals, "finish", late)
    assert desk.ask(SECOND) == Done("done")
    assert desk.done == 1


def test_turning_down_twice_is_once_on_record(desk: Desk) -> None:
    desk.ask(FIRST)
    turned = reject(desk, SECOND, desk.kept)
    assert reject(desk, SECOND, turned) is turned
    assert desk.tags() == ["api:proposal:propose", "api:proposal:reject"]
    with pytest.raises(ProposalRefusedError):
        approve(desk, THIRD, turned, desk.act)
    assert desk.done == 0


def test_what_was_done_is_not_done_again_by_agreeing_again(desk: Desk) -> None:
    """Since then somebody may have undone it: one person must not bring it back."""
    desk.ask(FIRST)
    desk.ask(SECOND)
    assert approve(desk, SECOND, desk.kept, desk.act) is None
    assert desk.done == 1
    assert desk.tags().count("api:proposal:approve") == 1


def test_an_agreement_that_is_as_old_as_a_wish_may_be_is_not_finished(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut_short(desk)
    late = desk.kept.expires_at
    monkeypatch.setattr(desk, "now", lambda: late)
    with pytest.raises(ProposalRefusedError):
        approve(desk, SECOND, desk.kept, desk.act)
    assert isinstance(desk.ask(SECOND), Waiting)
    assert desk.done == 0
