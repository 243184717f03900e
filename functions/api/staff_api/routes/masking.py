"""Faces that are covered: which they are, and how a picture leaves with them."""

from dataclasses import replace
from datetime import datetime
from http import HTTPMethod
from typing import Annotated, Protocol

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Body, Header, Query
from pydantic import Field

from beeldrecht.domain.access import Operation
from beeldrecht.domain.assets import FaceMark
from beeldrecht.domain.channels import Channel, Verdict
from beeldrecht.domain.decisions import Finding
from beeldrecht.domain.masking import UncoverableError
from beeldrecht.domain.problems import Problem
from beeldrecht.runtime.events import Frozen, OpaqueId
from beeldrecht.runtime.http.api import Api, reply
from beeldrecht.runtime.http.conditions import unchanged_since
from beeldrecht.runtime.http.problems import ProblemError
from beeldrecht.runtime.ports import Audit, Clearance, Masks
from clearance.mark_face import step as mark_step
from egress.preview_mask import step as preview_step

from .. import sights
from ..sights import Sight, sight_of
from ..views import AssetView, Shown, findings_of, view_of


class Library(mark_step.Pictures, Protocol):
    """The pictures, and what people say of their faces."""


class Services(sights.Services, Protocol):
    """What these routes need."""

    @property
    def library(self) -> Library:
        """The pictures."""
        ...

    @property
    def clearance(self) -> Clearance:
        """The workflow that decides."""
        ...

    @property
    def masks(self) -> Masks:
        """What covers faces."""
        ...

    @property
    def audit(self) -> Audit:
        """The audit trail."""
        ...

    @property
    def renditions(self) -> preview_step.MaskedLinks:
        """What signs addresses."""
        ...


class FaceMarking(Frozen):
    """What is to be done about a face."""

    mark: FaceMark


class MaskedView(Frozen):
    """A picture as it would leave for a channel: look at it, then release it so."""

    asset_id: OpaqueId
    channel: Channel
    mask_id: OpaqueId = Field(description="Names what was seen when it is released.")
    faces: list[OpaqueId] = Field(description="The faces that are covered.")
    url: str
    expires_at: datetime


def add_routes(api: Api, services: Services) -> None:
    """Add the routes that mark faces, and show pictures with faces covered."""

    @api.route(
        HTTPMethod.PUT,
        "/v1/assets/<asset_id>/faces/<face_id>/mark",
        Operation.APPEARANCE_MARK,
        summary="Say that a face is always covered, or that nobody could recognise it",
    )
    def mark_face(
        asset_id: OpaqueId,
        face_id: OpaqueId,
        said: Annotated[FaceMarking, Body()],
        if_match: Annotated[str | None, Header(alias="If-Match")] = None,
    ) -> Response[AssetView]:
        """A face that somebody is linked to keeps its person; a mask covers it too."""
        operation = Operation.APPEARANCE_MARK
        sight = sight_of(api, services, operation, asset_id)
        if face_id not in {face.face_id for face in sight.asset.faces}:
            raise api.missing(operation)
        unchanged_since(if_match, sight.record.revision)
        event = mark_step.Event(
            asset_id=asset_id, face_id=face_id, mark=said.mark, actor_id=api.user.user_id
        )
        library = sight.pinned(services.library)
        mark_step.mark_face(event, library, services.clearance, services.now)
        now = sight_of(api, services, operation, asset_id)
        view = view_of(now, api.user, api.language)
        return reply(view, revision=now.record.revision)

    @api.route(
        HTTPMethod.GET,
        "/v1/assets/<asset_id>/masked",
        Operation.ASSET_RELEASE,
        summary="See a picture as it would leave for a channel, with faces covered",
    )
    def preview_mask(
        asset_id: OpaqueId, channel: Annotated[Channel, Query()]
    ) -> Response[MaskedView]:
        """The preview, with whoever is not cleared for the channel covered."""
        sight = sight_of(api, services, Operation.ASSET_RELEASE, asset_id)
        event = preview_step.Event(
            asset_id=asset_id, actor_id=api.user.user_id, channel=channel
        )
        try:
            result = preview_step.preview_mask(
                event,
                services.library,
                services.register,
                services.bases,
                services.masks,
                services.audit,
                services.renditions,
                services.now,
            )
        except preview_step.UnknownAssetError as error:
            raise api.missing(Operation.ASSET_RELEASE) from error
        except UncoverableError as error:
            raise ProblemError(Problem.MASKED_VERSION_NOT_MADE) from error
        except preview_step.NothingMaskedError as error:
            if error.verdict is Verdict.CLEAR:
                raise ProblemError(Problem.CONFLICT) from error
            raise not_cleared(api, sight, error.findings) from error
        shown = result.model_dump() | {"faces": sorted(result.faces)}
        return reply(MaskedView(**shown, channel=channel))


def not_cleared(api: Api, sight: Sight, findings: tuple[Finding, ...]) -> ProblemError:
    """That a picture may not leave for a use, with the reasons the caller is told."""
    told = findings_of(
        replace(sight.decision, findings=findings), Shown(sight, api.user), api.language
    )
    more = {"findings": [each.model_dump(mode="json") for each in told]}
    return ProblemError(Problem.NOT_CLEARED, more=more)
