"""Items of the tables as they are, by the few attributes that are asked for.

For who goes through everything that is kept: nothing sealed and no description leaves the
tables for it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from . import keys

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

type Plain = Mapping[str, Any]
"""An item by the names of its attributes: texts and whole numbers."""
type Values = dict[str, Any]
"""Part of what a call of DynamoDB is given."""


class Table(StrEnum):
    """The tables in which something is kept with a term."""

    LIBRARY = "library"
    CONSENT = "consent"
    BIOMETRICS = "biometrics"


@dataclass(frozen=True, slots=True)
class Tables:
    """The names of the tables."""

    library: str
    consent: str
    biometrics: str

    def name(self, table: Table) -> str:
        """The name of one of them."""
        return {
            Table.LIBRARY: self.library,
            Table.CONSENT: self.consent,
            Table.BIOMETRICS: self.biometrics,
        }[table]


class PlainItems:
    """Reads and changes items by their keys, whatever kind they are."""

    def __init__(self, client: "DynamoDBClient", tables: Tables) -> None:
        self._client = client
        self._tables = tables

    def query(self, table: Table, pk: str, *names: str) -> list[Plain]:
        """Every item of a partition, by the attributes that are named."""
        pages = self._client.get_paginator("query").paginate(
            TableName=self._tables.name(table),
            KeyConditionExpression="pk = :pk",
            ExpressionAttributeValues={":pk": {"S": pk}},
            ConsistentRead=True,
            **_projected(names),
        )
        return [_plain(each) for page in pages for each in page["Items"]]

    def get(self, table: Table, pk: str, *names: str) -> Plain | None:
        """The item that stands for a partition, by the attributes that are named."""
        found = self._client.get_item(
            TableName=self._tables.name(table),
            Key=key_of(pk, keys.META),
            ConsistentRead=True,
            **_projected(names),
        )
        return _plain(found["Item"]) if found.get("Item") else None

    def listed(
        self,
        table: Table,
        index: str,
        listed: tuple[str, str],
        start: Values | None,
        limit: int,
    ) -> tuple[list[str], Values | None]:
        """The next ids of a list, and where the page after them begins."""
        name, value = listed
        given: Values = {"ExclusiveStartKey": start} if start else {}
        found = self._client.query(
            TableName=self._tables.name(table),
            IndexName=index,
            KeyConditionExpression=f"{name} = :list",
            ExpressionAttributeValues={":list": {"S": value}},
            Limit=limit,
            **given,
        )
        ids = [each["pk"]["S"].partition("#")[2] for each in found["Items"]]
        return ids, found.get("LastEvaluatedKey")

    def update(self, table: Table, pk: str, sk: str, change: Values) -> bool:
        """Change an item; False when its condition did not hold."""
        try:
            self._client.update_item(
                TableName=self._tables.name(table), Key=key_of(pk, sk), **change
            )
        except ClientError as error:
            if error.response["Error"]["Code"] != "ConditionalCheckFailedException":
                raise
            return False
        return True

    def delete(self, table: Table, pk: str, sk: str, condition: Values) -> bool:
        """Take an item away; False when its condition did not hold."""
        try:
            self._client.delete_item(
                TableName=self._tables.name(table), Key=key_of(pk, sk), **condition
            )
        except ClientError as error:
            if error.response["Error"]["Code"] != "ConditionalCheckFailedException":
                raise
            return False
        return True

    def write(self, table: Table, put: Values, update: Values) -> bool:
        """Put one item and change another as one; False when a condition did not hold."""
        name = {"TableName": self._tables.name(table)}
        together: Any = [{"Put": {**name, **put}}, {"Update": {**name, **update}}]
        try:
            self._client.transact_write_items(TransactItems=together)
        except ClientError as error:
            if error.response["Error"]["Code"] != "TransactionCanceledException":
                raise
            return False
        return True


def key_of(pk: str, sk: str) -> Values:
    """The key of an item."""
    return {"pk": {"S": pk}, "sk": {"S": sk}}


def set_date(expires_at: int | None, name: str = "expires_at") -> Values:
    """What gives an item a date, or takes it away."""
    if expires_at is None:
        return {"UpdateExpression": f"REMOVE {name}"}
    return {
        "UpdateExpression": f"SET {name} = :until",
        "ExpressionAttributeValues": {":until": {"N": str(expires_at)}},
    }


def as_seen(expires_at: int | None, name: str = "expires_at") -> Values:
    """That an item carries the date that was read, and is there."""
    if expires_at is not None:
        return {
            "ConditionExpression": f"{name} = :seen",
            "ExpressionAttributeValues": {":seen": {"N": str(expires_at)}},
        }
    return {
        "ConditionExpression": f"attribute_exists(pk) AND attribute_not_exists({name})"
    }


def merged(one: Values, other: Values) -> Values:
    """A change with its condition."""
    name = "ExpressionAttributeValues"
    values = {**one.get(name, {}), **other.get(name, {})}
    return {**one, **other, **({name: values} if values else {})}


def instant_of(said: str) -> datetime:
    """An instant as PynamoDB writes it."""
    return datetime.fromisoformat(said)


def _projected(names: Iterable[str]) -> Values:
    """By placeholders, since DynamoDB keeps hundreds of words for itself."""
    wanted = {f"#{n}": name for n, name in enumerate(dict.fromkeys(("pk", *names)))}
    return {
        "ProjectionExpression": ", ".join(wanted),
        "ExpressionAttributeNames": wanted,
    }


def _plain(item: Mapping[str, Any]) -> Plain:
    """Texts as they are, numbers as whole ones; nothing else is asked for."""
    return {
        name: value["S"] if "S" in value else int(value["N"])
        for name, value in item.items()
        if "S" in value or "N" in value
    }
