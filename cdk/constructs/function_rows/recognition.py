"""Finding faces, and what acts under a permit."""

from cdk.constructs.function_model import (
    FunctionSpec,
    Layer,
    OnPerson,
    OnQueue,
    OnState,
    QueueName,
    Setting,
    Stage,
)

from .common import (
    BASE,
    EVERYWHERE,
    PICTURE_MIB,
    RECOGNISING_LAYERS,
    RECOGNISING_SETTINGS,
)

ROWS: tuple[FunctionSpec, ...] = (
    FunctionSpec(
        stage=Stage.RECOGNITION,
        folder="detect_faces",
        does="Finds boxes and landmarks of faces; computes nothing biometric.",
        trigger=OnQueue(QueueName.DETECTIONS, at_once=2),
        layers=BASE | {Layer.VISION, Layer.OPENCV},
        settings=EVERYWHERE
        | {
            Setting.LIBRARY_TABLE,
            Setting.AUDIT_TABLE,
            Setting.ORIGINALS_BUCKET,
            Setting.RENDITIONS_BUCKET,
            Setting.CLEAR_ASSET_ARN,
            Setting.MODELS_DIR,
            Setting.PIXEL_LIMIT,
        },
        memory_mib=PICTURE_MIB,
        timeout_seconds=120,
    ),
    FunctionSpec(
        stage=Stage.RECOGNITION,
        folder="suggest_people",
        does="Compares faces with the templates a permit names; keeps suggestions only.",
        trigger=OnState(),
        layers=RECOGNISING_LAYERS,
        settings=RECOGNISING_SETTINGS,
        memory_mib=PICTURE_MIB,
        timeout_seconds=60,
    ),
    FunctionSpec(
        stage=Stage.RECOGNITION,
        folder="relook_pictures",
        does="Looks at pictures again for who enrolled; keeps suggestions only.",
        trigger=OnState(),
        layers=RECOGNISING_LAYERS,
        settings=RECOGNISING_SETTINGS,
        memory_mib=PICTURE_MIB,
        timeout_seconds=300,
    ),
    FunctionSpec(
        stage=Stage.RECOGNITION,
        folder="enrol_person",
        does="Makes the template of one person who gave biometric consent.",
        trigger=OnPerson(),
        layers=RECOGNISING_LAYERS,
        settings=RECOGNISING_SETTINGS,
        memory_mib=PICTURE_MIB,
        timeout_seconds=30,
    ),
    FunctionSpec(
        stage=Stage.RECOGNITION,
        folder="renew_templates",
        does="Turns stored templates by another secret, and destroys the one before.",
        trigger=OnPerson(),
        layers=RECOGNISING_LAYERS,
        settings=EVERYWHERE
        | {
            Setting.CONSENT_TABLE,
            Setting.BIOMETRICS_TABLE,
            Setting.BIOMETRICS_KEY_ARN,
            Setting.AUDIT_TABLE,
        },
        memory_mib=1024,
        # It stops by itself after forty seconds, and a page is a hundred people.
        timeout_seconds=120,
    ),
)
