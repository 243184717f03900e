"""The library over DynamoDB."""

import pytest

from beeldrecht.adapters.audit import AuditTrail
from beeldrecht.adapters.governance import Governance
from beeldrecht.adapters.library import Library as RealLibrary
from beeldrecht.adapters.library_items import LibraryItem
from beeldrecht.domain.assets import AssetStatus
from beeldrecht.domain.intake import Rejection
from tests.adapters.aws import Aws
from tests.adapters.contracts.governance import Registers
from tests.adapters.contracts.library import (
    BOTH,
    DESCRIPTION,
    WEEK,
    Library,
    LibraryContract,
    original,
    said,
)
from tests.fakes.runtime import REGION
from tests.fakes.samples import NOON, PICTURE


class TestLibrary(LibraryContract):
    @pytest.fixture
    def table(self, aws: Aws) -> str:
        return aws.table("library")

    @pytest.fixture
    def library(self, table: str) -> Library:
        return RealLibrary(table, REGION)

    @pytest.fixture
    def registers(self, table: str, aws: Aws) -> Registers:
        return Governance(table, REGION, AuditTrail(aws.table("audit"), REGION))

    def test_an_announcement_expires_by_itself_until_something_came_of_it(
        self, library: Library, table: str, aws: Aws
    ) -> None:
        library.announce(said(PICTURE), NOON + WEEK)
        (item,) = aws.items(table)
        assert item["expires_at"] == {"N": str(int((NOON + WEEK).timestamp()))}
        record = self.recorded(library, PICTURE)
        library.count_attempt(record, NOON)
        assert "expires_at" in aws.items(table)[0]
        record = self.recorded(library, PICTURE)
        library.receive(record, original(), DESCRIPTION, BOTH, (), NOON)
        # The picture stays; its term goes when it ends, and has it erased.
        dated = {item["kind"]["S"] for item in aws.items(table) if "expires_at" in item}
        assert dated == {"asset_term"}

    def test_a_rejected_announcement_does_not_expire_out_of_sight(
        self, library: Library, table: str, aws: Aws
    ) -> None:
        library.announce(said(PICTURE), NOON)
        library.reject(self.recorded(library, PICTURE), Rejection("unannounced"), NOON)
        item, term = sorted(aws.items(table), key=lambda item: item["sk"]["S"])
        assert term["kind"] == {"S": "asset_term"}
        assert "expires_at" not in item
        assert item["status"] == {"S": AssetStatus.REJECTED}

    def test_a_list_longer_than_a_page_is_read_to_its_end(self, library: Library) -> None:
        many = 40
        for n in range(many):
            name = "x" * 30_000  # 1.2 MB in all; DynamoDB gives at most 1 MB a page
            library.announce(said(f"{n:032x}", file_name=name), NOON + WEEK)
        waiting = list(library.due([AssetStatus.EXPECTED], NOON))
        assert len(waiting) == len(set(waiting)) == many


def test_all_items_of_a_table_share_one_client(aws: Aws) -> None:
    """Each of its own would cost 90 ms at a cold start, and a line to open."""
    RealLibrary(aws.table("library"), REGION)
    kinds: list[type[LibraryItem]] = [LibraryItem, *LibraryItem.__subclasses__()]
    assert len(kinds) >= 8
    assert len({id(kind._get_connection().connection.client) for kind in kinds}) == 1
