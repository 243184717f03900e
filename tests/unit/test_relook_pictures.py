"""relook_pictures: where a permit allows it, as long as it does, and nowhere else."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from beeldrecht.domain.consent import (
    GrantKind,
    Restriction,
    RestrictionKind,
    withdraw,
)
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.people import AppearanceStatus
from beeldrecht.domain.permits import RecognitionMode
from beeldrecht.domain.sessions import Origin, Session
from beeldrecht.domain.time import Period
from beeldrecht.runtime.pixels import FullSize
from recognition.relook_pictures import step
from recognition.relook_pictures.step import Event, House, Outcome, Result
from tests.fakes.effects import Killed, When
from tests.fakes.governance import DPIA
from tests.fakes.recognising import MODEL, FakeRecogniser, Likeness
from tests.fakes.samples import ANN, ASSESSMENT, EDITOR, NOON, SHOOT, grant
from tests.fakes.sealing import FakeKeyRing, FakeTemplates
from tests.fakes.world import World

BOB, CAS = derived_id("test", "bob"), derived_id("test", "cas")
ELSEWHERE = derived_id("test", "elsewhere")
ENROLMENT = derived_id("test", "enrolment")
SECOND = timedelta(seconds=1)
BIOMETRIC = GrantKind.BIOMETRIC_CONSENT


def picture(place: int) -> str:
    return derived_id("test", "picture", str(place))


class Archive(World):
    """Ann enrolled after her shoot with Bob, which was closed."""

    def __init__(
        self,
        pictures: int = 3,
        mode: RecognitionMode = RecognitionMode.CLOSED_SESSION,
        session_id: str | None = SHOOT,
        origin: Origin | None = None,
    ) -> None:
        super().__init__()
        self.know(ANN, BOB, CAS)
        self.sign(*(grant(each, BIOMETRIC) for each in (ANN, BOB)))
        roster = frozenset({ANN, BOB})
        shoot = Session(SHOOT, date(2026, 6, 1), True, 2, EDITOR, roster)
        self.library.save_session(shoot)
        self.recognise(mode)
        for place in range(pictures):
            self.add(place, session_id, origin)
        self.templates = FakeTemplates(FakeKeyRing(self.seconds), self.seconds)
        self.templates.save(ANN, MODEL, b"template", None)
        self.recogniser = FakeRecogniser(Likeness(0, ANN))
        self.tick: Callable[[], None] = lambda: None

    def add(self, place: int, session_id: str | None, origin: Origin | None) -> None:
        asset_id = picture(place)
        self.announce(asset_id, session_id)
        row = self.library.rows[asset_id]
        said = replace(row.record.announcement, origin=origin)
        row.record = replace(row.record, announcement=said)
        self.upload(asset_id=asset_id)
        self.receive(asset_id)
        self.detect(asset_id)
        self.check(asset_id)

    def seconds(self) -> float:
        return self.at.timestamp()

    def passing(self) -> datetime:
        """The clock; whatever is to happen meanwhile happens."""
        self.at += timedelta(milliseconds=100)
        self.tick()
        return self.at

    def again(self, after: step.Place | None = None) -> Result:
        return step.relook_pictures(
            Event(person_id=ANN, enrolment_id=ENROLMENT, after=after),
            House(
                library=self.library,
                register=self.register,
                enrolled=self.templates,
                pixels=FullSize(self.originals, self.renditions),
                recogniser=self.recogniser,
                now=self.passing,
                passed_over=(ZeroDivisionError,),
            ),
        )

    def to_the_end(self) -> Result:
        result = self.again()
        while result.outcome is Outcome.MORE:
            result = self.again(result.after)
        return result

    def proposed(self) -> list[str]:
        return [
            asset_id
            for asset_id in map(picture, range(len(self.library.rows)))
            if any(
                a.person_id == ANN and a.status is AppearanceStatus.SUGGESTED
                for a in self.appearances(asset_id)
            )
        ]

    def compared(self) -> int:
        return len(self.recogniser.comparisons)


def test_the_sample_event_carries_ids_and_where_to_begin() -> None:
    sample = json.loads(Path(step.__file__).with_name("event.json").read_text())
    assert Event.model_validate(sample).after is None
    place = {"status": "ready", "since": "2026-06-01T12:00:00.000000+00:00"}
    assert Event.model_validate({**sample, "after": {**place, "asset_id": ANN}}).after


def test_old_pictures_of_the_persons_own_session_are_proposed_for() -> None:
    world = Archive()
    result = world.again()
    assert (result.outcome, result.looked, result.suggested) == (Outcome.ALL, 3, 3)
    assert world.proposed() == [picture(n) for n in range(3)]
    assert {people for _, people in world.recogniser.comparisons} == {(ANN,)}


def test_r22_each_look_is_logged_with_what_it_compared() -> None:
    world = Archive(1)
    world.again()
    entry = list(world.audit.entries(picture(0)))[-1]
    assert (entry.tag, entry.actor) == ("recognition:people:relook", "system")
    assert (entry.data["reference_set"], entry.data["people"]) == (SHOOT, 1)


def test_everybody_of_the_session_who_enrolled_is_compared_with() -> None:
    world = Archive(1)
    world.templates.save(BOB, MODEL, b"template", None)
    world.again()
    assert [people for _, people in world.recogniser.comparisons] == [(ANN, BOB)]


@pytest.mark.parametrize(
    ("mode", "session_id", "origin", "looks"),
    [
        (RecognitionMode.CLOSED_SESSION, SHOOT, None, True),
        (RecognitionMode.CLOSED_SESSION, SHOOT, Origin.PUBLIC_WEB, False),
        (RecognitionMode.CLOSED_SESSION, None, Origin.OWN, False),
        (RecognitionMode.CLOSED_SESSION, ELSEWHERE, Origin.OWN, False),
        (RecognitionMode.ENROLLED, SHOOT, None, True),
        (RecognitionMode.ENROLLED, None, Origin.OWN, True),
        (RecognitionMode.ENROLLED, ELSEWHERE, Origin.OWN, True),
        (RecognitionMode.ENROLLED, None, None, False),
        (RecognitionMode.ENROLLED, None, Origin.PUBLIC_WEB, False),
        (RecognitionMode.ENROLLED, SHOOT, Origin.PUBLIC_WEB, False),
        (RecognitionMode.DETECT, SHOOT, Origin.OWN, False),
        (RecognitionMode.OFF, SHOOT, Origin.OWN, False),
    ],
)
def test_r02_r21_only_what_a_permit_allows_is_looked_at(
    mode: RecognitionMode, session_id: str | None, origin: Origin | None, looks: bool
) -> None:
    world = Archive(1, mode, session_id, origin)
    others = Session(ELSEWHERE, date(2026, 6, 1), True, 1, EDITOR, frozenset({CAS}))
    world.library.save_session(others)
    result = world.again()
    assert (world.compared(), result.suggested) == ((1, 1) if looks else (0, 0))


def test_r21_a_session_of_the_public_web_is_no_source_in_any_mode() -> None:
    world = Archive(1, RecognitionMode.ENROLLED, SHOOT, Origin.OWN)
    session = world.library.session(SHOOT)
    assert session is not None
    world.library.save_session(replace(session, from_public_web=True))
    world.again()
    assert world.compared() == 0


def test_in_the_whole_library_nobody_but_the_person_is_compared_with() -> None:
    world = Archive(1, RecognitionMode.ENROLLED, ELSEWHERE, Origin.OWN)
    world.templates.save(BOB, MODEL, b"template", None)
    world.again()
    assert [people for _, people in world.recogniser.comparisons] == [(ANN,)]


def test_one_who_withdraws_in_the_session_ends_it_for_the_session() -> None:
    world = Archive(2)
    world.register.withdraw(withdraw(grant(BOB, BIOMETRIC), "b" * 32, NOON))
    assert world.again().outcome is Outcome.ALL
    assert world.compared() == 0


@pytest.mark.parametrize("subject", [ANN, BOB, picture(1)])
def test_r10_what_is_frozen_is_not_compared(subject: str) -> None:
    world = Archive(3)
    world.register.restrict(
        Restriction("r" * 32, subject, RestrictionKind.RESTRICTED, Period(NOON))
    )
    world.again()
    assert world.compared() == (2 if subject == picture(1) else 0)


# -- in the middle -----------------------------------------------------------------------


def take_back(world: Archive) -> None:
    world.register.withdraw(withdraw(grant(ANN, BIOMETRIC), "a" * 32, world.at))


def let_lapse(world: Archive) -> None:
    assert ASSESSMENT.period.end is not None
    world.at = max(world.at, ASSESSMENT.period.end)


def revoke(world: Archive) -> None:
    world.governance.records[DPIA.record_id] = replace(DPIA, signatures=())


def erase(world: Archive) -> None:
    world.templates._ring.destroy(ANN)


@pytest.mark.parametrize("end", [take_back, let_lapse, revoke, erase])
def test_it_stops_at_the_next_picture_once_it_may_not(
    end: Callable[[Archive], None],
) -> None:
    world = Archive(6)
    world.tick = lambda: end(world) if world.compared() == 2 else None
    result = world.to_the_end()
    assert result.outcome is Outcome.OVER
    assert world.compared() == 2
    assert world.proposed() == [picture_of(world, 0)], "the second came back too late"


def picture_of(world: Archive, number: int) -> str:
    """The picture that was looked at as the so manieth."""
    faces, _ = world.recogniser.comparisons[number]
    return next(
        asset_id for asset_id, row in world.library.rows.items() if faces[0] in row.faces
    )


def test_an_erased_template_proposes_nothing_and_the_walk_ends() -> None:
    world = Archive(step.PAGE + 3)
    world.tick = lambda: erase(world) if world.compared() == 2 else None
    result = world.again()
    assert result.outcome is Outcome.OVER
    assert world.proposed() == [picture_of(world, 0)]
    assert world.again() == Result(
        outcome=Outcome.OVER, after=None, looked=0, suggested=0
    )


# -- what was said, and what cannot be read ----------------------------------------------


def test_r14_what_a_person_said_stays_and_a_picture_with_them_named_is_left() -> None:
    world = Archive(3)
    faces = [world.library.picture(picture(n))[1].faces[0] for n in range(2)]  # type: ignore[index]
    world.answer(faces[0].face_id, ANN, asset_id=picture(0))
    world.answer(faces[1].face_id, ANN, answer="reject", asset_id=picture(1))
    world.again()
    assert world.proposed() == [picture(2)]
    assert world.compared() == 2


def test_a_picture_that_cannot_be_read_keeps_no_other_from_being_looked_at() -> None:
    world = Archive(3)
    plain = world.recogniser.compare

    def damaged(*args: object) -> object:
        if args[1] == picture(1):
            raise ZeroDivisionError
        return plain(*args)  # type: ignore[arg-type]

    world.recogniser.compare = damaged  # type: ignore[method-assign, assignment]
    assert world.again().outcome is Outcome.ALL
    assert world.proposed() == [picture(0), picture(2)]


# -- at least once, and for a long time --------------------------------------------------


def test_a_run_hands_on_where_it_stood_and_every_picture_is_met_once() -> None:
    world = Archive(40)
    world.tick = lambda: setattr(world, "at", world.at + 3 * SECOND)
    first = world.again()
    assert first.outcome is Outcome.MORE
    assert 0 < first.suggested < 40
    assert step.Place.model_validate_json(first.after.model_dump_json())  # type: ignore[union-attr]
    runs = 1
    while first.outcome is Outcome.MORE:
        first = world.again(first.after)
        runs += 1
    assert runs > 2
    assert world.compared() == 40
    assert len(world.proposed()) == 40


@pytest.mark.parametrize("when", When)
@pytest.mark.parametrize("place", [1, 2, 3])
def test_killed_at_any_write_and_done_again_it_proposes_the_same(
    place: int, when: When
) -> None:
    undisturbed = Archive()
    undisturbed.again()
    assert undisturbed.effects.names[-3:] == ["library.suggest"] * 3
    world = Archive()
    world.effects.kill(place, when)
    with pytest.raises(Killed):
        world.again()
    world.again()
    assert world.proposed() == undisturbed.proposed()


def test_doubled_or_late_it_comes_to_the_same() -> None:
    world = Archive()
    world.again()
    late = world.again()
    assert (late.outcome, late.suggested) == (Outcome.ALL, 0)
    assert len(world.proposed()) == 3
