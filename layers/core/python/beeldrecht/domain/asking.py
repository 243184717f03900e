"""Whether somebody can be asked for consent, and what else staff may not do with an ask.

An ask by link goes to an address, so it takes one at which mail arrives; on a tablet it
takes nobody's address. What is refused for one person stops nobody else.
"""

from datetime import datetime
from enum import StrEnum

from .consent_requests import ConsentRequest, ConsentRequestState, Delivery
from .contacts import AddressNote, AddressState, Contact


class AskProblem(StrEnum):
    """Why one person was not asked."""

    UNKNOWN_PERSON = "person_not_known"
    NO_ADDRESS = "no_address_known"
    ADDRESS_BOUNCED = "mail_comes_back"
    ADDRESS_COMPLAINED = "mail_is_unwanted"


class AskRefusal(StrEnum):
    """Why something was not done with an ask, or with what is asked in."""

    REQUEST_SETTLED = "request_is_settled"
    NOT_BY_MAIL = "not_asked_by_mail"
    STANDARD_WORDING = "standard_wording"


def address_state(contact: Contact | None, note: AddressNote | None) -> AddressState:
    """Whether mail arrives, as far as is known; a new address starts anew."""
    if contact is None or contact.email is None:
        return AddressState.NONE
    return AddressState.FINE if note is None else note.state


def ask_problem(delivery: Delivery, state: AddressState) -> AskProblem | None:
    """Why nobody can be asked that way at an address in that state; None: they can."""
    if delivery is not Delivery.LINK:
        return None
    return {
        AddressState.NONE: AskProblem.NO_ADDRESS,
        AddressState.FINE: None,
        AddressState.BOUNCED: AskProblem.ADDRESS_BOUNCED,
        AddressState.COMPLAINED: AskProblem.ADDRESS_COMPLAINED,
    }[state]


def reminder_problem(
    request: ConsentRequest, state: AddressState, at: datetime
) -> AskRefusal | AskProblem | None:
    """Why somebody who was asked cannot be reminded by mail now; None: they can."""
    if request.state is not ConsentRequestState.OPEN or at >= request.ends_at:
        return AskRefusal.REQUEST_SETTLED
    if request.delivery is not Delivery.LINK:
        return AskRefusal.NOT_BY_MAIL
    return ask_problem(request.delivery, state)
