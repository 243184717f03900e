"""What people signed, as the staff API shows and takes it."""

from datetime import datetime
from typing import Annotated, Self

from pydantic import Field, model_validator

from beeldrecht.domain.access import Operation
from beeldrecht.domain.channels import Channel
from beeldrecht.domain.consent import GrantKind, Quitclaim
from beeldrecht.domain.consent_requests import Delivery
from beeldrecht.domain.mails import Mail, MailKind, MailState
from beeldrecht.domain.own_page import OwnGrant, withdrawable
from beeldrecht.domain.signing import Choices, Evidence, Guardian, Relation, Signer
from beeldrecht.runtime.events import Frozen, OpaqueId
from beeldrecht.runtime.http.fields import Country, Email, Language

from .people_views import GrantView, Name
from .request_views import ConsentRequestView
from .texts import Day, WordingName


class SignedGrantView(GrantView):
    """One thing that a person agreed to, and whether it can be taken back now."""

    withdrawable: bool

    @classmethod
    def of(cls, own: OwnGrant) -> "SignedGrantView":
        """Show one."""
        plain = GrantView.of(own).model_dump()
        return cls(**plain, withdrawable=withdrawable(own))


class QuitclaimView(Frozen):
    """A signed document, and how what it carries stands now."""

    quitclaim_id: OpaqueId
    wording: str
    wording_sha256: str
    language: str
    signed_at: datetime
    signed_on: Delivery
    guardian: bool = Field(description="Whether a guardian signed.")
    document: bool = Field(description="Whether the document can be read.")
    grants: list[SignedGrantView]

    @classmethod
    def of(
        cls, signed: Quitclaim, grants: list[SignedGrantView], *, document: bool
    ) -> "QuitclaimView":
        """Show one."""
        return cls(
            quitclaim_id=signed.quitclaim_id,
            wording=signed.wording_version,
            wording_sha256=signed.wording_sha256,
            language=signed.language,
            signed_at=signed.signed_at,
            signed_on=Delivery(signed.signed_on),
            guardian=signed.guardian,
            document=document,
            grants=grants,
        )


class MailView(Frozen):
    """A mail to the person, and how far it came."""

    mail_id: OpaqueId
    kind: MailKind
    state: MailState
    created_at: datetime
    sent_at: datetime | None

    @classmethod
    def of(cls, mail: Mail) -> "MailView":
        """Show one."""
        return cls(
            mail_id=mail.mail_id,
            kind=mail.kind,
            state=mail.state,
            created_at=mail.created_at,
            sent_at=mail.sent_at,
        )


class ConsentsView(Frozen):
    """What a person was asked, signed and was told, the last first."""

    person_id: OpaqueId
    consents: list[QuitclaimView]
    requests: list[ConsentRequestView]
    mails: list[MailView] = Field(description="The last twenty.")
    affordances: list[Operation]


class StaffWithdrawalOrder(Frozen):
    """What is taken back: these, or everything that can be."""

    grant_ids: tuple[OpaqueId, ...] = Field(default=(), max_length=200)
    all: bool = False

    @model_validator(mode="after")
    def says_one(self) -> Self:
        """Refuse an order that names nothing, and one that names both."""
        if self.all == bool(self.grant_ids):
            raise ValueError("these or all")
        return self


class TakenBack(Frozen):
    """What counts no more, from this answer on."""

    withdrawn: list[OpaqueId]


class KeptDocument(Frozen):
    """A signed document, whole: the PDF that was made, or the scan of a form."""

    media_type: str
    content: str = Field(description="In base64.")
    sha256: str


class ScanForm(Frozen):
    """What takes the scan of a form: its fields first, and the file last."""

    scan_id: OpaqueId
    url: str
    fields: dict[str, str]
    expires_at: datetime


class ChoicesOrder(Frozen):
    """What is ticked on the form; what is not named is refused."""

    channels: Annotated[list[Channel], Field(max_length=len(Channel))]
    portrait: bool
    biometric: bool

    def choices(self) -> Choices:
        """The same as a value."""
        return Choices(frozenset(self.channels), self.portrait, self.biometric)


class PaperGuardian(Frozen):
    """Who signed the form for somebody under the age of consent."""

    name: Name
    relation: Relation


class PaperSigner(Frozen):
    """Who the form is about, as it says."""

    name: Name
    email: Email | None = None
    birth_date: Day | None = None
    country: Country = "NL"


class PaperOrder(Frozen):
    """A form that was signed on paper, as its scan shows it."""

    scan_id: OpaqueId
    wording: WordingName
    language: Language
    signed_day: Day = Field(description="As the form is dated.")
    choices: ChoicesOrder
    signer: PaperSigner
    guardian: PaperGuardian | None = None
    request_id: OpaqueId | None = Field(
        default=None, description="The ask that it answers, which nobody reminds of then."
    )

    def whole_signer(self) -> Signer:
        """Who signed, with the guardian."""
        theirs = self.guardian
        return Signer(
            name=self.signer.name,
            email=self.signer.email,
            birth_date=self.signer.birth_date,
            country=self.signer.country,
            guardian=Guardian(theirs.name, theirs.relation) if theirs else None,
        )


class EnteredForm(Frozen):
    """What went on record for a form."""

    quitclaim_id: OpaqueId
    signed_at: datetime
    granted: list[GrantKind] = Field(description="None of them: all was refused.")

    @classmethod
    def of(cls, evidence: Evidence) -> "EnteredForm":
        """Show it."""
        given = evidence.choices
        kinds = {
            GrantKind.PORTRAIT_AGREEMENT: given.portrait,
            GrantKind.IMAGE_CONSENT: bool(given.channels),
            GrantKind.BIOMETRIC_CONSENT: given.biometric,
        }
        return cls(
            quitclaim_id=evidence.quitclaim_id,
            signed_at=evidence.signed_at,
            granted=[kind for kind, said in kinds.items() if said],
        )
