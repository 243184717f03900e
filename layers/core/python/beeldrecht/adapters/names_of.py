"""What somebody is called and where mail reaches them, opened to be looked for."""

from beeldrecht.domain.named import Wanted

from .consent import ConsentRegister, Seals
from .contacts import Contacts
from .errors import KeyDestroyedError


class NamesOf:
    """Opens names and addresses with people's own keys; keeps none of them."""

    def __init__(
        self, register: ConsentRegister, contacts: Contacts, seals: Seals
    ) -> None:
        self._register = register
        self._contacts = contacts
        self._seals = seals

    def wanted(self, person_id: str) -> Wanted:
        """Their name and e-mail address; nothing where they or their key are gone."""
        try:
            person = self._register.person(person_id, self._seals)
            contact = self._contacts.get(person_id, self._seals)
        except KeyDestroyedError:
            return Wanted(())
        email = contact.email if contact is not None else None
        return Wanted(
            (person.name,) if person is not None else (), (email,) if email else ()
        )
