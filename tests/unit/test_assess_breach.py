"""A breach, or a drill: whom it touches, by the log and by what lay in a store (R17)."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from beeldrecht.domain.access import Role
from beeldrecht.domain.accounts import Account, AccountStatus
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.breaches import (
    Breach,
    BreachKind,
    BreachScope,
    categories_of_store,
)
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.stores import DataCategory, Store
from beeldrecht.domain.time import Period
from rights.assess_breach.step import Event, Result, assess_breach
from tests.fakes.audit_search import FakeAuditSearch
from tests.fakes.breaches import FakeBreaches, FakeReach
from tests.fakes.samples import ANN, BOB, NOON, OTHER, PICTURE, TICK, face_id
from tests.fakes.scenes import examined
from tests.fakes.users import FakeUsers

BREACH = derived_id("test", "breach")
THIEF, COLLEAGUE, CLARA = (derived_id("test", n) for n in ("thief", "colleague", "clara"))
HOUR = timedelta(hours=1)
DAY = Period(NOON - 12 * HOUR, NOON + 12 * HOUR)
EVENT = Path(__file__).parents[2] / "functions/rights/assess_breach/event.json"
C = DataCategory


class Office:
    """Ann is in the picture, Bob and Clara are on record; and what was done with them."""

    def __init__(self) -> None:
        self.world = world = examined()
        world.know(BOB, CLARA)
        world.answer(face_id(0), ANN)
        self.breaches = FakeBreaches(world.audit)
        self.users = FakeUsers()
        for user_id, role in ((THIEF, Role.EDITOR), (COLLEAGUE, Role.VIEWER)):
            self.users.accounts[user_id] = Account(
                user_id, "a@example.org", frozenset({role}), AccountStatus.ACTIVE, NOON
            )

    def did(
        self, actor: str, tag: str, subject: str, at: object = NOON, **data: str
    ) -> None:
        entry = NewEntry(subject, f"{tag}:{actor}", tag, at, actor, data)  # type: ignore[arg-type]
        self.world.audit.record(entry)

    def ask(self, period: Period = DAY, **scope: object) -> Result:
        self.breaches.breaches[BREACH] = Breach(
            BREACH,
            BreachKind.DRILL,
            BreachScope(period, **scope),  # type: ignore[arg-type]
            NOON,
            "A laptop was stolen.",
            THIEF,
            NOON,
        )
        return assess_breach(
            Event(breach_id=BREACH),
            self.breaches,
            FakeAuditSearch(self.world.audit),
            FakeReach(self.world),
            self.users,
            self.world.at,
        )

    def people(self) -> frozenset[str]:
        return self.breaches.found_of[BREACH].people

    def pictures(self) -> frozenset[str]:
        return self.breaches.found_of[BREACH].pictures

    def categories(self) -> frozenset[DataCategory]:
        return self.breaches.found_of[BREACH].categories


@pytest.fixture
def office() -> Office:
    return Office()


def test_r17_what_one_account_did_touches_those_it_was_done_with(office: Office) -> None:
    office.did(THIEF, "api:person:read", BOB)
    office.did(THIEF, "egress:asset:view", PICTURE)
    office.did(COLLEAGUE, "api:contact:change", CLARA)
    result = office.ask(actor=THIEF)
    # Ann, because she is in the picture that was looked at; not Clara.
    assert office.people() == {ANN, BOB}
    assert office.pictures() == {PICTURE}
    assert result == Result(breach_id=BREACH, people=2, pictures=1)
    assert office.categories() == {C.PORTRAIT, C.IDENTITY, C.CONSENT, C.TRACE}


def test_r17_a_role_is_everybody_who_has_it(office: Office) -> None:
    office.did(THIEF, "api:person:read", BOB)
    office.did(COLLEAGUE, "api:contact:change", CLARA)
    office.ask(role=Role.VIEWER)
    assert office.people() == {CLARA}
    assert office.categories() == {C.CONTACT, C.TRACE}
    office.ask(role=Role.RECOGNISER)
    assert office.people() == frozenset()


def test_r17_only_what_was_done_in_the_period_counts(office: Office) -> None:
    end = DAY.end or NOON
    office.did(THIEF, "api:person:read", BOB, DAY.start)
    office.did(THIEF, "api:contact:change", CLARA, end)
    office.did(THIEF, "api:link:create", ANN, DAY.start - TICK)
    office.ask(actor=THIEF)
    assert office.people() == {BOB}
    office.did(THIEF, "api:document:read", CLARA, end - TICK)
    office.ask(actor=THIEF)
    assert office.people() == {BOB, CLARA}


def test_r17_who_is_named_beside_the_subject_counts_too(office: Office) -> None:
    office.did(THIEF, "api:subject:read", OTHER, person_id=BOB, asset_id=PICTURE)
    office.ask(actor=THIEF)
    assert office.people() == {ANN, BOB}
    assert office.pictures() == {PICTURE}


def test_r17_a_list_of_everybody_touches_everybody(office: Office) -> None:
    office.did(THIEF, "api:person:list", THIEF, NOON + TICK)
    office.ask(actor=THIEF)
    assert office.people() == {ANN, BOB, CLARA}


def test_r17_acts_narrowed_to_a_store_leave_out_what_does_not_lie_there(
    office: Office,
) -> None:
    office.did(THIEF, "egress:asset:view", PICTURE)
    office.did(THIEF, "api:contact:change", CLARA)
    office.ask(actor=THIEF, store=Store.RENDITIONS)
    assert office.people() == {ANN}
    assert office.categories() == {C.PORTRAIT}


@pytest.mark.parametrize("store", [Store.ORIGINALS, Store.RENDITIONS, Store.LIBRARY])
def test_r17_a_store_of_pictures_touches_each_and_who_is_in_it(
    office: Office, store: Store
) -> None:
    office.ask(store=store)
    assert office.pictures() == {PICTURE}
    assert office.people() == {ANN}
    assert office.categories() == categories_of_store(store)


@pytest.mark.parametrize("store", [Store.CONSENT, Store.DOCUMENTS, Store.BACKUPS])
def test_r17_a_store_of_people_touches_everybody_who_was_on_record(
    office: Office, store: Store
) -> None:
    office.ask(store=store)
    assert office.people() == {ANN, BOB, CLARA}
    office.ask(Period(NOON - 12 * HOUR, NOON - HOUR), store=store)
    assert office.people() == frozenset()


def test_r17_of_the_accounts_of_staff_nobody_who_is_portrayed(office: Office) -> None:
    assert office.ask(store=Store.USERS).people == 0


def test_looking_again_gives_what_the_log_says_then(office: Office) -> None:
    office.did(THIEF, "api:person:read", BOB)
    first = office.ask(actor=THIEF)
    assert office.ask(actor=THIEF) == first
    office.did(THIEF, "api:document:read", CLARA)
    assert office.ask(actor=THIEF).people == 2


def test_of_a_breach_that_nobody_recorded_nothing_is_found(office: Office) -> None:
    event = Event.model_validate(json.loads(EVENT.read_text()))
    search, reach = FakeAuditSearch(office.world.audit), FakeReach(office.world)
    result = assess_breach(
        event, office.breaches, search, reach, office.users, office.world.at
    )
    assert result == Result(breach_id=event.breach_id)
    assert office.breaches.found_of == {}


def test_what_was_found_is_on_record_in_numbers_alone(office: Office) -> None:
    office.did(THIEF, "api:person:read", BOB)
    office.ask(actor=THIEF)
    (entry,) = [
        e for e in office.world.audit.entries(BREACH) if e.tag == "rights:breach:assess"
    ]
    assert dict(entry.data) == {"people": 1, "pictures": 0}
    summary = office.breaches.breaches[BREACH].summary
    assert summary is not None
    assert (summary.people, summary.entries) == (1, 1)


def test_the_log_is_read_to_its_end(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rights.assess_breach.step.PAGE", 2)
    for n in range(7):
        office.did(THIEF, "api:person:read", BOB, NOON + n * TICK, n=str(n))
    office.did(THIEF, "api:contact:change", CLARA, NOON + 9 * TICK)
    office.ask(actor=THIEF)
    assert office.people() == {BOB, CLARA}
