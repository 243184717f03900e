"""Some things take two different people (R22), and nobody is both of them."""

import itertools
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beeldrecht.domain.access import TAKES_TWO, Operation
from beeldrecht.domain.four_eyes import (
    OPEN_FOR,
    FourEyes,
    Proposal,
    ProposalRefusal,
    ProposalRefusedError,
    ProposalStatus,
    approved,
    carried_out,
    needs_two,
    proposal_id,
    propose,
    rejected,
    standing,
)
from beeldrecht.domain.ids import InvalidIdError, check_id
from beeldrecht.domain.permits import RecognitionMode
from beeldrecht.domain.time import NaiveInstantError
from tests.unit.domain.situations import NOW

OFF, DETECT, CLOSED, ENROLLED = RecognitionMode
ANN, BOB, CAS = "ann", "bob", "cas"
TICK = timedelta(microseconds=1)
WHAT = {"asset_id": "a", "person_id": "p"}
SWITCH = Operation.RECOGNITION_SWITCH
HELD = TAKES_TWO - {SWITCH}
modes = pytest.mark.parametrize("mode", RecognitionMode)


def wish(by: str = ANN, at: datetime = NOW) -> Proposal:
    return propose(Operation.SUGGESTION_CONFIRM, WHAT, by, at)


# -- when two are needed ----------------------------------------------------------------


@modes
@pytest.mark.parametrize("policy", FourEyes)
def test_what_does_not_take_two_never_does(
    policy: FourEyes, mode: RecognitionMode
) -> None:
    for operation in set(Operation) - TAKES_TWO:
        assert not needs_two(operation, policy, mode)


@modes
def test_a_deployment_says_always_or_never(mode: RecognitionMode) -> None:
    for operation in HELD:
        assert needs_two(operation, FourEyes.ALWAYS, mode)
        assert not needs_two(operation, FourEyes.NEVER, mode)
    for wanted in RecognitionMode:
        assert not needs_two(SWITCH, FourEyes.NEVER, mode, wanted)


@pytest.mark.parametrize("operation", [Operation.ASSET_ERASE, Operation.RETENTION_CHANGE])
def test_by_default_two_are_needed_once_recognition_is_on(operation: Operation) -> None:
    told = {mode: needs_two(operation, FourEyes.AUTO, mode) for mode in RecognitionMode}
    assert told == {OFF: False, DETECT: False, CLOSED: True, ENROLLED: True}


@modes
def test_r22_a_suggestion_takes_two_even_after_recognition_was_switched_back(
    mode: RecognitionMode,
) -> None:
    assert needs_two(Operation.SUGGESTION_CONFIRM, FourEyes.AUTO, mode)


def test_switching_takes_two_as_soon_as_it_goes_beyond_detecting() -> None:
    order = (OFF, DETECT, CLOSED, ENROLLED)
    for now, wanted in itertools.product(order, order):
        stricter = order.index(wanted) < order.index(now)
        beyond = wanted in {CLOSED, ENROLLED}
        same = wanted is now and not beyond
        assert needs_two(SWITCH, FourEyes.AUTO, now, wanted) == (beyond and not stricter)
        always = needs_two(SWITCH, FourEyes.ALWAYS, now, wanted)
        assert always == (not stricter and not same)


@pytest.mark.parametrize("policy", FourEyes)
def test_a_stricter_mode_never_waits_for_a_second_person(policy: FourEyes) -> None:
    for wanted, now in itertools.combinations(RecognitionMode, 2):
        assert not needs_two(SWITCH, policy, now, wanted)


def test_a_new_assessment_for_the_same_mode_is_a_switch_of_its_own() -> None:
    for mode in (CLOSED, ENROLLED):
        assert needs_two(SWITCH, FourEyes.AUTO, mode, mode)


@modes
def test_a_switch_to_an_unknown_mode_takes_two(mode: RecognitionMode) -> None:
    for policy in (FourEyes.AUTO, FourEyes.ALWAYS):
        assert needs_two(SWITCH, policy, mode)


# -- proposals --------------------------------------------------------------------------


def test_the_same_wish_is_the_same_proposal_whoever_has_it() -> None:
    first, second = wish(ANN), wish(BOB, NOW + timedelta(days=1))
    assert first.proposal_id == second.proposal_id == check_id(first.proposal_id)
    turned = dict(reversed(WHAT.items()))
    assert proposal_id(first.operation, turned) == first.proposal_id


def test_another_wish_is_another_proposal() -> None:
    operation = Operation.SUGGESTION_CONFIRM
    ids = {
        proposal_id(operation, WHAT),
        proposal_id(Operation.ASSET_ERASE, WHAT),
        proposal_id(operation, {}),
        proposal_id(operation, {"asset_id": "p", "person_id": "a"}),
        proposal_id(operation, {"asset_id": "a"}),
        proposal_id(operation, WHAT | {"person_id": "q"}),
        proposal_id(operation, WHAT | {"more": ""}),
    }
    assert len(ids) == 7
    with pytest.raises(InvalidIdError):
        proposal_id(operation, {"asset_id": "a\x1fperson_id\x1fp"})


def test_a_proposal_is_open_for_a_week_and_not_a_moment_longer() -> None:
    made = wish()
    assert timedelta(days=7) == OPEN_FOR
    assert made.expires_at == NOW + OPEN_FOR
    assert standing(made, made.expires_at - TICK) is ProposalStatus.OPEN
    assert standing(made, made.expires_at) is ProposalStatus.LAPSED
    assert made.status is ProposalStatus.OPEN


def refusal(settle: Any, *arguments: Any) -> ProposalRefusal:
    with pytest.raises(ProposalRefusedError) as caught:
        settle(*arguments)
    return caught.value.reason


def test_a_second_person_approves_and_it_says_who() -> None:
    agreed = approved(wish(), BOB, NOW + TICK)
    assert agreed == replace(
        wish(),
        status=ProposalStatus.APPROVED,
        settled_by=BOB,
        settled_at=NOW + TICK,
    )
    assert standing(agreed, NOW + 9 * OPEN_FOR) is ProposalStatus.APPROVED


def test_nobody_approves_their_own() -> None:
    made = wish()
    for at in (NOW, made.expires_at - TICK, made.expires_at):
        assert refusal(approved, made, ANN, at) is ProposalRefusal.OWN_PROPOSAL
    agreed = approved(made, BOB, NOW)
    assert refusal(approved, agreed, ANN, NOW) is ProposalRefusal.OWN_PROPOSAL


@pytest.mark.parametrize("settle", [approved, rejected])
def test_a_lapsed_one_is_settled_by_nobody(settle: Any) -> None:
    made = wish()
    assert settle(made, BOB, made.expires_at - TICK).settled_by == BOB
    reason = refusal(settle, made, BOB, made.expires_at)
    assert reason is ProposalRefusal.PROPOSAL_LAPSED


def test_whoever_proposed_may_take_it_back() -> None:
    assert rejected(wish(), ANN, NOW).status is ProposalStatus.REJECTED


@pytest.mark.parametrize("settle", [approved, rejected])
def test_settling_twice_is_once_and_another_is_too_late(settle: Any) -> None:
    settled = settle(wish(), BOB, NOW)
    assert settle(settled, BOB, NOW + OPEN_FOR - TICK) is settled
    for other in (approved, rejected):
        reason = refusal(other, settled, CAS, NOW)
        assert reason is ProposalRefusal.PROPOSAL_SETTLED
    turned = rejected if settle is approved else approved
    assert refusal(turned, settled, BOB, NOW) is ProposalRefusal.PROPOSAL_SETTLED


def test_what_was_cut_short_is_finished_while_the_proposal_would_be_open() -> None:
    agreed = approved(wish(), BOB, NOW)
    assert approved(agreed, BOB, NOW + OPEN_FOR - TICK) is agreed
    reason = refusal(approved, agreed, BOB, NOW + OPEN_FOR)
    assert reason is ProposalRefusal.PROPOSAL_LAPSED
    done = carried_out(agreed, NOW)
    assert approved(done, BOB, NOW + 9 * OPEN_FOR) is done
    turned = rejected(wish(), BOB, NOW)
    assert rejected(turned, BOB, NOW + 9 * OPEN_FOR) is turned


def test_only_what_was_approved_is_carried_out_and_once() -> None:
    for other in (wish(), rejected(wish(), BOB, NOW)):
        assert refusal(carried_out, other, NOW) is ProposalRefusal.PROPOSAL_SETTLED
    done = carried_out(approved(wish(), BOB, NOW), NOW + TICK)
    assert done.done_at == NOW + TICK
    assert carried_out(done, NOW + OPEN_FOR) is done


def test_nobody_widens_a_proposal() -> None:
    what = dict(WHAT)
    made = propose(Operation.ASSET_ERASE, what, ANN, NOW)
    what["asset_id"] = "other"
    assert made.what == WHAT
    with pytest.raises(TypeError):
        cast("Any", made.what)["asset_id"] = "other"
    with pytest.raises(NaiveInstantError):
        propose(Operation.ASSET_ERASE, what, ANN, NOW.replace(tzinfo=None))


steps = st.tuples(
    st.sampled_from([approved, rejected]),
    st.sampled_from([ANN, BOB, CAS]),
    st.integers(0, 10).map(lambda days: NOW + timedelta(days=days)),
)


@given(st.lists(steps, max_size=6))
def test_whatever_happens_two_different_people_agreed_in_time_or_nothing_is_done(
    steps: list[Any],
) -> None:
    proposal, since = wish(), NOW
    for settle, who, at in sorted(steps, key=lambda step: step[2]):
        since = max(since, at)
        before = proposal
        try:
            proposal = settle(proposal, who, since)
        except ProposalRefusedError:
            assert proposal is before
    if proposal.status is ProposalStatus.APPROVED:
        assert proposal.settled_by not in {None, proposal.proposed_by}
        assert proposal.settled_at is not None
        assert NOW <= proposal.settled_at < NOW + OPEN_FOR
