"""Every page that an address of its own leads to, wide in light and narrow in the dark.

What is done on a page stands in the tests of its room. Here each is only looked at: axe
finds nothing serious, no page stops another by what it left behind, and on a telephone
nobody has to move it sideways.
"""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.staff import StaffPages, go, violations

_EDITOR = {
    "/library": "Library",
    "/upload": "Upload",
    "/work/faces": "Faces",
    "/work/asked": "No answer yet",
    "/work/ending": "Ending",
    "/work/uploads": "Refused",
    "/people": "People",
    "/people/ask": "Ask for consent",
    "/people/wordings": "Wordings",
    "/sessions": "Sessions",
    "/collections": "Collections",
    "/shares": "Shares",
    "/": None,
}
_OFFICER = {
    "/desk": "Overview",
    "/desk/requests": "Requests of people",
    "/desk/erasures": "Erasure",
    "/desk/retention": "Retention",
    "/desk/recalls": "Recalls",
    "/desk/exports": "Copies for people",
    "/desk/audit": "Audit log",
    "/desk/registers": "Registers",
    "/desk/breaches": "Breaches",
    "/desk/proposals": "Second person",
    "/desk/recognition": "Recognition",
    "/desk/evidence": "Evidence pack",
    "/work/requests": "Requests",
    "/work/recalls": "Recalls",
}

_SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.parametrize(
    ("name", "pages"),
    [("editor", _EDITOR), ("officer", _OFFICER), ("administrator", {"/users": "Users"})],
    ids=["editor", "officer", "administrator"],
)
def test_every_page_is_for_everybody_and_for_every_screen(
    staff_pages: StaffPages, name: str, pages: dict[str, str | None]
) -> None:
    found: dict[str, object] = {}
    with staff_pages.at(name) as page:
        for scheme in ("light", "dark"):
            # Colours that are on their way to others have a contrast of their own.
            page.emulate_media(
                color_scheme="dark" if scheme == "dark" else "light",
                reduced_motion="reduce",
            )
            for path, title in pages.items():
                _stand_at(page, path, title)
                if bad := violations(page):
                    found[f"{path} in {scheme}"] = bad
                if sideways := page.evaluate(_SIDEWAYS):
                    found[f"{path} in {scheme}, sideways"] = sideways
            page.set_viewport_size({"width": 390, "height": 844})
        page.emulate_media(reduced_motion="no-preference")
    assert found == {}


def test_an_address_that_leads_nowhere_says_so(staff_pages: StaffPages) -> None:
    with staff_pages.at("editor", "/library/there/is/nothing/here") as page:
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert violations(page) == []


def _stand_at(page: Page, path: str, title: str | None) -> None:
    """Go there, and wait until what the page asked for is there."""
    go(page, path)
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_be_visible()
    if title is not None:
        expect(heading).to_have_text(title)
    expect(page.get_by_text("Loading…")).to_have_count(0)
