"""How people are reached, in memory: sealed, as in the table."""

from datetime import datetime

from beeldrecht.adapters.consent import Seals
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.contacts import AddressNote, AddressState, Contact
from tests.fakes.audit import FakeAuditTrail


class FakeContacts:
    """Contacts by person, with what came back for the address."""

    def __init__(self, trail: FakeAuditTrail) -> None:
        self._trail = trail
        self._contacts: dict[str, tuple[bytes, Contact, datetime]] = {}
        self._notes: dict[str, AddressNote] = {}

    def put(
        self,
        person_id: str,
        contact: Contact,
        seals: Seals,
        entry: NewEntry,
        _ends: datetime | None = None,
    ) -> None:
        sealed = self.sealed(person_id, contact, seals)
        self._trail.record(
            entry, lambda: self.put_sealed(person_id, sealed, contact, entry.at)
        )

    def get(self, person_id: str, seals: Seals) -> Contact | None:
        there = self._contacts.get(person_id)
        if there is None:
            return None
        seals.open(person_id, there[0])
        return there[1]

    def note(self, person_id: str, note: AddressNote) -> bool:
        there = self._contacts.get(person_id)
        before = self._notes.get(person_id)
        if there is None or note.at < there[2]:
            return False
        if before is not None and _weight(before) >= _weight(note):
            return False
        self._notes[person_id] = note
        return True

    def state(self, person_id: str) -> AddressNote | None:
        return self._notes.get(person_id)

    # -- for the other fakes, within their transactions --------------------------------

    def sealed(self, person_id: str, contact: Contact, seals: Seals) -> bytes:
        """A contact as it is kept."""
        return seals.seal(person_id, repr(contact).encode())

    def put_sealed(
        self, person_id: str, sealed: bytes, contact: Contact, at: datetime
    ) -> None:
        """A contact, as part of somebody's act."""
        self._contacts[person_id] = (sealed, contact, at)
        self._notes.pop(person_id, None)


def _weight(note: AddressNote) -> tuple[datetime, int]:
    return note.at, tuple(AddressState).index(note.state)
