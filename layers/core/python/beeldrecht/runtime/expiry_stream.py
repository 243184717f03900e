"""Following what time to live took away: each record by itself, in its order."""

from collections.abc import Callable
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.batch import EventType
from aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event import (
    DynamoDBRecord,
)
from aws_lambda_powertools.utilities.typing import LambdaContext

from beeldrecht.adapters.expired_items import expired_of
from beeldrecht.domain.expired import Expired

from .queues import Answer, each_by_itself


def follow(
    event: dict[str, Any],
    context: LambdaContext,
    handle: Callable[[Expired], None],
    log: Logger,
) -> Answer:
    """Give each end of a batch to `handle`; from the first that raised, they return."""

    def one(record: DynamoDBRecord) -> None:
        try:
            expired = expired_of(record.raw_event)
            if expired is not None:
                handle(expired)
        except Exception as error:
            log.exception("record failed", reason=type(error).__name__)
            raise

    return each_by_itself(event, context, EventType.DynamoDBStreams, one)
