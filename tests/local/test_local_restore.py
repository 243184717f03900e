"""What proof and restores rest on: tables as they were, and keys that sign."""

import time
from typing import Any
from uuid import uuid4

import pytest
from botocore.exceptions import ClientError
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key

from local.client import LocalCloud


class Tables:
    """A table with recovery, and what it was restored to."""

    def __init__(self, cloud: LocalCloud) -> None:
        self.client = cloud.client("dynamodb")
        self.name = f"probe-{uuid4().hex}"
        self.client.create_table(
            TableName=self.name,
            BillingMode="PAY_PER_REQUEST",
            KeySchema=[
                {"AttributeName": "pk", "KeyType": "HASH"},
                {"AttributeName": "sk", "KeyType": "RANGE"},
            ],
            AttributeDefinitions=[
                {"AttributeName": "pk", "AttributeType": "S"},
                {"AttributeName": "sk", "AttributeType": "S"},
                {"AttributeName": "list", "AttributeType": "S"},
            ],
            GlobalSecondaryIndexes=[
                {
                    "IndexName": "by_list",
                    "KeySchema": [{"AttributeName": "list", "KeyType": "HASH"}],
                    "Projection": {"ProjectionType": "ALL"},
                }
            ],
        )

    def recover(self, *, enabled: bool = True) -> None:
        self.client.update_continuous_backups(
            TableName=self.name,
            PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": enabled},
        )

    def put(self, key: str, said: str) -> None:
        item = {"pk": key, "sk": "-", "list": "all", "said": said}
        typed = {name: {"S": value} for name, value in item.items()}
        self.client.put_item(TableName=self.name, Item=typed)

    def delete(self, key: str) -> None:
        keys = {"pk": {"S": key}, "sk": {"S": "-"}}
        self.client.delete_item(TableName=self.name, Key=keys)

    def at(self, **when: Any) -> dict[str, str]:
        target = f"probe-{uuid4().hex}"
        self.client.restore_table_to_point_in_time(
            SourceTableName=self.name, TargetTableName=target, **when
        )
        self.client.get_waiter("table_exists").wait(TableName=target)
        found = self.client.query(
            TableName=target,
            IndexName="by_list",
            KeyConditionExpression="#l = :all",
            ExpressionAttributeNames={"#l": "list"},
            ExpressionAttributeValues={":all": {"S": "all"}},
        )["Items"]
        return {item["pk"]["S"]: item["said"]["S"] for item in found}


def a_second_later() -> int:
    """A whole second that is over, and in which nothing happens any more."""
    passed = int(time.time())
    while int(time.time()) == passed:
        time.sleep(0.05)
    return passed


@pytest.fixture
def tables(cloud: LocalCloud) -> Tables:
    return Tables(cloud)


def test_a_table_comes_back_as_it_was_at_that_second(tables: Tables) -> None:
    tables.put("old", "before recovery")
    tables.recover()
    tables.put("kept", "first")
    tables.put("removed", "there")
    early = a_second_later()
    tables.put("kept", "second")
    tables.delete("removed")
    tables.client.transact_write_items(
        TransactItems=[
            {
                "Delete": {
                    "TableName": tables.name,
                    "Key": {"pk": {"S": "old"}, "sk": {"S": "-"}},
                }
            }
        ]
    )
    late = a_second_later()
    tables.put("kept", "third")
    assert tables.at(RestoreDateTime=early) == {
        "old": "before recovery",
        "kept": "first",
        "removed": "there",
    }
    assert tables.at(RestoreDateTime=late) == {"kept": "second"}
    assert tables.at(UseLatestRestorableTime=True) == {"kept": "third"}


def test_a_table_without_recovery_is_not_restored(tables: Tables) -> None:
    tables.put("kept", "first")
    with pytest.raises(ClientError, match="PointInTimeRecoveryUnavailable"):
        tables.at(UseLatestRestorableTime=True)
    tables.recover()
    tables.recover(enabled=False)
    with pytest.raises(ClientError, match="PointInTimeRecoveryUnavailable"):
        tables.at(UseLatestRestorableTime=True)


@pytest.mark.parametrize("away", [-3600, 3600])
def test_what_was_before_recovery_and_what_is_to_come_cannot_be_restored(
    tables: Tables, away: int
) -> None:
    tables.recover()
    with pytest.raises(ClientError, match="InvalidRestoreTime"):
        tables.at(RestoreDateTime=int(time.time()) + away)


def test_an_asymmetric_key_signs_and_its_public_key_verifies(cloud: LocalCloud) -> None:
    kms = cloud.client("kms")
    key = kms.create_key(KeySpec="ECC_NIST_P256", KeyUsage="SIGN_VERIFY")
    key_id = key["KeyMetadata"]["KeyId"]
    signature = kms.sign(
        KeyId=key_id,
        Message=b"a" * 32,
        MessageType="DIGEST",
        SigningAlgorithm="ECDSA_SHA_256",
    )["Signature"]
    public = load_der_public_key(kms.get_public_key(KeyId=key_id)["PublicKey"])
    assert isinstance(public, ec.EllipticCurvePublicKey)
    whole = kms.sign(
        KeyId=key_id,
        Message=b"message",
        MessageType="RAW",
        SigningAlgorithm="ECDSA_SHA_256",
    )["Signature"]
    public.verify(whole, b"message", ec.ECDSA(SHA256()))
    with pytest.raises(InvalidSignature):
        public.verify(signature, b"message", ec.ECDSA(SHA256()))
