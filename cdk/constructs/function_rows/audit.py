"""What happened."""

from cdk.constructs.function_model import (
    FunctionSpec,
    OnSchedule,
    Setting,
    Stage,
)

from .common import BASE, EVERYWHERE

ROWS: tuple[FunctionSpec, ...] = (
    FunctionSpec(
        stage=Stage.AUDIT,
        folder="checkpoint_audit",
        does="Keeps, where nobody can change it, how far the audit log goes.",
        trigger=OnSchedule(minute=50),
        reserved=1,
        layers=BASE,
        settings=EVERYWHERE
        | {Setting.AUDIT_TABLE, Setting.LIBRARY_TABLE, Setting.CHECKPOINTS_BUCKET},
        memory_mib=512,
        # It reads what an hour added, or, after a failure, what many hours did.
        timeout_seconds=600,
    ),
)
