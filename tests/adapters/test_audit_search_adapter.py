"""Searching the audit log over DynamoDB."""

import pytest

from beeldrecht.adapters.audit import AuditTrail
from beeldrecht.adapters.audit_search import AuditSearch
from tests.adapters.aws import Aws
from tests.adapters.contracts.audit_search import AuditSearchContract, Finds, Writes
from tests.fakes.runtime import REGION


class TestAuditSearch(AuditSearchContract):
    @pytest.fixture
    def table(self, aws: Aws) -> str:
        return aws.table("audit")

    @pytest.fixture
    def written(self, table: str) -> Writes:
        return AuditTrail(table, REGION)

    @pytest.fixture
    def search(self, table: str) -> Finds:
        return AuditSearch(table, REGION)
