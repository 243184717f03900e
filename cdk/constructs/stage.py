"""What the stages share: a stage holds its functions by name."""

from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from cdk.constructs.function import BeeldrechtFunction, Ground
from cdk.constructs.functions import FUNCTIONS, OnQueue, Stage
from cdk.constructs.queues import Queues


class StageFunctions(Construct):
    """The functions of one stage, made from the table of functions."""

    def __init__(self, scope: Construct, stage: Stage, *, ground: Ground) -> None:
        super().__init__(scope, stage.capitalize())
        self._by_construct = {
            spec.construct: BeeldrechtFunction(self, spec, ground=ground)
            for spec in FUNCTIONS
            if spec.stage is stage
        }

    def __getitem__(self, construct: str) -> BeeldrechtFunction:
        """The function of that construct name."""
        return self._by_construct[construct]

    @property
    def functions(self) -> list[BeeldrechtFunction]:
        """All of them, in the order of the table."""
        return list(self._by_construct.values())

    def feed_from(self, queues: Queues) -> None:
        """Connect each function that a queue starts with its queue."""
        for each in self.functions:
            trigger = each.spec.trigger
            if not isinstance(trigger, OnQueue):
                continue
            source = queues.by_name[trigger.queue]
            source.grant_consume(each)
            lambda_.EventSourceMapping(
                each,
                "Source",
                target=each.function,
                event_source_arn=source.queue.queue_arn,
                # One picture a time: one that kills its process takes no other with it.
                batch_size=1,
                max_concurrency=trigger.at_once,
                report_batch_item_failures=True,
            )
