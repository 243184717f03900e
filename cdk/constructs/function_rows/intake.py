"""From the upload to the record."""

from cdk.constructs.function_model import (
    FunctionSpec,
    Layer,
    OnQueue,
    OnSchedule,
    QueueName,
    Setting,
    Stage,
)

from .common import ANY_FORMAT_MIB, BASE, EVERYWHERE

ROWS: tuple[FunctionSpec, ...] = (
    FunctionSpec(
        stage=Stage.INTAKE,
        folder="receive_upload",
        does="Checks and renders an uploaded original, and drops its GPS position.",
        trigger=OnQueue(QueueName.UPLOADS, at_once=2),
        layers=BASE | {Layer.VISION, Layer.FORMATS, Layer.DOCUMENTS},
        settings=EVERYWHERE
        | {
            Setting.LIBRARY_TABLE,
            Setting.AUDIT_TABLE,
            Setting.ORIGINALS_BUCKET,
            Setting.RENDITIONS_BUCKET,
            Setting.DETECTIONS_QUEUE_URL,
            Setting.PIXEL_LIMIT,
        },
        memory_mib=ANY_FORMAT_MIB,
        timeout_seconds=60,
    ),
    FunctionSpec(
        stage=Stage.INTAKE,
        folder="reconcile_uploads",
        does="Finds uploads that an event forgot, and work that stopped half-way.",
        trigger=OnSchedule(minute=35),
        reserved=1,
        layers=BASE,
        settings=EVERYWHERE
        | {
            Setting.LIBRARY_TABLE,
            Setting.AUDIT_TABLE,
            Setting.ORIGINALS_BUCKET,
            Setting.UPLOADS_QUEUE_URL,
            Setting.DETECTIONS_QUEUE_URL,
            Setting.CLEAR_ASSET_ARN,
        },
        memory_mib=512,
        timeout_seconds=30,
    ),
)
