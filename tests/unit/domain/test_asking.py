"""Who can be asked how, and what a decision on an objection lifts."""

from dataclasses import replace
from datetime import timedelta

import pytest

from beeldrecht.domain.asking import (
    AskProblem,
    AskRefusal,
    address_state,
    ask_problem,
    reminder_problem,
)
from beeldrecht.domain.consent import Restriction, RestrictionKind
from beeldrecht.domain.consent_requests import ConsentRequestState, Delivery
from beeldrecht.domain.contacts import AddressNote, AddressState
from beeldrecht.domain.request_decisions import (
    RequestRefusal,
    decision_problem,
    freeze_id,
    lifted_by,
)
from beeldrecht.domain.subject_requests import SubjectRequestKind, SubjectRequestState
from beeldrecht.domain.time import Period
from tests.fakes.asked import contact, objection, request
from tests.fakes.samples import ANN, NOON

TICK = timedelta(microseconds=1)


@pytest.mark.parametrize("state", AddressState)
def test_a_note_counts_for_an_address_and_for_nothing_else(state: AddressState) -> None:
    note = AddressNote(state, "m", NOON)
    assert address_state(None, note) is AddressState.NONE
    assert address_state(contact(email=None), note) is AddressState.NONE
    assert address_state(contact(), None) is AddressState.FINE
    assert address_state(contact(), note) is state


@pytest.mark.parametrize("delivery", sorted(set(Delivery) - {Delivery.LINK}))
@pytest.mark.parametrize("state", AddressState)
def test_who_is_asked_in_person_needs_no_address(
    delivery: Delivery, state: AddressState
) -> None:
    assert ask_problem(delivery, state) is None


def test_a_link_goes_only_where_mail_arrives() -> None:
    assert {state: ask_problem(Delivery.LINK, state) for state in AddressState} == {
        AddressState.NONE: AskProblem.NO_ADDRESS,
        AddressState.FINE: None,
        AddressState.BOUNCED: AskProblem.ADDRESS_BOUNCED,
        AddressState.COMPLAINED: AskProblem.ADDRESS_COMPLAINED,
    }


def test_who_was_asked_by_mail_is_reminded_until_it_ends_and_not_then() -> None:
    asked, fine = request(), AddressState.FINE
    assert reminder_problem(asked, fine, asked.ends_at - TICK) is None
    over = AskRefusal.REQUEST_SETTLED
    assert reminder_problem(asked, fine, asked.ends_at) is over
    for state in set(ConsentRequestState) - {ConsentRequestState.OPEN}:
        assert reminder_problem(replace(asked, state=state), fine, NOON) is over
    there = replace(asked, delivery=Delivery.TABLET)
    assert reminder_problem(there, fine, NOON) is AskRefusal.NOT_BY_MAIL
    lost = reminder_problem(asked, AddressState.BOUNCED, NOON)
    assert lost is AskProblem.ADDRESS_BOUNCED


# -- objections ------------------------------------------------------------------------


def frozen(restriction_id: str) -> Restriction:
    return Restriction(restriction_id, ANN, RestrictionKind.OBJECTED, Period(NOON))


@pytest.mark.parametrize("kind", SubjectRequestKind)
@pytest.mark.parametrize("state", SubjectRequestState)
def test_only_what_waits_is_decided_on(
    kind: SubjectRequestKind, state: SubjectRequestState
) -> None:
    for outcome in (SubjectRequestState.UPHELD, SubjectRequestState.DISMISSED):
        problem = decision_problem(objection(kind=kind, state=state), outcome)
        if state is SubjectRequestState.OPEN:
            assert problem is None
        else:
            assert problem is RequestRefusal.DECIDED_BEFORE


def test_r13_dismissing_lifts_the_freeze_of_that_objection_and_upholding_none() -> None:
    asked = objection()
    own, other = frozen(freeze_id(asked.request_id)), frozen("0" * 32)
    dismissed, upheld = SubjectRequestState.DISMISSED, SubjectRequestState.UPHELD
    assert lifted_by(asked, dismissed, [other, own]) is own
    assert lifted_by(asked, dismissed, [other]) is None
    assert lifted_by(asked, upheld, [other, own]) is None
