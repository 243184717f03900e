"""The fakes of asking and signing keep the promises of the adapters they stand for."""

import pytest

from tests.adapters.contracts.asking import ContactsContract, RequestsContract
from tests.adapters.contracts.consents import Consents, ConsentsContract
from tests.adapters.contracts.documents import Documents, DocumentsContract
from tests.adapters.contracts.house_records import (
    LegalBasesContract,
    SessionsContract,
    WordingsContract,
)
from tests.adapters.contracts.mails import MailsContract
from tests.adapters.contracts.signatures import SigningContract
from tests.adapters.contracts.subject_requests import SubjectRequestsContract
from tests.adapters.contracts.taking_back import TakingBackContract
from tests.fakes.consents import FakeConsents
from tests.fakes.documents import FakeDocuments


class InMemory(ConsentsContract):
    """Over the fakes."""

    @pytest.fixture
    def consents(self) -> Consents:
        return FakeConsents()


class TestFakeSignatures(InMemory, SigningContract): ...


class TestFakeMails(InMemory, MailsContract): ...


class TestFakeRequests(InMemory, RequestsContract): ...


class TestFakeContacts(InMemory, ContactsContract): ...


class TestFakeTakingBack(InMemory, TakingBackContract): ...


class TestFakeSubjectRequests(InMemory, SubjectRequestsContract): ...


class TestFakeWordings(InMemory, WordingsContract): ...


class TestFakeSessions(InMemory, SessionsContract): ...


class TestFakeLegalBases(InMemory, LegalBasesContract): ...


class TestFakeDocuments(DocumentsContract):
    @pytest.fixture
    def documents(self) -> Documents:
        return FakeDocuments()
