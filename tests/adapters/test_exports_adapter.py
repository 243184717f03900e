"""Exports on record over DynamoDB."""

import pytest

from beeldrecht.adapters.audit import AuditTrail
from beeldrecht.adapters.exports import Exports, beginning
from beeldrecht.adapters.mails import Mails
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.exports import Export
from tests.adapters.aws import Aws
from tests.adapters.contracts.exports import ExportsContract, Store
from tests.fakes.runtime import REGION
from tests.fakes.samples import NOON


class TestExports(ExportsContract):
    @pytest.fixture
    def store(self, aws: Aws) -> Store:
        table = aws.table("consent")
        trail = AuditTrail(aws.table("audit"), REGION)

        def begin(export: Export, entry: NewEntry) -> None:
            trail.record(entry, beginning(export))

        return Store(
            Exports(table, REGION, trail, lambda: NOON),
            begin,
            Mails(table, REGION, trail),
            trail,
        )
