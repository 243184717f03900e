"""What somebody is asked to sign, and what they answer: scenes for the subjects' API."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.channels import Channel, Place
from beeldrecht.domain.consent_requests import ConsentRequest, Delivery
from beeldrecht.domain.contacts import Contact
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.links import LinkPurpose
from beeldrecht.domain.sessions import Session
from beeldrecht.domain.wordings import Wording, WordingText, digest
from tests.fakes.samples import ANN, EDITOR, NOON, SHOOT
from tests.fakes.subject import Subject
from tests.fakes.world import World

EMAIL = "ann@example.org"
DUTCH = WordingText(
    title="Foto's van het zomerfeest",
    purpose="Laten zien wat de gemeente doet.",
    controller="Gemeente Voorbeeld, Plein 1",
    notice=("Waarvoor het is.", "Wat je rechten zijn."),
    image="Foto's waarop ik te herkennen ben mogen worden gebruikt.",
    portrait="Wij spreken af wat er met mijn portret gebeurt.",
    biometric="Software mag mijn gezicht herkennen.",
    guardian="Ik teken voor iemand die jonger is.",
)
ENGLISH = replace(DUTCH, title="Photographs of the fair", image="I may be shown.")
WORDING = Wording(
    wording_id=derived_id("test", "wording"),
    version=1,
    texts={"nl": DUTCH, "en": ENGLISH},
    channels={Channel.WEBSITE: 24, Channel.SOCIAL: 12, Channel.PRINT: 24},
    places=frozenset({Place.WORLD}),
    portrait_months=24,
    biometric_months=12,
    compensation="Een afdruk van de foto.",
    created_by=EDITOR,
    created_at=NOON,
)
REQUEST = ConsentRequest(
    request_id=derived_id("test", "request"),
    person_id=ANN,
    wording=WORDING.name,
    language="nl",
    delivery=Delivery.LINK,
    asked_by=EDITOR,
    asked_at=NOON,
    ends_at=NOON + timedelta(days=30),
    photographer="Fenna Fotograaf",
)
FAIR = Session(
    session_id=SHOOT,
    on=date(2026, 6, 1),
    title="Zomerfeest",
    place="Voorbeeld",
    photographer="Fenna Fotograaf",
)


def entry(subject: str, tag: str = "test:scene:set") -> NewEntry:
    """That a scene was set."""
    return NewEntry(subject, f"{tag}:{subject}", tag, NOON, EDITOR)


def answer(
    language: str = "nl", wording: Wording = WORDING, **said: Any
) -> dict[str, Any]:
    """A well-formed answer: yes to the website, with a typed name."""
    return {
        "wording": wording.name,
        "wording_sha256": digest(wording, language),
        "language": language,
        "channels": ["website"],
        "portrait": False,
        "biometric": False,
        "name": "Ann Voorbeeld",
        "email": None,
        "country": "NL",
        "birth_date": None,
        "guardian": None,
        "signature": {"kind": "typed", "mark": "Ann Voorbeeld"},
        **said,
    }


class Asking:
    """A house in which Ann is known, was asked, and can sign."""

    def __init__(self, world: World | None = None, email: str | None = EMAIL) -> None:
        """Who has no address is asked on the tablet at the door."""
        self.world = world or World()
        if not self.world.register.knows(ANN):
            self.world.know(ANN)
        self.subject = Subject(self.world)
        services = self.services = self.subject.services
        services.wordings.add(WORDING, entry(WORDING.wording_id))
        services.requests.create(REQUEST, entry(REQUEST.request_id))
        services.sessions.create(FAIR, entry(FAIR.session_id))
        if email is not None:
            contact = Contact(email, "nl")
            services.contacts.put(ANN, contact, services.names, entry(ANN))

    def to_sign(self) -> str:
        """The link that Ann was sent."""
        return self.subject.link(
            purpose=LinkPurpose.SIGN, about=REQUEST.request_id, max_uses=1
        )

    def at_session(self) -> str:
        """The code that hangs at the fair."""
        return self.subject.link(SHOOT, purpose=LinkPurpose.SESSION, about=WORDING.name)

    def to_renew(self, quitclaim_id: str) -> str:
        """The link of a mail that says that a consent ends."""
        return self.subject.link(
            purpose=LinkPurpose.RENEW,
            about=quitclaim_id,
            max_uses=1,
            ends=NOON + timedelta(days=4000),
        )

    def own_page(self, person_id: str = ANN) -> str:
        """A link to somebody's own page, that lasts."""
        return self.subject.link(person_id, ends=NOON + timedelta(days=4000))

    def sign(self, **said: Any) -> str:
        """Ann signs by a link; the id of what she signed."""
        answered = self.subject.ask("sign", self.to_sign(), answer(**said))
        assert answered.status == 201, answered.text
        quitclaim_id: str = answered.json["quitclaim_id"]
        return quitclaim_id

    def states(self, person_id: str = ANN) -> dict[tuple[str, str | None], str]:
        """How each grant stands, by its document and channel, as the page says."""
        told = self.subject.page(self.own_page(person_id)).json
        return {
            (consent["quitclaim_id"], grant["channel"] and grant["channel"]["id"]): (
                grant["state"]["id"]
            )
            for consent in told["consents"]
            for grant in consent["grants"]
        }

    def tags(self, person_id: str = ANN) -> list[str]:
        """What is on record of a person."""
        return [entry.tag for entry in self.world.audit.entries(person_id)]
