"""Each failure is one sentence that says what to do."""

from pathlib import Path

import pytest
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    EndpointConnectionError,
    NoCredentialsError,
)
from pynamodb.exceptions import PynamoDBException, QueryError

from beeldrecht.adapters.errors import UserExistsError
from beeldrecht.domain.provenance import NoStatementError
from cli.api import OddAnswerError, ProblemError
from cli.audit_copies import NoCopyError
from cli.buckets import BucketRefusedError
from cli.certificates import NoCertificateError, NoKeyError
from cli.choosing import NotOneError, asset, person
from cli.demo_users import NoDemoUserError, NoLocalCloudError
from cli.failures import KNOWN, log_of, sentence
from cli.fetching import DownloadRefusedError, FileThereError, NoPlaceError
from cli.files import FileRefusal, FileRefusedError
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
from cli.session import SignedOut, SignedOutError, SignInFailedError
from cli.stack import NotDeployedError
from cli.users import AdministratorThereError
from cli.web import UnreachableError, UnsafeAddressError


def refused_by_aws(code: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": "secret"}}, "DescribeStacks")


FAILURES = [
    (NotDeployedError("Beeldrecht"), "make demo"),
    (ProblemError(403, "not_allowed", "Ask an administrator."), "Ask an administrator."),
    (ProblemError(403, "sign_in_again", "Sign in again."), "python -m cli login"),
    (ProblemError(401, "not_signed_in", "Sign in first."), "python -m cli login"),
    (
        ProblemError(
            400,
            "invalid_request",
            "Mend what `errors` names.",
            {"errors": [{"where": ["body", "asked_day"], "rule": "date_in_the_past"}]},
        ),
        "asked_day: date_in_the_past",
    ),
    (
        ProblemError(
            409,
            "not_releasable",
            "See `findings`.",
            {
                "findings": [
                    {"id": "grant_in_force", "words": "Agrees."},
                    {"id": "no_grant", "words": "Has agreed to nothing."},
                    {"id": "no_grant", "words": "Has agreed to nothing."},
                    {"id": "new_since", "words": "Something new."},
                ]
            },
        ),
        "be released now. Has agreed to nothing. Something new.",
    ),
    (ProblemError(409, "not_cleared", "See `findings`."), "may not be used for that"),
    (ProblemError(418, "new", ""), "status 418"),
    (OddAnswerError(500), "status 500"),
    (UnreachableError("https://x", begun=True), "Nothing answers at https://x"),
    (SignedOutError(SignedOut.NEVER), "You are not signed in"),
    (SignedOutError(SignedOut.ENDED), "Your session has ended"),
    (SignInFailedError("access_denied"), "access_denied"),
    (NoAddressError(), "--at https://"),
    (NoLibraryError("https://x"), "no library at https://x"),
    (UnsafeAddressError("http://x"), "http://x is not encrypted"),
    (PortTakenError(), "port 8765"),
    (NobodyCameError(), "within five minutes"),
    (NoDemoUserError("bob"), "choose from viewer, contributor"),
    (NoLocalCloudError(), "make demo"),
    (DownloadRefusedError(403), "status 403"),
    (NoCopyError(Path("/there/log.jsonl")), "no copy of the audit log at /there/log"),
    (FileThereError(Path("/there/photo.jpg")), "something called photo.jpg already"),
    (NoPlaceError(Path("/there/photo.jpg")), "photo.jpg cannot be written"),
    (FileRefusedError(Path("a"), FileRefusal.EMPTY), "empty"),
    (BucketRefusedError("import_no_bucket", bucket="old-pictures"), "old-pictures"),
    (ListRefusedError("error_list_row", Path("/there/people.csv"), 3), "Row 3 of people"),
    (UploadRefusedError("EntityTooLarge"), "EntityTooLarge"),
    (StoreBusyError(), "try again"),
    (AdministratorThereError(), "administers the users already"),
    (UserExistsError(), "has an account"),
    (NotOneError("error_ambiguous", "ab"), "More than one fits ab"),
    (NoCertificateError(Path("/there/proof.pdf")), "no file proof.pdf to check"),
    (NoKeyError(Path("/there/key.pem")), "key.pem holds no public key"),
    (NoStatementError("fair.jpg"), "says nothing of a decision"),
    (NotReplayedError("Copy"), "restore replay Copy"),
    (NotACopyError("Copy"), "Copy is no table that was restored"),
    (LiveTableRestoredError("Live"), "The live table Live does not show"),
    (NotRestorableError("Bad"), "no backup of that instant: Bad"),
    (StillThereError("Copy"), "is still in Copy"),
    (NoResultsError(Path("/there/tests.json")), "run `make test` first"),
    (NoCredentialsError(), "AWS_PROFILE"),
    (EndpointConnectionError(endpoint_url="http://localhost:1"), "http://localhost:1"),
    (refused_by_aws("AccessDenied"), "ask whoever manages access"),
    (refused_by_aws("ExpiredToken"), "AWS_PROFILE"),
    (refused_by_aws("SomethingElse"), "SomethingElse"),
    (QueryError("secret"), "QueryError"),
]


@pytest.mark.parametrize(("error", "said"), FAILURES)
@pytest.mark.parametrize("language", ["en", "nl"])
def test_a_failure_is_one_sentence(error: Exception, said: str, language: str) -> None:
    assert isinstance(error, KNOWN)
    words = sentence(error, language)
    assert "\n" not in words
    assert "secret" not in words
    if language == "en":
        assert said in words


def test_an_id_is_found_by_its_beginning_only_when_it_is_the_only_one() -> None:
    known = ["ab" + "0" * 30, "ac" + "0" * 30]
    assert asset("AB", known) == known[0]
    assert asset("f" * 32, known) == "f" * 32
    for given, key in (("a", "error_ambiguous"), ("x", "error_unknown_asset")):
        with pytest.raises(NotOneError) as refused:
            asset(given, known)
        assert refused.value.key == key
    with pytest.raises(NotOneError):
        asset("", known)


def test_two_people_of_one_name_are_told_apart_by_id() -> None:
    names = {"a" * 32: "Jan Smit", "b" * 32: "Jan Smit", "c" * 32: "Els Smit"}
    assert person("els smit", names) == "c" * 32
    assert person("bb", names) == "b" * 32
    with pytest.raises(NotOneError) as refused:
        person("Jan Smit", names)
    assert refused.value.key == "error_ambiguous"


def test_every_failure_that_has_words_is_tried_here() -> None:
    assert {type(error) for error, _ in FAILURES} | {
        BotoCoreError,
        PynamoDBException,
    } >= {*KNOWN}


def test_an_operator_is_told_the_log_of_a_function() -> None:
    assert log_of("DetectFaces", {"DetectFacesFunction": "x"}) == "/aws/lambda/x"
    assert log_of("DetectFaces", {}) == "/aws/lambda/DetectFaces"
