"""enrol_person: on the person's own consent, from photos confirmed to be theirs."""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from beeldrecht.domain.consent import (
    GrantKind,
    Restriction,
    RestrictionKind,
    withdraw,
)
from beeldrecht.domain.permits import (
    PermitRefusal,
    PermitRefusedError,
    RecognitionMode,
)
from beeldrecht.domain.retention import RetentionKind, RetentionPolicy
from beeldrecht.domain.sessions import Origin, Session
from beeldrecht.domain.time import Period
from beeldrecht.runtime.pixels import FullSize
from recognition.enrol_person import step
from recognition.enrol_person.step import (
    NOT_CONFIRMED,
    PUBLIC_WEB_SOURCE,
    UNKNOWN_PHOTO,
    Event,
)
from tests.fakes.effects import Killed, When
from tests.fakes.recognising import MODEL, FakeEnroller
from tests.fakes.retention import FakeRetention
from tests.fakes.samples import ANN, BOB, EDITOR, NOON, PICTURE, SHOOT, face_id, grant
from tests.fakes.scenes import examined
from tests.fakes.sealing import FakeKeyRing, FakeTemplates
from tests.fakes.world import World

SAMPLE: dict[str, Any] = json.loads(
    Path(step.__file__).with_name("event.json").read_text()
)
END = NOON + timedelta(days=30)
PHOTO = {"asset_id": PICTURE, "face_id": face_id(0)}


class Desk:
    """Where people enrol: Ann, with one picture confirmed to be hers."""

    def __init__(self, faces: int = 1) -> None:
        self.world = examined(faces)
        self.world.recognise(RecognitionMode.CLOSED_SESSION)
        self.world.sign(grant(ANN, GrantKind.BIOMETRIC_CONSENT))
        self.world.answer(face_id(0), ANN)
        self.keys = FakeKeyRing(self.seconds)
        self.templates = FakeTemplates(
            self.keys, self.seconds, self.world.effects, self.world.audit
        )
        self.enroller = FakeEnroller()

    def seconds(self) -> float:
        return self.world.at.timestamp()

    def enrol(self, *photos: dict[str, str], person_id: str = ANN) -> step.Result:
        self.enroller = FakeEnroller()
        return step.enrol_person(
            Event.model_validate(
                {
                    "person_id": person_id,
                    "actor_id": EDITOR,
                    "photos": photos or (PHOTO,),
                }
            ),
            self.world.library,
            self.world.register,
            FullSize(self.world.originals, self.world.renditions),
            self.enroller,
            self.templates,
            self.world.library.retention,
            self.world.now,
        )

    def template(self, person_id: str = ANN) -> bytes | None:
        return self.templates.load(person_id, MODEL)


def entries(world: World) -> list[tuple[str, str, dict[str, Any]]]:
    return [(e.tag, e.actor, dict(e.data)) for e in world.audit.entries(ANN)]


def test_the_sample_event_is_an_enrolment() -> None:
    assert len(Event.model_validate(SAMPLE).photos) == 1


@pytest.mark.parametrize(
    ("photos", "fits"), [(0, False), (1, True), (5, True), (6, False)]
)
def test_one_to_five_photos_make_an_enrolment(photos: int, fits: bool) -> None:
    said = SAMPLE | {"photos": SAMPLE["photos"] * photos}
    if fits:
        assert Event.model_validate(said)
    else:
        with pytest.raises(ValidationError):
            Event.model_validate(said)


def test_a_person_who_agreed_is_enrolled_until_that_consent_ends() -> None:
    desk = Desk()
    result = desk.enrol()
    assert (result.enrolled, result.accepted, result.refused) == (True, 1, ())
    assert result.valid_until == END
    assert desk.template() == face_id(0).encode()
    desk.world.at = END
    assert desk.template() is None


def test_a_template_ends_with_its_own_term_where_that_is_sooner() -> None:
    desk = Desk()
    week = RetentionPolicy(chosen={RetentionKind.TEMPLATES: 7})
    desk.world.library.retention = FakeRetention(week)
    result = desk.enrol()
    assert result.valid_until == week.ends(RetentionKind.TEMPLATES, NOON)
    desk.world.at = result.valid_until or NOON
    assert desk.template() is None


def test_the_enrolment_is_in_the_trail_with_who_did_it_from_what() -> None:
    desk = Desk()
    desk.enrol()
    assert entries(desk.world) == [
        (
            "recognition:person:enrol",
            EDITOR,
            {"model_id": MODEL, "photos": f"{PICTURE}:{face_id(0)}"},
        )
    ]


def test_the_same_photo_given_twice_counts_once() -> None:
    desk = Desk()
    assert desk.enrol(PHOTO, PHOTO).accepted == 1
    assert desk.enroller.taken == [face_id(0)]


@pytest.mark.parametrize(
    ("photo", "reason"),
    [
        ({"asset_id": PICTURE, "face_id": "0" * 32}, UNKNOWN_PHOTO),
        ({"asset_id": "0" * 32, "face_id": face_id(0)}, UNKNOWN_PHOTO),
    ],
)
def test_a_photo_nobody_knows_is_refused_and_no_template_is_made(
    photo: dict[str, str], reason: str
) -> None:
    desk = Desk()
    result = desk.enrol(photo)
    assert not result.enrolled
    assert result.valid_until is None
    assert [r.reasons for r in result.refused] == [(reason,)]
    assert desk.template() is None
    assert entries(desk.world) == []


@pytest.mark.parametrize("answer", ["reject", "nobody", "somebody else"])
def test_a_photo_that_is_not_confirmed_as_this_person_is_refused(answer: str) -> None:
    desk = Desk()
    row = desk.world.library.rows[PICTURE]
    row.appearances.clear()
    desk.world.know(BOB)
    if answer == "reject":
        desk.world.answer(face_id(0), ANN, answer="reject")
    elif answer == "somebody else":
        desk.world.answer(face_id(0), BOB)
    result = desk.enrol()
    assert [r.reasons for r in result.refused] == [(NOT_CONFIRMED,)]
    assert desk.enroller.taken == []


def test_a_picture_with_strangers_in_it_is_judged_before_anything_is_computed() -> None:
    desk = Desk(faces=2)
    result = desk.enrol()
    assert [r.reasons for r in result.refused] == [("several_faces",)]
    assert desk.enroller.taken == []


@pytest.mark.parametrize("mode", [RecognitionMode.OFF, RecognitionMode.DETECT])
def test_r01_in_any_other_mode_nobody_is_enrolled(mode: RecognitionMode) -> None:
    desk = Desk()
    desk.world.recognise(mode)
    with pytest.raises(PermitRefusedError, match=PermitRefusal.MODE_OFF):
        desk.enrol()
    assert desk.enroller.taken == []
    assert desk.template() is None


def test_r02_without_the_persons_own_live_consent_nothing_is_computed() -> None:
    desk = Desk()
    with pytest.raises(PermitRefusedError, match=PermitRefusal.NO_BIOMETRIC_CONSENT):
        desk.enrol(person_id=BOB)
    desk.world.register.withdraw(
        withdraw(grant(ANN, GrantKind.BIOMETRIC_CONSENT), "w" * 32, NOON)
    )
    with pytest.raises(PermitRefusedError, match=PermitRefusal.NO_BIOMETRIC_CONSENT):
        desk.enrol()
    assert desk.enroller.taken == []


def test_r10_a_frozen_person_is_not_enrolled() -> None:
    desk = Desk()
    desk.world.register.restrict(
        Restriction("r" * 32, ANN, RestrictionKind.RESTRICTED, Period(NOON))
    )
    with pytest.raises(PermitRefusedError, match=PermitRefusal.FROZEN):
        desk.enrol()
    assert desk.enroller.taken == []


def test_a_photo_from_the_public_web_never_feeds_recognition() -> None:
    desk = Desk()
    row = desk.world.library.rows[PICTURE]
    said = replace(row.record.announcement, session_id=SHOOT)
    row.record = replace(row.record, announcement=said)
    desk.world.library.save_session(Session(SHOOT, NOON.date(), from_public_web=True))
    result = desk.enrol()
    assert [r.reasons for r in result.refused] == [(PUBLIC_WEB_SOURCE,)]
    assert desk.enroller.taken == []


def test_r02_image_consent_is_not_consent_to_be_recognised() -> None:
    desk = Desk()
    desk.world.sign(grant(BOB, GrantKind.IMAGE_CONSENT))
    desk.world.sign(grant(BOB, GrantKind.PORTRAIT_AGREEMENT))
    with pytest.raises(PermitRefusedError, match=PermitRefusal.NO_BIOMETRIC_CONSENT):
        desk.enrol(person_id=BOB)


def test_r02_a_consent_that_ends_meanwhile_ends_the_enrolment() -> None:
    desk = Desk()
    times = iter([END - timedelta(microseconds=1)])

    def passing() -> datetime:
        return next(times, END)

    desk.world.now = passing  # type: ignore[method-assign]  # time passes
    with pytest.raises(PermitRefusedError, match=PermitRefusal.ENDED):
        desk.enrol()
    assert desk.template() is None


# -- at least once ---------------------------------------------------------------------


@pytest.mark.parametrize("when", When)
@pytest.mark.parametrize("before", [False, True])
def test_ended_at_any_write_there_is_a_readable_template_after_the_next_try(
    when: When, before: bool
) -> None:
    for place in range(1, 4):
        desk = Desk()
        if before:
            desk.enrol()
        desk.world.effects.kill(place, when)
        with pytest.raises(Killed):
            desk.enrol()
        # Half-way there is the old one, the new one, or none: never one without a key.
        assert desk.template() in {None, face_id(0).encode()}
        desk.enrol()
        assert desk.template() == face_id(0).encode()
        assert entries(desk.world)[-1][0] == "recognition:person:enrol"


def test_enrolling_again_replaces_the_template_and_takes_the_key_of_the_old_one() -> None:
    desk = Desk()
    desk.enrol()
    copy = desk.keys.seal(ANN, b"a copy that somebody kept")
    desk.enrol()
    assert desk.template() is not None
    with pytest.raises(Exception, match=ANN):
        desk.keys.open(ANN, copy)


def test_each_enrolment_is_a_fact_of_its_own_that_others_follow() -> None:
    desk = Desk()
    desk.enrol()
    assert list(desk.templates.enrolments.values()) == [ANN]
    desk.world.at += timedelta(minutes=1)
    desk.enrol()
    assert list(desk.templates.enrolments.values()) == [ANN, ANN]


def test_r21_a_picture_that_was_said_to_come_from_the_public_web_enrols_nobody() -> None:
    desk = Desk()
    row = desk.world.library.rows[PICTURE]
    said = replace(row.record.announcement, origin=Origin.PUBLIC_WEB)
    row.record = replace(row.record, announcement=said)
    result = desk.enrol()
    assert [r.reasons for r in result.refused] == [(PUBLIC_WEB_SOURCE,)]
    assert not desk.templates.enrolments
