"""`Beeldrecht`: everything that can be thrown away and made again."""

from collections.abc import Mapping

from aws_cdk import CfnOutput, Environment, Stack
from constructs import Construct

from cdk.constructs.api import HttpApi
from cdk.constructs.api_functions import ApiFunctions
from cdk.constructs.audit import Audit
from cdk.constructs.boundary import WORKFLOWS, Boundary
from cdk.constructs.clearance import Clearance
from cdk.constructs.clock import Clock
from cdk.constructs.consent import Consent
from cdk.constructs.egress import Egress
from cdk.constructs.function import Ground
from cdk.constructs.functions import Setting
from cdk.constructs.guardrails import guardrails
from cdk.constructs.intake import Intake
from cdk.constructs.layers import Layers
from cdk.constructs.library import LibraryFunctions
from cdk.constructs.mail import Mail
from cdk.constructs.recognition import Recognition
from cdk.constructs.rights import Rights
from cdk.constructs.sign_in import SignInClients
from cdk.constructs.stores import Stores
from cdk.constructs.watch import Watch
from cdk.constructs.workflow import Workflow
from cdk.deployment import Deployment

CONSENT_WORKFLOWS = (
    ("RequestConsent", "request_consent.asl.json", ("AskPerson", "LapseRequest")),
    (
        "RenewConsent",
        "renew_consent.asl.json",
        ("AnswerRequest", "PlanMilestones", "RedecidePictures"),
    ),
    (
        "WithdrawConsent",
        "withdraw_consent.asl.json",
        ("DestroyTemplate", "RedecidePictures", "TellRecipients"),
    ),
)
"""Each workflow of a consent, with its definition and the functions that it starts."""
RIGHTS_WORKFLOWS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (
        "ExportPerson",
        "export_person.asl.json",
        ("GatherExport", "PictureExport", "PackExport"),
    ),
    (
        "ErasePerson",
        "erase_person.asl.json",
        (
            *("CollectTraces", "AwaitConfirmation", "ListPictures", "TellRecipients"),
            *("TellPerson", "BeginErasure", "DestroyKeys", "ErasePicture"),
            *("EraseRegister", "VerifyErasure", "CertifyErasure"),
        ),
    ),
    ("ApplyRetention", "apply_retention.asl.json", ("ApplyRetention",)),
    (
        "EraseAsset",
        "erase_asset.asl.json",
        (
            *("CollectTraces", "ListPictures", "TellRecipients", "BeginErasure"),
            *("ErasePicture", "VerifyErasure", "CertifyErasure"),
        ),
    ),
)
"""Each workflow of the rights, with its definition and the functions that it starts."""
BEGUN_BY_FACTS = ("ExportPerson", "ErasePerson", "EraseAsset")
"""Those of them that a fact of the register begins, as those of a consent."""


class ApplicationStack(Stack):
    """Functions, the state machines, schedules, alarms and the dashboard."""

    def __init__(
        self, scope: Construct, *, deployment: Deployment, stores: Stores
    ) -> None:
        super().__init__(
            scope,
            deployment.name,
            env=Environment(region=deployment.region),
            description=f"{deployment.name}: functions, workflow, schedules and alarms",
            # CloudFormation takes a million bytes, and a third of ours was spaces.
            suppress_template_indentation=True,
        )
        boundary = Boundary(
            self,
            "Boundary",
            deployment=deployment,
            guarded=stores.guarded,
            user_pool=stores.users.pool.attr_arn,
        )
        boundary.hold(self)
        http_api = HttpApi(self, "HttpApi", deployment=deployment)
        clients = SignInClients(
            self, "SignIn", users=stores.users, address=http_api.address
        )
        mail = Mail(
            self,
            "Mail",
            deployment=deployment,
            deliveries=stores.queues.deliveries,
        )
        ground = Ground(
            deployment=deployment,
            layers=Layers(self, "Layers", deployment=deployment),
            settings={
                **stores.settings,
                **clients.settings,
                **mail.settings,
                Setting.SITE_URL: http_api.address,
            },
            guarded=stores.guarded,
            guardrails=guardrails(self, stores.guarded),
        )
        intake = Intake(self, ground=ground, stores=stores)
        recognition = Recognition(self, ground=ground, stores=stores)
        clearance = Clearance(self, ground=ground, stores=stores)
        consent = Consent(self, ground=ground, stores=stores)
        mail.grant_send(consent["DeliverMail"])
        api = ApiFunctions(self, ground=ground, stores=stores)
        api.enrol_with(recognition["EnrolPerson"])
        egress = Egress(self, ground=ground, stores=stores)
        api.make_with(egress["MaskAsset"], egress["RenderAsset"])
        api.pack_with(egress["PackAssets"])
        library = LibraryFunctions(self, ground=ground, stores=stores)
        rights = Rights(self, ground=ground, stores=stores)
        api.assess_with(rights["AssessBreach"])
        audit = Audit(self, ground=ground, stores=stores)
        within = Construct(self, WORKFLOWS)
        clear_asset = Workflow(
            within,
            "ClearAsset",
            definition="clear_asset.asl.json",
            functions=[
                clearance["CheckPermit"],
                recognition["SuggestPeople"],
                clearance["CheckConsent"],
            ],
            deployment=deployment,
            express=True,
        )
        for stage in (intake, recognition, clearance, api):
            stage.connect(clear_asset)
        clear_asset.grant_start(rights["ErasePicture"])
        of_consent = [
            Workflow(
                within,
                name,
                definition=definition,
                functions=[consent[function] for function in named],
                deployment=deployment,
            )
            for name, definition, named in CONSENT_WORKFLOWS
        ]
        consent.connect(clear_asset, *of_consent)
        stages = (
            *(intake, recognition, clearance, consent, egress, library),
            *(rights, api, audit),
        )
        functions = [each for stage in stages for each in stage.functions]
        named_functions = {each.spec.construct: each for each in functions}
        relook = Workflow(
            within,
            "Relook",
            definition="relook.asl.json",
            functions=[consent["DestroyTemplate"], recognition["RelookPictures"]],
            deployment=deployment,
        )
        consent.begin(relook)
        of_rights = [
            Workflow(
                within,
                name,
                definition=definition,
                functions=[named_functions[function] for function in named],
                deployment=deployment,
            )
            for name, definition, named in RIGHTS_WORKFLOWS
        ]
        consent.begin(*(each for each in of_rights if each.name in BEGUN_BY_FACTS))
        for ending in ("FollowExpiry", "ApplyRetention"):
            clear_asset.grant_start(rights[ending])
        apply_retention = next(e for e in of_rights if e.name == "ApplyRetention")
        apply_retention.grant_start(rights["SweepRetention"])
        api.connect(apply_retention)
        workflows = [clear_asset, *of_consent, relook, *of_rights]
        http_api.connect(functions, issuer=stores.users.issuer, clients=clients)
        clock = Clock(self, "Clock", deployment=deployment, functions=functions)
        clock.plan(consent["PlanMilestones"], consent["ReachMilestone"])
        clock.end(rights["EraseRegister"])
        queues = {name.capitalize(): work for name, work in stores.queues.by_name.items()}
        dead = {
            "Register": consent.dead_letters,
            "Expiry": rights.dead_letters,
            "Library": library.dead_letters,
            "Schedules": clock.dead_letters,
        }
        watch = Watch(
            self,
            "Watch",
            deployment=deployment,
            functions=functions,
            queues=queues,
            dead_letters={
                **{label: work.dead_letters for label, work in queues.items()},
                **dead,
            },
            workflows=workflows,
        )
        self._tell(
            {
                **{
                    f"{e.spec.construct}Function": e.function.function_name
                    for e in functions
                },
                "ApiUrl": http_api.address,
                **clients.outputs,
                **{f"{e.name}Arn": e.machine.state_machine_arn for e in workflows},
                **{
                    f"{label}DeadQueueUrl": queue.queue_url
                    for label, queue in dead.items()
                },
                "AlarmsTopicArn": watch.topic.topic_arn,
            }
        )

    def _tell(self, outputs: Mapping[str, str]) -> None:
        """Say where things are, by name, to whoever works with the deployment."""
        for name, value in outputs.items():
            CfnOutput(self, name, value=value)
