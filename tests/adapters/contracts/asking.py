"""The promises of consent requests and of contacts."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from beeldrecht.adapters.errors import KeyDestroyedError
from beeldrecht.domain.consent_requests import ConsentRequest, ConsentRequestState
from beeldrecht.domain.contacts import AddressNote, AddressState, Contact
from beeldrecht.domain.ids import new_id
from beeldrecht.domain.mails import MailKind
from tests.adapters.contracts.consents import (
    MONTH,
    Consents,
    ConsentsContract,
    a_mail,
    a_request,
    entry_of,
    tags,
)
from tests.fakes.samples import NOON, PICTURE

HOUR = timedelta(hours=1)


def paged[Page, Each](
    page: Callable[[str | None], Page], of: Callable[[Page], tuple[Each, ...]]
) -> list[Each]:
    """Everything of a list, page by page."""
    read: list[Each] = []
    after: str | None = None
    for _ in range(20):
        found = page(after)
        read += of(found)
        after = found.after  # type: ignore[attr-defined]
        if after is None:
            return read
    raise AssertionError("the list has no end")


class RequestsContract(ConsentsContract):
    """What is asked is settled once."""

    def ask(self, consents: Consents, request: ConsentRequest) -> bool:
        entry = entry_of(request.person_id, "request:create")
        return consents.requests.create(request, entry)

    def test_a_request_comes_back_as_it_was_asked(self, consents: Consents) -> None:
        plain = a_request(new_id())
        whole = replace(
            a_request(new_id()),
            session_id=new_id(),
            pictures=(PICTURE, new_id()),
            photographer="Joris de Wit",
        )
        for request in (plain, whole):
            assert self.ask(consents, request)
            assert consents.requests.get(request.request_id) == request
            assert consents.requests.of_person(request.person_id) == (request,)
        assert consents.requests.get(new_id()) is None

    def test_r16_a_request_its_mail_and_its_entry_stand_together_and_once(
        self, consents: Consents
    ) -> None:
        request = a_request(new_id())
        mail = a_mail(request.person_id, MailKind.ASK, about=request.request_id)
        entry = entry_of(request.person_id, "request:create")
        assert consents.requests.create(request, entry, [mail])
        again = replace(request, language="fr")
        assert not consents.requests.create(again, entry, [mail])
        assert consents.requests.get(request.request_id) == request
        assert consents.mails.get(mail.mail_id) == mail
        assert tags(consents, request.person_id) == ["request:create"]

    @pytest.mark.parametrize("state", list(ConsentRequestState)[1:])
    def test_a_request_is_settled_once(
        self, consents: Consents, state: ConsentRequestState
    ) -> None:
        request = a_request(new_id())
        self.ask(consents, request)
        settled = replace(request, state=state, settled_at=NOON + HOUR)
        entry = entry_of(request.person_id, "request:settle")
        settle = consents.requests.settle
        assert settle(request.request_id, state, NOON + HOUR, entry)
        for other in list(ConsentRequestState)[1:]:
            assert not settle(request.request_id, other, NOON + 2 * HOUR, entry)
        assert consents.requests.get(request.request_id) == settled
        assert tags(consents, request.person_id) == ["request:create", "request:settle"]
        assert not settle(new_id(), state, NOON, entry)

    def test_requests_are_listed_by_state_and_all_the_last_first(
        self, consents: Consents
    ) -> None:
        made = [a_request(new_id(), NOON + n * HOUR) for n in (1, 0, 3, 2, 4)]
        for each in made:
            self.ask(consents, each)
        lapsed = ConsentRequestState.LAPSED
        gone = made[2]
        entry = entry_of(gone.person_id, "request:lapse")
        consents.requests.settle(gone.request_id, lapsed, NOON + MONTH, entry)
        settled = replace(gone, state=lapsed, settled_at=NOON + MONTH)
        now = [settled if each is gone else each for each in made]
        in_order = sorted(now, key=lambda r: r.asked_at, reverse=True)

        def listed(state: ConsentRequestState | None) -> list[ConsentRequest]:
            return paged(
                lambda after: consents.requests.page(state, after, 2),
                lambda page: page.requests,
            )

        assert listed(None) == in_order
        assert listed(lapsed) == [settled]
        opened = [each for each in in_order if each != settled]
        assert listed(ConsentRequestState.OPEN) == opened
        assert listed(ConsentRequestState.CANCELLED) == []

    def test_somebodys_requests_are_listed_the_last_first(
        self, consents: Consents
    ) -> None:
        person_id = new_id()
        made = [a_request(person_id, NOON + n * HOUR) for n in (1, 0, 2)]
        for each in (*made, a_request(new_id())):
            self.ask(consents, each)
        in_order = sorted(made, key=lambda r: r.asked_at, reverse=True)
        assert consents.requests.of_person(person_id) == tuple(in_order)
        assert consents.requests.of_person(new_id()) == ()

    def test_the_task_that_waits_last_is_kept(self, consents: Consents) -> None:
        request_id, end = new_id(), NOON + MONTH
        assert consents.requests.task(request_id) is None
        consents.requests.keep_task(request_id, "first", NOON, end)
        consents.requests.keep_task(request_id, "second", NOON + HOUR, end)
        consents.requests.keep_task(request_id, "first", NOON, end)
        assert consents.requests.task(request_id) == "second"
        for _ in range(2):
            consents.requests.drop_task(request_id)
            assert consents.requests.task(request_id) is None


class ContactsContract(ConsentsContract):
    """How people are reached, sealed."""

    CONTACT = Contact("zoe@example.test", "nl", date(2012, 2, 29), "BE", "Anna Bakker")

    def put(self, consents: Consents, person_id: str, contact: Contact) -> None:
        entry = entry_of(person_id, "contact:change")
        consents.contacts.put(person_id, contact, consents.keys, entry)

    def test_a_contact_comes_back_as_it_was_given(self, consents: Consents) -> None:
        for contact in (self.CONTACT, Contact(None, "de")):
            person_id = new_id()
            assert consents.contacts.get(person_id, consents.keys) is None
            self.put(consents, person_id, contact)
            assert consents.contacts.get(person_id, consents.keys) == contact
            assert consents.contacts.state(person_id) is None

    def test_r16_the_last_contact_counts_and_each_change_is_on_record(
        self, consents: Consents
    ) -> None:
        person_id = new_id()
        self.put(consents, person_id, self.CONTACT)
        changed = replace(self.CONTACT, email="z@example.test")
        self.put(consents, person_id, changed)
        assert consents.contacts.get(person_id, consents.keys) == changed
        assert tags(consents, person_id) == ["contact:change"] * 2

    def test_r11_without_the_key_nobody_is_reached(self, consents: Consents) -> None:
        person_id = new_id()
        self.put(consents, person_id, self.CONTACT)
        consents.keys.destroy(person_id)
        with pytest.raises(KeyDestroyedError):
            consents.contacts.get(person_id, consents.keys)

    @pytest.mark.parametrize("state", list(AddressState)[1:])
    def test_what_came_back_is_kept_with_the_address(
        self, consents: Consents, state: AddressState
    ) -> None:
        person_id = new_id()
        self.put(consents, person_id, self.CONTACT)
        note = AddressNote(state, new_id(), NOON + HOUR)
        assert consents.contacts.note(person_id, note)
        assert not consents.contacts.note(person_id, note)
        assert consents.contacts.state(person_id) == note
        assert consents.contacts.get(person_id, consents.keys) == self.CONTACT

    def test_of_two_mails_what_came_back_for_the_later_one_counts(
        self, consents: Consents
    ) -> None:
        person_id = new_id()
        self.put(consents, person_id, self.CONTACT)
        early = AddressNote(AddressState.BOUNCED, new_id(), NOON)
        late = AddressNote(AddressState.FINE, new_id(), NOON + HOUR)
        assert consents.contacts.note(person_id, late)
        assert not consents.contacts.note(person_id, early)
        assert consents.contacts.state(person_id) == late

    def test_of_what_comes_back_for_one_mail_the_worse_counts(
        self, consents: Consents
    ) -> None:
        worse = list(AddressState)
        for order in (worse, worse[::-1]):
            person_id, mail_id = new_id(), new_id()
            self.put(consents, person_id, self.CONTACT)
            for state in order:
                consents.contacts.note(person_id, AddressNote(state, mail_id, NOON))
            complained = AddressNote(AddressState.COMPLAINED, mail_id, NOON)
            assert consents.contacts.state(person_id) == complained

    def test_what_comes_back_for_an_older_address_marks_no_newer_one(
        self, consents: Consents
    ) -> None:
        person_id = new_id()
        self.put(consents, person_id, self.CONTACT)
        before = AddressNote(AddressState.BOUNCED, new_id(), NOON - HOUR)
        assert not consents.contacts.note(person_id, before)
        assert not consents.contacts.note(new_id(), replace(before, at=NOON + HOUR))
        assert consents.contacts.state(person_id) is None

    def test_a_new_address_begins_without_what_came_back_for_the_old(
        self, consents: Consents
    ) -> None:
        person_id = new_id()
        self.put(consents, person_id, self.CONTACT)
        note = AddressNote(AddressState.COMPLAINED, new_id(), NOON + HOUR)
        consents.contacts.note(person_id, note)
        self.put(consents, person_id, replace(self.CONTACT, email="z@example.test"))
        assert consents.contacts.state(person_id) is None
