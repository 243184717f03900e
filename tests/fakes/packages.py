"""Packages in memory: on record, and made by nobody until a test has it done."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from beeldrecht.adapters.packages import LEASE
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.packages import KEPT, NotPacked, Package, Packed
from tests.fakes.audit import FakeAuditTrail


class FakePackages:
    """Packages by identifier, and which picture is in which."""

    def __init__(self, trail: FakeAuditTrail) -> None:
        self._trail = trail
        self.packages: dict[str, Package] = {}
        self.inside: dict[tuple[str, str], Packed] = {}
        self.makers: dict[str, tuple[str, datetime]] = {}

    def create(self, package: Package, entry: NewEntry) -> bool:
        if package.package_id in self.packages:
            return False
        self._trail.record(entry, lambda: self._put(package))
        return True

    def get(self, package_id: str, at: datetime) -> Package | None:
        found = self.packages.get(package_id)
        return found if found and at < found.made_at + KEPT else None

    def begin(self, package_id: str, maker: str, at: datetime) -> Package | None:
        found = self.packages.get(package_id)
        if found is None or found.ready_at is not None:
            return None
        who, until = self.makers.get(package_id, (maker, at))
        if who != maker and at <= until:
            return None
        self.makers[package_id] = (maker, at + LEASE)
        return self.get(package_id, at)

    def progress(self, package_id: str, done: int) -> None:
        self._put(replace(self.packages[package_id], done=done))

    def put_packed(self, package: Package, packed: Packed) -> None:
        self.inside[package.package_id, packed.asset_id] = packed

    def packed(self, package_id: str, asset_id: str) -> Packed | None:
        return self.inside.get((package_id, asset_id))

    def ready(
        self,
        package: Package,
        left_out: Mapping[str, NotPacked],
        size: int,
        at: datetime,
        entry: NewEntry,
    ) -> bool:
        there = self.packages.get(package.package_id)
        if there is None or there.ready_at or there.dropped_at:
            return False
        done = replace(
            there,
            left_out=left_out,
            size=size,
            ready_at=at,
            done=len(package.asset_ids),
        )
        self._trail.record(entry, lambda: self._put(done))
        return True

    def drop(self, package_id: str, at: datetime, entry: NewEntry) -> bool:
        there = self.packages.get(package_id)
        if there is None or there.dropped_at:
            return False
        gone = replace(there, dropped_at=at)
        self._trail.record(entry, lambda: self._put(gone))
        return True

    def _put(self, package: Package) -> None:
        self.packages[package.package_id] = package


class FakePacker:
    """Notes what it was asked to make."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def start(self, package_id: str) -> None:
        self.asked.append(package_id)
