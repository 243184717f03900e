"""An operator renews the secret of templates: page by page, and once more later."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from cli.commands import DONE, NOT_DONE
from tests.fakes.samples import ANN, EDITOR, NOON
from tests.fakes.world import World
from tests.unit.cli.desks import Office

LATER = NOON + timedelta(minutes=15)
WALK = {"began": NOON.isoformat(), "after": ANN, "renewed": 3}


def office(*answers: Mapping[str, Any]) -> tuple[Office, list[Mapping[str, Any]]]:
    """A desk of an operator whose function answers this, one by one; and its calls."""
    here, waiting = Office(World()), list(answers)
    calls: list[Mapping[str, Any]] = []

    def invoke(function: str, event: Mapping[str, Any]) -> Mapping[str, Any]:
        assert function == "RenewTemplates"
        calls.append(dict(event))
        return {"walk": None, "whole_from": None, **waiting.pop(0)}

    here.desk.deployed.__dict__.update(invoke=invoke, actor_id=EDITOR)
    return here, calls


def test_a_walk_is_carried_along_and_the_rest_is_for_later() -> None:
    here, calls = office(
        {"outcome": "more", "renewed": 3, "walk": WALK},
        {"outcome": "again", "renewed": 5, "whole_from": LATER.isoformat()},
    )
    assert here.run("templates", "renew") == NOT_DONE
    assert [call["walk"] for call in calls] == [None, WALK]
    assert {call["actor_id"] for call in calls} == {EDITOR}
    assert "3 templates turned so far" in here.said
    assert "Type the same again after" in here.said


def test_after_the_grace_it_walks_once_more_and_the_old_secret_is_gone() -> None:
    here, calls = office(
        {"outcome": "again", "renewed": 1, "whole_from": NOON.isoformat()},
        {"outcome": "done", "renewed": 0},
    )
    assert here.run("templates", "renew") == DONE
    assert [call["walk"] for call in calls] == [None, None]
    assert "the old one is destroyed" in here.said
