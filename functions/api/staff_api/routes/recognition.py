"""How far recognition goes here: to see for who works with it, to switch for one role."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from http import HTTPMethod, HTTPStatus
from typing import Annotated, Literal, Protocol

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Body, Header
from pydantic import Field

from beeldrecht.domain.access import AccessRefusal, Operation, Scene, User, may
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.four_eyes import FourEyes, needs_two
from beeldrecht.domain.governance import GovernanceRecord, assessment_of
from beeldrecht.domain.permits import Assessment, PermitRefusedError, RecognitionMode
from beeldrecht.domain.problems import Problem
from beeldrecht.domain.recognition import RecognitionSetting, effective_mode, switched
from beeldrecht.domain.time import day_of
from beeldrecht.runtime.events import Frozen, OpaqueId
from beeldrecht.runtime.http.api import Api, reply
from beeldrecht.runtime.http.conditions import unchanged_since
from beeldrecht.runtime.http.problems import ProblemError
from beeldrecht.runtime.ports import Clocked

from .. import seconding
from .faces import Waits, waits

SUBJECT = "recognition"
"""Whose history the switches are: the setting's own."""


class Library(seconding.Library, Protocol):
    """Where the setting is on record."""

    def recognition(self) -> RecognitionSetting:
        """What is on record about recognition."""
        ...

    def switch_recognition(
        self, setting: RecognitionSetting, entry: NewEntry | None = None
    ) -> None:
        """Record how far recognition may go, under the revision that was read."""
        ...


class Registers(Protocol):
    """Where impact assessments are on record."""

    def get(self, record_id: str) -> GovernanceRecord | None:
        """A record with its whole history, read consistently."""
        ...


class Services(Clocked, Protocol):
    """What these routes need."""

    @property
    def governance(self) -> Registers:
        """The registers of who is responsible."""
        ...

    @property
    def library(self) -> Library:
        """Where the setting is on record."""
        ...

    @property
    def proposals(self) -> seconding.Proposals:
        """What waits for a second person."""
        ...

    @property
    def four_eyes(self) -> FourEyes:
        """When this deployment wants two people."""
        ...


class SignedAssessment(Frozen):
    """The impact assessment (DPIA) that carries recognition, as the register has it."""

    assessment_id: OpaqueId
    signed_by: OpaqueId = Field(description="The privacy officer who signed it.")
    first_day: date
    last_day: date = Field(description="The last day on which it holds, in Amsterdam.")


class Switch(Frozen):
    """How far recognition is to go, and what carries that."""

    mode: RecognitionMode
    assessment_id: OpaqueId | None = Field(
        default=None,
        description=(
            "A record of the register of DPIAs that is signed and in force: needed for "
            "every mode beyond detecting."
        ),
    )


class RecognitionView(Frozen):
    """How far recognition goes now, and what is on record."""

    mode: RecognitionMode = Field(description="What holds at this instant.")
    recorded_mode: RecognitionMode
    assessment: SignedAssessment | None
    switched_by: OpaqueId | Literal["system"] | None = Field(
        description="`system`: what carried it lapsed or was revoked."
    )
    switched_at: datetime | None
    takes_two: list[RecognitionMode] = Field(
        description="The modes that somebody else has to agree to first."
    )
    affordances: list[Operation]


def add_routes(api: Api, services: Services) -> None:
    """Add the routes under `/v1/recognition`."""

    @api.route(
        HTTPMethod.GET,
        "/v1/recognition",
        Operation.RECOGNITION_READ,
        summary="How far recognition goes",
    )
    def read_recognition() -> Response[RecognitionView]:
        """The mode that holds, with the assessment that carries it."""
        api.require(Operation.RECOGNITION_READ)
        setting, view = _shown()
        return reply(view, revision=setting.revision)

    @api.route(
        HTTPMethod.PUT,
        "/v1/recognition",
        Operation.RECOGNITION_SWITCH,
        summary="Switch how far recognition goes",
        description=(
            "Beyond detecting it takes a DPIA of the register, signed and in force, and "
            "can take a second person. Once that lapses or is revoked, recognition is "
            "off. Towards less nothing is asked, and nobody waited for."
        ),
        responses={
            HTTPStatus.OK: {
                "description": "It is on record.",
                "content": {"application/json": {"model": RecognitionView}},
            },
            HTTPStatus.ACCEPTED: {
                "description": "It waits for a second person.",
                "content": {"application/json": {"model": Waits}},
            },
        },
    )
    def switch_recognition(
        wanted: Annotated[Switch, Body()],
        if_match: Annotated[str | None, Header(alias="If-Match")] = None,
    ) -> Response[RecognitionView | Waits]:
        """Refused by name without an assessment, before anybody is asked to agree."""
        operation = Operation.RECOGNITION_SWITCH
        user = api.require(operation)
        before = services.library.recognition()
        unchanged_since(if_match, before.revision)
        after = _after(services, before, wanted, user)
        if (after.mode, after.assessment) != (before.mode, before.assessment):
            outcome = seconding.second(
                services,
                user,
                operation,
                _what(wanted),
                lambda: _record(services, before, after),
                wanted_mode=wanted.mode,
            )
            if isinstance(outcome, seconding.Waiting):
                return reply(waits(outcome.proposal), HTTPStatus.ACCEPTED)
        setting, view = _shown()
        return reply(view, revision=setting.revision)

    def _shown() -> tuple[RecognitionSetting, RecognitionView]:
        setting, at = services.library.recognition(), services.now()
        return setting, _view(setting, at, api.user, services.four_eyes)


def switch_act(services: Services) -> seconding.Act:
    """How the second person's agreement to a switch is carried out."""

    def carry_out(user: User, what: Mapping[str, str]) -> None:
        before = services.library.recognition()
        after = _after(services, before, _wanted(what), user)
        if (after.mode, after.assessment) != (before.mode, before.assessment):
            _record(services, before, after)

    return seconding.Act(Operation.RECOGNITION_SWITCH, lambda _: Scene(), carry_out)


def _after(
    services: Services, before: RecognitionSetting, wanted: Switch, user: User
) -> RecognitionSetting:
    """The setting after the switch, on what the register says; raises ProblemError."""
    named = wanted.assessment_id
    assessment = assessment_of(services.governance.get(named)) if named else None
    try:
        return switched(before, wanted.mode, assessment, user.user_id, services.now())
    except PermitRefusedError as error:
        why = {"reason": error.reason.value}
        raise ProblemError(Problem.ASSESSMENT_REQUIRED, more=why) from error


def _record(
    services: Services, before: RecognitionSetting, after: RecognitionSetting
) -> None:
    assert after.switched_by is not None  # noqa: S101  # somebody always switches
    assert after.switched_at is not None  # noqa: S101
    tag, carried = "api:recognition:switch", after.assessment
    entry = NewEntry(
        subject=SUBJECT,
        entry_id=f"{tag}:{before.revision}",
        tag=tag,
        at=after.switched_at,
        actor=after.switched_by,
        data={
            "mode": after.mode.value,
            "before": before.mode.value,
            **({"assessment_id": carried.assessment_id} if carried else {}),
        },
    )
    services.library.switch_recognition(after, entry)


def _what(wanted: Switch) -> dict[str, str]:
    """A switch as a proposal says it: an identifier, and a word of our lists."""
    return wanted.model_dump(mode="json", exclude_none=True)


def _wanted(what: Mapping[str, str]) -> Switch:
    return Switch.model_validate(dict(what))


def _view(
    setting: RecognitionSetting, at: datetime, user: User, policy: FourEyes
) -> RecognitionView:
    mode, operation = effective_mode(setting, at), Operation.RECOGNITION_SWITCH
    # Who would only have to sign in again is shown the switch: it says so when used.
    refusal = may(user, operation, at)
    allowed = refusal in {None, AccessRefusal.SIGN_IN_AGAIN}
    return RecognitionView(
        mode=mode,
        recorded_mode=setting.mode,
        assessment=_signed(setting.assessment),
        switched_by=setting.switched_by,
        switched_at=setting.switched_at,
        takes_two=[
            each
            for each in RecognitionMode
            if each is not mode and needs_two(operation, policy, mode, each)
        ],
        affordances=[operation] if allowed else [],
    )


def _signed(assessment: Assessment | None) -> SignedAssessment | None:
    """An assessment by its days; one without an end never carried a mode."""
    if assessment is None or assessment.period.end is None:
        return None
    period = assessment.period
    return SignedAssessment(
        assessment_id=assessment.assessment_id,
        signed_by=assessment.signed_by,
        first_day=day_of(period.start),
        # Of one that was revoked: the day of that, on which it still held.
        last_day=day_of(assessment.period.end - timedelta(microseconds=1)),
    )
