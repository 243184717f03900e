"""Files that cannot be looked through, through the API: declared, released, fetched."""

from datetime import timedelta

import pytest

from beeldrecht.domain.access import Role, User
from beeldrecht.domain.consent import Withdrawal
from beeldrecht.domain.declarations import declared_people
from tests.fakes.http import Answer
from tests.fakes.samples import ANN, BOB, OTHER, PICTURE, UPLOADER, face_id, grant
from tests.fakes.scenes import brochure, letter, ready
from tests.fakes.staff import Staff, as_

EDITOR, VIEWER = as_(Role.EDITOR), as_(Role.VIEWER)
OTHERS = (VIEWER, as_(Role.PRIVACY_OFFICER), as_(Role.CONTRIBUTOR), as_())
SENDER = as_(Role.CONTRIBUTOR, user_id=UPLOADER)
HERE = f"/v1/assets/{PICTURE}"


def tag(staff: Staff) -> dict[str, str]:
    return {"If-Match": staff.get(HERE, EDITOR).headers["ETag"]}


def declare(
    staff: Staff, *people: str, user: User = EDITOR, rest_stays: bool = False
) -> Answer:
    said = {"people": list(people), "rest_stays": rest_stays}
    return staff.put(f"{HERE}/declaration", user, said, headers=tag(staff))


def release(staff: Staff) -> Answer:
    return staff.post(f"{HERE}/release", EDITOR, {}, headers=tag(staff))


def fetch(staff: Staff, rendition: str | None = "file", **more: object) -> Answer:
    order = {"channel": "website", **more}
    if rendition is not None:
        order["rendition"] = rendition
    return staff.post(f"{HERE}/downloads", VIEWER, order)


def fetched(staff: Staff) -> list[object]:
    entries = staff.world.audit.entries(PICTURE)
    return [e.data["rendition"] for e in entries if e.tag == "egress:asset:download"]


def findings(answer: Answer) -> set[str]:
    return {each["id"] for each in answer.json["findings"]}


def test_a_file_is_shown_as_undeclared_to_whoever_is_to_declare_it() -> None:
    staff = Staff(letter())
    view = staff.get(HERE, EDITOR).json
    assert (view["sight"], view["declaration"]) == ("not_seen", None)
    assert view["renditions"] == ["file"]
    assert {f["id"] for f in view["decision"]["findings"]} == {
        "file_undeclared",
        "not_released",
    }
    assert "appearance:confirm" in view["affordances"]
    assert "asset:release" not in view["affordances"]
    seen = staff.get(f"{HERE}/renditions/file", EDITOR)
    assert seen.status == 200
    assert seen.json["file_name"] == "zomerfeest-012.jpg"
    assert release(staff).status == 409
    assert fetch(staff).status in {404, 409}


def test_a_file_leaves_as_it_is_once_who_is_in_it_is_cleared_and_on_record() -> None:
    staff = Staff(letter())
    answer = declare(staff, ANN)
    assert answer.status == 200
    assert answer.json["declaration"] == {
        "declared_by": EDITOR.user_id,
        "rest_stays": False,
        "people": [ANN],
    }
    assert release(staff).status == 409
    given = grant(ANN)
    staff.world.sign(given)
    assert release(staff).status == 200
    assert fetch(staff, None).status == 404  # there is no picture of it
    assert fetch(staff, "preview").status == 404
    assert fetch(staff, None, size="medium_size").status == 404
    left = fetch(staff)
    assert left.status == 201
    assert left.json["rendition"] == "file"
    assert left.json["url"].endswith(f"{PICTURE}/file?60")
    assert fetched(staff) == ["file"]
    assert fetch(staff, channel="press").status == 409
    staff.world.at += timedelta(seconds=1)
    staff.world.register.withdraw(
        Withdrawal("0" * 32, given.grant_id, ANN, staff.world.at)
    )
    gone = staff.post(
        f"{HERE}/downloads", EDITOR, {"channel": "website", "rendition": "file"}
    )
    assert gone.status == 409
    assert "grant_withdrawn" in findings(gone)
    assert fetched(staff) == ["file"]


def test_declaring_somebody_more_takes_the_file_back_in() -> None:
    staff = Staff(letter())
    declare(staff)
    assert release(staff).status == 200
    assert fetch(staff).status == 201
    again = declare(staff, BOB)
    assert again.json["release"] is None
    assert again.json["decision"]["outcome"] == "embargoed"
    assert fetch(staff).status in {404, 409}


def test_of_a_document_the_page_leaves_alone_where_the_rest_stays() -> None:
    staff = Staff(brochure())
    assert staff.get(HERE, EDITOR).json["sight"] == "seen_in_part"
    assert release(staff).status == 409
    assert declare(staff, rest_stays=True).status == 200
    assert release(staff).status == 200
    assert fetch(staff, "working").status == 201
    refused = staff.post(
        f"{HERE}/downloads", EDITOR, {"channel": "website", "rendition": "file"}
    )
    assert refused.status == 409
    assert "rest_stays" in findings(refused)
    assert declare(staff).status == 200
    assert fetch(staff, "working").status in {404, 409}  # released anew first
    assert release(staff).status == 200
    assert fetch(staff, None).json["rendition"] == "working"
    assert fetch(staff).status == 201


def test_a_document_whose_page_leaves_masked_stays_itself() -> None:
    world = brochure(faces=1)
    world.answer(face_id(0), ANN)
    world.declare()
    world.release()
    staff = Staff(world)
    assert fetch(staff, "working").json["masked"] is True
    assert fetch(staff).status == 409
    assert fetched(staff) == ["working"]


@pytest.mark.parametrize("user", [*OTHERS, SENDER])
def test_nobody_but_an_editor_declares_and_is_told_who_was(user: User) -> None:
    staff = Staff(letter())
    assert declare(staff, ANN, user=user).status in {403, 404}
    assert declared_people(PICTURE, staff.world.appearances()) == ()
    declare(staff, ANN)
    shown = staff.get(HERE, user)
    if shown.status == 200 and Role.PRIVACY_OFFICER not in user.roles:
        assert shown.json["declaration"]["people"] is None


def test_what_cannot_be_declared_is_refused() -> None:
    staff = Staff(letter())
    assert declare(staff, OTHER).status == 404
    assert declare(staff, ANN, rest_stays=True).status == 422
    assert declare(staff, rest_stays=True).status == 409
    assert declare(Staff(ready())).status == 409
    path = f"{HERE}/declaration"
    assert staff.put(path, EDITOR, {"people": []}).status == 428
