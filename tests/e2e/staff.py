"""Whoever works there, in a real browser on the deployed system.

    def test_x(staff_pages: StaffPages) -> None:
        with staff_pages.at("editor", "/people") as page:
            ...

Somebody signs in once for the session, over the real sign-in pages; after that a page
goes from one address to another within the app, as its menu does. Leaving `at` looks at
what happened on the page: nobody else was asked, and nothing was complained of.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect

from local.client import LocalCloud
from local.sign_in import outputs_of, totp
from local.users import DemoUser, ensure_users

PATIENCE = 60_000
"""Milliseconds: several functions start cold on a machine that does other things too."""
AXE = Path("node_modules/axe-core/axe.min.js")
SCREENSHOTS = Path("docs/screenshots")
NO_ANSWER = "Failed to load resource"
"""What Chromium itself says of an answer that is a no, whatever the page makes of it."""
LANGUAGES = {"nl": "Nederlands", "en": "English"}


def sign_in(page: Page, user: DemoUser, code: str | None = None) -> None:
    """Fill in the sign-in pages, as a person does."""
    page.locator("#sign-in").click()
    page.get_by_label("Username").fill(user.account.email)
    page.get_by_role("button", name="Next").click()
    page.get_by_label("Password").fill(user.account.password)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_label("Code").fill(code or totp(user.account.totp_secret))
    page.get_by_role("button", name="Sign in").click()


def violations(page: Page) -> list[dict[str, Any]]:
    """What axe finds that is serious or worse; colours as they are once at rest."""
    # Through the browser's own tools: the page's policy takes no script but its own.
    page.evaluate(AXE.read_text())
    found = page.evaluate("axe.run()")["violations"]
    return [
        {"id": each["id"], "at": [node["html"] for node in each["nodes"]]}
        for each in found
        if each["impact"] in {"serious", "critical"}
    ]


def screenshot(page: Page, name: str) -> None:
    """Keep a picture of the page for the documents, where it was asked for."""
    if os.environ.get("BEELDRECHT_SCREENSHOTS"):
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=SCREENSHOTS / f"{name}.png")


def go(page: Page, path: str) -> None:
    """Go to another page of the app, as its menu does: whoever is in stays in."""
    page.evaluate("path => history.pushState(null, '', path)", path)


@dataclass
class Heard:
    """What happened on a page: who was asked, and what was complained of."""

    ours: Sequence[str]
    elsewhere: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def listen(self, page: Page, home: str) -> None:
        """Hear what our own pages say; the emulator's sign-in pages are not ours."""

        def said(message: ConsoleMessage) -> None:
            mine = message.location["url"].startswith((home, "blob:"))
            if mine and message.type in {"error", "warning"}:
                self.complaints.append(message.text)

        def asked(url: str) -> None:
            if not url.startswith((*self.ours, "blob:", "data:", "about:")):
                self.elsewhere.append(url)

        page.on("console", said)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: asked(request.url))

    def nothing(self) -> None:
        """Nobody else was asked, nothing went wrong; said by what did."""
        assert self.elsewhere == []
        assert [each for each in self.complaints if NO_ANSWER not in each] == []


class StaffPages:
    """A page for everybody who works there, signed in when it is first asked for."""

    def __init__(self, browser: Browser, cloud: LocalCloud) -> None:
        outputs = outputs_of(cloud)
        self.home = outputs["ApiUrl"] + "/"
        self._ours = [f"{urlsplit(self.home).scheme}://localhost", self.home]
        self._users = {user.name: user for user in ensure_users(cloud)}
        self._browser = browser
        # What is waited for on a page takes as long as what is done on it.
        expect.set_options(timeout=PATIENCE)
        self._open: dict[tuple[str, str], tuple[BrowserContext, Page, Heard]] = {}

    def _of(self, name: str, language: str) -> tuple[Page, Heard]:
        if (name, language) not in self._open:
            context = self._browser.new_context(
                viewport={"width": 1280, "height": 900}, locale="nl-NL"
            )
            page = context.new_page()
            page.set_default_timeout(PATIENCE)
            heard = Heard(self._ours)
            heard.listen(page, self.home)
            page.goto(self.home)
            page.get_by_role("button", name=LANGUAGES[language]).click()
            sign_in(page, self._users[name])
            expect(page.locator("#address")).to_be_visible()
            self._open[name, language] = (context, page, heard)
        _, page, heard = self._open[name, language]
        return page, heard

    @contextmanager
    def at(self, name: str, path: str = "/", language: str = "en") -> Iterator[Page]:
        """Somebody's page, at this address; wide and light, however it was left."""
        page, heard = self._of(name, language)
        page.set_viewport_size({"width": 1280, "height": 900})
        page.emulate_media(color_scheme="light")
        # What an earlier test left open there is closed by going elsewhere.
        go(page, "/")
        go(page, path)
        yield page
        heard.nothing()

    def forget(self, name: str, language: str = "en") -> None:
        """Close the page of somebody who is signed out; the next time they sign in."""
        context, _, _ = self._open.pop((name, language))
        context.close()

    def close(self) -> None:
        """Close what was opened."""
        for context, _, _ in self._open.values():
            context.close()
        self._open.clear()
