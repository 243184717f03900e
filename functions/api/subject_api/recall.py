"""What somebody who received a picture is asked to remove, and that they did (R12)."""

from datetime import datetime
from http import HTTPMethod
from typing import Annotated

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Body
from pydantic import Field

from beeldrecht.domain.egress import rendition_file_name
from beeldrecht.domain.intake import RenditionName
from beeldrecht.domain.links import Link, LinkPurpose
from beeldrecht.domain.recalls import Recall
from beeldrecht.runtime.events import Frozen, OpaqueId
from beeldrecht.runtime.http.api import Api, reply
from beeldrecht.runtime.recalling import Acknowledger, acknowledge

from .door import Door
from .said import Said, not_valid, said
from .services import Services


class RecallAnswer(Frozen):
    """What the recipient says."""

    removed: bool = Field(
        default=False, description="That every copy is gone; left out, they only look."
    )


class RecallPage(Frozen):
    """What somebody is asked to remove; not why, which is another person's."""

    asset_id: OpaqueId
    file_name: str | None = Field(
        description="What the file they received was called; none once that was erased."
    )
    channels: list[Said]
    asked_at: datetime
    state: Said
    removed_at: datetime | None
    link_ends_at: datetime


def add_routes(api: Api, services: Services, door: Door) -> None:
    """Add `POST /subject/recall`."""

    @api.open_route(
        HTTPMethod.POST,
        "/subject/recall",
        summary="What I am asked to remove, and that it is done",
    )
    def answer_recall(order: Annotated[RecallAnswer, Body()]) -> Response[RecallPage]:
        """To look changes nothing; that it is removed counts once, however often said.

        Both are on record before they are answered, in the name of the link.
        """
        at = services.now()
        link = door.let_in(at, LinkPurpose.RECALL).link
        recall = _recall_of(services, link, at)
        if order.removed:
            said_by = Acknowledger("api:recall:acknowledge", link.link_id, None)
            recall = acknowledge(services.recalls, recall, said_by, at)
        else:
            services.audit.append(
                scope=recall.asset_id,
                entry_id=f"api:recall:read:{services.new_id()}",
                tag="api:recall:read",
                at=at,
                actor=link.link_id,
                data={"recall_id": recall.recall_id},
            )
        return reply(_view(services, recall, link, api.language))


def _recall_of(services: Services, link: Link, at: datetime) -> Recall:
    """What the link is about; one that is kept no longer makes it a link to nothing."""
    found = services.recalls.get(link.about, at) if link.about else None
    if found is None or found.recipient_id != link.subject_id:
        raise not_valid()
    return found


def _view(services: Services, recall: Recall, link: Link, language: str) -> RecallPage:
    record = services.library.record(recall.asset_id)
    name = None if record is None else record.announcement.file_name
    return RecallPage(
        asset_id=recall.asset_id,
        file_name=rendition_file_name(name, RenditionName.WORKING) if name else None,
        channels=[said(each, language) for each in sorted(recall.channels)],
        asked_at=recall.opened_at,
        state=said(recall.state, language),
        removed_at=recall.acknowledged_at,
        link_ends_at=link.expires_at,
    )
