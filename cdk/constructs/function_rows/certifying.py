"""Proving that something was erased."""

from cdk.constructs.function_model import (
    FunctionSpec,
    Layer,
    OnState,
    Setting,
    Stage,
)

from .common import BASE, EVERYWHERE

ROWS: tuple[FunctionSpec, ...] = (
    FunctionSpec(
        stage=Stage.RIGHTS,
        folder="certify_erasure",
        does="Notes that an erasure is over, and signs what every store says of it.",
        trigger=OnState(),
        layers=BASE | {Layer.MAIL},
        settings=EVERYWHERE
        | {
            Setting.LIBRARY_TABLE,
            Setting.CONSENT_TABLE,
            Setting.AUDIT_TABLE,
            Setting.DOCUMENTS_BUCKET,
            Setting.CERTIFICATE_KEY_ARN,
            Setting.CONTROLLER,
        },
        memory_mib=1024,
        timeout_seconds=60,
    ),
)
