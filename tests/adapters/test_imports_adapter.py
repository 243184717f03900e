"""Imports over DynamoDB and in memory keep the same promises."""

from dataclasses import replace

import pytest

from beeldrecht.adapters.audit import AuditTrail
from beeldrecht.adapters.errors import StaleRevisionError
from beeldrecht.adapters.imports import Imports
from beeldrecht.adapters.library import Library
from beeldrecht.domain.assets import AssetStatus
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.decisions import Facts, Outcome, decide
from beeldrecht.domain.imports import ImportTally
from beeldrecht.domain.intake import AssetRecord, Rejection
from tests.adapters.aws import Aws
from tests.adapters.contracts.imports import NEW, ImportsContract, entry
from tests.adapters.contracts.library_samples import WEEK, original, said
from tests.fakes.audit import FakeAuditTrail
from tests.fakes.imports import FakeImports
from tests.fakes.runtime import REGION
from tests.fakes.samples import EDITOR, NOON


class TestImports(ImportsContract):
    @pytest.fixture
    def imports(self, aws: Aws) -> Imports:
        trail = AuditTrail(aws.table("audit"), REGION)
        return Imports(aws.table("library"), REGION, trail)


class TestFakeImports(ImportsContract):
    @pytest.fixture
    def imports(self) -> FakeImports:
        return FakeImports(FakeAuditTrail())


class TestCounts:
    """What moves a picture counts it, once, in the same act."""

    @pytest.fixture
    def imports(self, aws: Aws) -> Imports:
        self.trail = AuditTrail(aws.table("audit"), REGION)
        self.table = table = aws.table("library")
        self.library = Library(table, REGION, self.trail)
        return Imports(table, REGION, self.trail)

    def announced(self, n: int, import_id: str | None = NEW.import_id) -> AssetRecord:
        asset_id = f"{n:x}".rjust(32, "ab"[n % 2])
        self.library.announce(said(asset_id), NOON + WEEK, import_id=import_id)
        return self.recorded(asset_id)

    def recorded(self, asset_id: str) -> AssetRecord:
        record = self.library.record(asset_id)
        assert record is not None
        return record

    def decided(self, record: AssetRecord, outcome: Outcome) -> AssetRecord:
        found = self.library.picture(record.asset_id)
        assert found is not None
        said = replace(decide(Facts(found[1], found[2]), NOON), outcome=outcome)
        note = NewEntry(record.asset_id, f"d:{record.revision}", "d:e:f", NOON, EDITOR)
        self.library.decide(record, said, None, note)
        return self.recorded(record.asset_id)

    def test_a_picture_counts_where_it_stands_and_only_there(
        self, imports: Imports
    ) -> None:
        imports.begin(NEW, entry())
        first, second, _ = (self.announced(n) for n in (1, 2, 3))
        other = self.announced(4, import_id=None)
        imports.count(NEW, 3, NOON)
        for record in (second, other):
            self.library.reject(record, Rejection("empty"), NOON)
        with pytest.raises(StaleRevisionError):
            self.library.reject(second, Rejection("empty"), NOON)
        for step in (Outcome.EMBARGOED, Outcome.EMBARGOED, Outcome.READY):
            first = self.decided(first, step)
        assert imports.tally(NEW.import_id) == ImportTally(
            3,
            {AssetStatus.READY: 1, AssetStatus.REJECTED: 1},
            NOON,
        )
        second = self.recorded(second.asset_id)
        self.library.receive(
            second, original(), second.description, frozenset(), (), NOON
        )
        tally = imports.tally(NEW.import_id)
        assert (tally.of(AssetStatus.REJECTED), tally.open) == (0, 2)
        assert (tally.lapsed(NOON), tally.lapsed(NOON + WEEK)) == (0, 2)

    def test_what_is_counted_goes_with_the_import(
        self, imports: Imports, aws: Aws
    ) -> None:
        self.library.reject(self.announced(5), Rejection("empty"), NOON)
        (item,) = (
            each for each in aws.items(self.table) if each["kind"]["S"] == "import_count"
        )
        assert int(item["expires_at"]["N"]) == int(NEW.ends_at.timestamp())
