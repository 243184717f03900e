"""Removing what was found, for good: items, versions of objects, uploads in parts."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from beeldrecht.domain.erasure import Trace
from beeldrecht.domain.retention import seconds
from beeldrecht.domain.stores import ITEM_STORES

from .traces import Places

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_s3 import S3Client

_UNVERSIONED = "null"
_REFUSED = "ConditionalCheckFailedException"


class Wiper:
    """Removes traces one by one; what is gone already is no failure."""

    def __init__(
        self, dynamodb: "DynamoDBClient", s3: "S3Client", places: Places
    ) -> None:
        self._dynamodb = dynamodb
        self._s3 = s3
        self._places = places

    def remove(self, traces: Iterable[Trace]) -> int:
        """Remove them in the order in which they come; give how many. Safe to repeat."""
        removed = 0
        for trace in traces:
            if trace.store in ITEM_STORES:
                self._item(trace)
            elif trace.upload:
                self._upload(trace)
            else:
                self._version(trace)
            removed += 1
        return removed

    def end(self, trace: Trace, at: datetime) -> None:
        """Have an item end at that instant, or sooner as it was; safe to repeat."""
        try:
            self._dynamodb.update_item(
                TableName=self._places.table(trace.store),
                Key={"pk": {"S": trace.key}, "sk": {"S": trace.part}},
                UpdateExpression="SET expires_at = :at",
                ConditionExpression=(
                    "attribute_exists(pk)"
                    " AND (attribute_not_exists(expires_at) OR expires_at > :at)"
                ),
                ExpressionAttributeValues={":at": {"N": str(seconds(at))}},
            )
        except ClientError as error:
            if error.response["Error"]["Code"] != _REFUSED:
                raise

    def _item(self, trace: Trace) -> None:
        self._dynamodb.delete_item(
            TableName=self._places.table(trace.store),
            Key={"pk": {"S": trace.key}, "sk": {"S": trace.part}},
        )

    def _version(self, trace: Trace) -> None:
        """By its version, or it would only be hidden; a bucket without has one each."""
        bucket = self._places.bucket(trace.store)
        if trace.part == _UNVERSIONED:
            self._s3.delete_object(Bucket=bucket, Key=trace.key)
        else:
            self._s3.delete_object(Bucket=bucket, Key=trace.key, VersionId=trace.part)

    def _upload(self, trace: Trace) -> None:
        bucket = self._places.bucket(trace.store)
        try:
            self._s3.abort_multipart_upload(
                Bucket=bucket, Key=trace.key, UploadId=trace.part
            )
        except ClientError as error:
            if error.response["Error"]["Code"] != "NoSuchUpload":
                raise
