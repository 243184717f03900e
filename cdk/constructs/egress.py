"""Egress: what makes the version in which a picture may leave."""

from constructs import Construct

from cdk.constructs.buckets import ORDERED_PREFIX, ORIGINALS_PREFIX
from cdk.constructs.function import Ground
from cdk.constructs.functions import Setting, Stage
from cdk.constructs.stage import StageFunctions
from cdk.constructs.stores import Stores


class Egress(StageFunctions):
    """The functions that cover faces, make what leaves, and pack it."""

    def __init__(self, scope: Construct, *, ground: Ground, stores: Stores) -> None:
        super().__init__(scope, Stage.EGRESS, ground=ground)
        mask = self["MaskAsset"]
        stores.tables.library.grant_read(mask, "Query")
        stores.buckets.renditions.grant_read(mask)
        stores.buckets.renditions.grant_list_keys(mask)
        stores.buckets.renditions.grant_put_masked(mask)

        render = self["RenderAsset"]
        stores.tables.library.grant_read(render, "Query")
        stores.buckets.originals.grant_read_versions(render, ORIGINALS_PREFIX)
        stores.buckets.renditions.grant_read(render)
        stores.buckets.renditions.grant_list_keys(render)
        stores.buckets.renditions.grant_put_masked(render)
        stores.picture_key.grant_sign(render)

        pack = self["PackAssets"]
        tables, exports = stores.tables, stores.buckets.exports
        tables.library.grant_read(pack, "GetItem", "Query")
        tables.library.grant_within(pack, "PutItem", "DISCLOSED#")
        tables.library.grant_within(pack, "UpdateItem", "PACKAGE#")
        tables.consent.grant_read(pack, "Query")
        tables.audit.grant_read(pack, "Query")
        tables.audit.grant_append(pack)
        stores.buckets.renditions.grant_read(pack)
        exports.grant_put(pack, ORDERED_PREFIX)
        exports.grant_drop(pack, ORDERED_PREFIX)
        # To give up what was left half-way.
        pack.allow("ListExportsInParts", ["s3:ListBucketMultipartUploads"], [exports.arn])
        pack.allow(
            "PartsExports",
            ["s3:AbortMultipartUpload"],
            [f"{exports.arn}/{ORDERED_PREFIX}*"],
            wildcard_reason="Packages have ids that do not exist yet when this is "
            "deployed.",
        )
        made = {Setting.MASK_ASSET_ARN: mask, Setting.RENDER_ASSET_ARN: render}
        arns = {name: each.function.function_arn for name, each in made.items()}
        for name, arn in arns.items():
            pack.function.add_environment(name, arn)
        pack.allow("InvokeFunctions", ["lambda:InvokeFunction"], list(arns.values()))
