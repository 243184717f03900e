"""The fake exports keep the promises of the real ones."""

import pytest

from tests.adapters.contracts.exports import ExportsContract, Store
from tests.fakes.audit import FakeAuditTrail
from tests.fakes.exports import FakeExports
from tests.fakes.mails import FakeMails


class TestFakeExports(ExportsContract):
    @pytest.fixture
    def store(self) -> Store:
        trail = FakeAuditTrail()
        mails = FakeMails(trail)
        exports = FakeExports(trail, mails)
        return Store(exports, exports.begin, mails, trail)
