"""Disclosures over DynamoDB."""

import pytest

from beeldrecht.adapters.audit import AuditTrail
from beeldrecht.adapters.disclosures import Disclosures as RealDisclosures
from beeldrecht.domain.ids import new_id
from beeldrecht.domain.retention import TERMS, RetentionKind, RetentionPolicy
from tests.adapters.aws import Aws
from tests.adapters.contracts.disclosures import (
    Disclosures,
    DisclosuresContract,
    disclosure,
    entry_of,
)
from tests.fakes.runtime import REGION
from tests.fakes.samples import NOON


class Chosen:
    """An officer chose the shortest term."""

    def policy(self) -> RetentionPolicy:
        kind = RetentionKind.DISCLOSURES
        return RetentionPolicy({kind: TERMS[kind].shortest})


class TestDisclosures(DisclosuresContract):
    @pytest.fixture
    def table(self, aws: Aws) -> str:
        return aws.table("library")

    @pytest.fixture
    def trail(self, aws: Aws) -> AuditTrail:
        return AuditTrail(aws.table("audit"), REGION, wait=lambda _: None)

    @pytest.fixture
    def disclosures(self, table: str, trail: AuditTrail) -> Disclosures:
        return RealDisclosures(table, REGION, trail)

    @pytest.fixture
    def shorter(self, table: str, trail: AuditTrail) -> Disclosures:
        return RealDisclosures(table, REGION, trail, Chosen())

    def test_the_table_is_told_when_to_take_it_away(
        self, disclosures: Disclosures, table: str, aws: Aws
    ) -> None:
        each = disclosure(new_id())
        disclosures.record(each, entry_of(each))
        (item,) = aws.items(table)
        ends = RetentionPolicy().ends(RetentionKind.DISCLOSURES, NOON)
        assert ends is not None
        assert item["expires_at"]["N"] == str(int(ends.timestamp()))
