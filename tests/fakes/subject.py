"""The API for people without an account, over a library in memory."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from api.subject_api.app import build
from beeldrecht.domain.age import AGES
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.links import Link, LinkPurpose, new_token, token_digest
from beeldrecht.runtime.logs import logger
from tests.fakes.certificates import FakeCertificates, FakeErasureStates
from tests.fakes.collections import FakeCollected, FakeCollections
from tests.fakes.consent_requests import FakeConsentRequests
from tests.fakes.contacts import FakeContacts
from tests.fakes.documents import FakeDocuments
from tests.fakes.export_files import FakeExportFiles
from tests.fakes.exports import FakeExports
from tests.fakes.http import Answer, answer_to, request
from tests.fakes.links import FakeBuckets, FakeLinks
from tests.fakes.people import FakeAppearances
from tests.fakes.samples import ANN, EDITOR, NOON
from tests.fakes.sessions import FakeSessions
from tests.fakes.signatures import FakeSignatures
from tests.fakes.subject_requests import FakeSubjectRequests
from tests.fakes.wordings import FakeWordings
from tests.fakes.world import World

SITE = "https://beeld.example.org"


class SubjectServices:
    """What its routes work with, over the fakes of one world."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.audit = world.audit
        self.disclosures = world.disclosures
        self.recalls = world.recalls
        self.masks = world.masks
        self.renders = world.renders
        self.bases = world.bases
        self.shares = world.shares
        self.publications = world.publications
        self.links = FakeLinks(world.audit)
        self.buckets = FakeBuckets()
        self.register = world.register
        self.names = world.keys
        self.wordings = FakeWordings(world.audit)
        self.requests = FakeConsentRequests(world.audit, world.mails)
        self.sessions = FakeSessions(world.audit)
        self.contacts = FakeContacts(world.audit)
        self.signatures = FakeSignatures(
            world.audit,
            world.register,
            self.links,
            self.requests,
            self.contacts,
            world.mails,
            self.sessions,
        )
        self.documents = FakeDocuments()
        self.erasures = FakeErasureStates()
        self.certificates = FakeCertificates()
        self.subject_requests = FakeSubjectRequests(
            world.audit, world.register, world.mails
        )
        self.exports = FakeExports(world.audit, world.mails)
        self.export_files = FakeExportFiles()
        self.appearances = FakeAppearances(world.library)
        self.library = world.library
        self.collections = FakeCollections(world.audit)
        self.collected = FakeCollected(world.library)
        self.renditions = world.renditions
        self.site_url = SITE
        self.ages: Mapping[str, int] = AGES
        self.now = world.now
        self._made = 0

    def new_id(self) -> str:
        """Another identifier at each call."""
        self._made += 1
        return derived_id("test", "made", str(self._made))


class Subject:
    """The API, its services, and a short way to ask it something."""

    def __init__(self, world: World | None = None, log: str = "subject_api") -> None:
        """Log under that name; one that is new writes to what is the output now."""
        self.world = world or World()
        self.services = SubjectServices(self.world)
        self.api = build(self.services, logger(log))

    def link(
        self,
        subject_id: str = ANN,
        *,
        purpose: LinkPurpose = LinkPurpose.OWN_PAGE,
        about: str | None = None,
        ends: datetime = NOON + timedelta(days=30),
        max_uses: int | None = None,
    ) -> str:
        """Make a link; give its token."""
        token = new_token()
        link = Link(
            link_id=self.services.new_id(),
            subject_id=subject_id,
            purpose=purpose,
            created_by=EDITOR,
            created_at=NOON,
            expires_at=ends,
            max_uses=max_uses,
            about=about,
        )
        self.services.links.create(link, token_digest(token), entry_of(link))
        return token

    def ask(  # what a request is made of
        self,
        route: str,
        token: str | None,
        body: Any = None,
        *,
        language: str = "nl",
        source_ip: str = "192.0.2.1",
        method: str = "POST",
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Ask one of the routes below `/subject`, with a token."""
        sent = {"Accept-Language": language, **(headers or {})}
        if token is not None:
            sent["Authorization"] = f"Link {token}"
        event = request(
            method, f"/subject/{route}", body=body, headers=sent, source_ip=source_ip
        )
        return answer_to(self.api, event)

    def page(
        self,
        token: str | None,
        *,
        language: str = "nl",
        source_ip: str = "192.0.2.1",
        method: str = "POST",
    ) -> Answer:
        """Open the page with a token."""
        return self.ask(
            "page", token, language=language, source_ip=source_ip, method=method
        )


def entry_of(link: Link) -> NewEntry:
    """That it was made."""
    return NewEntry(
        link.subject_id, f"made:{link.link_id}", "api:link:create", NOON, EDITOR
    )
