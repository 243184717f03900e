"""The buckets: originals, renditions, exports, checkpoints, and who fetched what."""

from collections.abc import Mapping

from aws_cdk import Aws, Duration, RemovalPolicy, Stack
from aws_cdk import aws_s3 as s3
from constructs import Construct

from cdk.constructs.grants import Grantee
from cdk.constructs.identity import keep_logical_id
from cdk.constructs.picture_walls import wall
from cdk.constructs.queues import WorkQueue
from cdk.deployment import Deployment

ORIGINALS_PREFIX = "originals/"
CHECKPOINTS_PREFIX = "checkpoints/"
SIGNED_PREFIX = "signed/"
PAPER_PREFIX = "paper/"
CERTIFICATES_PREFIX = "certificates/"
MASKED_TAG = {"made": "masked"}
MASKED_DAYS = 7
PACKAGES_PREFIX = "exports/"
PARTS_PREFIX = "building/"
ORDERED_PREFIX = "packages/"
INDEX_PREFIX = "index/"
"""What is made again from the tables whenever it is lost: it lies beside the exports."""
DAYS_TAG = "days"
LONGEST_EXPORT = 30
"""Days: what an officer may set at most (`domain.retention`)."""

_KEYS_ARE_MADE_LATER = (
    "Object keys hold asset ids that do not exist yet when this is deployed; the bucket "
    "and the prefix are as narrow as a statement written now can be."
)


class PictureBucket(Construct):
    """A private bucket: TLS only, encrypted, its readers logged, leftovers removed."""

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        deployment: Deployment,
        access_logs: s3.IBucket | None,
        versioned: bool = False,
        expires: Duration | None = None,
        lock: s3.ObjectLockRetention | None = None,
        ending: Mapping[str, int] | None = None,
    ) -> None:
        super().__init__(scope, name)
        self._name = name
        self.bucket = s3.Bucket(
            self,
            "Bucket",
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            # Encrypted with keys S3 manages: no charge per picture (ADR 4).
            encryption=s3.BucketEncryption.S3_MANAGED,
            enforce_ssl=True,
            object_ownership=s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
            versioned=versioned or lock is not None,
            object_lock_enabled=None if lock is None else True,
            object_lock_default_retention=lock,
            server_access_logs_bucket=access_logs,
            server_access_logs_prefix=f"{name.lower()}/" if access_logs else None,
            lifecycle_rules=[
                s3.LifecycleRule(
                    abort_incomplete_multipart_upload_after=Duration.days(1),
                    expiration=expires,
                    # What only hides in a bucket with versions goes a day later.
                    noncurrent_version_expiration=Duration.days(1) if lock else None,
                ),
                *(
                    s3.LifecycleRule(prefix=prefix, expiration=Duration.days(days))
                    for prefix, days in (ending or {}).items()
                ),
            ],
            removal_policy=(
                RemovalPolicy.RETAIN if deployment.keeps_data else RemovalPolicy.DESTROY
            ),
        )
        self.resource = keep_logical_id(self.bucket, name, s3.CfnBucket)

    @property
    def arn(self) -> str:
        """The ARN as the other stack imports it, so that a waiver there can name it."""
        return Stack.of(self).export_value(self.bucket.bucket_arn)

    def grant_read(self, grantee: Grantee, *prefixes: str) -> None:
        """Let a function fetch objects as they are now."""
        self._grant_fetch(grantee, "s3:GetObject", prefixes)

    def grant_read_named(self, grantee: Grantee, name: str) -> None:
        """Let a function fetch the objects of that name, in whatever folder they lie."""
        grantee.allow(
            f"Fetch{self._name}",
            ["s3:GetObject"],
            [f"{self.arn}/*/{name}"],
            wildcard_reason=_KEYS_ARE_MADE_LATER,
        )

    def grant_read_versions(
        self, grantee: Grantee, *prefixes: str, newest: bool = False
    ) -> None:
        """Let a function fetch versions by their ids, and, if so, what is there now."""
        now = ("s3:GetObject",) if newest else ()
        self._grant_fetch(grantee, "s3:GetObjectVersion", prefixes, *now)

    def _grant_fetch(
        self, grantee: Grantee, action: str, prefixes: tuple[str, ...], *more: str
    ) -> None:
        grantee.allow(
            f"Fetch{self._name}",
            [*more, action],
            self._objects(prefixes),
            wildcard_reason=_KEYS_ARE_MADE_LATER,
        )

    def _objects(self, prefixes: tuple[str, ...]) -> list[str]:
        return [f"{self.arn}/{prefix}*" for prefix in prefixes or ("",)]

    def grant_list(self, grantee: Grantee, *, keys: bool = False) -> None:
        """Let a function list the versions of objects, and the keys of all if it asks."""
        actions = ["s3:ListBucketVersions", *(["s3:ListBucket"] if keys else [])]
        grantee.allow(f"List{self._name}", actions, [self.arn])

    def grant_put(self, grantee: Grantee, *prefixes: str) -> None:
        """Let a function put objects, or sign a form that does."""
        grantee.allow(
            f"Put{self._name}",
            ["s3:PutObject"],
            self._objects(prefixes),
            wildcard_reason=_KEYS_ARE_MADE_LATER,
        )

    def grant_put_masked(self, grantee: Grantee) -> None:
        """Let a function put what the lifecycle takes away beside the renditions."""
        grantee.allow(
            f"Put{self._name}",
            ["s3:PutObject", "s3:PutObjectTagging"],
            [f"{self.arn}/*/masked/*"],
            wildcard_reason=_KEYS_ARE_MADE_LATER,
        )

    def grant_list_keys(self, grantee: Grantee) -> None:
        """Let a function see whether an object is there, and since when."""
        grantee.allow(f"List{self._name}", ["s3:ListBucket"], [self.arn])

    def grant_drop(self, grantee: Grantee, *prefixes: str) -> None:
        """Let a function remove objects."""
        grantee.allow(
            f"Drop{self._name}",
            ["s3:DeleteObject"],
            self._objects(prefixes),
            wildcard_reason=_KEYS_ARE_MADE_LATER,
        )

    def grant_parts(self, grantee: Grantee, prefix: str = "") -> None:
        """Let a function see what arrived of an object in parts, and give it up."""
        grantee.allow(
            f"List{self._name}InParts", ["s3:ListBucketMultipartUploads"], [self.arn]
        )
        grantee.allow(
            f"Parts{self._name}",
            ["s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"],
            [f"{self.arn}/{prefix}*"],
            wildcard_reason=_KEYS_ARE_MADE_LATER,
        )


class Buckets(Construct):
    """originals, renditions, exports, documents, checkpoints, and who reached each."""

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        deployment: Deployment,
        uploads: WorkQueue,
    ) -> None:
        super().__init__(scope, name)
        self.access_logs = PictureBucket(
            self,
            "AccessLogs",
            deployment=deployment,
            access_logs=None,
            expires=Duration.days(deployment.log_days),
        )
        logs = self.access_logs.bucket
        self.originals = PictureBucket(
            self, "Originals", deployment=deployment, access_logs=logs, versioned=True
        )
        _ask_from_pages(self.originals, s3.HttpMethods.POST, s3.HttpMethods.PUT)
        self.renditions = PictureBucket(
            self, "Renditions", deployment=deployment, access_logs=logs
        )
        _ask_from_pages(self.renditions, s3.HttpMethods.GET)
        # What is made again whenever it is wanted (`adapters.objects.MASKED_TAG`).
        self.renditions.bucket.add_lifecycle_rule(
            tag_filters=MASKED_TAG, expiration=Duration.days(MASKED_DAYS)
        )
        self.exports = PictureBucket(
            self,
            "Exports",
            deployment=deployment,
            access_logs=logs,
            # The parts of an export go when it is packed: this is for what stopped, and
            # for a package that lost what it says of itself.
            ending={
                PARTS_PREFIX: 1,
                ORDERED_PREFIX: 1,
                PACKAGES_PREFIX: LONGEST_EXPORT + 1,
            },
        )
        _ask_from_pages(self.exports, s3.HttpMethods.GET)
        # It says itself for how many days it may be fetched (`adapters.export_files`).
        for days in range(1, LONGEST_EXPORT + 1):
            self.exports.bucket.add_lifecycle_rule(
                prefix=PACKAGES_PREFIX,
                tag_filters={DAYS_TAG: str(days)},
                expiration=Duration.days(days),
            )
        # Sealed with the keys of those who signed, so erasing a key erases the copy.
        self.documents = PictureBucket(
            self,
            "Documents",
            deployment=deployment,
            access_logs=logs,
            # What only passes through, until somebody has read it.
            ending={PAPER_PREFIX: 1},
        )
        self.checkpoints = PictureBucket(
            self,
            "Checkpoints",
            deployment=deployment,
            access_logs=logs,
            expires=Duration.days(deployment.log_days),
            lock=_lock(deployment),
        )
        for each in (self.originals, self.renditions, self.exports, self.documents):
            wall(each.bucket, deployment)
        self._announce_uploads(uploads)

    def _announce_uploads(self, uploads: WorkQueue) -> None:
        """Have S3 write a message to the queue for every new original.

        Through the bucket's own property: CDK's helper would deploy a function that sets
        it afterwards. The queue's policy has to exist first, since S3 tries it out.
        """
        bucket = self.originals.resource
        policy = uploads.accept_events_of(_arn_to_be(bucket))
        prefix = s3.CfnBucket.FilterRuleProperty(name="prefix", value=ORIGINALS_PREFIX)
        created = s3.CfnBucket.QueueConfigurationProperty(
            event="s3:ObjectCreated:*",
            queue=uploads.queue.queue_arn,
            filter=s3.CfnBucket.NotificationFilterProperty(
                s3_key=s3.CfnBucket.S3KeyFilterProperty(rules=[prefix])
            ),
        )
        bucket.notification_configuration = (
            s3.CfnBucket.NotificationConfigurationProperty(queue_configurations=[created])
        )
        bucket.node.add_dependency(policy)


def _lock(deployment: Deployment) -> s3.ObjectLockRetention:
    """Nobody at all changes a checkpoint for its term; it holds no personal data.

    A deployment that is made to be removed has to be removable: there whoever may bypass
    governance, which no role of ours may, can empty the bucket (ADR 9).
    """
    if deployment.keeps_data:
        return s3.ObjectLockRetention.compliance(Duration.days(deployment.log_days))
    return s3.ObjectLockRetention.governance(Duration.days(1))


def _arn_to_be(bucket: s3.CfnBucket) -> str:
    """Match the name CloudFormation will give this bucket: stack, logical id, random.

    The bucket waits for the policy, so the policy cannot refer to the bucket.
    """
    stack = Stack.of(bucket)
    name = f"{stack.stack_name}-{stack.resolve(bucket.logical_id)}".lower()
    return f"arn:{Aws.PARTITION}:s3:::{name}-*"


def _ask_from_pages(asked: PictureBucket, *methods: s3.HttpMethods) -> None:
    """Let a page ask so much of a bucket, whatever its address.

    The address of the site is not known here: it is made after the stores. It would keep
    nobody out either: what is signed in the address of a request does, for it carries no
    cookie.
    """
    asked.bucket.add_cors_rule(
        allowed_methods=[*methods],
        allowed_origins=["*"],
        allowed_headers=["*"],
        # Of a part that arrived, as its completion wants to hear it.
        exposed_headers=["ETag"],
        max_age=3600,
    )
