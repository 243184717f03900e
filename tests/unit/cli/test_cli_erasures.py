"""The commands `erasures` and `erase-picture`, over the real API."""

from dataclasses import replace

import pytest

from beeldrecht.domain.access import Role
from beeldrecht.domain.erasure import (
    Erasure,
    ErasureState,
    PictureOutcome,
    Plan,
    PlannedPicture,
    Receipt,
    person_erasure,
)
from beeldrecht.domain.erasure_texts import LeavingReason, TextPlace, planned_text
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.named import covered, digest
from beeldrecht.domain.stores import Erasing, Store
from cli.commands import DONE, NOT_DONE
from tests.fakes.samples import ANN, EDITOR, NOON, PICTURE
from tests.fakes.scenes import released
from tests.unit.cli.desks import Office

OWN, SHARED = sorted((derived_id("own"), derived_id("shared")))


def an_office() -> tuple[Office, Erasure]:
    office = Office(roles=frozenset({Role.PRIVACY_OFFICER}))
    begun = person_erasure(derived_id("test", "asks"), ANN, EDITOR, NOON)
    erasure = replace(begun, state=ErasureState.PLANNED)
    pictures = (
        PlannedPicture(OWN, PictureOutcome.DELETE, (derived_id("face"),), 0),
        PlannedPicture(SHARED, PictureOutcome.MASK, (derived_id("other"),), 3, True),
    )
    plan = Plan({"store_consent/contact": 1}, pictures, True, NOON)
    office.staff.services.erasures.put(erasure, plan)
    return office, erasure


def test_erasures_are_listed_with_how_far_they_are() -> None:
    office, erasure = an_office()
    assert office.run("erasures") == DONE
    assert erasure.erasure_id[:8] in office.said
    assert "A privacy officer has to confirm the plan" in office.said
    assert office.run("erasures", "--state", "done") == DONE
    assert "Nothing is erased" in office.said


def test_one_is_shown_with_its_plan_and_receipts() -> None:
    office, erasure = an_office()
    receipt = Receipt(Store.CONSENT, "contact", 2, 1, 1, Erasing.DELETED)
    office.staff.services.erasures.put_receipts(erasure.erasure_id, [receipt])
    assert office.run("erasures", "show", erasure.erasure_id[:6]) == DONE
    assert "What proves consents is kept" in office.said
    assert f"picture {SHARED[:8]} (others in it: 3): The person is covered" in office.said
    assert "consent/contact: 2 found, 1 removed, 1 left" in office.said


def test_the_plan_is_changed_by_the_beginning_of_an_id() -> None:
    office, erasure = an_office()
    given = ("--delete", SHARED[:6], "--no-proof")
    assert office.run("erasures", "plan", erasure.erasure_id, *given) == DONE
    plan = office.staff.services.erasures.plan(erasure.erasure_id)
    assert plan is not None
    assert {p.outcome for p in plan.pictures} == {PictureOutcome.DELETE}
    assert not plan.keep_proof


@pytest.mark.parametrize(
    ("act", "state"),
    [("confirm", ErasureState.CONFIRMED), ("cancel", ErasureState.CANCELLED)],
)
def test_it_is_confirmed_or_cancelled(act: str, state: ErasureState) -> None:
    office, erasure = an_office()
    assert office.run("erasures", act, erasure.erasure_id) == DONE
    there = office.staff.services.erasures.get(erasure.erasure_id)
    assert there is not None
    assert there.state is state


def test_one_that_is_not_there_is_said_not_to_be(
    capsys: pytest.CaptureFixture[str],
) -> None:
    office, _ = an_office()
    assert office.run("erasures", "show", "zzzz") == NOT_DONE
    assert "No erasure begins with zzzz" in office.said + capsys.readouterr().err


def test_a_picture_is_erased() -> None:
    office = Office(released(), roles=frozenset({Role.PRIVACY_OFFICER}))
    assert office.run("erase-picture", PICTURE) == DONE
    [erasure] = office.staff.services.erasures.erasures.values()
    assert erasure.asset_id == PICTURE


def test_r11_texts_that_name_somebody_are_shown_and_decided_about() -> None:
    office, erasure = an_office()
    place = TextPlace(Store.LIBRARY, "session", "SESSION#1", "META", "title")
    spans, services = [(5, 8)], office.staff.services
    found = planned_text(
        erasure.erasure_id, place, spans, digest(covered("With Ann", spans))
    )
    services.erasures.note_texts(erasure.erasure_id, [found])
    services.typed.texts[place] = "With Ann"
    assert office.run("erasures", "show", erasure.erasure_id) == DONE
    assert "session.title" in office.said
    assert "With [Ann]" in office.said
    assert "Say whether the name goes" in office.said
    given = ("--leave", found.text_id[:6], "--because", "somebody-else")
    assert office.run("erasures", "plan", erasure.erasure_id, *given) == DONE
    (left,) = services.erasures.texts(erasure.erasure_id)
    assert left.reason is LeavingReason.ANOTHER
    assert "It is the name of somebody else." in office.said
