"""What somebody gets of what is theirs."""

from cdk.constructs.function_model import FunctionSpec, Layer, OnState, Setting, Stage

from .common import BASE, EVERYWHERE, PICTURE_MIB

ROWS: tuple[FunctionSpec, ...] = (
    FunctionSpec(
        stage=Stage.RIGHTS,
        folder="gather_export",
        does="Gathers all that is on record about a person, for their copy of it.",
        trigger=OnState(),
        layers=BASE | {Layer.SEALING},
        settings=EVERYWHERE
        | {
            Setting.LIBRARY_TABLE,
            Setting.CONSENT_TABLE,
            Setting.KEYS_TABLE,
            Setting.PEOPLE_KEY_ARN,
            Setting.AUDIT_TABLE,
            Setting.DOCUMENTS_BUCKET,
            Setting.EXPORTS_BUCKET,
            Setting.CONTROLLER,
            Setting.CONTROLLER_CONTACT,
        },
        memory_mib=1024,
        # Somebody can have years of entries in the audit log.
        timeout_seconds=600,
    ),
    FunctionSpec(
        stage=Stage.RIGHTS,
        folder="picture_export",
        does="Makes a person's pictures with everybody else in them covered.",
        trigger=OnState(),
        layers=BASE | {Layer.VISION},
        settings=EVERYWHERE
        | {
            Setting.LIBRARY_TABLE,
            Setting.CONSENT_TABLE,
            Setting.AUDIT_TABLE,
            Setting.RENDITIONS_BUCKET,
            Setting.EXPORTS_BUCKET,
            Setting.PIXEL_LIMIT,
        },
        memory_mib=PICTURE_MIB,
        timeout_seconds=600,
    ),
    FunctionSpec(
        stage=Stage.RIGHTS,
        folder="pack_export",
        does="Packs a person's copy into one file, and has them told of it.",
        trigger=OnState(),
        layers=BASE,
        settings=EVERYWHERE
        | {
            Setting.LIBRARY_TABLE,
            Setting.CONSENT_TABLE,
            Setting.AUDIT_TABLE,
            Setting.EXPORTS_BUCKET,
        },
        memory_mib=1024,
        # Thousands of pictures pass through it, one after the other.
        timeout_seconds=900,
    ),
)
