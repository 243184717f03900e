"""How people are reached: sealed with their own key, in the `consent` table."""

import json
from datetime import date, datetime

from pynamodb.attributes import BinaryAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.exceptions import DoesNotExist, UpdateError
from pynamodb.transactions import TransactWrite

from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.contacts import AddressNote, AddressState, Contact
from beeldrecht.domain.retention import seconds

from . import keys
from .binding import bind
from .consent import Seals
from .consent_items import ConsentItem
from .dates import is_kept
from .errors import ActRefusedError
from .trail import Trail


class ContactItem(ConsentItem, discriminator="contact"):
    """A contact, and what came back for its address: a new one starts without."""

    person_id = UnicodeAttribute()
    sealed = BinaryAttribute(legacy_encoding=False)
    put_at = UTCDateTimeAttribute()
    entry_id = UnicodeAttribute()
    note_state = UnicodeAttribute(null=True)
    note_mail_id = UnicodeAttribute(null=True)
    note_at = UTCDateTimeAttribute(null=True)


class Contacts:
    """The repository of contacts."""

    def __init__(self, table: str, region: str, trail: Trail) -> None:
        bind(ConsentItem, table, region)
        self._trail = trail

    def put(
        self,
        person_id: str,
        contact: Contact,
        seals: Seals,
        entry: NewEntry,
        ends: datetime | None = None,
    ) -> None:
        """Record how somebody is reached from now on, with its entry; safe to repeat.

        What came back for the address before says nothing of this one, and goes. Of
        somebody outside it `ends` by itself; of a person, when nothing of theirs holds.
        """
        item = contact_item(person_id, contact, seals, entry.at, entry.entry_id)
        item.expires_at = None if ends is None else seconds(ends)
        new = ConsentItem.pk.does_not_exist() | (ContactItem.entry_id != entry.entry_id)

        def write(act: TransactWrite) -> None:
            act.save(item, condition=new)

        try:
            self._trail.record(entry, write)
        except ActRefusedError:
            return  # this very one is on record

    def get(self, person_id: str, seals: Seals) -> Contact | None:
        """How somebody is reached; None when nothing is on record.

        Raises KeyDestroyedError when the person was erased.
        """
        item = _find(person_id)
        return None if item is None else _contact_of(seals.open(person_id, item.sealed))

    def note(self, person_id: str, note: AddressNote) -> bool:
        """Record what came back for an address; False when that changes nothing.

        `note.at` is when the mail was sent and not when it came back: what returns late
        for an older address marks no newer one. Of two mails the later one counts, and
        of what comes back for one mail the worse, in whatever order.
        """
        better = tuple(AddressState)[: tuple(AddressState).index(note.state)]
        newer = ContactItem.note_at.does_not_exist() | (ContactItem.note_at < note.at)
        if better:
            same = ContactItem.note_at == note.at
            newer = newer | (same & ContactItem.note_state.is_in(*better))
        try:
            ContactItem(keys.dossier(person_id), keys.CONTACT).update(
                actions=[
                    ContactItem.note_state.set(note.state.value),
                    ContactItem.note_mail_id.set(note.mail_id),
                    ContactItem.note_at.set(note.at),
                ],
                condition=ConsentItem.pk.exists()
                & (ContactItem.put_at <= note.at)
                & newer,
            )
        except UpdateError as error:
            if error.cause_response_code != "ConditionalCheckFailedException":
                raise
            return False
        return True

    def state(self, person_id: str) -> AddressNote | None:
        """What came back last for the address on record; None: nothing did."""
        item = _find(person_id)
        if item is None or item.note_state is None:
            return None
        if item.note_mail_id is None or item.note_at is None:
            return None
        return AddressNote(AddressState(item.note_state), item.note_mail_id, item.note_at)


def contact_item(
    person_id: str, contact: Contact, seals: Seals, at: datetime, entry_id: str
) -> ContactItem:
    """A contact, sealed; for this repository and for signing."""
    born = contact.birth_date
    said = {
        "email": contact.email,
        "language": contact.language,
        "birth_date": None if born is None else born.isoformat(),
        "country": contact.country,
        "guardian_name": contact.guardian_name,
    }
    return ContactItem(
        keys.dossier(person_id),
        keys.CONTACT,
        person_id=person_id,
        sealed=seals.seal(person_id, json.dumps(said).encode()),
        put_at=at,
        entry_id=entry_id,
    )


def _find(person_id: str) -> ContactItem | None:
    """How somebody is reached, as long as it is kept."""
    try:
        item = ContactItem.get(
            keys.dossier(person_id), keys.CONTACT, consistent_read=True
        )
    except DoesNotExist:
        return None
    return item if is_kept(item) else None


def _contact_of(opened: bytes) -> Contact:
    said = json.loads(opened)
    born = said["birth_date"]
    return Contact(
        email=said["email"],
        language=said["language"],
        birth_date=None if born is None else date.fromisoformat(born),
        country=said["country"],
        guardian_name=said["guardian_name"],
    )
