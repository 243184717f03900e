"""The disclosures in memory keep the promises of the real ones."""

import pytest

from beeldrecht.domain.retention import TERMS, RetentionKind, RetentionPolicy
from tests.adapters.contracts.disclosures import DisclosuresContract
from tests.fakes.audit import FakeAuditTrail
from tests.fakes.disclosures import FakeDisclosures

SHORTEST = TERMS[RetentionKind.DISCLOSURES].shortest


class TestFakeDisclosures(DisclosuresContract):
    @pytest.fixture
    def trail(self) -> FakeAuditTrail:
        return FakeAuditTrail()

    @pytest.fixture
    def disclosures(self, trail: FakeAuditTrail) -> FakeDisclosures:
        return FakeDisclosures(trail)

    @pytest.fixture
    def shorter(self, trail: FakeAuditTrail) -> FakeDisclosures:
        chosen = {RetentionKind.DISCLOSURES: SHORTEST}
        return FakeDisclosures(trail, RetentionPolicy(chosen))
