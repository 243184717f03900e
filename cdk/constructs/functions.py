"""Every function of Beeldrecht in one table; tests, documents and checks read it too.

Plain data without CDK, so that a tool can import it without starting Node.
"""

from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    """A stage of a picture's life: one folder below `functions/`."""

    INTAKE = "intake"
    RECOGNITION = "recognition"
    CLEARANCE = "clearance"
    CONSENT = "consent"
    EGRESS = "egress"
    API = "api"
    AUDIT = "audit"


class Layer(StrEnum):
    """A layer: one folder below `build/layers/`, mounted at `/opt`."""

    CORE = "core"
    DEPS = "deps"
    VISION = "vision"
    OPENCV = "opencv"
    RECOGNITION = "recognition"
    FORMATS = "formats"
    SEALING = "sealing"
    CODES = "codes"
    MAIL = "mail"
    SITE = "site"


class Setting(StrEnum):
    """The name of an environment variable whose value the deployment decides."""

    LIBRARY_TABLE = "LIBRARY_TABLE"
    CONSENT_TABLE = "CONSENT_TABLE"
    BIOMETRICS_TABLE = "BIOMETRICS_TABLE"
    KEYS_TABLE = "KEYS_TABLE"
    LIMITS_TABLE = "LIMITS_TABLE"
    AUDIT_TABLE = "AUDIT_TABLE"
    ORIGINALS_BUCKET = "ORIGINALS_BUCKET"
    RENDITIONS_BUCKET = "RENDITIONS_BUCKET"
    EXPORTS_BUCKET = "EXPORTS_BUCKET"
    CHECKPOINTS_BUCKET = "CHECKPOINTS_BUCKET"
    DOCUMENTS_BUCKET = "DOCUMENTS_BUCKET"
    UPLOADS_QUEUE_URL = "UPLOADS_QUEUE_URL"
    DETECTIONS_QUEUE_URL = "DETECTIONS_QUEUE_URL"
    MAILS_QUEUE_URL = "MAILS_QUEUE_URL"
    MAILS_DIR = "MAILS_DIR"
    MAIL_FROM = "MAIL_FROM"
    MAIL_CONFIGURATION_SET = "MAIL_CONFIGURATION_SET"
    MAIL_LANGUAGE = "MAIL_LANGUAGE"
    CLEAR_ASSET_ARN = "CLEAR_ASSET_ARN"
    REQUEST_CONSENT_ARN = "REQUEST_CONSENT_ARN"
    RENEW_CONSENT_ARN = "RENEW_CONSENT_ARN"
    WITHDRAW_CONSENT_ARN = "WITHDRAW_CONSENT_ARN"
    MILESTONES_GROUP = "MILESTONES_GROUP"
    MILESTONES_ROLE_ARN = "MILESTONES_ROLE_ARN"
    REACH_MILESTONE_ARN = "REACH_MILESTONE_ARN"
    SCHEDULES_DEAD_ARN = "SCHEDULES_DEAD_ARN"
    BIOMETRICS_KEY_ARN = "BIOMETRICS_KEY_ARN"
    PEOPLE_KEY_ARN = "PEOPLE_KEY_ARN"
    ENROL_PERSON_ARN = "ENROL_PERSON_ARN"
    SITE_URL = "SITE_URL"
    USER_POOL_ID = "USER_POOL_ID"
    CLI_CLIENT_ID = "CLI_CLIENT_ID"
    WEB_CLIENT_ID = "WEB_CLIENT_ID"
    ISSUER = "ISSUER"
    SIGN_IN_URL = "SIGN_IN_URL"
    PICTURES_URL = "PICTURES_URL"
    MODELS_DIR = "MODELS_DIR"
    SITE_DIR = "SITE_DIR"
    PIXEL_LIMIT = "PIXEL_LIMIT"
    TIMEZONE = "TIMEZONE"
    FOUR_EYES = "FOUR_EYES"
    PUBLIC_BODY = "PUBLIC_BODY"
    AGES_OF_CONSENT = "AGES_OF_CONSENT"
    MILESTONE_DAYS = "MILESTONE_DAYS"
    CONTROLLER = "CONTROLLER"
    CONTROLLER_CONTACT = "CONTROLLER_CONTACT"
    POWERTOOLS_SERVICE_NAME = "POWERTOOLS_SERVICE_NAME"
    POWERTOOLS_METRICS_NAMESPACE = "POWERTOOLS_METRICS_NAMESPACE"
    LOG_LEVEL = "LOG_LEVEL"


class QueueName(StrEnum):
    """A work queue; each has a `…-dead` queue beside it."""

    UPLOADS = "uploads"
    DETECTIONS = "detections"
    MAILS = "mails"
    DELIVERIES = "deliveries"


@dataclass(frozen=True, slots=True)
class OnQueue:
    """Started by messages; `at_once` bounds how many run side by side.

    A new AWS account may run ten functions at once in all. Reserved concurrency would
    take from those ten for good, so each queue is held back at its event source instead.
    """

    queue: QueueName
    at_once: int


@dataclass(frozen=True, slots=True)
class OnSchedule:
    """Started by the clock, at `minute` past every hour of Amsterdam."""

    minute: int


@dataclass(frozen=True, slots=True)
class OnState:
    """Started by a state of a workflow."""


@dataclass(frozen=True, slots=True)
class OnStream:
    """Started by what is new in the consent table, in the order in which it was put."""


@dataclass(frozen=True, slots=True)
class OnMilestone:
    """Started by one-off schedules, each planned for one moment of what was signed."""


@dataclass(frozen=True, slots=True)
class OnPerson:
    """Called by its name, by a function that answers a person, and by no route itself."""


@dataclass(frozen=True, slots=True)
class OnRequest:
    """Started by requests for these routes of the HTTP API (`GET /v1/users`).

    `signed_in` routes are reached with an access token of the user pool alone: the API
    refuses every other request before a function runs.
    """

    routes: tuple[str, ...]
    signed_in: bool


Trigger = OnQueue | OnSchedule | OnState | OnStream | OnMilestone | OnPerson | OnRequest


@dataclass(frozen=True, slots=True)
class CommandSpec:
    """A step that a person asks for; it runs inside the function that lists it.

    Its folder holds `step.py` and `event.json` and no handler: a function of its own
    would cost the person a second cold start.
    """

    stage: Stage
    folder: str
    does: str


@dataclass(frozen=True, slots=True)
class FunctionSpec:
    """What one function is, carries, may read of its surroundings, and is started by."""

    stage: Stage
    folder: str
    does: str
    trigger: Trigger
    layers: frozenset[Layer]
    settings: frozenset[Setting]
    memory_mib: int
    timeout_seconds: int
    reserved: int = 10
    """How many may run at once where the deployment reserves concurrency."""
    runs: tuple[CommandSpec, ...] = ()
    """The commands whose folders it carries beside its own."""

    @property
    def construct(self) -> str:
        """Its one name as a construct and a state (`check_consent`: `CheckConsent`)."""
        return "".join(word.capitalize() for word in self.folder.split("_"))

    @property
    def handler(self) -> str:
        """The dotted path of its handler, the same in Lambda and in tests."""
        return f"{self.stage}.{self.folder}.handler.handler"

    @property
    def placeholder(self) -> str:
        """The name that stands for its ARN in a state machine definition."""
        return f"{self.construct}FunctionArn"

    @property
    def handles_biometrics(self) -> bool:
        """Whether it may reach templates; every other role is denied them by name."""
        return Setting.BIOMETRICS_TABLE in self.settings

    @property
    def opens_names(self) -> bool:
        """Whether it may open people's names; every other role is denied them by name."""
        return Setting.KEYS_TABLE in self.settings

    @property
    def keeps_checkpoints(self) -> bool:
        """Whether it may put checkpoints; every other role is denied that by name."""
        return Setting.CHECKPOINTS_BUCKET in self.settings


_BASE = frozenset({Layer.CORE, Layer.DEPS})
_EVERYWHERE = frozenset(
    {
        Setting.POWERTOOLS_SERVICE_NAME,
        Setting.POWERTOOLS_METRICS_NAMESPACE,
        Setting.LOG_LEVEL,
        Setting.TIMEZONE,
    }
)

_CONSENT_WORKFLOWS = frozenset(
    {
        Setting.REQUEST_CONSENT_ARN,
        Setting.RENEW_CONSENT_ARN,
        Setting.WITHDRAW_CONSENT_ARN,
    }
)

# What the two functions that act under a permit carry and are told, and no other is.
_RECOGNISING_LAYERS = _BASE | {Layer.VISION, Layer.RECOGNITION, Layer.SEALING}
_RECOGNISING_SETTINGS = _EVERYWHERE | {
    Setting.LIBRARY_TABLE,
    Setting.CONSENT_TABLE,
    Setting.BIOMETRICS_TABLE,
    Setting.BIOMETRICS_KEY_ARN,
    Setting.AUDIT_TABLE,
    Setting.ORIGINALS_BUCKET,
    Setting.RENDITIONS_BUCKET,
    Setting.MODELS_DIR,
    Setting.PIXEL_LIMIT,
}

# Lambda gives a whole core from 1,769 MiB on, and decoding and both models are bound by
# that core: less memory costs the same money and only takes longer. Measured at 200
# megapixels: 1,230 MiB to find faces in a JPEG; 86 to receive it, but 2,270 to receive a
# PNG with alpha. 3,008 is what a new account may have at most.
_PICTURE_MIB = 2048
_ANY_FORMAT_MIB = 3008
PIXEL_LIMIT = 200_000_000


# The steps that have no function of their own.
REQUEST_UPLOAD = CommandSpec(
    Stage.INTAKE, "request_upload", "Gives out leave to send one new asset's bytes."
)
COMPLETE_UPLOAD = CommandSpec(
    Stage.INTAKE, "complete_upload", "Puts the parts of a large file together."
)
CONFIRM_APPEARANCE = CommandSpec(
    Stage.CLEARANCE,
    "confirm_appearance",
    "Records who a person says is in the picture.",
)
RELEASE_ASSET = CommandSpec(
    Stage.CLEARANCE, "release_asset", "Releases a ready asset on a person's word."
)
DOWNLOAD_ASSET = CommandSpec(
    Stage.EGRESS,
    "download_asset",
    "Decides whether a picture may leave for one use, and signs its address.",
)
VIEW_ASSET = CommandSpec(
    Stage.EGRESS, "view_asset", "Signs the address at which staff look at a picture."
)
COMMANDS: tuple[CommandSpec, ...] = (
    REQUEST_UPLOAD,
    COMPLETE_UPLOAD,
    CONFIRM_APPEARANCE,
    RELEASE_ASSET,
    DOWNLOAD_ASSET,
    VIEW_ASSET,
)


FUNCTIONS: tuple[FunctionSpec, ...] = (
    FunctionSpec(
        stage=Stage.INTAKE,
        folder="receive_upload",
        does="Checks and renders an uploaded original, and drops its GPS position.",
        trigger=OnQueue(QueueName.UPLOADS, at_once=2),
        layers=_BASE | {Layer.VISION, Layer.FORMATS},
        settings=_EVERYWHERE
        | {
            Setting.LIBRARY_TABLE,
            Setting.AUDIT_TABLE,
            Setting.ORIGINALS_BUCKET,
            Setting.RENDITIONS_BUCKET,
            Setting.DETECTIONS_QUEUE_URL,
            Setting.PIXEL_LIMIT,
        },
        memory_mib=_ANY_FORMAT_MIB,
        timeout_seconds=60,
    ),
    FunctionSpec(
        stage=Stage.INTAKE,
        folder="reconcile_uploads",
        does="Finds uploads that an event forgot, and work that stopped half-way.",
        trigger=OnSchedule(minute=35),
        reserved=1,
        layers=_BASE,
        settings=_EVERYWHERE
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
    FunctionSpec(
        stage=Stage.RECOGNITION,
        folder="detect_faces",
        does="Finds boxes and landmarks of faces; computes nothing biometric.",
        trigger=OnQueue(QueueName.DETECTIONS, at_once=2),
        layers=_BASE | {Layer.VISION, Layer.OPENCV},
        settings=_EVERYWHERE
        | {
            Setting.LIBRARY_TABLE,
            Setting.AUDIT_TABLE,
            Setting.ORIGINALS_BUCKET,
            Setting.RENDITIONS_BUCKET,
            Setting.CLEAR_ASSET_ARN,
            Setting.MODELS_DIR,
            Setting.PIXEL_LIMIT,
        },
        memory_mib=_PICTURE_MIB,
        timeout_seconds=120,
    ),
    FunctionSpec(
        stage=Stage.RECOGNITION,
        folder="suggest_people",
        does="Compares faces with the templates a permit names; keeps suggestions only.",
        trigger=OnState(),
        layers=_RECOGNISING_LAYERS,
        settings=_RECOGNISING_SETTINGS,
        memory_mib=_PICTURE_MIB,
        timeout_seconds=60,
    ),
    FunctionSpec(
        stage=Stage.RECOGNITION,
        folder="enrol_person",
        does="Makes the template of one person who gave biometric consent.",
        trigger=OnPerson(),
        layers=_RECOGNISING_LAYERS,
        settings=_RECOGNISING_SETTINGS,
        memory_mib=_PICTURE_MIB,
        timeout_seconds=30,
    ),
    FunctionSpec(
        stage=Stage.CLEARANCE,
        folder="check_permit",
        does="Says whether a live permit lets this asset be compared with anybody.",
        trigger=OnState(),
        layers=_BASE,
        settings=_EVERYWHERE | {Setting.LIBRARY_TABLE, Setting.CONSENT_TABLE},
        memory_mib=512,
        timeout_seconds=10,
    ),
    FunctionSpec(
        stage=Stage.CLEARANCE,
        folder="check_consent",
        does="Decides anew what the consent of everybody in this asset allows.",
        trigger=OnState(),
        layers=_BASE,
        settings=_EVERYWHERE
        | {Setting.LIBRARY_TABLE, Setting.CONSENT_TABLE, Setting.AUDIT_TABLE},
        memory_mib=512,
        timeout_seconds=15,
    ),
    FunctionSpec(
        stage=Stage.CLEARANCE,
        folder="sweep_decisions",
        does="Has every asset decided anew whose decision may have aged.",
        # Five past each hour holds Amsterdam's 00:05, when grants end, on every day of
        # the year; the other hours catch what that one missed.
        trigger=OnSchedule(minute=5),
        reserved=1,
        layers=_BASE,
        settings=_EVERYWHERE | {Setting.LIBRARY_TABLE, Setting.CLEAR_ASSET_ARN},
        memory_mib=512,
        timeout_seconds=30,
    ),
    FunctionSpec(
        stage=Stage.CONSENT,
        folder="follow_register",
        does="Starts what follows each fact of the register, and hands its mails on.",
        trigger=OnStream(),
        layers=_BASE,
        settings=_EVERYWHERE | _CONSENT_WORKFLOWS | {Setting.MAILS_QUEUE_URL},
        memory_mib=512,
        timeout_seconds=60,
    ),
    FunctionSpec(
        stage=Stage.CONSENT,
        folder="ask_person",
        does="Records the mail that asks or reminds, and by what its answer is told.",
        trigger=OnState(),
        layers=_BASE,
        settings=_EVERYWHERE | {Setting.CONSENT_TABLE, Setting.AUDIT_TABLE},
        memory_mib=512,
        timeout_seconds=15,
    ),
    FunctionSpec(
        stage=Stage.CONSENT,
        folder="lapse_request",
        does="Ends a request that nobody answered.",
        trigger=OnState(),
        layers=_BASE,
        settings=_EVERYWHERE | {Setting.CONSENT_TABLE, Setting.AUDIT_TABLE},
        memory_mib=512,
        timeout_seconds=15,
    ),
    FunctionSpec(
        stage=Stage.CONSENT,
        folder="answer_request",
        does="Tells the workflow that waits for an answer that there is one.",
        trigger=OnState(),
        layers=_BASE,
        settings=_EVERYWHERE | {Setting.CONSENT_TABLE},
        memory_mib=512,
        timeout_seconds=15,
    ),
    FunctionSpec(
        stage=Stage.CONSENT,
        folder="plan_milestones",
        does="Plans the moments at which somebody is told about what they signed.",
        trigger=OnState(),
        layers=_BASE,
        settings=_EVERYWHERE
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
        layers=_BASE,
        settings=_EVERYWHERE
        | {Setting.CONSENT_TABLE, Setting.AUDIT_TABLE, Setting.MILESTONE_DAYS},
        memory_mib=512,
        timeout_seconds=30,
    ),
    FunctionSpec(
        stage=Stage.CONSENT,
        folder="redecide_pictures",
        does="Has a page of a person's pictures decided on anew.",
        trigger=OnState(),
        layers=_BASE,
        settings=_EVERYWHERE | {Setting.LIBRARY_TABLE, Setting.CLEAR_ASSET_ARN},
        memory_mib=512,
        timeout_seconds=60,
    ),
    FunctionSpec(
        stage=Stage.CONSENT,
        folder="tell_recipients",
        does="Records a mail to who received a picture that may not be used any more.",
        trigger=OnState(),
        layers=_BASE,
        settings=_EVERYWHERE
        | {Setting.LIBRARY_TABLE, Setting.CONSENT_TABLE, Setting.AUDIT_TABLE},
        memory_mib=512,
        timeout_seconds=120,
    ),
    FunctionSpec(
        stage=Stage.CONSENT,
        folder="deliver_mail",
        does="Composes a mail that is on record, with its link, and hands it to SES.",
        # SES lets a young account send one mail a second.
        trigger=OnQueue(QueueName.MAILS, at_once=2),
        layers=_BASE | {Layer.SEALING, Layer.MAIL},
        settings=_EVERYWHERE
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
        layers=_BASE,
        settings=_EVERYWHERE | {Setting.CONSENT_TABLE, Setting.AUDIT_TABLE},
        memory_mib=512,
        timeout_seconds=15,
    ),
    FunctionSpec(
        stage=Stage.CONSENT,
        folder="sweep_consents",
        does="Finds milestones, mails, requests and facts that something forgot.",
        trigger=OnSchedule(minute=20),
        reserved=1,
        layers=_BASE,
        settings=_EVERYWHERE
        | _CONSENT_WORKFLOWS
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
    FunctionSpec(
        stage=Stage.API,
        folder="staff_api",
        does="Answers everybody who signed in: reads, asks the policy, runs commands.",
        trigger=OnRequest(("ANY /v1/{proxy+}",), signed_in=True),
        layers=_BASE | {Layer.SEALING, Layer.CODES},
        settings=_EVERYWHERE
        | {
            Setting.LIBRARY_TABLE,
            Setting.CONSENT_TABLE,
            Setting.KEYS_TABLE,
            Setting.PEOPLE_KEY_ARN,
            Setting.AUDIT_TABLE,
            Setting.ORIGINALS_BUCKET,
            Setting.RENDITIONS_BUCKET,
            Setting.DOCUMENTS_BUCKET,
            Setting.UPLOADS_QUEUE_URL,
            Setting.CLEAR_ASSET_ARN,
            Setting.ENROL_PERSON_ARN,
            Setting.SITE_URL,
            Setting.FOUR_EYES,
            Setting.PUBLIC_BODY,
            Setting.AGES_OF_CONSENT,
            Setting.CONTROLLER,
            Setting.CONTROLLER_CONTACT,
        },
        # A whole core: a person waits for its cold start, which is bound by that.
        memory_mib=1769,
        # API Gateway waits thirty seconds and no longer.
        timeout_seconds=29,
        runs=COMMANDS,
    ),
    FunctionSpec(
        stage=Stage.API,
        folder="user_api",
        does="Invites, appoints, disables and enables the users of this deployment.",
        trigger=OnRequest(
            ("GET /v1/users", "POST /v1/users", "ANY /v1/users/{proxy+}"),
            signed_in=True,
        ),
        layers=_BASE,
        settings=_EVERYWHERE
        | {Setting.USER_POOL_ID, Setting.LIBRARY_TABLE, Setting.AUDIT_TABLE},
        # A whole core, for the cold start alone: it is seldom asked.
        memory_mib=1769,
        timeout_seconds=29,
    ),
    FunctionSpec(
        stage=Stage.API,
        folder="subject_api",
        does="Asks, shows and takes back what is theirs, for who holds a link.",
        trigger=OnRequest(("POST /subject/{proxy+}",), signed_in=False),
        layers=_BASE | {Layer.SEALING},
        settings=_EVERYWHERE
        | {
            Setting.LIBRARY_TABLE,
            Setting.CONSENT_TABLE,
            Setting.KEYS_TABLE,
            Setting.PEOPLE_KEY_ARN,
            Setting.LIMITS_TABLE,
            Setting.AUDIT_TABLE,
            Setting.RENDITIONS_BUCKET,
            Setting.DOCUMENTS_BUCKET,
            Setting.SITE_URL,
            Setting.AGES_OF_CONSENT,
        },
        memory_mib=1769,
        timeout_seconds=15,
    ),
    FunctionSpec(
        stage=Stage.API,
        folder="serve_site",
        does="Serves the static site from inside the Region; there is no edge cache.",
        trigger=OnRequest(("GET /", "GET /{proxy+}"), signed_in=False),
        layers=_BASE | {Layer.SITE},
        settings=_EVERYWHERE
        | {
            Setting.SITE_DIR,
            Setting.ISSUER,
            Setting.CLI_CLIENT_ID,
            Setting.WEB_CLIENT_ID,
            Setting.SIGN_IN_URL,
            Setting.PICTURES_URL,
            Setting.ORIGINALS_BUCKET,
            Setting.RENDITIONS_BUCKET,
            Setting.EXPORTS_BUCKET,
        },
        memory_mib=512,
        timeout_seconds=10,
    ),
    FunctionSpec(
        stage=Stage.AUDIT,
        folder="checkpoint_audit",
        does="Keeps, where nobody can change it, how far the audit log goes.",
        trigger=OnSchedule(minute=50),
        reserved=1,
        layers=_BASE,
        settings=_EVERYWHERE | {Setting.AUDIT_TABLE, Setting.CHECKPOINTS_BUCKET},
        memory_mib=512,
        # It reads what an hour added, or, after a failure, what many hours did.
        timeout_seconds=600,
    ),
)


def function_named(construct: str) -> FunctionSpec:
    """The function of that construct name; KeyError when there is none."""
    return {spec.construct: spec for spec in FUNCTIONS}[construct]
