"""The registers of governance over DynamoDB."""

import pytest

from beeldrecht.adapters.audit import AuditTrail
from beeldrecht.adapters.governance import Governance
from tests.adapters.aws import Aws
from tests.adapters.contracts.governance import GovernanceContract, Registers
from tests.fakes.runtime import REGION


class TestGovernance(GovernanceContract):
    @pytest.fixture
    def registers(self, aws: Aws) -> Registers:
        return Governance(
            aws.table("library"), REGION, AuditTrail(aws.table("audit"), REGION)
        )
