"""The page of whoever received a picture and is asked to remove it (R12)."""

from datetime import timedelta
from typing import Any

import pytest

from beeldrecht.domain.ids import new_id
from beeldrecht.domain.links import LinkPurpose
from beeldrecht.domain.recalls import (
    Recall,
    RecallState,
    asking,
    called_back_for_erasure,
)
from beeldrecht.domain.retention import RetentionKind, RetentionPolicy
from tests.fakes.forms import Asking, entry
from tests.fakes.http import Answer
from tests.fakes.recipients import copy
from tests.fakes.samples import EDITOR, NOON, PICTURE, UPLOADER
from tests.fakes.scenes import released
from tests.fakes.world import World

DAY = timedelta(days=1)


class Recalled:
    """An editor who received a picture is asked to remove it."""

    def __init__(self, world: World | None = None) -> None:
        self.asking = Asking(released() if world is None else world)
        self.recalls = self.asking.services.recalls
        self.recall = self.open()
        self.token = self.link()

    def open(self, recipient_id: str = EDITOR, **more: Any) -> Recall:
        """Another recall."""
        given = [copy(recipient_id=recipient_id, **more)]
        [made] = called_back_for_erasure(new_id(), given, None, (), NOON)
        assert self.recalls.open(made, asking(made, NOON), entry(made.recall_id))
        return made

    def link(self, recipient_id: str = EDITOR, about: str | None = None) -> str:
        """The link of the mail that asks."""
        return self.asking.subject.link(
            recipient_id,
            purpose=LinkPurpose.RECALL,
            about=about or self.recall.recall_id,
            ends=NOON + timedelta(days=9000),
        )

    def ask(self, said: Any = None, token: str | None = None) -> Answer:
        """Open the page, or answer."""
        return self.asking.subject.ask(
            "recall", token or self.token, {} if said is None else said, language="en"
        )

    def states(self) -> dict[str, RecallState]:
        """How each recall stands."""
        return {each.recall_id: each.state for each in self.recalls.recalls.values()}

    def tags(self) -> list[str]:
        """What is on record of the picture."""
        return [
            each.tag
            for each in self.asking.world.audit.entries(PICTURE)
            if each.tag.startswith("api:recall")
        ]


@pytest.fixture
def recalled() -> Recalled:
    return Recalled()


def test_r12_whoever_is_asked_sees_what_and_not_why(recalled: Recalled) -> None:
    told = recalled.ask()
    assert told.status == 200
    assert told.json == {
        "asset_id": PICTURE,
        "file_name": "zomerfeest-012.jpg",
        "channels": [{"id": "website", "words": told.json["channels"][0]["words"]}],
        "asked_at": told.json["asked_at"],
        "state": {
            "id": "recall_open",
            "words": "Asked to remove it; no answer yet.",
        },
        "removed_at": None,
        "link_ends_at": told.json["link_ends_at"],
    }
    assert "eras" not in told.text
    assert EDITOR not in told.text


def test_r12_to_look_changes_nothing_and_is_on_record(recalled: Recalled) -> None:
    recalled.ask()
    recalled.ask({"removed": False})
    assert recalled.states() == {recalled.recall.recall_id: RecallState.OPEN}
    assert recalled.tags() == ["api:recall:read", "api:recall:read"]


def test_r12_that_it_is_removed_is_said_once_and_stands(recalled: Recalled) -> None:
    recalled.asking.world.at = NOON + DAY
    told = recalled.ask({"removed": True})
    assert told.json["state"]["id"] == "recall_removed"
    recalled.asking.world.at = NOON + 2 * DAY
    again = recalled.ask({"removed": True})
    assert again.json == told.json
    assert recalled.tags() == ["api:recall:acknowledge"]
    found = recalled.recalls.get(recalled.recall.recall_id, NOON)
    assert found is not None
    assert (found.acknowledged_at, found.acknowledged_by) == (NOON + DAY, None)
    assert found.next_at is None
    [entry_] = [
        each
        for each in recalled.asking.world.audit.entries(PICTURE)
        if each.tag == "api:recall:acknowledge"
    ]
    [link] = recalled.asking.services.links.links.values()
    assert entry_.actor == link.link_id


def test_what_else_they_were_asked_of_that_picture_is_done_with_it(
    recalled: Recalled,
) -> None:
    same = recalled.open()
    others = recalled.open(UPLOADER)
    elsewhere = recalled.open(asset_id=new_id())
    recalled.ask({"removed": True})
    assert recalled.states() == {
        recalled.recall.recall_id: RecallState.REMOVED,
        same.recall_id: RecallState.REMOVED,
        others.recall_id: RecallState.OPEN,
        elsewhere.recall_id: RecallState.OPEN,
    }


def test_of_a_picture_that_is_gone_there_is_no_name_any_more() -> None:
    recalled = Recalled(World())
    assert recalled.ask().json["file_name"] is None
    assert recalled.ask({"removed": True}).json["state"]["id"] == "recall_removed"


@pytest.mark.parametrize("said", [{"removed": "perhaps"}, {"gone": True}, [], "yes"])
def test_what_is_not_understood_changes_nothing(recalled: Recalled, said: Any) -> None:
    assert recalled.ask(said).status == 422
    assert recalled.states() == {recalled.recall.recall_id: RecallState.OPEN}


def test_a_link_to_something_else_opens_nothing(recalled: Recalled) -> None:
    theirs = recalled.open(UPLOADER)
    for token in (
        recalled.link(about=new_id()),
        recalled.link(EDITOR, about=theirs.recall_id),
        recalled.asking.own_page(),
    ):
        told = recalled.ask({"removed": True}, token)
        assert (told.status, told.json["code"]) == (404, "link_not_valid")
    assert set(recalled.states().values()) == {RecallState.OPEN}


def test_a_recall_that_is_kept_no_longer_is_not_shown(recalled: Recalled) -> None:
    end = RetentionPolicy().ends(RetentionKind.DISCLOSURES, NOON)
    assert end is not None
    recalled.asking.world.at = end
    assert recalled.ask().status == 404


def test_a_recall_link_opens_nothing_of_anybody(recalled: Recalled) -> None:
    for route in ("page", "withdraw", "object", "ask", "document"):
        told = recalled.asking.subject.ask(route, recalled.token, {"all": True})
        assert told.status in {404, 422}, route
