"""Queues and the workflow: what is handed on carries an opaque id and nothing else."""

import json
from typing import TYPE_CHECKING

from beeldrecht.domain.ids import check_id
from beeldrecht.domain.intake import original_key

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_stepfunctions import SFNClient


class AssetQueue:
    """A queue of assets to work on. At least once, in any order."""

    def __init__(self, sqs: "SQSClient", url: str) -> None:
        self._sqs = sqs
        self._url = url

    def send(self, asset_id: str) -> None:
        """Hand an asset on; sending it twice does no harm to the receiver."""
        self._sqs.send_message(
            QueueUrl=self._url, MessageBody=json.dumps({"asset_id": check_id(asset_id)})
        )


class UploadQueue:
    """The queue that S3's events arrive in, to say again what S3 said or lost."""

    def __init__(self, sqs: "SQSClient", url: str) -> None:
        self._sqs = sqs
        self._url = url

    def send_upload(self, asset_id: str) -> None:
        """Say that the original of an asset was written, in the shape of S3's event."""
        key = original_key(check_id(asset_id))
        event = {"Records": [{"s3": {"object": {"key": key}}}]}
        self._sqs.send_message(QueueUrl=self._url, MessageBody=json.dumps(event))


class MailQueue:
    """The queue of mails that are on record and wait to be sent."""

    def __init__(self, sqs: "SQSClient", url: str) -> None:
        self._sqs = sqs
        self._url = url

    def send(self, mail_id: str) -> None:
        """Hand a mail on; who delivers it claims it first, so twice is once."""
        self._sqs.send_message(
            QueueUrl=self._url, MessageBody=json.dumps({"mail_id": check_id(mail_id)})
        )


class Clearance:
    """The workflow `clear_asset`. Starting it twice decides the same thing twice."""

    def __init__(self, states: "SFNClient", arn: str) -> None:
        self._states = states
        self._arn = arn

    def start(self, asset_id: str) -> None:
        """Have an asset decided on."""
        self._states.start_execution(
            stateMachineArn=self._arn, input=json.dumps({"asset_id": check_id(asset_id)})
        )
