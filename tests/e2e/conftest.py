"""Somebody with a telephone, and the pages that are served to them."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from tests.e2e.subject_scene import Served

PHONE = ViewportSize(width=390, height=844)
COUNT_TAPS = """addEventListener('pointerdown', () => {
    window.taps = (window.taps ?? 0) + 1;
}, true);"""
NO_ANSWER = "Failed to load resource"
"""What Chromium itself says of an answer that is a no, whatever the page makes of it."""


@pytest.fixture
def served() -> Iterator[Served]:
    with Served() as found:
        yield found
        assert found.amiss == []


@pytest.fixture
def device() -> dict[str, Any]:
    """What the browser is like; a test may take another."""
    return {"viewport": PHONE, "has_touch": True, "locale": "en-GB"}


@pytest.fixture
def visitor(browser: Browser, served: Served, device: dict[str, Any]) -> Iterator[Page]:
    """A page that asks nobody else for anything, and has nothing to complain of."""
    context = browser.new_context(**device)
    page = context.new_page()
    page.set_default_timeout(15_000)
    page.add_init_script(COUNT_TAPS)
    complaints: list[str] = []
    elsewhere: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    ours = (f"{served.origin}/", f"blob:{served.origin}/", "about:blank")
    page.on(
        "request",
        lambda request: (
            None if request.url.startswith(ours) else elsewhere.append(request.url)
        ),
    )
    yield page
    context.close()
    assert elsewhere == []
    assert [each for each in complaints if NO_ANSWER not in each] == []
