"""Every failure as one sentence that says what to do."""

from collections.abc import Callable, Mapping
from typing import Any

from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    EndpointConnectionError,
    NoCredentialsError,
)
from pynamodb.exceptions import PynamoDBException

from beeldrecht.adapters.errors import UserExistsError
from beeldrecht.domain.channels import Verdict
from beeldrecht.domain.decisions import Finding, FindingId
from beeldrecht.domain.provenance import NoStatementError
from cli.api import OddAnswerError, ProblemError
from cli.audit_copies import NoCopyError
from cli.buckets import BucketRefusedError
from cli.certificates import NoCertificateError, NoKeyError
from cli.choosing import NotOneError
from cli.demo_users import NoDemoUserError, NoLocalCloudError
from cli.fetching import DownloadRefusedError, FileThereError, NoPlaceError
from cli.files import FileRefusedError
from cli.lists import ListRefusedError
from cli.loopback import NobodyCameError, PortTakenError
from cli.place import NoAddressError, NoLibraryError
from cli.proof_results import NoResultsError
from cli.replaying import StillThereError
from cli.restoring import (
    LiveTableRestoredError,
    NotACopyError,
    NotReplayedError,
    NotRestorableError,
)
from cli.sending import StoreBusyError, UploadRefusedError
from cli.session import SignedOutError, SignInFailedError
from cli.sign_in import PORT
from cli.stack import NotDeployedError
from cli.users import AdministratorThereError
from cli.web import UnreachableError, UnsafeAddressError
from cli.words import say

type Phrasing = tuple[str, Mapping[str, object]]
"""The key of a phrase, and what it tells."""

_DENIED = frozenset({"AccessDenied", "AccessDeniedException", "UnauthorizedOperation"})
_BAD_CREDENTIALS = frozenset(
    {"ExpiredToken", "InvalidClientTokenId", "UnrecognizedClientException"}
)
_KNOWN_BETTER = {
    "not_signed_in": "error_session_ended",
    "sign_in_again": "error_sign_in_again",
    "not_releasable": "error_not_releasable",
    "not_cleared": "error_not_cleared",
    "masked_version_not_seen": "error_mask_not_seen",
    "invalid_request": "error_not_of_the_form",
}
"""Problems for which the command knows better than the API what to type."""


def _problem(error: ProblemError) -> Phrasing:
    channels = ", ".join(map(str, error.more.get("channels", ())))
    told = {"why": _reasons(error), "channels": channels, "places": _places(error)}
    return _KNOWN_BETTER[error.code], told


def _places(error: ProblemError) -> str:
    """Each field that is not as it has to be, with the rule that it breaks."""
    wrong = error.more.get("errors", ())
    return "; ".join(f"{each['where'][-1]}: {each['rule']}" for each in wrong)


def _reasons(error: ProblemError) -> str:
    """What is found against it, each reason once, as far as the caller is told.

    What takes something away goes before what is only still to be done.
    """
    told = [each for each in error.more.get("findings", ()) if each["id"] not in _FOR_IT]
    against = [each for each in told if _takes_away(each["id"])] or told
    return " ".join(dict.fromkeys(str(each["words"]) for each in against))


_FOR_IT = frozenset({FindingId.GRANT_IN_FORCE, FindingId.FACE_NOT_RECOGNISABLE})


def _takes_away(finding_id: str) -> bool:
    known = finding_id in set(FindingId)
    return not known or Finding(FindingId(finding_id)).verdict is not Verdict.CLEAR


def _client(error: ClientError) -> Phrasing:
    code = error.response["Error"]["Code"]
    if code in _BAD_CREDENTIALS:
        return "error_no_credentials", {}
    key = "error_denied" if code in _DENIED else "error_aws"
    return key, {"action": error.operation_name, "code": code}


_TOLD: Mapping[type[Exception], Callable[[Any], Phrasing]] = {
    # between a person and the library
    ProblemError: _problem,
    OddAnswerError: lambda e: ("error_odd_answer", {"status": e.status}),
    UnreachableError: lambda e: ("error_unanswered", {"where": e.where}),
    SignedOutError: lambda e: (f"error_{e.reason}", {}),
    SignInFailedError: lambda e: ("error_sign_in_failed", {"code": e.code}),
    NoAddressError: lambda _: ("error_no_address", {}),
    NoLibraryError: lambda e: ("error_no_library", {"where": e.where}),
    UnsafeAddressError: lambda e: ("error_unsafe_address", {"where": e.where}),
    PortTakenError: lambda _: ("error_port_taken", {"port": PORT}),
    NobodyCameError: lambda _: ("error_nobody_came", {}),
    NoDemoUserError: lambda e: (
        "error_no_such_demo_user",
        {"given": e.given, "known": ", ".join(e.known)},
    ),
    NoLocalCloudError: lambda _: ("error_no_local_cloud", {}),
    AdministratorThereError: lambda _: ("error_administrator_there", {}),
    UserExistsError: lambda _: ("error_user_exists", {}),
    NotOneError: lambda e: (e.key, {"given": e.given}),
    FileRefusedError: lambda e: (e.reason.value, {}),
    BucketRefusedError: lambda e: (e.key, e.values),
    ListRefusedError: lambda e: (e.key, {"name": e.path.name, "row": e.row}),
    UploadRefusedError: lambda e: ("error_upload_refused", {"code": e.code}),
    StoreBusyError: lambda _: ("error_store_busy", {}),
    NoCopyError: lambda e: ("error_no_copy", {"path": e.path}),
    FileThereError: lambda e: ("error_file_there", {"name": e.path.name}),
    NoPlaceError: lambda e: ("error_no_place", {"name": e.path.name}),
    DownloadRefusedError: lambda e: ("error_not_for_download", {"status": e.status}),
    NoCertificateError: lambda e: ("error_no_certificate", {"name": e.path.name}),
    NoStatementError: lambda _: ("error_no_statement", {}),
    NoKeyError: lambda e: ("error_no_key", {"name": e.path.name}),
    # of an operator with credentials of the account
    NotReplayedError: lambda e: ("error_not_replayed", {"table": e}),
    NotACopyError: lambda e: ("error_not_a_copy", {"table": e}),
    LiveTableRestoredError: lambda e: ("error_live_restored", {"table": e}),
    NotRestorableError: lambda e: ("error_not_restorable", {"code": e}),
    StillThereError: lambda e: ("error_still_there", {"table": e}),
    NoResultsError: lambda e: ("error_no_results", {"path": e.path}),
    NotDeployedError: lambda e: ("error_not_deployed", {"name": e.name}),
    NoCredentialsError: lambda _: ("error_no_credentials", {}),
    EndpointConnectionError: lambda e: (
        "error_unreachable",
        {"where": e.kwargs["endpoint_url"]},
    ),
    ClientError: _client,
    BotoCoreError: lambda e: ("error_aws", {"action": "it", "code": type(e).__name__}),
    PynamoDBException: lambda e: (
        "error_aws",
        {"action": "it", "code": type(e).__name__},
    ),
}
KNOWN = tuple(_TOLD)
"""What `sentence` has words for; anything else is a fault of ours and keeps its trace."""


def sentence(error: Exception, language: str) -> str:
    """What is wrong and what to do about it."""
    if isinstance(error, ProblemError) and error.code not in _KNOWN_BETTER:
        # The API's own sentence, in the language that it was asked in.
        return error.detail or say("error_odd_answer", language, status=error.status)
    kind = next(kind for kind in type(error).__mro__ if kind in _TOLD)
    key, values = _TOLD[kind](error)
    return say(key, language, **values).strip()


def log_of(function: str, outputs: Mapping[str, str]) -> str:
    """The name of a function's log group."""
    return f"/aws/lambda/{outputs.get(f'{function}Function', function)}"
