"""The documents of `evidence`: one report as data, and the same as a PDF to file.

Everything comes from three places: the registers, the registry of stores, and what is
deployed. Nothing is typed here but the words around it.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from beeldrecht.domain.evidence import Evidence, services_of
from beeldrecht.domain.governance import (
    FORMS,
    GovernanceRecord,
    RecordState,
    RegisterKind,
    ending_soon,
    state_at,
)
from beeldrecht.domain.messages import words
from beeldrecht.domain.shipped_activities import shipped_activities
from beeldrecht.domain.store_registry import STORES
from beeldrecht.domain.stores import Store
from beeldrecht.domain.time import AMSTERDAM
from cli.words import day, moment, say

TEMPLATE = Path(__file__).parent / "evidence.typ"
OPERATOR = "Amazon Web Services EMEA SARL, Luxembourg"


def report_of(
    evidence: Evidence,
    records: Sequence[GovernanceRecord],
    kinds: Iterable[str],
    *,
    controller: str,
    region: str,
    language: str,
) -> dict[str, Any]:
    """The whole report, as it is written in JSON."""
    at = evidence.at
    services = services_of(kinds)
    by_kind = {
        kind: [_record(each, at, language) for each in records if each.kind is kind]
        for kind in RegisterKind
    }
    own = {each.record_id for each in records}
    shipped = [s for s in shipped_activities(language) if s.record_id not in own]
    return {
        "controller": controller,
        "region": region,
        "at": at.isoformat(),
        "ok": evidence.ok and not _lapsed(records, at),
        "lapsed": [each.record_id for each in _lapsed(records, at)],
        "ending_soon": [each.record_id for each in ending_soon(records, at)],
        "requirements": [
            {
                "row": proof.requirement.row,
                "basis": proof.requirement.basis,
                "promise": getattr(
                    proof.requirement, "dutch" if language == "nl" else "english"
                ),
                "ok": proof.ok,
                "faults": list(proof.faults),
                "tests": [
                    {"name": t.name, "outcome": t.outcome, "commit": t.commit, "at": t.at}
                    for t in proof.tests
                ],
                "settings": [
                    {
                        "what": s.what,
                        "expected": s.expected,
                        "found": s.found,
                        "ok": s.ok,
                    }
                    for s in proof.settings
                ],
            }
            for proof in evidence.rows
        ],
        "activities": [
            *by_kind[RegisterKind.PROCESSING_ACTIVITY],
            *[_record(each, at, language) for each in shipped],
        ],
        "assessments": [
            *by_kind[RegisterKind.DPIA],
            *by_kind[RegisterKind.INTEREST_ASSESSMENT],
        ],
        "annex": {
            "agreements": by_kind[RegisterKind.PROCESSING_AGREEMENT],
            "stores": _stores(language),
        },
        "sub_processors": {
            "deployed": {"name": OPERATOR, "region": region, "services": list(services)},
            "records": by_kind[RegisterKind.SUB_PROCESSOR],
        },
    }


def _lapsed(
    records: Iterable[GovernanceRecord], at: datetime
) -> tuple[GovernanceRecord, ...]:
    """What was signed and holds no more, though nobody revoked it: it wants a renewal."""
    return tuple(r for r in records if state_at(r, at) is RecordState.LAPSED)


def _record(record: GovernanceRecord, at: datetime, language: str) -> dict[str, Any]:
    """A record by the version that counts: the signed one, or else the latest."""
    version, signature = record.signed or record.latest, record.signature
    state = state_at(record, at)
    return {
        "record_id": record.record_id,
        "kind": record.kind.value,
        "kind_words": words(record.kind, language),
        "title": version.title,
        "version": version.version,
        "state": state.value,
        "state_words": words(state, language),
        "last_day": signature.last_day.isoformat() if signature else None,
        "answers": [
            {
                "field": field.value,
                "question": words(field, language),
                "answer": version.answers[field],
            }
            for field in FORMS[record.kind]
            if field in version.answers
        ],
    }


def _stores(language: str) -> list[dict[str, Any]]:
    """What lies where, how it is held, and what becomes of it: by the registry."""
    return [
        {
            "store": store.value,
            "words": words(store, language),
            "holds": [
                {
                    "what": each.what,
                    "categories": [words(c, language) for c in sorted(each.categories)],
                    "holding": words(each.holding, language),
                    "erasing": words(each.erasing, language),
                }
                for each in STORES
                if each.store is store
            ],
        }
        for store in Store
    ]


def json_of(report: Mapping[str, Any]) -> bytes:
    """The report as it is filed: the same bytes for the same facts."""
    text = json.dumps(report, ensure_ascii=False, sort_keys=True, indent=2)
    return f"{text}\n".encode()


def pdf_of(report: Mapping[str, Any], language: str) -> bytes:
    """The same as a PDF, which carries the JSON it was made from."""
    # Loaded when a document is made: Typst is 80 MiB.
    from beeldrecht_mail import typesetting  # noqa: PLC0415

    at = datetime.fromisoformat(report["at"])
    data = json_of(report)
    told = {
        **report,
        "language": language,
        "fonts": list(typesetting.FONTS),
        "made": moment(at, language),
        "sha256": typesetting.grouped(hashlib.sha256(data).hexdigest()),
        "words": {key: say(f"evidence_{key}", language) for key in _WORDS},
        "days": {
            each["record_id"]: day(
                datetime.fromisoformat(each["last_day"]).date(), language
            )
            for each in _all_records(report)
            if each["last_day"]
        },
    }
    inputs = {
        "data": json.dumps(typesetting.all_shown(told), ensure_ascii=False),
        "evidence": data.decode(),
    }
    return typesetting.pdf_of(TEMPLATE, inputs, at.astimezone(AMSTERDAM))


def _all_records(report: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    yield from report["activities"]
    yield from report["assessments"]
    yield from report["annex"]["agreements"]
    yield from report["sub_processors"]["records"]


_WORDS = (
    *("title", "subtitle", "green", "red", "requirements", "row", "promise", "proof"),
    *("tests_passed", "settings_right", "nothing", "wrong", "activities", "annex"),
    *("annex_more", "what", "categories", "holding", "erasing", "sub_processors"),
    *("sub_more", "services", "assessments", "none", "until", "agreements", "settings"),
    *("expected", "found", "carries"),
)
