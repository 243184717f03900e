"""The register of breaches in memory keeps the promises of that in the table."""

import pytest

from tests.adapters.contracts.breaches import Breaches, BreachesContract
from tests.fakes.audit import FakeAuditTrail
from tests.fakes.breaches import FakeBreaches


class TestFakeBreaches(BreachesContract):
    @pytest.fixture
    def breaches(self) -> Breaches:
        return FakeBreaches(FakeAuditTrail())
