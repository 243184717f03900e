"""The demonstration's organisation and pictures: invented, dated by the day it runs."""

import re
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from beeldrecht.domain.assets import Box, Face, FacePose
from beeldrecht.domain.channels import Channel
from beeldrecht.domain.consent import GrantKind, in_force
from beeldrecht.domain.permits import (
    PermitGround,
    RecognitionMode,
    permit_closed_session,
)
from local.demo.organisation import (
    NAMES,
    RECEPTION_ID,
    STUDIO_ID,
    Organisation,
    Who,
    found,
    organisation,
)
from local.demo.photos import (
    PORTRAITS,
    RELEASED,
    SUGGESTED,
    WITHDRAWN,
    Shot,
    name_faces,
    prepare,
    shots,
)
from tests.fakes.world import World
from tools.photos import photos

DAYS = [date(2026, 3, 29), date(2026, 10, 25), date(2028, 2, 29), date(2026, 12, 31)]


def live(founded: Organisation, who: Who, on: date) -> set[Channel]:
    """Where this person's picture may be used at noon of that day."""
    noon = datetime.combine(on, time(12), UTC)
    return {
        channel
        for document in founded.signed
        for grant in document.grants
        if grant.person_id == who.person_id
        if grant.kind is GrantKind.IMAGE_CONSENT
        if in_force(grant, founded.withdrawals, noon)
        for channel in grant.channels
    }


@pytest.mark.parametrize("today", DAYS)
def test_each_person_shows_one_state_of_consent_whatever_the_day(today: date) -> None:
    founded = organisation(today)
    everything = set(Channel)
    states = {who: live(founded, who, today) for who in Who}
    assert states == {
        Who.DANIEL: everything,
        Who.ANNA: {Channel.WEBSITE},
        Who.HENK: everything,
        Who.WILLEM: set(),
        Who.SANNE: set(),
        Who.MARC: set(),
    }
    assert live(founded, Who.ANNA, today + timedelta(days=30)) == set()
    assert live(founded, Who.WILLEM, today - timedelta(days=7)) == everything
    assert live(founded, Who.SANNE, today - timedelta(days=32)) == everything


@pytest.mark.parametrize("today", DAYS)
def test_only_the_closed_session_may_recognise_anybody(today: date) -> None:
    founded = organisation(today)
    at = datetime.combine(today, time(12), UTC)
    grants = tuple(g for document in founded.signed for g in document.grants)
    sessions = {session.session_id: session for session in founded.sessions}
    studio = sessions[STUDIO_ID]
    permit = permit_closed_session(
        studio, frozenset(), RecognitionMode.CLOSED_SESSION, grants, (), at
    )
    assert permit.ground is PermitGround.CLOSED_SESSION
    assert permit.subject_ids == {Who.DANIEL.person_id}
    assert not sessions[RECEPTION_ID].closed


def test_founding_again_records_nothing_and_changes_nothing() -> None:
    world = World()
    founded = organisation(DAYS[0])
    assert found(founded, world.register, world.library, world.keys, world.at)
    world.recognise(RecognitionMode.DETECT)
    before = world.register.facts([who.person_id for who in Who])
    later = organisation(DAYS[3])
    assert not found(later, world.register, world.library, world.keys, world.at)
    assert world.register.facts([who.person_id for who in Who]) == before
    assert world.library.recognition().mode is RecognitionMode.DETECT


def test_a_founding_that_was_killed_goes_on() -> None:
    world = World()
    founded = organisation(DAYS[0])
    world.register.add_person(founded.people[0], world.keys, world.at)
    assert found(founded, world.register, world.library, world.keys, world.at)
    for person in founded.people:
        assert world.register.person(person.person_id, world.keys) == person


def test_nothing_that_is_shown_carries_a_real_name() -> None:
    real = {part for p in photos().values() for part in p.person.split("_")}
    shown = [*NAMES.values(), *(shot.name for shot in shots())]
    for text in shown:
        assert not real & set(re.findall(r"[a-z]+", text.lower()))


def test_the_plan_has_the_pictures_that_its_steps_need() -> None:
    plan = {shot.name: shot for shot in shots()}
    assert len(plan) == len(shots())
    assert {*PORTRAITS, RELEASED, WITHDRAWN, SUGGESTED} <= set(plan)
    for name in PORTRAITS:
        assert plan[name].faces == (Who.DANIEL,)
    assert plan[SUGGESTED].late
    assert plan[SUGGESTED].session_id == STUDIO_ID
    assert [s.name for s in plan.values() if s.session_id == STUDIO_ID] == [SUGGESTED]


def seen(face_id: str, x: float, y: float, side: float = 100.0) -> Face:
    pose = FacePose(0.0, 0.0, 0.9)
    return Face(face_id, Box(x, y, side, side), ((0.0, 0.0),) * 5, 0.9, pose)


def shot(*faces: tuple[Who | None, float, float]) -> Shot:
    boxes = [(x, y, 100.0, 100.0) for _, x, y in faces]
    return Shot("x.jpg", Path.touch, tuple(who for who, _, _ in faces), lambda: boxes)


def test_the_editor_names_the_face_that_covers_the_true_box_best() -> None:
    plan = shot((Who.ANNA, 0, 0), (Who.HENK, 300, 0), (None, 600, 0))
    faces = [seen("right", 310, 5), seen("left", 8, 0), seen("stranger", 600, 0)]
    assert name_faces(plan, faces) == {"left": Who.ANNA, "right": Who.HENK}


def test_a_face_that_hardly_overlaps_stays_without_a_name() -> None:
    plan = shot((Who.ANNA, 0, 0))
    assert name_faces(plan, [seen("half", 49, 0)]) == {"half": Who.ANNA}
    assert name_faces(plan, [seen("less", 51, 0)]) == {}
    assert name_faces(plan, [seen("away", 500, 500)]) == {}
    assert name_faces(plan, []) == {}


def test_a_file_appears_whole_or_not_at_all_and_is_made_once(tmp_path: Path) -> None:
    made: list[Path] = []

    def make(path: Path) -> None:
        made.append(path)
        path.write_bytes(b"half")
        if len(made) == 1:
            raise OSError("killed")
        path.write_bytes(b"whole")

    plan = Shot("x.jpg", make)
    with pytest.raises(OSError, match="killed"):
        prepare(plan, tmp_path / "photos")
    assert not (tmp_path / "photos/x.jpg").exists()
    for _ in range(2):
        assert prepare(plan, tmp_path / "photos").read_bytes() == b"whole"
    assert len(made) == 2
