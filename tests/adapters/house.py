"""The whole API in one process: real handlers and adapters, over what answers as AWS.

Left out is what moto has not: Cognito, for which a user pool in memory stands in, and the
functions it calls: the one that enrols refuses, the one that masks has made it before.
"""

import hashlib
import io
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import Any, Literal

import boto3
import pytest
from botocore.client import BaseClient

from api.user_api.app import build as build_users
from beeldrecht.adapters.audit import AuditTrail
from beeldrecht.adapters.claims import Claims
from beeldrecht.adapters.collections import Collections
from beeldrecht.adapters.consent import ConsentRegister
from beeldrecht.adapters.consent_requests import ConsentRequests
from beeldrecht.adapters.documents import Documents
from beeldrecht.adapters.films import Films
from beeldrecht.adapters.governance import Governance
from beeldrecht.adapters.key_ring import KeyPurpose, KeyRing
from beeldrecht.adapters.library import Library
from beeldrecht.adapters.links import Links
from beeldrecht.adapters.retention import Retention
from beeldrecht.adapters.sessions import Sessions
from beeldrecht.adapters.signatures import Signatures
from beeldrecht.adapters.subject_requests import SubjectRequests
from beeldrecht.adapters.wordings import Wordings
from beeldrecht.domain import signing
from beeldrecht.domain.access import Role, User
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.channels import Channel
from beeldrecht.domain.collections import Collection
from beeldrecht.domain.ids import derived_id, new_id
from beeldrecht.domain.intake import (
    PROCESSING_FAILED,
    AssetRecord,
    Rejection,
    RenditionName,
)
from beeldrecht.domain.links import Link, LinkPurpose, new_token, token_digest
from beeldrecht.domain.people import (
    Appearance,
    AppearanceStatus,
    Person,
    SuggestionBand,
)
from beeldrecht.domain.sessions import Session
from beeldrecht.domain.subject_requests import SubjectRequest, SubjectRequestKind
from beeldrecht.domain.wordings import digest
from beeldrecht.runtime.events import AssetEvent
from beeldrecht.runtime.facts import NoBases
from beeldrecht.runtime.http.conditions import etag
from beeldrecht.runtime.logs import logger
from clearance.check_consent.step import check_consent
from clearance.release_asset import step as release_asset
from tests.adapters.asking import IDS, ROLES, authorized
from tests.adapters.aws import REGION, Aws
from tests.adapters.contracts.library import BOTH, DESCRIPTION, face, original, said
from tests.adapters.furniture import Furniture, covering
from tests.fakes.films import FILM, FRAMES
from tests.fakes.forms import REQUEST, WORDING, entry
from tests.fakes.http import request
from tests.fakes.runtime import FakeContext, imported
from tests.fakes.samples import ANN, BOB, SHOOT, grant, quitclaim
from tests.fakes.users import FakeUsers

NAMES = [
    *("expected", "failed", "rejected", "received", "suggested", "ready", "secret"),
    *("ready again", "released", "released again", "covered", "covered again"),
]
REFUSED = {"errorType": "PermitRefusedError", "errorMessage": "recognition_mode_off"}


class House:
    """The API, and what is in it."""

    def __init__(self, aws: Aws, told: Mapping[str, str], handlers: Mapping[str, Any]):
        self._handlers = handlers
        self.audit = AuditTrail(told["AUDIT_TABLE"], REGION)
        self.library = Library(told["LIBRARY_TABLE"], REGION, self.audit)
        self.register = ConsentRegister(told["CONSENT_TABLE"], REGION, self.audit)
        self.collections = Collections(told["LIBRARY_TABLE"], REGION, self.audit)
        self.claims = Claims(told["LIBRARY_TABLE"], REGION)
        self.links = Links(told["CONSENT_TABLE"], REGION, self.audit)
        self.names = KeyRing(
            told["KEYS_TABLE"],
            REGION,
            aws.kms,
            told["PEOPLE_KEY_ARN"],
            KeyPurpose.CONTACT,
        )
        consent, library = told["CONSENT_TABLE"], told["LIBRARY_TABLE"]
        self.wordings = Wordings(consent, REGION, self.audit)
        self.sessions = Sessions(library, REGION, self.audit)
        self.signatures = Signatures(consent, REGION, self.audit, self.sessions)
        self.requests = ConsentRequests(consent, REGION, self.audit)
        self.subject_requests = SubjectRequests(consent, REGION, self.audit)
        self.documents = Documents(aws.s3, told["DOCUMENTS_BUCKET"])
        self.furniture = Furniture(
            library, consent, told["DOCUMENTS_BUCKET"], self.audit, aws.s3, self.names
        )
        self.governance = Governance(library, REGION, self.audit)
        self.films = Films(library, REGION, self.audit)
        self.retention = Retention(library, REGION)
        self.accounts = FakeUsers()
        self.places: list[dict[str, str]] = []
        self._users = build_users(self, logger("user_api"))

    @staticmethod
    def now() -> datetime:
        return datetime.now(UTC)

    @staticmethod
    def new_id() -> str:
        return new_id()

    def answer(self, event: dict[str, Any]) -> dict[str, Any]:
        """Hand a request to the function that API Gateway would hand it to."""
        path = event["rawPath"]
        if path.startswith(("/subject", "/check", "/embed")):
            answered = self._handlers["subject"].handler(event, FakeContext())
        elif path.startswith("/v1/users"):
            answered = self._users.answer(event, FakeContext())
        elif path.startswith(("/v1/search", "/v1/saved-searches")):
            answered = self._handlers["search"].handler(event, FakeContext())
        else:
            answered = self._handlers["staff"].handler(event, FakeContext())
        done: dict[str, Any] = json.loads(json.dumps(answered))  # as Lambda does
        return done

    def authorizer(self, authorization: str) -> dict[str, Any]:
        """What the JWT authorizer makes of a header; nothing for one it refuses."""
        return authorized(authorization, self.now())

    def tag(self, path: str, place: Mapping[str, str]) -> str | None:
        """The entity tag of what a change of this path would change."""
        revision = self._revision(path, place)
        return None if revision is None else etag(revision)

    def _revision(self, path: str, place: Mapping[str, str]) -> int | None:
        if path in {"/v1/recognition", "/v1/retention"}:
            recognises = path == "/v1/recognition"
            of = self.library.recognition if recognises else self.retention.policy
            return of().revision
        if "{record_id}" in path:
            record = self.governance.get(place["record_id"])
            return record.latest.version if record else None
        found: AssetRecord | Collection | Session | None = None
        if "{asset_id}" in path:
            found = self.library.record(place["asset_id"])
        elif "{collection_id}" in path:
            found = self.collections.find(place["collection_id"])
        elif path == "/v1/sessions/{session_id}":
            found = self.sessions.get(place["session_id"])
        return found.revision if found else None

    # -- what is in it ---------------------------------------------------------------

    def furnish(self) -> None:
        """Pictures in every state, the people in them, and a collection."""
        now = self.now()
        for person_id, name in ((ANN, "Ann"), (BOB, "Bob")):
            tag = "api:person:create"
            entry = NewEntry(person_id, f"{tag}:{person_id}", tag, now, ANN)
            self.register.add_person(Person(person_id, name), self.names, now, entry)
        signed = grant(ANN, until=now + timedelta(days=30))
        self.register.sign(quitclaim(signed), [signed])
        shoot = Session(SHOOT, date(2026, 6, 1), roster=frozenset({ANN}))
        self.library.save_session(shoot)
        self._announced("expected")
        failed = self._announced("failed")
        self._reject(failed, PROCESSING_FAILED)
        self._reject(self._announced("rejected"), "unreadable")
        self._received("received")
        self._examined("suggested", BOB, AppearanceStatus.SUGGESTED)
        for name in ("ready", "ready again", "secret"):
            self._examined(name, ANN, AppearanceStatus.CONFIRMED)
        for name in ("covered", "covered again"):
            self._covered(self._examined(name, ANN, AppearanceStatus.CONFIRMED), name)
        for name in ("released", "released again"):
            asset_id = self._examined(name, ANN, AppearanceStatus.CONFIRMED)
            release_asset.release_asset(
                release_asset.Event(asset_id=asset_id, actor_id=IDS["editor"]),
                self.library,
                self.register,
                NoBases(),
                self.now,
            )
        self._collect()
        for email in ("a@example.org", "b@example.org"):
            self.accounts.add(email, new_id())
        more = {**self._proposed(), **self._linked(), **self._signed(), **self._asked()}
        more |= self.furniture.of_everybody(derived_id("asked", "asset", "released"))
        self.places = [
            {
                **more,
                **self.furniture.of_one(number),
                "asset_id": derived_id("asked", "asset", name),
                "face_id": derived_id("face", name),
                "person_id": BOB if name == "suggested" else ANN,
                "collection_id": derived_id("asked", "collection"),
                "user_id": user_id,
            }
            for number, (name, user_id) in enumerate(
                product(NAMES, self.accounts.accounts)
            )
        ]

    def _announced(self, name: str) -> str:
        asset_id = derived_id("asked", "asset", name)
        announced = said(asset_id, self.now() - timedelta(hours=1), session_id=SHOOT)
        self.library.announce(announced, self.now() + timedelta(days=7))
        return asset_id

    def _reject(self, asset_id: str, reason: str) -> None:
        record = self.library.record(asset_id)
        assert record is not None
        self.library.reject(record, Rejection(reason), self.now())

    def _received(self, name: str) -> str:
        asset_id = self._announced(name)
        record = self.library.record(asset_id)
        assert record is not None
        unlike = original(derived_id(name) * 2, derived_id(name)[:16])
        notes = ("gps_removed",)
        renditions = BOTH | {RenditionName.WORKING}
        self.library.receive(record, unlike, DESCRIPTION, renditions, notes, self.now())
        self._filmed(asset_id, renditions)
        return asset_id

    def _filmed(self, asset_id: str, renditions: frozenset[RenditionName]) -> None:
        """Each picture is the poster of a film: what that is can be asked of any."""
        record, now = self.library.record(asset_id), self.now()
        tag = "recognition:film:open"
        assert record is not None
        assert record.original is not None
        entry = NewEntry(asset_id, f"{tag}:{asset_id}", tag, now, IDS["contributor"])
        self.films.record(record, record.original, FILM, FRAMES, renditions, now, entry)

    def _examined(self, name: str, person_id: str, status: AppearanceStatus) -> str:
        asset_id = self._received(name)
        one = face(name)
        record = self.library.record(asset_id)
        assert record is not None
        self.library.examine(record, [one], True, "detector", self.now())
        by_software = status is AppearanceStatus.SUGGESTED
        there = Appearance(
            asset_id,
            one.face_id,
            person_id,
            status,
            settled_by=None if by_software else IDS["editor"],
            settled_at=None if by_software else self.now(),
            band=SuggestionBand.LIKELY,
        )
        if by_software:
            self.library.suggest([there])
        else:
            record = self.library.record(asset_id)
            assert record is not None
            self.library.settle(record, there)
        check_consent(
            AssetEvent(asset_id=asset_id),
            self.library,
            self.register,
            NoBases(),
            self.now(),
        )
        return asset_id

    def _covered(self, asset_id: str, name: str) -> None:
        """The second editor wants a face covered."""
        place = {"asset_id": asset_id, "face_id": derived_id("face", name)}
        path = "/v1/assets/{asset_id}/faces/{face_id}/mark"
        tag = self.tag(path, place)
        self._said("PUT", path.format(**place), {"mark": "mask"}, tag)

    def _collect(self) -> None:
        collection_id, now = derived_id("asked", "collection"), self.now()
        made = Collection(collection_id, "Secret", True, {IDS["editor"]: Role.EDITOR})
        tag = "api:collection:create"
        entry = NewEntry(collection_id, tag, tag, now, IDS["editor"])
        self.collections.create(made, now, entry)
        record = self.library.record(derived_id("asked", "asset", "secret"))
        assert record is not None
        self.library.collect(record, frozenset({collection_id}))

    def _proposed(self) -> dict[str, str]:
        """A suggestion that somebody agreed to, and that waits for somebody else."""
        place = {
            "asset_id": derived_id("asked", "asset", "suggested"),
            "face_id": derived_id("face", "suggested"),
            "person_id": BOB,
        }
        path = "/v1/assets/{asset_id}/faces/{face_id}/people/{person_id}"
        tag = self.tag(path, place)
        said = self._said("PUT", path.format(**place), {"answer": "confirm"}, tag)
        return {"proposal_id": said["proposal_id"]}

    def _linked(self) -> dict[str, str]:
        said = self._said("POST", f"/v1/people/{ANN}/links", {}, None)
        return {"link_id": said["link_id"]}

    def _said(self, method: str, path: str, body: Any, tag: str | None) -> Any:
        """What the API says to the second editor."""
        roles = ROLES["second editor"]
        user = User(IDS["second editor"], roles, self.now() - timedelta(minutes=1))
        headers = {"If-Match": tag} if tag else {}
        event = request(method, path, user=user, body=body, headers=headers)
        answered = self.answer(event)
        assert answered["statusCode"] < 300, answered["body"]
        return json.loads(answered["body"])

    def _signed(self) -> dict[str, str]:
        """What Ann was asked, signed and has a copy of."""
        self.wordings.add(WORDING, entry(WORDING.wording_id))
        own_page = self._link(LinkPurpose.OWN_PAGE, ANN, None)
        signed = signing.sign(
            WORDING,
            "nl",
            signing.Choices(frozenset({Channel.WEBSITE}), False, False),
            signing.Signer("Ann", None),
            signing.Signature(signing.SignatureKind.TYPED, "Ann"),
            signing.Seen(None, None),
            person_id=ANN,
            quitclaim_id=derived_id("asked", "document"),
            signed_on="link",
            at=self.now(),
        )
        self.signatures.record(
            signed,
            self.names,
            entry(ANN, "test:document:sign"),
            link=token_digest(own_page),
            request=None,
            contact=None,
            person=None,
        )
        quitclaim_id, pdf = signed.quitclaim.quitclaim_id, b"%PDF-1.7"
        self.documents.keep(quitclaim_id, self.names.proof.seal(ANN, pdf))
        sha256 = hashlib.sha256(pdf).hexdigest()
        self.signatures.note_document(ANN, quitclaim_id, sha256)
        return {
            "quitclaim_id": quitclaim_id,
            "wording": WORDING.name,
            "wording_sha256": digest(WORDING, "nl"),
            "language": "nl",
        }

    def _asked(self) -> dict[str, str]:
        """What Ann was asked, and what she asked for herself."""
        asked, now = new_id(), self.now()
        month = now + timedelta(days=30)
        self.requests.create(
            replace(REQUEST, request_id=asked, asked_at=now, ends_at=month), entry(asked)
        )
        wanted = SubjectRequest(new_id(), ANN, SubjectRequestKind.OBJECTION, now, month)
        self.subject_requests.create(wanted, entry(wanted.request_id), None)
        return {
            "request_id": asked,
            "subject_request_id": wanted.request_id,
            "session_id": SHOOT,
            "wording_id": WORDING.wording_id,
        }

    def token(self, path: str) -> str:
        """The token of a new link: what this path is about, or to one's own page."""
        if path in {"/subject/request", "/subject/sign"}:
            return self._link(LinkPurpose.SESSION, SHOOT, WORDING.name)
        place = self.places[1]  # whose erasure is over
        if path == "/subject/certificate":
            return self._link(LinkPurpose.CERTIFICATE, place["erasure_id"], None)
        if path == "/subject/export":
            return self._link(LinkPurpose.EXPORT, ANN, place["export_id"])
        if path == "/subject/recall":
            return self._link(LinkPurpose.RECALL, IDS["editor"], place["recall_id"])
        return self._link(LinkPurpose.OWN_PAGE, ANN, None)

    def _link(self, purpose: LinkPurpose, subject_id: str, about: str | None) -> str:
        token, now = new_token(), self.now()
        link = Link(
            link_id=new_id(),
            subject_id=subject_id,
            purpose=purpose,
            created_by=IDS["editor"],
            created_at=now,
            expires_at=now + timedelta(days=30),
            max_uses=None,
            about=about,
        )
        tag = "api:link:create"
        made = NewEntry(subject_id, f"{tag}:{link.link_id}", tag, now, IDS["editor"])
        self.links.create(link, token_digest(token), made)
        return token


@contextmanager
def house(aws: Aws, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    """A furnished house; the functions are told of its tables and queues."""
    tables = ("library", "consent", "audit", "keys", "limits")
    told = {
        **{f"{kind.upper()}_TABLE": aws.table(kind) for kind in tables},
        "ORIGINALS_BUCKET": aws.bucket(versioned=True),
        "RENDITIONS_BUCKET": aws.bucket(versioned=False),
        "UPLOADS_QUEUE_URL": aws.queue(),
        "EXPORTS_BUCKET": aws.bucket(versioned=False),
        "CLEAR_ASSET_ARN": _workflow("clear_asset", "EXPRESS"),
        "APPLY_RETENTION_ARN": _workflow("apply_retention", "STANDARD"),
        "ENROL_PERSON_ARN": "enrol_person",
        "ASSESS_BREACH_ARN": "assess_breach",
        "MASK_ASSET_ARN": "mask_asset",
        "PACK_ASSETS_ARN": "pack_assets",
        "RENDER_ASSET_ARN": "render_asset",
        "PEOPLE_KEY_ARN": aws.key(),
        "SITE_URL": "https://beeld.example.org",
        "FOUR_EYES": "auto",
        "DOCUMENTS_BUCKET": aws.bucket(versioned=False),
        "PUBLIC_BODY": "false",
        "AGES_OF_CONSENT": "",
        "CONTROLLER": "Stichting Voorbeeld",
        "CONTROLLER_CONTACT": "privacy@example.org",
        "LOG_LEVEL": "CRITICAL",
    }
    for name, value in told.items():
        monkeypatch.setenv(name, value)
    with ExitStack() as stack:
        handlers = {
            name: stack.enter_context(imported(f"api.{name}_api.handler"))
            for name in ("staff", "subject")
        }
        searching = imported("library.search_library.handler")
        handlers["search"] = stack.enter_context(searching)
        made = House(aws, told, handlers)
        _functions_answer(monkeypatch, covering(made.library))
        made.furnish()
        yield made


def _workflow(name: str, kind: Literal["EXPRESS", "STANDARD"]) -> str:
    """A state machine that can be started, and does nothing."""
    states = boto3.client("stepfunctions", region_name=REGION)
    made = states.create_state_machine(
        name=f"{name}-{new_id()}",
        definition='{"StartAt": "End", "States": {"End": {"Type": "Succeed"}}}',
        roleArn=f"arn:aws:iam::123456789012:role/{name}",
        type=kind,
    )
    return made["stateMachineArn"]


def _functions_answer(
    monkeypatch: pytest.MonkeyPatch,
    covered: Callable[[Mapping[str, Any]], dict[str, str]],
) -> None:
    make = BaseClient._make_api_call  # type: ignore[attr-defined]

    def answered(client: BaseClient, operation: str, given: dict[str, Any]) -> Any:
        if operation != "Invoke":
            return make(client, operation, given)
        if given["FunctionName"] == "mask_asset":
            said = covered(json.loads(given["Payload"]))
            payload = io.BytesIO(json.dumps(said).encode())
            return {"StatusCode": 200, "Payload": payload}
        payload = io.BytesIO(json.dumps(REFUSED).encode())
        return {"FunctionError": "Unhandled", "StatusCode": 200, "Payload": payload}

    monkeypatch.setattr(BaseClient, "_make_api_call", answered)
