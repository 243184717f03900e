"""Recalls over DynamoDB."""

import pytest

from beeldrecht.adapters.audit import AuditTrail
from beeldrecht.adapters.mails import Mails as RealMails
from beeldrecht.adapters.recalls import Recalls as RealRecalls
from tests.adapters.aws import Aws
from tests.adapters.contracts.recalls import Recalls, RecallsContract
from tests.fakes.runtime import REGION


class TestRecalls(RecallsContract):
    @pytest.fixture
    def consent(self, aws: Aws) -> str:
        return aws.table("consent")

    @pytest.fixture
    def trail(self, aws: Aws) -> AuditTrail:
        return AuditTrail(aws.table("audit"), REGION, wait=lambda _: None)

    @pytest.fixture
    def mails(self, consent: str, trail: AuditTrail) -> RealMails:
        return RealMails(consent, REGION, trail)

    @pytest.fixture
    def recalls(self, aws: Aws, consent: str, trail: AuditTrail) -> Recalls:
        return RealRecalls(aws.table("library"), consent, REGION, trail)
