"""Whether everybody can read and use a page: axe's findings, and what runs off a side."""

from pathlib import Path

from playwright.sync_api import Page

AXE = Path("node_modules/axe-core/axe.min.js")
DUTCH_PHONE = {
    "viewport": {"width": 390, "height": 844},
    "has_touch": True,
    "locale": "nl-NL",
    "timezone_id": "Europe/Amsterdam",
}
PHONE_AND_DESK = ((390, 844), (1280, 900))
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def amiss(page: Page) -> list[str]:
    """Everything that axe finds, of whatever weight."""
    # As a tool and not as the page: the page's own policy lets no other script in.
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("tags => axe.run({ runOnly: tags })", TAGS)
    assert len(found["passes"]) > 10
    return [
        f"{rule['id']}: {node['html'][:120]} {node['failureSummary'][:200]}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


def fits(page: Page) -> bool:
    """Whether nothing runs off the side."""
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return bool(wide <= 0)
