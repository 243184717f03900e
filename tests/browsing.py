"""A real browser. Where there is none the tests fail: set-up installs one.

One for the whole session, for every room that looks at pages: what drives it can run only
once at a time.
"""

from typing import TYPE_CHECKING

import pytest

from tools import chromium

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page


_WITHOUT = (
    # Processes for a page that is never opened and for the window's own bubbles, with
    # each window: half of what a test costs.
    *("SpareRendererForSitePerProcess", "PreloadTopChromeWebUI"),
    *("WebUIOmniboxPopup", "InitialWebUI"),
    # What is named last stands for all, so here is what the driver leaves out too.
    *("HttpsUpgrades", "HttpsFirstBalancedModeAutoEnable", "PaintHolding"),
    *("DestroyProfileOnBrowserClose", "LensOverlay", "MediaRouter", "OptimizationHints"),
    *("ThirdPartyStoragePartitioning", "AvoidUnnecessaryBeforeUnloadCheckSync"),
)
FLAGS = (
    # Containers run as root and have no user namespaces to make a sandbox of; the pages
    # are our own files and nothing else is opened.
    "--no-sandbox",
    "--disable-dev-shm-usage",
    # There is no graphics card: imitating one costs a process that is never idle.
    "--disable-gpu",
    "--disable-software-rasterizer",
    # Debian's wrapper loads its own.
    "--disable-extensions",
    f"--disable-features={','.join(_WITHOUT)}",
)


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    # Imported here: every run of every test reads this file.
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    path = chromium.find()
    if path is None:
        pytest.fail(
            "There is no Chromium on this machine: run `make setup`.", pytrace=False
        )
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=[*FLAGS])
        yield opened
        opened.close()


@pytest.fixture
def any_page(browser: "Browser") -> "Iterator[Page]":
    """A page in a context of its own."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


@pytest.fixture
def page(any_page: "Page") -> "Iterator[Page]":
    """A page whose console must stay empty."""
    complaints: list[str] = []
    any_page.on("console", lambda message: complaints.append(message.text))
    any_page.on("pageerror", lambda error: complaints.append(str(error)))
    yield any_page
    assert complaints == []
