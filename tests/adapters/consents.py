"""The repositories of asking and signing over real tables."""

from beeldrecht.adapters.audit import AuditTrail
from beeldrecht.adapters.consent import ConsentRegister
from beeldrecht.adapters.consent_requests import ConsentRequests
from beeldrecht.adapters.contacts import Contacts
from beeldrecht.adapters.governance import Governance
from beeldrecht.adapters.key_ring import KeyPurpose, KeyRing
from beeldrecht.adapters.legal_bases import LegalBases
from beeldrecht.adapters.links import Links
from beeldrecht.adapters.mails import Mails
from beeldrecht.adapters.sessions import Sessions
from beeldrecht.adapters.signatures import Signatures
from beeldrecht.adapters.subject_requests import SubjectRequests
from beeldrecht.adapters.wordings import Wordings
from tests.adapters.aws import Aws
from tests.fakes.runtime import REGION
from tests.fakes.samples import NOON


class RealConsents:
    """One trail, one consent table, and every repository that shares them."""

    def __init__(self, aws: Aws) -> None:
        self.table = table = aws.table("consent")
        self.library = library = aws.table("library")
        self.audit = aws.table("audit")
        self.trail = trail = AuditTrail(self.audit, REGION)
        self.keys = KeyRing(
            aws.table("keys"), REGION, aws.kms, aws.key(), KeyPurpose.CONTACT
        )
        self.register = ConsentRegister(table, REGION, trail)
        self.links = Links(table, REGION, trail)
        self.mails = Mails(table, REGION, trail)
        self.wordings = Wordings(table, REGION, trail)
        self.requests = ConsentRequests(table, REGION, trail)
        self.contacts = Contacts(table, REGION, trail)
        self.sessions = Sessions(library, REGION, trail)
        self.at = NOON
        self.subject_requests = SubjectRequests(
            table, REGION, trail, self.keys, now=lambda: self.at
        )
        self.governance = Governance(library, REGION, trail)
        self.legal_bases = LegalBases(library, REGION, trail)
        self.signatures = Signatures(table, REGION, trail, self.sessions)
