"""An office that delivers mails: the fakes, and what people were sent."""

import hashlib
from datetime import date
from functools import partial
from itertools import count
from typing import Any

from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.channels import Channel, Place
from beeldrecht.domain.consent_requests import (
    LAPSE_AFTER,
    ConsentRequest,
    Delivery,
)
from beeldrecht.domain.contacts import Contact
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.links import Link, LinkPurpose, token_digest
from beeldrecht.domain.mails import (
    Mail,
    MailKind,
    MailRefusedError,
    MailState,
    mail_id,
)
from beeldrecht.domain.people import Person
from beeldrecht.domain.signing import (
    Choices,
    Relation,
    Seen,
    Signature,
    SignatureKind,
    Signed,
    Signer,
    sign,
)
from beeldrecht.domain.signing import Guardian as Signing
from beeldrecht.domain.wordings import Wording, WordingText
from beeldrecht_mail.letters import Templates
from consent.deliver_mail.compose import compose
from consent.deliver_mail.desk import Desk
from consent.deliver_mail.step import Composed, Event, Result, deliver_mail
from tests.fakes.consents import FakeConsents
from tests.fakes.effects import Effects
from tests.fakes.exports import FakeExports
from tests.fakes.samples import ANN, EDITOR, NOON
from tests.fakes.users import FakeUsers

SITE = "https://beeld.example.org"
ADDRESS = "ann@example.org"
TEXT = WordingText(
    title="Zomerfeest",
    purpose="Verslag.",
    controller="Gemeente Voorbeeld",
    notice=("Wat we ermee doen.",),
    image="Foto's mogen worden gebruikt.",
    portrait=None,
    biometric="Software mag mij herkennen.",
    guardian="Ik teken voor mijn kind.",
)
WORDING = Wording(
    wording_id=derived_id("test", "wording"),
    version=1,
    texts={"nl": TEXT, "en": TEXT},
    channels={Channel.WEBSITE: 24, Channel.PRINT: 12},
    places=frozenset({Place.EUROPEAN_UNION}),
    portrait_months=None,
    biometric_months=12,
    compensation=None,
    created_by=EDITOR,
    created_at=NOON,
)


class Noting:
    """A repository of which each call that writes can be the last of its process."""

    def __init__(self, inner: Any, effects: Effects, *writes: str) -> None:
        self._inner, self._effects, self._writes = inner, effects, writes

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._inner, name)
        if name not in self._writes:
            return found

        def noted(*args: Any, **named: Any) -> Any:
            with self._effects.effect(name):
                return found(*args, **named)

        return noted


class FakePost:
    """What was handed over, by the mail's id."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, Composed]] = []
        self.refuses: MailRefusedError | None = None

    def send(self, mail_id: str, mail: Composed) -> str:
        if self.refuses:
            raise self.refuses
        self.sent.append((mail_id, mail))
        return f"message-{len(self.sent)}"


class Office:
    """A desk, what it is filled from, and a clock."""

    def __init__(self, templates: Templates) -> None:
        self.at = NOON
        self.effects = Effects()
        self.world = FakeConsents()
        self.users = FakeUsers()
        self.post = FakePost()
        numbers = count(1)
        world, effects = self.world, self.effects
        self.mails = Noting(world.mails, effects, "claim", "sent", "outcome")
        self.exports = FakeExports(world.trail, world.mails)
        self.desk = Desk(
            register=world.register,
            contacts=world.contacts,
            requests=world.requests,
            wordings=world.wordings,
            signatures=Noting(world.signatures, effects, "note_document"),
            documents=Noting(world.documents, effects, "keep"),
            subject_requests=world.subject_requests,
            exports=self.exports,
            links=Noting(world.links, effects, "create"),
            users=self.users,
            seals=world.keys,
            templates=templates,
            site_url=SITE,
            organisation="Gemeente Voorbeeld",
            staff_language="nl",
            new_id=lambda: derived_id("test", "link", str(next(numbers))),
            new_token=lambda: f"{next(numbers):043d}",
        )
        world.wordings.add(WORDING, entry("wording"))
        world.register.add_person(Person(ANN, "Ann <b>de Vries</b>"), world.keys, NOON)
        self.reach(Contact(ADDRESS, "nl"))

    def reach(self, contact: Contact) -> None:
        named = derived_id("test", repr(contact))
        self.world.contacts.put(ANN, contact, self.world.keys, entry(named))

    def deliver(self, mail: Mail) -> Result:
        self.world.mails.add(mail)
        return self.again(mail)

    def again(self, mail: Mail) -> Result:
        post = Noting(self.post, self.effects, "send")
        compose_now = partial(compose, self.desk)
        event = Event(mail_id=mail.mail_id)
        return deliver_mail(event, self.mails, compose_now, post, lambda: self.at)

    @property
    def letter(self) -> Composed:
        return self.post.sent[-1][1]

    def link(self) -> Link:
        """The link in the last mail, found by what its address says."""
        address = next(
            line for line in self.letter.text.splitlines() if line.startswith(SITE)
        )
        page, _, token = address.partition("#")
        found = self.world.links.links[token_digest(token)]
        pages = {LinkPurpose.OWN_PAGE: "/own-page", LinkPurpose.EXPORT: "/export"}
        assert page == SITE + pages.get(found.purpose, "/sign")
        return found

    def state(self, mail: Mail) -> tuple[MailState, str | None]:
        there = self.world.mails.get(mail.mail_id)
        assert there is not None
        return there.state, there.reason


def entry(name: str) -> NewEntry:
    return NewEntry(ANN, f"test:{name}", "api:person:create", NOON, EDITOR, {})


def mail(kind: MailKind, to: str = ANN, *, staff: bool = False, **about: str) -> Mail:
    made = mail_id(kind, to, *sorted(about.values()))
    return Mail(made, kind, to, NOON, about, to_staff=staff)


def asked(office: Office) -> ConsentRequest:
    request = ConsentRequest(
        request_id=derived_id("test", "request"),
        person_id=ANN,
        wording=WORDING.name,
        language="nl",
        delivery=Delivery.LINK,
        asked_by=EDITOR,
        asked_at=NOON,
        ends_at=NOON + LAPSE_AFTER,
    )
    office.world.requests.create(request, entry("request"))
    return request


def signed(
    office: Office, name: str = "first", guardian: bool = False, scan: bytes = b""
) -> Signed:
    mark = "Bo de Vries" if guardian else "Ann de Vries"
    made = sign(
        WORDING,
        "nl",
        Choices(frozenset({Channel.WEBSITE, Channel.PRINT}), False, True),
        Signer(
            "Ann de Vries",
            ADDRESS,
            date(2014, 6, 1) if guardian else None,
            "NL",
            Signing("Bo de Vries", Relation.PARENT) if guardian else None,
        ),
        Signature(SignatureKind.PAPER, hashlib.sha256(scan).hexdigest())
        if scan
        else Signature(SignatureKind.TYPED, mark),
        Seen("203.0.113.0/24", "Firefox on Linux"),
        person_id=ANN,
        quitclaim_id=derived_id("test", "quitclaim", name),
        signed_on="paper" if scan else "link",
        at=office.at,
    )
    office.world.signatures.record(
        made,
        office.world.keys,
        entry(f"sign:{name}"),
        link=None,
        request=None,
        contact=None,
        person=None,
    )
    return made


def milestone(signing: Signed, kind: MailKind, channel: Channel, days: int = 0) -> Mail:
    [grant] = [g for g in signing.grants if g.channels == {channel}]
    assert grant.period.end is not None
    named = f"{kind.value}.{days}.{grant.period.end.date().isoformat()}"
    return mail(kind, quitclaim_id=signing.quitclaim.quitclaim_id, milestone=named)
