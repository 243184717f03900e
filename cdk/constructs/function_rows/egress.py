"""What leaves, and as what."""

from cdk.constructs.function_model import (
    FunctionSpec,
    Layer,
    OnPerson,
    Setting,
    Stage,
)

from .commands import DOWNLOAD_ASSET
from .common import ANY_FORMAT_MIB, BASE, EVERYWHERE, PICTURE_MIB

ROWS: tuple[FunctionSpec, ...] = (
    FunctionSpec(
        stage=Stage.EGRESS,
        folder="mask_asset",
        does="Covers the faces that may not be seen, in the version that leaves.",
        trigger=OnPerson(),
        layers=BASE | {Layer.VISION},
        settings=EVERYWHERE
        | {Setting.LIBRARY_TABLE, Setting.RENDITIONS_BUCKET, Setting.PIXEL_LIMIT},
        memory_mib=PICTURE_MIB,
        # Somebody waits for it behind an API that waits twenty-nine seconds.
        timeout_seconds=25,
    ),
    FunctionSpec(
        stage=Stage.EGRESS,
        folder="render_asset",
        does="Makes the version of a picture that leaves for a channel.",
        trigger=OnPerson(),
        layers=BASE | {Layer.VISION, Layer.FORMATS, Layer.SEALING},
        settings=EVERYWHERE
        | {
            Setting.LIBRARY_TABLE,
            Setting.ORIGINALS_BUCKET,
            Setting.RENDITIONS_BUCKET,
            Setting.SITE_URL,
            Setting.CONTROLLER,
            Setting.PICTURE_KEY_ARN,
            Setting.PIXEL_LIMIT,
        },
        memory_mib=ANY_FORMAT_MIB,
        # Somebody waits for it behind an API that waits twenty-nine seconds.
        timeout_seconds=25,
    ),
    FunctionSpec(
        stage=Stage.EGRESS,
        folder="pack_assets",
        does="Puts the pictures that somebody ordered into one file, each decided on.",
        trigger=OnPerson(),
        layers=BASE,
        settings=EVERYWHERE
        | {
            Setting.LIBRARY_TABLE,
            Setting.CONSENT_TABLE,
            Setting.AUDIT_TABLE,
            Setting.RENDITIONS_BUCKET,
            Setting.EXPORTS_BUCKET,
            Setting.MASK_ASSET_ARN,
            Setting.RENDER_ASSET_ARN,
        },
        memory_mib=1024,
        # A hundred versions are made for it, one after the other.
        timeout_seconds=900,
        runs=(DOWNLOAD_ASSET,),
    ),
)
