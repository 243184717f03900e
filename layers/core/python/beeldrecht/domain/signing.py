"""Signing: what somebody says on the page, and what goes on record of it.

The evidence is what a dispute would ask for (GDPR 7(1)); it is sealed with the person's
own key. The grants that it carries are in the clear, for decisions are taken on them.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from .channels import Channel
from .consent import Grant, Quitclaim


@dataclass(frozen=True, slots=True)
class Choices:
    """What somebody says yes to; each stands alone, and what is not named is refused."""

    channels: frozenset[Channel]
    """Image consent, channel by channel."""
    portrait: bool
    biometric: bool

    @property
    def any(self) -> bool:
        """Whether there is a yes at all; to refuse everything is an answer too."""
        return bool(self.channels) or self.portrait or self.biometric


class SignatureKind(StrEnum):
    """How it was signed."""

    TYPED = "typed"
    DRAWN = "drawn"
    PAPER = "paper"
    """On a form; the scan is the signature."""
    CLICK = "click"
    """A renewal or a change on one's own page, behind a link sent to oneself."""


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature: `mark` is the typed name, or a drawing as an SVG path (`M1 2L3 4`)."""

    kind: SignatureKind
    mark: str


class Relation(StrEnum):
    """What a guardian is to the person."""

    PARENT = "parent"
    GUARDIAN = "guardian"


@dataclass(frozen=True, slots=True)
class Guardian:
    """Who signs for somebody under the age of consent."""

    name: str
    relation: Relation


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs, as far as the page knows it."""

    name: str
    email: str | None
    birth_date: date | None = None
    country: str = "NL"
    guardian: Guardian | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """From where it was signed, shortened as the notice says."""

    network: str | None
    """The caller's /24 (IPv4) or /48 (IPv6), never the address."""
    agent: str | None
    """Browser and system, without version numbers."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What proves a signature, whole; sealed where it is kept."""

    quitclaim_id: str
    person_id: str
    wording: str
    wording_sha256: str
    language: str
    signed_at: datetime
    """By the server's clock."""
    signed_on: str
    choices: Choices
    signer: Signer
    signature: Signature
    seen: Seen
    request_id: str | None = None
    session_id: str | None = None
    photographer: str | None = None
    replaces: str | None = None
    """The quitclaim that this one renews or changes."""


@dataclass(frozen=True, slots=True)
class Signed:
    """What goes on record for one signature, in one transaction."""

    quitclaim: Quitclaim
    grants: tuple[Grant, ...]
    evidence: Evidence
