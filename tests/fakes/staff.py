"""The staff API over a library in memory: every route, tested in one way.

staff = Staff(released())
answer = staff.get("/v1/assets", as_(Role.VIEWER))
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from api.staff_api.app import build
from beeldrecht.domain.access import Role, User
from beeldrecht.domain.age import AGES
from beeldrecht.domain.four_eyes import FourEyes
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.standard_wording import standard
from beeldrecht.runtime.logs import logger
from tests.fakes.audit_search import FakeAuditSearch
from tests.fakes.breaches import FakeAssessor, FakeBreaches
from tests.fakes.certificates import FakeCertificates
from tests.fakes.claims import FakeClaims
from tests.fakes.collections import FakeCollected, FakeCollections, FakeProposals
from tests.fakes.consent_requests import FakeConsentRequests
from tests.fakes.contacts import FakeContacts
from tests.fakes.descriptions import FakeDescriptions
from tests.fakes.documents import FakeDocuments
from tests.fakes.erasures import FakeErasures, FakeTexts
from tests.fakes.export_files import FakeExportFiles
from tests.fakes.exports import FakeExports
from tests.fakes.forecasts import FakeForecasts
from tests.fakes.freezes import FakeFreezes
from tests.fakes.http import Answer, call
from tests.fakes.imports import FakeImports
from tests.fakes.links import FakeLinks
from tests.fakes.packages import FakePackages, FakePacker
from tests.fakes.people import FakeAppearances, FakeEnroller
from tests.fakes.retention import FakeRetention, FakeRetentionRuns
from tests.fakes.samples import NOON
from tests.fakes.sessions import FakeSessions
from tests.fakes.signatures import FakeSignatures
from tests.fakes.subject_requests import FakeSubjectRequests
from tests.fakes.wordings import FakeWordings
from tests.fakes.workflows import FakeTasks, FakeWorkflow
from tests.fakes.world import World


def as_(*roles: Role, user_id: str | None = None) -> User:
    """Somebody with these roles, who signed in a minute before noon."""
    name = ",".join(sorted(roles)) or "nobody"
    return User(
        user_id or derived_id("test", "user", name),
        frozenset(roles),
        NOON - timedelta(minutes=1),
    )


class StaffServices:
    """What the routes work with, over the fakes of one world."""

    def __init__(self, world: World) -> None:  # noqa: PLR0915  # a line a service
        self.world = world
        self.library = world.library
        self.governance = world.governance
        self.breaches = FakeBreaches(world.audit)
        self.assessor = FakeAssessor()
        self.register = world.register
        self.names = world.keys
        self.appearances = FakeAppearances(world.library)
        self.links = FakeLinks(world.audit)
        self.contacts = FakeContacts(world.audit)
        self.wordings = FakeWordings(world.audit)
        self.standard_wording = standard("Gemeente Vis", "fg@vis.example", "system", NOON)
        self.controller = "Gemeente Vis, fg@vis.example"
        self.sessions = FakeSessions(world.audit)
        self.consent_requests = FakeConsentRequests(world.audit, world.mails)
        self.signatures = FakeSignatures(
            world.audit,
            world.register,
            self.links,
            self.consent_requests,
            self.contacts,
            world.mails,
            self.sessions,
        )
        self.documents = FakeDocuments()
        self.certificates = FakeCertificates()
        self.mails = world.mails
        self.subject_requests = FakeSubjectRequests(
            world.audit, world.register, world.mails
        )
        self.exports = FakeExports(world.audit, world.mails)
        self.erasures = FakeErasures(world.audit)
        self.typed = FakeTexts()
        self.tasks = FakeTasks()
        self.bases = world.bases
        self.forecasts = FakeForecasts(world.library)
        self.freezes = FakeFreezes(world.audit, world.register)
        self.public_body = True
        self.ages: Mapping[str, int] = AGES
        self.enroller = FakeEnroller()
        self.site_url = "https://beeld.example.org"
        self.audit = world.audit
        self.audit_log = FakeAuditSearch(world.audit)
        self.collected = FakeCollected(world.library)
        self.collections = FakeCollections(world.audit)
        self.proposals = FakeProposals(world.audit)
        self.retention = FakeRetention(trail=world.audit)
        self.retention_runs = FakeRetentionRuns(self.retention, world.audit)
        self.apply_retention = FakeWorkflow()
        self.claims = FakeClaims()
        self.four_eyes = FourEyes.AUTO
        self.imports = FakeImports(
            world.audit, world.effects, world.library.standing_of_import
        )
        self.originals = world.originals
        self.renditions = world.renditions
        self.masks = world.masks
        self.renders = world.renders
        self.disclosures = world.disclosures
        self.packages = FakePackages(world.audit)
        self.packer = FakePacker()
        self.package_files = FakeExportFiles(world.effects)
        self.descriptions = FakeDescriptions(world.library, world.audit)
        self.recalls = world.recalls
        self.shares = world.shares
        self.publications = world.publications
        self.uploads = world.uploads
        self.versions = world.versions
        self.films = world.films
        self.clearance = world.clearance
        self.now = world.now
        self._made = 0

    def new_id(self) -> str:
        """Another identifier at each call, the same ones in every test."""
        self._made += 1
        return derived_id("test", "made", str(self._made))


class Staff:
    """The API, its services, and a short way to ask it something."""

    def __init__(self, world: World | None = None) -> None:
        self.world = world or World()
        self.services = StaffServices(self.world)
        self.api = build(self.services, logger("staff_api"))

    def get(self, path: str, user: User | None, **sent: Any) -> Answer:
        """GET."""
        return self.send("GET", path, user, **sent)

    def post(self, path: str, user: User | None, body: Any = None, **sent: Any) -> Answer:
        """POST."""
        return self.send("POST", path, user, body=body, **sent)

    def delete(self, path: str, user: User | None, **sent: Any) -> Answer:
        """DELETE."""
        return self.send("DELETE", path, user, **sent)

    def put(self, path: str, user: User | None, body: Any = None, **sent: Any) -> Answer:
        """PUT."""
        return self.send("PUT", path, user, body=body, **sent)

    def send(
        self,
        method: str,
        path: str,
        user: User | None,
        *,
        body: Any = None,
        query: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        fresh: bool = True,
    ) -> Answer:
        """One request; `fresh`: the user signed in a minute ago by the world's clock."""
        if user is not None and fresh:
            user = replace(user, signed_in_at=self.world.at - timedelta(minutes=1))
        return call(
            self.api, method, path, user=user, body=body, query=query, headers=headers
        )
