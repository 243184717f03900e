"""A library in memory, with all that follows the facts of its register."""

from datetime import datetime, timedelta

from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.consent import Grant
from beeldrecht.domain.consent_requests import (
    LAPSE_AFTER,
    ConsentRequest,
    ConsentRequestState,
    Delivery,
)
from beeldrecht.domain.ids import derived_id
from tests.fakes.consent_requests import FakeConsentRequests
from tests.fakes.contacts import FakeContacts
from tests.fakes.links import FakeLinks
from tests.fakes.mails import FakeMails
from tests.fakes.people import FakeAppearances
from tests.fakes.recalls import FakeRecalls
from tests.fakes.samples import ANN, EDITOR, NOON, grant, quitclaim
from tests.fakes.sessions import FakeSessions
from tests.fakes.signatures import FakeSignatures
from tests.fakes.workflows import (
    FakeMailQueue,
    FakeRegisterFacts,
    FakeSchedules,
    FakeTasks,
    FakeWorkflow,
)
from tests.fakes.world import World

REQUEST = derived_id("test", "request")
DAY = timedelta(days=1)


def asked(
    request_id: str = REQUEST,
    delivery: Delivery = Delivery.LINK,
    at: datetime = NOON,
) -> ConsentRequest:
    """Ann, asked by an editor."""
    return ConsentRequest(
        request_id=request_id,
        person_id=ANN,
        wording=f"{derived_id('test', 'wording')}.1",
        language="nl",
        delivery=delivery,
        asked_by=EDITOR,
        asked_at=at,
        ends_at=at + LAPSE_AFTER,
    )


class Following:
    """A world, and beside it what is asked, told, planned and started."""

    def __init__(self, world: World | None = None) -> None:
        self.world = world or World()
        trail = self.world.audit
        self.register = self.world.register
        self.mails = FakeMails(trail)
        self.disclosures = self.world.disclosures
        self.recalls = FakeRecalls(trail, self.mails)
        self.requests = FakeConsentRequests(trail, self.mails)
        self.documents = FakeSignatures(
            trail,
            self.register,
            FakeLinks(trail),
            self.requests,
            FakeContacts(trail),
            self.mails,
            FakeSessions(trail),
        )
        self.appearances = FakeAppearances(self.world.library)
        self.tasks = FakeTasks()
        self.schedules = FakeSchedules()
        self.queue = FakeMailQueue()
        self.facts = FakeRegisterFacts()
        self.request_consent = FakeWorkflow()
        self.renew_consent = FakeWorkflow()
        self.withdraw_consent = FakeWorkflow()
        self.export_person = FakeWorkflow()
        self.erase_person = FakeWorkflow()
        self.erase_asset = FakeWorkflow()
        self.relook = FakeWorkflow()

    def ask(self, request: ConsentRequest) -> ConsentRequest:
        """Put an ask on record."""
        said = NewEntry(
            request.person_id,
            f"api:consent:ask:{request.request_id}",
            "api:consent:ask",
            request.asked_at,
            request.asked_by,
        )
        assert self.requests.create(request, said)
        return request

    def settle(self, state: ConsentRequestState, at: datetime = NOON) -> None:
        """End the ask."""
        said = NewEntry(ANN, f"api:consent:{state}", "api:consent:end", at, EDITOR)
        assert self.requests.settle(REQUEST, state, at, said)

    def sign(self, until: datetime) -> Grant:
        """Ann signs until then, for the website and print."""
        signed = grant(ANN, until=until)
        self.register.sign(quitclaim(signed), [signed])
        return signed

    def tags(self, subject: str = ANN) -> list[str]:
        """What the log says of somebody."""
        return [entry.tag for entry in self.world.audit.entries(subject)]
