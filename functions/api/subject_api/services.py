"""What the API for people without an account works with."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Protocol

from beeldrecht.adapters.consent import Seals
from beeldrecht.domain.links import Link
from beeldrecht.domain.people import Person
from beeldrecht.domain.rate_limits import Empty, RateLimit
from beeldrecht.runtime.facts import ConsentFacts
from beeldrecht.runtime.ports import Audit


class Links(Protocol):
    """The links that were made."""

    def live(self, digest: str, at: datetime) -> Link | None:
        """The link of that token, if it works."""
        ...


class Buckets(Protocol):
    """Who may come how often."""

    def take(self, name: str, limit: RateLimit, at: datetime) -> Empty | None:
        """Take one token."""
        ...


class Register(Protocol):
    """Who is on record, and what they agreed to."""

    def person(self, person_id: str, seals: Seals) -> Person | None:
        """A person with the name opened; raises KeyDestroyedError."""
        ...

    def facts(
        self, person_ids: Iterable[str], asset_id: str | None = None
    ) -> ConsentFacts:
        """What is on record about these people."""
        ...


class Appearances(Protocol):
    """In which pictures somebody is."""

    def confirmed_in(self, person_id: str) -> frozenset[str]:
        """The pictures in which a person said who this is."""
        ...


class Services(Protocol):
    """Everything that its routes need."""

    @property
    def links(self) -> Links:
        """The links."""
        ...

    @property
    def buckets(self) -> Buckets:
        """The buckets before them."""
        ...

    @property
    def register(self) -> Register:
        """The consent register."""
        ...

    @property
    def names(self) -> Seals:
        """What opens names."""
        ...

    @property
    def appearances(self) -> Appearances:
        """Where people appear."""
        ...

    @property
    def audit(self) -> Audit:
        """The audit trail."""
        ...

    @property
    def now(self) -> Callable[[], datetime]:
        """The clock."""
        ...

    @property
    def new_id(self) -> Callable[[], str]:
        """What makes identifiers."""
        ...
