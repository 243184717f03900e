"""What is on record about one person, as the sections of an export.

One function for each section; `docs/export-schema.md` says what each field means. What
was typed about this person is opened here, and nothing of anybody else's.
"""

import json
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from beeldrecht.adapters.errors import KeyDestroyedError
from beeldrecht.domain.consent import Grant, Quitclaim, Withdrawal, state_of
from beeldrecht.domain.exports import Export
from beeldrecht.domain.exports import state_at as state_of_export
from beeldrecht.domain.links import state_at
from beeldrecht.domain.paper import ENDINGS, media_type_of
from beeldrecht.domain.signing import Evidence, evidence_bytes
from beeldrecht.domain.subject_requests import SubjectRequest
from beeldrecht.domain.wordings import canonical
from beeldrecht.runtime.exporting import Json, by_whom, entry_told, restriction_told

from .records import Records

LOST: Final = "key_destroyed"
"""Stands in place of what nobody can open any more."""


@dataclass(slots=True)
class Gathered:
    """What was found: the record, whose identifiers may stand in it, and documents."""

    record: Json
    own: set[str] = field(default_factory=set)
    documents: dict[str, bytes] = field(default_factory=dict)
    """By file name."""


def gathered(records: Records, export: Export, at: datetime) -> Gathered | None:
    """Everything about the person but their pictures; None when nobody is on record.

    Raises KeyDestroyedError when the person was erased meanwhile.
    """
    person_id = export.person_id
    person = records.register.person(person_id, records.names)
    if person is None:
        return None
    found = Gathered({}, {person_id, export.export_id, export.request_id})
    links = _links(records, person_id, at, found.own)
    found.record = {
        "format": "beeldrecht-export",
        "version": 1,
        "export": {
            "export_id": export.export_id,
            "request_id": export.request_id,
            "made_at": at,
            "controller": records.controller,
            "controller_contact": records.controller_contact,
        },
        "person": {"person_id": person_id, "name": person.name},
        "contact": _contact(records, person_id),
        "consents": _consents(records, person_id, at, found),
        "restrictions": _restrictions(records, person_id, found.own),
        "consent_requests": _asked(records, person_id, found.own),
        "subject_requests": _asks(records, person_id, found.own),
        "mails": _mails(records, person_id, found.own),
        "links": links,
        "exports": _exports(records, person_id, at, found.own),
    }
    found.record["sessions"] = _sessions(records, found)
    found.record["audit"] = [
        entry_told(each, found.own) for each in records.trail.entries(person_id)
    ]
    return found


# -- sections --------------------------------------------------------------------------


def _contact(records: Records, person_id: str) -> Json | None:
    contact = records.contacts.get(person_id, records.names)
    if contact is None:
        return None
    note = records.contacts.state(person_id)
    return {
        "email": contact.email,
        "language": contact.language,
        "birth_date": contact.birth_date.isoformat() if contact.birth_date else None,
        "country": contact.country,
        "guardian_name": contact.guardian_name,
        "address": None if note is None else {"state": note.state, "at": note.at},
    }


def _consents(
    records: Records, person_id: str, at: datetime, found: Gathered
) -> list[Json]:
    facts = records.register.facts([person_id])
    told: list[Json] = []
    for signed in records.signatures.quitclaims(person_id):
        found.own.add(signed.quitclaim_id)
        found.own.add(signed.wording_version.partition(".")[0])
        grants = [g for g in facts.grants if g.quitclaim_id == signed.quitclaim_id]
        told.append(
            {
                "quitclaim_id": signed.quitclaim_id,
                "signed_at": signed.signed_at,
                "signed_on": signed.signed_on,
                "guardian": signed.guardian,
                "language": signed.language,
                "wording": signed.wording_version,
                "wording_sha256": signed.wording_sha256,
                "text": _text(records, signed),
                "evidence": _evidence(records, signed, found),
                "document": _document(records, signed, found),
                "grants": [_grant(g, facts.withdrawals, at, found.own) for g in grants],
            }
        )
    return told


def _text(records: Records, signed: Quitclaim) -> object:
    """The exact words that were shown, whose digest the signature names."""
    wording = records.wordings.get(signed.wording_version)
    if wording is None or signed.language not in wording.texts:
        return None
    return json.loads(canonical(wording, signed.language))


def _evidence(records: Records, signed: Quitclaim, found: Gathered) -> object:
    try:
        proof = records.signatures.evidence(
            signed.person_id, signed.quitclaim_id, records.proof
        )
    except KeyDestroyedError:
        return LOST
    if proof is None:
        return None
    found.own |= _named(proof)
    return json.loads(evidence_bytes(proof))


def _named(proof: Evidence) -> set[str]:
    named = (proof.request_id, proof.session_id, proof.replaces)
    return {each for each in named if each is not None}


def _document(records: Records, signed: Quitclaim, found: Gathered) -> Json | None:
    """The signed copy, or the scan of a form, as a file of its own."""
    person_id, quitclaim_id = signed.person_id, signed.quitclaim_id
    sha256 = records.signatures.document_sha256(person_id, quitclaim_id)
    # S3 tells nobody who may not list that a thing is not there: asked when it was made.
    sealed = records.documents.read(quitclaim_id) if sha256 else None
    if sealed is None:
        return None
    with suppress(KeyDestroyedError):
        plain = records.proof.open(person_id, sealed)
        ending = ENDINGS.get(media_type_of(plain) or "", ".bin")
        name = f"documents/{quitclaim_id}{ending}"
        found.documents[name] = plain
        return {"file": name, "sha256": sha256}
    return {"file": None, "sha256": sha256, "why": LOST}


def _grant(
    grant: Grant, withdrawals: tuple[Withdrawal, ...], at: datetime, own: set[str]
) -> Json:
    own.add(grant.grant_id)
    back = [each for each in withdrawals if each.takes_back(grant)]
    own |= {each.withdrawal_id for each in back}
    return {
        "grant_id": grant.grant_id,
        "kind": grant.kind,
        "state": state_of(grant, withdrawals, at),
        "from": grant.period.start,
        "until": grant.period.end,
        "last_day": grant.last_day.isoformat() if grant.last_day else None,
        "ends_with_age": grant.ends_with_age,
        "channels": grant.channels,
        "places": grant.places,
        "withdrawals": [
            {"withdrawal_id": w.withdrawal_id, "at": w.effective_at} for w in back
        ],
    }


def _restrictions(records: Records, person_id: str, own: set[str]) -> list[Json]:
    facts = records.register.facts([person_id])
    return [restriction_told(each, own) for each in facts.restrictions]


def _asked(records: Records, person_id: str, own: set[str]) -> list[Json]:
    asked = records.requests.of_person(person_id)
    for each in asked:
        own |= {each.request_id, each.wording.partition(".")[0], *each.pictures}
        own |= {i for i in (each.session_id, each.quitclaim_id) if i is not None}
    return [
        {
            "request_id": each.request_id,
            "asked_at": each.asked_at,
            "asked_by": by_whom(each.asked_by, own),
            "ends_at": each.ends_at,
            "wording": each.wording,
            "language": each.language,
            "delivery": each.delivery,
            "session_id": each.session_id,
            "pictures": list(each.pictures),
            "photographer": each.photographer,
            "state": each.state,
            "settled_at": each.settled_at,
            "quitclaim_id": each.quitclaim_id,
        }
        for each in asked
    ]


def _asks(records: Records, person_id: str, own: set[str]) -> list[Json]:
    told: list[Json] = []
    for listed in records.subject_requests.of_person(person_id):
        own.add(listed.request_id)
        told.append(_ask(records.subject_requests.get(listed.request_id) or listed, own))
    return told


def _ask(request: SubjectRequest, own: set[str]) -> Json:
    own |= {each for each in (request.asset_id, request.face_id) if each is not None}
    extension, lifting = request.extension, request.lifting
    return {
        "request_id": request.request_id,
        "kind": request.kind,
        "state": request.state,
        "asked_at": request.asked_at,
        "due_at": request.due_at,
        "received": request.received,
        "entered_by": by_whom(request.entered_by, own),
        "identity": request.identity,
        "identity_by": by_whom(request.identity_by, own),
        "identity_at": request.identity_at,
        "details": request.details,
        "asset_id": request.asset_id,
        "face_id": request.face_id,
        "decided_at": request.decided_at,
        "decided_by": by_whom(request.decided_by, own),
        "reason": request.reason,
        "extension": None
        if extension is None
        else {
            "months": extension.months,
            "reason": extension.reason,
            "by": by_whom(extension.by, own),
            "at": extension.at,
        },
        "lifting": None
        if lifting is None
        else {
            "from": lifting.from_,
            "reason": lifting.reason,
            "by": by_whom(lifting.by, own),
            "at": lifting.at,
        },
    }


def _mails(records: Records, person_id: str, own: set[str]) -> list[Json]:
    mails = records.mails.of_person(person_id)
    own |= {each.mail_id for each in mails}
    return [
        {
            "mail_id": each.mail_id,
            "kind": each.kind,
            "about": dict(each.about),
            "created_at": each.created_at,
            "state": each.state,
            "claimed_at": each.claimed_at,
            "sent_at": each.sent_at,
            "message_id": each.message_id,
            "reason": each.reason,
        }
        for each in mails
    ]


def _links(records: Records, person_id: str, at: datetime, own: set[str]) -> list[Json]:
    links = records.links.of_person(person_id)
    own |= {each.link_id for each in links}
    return [
        {
            "link_id": each.link_id,
            "purpose": each.purpose,
            "created_at": each.created_at,
            "created_by": by_whom(each.created_by, own),
            "expires_at": each.expires_at,
            "state": state_at(each, at),
            "uses": each.uses,
            "used_at": each.used_at,
            "revoked_at": each.revoked_at,
            "about": each.about,
        }
        for each in links
    ]


def _exports(records: Records, person_id: str, at: datetime, own: set[str]) -> list[Json]:
    """This export among those that were made before it."""
    made = records.exports.of_person(person_id)
    own |= {name for each in made for name in (each.export_id, each.request_id)}
    return [
        {
            "export_id": each.export_id,
            "request_id": each.request_id,
            "begun_at": each.begun_at,
            "begun_by": by_whom(each.begun_by, own),
            "state": state_of_export(each, at),
            "fetched": each.fetched,
            "fetched_at": each.fetched_at,
            "size": each.package.size if each.package else None,
            "sha256": each.package.sha256 if each.package else None,
            "packed_at": each.package.packed_at if each.package else None,
            "ends_at": each.package.ends_at if each.package else None,
        }
        for each in made
    ]


def _sessions(records: Records, found: Gathered) -> list[Json]:
    """Where they signed, or were asked to; who else was there is not theirs to know."""
    named = sorted(_sessions_named(found.record))
    told: list[Json] = []
    for session_id in named:
        found.own.add(session_id)
        session = records.sessions.get(session_id)
        if session is None:
            continue
        told.append(
            {
                "session_id": session_id,
                "on": session.on.isoformat(),
                "title": session.title,
                "place": session.place,
                "photographer": session.photographer,
            }
        )
    return told


def _sessions_named(value: object) -> set[str]:
    """Every session that the record names, wherever it does."""
    if isinstance(value, dict):
        own = {value["session_id"]} if isinstance(value.get("session_id"), str) else set()
        return own.union(*map(_sessions_named, value.values()))
    if isinstance(value, list):
        return set().union(*map(_sessions_named, value))
    return set()
