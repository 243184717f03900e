"""Signing for a role as if it were some time ago: no test waits a minute to see one pass.

The emulator's root key is above every policy, so what a policy does shows for roles only.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import boto3
import botocore.auth
import botocore.signers
import pytest
from botocore.config import Config

from local.client import REGION, LocalCloud
from tests.local.stacks import allow, document


def role(cloud: LocalCloud, name: str, *actions: str) -> Any:
    """An S3 client of a role of that name, which may do these things to every object."""
    root = {"AWS": f"arn:aws:iam::{cloud.account}:root"}
    trust = {"Effect": "Allow", "Principal": root, "Action": "sts:AssumeRole"}
    iam = cloud.client("iam")
    made = iam.create_role(
        RoleName=name, AssumeRolePolicyDocument=json.dumps(document(trust))
    )
    policy = document(allow(list(actions) or "s3:*"))
    iam.put_role_policy(
        RoleName=name, PolicyName="all", PolicyDocument=json.dumps(policy)
    )
    session = cloud.client("sts").assume_role(
        RoleArn=made["Role"]["Arn"], RoleSessionName="test"
    )
    found = session["Credentials"]
    return boto3.client(
        "s3",
        endpoint_url=cloud.endpoint,
        region_name=REGION,
        aws_access_key_id=found["AccessKeyId"],
        aws_secret_access_key=found["SecretAccessKey"],
        aws_session_token=found["SessionToken"],
        config=Config(signature_version="s3v4", s3={"addressing_style": "path"}),
    )


@contextmanager
def signed_ago(seconds: float) -> Iterator[None]:
    """Whatever is signed within was signed that long ago."""
    auth: Any = botocore.auth
    now = auth.get_current_datetime

    def then(*given: Any, **named: Any) -> Any:
        return now(*given, **named) - timedelta(seconds=seconds)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(auth, "get_current_datetime", then)
        patch.setattr(botocore.signers, "get_current_datetime", then)
        yield
