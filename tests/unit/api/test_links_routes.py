"""Links: told once, to whoever may make them, and taken back for good."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from beeldrecht.domain.access import Role, User
from beeldrecht.domain.ids import new_id
from beeldrecht.domain.links import token_digest
from tests.fakes.http import Answer, answer_to, request
from tests.fakes.samples import ANN, BOB, NOON
from tests.fakes.staff import Staff, as_
from tests.fakes.world import World

EDITS = as_(Role.EDITOR)
MAKERS = [EDITS, as_(Role.PRIVACY_OFFICER)]
OTHERS = [None, as_(), as_(Role.VIEWER), as_(Role.CONTRIBUTOR), as_(Role.ADMINISTRATOR)]
PATH = f"/v1/people/{ANN}/links"


@pytest.fixture
def staff() -> Staff:
    world = World()
    world.know(ANN, BOB)
    return Staff(world)


def revoke(staff: Staff, link_id: str, user: User | None = EDITS) -> Answer:
    return staff.send("DELETE", f"{PATH}/{link_id}", user)


def tags(staff: Staff) -> list[str]:
    return [entry.tag for entry in staff.world.audit.entries(ANN)]


@pytest.mark.parametrize("user", MAKERS)
def test_a_link_leads_to_the_site_with_its_token_in_the_fragment(
    staff: Staff, user: User
) -> None:
    answer = staff.post(PATH, user, {})
    assert answer.status == 201
    url = urlsplit(answer.json["url"])
    assert (url.scheme, url.netloc) == ("https", "beeld.example.org")
    assert (url.path, url.query) == ("/own-page", "")
    assert re.fullmatch(r"[A-Za-z0-9_-]{43}", url.fragment)
    (digest,) = staff.services.links.links
    assert digest == token_digest(url.fragment)
    link = staff.services.links.links[digest]
    assert (link.subject_id, link.created_by) == (ANN, user.user_id)
    assert link.expires_at == NOON + timedelta(days=30)
    assert answer.headers["Cache-Control"] == "no-store"


def test_r16_the_token_is_neither_on_record_nor_in_the_logs(
    staff: Staff, capsys: pytest.CaptureFixture[str]
) -> None:
    token = urlsplit(staff.post(PATH, EDITS, {}).json["url"]).fragment
    (entry,) = staff.world.audit.entries(ANN)
    assert (entry.tag, entry.actor) == ("api:link:create", EDITS.user_id)
    kept = f"{staff.services.links.links}{entry}{capsys.readouterr()}"
    assert token not in kept
    assert token_digest(token) not in f"{entry}"


def test_every_link_is_another_one(staff: Staff) -> None:
    urls = {staff.post(PATH, EDITS, {}).json["url"] for _ in range(3)}
    assert len(urls) == 3


@pytest.mark.parametrize("header", ["host", "x-forwarded-host", "origin", "forwarded"])
def test_a_header_never_says_where_a_link_leads(staff: Staff, header: str) -> None:
    event = request("POST", PATH, user=EDITS, body={}, headers={header: "evil.example"})
    event["requestContext"]["domainName"] = "evil.example"
    answer = answer_to(staff.api, event)
    assert answer.status == 201
    assert "evil" not in answer.text


@pytest.mark.parametrize("user", OTHERS)
def test_for_others_somebody_and_nobody_are_the_same(
    staff: Staff, user: User | None
) -> None:
    link_id = staff.post(PATH, EDITS, {}).json["link_id"]
    there = staff.post(PATH, user, {})
    nowhere = staff.post(f"/v1/people/{new_id()}/links", user, {})
    assert (there.status, there.text) == (nowhere.status, nowhere.text)
    assert there.status == (401 if user is None else 404)
    one, none = revoke(staff, link_id, user), revoke(staff, new_id(), user)
    assert (
        (one.status, one.text)
        == (none.status, none.text)
        == (
            there.status,
            there.text,
        )
    )
    assert tags(staff) == ["api:link:create"]


def test_a_link_for_nobody_is_not_made(staff: Staff) -> None:
    answer = staff.post(f"/v1/people/{new_id()}/links", EDITS, {})
    assert answer.status == 404
    assert staff.services.links.links == {}


@pytest.mark.parametrize("body", [{"purpose": "other"}, {"x": 1}, {"purpose": None}])
def test_a_link_for_nothing_we_know_is_refused(
    staff: Staff, body: dict[str, object]
) -> None:
    assert staff.post(PATH, EDITS, body).status == 422
    assert staff.services.links.links == {}


def test_a_link_is_taken_back_and_again_changes_nothing(staff: Staff) -> None:
    made = staff.post(PATH, EDITS, {}).json
    digest = token_digest(urlsplit(made["url"]).fragment)
    assert staff.services.links.live(digest, NOON) is not None
    for _ in range(2):
        answer = revoke(staff, made["link_id"])
        assert answer.status == 200
        assert answer.json == {"link_id": made["link_id"], "state": "revoked"}
    assert staff.services.links.live(digest, NOON) is None
    assert tags(staff) == ["api:link:create", "api:link:revoke"]


def test_a_link_is_taken_back_under_its_own_person_alone(staff: Staff) -> None:
    made = staff.post(PATH, EDITS, {}).json
    path = f"/v1/people/{BOB}/links/{made['link_id']}"
    assert staff.send("DELETE", path, EDITS).status == 404
    assert revoke(staff, new_id()).status == 404
    assert tags(staff) == ["api:link:create"]
