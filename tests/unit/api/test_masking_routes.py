"""Covered faces through the API: who says which, who sees it first, and how it leaves."""

from typing import Any

import pytest

from beeldrecht.adapters.masks import MaskingFailedError
from beeldrecht.domain.access import Role, User
from beeldrecht.domain.assets import FaceMark
from beeldrecht.domain.channels import Channel
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.masking import UncoverableError
from tests.fakes.http import Answer
from tests.fakes.samples import ANN, OTHER, PICTURE, UPLOADER, face_id, grant
from tests.fakes.scenes import examined, ready, received, released
from tests.fakes.staff import Staff, as_
from tests.fakes.world import World

EDITOR, VIEWER = as_(Role.EDITOR), as_(Role.VIEWER)
OTHERS = (VIEWER, as_(Role.PRIVACY_OFFICER), as_(Role.CONTRIBUTOR), as_())
SENDER = as_(Role.CONTRIBUTOR, user_id=UPLOADER)
HERE = f"/v1/assets/{PICTURE}"
MARK = f"{HERE}/faces/{face_id(0)}/mark"


def couple() -> World:
    """Ann agreed to the website; the other agreed to print alone."""
    world = examined(2)
    world.know(OTHER)
    world.sign(grant(ANN), grant(OTHER, channels=frozenset({Channel.PRINT})))
    world.answer(face_id(0), ANN)
    world.answer(face_id(1), OTHER)
    world.check()
    return world


def tag(staff: Staff) -> dict[str, str]:
    return {"If-Match": staff.get(HERE, EDITOR).headers["ETag"]}


def mark(staff: Staff, user: User, value: str, path: str = MARK) -> Answer:
    return staff.put(path, user, {"mark": value}, headers=tag(staff))


def see(staff: Staff, user: User, channel: str = "website") -> Answer:
    return staff.get(f"{HERE}/masked", user, query={"channel": channel})


def release(staff: Staff, body: Any) -> Answer:
    return staff.post(f"{HERE}/release", EDITOR, body, headers=tag(staff))


def tags(staff: Staff) -> list[str]:
    return [entry.tag for entry in staff.world.audit.entries(PICTURE)]


# -- marking ---------------------------------------------------------------------------


def test_a_face_that_is_to_be_covered_makes_a_picture_ready_to_be_released() -> None:
    staff = Staff(examined())
    assert staff.get(HERE, EDITOR).json["decision"]["outcome"] == "embargoed"
    answer = mark(staff, EDITOR, "mask")
    assert answer.status == 200
    assert answer.json["faces"][0]["mark"] == "mask"
    assert answer.json["decision"]["outcome"] == "ready"
    assert set(answer.json["decision"]["per_channel"].values()) == {"masked"}
    assert "asset:release" in answer.json["affordances"]
    assert "clearance:face:mark" in tags(staff)
    assert staff.world.clearance.started[-1] == PICTURE


def test_a_mark_is_taken_back_as_it_was_made() -> None:
    staff = Staff(examined())
    mark(staff, EDITOR, "not_recognisable")
    answer = mark(staff, EDITOR, "unmarked")
    assert answer.json["decision"]["outcome"] == "embargoed"


def test_a_face_that_is_marked_is_covered_whoever_is_linked_to_it() -> None:
    staff = Staff(ready())
    answer = mark(staff, EDITOR, "mask")
    assert set(answer.json["decision"]["per_channel"].values()) == {"masked"}
    assert answer.json["faces"][0]["appearances"][0]["person_id"] == ANN


@pytest.mark.parametrize("user", [*OTHERS, SENDER])
def test_nobody_but_an_editor_marks_a_face(user: User) -> None:
    staff = Staff(released())
    assert mark(staff, user, "not_recognisable").status in {403, 404}
    found = staff.world.library.picture(PICTURE)
    assert found is not None
    assert found[1].faces[0].mark is FaceMark.UNMARKED


def test_a_face_that_is_not_there_cannot_be_marked() -> None:
    staff = Staff(examined())
    path = f"{HERE}/faces/{derived_id('no', 'face')}/mark"
    assert mark(staff, EDITOR, "mask", path).status == 404
    assert staff.put(MARK, EDITOR, {"mark": "blur"}, headers=tag(staff)).status == 422


def test_a_mark_is_on_what_was_seen() -> None:
    staff = Staff(examined())
    assert staff.put(MARK, EDITOR, {"mark": "mask"}).status == 428
    before = tag(staff)
    staff.world.answer(face_id(0), ANN)
    answer = staff.put(MARK, EDITOR, {"mark": "mask"}, headers=before)
    assert (answer.status, answer.json["code"]) == (412, "changed_meanwhile")


# -- seeing it masked, and releasing it so ---------------------------------------------


def test_r14_a_masked_picture_is_released_by_who_saw_it_and_leaves_as_they_saw_it() -> (
    None
):
    staff = Staff(couple())
    unseen = release(staff, {"channels": ["website"]})
    assert (unseen.status, unseen.json["code"]) == (409, "masked_version_not_seen")
    assert unseen.json["channels"] == ["website"]
    seen = see(staff, EDITOR)
    assert seen.status == 200
    assert seen.json["faces"] == [face_id(1)]
    assert seen.json["url"].endswith(f"/{PICTURE}/masked/{seen.json['mask_id']}?60")
    body = {"channels": ["website"], "masks": [seen.json["mask_id"]]}
    answer = release(staff, body)
    assert answer.json["decision"]["leaves"] == {"website": "masked"}
    fetched = staff.post(f"{HERE}/downloads", EDITOR, {"channel": "website"})
    assert fetched.status == 201
    assert (fetched.json["masked"], fetched.json["covered_faces"]) == (True, 1)
    assert fetched.json["url"].endswith(f"/masked/{seen.json['mask_id']}?60")
    assert fetched.json["file_name"] == "zomerfeest-012-preview-masked.jpg"


def test_without_a_look_what_is_clear_is_released_and_nothing_else() -> None:
    staff = Staff(couple())
    assert release(staff, {}).json["decision"]["leaves"] == {"print": "clear"}


def test_a_picture_that_is_clear_for_a_use_has_nothing_to_see_masked() -> None:
    staff = Staff(couple())
    answer = see(staff, EDITOR, "print")
    assert (answer.status, answer.json["code"]) == (409, "conflict")


def test_why_there_is_no_masked_version_is_said() -> None:
    answer = see(Staff(examined()), EDITOR)
    assert (answer.status, answer.json["code"]) == (409, "not_cleared")
    assert "face_unresolved" in {f["id"] for f in answer.json["findings"]}


@pytest.mark.parametrize("user", [*OTHERS, SENDER])
def test_nobody_sees_it_masked_who_may_not_release_it(user: User) -> None:
    staff = Staff(couple())
    before = tags(staff)
    assert see(staff, user).status in {403, 404}
    assert tags(staff) == before
    assert not staff.world.renditions.masked


@pytest.mark.parametrize("channel", ["", "everywhere"])
def test_a_channel_has_to_be_one(channel: str) -> None:
    assert see(Staff(couple()), EDITOR, channel).status == 422


def test_a_face_that_cannot_be_covered_is_said_and_nothing_leaves() -> None:
    world = couple()
    world.release()
    world.masks.fails = UncoverableError(PICTURE)
    staff = Staff(world)
    seen = see(staff, EDITOR)
    fetched = staff.post(f"{HERE}/downloads", EDITOR, {"channel": "website"})
    for answer in (seen, fetched):
        assert (answer.status, answer.json["code"]) == (409, "masked_version_not_made")
    assert "egress:asset:download" not in tags(staff)
    assert "egress:mask:view" not in tags(staff)


def test_what_covers_faces_can_fail_and_then_nothing_leaves_either() -> None:
    world = couple()
    world.release()
    world.masks.fails = MaskingFailedError("MemoryError")
    staff = Staff(world)
    seen = see(staff, EDITOR)
    fetched = staff.post(f"{HERE}/downloads", EDITOR, {"channel": "website"})
    for answer in (seen, fetched):
        # It is our fault and no matter of a second: it is logged, and not tried again.
        assert (answer.status, answer.json["code"]) == (500, "internal")
        assert "Retry-After" not in answer.headers
    assert "egress:asset:download" not in tags(staff)
    assert "egress:mask:view" not in tags(staff)


def test_a_picture_that_is_not_in_yet_has_nothing_to_see() -> None:
    assert see(Staff(received()), EDITOR).status == 409


def test_r12_what_was_covered_in_what_left_is_on_record() -> None:
    world = couple()
    world.release()
    staff = Staff(world)
    staff.post(f"{HERE}/downloads", VIEWER, {"channel": "website"})
    (disclosed,) = world.disclosures.of_asset(PICTURE, world.at)
    assert disclosed.recipient_id == VIEWER.user_id
    assert disclosed.masked == {face_id(1)}
