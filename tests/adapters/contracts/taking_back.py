"""The promises of taking back."""

from dataclasses import replace
from datetime import timedelta

from beeldrecht.domain.consent import Withdrawal
from beeldrecht.domain.ids import new_id
from beeldrecht.domain.mails import MailKind
from tests.adapters.contracts.consents import (
    Consents,
    ConsentsContract,
    a_mail,
    a_signed,
    entry_of,
    tags,
)
from tests.adapters.contracts.signatures import sign
from tests.fakes.samples import NOON

HOUR = timedelta(hours=1)


class TakingBackContract(ConsentsContract):
    """Withdrawals stand beside grants, once, with their entry and their mails."""

    def withdrawals(self, person_id: str, count: int) -> list[Withdrawal]:
        return [Withdrawal(new_id(), new_id(), person_id, NOON) for _ in range(count)]

    def recorded(self, consents: Consents, person_id: str) -> set[Withdrawal]:
        return set(consents.register.facts([person_id]).withdrawals)

    def test_r04_what_is_taken_back_stands_beside_the_grant(
        self, consents: Consents
    ) -> None:
        signed = a_signed(new_id())
        person_id = signed.quitclaim.person_id
        sign(consents, signed)
        taken = [
            Withdrawal(new_id(), grant.grant_id, person_id, NOON + HOUR)
            for grant in signed.grants
        ]
        mail = a_mail(person_id, MailKind.WITHDRAWN)
        entry = entry_of(person_id, "consent:withdraw")
        assert consents.register.take_back(person_id, taken, entry, [mail])
        facts = consents.register.facts([person_id])
        assert set(facts.grants) == set(signed.grants)
        assert set(facts.withdrawals) == set(taken)
        assert consents.mails.get(mail.mail_id) == mail
        assert tags(consents, person_id) == ["consent:sign", "consent:withdraw"]

    def test_the_same_again_is_on_record_and_changes_nothing(
        self, consents: Consents
    ) -> None:
        person_id = new_id()
        taken = self.withdrawals(person_id, 2)
        mail = a_mail(person_id, MailKind.WITHDRAWN)
        entry = entry_of(person_id, "consent:withdraw")
        assert consents.register.take_back(person_id, taken, entry, [mail])
        later = [replace(each, effective_at=NOON + HOUR) for each in taken]
        assert not consents.register.take_back(person_id, later, entry, [mail])
        assert not consents.register.take_back(person_id, [], entry)
        assert self.recorded(consents, person_id) == set(taken)
        assert tags(consents, person_id) == ["consent:withdraw"]

    def test_of_some_on_record_and_some_not_the_missing_are_added(
        self, consents: Consents
    ) -> None:
        person_id = new_id()
        first, second = self.withdrawals(person_id, 2)
        entry = entry_of(person_id, "consent:withdraw")
        assert consents.register.take_back(person_id, [first], entry)
        assert consents.register.take_back(person_id, [first, second], entry)
        assert self.recorded(consents, person_id) == {first, second}

    def test_nobody_takes_back_for_somebody_else(self, consents: Consents) -> None:
        person_id, other = new_id(), new_id()
        theirs = self.withdrawals(other, 1)
        entry = entry_of(person_id, "consent:withdraw")
        assert not consents.register.take_back(person_id, theirs, entry)
        assert self.recorded(consents, other) == set()

    def test_no_mail_stands_in_the_way_of_a_withdrawal(self, consents: Consents) -> None:
        person_id = new_id()
        told = a_mail(person_id, MailKind.WITHDRAWN)
        consents.mails.add(told)
        new = a_mail(person_id, MailKind.WITHDRAWN)
        (taken,) = self.withdrawals(person_id, 1)
        entry = entry_of(person_id, "consent:withdraw")
        assert consents.register.take_back(person_id, [taken], entry, [told, new])
        assert self.recorded(consents, person_id) == {taken}
        assert consents.mails.get(new.mail_id) == new

    def test_as_much_can_be_taken_back_at_once_as_anybody_ever_signed(
        self, consents: Consents
    ) -> None:
        person_id = new_id()
        taken = self.withdrawals(person_id, 170)
        mail = a_mail(person_id, MailKind.WITHDRAWN)
        entry = entry_of(person_id, "consent:withdraw")
        assert consents.register.take_back(person_id, taken, entry, [mail])
        assert self.recorded(consents, person_id) == set(taken)
        assert not consents.register.take_back(person_id, taken, entry, [mail])
