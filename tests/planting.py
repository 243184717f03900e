"""People planted into a deployed local cloud, each with a marker wherever one can stand.

A marker is a text that stands nowhere else: where it is found later, that kind of data of
that person lies there. They are put on record by our own repositories, past the APIs, for
no page lets anybody type into every field.
"""

import json
import secrets
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

from beeldrecht.adapters import keys
from beeldrecht.adapters.biometrics import Templates
from beeldrecht.adapters.errors import StaleRevisionError
from beeldrecht.adapters.export_files import ORDERED, package_key
from beeldrecht.adapters.exports import Exports, beginning
from beeldrecht.adapters.key_ring import KeyPurpose
from beeldrecht.adapters.shares import sealed_recipient
from beeldrecht.domain.assets import FaceMark
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.batch_bases import BatchBasis
from beeldrecht.domain.channels import Channel, Place
from beeldrecht.domain.collections import Collection
from beeldrecht.domain.consent import (
    Grant,
    GrantKind,
    Restriction,
    RestrictionKind,
    Withdrawal,
)
from beeldrecht.domain.consent_requests import LAPSE_AFTER, ConsentRequest, Delivery
from beeldrecht.domain.contacts import Contact
from beeldrecht.domain.declarations import FILE_TYPE, Declaration, declared_place
from beeldrecht.domain.disclosures import Disclosure, DisclosureKind
from beeldrecht.domain.exports import Export
from beeldrecht.domain.ids import new_id
from beeldrecht.domain.intake import (
    AssetRecord,
    RenditionName,
    original_key,
    rendition_key,
)
from beeldrecht.domain.legal_bases import LegalBasisKind, record
from beeldrecht.domain.links import Link, LinkPurpose, token_digest
from beeldrecht.domain.mails import Mail, MailKind, MailState
from beeldrecht.domain.metadata import Metadata, plain
from beeldrecht.domain.packages import Package, Packed
from beeldrecht.domain.people import Appearance, AppearanceStatus, Person
from beeldrecht.domain.publications import Publication, PublicationWay
from beeldrecht.domain.request_decisions import freeze_id
from beeldrecht.domain.sessions import Session
from beeldrecht.domain.shares import Recipient, Share, ShareWay
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
from tests.adapters.contracts.library import face, original
from tests.fakes.samples import EDITOR, announcement
from tests.repositories import Repositories
from tests.workflows.consents import signed
from tests.workflows.way import until
from tools.photos import PHOTOS

YEAR = timedelta(days=365)
_TRIES = 9
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
    letter: str = ""
    """A file that nothing opens, in which they are declared."""
    export_id: str | None = None
    """What was packed for them, or is being packed."""

    def mark(self, kind: str) -> str:
        """A new marker; it says what it marks, so that whoever finds it knows."""
        return self.markers.setdefault(kind, f"Zq{kind}{secrets.token_hex(6)}zQ")


@dataclass(frozen=True)
class Planter(Repositories):
    """Puts people on record."""

    photo: bytes = field(default=(PHOTOS / "biden.jpg").read_bytes(), repr=False)
    """What every file is, but for the markers in it."""

    def plant(self, beside: Planted | None = None, *, exported: bool = False) -> Planted:
        """Somebody new, with a picture of their own, and one with `beside`.

        What is packed for them is packed meanwhile: see `packed`.
        """
        one = Planted(new_id())
        self._person(one)
        self._signed(one, "older")
        quitclaim_id = self._signed(one)
        self._asked(one)
        self._corresponds(one, quitclaim_id)
        self._template(one)
        self._looked_for(one)
        one.own = self._picture(one, [one])
        self._file(one)
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
        self.deployed.register.add_person(person, self.names, at)
        contact = Contact(
            f"{one.mark('email')}@example.org",
            "nl",
            date(2015, 4, 5),
            "NL",
            one.mark("guardianofcontact"),
        )
        said = self._said(one.person_id, "api:contact:change")
        self.contacts.put(one.person_id, contact, self.names, said)

    def _signed(self, one: Planted, which: str = "") -> str:
        """A document with its evidence and its copy; what it allows is taken back."""
        mark = partial(_marked, one, which)
        document, grants = signed(one.person_id)
        # What a template rests on, which goes with the last of it.
        biometric = GrantKind.BIOMETRIC_CONSENT
        lasting = Period(document.signed_at, document.signed_at + YEAR)
        grants.append(
            Grant(new_id(), document.quitclaim_id, one.person_id, biometric, lasting)
        )
        # Somebody typed the name where anybody may read it: an officer has it taken out.
        title = f"Feest voor {one.markers['name']}"
        rests = BatchBasis(LegalBasisKind.CONTRACT, frozenset({Channel.PRINT}), title)
        session = Session(new_id(), now().date(), head_count=1, title=title, basis=rests)
        self.sessions.create(
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
                mark("signer"),
                f"{mark('signersmail')}@example.org",
                guardian=Guardian(mark("guardian"), Relation.PARENT),
            ),
            signature=Signature(SignatureKind.TYPED, mark("signature")),
            seen=Seen(mark("network"), mark("agent")),
            session_id=session.session_id,
            photographer=mark("photographer"),
        )
        self.signatures.record(
            Signed(document, tuple(grants), evidence),
            self.proofs,
            self._said(one.person_id, "api:consent:sign"),
            link=None,
            request=None,
            contact=None,
            person=None,
        )
        copy = f"%PDF {mark('signedcopy')}".encode()
        sealed = self.proofs.seal(one.person_id, copy)
        self.documents.keep(document.quitclaim_id, sealed)
        taken_back = Withdrawal(new_id(), grants[0].grant_id, one.person_id, now())
        self.deployed.register.withdraw(taken_back)
        self.signatures.note_document(one.person_id, document.quitclaim_id, "0" * 64)
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
        assert self.requests.create(request, said)
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
        assert self.subject_requests.create(asked, said, freeze)
        assert self.subject_requests.decide(
            asked.request_id,
            Decided(SubjectRequestState.DISMISSED, EDITOR, at, one.mark("reason")),
            self._said(one.person_id, "api:objection:decide"),
            lifts=freeze,
        )

    def _corresponds(self, one: Planted, quitclaim_id: str) -> None:
        at = now()
        link = Link(new_id(), one.person_id, LinkPurpose.OWN_PAGE, EDITOR, at, at + YEAR)
        said = self._said(one.person_id, "api:link:create")
        self.links.create(link, token_digest(new_id()), said)
        mail = Mail(
            new_id(),
            MailKind.COPY,
            one.person_id,
            at,
            {"quitclaim_id": quitclaim_id},
            state=MailState.SENT,
        )
        assert self.mails.add(mail)

    def _exported(self, one: Planted) -> None:
        """Have everything packed for them, as the workflow does."""
        export = Export(new_id(), one.person_id, new_id(), now(), EDITOR)
        said = self._said(one.person_id, "api:export:begin")
        self.deployed.audit.record(said, beginning(export))
        one.export_id = export.export_id

    def packed(self, people: Iterable[Planted]) -> None:
        """Wait until everything is packed that is to be."""
        exports = Exports(*self.consent)
        for one in people:
            export_id = one.export_id
            if export_id is None:
                continue

            def packed(export_id: str = export_id) -> bool | None:
                found = exports.get(export_id)
                return (found is not None and found.package is not None) or None

            until(packed, "the export to be packed")

    def _template(self, one: Planted) -> None:
        ring = self.ring(KeyPurpose.BIOMETRIC, "BiometricsTable", "BiometricsKeyArn")
        template = one.mark("template").encode()
        Templates(ring).save(one.person_id, "sface_2021dec", template, now() + YEAR)

    def _looked_for(self, one: Planted) -> None:
        """That they were enrolled, and what somebody looks for when looking for them."""
        enrolment_id, search_id = new_id(), new_id()
        self._row(
            "ConsentTable",
            pk=keys.subject(one.person_id),
            sk=keys.ENROLMENT + enrolment_id,
            kind="enrolment",
            enrolment_id=enrolment_id,
            subject_id=one.person_id,
        )
        self._row(
            "LibraryTable",
            pk=keys.searches(EDITOR),
            sk=f"SAVED#{search_id}",
            kind="saved_search",
            search_id=search_id,
            title=one.mark("searched"),
            asked=json.dumps({"person_id": one.person_id}),
            made_at=now().strftime("%Y-%m-%dT%H:%M:%S.%f%z"),
        )

    def _row(self, table: str, **texts: str) -> None:
        item = {name: {"S": text} for name, text in texts.items()}
        self.cloud.client("dynamodb").put_item(TableName=self.deployed[table], Item=item)

    # -- pictures ------------------------------------------------------------------------

    def _picture(self, maker: Planted, people: list[Planted]) -> str:
        """A picture with a face for each; its words are the maker's, who is in it."""
        asset_id, alone = new_id(), len(people) == 1
        mark = maker.mark if alone else _unmarked
        library = self.library
        said = replace(announcement(asset_id), file_name=f"{mark('filename')}.jpg")
        library.announce(said, keep_until=now() + YEAR)
        seen = replace(
            original(secrets.token_hex(32)),
            perceptual_hash=secrets.token_hex(8),
            width=1000,
            height=750,
        )
        maker.markers[f"digest{'own' if alone else 'shared'}"] = seen.sha256
        described = Metadata(
            creator=mark("creator"),
            title=mark("title"),
            caption=mark("caption"),
            keywords=(mark("keyword"),),
            credit=mark("credit"),
            copyright=mark("copyright"),
            location=mark("location"),
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
        self._said_before(asset_id, Metadata(title=mark("saidbefore")))
        return asset_id

    def _file(self, one: Planted) -> None:
        """A file that nothing opens, in which they are declared with nobody else.

        It took the place of an older one, in which nobody ever said that they are.
        """
        older, asset_id = new_id(), new_id()
        one.letter = asset_id
        self._kept(older, one, "older")
        self._kept(asset_id, one, "letter", replaces=older)
        place = declared_place(asset_id)
        status, at = AppearanceStatus.CONFIRMED, now()
        theirs = Appearance(asset_id, place, one.person_id, status, EDITOR, at)
        declared = Declaration(EDITOR, 1)
        self._as_it_is(
            asset_id, lambda it: self.library.declare(it, declared, (theirs,), at)
        )

    def _as_it_is(self, asset_id: str, act: Callable[[AssetRecord], object]) -> None:
        """Do it on the picture as it is; what follows its arrival changes it, too."""

        def tried() -> bool | None:
            try:
                act(self._record(asset_id))
            except StaleRevisionError:
                return None
            return True

        until(tried, "the picture to stand still")

    def _kept(
        self, asset_id: str, one: Planted, what: str, replaces: str | None = None
    ) -> None:
        """A file that is kept as it came."""
        library = self.library
        name = f"{one.mark(what)}.docx"
        said = replace(announcement(asset_id), file_name=name, replaces=replaces)
        library.announce(said, keep_until=now() + YEAR)
        file = replace(
            original(secrets.token_hex(32)), media_type=FILE_TYPE, perceptual_hash=""
        )
        kept = frozenset({RenditionName.FILE})
        self._as_it_is(
            asset_id, lambda it: library.receive(it, file, Metadata(), kept, (), now())
        )
        self._as_it_is(asset_id, lambda it: library.examine(it, (), True, "none", now()))
        s3 = self.cloud.client("s3")
        put = s3.put_object(
            Bucket=self.deployed["OriginalsBucket"],
            Key=original_key(asset_id),
            Body=one.mark(f"bytesof{what}").encode(),
        )
        s3.put_object(
            Bucket=self.deployed["RenditionsBucket"],
            Key=rendition_key(asset_id, RenditionName.FILE),
            Body=one.mark(f"copyof{what}").encode(),
            ContentDisposition=f'attachment; filename="{one.mark(f"nameof{what}")}"',
        )
        self._stored(asset_id, put["VersionId"])

    def _said_before(self, asset_id: str, said: Metadata) -> None:
        """Say what was said of it before somebody said something else."""
        self.cloud.client("dynamodb").update_item(
            TableName=self.deployed["LibraryTable"],
            Key={"pk": {"S": keys.asset(asset_id)}, "sk": {"S": keys.META}},
            UpdateExpression="SET description_before = :said, edit_id = :edit",
            ExpressionAttributeValues={
                ":said": {"S": json.dumps(plain(said))},
                ":edit": {"S": new_id()},
            },
        )

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
                Body=self._commented(one.mark(f"version{n}{which}")),
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
        named = f"named{which}"
        for name in RenditionName:
            s3.put_object(
                Bucket=self.deployed["RenditionsBucket"],
                Key=rendition_key(asset_id, name),
                Body=self._commented(one.mark(f"{name}{which}")),
                ContentDisposition=f'attachment; filename="{one.mark(name + named)}"',
            )
        return versions

    def _commented(self, comment: str) -> bytes:
        """The photo with a comment in it."""
        text = comment.encode()
        length = (len(text) + 2).to_bytes(2)
        return self.photo[:2] + COMMENT + length + text + self.photo[2:]

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
        assert self.bases.record(basis, self._said(one.own, "api:basis:record"))
        assert self.bases.end(basis, at, self._said(one.own, "api:basis:end"))
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
        self.disclosures.record(disclosure, said)
        self._ordered(one, at)
        self._outside(one, at)

    def _ordered(self, one: Planted, at: datetime) -> None:
        """It is in a collection, in a file that somebody ordered, and begun to be put
        into another.
        """
        fair = Collection(new_id(), "Fairs", restricted=False)
        said = self._said(fair.collection_id, "api:collection:create")
        self.collections.create(fair, at, said)
        there = frozenset({fair.collection_id})
        for _ in range(_TRIES):
            # What is signed has the picture decided on meanwhile.
            with suppress(StaleRevisionError):
                self.library.collect(self._record(one.own), there)
                break
        s3, bucket = self.cloud.client("s3"), self.deployed["ExportsBucket"]
        for which in ("whole", "begun"):
            package = Package(
                package_id=new_id(),
                made_by=EDITOR,
                made_at=at,
                asset_ids=(one.own,),
                channel=Channel.WEBSITE,
                place=Place.WORLD,
            )
            said = self._said(package.package_id, "api:package:create")
            assert self.packages.create(package, said)
            packed = Packed(one.own, "version", frozenset(), "0" * 64)
            self.packages.put_packed(package, packed)
            key = package_key(package.package_id, ORDERED)
            if which == "whole":
                body = one.mark("package").encode()
                s3.put_object(Bucket=bucket, Key=key, Body=body)
            else:
                s3.create_multipart_upload(Bucket=bucket, Key=key)

    def _outside(self, one: Planted, at: datetime) -> None:
        """It ran somewhere, and somebody outside was given it to look at."""
        ran = Publication(
            publication_id=new_id(),
            asset_id=one.own,
            way=PublicationWay.EMBEDDED,
            channel=Channel.WEBSITE,
            place=Place.WORLD,
            where=one.mark("where"),
            responsible_id=EDITOR,
            made_by=EDITOR,
            made_at=at,
            from_=at,
        )
        entry = self._said(one.own, "api:publication:create")
        assert self.publications.create(ran, None, entry)
        self.publications.count(ran, at)
        share = Share(
            share_id=new_id(),
            asset_ids=(one.own,),
            channel=Channel.WEBSITE,
            place=Place.WORLD,
            way=ShareWay.VIEW,
            recipient_id=new_id(),
            created_by=EDITOR,
            created_at=at,
            ends_at=at + YEAR,
        )
        # Who receives it is nobody who is portrayed: it is theirs that is sealed.
        outsider = Recipient("Jo Vis", "jo@krant.example")
        sealed = sealed_recipient(share, outsider, self.names, at + YEAR)
        given = self._said(share.share_id, "api:share:create")
        assert self.shares.create(share, sealed, given)

    # -- inside --------------------------------------------------------------------------

    def _record(self, asset_id: str) -> Any:
        found = self.library.record(asset_id)
        assert found is not None
        return found

    @staticmethod
    def _said(subject: str, tag: str) -> NewEntry:
        return NewEntry(subject, f"{tag}:{new_id()}", tag, now(), EDITOR)


def now() -> datetime:
    """This instant."""
    return datetime.now(UTC)


def _marked(one: Planted, which: str, kind: str) -> str:
    return one.mark(which + kind)


def _unmarked(kind: str) -> str:
    return f"samen {kind}"
