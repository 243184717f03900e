"""Our own repositories over a deployed local cloud, as whoever plants people needs."""

from dataclasses import dataclass
from functools import cached_property

from beeldrecht.adapters.audit import AuditTrail
from beeldrecht.adapters.collections import Collections
from beeldrecht.adapters.consent_requests import ConsentRequests
from beeldrecht.adapters.contacts import Contacts
from beeldrecht.adapters.disclosures import Disclosures
from beeldrecht.adapters.documents import Documents
from beeldrecht.adapters.key_ring import KeyPurpose, KeyRing
from beeldrecht.adapters.legal_bases import LegalBases
from beeldrecht.adapters.library import Library
from beeldrecht.adapters.links import Links
from beeldrecht.adapters.mails import Mails
from beeldrecht.adapters.packages import Packages
from beeldrecht.adapters.publications import Publications
from beeldrecht.adapters.sessions import Sessions
from beeldrecht.adapters.shares import Shares
from beeldrecht.adapters.signatures import Signatures
from beeldrecht.adapters.subject_requests import SubjectRequests
from cli.stack import Deployed
from local.client import LocalCloud


@dataclass(frozen=True)
class Repositories:
    """Each repository, made once."""

    cloud: LocalCloud
    deployed: Deployed

    def table(self, name: str) -> tuple[str, str]:
        """The name of a table by its output, and its region."""
        return self.deployed[name], self.deployed.region

    def ring(self, purpose: KeyPurpose, table: str, key: str) -> KeyRing:
        """The keys of one purpose."""
        kms = self.cloud.client("kms")
        return KeyRing(*self.table(table), kms, self.deployed[key], purpose)

    @cached_property
    def consent(self) -> tuple[str, str, AuditTrail]:
        """What every repository of the consent table takes."""
        return (*self.table("ConsentTable"), self.deployed.audit)

    @cached_property
    def pictures(self) -> tuple[str, str, AuditTrail]:
        """What every repository of the library table takes."""
        return (*self.table("LibraryTable"), self.deployed.audit)

    @cached_property
    def names(self) -> KeyRing:
        """The keys of names and addresses."""
        return self.ring(KeyPurpose.CONTACT, "KeysTable", "PeopleKeyArn")

    @cached_property
    def proofs(self) -> KeyRing:
        """The keys of what proves a consent."""
        return self.ring(KeyPurpose.PROOF, "KeysTable", "PeopleKeyArn")

    @cached_property
    def contacts(self) -> Contacts:
        """How people are reached."""
        return Contacts(*self.consent)

    @cached_property
    def requests(self) -> ConsentRequests:
        """What people were asked."""
        return ConsentRequests(*self.consent)

    @cached_property
    def subject_requests(self) -> SubjectRequests:
        """What people ask for."""
        return SubjectRequests(*self.consent, seals=self.names)

    @cached_property
    def collections(self) -> Collections:
        """What stands together."""
        return Collections(*self.pictures)

    @cached_property
    def packages(self) -> Packages:
        """What was ordered in one file."""
        return Packages(*self.pictures)

    @cached_property
    def publications(self) -> Publications:
        """Where pictures ran."""
        return Publications(*self.pictures)

    @cached_property
    def shares(self) -> Shares:
        """What is shared with somebody outside."""
        library, _, trail = self.pictures
        return Shares(library, *self.consent[:2], trail)

    @cached_property
    def links(self) -> Links:
        """The links they have."""
        return Links(*self.consent)

    @cached_property
    def mails(self) -> Mails:
        """The mails to them."""
        return Mails(*self.consent)

    @cached_property
    def sessions(self) -> Sessions:
        """The shoots."""
        return Sessions(*self.pictures)

    @cached_property
    def signatures(self) -> Signatures:
        """What was signed."""
        return Signatures(*self.consent, sessions=self.sessions)

    @cached_property
    def documents(self) -> Documents:
        """The signed copies."""
        return Documents(self.cloud.client("s3"), self.deployed["DocumentsBucket"])

    @cached_property
    def library(self) -> Library:
        """The pictures."""
        return Library(*self.pictures)

    @cached_property
    def bases(self) -> LegalBases:
        """What uses rest on besides consent."""
        return LegalBases(*self.pictures)

    @cached_property
    def disclosures(self) -> Disclosures:
        """Who received what."""
        return Disclosures(*self.pictures)
