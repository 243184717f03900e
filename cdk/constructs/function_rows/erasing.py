"""Erasing a person or a picture."""

from cdk.constructs.function_model import FunctionSpec, Layer, OnState, Setting, Stage

from .common import BASE, EVERYWHERE, PICTURE_MIB

_ON_RECORD = EVERYWHERE | {Setting.CONSENT_TABLE}
_EVERY_STORE = _ON_RECORD | {
    Setting.LIBRARY_TABLE,
    Setting.BIOMETRICS_TABLE,
    Setting.KEYS_TABLE,
    Setting.AUDIT_TABLE,
    Setting.ORIGINALS_BUCKET,
    Setting.RENDITIONS_BUCKET,
    Setting.EXPORTS_BUCKET,
    Setting.DOCUMENTS_BUCKET,
}

ROWS: tuple[FunctionSpec, ...] = (
    FunctionSpec(
        stage=Stage.RIGHTS,
        folder="collect_traces",
        does="Looks through every store for somebody, or for a picture, to erase.",
        trigger=OnState(),
        # With the models of every kind of item come those of keys.
        layers=BASE | {Layer.SEALING},
        # It opens the name, to look where people typed it.
        settings=_EVERY_STORE | {Setting.PEOPLE_KEY_ARN},
        memory_mib=1024,
        # Somebody can be in thousands of pictures, each with its files.
        timeout_seconds=900,
    ),
    FunctionSpec(
        stage=Stage.RIGHTS,
        folder="await_confirmation",
        does="Keeps by what an officer's confirmation reaches the workflow.",
        trigger=OnState(),
        layers=BASE,
        settings=_ON_RECORD,
        memory_mib=512,
        timeout_seconds=15,
    ),
    FunctionSpec(
        stage=Stage.RIGHTS,
        folder="list_pictures",
        does="Reads the pictures of an erasure, a page at a time.",
        trigger=OnState(),
        layers=BASE,
        settings=_ON_RECORD,
        memory_mib=512,
        timeout_seconds=15,
    ),
    FunctionSpec(
        stage=Stage.RIGHTS,
        folder="tell_person",
        does="Records the last mail to somebody who is erased, and waits until it left.",
        trigger=OnState(),
        layers=BASE,
        settings=_ON_RECORD | {Setting.AUDIT_TABLE},
        memory_mib=512,
        timeout_seconds=15,
    ),
    FunctionSpec(
        stage=Stage.RIGHTS,
        folder="begin_erasure",
        does="Enters an erasure in the ledger, before anything is destroyed.",
        trigger=OnState(),
        layers=BASE,
        settings=_ON_RECORD | {Setting.AUDIT_TABLE},
        memory_mib=512,
        timeout_seconds=30,
    ),
    FunctionSpec(
        stage=Stage.RIGHTS,
        folder="destroy_keys",
        does="Destroys a person's keys and templates, and opens none of them.",
        trigger=OnState(),
        layers=BASE | {Layer.SEALING},
        settings=_ON_RECORD
        | {
            Setting.LIBRARY_TABLE,
            Setting.BIOMETRICS_TABLE,
            Setting.KEYS_TABLE,
            Setting.AUDIT_TABLE,
        },
        memory_mib=512,
        timeout_seconds=60,
    ),
    FunctionSpec(
        stage=Stage.RIGHTS,
        folder="erase_picture",
        does="Covers somebody in a picture for good, or removes the picture.",
        trigger=OnState(),
        layers=BASE | {Layer.VISION},
        settings=_ON_RECORD
        | {
            Setting.LIBRARY_TABLE,
            Setting.AUDIT_TABLE,
            Setting.ORIGINALS_BUCKET,
            Setting.RENDITIONS_BUCKET,
            Setting.EXPORTS_BUCKET,
            Setting.PIXEL_LIMIT,
            Setting.CLEAR_ASSET_ARN,
        },
        memory_mib=PICTURE_MIB,
        timeout_seconds=300,
    ),
    FunctionSpec(
        stage=Stage.RIGHTS,
        folder="erase_register",
        does="Removes what is on record about a person, and stops what waits for them.",
        trigger=OnState(),
        layers=BASE,
        settings=_ON_RECORD
        | {
            Setting.LIBRARY_TABLE,
            Setting.AUDIT_TABLE,
            Setting.EXPORTS_BUCKET,
            Setting.DOCUMENTS_BUCKET,
            Setting.MILESTONES_GROUP,
            Setting.MILESTONE_DAYS,
        },
        memory_mib=1024,
        timeout_seconds=900,
    ),
    FunctionSpec(
        stage=Stage.RIGHTS,
        folder="verify_erasure",
        does="Looks again in every store, and writes a receipt for each.",
        trigger=OnState(),
        layers=BASE | {Layer.SEALING},
        settings=_EVERY_STORE,
        memory_mib=1024,
        # It reads the two large tables from end to end.
        timeout_seconds=900,
    ),
)
