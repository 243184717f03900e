"""The mails that went out of the local cloud, as whoever they were for reads them."""

import json
import re
import time
from collections.abc import Callable
from typing import Any

from cli.web import Send, send
from local.client import LocalCloud
from local.demo.waiting import LOOK_EVERY, STALLED, StalledError

PAGE = "/_local/inbox"
_LINK = r"https?://[^\s<>\"#]+{page}#[A-Za-z0-9_-]{{43}}"


class Inbox:
    """Everybody's mail in one place."""

    def __init__(
        self,
        cloud: LocalCloud,
        send: Send = send,
        pause: Callable[[float], object] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._cloud = cloud
        self._send = send
        self._pause = pause
        self._clock = clock

    @property
    def address(self) -> str:
        """Where a person looks at it."""
        return f"{self._cloud.endpoint}{PAGE}"

    def link(self, email: str, page: str) -> str | None:
        """The link to that page in the last mail to somebody that has one."""
        pattern = re.compile(_LINK.format(page=re.escape(page)))
        for mail in reversed(self._mails()):
            if email in mail["To"] and (found := pattern.search(mail["BodyText"])):
                return found[0]
        return None

    def awaited(self, email: str, page: str, patience: float = STALLED) -> str:
        """The same, once it is there; raises StalledError when no mail comes."""
        began = self._clock()
        while (link := self.link(email, page)) is None:
            if self._clock() - began > patience:
                raise StalledError([email])
            self._pause(LOOK_EVERY)
        return link

    def _mails(self) -> list[dict[str, Any]]:
        """What was sent, the first one first; a cloud that was started anew has none."""
        reply = self._send("GET", f"{self._cloud.endpoint}/_ministack/ses/messages")
        return list(json.loads(reply.data)["messages"].get(self._cloud.account, []))
