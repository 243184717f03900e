"""Collections through the API: who sees them, who changes them, who fills them."""

from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest

from beeldrecht.domain.access import Role, User
from beeldrecht.domain.collections import MAX_COLLECTIONS, MAX_DEPTH, MAX_MEMBERS
from beeldrecht.domain.ids import check_id, derived_id, new_id
from tests.fakes.http import Answer
from tests.fakes.samples import PICTURE
from tests.fakes.scenes import received
from tests.fakes.staff import Staff, as_

EDITOR, OTHER_EDITOR = (
    as_(Role.EDITOR, user_id=derived_id("test", "user", name)) for name in ("e", "o")
)
VIEWER, CONTRIBUTOR = as_(Role.VIEWER), as_(Role.CONTRIBUTOR)
OFFICER, ADMINISTRATOR = as_(Role.PRIVACY_OFFICER), as_(Role.ADMINISTRATOR)
KEY = "a-key-of-the-caller"
ALL = [
    "collection:change",
    "collection:fill",
    "collection:read",
]


def started(
    staff: Staff,
    title: str = "Zomerfeest",
    *,
    restricted: bool = True,
    by: User = EDITOR,
    key: str | None = None,
) -> Answer:
    order = {"title": title, "restricted": restricted}
    headers = {"Idempotency-Key": key or new_id()}
    return staff.post("/v1/collections", by, order, headers=headers)


def path_of(answer: Answer) -> str:
    return f"/v1/collections/{answer.json['collection_id']}"


def tag(answer: Answer) -> dict[str, str]:
    return {"If-Match": answer.headers["ETag"]}


def joined(staff: Staff, seen: Answer, who: User, role: Role) -> Answer:
    path = f"{path_of(seen)}/members/{who.user_id}"
    return staff.put(path, EDITOR, {"role": role.value}, headers=tag(seen))


def tags(staff: Staff, subject: str) -> list[tuple[str, str, Any]]:
    entries = staff.world.audit.entries(subject)
    return [(each.tag, each.actor, dict(each.data)) for each in entries]


@pytest.fixture
def staff() -> Staff:
    return Staff(received(20.0))


# -- starting one -----------------------------------------------------------------------


def test_whoever_starts_a_collection_is_its_first_member(staff: Staff) -> None:
    made = started(staff)
    collection_id = check_id(made.json["collection_id"])
    assert made.status == 201
    assert made.headers["Location"] == f"/v1/collections/{collection_id}"
    assert made.headers["ETag"] == '"1"'
    assert made.json == {
        "collection_id": collection_id,
        "revision": 1,
        "title": "Zomerfeest",
        "restricted": True,
        "parent_id": None,
        "members": [{"user_id": EDITOR.user_id, "role": "editor"}],
        "affordances": ALL,
    }
    assert staff.get(path_of(made), EDITOR).json == made.json
    entry = ("api:collection:create", EDITOR.user_id, {"restricted": 1})
    assert tags(staff, collection_id) == [entry]


def test_the_same_key_makes_no_second_collection(staff: Staff) -> None:
    first = started(staff, key=KEY)
    assert started(staff, key=KEY).json == first.json
    assert started(staff, "Other", key=KEY).json["code"] == "idempotency_key_reused"
    theirs = started(staff, key=KEY, by=OTHER_EDITOR)
    assert theirs.json["collection_id"] != first.json["collection_id"]
    assert len(staff.services.collections.collections) == 2


def test_a_collection_is_not_started_without_a_key_or_a_title(staff: Staff) -> None:
    order = {"title": "x", "restricted": True}
    none = staff.post("/v1/collections", EDITOR, order)
    assert (none.status, none.json["code"]) == (400, "idempotency_key_required")
    for title in ("", "   ", "x" * 121, "two\nlines", "\x00"):
        assert started(staff, title).json["code"] == "invalid_request"
    assert started(staff, "  Feest é  ").json["title"] == "Feest é"
    assert len(staff.services.collections.collections) == 1


@pytest.mark.parametrize("who", [VIEWER, CONTRIBUTOR, OFFICER, ADMINISTRATOR, as_()])
def test_only_an_editor_starts_one(staff: Staff, who: User) -> None:
    refused = started(staff, by=who)
    assert (refused.status, refused.json["code"]) == (403, "not_allowed")
    assert staff.services.collections.collections == {}


# -- seeing them ------------------------------------------------------------------------


def test_a_restricted_collection_is_for_its_members_and_the_privacy_officer(
    staff: Staff,
) -> None:
    made = started(staff)
    absent = staff.get(f"/v1/collections/{new_id()}", EDITOR)
    assert absent.status == 404
    for who in (VIEWER, CONTRIBUTOR, OTHER_EDITOR, ADMINISTRATOR, as_()):
        refused = staff.get(path_of(made), who)
        assert (refused.status, refused.text) == (404, absent.text)
        assert refused.headers == absent.headers
    joined(staff, made, VIEWER, Role.VIEWER)
    seen = staff.get(path_of(made), VIEWER)
    assert seen.status == 200
    assert (seen.json["members"], seen.json["affordances"]) == (None, ["collection:read"])
    overseen = staff.get(path_of(made), OFFICER).json
    assert overseen["affordances"] == ["collection:change", "collection:read"]
    assert len(overseen["members"]) == 2


def test_an_open_collection_is_for_everybody_who_sees_pictures(staff: Staff) -> None:
    made = started(staff, restricted=False)
    for who in (VIEWER, CONTRIBUTOR, OTHER_EDITOR, OFFICER):
        assert staff.get(path_of(made), who).status == 200
    assert staff.get(path_of(made), ADMINISTRATOR).status == 404


def test_the_list_shows_what_the_caller_may_see_a_page_at_a_time(staff: Staff) -> None:
    mine = [started(staff, f"M{n}").json["collection_id"] for n in range(3)]
    theirs = started(staff, "T", by=OTHER_EDITOR).json["collection_id"]
    both = started(staff, "B", restricted=False).json["collection_id"]
    told = {EDITOR: {*mine, both}, OTHER_EDITOR: {theirs, both}, VIEWER: {both}}
    told[OFFICER] = {*mine, theirs, both}
    for who, expected in told.items():
        found: list[str] = []
        cursor: dict[str, str] = {}
        for _ in range(9):
            query = {"limit": "2", **cursor}
            page = staff.get("/v1/collections", who, query=query).json
            found += [each["collection_id"] for each in page["items"]]
            if page["cursor"] is None:
                break
            cursor = {"cursor": page["cursor"]}
        assert len(found) == len(set(found))
        assert set(found) == expected
    assert staff.get("/v1/collections", ADMINISTRATOR).status == 403
    odd = staff.get("/v1/collections", EDITOR, query={"cursor": "odd"})
    assert (odd.status, odd.json["code"]) == (400, "cursor_unknown")


# -- changing them ----------------------------------------------------------------------


def test_a_change_says_which_version_it_was_based_on(staff: Staff) -> None:
    made = started(staff)
    order = {"title": "Winterfeest", "restricted": False}
    for path in (path_of(made), f"{path_of(made)}/members/{VIEWER.user_id}"):
        body = order if path == path_of(made) else {"role": "viewer"}
        assert staff.put(path, EDITOR, body).status == 428
        for stale in ('"0"', '"2"', "*", "x"):
            answer = staff.put(path, EDITOR, body, headers={"If-Match": stale})
            assert (answer.status, answer.json["code"]) == (412, "changed_meanwhile")
    changed = staff.put(path_of(made), EDITOR, order, headers=tag(made))
    assert (changed.status, changed.headers["ETag"]) == (200, '"2"')
    assert changed.json["title"] == "Winterfeest"
    assert staff.get(path_of(made), EDITOR).json == changed.json
    again = staff.put(path_of(made), EDITOR, order, headers=tag(changed))
    assert again.headers["ETag"] == '"2"', "nothing changed"
    kept = tags(staff, made.json["collection_id"])[1:]
    assert kept == [("api:collection:change", EDITOR.user_id, {"restricted": 0})]


def test_members_come_change_and_go(staff: Staff) -> None:
    made = started(staff)
    with_viewer = joined(staff, made, VIEWER, Role.VIEWER)
    as_contributor = joined(staff, with_viewer, VIEWER, Role.CONTRIBUTOR)
    assert as_contributor.json["members"] == sorted(
        [
            {"user_id": EDITOR.user_id, "role": "editor"},
            {"user_id": VIEWER.user_id, "role": "contributor"},
        ],
        key=lambda member: member["user_id"],
    )
    path = f"{path_of(made)}/members/{VIEWER.user_id}"
    gone = staff.send("DELETE", path, EDITOR, headers=tag(as_contributor))
    assert gone.json["members"] == made.json["members"]
    assert staff.get(path_of(made), VIEWER).status == 404
    same = staff.send("DELETE", path, EDITOR, headers=tag(gone))
    assert same.headers["ETag"] == gone.headers["ETag"]
    kept = [data for _, _, data in tags(staff, made.json["collection_id"])[1:]]
    assert [data["role"] for data in kept] == ["viewer", "contributor", None]
    assert {data["user_id"] for data in kept} == {VIEWER.user_id}


def test_a_restricted_collection_keeps_an_editor_among_its_members(staff: Staff) -> None:
    made = started(staff)
    path = f"{path_of(made)}/members/{EDITOR.user_id}"
    for refused in (
        staff.send("DELETE", path, EDITOR, headers=tag(made)),
        joined(staff, made, EDITOR, Role.VIEWER),
    ):
        assert (refused.status, refused.json["reason"]) == (409, "nobody_left")
        assert refused.json["detail"].startswith("A restricted collection needs")
    odd = joined(staff, made, VIEWER, Role.ADMINISTRATOR)
    assert (odd.status, odd.json["reason"]) == (409, "not_a_member_role")
    assert staff.get(path_of(made), EDITOR).json == made.json


def test_the_reason_is_told_in_the_callers_language(staff: Staff) -> None:
    made = started(staff)
    path = f"{path_of(made)}/members/{EDITOR.user_id}"
    headers = {**tag(made), "Accept-Language": "nl-NL,nl;q=0.9"}
    told = staff.send("DELETE", path, EDITOR, headers=headers).json["detail"]
    assert told.startswith("Een besloten collectie")


def test_there_is_room_for_so_many_members(staff: Staff) -> None:
    seen = started(staff)
    services = staff.services.collections
    found = services.collections[seen.json["collection_id"]]
    crowd = {derived_id("m", str(n)): Role.VIEWER for n in range(MAX_MEMBERS - 1)}
    found = type(found)(
        found.collection_id, found.title, True, {**crowd, **found.members}, found.revision
    )
    services.collections[found.collection_id] = found
    full = joined(staff, seen, VIEWER, Role.VIEWER)
    assert (full.status, full.json["reason"]) == (409, "too_many_members")


@pytest.mark.parametrize("ceiling", [None, Role.VIEWER, Role.CONTRIBUTOR])
def test_who_is_no_editor_in_it_changes_nothing(
    staff: Staff, ceiling: Role | None
) -> None:
    made = started(staff)
    seen = joined(staff, made, OTHER_EDITOR, ceiling) if ceiling else made
    path = path_of(made)
    absent = staff.get(f"/v1/collections/{new_id()}", EDITOR)
    order = {"title": "Theirs", "restricted": False}
    for refused in (
        staff.put(path, OTHER_EDITOR, order, headers=tag(seen)),
        staff.put(
            f"{path}/members/{OTHER_EDITOR.user_id}",
            OTHER_EDITOR,
            {"role": "editor"},
            headers=tag(seen),
        ),
        staff.send(
            "DELETE",
            f"{path}/members/{EDITOR.user_id}",
            OTHER_EDITOR,
            headers=tag(seen),
        ),
        staff.put(path, OTHER_EDITOR, order),
    ):
        assert (refused.status, refused.text) == (404, absent.text)
    assert staff.get(path, EDITOR).json == seen.json


def test_a_privacy_officer_appoints_where_nobody_is_left(staff: Staff) -> None:
    made = started(staff)
    path = f"{path_of(made)}/members/{OTHER_EDITOR.user_id}"
    put = staff.put(path, OFFICER, {"role": "editor"}, headers=tag(made))
    assert put.status == 200
    assert staff.get(path_of(made), OTHER_EDITOR).json["affordances"] == ALL


# -- filling them -----------------------------------------------------------------------


def picture(staff: Staff, who: User = EDITOR) -> Answer:
    return staff.get(f"/v1/assets/{PICTURE}", who)


def put_in(staff: Staff, seen: Answer, who: User = EDITOR) -> Answer:
    path = f"{path_of(seen)}/assets/{PICTURE}"
    return staff.put(path, who, headers=tag(picture(staff, OFFICER)))


def take_out(staff: Staff, seen: Answer, who: User = EDITOR) -> Answer:
    path = f"{path_of(seen)}/assets/{PICTURE}"
    return staff.send("DELETE", path, who, headers=tag(picture(staff, OFFICER)))


def test_a_picture_in_a_restricted_collection_is_out_of_others_sight(
    staff: Staff,
) -> None:
    made = started(staff)
    assert picture(staff, OTHER_EDITOR).status == 200
    put = put_in(staff, made)
    assert put.status == 200
    assert put.json["collection_ids"] == [made.json["collection_id"]]
    assert put.headers["ETag"] == picture(staff).headers["ETag"]
    absent = staff.get(f"/v1/assets/{new_id()}", OTHER_EDITOR)
    hidden = picture(staff, OTHER_EDITOR)
    assert (hidden.status, hidden.text) == (404, absent.text)
    out = take_out(staff, made)
    assert (out.status, out.json["collection_ids"]) == (200, [])
    assert picture(staff, OTHER_EDITOR).status == 200
    moved = [entry for entry in tags(staff, PICTURE) if "collection" in entry[0]]
    assert [(tag, data["put"]) for tag, _, data in moved] == [
        ("api:collection:asset", "in"),
        ("api:collection:asset", "out"),
    ]


def test_the_same_again_changes_nothing(staff: Staff) -> None:
    made = started(staff)
    assert take_out(staff, made).headers["ETag"] == picture(staff).headers["ETag"]
    first = put_in(staff, made)
    assert put_in(staff, made).headers["ETag"] == first.headers["ETag"]


def test_a_picture_moves_only_for_who_may_fill_both(staff: Staff) -> None:
    mine, theirs = started(staff), started(staff, by=OTHER_EDITOR)
    absent = staff.get(f"/v1/assets/{new_id()}", EDITOR)
    refused = put_in(staff, theirs)
    assert (refused.status, refused.text) == (404, absent.text)
    assert put_in(staff, mine).status == 200
    for refused in (put_in(staff, theirs, OTHER_EDITOR), take_out(staff, mine, OFFICER)):
        assert (refused.status, refused.text) == (404, absent.text)
    assert put_in(staff, mine).json["collection_ids"] == [mine.json["collection_id"]]


def test_a_member_takes_nothing_out_that_another_collection_holds(staff: Staff) -> None:
    mine, theirs = started(staff), started(staff, by=OTHER_EDITOR)
    path = f"{path_of(theirs)}/members/{EDITOR.user_id}"
    shared = staff.put(path, OTHER_EDITOR, {"role": "editor"}, headers=tag(theirs))
    put_in(staff, mine)
    put_in(staff, theirs)
    alone = staff.send(
        "DELETE",
        f"{path_of(theirs)}/members/{EDITOR.user_id}",
        OTHER_EDITOR,
        headers=tag(shared),
    )
    assert alone.status == 200
    for seen, who in ((mine, EDITOR), (theirs, OTHER_EDITOR)):
        assert take_out(staff, seen, who).status == 404


def test_a_picture_says_which_version_of_it_was_seen(staff: Staff) -> None:
    made = started(staff)
    path = f"{path_of(made)}/assets/{PICTURE}"
    assert staff.put(path, EDITOR).status == 428
    assert staff.put(path, EDITOR, headers={"If-Match": '"999"'}).status == 412
    missing = f"{path_of(made)}/assets/{new_id()}"
    assert staff.put(missing, EDITOR, headers={"If-Match": '"1"'}).status == 404


def test_a_picture_is_in_so_many_collections_and_no_more(staff: Staff) -> None:
    for _ in range(MAX_COLLECTIONS):
        assert put_in(staff, started(staff)).status == 200
    full = put_in(staff, started(staff))
    assert (full.status, full.json["reason"]) == (409, "too_many_collections")
    assert len(picture(staff).json["collections"]) == MAX_COLLECTIONS


# -- one in another ---------------------------------------------------------------------


def place(staff: Staff, inner: Answer, parent_id: str | None) -> Answer:
    seen = staff.get(path_of(inner), EDITOR)
    path = f"{path_of(inner)}/parent"
    return staff.put(path, EDITOR, {"parent_id": parent_id}, headers=tag(seen))


def test_who_is_kept_out_of_one_is_kept_out_of_all_that_stands_in_it(
    staff: Staff,
) -> None:
    outer, inner = started(staff, "Secret"), started(staff, "Open", restricted=False)
    put_in(staff, inner)
    assert picture(staff, OTHER_EDITOR).status == 200
    placed = place(staff, inner, outer.json["collection_id"])
    assert placed.json["parent_id"] == outer.json["collection_id"]
    for asked in (path_of(inner), f"/v1/assets/{PICTURE}"):
        assert staff.get(asked, OTHER_EDITOR).status == 404
        assert staff.get(asked, EDITOR).status == 200
    shown = picture(staff, EDITOR).json["collections"]
    assert [each["title"] for each in shown] == ["Open"]
    assert place(staff, inner, None).json["parent_id"] is None
    assert picture(staff, OTHER_EDITOR).status == 200


def test_a_collection_stands_neither_in_itself_nor_too_deep(staff: Staff) -> None:
    made = [started(staff, f"{n}") for n in range(MAX_DEPTH + 1)]
    ids = [each.json["collection_id"] for each in made]
    refused = place(staff, made[0], ids[0])
    assert (refused.status, refused.json["reason"]) == (409, "collection_in_itself")
    for inner, outer in zip(made[1:MAX_DEPTH], ids, strict=False):
        assert place(staff, inner, outer).status == 200
    refused = place(staff, made[MAX_DEPTH], ids[MAX_DEPTH - 1])
    assert (refused.status, refused.json["reason"]) == (409, "collection_too_deep")
    refused = place(staff, made[0], ids[1])
    assert (refused.status, refused.json["reason"]) == (409, "collection_in_itself")
    refused = place(staff, made[0], ids[MAX_DEPTH])
    assert (refused.status, refused.json["reason"]) == (409, "collection_too_deep")


def test_nothing_is_put_where_one_may_change_nothing(staff: Staff) -> None:
    theirs = started(staff, by=OTHER_EDITOR)
    mine = started(staff)
    assert place(staff, mine, theirs.json["collection_id"]).status == 404
    assert place(staff, mine, new_id()).status == 404


# -- what is in them --------------------------------------------------------------------


def listed(staff: Staff, made: Answer, who: User, limit: int = 50) -> list[str]:
    found: list[str] = []
    query = {"limit": str(limit)}
    for _ in range(9):
        page = staff.get(f"{path_of(made)}/assets", who, query=query)
        assert page.status == 200
        found += [each["asset_id"] for each in page.json["items"]]
        if page.json["cursor"] is None:
            return found
        query["cursor"] = page.json["cursor"]
    raise AssertionError("it has no end")


def test_what_is_in_a_collection_is_listed_for_who_may_read_it(staff: Staff) -> None:
    made = started(staff)
    put_in(staff, made)
    joined(staff, made, VIEWER, Role.VIEWER)
    assert listed(staff, made, EDITOR) == [PICTURE]
    # It is not released: a viewer sees the collection, and nothing of what is in it.
    assert listed(staff, made, VIEWER) == []
    absent = staff.get(f"/v1/collections/{new_id()}/assets", EDITOR)
    hidden = staff.get(f"{path_of(made)}/assets", OTHER_EDITOR)
    assert (hidden.status, hidden.text) == (404, absent.text)
    take_out(staff, made)
    assert listed(staff, made, EDITOR) == []


def test_the_pages_of_a_collection_leave_nothing_out(staff: Staff) -> None:
    made = started(staff)
    there = frozenset({made.json["collection_id"]})
    world = staff.world
    ids = [derived_id("test", "many", str(n)) for n in range(5)]
    for each in ids:
        row = deepcopy(world.library.rows[PICTURE])
        said = replace(row.record.announcement, asset_id=each)
        row.record = replace(row.record, announcement=said, collection_ids=there)
        world.library.rows[each] = row
    for limit in (1, 2, 5):
        assert listed(staff, made, EDITOR, limit) == sorted(ids)
    odd = staff.get(f"{path_of(made)}/assets", EDITOR, query={"cursor": "odd"})
    assert (odd.status, odd.json["code"]) == (400, "cursor_unknown")
