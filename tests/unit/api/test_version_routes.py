"""The files of a picture through the API: replaced, laid side by side, made current."""

from dataclasses import replace

import pytest

from beeldrecht.domain.access import Role, User
from beeldrecht.domain.metadata import Metadata
from beeldrecht.domain.versions import MOST_VERSIONS
from tests.fakes.http import Answer
from tests.fakes.samples import PICTURE, UPLOADER, announcement, picture_of
from tests.fakes.scenes import released
from tests.fakes.staff import Staff, as_

EDITOR, VIEWER = as_(Role.EDITOR), as_(Role.VIEWER)
SENDER = as_(Role.CONTRIBUTOR, user_id=UPLOADER)
OTHERS = (VIEWER, as_(Role.PRIVACY_OFFICER), as_(Role.CONTRIBUTOR), as_())
HERE = f"/v1/assets/{PICTURE}"
SECOND = picture_of(shade=33, orientation=6)


def announce(staff: Staff, user: User = EDITOR, of: str = PICTURE) -> Answer:
    said = {
        "file_name": "retouched.jpg",
        "media_type": "image/jpeg",
        "size": len(SECOND),
        "sha256": "a" * 64,
        "replaces": of,
    }
    return staff.post(
        "/v1/uploads", user, said, headers={"Idempotency-Key": "k" * 16 + of[:8]}
    )


def sent(staff: Staff, user: User = EDITOR) -> str:
    """A newer file, announced through the API and received."""
    asset_id: str = announce(staff, user).json["asset_id"]
    world = staff.world
    record = world.library.rows[asset_id].record
    said = replace(record.announcement, sha256=None)
    world.library.rows[asset_id].record = replace(record, announcement=said)
    world.upload(SECOND, asset_id)
    world.receive(asset_id)
    return asset_id


def files(staff: Staff, asset_id: str = PICTURE, user: User = EDITOR) -> Answer:
    return staff.get(f"/v1/assets/{asset_id}/versions", user)


def restore(staff: Staff, asset_id: str = PICTURE, user: User = EDITOR) -> Answer:
    there = f"/v1/assets/{asset_id}"
    tag = {"If-Match": staff.get(there, EDITOR).headers["ETag"]}
    return staff.post(f"{there}/restore", user, headers=tag)


def reason(answer: Answer) -> tuple[int, str]:
    return answer.status, answer.json["reason"]


def test_one_file_is_the_only_version_until_another_replaces_it() -> None:
    staff = Staff(released())
    [only] = files(staff, user=VIEWER).json["items"]
    assert (only["asset_id"], only["number"], only["current"]) == (PICTURE, 1, True)
    assert only["compared"] is None


@pytest.mark.parametrize("user", [EDITOR, SENDER], ids=["editor", "sender"])
def test_a_newer_file_is_laid_beside_the_older_one_with_what_differs(user: User) -> None:
    staff = Staff(released())
    row = staff.world.library.rows[PICTURE]
    row.record = replace(
        row.record,
        description=Metadata(title="Fair", keywords=("fair", "spring")),
        edit_id="e" * 32,
        collection_ids=frozenset(),
    )
    newer = sent(staff, user)
    row = staff.world.library.rows[newer]
    assert row.record.description.title == "Fair"
    row.record = replace(row.record, description=Metadata(keywords=("fair",)))
    told = files(staff, user=user).json
    assert told["current"] == newer
    first, second = told["items"]
    assert (first["asset_id"], first["current"], first["by"]) == (
        PICTURE,
        False,
        UPLOADER,
    )
    assert (second["number"], second["by"]) == (2, user.user_id)
    assert (second["width"], second["height"]) == (64, 96)
    differs = second["compared"]
    assert (differs["dimensions"], differs["size"]) == (True, True)
    assert (differs["format"], differs["same_file"]) == (False, False)
    assert isinstance(differs["bits_apart"], int)
    assert differs["said"] == [
        {"field": "title", "here": "Fair", "there": None},
        {"field": "keywords", "here": ["fair", "spring"], "there": ["fair"]},
    ]
    view = staff.get(HERE, EDITOR).json
    assert view["replaced_at"] is not None
    assert "asset:release" not in view["affordances"]
    # Each is shown as any other picture is, to whoever may see it.
    for each in (PICTURE, newer):
        shown = staff.get(f"/v1/assets/{each}/renditions/preview", EDITOR)
        assert shown.status == 200


def test_the_older_file_is_gone_from_lists_and_from_who_may_see_what_leaves() -> None:
    staff = Staff(released())
    assert staff.get(HERE, VIEWER).status == 200
    newer = sent(staff)
    assert staff.get(HERE, VIEWER).status == 404
    assert files(staff, user=VIEWER).status == 404
    listed = [each["asset_id"] for each in staff.get("/v1/assets", EDITOR).json["items"]]
    assert listed == [newer]
    order = {"channel": "website"}
    answer = staff.post(f"{HERE}/downloads", EDITOR, order)
    assert answer.status != 201
    assert "url" not in answer.json


def test_a_version_that_is_not_for_the_caller_is_not_told_of() -> None:
    staff = Staff(released())
    newer = sent(staff)
    told = files(staff, user=SENDER).json
    assert ([each["asset_id"] for each in told["items"]], told["current"]) == (
        [PICTURE],
        None,
    )
    assert files(staff, newer).json["current"] == newer


@pytest.mark.parametrize("user", OTHERS, ids=["viewer", "officer", "other", "nobody"])
def test_who_may_not_describe_a_picture_does_not_replace_it(user: User) -> None:
    staff = Staff(released())
    assert announce(staff, user).status in {403, 404}
    assert len(staff.world.library.rows) == 1


def test_what_cannot_be_replaced_is_refused_before_anything_is_sent() -> None:
    staff = Staff(released())
    staff.world.announce("9" * 32)
    assert reason(announce(staff, of="9" * 32)) == (409, "version_not_taken_in")
    assert announce(staff, of="8" * 32).status == 404
    for n in range(1, MOST_VERSIONS):
        said = replace(announcement(f"{n:032x}"), replaces=PICTURE)
        staff.world.library.announce(said, staff.world.at.replace(year=2030))
        staff.world.upload(picture_of(), f"{n:032x}")
        staff.world.receive(f"{n:032x}")
    assert reason(announce(staff)) == (409, "too_many_versions")


def test_an_editor_makes_an_older_file_current_again() -> None:
    staff = Staff(released())
    newer = sent(staff)
    assert restore(staff, user=SENDER).status in {403, 404}
    assert restore(staff).json == {
        "asset_id": PICTURE,
        "changed": True,
        "replaced": newer,
    }
    assert files(staff).json["current"] == PICTURE
    assert staff.get(HERE, EDITOR).json["release"] is None
    assert not restore(staff).json["changed"]


def test_what_nothing_replaced_is_current_and_a_restore_needs_the_revision() -> None:
    staff = Staff(released())
    assert reason(restore(staff)) == (409, "version_is_current")
    assert staff.post(f"{HERE}/restore", EDITOR).status == 428
