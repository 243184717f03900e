"""What making somebody's export takes."""

from cdk.constructs.buckets import PACKAGES_PREFIX, PARTS_PREFIX, SIGNED_PREFIX
from cdk.constructs.stage import StageFunctions
from cdk.constructs.stores import Stores


def grant(functions: StageFunctions, stores: Stores) -> None:
    """Give each function what it does its work with, and no more."""
    tables, buckets = stores.tables, stores.buckets
    exports, audit = buckets.exports, tables.audit

    gather = functions["GatherExport"]
    tables.consent.grant_read(gather, "BatchGetItem", "GetItem", "Query")
    tables.library.grant_read(gather, "Query")
    audit.grant_read(gather, "Query")
    tables.keys.grant_get(gather)
    stores.people_key.grant_open(gather)
    buckets.documents.grant_read(gather, SIGNED_PREFIX)
    exports.grant_put(gather, PARTS_PREFIX)

    picture = functions["PictureExport"]
    tables.library.grant_read(picture, "GetItem", "Query")
    tables.library.grant_within(picture, "PutItem", "DISCLOSED#")
    tables.consent.grant_read(picture, "Query")
    audit.grant_read(picture, "Query")
    audit.grant_append(picture)
    buckets.renditions.grant_read(picture)
    exports.grant_read(picture, PARTS_PREFIX)
    exports.grant_put(picture, PARTS_PREFIX)

    pack = functions["PackExport"]
    tables.consent.grant_read(pack, "GetItem")
    tables.consent.grant_within(pack, "UpdateItem", "DOSSIER#", "EXPORT#")
    tables.consent.grant_within(pack, "PutItem", "MAIL#", "DOSSIER#")
    # The policy by which it ends, and nothing else of that table.
    tables.library.grant_read(pack, "GetItem")
    audit.grant_append(pack)
    exports.grant_read(pack, PARTS_PREFIX)
    exports.grant_put(pack, PACKAGES_PREFIX)
    exports.grant_drop(pack, PACKAGES_PREFIX, PARTS_PREFIX)
    listing = ["s3:ListBucket", "s3:ListBucketMultipartUploads"]
    pack.allow("ListExports", listing, [exports.arn])
    pack.allow(
        "MarkExports",
        # To give up what was left half-way, and to say for how long a package is kept.
        ["s3:AbortMultipartUpload", "s3:PutObjectTagging"],
        [f"{exports.arn}/{PACKAGES_PREFIX}*"],
        wildcard_reason="Exports have ids that do not exist yet when this is deployed.",
    )
