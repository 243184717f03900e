"""What reminds the officer, and what lapses."""

from cdk.constructs.function_model import (
    FunctionSpec,
    OnPerson,
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
    FunctionSpec(
        stage=Stage.RIGHTS,
        folder="assess_breach",
        does="Looks up whom a breach, or a drill of one, touches.",
        trigger=OnPerson(),
        reserved=2,
        layers=BASE,
        settings=EVERYWHERE
        | {
            Setting.LIBRARY_TABLE,
            Setting.CONSENT_TABLE,
            Setting.AUDIT_TABLE,
            Setting.USER_POOL_ID,
        },
        memory_mib=1024,
        # It reads what a year of the log says, or everything that lies in a store.
        timeout_seconds=900,
    ),
    FunctionSpec(
        stage=Stage.RIGHTS,
        folder="remind_officers",
        does="Reminds privacy officers each morning of what is due, or late.",
        trigger=OnSchedule(minute=35),
        reserved=1,
        layers=BASE,
        settings=EVERYWHERE
        | {Setting.LIBRARY_TABLE, Setting.CONSENT_TABLE, Setting.USER_POOL_ID},
        memory_mib=512,
        # It reads every request that waits for an answer.
        timeout_seconds=120,
    ),
)
