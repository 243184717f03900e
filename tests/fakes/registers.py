"""The registers, furnished for the staff's routes; and a body for each of them."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from beeldrecht.domain.breaches import Breach, BreachKind, BreachScope
from beeldrecht.domain.governance import FORMS, GovernanceRecord, RegisterKind, digest
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.time import Period
from tests.fakes.governance import signature_of, version_of
from tests.fakes.samples import EDITOR, NOON
from tests.fakes.staff import Staff

DRAFT = derived_id("registers", "draft")
SIGNED = derived_id("registers", "signed")
_DRAFT = version_of(RegisterKind.DPIA, DRAFT, EDITOR, NOON - timedelta(days=1))
_SIGNED = version_of(
    RegisterKind.INTEREST_ASSESSMENT, SIGNED, EDITOR, NOON - timedelta(days=1)
)
TEXT: Mapping[str, Any] = {
    "title": "Recognition at the fair",
    "answers": {each.value: "As it is." for each in FORMS[RegisterKind.DPIA]},
}
ORDER: Mapping[str, Any] = {"kind": "dpia", **TEXT}
SIGNATURE: Mapping[str, Any] = {
    "version": 1,
    "sha256": digest(_DRAFT),
    "last_day": "2027-01-31",
}
REASON: Mapping[str, Any] = {"reason": "The risk changed."}
BREACH = derived_id("registers", "breach")
BREACH_ORDER: Mapping[str, Any] = {
    "kind": "breach_drill",
    "scope": {"start": "2026-05-01T00:00:00Z", "end": "2026-06-01T10:00:00Z"},
    "aware_at": "2026-06-01T09:00:00Z",
    "description": "A laptop was stolen.",
}
EVENT: Mapping[str, Any] = {
    "event": "breach_authority_told",
    "reason": "By the form of the authority.",
}
HERE = {"record_id": DRAFT, "breach_id": BREACH}
BODIES: Mapping[str, Mapping[str, Any]] = {
    "create_record": ORDER,
    "create_record_version": TEXT,
    "sign_record": SIGNATURE,
    "revoke_record": REASON,
    "create_breach": BREACH_ORDER,
    "note_event": EVENT,
}


def furnish(staff: Staff) -> None:
    """A draft, a record that is signed, and a drill."""
    scope = BreachScope(Period(NOON - timedelta(days=9), NOON))
    staff.services.breaches.breaches[BREACH] = Breach(
        BREACH, BreachKind.DRILL, scope, NOON, "A laptop was stolen.", EDITOR, NOON
    )
    records = staff.world.governance.records
    records[DRAFT] = GovernanceRecord(DRAFT, _DRAFT.kind, (_DRAFT,))
    signature = signature_of(
        _SIGNED, EDITOR, NOON - timedelta(hours=1), date(2027, 1, 31)
    )
    records[SIGNED] = GovernanceRecord(SIGNED, _SIGNED.kind, (_SIGNED,), (signature,))
