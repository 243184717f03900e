"""Collections, proposals and claims over DynamoDB."""

import json

import pytest

from beeldrecht.adapters.audit import AuditTrail
from beeldrecht.adapters.claims import Claims as RealClaims
from beeldrecht.adapters.collected import Collected as RealCollected
from beeldrecht.adapters.collections import Collections as RealCollections
from beeldrecht.adapters.library import Library as RealLibrary
from beeldrecht.adapters.proposals import Proposals as RealProposals
from beeldrecht.domain.four_eyes import rejected
from tests.adapters.aws import Aws
from tests.adapters.contracts.claims import BODY, KEY, Claims, ClaimsContract
from tests.adapters.contracts.collected import (
    FAIR,
    Collected,
    CollectedContract,
    put_there,
)
from tests.adapters.contracts.collections import Collections, CollectionsContract
from tests.adapters.contracts.library_samples import Library
from tests.adapters.contracts.proposals import (
    HOUR,
    Proposals,
    ProposalsContract,
    entry,
    wish,
)
from tests.fakes.runtime import REGION
from tests.fakes.samples import ANN, BOB, NOON, PICTURE


class TestCollections(CollectionsContract):
    @pytest.fixture
    def trail(self, aws: Aws) -> AuditTrail:
        return AuditTrail(aws.table("audit"), REGION, wait=lambda _: None)

    @pytest.fixture
    def collections(self, aws: Aws, trail: AuditTrail) -> Collections:
        return RealCollections(aws.table("library"), REGION, trail)


class TestCollected(CollectedContract):
    @pytest.fixture
    def table(self, aws: Aws) -> str:
        return aws.table("library")

    @pytest.fixture
    def library(self, table: str) -> Library:
        return RealLibrary(table, REGION)

    @pytest.fixture
    def collected(self, table: str) -> Collected:
        return RealCollected(table, REGION)

    def test_it_lies_with_its_picture_so_that_it_goes_with_it(
        self, library: Library, table: str, aws: Aws
    ) -> None:
        asset_id = put_there(library, "one", 1, FAIR)
        kinds = {
            item["kind"]["S"]
            for item in aws.items(table)
            if item["pk"]["S"] == f"ASSET#{asset_id}"
        }
        assert kinds == {"asset", "asset_term", "collected"}


class TestProposals(ProposalsContract):
    @pytest.fixture
    def table(self, aws: Aws) -> str:
        return aws.table("library")

    @pytest.fixture
    def trail(self, aws: Aws) -> AuditTrail:
        return AuditTrail(aws.table("audit"), REGION, wait=lambda _: None)

    @pytest.fixture
    def proposals(self, table: str, trail: AuditTrail) -> Proposals:
        return RealProposals(table, REGION, trail)

    def test_the_table_removes_it_a_month_after_it_is_over(
        self, proposals: Proposals, table: str, aws: Aws
    ) -> None:
        made = wish()
        proposals.open(made, entry(made))
        (item,) = aws.items(table)
        assert item["expires_at"]["N"] == str(int(made.expires_at.timestamp()) + 2592000)
        settled = rejected(made, BOB, NOON + HOUR)
        proposals.settle(made, settled, entry(made, "reject"))
        (item,) = aws.items(table)
        over = int((NOON + HOUR).timestamp()) + 2592000
        assert item["expires_at"]["N"] == str(over)
        assert "gsi2pk" not in json.dumps(item)


class TestClaims(ClaimsContract):
    @pytest.fixture
    def table(self, aws: Aws) -> str:
        return aws.table("library")

    @pytest.fixture
    def claims(self, table: str) -> Claims:
        return RealClaims(table, REGION)

    def test_what_was_asked_is_nowhere_in_the_table(
        self, claims: Claims, table: str, aws: Aws
    ) -> None:
        claims.claim(ANN, "person:create", KEY, BODY, lambda: PICTURE, NOON)
        kept = json.dumps(aws.items(table), default=repr)
        assert PICTURE in kept
        assert KEY not in kept
        assert "title" not in kept
        assert ANN not in kept
