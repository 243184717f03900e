"""Enrolment: letting software recognise somebody who agreed to it."""

from collections.abc import Sequence
from datetime import datetime
from http import HTTPMethod
from typing import Annotated, Protocol

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Body
from pydantic import Field

from beeldrecht.domain.access import Operation, User, may
from beeldrecht.domain.enrolment import Enrolment, EnrolmentPhoto
from beeldrecht.domain.permits import PermitRefusedError
from beeldrecht.domain.problems import Problem
from beeldrecht.runtime.events import Frozen, OpaqueId
from beeldrecht.runtime.facts import Picture
from beeldrecht.runtime.facts import Register as Facts
from beeldrecht.runtime.http.api import Api, reply
from beeldrecht.runtime.http.problems import ProblemError
from beeldrecht.runtime.ports import Clocked

from .. import scenes
from ..people_views import Hindrance


class Register(Facts, Protocol):
    """Who is on record."""

    def knows(self, person_id: str) -> bool:
        """Whether there is such a person."""
        ...


class Library(Protocol):
    """The pictures."""

    def picture(self, asset_id: str) -> Picture | None:
        """A picture, read consistently."""
        ...


class Enroller(Protocol):
    """Has somebody enrolled, where templates may be made."""

    def enrol(
        self, person_id: str, actor_id: str, photos: Sequence[EnrolmentPhoto]
    ) -> Enrolment:
        """Enrol them; raises PermitRefusedError and BusyError."""
        ...


class Services(Clocked, scenes.Services, Protocol):
    """What this route needs."""

    @property
    def register(self) -> Register:
        """The consent register."""
        ...

    @property
    def library(self) -> Library:
        """The pictures."""
        ...

    @property
    def enroller(self) -> Enroller:
        """Who enrols."""
        ...


class PhotoOrder(Frozen):
    """A face in a picture that is confirmed to be this person."""

    asset_id: OpaqueId
    face_id: OpaqueId


class EnrolmentOrder(Frozen):
    """From which photos to enrol. Three miss far fewer people than one."""

    photos: Annotated[list[PhotoOrder], Field(min_length=1, max_length=5)]


class RefusedPhoto(Frozen):
    """A photo that was not used, and why."""

    asset_id: OpaqueId
    face_id: OpaqueId
    reasons: list[str]


class EnrolmentView(Frozen):
    """What came of it."""

    person_id: OpaqueId
    enrolled: bool
    accepted: int
    refused: list[RefusedPhoto]
    valid_until: datetime | None


def add_routes(api: Api, services: Services) -> None:
    """Add `POST /v1/people/{person_id}/enrolment`."""

    @api.route(
        HTTPMethod.POST,
        "/v1/people/<person_id>/enrolment",
        Operation.PERSON_ENROL,
        summary="Let software recognise somebody who agreed to it",
    )
    def enrol_person(
        person_id: OpaqueId, order: Annotated[EnrolmentOrder, Body()]
    ) -> Response[EnrolmentView]:
        """Safe to repeat: the last template replaces the one before."""
        user = api.require(Operation.PERSON_ENROL, private=True)
        photos = [EnrolmentPhoto(each.asset_id, each.face_id) for each in order.photos]
        return reply(_enrol(api, services, user, person_id, photos))


def _enrol(
    api: Api,
    services: Services,
    user: User,
    person_id: str,
    photos: Sequence[EnrolmentPhoto],
) -> EnrolmentView:
    """Have the person enrolled from pictures that this user may see."""
    at = services.now()
    if not services.register.knows(person_id):
        raise api.missing(Operation.PERSON_ENROL)
    for asset_id in dict.fromkeys(photo.asset_id for photo in photos):
        found = services.library.picture(asset_id)
        if found is None:
            raise api.missing(Operation.PERSON_ENROL)
        scene, _ = scenes.picture_scene(services, found, at)
        if may(user, Operation.ASSET_VIEW, at, scene) is not None:
            raise api.missing(Operation.PERSON_ENROL)
    try:
        came = services.enroller.enrol(person_id, user.user_id, photos)
    except PermitRefusedError as error:
        why = Hindrance.of(error.reason, api.language).model_dump(mode="json")
        raise ProblemError(Problem.CONFLICT, more={"hindrance": why}) from error
    return EnrolmentView(
        person_id=person_id,
        enrolled=came.enrolled,
        accepted=came.accepted,
        refused=[
            RefusedPhoto(
                asset_id=each.photo.asset_id,
                face_id=each.photo.face_id,
                reasons=list(each.reasons),
            )
            for each in came.refused
        ],
        valid_until=came.valid_until,
    )
