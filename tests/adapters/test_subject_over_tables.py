"""The API for people without an account, over the real repositories.

A life from the question to the withdrawal, and the race of a thousand for one link. Moto
alone: what each repository promises is asked of the local cloud where it is tested.
"""

import base64
import hashlib
import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier
from typing import Any

import pytest

from api.subject_api.app import build
from beeldrecht.adapters.appearances import Appearances
from beeldrecht.adapters.certificates import Certificates
from beeldrecht.adapters.channel_renditions import Renderer
from beeldrecht.adapters.collected import Collected
from beeldrecht.adapters.collections import Collections
from beeldrecht.adapters.disclosures import Disclosures
from beeldrecht.adapters.documents import Documents
from beeldrecht.adapters.erasures import Erasures
from beeldrecht.adapters.export_files import ExportFiles
from beeldrecht.adapters.exports import Exports
from beeldrecht.adapters.library import Library
from beeldrecht.adapters.masks import Masker
from beeldrecht.adapters.objects import Renditions
from beeldrecht.adapters.publications import Publications
from beeldrecht.adapters.recalls import Recalls
from beeldrecht.adapters.shares import Shares
from beeldrecht.domain.age import AGES
from beeldrecht.domain.contacts import Contact
from beeldrecht.domain.ids import new_id
from beeldrecht.domain.links import Link, LinkPurpose, new_token, token_digest
from beeldrecht.domain.mails import MailKind
from beeldrecht.domain.people import Person
from beeldrecht.domain.rate_limits import Empty, RateLimit
from beeldrecht.runtime import clients
from beeldrecht.runtime.logs import logger
from tests.adapters.aws import Aws
from tests.adapters.consents import RealConsents
from tests.fakes.forms import EMAIL, FAIR, REQUEST, WORDING, answer, entry
from tests.fakes.http import Answer, answer_to, request
from tests.fakes.runtime import REGION
from tests.fakes.samples import ANN, EDITOR, NOON, SHOOT

pytestmark = pytest.mark.parametrize("aws_endpoint", ["moto"], indirect=True)

REDEMPTIONS = 100


class OpenBuckets:
    """Everybody is let through: how often somebody may come is tested elsewhere."""

    def take(self, name: str, limit: RateLimit, at: datetime) -> Empty | None:
        return None


class Over:
    """The API over real tables and buckets, in which Ann was asked."""

    def __init__(self, aws: Aws) -> None:
        consents = self.consents = RealConsents(aws)
        self.at = NOON
        self.links = consents.links
        self.buckets = OpenBuckets()
        self.register, self.names = consents.register, consents.keys
        self.wordings, self.requests = consents.wordings, consents.requests
        self.sessions, self.contacts = consents.sessions, consents.contacts
        self.signatures = consents.signatures
        self.documents = Documents(aws.s3, aws.bucket(versioned=False))
        self.subject_requests = consents.subject_requests
        self.appearances = Appearances(consents.library, REGION)
        self.library = Library(consents.library, REGION, consents.trail)
        self.renditions = Renditions(aws.s3, aws.bucket(versioned=False))
        self.audit = consents.trail
        self.disclosures = Disclosures(consents.library, REGION, consents.trail)
        self.recalls = Recalls(consents.library, consents.table, REGION, consents.trail)
        self.erasures = Erasures(consents.table, REGION, consents.trail)
        self.certificates = Certificates(aws.s3, aws.bucket(versioned=False))
        self.exports = Exports(consents.table, REGION, consents.trail)
        self.export_files = ExportFiles(aws.s3, aws.bucket(versioned=False))
        # What covers and renders is never asked here: no picture is shared or embedded.
        functions = clients.functions(REGION)
        self.masks = Masker(functions, "mask_asset")
        bucket = aws.bucket(versioned=False)
        self.renders = Renderer(functions, "render_asset", aws.s3, bucket)
        self.bases = consents.legal_bases
        self.collections = Collections(consents.library, REGION, consents.trail)
        self.collected = Collected(consents.library, REGION)
        self.shares = Shares(consents.library, consents.table, REGION, consents.trail)
        self.publications = Publications(consents.library, REGION, consents.trail)
        self.site_url = "https://beeld.example.org"
        self.ages = AGES
        self.new_id = new_id
        self.api = build(self, logger("subject_api"))
        self.register.add_person(Person(ANN, "Ann"), self.names, NOON)
        self.contacts.put(ANN, Contact(EMAIL, "nl"), self.names, entry(ANN))
        self.wordings.add(WORDING, entry(WORDING.wording_id))
        self.requests.create(REQUEST, entry(REQUEST.request_id))
        self.sessions.create(FAIR, entry(FAIR.session_id))

    def now(self) -> datetime:
        return self.at

    def link(
        self,
        purpose: LinkPurpose,
        subject_id: str = ANN,
        about: str | None = None,
        max_uses: int | None = None,
    ) -> str:
        token, link_id = new_token(), new_id()
        link = Link(
            link_id=link_id,
            subject_id=subject_id,
            purpose=purpose,
            created_by=EDITOR,
            created_at=NOON,
            expires_at=NOON + timedelta(days=3000),
            max_uses=max_uses,
            about=about,
        )
        self.links.create(link, token_digest(token), entry(subject_id, "test:link:make"))
        return token

    def ask(self, route: str, token: str, body: Any = None) -> Answer:
        headers = {"Authorization": f"Link {token}", "Accept-Language": "en"}
        event = request("POST", f"/subject/{route}", body=body, headers=headers)
        return answer_to(self.api, event)

    def done(self, route: str, token: str, body: Any = None) -> Any:
        answered = self.ask(route, token, body)
        assert answered.status < 300, answered.text
        return answered.json

    def tags(self, person_id: str = ANN) -> list[str]:
        return [each.tag for each in self.audit.entries(person_id)]


@pytest.fixture
def over(aws: Aws) -> Over:
    return Over(aws)


def test_a_life_of_a_consent_from_the_question_to_the_last_withdrawal(
    over: Over,
) -> None:
    to_sign = over.link(LinkPurpose.SIGN, about=REQUEST.request_id, max_uses=1)
    shown = over.done("request", to_sign, {})
    said = answer(channels=["website", "print"], biometric=True)
    assert said["wording_sha256"] == shown["wording"]["sha256"]
    signed = over.done("sign", to_sign, said)
    assert over.ask("sign", to_sign, said).status == 404
    page = signed["page_url"].partition("#")[2]

    pdf, document = b"%PDF-1.7", {"quitclaim_id": signed["quitclaim_id"]}
    sha256 = hashlib.sha256(pdf).hexdigest()
    assert over.ask("document", page, document).status == 404
    over.documents.keep(signed["quitclaim_id"], over.names.proof.seal(ANN, pdf))
    over.signatures.note_document(ANN, signed["quitclaim_id"], sha256)
    assert base64.b64decode(over.done("document", page, document)["content"]) == pdf

    over.at += timedelta(days=100)
    page = over.link(LinkPurpose.OWN_PAGE)
    to_renew = over.link(LinkPurpose.RENEW, about=signed["quitclaim_id"], max_uses=1)
    renewed = over.done("renew", to_renew, {})["quitclaim_id"]
    assert over.ask("renew", to_renew, {}).status == 404
    order = {"quitclaim_id": renewed, "channels": ["social"], "biometric": False}
    changed = over.done("change", page, order)
    assert len(changed["withdrawn"]) == 6
    told = over.done("page", page)
    counting = {
        grant["channel"]["id"]
        for consent in told["consents"]
        for grant in consent["grants"]
        if grant["state"]["id"] == "in_force"
    }
    assert counting == {"social"}

    over.done("object", page, {})
    over.done("ask", page, {"kind": "erasure"})
    assert len(over.done("withdraw", page, {"all": True})["withdrawn"]) == 1
    assert over.done("withdraw", page, {"all": True}) == {"withdrawn": []}
    told = over.done("page", page)
    assert {note["id"] for note in told["notes"]} == {"own_pictures_frozen"}
    assert {each["kind"]["id"] for each in told["requests"]} == {"objection", "erasure"}
    mails = Counter(mail.kind for mail in over.consents.mails.of_person(ANN))
    assert mails == {
        MailKind.COPY: 3,
        MailKind.WITHDRAWN: 2,
        MailKind.OBJECTION: 1,
        MailKind.REQUEST_RECEIVED: 1,
    }
    acts = [tag for tag in over.tags() if tag.startswith("api:")]
    assert [tag for tag in acts if not tag.endswith(":read")] == [
        "api:consent:sign",
        "api:link:create",
        "api:consent:renew",
        "api:consent:withdraw",
        "api:consent:change",
        "api:subject:object",
        "api:subject:ask",
        "api:consent:withdraw",
    ]


def test_who_signs_at_a_session_is_on_record_sealed_and_on_its_roster(
    over: Over, aws: Aws
) -> None:
    code = over.link(LinkPurpose.SESSION, SHOOT, about=WORDING.name)
    said = answer(name="Cas Derde", email="cas@example.org", attempt=new_id())
    signed = over.done("sign", code, said)
    again = over.done("sign", code, said)
    assert again == {**signed, "page_url": None}
    page = over.done("page", signed["page_url"].partition("#")[2])
    assert page["name"] == "Cas Derde"
    session = over.sessions.get(SHOOT)
    assert session is not None
    [person_id] = session.roster
    contact = over.contacts.get(person_id, over.names)
    assert contact is not None
    assert contact.email == "cas@example.org"
    kept = json.dumps([aws.items(over.consents.table)], default=repr)
    assert "Cas" not in kept
    assert "cas@" not in kept


def test_r16_of_a_hundred_who_redeem_one_link_at_once_one_signs(
    over: Over, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of them are let in while the link is good, and only then do they sign."""
    token = over.link(LinkPurpose.SIGN, about=REQUEST.request_id, max_uses=1)
    let_in, live = Barrier(REDEMPTIONS), over.links.live

    def together(digest: str, at: datetime) -> Link | None:
        link = live(digest, at)
        let_in.wait(timeout=300)
        return link

    monkeypatch.setattr(over.links, "live", together)
    marks = [f"Ann {n}" for n in range(REDEMPTIONS)]

    def redeem(mark: str) -> Answer:
        # An API of its own, as each of many functions has; the stores are the same.
        api = build(over, logger("subject_api"))
        said = answer(signature={"kind": "typed", "mark": mark})
        headers = {"Authorization": f"Link {token}"}
        return answer_to(
            api, request("POST", "/subject/sign", body=said, headers=headers)
        )

    with ThreadPoolExecutor(REDEMPTIONS) as pool:
        answers = list(pool.map(redeem, marks))
    monkeypatch.setattr(over.links, "live", live)
    assert Counter(each.status for each in answers) == {201: 1, 404: REDEMPTIONS - 1}
    unknown = redeem_unknown(over)
    refused = {
        (each.text, tuple(sorted(each.headers.items())))
        for each in answers
        if each.status == 404
    }
    assert refused == {(unknown.text, tuple(sorted(unknown.headers.items())))}
    [signed] = over.signatures.quitclaims(ANN)
    proof = over.signatures.evidence(ANN, signed.quitclaim_id, over.names.proof)
    assert proof is not None
    assert answers[marks.index(proof.signature.mark)].status == 201
    assert [g.quitclaim_id for g in over.register.facts([ANN]).grants] == [
        signed.quitclaim_id
    ]
    assert len(over.consents.mails.of_person(ANN)) == 1
    assert over.tags().count("api:consent:sign") == 1
    assert over.tags().count("api:link:create") == 1


def redeem_unknown(over: Over) -> Answer:
    headers = {"Authorization": f"Link {new_token()}"}
    event = request("POST", "/subject/sign", body=answer(), headers=headers)
    return answer_to(over.api, event)
