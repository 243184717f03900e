"""Each failure is one sentence that says what to do."""

from pathlib import Path

import pytest
from botocore.exceptions import (
    ClientError,
    EndpointConnectionError,
    NoCredentialsError,
)
from pynamodb.exceptions import QueryError

from cli.choosing import NotOneError, asset, person
from cli.failures import KNOWN, sentence
from cli.files import FileRefusal, FileRefusedError
from cli.sending import StoreBusyError, UploadRefusedError
from cli.stack import Deployed, FunctionFailedError, NotDeployedError

DEPLOYED = Deployed("eu-central-1", {"ReleaseAssetFunction": "the-function"})


def refused_by_aws(code: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": "secret"}}, "DescribeStacks")


FAILURES = [
    (NotDeployedError("Beeldrecht"), "make demo"),
    (FunctionFailedError("ReleaseAsset", "NotReleasableError"), "may be released"),
    (FunctionFailedError("ReleaseAsset", "StaleRevisionError"), "try again"),
    (FunctionFailedError("ReleaseAsset", "BrandNewError"), "/aws/lambda/the-function"),
    (FunctionFailedError("Other", ""), "/aws/lambda/Other"),
    (
        FunctionFailedError("EnrolPerson", "PermitRefusedError", "no_biometric_consent"),
        "has not agreed to be recognised",
    ),
    (FunctionFailedError("EnrolPerson", "PermitRefusedError", "new"), "see the log"),
    (FileRefusedError(Path("a"), FileRefusal.EMPTY), "empty"),
    (UploadRefusedError("EntityTooLarge"), "EntityTooLarge"),
    (StoreBusyError(), "try again"),
    (NotOneError("error_ambiguous", "ab"), "More than one fits ab"),
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
    words = sentence(error, language, DEPLOYED)
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
