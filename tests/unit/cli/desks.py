"""A deployment whose functions are the real steps over a world in memory."""

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from rich.console import Console

from beeldrecht.domain.channels import Channel
from cli.commands import Desk
from cli.stack import Deployed, FunctionFailedError
from tests.fakes.samples import EDITOR
from tests.fakes.world import World

OUTPUTS = {
    f"{name}{part}QueueUrl": f"https://queue/{name}{part}"
    for name in ("Uploads", "Detections")
    for part in ("", "Dead")
} | {"ReleaseAssetFunction": "the-release-function"}


class FakeSqs:
    """Queues in memory; a message that was received stays hidden until it is put back."""

    def __init__(self) -> None:
        self.messages: dict[str, dict[str, str]] = {}
        self._hidden: set[str] = set()
        self.sent_at = 1_700_000_000_000

    def put(self, url: str, body: str) -> None:
        queue = self.messages.setdefault(url, {})
        queue[f"{url}#{len(queue)}"] = body

    def send_message(self, *, QueueUrl: str, MessageBody: str) -> None:  # noqa: N803
        self.put(QueueUrl, MessageBody)

    def receive_message(self, *, QueueUrl: str, **_: object) -> dict[str, Any]:  # noqa: N803
        visible = [
            (name, body)
            for name, body in self.messages.get(QueueUrl, {}).items()
            if name not in self._hidden
        ][:2]
        self._hidden |= {name for name, _ in visible}
        return {
            "Messages": [
                {
                    "MessageId": name,
                    "ReceiptHandle": name,
                    "Body": body,
                    "Attributes": {"SentTimestamp": str(self.sent_at)},
                }
                for name, body in visible
            ]
        }

    def change_message_visibility(self, *, ReceiptHandle: str, **_: object) -> None:  # noqa: N803
        self._hidden.discard(ReceiptHandle)

    def delete_message(self, *, QueueUrl: str, ReceiptHandle: str) -> None:  # noqa: N803
        del self.messages[QueueUrl][ReceiptHandle]


@dataclass(frozen=True)
class Local(Deployed):
    """The deployment; `__dict__` is where a cached property keeps what it made."""

    world: World = field(default_factory=World)
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def invoke(self, function: str, event: Mapping[str, Any]) -> dict[str, Any]:
        self.calls.append((function, dict(event)))
        try:
            if function == "ConfirmAppearance":
                return self.world.answer(
                    event["face_id"],
                    event["person_id"],
                    event["answer"],
                    event["actor_id"],
                    event["asset_id"],
                ).model_dump(mode="json")
            if function == "ReleaseAsset":
                channels = [Channel(c) for c in event["channels"] or ()]
                released = self.world.release(*channels, asset_id=event["asset_id"])
                return dict(json.loads(released.model_dump_json()))
        except Exception as error:
            raise FunctionFailedError(
                function, type(error).__name__, str(error)
            ) from error
        raise AssertionError(function)


def desk_over(world: World, language: str = "en") -> tuple[Desk, Local, io.StringIO]:
    """A desk, the deployment it finds, and what it prints."""
    deployed = Local("eu-central-1", OUTPUTS, world)
    deployed.__dict__.update(
        library=world.library,
        register=world.register,
        contact_keys=world.keys,
        uploads=world.uploads,
        originals=world.originals,
        sqs=FakeSqs(),
        actor_id=EDITOR,
    )
    printed = io.StringIO()
    out = Console(file=printed, width=300, force_terminal=False)
    return Desk(out, language, lambda: deployed, world.now), deployed, printed
