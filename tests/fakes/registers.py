"""The registers, furnished for the staff's routes; and a body for each of them."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from beeldrecht.domain.governance import FORMS, GovernanceRecord, RegisterKind, digest
from beeldrecht.domain.ids import derived_id
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
HERE = {"record_id": DRAFT}
BODIES: Mapping[str, Mapping[str, Any]] = {
    "create_record": ORDER,
    "create_record_version": TEXT,
    "sign_record": SIGNATURE,
    "revoke_record": REASON,
}


def furnish(staff: Staff) -> None:
    """A draft, and a record that is signed."""
    records = staff.world.governance.records
    records[DRAFT] = GovernanceRecord(DRAFT, _DRAFT.kind, (_DRAFT,))
    signature = signature_of(
        _SIGNED, EDITOR, NOON - timedelta(hours=1), date(2027, 1, 31)
    )
    records[SIGNED] = GovernanceRecord(SIGNED, _SIGNED.kind, (_SIGNED,), (signature,))
