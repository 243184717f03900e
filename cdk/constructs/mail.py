"""Mail: who it is from, how what comes back of it is heard, and who may send it.

SES tells the event bus of every mail that it was sent, arrived, came back or was marked
as unwanted. Two rules write that to the queue `deliveries`, each event cut down to ids
before it is written: no address, no subject and no header reaches a queue or a function.
"""

from typing import Final

from aws_cdk import Aws, CfnDeletionPolicy
from aws_cdk import aws_events as events
from aws_cdk import aws_ses as ses
from constructs import Construct

from cdk.constructs.function import BeeldrechtFunction
from cdk.constructs.functions import Setting
from cdk.constructs.queues import WorkQueue
from cdk.deployment import Deployment

TAG: Final = "mail_id"
_TOLD: Final = {
    "event": "$.detail-type",
    "mail_id": f"$.detail.mail.tags.{TAG}",
    "message_id": "$.detail.mail.messageId",
    "at": "$.time",
}


class Mail(Construct):
    """A configuration set, the identity that sends, and the way back."""

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        deployment: Deployment,
        deliveries: WorkQueue,
    ) -> None:
        super().__init__(scope, name)
        self._deployment = deployment
        self._set = ses.CfnConfigurationSet(
            self,
            "Set",
            # A link in a mail opens what is somebody's own: it does not travel in clear.
            delivery_options=ses.CfnConfigurationSet.DeliveryOptionsProperty(
                tls_policy="REQUIRE"
            ),
            reputation_options=ses.CfnConfigurationSet.ReputationOptionsProperty(
                reputation_metrics_enabled=True
            ),
            sending_options=ses.CfnConfigurationSet.SendingOptionsProperty(
                sending_enabled=True
            ),
            suppression_options=ses.CfnConfigurationSet.SuppressionOptionsProperty(
                suppressed_reasons=["BOUNCE", "COMPLAINT"]
            ),
        )
        ses.CfnConfigurationSetEventDestination(
            self,
            "ToEvents",
            configuration_set_name=self._set.ref,
            event_destination=(
                ses.CfnConfigurationSetEventDestination.EventDestinationProperty(
                    name="events",
                    enabled=True,
                    # Opens and clicks are not among them: nobody is followed.
                    matching_event_types=["send", "delivery", "bounce", "complaint"],
                    event_bridge_destination=(
                        ses.CfnConfigurationSetEventDestination.EventBridgeDestinationProperty(
                            event_bus_arn=_arn("events", "event-bus/default")
                        )
                    ),
                )
            ),
        )
        self._rule(
            "Outcomes",
            ["Email Sent", "Email Delivered", "Email Complaint Received"],
            _TOLD,
            deliveries,
        )
        self._rule(
            "Bounces",
            ["Email Bounced"],
            {**_TOLD, "bounce": "$.detail.bounce.bounceType"},
            deliveries,
        )
        if deployment.makes_identity:
            self._identity()

    @property
    def settings(self) -> dict[Setting, str]:
        """What whoever sends is told; without a sender, every mail says that."""
        return {
            Setting.MAIL_CONFIGURATION_SET: self._set.ref,
            Setting.MAIL_FROM: self._deployment.mail_from,
            Setting.MAIL_LANGUAGE: self._deployment.mail_language,
            Setting.MAILS_DIR: "/opt/mails",
        }

    def grant_send(self, function: BeeldrechtFunction) -> None:
        """Let a function send from this deployment's identity, and from no other."""
        if not self._deployment.mail_from:
            return
        function.allow(
            "SendMail",
            ["ses:SendEmail"],
            [
                _arn("ses", f"identity/{self._deployment.mail_identity}"),
                _arn("ses", f"configuration-set/{self._set.ref}"),
            ],
        )

    def _identity(self) -> None:
        """The sender's domain; its DKIM records are to be put in DNS by its owner."""
        identity = ses.CfnEmailIdentity(
            self,
            "Identity",
            email_identity=self._deployment.mail_identity,
            configuration_set_attributes=(
                ses.CfnEmailIdentity.ConfigurationSetAttributesProperty(
                    configuration_set_name=self._set.ref
                )
            ),
            # What comes back is heard as an event; nobody needs it by mail besides.
            feedback_attributes=ses.CfnEmailIdentity.FeedbackAttributesProperty(
                email_forwarding_enabled=False
            ),
        )
        kept = (
            CfnDeletionPolicy.RETAIN
            if self._deployment.keeps_data
            else CfnDeletionPolicy.DELETE
        )
        identity.cfn_options.deletion_policy = kept
        identity.cfn_options.update_replace_policy = kept

    def _rule(
        self, name: str, kinds: list[str], told: dict[str, str], queue: WorkQueue
    ) -> None:
        fields = ", ".join(f'"{field}": <{field}>' for field in told)
        events.CfnRule(
            self,
            name,
            description=f"What SES says of mails, ids alone: {', '.join(kinds)}",
            event_pattern={
                "source": ["aws.ses"],
                "detail-type": kinds,
                # Another deployment in this account has events of its own.
                "detail": {
                    "mail": {
                        "tags": {
                            "ses:configuration-set": [self._set.ref],
                            TAG: [{"exists": True}],
                        }
                    }
                },
            },
            targets=[
                events.CfnRule.TargetProperty(
                    id="deliveries",
                    arn=queue.queue.queue_arn,
                    # No dead letters: they would keep the event as it was, address and
                    # all. The bus tries for a day; the queue is there the whole time.
                    input_transformer=events.CfnRule.InputTransformerProperty(
                        input_paths_map=told, input_template=f"{{{fields}}}"
                    ),
                )
            ],
        )


def _arn(service: str, rest: str) -> str:
    return f"arn:{Aws.PARTITION}:{service}:{Aws.REGION}:{Aws.ACCOUNT_ID}:{rest}"
