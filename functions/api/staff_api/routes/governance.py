"""The registers of who is responsible: what was assessed, agreed and is processed."""

from collections.abc import Iterator
from datetime import datetime
from http import HTTPMethod, HTTPStatus
from typing import Annotated, Protocol

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Body, Header, Query

from beeldrecht.adapters.governance import RecordPage
from beeldrecht.domain.access import AccessRefusal, Operation, User, affordances, may
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.governance import (
    GovernanceRecord,
    GovernanceRefusal,
    GovernanceRefusedError,
    OfficerSignature,
    RecordVersion,
    RegisterKind,
    Revocation,
    check_form,
    digest,
    revoking_problem,
    signing_problem,
    writing_problem,
)
from beeldrecht.domain.problems import Problem
from beeldrecht.domain.shipped_activities import shipped_activities, shipped_activity
from beeldrecht.runtime.events import OpaqueId
from beeldrecht.runtime.http.api import Api, reply
from beeldrecht.runtime.http.conditions import idempotency_key, unchanged_since
from beeldrecht.runtime.http.paging import DEFAULT_LIMIT, Limit, cursor_of
from beeldrecht.runtime.http.problems import ProblemError
from beeldrecht.runtime.ports import Clearance, Creating

from ..governance_views import (
    FormView,
    RecordList,
    RecordOrder,
    RecordSummary,
    RecordText,
    RecordView,
    RevocationOrder,
    SignatureOrder,
)
from ..refusals import conflict
from ..texts import after_of


class Registers(Protocol):
    """Where records are written, signed and revoked."""

    def add(self, version: RecordVersion, entry: NewEntry) -> bool:
        """Record the next version; False when it is not the next one."""
        ...

    def sign(self, record_id: str, signature: OfficerSignature, entry: NewEntry) -> bool:
        """Record a signature under the latest version; False when it is that no more."""
        ...

    def revoke(self, record_id: str, revocation: Revocation, entry: NewEntry) -> bool:
        """Record that it holds no more; False when it did not."""
        ...

    def get(self, record_id: str) -> GovernanceRecord | None:
        """A record, read consistently."""
        ...

    def page(self, kind: RegisterKind, after: str | None, limit: int) -> RecordPage:
        """The next records of a kind."""
        ...


class Bases(Protocol):
    """What uses rest on besides consent."""

    def resting_on(self, assessment_id: str) -> Iterator[str]:
        """The pictures of which a basis rests on this assessment."""
        ...


class Services(Creating, Protocol):
    """What these routes need."""

    @property
    def bases(self) -> Bases:
        """The legal bases."""
        ...

    @property
    def clearance(self) -> Clearance:
        """What decides on a picture anew."""
        ...

    @property
    def governance(self) -> Registers:
        """The registers."""
        ...


def add_routes(api: Api, services: Services) -> None:
    """Add the routes under `/v1/governance`."""
    desk = _Desk(api, services)

    @api.route(
        HTTPMethod.GET,
        "/v1/governance",
        Operation.GOVERNANCE_LIST,
        summary="The records of one register, with the form of it",
        description=(
            "Of the processing activities, those that Beeldrecht itself comes with stand "
            "first, at version 0, until somebody writes them anew."
        ),
    )
    def list_records(
        kind: Annotated[RegisterKind, Query()],
        limit: Annotated[Limit, Query()] = DEFAULT_LIMIT,
        cursor: Annotated[str | None, Query()] = None,
    ) -> Response[RecordList]:
        """The one that was begun first first."""
        user = api.require(Operation.GOVERNANCE_LIST)
        page = services.governance.page(kind, after_of(cursor), limit)
        shipped = desk.untouched(kind) if cursor is None else []
        at, language = services.now(), api.language
        return reply(
            RecordList(
                items=[
                    RecordSummary.of(each, at, language)
                    for each in (*shipped, *page.records)
                ],
                form=FormView.of(kind, language),
                cursor=cursor_of((page.after,)) if page.after else None,
                affordances=sorted(affordances(user, at) & {Operation.GOVERNANCE_CREATE}),
            )
        )

    @api.route(
        HTTPMethod.POST,
        "/v1/governance",
        Operation.GOVERNANCE_CREATE,
        summary="Begin a record",
        status_code=HTTPStatus.CREATED,
    )
    def create_record(
        order: Annotated[RecordOrder, Body()],
        key: Annotated[str | None, Header(alias="Idempotency-Key")] = None,
    ) -> Response[RecordView]:
        """Its first version, a draft; the same key again begins no second one."""
        user = api.require(Operation.GOVERNANCE_CREATE)
        record_id = services.claims.claim(
            user.user_id,
            Operation.GOVERNANCE_CREATE,
            idempotency_key(key),
            order.model_dump_json().encode(),
            services.new_id,
            services.now(),
        )
        desk.write(record_id, order.kind, order, 1, user)
        made = desk.shown(desk.find(record_id, Operation.GOVERNANCE_READ), 201)
        made.headers["Location"] = f"/v1/governance/{record_id}"
        return made

    @api.route(
        HTTPMethod.GET,
        "/v1/governance/<record_id>",
        Operation.GOVERNANCE_READ,
        summary="A record with its whole history",
    )
    def read_record(record_id: OpaqueId) -> Response[RecordView]:
        """Every version with its digest, every signature, and its revocation."""
        api.require(Operation.GOVERNANCE_READ, private=True)
        return desk.shown(desk.find(record_id, Operation.GOVERNANCE_READ))

    @api.route(
        HTTPMethod.POST,
        "/v1/governance/<record_id>/versions",
        Operation.GOVERNANCE_CHANGE,
        summary="Write the next version of a record",
        description="What was signed holds as it was signed until this one is, too.",
        status_code=HTTPStatus.CREATED,
    )
    def create_record_version(
        record_id: OpaqueId,
        order: Annotated[RecordText, Body()],
        if_match: Annotated[str | None, Header(alias="If-Match")] = None,
    ) -> Response[RecordView]:
        """Based on the version that the caller saw, so that a repetition makes none."""
        user = api.require(Operation.GOVERNANCE_CHANGE, private=True)
        found = desk.find(record_id, Operation.GOVERNANCE_CHANGE)
        unchanged_since(if_match, found.latest.version)
        desk.refuse(writing_problem(found))
        desk.write(record_id, found.kind, order, found.latest.version + 1, user)
        return desk.shown(desk.find(record_id, Operation.GOVERNANCE_READ), 201)

    @api.route(
        HTTPMethod.POST,
        "/v1/governance/<record_id>/signature",
        Operation.GOVERNANCE_SIGN,
        summary="Sign the latest version of a record",
        description=(
            "It holds from now through the day that is named, and replaces what was "
            "signed before. Recognition and legal bases ask the register at every use."
        ),
        status_code=HTTPStatus.CREATED,
    )
    def sign_record(
        record_id: OpaqueId, order: Annotated[SignatureOrder, Body()]
    ) -> Response[RecordView]:
        """By the SHA-256 of what was read; the same person again changes nothing."""
        user = api.require(Operation.GOVERNANCE_SIGN, private=True)
        desk.sign(desk.find(record_id, Operation.GOVERNANCE_SIGN), order, user)
        return desk.shown(desk.find(record_id, Operation.GOVERNANCE_READ), 201)

    @api.route(
        HTTPMethod.POST,
        "/v1/governance/<record_id>/revocation",
        Operation.GOVERNANCE_REVOKE,
        summary="Revoke a record that was signed",
        description="What rests on it ends at once: recognition, or a use of pictures.",
        status_code=HTTPStatus.CREATED,
    )
    def revoke_record(
        record_id: OpaqueId, order: Annotated[RevocationOrder, Body()]
    ) -> Response[RecordView]:
        """For good; the same person with the same reason again changes nothing."""
        user = api.require(Operation.GOVERNANCE_REVOKE, private=True)
        desk.revoke(desk.find(record_id, Operation.GOVERNANCE_REVOKE), order, user)
        # Each use asks the register by itself; this brings the lists up to date, and
        # the same request again goes on where one stopped.
        for asset_id in services.bases.resting_on(record_id):
            services.clearance.start(asset_id)
        return desk.shown(desk.find(record_id, Operation.GOVERNANCE_READ), 201)


class _Desk:
    """What the routes do, in the order in which it has to happen."""

    def __init__(self, api: Api, services: Services) -> None:
        self._api = api
        self._services = services

    def untouched(self, kind: RegisterKind) -> list[GovernanceRecord]:
        """The activities that come with the system and that nobody wrote anew."""
        if kind is not RegisterKind.PROCESSING_ACTIVITY:
            return []
        return [
            each
            for each in shipped_activities(self._api.language)
            if self._services.governance.get(each.record_id) is None
        ]

    def find(self, record_id: str, operation: Operation) -> GovernanceRecord:
        """The record, or the activity as it is shipped; raises ProblemError."""
        found = self._services.governance.get(record_id)
        found = found or shipped_activity(record_id, self._api.language)
        if found is None:
            raise self._api.missing(operation)
        return found

    def shown(
        self, record: GovernanceRecord, status: int = HTTPStatus.OK
    ) -> Response[RecordView]:
        """The record as it stands now, with the version that a writer has to name."""
        at, user = self._services.now(), self._api.user
        view = RecordView.of(record, at, self._api.language, _possible(record, user, at))
        return reply(view, HTTPStatus(status), revision=record.latest.version)

    def refuse(self, problem: GovernanceRefusal | None) -> None:
        """Raise ProblemError when there is a problem."""
        if problem is not None:
            raise conflict(problem, self._api.language)

    def write(
        self,
        record_id: str,
        kind: RegisterKind,
        text: RecordText,
        number: int,
        user: User,
    ) -> None:
        """Record a version; raises ProblemError."""
        at = self._services.now()
        try:
            check_form(kind, text.answers)
        except GovernanceRefusedError as error:
            raise conflict(error.reason, self._api.language) from error
        version = RecordVersion(
            record_id=record_id,
            kind=kind,
            version=number,
            title=text.title,
            answers=text.answers,
            written_by=user.user_id,
            written_at=at,
        )
        entry = _entry("api:record:write", record_id, str(number), user, at)
        written = self._services.governance.add(version, entry)
        if not written and number > 1:
            # Somebody else wrote the next version, or revoked it, meanwhile. A first
            # one that is there already is this very request, come again.
            raise ProblemError(Problem.CHANGED_MEANWHILE)

    def sign(self, record: GovernanceRecord, order: SignatureOrder, user: User) -> None:
        """Record a signature; raises ProblemError."""
        at, last = self._services.now(), record.signature
        said = (order.version, order.sha256, order.last_day, user.user_id)
        if last and said == (last.version, last.sha256, last.last_day, last.signed_by):
            return
        self.refuse(signing_problem(record, order.version, order.last_day, at))
        if order.sha256 != digest(record.latest):
            raise ProblemError(Problem.CHANGED_MEANWHILE)
        signature = OfficerSignature(
            order.version, order.sha256, user.user_id, at, order.last_day
        )
        tag, record_id = "api:record:sign", record.record_id
        entry = _entry(
            tag, record_id, str(order.version), user, at, last_day=str(order.last_day)
        )
        if not self._services.governance.sign(record_id, signature, entry):
            raise ProblemError(Problem.CHANGED_MEANWHILE)

    def revoke(
        self, record: GovernanceRecord, order: RevocationOrder, user: User
    ) -> None:
        """Record that it holds no more; raises ProblemError."""
        at, gone = self._services.now(), record.revocation
        if gone and (gone.revoked_by, gone.reason) == (user.user_id, order.reason):
            return
        self.refuse(revoking_problem(record))
        revocation = Revocation(user.user_id, at, order.reason)
        version = str(record.latest.version)
        entry = _entry("api:record:revoke", record.record_id, version, user, at)
        if not self._services.governance.revoke(record.record_id, revocation, entry):
            raise ProblemError(Problem.CHANGED_MEANWHILE)


def _possible(record: GovernanceRecord, user: User, at: datetime) -> list[Operation]:
    """What this user may do with it; a sign-in that is too old says so when used."""
    open_to = {
        Operation.GOVERNANCE_READ: True,
        Operation.GOVERNANCE_CHANGE: writing_problem(record) is None,
        Operation.GOVERNANCE_SIGN: _signable(record, at),
        Operation.GOVERNANCE_REVOKE: revoking_problem(record) is None,
    }
    return sorted(
        operation
        for operation, possible in open_to.items()
        if possible and may(user, operation, at) in {None, AccessRefusal.SIGN_IN_AGAIN}
    )


def _signable(record: GovernanceRecord, at: datetime) -> bool:
    """Whether there is a day through which the latest version could be signed."""
    latest = record.latest.version
    return latest > 0 and signing_problem(record, latest, at.date(), at) in {
        None,
        GovernanceRefusal.DAY_OVER,
    }


def _entry(
    tag: str, record_id: str, version: str, user: User, at: datetime, **more: str
) -> NewEntry:
    return NewEntry(
        subject=record_id,
        entry_id=f"{tag}:{version}",
        tag=tag,
        at=at,
        actor=user.user_id,
        data={"version": version, **more},
    )
