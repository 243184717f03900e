"""The clients of AWS, made once at import; each function makes the ones that it uses."""

from typing import TYPE_CHECKING

import boto3
from botocore.config import Config

if TYPE_CHECKING:
    from mypy_boto3_cognito_idp import CognitoIdentityProviderClient
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_kms import KMSClient
    from mypy_boto3_lambda import LambdaClient
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_stepfunctions import SFNClient

_CONFIG = Config(
    connect_timeout=3,
    read_timeout=20,
    retries={"mode": "standard", "total_max_attempts": 4},
)


def s3(region: str) -> "S3Client":
    """S3 at the Region's own address.

    Path style, because the default signs forms for the global address, which is answered
    outside the Region while a bucket is young (ADR 0008).
    """
    regional = Config(signature_version="s3v4", s3={"addressing_style": "path"})
    return boto3.client("s3", region_name=region, config=_CONFIG.merge(regional))


def sqs(region: str) -> "SQSClient":
    """SQS."""
    return boto3.client("sqs", region_name=region, config=_CONFIG)


def step_functions(region: str) -> "SFNClient":
    """Step Functions."""
    return boto3.client("stepfunctions", region_name=region, config=_CONFIG)


def kms(region: str) -> "KMSClient":
    """KMS."""
    return boto3.client("kms", region_name=region, config=_CONFIG)


def dynamodb(region: str) -> "DynamoDBClient":
    """DynamoDB, where items are read as they are and not as PynamoDB models them."""
    return boto3.client("dynamodb", region_name=region, config=_CONFIG)


def cognito(region: str) -> "CognitoIdentityProviderClient":
    """Cognito's user pools."""
    return boto3.client("cognito-idp", region_name=region, config=_CONFIG)


def functions(region: str) -> "LambdaClient":
    """Lambda, for a call that somebody at the API waits for.

    One attempt, given up before API Gateway's thirty seconds are over.
    """
    once = Config(read_timeout=25, retries={"total_max_attempts": 1})
    return boto3.client("lambda", region_name=region, config=_CONFIG.merge(once))
