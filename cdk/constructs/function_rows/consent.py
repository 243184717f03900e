"""The life of a consent."""

from cdk.constructs.function_model import (
    FunctionSpec,
    Layer,
    OnMilestone,
    OnQueue,
    OnSchedule,
    OnState,
    OnStream,
    QueueName,
    Setting,
    Stage,
)

from .common import BASE, CONSENT_WORKFLOWS, EVERYWHERE

ROWS: tuple[FunctionSpec, ...] = (
    FunctionSpec(
        stage=Stage.CONSENT,
        folder="follow_register",
        does="Starts what follows each fact of the register, and hands its mails on.",
        trigger=OnStream(),
        layers=BASE,
        settings=EVERYWHERE | CONSENT_WORKFLOWS | {Setting.MAILS_QUEUE_URL},
        memory_mib=512,
        timeout_seconds=60,
    ),
    FunctionSpec(
        stage=Stage.CONSENT,
        folder="ask_person",
        does="Records the mail that asks or reminds, and by what its answer is told.",
        trigger=OnState(),
        layers=BASE,
        settings=EVERYWHERE | {Setting.CONSENT_TABLE, Setting.AUDIT_TABLE},
        memory_mib=512,
        timeout_seconds=15,
    ),
    FunctionSpec(
        stage=Stage.CONSENT,
        folder="lapse_request",
        does="Ends a request that nobody answered.",
        trigger=OnState(),
        layers=BASE,
        settings=EVERYWHERE | {Setting.CONSENT_TABLE, Setting.AUDIT_TABLE},
        memory_mib=512,
        timeout_seconds=15,
    ),
    FunctionSpec(
        stage=Stage.CONSENT,
        folder="answer_request",
        does="Tells the workflow that waits for an answer that there is one.",
        trigger=OnState(),
        layers=BASE,
        settings=EVERYWHERE | {Setting.CONSENT_TABLE},
        memory_mib=512,
        timeout_seconds=15,
    ),
    FunctionSpec(
        stage=Stage.CONSENT,
        folder="plan_milestones",
        does="Plans the moments at which somebody is told about what they signed.",
        trigger=OnState(),
        layers=BASE,
        settings=EVERYWHERE
        | {
            Setting.CONSENT_TABLE,
            Setting.MILESTONES_GROUP,
            Setting.MILESTONES_ROLE_ARN,
            Setting.REACH_MILESTONE_ARN,
            Setting.SCHEDULES_DEAD_ARN,
            Setting.MILESTONE_DAYS,
        },
        memory_mib=512,
        timeout_seconds=60,
    ),
    FunctionSpec(
        stage=Stage.CONSENT,
        folder="reach_milestone",
        does="Records the mail of each milestone of a person that is due.",
        trigger=OnMilestone(),
        layers=BASE,
        settings=EVERYWHERE
        | {Setting.CONSENT_TABLE, Setting.AUDIT_TABLE, Setting.MILESTONE_DAYS},
        memory_mib=512,
        timeout_seconds=30,
    ),
    FunctionSpec(
        stage=Stage.CONSENT,
        folder="destroy_template",
        does="Destroys a face's measurements that no consent carries; opens none.",
        trigger=OnState(),
        # With the models of the rows come those of keys.
        layers=BASE | {Layer.SEALING},
        settings=EVERYWHERE
        | {Setting.CONSENT_TABLE, Setting.BIOMETRICS_TABLE, Setting.AUDIT_TABLE},
        memory_mib=512,
        timeout_seconds=30,
    ),
    FunctionSpec(
        stage=Stage.CONSENT,
        folder="redecide_pictures",
        does="Has a page of a person's pictures decided on anew.",
        trigger=OnState(),
        layers=BASE,
        settings=EVERYWHERE | {Setting.LIBRARY_TABLE, Setting.CLEAR_ASSET_ARN},
        memory_mib=512,
        timeout_seconds=60,
    ),
    FunctionSpec(
        stage=Stage.CONSENT,
        folder="tell_recipients",
        does="Calls a picture back from who received it and may not use it any more.",
        trigger=OnState(),
        layers=BASE,
        settings=EVERYWHERE
        | {Setting.LIBRARY_TABLE, Setting.CONSENT_TABLE, Setting.AUDIT_TABLE},
        memory_mib=512,
        timeout_seconds=120,
    ),
    FunctionSpec(
        stage=Stage.CONSENT,
        folder="remind_recipients",
        does="Follows each recall until the copies are gone: reminds, or tells of it.",
        trigger=OnSchedule(minute=40),
        reserved=1,
        layers=BASE,
        settings=EVERYWHERE
        | {Setting.LIBRARY_TABLE, Setting.CONSENT_TABLE, Setting.AUDIT_TABLE},
        memory_mib=512,
        # It decides on the picture of every recall that is due.
        timeout_seconds=600,
    ),
    FunctionSpec(
        stage=Stage.CONSENT,
        folder="deliver_mail",
        does="Composes a mail that is on record, with its link, and hands it to SES.",
        # SES lets a young account send one mail a second.
        trigger=OnQueue(QueueName.MAILS, at_once=2),
        layers=BASE | {Layer.SEALING, Layer.MAIL},
        settings=EVERYWHERE
        | {
            Setting.CONSENT_TABLE,
            Setting.KEYS_TABLE,
            Setting.PEOPLE_KEY_ARN,
            Setting.AUDIT_TABLE,
            Setting.DOCUMENTS_BUCKET,
            Setting.USER_POOL_ID,
            Setting.SITE_URL,
            Setting.CONTROLLER,
            Setting.MAIL_FROM,
            Setting.MAIL_CONFIGURATION_SET,
            Setting.MAIL_LANGUAGE,
            Setting.MAILS_DIR,
        },
        memory_mib=1024,
        timeout_seconds=60,
    ),
    FunctionSpec(
        stage=Stage.CONSENT,
        folder="note_delivery",
        does="Notes what came of a mail that was sent, and marks addresses that fail.",
        trigger=OnQueue(QueueName.DELIVERIES, at_once=2),
        layers=BASE,
        settings=EVERYWHERE | {Setting.CONSENT_TABLE, Setting.AUDIT_TABLE},
        memory_mib=512,
        timeout_seconds=15,
    ),
    FunctionSpec(
        stage=Stage.CONSENT,
        folder="sweep_consents",
        does="Finds milestones, mails, requests and facts that something forgot.",
        trigger=OnSchedule(minute=20),
        reserved=1,
        layers=BASE,
        settings=EVERYWHERE
        | CONSENT_WORKFLOWS
        | {
            Setting.LIBRARY_TABLE,
            Setting.CONSENT_TABLE,
            Setting.AUDIT_TABLE,
            Setting.MAILS_QUEUE_URL,
            Setting.MILESTONE_DAYS,
        },
        memory_mib=512,
        # It reads everybody who had a milestone in the last month.
        timeout_seconds=600,
    ),
)
