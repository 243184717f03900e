"""Somebody with traces in every store, and the steps that erase them, over real stores.

The steps run as Step Functions runs them: what is ended half-way is done again. A kill
ends the process before or after one call that changes something, whichever it is.
"""

from collections import Counter
from collections.abc import Callable, Container, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import numpy as np
import simplejpeg
from botocore.client import BaseClient
from PIL import Image

from beeldrecht.adapters.audit import AuditTrail
from beeldrecht.adapters.audit_items import AuditItem
from beeldrecht.adapters.binding import bind
from beeldrecht.adapters.biometrics import Templates
from beeldrecht.adapters.consent import ConsentRegister
from beeldrecht.adapters.consent_items import ConsentItem
from beeldrecht.adapters.consent_requests import ConsentRequests
from beeldrecht.adapters.contacts import Contacts
from beeldrecht.adapters.documents import Documents
from beeldrecht.adapters.erasures import Erasures
from beeldrecht.adapters.key_ring import (
    BiometricsItem,
    KeyPurpose,
    KeyRing,
    PeopleKeysItem,
)
from beeldrecht.adapters.key_rows import KeyRows
from beeldrecht.adapters.ledger import ConsentMarks, Ledger, LibraryMarks
from beeldrecht.adapters.legal_bases import LegalBases
from beeldrecht.adapters.library import Library
from beeldrecht.adapters.library_items import LibraryItem
from beeldrecht.adapters.links import Links
from beeldrecht.adapters.mails import Mails
from beeldrecht.adapters.masked_pictures import MaskedPictures
from beeldrecht.adapters.names_of import NamesOf
from beeldrecht.adapters.objects import Originals, Renditions
from beeldrecht.adapters.retention import Retention
from beeldrecht.adapters.saved_searches import SavedSearches
from beeldrecht.adapters.search_items import SearchState
from beeldrecht.adapters.sessions import Sessions
from beeldrecht.adapters.signatures import Signatures
from beeldrecht.adapters.traces import Places, Traces
from beeldrecht.adapters.typed_texts import TypedTexts
from beeldrecht.adapters.versions import Versions
from beeldrecht.adapters.wiping import Wiper
from beeldrecht.domain.assets import Box, Face, FacePose, Release
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.channels import Channel, Verdict
from beeldrecht.domain.consent_requests import LAPSE_AFTER, ConsentRequest, Delivery
from beeldrecht.domain.contacts import Contact
from beeldrecht.domain.decisions import Facts, decide
from beeldrecht.domain.erasure import Erasure, ErasureState, person_erasure
from beeldrecht.domain.erasure_texts import TextOutcome, TextWish, decided
from beeldrecht.domain.ids import derived_id, new_id
from beeldrecht.domain.intake import Original, RenditionName, original_key
from beeldrecht.domain.legal_bases import LegalBasisKind, record
from beeldrecht.domain.links import Link, LinkPurpose, token_digest
from beeldrecht.domain.mails import MailKind, mail_about
from beeldrecht.domain.metadata import Metadata
from beeldrecht.domain.people import Appearance, AppearanceStatus, Person
from beeldrecht.domain.search import SavedSearch
from beeldrecht.domain.sessions import Session
from beeldrecht.domain.time import Period
from beeldrecht.runtime import clients
from beeldrecht.runtime.erasing import ErasureEvent
from beeldrecht.runtime.pixels import FullSize
from rights.begin_erasure.step import begin_erasure
from rights.collect_traces.step import collect_traces
from rights.destroy_keys.step import destroy_keys
from rights.erase_picture.covering import Cover
from rights.erase_picture.step import Event as PictureEvent
from rights.erase_picture.step import Workshop, erase_picture
from rights.erase_register.step import Desk, erase_register
from rights.verify_erasure.step import verify_erasure
from tests.adapters.aws import Aws
from tests.adapters.contracts.consents import a_signed
from tests.fakes.effects import Killed
from tests.fakes.runtime import REGION
from tests.fakes.samples import ANN, BOB, EDITOR, announcement

NOW = datetime.now(UTC).replace(microsecond=0)
YEAR = timedelta(days=365)
OFFICER, REQUEST = derived_id("officer"), derived_id("erasure request")
WIDTH, HEIGHT = 480, 320
CHANGES = (
    *("PutItem", "UpdateItem", "DeleteItem", "TransactWriteItems", "BatchWriteItem"),
    *("PutObject", "DeleteObject", "AbortMultipartUpload"),
)


class Built(SearchState):
    """What is on record about an index that is built at once."""

    def purge(self, asset_id: str, erasure_id: str, at: datetime) -> None:
        super().purge(asset_id, erasure_id, at)
        self.purged([(asset_id, erasure_id)], at)


class Told:
    """Whoever is told something, and what they were told."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def start(self, asset_id: str) -> None:
        self.said.append(asset_id)

    def drop(self, name: str) -> None:
        self.said.append(name)

    def answer(self, token: str, outcome: str) -> bool:
        self.said.append(f"{token}:{outcome}")
        return True


def picture(seed: int) -> np.ndarray:
    """Noise in blocks: whatever is left of it somewhere can be told from a fill."""
    rng = np.random.default_rng(seed)
    small = rng.integers(0, 256, (HEIGHT // 8, WIDTH // 8, 3), np.uint8)
    return np.kron(small, np.ones((8, 8, 1), np.uint8))


def jpeg_of(pixels: np.ndarray, secret: str = "") -> bytes:
    made = BytesIO()
    Image.fromarray(pixels).save(made, "JPEG", quality=92, comment=secret.encode())
    return made.getvalue()


def a_face(name: str, x: float) -> Face:
    y, eye = 110.0, 12.0
    points = (
        (x, y),
        (x + eye * 2, y),
        (x + eye, y + 12),
        (x + 3, y + 24),
        (x + 21, y + 24),
    )
    return Face(
        face_id=derived_id(name),
        box=Box(x - 14, y - 22, 52, 66),
        landmarks=points,
        score=0.97,
        pose=FacePose(0.0, 0.0, 1.0),
    )


class House:
    """One person, Ann, in a picture of her own and in one with Bob."""

    def __init__(self, aws: Aws) -> None:
        self.aws = aws
        self.tables = {
            name: aws.new_table(name)
            for name in ("library", "consent", "biometrics", "keys", "audit")
        }
        self.buckets = {
            name: aws.bucket(versioned=name == "originals")
            for name in ("originals", "renditions", "exports", "documents")
        }
        t, b = self.tables, self.buckets
        self.trail = AuditTrail(t["audit"], REGION, wait=lambda _: None)
        self.consent = (t["consent"], REGION, self.trail)
        self.pictures = (t["library"], REGION, self.trail)
        self.library = Library(*self.pictures)
        self.names = self._ring(KeyPurpose.CONTACT, "keys")
        self.templates = Templates(self._ring(KeyPurpose.BIOMETRIC, "biometrics"))
        self.register = ConsentRegister(*self.consent)
        self.erasures = Erasures(*self.consent)
        self.sessions = Sessions(*self.pictures)
        self.searches = SavedSearches(t["library"], REGION)
        self.signatures = Signatures(*self.consent, sessions=self.sessions)
        self.mails = Mails(*self.consent)
        self.s3 = clients.s3(REGION)
        self.dynamodb = clients.dynamodb(REGION)
        self.documents = Documents(self.s3, b["documents"])
        self.originals = Originals(self.s3, b["originals"])
        self.renditions = Renditions(self.s3, b["renditions"])
        places = self.places = Places(
            *(t[n] for n in ("library", "consent", "biometrics", "keys")),
            *(b[n] for n in ("originals", "renditions", "exports", "documents")),
        )
        self.traces = Traces(self.dynamodb, self.s3, places)
        self.wiper = Wiper(self.dynamodb, self.s3, places)
        marks = (LibraryMarks(t["library"], REGION), ConsentMarks(t["consent"], REGION))
        self.ledger = Ledger(t["audit"], REGION, marks)
        self.retention = Retention(t["library"], REGION)
        self.clearance, self.tasks, self.schedules = Told(), Told(), Told()
        self.shown = {"own": picture(1), "shared": picture(2)}
        self.own, self.shared = new_id(), new_id()
        self.anns, self.bobs = a_face("ann's", 90.0), a_face("bob's", 330.0)

    def here(self) -> "House":
        """Bind the models, which are every house's, to this house's tables."""
        for items, name in (
            (LibraryItem, "library"),
            (ConsentItem, "consent"),
            (BiometricsItem, "biometrics"),
            (PeopleKeysItem, "keys"),
            (AuditItem, "audit"),
        ):
            bind(items, self.tables[name], REGION)
        return self

    # -- somebody ----------------------------------------------------------------------

    def furnish(self) -> "House":
        for person_id, name in ((ANN, "Anna"), (BOB, "Bob")):
            self.register.add_person(
                Person(person_id, name), self.names, NOW, self.said(person_id, "person")
            )
            self._signs(person_id, name)
        self._corresponds(ANN)
        self.templates.save(ANN, "sface_2021dec", b"template", NOW + YEAR)
        self.takes(self.own, "own", ((self.anns, ANN),), "Anna alone")
        both = ((self.anns, ANN), (self.bobs, BOB))
        self.takes(self.shared, "shared", both, "Anna and Bob")
        self._releases(self.shared, (self.anns, self.bobs))
        for person_id in (ANN, BOB):
            asked = {"q": "zomerfeest", "person": person_id}
            kept = SavedSearch(derived_id("search", person_id), "Somebody", asked, NOW)
            self.searches.save(EDITOR, kept)
        self._relatives_say(ANN)
        self._relatives_say(BOB)
        return self

    def _relatives_say(self, person_id: str) -> None:
        """Somebody's relatives decide on the picture of both."""
        at, bases = NOW, LegalBases(*self.pictures)
        note = record(
            LegalBasisKind.RELATIVES_AGREED,
            public_body=True,
            asset_id=self.shared,
            channel=Channel.PRINT,
            reference="A letter",
            period=Period(at),
            recorded_by=EDITOR,
            recorded_at=at,
            person_id=person_id,
            died_on=at.date(),
        )
        assert bases.record(note, self.said(person_id, "basis"))
        assert bases.end(note, at, self.said(person_id, "end"))

    def _signs(self, person_id: str, name: str) -> None:
        session = Session(new_id(), NOW.date(), head_count=1)
        self.sessions.create(session, self.said(session.session_id, "session"))
        signed = a_signed(person_id, NOW, NOW + YEAR, session_id=session.session_id)
        contact = Contact(f"{name}@example.test", "nl")
        self.signatures.record(
            signed,
            self.names,
            self.said(person_id, "sign"),
            link=None,
            request=None,
            contact=contact,
            person=None,
        )
        quitclaim_id = signed.quitclaim.quitclaim_id
        copy = self.names.proof.seal(person_id, f"%PDF {name}".encode())
        self.documents.keep(quitclaim_id, copy)
        self.signatures.note_document(person_id, quitclaim_id, "0" * 64)

    def _corresponds(self, person_id: str) -> None:
        request = ConsentRequest(
            request_id=new_id(),
            person_id=person_id,
            wording=f"{new_id()}.1",
            language="nl",
            delivery=Delivery.LINK,
            asked_by=EDITOR,
            asked_at=NOW,
            ends_at=NOW + LAPSE_AFTER,
        )
        requests = ConsentRequests(*self.consent)
        requests.create(request, self.said(person_id, "ask"))
        requests.keep_task(request.request_id, "a token", NOW, NOW + LAPSE_AFTER)
        link = Link(new_id(), person_id, LinkPurpose.OWN_PAGE, EDITOR, NOW, NOW + YEAR)
        self.links().create(link, token_digest(new_id()), self.said(person_id, "link"))
        mail = mail_about(MailKind.ASK, person_id, NOW, request_id=request.request_id)
        self.mails.add(mail)

    def links(self) -> Links:
        return Links(*self.consent)

    # -- pictures ----------------------------------------------------------------------

    def takes(
        self,
        asset_id: str,
        which: str,
        people: tuple[tuple[Face, str | None], ...],
        text: str,
        session_id: str | None = None,
    ) -> None:
        """Put a picture on record, with who is where in it; None: nobody has said."""
        self.library.announce(announcement(asset_id, session_id), NOW + YEAR)
        first = self._put(asset_id, which, text)
        seen = Original(
            version_id=first,
            size=1,
            media_type="image/jpeg",
            width=WIDTH,
            height=HEIGHT,
            orientation=1,
            sha256=derived_id("sha", asset_id) * 2,
            perceptual_hash=derived_id("hash", asset_id)[:16],
        )
        names = frozenset({RenditionName.PREVIEW, RenditionName.THUMB})
        told = Metadata(creator="the maker", title=text, caption=text, keywords=(text,))
        self.library.receive(self.record(asset_id), seen, told, names, (), NOW)
        faces = [face for face, _ in people]
        self.library.examine(self.record(asset_id), faces, True, "detector", NOW)
        for face, person_id in people:
            if person_id is None:
                continue
            said = Appearance(
                *(asset_id, face.face_id, person_id, AppearanceStatus.CONFIRMED),
                *(EDITOR, NOW),
            )
            self.library.settle(self.record(asset_id), said)

    def _put(self, asset_id: str, which: str, text: str) -> str:
        """Two versions, an upload that stopped, and the renditions."""
        bucket, key = self.buckets["originals"], original_key(asset_id)
        whole = jpeg_of(self.shown[which], text)
        first = str(self.s3.put_object(Bucket=bucket, Key=key, Body=whole)["VersionId"])
        self.s3.put_object(Bucket=bucket, Key=key, Body=whole)
        self.s3.create_multipart_upload(Bucket=bucket, Key=key)
        small = np.ascontiguousarray(self.shown[which][::2, ::2])
        for name in (RenditionName.PREVIEW, RenditionName.THUMB):
            self.renditions.write(asset_id, name, jpeg_of(small), f"{text}.jpg")
        return first

    def _releases(self, asset_id: str, faces: tuple[Face, ...]) -> None:
        found = self.library.picture(asset_id)
        assert found is not None
        record, asset, appearances = found
        release = Release(
            EDITOR,
            NOW,
            {Channel.WEBSITE: Verdict.CLEAR},
            frozenset(f.face_id for f in faces),
        )
        facts = self.register.facts([ANN, BOB], asset_id)
        asset = replace(asset, release=release)
        decision = decide(
            Facts(
                asset,
                appearances,
                facts.grants,
                facts.withdrawals,
                facts.restrictions,
            ),
            NOW,
        )
        self.library.decide(record, decision, release)

    def record(self, asset_id: str) -> Any:
        found = self.library.record(asset_id)
        assert found is not None
        return found

    def files_of(self, asset_id: str) -> list[bytes]:
        """Every version of the original, and every rendition."""
        found: list[bytes] = []
        for trace in self.traces.files(asset_id):
            if trace.upload:
                found.append(b"")
                continue
            bucket = self.buckets[trace.store.value.removeprefix("store_")]
            given: Any = {} if trace.part == "null" else {"VersionId": trace.part}
            answer = self.s3.get_object(Bucket=bucket, Key=trace.key, **given)
            found.append(answer["Body"].read())
        return found

    # -- erasing -----------------------------------------------------------------------

    def steps(self, erasure: Erasure) -> dict[str, Callable[[], object]]:
        """The states of the workflow that do something, in their order."""
        event = ErasureEvent(erasure_id=erasure.erasure_id)
        traces, wiper, erasures = self.traces, self.wiper, self.erasures
        typed = TypedTexts(self.dynamodb, self.places)
        names = NamesOf(self.register, Contacts(*self.consent), self.names)
        shop = Workshop(
            erasures=erasures,
            library=self.library,
            masked=MaskedPictures(*self.pictures),
            originals=self.originals,
            renditions=self.renditions,
            pixels=FullSize(self.originals, self.renditions),
            cover=Cover(1_000_000),
            traces=traces,
            wiper=wiper,
            versions=Versions(*self.pictures),
            index=Built(self.pictures[0], REGION),
            clearance=self.clearance,
            trail=self.trail,
        )
        desk = Desk(
            erasures=erasures,
            traces=traces,
            wiper=wiper,
            typed=typed,
            index=SearchState(self.pictures[0], REGION),
            retention=self.retention,
            tasks=self.tasks,
            schedules=self.schedules,
            register=self.register,
            documents=self.signatures,
            trail=self.trail,
            days=(90, 30, 7),
        )
        rows = KeyRows(traces, wiper)

        def collect() -> object:
            return collect_traces(
                event, erasures, traces, self.library, names, typed, NOW
            )

        def pictures() -> None:
            page = erasures.pictures(erasure.erasure_id, None, 100)
            for each in page.pictures:
                of_it = PictureEvent(
                    erasure_id=erasure.erasure_id, asset_id=each.asset_id
                )
                erase_picture(of_it, shop, NOW)

        return {
            "collect": collect,
            "confirm": lambda: self.confirms(erasure),
            "collect again": collect,
            "begin": lambda: begin_erasure(event, erasures, self.ledger, NOW),
            "keys": lambda: destroy_keys(
                event, erasures, rows, self.retention, self.trail
            ),
            "pictures": pictures,
            "register": lambda: erase_register(event, desk),
            "verify": lambda: verify_erasure(
                event, erasures, traces, self.library, typed, self.trail
            ),
        }

    def asked(self) -> Erasure:
        """Her erasure, begun."""
        erasure = person_erasure(REQUEST, ANN, OFFICER, NOW)
        assert self.erasures.start(erasure, self.said(ANN, "begin"))
        return erasure

    def confirms(self, erasure: Erasure) -> bool:
        """An officer confirms what is planned, with every text without the name."""
        there, erasures = self.erasure(erasure), self.erasures
        texts = erasures.texts(erasure.erasure_id)
        asked = [each for each in texts if each.outcome is None]
        redact = {each.text_id: TextWish(TextOutcome.REDACT) for each in asked}
        plan = erasures.plan(erasure.erasure_id)
        if asked and plan is not None and there.state is ErasureState.PLANNED:
            wanted, said = decided(there, asked, redact), self.said(ANN, "texts")
            erasures.replan(there, {}, plan.keep_proof, said, wanted)
        return erasures.confirm(there, OFFICER, NOW, self.said(ANN, "confirm"))

    def erasure(self, erasure: Erasure) -> Erasure:
        there = self.erasures.get(erasure.erasure_id)
        assert there is not None
        assert there.state in ErasureState
        return there

    # -- what comes in between ---------------------------------------------------------

    def later(self) -> str:
        """Somebody links her to one more picture."""
        late = new_id()
        self.shown["late"] = picture(3)
        self.takes(late, "late", ((self.anns, ANN),), "Anna again")
        return late

    def comes_back(self) -> None:
        """Something is put into her dossier."""
        item = {
            "pk": {"S": f"DOSSIER#{ANN}"},
            "sk": {"S": "CONTACT"},
            "kind": {"S": "contact"},
            "person_id": {"S": ANN},
        }
        self.dynamodb.put_item(TableName=self.tables["consent"], Item=item)

    def orphan(self) -> None:
        """An item about her to which nothing leads."""
        item = {
            "pk": {"S": f"MAIL#{new_id()}"},
            "sk": {"S": "META"},
            "kind": {"S": "mail"},
            "about": {"S": f'{{"person_id": "{ANN}"}}'},
        }
        self.dynamodb.put_item(TableName=self.tables["consent"], Item=item)

    # -- what is where -----------------------------------------------------------------

    def standing(self) -> Counter[str]:
        """How many of what lie where, whatever their ids."""
        found: Counter[str] = Counter()
        for name, table in self.tables.items():
            found.update(f"{name}/{item['kind']['S']}" for item in self.aws.items(table))
        for name, bucket in self.buckets.items():
            for page in self.s3.get_paginator("list_object_versions").paginate(
                Bucket=bucket
            ):
                found[name] += len(page.get("Versions", []))
                found[name] += len(page.get("DeleteMarkers", []))
            begun = self.s3.list_multipart_uploads(Bucket=bucket)
            found[f"{name} begun"] += len(begun.get("Uploads", []))
        return +found

    def said(self, subject: str, action: str) -> NewEntry:
        tag = f"test:erasing:{action}"
        return NewEntry(subject, f"{tag}:{subject}", tag, NOW, EDITOR)

    def _ring(self, purpose: KeyPurpose, table: str) -> KeyRing:
        return KeyRing(self.tables[table], REGION, self.aws.kms, self.aws.key(), purpose)


# -- ending the process ------------------------------------------------------------------


@contextmanager
def killed_after(seen: set[str], ends: Container[str] = CHANGES) -> Iterator[None]:
    """End the process after the first change that is not among those seen before.

    A step that is begun again and again so ends after every one of its changes in turn;
    and before a change is after the one before it.
    """
    every: Any = BaseClient
    call = every._make_api_call  # every call of every client

    def ending(self: Any, operation: str, kwargs: Any) -> Any:
        answer = call(self, operation, kwargs)
        change = f"{operation} {_what(kwargs)}"
        if operation in ends and change not in seen:
            seen.add(change)
            raise Killed(operation)
        return answer

    every._make_api_call = ending
    try:
        yield
    finally:
        every._make_api_call = call


def _what(kwargs: Any) -> str:
    """What a call changes, without what may differ from try to try."""
    if "TransactItems" in kwargs:
        return " ".join(_what(next(iter(e.values()))) for e in kwargs["TransactItems"])
    item = kwargs.get("Item", {})
    key = kwargs.get("Key") or {"pk": item.get("pk"), "sk": item.get("sk")}
    return f"{key} {kwargs.get('VersionId', '')} {kwargs.get('UploadId', '')}"


def gray_share(jpeg: bytes, face: Face, scale: float) -> float:
    """How much of the middle of a face is the fill, 0 to 1."""
    pixels = simplejpeg.decode_jpeg(jpeg, "RGB")
    box = face.box
    rows = slice(int((box.y + 6) * scale), int((box.y + box.height - 6) * scale))
    columns = slice(int((box.x + 6) * scale), int((box.x + box.width - 6) * scale))
    inside = pixels[rows, columns].astype(int)
    return float((np.abs(inside - 128) <= 2).all(axis=2).mean())
