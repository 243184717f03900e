"""The two functions of mail from their messages to what stands on record, under moto."""

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import boto3
import pytest

from beeldrecht.adapters.audit import AuditTrail
from beeldrecht.adapters.consent import ConsentRegister
from beeldrecht.adapters.contacts import Contacts
from beeldrecht.adapters.documents import Documents
from beeldrecht.adapters.key_ring import KeyPurpose, KeyRing
from beeldrecht.adapters.links import Links
from beeldrecht.adapters.mails import Mails
from beeldrecht.adapters.signatures import Signatures
from beeldrecht.adapters.wordings import Wordings
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.channels import Channel, Place
from beeldrecht.domain.contacts import AddressState, Contact
from beeldrecht.domain.ids import new_id
from beeldrecht.domain.links import LinkPurpose
from beeldrecht.domain.mails import Mail, MailKind, MailState, NotSent, mail_id
from beeldrecht.domain.people import Person
from beeldrecht.domain.signing import (
    Choices,
    Seen,
    Signature,
    SignatureKind,
    Signer,
    sign,
)
from beeldrecht.domain.wordings import Wording, WordingText
from layers import mails as compiler
from tests.adapters.aws import REGION, Aws
from tests.fakes.runtime import FakeContext, imported, sqs_event

pytestmark = pytest.mark.parametrize("aws_endpoint", ["moto"], indirect=True)

NAME, ADDRESS = "Ann de Vries", "ann@example.org"
ACTOR = "0" * 32
NOTHING_FAILED: dict[str, list[str]] = {"batchItemFailures": []}
TEXT = WordingText(
    title="Zomerfeest",
    purpose="Verslag.",
    controller="Gemeente Voorbeeld",
    notice=("Wat we ermee doen.",),
    image="Foto's mogen worden gebruikt.",
    portrait=None,
    biometric=None,
    guardian="Ik teken voor mijn kind.",
)
type Invoke = Callable[[str, str], dict[str, Any]]


class Office:
    """Tables, a key, a bucket, and one person who signed."""

    def __init__(self, aws: Aws, folder: Path) -> None:
        self.at = datetime.now(UTC)
        self.person_id, self.quitclaim_id = new_id(), new_id()
        consent, audit, keys = (aws.table(kind) for kind in ("consent", "audit", "keys"))
        bucket, key = aws.bucket(versioned=False), aws.key()
        compiler.compile_all(folder)
        self.told = {
            "CONSENT_TABLE": consent,
            "AUDIT_TABLE": audit,
            "KEYS_TABLE": keys,
            "PEOPLE_KEY_ARN": key,
            "DOCUMENTS_BUCKET": bucket,
            "USER_POOL_ID": "eu-central-1_none",
            "SITE_URL": "https://beeld.example.org",
            "CONTROLLER": "Gemeente Voorbeeld",
            "MAIL_FROM": "Beeldbank <beeld@example.org>",
            "MAIL_CONFIGURATION_SET": "set",
            "MAILS_DIR": str(folder),
        }
        trail = AuditTrail(audit, REGION)
        self.seals = KeyRing(keys, REGION, aws.kms, key, KeyPurpose.CONTACT)
        self.mails = Mails(consent, REGION, trail)
        self.contacts = Contacts(consent, REGION, trail)
        self.links = Links(consent, REGION, trail)
        self.documents = Documents(aws.s3, bucket)
        self.signatures = Signatures(consent, REGION, trail)
        self._trail = trail
        self._register = ConsentRegister(consent, REGION, trail)
        self._wordings = Wordings(consent, REGION, trail)

    def signed(self) -> Mail:
        """Somebody is on record, and signed; the mail with the copy waits."""
        wording = Wording(
            wording_id=new_id(),
            version=1,
            texts={"nl": TEXT},
            channels={Channel.WEBSITE: 24},
            places=frozenset({Place.EUROPEAN_UNION}),
            portrait_months=None,
            biometric_months=None,
            compensation=None,
            created_by=ACTOR,
            created_at=self.at,
        )
        assert self._wordings.add(wording, self._entry("wording"))
        person = Person(self.person_id, NAME)
        self._register.add_person(person, self.seals, self.at)
        made = sign(
            wording,
            "nl",
            Choices(frozenset({Channel.WEBSITE}), portrait=False, biometric=False),
            Signer(NAME, ADDRESS),
            Signature(SignatureKind.TYPED, NAME),
            Seen(None, None),
            person_id=self.person_id,
            quitclaim_id=self.quitclaim_id,
            signed_on="link",
            at=self.at,
        )
        mail = Mail(
            mail_id(MailKind.COPY, self.person_id, self.quitclaim_id),
            MailKind.COPY,
            self.person_id,
            self.at,
            {"quitclaim_id": self.quitclaim_id},
        )
        assert self.signatures.record(
            made,
            self.seals,
            self._entry("sign"),
            link=None,
            request=None,
            contact=Contact(ADDRESS, "nl"),
            person=None,
            mails=[mail],
        )
        return mail

    def _entry(self, name: str) -> NewEntry:
        return NewEntry(
            self.person_id, f"test:{name}", "api:person:create", self.at, ACTOR, {}
        )


@pytest.fixture
def place(aws: Aws, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    ses = boto3.client("sesv2", region_name=REGION)
    ses.create_email_identity(EmailIdentity="example.org")
    made = Office(aws, tmp_path / "mails")
    for name, value in made.told.items():
        monkeypatch.setenv(name, value)
    return made


@pytest.fixture
def invoke(place: Office) -> Iterator[Invoke]:
    with ExitStack() as stack:
        warm: dict[str, Any] = {}

        def call(folder: str, body: str) -> dict[str, Any]:
            if folder not in warm:
                warm[folder] = stack.enter_context(imported(f"consent.{folder}.handler"))
            answer = warm[folder].handler(sqs_event(body), FakeContext())
            read: dict[str, Any] = json.loads(json.dumps(answer))
            return read

        yield call


def event(mail: Mail, kind: str, **more: str) -> str:
    at = datetime.now(UTC).isoformat()
    said = {"event": kind, "mail_id": [mail.mail_id], "message_id": "m-1", "at": at}
    return json.dumps({**said, **more})


def test_a_signature_is_answered_with_its_copy_and_a_bounce_marks_the_address(
    place: Office, invoke: Invoke, capsys: pytest.CaptureFixture[str]
) -> None:
    mail = place.signed()
    body = json.dumps({"mail_id": mail.mail_id})
    assert invoke("deliver_mail", body) == NOTHING_FAILED
    there = place.mails.get(mail.mail_id)
    assert there is not None
    assert there.state is MailState.SENT
    assert there.message_id
    sealed = place.documents.read(place.quitclaim_id)
    assert sealed is not None
    pdf = place.seals.proof.open(place.person_id, sealed)
    assert pdf.startswith(b"%PDF-1.7")
    kept = place.signatures.document_sha256(place.person_id, place.quitclaim_id)
    assert kept == hashlib.sha256(pdf).hexdigest()
    [link] = place.links.of_person(place.person_id)
    assert link.purpose is LinkPurpose.OWN_PAGE
    assert link.expires_at > place.at + timedelta(days=700)

    assert invoke("deliver_mail", body) == NOTHING_FAILED
    assert len(place.links.of_person(place.person_id)) == 1

    bounced = event(mail, "Email Bounced", bounce="Permanent")
    assert invoke("note_delivery", bounced) == NOTHING_FAILED
    assert invoke("note_delivery", event(mail, "Email Sent")) == NOTHING_FAILED
    there = place.mails.get(mail.mail_id)
    assert there is not None
    assert there.state is MailState.BOUNCED
    note = place.contacts.state(place.person_id)
    assert note is not None
    assert (note.state, note.mail_id) == (AddressState.BOUNCED, mail.mail_id)
    said = capsys.readouterr()
    for personal in (NAME, ADDRESS, "Zomerfeest", "own-page"):
        assert personal not in said.out + said.err


def test_without_a_sender_the_record_says_so(
    place: Office, invoke: Invoke, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAIL_FROM", "")
    mail = place.signed()
    assert invoke("deliver_mail", json.dumps({"mail_id": mail.mail_id})) == NOTHING_FAILED
    there = place.mails.get(mail.mail_id)
    assert there is not None
    assert (there.state, there.reason) == (MailState.NOT_SENT, NotSent.NO_SENDER.value)


@pytest.mark.parametrize("folder", ["deliver_mail", "note_delivery"])
def test_what_cannot_be_a_message_comes_back_and_is_not_quoted(
    folder: str, invoke: Invoke, capsys: pytest.CaptureFixture[str]
) -> None:
    failed = {"batchItemFailures": [{"itemIdentifier": "message-0"}]}
    assert invoke(folder, json.dumps({"mail_id": ADDRESS})) == failed
    said = capsys.readouterr()
    assert ADDRESS not in said.out + said.err
