"""Asking and signing over DynamoDB."""

import pytest

from tests.adapters.aws import Aws
from tests.adapters.consents import RealConsents
from tests.adapters.contracts.asking import ContactsContract, RequestsContract
from tests.adapters.contracts.consents import ConsentsContract
from tests.adapters.contracts.mails import MailsContract
from tests.adapters.contracts.signatures import SigningContract


class InTables(ConsentsContract):
    """Over real tables."""

    @pytest.fixture
    def consents(self, aws: Aws) -> RealConsents:
        return RealConsents(aws)


class TestSignatures(InTables, SigningContract): ...


class TestMails(InTables, MailsContract): ...


class TestRequests(InTables, RequestsContract): ...


class TestContacts(InTables, ContactsContract): ...
