"""Feeding a table's stream to a function: in order, and no record lost unseen."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from aws_cdk import Duration
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sqs as sqs

from cdk.constructs.function import BeeldrechtFunction
from cdk.constructs.tables import DataTable


def feed(
    function: BeeldrechtFunction,
    table: DataTable,
    patterns: Sequence[Mapping[str, Any]],
    dead_letters: sqs.IQueue,
    name: str = "Source",
) -> None:
    """Feed what matches one of the patterns to a function.

    A batch is taken up again from the first record that failed, halved while it goes on
    failing; after a few tries the record itself is given up, and told of.
    """
    table.grant_follow(function)
    mapping = lambda_.CfnEventSourceMapping(
        function,
        name,
        function_name=function.function.function_name,
        event_source_arn=table.stream_arn,
        starting_position="TRIM_HORIZON",
        batch_size=25,
        bisect_batch_on_function_error=True,
        maximum_retry_attempts=10,
        maximum_record_age_in_seconds=int(Duration.hours(20).to_seconds()),
        parallelization_factor=1,
        function_response_types=["ReportBatchItemFailures"],
        filter_criteria=lambda_.CfnEventSourceMapping.FilterCriteriaProperty(
            filters=[
                lambda_.CfnEventSourceMapping.FilterProperty(pattern=json.dumps(each))
                for each in patterns
            ]
        ),
        destination_config=lambda_.CfnEventSourceMapping.DestinationConfigProperty(
            on_failure=lambda_.CfnEventSourceMapping.OnFailureProperty(
                destination=dead_letters.queue_arn
            )
        ),
    )
    # Lambda tries out what the role may when the mapping is made.
    policy = function.role.node.try_find_child("DefaultPolicy")
    if isinstance(policy, iam.Policy):
        mapping.node.add_dependency(policy)
