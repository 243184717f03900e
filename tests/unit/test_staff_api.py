"""The staff API as a whole: what holds for every route, whoever wrote it."""

import json
from pathlib import Path

import pytest

from beeldrecht.domain.access import Role, User
from beeldrecht.domain.ids import check_id
from beeldrecht.runtime.http.api import HEADERS
from tests.fakes.http import answer_to, call, claims_of
from tests.fakes.samples import EDITOR, NOON
from tests.fakes.staff import Staff

EVENT = Path(__file__).parents[2] / "functions/api/staff_api/event.json"


def test_the_sample_event_is_answered_with_who_calls() -> None:
    event = json.loads(EVENT.read_text())
    answered = answer_to(Staff().api, event)
    assert answered.status == 200
    assert check_id(answered.json["user_id"])
    assert answered.json["roles"] == ["editor"]


@pytest.mark.parametrize("role", Role)
def test_everybody_who_signed_in_may_know_who_they_are(role: Role) -> None:
    user = User(EDITOR, frozenset({role}), NOON)
    answer = call(Staff().api, "GET", "/v1/me", user=user)
    assert (answer.status, answer.json["roles"]) == (200, [role])
    assert HEADERS.items() <= answer.headers.items()
    assert claims_of(user)["sub"].count("-") == 4
