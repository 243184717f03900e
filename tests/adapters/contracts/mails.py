"""The promises of the mails on record."""

from dataclasses import replace
from datetime import timedelta

import pytest

from beeldrecht.domain.ids import new_id
from beeldrecht.domain.mails import CLAIM_LASTS, Mail, MailKind, MailState
from tests.adapters.contracts.consents import (
    Consents,
    ConsentsContract,
    a_mail,
    entry_of,
    tags,
)
from tests.fakes.samples import NOON, TICK

MINUTE = timedelta(minutes=1)
LATE = (MailState.DELIVERED, MailState.BOUNCED, MailState.COMPLAINED)


class MailsContract(ConsentsContract):
    """A mail's state only ever moves on."""

    @pytest.fixture
    def mail(self, consents: Consents) -> Mail:
        mail = a_mail(new_id())
        assert consents.mails.add(mail)
        return mail

    def test_a_mail_comes_back_as_it_was_recorded(
        self, consents: Consents, mail: Mail
    ) -> None:
        assert consents.mails.get(mail.mail_id) == mail
        assert consents.mails.get(new_id()) is None

    def test_a_mail_is_recorded_once(self, consents: Consents, mail: Mail) -> None:
        assert not consents.mails.add(replace(mail, created_at=NOON + MINUTE))
        assert consents.mails.get(mail.mail_id) == mail

    def test_r16_with_an_entry_they_stand_together_and_once(
        self, consents: Consents
    ) -> None:
        mail = a_mail(new_id())
        entry = entry_of(mail.to, "mail:remind")
        assert consents.mails.add(mail, entry)
        assert not consents.mails.add(mail, entry)
        assert tags(consents, mail.to) == ["mail:remind"]

    def test_a_mail_is_claimed_by_one(self, consents: Consents, mail: Mail) -> None:
        claimed = replace(mail, state=MailState.CLAIMED, claimed_at=NOON)
        assert consents.mails.claim(mail.mail_id, NOON) == claimed
        assert consents.mails.claim(mail.mail_id, NOON + MINUTE) is None
        assert consents.mails.claim(new_id(), NOON) is None

    def test_a_claim_that_came_to_nothing_ends(
        self, consents: Consents, mail: Mail
    ) -> None:
        consents.mails.claim(mail.mail_id, NOON)
        end = NOON + CLAIM_LASTS
        assert consents.mails.claim(mail.mail_id, end - TICK) is None
        claimed = consents.mails.claim(mail.mail_id, end)
        assert claimed is not None
        assert claimed.claimed_at == end

    def test_a_mail_that_was_sent_is_claimed_by_nobody(
        self, consents: Consents, mail: Mail
    ) -> None:
        consents.mails.claim(mail.mail_id, NOON)
        consents.mails.sent(mail.mail_id, "ses-1", NOON + MINUTE)
        consents.mails.sent(mail.mail_id, "ses-2", NOON + 2 * MINUTE)
        assert consents.mails.get(mail.mail_id) == replace(
            mail,
            state=MailState.SENT,
            claimed_at=NOON,
            sent_at=NOON + MINUTE,
            message_id="ses-1",
        )
        assert consents.mails.claim(mail.mail_id, NOON + timedelta(days=1)) is None

    @pytest.mark.parametrize("state", LATE)
    def test_what_ses_says_before_its_sender_does_stands(
        self, consents: Consents, mail: Mail, state: MailState
    ) -> None:
        consents.mails.claim(mail.mail_id, NOON)
        consents.mails.outcome(mail.mail_id, state, NOON + MINUTE)
        consents.mails.sent(mail.mail_id, "ses-1", NOON)
        after = consents.mails.get(mail.mail_id)
        assert after is not None
        assert (after.state, after.message_id, after.sent_at) == (state, "ses-1", NOON)
        assert consents.mails.claim(mail.mail_id, NOON + timedelta(days=1)) is None
        assert list(consents.mails.waiting(NOON + timedelta(days=1))) == []

    @pytest.mark.parametrize("first", LATE)
    @pytest.mark.parametrize("second", LATE)
    def test_of_two_outcomes_the_heavier_stands_in_whatever_order(
        self, consents: Consents, mail: Mail, first: MailState, second: MailState
    ) -> None:
        consents.mails.claim(mail.mail_id, NOON)
        consents.mails.sent(mail.mail_id, "ses-1", NOON)
        for state in (first, second, first):
            after = consents.mails.outcome(mail.mail_id, state, NOON, state.value)
        heavier = max(first, second, key=LATE.index)
        assert after is not None
        assert (after.state, after.reason) == (heavier, heavier.value)
        assert consents.mails.get(mail.mail_id) == after

    def test_a_mail_that_was_not_sent_says_why_and_waits_no_more(
        self, consents: Consents, mail: Mail
    ) -> None:
        consents.mails.claim(mail.mail_id, NOON)
        after = consents.mails.outcome(
            mail.mail_id, MailState.NOT_SENT, NOON, "address_none"
        )
        assert after is not None
        assert (after.state, after.reason) == (MailState.NOT_SENT, "address_none")
        assert list(consents.mails.waiting(NOON + MINUTE)) == []
        for state in LATE:
            assert consents.mails.outcome(mail.mail_id, state, NOON) == after

    def test_a_mail_that_went_out_cannot_be_said_not_to(
        self, consents: Consents, mail: Mail
    ) -> None:
        consents.mails.claim(mail.mail_id, NOON)
        consents.mails.sent(mail.mail_id, "ses-1", NOON)
        after = consents.mails.outcome(mail.mail_id, MailState.NOT_SENT, NOON)
        assert after is not None
        assert after.state is MailState.SENT

    def test_of_a_mail_that_never_was_nothing_becomes(self, consents: Consents) -> None:
        missing = new_id()
        assert consents.mails.outcome(missing, MailState.BOUNCED, NOON) is None
        consents.mails.sent(missing, "ses-1", NOON)
        assert consents.mails.get(missing) is None

    def test_what_waits_is_found_until_it_is_sent(self, consents: Consents) -> None:
        made = [a_mail(new_id(), at=NOON + n * MINUTE) for n in (1, 0, 2, 3)]
        for each in made:
            consents.mails.add(each)
        claimed, first, sent, late = made
        consents.mails.claim(claimed.mail_id, NOON + MINUTE)
        consents.mails.claim(sent.mail_id, NOON + MINUTE)
        consents.mails.sent(sent.mail_id, "ses-1", NOON + MINUTE)
        by = NOON + MINUTE
        assert list(consents.mails.waiting(by)) == [first.mail_id, claimed.mail_id]
        assert list(consents.mails.waiting(by - TICK)) == [first.mail_id]
        assert list(consents.mails.waiting(NOON + 3 * MINUTE))[-1] == late.mail_id
        assert list(consents.mails.waiting(NOON - TICK)) == []

    def test_a_claim_taken_up_anew_waits_anew(
        self, consents: Consents, mail: Mail
    ) -> None:
        for at in (NOON, NOON + CLAIM_LASTS):
            consents.mails.claim(mail.mail_id, at)
            assert list(consents.mails.waiting(at - TICK)) == []
            assert list(consents.mails.waiting(at)) == [mail.mail_id]

    def test_somebodys_mails_are_listed_the_last_first_and_staffs_are_not(
        self, consents: Consents
    ) -> None:
        person_id = new_id()
        made = [a_mail(person_id, at=NOON + n * MINUTE) for n in (1, 0, 2)]
        staff = replace(a_mail(person_id, MailKind.DIGEST), to_staff=True)
        for each in (*made, staff, a_mail(new_id())):
            consents.mails.add(each)
        in_order = sorted(made, key=lambda m: m.created_at, reverse=True)
        assert consents.mails.of_person(person_id) == tuple(in_order)
        assert consents.mails.get(staff.mail_id) == staff
