"""What a function of the table is: its stage, its trigger, its layers, its settings.

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
    RIGHTS = "rights"
    EGRESS = "egress"
    LIBRARY = "library"
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
    DOCUMENTS = "documents"
    SEALING = "sealing"
    CODES = "codes"
    SEARCH = "search"
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
    EXPORT_PERSON_ARN = "EXPORT_PERSON_ARN"
    ERASE_PERSON_ARN = "ERASE_PERSON_ARN"
    ERASE_ASSET_ARN = "ERASE_ASSET_ARN"
    RELOOK_ARN = "RELOOK_ARN"
    APPLY_RETENTION_ARN = "APPLY_RETENTION_ARN"
    MILESTONES_GROUP = "MILESTONES_GROUP"
    MILESTONES_ROLE_ARN = "MILESTONES_ROLE_ARN"
    REACH_MILESTONE_ARN = "REACH_MILESTONE_ARN"
    SCHEDULES_DEAD_ARN = "SCHEDULES_DEAD_ARN"
    BIOMETRICS_KEY_ARN = "BIOMETRICS_KEY_ARN"
    PEOPLE_KEY_ARN = "PEOPLE_KEY_ARN"
    CERTIFICATE_KEY_ARN = "CERTIFICATE_KEY_ARN"
    PUBLIC_KEY_ARN = "PUBLIC_KEY_ARN"
    PICTURE_KEY_ARN = "PICTURE_KEY_ARN"
    PUBLIC_PICTURE_KEY_ARN = "PUBLIC_PICTURE_KEY_ARN"
    ENROL_PERSON_ARN = "ENROL_PERSON_ARN"
    ASSESS_BREACH_ARN = "ASSESS_BREACH_ARN"
    MASK_ASSET_ARN = "MASK_ASSET_ARN"
    RENDER_ASSET_ARN = "RENDER_ASSET_ARN"
    PACK_ASSETS_ARN = "PACK_ASSETS_ARN"
    BUILD_INDEX_ARN = "BUILD_INDEX_ARN"
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
class OnExpiry:
    """Started by what time to live took from the tables, in the order of its going."""


@dataclass(frozen=True, slots=True)
class OnLibrary:
    """Started by what changes in the library table; the order says nothing."""


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


Trigger = (
    OnQueue
    | OnSchedule
    | OnState
    | OnStream
    | OnExpiry
    | OnLibrary
    | OnMilestone
    | OnPerson
    | OnRequest
)


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
    scratch_mib: int = 512
    """What it may write to its own disk, which goes with the process."""
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
        """Whether it may open templates; every other role is denied their key by name."""
        return Setting.BIOMETRICS_KEY_ARN in self.settings

    @property
    def opens_names(self) -> bool:
        """Whether it may open people's names; every other role is denied that by name."""
        return Setting.PEOPLE_KEY_ARN in self.settings

    @property
    def ends_secrets(self) -> bool:
        """Whether it counts or ends sealed templates and keys; it can open none, but for
        the one that looks for a name, which opens names.
        """
        tables = {Setting.BIOMETRICS_TABLE, Setting.KEYS_TABLE}
        return tables <= self.settings

    @property
    def dates_templates(self) -> bool:
        """Whether it dates or ends sealed templates, or is told of their end; it opens
        none.
        """
        return self.folder in {"apply_retention", "destroy_template", "follow_expiry"}

    @property
    def erases_originals(self) -> bool:
        """Whether it may remove what people uploaded: the one function that masks for
        good, and deletes.
        """
        return self.folder == "erase_picture"

    @property
    def reads_whole_tables(self) -> bool:
        """Whether it may read tables from end to end, to see that nothing is left."""
        return self.folder in {"collect_traces", "erase_register", "verify_erasure"}

    @property
    def certifies(self) -> bool:
        """Whether it may sign certificates; every other role is denied it by name."""
        return Setting.CERTIFICATE_KEY_ARN in self.settings

    @property
    def signs_pictures(self) -> bool:
        """Whether it may sign what files say; every other role is denied it by name."""
        return Setting.PICTURE_KEY_ARN in self.settings

    @property
    def keeps_checkpoints(self) -> bool:
        """Whether it may put checkpoints; every other role is denied that by name."""
        return self.folder == "checkpoint_audit"

    @property
    def ends_audit(self) -> bool:
        """Whether it may date what is over in the audit log; all others are denied it."""
        return self.folder == "apply_retention"
