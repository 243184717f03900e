"""suggest_people: under a permit only, logged before it is acted on, and no more."""

import itertools
import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beeldrecht.domain.consent import (
    GrantKind,
    Restriction,
    RestrictionKind,
    withdraw,
)
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.intake import PROCESSING_FAILED, Rejection
from beeldrecht.domain.people import AppearanceStatus, SuggestionBand
from beeldrecht.domain.permits import (
    PermitRefusal,
    PermitRefusedError,
    RecognitionMode,
)
from beeldrecht.domain.sessions import Origin
from beeldrecht.domain.time import Period
from beeldrecht.runtime import everybody
from beeldrecht.runtime.events import AssetEvent
from beeldrecht.runtime.pixels import FullSize
from clearance.check_permit.step import Outcome
from recognition.suggest_people import step
from tests.fakes.disturbed import effects_of, killed_and_retried, overtaken
from tests.fakes.effects import When
from tests.fakes.recognising import MODEL, FakeRecogniser, Likeness
from tests.fakes.samples import ANN, ASSESSMENT, EDITOR, NOON, PICTURE, SHOOT, grant
from tests.fakes.scenes import closed_session
from tests.fakes.sealing import FakeKeyRing, FakeTemplates
from tests.fakes.world import World

SAMPLE = Path(step.__file__).with_name("event.json")
FIRST, SECOND, THIRD = (derived_id("roster", str(n)) for n in range(3))
MINUTE = timedelta(minutes=1)
END = NOON + timedelta(days=30)
BOTH = (GrantKind.IMAGE_CONSENT, GrantKind.BIOMETRIC_CONSENT)


class PeopleOf:
    """Everybody on record in a world, two at a time."""

    def __init__(self, world: World) -> None:
        self._world = world

    def page(self, after: str | None, limit: int) -> tuple[list[str], str | None]:
        assert limit > 0
        known = sorted(person for person in (ANN, FIRST, SECOND, THIRD))
        rest = [each for each in known if after is None or each > after]
        return rest[:2], rest[1] if len(rest) > 2 else None


class Shoot(World):
    """A closed session of three, of whom two enrolled; the picture shows them all."""

    def __init__(
        self, mode: RecognitionMode | None = RecognitionMode.CLOSED_SESSION
    ) -> None:
        super().__init__()
        closed_session(3, BOTH, mode, self)
        self.receive()
        self.detect()
        self.templates = FakeTemplates(FakeKeyRing(self.seconds), self.seconds)
        for person_id in (FIRST, SECOND):
            self.templates.save(person_id, MODEL, b"template", END)
        self.recogniser = FakeRecogniser(
            Likeness(0, FIRST), Likeness(1, SECOND, "review"), Likeness(2, THIRD)
        )

    def seconds(self) -> float:
        return self.at.timestamp()

    def suggest(self) -> step.Result:
        return step.suggest_people(
            AssetEvent(asset_id=PICTURE),
            self.library,
            self.register,
            self.templates,
            PeopleOf(self),
            FullSize(self.originals, self.renditions),
            self.recogniser,
            self.now,
        )


def faces(world: World) -> list[str]:
    found = world.library.picture(PICTURE)
    assert found is not None
    return [face.face_id for face in found[1].faces]


def suggest(world: World) -> object:
    assert isinstance(world, Shoot)
    return world.suggest()


def test_the_sample_event_carries_one_asset() -> None:
    event = AssetEvent.model_validate(json.loads(SAMPLE.read_text()))
    assert event.asset_id == "9b2f6c0d4e8a4f7bb1c2d3e4f5a60718"


def test_r14_a_likeness_becomes_a_suggestion_with_its_band_and_nothing_more() -> None:
    world = Shoot()
    assert world.suggest().suggested == 2
    first, second, _ = faces(world)
    made = {a.face_id: a for a in world.appearances()}
    assert set(made) == {first, second}
    assert (made[first].person_id, made[first].band) == (FIRST, SuggestionBand.LIKELY)
    assert (made[second].person_id, made[second].band) == (SECOND, SuggestionBand.REVIEW)
    assert {a.status for a in made.values()} == {AppearanceStatus.SUGGESTED}
    assert {a.settled_by for a in made.values()} == {None}


def test_only_people_of_the_session_with_a_readable_template_are_compared_with() -> None:
    world = Shoot()
    world.templates.save(ANN, MODEL, b"enrolled, and not at this shoot", None)
    world.suggest()
    ((_, people),) = world.recogniser.comparisons
    assert set(people) == {FIRST, SECOND}


def test_faces_that_a_person_named_are_not_compared_again() -> None:
    world = Shoot()
    named = faces(world)[0]
    world.answer(named, FIRST)
    world.suggest()
    ((compared, _),) = world.recogniser.comparisons
    assert compared == tuple(faces(world)[1:])


@pytest.mark.parametrize("mode", [None, RecognitionMode.OFF, RecognitionMode.DETECT])
def test_r01_r02_in_any_other_mode_nothing_is_computed(
    mode: RecognitionMode | None,
) -> None:
    world = Shoot(mode)
    with pytest.raises(PermitRefusedError, match=PermitRefusal.MODE_OFF):
        world.suggest()
    assert world.recogniser.comparisons == []
    assert world.appearances() == ()


def test_r02_one_withdrawal_in_the_session_and_nothing_is_computed_for_anybody() -> None:
    world = Shoot()
    theirs = grant(THIRD, GrantKind.BIOMETRIC_CONSENT)
    world.register.withdraw(withdraw(theirs, "w" * 32, NOON))
    with pytest.raises(PermitRefusedError, match=PermitRefusal.NO_BIOMETRIC_CONSENT):
        world.suggest()
    assert world.recogniser.comparisons == []


@pytest.mark.parametrize("subject", [PICTURE, THIRD])
def test_r10_a_frozen_picture_or_person_is_not_compared(subject: str) -> None:
    world = Shoot()
    world.register.restrict(
        Restriction("r" * 32, subject, RestrictionKind.RESTRICTED, Period(NOON))
    )
    with pytest.raises(PermitRefusedError, match=PermitRefusal.FROZEN):
        world.suggest()
    assert world.recogniser.comparisons == []


def test_r02_a_permit_that_ends_while_it_is_used_is_no_permit() -> None:
    world = Shoot()
    times = iter([END - timedelta(microseconds=1)])
    world.now = lambda: next(times, END)  # type: ignore[method-assign]  # time passes
    with pytest.raises(PermitRefusedError, match=PermitRefusal.ENDED):
        world.suggest()
    assert world.recogniser.comparisons == []
    assert world.appearances() == ()


def test_r02_without_a_session_there_is_no_permit() -> None:
    world = Shoot()
    row = world.library.rows[PICTURE]
    said = replace(row.record.announcement, session_id=None)
    row.record = replace(row.record, announcement=said)
    with pytest.raises(PermitRefusedError, match=PermitRefusal.SESSION_NOT_CLOSED):
        world.suggest()


def test_a_session_from_the_public_web_never_feeds_recognition() -> None:
    world = Shoot()
    session = world.library.session(SHOOT)
    assert session is not None
    world.library.save_session(replace(session, from_public_web=True))
    with pytest.raises(PermitRefusedError, match=PermitRefusal.PUBLIC_WEB_SOURCE):
        world.suggest()


def test_where_nobody_enrolled_or_everybody_is_named_nothing_is_computed() -> None:
    world = Shoot()
    world.at = END - timedelta(days=1)
    world.templates = FakeTemplates(FakeKeyRing())
    assert world.suggest().suggested == 0
    assert world.recogniser.comparisons == []
    world = Shoot()
    for face, person in zip(faces(world), (FIRST, SECOND, THIRD), strict=True):
        world.answer(face, person)
    assert world.suggest().suggested == 0
    assert world.recogniser.comparisons == []


def test_a_picture_that_is_gone_or_refused_is_not_compared() -> None:
    world = Shoot()
    world.library.reject(world.record(), Rejection(PROCESSING_FAILED), world.at)
    assert world.suggest().suggested == 2
    world.library.reject(world.record(), Rejection("original_lost"), world.at)
    assert world.suggest().suggested == 0
    world.library.forget(PICTURE)
    assert world.suggest().suggested == 0
    assert len(world.recogniser.comparisons) == 1


def test_r14_what_a_person_said_stays_said() -> None:
    world = Shoot()
    first = faces(world)[0]
    world.answer(first, FIRST, answer="reject")
    assert world.suggest().suggested == 1
    said = {(a.face_id, a.person_id): a.status for a in world.appearances()}
    assert said[first, FIRST] is AppearanceStatus.REJECTED


def test_r22_the_use_is_logged_with_what_it_compared_and_what_came_of_it() -> None:
    assert effects_of(Shoot, suggest) == ["library.suggest"]
    world = Shoot()
    minutes = itertools.count()
    world.now = lambda: NOON + next(minutes) * MINUTE  # type: ignore[method-assign]
    world.suggest()
    entry = list(world.audit.entries(PICTURE))[-1]
    assert (entry.tag, entry.actor) == ("recognition:people:suggest", "system")
    first, second, _ = faces(world)
    assert entry.data == {
        "started": NOON.isoformat(),
        "ended": (NOON + 2 * MINUTE).isoformat(),
        "reference_set": SHOOT,
        "people": 3,
        "model_id": MODEL,
        "suggestions": f"{first}:{FIRST}:likely,{second}:{SECOND}:review",
    }
    assert EDITOR not in json.dumps(dict(entry.data))


def uses(world: World) -> int:
    tags = [entry.tag for entry in world.audit.entries(PICTURE)]
    return tags.count("recognition:people:suggest")


def all_but_uses(world: World) -> dict[str, Any]:
    """The state: a comparison that was made twice is logged twice (R22)."""
    outcome = world.outcome()
    del outcome["entries"]
    return outcome


def test_r22_a_use_that_found_nobody_new_is_logged_too() -> None:
    world = Shoot()
    world.suggest()
    world.at += MINUTE
    assert world.suggest().suggested == 0
    assert uses(world) == 2


# -- everybody who enrolled ------------------------------------------------------------


def street(
    origin: Origin | None = Origin.OWN,
    mode: RecognitionMode = RecognitionMode.ENROLLED,
) -> Shoot:
    """A picture of our own at no session; of three who agreed two enrolled."""
    world = Shoot(mode)
    row = world.library.rows[PICTURE]
    said = replace(row.record.announcement, session_id=None, origin=origin)
    row.record = replace(row.record, announcement=said)
    return world


def test_r02_a_picture_of_our_own_is_compared_with_all_who_enrolled_and_agree() -> None:
    world = street()
    assert world.permit().outcome is Outcome.SUGGEST
    assert world.suggest().suggested == 2
    ((_, people),) = world.recogniser.comparisons
    assert set(people) == {FIRST, SECOND}
    entry = list(world.audit.entries(PICTURE))[-1]
    assert entry.data["reference_set"] == ASSESSMENT.assessment_id
    assert entry.data["people"] == 2
    # Somebody who never agreed is in no gallery, whatever is stored of them.
    world = street()
    world.templates.save(ANN, MODEL, b"without a consent", None)
    world.suggest()
    ((_, people),) = world.recogniser.comparisons
    assert set(people) == {FIRST, SECOND}


@pytest.mark.parametrize(
    ("origin", "reason"),
    [
        (None, PermitRefusal.ORIGIN_UNKNOWN),
        (Origin.PUBLIC_WEB, PermitRefusal.PUBLIC_WEB_SOURCE),
        (Origin.ARCHIVE, PermitRefusal.ARCHIVE_SOURCE),
    ],
)
def test_r21_what_is_not_said_to_be_our_own_is_compared_with_nobody(
    origin: Origin | None, reason: PermitRefusal
) -> None:
    world = street(origin)
    assert world.permit().refusal is reason
    with pytest.raises(PermitRefusedError, match=reason):
        world.suggest()
    assert world.recogniser.comparisons == []


def test_r18_without_the_mode_or_its_assessment_nobody_is_looked_for() -> None:
    world = street(mode=RecognitionMode.CLOSED_SESSION)
    assert world.permit().refusal is PermitRefusal.SESSION_NOT_CLOSED
    with pytest.raises(PermitRefusedError, match=PermitRefusal.SESSION_NOT_CLOSED):
        world.suggest()
    world = street()
    world.at = NOON + timedelta(days=366)
    with pytest.raises(PermitRefusedError):
        world.suggest()
    assert world.permit().outcome is Outcome.DETECT
    assert world.recogniser.comparisons == []


@given(
    withdrawn=st.frozensets(st.sampled_from((FIRST, SECOND))),
    frozen=st.frozensets(st.sampled_from((FIRST, SECOND, PICTURE))),
    stored=st.frozensets(st.sampled_from((ANN, FIRST, SECOND, THIRD))),
)
@settings(max_examples=20, deadline=None)
def test_r02_nobody_is_compared_with_who_did_not_agree_at_that_instant(
    withdrawn: frozenset[str], frozen: frozenset[str], stored: frozenset[str]
) -> None:
    world = street()
    world.templates = FakeTemplates(FakeKeyRing(world.seconds), world.seconds)
    for person in sorted(stored):
        world.templates.save(person, MODEL, b"template", END)
    for person in sorted(withdrawn):
        theirs = grant(person, GrantKind.BIOMETRIC_CONSENT)
        world.register.withdraw(withdraw(theirs, derived_id("w", person), NOON))
    for subject in sorted(frozen):
        world.register.restrict(
            Restriction(
                derived_id("r", subject), subject, RestrictionKind.OBJECTED, Period(NOON)
            )
        )
    agreed = (stored & {FIRST, SECOND, THIRD}) - withdrawn - frozen
    if PICTURE in frozen:
        with pytest.raises(PermitRefusedError, match=PermitRefusal.FROZEN):
            world.suggest()
        agreed = frozenset()
    else:
        world.suggest()
    compared = {p for _, people in world.recogniser.comparisons for p in people}
    assert compared == agreed
    assert {a.person_id for a in world.appearances()} <= agreed


def test_r02_who_takes_it_back_while_it_is_compared_is_not_proposed() -> None:
    world = street()
    compare = world.recogniser.compare

    def overtaken_by_one(*given: Any) -> Any:
        found = compare(*given)
        theirs = grant(FIRST, GrantKind.BIOMETRIC_CONSENT)
        world.register.withdraw(withdraw(theirs, "w" * 32, NOON))
        return found

    world.recogniser.compare = overtaken_by_one  # type: ignore[assignment,method-assign]
    assert world.suggest().suggested == 1
    assert [a.person_id for a in world.appearances()] == [SECOND]


@pytest.mark.parametrize("limit", ["MOST", "LOOKED_AT"])
def test_of_more_than_can_be_compared_with_nobody_is(
    limit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(everybody, limit, 1)
    world = street()
    assert world.suggest().suggested == 0
    assert world.recogniser.comparisons == []


# -- at least once ---------------------------------------------------------------------


@pytest.mark.parametrize("when", When)
def test_ended_at_any_write_and_tried_again_it_comes_to_the_same(when: When) -> None:
    undisturbed = Shoot()
    undisturbed.suggest()
    assert effects_of(Shoot, suggest) == ["library.suggest"]
    world = killed_and_retried(Shoot, suggest, 1, when)
    assert all_but_uses(world) == all_but_uses(undisturbed)
    assert uses(world) == (1 if when is When.BEFORE else 2)


@pytest.mark.parametrize("when", When)
def test_two_workflows_at_the_same_time_come_to_the_same_as_one(when: When) -> None:
    undisturbed = Shoot()
    undisturbed.suggest()
    world = overtaken(Shoot, suggest, suggest, 1, when)
    assert all_but_uses(world) == all_but_uses(undisturbed)
    assert uses(world) == 2


def test_suggesting_does_not_make_a_decision_under_way_stale() -> None:
    world = Shoot()
    world.effects.arm(1, When.BEFORE, world.suggest)
    world.check()
    assert len(world.appearances()) == 2
