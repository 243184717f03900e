"""The promises of the consent register."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Protocol

import pytest

from beeldrecht.adapters.consent import ConsentFacts, OpensMany, PeoplePage, Seals
from beeldrecht.adapters.errors import KeyDestroyedError
from beeldrecht.domain.channels import Channel, Place
from beeldrecht.domain.consent import (
    Grant,
    GrantKind,
    Quitclaim,
    Restriction,
    RestrictionKind,
    Withdrawal,
)
from beeldrecht.domain.ids import new_id
from beeldrecht.domain.people import Person, PersonSummary
from beeldrecht.domain.time import Period
from tests.fakes.samples import NOON, grant, quitclaim


class Register(Protocol):
    """What both registers offer."""

    def facts(
        self, person_ids: Iterable[str], asset_id: str | None = None
    ) -> ConsentFacts: ...
    def add_person(self, person: Person, seals: Seals, at: datetime) -> bool: ...
    def people(self, opens: OpensMany, after: str | None, limit: int) -> PeoplePage: ...
    def person(self, person_id: str, seals: Seals) -> Person | None: ...
    def knows(self, person_id: str) -> bool: ...
    def sign(self, quitclaim: Quitclaim, grants: Iterable[Grant]) -> None: ...
    def withdraw(self, withdrawal: Withdrawal) -> None: ...
    def restrict(self, restriction: Restriction) -> None: ...


class Ring(Seals, OpensMany, Protocol):
    """Seals, and can be made to forget."""

    def destroy(self, person_id: str) -> None: ...


class ConsentContract:
    """Each test starts from an empty register."""

    @pytest.fixture
    def register(self) -> Register:
        raise NotImplementedError("the subclass says which register")

    @pytest.fixture
    def ring(self) -> Ring:
        raise NotImplementedError("the subclass says which keys")

    def test_nobody_is_known_before_they_are_added(
        self, register: Register, ring: Ring
    ) -> None:
        assert not register.knows("nobody")
        assert register.person("nobody", ring) is None
        assert register.facts(["nobody"], "nothing") == ConsentFacts((), (), ())

    def test_a_person_comes_back_by_name_through_their_own_key(
        self, register: Register, ring: Ring
    ) -> None:
        person = Person(new_id(), "Zoë de Vries")
        register.add_person(person, ring, NOON)
        assert register.knows(person.person_id)
        assert register.person(person.person_id, ring) == person

    def test_the_name_that_was_recorded_first_stands(
        self, register: Register, ring: Ring
    ) -> None:
        person = Person(new_id(), "Zoë")
        assert register.add_person(person, ring, NOON)
        other = replace(person, name="Other")
        assert not register.add_person(other, ring, NOON + timedelta(days=1))
        assert register.person(person.person_id, ring) == person
        (listed,) = register.people(ring, None, 9).people
        assert listed == PersonSummary(person.person_id, "Zoë", NOON)

    @pytest.mark.parametrize("limit", [1, 2, 3, 4, 5, 6])
    def test_everybody_is_listed_once_page_by_page_the_last_added_first(
        self, register: Register, ring: Ring, limit: int
    ) -> None:
        # Two at the same instant, and one whose stamp has no fraction of a second.
        minutes = [0, 1, 1, 2, 3]
        added = [
            PersonSummary(new_id(), f"Name {n}", NOON + timedelta(minutes=m))
            for n, m in enumerate(minutes)
        ]
        for each in added:
            assert each.name is not None
            person = Person(each.person_id, each.name)
            register.add_person(person, ring, each.added_at)
        listed: list[PersonSummary] = []
        after, pages = None, 0
        while pages == 0 or after is not None:
            page = register.people(ring, after, limit)
            assert len(page.people) <= limit
            listed += page.people
            after, pages = page.after, pages + 1
        newest_first = sorted(added, key=lambda p: (p.added_at, p.person_id))[::-1]
        assert listed == newest_first
        assert pages == -(-len(added) // limit)

    def test_nobody_is_listed_before_they_are_added(
        self, register: Register, ring: Ring
    ) -> None:
        assert register.people(ring, None, 9) == PeoplePage((), None)

    def test_a_position_that_nobody_gave_out_leaves_out_and_never_fails(
        self, register: Register, ring: Ring
    ) -> None:
        register.add_person(Person(new_id(), "Zoë"), ring, NOON)
        assert register.people(ring, "PERSON#", 9).after is None
        assert register.people(ring, "!", 9).people == ()

    def test_r11_somebody_whose_key_is_gone_is_listed_without_a_name(
        self, register: Register, ring: Ring
    ) -> None:
        gone, held = Person(new_id(), "Zoë"), Person(new_id(), "Jan")
        register.add_person(gone, ring, NOON)
        register.add_person(held, ring, NOON + timedelta(minutes=1))
        ring.destroy(gone.person_id)
        names = [each.name for each in register.people(ring, None, 9).people]
        assert names == ["Jan", None]

    def test_r11_without_the_key_a_name_cannot_be_read_and_the_person_is_still_known(
        self, register: Register, ring: Ring
    ) -> None:
        person = Person(new_id(), "Zoë")
        register.add_person(person, ring, NOON)
        ring.destroy(person.person_id)
        assert register.knows(person.person_id)
        with pytest.raises(KeyDestroyedError):
            register.person(person.person_id, ring)

    @pytest.mark.parametrize("kind", GrantKind)
    @pytest.mark.parametrize("until", [None, NOON + timedelta(days=1, microseconds=1)])
    def test_a_grant_comes_back_as_it_was_signed(
        self, register: Register, kind: GrantKind, until: datetime | None
    ) -> None:
        signed = replace(
            grant(new_id(), kind, until),
            last_day=date(2026, 6, 1) if until else None,
            channels=frozenset()
            if kind is GrantKind.BIOMETRIC_CONSENT
            else frozenset(Channel),
            places=frozenset()
            if kind is GrantKind.BIOMETRIC_CONSENT
            else frozenset({Place.NETHERLANDS}),
        )
        register.sign(quitclaim(signed), [signed])
        assert register.facts([signed.person_id]) == ConsentFacts((signed,), (), ())

    def test_r04_what_was_signed_is_never_written_over(self, register: Register) -> None:
        signed = grant(new_id())
        register.sign(quitclaim(signed), [signed])
        wider = replace(signed, channels=frozenset(Channel), period=Period(NOON))
        register.sign(replace(quitclaim(signed), wording_version="newer"), [wider])
        assert register.facts([signed.person_id]).grants == (signed,)

    def test_r04_a_withdrawal_stands_beside_the_grant_and_is_never_written_over(
        self, register: Register
    ) -> None:
        signed = grant(new_id())
        register.sign(quitclaim(signed), [signed])
        taken = Withdrawal(new_id(), signed.grant_id, signed.person_id, NOON)
        register.withdraw(taken)
        register.withdraw(replace(taken, effective_at=NOON + timedelta(days=9)))
        assert register.facts([signed.person_id]) == ConsentFacts((signed,), (taken,), ())

    @pytest.mark.parametrize("kind", RestrictionKind)
    def test_r10_a_freeze_comes_back_and_is_never_written_over(
        self, register: Register, kind: RestrictionKind
    ) -> None:
        frozen = Restriction(
            new_id(), new_id(), kind, Period(NOON, NOON + timedelta(days=1))
        )
        register.restrict(frozen)
        register.restrict(replace(frozen, period=Period(NOON, NOON)))
        assert register.facts([frozen.subject_id]).restrictions == (frozen,)

    def test_a_freeze_of_the_asset_and_of_its_people_are_both_found(
        self, register: Register
    ) -> None:
        person_id, asset_id, other = new_id(), new_id(), new_id()
        made = {
            subject: Restriction(
                new_id(), subject, RestrictionKind.OBJECTED, Period(NOON)
            )
            for subject in (person_id, asset_id, other)
        }
        for restriction in made.values():
            register.restrict(restriction)
        assert set(register.facts([person_id], asset_id).restrictions) == {
            made[person_id],
            made[asset_id],
        }
        assert register.facts([person_id]).restrictions == (made[person_id],)

    def test_the_facts_of_several_people_are_theirs_and_nobody_elses(
        self, register: Register
    ) -> None:
        ann, bob, cas = (grant(new_id()) for _ in range(3))
        for each in (ann, bob, cas):
            register.sign(quitclaim(each), [each])
        found = register.facts([bob.person_id, ann.person_id, ann.person_id]).grants
        assert len(found) == 2
        assert set(found) == {ann, bob}

    def test_many_grants_of_one_person_all_come_back(self, register: Register) -> None:
        person_id = new_id()
        signed = [
            replace(grant(person_id), grant_id=new_id(), channels=frozenset({c}))
            for _ in range(5)
            for c in Channel
        ]
        register.sign(quitclaim(signed[0]), signed)
        assert set(register.facts([person_id]).grants) == set(signed)
