"""Everything about asking and signing in memory, wired to each other."""

from tests.fakes.audit import FakeAuditTrail
from tests.fakes.consent import FakeConsentRegister
from tests.fakes.consent_requests import FakeConsentRequests
from tests.fakes.contacts import FakeContacts
from tests.fakes.documents import FakeDocuments
from tests.fakes.effects import Effects
from tests.fakes.governance import FakeGovernance
from tests.fakes.legal_bases import FakeLegalBases
from tests.fakes.links import FakeLinks
from tests.fakes.mails import FakeMails
from tests.fakes.sealing import FakeKeyRing
from tests.fakes.sessions import FakeSessions
from tests.fakes.signatures import FakeSignatures
from tests.fakes.subject_requests import FakeSubjectRequests
from tests.fakes.wordings import FakeWordings


class FakeConsents:
    """One trail, one register, and every repository that shares them."""

    def __init__(
        self, effects: Effects | None = None, trail: FakeAuditTrail | None = None
    ) -> None:
        self.effects = effects or Effects()
        self.trail = trail or FakeAuditTrail(self.effects)
        self.keys = FakeKeyRing()
        self.mails = FakeMails(self.trail)
        self.register = FakeConsentRegister(self.effects, self.trail, self.mails)
        self.links = FakeLinks(self.trail)
        self.wordings = FakeWordings(self.trail)
        self.requests = FakeConsentRequests(self.trail, self.mails)
        self.contacts = FakeContacts(self.trail)
        self.sessions = FakeSessions(self.trail)
        self.subject_requests = FakeSubjectRequests(self.trail, self.register, self.mails)
        self.governance = FakeGovernance(self.trail)
        self.legal_bases = FakeLegalBases(self.trail, self.governance)
        self.documents = FakeDocuments()
        self.signatures = FakeSignatures(
            self.trail,
            self.register,
            self.links,
            self.requests,
            self.contacts,
            self.mails,
            self.sessions,
        )
