"""What erasing takes: each function may destroy one kind of thing, and look around."""

from cdk.constructs.buckets import (
    ORDERED_PREFIX,
    ORIGINALS_PREFIX,
    PACKAGES_PREFIX,
    PARTS_PREFIX,
    SIGNED_PREFIX,
    PictureBucket,
)
from cdk.constructs.function import BeeldrechtFunction
from cdk.constructs.keys import through_dynamodb
from cdk.constructs.stage import StageFunctions
from cdk.constructs.stores import Stores
from cdk.constructs.tables import Reading

ERASURE = "ERASURE#"
_MADE_LATER = (
    "Whose it is that will be erased is not known when this is deployed; the bucket and "
    "the prefix are as narrow as a statement written now can be."
)
_OF_PEOPLE = (
    *("PERSON#", "DOSSIER#", "SUBJECT#", "LINK#", "EVIDENCE#", "REQUEST#", "ASKED#"),
    *("MAIL#", "EXPORT#"),
)
_TYPED = (
    *("ASSET#", "BASES#", "COLLECTION#", "DISCLOSED#", "IMPORT#"),
    *("SEARCHES#", "SESSION#"),
)
_OF_PICTURES = ("ASSET#", "BASES#", "BAND#", "DISCLOSED#", "VERSIONS#")


def grant(functions: StageFunctions, stores: Stores) -> None:
    """Give each function what it does its work with, and no more."""
    consent, audit = stores.tables.consent, stores.tables.audit

    collect, verify = functions["CollectTraces"], functions["VerifyErasure"]
    _look(collect, stores, "BatchGetItem", "Query")
    # And each text that the name was taken out of, as it stands.
    _look(verify, stores, "BatchGetItem", "GetItem", "Query")
    consent.grant_add(collect, ERASURE)
    consent.grant_add(verify, ERASURE)
    for each in (collect, verify):
        _read_whole(each, stores)
    stores.people_key.grant_open(collect)
    stores.tables.keys.grant_get(collect)

    wait = functions["AwaitConfirmation"]
    consent.grant_read(wait, "GetItem")
    consent.grant_within(wait, "UpdateItem", ERASURE)
    wait.allow(
        "AnswerTask",
        ["states:SendTaskSuccess"],
        ["*"],
        wildcard_reason="Step Functions takes no resource for this: a token reaches the "
        "one state that it was made for.",
    )

    consent.grant_read(functions["ListPictures"], "Query")

    tell = functions["TellPerson"]
    consent.grant_read(tell, "GetItem")
    consent.grant_within(tell, "PutItem", "MAIL#", "DOSSIER#")
    audit.grant_append(tell)

    begin = functions["BeginErasure"]
    consent.grant_read(begin, "GetItem", "Query")
    consent.grant_within(begin, "UpdateItem", ERASURE)
    audit.grant_append(begin)
    audit.grant_get(begin)

    _destroy(functions["DestroyKeys"], stores)
    _erase_pictures(functions["ErasePicture"], stores)
    _erase_register(functions["EraseRegister"], stores)


def _look(function: BeeldrechtFunction, stores: Stores, *library: Reading) -> None:
    """See in every store what is there, by keys and names; nothing sealed opens by it."""
    tables, buckets = stores.tables, stores.buckets
    tables.library.grant_read(function, *library)
    tables.consent.grant_read(function, "GetItem", "Query")
    tables.biometrics.grant_read(function, "Query")
    tables.keys.grant_read(function, "Query")
    tables.audit.grant_append(function)
    _through_dynamodb(function, stores)
    for bucket in (
        buckets.originals,
        buckets.renditions,
        buckets.exports,
        buckets.documents,
    ):
        _list(function, bucket)


def _read_whole(function: BeeldrechtFunction, stores: Stores) -> None:
    """Read the two large tables from end to end: no others may."""
    tables = stores.tables
    function.allow(
        "ReadWhole",
        ["dynamodb:Scan"],
        [tables.library.table.table_arn, tables.consent.table.table_arn],
    )


def _list(function: BeeldrechtFunction, bucket: PictureBucket) -> None:
    bucket.grant_list(function)
    name = bucket.node.id
    function.allow(f"List{name}Uploads", ["s3:ListBucketMultipartUploads"], [bucket.arn])


def _remove(
    function: BeeldrechtFunction,
    bucket: PictureBucket,
    *prefixes: str,
    versions: bool = False,
    in_parts: bool = False,
) -> None:
    """Remove objects for good, and give up what was begun where things come in parts."""
    _list(function, bucket)
    deletes = ["s3:DeleteObjectVersion"] if versions else ["s3:DeleteObject"]
    function.allow(
        f"Erase{bucket.node.id}",
        [*deletes, *(["s3:AbortMultipartUpload"] if in_parts else [])],
        [f"{bucket.arn}/{prefix}*" for prefix in prefixes or ("",)],
        wildcard_reason=_MADE_LATER,
    )


def _through_dynamodb(function: BeeldrechtFunction, stores: Stores) -> None:
    """DynamoDB decrypts the tables for it; it can ask KMS for nothing by itself."""
    keys = [stores.biometrics_key.key.key_arn, stores.people_key.key.key_arn]
    function.allow(
        "ThroughDynamoDb",
        ["kms:Decrypt"],
        keys,
        conditions={"StringEquals": {"kms:ViaService": through_dynamodb()}},
    )


def _destroy(function: BeeldrechtFunction, stores: Stores) -> None:
    tables = stores.tables
    tables.consent.grant_read(function, "GetItem", "Query")
    # How long a proof is kept, and nothing else of that table.
    tables.library.grant_read(function, "GetItem")
    for table in (tables.biometrics, tables.keys):
        table.grant_read(function, "Query")
        table.grant_within(function, "DeleteItem", "PERSON#")
    tables.keys.grant_within(function, "UpdateItem", "PERSON#")
    tables.audit.grant_append(function)
    _through_dynamodb(function, stores)


def _erase_pictures(function: BeeldrechtFunction, stores: Stores) -> None:
    tables, buckets = stores.tables, stores.buckets
    tables.consent.grant_read(function, "GetItem", "Query")
    tables.consent.grant_within(function, "UpdateItem", ERASURE)
    tables.consent.grant_within(function, "DeleteItem", "SUBJECT#")
    tables.library.grant_read(function, "BatchGetItem", "GetItem", "Query")
    # A file that is erased leaves the chain of files that it was one of.
    tables.library.grant_within(function, "UpdateItem", "ASSET#", "VERSIONS#")
    # That a picture has to go from the index.
    tables.library.grant_within(function, "PutItem", "SEARCH#")
    tables.library.grant_within(function, "DeleteItem", *_OF_PICTURES)
    buckets.originals.grant_read_versions(function, ORIGINALS_PREFIX)
    buckets.originals.grant_put(function, ORIGINALS_PREFIX)
    _remove(function, buckets.originals, ORIGINALS_PREFIX, versions=True, in_parts=True)
    buckets.renditions.grant_read(function)
    buckets.renditions.grant_put(function)
    _remove(function, buckets.renditions)
    _remove(function, buckets.exports, ORDERED_PREFIX, in_parts=True)
    tables.audit.grant_append(function)


def _erase_register(function: BeeldrechtFunction, stores: Stores) -> None:
    tables, buckets = stores.tables, stores.buckets
    tables.consent.grant_read(function, "GetItem", "Query")
    tables.consent.grant_within(function, "DeleteItem", *_OF_PEOPLE)
    tables.consent.grant_within(function, "UpdateItem", "EVIDENCE#", "REQUEST#", ERASURE)
    # Which proof is kept.
    tables.consent.grant_within(function, "PutItem", ERASURE)
    tables.library.grant_read(function, "BatchGetItem", "GetItem", "Query")
    # Where something of a person stands beside what is not theirs.
    places = ("SESSION#", "ASSET#", "DISCLOSED#", "SEARCHES#")
    tables.library.grant_within(function, "DeleteItem", *places)
    # Names are taken out of what people typed, and out of the index.
    tables.library.grant_within(function, "UpdateItem", *_TYPED)
    tables.library.grant_within(function, "PutItem", "SEARCH#")
    _read_whole(function, stores)
    _remove(function, buckets.exports, PACKAGES_PREFIX, PARTS_PREFIX, in_parts=True)
    _remove(function, buckets.documents, SIGNED_PREFIX)
    tables.audit.grant_append(function)
    function.allow(
        "AnswerTask",
        ["states:SendTaskSuccess"],
        ["*"],
        wildcard_reason="Step Functions takes no resource for this: a token reaches the "
        "one state that it was made for.",
    )
