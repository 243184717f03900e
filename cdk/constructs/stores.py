"""Everything that holds pictures, people or proof."""

from collections.abc import Mapping

from aws_cdk import Aws, CfnOutput, Stack
from constructs import Construct

from cdk.constructs.buckets import Buckets
from cdk.constructs.functions import PIXEL_LIMIT, Setting
from cdk.constructs.guardrails import Guarded
from cdk.constructs.keys import BiometricsKey, PeopleKey, SigningKey
from cdk.constructs.queues import Queues
from cdk.constructs.sign_in import UserPool
from cdk.constructs.tables import Tables
from cdk.deployment import Deployment


class Stores(Construct):
    """The tables, the buckets, the keys that seal, and the queues beside the buckets."""

    def __init__(self, scope: Construct, name: str, *, deployment: Deployment) -> None:
        super().__init__(scope, name)
        self._chosen = {
            Setting.FOUR_EYES: deployment.four_eyes.value,
            Setting.PUBLIC_BODY: str(deployment.public_body).lower(),
            Setting.AGES_OF_CONSENT: deployment.ages_of_consent,
            Setting.MILESTONE_DAYS: deployment.milestone_days,
            Setting.CONTROLLER: deployment.controller,
            Setting.CONTROLLER_CONTACT: deployment.controller_contact,
        }
        self.biometrics_key = BiometricsKey(self, "BiometricsKey", deployment=deployment)
        self.people_key = PeopleKey(self, "PeopleKey", deployment=deployment)
        self.certificate_key = SigningKey(
            self,
            "CertificateKey",
            deployment=deployment,
            of="certificates of erasure",
            signs=lambda spec: spec.certifies,
        )
        self.picture_key = SigningKey(
            self,
            "PictureKey",
            deployment=deployment,
            of="what pictures say",
            signs=lambda spec: spec.signs_pictures,
        )
        self.tables = Tables(
            self,
            "Tables",
            deployment=deployment,
            biometrics_key=self.biometrics_key.key,
            people_key=self.people_key.key,
        )
        self.queues = Queues(self, "Queues")
        self.queues.deliveries.accept_events_from(
            f"arn:{Aws.PARTITION}:events:{Aws.REGION}:{Aws.ACCOUNT_ID}"
            f":rule/{deployment.name}-*"
        )
        self.buckets = Buckets(
            self, "Buckets", deployment=deployment, uploads=self.queues.uploads
        )
        self.users = UserPool(self, "UserPool", deployment=deployment)
        for output, value in self._outputs().items():
            CfnOutput(Stack.of(self), output, value=value)

    @property
    def guarded(self) -> Guarded:
        """What the denials of every role protect."""
        return Guarded(
            audit_table=self.tables.audit.table.table_arn,
            biometrics_table=self.tables.biometrics.table.table_arn,
            biometrics_key=self.biometrics_key.key.key_arn,
            keys_table=self.tables.keys.table.table_arn,
            people_key=self.people_key.key.key_arn,
            certificate_key=self.certificate_key.key.key_arn,
            picture_key=self.picture_key.key.key_arn,
            originals_bucket=self.buckets.originals.arn,
            checkpoints_bucket=self.buckets.checkpoints.arn,
        )

    @property
    def settings(self) -> Mapping[Setting, str]:
        """The value of every setting that is known before the functions are."""
        tables, buckets, queues = self.tables, self.buckets, self.queues
        return {
            Setting.LIBRARY_TABLE: tables.library.table.table_name,
            Setting.CONSENT_TABLE: tables.consent.table.table_name,
            Setting.BIOMETRICS_TABLE: tables.biometrics.table.table_name,
            Setting.KEYS_TABLE: tables.keys.table.table_name,
            Setting.LIMITS_TABLE: tables.limits.table.table_name,
            Setting.AUDIT_TABLE: tables.audit.table.table_name,
            Setting.ORIGINALS_BUCKET: buckets.originals.bucket.bucket_name,
            Setting.RENDITIONS_BUCKET: buckets.renditions.bucket.bucket_name,
            Setting.EXPORTS_BUCKET: buckets.exports.bucket.bucket_name,
            Setting.CHECKPOINTS_BUCKET: buckets.checkpoints.bucket.bucket_name,
            Setting.DOCUMENTS_BUCKET: buckets.documents.bucket.bucket_name,
            Setting.UPLOADS_QUEUE_URL: queues.uploads.queue.queue_url,
            Setting.DETECTIONS_QUEUE_URL: queues.detections.queue.queue_url,
            Setting.MAILS_QUEUE_URL: queues.mails.queue.queue_url,
            Setting.BIOMETRICS_KEY_ARN: self.biometrics_key.key.key_arn,
            Setting.PEOPLE_KEY_ARN: self.people_key.key.key_arn,
            Setting.CERTIFICATE_KEY_ARN: self.certificate_key.key.key_arn,
            Setting.PUBLIC_KEY_ARN: self.certificate_key.key.key_arn,
            Setting.PICTURE_KEY_ARN: self.picture_key.key.key_arn,
            Setting.PUBLIC_PICTURE_KEY_ARN: self.picture_key.key.key_arn,
            **self.users.settings,
            # Path style, at the Region's own address (ADR 0008).
            Setting.PICTURES_URL: f"https://s3.{Aws.REGION}.{Aws.URL_SUFFIX}",
            Setting.MODELS_DIR: "/opt/models",
            Setting.SITE_DIR: "/opt/web",
            Setting.PIXEL_LIMIT: str(PIXEL_LIMIT),
            Setting.TIMEZONE: "Europe/Amsterdam",
            **self._chosen,
            Setting.POWERTOOLS_METRICS_NAMESPACE: "Beeldrecht",
            Setting.LOG_LEVEL: "INFO",
        }

    def _outputs(self) -> Mapping[str, str]:
        tables, buckets, queues = self.tables, self.buckets, self.queues
        return {
            **self.users.outputs,
            "LibraryTable": tables.library.table.table_name,
            "ConsentTable": tables.consent.table.table_name,
            "BiometricsTable": tables.biometrics.table.table_name,
            "KeysTable": tables.keys.table.table_name,
            "LimitsTable": tables.limits.table.table_name,
            "AuditTable": tables.audit.table.table_name,
            "BiometricsKeyArn": self.biometrics_key.key.key_arn,
            "PeopleKeyArn": self.people_key.key.key_arn,
            "CertificateKeyArn": self.certificate_key.key.key_arn,
            "PictureKeyArn": self.picture_key.key.key_arn,
            "OriginalsBucket": buckets.originals.bucket.bucket_name,
            "RenditionsBucket": buckets.renditions.bucket.bucket_name,
            "ExportsBucket": buckets.exports.bucket.bucket_name,
            "CheckpointsBucket": buckets.checkpoints.bucket.bucket_name,
            "DocumentsBucket": buckets.documents.bucket.bucket_name,
            "AccessLogsBucket": buckets.access_logs.bucket.bucket_name,
            "UploadsQueueUrl": queues.uploads.queue.queue_url,
            "UploadsDeadQueueUrl": queues.uploads.dead_letters.queue_url,
            "DetectionsQueueUrl": queues.detections.queue.queue_url,
            "DetectionsDeadQueueUrl": queues.detections.dead_letters.queue_url,
            "MailsQueueUrl": queues.mails.queue.queue_url,
            "MailsDeadQueueUrl": queues.mails.dead_letters.queue_url,
            "DeliveriesQueueUrl": queues.deliveries.queue.queue_url,
            "DeliveriesDeadQueueUrl": queues.deliveries.dead_letters.queue_url,
        }
