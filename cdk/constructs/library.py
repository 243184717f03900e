"""The library: what searching it takes."""

from aws_cdk import aws_sqs as sqs
from constructs import Construct

from cdk.constructs.buckets import INDEX_PREFIX
from cdk.constructs.function import Ground
from cdk.constructs.functions import Setting, Stage
from cdk.constructs.grants import waive
from cdk.constructs.queues import dead_letter_queue
from cdk.constructs.stage import StageFunctions
from cdk.constructs.stores import Stores
from cdk.constructs.streams import feed

FOLLOWED = ("asset", "appearance", "collection", "member", "session")
"""The kinds of items that the index says something of."""
URGENT = "search_purge"
"""The kind that says that something has to go from every file of it."""


class LibraryFunctions(StageFunctions):
    """FollowLibrary, BuildIndex and SearchLibrary."""

    def __init__(self, scope: Construct, *, ground: Ground, stores: Stores) -> None:
        super().__init__(scope, Stage.LIBRARY, ground=ground)
        library, index = stores.tables.library, stores.buckets.exports

        follow, build = self["FollowLibrary"], self["BuildIndex"]
        library.grant_read(follow, "Query")
        library.grant_within(follow, "PutItem", "SEARCH#")
        arn = build.function.function_arn
        follow.function.add_environment(Setting.BUILD_INDEX_ARN, arn)
        follow.allow("InvokeBuildIndex", ["lambda:InvokeFunction"], [arn])

        library.grant_read(build, "GetItem", "Query")
        library.grant_within(build, "PutItem", "SEARCH")
        library.grant_within(build, "UpdateItem", "SEARCH")
        library.grant_within(build, "DeleteItem", "SEARCH#")
        stores.tables.audit.grant_read(build, "Query")
        index.grant_read(build, INDEX_PREFIX)
        index.grant_put(build, INDEX_PREFIX)
        index.grant_drop(build, INDEX_PREFIX)
        index.grant_list_keys(build)

        search = self["SearchLibrary"]
        library.grant_read(search, "GetItem", "Query")
        # What somebody keeps of what they look for, made once.
        library.grant_within(search, "PutItem", "SEARCHES#", "CLAIM#")
        library.grant_within(search, "DeleteItem", "SEARCHES#")
        stores.tables.consent.grant_read(search, "Query")
        stores.tables.audit.grant_read(search, "Query")
        index.grant_read(search, INDEX_PREFIX)

        self.dead_letters = self._follow(stores)

    def _follow(self, stores: Stores) -> sqs.Queue:
        """Feed what changes to who says so; gives where what failed is told."""
        follow = self["FollowLibrary"]
        dead = dead_letter_queue(self, "LibraryDead")
        waive(
            dead,
            "AwsSolutions-SQS3",
            "It is the dead-letter queue of a stream, which the rule cannot see.",
        )
        follow.allow("KeepWhatFailed", ["sqs:SendMessage"], [dead.queue_arn])
        kinds = {"kind": {"S": list(FOLLOWED)}}
        put = {"kind": {"S": [*FOLLOWED, URGENT]}}
        feed(
            follow,
            stores.tables.library,
            [
                {"eventName": ["INSERT", "MODIFY"], "dynamodb": {"NewImage": put}},
                {"eventName": ["REMOVE"], "dynamodb": {"OldImage": kinds}},
            ],
            dead,
            "Library",
        )
        return dead
