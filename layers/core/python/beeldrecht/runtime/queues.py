"""Reading a queue: each message by itself, and only the failed ones come back."""

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote_plus

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.batch import (
    BatchProcessor,
    EventType,
    process_partial_response,
)
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

type Answer = dict[str, list[dict[str, str]]]


def drain(
    event: dict[str, Any],
    context: LambdaContext,
    handle: Callable[[str], None],
    log: Logger,
) -> Answer:
    """Give each message's body to `handle`; those that raise are delivered again.

    After the queue's limit they lie in its dead-letter queue, with nothing lost and a
    redrive that tries them anew.
    """

    def one(record: SQSRecord) -> None:
        try:
            handle(record.body)
        except Exception as error:
            log.exception(
                "message failed",
                reason=type(error).__name__,
                attempts=int(record.attributes.approximate_receive_count or 0),
            )
            raise

    return each_by_itself(event, context, EventType.SQS, one)


def each_by_itself(
    event: dict[str, Any],
    context: LambdaContext,
    source: EventType,
    handle: Callable[[Any], None],
) -> Answer:
    """Give each record of a batch to `handle`; names those that raised, to come back."""
    processor = BatchProcessor(source, raise_on_entire_batch_failure=False)
    answer = process_partial_response(
        event=event, record_handler=handle, processor=processor, context=context
    )
    return {
        "batchItemFailures": [
            {"itemIdentifier": str(failure["itemIdentifier"])}
            for failure in answer["batchItemFailures"]
        ]
    }


class UnexpectedMessageError(ValueError):
    """A message that is not of the shape this queue carries."""


def uploaded_keys(body: str) -> list[str]:
    """The object keys that an S3 event names; none for S3's own test message."""
    try:
        message = json.loads(body)
        if message.get("Event") == "s3:TestEvent":
            return []
        return [unquote_plus(r["s3"]["object"]["key"]) for r in message["Records"]]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnexpectedMessageError("not an S3 event") from error
