"""The registers in memory keep the promises of those in the table."""

import pytest

from tests.adapters.contracts.governance import GovernanceContract, Registers
from tests.fakes.audit import FakeAuditTrail
from tests.fakes.governance import FakeGovernance


class TestFakeGovernance(GovernanceContract):
    @pytest.fixture
    def registers(self) -> Registers:
        return FakeGovernance(FakeAuditTrail())
