"""Freezing one picture (R10): kept, not used, until an officer ends it."""

from datetime import timedelta
from typing import Any

import pytest

from beeldrecht.domain.access import Role, User
from beeldrecht.domain.consent import Restriction, RestrictionKind
from beeldrecht.domain.freezing import frozen, in_force, of_picture
from beeldrecht.domain.ids import new_id
from beeldrecht.domain.time import Period
from tests.fakes.http import Answer
from tests.fakes.samples import ANN, NOON, PICTURE
from tests.fakes.scenes import released
from tests.fakes.staff import Staff, as_

EDITS, OVERSEES = as_(Role.EDITOR), as_(Role.PRIVACY_OFFICER)
PATH = f"/v1/assets/{PICTURE}/restriction"
HOUR = timedelta(hours=1)


class Office:
    def __init__(self) -> None:
        self.staff = Staff(released())
        self.world = self.staff.world

    def freeze(self, user: User | None = EDITS, **body: Any) -> Answer:
        return self.staff.post(PATH, user, {"ground": "accuracy_disputed", **body})

    def thaw(self, user: User | None = OVERSEES, **sent: Any) -> Answer:
        return self.staff.delete(PATH, user, **sent)

    def leaves(self) -> bool:
        told = self.staff.get(f"/v1/assets/{PICTURE}", EDITS).json["decision"]
        return "clear" in told["leaves"].values()

    def restrictions(self) -> tuple[Restriction, ...]:
        return self.world.register.facts((), PICTURE).restrictions


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.mark.parametrize("user", [EDITS, OVERSEES])
def test_r10_a_frozen_picture_leaves_by_no_way_and_is_kept(
    office: Office, user: User
) -> None:
    assert office.leaves()
    office.world.clearance.started.clear()
    answer = office.freeze(user)
    assert answer.status == 201
    found = {each["id"] for each in answer.json["decision"]["findings"]}
    assert "asset_restricted" in found
    assert not office.leaves()
    assert office.world.clearance.started == [PICTURE]
    [freeze] = office.restrictions()
    assert (freeze.kind, freeze.period) == (RestrictionKind.RESTRICTED, Period(NOON))
    entry = list(office.world.audit.entries(PICTURE))[-1]
    assert (entry.tag, entry.actor) == ("api:asset:restrict", user.user_id)
    assert entry.data == {
        "restriction_id": freeze.restriction_id,
        "ground": "accuracy_disputed",
    }
    used = office.staff.post(
        f"/v1/assets/{PICTURE}/downloads", EDITS, {"channel": "website"}
    )
    assert used.status >= 400


def test_r10_an_officer_ends_it_and_what_was_allowed_is_again(office: Office) -> None:
    office.freeze()
    office.world.at += HOUR
    answer = office.thaw()
    assert answer.status == 200
    assert office.leaves()
    entry = list(office.world.audit.entries(PICTURE))[-1]
    assert (entry.tag, entry.actor) == ("api:asset:unrestrict", OVERSEES.user_id)
    [freeze] = office.restrictions()
    assert freeze.period == Period(NOON, NOON + HOUR)


def test_frozen_twice_it_is_one_freeze_and_ended_twice_one_end(office: Office) -> None:
    office.freeze()
    office.world.at += HOUR
    assert office.freeze(OVERSEES, ground="needed_for_a_claim").status == 201
    assert len(office.restrictions()) == 1
    office.thaw()
    office.world.at += HOUR
    assert office.thaw().status == 200
    [freeze] = office.restrictions()
    assert freeze.period.end == NOON + HOUR


def test_it_can_be_frozen_again(office: Office) -> None:
    office.freeze()
    office.world.at += HOUR
    office.thaw()
    office.world.at += HOUR
    office.freeze()
    assert not office.leaves()
    assert len(office.restrictions()) == 2
    office.world.at += HOUR
    office.thaw()
    assert office.leaves()


def test_what_a_person_or_an_erasure_froze_is_not_ended_here(office: Office) -> None:
    for subject in (PICTURE, ANN):
        freeze = Restriction(new_id(), subject, RestrictionKind.RESTRICTED, Period(NOON))
        office.world.register.restrict(freeze)
    answer = office.thaw()
    assert (answer.status, answer.json["reason"]) == (409, "picture_not_frozen")
    assert not office.leaves()


def test_only_an_officer_ends_it_and_lately_signed_in(office: Office) -> None:
    office.freeze()
    assert office.thaw(EDITS).status == 404
    office.world.at = NOON + 2 * HOUR
    late = office.thaw(as_(Role.PRIVACY_OFFICER), fresh=False)
    assert (late.status, late.json["code"]) == (403, "sign_in_again")
    assert not office.leaves()


@pytest.mark.parametrize(
    "user", [as_(), as_(Role.VIEWER), as_(Role.CONTRIBUTOR), as_(Role.ADMINISTRATOR)]
)
def test_nobody_else_freezes_or_hears_that_the_picture_is_there(
    office: Office, user: User
) -> None:
    nowhere = f"/v1/assets/{new_id()}/restriction"
    body = {"ground": "frozen_for_caution"}
    there, absent = office.freeze(user, **body), office.staff.post(nowhere, user, body)
    assert (there.status, there.text) == (404, absent.text)
    assert office.leaves()


def test_the_view_says_which_of_the_two_can_be_done(office: Office) -> None:
    both = as_(Role.EDITOR, Role.PRIVACY_OFFICER)

    def can() -> set[str]:
        told = office.staff.get(f"/v1/assets/{PICTURE}", both).json["affordances"]
        return {each for each in told if each.endswith("restrict")}

    assert can() == {"asset:restrict"}
    office.freeze()
    assert can() == {"asset:unrestrict"}


@pytest.mark.parametrize("ground", ["", "because", None])
def test_a_ground_is_one_of_the_laws_or_our_caution(office: Office, ground: Any) -> None:
    assert office.freeze(ground=ground).status == 422
    assert office.leaves()


def test_two_who_freeze_at_once_make_one() -> None:
    first, second = frozen(PICTURE, (), NOON), frozen(PICTURE, (), NOON + HOUR)
    assert first.restriction_id == second.restriction_id
    other = Restriction(new_id(), PICTURE, RestrictionKind.RESTRICTED, Period(NOON))
    assert of_picture(PICTURE, (other, first)) == (first,)
    # Put on record by a clock that runs ahead, it is in force all the same.
    assert in_force((second,), NOON) == second
