"""Freezes of pictures in memory: facts of the register, each with its entry."""

from datetime import datetime

from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.consent import Restriction
from tests.fakes.audit import FakeAuditTrail
from tests.fakes.consent import FakeConsentRegister


class FakeFreezes:
    """Freezes by hand; the register holds them."""

    def __init__(self, trail: FakeAuditTrail, register: FakeConsentRegister) -> None:
        self._trail = trail
        self._register = register

    def begin(self, freeze: Restriction, entry: NewEntry) -> bool:
        if self._there(freeze) is not None:
            return False
        self._trail.record(entry, lambda: self._register.put_restriction(freeze))
        return True

    def end(self, freeze: Restriction, at: datetime, entry: NewEntry) -> bool:
        there = self._there(freeze)
        if there is not None and there.period.end is not None:
            return False
        self._trail.record(entry, lambda: self._register.put_lift(freeze, at))
        return True

    def _there(self, freeze: Restriction) -> Restriction | None:
        found = self._register.facts((), freeze.subject_id).restrictions
        name = freeze.restriction_id
        return next((each for each in found if each.restriction_id == name), None)
