"""Keys and templates over DynamoDB and KMS."""

from datetime import timedelta

import pytest
from botocore.exceptions import ClientError

from beeldrecht.adapters.biometrics import Templates
from beeldrecht.adapters.errors import KeyDestroyedError
from beeldrecht.adapters.key_ring import KeyPurpose, KeyRing
from tests.adapters.aws import Aws
from tests.adapters.contracts.sealing import (
    END,
    Clock,
    Enrolled,
    Ring,
    SealingContract,
)
from tests.fakes.runtime import REGION


class TestSealing(SealingContract):
    @pytest.fixture
    def table(self, aws: Aws) -> str:
        return aws.table("biometrics")

    def ring_for(self, aws: Aws, table: str, clock: Clock) -> KeyRing:
        return KeyRing(table, REGION, aws.kms, aws.key(), KeyPurpose.BIOMETRIC, clock)

    @pytest.fixture
    def contact(self, aws: Aws, clock: Clock) -> KeyRing:
        table = aws.table("keys")
        return KeyRing(table, REGION, aws.kms, aws.key(), KeyPurpose.CONTACT, clock)

    @pytest.fixture
    def ring(self, aws: Aws, table: str, clock: Clock) -> KeyRing:
        return self.ring_for(aws, table, clock)

    @pytest.fixture
    def templates(self, ring: Ring, clock: Clock) -> Enrolled:
        assert isinstance(ring, KeyRing)
        return Templates(ring, clock)

    def test_a_key_for_one_purpose_opens_nothing_of_another(
        self, ring: Ring, contact: KeyRing, person: str
    ) -> None:
        sealed = ring.seal(person, b"x")
        with pytest.raises(KeyDestroyedError):
            contact.open(person, sealed)
        contact.seal(person, b"y")
        with pytest.raises(KeyDestroyedError):
            contact.open(person, sealed)

    def test_each_purpose_keeps_its_keys_in_its_own_table(
        self, ring: Ring, contact: KeyRing, table: str, aws: Aws, person: str
    ) -> None:
        contact.seal(person, b"name")
        assert aws.items(table) == []
        ring.seal(person, b"template")
        assert [item["sk"]["S"] for item in aws.items(table)] == ["KEY#biometric"]

    def test_ending_one_purpose_leaves_the_other(
        self, ring: Ring, contact: KeyRing, person: str
    ) -> None:
        sealed = contact.seal(person, b"name")
        ring.seal(person, b"x")
        ring.destroy(person)
        assert contact.open(person, sealed) == b"name"

    def test_a_wrapped_key_put_in_another_persons_place_is_not_unwrapped(
        self, ring: Ring, table: str, person: str, aws: Aws
    ) -> None:
        """KMS was told whose it is when it wrapped it, and wants to hear it again."""
        ring.seal(person, b"x")
        (stolen,) = aws.items(table)
        thief = "7" * 32
        aws.put_item(table, {**stolen, "pk": {"S": f"PERSON#{thief}"}})
        with pytest.raises(ClientError, match="InvalidCiphertext"):
            ring.open(thief, b"0" * 64)

    def test_what_was_tampered_with_does_not_open(self, ring: Ring, person: str) -> None:
        sealed = bytearray(ring.seal(person, b"x"))
        sealed[-1] ^= 1
        with pytest.raises(KeyDestroyedError):
            ring.open(person, bytes(sealed))

    def test_a_key_carries_the_end_of_its_consent_for_the_table_to_expire_it(
        self, templates: Enrolled, table: str, person: str, aws: Aws
    ) -> None:
        templates.save(person, "model", b"template", END)
        ends = {i["sk"]["S"]: i["expires_at"]["N"] for i in aws.items(table)}
        assert ends == dict.fromkeys(
            ("KEY#biometric", "TEMPLATE#model"), str(int(END.timestamp()))
        )

    def test_reading_writes_nothing_though_what_is_read_has_ended(
        self, ring: Ring, clock: Clock, table: str, person: str, aws: Aws
    ) -> None:
        """Those who may only read templates must be able to see that one has ended."""
        sealed = ring.seal(person, b"x", END)
        before = aws.items(table)
        clock.at = END + timedelta(days=1)
        with pytest.raises(KeyDestroyedError):
            ring.open(person, sealed)
        assert aws.items(table) == before

    def test_of_two_enrolments_at_once_the_second_uses_the_first_ones_key(
        self, aws: Aws, table: str, clock: Clock, person: str
    ) -> None:
        ring = self.ring_for(aws, table, clock)
        overtaken = self.ring_for(aws, table, clock)
        theirs: list[bytes] = []
        make = overtaken._new_key  # the moment between look and write

        def first_somebody_else(person_id: str, expires_at: object) -> bytes:
            theirs.append(ring.seal(person_id, b"theirs"))
            return make(person_id, None)

        overtaken._new_key = first_somebody_else  # type: ignore[method-assign]
        mine = overtaken.seal(person, b"mine")
        assert ring.open(person, mine) == b"mine"
        assert ring.open(person, theirs[0]) == b"theirs"
