"""Films through the API: what they are, who declares, and how they leave."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from beeldrecht.domain.access import Role, User
from beeldrecht.domain.consent import Withdrawal
from tests.fakes.http import Answer
from tests.fakes.samples import ANN, OTHER, PICTURE, grant
from tests.fakes.scenes import brochure, examined, film
from tests.fakes.staff import Staff, as_
from tests.fakes.world import World

EDITOR, VIEWER = as_(Role.EDITOR), as_(Role.VIEWER)
HERE = f"/v1/assets/{PICTURE}"
STAYS = {404, 409}
"""What somebody is answered who may not have it: that it stays, or nothing at all."""


def declare(staff: Staff, *people: str, rest_stays: bool = False) -> Answer:
    said = {"people": list(people), "rest_stays": rest_stays}
    tag = {"If-Match": staff.get(HERE, EDITOR).headers["ETag"]}
    return staff.put(f"{HERE}/declaration", EDITOR, said, headers=tag)


def release(staff: Staff) -> Answer:
    tag = {"If-Match": staff.get(HERE, EDITOR).headers["ETag"]}
    return staff.post(f"{HERE}/release", EDITOR, {}, headers=tag)


def fetch(staff: Staff, rendition: str | None, user: User = VIEWER) -> Answer:
    order = {"channel": "website"}
    if rendition is not None:
        order["rendition"] = rendition
    return staff.post(f"{HERE}/downloads", user, order)


def test_a_film_tells_what_it_is_and_in_which_frames_faces_were_seen() -> None:
    staff = Staff(film(faces=1))
    told = staff.get(f"{HERE}/film", EDITOR)
    assert told.status == 200
    assert (told.json["duration_ms"], told.json["codec"]) == (12_000, "h264")
    assert (told.json["width"], told.json["height"]) == (1920, 1080)
    assert told.json["size"] == staff.get(HERE, EDITOR).json["original"]["size"]
    assert told.json["frames"] == [
        {"at_ms": 500, "face_count": 0, "boxes": []},
        {
            "at_ms": 1500,
            "face_count": 1,
            "boxes": [{"x": 10, "y": 20, "width": 30, "height": 40}],
        },
    ]
    del staff.world.films.seen[PICTURE]
    assert staff.get(f"{HERE}/film", EDITOR).json["frames"] is None


@pytest.mark.parametrize("scene", [examined, brochure])
def test_what_is_no_film_has_none(scene: Callable[[], World]) -> None:
    staff = Staff(scene())
    assert staff.get(f"{HERE}/film", EDITOR).status == 404
    assert staff.get(f"/v1/assets/{OTHER}/film", EDITOR).status == 404


def test_the_sheet_of_frames_is_for_who_clears_and_never_leaves() -> None:
    staff = Staff(film())
    looked = staff.get(f"{HERE}/renditions/frames", EDITOR)
    assert looked.status == 200
    assert looked.json["file_name"].endswith("-frames.jpg")
    assert staff.get(f"{HERE}/renditions/frames", VIEWER).status in {403, 404}
    assert declare(staff).status == 200
    assert release(staff).status == 200
    for user in (VIEWER, EDITOR):
        assert fetch(staff, "frames", user).status == 422


def test_a_film_leaves_only_while_everybody_who_was_declared_is_cleared() -> None:
    staff = Staff(film())
    world = staff.world
    found = {f["id"] for f in staff.get(HERE, EDITOR).json["decision"]["findings"]}
    assert {"file_undeclared", "no_face_found"} <= found
    assert release(staff).status == 409
    assert fetch(staff, "file").status in STAYS
    world.sign(grant(ANN))
    assert declare(staff, ANN).status == 200
    assert fetch(staff, "file").status in STAYS  # nobody released it
    assert release(staff).status == 200
    assert fetch(staff, "file").status == 201
    assert fetch(staff, None).json["rendition"] == "working"
    world.at += timedelta(minutes=1)
    world.register.withdraw(Withdrawal(OTHER, grant(ANN).grant_id, ANN, world.at))
    assert fetch(staff, "file").status in STAYS
    assert fetch(staff, None).status in STAYS


def test_of_a_film_the_poster_is_used_alone() -> None:
    staff = Staff(film())
    assert declare(staff, rest_stays=True).status == 200
    assert release(staff).status == 200
    assert fetch(staff, None).json["rendition"] == "working"
    assert fetch(staff, "file").status in STAYS


def test_a_film_of_which_the_poster_shows_somebody_covered_does_not_leave() -> None:
    """Somebody who is covered in its picture is not cleared in the film."""
    staff = Staff(film(faces=1))
    assert declare(staff).status == 200
    assert fetch(staff, "file").status in STAYS
    assert release(staff).status == 409
