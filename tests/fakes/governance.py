"""The registers of governance in memory, and records as tests want them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from beeldrecht.adapters.governance import RecordPage
from beeldrecht.adapters.pages import place
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.governance import (
    FORMS,
    GovernanceRecord,
    OfficerSignature,
    RecordVersion,
    RegisterKind,
    Revocation,
    digest,
)
from beeldrecht.domain.time import Period, midnight
from tests.fakes.audit import FakeAuditTrail
from tests.fakes.samples import ASSESSMENT


class FakeGovernance:
    """Records by identifier: each fact is added once."""

    def __init__(self, trail: FakeAuditTrail | None = None) -> None:
        self._trail = trail
        self.records: dict[str, GovernanceRecord] = {}

    def add(self, version: RecordVersion, entry: NewEntry) -> bool:
        there = self.records.get(version.record_id)
        count = len(there.versions) if there else 0
        if version.version != count + 1 or (there and there.revocation):
            return False
        made = (
            replace(there, versions=(*there.versions, version))
            if there
            else GovernanceRecord(version.record_id, version.kind, (version,))
        )
        self._put(made, entry)
        return True

    def sign(self, record_id: str, signature: OfficerSignature, entry: NewEntry) -> bool:
        there = self.records.get(record_id)
        if (
            there is None
            or there.revocation
            or there.latest.version != signature.version
            or (there.signature and there.signature.version == signature.version)
        ):
            return False
        self._put(replace(there, signatures=(*there.signatures, signature)), entry)
        return True

    def revoke(self, record_id: str, revocation: Revocation, entry: NewEntry) -> bool:
        there = self.records.get(record_id)
        if there is None or there.revocation:
            return False
        self._put(replace(there, revocation=revocation), entry)
        return True

    def get(self, record_id: str) -> GovernanceRecord | None:
        return self.records.get(record_id)

    def page(self, kind: RegisterKind, after: str | None, limit: int) -> RecordPage:
        places = {
            place(r.versions[0].written_at, r.record_id): r for r in self.every(kind)
        }
        following = sorted(each for each in places if after is None or each > after)
        shown = following[:limit]
        return RecordPage(
            tuple(places[each] for each in shown),
            shown[-1] if len(following) > limit else None,
        )

    def every(self, *kinds: RegisterKind) -> Iterator[GovernanceRecord]:
        wanted = kinds or tuple(RegisterKind)
        yield from [r for r in self.records.values() if r.kind in wanted]

    def _put(self, record: GovernanceRecord, entry: NewEntry) -> None:
        def write() -> None:
            self.records[record.record_id] = record

        if self._trail is None:
            write()
        else:
            self._trail.record(entry, write)


def version_of(
    kind: RegisterKind, record_id: str, by: str, at: datetime, number: int = 1
) -> RecordVersion:
    """A version with every question of its form answered."""
    return RecordVersion(
        record_id=record_id,
        kind=kind,
        version=number,
        title=f"{kind} of the tests",
        answers={field: f"answer to {field}" for field in FORMS[kind]},
        written_by=by,
        written_at=at,
    )


def signature_of(
    version: RecordVersion, by: str, at: datetime, last_day: date
) -> OfficerSignature:
    """A signature under that version."""
    return OfficerSignature(version.version, digest(version), by, at, last_day)


def holding_from(at: datetime, last_day: date) -> Period:
    """The period of a signature given at an instant."""
    return Period(at, midnight(date.fromordinal(last_day.toordinal() + 1)))


def noted(
    subject: str, at: datetime, tag: str = "test:record:write", number: int = 1
) -> NewEntry:
    """An entry for what a test puts on record by itself."""
    return NewEntry(subject, f"{tag}:{number}", tag, at, "system", {})


_DPIA = version_of(
    RegisterKind.DPIA,
    ASSESSMENT.assessment_id,
    ASSESSMENT.signed_by,
    ASSESSMENT.period.start,
)
DPIA = GovernanceRecord(
    ASSESSMENT.assessment_id,
    RegisterKind.DPIA,
    (_DPIA,),
    (
        signature_of(
            _DPIA, ASSESSMENT.signed_by, ASSESSMENT.period.start, date(2027, 5, 1)
        ),
    ),
)
"""The signed impact assessment of the tests; `ASSESSMENT` is what it carries."""
