"""What can be asked of a search and is shown of it, as the API says it."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any

import pytest

from beeldrecht.domain.access import Role, User
from beeldrecht.domain.channels import Channel
from beeldrecht.domain.collections import Collection
from beeldrecht.domain.consent import Withdrawal
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.search import SearchHit, SearchPage, SearchPlace
from beeldrecht.runtime.logs import logger
from library.search_library.app import MOST_SAVED, build
from tests.fakes.claims import FakeClaims
from tests.fakes.collections import FakeCollections
from tests.fakes.http import Answer, call
from tests.fakes.samples import ANN, NOON, PICTURE, face_id, grant
from tests.fakes.searching import FakeIndex, FakeSearches
from tests.fakes.staff import as_
from tests.fakes.world import World

EDITS, VIEWS = as_(Role.EDITOR), as_(Role.VIEWER)
SECRET = derived_id("secret")
KEY = {"Idempotency-Key": "0123456789abcdef"}
ORDER = {"title": "Feesten", "asked": {"q": "feest", "order": "order_newest"}}


class Desk:
    """The API over a library in memory."""

    def __init__(self) -> None:
        self.world = World()
        self.library, self.register = self.world.library, self.world.register
        self.bases = self.world.bases
        self.collections = FakeCollections(self.world.audit)
        self.index: Any = FakeIndex(self.library, self.collections, self.now)
        self.searches = FakeSearches()
        self.claims = FakeClaims()
        self._ids = count()
        self.api = build(self, logger("search_library"))

    def now(self) -> Any:
        return self.world.at

    def new_id(self) -> str:
        return derived_id("made", str(next(self._ids)))

    def get(self, user: User = EDITS, **query: str) -> Answer:
        return call(self.api, "GET", "/v1/search", user=user, query=query)

    def found(self, user: User = EDITS, **query: str) -> list[str]:
        answer = self.get(user, **query)
        assert answer.status == 200, answer.text
        return [each["asset_id"] for each in answer.json["items"]]


@pytest.fixture
def desk() -> Desk:
    """Ann is in the one picture, which is released for what she agreed to."""
    made = Desk()
    made.world.know(ANN)
    made.world.sign(grant())
    made.world.announce()
    made.world.upload()
    made.world.receive()
    made.world.detect()
    made.world.answer(face_id())
    made.world.check()
    made.world.release(Channel.WEBSITE)
    return made


def test_a_picture_is_found_with_its_counts_and_by_who_is_in_it(desk: Desk) -> None:
    told = desk.get().json
    assert [each["asset_id"] for each in told["items"]] == [PICTURE]
    assert told["total"] == 1
    assert told["items"][0]["leaves"] == {"website": "clear"}
    assert told["items"][0]["leaves_until"] is not None
    [people] = [f for f in told["facets"] if f["facet"] == "facet_person"]
    assert people == {
        "facet": "facet_person",
        "words": "Person.",
        "values": [{"value": ANN, "count": 1}],
    }
    assert told["cursor"] is None
    assert desk.found(person=ANN) == [PICTURE]
    assert desk.found(person=SECRET) == []
    assert desk.found(q="nothing") == []


def test_a_list_claims_nothing_of_a_decision_that_is_over(desk: Desk) -> None:
    [found] = desk.get().json["items"]
    desk.world.at = datetime.fromisoformat(found["leaves_until"])
    [found] = desk.get().json["items"]
    assert (found["leaves"], found["leaves_until"]) == (None, None)


def test_who_may_not_know_of_people_neither_asks_for_them_nor_counts_them(
    desk: Desk,
) -> None:
    told = desk.get(VIEWS).json
    assert told["total"] == 1
    assert "facet_person" not in [each["facet"] for each in told["facets"]]
    assert desk.get(VIEWS, person=ANN).status == 403
    assert desk.get(as_(Role.ADMINISTRATOR)).status == 403


def test_what_was_taken_back_a_moment_ago_is_not_shown_whatever_the_index_says(
    desk: Desk,
) -> None:
    record = desk.library.rows[PICTURE].record
    stale = SearchPage(
        (SearchHit(PICTURE, SearchPlace(0, 1, PICTURE)),), more=False, total=1, counts={}
    )

    class Stale:
        """An index that has not heard of anything yet."""

        @staticmethod
        def search(*_given: Any) -> SearchPage:
            return stale

    desk.index = Stale()
    assert desk.found(VIEWS) == [PICTURE]
    secret = Collection(SECRET, "Secret", restricted=True, members={}, revision=1)
    desk.collections.add(secret, NOON)
    desk.library.collect(record, frozenset({SECRET}))
    told = desk.get().json
    assert (told["items"], told["total"]) == ([], 0)
    desk.library.collect(desk.library.rows[PICTURE].record, frozenset())
    given = grant()
    desk.register.withdraw(Withdrawal(derived_id("w"), given.grant_id, ANN, NOON))
    assert desk.found() == [PICTURE]
    told = desk.get(VIEWS).json
    assert (told["items"], told["total"]) == ([], 0)
    del desk.library.rows[PICTURE]
    told = desk.get().json
    assert (told["items"], told["total"]) == ([], 0)


@pytest.mark.parametrize(
    "query",
    [
        {"person": "a b"},
        {"order": "sideways"},
        {"ends_within": "0"},
        {"taken_from": "yesterday"},
        {"limit": "1000"},
        {"q": "x" * 201},
    ],
)
def test_what_cannot_be_asked_is_refused(desk: Desk, query: dict[str, Any]) -> None:
    assert desk.get(**query).status == 422


def test_a_cursor_leads_on_in_its_own_search_alone(desk: Desk) -> None:
    other = derived_id("another")
    desk.world.announce(other)
    first = desk.get(limit="1").json
    second = desk.get(limit="1", cursor=first["cursor"]).json
    seen = {first["items"][0]["asset_id"], second["items"][0]["asset_id"]}
    assert seen == {PICTURE, other}
    assert (second["total"], second["facets"]) == (None, None)
    assert desk.get(q="another", cursor=first["cursor"]).status == 400
    assert desk.get(cursor="nonsense").status == 400


def test_a_search_is_kept_by_its_user_once_and_until_they_drop_it(desk: Desk) -> None:
    def send(method: str, path: str, user: User = EDITS, **sent: Any) -> Answer:
        return call(desk.api, method, path, user=user, **sent)

    made = send("POST", "/v1/saved-searches", body=ORDER, headers=KEY)
    assert made.status == 201
    again = send("POST", "/v1/saved-searches", body=ORDER, headers=KEY)
    assert again.json == made.json
    assert made.json["asked"]["q"] == "feest"
    listed = send("GET", "/v1/saved-searches").json["items"]
    assert listed == [made.json]
    assert send("GET", "/v1/saved-searches", VIEWS).json == {"items": []}
    path = f"/v1/saved-searches/{made.json['search_id']}"
    assert send("DELETE", path, VIEWS).status == 404
    assert send("DELETE", path).json == {"items": []}
    assert send("DELETE", path).status == 404
    for number in range(MOST_SAVED):
        key = {"Idempotency-Key": f"{number:016}"}
        desk.world.at += timedelta(seconds=1)
        sent = send("POST", "/v1/saved-searches", body=ORDER, headers=key)
        assert sent.status == 201
    more = {"Idempotency-Key": "f" * 16}
    assert send("POST", "/v1/saved-searches", body=ORDER, headers=more).status == 409


def test_r11_nobody_keeps_a_search_for_who_is_not_on_record(desk: Desk) -> None:
    def kept(person_id: str, key: str, user: User = EDITS) -> Answer:
        order = {"title": "Looked for", "asked": {"person": person_id}}
        headers = {"Idempotency-Key": key * 16}
        path = "/v1/saved-searches"
        return call(desk.api, "POST", path, user=user, body=order, headers=headers)

    assert kept(ANN, "a").status == 201
    assert kept(SECRET, "b").status == 404
    assert kept(f"{ANN},{SECRET}", "d").status == 404
    # Whoever may not know of people is not told who is on record.
    told = {kept(each, "c", VIEWS).status for each in (ANN, SECRET)}
    assert told == {403}
    listed = call(desk.api, "GET", "/v1/saved-searches", user=EDITS).json["items"]
    assert [each["asked"]["person"] for each in listed] == [ANN]
