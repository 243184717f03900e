"""People planted into a deployed local cloud, each with a marker wherever one can stand.

A marker is a text that stands nowhere else: where it is found later, that kind of data of
that person lies there. They are put on record by our own repositories, past the APIs, for
no page lets anybody type into every field.
"""

import json
import secrets
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from beeldrecht.adapters import keys
from beeldrecht.adapters.audit import AuditTrail
from beeldrecht.adapters.biometrics import Templates
from beeldrecht.adapters.consent_requests import ConsentRequests
from beeldrecht.adapters.contacts import Contacts
from beeldrecht.adapters.disclosures import Disclosures
from beeldrecht.adapters.documents import Documents
from beeldrecht.adapters.exports import Exports, beginning
from beeldrecht.adapters.key_ring import KeyPurpose, KeyRing
from beeldrecht.adapters.legal_bases import LegalBases
from beeldrecht.adapters.library import Library
from beeldrecht.adapters.links import Links
from beeldrecht.adapters.mails import Mails
from beeldrecht.adapters.sessions import Sessions
from beeldrecht.adapters.signatures import Signatures
from beeldrecht.adapters.subject_requests import SubjectRequests
from beeldrecht.domain.assets import FaceMark
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.channels import Channel, Place
from beeldrecht.domain.consent import Restriction, RestrictionKind, Withdrawal
from beeldrecht.domain.consent_requests import LAPSE_AFTER, ConsentRequest, Delivery
from beeldrecht.domain.contacts import Contact
from beeldrecht.domain.disclosures import Disclosure, DisclosureKind
from beeldrecht.domain.exports import Export
from beeldrecht.domain.ids import new_id
from beeldrecht.domain.intake import Description, RenditionName, original_key
from beeldrecht.domain.legal_bases import LegalBasisKind, record
from beeldrecht.domain.links import Link, LinkPurpose, token_digest
from beeldrecht.domain.mails import Mail, MailKind, MailState
from beeldrecht.domain.people import Appearance, AppearanceStatus, Person
from beeldrecht.domain.request_decisions import freeze_id
from beeldrecht.domain.sessions import Session
from beeldrecht.domain.signing import (
    Choices,
    Evidence,
    Guardian,
    Relation,
    Seen,
    Signature,
    SignatureKind,
    Signed,
    Signer,
)
from beeldrecht.domain.subject_requests import (
    Decided,
    SubjectRequest,
    SubjectRequestKind,
    SubjectRequestState,
)
from beeldrecht.domain.time import Period
from beeldrecht_vision.detection import DETECTOR_ID
from cli.stack import Deployed
from local.client import LocalCloud
from tests.adapters.contracts.library import face, original
from tests.fakes.samples import EDITOR, announcement
from tests.workflows.consents import signed
from tests.workflows.way import until
from tools.photos import PHOTOS

YEAR = timedelta(days=365)
COMMENT = b"\xff\xfe"
"""Begins a comment in a JPEG, right behind its first two bytes."""


@dataclass
class Planted:
    """Somebody, and the markers by the place that each was put into."""

    person_id: str
    markers: dict[str, str] = field(default_factory=dict)
    own: str = ""
    """A picture of this person alone."""
    shared: list[str] = field(default_factory=list)
    """Pictures of this person and somebody else."""

    def mark(self, kind: str) -> str:
        """A new marker; it says what it marks, so that whoever finds it knows."""
        return self.markers.setdefault(kind, f"Zq{kind}{secrets.token_hex(6)}zQ")


@dataclass(frozen=True)
class Planter:
    """Puts people on record."""

    cloud: LocalCloud
    deployed: Deployed

    def plant(self, beside: Planted | None = None, *, exported: bool = False) -> Planted:
        """Somebody new, with a picture of their own, and one with `beside`."""
        one = Planted(new_id())
        self._person(one)
        quitclaim_id = self._signed(one)
        self._asked(one)
        self._corresponds(one, quitclaim_id)
        self._template(one)
        one.own = self._picture(one, [one])
        if exported:
            self._exported(one)
        self._about_the_picture(one)
        if beside is not None:
            shared = self._picture(one, [one, beside])
            one.shared.append(shared)
            beside.shared.append(shared)
        return one

    # -- who it is ---------------------------------------------------------------------

    def _person(self, one: Planted) -> None:
        at = now()
        person = Person(one.person_id, one.mark("name"))
        self.deployed.register.add_person(person, self._names, at)
        contact = Contact(
            f"{one.mark('email')}@example.org",
            "nl",
            date(2015, 4, 5),
            "NL",
            one.mark("guardianofcontact"),
        )
        said = self._said(one.person_id, "api:contact:change")
        self._contacts.put(one.person_id, contact, self._names, said)

    def _signed(self, one: Planted) -> str:
        document, grants = signed(one.person_id)
        session = Session(new_id(), now().date(), head_count=1)
        self._sessions.create(
            session, self._said(session.session_id, "api:session:create")
        )
        evidence = Evidence(
            quitclaim_id=document.quitclaim_id,
            person_id=one.person_id,
            wording=document.wording_version,
            wording_sha256=document.wording_sha256,
            language="nl",
            signed_at=document.signed_at,
            signed_on=document.signed_on,
            choices=Choices(frozenset({Channel.WEBSITE}), False, False),
            signer=Signer(
                one.mark("signer"),
                f"{one.mark('signersmail')}@example.org",
                guardian=Guardian(one.mark("guardian"), Relation.PARENT),
            ),
            signature=Signature(SignatureKind.TYPED, one.mark("signature")),
            seen=Seen(one.mark("network"), one.mark("agent")),
            session_id=session.session_id,
            photographer=one.mark("photographer"),
        )
        self._signatures.record(
            Signed(document, tuple(grants), evidence),
            self._proofs,
            self._said(one.person_id, "api:consent:sign"),
            link=None,
            request=None,
            contact=None,
            person=None,
        )
        copy = f"%PDF {one.mark('signedcopy')}".encode()
        sealed = self._proofs.seal(one.person_id, copy)
        self._documents.keep(document.quitclaim_id, sealed)
        taken_back = Withdrawal(new_id(), grants[0].grant_id, one.person_id, now())
        self.deployed.register.withdraw(taken_back)
        self._signatures.note_document(one.person_id, document.quitclaim_id, "0" * 64)
        return document.quitclaim_id

    def _asked(self, one: Planted) -> None:
        at = now()
        request = ConsentRequest(
            request_id=new_id(),
            person_id=one.person_id,
            wording=f"{new_id()}.1",
            language="nl",
            delivery=Delivery.TABLET,
            asked_by=EDITOR,
            asked_at=at,
            ends_at=at + LAPSE_AFTER,
            photographer=one.mark("photographerofrequest"),
        )
        said = self._said(one.person_id, "api:consent:ask")
        assert self._requests.create(request, said)
        asked = SubjectRequest(
            request_id=new_id(),
            person_id=one.person_id,
            kind=SubjectRequestKind.OBJECTION,
            asked_at=at,
            due_at=at + timedelta(days=30),
            details=one.mark("details"),
        )
        said = self._said(one.person_id, "api:subject:object")
        freeze = Restriction(
            freeze_id(asked.request_id),
            one.person_id,
            RestrictionKind.OBJECTED,
            Period(at),
        )
        assert self._subject_requests.create(asked, said, freeze)
        assert self._subject_requests.decide(
            asked.request_id,
            Decided(SubjectRequestState.DISMISSED, EDITOR, at, one.mark("reason")),
            self._said(one.person_id, "api:objection:decide"),
            lifts=freeze,
        )

    def _corresponds(self, one: Planted, quitclaim_id: str) -> None:
        at = now()
        link = Link(new_id(), one.person_id, LinkPurpose.OWN_PAGE, EDITOR, at, at + YEAR)
        said = self._said(one.person_id, "api:link:create")
        self._links.create(link, token_digest(new_id()), said)
        mail = Mail(
            new_id(),
            MailKind.COPY,
            one.person_id,
            at,
            {"quitclaim_id": quitclaim_id},
            state=MailState.SENT,
        )
        assert self._mails.add(mail)

    def _exported(self, one: Planted) -> None:
        """Have everything packed for them, as the workflow does."""
        export = Export(new_id(), one.person_id, new_id(), now(), EDITOR)
        said = self._said(one.person_id, "api:export:begin")
        self.deployed.audit.record(said, beginning(export))
        exports = Exports(*self._consent)

        def packed() -> bool | None:
            found = exports.get(export.export_id)
            return (found is not None and found.package is not None) or None

        until(packed, "the export to be packed")

    def _template(self, one: Planted) -> None:
        ring = self._ring(KeyPurpose.BIOMETRIC, "BiometricsTable", "BiometricsKeyArn")
        template = one.mark("template").encode()
        Templates(ring).save(one.person_id, "sface_2021dec", template, now() + YEAR)

    # -- pictures ------------------------------------------------------------------------

    def _picture(self, maker: Planted, people: list[Planted]) -> str:
        """A picture with a face for each; its words are the maker's, who is in it."""
        asset_id, alone = new_id(), len(people) == 1
        mark = maker.mark if alone else _unmarked
        library = self._library
        said = replace(announcement(asset_id), file_name=f"{mark('filename')}.jpg")
        library.announce(said, keep_until=now() + YEAR)
        seen = replace(
            original(secrets.token_hex(32)),
            perceptual_hash=secrets.token_hex(8),
            width=1000,
            height=750,
        )
        maker.markers[f"digest{'own' if alone else 'shared'}"] = seen.sha256
        described = Description(
            creator=mark("creator"),
            title=mark("title"),
            caption=mark("caption"),
            keywords=(mark("keyword"),),
            credit=mark("credit"),
            copyright=mark("copyright"),
        )
        record_of = self._record
        made = frozenset({RenditionName.PREVIEW, RenditionName.THUMB})
        library.receive(record_of(asset_id), seen, described, made, (), now())
        faces = [face(str(n), mark=FaceMark.UNMARKED) for n in range(len(people))]
        library.examine(record_of(asset_id), faces, True, DETECTOR_ID, now())
        for each, person in zip(faces, people, strict=True):
            confirmed = Appearance(
                asset_id,
                each.face_id,
                person.person_id,
                AppearanceStatus.CONFIRMED,
                EDITOR,
                now(),
            )
            library.settle(record_of(asset_id), confirmed)
        # The files last: the chain that S3 sets off finds its work done.
        versions = self._objects(maker, asset_id, "own" if alone else "shared")
        self._stored(asset_id, versions[0])
        return asset_id

    def _stored(self, asset_id: str, version_id: str) -> None:
        """Say which version is the original."""
        client = self.cloud.client("dynamodb")
        where = {
            "TableName": self.deployed["LibraryTable"],
            "Key": {"pk": {"S": keys.asset(asset_id)}, "sk": {"S": keys.META}},
        }
        said = json.loads(client.get_item(**where)["Item"]["original"]["S"])
        client.update_item(
            **where,
            UpdateExpression="SET original = :original",
            ExpressionAttributeValues={
                ":original": {"S": json.dumps({**said, "version_id": version_id})}
            },
        )

    def _objects(self, one: Planted, asset_id: str, which: str) -> list[str]:
        """Two versions, a part of a third, and the renditions, each with a marker."""
        s3, originals = self.cloud.client("s3"), self.deployed["OriginalsBucket"]
        versions = [
            s3.put_object(
                Bucket=originals,
                Key=original_key(asset_id),
                Body=commented(one.mark(f"version{n}{which}")),
            )["VersionId"]
            for n in (1, 2)
        ]
        begun = s3.create_multipart_upload(Bucket=originals, Key=original_key(asset_id))
        s3.upload_part(
            Bucket=originals,
            Key=original_key(asset_id),
            UploadId=begun["UploadId"],
            PartNumber=1,
            Body=one.mark(f"part{which}").encode(),
        )
        for name in RenditionName:
            s3.put_object(
                Bucket=self.deployed["RenditionsBucket"],
                Key=f"{asset_id}/{name}.jpg",
                Body=commented(one.mark(f"{name}{which}")),
                ContentDisposition=f'attachment; filename="{one.mark(name + which)}"',
            )
        return versions

    def _about_the_picture(self, one: Planted) -> None:
        at = now()
        basis = record(
            LegalBasisKind.CONTRACT,
            public_body=True,
            asset_id=one.own,
            channel=Channel.INTRANET,
            reference=one.mark("reference"),
            period=Period(at, at + YEAR),
            recorded_by=EDITOR,
            recorded_at=at,
        )
        assert self._bases.record(basis, self._said(one.own, "api:basis:record"))
        disclosure = Disclosure(
            disclosure_id=new_id(),
            asset_id=one.own,
            kind=DisclosureKind.DOWNLOAD,
            recipient_id=EDITOR,
            channel=Channel.WEBSITE,
            place=Place.WORLD,
            rendition=RenditionName.PREVIEW.value,
            masked=frozenset(),
            at=at,
            revision=1,
        )
        said = self._said(one.own, "egress:asset:download")
        self._disclosures.record(disclosure, said)

    # -- where things are --------------------------------------------------------------

    def _table(self, name: str) -> tuple[str, str]:
        return self.deployed[name], self.deployed.region

    def _ring(self, purpose: KeyPurpose, table: str, key: str) -> KeyRing:
        kms = self.cloud.client("kms")
        return KeyRing(*self._table(table), kms, self.deployed[key], purpose)

    def _record(self, asset_id: str) -> Any:
        found = self._library.record(asset_id)
        assert found is not None
        return found

    @staticmethod
    def _said(subject: str, tag: str) -> NewEntry:
        return NewEntry(subject, f"{tag}:{new_id()}", tag, now(), EDITOR)

    @property
    def _consent(self) -> tuple[str, str, AuditTrail]:
        return (*self._table("ConsentTable"), self.deployed.audit)

    @property
    def _pictures(self) -> tuple[str, str, AuditTrail]:
        return (*self._table("LibraryTable"), self.deployed.audit)

    @property
    def _names(self) -> KeyRing:
        return self._ring(KeyPurpose.CONTACT, "KeysTable", "PeopleKeyArn")

    @property
    def _proofs(self) -> KeyRing:
        return self._ring(KeyPurpose.PROOF, "KeysTable", "PeopleKeyArn")

    @property
    def _contacts(self) -> Contacts:
        return Contacts(*self._consent)

    @property
    def _requests(self) -> ConsentRequests:
        return ConsentRequests(*self._consent)

    @property
    def _subject_requests(self) -> SubjectRequests:
        return SubjectRequests(*self._consent, seals=self._names)

    @property
    def _links(self) -> Links:
        return Links(*self._consent)

    @property
    def _mails(self) -> Mails:
        return Mails(*self._consent)

    @property
    def _sessions(self) -> Sessions:
        return Sessions(*self._pictures)

    @property
    def _signatures(self) -> Signatures:
        return Signatures(*self._consent, sessions=self._sessions)

    @property
    def _documents(self) -> Documents:
        return Documents(self.cloud.client("s3"), self.deployed["DocumentsBucket"])

    @property
    def _library(self) -> Library:
        return Library(*self._pictures)

    @property
    def _bases(self) -> LegalBases:
        return LegalBases(*self._pictures)

    @property
    def _disclosures(self) -> Disclosures:
        return Disclosures(*self._pictures)


def now() -> datetime:
    """This instant."""
    return datetime.now(UTC)


def commented(comment: str) -> bytes:
    """A real photo with a comment in it."""
    photo = (PHOTOS / "biden.jpg").read_bytes()
    text = comment.encode()
    return photo[:2] + COMMENT + (len(text) + 2).to_bytes(2) + text + photo[2:]


def _unmarked(kind: str) -> str:
    return f"samen {kind}"
