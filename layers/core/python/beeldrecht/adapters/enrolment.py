"""Has somebody enrolled, by the function that may reach templates, for one that may not.

The staff API never holds a template or the model that makes one. It asks the function
that does, and learns what staff may know: how many photos were good, and until when.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from beeldrecht.domain.enrolment import Enrolment, EnrolmentPhoto, PhotoRefusal
from beeldrecht.domain.permits import PermitRefusal, PermitRefusedError

from .calls import CallFailedError, called

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient


class EnrolmentFailedError(CallFailedError):
    """The function that enrols failed."""


class Enroller:
    """Calls the function `enrol_person` and waits for it."""

    def __init__(self, client: "LambdaClient", function: str) -> None:
        self._client = client
        self._function = function

    def enrol(
        self, person_id: str, actor_id: str, photos: Sequence[EnrolmentPhoto]
    ) -> Enrolment:
        """Enrol somebody from confirmed photos; safe to repeat, the last one stands.

        Raises PermitRefusedError when the law or the settings do not allow it,
        BusyError when the function cannot begin now or has not ended in time, and
        EnrolmentFailedError.
        """
        event = {
            "person_id": person_id,
            "actor_id": actor_id,
            "photos": [
                {"asset_id": each.asset_id, "face_id": each.face_id} for each in photos
            ],
        }
        try:
            said = called(self._client, self._function, event)
        except CallFailedError as error:
            raise _failure(error) from error
        return _enrolment_of(said)


def _failure(error: CallFailedError) -> Exception:
    refusals = {each.value: each for each in PermitRefusal}
    reason = refusals.get(error.message)
    if error.error == PermitRefusedError.__name__ and reason is not None:
        return PermitRefusedError(reason)
    return EnrolmentFailedError(error.error)


def _enrolment_of(said: dict[str, Any]) -> Enrolment:
    until = said["valid_until"]
    return Enrolment(
        enrolled=said["enrolled"],
        accepted=said["accepted"],
        refused=tuple(
            PhotoRefusal(
                EnrolmentPhoto(each["asset_id"], each["face_id"]), tuple(each["reasons"])
            )
            for each in said["refused"]
        ),
        valid_until=datetime.fromisoformat(until) if until else None,
    )
