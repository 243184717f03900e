"""People's names for staff to read; whoever may not open them sees a short id."""

from typing import Protocol

from botocore.exceptions import ClientError
from pynamodb.exceptions import GetError

from beeldrecht.adapters.consent import Seals
from beeldrecht.adapters.errors import KeyDestroyedError
from beeldrecht.domain.people import Person

SHORT = 8
"""Characters of an id that are shown where it stands for a name."""


class People(Protocol):
    """The people on record."""

    def person(self, person_id: str, seals: Seals) -> Person | None:
        """A person with the name opened."""
        ...


class Names:
    """Opens each name once."""

    def __init__(self, people: People, seals: Seals) -> None:
        self._people = people
        self._seals = seals
        self._known: dict[str, str] = {}

    def __getitem__(self, person_id: str) -> str:
        """The name, or a short id when there is none that we may read."""
        if person_id not in self._known:
            self._known[person_id] = self._open(person_id) or short(person_id)
        return self._known[person_id]

    def _open(self, person_id: str) -> str | None:
        try:
            person = self._people.person(person_id, self._seals)
        except (ClientError, GetError, KeyDestroyedError):
            # KMS or the table denies it to this caller, or the name was erased.
            return None
        return person.name if person else None


def short(identifier: str) -> str:
    """The beginning of an id, to read out or type in."""
    return identifier[:SHORT]
