"""The consent register over DynamoDB, with names sealed by KMS."""

import json

import pytest

from beeldrecht.adapters.consent import ConsentRegister
from beeldrecht.adapters.key_ring import KeyPurpose, KeyRing
from beeldrecht.domain.ids import new_id
from beeldrecht.domain.people import Person
from tests.adapters.aws import Aws
from tests.adapters.contracts.consent import ConsentContract, Register, Ring
from tests.fakes.runtime import REGION
from tests.fakes.samples import NOON


class TestConsentRegister(ConsentContract):
    @pytest.fixture
    def table(self, aws: Aws) -> str:
        return aws.table("consent")

    @pytest.fixture
    def register(self, table: str) -> Register:
        return ConsentRegister(table, REGION)

    @pytest.fixture
    def ring(self, aws: Aws) -> Ring:
        table = aws.table("keys")
        return KeyRing(table, REGION, aws.kms, aws.key(), KeyPurpose.CONTACT)

    def test_r11_a_name_is_nowhere_in_the_table_as_it_is(
        self, register: Register, ring: Ring, table: str, aws: Aws
    ) -> None:
        register.add_person(Person(new_id(), "Jan de Vries"), ring, NOON)
        assert "Jan" not in json.dumps(aws.items(table), default=repr)
