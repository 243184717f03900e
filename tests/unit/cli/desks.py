"""A desk whose library is the real staff API over a world in memory."""

import io
import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import SplitResult, parse_qsl, urlsplit

from rich.console import Console

from beeldrecht.domain.access import Role, User
from beeldrecht.runtime.http.api import Api
from cli.commands import main
from cli.desk import Desk
from cli.place import Place
from cli.session import Session, Tokens
from cli.stack import Deployed
from cli.state import Remembered
from cli.web import Reply
from tests.fakes.http import call
from tests.fakes.samples import EDITOR
from tests.fakes.staff import Staff
from tests.fakes.world import World

ADDRESS = "https://beeld.example"
PLACE = Place(ADDRESS, "https://sign-in.example", "https://issuer.example/pool", "cli")
OUTPUTS = {
    f"{name}{part}QueueUrl": f"https://queue/{name}{part}"
    for name in ("Uploads", "Detections", "Mails", "Deliveries")
    for part in ("", "Dead")
}


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


class Nowhere(Remembered):
    """Remembers as long as the test lasts, and writes no file."""

    def __init__(self) -> None:
        super().__init__("nowhere")
        self._value: dict[str, Any] | None = None

    def read(self) -> dict[str, Any] | None:
        return self._value

    def write(self, value: Mapping[str, Any]) -> None:
        self._value = json.loads(json.dumps(value))

    def alone(self) -> Any:
        return io.StringIO()  # any context will do


@dataclass
class Office:
    """Somebody at a desk, the library they reach, and what is printed."""

    world: World = field(default_factory=World)
    roles: frozenset[Role] = frozenset({Role.EDITOR, Role.RECOGNISER})
    user_id: str = EDITOR
    language: str = "en"
    staff: Staff = field(init=False)
    desk: Desk = field(init=False)
    sent: list[tuple[str, str]] = field(default_factory=list)
    """Method and path of every request."""
    printed: io.StringIO = field(default_factory=io.StringIO)
    sqs: FakeSqs = field(default_factory=FakeSqs)
    apis: dict[str, Api] = field(default_factory=dict)
    """Other functions that answer, by the subject in their paths."""

    def __post_init__(self) -> None:
        self.staff = Staff(self.world)
        self._one_at_a_time = threading.Lock()
        deployed = Deployed("eu-central-1", OUTPUTS)
        deployed.__dict__.update(library=self.world.library, sqs=self.sqs)
        self.session = Session(Nowhere(), send=self.send, now=lambda: 0.0)
        self.session.begin(PLACE, Tokens("token", "refresh", 900.0))
        self.desk = Desk(
            Console(file=self.printed, width=300, force_terminal=False),
            self.language,
            self.session,
            self.send,
            lambda: deployed,
            self.world.now,
        )

    def be(self, *roles: Role, user_id: str | None = None) -> "Office":
        """Have somebody else sit here."""
        self.roles = frozenset(roles)
        self.user_id = user_id or self.user_id
        return self

    def run(self, *arguments: str) -> int:
        """Type a command."""
        return main(arguments, self.desk)

    @property
    def said(self) -> str:
        return self.printed.getvalue()

    def send(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> Reply:
        """Hand a request to the API as API Gateway would."""
        assert url.startswith(ADDRESS), url
        with self._one_at_a_time:  # as a function answers
            return self._answered(method, urlsplit(url), headers or {}, body)

    def _answered(
        self, method: str, parts: SplitResult, headers: Mapping[str, str], body: Any
    ) -> Reply:
        self.sent.append((method, parts.path))
        user = User(self.user_id, self.roles, self.world.at - timedelta(minutes=1))
        answer = call(
            self.apis.get(parts.path.split("/")[2], self.staff.api),
            method,
            parts.path,
            user=user if headers.get("Authorization") else None,
            body=body.decode() if body is not None else None,
            query=dict(parse_qsl(parts.query)) or None,
            headers=headers,
        )
        named = {name.lower(): value for name, value in answer.headers.items()}
        return Reply(answer.status, named, answer.text.encode())
