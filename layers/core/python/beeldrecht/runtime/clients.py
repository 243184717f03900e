"""The clients of AWS, made once at import; each function makes the ones that it uses.

By botocore alone: boto3 would make the same clients, and import what moves files by
threads before it does, a sixth of a second at every cold start.
"""

import os
from functools import cache
from typing import TYPE_CHECKING, Any

from botocore.config import Config
from botocore.session import Session, get_session

if TYPE_CHECKING:
    from mypy_boto3_cognito_idp import CognitoIdentityProviderClient
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_kms import KMSClient
    from mypy_boto3_lambda import LambdaClient
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_sesv2 import SESV2Client
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_stepfunctions import SFNClient

    from beeldrecht.adapters.schedules import SchedulerClient

_CONFIG = Config(
    connect_timeout=3,
    read_timeout=20,
    retries={"mode": "standard", "total_max_attempts": 4},
)


def _client(service: str, region: str, config: Config = _CONFIG) -> Any:
    session = _session(os.environ.get("AWS_ACCESS_KEY_ID", ""))
    return session.create_client(service, region_name=region, config=config)


@cache
def _session(_whose: str) -> Session:
    """One for all clients, as the models of the services are read into it.

    For each set of credentials, because it keeps those too; a function has one.
    """
    return get_session()


def s3(region: str) -> "S3Client":
    """S3 at the Region's own address.

    Path style, because the default signs forms for the global address, which is answered
    outside the Region while a bucket is young (ADR 0008).
    """
    regional = Config(signature_version="s3v4", s3={"addressing_style": "path"})
    client: S3Client = _client("s3", region, _CONFIG.merge(regional))
    return client


def sqs(region: str) -> "SQSClient":
    """SQS."""
    client: SQSClient = _client("sqs", region)
    return client


def step_functions(region: str) -> "SFNClient":
    """Step Functions."""
    client: SFNClient = _client("stepfunctions", region)
    return client


def scheduler(region: str) -> "SchedulerClient":
    """EventBridge Scheduler."""
    client: SchedulerClient = _client("scheduler", region)
    return client


def kms(region: str) -> "KMSClient":
    """KMS."""
    client: KMSClient = _client("kms", region)
    return client


def dynamodb(region: str) -> "DynamoDBClient":
    """DynamoDB, where items are read as they are and not as PynamoDB models them."""
    client: DynamoDBClient = _client("dynamodb", region)
    return client


def cognito(region: str) -> "CognitoIdentityProviderClient":
    """Cognito's user pools."""
    client: CognitoIdentityProviderClient = _client("cognito-idp", region)
    return client


def ses(region: str) -> "SESV2Client":
    """SES, asked once: a mail whose answer was lost may have been sent."""
    once = Config(read_timeout=15, retries={"total_max_attempts": 1})
    client: SESV2Client = _client("sesv2", region, _CONFIG.merge(once))
    return client


def functions(region: str) -> "LambdaClient":
    """Lambda, for a call that somebody at the API waits for.

    One attempt, given up before API Gateway's thirty seconds are over.
    """
    once = Config(read_timeout=25, retries={"total_max_attempts": 1})
    client: LambdaClient = _client("lambda", region, _CONFIG.merge(once))
    return client
