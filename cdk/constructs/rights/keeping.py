"""What ending things in time takes."""

from aws_cdk import aws_sqs as sqs

from cdk.constructs.buckets import CHECKPOINTS_PREFIX, SIGNED_PREFIX
from cdk.constructs.function import BeeldrechtFunction
from cdk.constructs.grants import waive
from cdk.constructs.keys import through_dynamodb
from cdk.constructs.queues import dead_letter_queue
from cdk.constructs.stage import StageFunctions
from cdk.constructs.stores import Stores
from cdk.constructs.streams import feed

LIBRARY_KINDS = ("asset_term", "face", "film_frames", "disclosure", "share")
CONSENT_KINDS = ("contact", "request", "subject_request", "mail", "evidence")
BIOMETRICS_KINDS = ("template",)
"""The kinds of items whose end is followed; what points at them goes with them."""
_OF_PEOPLE = ("DOSSIER#", "REQUEST#", "ASKED#", "MAIL#", "EVIDENCE#", "EXPORT#")
_RECALLS = "RECALL#"


def grant(functions: StageFunctions, stores: Stores) -> None:
    """Give each function what it does its work with, and no more."""
    tables = stores.tables

    follow = functions["FollowExpiry"]
    _follow_up(follow, stores)

    apply = functions["ApplyRetention"]
    _follow_up(apply, stores, _RECALLS)
    tables.library.grant_within(apply, "PutItem", "ASSET#", "RETENTION#")
    tables.library.grant_within(apply, "UpdateItem", "ASSET#", "DISCLOSED#", _RECALLS)
    tables.consent.grant_read(apply, "GetItem", "Query")
    tables.consent.grant_within(apply, "UpdateItem", *_OF_PEOPLE)
    tables.biometrics.grant_read(apply, "Query")
    tables.biometrics.grant_within(apply, "UpdateItem", "PERSON#")
    # What time to live missed.
    tables.consent.grant_within(apply, "DeleteItem", *_OF_PEOPLE)
    tables.biometrics.grant_within(apply, "DeleteItem", "PERSON#")

    # What it may date in the audit log, a checkpoint has locked.
    stores.buckets.checkpoints.grant_list(apply)
    stores.buckets.checkpoints.grant_read_versions(apply, CHECKPOINTS_PREFIX)

    sweep = functions["SweepRetention"]
    tables.library.grant_read(sweep, "GetItem", "Query")
    tables.library.grant_within(sweep, "PutItem", "RETENTION#")


def follow_ends(functions: StageFunctions, stores: Stores) -> sqs.Queue:
    """Feed what time to live took from the tables; gives where what failed is told."""
    follow, tables = functions["FollowExpiry"], stores.tables
    dead = dead_letter_queue(functions, "ExpiryDead")
    waive(
        dead,
        "AwsSolutions-SQS3",
        "It is the dead-letter queue of streams, which the rule cannot see.",
    )
    follow.allow("KeepWhatFailed", ["sqs:SendMessage"], [dead.queue_arn])
    for table, kinds, name in (
        (tables.library, LIBRARY_KINDS, "LibraryEnds"),
        (tables.consent, CONSENT_KINDS, "ConsentEnds"),
        (tables.biometrics, BIOMETRICS_KINDS, "BiometricsEnds"),
    ):
        pattern = {
            "eventName": ["REMOVE"],
            # Whatever somebody removes by hand, or erases, is not the end of a term: of a
            # table's own records, time to live alone is a service's.
            "userIdentity": {"type": ["Service"]},
            "dynamodb": {"OldImage": {"kind": {"S": list(kinds)}}},
        }
        feed(follow, table, [pattern], dead, name)
    return dead


def _follow_up(function: BeeldrechtFunction, stores: Stores, *missed: str) -> None:
    """What the rest of the job takes, wherever an end is seen; `missed` goes too."""
    tables = stores.tables
    tables.library.grant_read(function, "GetItem", "Query")
    # Who was thought to be in a box; and of a run what time to live missed.
    tables.library.grant_within(function, "DeleteItem", "ASSET#", "DISCLOSED#", *missed)
    # An erasure begins, and freezes its picture.
    tables.consent.grant_within(function, "PutItem", "ERASURE#", "SUBJECT#")
    tables.audit.grant_append(function)
    stores.buckets.documents.grant_drop(function, SIGNED_PREFIX)
    function.allow(
        "ThroughDynamoDb",
        ["kms:Decrypt"],
        [stores.biometrics_key.key.key_arn],
        conditions={"StringEquals": {"kms:ViaService": through_dynamodb()}},
    )
