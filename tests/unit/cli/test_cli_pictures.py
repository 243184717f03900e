"""A picture as staff see it: its faces in order, their state, and if it is settled."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beeldrecht.domain.assets import Box, Face, FacePose
from beeldrecht.domain.channels import Channel, Verdict
from beeldrecht.domain.decisions import Finding, FindingId
from cli.pictures import FaceState, in_reading_order
from cli.tables import face_reasons, row, who, worth_saying
from local.demo.organisation import Who
from tests.e2e.sheet_scene import NAMED, NOW, Scene


def face(name: str, x: float, y: float, height: float = 100.0) -> Face:
    pose = FacePose(0.0, 0.0, 0.9)
    return Face(name, Box(x, y, 80.0, height), ((0.0, 0.0),) * 5, 0.9, pose)


def order(*faces: Face) -> str:
    return "".join(f.face_id for f in in_reading_order(faces))


def test_faces_are_numbered_row_by_row_from_the_left() -> None:
    grid = (face("d", 300, 410), face("a", 0, 30), face("c", 0, 400), face("b", 300, 0))
    assert order(*grid) == "abcd"


def test_a_face_half_its_height_lower_is_in_the_same_row_and_lower_ones_are_not() -> None:
    assert order(face("b", 300, 0), face("a", 0, 50)) == "ab"
    assert order(face("a", 300, 0), face("b", 0, 51)) == "ab"


@given(st.permutations([face(str(n), n * 37 % 200, n * 53 % 400) for n in range(7)]))
def test_the_order_does_not_depend_on_how_the_faces_come(faces: list[Face]) -> None:
    assert order(*faces) == order(*sorted(faces, key=lambda f: f.face_id))


@pytest.mark.parametrize(
    ("picture", "states"),
    [
        ("vrij.jpg", [FaceState.CLEAR]),
        ("samen.jpg", [FaceState.CLEAR, FaceState.PARTLY]),
        (
            "feest.jpg",
            [FaceState.COVERED] * 3
            + [FaceState.SUGGESTED, FaceState.UNNAMED, FaceState.UNNAMED],
        ),
    ],
)
def test_a_face_stands_where_its_consent_puts_it(
    picture: str, states: list[FaceState]
) -> None:
    assert [f.state for f in Scene().seen(picture).faces] == states


def test_a_person_frozen_by_the_officer_freezes_the_face() -> None:
    seen = Scene().seen("vrij.jpg").faces[0]
    finding = Finding(FindingId.PERSON_RESTRICTED, seen.face_id)
    frozen = replace(seen, findings=(*seen.findings, finding))
    assert frozen.state is FaceState.FROZEN
    assert set(frozen.verdicts.values()) == {Verdict.RESTRICTED}


def test_a_suggestion_is_never_shown_as_a_name_without_its_question_mark() -> None:
    suggested = Scene().seen("feest.jpg").faces[3]
    assert who(suggested, NAMED, "nl") == "Daniel Koster? (waarschijnlijk)"
    assert who(suggested, NAMED, "en") == "Daniel Koster? (likely)"


def test_a_reason_names_the_channels_only_where_they_differ() -> None:
    clear, partly = Scene().seen("samen.jpg").faces
    assert [r.where for r in face_reasons(clear.findings, "en")] == [""]
    where = {r.text.split(".")[0]: r.where for r in face_reasons(partly.findings, "en")}
    assert where["Agrees"] == "website"
    assert len(where) == 2
    others = next(w for text, w in where.items() if text != "Agrees")
    assert others == "social media, intranet, print, press and advertising"


def test_nobody_is_told_to_release_what_stays_in() -> None:
    scene = Scene()
    ready, stays_in = scene.seen("vrij.jpg"), scene.seen("feest.jpg")
    assert FindingId.NOT_RELEASED in {f.id for f in worth_saying(ready)}
    assert FindingId.NOT_RELEASED in {f.id for f in stays_in.findings}
    assert FindingId.NOT_RELEASED not in {f.id for f in worth_saying(stays_in)}


def test_a_row_names_the_picture_that_it_is_a_copy_of() -> None:
    scene = Scene()
    files = {d.asset_id: d.name for d in scene.drawn}
    copied = row(scene.seen("vrij-kopie.jpg"), NAMED, files, "nl")
    assert "Hetzelfde bestand als vrij.jpg, byte voor byte." in copied.findings


def test_a_refused_file_has_neither_people_nor_channels() -> None:
    refused = row(Scene().seen("kapot.jpg"), NAMED, {}, "en")
    assert (refused.status_name, refused.people, refused.channels) == ("refused", "", "-")
    assert "stops before the picture is complete" in refused.findings[0]


def test_the_same_facts_later_give_the_answer_of_later() -> None:
    scene = Scene()
    today = scene.seen("staand.jpg")
    later = scene.seen("staand.jpg", NOW + timedelta(days=22))
    assert today.decision is not None
    assert later.decision is not None
    assert today.decision.per_channel[Channel.WEBSITE] is Verdict.CLEAR
    assert later.decision.per_channel[Channel.WEBSITE] is Verdict.MASKED


def test_a_withdrawal_shows_at_once_whatever_the_library_has_cached() -> None:
    before, after = Scene().seen("uit.jpg"), Scene().withdraw(Who.HENK).seen("uit.jpg")
    assert before.revision == after.revision
    assert before.decision is not None
    assert after.decision is not None
    assert set(before.decision.leaves.values()) == {Verdict.CLEAR}
    assert Verdict.CLEAR not in after.decision.leaves.values()
