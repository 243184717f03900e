"""The rows of people's keys and templates: ended without ever being opened.

Whoever destroys keys has no use for what they seal. So this knows rows by their names
alone, and neither reads a wrapped key nor asks KMS for anything.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from beeldrecht.domain.erasure import Trace
from beeldrecht.domain.retention import seconds
from beeldrecht.domain.stores import Store

from . import keys
from .key_ring import KeyPurpose
from .traces import Places, Traces
from .wiping import Wiper

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_PROOF = keys.KEY + KeyPurpose.PROOF
_REFUSED = "ConditionalCheckFailedException"


class KeyRows:
    """Ends the keys of one person."""

    def __init__(
        self, dynamodb: "DynamoDBClient", places: Places, traces: Traces, wiper: Wiper
    ) -> None:
        self._dynamodb = dynamodb
        self._places = places
        self._traces = traces
        self._wiper = wiper

    def destroy(self, person_id: str, proof_until: datetime | None) -> int:
        """Delete every key and template; give how many. Safe to repeat.

        Keys go before what they seal. With `proof_until` the key of the proof ends then,
        and never later than it would have; without, it goes with the others.
        """
        rows = sorted(self._traces.secrets(person_id), key=_keys_first)
        kept = [r for r in rows if proof_until and r.part == _PROOF]
        for row in kept:
            self._end(row, proof_until)
        return self._wiper.remove(row for row in rows if row not in kept)

    def _end(self, row: Trace, at: datetime | None) -> None:
        if at is None:
            return
        try:
            self._dynamodb.update_item(
                TableName=self._places.table(Store.KEYS),
                Key={"pk": {"S": row.key}, "sk": {"S": row.part}},
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


def _keys_first(row: Trace) -> tuple[bool, str, str]:
    return (not row.part.startswith(keys.KEY), row.store.value, row.part)
