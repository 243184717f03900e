"""Legal bases besides consent: on what the use of a picture rests, channel by channel."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from http import HTTPMethod, HTTPStatus
from typing import Annotated, Protocol, Self

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Body, Header
from pydantic import Field, model_validator

from beeldrecht.domain import legal_bases
from beeldrecht.domain.access import Operation, User, affordances
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.batch_bases import proposed_for
from beeldrecht.domain.channels import Channel
from beeldrecht.domain.governance import GovernanceRecord
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.legal_bases import (
    BasisRefusal,
    BasisRefusedError,
    LegalBasis,
    LegalBasisKind,
)
from beeldrecht.domain.messages import words
from beeldrecht.domain.people import AppearanceStatus
from beeldrecht.domain.sessions import Session
from beeldrecht.domain.time import Period
from beeldrecht.runtime.events import Frozen, OpaqueId
from beeldrecht.runtime.http.api import Api, reply
from beeldrecht.runtime.http.conditions import idempotency_key
from beeldrecht.runtime.ports import Claims, Clearance

from .. import sights
from ..refusals import conflict
from ..session_views import BatchBasisOrder
from ..texts import Day, Reference


class Bases(Protocol):
    """Where bases are on record."""

    def record(self, basis: LegalBasis, entry: NewEntry) -> bool:
        """Record one; False when it is there."""
        ...

    def of_asset(self, asset_id: str) -> tuple[LegalBasis, ...]:
        """Every basis of a picture, the ended ones too."""
        ...

    def end(self, basis: LegalBasis, at: datetime, entry: NewEntry) -> bool:
        """End one; False when it was ended before."""
        ...


class Registers(Protocol):
    """Where assessments are on record."""

    def get(self, record_id: str) -> GovernanceRecord | None:
        """A record, read consistently."""
        ...


class Sessions(Protocol):
    """Where sessions are on record."""

    def get(self, session_id: str) -> Session | None:
        """One."""
        ...


class Services(sights.Services, Protocol):
    """What these routes need."""

    @property
    def sessions(self) -> Sessions:
        """The sessions."""
        ...

    @property
    def governance(self) -> Registers:
        """The registers of who is responsible."""
        ...

    @property
    def bases(self) -> Bases:
        """The bases."""
        ...

    @property
    def public_body(self) -> bool:
        """Whether this deployment is a public body's."""
        ...

    @property
    def clearance(self) -> Clearance:
        """What decides on a picture anew."""
        ...

    @property
    def claims(self) -> Claims:
        """The claims."""
        ...

    @property
    def new_id(self) -> Callable[[], str]:
        """What makes identifiers."""
        ...


class BasisOrder(Frozen):
    """On what the use of a picture rests."""

    channels: Annotated[list[Channel], Field(min_length=1, max_length=len(Channel))]
    kind: LegalBasisKind
    reference: Reference = Field(
        description="A contract, a law or a decision, by its number; nobody's name."
    )
    first_day: Day
    last_day: Day | None = None
    assessment_id: OpaqueId | None = Field(
        default=None,
        description=(
            "The record of the register in which interests were weighed: needed for a"
            " legitimate interest, which ends when that does."
        ),
    )

    person_id: OpaqueId | None = Field(
        default=None,
        description="Who has died: of what relatives say, and of an old death.",
    )
    died_on: Day | None = None

    @model_validator(mode="after")
    def lasts(self) -> Self:
        """Refuse days that end before they begin, and a channel that stands twice."""
        if self.last_day is not None and self.last_day < self.first_day:
            raise ValueError("the last day comes after the first")
        if len(set(self.channels)) < len(self.channels):
            raise ValueError("each channel once")
        return self


class BasisView(Frozen):
    """One basis for one channel, and whether it carries a use now."""

    basis_id: OpaqueId
    channel: Channel
    kind: LegalBasisKind
    words: str
    reference: str
    starts_at: datetime
    ends_at: datetime | None
    in_force: bool
    assessment_id: OpaqueId | None
    assessment_sha256: str | None
    person_id: OpaqueId | None
    died_on: date | None
    recorded_by: OpaqueId
    recorded_at: datetime

    @classmethod
    def of(cls, basis: LegalBasis, at: datetime, language: str) -> "BasisView":
        """Show one as it stands at an instant."""
        return cls(
            basis_id=basis.basis_id,
            channel=basis.channel,
            kind=basis.kind,
            words=words(basis.kind, language),
            reference=basis.reference,
            starts_at=basis.period.start,
            ends_at=basis.period.end,
            in_force=basis.period.contains(at),
            assessment_id=basis.assessment_id,
            assessment_sha256=basis.assessment_sha256,
            person_id=basis.person_id,
            died_on=basis.died_on,
            recorded_by=basis.recorded_by,
            recorded_at=basis.recorded_at,
        )


class BasisList(Frozen):
    """Everything that the use of a picture rests or rested on, besides consent."""

    asset_id: OpaqueId
    items: list[BasisView]
    kinds: list[LegalBasisKind] = Field(
        description="Those that this organisation can choose."
    )
    proposed: BatchBasisOrder | None = Field(
        description="What its session is meant to rest on, as far as nobody recorded or"
        " ended that for this picture. It carries nothing until somebody records it."
    )
    affordances: list[Operation]


def add_routes(api: Api, services: Services) -> None:
    """Add the routes under `/v1/assets/{asset_id}/bases`."""
    desk = _Desk(api, services)

    @api.route(
        HTTPMethod.GET,
        "/v1/assets/<asset_id>/bases",
        Operation.BASIS_READ,
        summary="On what the use of a picture rests besides consent",
    )
    def list_bases(asset_id: OpaqueId) -> Response[BasisList]:
        """Those that have ended too: they were the reason at their time."""
        sight = sights.sight_of(api, services, Operation.BASIS_READ, asset_id)
        return reply(desk.view(sight))

    @api.route(
        HTTPMethod.POST,
        "/v1/assets/<asset_id>/bases",
        Operation.BASIS_RECORD,
        summary="Record on what the use of a picture rests besides consent",
        description=(
            "For each channel by itself. It carries no face of somebody who took consent"
            " back or objects; and a public body rests nothing on an interest of its own."
        ),
        status_code=HTTPStatus.CREATED,
    )
    def record_basis(
        asset_id: OpaqueId,
        order: Annotated[BasisOrder, Body()],
        key: Annotated[str | None, Header(alias="Idempotency-Key")] = None,
    ) -> Response[BasisList]:
        """The same key again records nothing twice; the picture is decided on anew."""
        sight = sights.sight_of(api, services, Operation.BASIS_RECORD, asset_id)
        desk.record(sight, order, idempotency_key(key))
        return reply(desk.view(sight), HTTPStatus.CREATED)

    @api.route(
        HTTPMethod.DELETE,
        "/v1/assets/<asset_id>/bases/<basis_id>",
        Operation.BASIS_END,
        summary="End what the use of a picture rests on",
    )
    def end_basis(asset_id: OpaqueId, basis_id: OpaqueId) -> Response[BasisList]:
        """From this answer on; the record of it stays. Again changes nothing."""
        sight = sights.sight_of(api, services, Operation.BASIS_END, asset_id)
        desk.end(asset_id, basis_id)
        return reply(desk.view(sight))


class _Desk:
    """What the routes do, in the order in which it has to happen."""

    def __init__(self, api: Api, services: Services) -> None:
        self._api = api
        self._services = services

    def view(self, sight: sights.Sight) -> BasisList:
        """What is on record now."""
        services, at = self._services, self._services.now()
        asset_id = sight.record.asset_id
        found = services.bases.of_asset(asset_id)
        about = {Operation.BASIS_READ, Operation.BASIS_RECORD}
        if any(_endable(each, at) for each in found):
            about.add(Operation.BASIS_END)
        possible = affordances(self._api.user, at, sight.scene) & about
        return BasisList(
            asset_id=asset_id,
            items=[BasisView.of(each, at, self._api.language) for each in found],
            kinds=[kind for kind in LegalBasisKind if self._open(kind)],
            proposed=self._proposed(sight, found),
            affordances=sorted(possible),
        )

    def _proposed(
        self, sight: sights.Sight, recorded: tuple[LegalBasis, ...]
    ) -> BatchBasisOrder | None:
        """What is left of what is meant for all pictures of its session."""
        session_id = sight.record.announcement.session_id
        session = self._services.sessions.get(session_id) if session_id else None
        left = proposed_for(session, recorded) if session else None
        return BatchBasisOrder.of(left) if left else None

    def record(self, sight: sights.Sight, order: BasisOrder, key: str) -> None:
        """Record a basis for each channel, then have the picture decided on."""
        services, at, user = self._services, self._services.now(), self._api.user
        asset_id = sight.record.asset_id
        if order.person_id is not None and not _shown(sight, order.person_id):
            raise conflict(BasisRefusal.NOT_PORTRAYED, self._api.language)
        weighed = self._weighed(order)
        made = [
            self._made(asset_id, order, channel, weighed, at)
            for channel in order.channels
        ]
        seed = services.claims.claim(
            user.user_id,
            Operation.BASIS_RECORD,
            key,
            f"{asset_id}:{order.model_dump_json()}".encode(),
            services.new_id,
            at,
        )
        for each in made:
            basis = replace(each, basis_id=derived_id(seed, each.channel))
            entry = _entry("api:basis:record", basis, user, at)
            services.bases.record(basis, entry)
        services.clearance.start(asset_id)

    def end(self, asset_id: str, basis_id: str) -> None:
        """End a basis, then have the picture decided on; raises ProblemError."""
        services, at, user = self._services, self._services.now(), self._api.user
        found = next(
            (b for b in services.bases.of_asset(asset_id) if b.basis_id == basis_id), None
        )
        if found is None:
            raise self._api.missing(Operation.BASIS_END)
        if _endable(found, at):
            services.bases.end(found, at, _entry("api:basis:end", found, user, at))
        services.clearance.start(asset_id)

    def _weighed(self, order: BasisOrder) -> GovernanceRecord | None:
        """The assessment that is named; raises ProblemError when there is none such."""
        if order.assessment_id is None:
            return None
        found = self._services.governance.get(order.assessment_id)
        if found is None:
            raise conflict(BasisRefusal.ASSESSMENT_NOT_VALID, self._api.language)
        return found

    def _made(
        self,
        asset_id: str,
        order: BasisOrder,
        channel: Channel,
        weighed: GovernanceRecord | None,
        at: datetime,
    ) -> LegalBasis:
        try:
            return legal_bases.record(
                order.kind,
                public_body=self._services.public_body,
                asset_id=asset_id,
                channel=channel,
                reference=order.reference,
                period=Period.of_days(order.first_day, order.last_day),
                recorded_by=self._api.user.user_id,
                recorded_at=at,
                assessment=weighed,
                person_id=order.person_id,
                died_on=order.died_on,
            )
        except BasisRefusedError as error:
            raise conflict(error.reason, self._api.language) from error

    def _open(self, kind: LegalBasisKind) -> bool:
        """Whether this organisation can choose it at all."""
        interest = kind is LegalBasisKind.LEGITIMATE_INTEREST
        return not (interest and self._services.public_body)


def _shown(sight: sights.Sight, person_id: str) -> bool:
    """Whether somebody confirmed that this person is in the picture."""
    return any(
        each.person_id == person_id and each.status is AppearanceStatus.CONFIRMED
        for each in sight.appearances
    )


def _endable(basis: LegalBasis, at: datetime) -> bool:
    return basis.period.end is None or at < basis.period.end


def _entry(tag: str, basis: LegalBasis, user: User, at: datetime) -> NewEntry:
    return NewEntry(
        subject=basis.asset_id,
        entry_id=f"{tag}:{basis.basis_id}",
        tag=tag,
        at=at,
        actor=user.user_id,
        data={
            "basis_id": basis.basis_id,
            "channel": basis.channel.value,
            "basis": basis.kind.value,
        },
    )
