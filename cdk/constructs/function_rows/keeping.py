"""How long things are kept, and what follows when they end."""

from cdk.constructs.function_model import (
    FunctionSpec,
    OnExpiry,
    OnSchedule,
    OnState,
    Setting,
    Stage,
)

from .common import BASE, EVERYWHERE

_ENDING = EVERYWHERE | {
    Setting.LIBRARY_TABLE,
    Setting.CONSENT_TABLE,
    Setting.AUDIT_TABLE,
    Setting.DOCUMENTS_BUCKET,
    Setting.CLEAR_ASSET_ARN,
}

ROWS: tuple[FunctionSpec, ...] = (
    FunctionSpec(
        stage=Stage.RIGHTS,
        folder="follow_expiry",
        does="Does the rest of the job when something ended by its term.",
        trigger=OnExpiry(),
        layers=BASE,
        settings=_ENDING,
        memory_mib=512,
        timeout_seconds=60,
    ),
    FunctionSpec(
        stage=Stage.RIGHTS,
        folder="apply_retention",
        does="Goes through what is kept, counts what would end, and dates it.",
        trigger=OnState(),
        layers=BASE,
        settings=_ENDING | {Setting.BIOMETRICS_TABLE, Setting.CHECKPOINTS_BUCKET},
        memory_mib=512,
        # A run of a large library goes on from one call to the next.
        timeout_seconds=600,
    ),
    FunctionSpec(
        stage=Stage.RIGHTS,
        folder="sweep_retention",
        does="Begins the day's run over what is kept, and restarts lost ones.",
        trigger=OnSchedule(minute=55),
        reserved=1,
        layers=BASE,
        settings=EVERYWHERE | {Setting.LIBRARY_TABLE, Setting.APPLY_RETENTION_ARN},
        memory_mib=512,
        timeout_seconds=60,
    ),
)
