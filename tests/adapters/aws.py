"""Empty tables, buckets, a key and queues, in whatever answers as AWS.

Nothing here knows which that is: moto within the process, or the local cloud behind an
address. The tables have the keys and indexes of the contract; what else a deployment
gives them (expiry, streams, backups) is proven on the synthesised templates.
"""

from typing import Any, Final

import boto3

from beeldrecht.adapters.library_items import IN_INDEX
from beeldrecht.domain.ids import new_id
from beeldrecht.runtime import clients

REGION: Final = "eu-central-1"
INDEXES: dict[str, dict[str, tuple[str, str]]] = {
    "library": {"by_lookup": ("gsi1pk", "gsi1sk"), "by_work": ("gsi2pk", "gsi2sk")},
    "consent": {"by_lookup": ("gsi1pk", "gsi1sk")},
    "biometrics": {},
    "keys": {},
    "limits": {},
    "audit": {"by_subject": ("subject", "sk"), "by_day": ("day", "time")},
}


class Aws:
    """Somewhere that answers as AWS; it keeps its clients, which take time to make."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._dynamodb = boto3.client("dynamodb", region_name=REGION)
        self._sqs = boto3.client("sqs", region_name=REGION)
        self.kms = boto3.client("kms", region_name=REGION)
        self.s3 = clients.s3(REGION)
        self._tables: dict[str, str] = {}
        self._key = ""

    def table(self, kind: str) -> str:
        """The one table of that kind, emptied; give its name."""
        if kind not in self._tables:
            self._tables[kind] = self.new_table(kind)
        name = self._tables[kind]
        for item in self.items(name):
            key = {"pk": item["pk"], "sk": item["sk"]}
            self._dynamodb.delete_item(TableName=name, Key=key)
        return name

    def new_table(self, kind: str) -> str:
        """Make an empty table with the keys and indexes of its kind; give its name."""
        name = f"{kind}-{new_id()}"
        indexes = INDEXES[kind]
        keys = [("pk", "sk"), *indexes.values()]
        made: dict[str, Any] = {
            "TableName": name,
            "BillingMode": "PAY_PER_REQUEST",
            "KeySchema": _schema("pk", "sk"),
            "AttributeDefinitions": [
                {"AttributeName": attribute, "AttributeType": "S"}
                for attribute in sorted({name for pair in keys for name in pair})
            ],
        }
        if indexes:
            made["GlobalSecondaryIndexes"] = [
                {
                    "IndexName": index,
                    "KeySchema": _schema(*pair),
                    "Projection": _projection(kind),
                }
                for index, pair in indexes.items()
            ]
        self._dynamodb.create_table(**made)
        return name

    def drop_table(self, name: str) -> None:
        """Take a table away."""
        self._dynamodb.delete_table(TableName=name)

    def items(self, table: str) -> list[dict[str, Any]]:
        """Every item of a table, as DynamoDB has it."""
        pages = self._dynamodb.get_paginator("scan").paginate(TableName=table)
        return [item for page in pages for item in page["Items"]]

    def put_item(self, table: str, item: dict[str, Any]) -> None:
        """Put an item as it is, past the adapter."""
        self._dynamodb.put_item(TableName=table, Item=item)

    def delete_item(self, table: str, item: dict[str, Any]) -> None:
        """Take an item away, past the adapter."""
        key = {"pk": item["pk"], "sk": item["sk"]}
        self._dynamodb.delete_item(TableName=table, Key=key)

    def bucket(self, *, versioned: bool) -> str:
        """Make an empty bucket; give its name."""
        name = f"bucket-{new_id()}"
        self.s3.create_bucket(
            Bucket=name, CreateBucketConfiguration={"LocationConstraint": REGION}
        )
        if versioned:
            self.s3.put_bucket_versioning(
                Bucket=name, VersioningConfiguration={"Status": "Enabled"}
            )
        return name

    def key(self) -> str:
        """The one KMS key; give its address."""
        self._key = self._key or self.kms.create_key()["KeyMetadata"]["Arn"]
        return self._key

    def queue(self) -> str:
        """Make a standard queue; give its address."""
        return self._sqs.create_queue(QueueName=f"queue-{new_id()}")["QueueUrl"]

    def bodies(self, queue: str) -> list[str]:
        """What lies in a queue, taken out."""
        found: list[str] = []
        while True:
            answer = self._sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10)
            messages = answer.get("Messages", [])
            if not messages:
                return found
            for message in messages:
                found.append(message["Body"])
                self._sqs.delete_message(
                    QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"]
                )


def _projection(kind: str) -> dict[str, Any]:
    if kind == "audit":
        return {"ProjectionType": "ALL"}
    return {"ProjectionType": "INCLUDE", "NonKeyAttributes": IN_INDEX}


def _schema(partition: str, sort: str) -> list[dict[str, str]]:
    return [
        {"AttributeName": partition, "KeyType": "HASH"},
        {"AttributeName": sort, "KeyType": "RANGE"},
    ]
