"""Who a face is: by hand, to a suggestion, and with a second person."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from api.staff_api.routes.faces import suggestion_act
from beeldrecht.domain.access import Role, User
from beeldrecht.domain.four_eyes import FourEyes, ProposalStatus
from beeldrecht.domain.people import Appearance, AppearanceStatus, SuggestionBand
from beeldrecht.runtime.http.problems import ProblemError
from tests.fakes.effects import When
from tests.fakes.http import Answer
from tests.fakes.samples import ANN, BOB, EDITOR, OTHER, PICTURE, UPLOADER, face_id
from tests.fakes.scenes import examined
from tests.fakes.staff import Staff, as_

HERE = f"/v1/assets/{PICTURE}"
HAND = as_(Role.EDITOR)
FIRST = as_(Role.EDITOR, Role.RECOGNISER)
SECOND = as_(Role.EDITOR, Role.RECOGNISER, user_id=EDITOR)


def suggested() -> Staff:
    """One face that software thinks is Bob; Ann and Bob are known."""
    staff = Staff(examined())
    staff.world.know(BOB)
    band = SuggestionBand.REVIEW
    bob = Appearance(PICTURE, face_id(0), BOB, AppearanceStatus.SUGGESTED, band=band)
    staff.world.library.suggest([bob])
    return staff


def say(
    staff: Staff,
    user: User,
    person_id: str = BOB,
    answer: str = "confirm",
    face: str | None = None,
    tag: str | None = None,
) -> Answer:
    seen = tag or staff.get(HERE, HAND).headers["ETag"]
    return staff.put(
        f"{HERE}/faces/{face or face_id(0)}/people/{person_id}",
        user,
        {"answer": answer},
        headers={"If-Match": seen},
    )


def status(staff: Staff, person_id: str = BOB) -> AppearanceStatus:
    [there] = [a for a in staff.world.appearances() if a.person_id == person_id]
    return there.status


def test_an_editor_links_and_unlinks_by_hand() -> None:
    staff = Staff(examined())
    answer = say(staff, HAND, ANN)
    assert answer.status == 200
    assert answer.json["faces"][0]["appearances"] == [
        {"person_id": ANN, "status": "confirmed", "band": None}
    ]
    assert answer.headers["ETag"] == staff.get(HERE, HAND).headers["ETag"]
    assert staff.world.clearance.started == [PICTURE]
    assert say(staff, HAND, ANN, "reject").json["faces"][0]["appearances"] == [
        {"person_id": ANN, "status": "rejected", "band": None}
    ]


def test_saying_the_same_again_changes_nothing() -> None:
    staff = Staff(examined())
    before = say(staff, HAND, ANN)
    again = say(staff, SECOND, ANN)
    assert again.status == 200
    assert again.headers["ETag"] == before.headers["ETag"]
    [ann] = staff.world.appearances()
    assert ann.settled_by == HAND.user_id


def test_a_suggestion_waits_for_a_second_person_who_says_the_same() -> None:
    staff = suggested()
    first = say(staff, FIRST)
    assert first.status == 202
    assert first.json["operation"] == "suggestion:confirm"
    assert status(staff) is AppearanceStatus.SUGGESTED
    assert say(staff, FIRST).json == first.json
    assert say(staff, SECOND).status == 200
    [bob] = staff.world.appearances()
    assert (bob.status, bob.settled_by) == (AppearanceStatus.CONFIRMED, EDITOR)
    [proposal] = staff.services.proposals.proposals.values()
    assert proposal.status is ProposalStatus.APPROVED
    assert proposal.done_at is not None


def test_a_wish_that_lapsed_is_nobodys_agreement() -> None:
    staff = suggested()
    assert say(staff, FIRST).status == 202
    staff.world.at += timedelta(days=8)
    assert say(staff, SECOND).status == 202
    assert status(staff) is AppearanceStatus.SUGGESTED


def test_a_suggestion_is_turned_down_by_one_person() -> None:
    staff = suggested()
    assert say(staff, FIRST, answer="reject").status == 200
    assert status(staff) is AppearanceStatus.REJECTED


def test_one_person_is_enough_where_the_deployment_says_so() -> None:
    staff = suggested()
    staff.services.four_eyes = FourEyes.NEVER
    assert say(staff, FIRST).status == 200
    assert status(staff) is AppearanceStatus.CONFIRMED


def test_who_sees_no_suggestions_links_by_hand_and_learns_of_none() -> None:
    with_one, without = suggested(), Staff(examined())
    without.world.know(BOB)
    answers = [say(staff, HAND) for staff in (with_one, without)]
    assert [answer.status for answer in answers] == [200, 200]
    assert answers[0].json["faces"] == answers[1].json["faces"]


# -- the second person's agreement, by its identifier ----------------------------------


def what() -> dict[str, str]:
    return {"asset_id": PICTURE, "face_id": face_id(0), "person_id": BOB}


def test_an_agreement_is_carried_out_as_the_direct_way_does() -> None:
    staff = suggested()
    act = suggestion_act(staff.services)
    scene = act.scene(what())
    assert scene is not None
    assert scene.uploader_id == UPLOADER
    act.carry_out(SECOND, what())
    act.carry_out(SECOND, what())
    assert status(staff) is AppearanceStatus.CONFIRMED
    assert staff.world.clearance.started == [PICTURE, PICTURE]


def rejected(staff: Staff) -> None:
    say(staff, HAND, answer="reject")


def forgotten(staff: Staff) -> None:
    staff.world.library.forget(PICTURE)


@pytest.mark.parametrize("meanwhile", [rejected, forgotten])
def test_an_agreement_does_not_undo_what_was_said_meanwhile(
    meanwhile: Callable[[Staff], None],
) -> None:
    staff = suggested()
    meanwhile(staff)
    act = suggestion_act(staff.services)
    with pytest.raises(ProblemError) as caught:
        act.carry_out(SECOND, what())
    assert caught.value.problem == "conflict"
    assert (act.scene(what()) is None) == (meanwhile is forgotten)


# -- what is not there, and what has changed -------------------------------------------


def test_no_such_face_and_no_such_person_read_like_no_such_picture() -> None:
    staff = Staff(examined())
    answers = [
        say(staff, HAND, OTHER),
        say(staff, HAND, ANN, face=OTHER),
        say(staff, HAND, "nobody"),
        staff.put(
            f"/v1/assets/{OTHER}/faces/{face_id(0)}/people/{ANN}",
            HAND,
            {"answer": "confirm"},
            headers={"If-Match": '"1"'},
        ),
    ]
    assert {(a.status, a.text) for a in answers} == {(404, answers[0].text)}


def test_nobody_names_a_face_in_what_they_did_not_see() -> None:
    staff = Staff(examined())
    assert say(staff, HAND, ANN, tag='"1"').status == 412
    seen = staff.get(HERE, HAND).headers["ETag"]
    world = staff.world
    world.know(BOB)
    world.effects.arm(1, When.BEFORE, lambda: world.answer(face_id(0), BOB))
    answer = say(staff, HAND, ANN, tag=seen)
    assert (answer.status, answer.json["code"]) == (412, "changed_meanwhile")
    assert {a.person_id for a in world.appearances()} == {BOB}


def test_the_version_that_was_seen_has_to_be_said() -> None:
    staff = Staff(examined())
    path = f"{HERE}/faces/{face_id(0)}/people/{ANN}"
    answer = staff.put(path, HAND, {"answer": "confirm"})
    assert (answer.status, answer.json["code"]) == (428, "precondition_required")


@pytest.mark.parametrize(
    "body", [{}, {"answer": "maybe"}, {"answer": None}, {"answer": "confirm", "by": ANN}]
)
def test_an_answer_is_yes_or_no_and_nothing_beside(body: dict[str, str]) -> None:
    staff = Staff(examined())
    path = f"{HERE}/faces/{face_id(0)}/people/{ANN}"
    answer = staff.put(path, HAND, body, headers={"If-Match": '"3"'})
    assert (answer.status, answer.json["code"]) == (422, "invalid_request")
    assert staff.world.appearances() == ()


@pytest.mark.parametrize(
    "user",
    [
        as_(),
        as_(Role.VIEWER),
        as_(Role.CONTRIBUTOR, user_id=UPLOADER),
        as_(Role.PRIVACY_OFFICER, Role.RECOGNISER),
        as_(Role.ADMINISTRATOR),
        as_(Role.RECOGNISER),
    ],
)
def test_only_an_editor_says_who_is_in_a_picture(user: User) -> None:
    staff = suggested()
    assert say(staff, user).status == 404
    assert status(staff) is AppearanceStatus.SUGGESTED
