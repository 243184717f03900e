"""The recalls in memory keep the promises of the real ones."""

import pytest

from tests.adapters.contracts.recalls import RecallsContract
from tests.fakes.audit import FakeAuditTrail
from tests.fakes.mails import FakeMails
from tests.fakes.recalls import FakeRecalls


class TestFakeRecalls(RecallsContract):
    @pytest.fixture
    def trail(self) -> FakeAuditTrail:
        return FakeAuditTrail()

    @pytest.fixture
    def mails(self, trail: FakeAuditTrail) -> FakeMails:
        return FakeMails(trail)

    @pytest.fixture
    def recalls(self, trail: FakeAuditTrail, mails: FakeMails) -> FakeRecalls:
        return FakeRecalls(trail, mails)
