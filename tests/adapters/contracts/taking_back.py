"""The promises of taking back, and of what people ask for themselves."""

from dataclasses import replace
from datetime import timedelta

import pytest

from beeldrecht.adapters.errors import ActRefusedError
from beeldrecht.domain.consent import Restriction, RestrictionKind, Withdrawal
from beeldrecht.domain.ids import new_id
from beeldrecht.domain.mails import MailKind
from beeldrecht.domain.subject_requests import (
    SubjectRequest,
    SubjectRequestKind,
    SubjectRequestState,
)
from beeldrecht.domain.time import Period
from tests.adapters.contracts.asking import paged
from tests.adapters.contracts.consents import (
    MONTH,
    Consents,
    ConsentsContract,
    a_mail,
    a_signed,
    entry_of,
    tags,
)
from tests.adapters.contracts.signatures import sign
from tests.fakes.samples import EDITOR, NOON

HOUR = timedelta(hours=1)
DECIDED = (SubjectRequestState.UPHELD, SubjectRequestState.DISMISSED)


def a_freeze(
    subject_id: str, kind: RestrictionKind = RestrictionKind.OBJECTED
) -> Restriction:
    return Restriction(new_id(), subject_id, kind, Period(NOON))


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


class SubjectRequestsContract(ConsentsContract):
    """What is asked is decided once; what it froze thaws with it, or stays."""

    def asked(
        self,
        consents: Consents,
        kind: SubjectRequestKind = SubjectRequestKind.OBJECTION,
        freeze: bool = False,
    ) -> tuple[SubjectRequest, Restriction | None]:
        person_id = new_id()
        request = SubjectRequest(new_id(), person_id, kind, NOON, NOON + MONTH)
        restriction = a_freeze(person_id) if freeze else None
        entry = entry_of(person_id, "request:create")
        assert consents.subject_requests.create(request, entry, restriction)
        return request, restriction

    @pytest.mark.parametrize("kind", SubjectRequestKind)
    def test_a_request_comes_back_as_it_was_asked(
        self, consents: Consents, kind: SubjectRequestKind
    ) -> None:
        request, _ = self.asked(consents, kind)
        assert consents.subject_requests.get(request.request_id) == request
        assert consents.subject_requests.of_person(request.person_id) == (request,)
        assert consents.subject_requests.get(new_id()) is None
        assert consents.subject_requests.of_person(new_id()) == ()

    def test_r13_an_objection_its_freeze_and_its_mail_stand_together_and_once(
        self, consents: Consents
    ) -> None:
        person_id = new_id()
        kind = SubjectRequestKind.OBJECTION
        request = SubjectRequest(new_id(), person_id, kind, NOON, NOON + MONTH)
        freeze, mail = a_freeze(person_id), a_mail(person_id, MailKind.OBJECTION)
        entry = entry_of(person_id, "request:create")
        create = consents.subject_requests.create
        assert create(request, entry, freeze, [mail])
        assert not create(replace(request, due_at=NOON), entry, freeze, [mail])
        assert consents.register.facts([person_id]).restrictions == (freeze,)
        assert consents.mails.get(mail.mail_id) == mail
        assert consents.subject_requests.get(request.request_id) == request
        assert tags(consents, person_id) == ["request:create"]

    def test_a_freeze_that_is_on_record_stays_as_it_is(self, consents: Consents) -> None:
        first, freeze = self.asked(consents, freeze=True)
        assert freeze is not None
        again = replace(first, request_id=new_id())
        other = replace(freeze, kind=RestrictionKind.RESTRICTED)
        entry = entry_of(first.person_id, "request:create")
        assert consents.subject_requests.create(again, entry, other)
        assert consents.register.facts([first.person_id]).restrictions == (freeze,)

    @pytest.mark.parametrize("state", DECIDED)
    @pytest.mark.parametrize("reason", [None, "De foto is nieuws."])
    def test_a_request_is_decided_once(
        self, consents: Consents, state: SubjectRequestState, reason: str | None
    ) -> None:
        request, _ = self.asked(consents)
        name, entry = request.request_id, entry_of(request.person_id, "request:decide")
        mail = a_mail(request.person_id, MailKind.OBJECTION)
        decide = consents.subject_requests.decide
        assert decide(name, state, EDITOR, NOON + HOUR, reason, entry, [mail])
        for other in DECIDED:
            assert not decide(name, other, EDITOR, NOON + 2 * HOUR, "no", entry)
        assert consents.subject_requests.get(name) == replace(
            request, state=state, decided_by=EDITOR, decided_at=NOON + HOUR, reason=reason
        )
        listed = consents.subject_requests.of_person(request.person_id)
        paged = consents.subject_requests.page(state, None, 9).requests
        assert [each.reason for each in (*listed, *paged)] == [None, None]
        assert consents.mails.get(mail.mail_id) == mail
        assert tags(consents, request.person_id) == ["request:create", "request:decide"]
        assert not decide(new_id(), state, EDITOR, NOON, reason, entry)

    def test_r13_a_freeze_that_was_lifted_is_over_from_then_on(
        self, consents: Consents
    ) -> None:
        request, freeze = self.asked(consents, freeze=True)
        assert freeze is not None
        entry = entry_of(request.person_id, "request:decide")
        assert consents.subject_requests.decide(
            request.request_id,
            SubjectRequestState.DISMISSED,
            EDITOR,
            NOON + HOUR,
            "nieuws",
            entry,
            lifts=freeze,
        )
        over = replace(freeze, period=Period(NOON, NOON + HOUR))
        assert consents.register.facts([request.person_id]).restrictions == (over,)

    def test_a_freeze_lifted_twice_is_over_as_of_the_first_time(
        self, consents: Consents
    ) -> None:
        first, freeze = self.asked(consents, freeze=True)
        assert freeze is not None
        second = replace(first, request_id=new_id())
        entry = entry_of(first.person_id, "request:create")
        consents.subject_requests.create(second, entry, None)
        for hours, each in ((1, first), (2, second)):
            assert consents.subject_requests.decide(
                each.request_id,
                SubjectRequestState.DISMISSED,
                EDITOR,
                NOON + hours * HOUR,
                None,
                entry_of(first.person_id, "request:decide"),
                lifts=freeze,
            )
        (over,) = consents.register.facts([first.person_id]).restrictions
        assert over.period.end == NOON + HOUR

    def test_another_freeze_of_the_same_person_holds_on(self, consents: Consents) -> None:
        request, freeze = self.asked(consents, freeze=True)
        held = a_freeze(request.person_id, RestrictionKind.RESTRICTED)
        consents.register.restrict(held)
        entry = entry_of(request.person_id, "request:decide")
        state = SubjectRequestState.DISMISSED
        consents.subject_requests.decide(
            request.request_id, state, EDITOR, NOON, None, entry, lifts=freeze
        )
        found = consents.register.facts([request.person_id]).restrictions
        assert held in found
        assert len(found) == 2

    def test_a_mail_told_before_refuses_the_request_and_leaves_nothing(
        self, consents: Consents
    ) -> None:
        mail = a_mail(new_id())
        consents.mails.add(mail)
        kind = SubjectRequestKind.OBJECTION
        request = SubjectRequest(new_id(), mail.to, kind, NOON, NOON + MONTH)
        freeze = a_freeze(mail.to)
        entry = entry_of(mail.to, "request:create")
        with pytest.raises(ActRefusedError):
            consents.subject_requests.create(request, entry, freeze, [mail])
        assert consents.subject_requests.get(request.request_id) is None
        assert consents.register.facts([mail.to]).restrictions == ()

    def test_requests_are_listed_by_state_and_all_the_oldest_first(
        self, consents: Consents
    ) -> None:
        made = []
        for n in (1, 0, 3, 2):
            kind, at = SubjectRequestKind.EXPORT, NOON + n * HOUR
            made.append(SubjectRequest(new_id(), new_id(), kind, at, at + MONTH))
            entry = entry_of(made[-1].person_id, "request:create")
            consents.subject_requests.create(made[-1], entry, None)
        done = made[0]
        entry = entry_of(done.person_id, "request:decide")
        upheld = SubjectRequestState.UPHELD
        consents.subject_requests.decide(
            done.request_id, upheld, EDITOR, NOON + MONTH, None, entry
        )
        in_order = sorted(made, key=lambda r: r.asked_at)

        def listed(state: SubjectRequestState | None) -> list[str]:
            found = paged(
                lambda after: consents.subject_requests.page(state, after, 2),
                lambda page: page.requests,
            )
            return [each.request_id for each in found]

        assert listed(None) == [each.request_id for each in in_order]
        assert listed(upheld) == [done.request_id]
        opened = [each.request_id for each in in_order if each is not done]
        assert listed(SubjectRequestState.OPEN) == opened
        assert listed(SubjectRequestState.DISMISSED) == []
