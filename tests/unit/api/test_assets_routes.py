"""Pictures through the API: to each caller what is theirs, and no sign of the rest."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.staff_api.routes import assets as routes
from beeldrecht.domain.access import Operation, Role, User
from beeldrecht.domain.assets import AssetStatus
from beeldrecht.domain.channels import Channel
from beeldrecht.domain.collections import Collection
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.intake import PROCESSING_FAILED, Rejection
from beeldrecht.domain.people import Appearance, AppearanceStatus, SuggestionBand
from tests.fakes.effects import When
from tests.fakes.http import Answer
from tests.fakes.samples import (
    ANN,
    BOB,
    NOON,
    OTHER,
    PICTURE,
    UPLOADER,
    announcement,
    face_id,
)
from tests.fakes.scenes import examined, ready, received, released
from tests.fakes.staff import Staff, as_
from tests.fakes.world import World

HERE = f"/v1/assets/{PICTURE}"
EDITOR, VIEWER = as_(Role.EDITOR), as_(Role.VIEWER)
OFFICER, RECOGNISER = as_(Role.PRIVACY_OFFICER), as_(Role.EDITOR, Role.RECOGNISER)
CONTRIBUTOR = as_(Role.CONTRIBUTOR)
SENDER = as_(Role.CONTRIBUTOR, user_id=UPLOADER)
NOBODY, ADMINISTRATOR = as_(), as_(Role.ADMINISTRATOR)
SECRET = derived_id("test", "collection")


def closed(staff: Staff, *members: tuple[User, Role], asset_id: str = PICTURE) -> None:
    """Put a picture into a restricted collection."""
    record = staff.world.record(asset_id)
    staff.world.library.collect(record, frozenset({SECRET}))
    staff.services.collections.collections[SECRET] = Collection(
        SECRET, "Secret", True, {user.user_id: role for user, role in members}, 1
    )


def listed(staff: Staff, user: User, **query: str) -> list[str]:
    answer = staff.get("/v1/assets", user, query=query)
    assert answer.status == 200, answer.text
    return [item["asset_id"] for item in answer.json["items"]]


def all_of(answer: Answer) -> tuple[int, tuple[tuple[str, str], ...], str]:
    return answer.status, tuple(sorted(answer.headers.items())), answer.text


# -- who may read ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scene", "readers"),
    [
        (received, {"editor", "officer", "sender"}),
        (ready, {"editor", "officer", "sender"}),
        (released, {"editor", "officer", "sender", "viewer", "contributor"}),
    ],
)
def test_everybody_reads_and_lists_what_is_theirs(
    scene: Callable[[], World], readers: set[str]
) -> None:
    everybody = {
        "editor": EDITOR,
        "officer": OFFICER,
        "sender": SENDER,
        "viewer": VIEWER,
        "contributor": CONTRIBUTOR,
    }
    for name, user in everybody.items():
        staff = Staff(scene())
        assert staff.get(HERE, user).status == (200 if name in readers else 404), name
        assert listed(staff, user) == ([PICTURE] if name in readers else []), name


@pytest.mark.parametrize("user", [NOBODY, ADMINISTRATOR, as_(Role.RECOGNISER)])
def test_who_has_no_business_with_pictures_has_no_list_and_finds_none(user: User) -> None:
    staff = Staff(released())
    assert staff.get("/v1/assets", user).status == 403
    assert staff.get(HERE, user).status == 404


def test_what_a_consent_no_longer_carries_is_gone_from_a_viewers_list_at_once() -> None:
    staff = Staff(released())
    assert listed(staff, VIEWER) == [PICTURE]
    staff.world.at += timedelta(days=30)
    assert listed(staff, VIEWER) == []
    assert staff.get(HERE, VIEWER).status == 404
    assert listed(staff, EDITOR) == [PICTURE]


def test_a_restricted_collection_hides_a_picture_from_all_but_its_members() -> None:
    staff = Staff(released())
    closed(staff, (EDITOR, Role.VIEWER))
    stranger = as_(Role.EDITOR, user_id=BOB)
    assert listed(staff, stranger) == listed(staff, VIEWER) == []
    assert staff.get(HERE, stranger).status == 404
    assert listed(staff, EDITOR) == listed(staff, OFFICER) == [PICTURE]
    # The membership is a ceiling: a viewer's there, whatever the role elsewhere.
    assert "asset:release" not in staff.get(HERE, EDITOR).json["affordances"]


# -- existence is private --------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", ""),
        ("POST", "/release"),
        ("POST", "/retry"),
        ("PUT", f"/faces/{face_id(0)}/people/{ANN}"),
    ],
)
@pytest.mark.parametrize("user", [VIEWER, as_(Role.EDITOR, user_id=BOB), NOBODY])
def test_missing_forbidden_and_malformed_are_the_same_bytes(
    method: str, path: str, user: User
) -> None:
    staff = Staff(ready())
    closed(staff, (EDITOR, Role.EDITOR))
    bodies: dict[str, Any] = {"PUT": {"answer": "confirm"}, "POST": {}}
    answers = {
        all_of(
            staff.send(
                method,
                f"/v1/assets/{asset_id}{path}",
                user,
                body=bodies.get(method),
                headers={"If-Match": '"1"', "Accept-Language": "nl"},
            )
        )
        for asset_id in (PICTURE, OTHER, "x", "A" * 32, PICTURE.upper(), "%00")
    }
    [(status, _, _)] = answers
    assert status == 404


def test_missing_and_forbidden_take_the_same_reads(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    staff = Staff(examined())
    reads: list[str] = []

    def counted(store: object, name: str) -> None:
        read = getattr(store, name)

        def counting(*given: Any, **named: Any) -> Any:
            reads.append(name)
            return read(*given, **named)

        monkeypatch.setattr(store, name, counting)

    counted(staff.world.library, "picture")
    counted(staff.world.register, "facts")
    for asset_id in (PICTURE, OTHER):
        assert staff.get(f"/v1/assets/{asset_id}", VIEWER).status == 404
        assert reads == ["picture", "facts"], asset_id
        reads.clear()
        assert staff.get(f"/v1/assets/{asset_id}", NOBODY).status == 404
        assert reads == [], asset_id


# -- what is told ----------------------------------------------------------------------


def suggested() -> World:
    """One face that software thinks is Bob."""
    world = examined()
    world.know(BOB)
    world.library.suggest(
        [
            Appearance(
                PICTURE,
                face_id(0),
                BOB,
                AppearanceStatus.SUGGESTED,
                band=SuggestionBand.LIKELY,
            )
        ]
    )
    return world


def test_suggestions_are_for_those_who_may_see_them() -> None:
    staff = Staff(suggested())
    for user in (EDITOR, SENDER, OFFICER):
        told = staff.get(HERE, user)
        assert BOB not in told.text
        assert "suggest" not in told.text
    told = staff.get(HERE, RECOGNISER).json
    assert told["faces"][0]["appearances"] == [
        {"person_id": BOB, "status": "suggested", "band": "likely"}
    ]
    assert {"suggestion:see", "suggestion:confirm"} <= set(told["affordances"])


def test_who_is_in_it_and_what_they_agreed_to_is_for_those_who_work_with_people() -> None:
    staff = Staff(released())
    for user in (VIEWER, CONTRIBUTOR, SENDER):
        told = staff.get(HERE, user)
        assert ANN not in told.text
        assert "grant" not in told.text
        assert told.json["decision"]["leaves"] == {"website": "clear", "print": "clear"}
    told = staff.get(HERE, OFFICER)
    assert ANN in told.text
    assert {"grant_in_force", "not_granted_here"} == {
        each["id"] for each in told.json["decision"]["findings"]
    }


def test_the_decision_is_that_of_this_instant_in_the_callers_words() -> None:
    staff = Staff(released())
    told = staff.get(HERE, EDITOR, headers={"Accept-Language": "nl"}).json["decision"]
    assert told["words"] == "De foto is vrijgegeven. Gebruik hem waar dat mag."
    until = told["valid_until"]
    staff.world.at = NOON + timedelta(days=30)
    later = staff.get(HERE, EDITOR).json["decision"]
    assert (later["outcome"], later["leaves"]) == ("embargoed", {})
    assert until == later["at"]


def test_nobody_looked_for_faces_is_not_the_same_as_no_faces() -> None:
    assert Staff(received()).get(HERE, EDITOR).json["faces"] is None
    world = received()
    world.detect()
    assert Staff(world).get(HERE, EDITOR).json["faces"] == []


def test_affordances_follow_the_policy_and_the_state() -> None:
    def may(staff: Staff, user: User) -> set[str]:
        return set(staff.get(HERE, user).json["affordances"])

    fresh = Staff(received())
    bases = {"basis:read", "basis:record", "asset:restrict", "asset:describe"}
    assert may(fresh, EDITOR) == {"asset:read", "asset:view", "asset:retry", *bases}
    own = {"asset:read", "asset:view", "asset:retry", "asset:describe"}
    assert may(fresh, SENDER) == own
    assert may(Staff(ready()), EDITOR) == {
        "asset:read",
        "asset:view",
        "asset:release",
        "appearance:confirm",
        "appearance:mark",
        *bases,
    }
    out = Staff(released())
    assert may(out, VIEWER) == {"asset:read", "asset:view", "asset:download"}
    assert "asset:download" in may(out, EDITOR)
    assert may(out, OFFICER) == {
        "asset:read",
        "asset:view",
        "asset:restrict",
        "basis:read",
    }


# -- releasing -------------------------------------------------------------------------


def tag(staff: Staff) -> dict[str, str]:
    return {"If-Match": staff.get(HERE, EDITOR).headers["ETag"]}


def test_a_release_is_of_what_was_seen_for_what_was_asked() -> None:
    staff = Staff(ready())
    answer = staff.post(
        f"{HERE}/release", EDITOR, {"channels": ["website"]}, headers=tag(staff)
    )
    assert answer.status == 200
    assert answer.json["decision"]["leaves"] == {"website": "clear"}
    assert answer.json["release"]["released_by"] == EDITOR.user_id
    assert answer.headers["ETag"] == tag(staff)["If-Match"]
    assert list(staff.world.record().release.channels) == [Channel.WEBSITE]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("headers", "status", "code"),
    [
        ({}, 428, "precondition_required"),
        ({"If-Match": '"1"'}, 412, "changed_meanwhile"),
        ({"If-Match": "*"}, 412, "changed_meanwhile"),
        ({"If-Match": 'W/"5"'}, 412, "changed_meanwhile"),
    ],
)
def test_a_release_needs_the_version_that_was_seen(
    headers: dict[str, str], status: int, code: str
) -> None:
    staff = Staff(ready())
    answer = staff.post(f"{HERE}/release", EDITOR, {}, headers=headers)
    assert (answer.status, answer.json["code"]) == (status, code)
    assert staff.world.record().release is None


def test_nobody_releases_what_changed_between_their_look_and_the_act() -> None:
    staff = Staff(ready())
    world = staff.world
    headers = tag(staff)
    world.effects.arm(1, When.BEFORE, lambda: world.answer(face_id(0), ANN, "reject"))
    answer = staff.post(f"{HERE}/release", EDITOR, {}, headers=headers)
    assert (answer.status, answer.json["code"]) == (412, "changed_meanwhile")
    assert world.record().release is None


def test_what_cannot_be_released_says_why_to_whoever_asked() -> None:
    staff = Staff(examined())
    answer = staff.post(f"{HERE}/release", EDITOR, {}, headers=tag(staff))
    assert (answer.status, answer.json["code"]) == (409, "not_releasable")
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert {each["id"] for each in answer.json["findings"]} == {
        "face_unresolved",
        "not_released",
    }
    masked = {"channels": ["paid"]}
    embargoed = Staff(received())
    told = embargoed.post(f"{HERE}/release", EDITOR, masked, headers=tag(embargoed))
    assert {each["id"] for each in told.json["findings"]} >= {"not_examined"}


@pytest.mark.parametrize("user", [VIEWER, SENDER, OFFICER, CONTRIBUTOR])
def test_only_an_editor_releases(user: User) -> None:
    staff = Staff(ready())
    answer = staff.post(f"{HERE}/release", user, {}, headers=tag(staff))
    assert answer.status == 404
    assert staff.world.record().release is None


# -- retrying --------------------------------------------------------------------------


def failed() -> World:
    world = received()
    world.library.reject(world.record(), Rejection(PROCESSING_FAILED), NOON)
    return world


@pytest.mark.parametrize("scene", [received, failed])
@pytest.mark.parametrize("user", [EDITOR, SENDER])
def test_a_stuck_picture_is_sent_again(scene: Callable[[], World], user: User) -> None:
    staff = Staff(scene())
    answer = staff.post(f"{HERE}/retry", user)
    assert answer.status == 202
    assert staff.world.uploads.sent == [PICTURE]


def test_what_cannot_come_further_is_not_sent_again() -> None:
    refused = received()
    refused.library.reject(refused.record(), Rejection("unreadable"), NOON)
    for world in (refused, ready(), released()):
        staff = Staff(world)
        answer = staff.post(f"{HERE}/retry", EDITOR)
        assert (answer.status, answer.json["code"]) == (409, "conflict")
        assert world.uploads.sent == []


def test_nobody_retries_what_somebody_else_sent() -> None:
    staff = Staff(received())
    assert staff.post(f"{HERE}/retry", CONTRIBUTOR).status == 404
    assert staff.world.uploads.sent == []


# -- the list --------------------------------------------------------------------------


def library_of(count: int) -> Staff:
    staff = Staff()
    for number in range(count):
        add(staff, number)
    return staff


def add(staff: Staff, number: int) -> str:
    asset_id = derived_id("test", "listed", str(number))
    staff.world.library.announce(announcement(asset_id), NOON + timedelta(days=7))
    return asset_id


def walk(
    staff: Staff, user: User, limit: int, between: Callable[[], object]
) -> list[str]:
    seen: list[str] = []
    query = {"limit": str(limit)}
    while True:
        answer = staff.get("/v1/assets", user, query=query)
        assert answer.status == 200, answer.text
        assert len(answer.json["items"]) <= limit
        seen += [item["asset_id"] for item in answer.json["items"]]
        if answer.json["cursor"] is None:
            return seen
        query["cursor"] = answer.json["cursor"]
        between()


@given(
    count=st.integers(0, 12),
    limit=st.integers(1, 5),
    added=st.lists(st.integers(100, 999), unique=True, max_size=6),
)
def test_walking_the_pages_shows_each_picture_once_though_others_come_in(
    count: int, limit: int, added: list[int]
) -> None:
    staff = library_of(count)
    throughout = set(staff.world.library.rows)
    coming = iter(added)
    seen = walk(staff, EDITOR, limit, lambda: add(staff, next(coming, 100)))
    assert len(seen) == len(set(seen))
    assert throughout <= set(seen)


def test_a_page_looks_at_so_many_pictures_and_no_more() -> None:
    staff = library_of(routes._Reader.LOOKED_AT + 30)
    mine = add(staff, 10_000)
    row = staff.world.library.rows[mine]
    row.due = NOON + timedelta(hours=1)
    other = as_(Role.CONTRIBUTOR, user_id=BOB)
    first = staff.get("/v1/assets", other, query={"limit": "7"}).json
    assert first["items"] == []
    assert first["cursor"] is not None
    assert walk(staff, other, 7, list) == []
    assert walk(staff, SENDER, 100, list)[-1] == mine


def test_the_list_can_be_of_one_status() -> None:
    staff = Staff(released())
    waiting = add(staff, 1)
    assert listed(staff, EDITOR) == [waiting, PICTURE]
    assert listed(staff, EDITOR, status="released") == [PICTURE]
    assert listed(staff, EDITOR, status="expected") == [waiting]
    assert listed(staff, EDITOR, status="rejected") == []


@pytest.mark.parametrize(
    "query",
    [
        {"status": "gone"},
        {"limit": "0"},
        {"limit": "101"},
        {"limit": "9" * 5000},
        {"limit": "1e3"},
    ],
)
def test_what_cannot_be_listed_is_refused_without_being_quoted(
    query: dict[str, str],
) -> None:
    answer = Staff(released()).get("/v1/assets", EDITOR, query=query)
    assert (answer.status, answer.json["code"]) == (422, "invalid_request")
    assert next(iter(query.values())) not in answer.text


def test_a_cursor_is_ours_and_of_this_list() -> None:
    staff = library_of(3)
    page = staff.get("/v1/assets", EDITOR, query={"limit": "1"}).json
    of_another = {"cursor": page["cursor"], "status": "released"}
    assert staff.get("/v1/assets", EDITOR, query=of_another).status == 400
    for made_up in ("", "x", "W10", "bnVsbA", "WyJleHBlY3RlZCIsIiIsIiJd", "é" * 8):
        answer = staff.get("/v1/assets", EDITOR, query={"cursor": made_up})
        assert (answer.status, answer.json["code"]) == (400, "cursor_unknown"), made_up


def test_every_status_can_be_listed_and_every_operation_of_a_picture_has_a_route() -> (
    None
):
    staff = Staff(released())
    for status in AssetStatus:
        listed(staff, EDITOR, status=status)
    assert {
        Operation.ASSET_LIST,
        Operation.ASSET_READ,
        Operation.ASSET_RELEASE,
        Operation.ASSET_RETRY,
    } <= set(staff.api.operations.values())


# -- what looks like it -----------------------------------------------------------------


def test_what_looks_nearly_the_same_is_shown_to_who_may_read_it() -> None:
    world = released()
    world.announce(OTHER)
    world.upload(asset_id=OTHER)
    world.receive(OTHER)
    staff = Staff(world)
    row = world.library.rows[PICTURE]
    row.record = replace(row.record, near_duplicates=(OTHER, "0" * 32))
    assert staff.get(HERE, EDITOR).json["near_duplicates"] == [OTHER]
    # A viewer may not know of what is not released.
    assert staff.get(HERE, as_(Role.VIEWER)).json["near_duplicates"] == []
    row.record = replace(row.record, duplicate_of=OTHER)
    told = staff.get(HERE, EDITOR).json
    assert (told["duplicate_of"], told["near_duplicates"]) == (OTHER, [])


# -- what has ended ---------------------------------------------------------------------


def test_a_picture_whose_term_is_over_is_as_if_it_were_not_there() -> None:
    staff = Staff(released())
    ends_at = staff.world.record().ends_at
    assert ends_at is not None
    staff.world.at = ends_at - timedelta(seconds=1)
    assert staff.get(HERE, EDITOR).status == 200
    assert len(staff.get("/v1/assets", EDITOR).json["items"]) == 1
    staff.world.at = ends_at
    absent = staff.get(f"/v1/assets/{OTHER}", EDITOR)
    over = staff.get(HERE, EDITOR)
    assert (over.status, over.json["code"]) == (absent.status, absent.json["code"])
    assert staff.get("/v1/assets", EDITOR).json["items"] == []


def test_boxes_that_are_kept_no_longer_are_looked_for_again() -> None:
    staff = Staff(ready())
    before = staff.get(HERE, EDITOR)
    assert "asset:retry" not in before.json["affordances"]
    assert staff.post(f"{HERE}/retry", EDITOR).status == 409
    staff.world.library.lose_face(PICTURE, face_id(0))
    shown = staff.get(HERE, EDITOR)
    assert "faces_forgotten" in str(shown.json["decision"])
    assert "asset:retry" in shown.json["affordances"]
    assert staff.post(f"{HERE}/retry", EDITOR).status == 202
