"""Addresses through the API: for whom, for which use, for a minute, on record."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from beeldrecht.domain.access import Role, User
from beeldrecht.domain.collections import Collection
from beeldrecht.domain.consent import Withdrawal
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.intake import RenditionName
from tests.fakes.http import Answer
from tests.fakes.samples import ANN, OTHER, PICTURE, UPLOADER, grant
from tests.fakes.scenes import ready, received, released
from tests.fakes.staff import Staff, as_
from tests.fakes.world import World

EDITOR, VIEWER = as_(Role.EDITOR), as_(Role.VIEWER)
OFFICER, CONTRIBUTOR = as_(Role.PRIVACY_OFFICER), as_(Role.CONTRIBUTOR)
SENDER = as_(Role.CONTRIBUTOR, user_id=UPLOADER)
NOBODY, ADMINISTRATOR = as_(), as_(Role.ADMINISTRATOR)
EVERYBODY = {
    "editor": EDITOR,
    "viewer": VIEWER,
    "officer": OFFICER,
    "contributor": CONTRIBUTOR,
    "sender": SENDER,
    "administrator": ADMINISTRATOR,
    "nobody": NOBODY,
}
HERE = f"/v1/assets/{PICTURE}"
WEBSITE = {"channel": "website"}


def look(staff: Staff, user: User, name: str = "preview", asset_id: str = PICTURE) -> Any:
    return staff.get(f"/v1/assets/{asset_id}/renditions/{name}", user)


def fetch(
    staff: Staff, user: User, body: Any = None, asset_id: str = PICTURE, **sent: Any
) -> Answer:
    path = f"/v1/assets/{asset_id}/downloads"
    return staff.post(path, user, WEBSITE if body is None else body, **sent)


def tags(staff: Staff) -> list[str]:
    entries = staff.world.audit.entries(PICTURE)
    return [e.tag for e in entries if e.tag.startswith("egress:")]


def signed(staff: Staff) -> int:
    return staff.world.effects.names.count("renditions.link")


def all_of(answer: Answer) -> tuple[int, tuple[tuple[str, str], ...], str]:
    return answer.status, tuple(sorted(answer.headers.items())), answer.text


# -- looking ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scene", "lookers"),
    [
        (received, {"editor", "officer", "sender"}),
        (ready, {"editor", "officer", "sender"}),
        (released, {"editor", "officer", "sender", "viewer", "contributor"}),
    ],
)
def test_everybody_looks_at_what_is_theirs_and_is_on_record(
    scene: Callable[[], World], lookers: set[str]
) -> None:
    for name, user in EVERYBODY.items():
        staff = Staff(scene())
        answer = look(staff, user)
        if name in lookers:
            assert answer.status == 200, (name, answer.text)
            assert answer.json["url"].endswith(f"/{PICTURE}/preview?60")
            assert answer.json["file_name"] == "zomerfeest-012-preview.jpg"
            assert answer.headers["Cache-Control"] == "no-store"
            (entry,) = [
                e for e in staff.world.audit.entries(PICTURE) if "egress" in e.tag
            ]
            assert (entry.tag, entry.actor) == ("egress:asset:view", user.user_id)
        else:
            absent = look(staff, user, asset_id=OTHER)
            assert all_of(answer) == all_of(absent), name
            assert answer.status == 404
            assert (signed(staff), tags(staff)) == (0, [])


@pytest.mark.parametrize("name", ["working", "original", "..", "preview.jpg"])
def test_a_rendition_that_is_not_there_is_not_found(name: str) -> None:
    staff = Staff(released())
    assert look(staff, EDITOR, name).status == 404
    assert signed(staff) == 0


# -- fetching --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scene", "fetchers", "told"),
    [
        # Whoever sent it may see it, and so hears why it does not leave.
        (ready, set(), {"editor", "sender"}),
        (released, {"editor", "viewer", "contributor", "sender"}, set()),
    ],
)
def test_only_what_leaves_is_fetched_and_who_may_know_of_it_hears_why_not(
    scene: Callable[[], World], fetchers: set[str], told: set[str]
) -> None:
    for name, user in EVERYBODY.items():
        staff = Staff(scene())
        answer = fetch(staff, user)
        if name in fetchers:
            assert answer.status == 201, (name, answer.text)
            assert answer.json["url"].endswith("?60")
            assert tags(staff) == ["egress:asset:download"]
            continue
        assert (signed(staff), tags(staff)) == (0, [])
        if name in told:
            assert (answer.status, answer.json["code"]) == (409, "not_cleared"), name
        else:
            assert all_of(answer) == all_of(fetch(staff, user, asset_id=OTHER)), name
            assert answer.status == 404


def test_a_withdrawn_consent_makes_the_very_next_request_refuse() -> None:
    staff = Staff(released())
    assert fetch(staff, VIEWER).status == 201
    staff.world.register.withdraw(
        Withdrawal(derived_id("w"), grant(ANN).grant_id, ANN, staff.world.at)
    )
    before = signed(staff)
    assert fetch(staff, VIEWER).status == 404
    refused = fetch(staff, EDITOR, headers={"Accept-Language": "nl"})
    assert (refused.status, refused.json["code"]) == (409, "not_cleared")
    (found,) = [f for f in refused.json["findings"] if f["id"] == "grant_withdrawn"]
    assert found["words"].startswith("Deze persoon heeft de toestemming ingetrokken.")
    assert found["channel"] == "website"
    assert signed(staff) == before


def test_whoever_does_not_work_with_people_is_not_told_whose_consent_it_is() -> None:
    staff = Staff(released())
    answer = fetch(staff, VIEWER, {"channel": "press"})
    assert (answer.status, answer.json["code"]) == (409, "not_cleared")
    assert ANN not in answer.text
    assert ANN in fetch(staff, EDITOR, {"channel": "press"}).text


def test_the_widest_place_is_meant_where_none_is_named() -> None:
    staff = Staff(released())
    fetch(staff, EDITOR)
    entries = staff.world.audit.entries(PICTURE)
    (entry,) = [e for e in entries if e.tag == "egress:asset:download"]
    assert entry.data["place"] == "world"


def test_the_larger_rendition_is_given_where_there_is_one() -> None:
    staff = Staff(released())
    assert fetch(staff, EDITOR).json["rendition"] == "preview"
    asked = WEBSITE | {"rendition": RenditionName.WORKING}
    assert fetch(staff, EDITOR, asked).status == 404


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"channel": "everywhere"},
        {"channel": "website", "place": "mars"},
        {"channel": "website", "rendition": "thumb"},
        {"channel": "website", "seconds": 3600},
    ],
)
def test_what_is_over_the_edge_is_refused(body: dict[str, str]) -> None:
    staff = Staff(released())
    assert fetch(staff, EDITOR, body).status == 422
    assert signed(staff) == 0


def test_in_its_last_second_a_consent_signs_nothing() -> None:
    staff = Staff(released())
    end = grant(ANN).period.end
    assert end is not None
    staff.world.at = end - timedelta(milliseconds=999)
    assert fetch(staff, EDITOR).json["code"] == "conflict"
    assert signed(staff) == 0
    staff.world.at = end - timedelta(seconds=1)
    assert fetch(staff, EDITOR).json["url"].endswith("?1")


def test_a_restricted_collection_keeps_its_pictures_from_others() -> None:
    staff = Staff(released())
    secret = derived_id("test", "collection")
    staff.world.library.collect(staff.world.record(), frozenset({secret}))
    members = {VIEWER.user_id: Role.VIEWER}
    staff.services.collections.collections[secret] = Collection(
        secret, "Secret", True, members, 1
    )
    for user, may in ((VIEWER, True), (CONTRIBUTOR, False), (EDITOR, False)):
        assert (look(staff, user).status == 200) is may
        assert (fetch(staff, user).status == 201) is may


def test_a_stranger_without_a_token_is_nobody() -> None:
    staff = Staff(released())
    assert staff.get(f"{HERE}/renditions/preview", None).status == 401
    assert staff.post(f"{HERE}/downloads", None, WEBSITE).status == 401
