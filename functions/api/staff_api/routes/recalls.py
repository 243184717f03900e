"""Who received which picture, and calling copies back until they are gone (R12)."""

from collections.abc import Iterable
from datetime import datetime
from http import HTTPMethod, HTTPStatus
from typing import Annotated, Protocol

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Query
from pydantic import Field

from beeldrecht.domain.access import Operation, Scene, User, may
from beeldrecht.domain.channels import Channel, Place
from beeldrecht.domain.disclosures import Disclosure, DisclosureKind
from beeldrecht.domain.messages import words
from beeldrecht.domain.recalls import Recall, RecallReason, RecallState, about
from beeldrecht.runtime import recalling
from beeldrecht.runtime.events import Frozen, OpaqueId
from beeldrecht.runtime.http.api import Api, reply
from beeldrecht.runtime.http.paging import DEFAULT_LIMIT, Limit, cursor_of
from beeldrecht.runtime.recalling import Acknowledger, acknowledge

from .. import sights
from ..texts import after_of


class Disclosures(recalling.Disclosures, Protocol):
    """Who received which picture."""


class Recalls(recalling.Settling, Protocol):
    """Who was asked to remove what."""

    def page(
        self, state: RecallState, at: datetime, after: str | None, limit: int
    ) -> tuple[tuple[Recall, ...], str | None]:
        """Some of those in a state, and where the next ones begin."""
        ...


class Services(sights.Services, Protocol):
    """What these routes need."""

    @property
    def disclosures(self) -> Disclosures:
        """Who received which picture."""
        ...

    @property
    def recalls(self) -> Recalls:
        """Who was asked to remove what."""
        ...


class RecallView(Frozen):
    """One recipient who is asked to remove their copies of one picture."""

    recall_id: OpaqueId
    asset_id: OpaqueId
    recipient_id: OpaqueId
    channels: list[Channel] = Field(description="The uses that it is about.")
    state: RecallState
    state_words: str
    reason: RecallReason | None = Field(
        description="For who oversees: it says something of somebody in the picture."
    )
    reason_words: str | None
    opened_at: datetime
    told_at: datetime | None = Field(description="When a mail to the recipient was sent.")
    reminders: int
    next_at: datetime | None = Field(
        description="When it is looked at again by itself. None: never."
    )
    acknowledged_at: datetime | None
    acknowledged_by: OpaqueId | None = Field(
        description="The user who said that it is removed. None: the recipient, by mail."
    )
    affordances: list[Operation]


class RecallList(Frozen):
    """Some of the recalls in one state."""

    items: list[RecallView]
    cursor: str | None = Field(
        description="Give it back for the next page. None: this is the last one."
    )


class DisclosureView(Frozen):
    """One copy that left."""

    disclosure_id: OpaqueId
    kind: DisclosureKind
    kind_words: str
    recipient_id: OpaqueId
    channel: Channel | None
    place: Place
    rendition: str
    covered: list[OpaqueId] = Field(description="The faces that are covered in it.")
    at: datetime
    revision: int
    recall_id: OpaqueId | None = Field(description="The last recall that is about it.")
    recall_state: RecallState | None
    recall_state_words: str | None


class DisclosureList(Frozen):
    """The last copies of a picture that left, the last one first."""

    items: list[DisclosureView]
    more: int = Field(description="How many left before those.")


def add_routes(api: Api, services: Services) -> None:
    """Add the routes under `/v1/recalls`, and who received a picture."""

    @api.route(
        HTTPMethod.GET,
        "/v1/assets/<asset_id>/disclosures",
        Operation.DISCLOSURE_READ,
        summary="Who received this picture, the last one first",
    )
    def list_disclosures(
        asset_id: OpaqueId, limit: Annotated[Limit, Query()] = DEFAULT_LIMIT
    ) -> Response[DisclosureList]:
        """Every copy that left, as long as it is kept on record."""
        sight = sights.sight_of(api, services, Operation.DISCLOSURE_READ, asset_id)
        copies = tuple(services.disclosures.of_asset(asset_id, sight.at))[::-1]
        there = services.recalls.of_asset(asset_id, sight.at) if copies else ()
        shown = [_disclosed(each, there, api.language) for each in copies[:limit]]
        return reply(DisclosureList(items=shown, more=len(copies) - len(shown)))

    @api.route(
        HTTPMethod.GET,
        "/v1/recalls",
        Operation.RECALL_LIST,
        summary="Who is asked to remove a picture",
    )
    def list_recalls(
        state: Annotated[RecallState, Query()] = RecallState.OPEN,
        limit: Annotated[Limit, Query()] = DEFAULT_LIMIT,
        cursor: Annotated[str | None, Query()] = None,
    ) -> Response[RecallList]:
        """Those in one state; the open ones unless another is asked for."""
        user = api.require(Operation.RECALL_LIST)
        at = services.now()
        found, following = services.recalls.page(state, at, after_of(cursor), limit)
        return reply(
            RecallList(
                items=[_view(each, user, at, api.language) for each in found],
                cursor=cursor_of((following,)) if following else None,
            )
        )

    @api.route(
        HTTPMethod.GET,
        "/v1/recalls/<recall_id>",
        Operation.RECALL_READ,
        summary="One recall",
    )
    def read_recall(recall_id: OpaqueId) -> Response[RecallView]:
        """For who oversees, and for whoever is asked."""
        recall, user = _recall_of(recall_id, Operation.RECALL_READ)
        return reply(_view(recall, user, services.now(), api.language))

    @api.route(
        HTTPMethod.POST,
        "/v1/recalls/<recall_id>/acknowledgement",
        Operation.RECALL_ACKNOWLEDGE,
        summary="Say that every copy is removed",
        description=(
            "By whoever is asked, or by an officer who heard it from them. What else they"
            " were asked about that picture is done with it."
        ),
        status_code=HTTPStatus.CREATED,
    )
    def acknowledge_recall(recall_id: OpaqueId) -> Response[RecallView]:
        """Saying it again changes nothing: the first time stands."""
        recall, user = _recall_of(recall_id, Operation.RECALL_ACKNOWLEDGE)
        at = services.now()
        said_by = Acknowledger("api:recall:acknowledge", user.user_id, user.user_id)
        after = acknowledge(services.recalls, recall, said_by, at)
        return reply(_view(after, user, at, api.language), HTTPStatus.CREATED)

    def _recall_of(recall_id: str, operation: Operation) -> tuple[Recall, User]:
        """The recall, for who may do this with it; raises ProblemError."""
        api.require_ever(operation)
        recall = services.recalls.get(recall_id, services.now())
        if recall is None:
            raise api.missing(operation)
        return recall, api.require(operation, _scene(recall), private=True)


def _scene(recall: Recall) -> Scene:
    return Scene(uploader_id=recall.recipient_id)


def _view(recall: Recall, user: User, at: datetime, language: str) -> RecallView:
    oversees = may(user, Operation.RECALL_LIST, at) is None
    offered = {Operation.RECALL_READ, Operation.RECALL_ACKNOWLEDGE}
    if recall.state is RecallState.REMOVED:
        offered.remove(Operation.RECALL_ACKNOWLEDGE)
    return RecallView(
        recall_id=recall.recall_id,
        asset_id=recall.asset_id,
        recipient_id=recall.recipient_id,
        channels=sorted(recall.channels),
        state=recall.state,
        state_words=words(recall.state, language),
        reason=recall.reason if oversees else None,
        reason_words=words(recall.reason, language) if oversees else None,
        opened_at=recall.opened_at,
        told_at=recall.told_at,
        reminders=recall.reminders,
        next_at=recall.next_at,
        acknowledged_at=recall.acknowledged_at,
        acknowledged_by=recall.acknowledged_by,
        affordances=sorted(
            each for each in offered if may(user, each, at, _scene(recall)) is None
        ),
    )


def _disclosed(
    copy: Disclosure, recalls: Iterable[Recall], language: str
) -> DisclosureView:
    last = next(iter(about(copy, recalls)), None)
    return DisclosureView(
        disclosure_id=copy.disclosure_id,
        kind=copy.kind,
        kind_words=words(copy.kind, language),
        recipient_id=copy.recipient_id,
        channel=copy.channel,
        place=copy.place,
        rendition=copy.rendition,
        covered=sorted(copy.masked),
        at=copy.at,
        revision=copy.revision,
        recall_id=last.recall_id if last else None,
        recall_state=last.state if last else None,
        recall_state_words=words(last.state, language) if last else None,
    )
