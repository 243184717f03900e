"""The fakes of asking and signing keep the promises of the adapters they stand for."""

import pytest

from tests.adapters.contracts.asking import ContactsContract, RequestsContract
from tests.adapters.contracts.consents import Consents, ConsentsContract
from tests.adapters.contracts.mails import MailsContract
from tests.adapters.contracts.signatures import SigningContract
from tests.fakes.consents import FakeConsents


class InMemory(ConsentsContract):
    """Over the fakes."""

    @pytest.fixture
    def consents(self) -> Consents:
        return FakeConsents()


class TestFakeSignatures(InMemory, SigningContract): ...


class TestFakeMails(InMemory, MailsContract): ...


class TestFakeRequests(InMemory, RequestsContract): ...


class TestFakeContacts(InMemory, ContactsContract): ...
