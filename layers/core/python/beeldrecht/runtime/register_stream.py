"""Following the consent table's stream: each record by itself, in its order."""

from collections.abc import Callable
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.batch import EventType
from aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event import (
    DynamoDBRecord,
)
from aws_lambda_powertools.utilities.typing import LambdaContext

from beeldrecht.adapters.register_facts import fact_of
from beeldrecht.domain.recorded import RecordedFact

from .queues import Answer, each_by_itself


def follow(
    event: dict[str, Any],
    context: LambdaContext,
    handle: Callable[[RecordedFact], None],
    log: Logger,
) -> Answer:
    """Give each fact of a batch to `handle`; from the first that raised on, they return.

    The stream keeps its order: it is delivered again from there, halved when it goes on
    failing, and what fails for good is told to the dead-letter queue.
    """

    def one(record: DynamoDBRecord) -> None:
        try:
            fact = fact_of(record.raw_event)
            if fact is not None:
                handle(fact)
        except Exception as error:
            log.exception("record failed", reason=type(error).__name__)
            raise

    return each_by_itself(event, context, EventType.DynamoDBStreams, one)
