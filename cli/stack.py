"""Where a deployed Beeldrecht is: read from its stacks, the same at AWS and locally.

The standard AWS environment (profile, region, endpoint) decides which account is meant;
`BEELDRECHT_NAME` names the deployment where it is not called Beeldrecht.
"""

import json
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from beeldrecht.adapters.audit import AuditTrail
from beeldrecht.adapters.audit_reading import AuditReader
from beeldrecht.adapters.certificates import Signer
from beeldrecht.adapters.checkpoints import Checkpoints
from beeldrecht.adapters.consent import ConsentRegister
from beeldrecht.adapters.key_ring import KeyPurpose, KeyRing
from beeldrecht.adapters.ledger import Ledger
from beeldrecht.adapters.library import Library
from beeldrecht.adapters.messages import Clearance, UploadQueue
from beeldrecht.adapters.objects import Originals, Renditions
from beeldrecht.adapters.retention import Retention
from beeldrecht.adapters.users import Users
from beeldrecht.domain.ids import derived_id
from beeldrecht.runtime import clients

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_lambda import LambdaClient
    from mypy_boto3_lambda.type_defs import InvocationResponseTypeDef
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_sqs import SQSClient

BUSY_TRIES = 6
BUSY_PAUSE = 0.25
"""Seconds before the second try; it doubles each time."""
HOME_REGION = "eu-central-1"
REGIONS = (HOME_REGION, "eusc-de-east-1")
"""Where a library can be (R19)."""
LONGEST_CALL = 130
"""Seconds: longer than any function may run, so that it ends before we give up."""


class NotDeployedError(Exception):
    """The account has no such stacks; `name` is the deployment that was asked for."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class FunctionFailedError(Exception):
    """A function raised; `error` is the name of the exception class it raised."""

    def __init__(self, function: str, error: str, said: str = "") -> None:
        super().__init__(f"{function}: {error}")
        self.function = function
        self.error = error
        self.said = said


@dataclass(frozen=True)
class Deployed:
    """One deployment: its outputs, and the stores, queues and functions behind them."""

    region: str
    outputs: Mapping[str, str]

    @classmethod
    def find(cls, name: str | None = None) -> "Deployed":
        """Find the deployment in the account that the environment names.

        Raises NotDeployedError when a stack is missing, and botocore's errors when the
        account cannot be reached.
        """
        name = name or os.environ.get("BEELDRECHT_NAME") or "Beeldrecht"
        region = boto3.Session().region_name or HOME_REGION
        formation = boto3.client("cloudformation", region_name=region)
        outputs: dict[str, str] = {}
        for stack in (f"{name}-Stores", name):
            try:
                found = formation.describe_stacks(StackName=stack)["Stacks"]
            except ClientError as error:
                if error.response["Error"]["Code"] == "ValidationError":
                    raise NotDeployedError(name) from error
                raise
            outputs |= {
                output["OutputKey"]: output["OutputValue"]
                for output in found[0].get("Outputs", [])
            }
        return cls(region, outputs)

    def __getitem__(self, output: str) -> str:
        """The value of one output."""
        return self.outputs[output]

    # -- functions -------------------------------------------------------------------

    def invoke(self, function: str, event: Mapping[str, Any]) -> dict[str, Any]:
        """Call a function and wait; raises FunctionFailedError when it raised."""
        answer = self._answer(self[f"{function}Function"], json.dumps(event))
        said = json.loads(answer["Payload"].read() or b"null")
        if "FunctionError" in answer:
            error = said if isinstance(said, dict) else {}
            raised, why = error.get("errorType", ""), error.get("errorMessage", "")
            raise FunctionFailedError(function, str(raised), str(why))
        return dict(said)

    def _answer(self, name: str, payload: str) -> "InvocationResponseTypeDef":
        """What Lambda answers; when it is too busy to begin, it is asked again."""
        for again in range(BUSY_TRIES):
            try:
                return self._lambda.invoke(FunctionName=name, Payload=payload)
            except ClientError as error:
                busy = error.response["Error"]["Code"] == "TooManyRequestsException"
                if not busy or again == BUSY_TRIES - 1:
                    raise
                time.sleep(BUSY_PAUSE * 2**again)
        raise AssertionError("a loop that returns or raises has ended")

    @cached_property
    def actor_id(self) -> str:
        """The caller as an opaque id: AWS's own name for the caller, derived."""
        identity = boto3.client("sts", region_name=self.region).get_caller_identity()
        return derived_id("caller", identity["Arn"])

    # -- stores ----------------------------------------------------------------------

    @cached_property
    def library(self) -> Library:
        """The library."""
        return Library(self["LibraryTable"], self.region)

    @cached_property
    def register(self) -> ConsentRegister:
        """The consent register."""
        return ConsentRegister(self["ConsentTable"], self.region)

    @cached_property
    def retention(self) -> Retention:
        """How long things are kept."""
        return Retention(self["LibraryTable"], self.region)

    @cached_property
    def audit(self) -> AuditTrail:
        """The audit trail."""
        return AuditTrail(self["AuditTable"], self.region)

    @cached_property
    def audit_reader(self) -> AuditReader:
        """The audit log as it is, to be verified."""
        return AuditReader(clients.dynamodb(self.region), self["AuditTable"])

    @cached_property
    def checkpoints(self) -> Checkpoints:
        """Where the audit log ended, hour by hour."""
        return Checkpoints(self._s3, self["CheckpointsBucket"])

    @cached_property
    def ledger(self) -> Ledger:
        """The erasure ledger, to be replayed."""
        return Ledger(self["AuditTable"], self.region)

    @cached_property
    def dynamodb(self) -> "DynamoDBClient":
        """DynamoDB itself, for whole tables."""
        return clients.dynamodb(self.region)

    @cached_property
    def certificate_key(self) -> bytes:
        """The public key that certificates are signed with, in DER."""
        kms = clients.kms(self.region)
        return Signer(kms, self["CertificateKeyArn"]).public_key()

    @cached_property
    def picture_key(self) -> bytes:
        """The public key that what pictures say is signed with, in DER."""
        return Signer(clients.kms(self.region), self["PictureKeyArn"]).public_key()

    @cached_property
    def users(self) -> Users:
        """The accounts of the staff."""
        return Users(clients.cognito(self.region), self["UserPoolId"])

    @cached_property
    def contact_keys(self) -> KeyRing:
        """The keys that seal people's names."""
        return KeyRing(
            self["KeysTable"],
            self.region,
            clients.kms(self.region),
            self["PeopleKeyArn"],
            KeyPurpose.CONTACT,
        )

    @cached_property
    def originals(self) -> Originals:
        """The originals."""
        return Originals(self._s3, self["OriginalsBucket"])

    @cached_property
    def renditions(self) -> Renditions:
        """The renditions."""
        return Renditions(self._s3, self["RenditionsBucket"])

    # -- queues and the workflow -------------------------------------------------------

    @cached_property
    def uploads(self) -> UploadQueue:
        """The queue in which S3 says that an original was written."""
        return UploadQueue(self.sqs, self["UploadsQueueUrl"])

    @cached_property
    def clearance(self) -> Clearance:
        """The workflow that decides on a picture."""
        return Clearance(clients.step_functions(self.region), self["ClearAssetArn"])

    @cached_property
    def sqs(self) -> "SQSClient":
        """SQS."""
        return clients.sqs(self.region)

    @cached_property
    def _s3(self) -> "S3Client":
        return clients.s3(self.region)

    @cached_property
    def _lambda(self) -> "LambdaClient":
        # A call that may have begun is not repeated: it is for whoever calls to know.
        patient = Config(read_timeout=LONGEST_CALL, retries={"total_max_attempts": 1})
        return boto3.client("lambda", region_name=self.region, config=patient)
