"""The promises of the registers of governance."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Protocol

from beeldrecht.adapters.governance import RecordPage
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.governance import (
    GovernanceRecord,
    OfficerSignature,
    RecordVersion,
    RegisterKind,
    Revocation,
)
from beeldrecht.domain.ids import new_id
from tests.fakes.governance import noted, signature_of, version_of
from tests.fakes.samples import EDITOR, NOON, TICK

LAST_DAY = date(2027, 1, 31)
HOUR = timedelta(hours=1)
DPIA_KIND = RegisterKind.DPIA


class Registers(Protocol):
    """What both registers offer."""

    def add(self, version: RecordVersion, entry: NewEntry) -> bool: ...
    def sign(
        self, record_id: str, signature: OfficerSignature, entry: NewEntry
    ) -> bool: ...
    def revoke(self, record_id: str, revocation: Revocation, entry: NewEntry) -> bool: ...
    def get(self, record_id: str) -> GovernanceRecord | None: ...
    def page(self, kind: RegisterKind, after: str | None, limit: int) -> RecordPage: ...
    def every(self, *kinds: RegisterKind) -> Iterator[GovernanceRecord]: ...


class GovernanceContract:
    """Versions are added, signed and revoked: each once, and none is changed."""

    def write(
        self,
        registers: Registers,
        kind: RegisterKind = DPIA_KIND,
        record_id: str | None = None,
        number: int = 1,
        at: datetime = NOON,
    ) -> RecordVersion | None:
        made = version_of(kind, record_id or new_id(), EDITOR, at, number)
        entry = noted(made.record_id, at, "test:record:write", number)
        return made if registers.add(made, entry) else None

    def sign(self, registers: Registers, version: RecordVersion) -> bool:
        signature = signature_of(version, EDITOR, NOON, LAST_DAY)
        entry = noted(version.record_id, NOON, "test:record:sign", version.version)
        return registers.sign(version.record_id, signature, entry)

    def revoke(self, registers: Registers, record_id: str) -> bool:
        why = Revocation(EDITOR, NOON + HOUR, "The risk changed.")
        return registers.revoke(record_id, why, noted(record_id, NOON, "test:record:end"))

    def test_a_record_comes_back_as_it_was_written_signed_and_revoked(
        self, registers: Registers
    ) -> None:
        assert registers.get(new_id()) is None
        first = self.write(registers)
        assert first is not None
        assert registers.get(first.record_id) == GovernanceRecord(
            first.record_id, DPIA_KIND, (first,)
        )
        assert self.sign(registers, first)
        second = self.write(registers, record_id=first.record_id, number=2)
        assert second is not None
        assert self.sign(registers, second)
        assert self.revoke(registers, first.record_id)
        assert registers.get(first.record_id) == GovernanceRecord(
            first.record_id,
            DPIA_KIND,
            (first, second),
            tuple(signature_of(v, EDITOR, NOON, LAST_DAY) for v in (first, second)),
            Revocation(EDITOR, NOON + HOUR, "The risk changed."),
        )

    def test_versions_are_counted_without_gaps_and_none_is_written_over(
        self, registers: Registers
    ) -> None:
        first = self.write(registers)
        assert first is not None
        for number in (1, 3):
            assert self.write(registers, record_id=first.record_id, number=number) is None
        assert self.write(registers, number=2) is None
        found = registers.get(first.record_id)
        assert found is not None
        assert found.versions == (first,)

    def test_only_the_latest_version_is_signed_and_once(
        self, registers: Registers
    ) -> None:
        first = self.write(registers)
        assert first is not None
        assert not self.sign(registers, replace(first, record_id=new_id()))
        assert not self.sign(registers, replace(first, version=2))
        assert self.sign(registers, first)
        assert not self.sign(registers, first)
        second = self.write(registers, record_id=first.record_id, number=2)
        assert second is not None
        third = self.write(registers, record_id=first.record_id, number=3)
        assert third is not None
        assert not self.sign(registers, second)
        found = registers.get(first.record_id)
        assert found is not None
        assert [each.version for each in found.signatures] == [1]

    def test_what_was_revoked_is_revoked_once_and_signed_no_more(
        self, registers: Registers
    ) -> None:
        assert not self.revoke(registers, new_id())
        first = self.write(registers)
        assert first is not None
        assert self.revoke(registers, first.record_id)
        assert not self.revoke(registers, first.record_id)
        assert not self.sign(registers, first)
        assert self.write(registers, record_id=first.record_id, number=2) is None

    def test_each_register_lists_its_own_page_by_page_the_first_first(
        self, registers: Registers
    ) -> None:
        made = [
            self.write(registers, RegisterKind.SUB_PROCESSOR, at=NOON + n * TICK)
            for n in range(5)
        ]
        self.write(registers, RegisterKind.PROCESSING_AGREEMENT)
        seen: list[str] = []
        after = None
        while True:
            page = registers.page(RegisterKind.SUB_PROCESSOR, after, 2)
            seen += [each.record_id for each in page.records]
            after = page.after
            if after is None:
                break
        assert seen == [each.record_id for each in made if each]
        every = [r.record_id for r in registers.every(RegisterKind.SUB_PROCESSOR)]
        assert sorted(every) == sorted(seen)
        assert len(list(registers.every())) == 6
