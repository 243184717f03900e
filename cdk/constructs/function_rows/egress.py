"""What leaves, and as what."""

from cdk.constructs.function_model import (
    FunctionSpec,
    Layer,
    OnPerson,
    Setting,
    Stage,
)

from .common import BASE, EVERYWHERE, PICTURE_MIB

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
)
