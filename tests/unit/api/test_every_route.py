"""What holds for every route there is, whoever wrote it: asked of the description."""

import json
from typing import Any

import pytest
from jsonschema_rs import validator_for

from beeldrecht.domain.access import EXISTENCE_PRIVATE, Role, User
from beeldrecht.domain.ids import derived_id
from beeldrecht.runtime.http.api import HEADERS
from beeldrecht.runtime.http.bodies import MAX_BYTES
from tests.fakes.http import Answer
from tests.fakes.staff import as_
from tests.unit.api.whole import BODIES, DOCUMENT, HERE, OPERATIONS, Asked, Whole

EVERY = pytest.mark.parametrize("asked", OPERATIONS, ids=lambda asked: asked.name)
STAFF = [asked for asked in OPERATIONS if asked.path.startswith("/v1")]
OF_STAFF = pytest.mark.parametrize("asked", STAFF, ids=lambda asked: asked.name)
WITH_BODY = pytest.mark.parametrize(
    "asked", [a for a in OPERATIONS if a.takes_body], ids=lambda asked: asked.name
)
NOBODY = as_(user_id=derived_id("test", "nobody"))
QUOTED = "Jan Jansen \U0001f4f7 ﷽"


@pytest.fixture
def whole() -> Whole:
    return Whole()


def is_problem(answer: Answer) -> bool:
    """A refusal in the one shape, with every header of safety."""
    told = json.loads(answer.text)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert told["type"] == f"urn:beeldrecht:problem:{told['code']}"
    assert (told["status"], bool(told["detail"])) == (answer.status, True)
    return HEADERS.items() <= answer.headers.items()


def test_there_is_a_well_formed_body_for_each_that_takes_one() -> None:
    assert BODIES.keys() == {asked.name for asked in OPERATIONS if asked.takes_body}
    for asked in OPERATIONS:
        if asked.takes_body:
            content = asked.described["requestBody"]["content"]["application/json"]
            schema = {**content["schema"], "components": DOCUMENT["components"]}
            assert validator_for(schema).is_valid(BODIES[asked.name]), asked.name


@EVERY
def test_a_well_formed_request_is_answered_as_described(
    whole: Whole, asked: Asked
) -> None:
    answer = whole.ask(asked)
    assert str(answer.status) in asked.described["responses"]
    assert answer.status < 500
    assert HEADERS.items() <= answer.headers.items()


@OF_STAFF
def test_without_a_role_nothing_is_open(whole: Whole, asked: Asked) -> None:
    for user in (None, NOBODY, as_(Role.RECOGNISER)):
        # Who they are, anybody may know.
        if user is None or asked.name != "me":
            closed_to(whole, asked, user)


def closed_to(whole: Whole, asked: Asked, user: User | None) -> None:
    answer = whole.ask(asked, user)
    assert is_problem(answer)
    if user is None:
        assert (answer.status, answer.json["code"]) == (401, "not_signed_in")
    elif asked.operation in EXISTENCE_PRIVATE:
        assert (answer.status, answer.json["code"]) == (404, "not_found")
    else:
        assert answer.status in {403, 404}


@EVERY
def test_a_creation_counts_once_and_says_under_which_key(
    whole: Whole, asked: Asked
) -> None:
    if not asked.needs("Idempotency-Key"):
        creates = {"create_person", "create_collection", "create_user", "request_upload"}
        creates |= {"create_wording", "create_session", "ask_people", "record_basis"}
        assert asked.name not in creates
        return
    for key in (None, "", "short", "é" * 20, "a" * 65, "a b" * 8):
        answer = whole.ask(asked, headers={"Idempotency-Key": key})
        assert is_problem(answer)
        assert (answer.status, answer.json["code"]) == (400, "idempotency_key_required")
    first, second = whole.ask(asked), whole.ask(asked)
    assert first.status == second.status == 201
    assert whole.ask(asked, body=_otherwise(asked)).json["code"] == (
        "idempotency_key_reused"
    )


def _otherwise(asked: Asked) -> dict[str, Any]:
    changed: dict[str, Any] = {
        "title": "Other",
        "name": "Bob",
        "email": "d@example.org",
        "size": 13,
        "watermark": True,
    }
    changed |= dict.fromkeys(
        ("compensation", "photographer", "reference", "details", "description"), "Other"
    )
    changed["add"] = {"keywords": ["market"]}
    body = BODIES[asked.name]
    return {**body, **{key: changed[key] for key in body.keys() & changed.keys()}}


@EVERY
def test_a_conditional_change_says_what_it_is_based_on(
    whole: Whole, asked: Asked
) -> None:
    if not asked.needs("If-Match"):
        return
    bare = whole.ask(asked, headers={"If-Match": None})
    assert is_problem(bare)
    assert (bare.status, bare.json["code"]) == (428, "precondition_required")
    for tag in ("*", '"99"', 'W/"1"', "1", '"x"', '""', '"' + "9" * 400 + '"', '"٣"'):
        answer = whole.ask(asked, headers={"If-Match": tag})
        assert is_problem(answer)
        assert (answer.status, answer.json["code"]) == (412, "changed_meanwhile"), tag


@EVERY
def test_what_cannot_be_an_identifier_is_not_there(whole: Whole, asked: Asked) -> None:
    if "{" not in asked.path:
        return
    missing = whole.ask(asked, path="/v1/nowhere")
    for odd in ("x", "0" * 31, "0" * 33, "A" * 32, "%00" * 8, "..", "é" * 32):
        answer = whole.ask(asked, place=dict.fromkeys(HERE, odd))
        assert is_problem(answer)
        assert (answer.status, answer.text) == (404, missing.text), odd


@EVERY
def test_a_method_that_is_not_there_is_not_found(whole: Whole, asked: Asked) -> None:
    # All of one house, here and below: who is refused changes nothing.
    for method in ("HEAD", "OPTIONS", "PATCH", "TRACE", "DELETE", "PUT"):
        if method.lower() not in DOCUMENT["paths"][asked.path]:
            answer = whole.ask(asked, method=method)
            assert is_problem(answer), method
            assert answer.status == 404, method


MALFORMED: dict[str, str] = {
    "no JSON": QUOTED,
    "half": '{"name": "' + QUOTED,
    "an array": json.dumps([QUOTED]),
    "a word": json.dumps(QUOTED),
    "null": "null",
    "no number": '{"size": NaN}',
    "an endless number": '{"size": Infinity}',
    "a huge number": '{"size": ' + "9" * 5000 + "}",
    "deep": "[" * 30_000,
    "twice": f'{{"name": "{QUOTED}", "name": "{QUOTED}"}}',
    "half a character": '{"name": "\\ud800"}',
}


@WITH_BODY
def test_a_body_that_is_none_is_refused_and_not_quoted(
    whole: Whole, asked: Asked
) -> None:
    for kind, body in MALFORMED.items():
        answer = whole.ask(asked, body=body)
        assert is_problem(answer), kind
        assert (answer.status, answer.json["code"]) == (422, "invalid_request"), kind
        assert "Jansen" not in answer.text, kind


@WITH_BODY
def test_every_field_is_held_to_what_it_is_and_there_are_no_others(
    whole: Whole, asked: Asked
) -> None:
    odd: list[Any] = [None, 10**30, -1, 1.5, True, [], {}, [None], {QUOTED: QUOTED}]
    odd += ["", "\x00", "a" * 50_000, "\u202e" + QUOTED]
    for field in BODIES[asked.name]:
        for value in odd:
            answer = whole.ask(asked, body={**BODIES[asked.name], field: value})
            assert answer.status < 500, (field, value)
            if answer.status >= 400:
                assert is_problem(answer)
                assert "Jansen" not in answer.text, (field, value)
    extra = whole.ask(asked, body={**BODIES[asked.name], QUOTED: 1})
    assert is_problem(extra)
    assert (extra.status, extra.json["code"]) == (422, "invalid_request")
    assert "Jansen" not in extra.text


@WITH_BODY
def test_a_body_is_json_and_no_larger_than_we_read(whole: Whole, asked: Asked) -> None:
    for kind in (
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
    ):
        answer = whole.ask(asked, headers={"Content-Type": kind})
        assert is_problem(answer)
        assert (answer.status, answer.json["code"]) == (415, "media_type_unknown")
    answer = whole.ask(asked, body=json.dumps({"name": "a" * MAX_BYTES}))
    assert is_problem(answer)
    assert (answer.status, answer.json["code"]) == (413, "body_too_large")
    named = {"Content-Type": "application/json; charset=utf-8"}
    assert whole.ask(asked, headers=named).status == Whole().ask(asked).status


@EVERY
def test_a_page_that_is_none_is_refused(whole: Whole, asked: Asked) -> None:
    none = [("limit", "0"), ("limit", "9" * 5000), ("limit", "é"), ("cursor", "\x00")]
    for field, value in none:
        if asked.needs(field):
            answer = whole.ask(asked, query={field: value})
            assert is_problem(answer), value
            assert answer.status in {400, 422}, value


@EVERY
def test_nobody_is_answered_for_the_one_before(whole: Whole, asked: Asked) -> None:
    whole.ask(asked)
    if asked.path.startswith("/v1"):
        assert whole.ask(asked, None).status == 401


def test_an_address_that_is_not_there_says_nothing_else() -> None:
    whole = Whole()
    answers = [
        whole.staff.get(path, user)
        for path in ("/", "/v1", "/v1/", "/v1/assets/", "/v2/assets", "/v1/assets/x/y/z")
        for user in (NOBODY, as_(Role.EDITOR), None)
    ]
    assert {(a.status, a.text) for a in answers} == {(404, answers[0].text)}
