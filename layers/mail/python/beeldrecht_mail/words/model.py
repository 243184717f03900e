"""What a language has to say: the shape that every catalogue fills."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum

from beeldrecht.domain.channels import Channel, Place
from beeldrecht.domain.mails import MailKind
from beeldrecht.domain.signing import Relation, SignatureKind
from beeldrecht.domain.subject_requests import SubjectRequestKind


class Variant(StrEnum):
    """Of mails of one kind that say different things."""

    PLAIN = "plain"
    EXPORT = "export"
    ERASURE = "erasure"
    RECTIFICATION = "rectification"
    RESTRICTION = "restriction"
    RECEIVED = "received"
    UPHELD = "upheld"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True)
class MailWords:
    """One mail in one language; `{…}` stands for a value, whole paragraphs each."""

    subject: str
    preview: str
    """What a list of mails shows behind the subject."""
    heading: str
    before: tuple[str, ...]
    """The paragraphs above the button."""
    button: str | None
    after: tuple[str, ...] = ()
    """The paragraphs below it."""


@dataclass(frozen=True, slots=True)
class CopyWords:
    """The labels of a signed copy; what was signed is in the wording's own language."""

    title: str
    subtitle: str
    wording: str
    purpose: str
    controller: str
    notice: str
    choices: str
    yes: str
    no: str
    until: str
    """`{day}`: the last day."""
    no_end: str
    image: str
    portrait: str
    biometric: str
    compensation: str
    signer: str
    name: str
    guardian: str
    """`{name}` and `{relation}`."""
    relations: Mapping[Relation, str]
    signature: str
    signatures: Mapping[SignatureKind, str]
    evidence: str
    signed_at: str
    signed_on: str
    ways: Mapping[str, str]
    """By `Delivery`, how it was signed."""
    network: str
    agent: str
    photographer: str
    document: str
    replaces: str
    digest: str
    attached: str
    """What the files inside the document are."""
    unknown: str


@dataclass(frozen=True, slots=True)
class Language:
    """Everything there is to say in one language."""

    code: str
    day: Callable[[date], str]
    clock: Callable[[time], str]
    greeting: str
    """`{name}`: who reads it."""
    greeting_nobody: str
    about_person: str
    """`{person}`: said to a guardian."""
    address: str
    """Before the address that the button leads to."""
    legal_notice: str
    """Why there is no way to unsubscribe."""
    private: str
    """That a link in it opens what is somebody's own."""
    sender: str
    channels: Mapping[Channel, str]
    places: Mapping[Place, str]
    mails: Mapping[tuple[MailKind, Variant], MailWords]
    copy: CopyWords
    counted: Mapping[str, str] = field(default_factory=dict)
    """`{count}` and `{channel}`: a line of a digest."""
    kinds: Mapping[SubjectRequestKind, str] = field(default_factory=dict)
    """What somebody asks for themselves, in a word."""
    asked: Mapping[SubjectRequestKind, str] = field(default_factory=dict)
    """The same, said to whoever asked it."""
    due: Mapping[str, str] = field(default_factory=dict)
    """`{kind}`, `{day}`, `{id}` and `{count}`: the lines of a digest for officers."""
