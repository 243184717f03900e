"""Messages that failed for good: what they were about, why, and putting them back."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

from beeldrecht.domain.assets import AssetStatus
from beeldrecht.domain.ids import InvalidIdError, check_id
from beeldrecht.domain.intake import AssetRecord, original_key
from beeldrecht.runtime.queues import UnexpectedMessageError, uploaded_keys

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_sqs.type_defs import MessageTypeDef

HELD = 30
"""Seconds for which a message that is being listed or moved is ours."""

WORKERS = {
    "uploads": "ReceiveUpload",
    "detections": "DetectFaces",
    "mails": "DeliverMail",
    "deliveries": "NoteDelivery",
}
"""Which function each queue feeds."""
_OF_MAILS = {"mails": "dead_mail", "deliveries": "dead_delivery"}


@dataclass(frozen=True, slots=True)
class DeadQueue:
    """A dead-letter queue and the queue that its messages came from."""

    name: str
    dead_url: str
    source_url: str


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A message that was tried too often."""

    queue: DeadQueue
    body: str
    receipt: str
    sent_at: datetime

    @property
    def about(self) -> str | None:
        """The asset or the mail that it is about; None when it cannot be read."""
        try:
            match self.queue.name:
                case "uploads":
                    (key,) = uploaded_keys(self.body)
                    return check_id(key.removeprefix(original_key("")))
                case "detections":
                    return check_id(json.loads(self.body)["asset_id"])
                case "mails":
                    return check_id(json.loads(self.body)["mail_id"])
                case _:
                    # Tags of SES are lists; a mail of ours carries one.
                    (mail_id,) = json.loads(self.body)["mail_id"]
                    return check_id(mail_id)
        except (UnexpectedMessageError, InvalidIdError, ValueError, KeyError, TypeError):
            return None


class Records(Protocol):
    """The records of pictures."""

    def record(self, asset_id: str) -> AssetRecord | None:
        """What is on record."""
        ...


def queues(outputs: Mapping[str, str]) -> tuple[DeadQueue, ...]:
    """The dead-letter queues of a deployment whose messages can be put back."""
    return tuple(
        DeadQueue(
            name,
            outputs[f"{name.capitalize()}DeadQueueUrl"],
            outputs[f"{name.capitalize()}QueueUrl"],
        )
        for name in WORKERS
    )


def dead_letters(sqs: "SQSClient", queue: DeadQueue) -> list[DeadLetter]:
    """Every message in a dead-letter queue; all stay where they are."""
    found = list(_take(sqs, queue))
    for letter in found:
        sqs.change_message_visibility(
            QueueUrl=queue.dead_url, ReceiptHandle=letter.receipt, VisibilityTimeout=0
        )
    return found


def redrive(sqs: "SQSClient", queue: DeadQueue) -> int:
    """Put the messages that wait now back into their queue; returns how many.

    One by one, sent before it is deleted: a message is handled twice rather than never,
    which every function here allows. SQS can move messages by itself, but the local cloud
    cannot, and one way that works in both is tested in both.
    """
    moved = 0
    for letter in _take(sqs, queue):
        sqs.send_message(QueueUrl=queue.source_url, MessageBody=letter.body)
        sqs.delete_message(QueueUrl=queue.dead_url, ReceiptHandle=letter.receipt)
        moved += 1
    return moved


def reason(letter: DeadLetter, records: Records) -> str:
    """Why it is there, as the key of a sentence, from what became of its picture.

    A mail says for itself what became of it, where its person is shown.
    """
    if letter.about is None:
        return "dead_unreadable"
    if letter.queue.name in _OF_MAILS:
        return _OF_MAILS[letter.queue.name]
    record = records.record(letter.about)
    if record is None:
        return "dead_gone"
    if record.refused:
        return "dead_refused"
    waiting = {
        "uploads": {AssetStatus.EXPECTED},
        "detections": {AssetStatus.EXPECTED, AssetStatus.RECEIVED},
    }[letter.queue.name]
    if record.status not in waiting:
        return "dead_done"
    return "dead_receive" if letter.queue.name == "uploads" else "dead_detect"


def _take(sqs: "SQSClient", queue: DeadQueue) -> Iterator[DeadLetter]:
    """Receive until nothing comes, or until what comes was sent after we began."""
    began = datetime.now(UTC)
    seen: set[str] = set()
    while True:
        messages = sqs.receive_message(
            QueueUrl=queue.dead_url,
            MaxNumberOfMessages=10,
            VisibilityTimeout=HELD,
            WaitTimeSeconds=1,
            AttributeNames=["SentTimestamp"],
        ).get("Messages", [])
        fresh = [m for m in messages if m["MessageId"] not in seen]
        for message in fresh:
            seen.add(message["MessageId"])
            letter = _letter(queue, message)
            if letter.sent_at <= began:
                yield letter
        if not fresh:
            return


def _letter(queue: DeadQueue, message: "MessageTypeDef") -> DeadLetter:
    stamp = int(message["Attributes"]["SentTimestamp"]) / 1000
    return DeadLetter(
        queue,
        message["Body"],
        message["ReceiptHandle"],
        datetime.fromtimestamp(stamp, UTC),
    )
