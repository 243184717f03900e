"""The page on calling the API: its examples run, and what it names exists."""

import re
import shlex
from pathlib import Path

import pytest

from beeldrecht.domain.problems import Problem
from beeldrecht.runtime.http.bodies import MAX_BYTES
from beeldrecht.runtime.http.conditions import etag
from beeldrecht.runtime.http.paging import DEFAULT_LIMIT, MAX_LIMIT
from beeldrecht.runtime.http.problems import status_of
from tests.fakes.asked import STANDARD
from tests.fakes.http import Answer, call
from tests.fakes.samples import ANN, PICTURE, face_id
from tests.unit.api.whole import EVERY_ROLE, Whole

PAGE = (Path(__file__).parents[3] / "docs/api/README.md").read_text()
COMMANDS = [
    command
    for block in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)
    for command in re.sub(r"(\\|,)\n\s*", r"\1", block).replace("\\", "").splitlines()
    if command.startswith("curl ")
]


def run(whole: Whole, command: str) -> Answer:
    """What curl would send, sent to the API in this process."""
    told = {
        "API": "",
        "TOKEN": "token",
        "ASSET": PICTURE,
        "FACE": face_id(0),
        "PERSON": ANN,
        "WORDING": STANDARD,
        "KEY": "0123456789abcdef",
        "SHA256": "ab" * 32,
        "ETAG": etag(whole.world.record().revision).replace('"', '\\"'),
    }
    words = shlex.split(re.sub(r"\$(\w+)", lambda match: told[match[1]], command))
    method, headers, body, address = "GET", {}, None, ""
    rest = iter(words[1:])
    for word in rest:
        if word == "-X":
            method = next(rest)
        elif word == "-H":
            name, _, value = next(rest).partition(": ")
            headers[name] = value
        elif word == "--data":
            body = next(rest)
        else:
            address = word
    assert headers.pop("Authorization") == "Bearer token"
    path, _, query = address.partition("?")
    asked = dict(pair.split("=") for pair in query.split("&") if pair)
    return call(
        whole.api(path),
        method,
        path,
        user=EVERY_ROLE,
        body=body,
        query=asked,
        headers=headers,
    )


def test_there_are_examples_of_every_kind() -> None:
    assert len(COMMANDS) == 10


@pytest.mark.parametrize("command", COMMANDS)
def test_an_example_works(command: str) -> None:
    answer = run(Whole(), command)
    assert answer.status in {200, 201}, answer.text


def test_the_numbers_and_statuses_are_those_of_the_code() -> None:
    assert f"({DEFAULT_LIMIT} unless you say, {MAX_LIMIT} at most)" in PAGE
    assert f"more than {MAX_BYTES // 1024} KiB" in PAGE
    told = {int(each) for each in re.findall(r"\b([45]\d\d)\b", PAGE)}
    assert told == {int(status_of(problem)) for problem in Problem}
