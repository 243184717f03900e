"""What reminds the officer, and what lapses."""

from cdk.constructs.function_model import (
    FunctionSpec,
    OnSchedule,
    Setting,
    Stage,
)

from .common import BASE, EVERYWHERE

ROWS: tuple[FunctionSpec, ...] = (
    FunctionSpec(
        stage=Stage.RIGHTS,
        folder="lapse_recognition",
        does="Switches recognition off on record once its impact assessment lapsed.",
        trigger=OnSchedule(minute=25),
        reserved=1,
        layers=BASE,
        settings=EVERYWHERE
        | {
            Setting.LIBRARY_TABLE,
            Setting.CONSENT_TABLE,
            Setting.AUDIT_TABLE,
            Setting.USER_POOL_ID,
        },
        memory_mib=512,
        timeout_seconds=60,
    ),
)
