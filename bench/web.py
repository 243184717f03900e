"""The web app in Chromium: what a first visit costs, and how it moves with 100,000.

`python -m bench.web [pictures]`. The site is the one that is deployed, with its policy
and its packing; the API behind it is made up (`bench.staff_stand`), so that this measures
the page alone. Delays are what the browser itself says of events (Event Timing, as in
Interaction to Next Paint); what the page's own thread computed is told beside them, for
that does not depend on who else is busy on the machine.
"""

import statistics
import sys
from collections.abc import Sequence
from typing import Any

from playwright.sync_api import CDPSession, Page, sync_playwright

from bench.staff_stand import Stand
from tests.browsing import FLAGS
from tools import chromium, web

PICTURES = 100_000
STEPS = 240
KEYS = (
    *("ArrowRight",) * 20,
    *("ArrowDown",) * 20,
    *("Space", "Shift+ArrowRight") * 5,
    *("End", "Home"),
)
WATCH = """() => {
    window.delays = [];
    new PerformanceObserver((list) => {
        for (const each of list.getEntries()) {
            if (each.interactionId) window.delays.push(each.duration);
        }
    }).observe({ type: 'event', durationThreshold: 16, buffered: true });
}"""
PAINTED = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
SCROLL = """async ({ far, steps }) => {
    const frames = [];
    let before = performance.now();
    for (let step = 0; step < steps; step += 1) {
        scrollBy(0, far);
        await new Promise(requestAnimationFrame);
        frames.push(performance.now() - before);
        before = performance.now();
    }
    return frames;
}"""


def sign_in(page: Page, home: str) -> None:
    """Come in, at the library."""
    page.goto(f"{home}/library")
    page.get_by_role("button", name="Nederlands").click()
    page.locator("#sign-in").click()
    page.locator("[role=gridcell]").first.wait_for()


def load_all(page: Page, pictures: int) -> None:
    """Scroll until every picture is in the grid."""
    rows = 0
    while rows * 12 < pictures * 2:
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        page.wait_for_timeout(150)
        now = int(page.locator("[role=grid]").get_attribute("aria-rowcount") or 0)
        if now == rows:
            page.wait_for_timeout(600)
            now = int(page.locator("[role=grid]").get_attribute("aria-rowcount") or 0)
            if now == rows:
                return
        rows = now


def measure(page: Page, stand: Stand, pictures: int) -> Sequence[tuple[str, str]]:
    """Each measure with what it was."""
    sign_in(page, stand.home)
    load_all(page, pictures)
    rows = page.locator("[role=grid]").get_attribute("aria-rowcount")
    page.evaluate("scrollTo(0, 0)")
    page.locator("[role=gridcell]").first.focus()
    page.evaluate(WATCH)
    devtools = page.context.new_cdp_session(page)
    devtools.send("Performance.enable", {"timeDomain": "threadTicks"})
    began = _computed(devtools)
    for key in KEYS:
        page.keyboard.press(key)
    page.wait_for_timeout(400)
    keys = _computed(devtools) - began
    delays: list[float] = page.evaluate("window.delays")
    page.keyboard.press("Escape")
    began = _computed(devtools)
    frames: list[float] = page.evaluate(SCROLL, {"far": 700, "steps": STEPS})
    scrolled = _computed(devtools) - began
    slow = sorted(frames)[int(len(frames) * 0.95)]
    return (
        ("pictures in the grid, rows", f"{pictures:,}, {rows}"),
        ("tiles on the page at a time", f"{page.locator('[role=gridcell]').count()}"),
        ("a key, computed by the page's thread", _ms(keys / len(KEYS))),
        ("a key, median delay to the next paint", _ms(_median(delays))),
        ("a key, worst delay to the next paint", _ms(max(delays, default=0))),
        ("scrolling a screen, computed by the thread", _ms(scrolled / STEPS)),
        ("scrolling a screen, median frame", _ms(_median(frames))),
        ("scrolling a screen, 95th of 100 frames", _ms(slow)),
    )


def _computed(devtools: CDPSession) -> float:
    """Milliseconds that the page's main thread computed so far."""
    told = devtools.send("Performance.getMetrics")["metrics"]
    [seconds] = (each["value"] for each in told if each["name"] == "TaskDuration")
    return float(seconds) * 1000


def first_visit(page: Page, home: str) -> Sequence[tuple[str, str]]:
    """What somebody waits for who was never here."""
    page.goto(f"{home}/")
    page.locator("#sign-in:enabled").wait_for()
    painted: float = page.evaluate(PAINTED)
    return (
        (
            "code and styles of a first visit, packed",
            f"{web.first_load() / 1024:.0f} KiB",
        ),
        ("first contentful paint", _ms(painted)),
    )


def _median(values: Sequence[float]) -> float:
    return statistics.median(values) if values else 0


def _ms(value: float) -> str:
    return f"{value:.0f} ms"


def main(arguments: Sequence[str]) -> None:
    """Print the table."""
    pictures = int(arguments[0]) if arguments else PICTURES
    path = chromium.find()
    if path is None:
        print("there is no Chromium on this machine: run `make setup`")
        return
    options: dict[str, Any] = {"executable_path": path, "args": [*FLAGS]}
    with Stand(pictures) as stand, sync_playwright() as playwright:
        browser = playwright.chromium.launch(**options)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.set_default_timeout(60_000)
        table = (*first_visit(page, stand.home), *measure(page, stand, pictures))
        browser.close()
    for what, value in table:
        print(f"{what:<46} {value:>16}")


if __name__ == "__main__":
    main(sys.argv[1:])
