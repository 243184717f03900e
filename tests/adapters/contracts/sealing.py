"""The promises of the keys, and of the templates they seal."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Protocol

import pytest

from beeldrecht.adapters.errors import KeyDestroyedError
from beeldrecht.domain.ids import new_id
from tests.fakes.samples import NOON


class Ring(Protocol):
    """What both key rings offer."""

    def seal(
        self, person_id: str, plain: bytes, expires_at: datetime | None = None
    ) -> bytes: ...
    def open(self, person_id: str, sealed: bytes) -> bytes: ...
    def open_many(self, sealed: Mapping[str, bytes]) -> dict[str, bytes]: ...
    def destroy(self, person_id: str) -> None: ...


class Enrolled(Protocol):
    """What both stores of templates offer."""

    def save(
        self, person_id: str, model_id: str, template: bytes, expires_at: datetime | None
    ) -> None: ...
    def load(self, person_id: str, model_id: str) -> bytes | None: ...


class Clock:
    """Seconds since the epoch, as the stores ask for them."""

    def __init__(self) -> None:
        self.at = NOON

    def __call__(self) -> float:
        return self.at.timestamp()


SECOND = timedelta(seconds=1)
END = NOON + timedelta(days=1)


class SealingContract:
    """Each test starts without keys, at noon, on a clock of its own."""

    @pytest.fixture
    def clock(self) -> Clock:
        return Clock()

    @pytest.fixture
    def ring(self, clock: Clock) -> Ring:
        raise NotImplementedError("the subclass says which key ring")

    @pytest.fixture
    def templates(self, ring: Ring, clock: Clock) -> Enrolled:
        raise NotImplementedError("the subclass says which templates")

    @pytest.fixture
    def person(self) -> str:
        return new_id()

    # -- keys ------------------------------------------------------------------------

    def test_what_is_sealed_opens_again_and_cannot_be_read_meanwhile(
        self, ring: Ring, person: str
    ) -> None:
        sealed = ring.seal(person, b"Jan de Vries")
        assert b"Jan" not in sealed
        assert ring.open(person, sealed) == b"Jan de Vries"

    def test_the_same_sealed_twice_looks_different_and_both_open(
        self, ring: Ring, person: str
    ) -> None:
        one, two = ring.seal(person, b"x"), ring.seal(person, b"x")
        assert one != two
        assert ring.open(person, one) == ring.open(person, two) == b"x"

    def test_nobody_elses_key_opens_it(self, ring: Ring, person: str) -> None:
        sealed = ring.seal(person, b"x")
        other = new_id()
        with pytest.raises(KeyDestroyedError):
            ring.open(other, sealed)
        ring.seal(other, b"y")
        with pytest.raises(KeyDestroyedError):
            ring.open(other, sealed)

    def test_r11_without_its_key_what_was_sealed_is_lost_for_good(
        self, ring: Ring, person: str
    ) -> None:
        sealed = ring.seal(person, b"x")
        ring.destroy(person)
        ring.destroy(person)
        with pytest.raises(KeyDestroyedError):
            ring.open(person, sealed)
        ring.seal(person, b"y")
        with pytest.raises(KeyDestroyedError):
            ring.open(person, sealed)

    def test_many_open_at_once_and_those_whose_key_is_gone_are_left_out(
        self, ring: Ring, clock: Clock
    ) -> None:
        people = [new_id() for _ in range(5)]
        sealed = {p: ring.seal(p, p.encode()) for p in people}
        *held, destroyed, swapped = people
        sealed[swapped] = sealed[held[0]]
        ended, stranger = new_id(), new_id()
        sealed[ended] = ring.seal(ended, b"x", END)
        sealed[stranger] = sealed[held[0]]
        ring.destroy(destroyed)
        clock.at = END
        assert ring.open_many(sealed) == {p: p.encode() for p in held}
        assert ring.open_many({}) == {}

    def test_a_key_that_has_ended_opens_nothing_though_it_is_still_there(
        self, ring: Ring, clock: Clock, person: str
    ) -> None:
        sealed = ring.seal(person, b"x", END)
        clock.at = END - SECOND
        assert ring.open(person, sealed) == b"x"
        clock.at = END
        with pytest.raises(KeyDestroyedError):
            ring.open(person, sealed)

    def test_a_key_that_has_ended_is_not_brought_back_by_a_new_one(
        self, ring: Ring, clock: Clock, person: str
    ) -> None:
        sealed = ring.seal(person, b"x", END)
        clock.at = END
        again = ring.seal(person, b"y", END + timedelta(days=1))
        assert ring.open(person, again) == b"y"
        with pytest.raises(KeyDestroyedError):
            ring.open(person, sealed)

    # -- templates -------------------------------------------------------------------

    def test_nobody_has_a_template_before_they_enrol(
        self, templates: Enrolled, person: str
    ) -> None:
        assert templates.load(person, "model") is None

    def test_a_template_comes_back_for_its_person_and_model_alone(
        self, templates: Enrolled, person: str
    ) -> None:
        templates.save(person, "model", b"template", None)
        assert templates.load(person, "model") == b"template"
        assert templates.load(person, "other model") is None
        assert templates.load(new_id(), "model") is None

    def test_a_template_ends_with_its_consent_though_it_is_still_there(
        self, templates: Enrolled, clock: Clock, person: str
    ) -> None:
        templates.save(person, "model", b"template", END)
        clock.at = END - SECOND
        assert templates.load(person, "model") == b"template"
        clock.at = END
        assert templates.load(person, "model") is None

    def test_the_last_template_replaces_the_one_before_and_its_end(
        self, templates: Enrolled, clock: Clock, person: str
    ) -> None:
        templates.save(person, "model", b"one", END)
        templates.save(person, "model", b"two", END + timedelta(days=1))
        assert templates.load(person, "model") == b"two"
        clock.at = END
        assert templates.load(person, "model") == b"two"

    def test_a_new_template_takes_the_key_of_every_copy_of_the_old_one(
        self, templates: Enrolled, ring: Ring, person: str
    ) -> None:
        copy = ring.seal(person, b"a copy of what was sealed before")
        templates.save(person, "model", b"two", None)
        with pytest.raises(KeyDestroyedError):
            ring.open(person, copy)

    def test_r11_a_template_whose_key_is_gone_is_no_template(
        self, templates: Enrolled, ring: Ring, person: str
    ) -> None:
        templates.save(person, "model", b"template", None)
        ring.destroy(person)
        assert templates.load(person, "model") is None
