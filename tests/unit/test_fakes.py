"""The fakes keep the promises of the adapters they stand for."""

import pytest

from tests.adapters.contracts.acts import ActingLibrary, ActsContract
from tests.adapters.contracts.audit import AuditContract, Trail
from tests.adapters.contracts.audit_search import AuditSearchContract, Finds
from tests.adapters.contracts.claims import Claims, ClaimsContract
from tests.adapters.contracts.collected import Collected, CollectedContract
from tests.adapters.contracts.collections import Collections, CollectionsContract
from tests.adapters.contracts.consent import ConsentContract, Register
from tests.adapters.contracts.consent import Ring as Seals
from tests.adapters.contracts.governance import Registers
from tests.adapters.contracts.library import Library, LibraryContract
from tests.adapters.contracts.objects import (
    Originals,
    OriginalsContract,
    PartsContract,
    Renditions,
    RenditionsContract,
    Uploads,
)
from tests.adapters.contracts.proposals import Proposals, ProposalsContract
from tests.adapters.contracts.sealing import Clock, Enrolled, Ring, SealingContract
from tests.fakes.audit import FakeAuditTrail
from tests.fakes.audit_search import FakeAuditSearch
from tests.fakes.claims import FakeClaims
from tests.fakes.collections import FakeCollected, FakeCollections, FakeProposals
from tests.fakes.consent import FakeConsentRegister
from tests.fakes.library import FakeLibrary
from tests.fakes.objects import FakeOriginals, FakeRenditions
from tests.fakes.sealing import FakeKeyRing, FakeTemplates


class TestFakeLibrary(LibraryContract):
    @pytest.fixture
    def library(self) -> Library:
        return FakeLibrary()

    @pytest.fixture
    def registers(self, library: FakeLibrary) -> Registers:
        return library.governance


class TestFakeClaims(ClaimsContract):
    @pytest.fixture
    def claims(self) -> Claims:
        return FakeClaims()


class TestFakeCollections(CollectionsContract):
    @pytest.fixture
    def trail(self) -> FakeAuditTrail:
        return FakeAuditTrail()

    @pytest.fixture
    def collections(self, trail: FakeAuditTrail) -> Collections:
        return FakeCollections(trail)


class TestFakeCollected(CollectedContract):
    @pytest.fixture
    def library(self) -> FakeLibrary:
        return FakeLibrary()

    @pytest.fixture
    def collected(self, library: FakeLibrary) -> Collected:
        return FakeCollected(library)


class TestFakeProposals(ProposalsContract):
    @pytest.fixture
    def trail(self) -> FakeAuditTrail:
        return FakeAuditTrail()

    @pytest.fixture
    def proposals(self, trail: FakeAuditTrail) -> Proposals:
        return FakeProposals(trail)


class TestFakeConsentRegister(ConsentContract):
    @pytest.fixture
    def register(self) -> Register:
        return FakeConsentRegister()

    @pytest.fixture
    def ring(self) -> Seals:
        return FakeKeyRing()


class TestFakeAuditTrail(AuditContract):
    @pytest.fixture
    def trail(self) -> Trail:
        return FakeAuditTrail()


class TestFakeAuditSearch(AuditSearchContract):
    @pytest.fixture
    def written(self) -> FakeAuditTrail:
        return FakeAuditTrail()

    @pytest.fixture
    def search(self, written: FakeAuditTrail) -> Finds:
        return FakeAuditSearch(written)


class TestFakeActs(ActsContract):
    @pytest.fixture
    def trail(self) -> FakeAuditTrail:
        return FakeAuditTrail()

    @pytest.fixture
    def library(self, trail: FakeAuditTrail) -> ActingLibrary:
        return FakeLibrary(trail=trail)

    @pytest.fixture
    def unwired(self) -> ActingLibrary:
        return FakeLibrary()


class TestFakeSealing(SealingContract):
    @pytest.fixture
    def ring(self, clock: Clock) -> FakeKeyRing:
        return FakeKeyRing(clock)

    @pytest.fixture
    def templates(self, ring: Ring, clock: Clock) -> Enrolled:
        assert isinstance(ring, FakeKeyRing)
        return FakeTemplates(ring, clock)


class TestFakeOriginals(OriginalsContract, PartsContract):
    @pytest.fixture
    def bucket(self) -> FakeOriginals:
        return FakeOriginals()

    @pytest.fixture
    def originals(self, bucket: FakeOriginals) -> Originals:
        return bucket

    @pytest.fixture
    def uploads(self, bucket: FakeOriginals) -> Uploads:
        return bucket


class TestFakeRenditions(RenditionsContract):
    @pytest.fixture
    def renditions(self) -> Renditions:
        return FakeRenditions()
