"""What staff do with a subject request, in the order in which it has to happen.

Each act is recorded whole or not at all: the request, its audit entry, the mail that
tells the person, the freeze that begins or ends, and what carries a grant out. Said again
by the same user it is the same act.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from beeldrecht.adapters.carrying_out import beginning
from beeldrecht.adapters.errors import (
    ActRefusedError,
    KeyDestroyedError,
    StaleRevisionError,
)
from beeldrecht.domain.access import AccessRefusal, Operation, User, may
from beeldrecht.domain.asking import address_state
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.contacts import AddressState
from beeldrecht.domain.mails import Mail, MailKind, mail_about
from beeldrecht.domain.people import Appearance, AppearanceStatus
from beeldrecht.domain.request_decisions import (
    RequestRefusal,
    asked_too_early,
    decision_problem,
    extended,
    extension_problem,
    identity_problem,
    lift_problem,
    lifted_by,
    lifting,
    outcomes,
    own_freeze,
)
from beeldrecht.domain.subject_requests import (
    Decided,
    Extension,
    Identity,
    SubjectRequest,
    SubjectRequestKind,
    SubjectRequestState,
    ToldBy,
    due_at,
    reached_us,
)
from beeldrecht.runtime import requesting
from beeldrecht.runtime.http.api import Api
from clearance.confirm_appearance import step as confirm_step

from . import scenes
from .refusals import conflict, invalid
from .subject_request_services import Services
from .subject_request_views import (
    DecisionOrder,
    EnterOrder,
    ExtensionOrder,
    IdentityOrder,
    LiftOrder,
    OfficersRequestView,
)

_TRIES: Final = 3
"""How often a name is taken off a picture that is being decided on."""
_NAMED = frozenset({AppearanceStatus.CONFIRMED, AppearanceStatus.SUGGESTED})


class Desk:
    """Where requests are entered, checked, put off, decided on and lifted."""

    def __init__(self, api: Api, services: Services) -> None:
        self._api = api
        self._services = services

    def find(self, request_id: str, operation: Operation) -> SubjectRequest:
        """The request; raises ProblemError."""
        found = self._services.subject_requests.get(request_id)
        if found is None:
            raise self._api.missing(operation)
        return found

    def view(self, request: SubjectRequest, user: User) -> OfficersRequestView:
        """A request as this user sees it."""
        at = self._services.now()
        possible = {
            Operation.SUBJECT_REQUEST_READ: True,
            Operation.SUBJECT_REQUEST_IDENTIFY: identity_problem(request) is None,
            Operation.SUBJECT_REQUEST_EXTEND: extension_problem(request, at) is None,
            Operation.SUBJECT_REQUEST_DECIDE: bool(outcomes(request)),
            Operation.SUBJECT_REQUEST_LIFT: lift_problem(request, tellable=True) is None,
        }
        # Who would only have to sign in again is shown the way: it says so when used.
        shown = {None, AccessRefusal.SIGN_IN_AGAIN}
        return OfficersRequestView.of(
            request,
            at,
            self._api.language,
            sorted(
                each
                for each, can in possible.items()
                if can and may(user, each, at) in shown
            ),
        )

    # -- entering --------------------------------------------------------------------

    def enter(self, user: User, order: EnterOrder, key: str) -> SubjectRequest:
        """Record what somebody asked in another way; raises ProblemError.

        While one of the kind waits there is no other: what somebody asks twice is
        answered once. Of corrections there can be several.
        """
        services, at = self._services, self._services.now()
        operation = Operation.SUBJECT_REQUEST_ENTER
        if asked_too_early(order.asked_day, at):
            raise invalid("asked_day", "date_in_the_past")
        if not self._known(order.person_id):
            raise self._api.missing(operation)
        if not self._in_picture(user, order, at):
            raise self._conflict(RequestRefusal.NOT_IN_PICTURE)
        request_id = services.claims.claim(
            user.user_id,
            operation,
            key,
            order.model_dump_json().encode(),
            services.new_id,
            at,
        )
        if services.subject_requests.get(request_id) is None:
            if self._waits(order):
                raise self._conflict(RequestRefusal.OPEN_ALREADY)
            act = requesting.Act("api:rights:enter", user.user_id, at)
            request = _entered(request_id, order, user, at)
            requesting.put_on_record(services.subject_requests, request, act)
        return self.find(request_id, operation)

    def _known(self, person_id: str) -> bool:
        """Whether there is such a person, who was not erased."""
        services = self._services
        try:
            return services.register.person(person_id, services.names) is not None
        except KeyDestroyedError:
            return False

    def _in_picture(self, user: User, order: EnterOrder, at: datetime) -> bool:
        """Whether somebody says that the person is in the picture, for who may see it."""
        if order.asset_id is None:
            return True
        found = self._services.library.picture(order.asset_id)
        if found is None or not _named(found[2], order.person_id, order.face_id):
            return False
        scene, _ = scenes.picture_scene(self._services, found, at)
        return may(user, Operation.ASSET_READ, at, scene) is None

    def _waits(self, order: EnterOrder) -> bool:
        """Whether the same was asked and is not answered yet."""
        if order.kind is SubjectRequestKind.RECTIFICATION:
            return False
        asked = self._services.subject_requests.of_person(order.person_id)
        return any(
            each.kind is order.kind and each.state is SubjectRequestState.OPEN
            for each in asked
        )

    # -- while it is open ------------------------------------------------------------

    def identify(
        self, request_id: str, user: User, order: IdentityOrder
    ) -> SubjectRequest:
        """Record how somebody knows who asks; raises ProblemError."""
        operation = Operation.SUBJECT_REQUEST_IDENTIFY
        found, at = self.find(request_id, operation), self._services.now()
        problem = identity_problem(found)
        if problem is None:
            entry = _entry("identify", found, user, at, identity=order.identity.value)
            how = Identity(order.identity)
            self._services.subject_requests.identify(
                request_id, how, user.user_id, at, entry
            )
            found = self.find(request_id, operation)
            problem = identity_problem(found) or RequestRefusal.IDENTITY_CHECKED
        if (found.identity, found.identity_by) != (order.identity, user.user_id):
            raise self._conflict(problem)
        return found

    def extend(
        self, request_id: str, user: User, order: ExtensionOrder
    ) -> SubjectRequest:
        """Record that the answer takes longer; raises ProblemError."""
        operation = Operation.SUBJECT_REQUEST_EXTEND
        found, at = self.find(request_id, operation), self._services.now()
        problem = extension_problem(found, at)
        if problem is None:
            longer = Extension(order.months, order.reason, user.user_id, at)
            due = extended(found, longer).due_at
            entry = _entry(
                "extend",
                found,
                user,
                at,
                months=order.months,
                due_at=due.isoformat(),
            )
            mail = _mail(MailKind.REQUEST_EXTENDED, found, at)
            self._services.subject_requests.extend(request_id, longer, due, entry, [mail])
            found = self.find(request_id, operation)
            problem = extension_problem(found, at) or RequestRefusal.EXTENDED_BEFORE
        said = found.extension
        same = said and (said.months, said.reason, said.by)
        if same != (order.months, order.reason, user.user_id):
            raise self._conflict(problem)
        return found

    # -- deciding --------------------------------------------------------------------

    def decide(self, request_id: str, user: User, order: DecisionOrder) -> SubjectRequest:
        """Record the decision, what it lifts and begins and what is told, as one.

        Raises ProblemError for what was decided otherwise, or cannot be decided so.
        """
        operation = Operation.SUBJECT_REQUEST_DECIDE
        found = self.find(request_id, operation)
        outcome = SubjectRequestState(order.outcome)
        problem = decision_problem(found, outcome)
        if problem is None:
            at = self._services.now()
            decided = Decided(outcome, user.user_id, at, order.reason)
            self._correct(found, decided)
            self._record(found, user, decided)
            found = self.find(request_id, operation)
            problem = RequestRefusal.DECIDED_BEFORE
        said = (found.state, found.reason, found.decided_by)
        if said != (outcome, order.reason, user.user_id):
            raise self._conflict(problem)
        return found

    def _record(self, request: SubjectRequest, user: User, decided: Decided) -> None:
        services, person_id = self._services, request.person_id
        objects = request.kind is SubjectRequestKind.OBJECTION
        entry = _entry(
            "decide",
            request,
            user,
            decided.at,
            tag="api:objection:decide" if objects else None,
            kind=request.kind.value,
            outcome=decided.state.value,
        )
        mail = mail_about(
            MailKind.OBJECTION if objects else MailKind.REQUEST_DECIDED,
            person_id,
            decided.at,
            request_id=request.request_id,
            state=decided.state.value,
        )
        restrictions = services.register.facts([person_id]).restrictions
        granted = decided.state is SubjectRequestState.UPHELD
        begins = beginning(request, decided.by, decided.at) if granted else None
        try:
            services.subject_requests.decide(
                request.request_id,
                decided,
                entry,
                mails=[mail],
                lifts=lifted_by(request, decided.state, restrictions),
                begins=begins,
            )
        except ActRefusedError:
            # Somebody else was first: what is on record now says what was decided.
            return

    def _correct(self, request: SubjectRequest, decided: Decided) -> None:
        """Take a wrong name off a picture, before it is recorded that this was granted.

        So a try that stops between the two leaves a picture that stays in and a request
        that waits, and the next try goes on. Taking a name off only ever restricts.
        """
        corrects = request.kind is SubjectRequestKind.RECTIFICATION
        granted = decided.state is SubjectRequestState.UPHELD
        if not corrects or not granted or request.asset_id is None:
            return
        services = self._services
        found = services.library.picture(request.asset_id)
        appearances = found[2] if found else ()
        for each in _named(appearances, request.person_id, request.face_id):
            event = confirm_step.Event(
                asset_id=each.asset_id,
                face_id=each.face_id,
                person_id=each.person_id,
                answer="reject",
                actor_id=decided.by,
            )
            self._rejected(event)

    def _rejected(self, event: confirm_step.Event) -> None:
        """Take one name off; what decides on the picture meanwhile goes first."""
        services = self._services
        for left in reversed(range(_TRIES)):
            try:
                confirm_step.confirm_appearance(
                    event,
                    services.library,
                    services.register,
                    services.clearance,
                    services.now,
                )
            except StaleRevisionError:
                if not left:
                    raise
            else:
                return

    # -- afterwards ------------------------------------------------------------------

    def lift(self, request_id: str, user: User, order: LiftOrder) -> SubjectRequest:
        """Record the end of a freeze, and tell the person; raises ProblemError."""
        operation = Operation.SUBJECT_REQUEST_LIFT
        found, at = self.find(request_id, operation), self._services.now()
        by_mail = order.told is ToldBy.MAIL
        tellable = not by_mail or self._reached(found.person_id)
        problem = lift_problem(found, tellable=tellable)
        if problem is None:
            ends = lifting(order.reason, user.user_id, at, order.told)
            restrictions = self._services.register.facts([found.person_id]).restrictions
            entry = _entry(
                "lift",
                found,
                user,
                at,
                lifts_from=ends.from_.isoformat(),
                told=order.told.value,
            )
            mails = [_mail(MailKind.FREEZE_LIFTED, found, at)] if by_mail else []
            self._services.subject_requests.lift(
                request_id, ends, own_freeze(found, restrictions), entry, mails
            )
            found = self.find(request_id, operation)
            problem = RequestRefusal.LIFTED_BEFORE
        said = found.lifting
        same = said and (said.reason, said.told, said.by)
        if same != (order.reason, order.told, user.user_id):
            raise self._conflict(problem)
        return found

    def exported(self, user: User, count: int) -> None:
        """Put on record that the register was fetched, in the name of who did."""
        services, tag = self._services, "api:rights:export"
        services.audit.append(
            scope=user.user_id,
            entry_id=f"{tag}:{services.new_id()}",
            tag=tag,
            at=services.now(),
            actor=user.user_id,
            data={"count": count},
        )

    def _reached(self, person_id: str) -> bool:
        """Whether mail arrives, as far as is known."""
        services = self._services
        try:
            contact = services.contacts.get(person_id, services.names)
        except KeyDestroyedError:
            return False
        note = services.contacts.state(person_id)
        return address_state(contact, note) is AddressState.FINE

    def _conflict(self, problem: RequestRefusal) -> Exception:
        return conflict(problem, self._api.language)


def _entered(
    request_id: str, order: EnterOrder, user: User, at: datetime
) -> SubjectRequest:
    asked_at, identity = reached_us(order.asked_day, at), Identity(order.identity)
    checked = identity is not Identity.UNCHECKED
    return SubjectRequest(
        request_id=request_id,
        person_id=order.person_id,
        kind=order.kind,
        asked_at=asked_at,
        due_at=due_at(asked_at),
        received=order.received,
        entered_by=user.user_id,
        identity=identity,
        identity_by=user.user_id if checked else None,
        identity_at=at if checked else None,
        details=order.details,
        asset_id=order.asset_id,
        face_id=order.face_id,
    )


def _named(
    appearances: Iterable[Appearance], person_id: str, face_id: str | None
) -> tuple[Appearance, ...]:
    """Where a person or software says that a face is this person, in one picture."""
    return tuple(
        each
        for each in appearances
        if each.person_id == person_id
        and each.status in _NAMED
        and face_id in {None, each.face_id}
    )


def _mail(kind: MailKind, request: SubjectRequest, at: datetime) -> Mail:
    return mail_about(kind, request.person_id, at, request_id=request.request_id)


def _entry(
    what: str,
    request: SubjectRequest,
    user: User,
    at: datetime,
    tag: str | None = None,
    **data: str | int,
) -> NewEntry:
    tag = tag or _TAGS[what]
    return NewEntry(
        subject=request.person_id,
        entry_id=f"{tag}:{request.request_id}",
        tag=tag,
        at=at,
        actor=user.user_id,
        data={"request_id": request.request_id, **data},
    )


_TAGS = {
    "identify": "api:rights:identify",
    "extend": "api:rights:extend",
    "decide": "api:rights:decide",
    "lift": "api:rights:lift",
}
