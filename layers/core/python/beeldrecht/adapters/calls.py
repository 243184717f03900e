"""Has another function do its part, and waits for what it says.

Each function reaches what is its own; whoever may not asks the one that may.
"""

import json
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError, ReadTimeoutError

from .errors import BusyError, StaleRevisionError

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient

_CHANGED = {"ChangedMeanwhileError", "UnknownAssetError", "UnknownFaceError"}


class CallFailedError(Exception):
    """The function failed; `error` is the name of the class it raised."""

    def __init__(self, error: str, message: str = "") -> None:
        super().__init__(error)
        self.error = error
        self.message = message
        """What it said; not to be told on, since it could be about somebody."""


def called(client: "LambdaClient", function: str, event: object) -> Any:
    """What a function answers.

    Raises BusyError when it cannot begin now or has not ended in time, and
    CallFailedError.
    """
    try:
        answer = client.invoke(FunctionName=function, Payload=json.dumps(event).encode())
    except ReadTimeoutError as error:
        raise BusyError(function) from error
    except ClientError as error:
        if error.response["Error"]["Code"] != "TooManyRequestsException":
            raise
        raise BusyError(function) from error
    said = json.loads(answer["Payload"].read())
    if "FunctionError" in answer:
        raised = said if isinstance(said, dict) else {}
        message = str(raised.get("errorMessage"))
        raise CallFailedError(str(raised.get("errorType")), message)
    return said


def made_of_picture(
    client: "LambdaClient",
    function: str,
    event: dict[str, object],
    failure: type[Exception],
) -> dict[str, str]:
    """What a function that makes something of a picture answers.

    Raises StaleRevisionError when the picture has changed since it was read, BusyError,
    and `failure` with the name of the class that was raised.
    """
    try:
        made: dict[str, str] = called(client, function, event)
    except CallFailedError as error:
        if error.error in _CHANGED:
            raise StaleRevisionError(str(event["asset_id"])) from error
        raise failure(error.error) from error
    return made
