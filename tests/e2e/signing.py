"""What tests do on the page to sign, as a person does."""

from typing import Any

from playwright.sync_api import Page, expect

from tests.e2e.subject_scene import SIGN, Served


def come(page: Page, served: Served, token: str = SIGN, at: str = "sign") -> None:
    """Open a link, as somebody does who had nothing of ours open."""
    page.goto("about:blank")
    page.goto(f"{served.origin}/{at}#{token}")
    expect(page.locator("main")).not_to_have_attribute("aria-busy", "true")


def taps(page: Page) -> int:
    found: int = page.evaluate("window.taps ?? 0")
    return found


def sign_as_adult(page: Page, name: str = "Ann de Vries") -> None:
    page.locator("#who-self").check()
    page.locator("#name").fill(name)
    page.locator("#mark").fill(name)
    page.locator("#sign").click()
    expect(page.locator("#done")).to_be_visible()


def signed(served: Served) -> dict[str, Any]:
    """What was sent to be signed, the last time."""
    return [body for what, body in served.api.asked if what == "sign"][-1]
