"""Every failure as one sentence that says what to do."""

from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    EndpointConnectionError,
    NoCredentialsError,
)
from pynamodb.exceptions import PynamoDBException

from beeldrecht.domain.messages import words
from beeldrecht.domain.permits import PermitRefusal
from cli.catalogue import PHRASES
from cli.choosing import NotOneError
from cli.files import FileRefusedError
from cli.sending import StoreBusyError, UploadRefusedError
from cli.stack import Deployed, FunctionFailedError, NotDeployedError
from cli.words import say

KNOWN = (
    NotDeployedError,
    FunctionFailedError,
    FileRefusedError,
    UploadRefusedError,
    StoreBusyError,
    NotOneError,
    ClientError,
    BotoCoreError,
    PynamoDBException,
)
"""What `sentence` has words for; anything else is a fault of ours and keeps its trace."""

_DENIED = frozenset({"AccessDenied", "AccessDeniedException", "UnauthorizedOperation"})
_BAD_CREDENTIALS = frozenset(
    {"ExpiredToken", "InvalidClientTokenId", "UnrecognizedClientException"}
)


def sentence(error: Exception, language: str, deployed: Deployed | None = None) -> str:
    """What is wrong and what to do about it."""
    if isinstance(error, FunctionFailedError):
        return _function(error, language, deployed)
    if isinstance(error, ClientError):
        return _client(error, language)
    key, values = _phrase(error)
    return say(key, language, **values)


def _phrase(error: Exception) -> tuple[str, dict[str, object]]:
    """The key of the sentence and what it tells."""
    phrase: tuple[str, dict[str, object]]
    match error:
        case NotDeployedError():
            phrase = "error_not_deployed", {"name": error.name}
        case FileRefusedError():
            phrase = error.reason.value, {}
        case UploadRefusedError():
            phrase = "error_upload_refused", {"code": error.code}
        case StoreBusyError():
            phrase = "error_store_busy", {}
        case NotOneError():
            phrase = error.key, {"given": error.given}
        case NoCredentialsError():
            phrase = "error_no_credentials", {}
        case EndpointConnectionError():
            phrase = "error_unreachable", {"where": error.kwargs["endpoint_url"]}
        case _:
            phrase = "error_aws", {"action": "it", "code": type(error).__name__}
    return phrase


def _function(
    error: FunctionFailedError, language: str, deployed: Deployed | None
) -> str:
    if error.error == "PermitRefusedError" and error.said in set(PermitRefusal):
        return words(PermitRefusal(error.said), language)
    if error.error in PHRASES:
        return say(error.error, language)
    return say(
        "error_function",
        language,
        function=error.function,
        error=error.error or "?",
        log=log_of(error.function, deployed),
    )


def _client(error: ClientError, language: str) -> str:
    code = error.response["Error"]["Code"]
    if code in _BAD_CREDENTIALS:
        return say("error_no_credentials", language)
    key = "error_denied" if code in _DENIED else "error_aws"
    return say(key, language, action=error.operation_name, code=code)


def log_of(function: str, deployed: Deployed | None) -> str:
    """The name of a function's log group."""
    outputs = deployed.outputs if deployed else {}
    return f"/aws/lambda/{outputs.get(f'{function}Function', function)}"
