"""The API for people without an account, over a library in memory."""

from datetime import datetime, timedelta

from api.subject_api.app import build
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.links import Link, LinkPurpose, new_token, token_digest
from beeldrecht.runtime.logs import logger
from tests.fakes.http import Answer, call
from tests.fakes.links import FakeBuckets, FakeLinks
from tests.fakes.people import FakeAppearances
from tests.fakes.samples import ANN, EDITOR, NOON
from tests.fakes.world import World


class SubjectServices:
    """What its routes work with, over the fakes of one world."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.links = FakeLinks(world.audit)
        self.buckets = FakeBuckets()
        self.register = world.register
        self.names = world.keys
        self.appearances = FakeAppearances(world.library)
        self.audit = world.audit
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
        person_id: str = ANN,
        *,
        ends: datetime = NOON + timedelta(days=30),
        max_uses: int | None = None,
    ) -> str:
        """Make a link; give its token."""
        token = new_token()
        link = Link(
            link_id=self.services.new_id(),
            subject_id=person_id,
            purpose=LinkPurpose.OWN_PAGE,
            created_by=EDITOR,
            created_at=NOON,
            expires_at=ends,
            max_uses=max_uses,
        )
        self.services.links.create(link, token_digest(token), entry_of(link))
        return token

    def page(
        self,
        token: str | None,
        *,
        language: str = "nl",
        source_ip: str = "192.0.2.1",
        method: str = "POST",
    ) -> Answer:
        """Open the page with a token."""
        headers = {"Accept-Language": language}
        if token is not None:
            headers["Authorization"] = f"Link {token}"
        return call(
            self.api, method, "/subject/page", headers=headers, source_ip=source_ip
        )


def entry_of(link: Link) -> NewEntry:
    """That it was made."""
    return NewEntry(
        link.subject_id, f"made:{link.link_id}", "api:link:create", NOON, EDITOR
    )
