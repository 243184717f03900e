"""Who a face is: what a person says of it, by hand or to what software suggests."""

from collections.abc import Mapping
from datetime import datetime
from http import HTTPMethod, HTTPStatus
from typing import Annotated, Literal, Protocol

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Body, Header
from pydantic import Field

from beeldrecht.domain.access import Operation, Scene, User, may
from beeldrecht.domain.four_eyes import FourEyes, Proposal
from beeldrecht.domain.people import Appearance, AppearanceStatus
from beeldrecht.domain.problems import Problem
from beeldrecht.runtime import facts
from beeldrecht.runtime.events import Frozen, OpaqueId
from beeldrecht.runtime.http.api import Api, reply
from beeldrecht.runtime.http.conditions import unchanged_since
from beeldrecht.runtime.http.problems import ProblemError
from beeldrecht.runtime.ports import Clearance, Clocked
from clearance.confirm_appearance import step as confirm_step

from .. import scenes, seconding
from ..sights import Sight, sight_of
from ..views import AssetView, view_of


class Library(confirm_step.Pictures, seconding.Library, Protocol):
    """The pictures, where what people say of them is kept, and how far recognition is."""


class Register(confirm_step.Register, facts.Register, Protocol):
    """The people, and what they agreed to."""


class Services(Clocked, Protocol):
    """What these routes need."""

    @property
    def library(self) -> Library:
        """The pictures."""
        ...

    @property
    def register(self) -> Register:
        """The people."""
        ...

    @property
    def bases(self) -> facts.Bases:
        """What uses of pictures rest on besides consent."""
        ...

    @property
    def collections(self) -> scenes.Collections:
        """The collections."""
        ...

    @property
    def proposals(self) -> seconding.Proposals:
        """What waits for a second person."""
        ...

    @property
    def clearance(self) -> Clearance:
        """The workflow that decides on a picture."""
        ...

    @property
    def four_eyes(self) -> FourEyes:
        """When this deployment wants two people."""
        ...


class FaceAnswer(Frozen):
    """Whether the face is this person."""

    answer: Literal["confirm", "reject"]


class Waits(Frozen):
    """It takes a second person, and waits for one."""

    proposal_id: OpaqueId
    operation: Operation
    proposed_by: OpaqueId
    expires_at: datetime = Field(description="Until when somebody else can agree.")


def waits(proposal: Proposal) -> Waits:
    """What somebody is told whose wish waits."""
    return Waits(
        proposal_id=proposal.proposal_id,
        operation=proposal.operation,
        proposed_by=proposal.proposed_by,
        expires_at=proposal.expires_at,
    )


def add_routes(api: Api, services: Services) -> None:
    """Add the route that says who a face is."""

    @api.route(
        HTTPMethod.PUT,
        "/v1/assets/<asset_id>/faces/<face_id>/people/<person_id>",
        Operation.APPEARANCE_CONFIRM,
        also=(Operation.SUGGESTION_CONFIRM,),
        summary="Say that a face is a person, or is not",
        description=(
            "Saying yes to what software suggests can take two people: then the answer "
            "is 202, and somebody else has to say the same or approve the proposal."
        ),
        responses={
            HTTPStatus.OK: {
                "description": "It is on record.",
                "content": {"application/json": {"model": AssetView}},
            },
            HTTPStatus.ACCEPTED: {
                "description": "It waits for a second person.",
                "content": {"application/json": {"model": Waits}},
            },
        },
    )
    def answer_face(
        asset_id: OpaqueId,
        face_id: OpaqueId,
        person_id: OpaqueId,
        said: Annotated[FaceAnswer, Body()],
        if_match: Annotated[str | None, Header(alias="If-Match")] = None,
    ) -> Response[AssetView | Waits]:
        """Who sees suggestions answers one; others link by hand, knowing of none."""
        operation = Operation.APPEARANCE_CONFIRM
        sight = sight_of(api, services, operation, asset_id)
        faces = {face.face_id for face in sight.asset.faces}
        if face_id not in faces or not services.register.knows(person_id):
            raise api.missing(operation)
        unchanged_since(if_match, sight.record.revision)
        what = {"asset_id": asset_id, "face_id": face_id, "person_id": person_id}

        def act() -> None:
            library = sight.pinned(services.library)
            _confirm(services, library, api.user, what, said.answer)

        if said.answer == "confirm" and _answers_a_suggestion(sight, api.user, what):
            asked = Operation.SUGGESTION_CONFIRM
            user = api.require(asked, sight.scene, private=True)
            outcome = seconding.second(services, user, asked, what, act)
            if isinstance(outcome, seconding.Waiting):
                return reply(waits(outcome.proposal), HTTPStatus.ACCEPTED)
        else:
            act()
        now = sight_of(api, services, operation, asset_id)
        view = view_of(now, api.user, api.language)
        return reply(view, revision=now.record.revision)


def suggestion_act(services: Services) -> seconding.Act:
    """How the second person's agreement to a suggestion is carried out."""

    def scene(what: Mapping[str, str]) -> Scene | None:
        found = services.library.picture(what["asset_id"])
        if found is None:
            return None
        return scenes.picture_scene(services, found, services.now())[0]

    def carry_out(user: User, what: Mapping[str, str]) -> None:
        found = services.library.picture(what["asset_id"])
        there = _on_record(found[2], what) if found else None
        if there is None or there.status is AppearanceStatus.REJECTED:
            # Somebody has said meanwhile that it is not: that is not for this to undo.
            raise ProblemError(Problem.CONFLICT)
        _confirm(services, services.library, user, what, "confirm")

    return seconding.Act(Operation.SUGGESTION_CONFIRM, scene, carry_out)


def _answers_a_suggestion(sight: Sight, user: User, what: Mapping[str, str]) -> bool:
    there = _on_record(sight.appearances, what)
    suggested = there is not None and there.status is AppearanceStatus.SUGGESTED
    seen = may(user, Operation.SUGGESTION_SEE, sight.at, sight.scene) is None
    return suggested and seen


def _on_record(
    appearances: tuple[Appearance, ...], what: Mapping[str, str]
) -> Appearance | None:
    return next(
        (
            each
            for each in appearances
            if (each.face_id, each.person_id) == (what["face_id"], what["person_id"])
        ),
        None,
    )


def _confirm(
    services: Services,
    library: confirm_step.Pictures,
    user: User,
    what: Mapping[str, str],
    answer: Literal["confirm", "reject"],
) -> None:
    event = confirm_step.Event(
        asset_id=what["asset_id"],
        face_id=what["face_id"],
        person_id=what["person_id"],
        answer=answer,
        actor_id=user.user_id,
    )
    try:
        confirm_step.confirm_appearance(
            event,
            library,
            services.register,
            services.clearance,
            services.now,
        )
    except (confirm_step.UnknownFaceError, confirm_step.UnknownPersonError) as error:
        raise ProblemError(Problem.CONFLICT) from error
