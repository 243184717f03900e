"""The promises of what people ask for themselves: asked, checked, put off, decided."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from beeldrecht.adapters.errors import ActRefusedError
from beeldrecht.domain.consent import Restriction, RestrictionKind
from beeldrecht.domain.ids import new_id
from beeldrecht.domain.mails import MailKind
from beeldrecht.domain.subject_requests import (
    Decided,
    Extension,
    Identity,
    Lifting,
    Received,
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
    entry_of,
    tags,
)
from tests.fakes.samples import EDITOR, NOON

HOUR = timedelta(hours=1)
UPHELD, DISMISSED = SubjectRequestState.UPHELD, SubjectRequestState.DISMISSED
DECIDED = (UPHELD, DISMISSED)
WHY = "De foto is nieuws."


def a_freeze(
    subject_id: str, kind: RestrictionKind = RestrictionKind.OBJECTED
) -> Restriction:
    return Restriction(new_id(), subject_id, kind, Period(NOON))


def entered(**changed: Any) -> SubjectRequest:
    """What somebody asked in a letter, with everything that can be said of it."""
    made = SubjectRequest(
        new_id(),
        new_id(),
        SubjectRequestKind.RECTIFICATION,
        NOON,
        NOON + MONTH,
        received=Received.LETTER,
        entered_by=EDITOR,
        identity=Identity.UNCHECKED,
        details="Dat ben ik niet, maar mijn zus Zoë.",
        asset_id=new_id(),
        face_id=new_id(),
    )
    return replace(made, **changed)


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
        assert decide(name, Decided(state, EDITOR, NOON + HOUR, reason), entry, [mail])
        for other in DECIDED:
            assert not decide(name, Decided(other, EDITOR, NOON + 2 * HOUR, "no"), entry)
        assert consents.subject_requests.get(name) == replace(
            request, state=state, decided_by=EDITOR, decided_at=NOON + HOUR, reason=reason
        )
        listed = consents.subject_requests.of_person(request.person_id)
        paged = consents.subject_requests.page(state, None, 9).requests
        assert [each.reason for each in (*listed, *paged)] == [None, None]
        assert consents.mails.get(mail.mail_id) == mail
        assert tags(consents, request.person_id) == ["request:create", "request:decide"]
        assert not decide(new_id(), Decided(state, EDITOR, NOON, reason), entry)

    def test_r13_a_freeze_that_was_lifted_is_over_from_then_on(
        self, consents: Consents
    ) -> None:
        request, freeze = self.asked(consents, freeze=True)
        assert freeze is not None
        entry = entry_of(request.person_id, "request:decide")
        assert consents.subject_requests.decide(
            request.request_id,
            Decided(SubjectRequestState.DISMISSED, EDITOR, NOON + HOUR, "nieuws"),
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
                Decided(SubjectRequestState.DISMISSED, EDITOR, NOON + hours * HOUR, None),
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
            request.request_id, Decided(state, EDITOR, NOON, None), entry, lifts=freeze
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
            done.request_id, Decided(upheld, EDITOR, NOON + MONTH, None), entry
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

    def entered(self, consents: Consents, **changed: Any) -> SubjectRequest:
        request = entered(**changed)
        entry = entry_of(request.person_id, "request:create")
        assert consents.subject_requests.create(request, entry, None)
        return request

    def test_what_was_entered_comes_back_whole_and_lists_open_none_of_it(
        self, consents: Consents
    ) -> None:
        request = self.entered(consents)
        assert consents.subject_requests.get(request.request_id) == request
        shut = replace(request, details=None)
        assert consents.subject_requests.of_person(request.person_id) == (shut,)
        page = consents.subject_requests.page(SubjectRequestState.OPEN, None, 9)
        assert page.requests == (shut,)

    def test_who_asks_is_checked_once_and_while_it_waits(
        self, consents: Consents
    ) -> None:
        request = self.entered(consents)
        name = request.request_id

        def identify(how: Identity, request_id: str = name) -> bool:
            entry = entry_of(request.person_id, "request:identify")
            at = NOON + HOUR
            return consents.subject_requests.identify(request_id, how, EDITOR, at, entry)

        assert identify(Identity.DOCUMENT_SEEN)
        assert not identify(Identity.KNOWN)
        assert not identify(Identity.KNOWN, new_id())
        assert consents.subject_requests.get(name) == replace(
            request,
            identity=Identity.DOCUMENT_SEEN,
            identity_by=EDITOR,
            identity_at=NOON + HOUR,
        )
        assert tags(consents, request.person_id) == ["request:create", "request:identify"]
        over = self.entered(consents, person_id=request.person_id)
        self.decided(consents, over, DISMISSED)
        assert not identify(Identity.KNOWN, over.request_id)

    def decided(
        self, consents: Consents, request: SubjectRequest, state: SubjectRequestState
    ) -> None:
        entry = entry_of(request.person_id, "request:decide")
        done = Decided(state, EDITOR, NOON + HOUR, WHY)
        assert consents.subject_requests.decide(request.request_id, done, entry)

    def test_r07_an_answer_is_put_off_once_with_its_reason_and_its_mail(
        self, consents: Consents
    ) -> None:
        request = self.entered(consents)
        name, mail = request.request_id, a_mail(request.person_id)
        longer = Extension(2, "Er zijn duizend foto's.", EDITOR, NOON + HOUR)
        later = request.due_at + MONTH
        entry = entry_of(request.person_id, "request:extend")
        extend = consents.subject_requests.extend
        assert extend(name, longer, later, entry, [mail])
        for _ in range(2):
            assert not extend(name, longer, later + MONTH, entry, [mail])
        found = consents.subject_requests.get(name)
        assert found == replace(request, extension=longer, due_at=later)
        assert consents.mails.get(mail.mail_id) == mail
        assert tags(consents, request.person_id) == ["request:create", "request:extend"]
        (listed,) = consents.subject_requests.of_person(request.person_id)
        assert listed.extension == replace(longer, reason=None)
        assert not extend(new_id(), longer, later, entry)

    def test_what_was_decided_is_not_put_off(self, consents: Consents) -> None:
        request = self.entered(consents)
        self.decided(consents, request, DISMISSED)
        longer = Extension(1, WHY, EDITOR, NOON + HOUR)
        entry = entry_of(request.person_id, "request:extend")
        extend = consents.subject_requests.extend
        assert not extend(request.request_id, longer, request.due_at + MONTH, entry)
        assert tags(consents, request.person_id) == ["request:create", "request:decide"]

    def test_a_mail_told_before_refuses_putting_off_and_leaves_nothing(
        self, consents: Consents
    ) -> None:
        request = self.entered(consents)
        mail = a_mail(request.person_id)
        consents.mails.add(mail)
        longer = Extension(1, WHY, EDITOR, NOON + HOUR)
        entry = entry_of(request.person_id, "request:extend")
        with pytest.raises(ActRefusedError):
            consents.subject_requests.extend(
                request.request_id, longer, request.due_at + MONTH, entry, [mail]
            )
        assert consents.subject_requests.get(request.request_id) == request

    def test_r10_a_freeze_that_was_granted_ends_from_the_day_that_was_said(
        self, consents: Consents
    ) -> None:
        kind = SubjectRequestKind.RESTRICTION
        request, freeze = self.asked(consents, kind, freeze=True)
        assert freeze is not None
        ends = Lifting(NOON + 96 * HOUR, WHY, EDITOR, NOON + 2 * HOUR)
        entry, name = entry_of(request.person_id, "request:lift"), request.request_id
        lift, mail = consents.subject_requests.lift, a_mail(request.person_id)
        assert not lift(name, ends, freeze, entry, [mail])
        self.decided(consents, request, UPHELD)
        assert consents.register.facts([request.person_id]).restrictions == (freeze,)
        assert lift(name, ends, freeze, entry, [mail])
        assert not lift(name, replace(ends, from_=NOON + HOUR), freeze, entry, [mail])
        (over,) = consents.register.facts([request.person_id]).restrictions
        assert over.period == Period(NOON, ends.from_)
        found = consents.subject_requests.get(name)
        assert found is not None
        assert (found.state, found.lifting) == (UPHELD, ends)
        assert consents.mails.get(mail.mail_id) == mail
        assert not lift(new_id(), ends, freeze, entry)

    def test_what_carries_a_decision_out_begins_in_its_act_and_once(
        self, consents: Consents
    ) -> None:
        request, _ = self.asked(consents, SubjectRequestKind.EXPORT)
        begun: list[str] = []

        def begins(name: str) -> Callable[[Any], None]:
            return lambda _: begun.append(name)

        decide, entry = consents.subject_requests.decide, entry_of(request.person_id)
        done = Decided(UPHELD, EDITOR, NOON + HOUR, WHY)
        assert decide(request.request_id, done, entry, begins=begins("first"))
        assert not decide(request.request_id, done, entry, begins=begins("second"))
        assert begun == ["first"]
