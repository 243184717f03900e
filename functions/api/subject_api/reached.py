"""At which address somebody is reached, as far as the page may say so."""

from dataclasses import dataclass
from datetime import datetime

from beeldrecht.domain.contacts import AddressState, Contact
from beeldrecht.domain.mails import Mail, MailKind, mail_about
from beeldrecht.domain.people import Person
from beeldrecht.domain.signing import Signer

from .services import Services


@dataclass(frozen=True, slots=True)
class Reached:
    """The contact that goes on record with a signature, and whether mail arrives."""

    contact: Contact | None
    """None: what is on record stays as it is."""
    by_mail: bool


def asks_email(services: Services, person: Person | None) -> bool:
    """Whether the page asks for an address: there is none, or mail to it came back."""
    if person is None:
        return True
    there = services.contacts.get(person.person_id, services.names)
    return there is None or there.email is None or _bounced(services, person.person_id)


def reached(
    services: Services, person: Person | None, signer: Signer, language: str
) -> Reached:
    """How somebody who signs is reached from now on.

    An address on record stands, whatever is typed here: whoever holds a link must not
    turn somebody's mail to themselves. Staff correct an address; only one from which
    mail came back gives way.
    """
    there = None
    bounced = refused = False
    if person is not None:
        there = services.contacts.get(person.person_id, services.names)
        note = services.contacts.state(person.person_id)
        bounced = note is not None and note.state is AddressState.BOUNCED
        refused = note is not None and note.state is AddressState.COMPLAINED
    email = there.email if there and there.email and not bounced else None
    email = email or signer.email or (there.email if there else None)
    contact = Contact(
        email=email,
        language=language,
        birth_date=signer.birth_date or (there.birth_date if there else None),
        country=signer.country,
        guardian_name=signer.guardian.name if signer.guardian else None,
    )
    same_address = there is not None and there.email == email
    arrives = email is not None and not (same_address and (bounced or refused))
    # To put a contact on record forgets what came back for its address.
    kept = contact == there or (same_address and (bounced or refused))
    return Reached(None if kept else contact, by_mail=arrives)


def copy_mail(person_id: str, quitclaim_id: str, at: datetime) -> Mail:
    """The mail with a copy of what was signed.

    On record for everybody: where no mail arrives the copy is made too, for their page.
    """
    return mail_about(MailKind.COPY, person_id, at, quitclaim_id=quitclaim_id)


def _bounced(services: Services, person_id: str) -> bool:
    note = services.contacts.state(person_id)
    return note is not None and note.state is AddressState.BOUNCED
