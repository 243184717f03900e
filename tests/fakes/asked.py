"""What is asked and signed, furnished for the staff's routes; and a body for each."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import Any

from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.channels import Channel
from beeldrecht.domain.consent_requests import LAPSE_AFTER, ConsentRequest, Delivery
from beeldrecht.domain.contacts import Contact
from beeldrecht.domain.erasure import ErasureState
from beeldrecht.domain.exports import FETCHABLE, Package, begun
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.legal_bases import LegalBasis, LegalBasisKind
from beeldrecht.domain.links import Link, LinkPurpose
from beeldrecht.domain.sessions import Session
from beeldrecht.domain.standard_wording import STANDARD_ID
from beeldrecht.domain.subject_requests import SubjectRequest, SubjectRequestKind, due_at
from beeldrecht.domain.time import Period
from tests.fakes import registers
from tests.fakes.certificates import ERASURE, FakeSigner, erasure, sign
from tests.fakes.samples import ANN, EDITOR, NOON, PICTURE, grant, quitclaim
from tests.fakes.staff import Staff

STANDARD = f"{STANDARD_ID}.1"
OWN = derived_id("asking", "wording")
SESSION = derived_id("asking", "session")
CODE = derived_id("asking", "code")
REQUEST = derived_id("asking", "request")
OBJECTION = derived_id("asking", "objection")
BASIS = derived_id("asking", "basis")
SCAN = derived_id("asking", "scan")
PDF = b"%PDF-1.7 a form that Ann signed"
TEXT: Mapping[str, Any] = {
    "title": "Pictures at the fair",
    "purpose": "To show the fair.",
    "notice": ["You can take this back at any time."],
    "image": "You may use pictures of me.",
    "guardian": "I sign for my child.",
}
WORDING: Mapping[str, Any] = {
    "texts": {"nl": TEXT},
    "channels": {"website": 24},
    "places": ["netherlands"],
    "portrait_months": None,
    "biometric_months": None,
    "compensation": None,
}
FORM: Mapping[str, Any] = {
    "scan_id": SCAN,
    "wording": STANDARD,
    "language": "nl",
    "signed_day": "2026-05-20",
    "choices": {"channels": ["website"], "portrait": False, "biometric": False},
    "signer": {"name": "Ann Jansen"},
    "guardian": None,
}
PROOF = sign(FakeSigner(), PDF)
EXPORT = begun(OBJECTION, ANN, EDITOR, NOON)
PACKAGE = Package(12_345, "ab" * 32, 3, 1, NOON, NOON + FETCHABLE)
HERE: Mapping[str, str] = {
    "wording_id": OWN,
    "number": "1",
    "session_id": SESSION,
    "link_id": CODE,
    "request_id": REQUEST,
    "subject_request_id": OBJECTION,
    "export_id": EXPORT.export_id,
    "erasure_id": ERASURE,
    "basis_id": BASIS,
    "quitclaim_id": quitclaim(grant()).quitclaim_id,
}
_SESSION: Mapping[str, Any] = {
    "title": "Fair",
    "on": "2026-06-01",
    "place": "The square",
    "photographer": None,
    "head_count": 12,
    "basis": {
        "kind": "public_task",
        "channels": ["website"],
        "reference": "Wet openbare feesten, 3",
        "assessment_id": None,
    },
}
BODIES: Mapping[str, Mapping[str, Any]] = {
    "attest_session": {"head_count": 1, "nobody_else": True},
    "ask_people": {
        "people": [{"person_id": ANN}],
        "wording": STANDARD,
        "delivery": "tablet",
        "session_id": SESSION,
        "pictures": [PICTURE],
        "photographer": "Bob",
    },
    "change_session": _SESSION,
    "create_session": _SESSION,
    "create_session_link": {"wording": None},
    "create_version": WORDING,
    "create_wording": WORDING,
    "decide_subject_request": {"outcome": "dismissed", "reason": "It was weighed."},
    "enter_form": FORM,
    "enter_subject_request": {
        "person_id": ANN,
        "kind": "rectification",
        "asked_day": "2026-05-20",
        "received": "asked_by_letter",
        "identity": "not_checked",
        "details": "That is not me.",
    },
    "extend_subject_request": {"months": 1, "reason": "There are many pictures."},
    "identify_subject": {"identity": "document_was_seen"},
    "lift_freeze": {"reason": "It was settled.", "told": "told_by_letter"},
    "plan_erasure": {"keep_proof": False},
    "put_contact": {
        "email": "ann@example.org",
        "language": "nl",
        "birth_date": None,
        "country": "NL",
        "guardian_name": None,
    },
    "record_basis": {
        "channels": ["website"],
        "kind": "public_task",
        "reference": "Decision 12",
        "first_day": "2026-05-01",
        "last_day": None,
        "assessment_id": None,
    },
    "withdraw_for": {"grant_ids": [grant().grant_id], "all": False},
}


def noted(subject: str, name: str) -> NewEntry:
    """An entry for what was there before."""
    return NewEntry(subject, f"test:{name}:add", "test:asking:add", NOON, EDITOR)


def request(**changed: Any) -> ConsentRequest:
    """Ann, asked by mail at noon."""
    asked = ConsentRequest(
        request_id=REQUEST,
        person_id=ANN,
        wording=STANDARD,
        language="nl",
        delivery=Delivery.LINK,
        asked_by=EDITOR,
        asked_at=NOON,
        ends_at=NOON + LAPSE_AFTER,
    )
    return replace(asked, **changed)


def objection(**changed: Any) -> SubjectRequest:
    """Ann, who objected at noon."""
    asked = SubjectRequest(
        OBJECTION, ANN, SubjectRequestKind.OBJECTION, NOON, due_at(NOON)
    )
    return replace(asked, **changed)


def basis(**changed: Any) -> LegalBasis:
    """A public task, for the website, from noon on."""
    made = LegalBasis(
        basis_id=BASIS,
        asset_id=PICTURE,
        channel=Channel.WEBSITE,
        kind=LegalBasisKind.PUBLIC_TASK,
        reference="Decision 11",
        period=Period(NOON),
        recorded_by=EDITOR,
        recorded_at=NOON,
    )
    return replace(made, **changed)


def contact(**changed: Any) -> Contact:
    """Where Ann is reached."""
    return replace(Contact("ann@example.org", "nl"), **changed)


def furnish(staff: Staff) -> None:
    """One of each: a wording, a session and its code, an ask, an objection, a basis."""
    services, world = staff.services, staff.world
    registers.furnish(staff)
    own = replace(services.standard_wording, wording_id=OWN)
    services.wordings.add(own, noted(OWN, "wording"))
    fair = Session(SESSION, date(2026, 6, 1), title="Fair", place="The square")
    fair = replace(fair, roster=frozenset({ANN}))
    services.sessions.create(fair, noted(SESSION, "session"))
    code = Link(
        CODE,
        SESSION,
        LinkPurpose.SESSION,
        EDITOR,
        NOON,
        NOON + LAPSE_AFTER,
        about=STANDARD,
    )
    services.links.create(code, "0" * 64, noted(SESSION, "code"))
    services.contacts.put(ANN, contact(), world.keys, noted(ANN, "contact"))
    furnish_request(staff)
    services.subject_requests.create(objection(), noted(ANN, "objection"), None)
    services.exports.put_new(replace(EXPORT, package=PACKAGE))
    services.erasures.put(erasure(ErasureState.ERASED))
    services.erasures.keep_proofs(ERASURE, [derived_id("asking", "signed")], None)
    services.certificates.keep(ERASURE, PROOF, PDF, sha256(PDF).hexdigest())
    services.bases.record(basis(), noted(PICTURE, "basis"))
    services.documents.scans[SCAN] = PDF


def furnish_request(staff: Staff) -> None:
    """Ann, asked: alone, for who has furnished the rest already."""
    staff.services.consent_requests.create(request(), noted(ANN, "request"))
