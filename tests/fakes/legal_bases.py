"""Legal bases in memory: recorded and ended, never changed."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.legal_bases import LegalBasis, as_weighed
from beeldrecht.domain.time import Period
from tests.fakes.audit import FakeAuditTrail
from tests.fakes.governance import FakeGovernance


class FakeLegalBases:
    """Bases by picture."""

    def __init__(
        self, trail: FakeAuditTrail, governance: FakeGovernance | None = None
    ) -> None:
        self._trail = trail
        self.governance = governance or FakeGovernance(trail)
        self.bases: dict[tuple[str, str], LegalBasis] = {}
        self._ends: dict[tuple[str, str], datetime] = {}

    def record(self, basis: LegalBasis, entry: NewEntry) -> bool:
        key = (basis.asset_id, basis.basis_id)
        if key in self.bases:
            return False

        def write() -> None:
            self.bases[key] = basis

        self._trail.record(entry, write)
        return True

    def of_asset(self, asset_id: str) -> tuple[LegalBasis, ...]:
        own = [
            as_weighed(
                _as_ended(basis, self._ends.get(key)),
                self.governance.get(basis.assessment_id or ""),
            )
            for key, basis in self.bases.items()
            if key[0] == asset_id
        ]
        return tuple(sorted(own, key=lambda b: (b.recorded_at, b.basis_id)))

    def resting_on(self, assessment_id: str) -> Iterator[str]:
        bases = self.bases.values()
        found = {b.asset_id for b in bases if b.assessment_id == assessment_id}
        yield from sorted(found)

    def end(self, basis: LegalBasis, at: datetime, entry: NewEntry) -> bool:
        key = (basis.asset_id, basis.basis_id)
        if key not in self.bases or key in self._ends:
            return False

        def write() -> None:
            self._ends[key] = at

        self._trail.record(entry, write)
        return True


def _as_ended(basis: LegalBasis, at: datetime | None) -> LegalBasis:
    if at is None:
        return basis
    period = basis.period
    end = max(period.start, at if period.end is None else min(period.end, at))
    return replace(basis, period=Period(period.start, end))
