"""How a person is reached, and what is known of whether that works."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Contact:
    """Sealed with the person's own key, as the name is."""

    email: str | None
    language: str
    birth_date: date | None = None
    country: str = "NL"
    """Two letters: which age of consent counts (GDPR 8)."""
    guardian_name: str | None = None


class AddressState(StrEnum):
    """Whether mail arrives at a person's address."""

    NONE = "address_none"
    """No address is on record."""
    FINE = "address_fine"
    BOUNCED = "address_bounced"
    """The address does not exist, says its mail server."""
    COMPLAINED = "address_complained"
    """Whoever reads it marked our mail as unwanted."""


@dataclass(frozen=True, slots=True)
class AddressNote:
    """What came back for the address that was on record at that time."""

    state: AddressState
    mail_id: str
    at: datetime
