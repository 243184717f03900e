"""Gathering facts: of the confirmed people, and of the picture itself."""

from beeldrecht.domain.consent import Restriction, RestrictionKind
from beeldrecht.domain.people import Appearance, AppearanceStatus
from beeldrecht.domain.time import Period
from beeldrecht.runtime.facts import gather
from tests.fakes.samples import ANN, BOB, NOON, PICTURE, face_id, grant
from tests.fakes.scenes import examined


def test_only_what_confirmed_people_signed_is_a_fact_of_a_picture() -> None:
    world = examined(3)
    world.sign(grant(ANN), grant(BOB))
    world.answer(face_id(0), ANN)
    world.library.suggest(
        [Appearance(PICTURE, face_id(1), BOB, AppearanceStatus.SUGGESTED)]
    )
    found = world.library.picture(PICTURE)
    assert found is not None
    facts = gather(found[1], found[2], world.register, world.bases, world.at)
    assert facts.grants == (grant(ANN),)
    assert {a.person_id for a in facts.appearances} == {ANN, BOB}


def test_what_freezes_the_picture_or_somebody_confirmed_in_it_is_a_fact() -> None:
    world = examined()
    world.answer(face_id(0), ANN)
    for number, subject in enumerate((PICTURE, ANN, BOB)):
        world.register.restrict(
            Restriction(str(number), subject, RestrictionKind.RESTRICTED, Period(NOON))
        )
    found = world.library.picture(PICTURE)
    assert found is not None
    facts = gather(found[1], found[2], world.register, world.bases, world.at)
    assert {r.subject_id for r in facts.restrictions} == {PICTURE, ANN}
