"""Somebody without an account, who holds a link: what their page does, done without one.

page = SubjectPage(address, link, "nl")
form = page.ask("request", {})
page.sign(form, channels=["website"])
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from cli.api import answer_of
from cli.web import Send, send

SIGN, OWN_PAGE = "/sign", "/own-page"
"""The pages that links lead to."""


class SubjectPage:
    """One page, opened by one link."""

    def __init__(self, address: str, link: str, language: str, send: Send = send) -> None:
        self._address = address
        self._token = urlsplit(link).fragment
        self._language = language
        self._send = send

    def ask(self, what: str, body: Mapping[str, Any]) -> Mapping[str, Any]:
        """Send what a tap on the page sends; raises ProblemError."""
        reply = self._send(
            "POST",
            f"{self._address}/subject/{what}",
            headers={
                "Accept": "application/json",
                "Accept-Language": self._language,
                "Authorization": f"Link {self._token}",
                "Content-Type": "application/json",
            },
            body=json.dumps(body).encode(),
        )
        answer: Mapping[str, Any] = answer_of(reply).body
        return answer

    def sign(
        self,
        name: str,
        channels: Iterable[str] | None = None,
        *,
        biometric: bool = False,
        attempt: str | None = None,
    ) -> Mapping[str, Any]:
        """Read what is asked, then sign it with a typed name; all channels if not said.

        The signature names the digest of the very words that the page showed.
        """
        form = self.ask("request", {"language": self._language})
        offered = [each["id"] for each in form["channels"]]
        return self.ask(
            "sign",
            {
                "wording": form["wording"]["name"],
                "wording_sha256": form["wording"]["sha256"],
                "language": form["language"],
                "channels": offered if channels is None else list(channels),
                "portrait": False,
                "biometric": biometric,
                "name": name,
                "country": "NL",
                "signature": {"kind": "typed", "mark": name},
                "attempt": attempt,
            },
        )
