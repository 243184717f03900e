"""What the tests do with the deployed system: what people with accounts would do."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any

from beeldrecht.domain.intake import AssetRecord
from cli.api import ProblemError
from cli.files import unchecked
from cli.outbox import Outbox
from cli.stack import Deployed
from cli.state import Remembered
from cli.uploading import Uploads
from local.client import LocalCloud
from local.demo.staff import CONTRIBUTOR, Staff

PATIENCE = 900.0
"""Seconds, only so that a broken chain ends the test; nothing is asserted about time.

Longer than the queues keep a message that failed once (six times a function's time-out):
to be delivered again is what the chain does, and no failure of a test.
"""


@dataclass(frozen=True)
class Way:
    """The way of a picture, driven from outside."""

    cloud: LocalCloud
    deployed: Deployed
    staff: Staff
    folder: Path

    def upload(self, path: Path, session_id: str | None = None) -> str:
        """Announce a file as a contributor and post its form; gives the asset's id."""
        api = self.staff[CONTRIBUTOR]
        outbox = Outbox(api.address, Remembered("outbox.json", self.folder))
        return Uploads(api, outbox).send(unchecked(path), session_id, lambda _: None)

    def settled(self, asset_id: str) -> AssetRecord:
        """Wait until the chain is through with it."""

        def look() -> AssetRecord | None:
            record = self.deployed.library.record(asset_id)
            return record if record is not None and record.settled else None

        try:
            return until(look, f"asset {asset_id} to be settled")
        except AssertionError as error:
            error.add_note(f"what failed: {self._failures()}")
            raise

    def of_website(self, asset_id: str) -> str | None:
        """What the last decision says of the website; None before there is one."""
        decision = self.deployed.library.cached_decision(asset_id)
        return str(decision["per_channel"]["website"]) if decision else None

    def object_event(self, asset_id: str) -> None:
        """Say again what S3 said."""
        self.deployed.uploads.send_upload(asset_id)

    def quiet(self) -> None:
        """Wait until nothing is in the queues any more."""
        sqs = self.cloud.client("sqs")
        urls = [self.deployed["UploadsQueueUrl"], self.deployed["DetectionsQueueUrl"]]
        counts = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]

        def empty() -> bool | None:
            left = 0
            for url in urls:
                found = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=counts)
                left += sum(int(value) for value in found["Attributes"].values())
            return left == 0 or None

        until(empty, "the queues to be empty")

    def log_lines(self, function: str) -> list[dict[str, Any]]:
        """Everything a function logged as JSON."""
        logs = self.cloud.client("logs")
        groups = logs.describe_log_groups()["logGroups"]
        return [
            json.loads(event["message"])
            for group in (g["logGroupName"] for g in groups)
            if function in group
            for event in logs.filter_log_events(logGroupName=group)["events"]
            if event["message"].startswith("{")
        ]

    def _failures(self) -> list[dict[str, Any]]:
        names = ("ReceiveUpload", "DetectFaces", "CheckConsent")
        lines = (line for name in names for line in self.log_lines(name))
        return [line for line in lines if line.get("level") == "ERROR"]

    def templates_computed(self) -> int:
        """How many templates all functions together say they computed, at the least."""
        return sum(
            int(line.get("templates", 0))
            for function in ("SuggestPeople", "RelookPictures", "EnrolPerson")
            for line in self.log_lines(function)
        )


def until_current[Made](act: Callable[[], Made], what: str) -> Made:
    """What came of a change; done again when the picture changed since it was read.

    Any other refusal is raised.
    """

    def once() -> tuple[Made] | None:
        try:
            return (act(),)
        except ProblemError as error:
            if error.status != HTTPStatus.PRECONDITION_FAILED:
                raise
            return None

    (made,) = until(once, what)
    return made


def until[Found](look: Callable[[], Found | None], what: str) -> Found:
    """Look until there is something."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        found = look()
        if found is not None:
            return found
        time.sleep(0.2)
    raise AssertionError(f"waited in vain for {what}")
