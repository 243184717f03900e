"""A session's code, from scan to dark: signed, seen, used and taken back in a browser.

Everything is the deployed system's own: the site, both APIs, the chain of a picture.
"""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import ConsoleMessage, Page, expect

from beeldrecht.domain.ids import new_id
from cli.api import ProblemError
from cli.deciding import release_asset, say_who
from local.demo.staff import EDITOR, Staff
from tests.e2e.looks import amiss
from tests.workflows.way import Way, until

PATIENCE = 60_000
"""Milliseconds: several functions start cold on a machine that does other things too."""
NAME = "Ilse Roodhart-Visscher"
TITLE = "Zomeravond in de tuin"
ASSETS = "/v1/assets"


@pytest.fixture
def telephone(any_page: Page) -> Iterator[Page]:
    """Somebody's own browser, whose page breaks no policy and no script."""
    complaints: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if "Policy" in message.text:
            complaints.append(message.text)

    any_page.on("console", hear)
    any_page.on("pageerror", lambda error: complaints.append(str(error)))
    any_page.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    any_page.set_viewport_size({"width": 390, "height": 844})
    yield any_page
    assert complaints == []


def sign(page: Page, url: str) -> str:
    """Read, choose two channels, sign; the address of one's own page."""
    page.goto(url)
    page.locator("#form").wait_for()
    assert amiss(page) == []
    page.locator("[data-language=nl]").click()
    expect(page.locator("#all-channels")).to_have_text("Ja, voor al deze")
    page.locator("#channel-website").check()
    page.locator("#channel-intranet").check()
    page.locator("#who-self").check()
    page.locator("#name").fill(NAME)
    page.locator("#mark").fill(NAME)
    page.locator("#sign").click()
    expect(page.locator("#done")).to_contain_text("Intranet")
    return page.locator("#page-url").input_value()


def a_picture_of(way: Way, person_id: str, session_id: str, path: Path) -> str:
    """Taken in, named by an editor, decided on and released."""
    editor = way.staff[EDITOR]
    asset_id = way.upload(path, session_id)
    way.settled(asset_id)
    (face,) = editor.get(f"{ASSETS}/{asset_id}")["faces"]
    say_who(editor, asset_id, face["face_id"], person_id, "confirm")
    until(lambda: way.of_website(asset_id) == "clear" or None, "the decision")
    release_asset(editor, asset_id)
    return asset_id


def test_r05_what_was_signed_at_a_session_is_taken_back_and_dark_at_the_next_request(
    telephone: Page, way: Way, staff: Staff, photos: Path
) -> None:
    page, editor = telephone, staff[EDITOR]
    made = editor.post("/v1/sessions", {"title": TITLE, "on": "2026-06-20"}, key=new_id())
    session_id = made["session_id"]
    code = editor.post(f"/v1/sessions/{session_id}/links", {})
    assert urlsplit(code["url"]).path == "/sign"
    own = sign(page, code["url"])
    assert urlsplit(own).path == "/own-page"

    (person_id,) = editor.get(f"/v1/sessions/{session_id}")["people"]
    asset_id = a_picture_of(way, person_id, session_id, photos / "biden.jpg")
    used = editor.post(f"{ASSETS}/{asset_id}/downloads", {"channel": "website"})
    assert used["url"]
    with pytest.raises(ProblemError):
        editor.post(f"{ASSETS}/{asset_id}/downloads", {"channel": "print"})

    # The page shows the picture, where it went, and what was agreed to.
    page.locator("#open-page").click()
    expect(page.locator("h1")).to_contain_text(NAME)
    expect(page.locator("#channel-website")).to_be_checked()
    expect(page.locator("#channel-print")).not_to_be_checked()
    expect(page.locator("#pictures .picture")).to_contain_text("Website, ")
    page.locator("#pictures img").scroll_into_view_if_needed()
    page.wait_for_function("document.querySelector('#pictures img').naturalWidth > 0")
    assert amiss(page) == []

    # Taken back by two taps, and dark at the next request.
    page.locator("#withdraw-all").click()
    page.locator("dialog .main").click()
    expect(page.locator("#said")).to_be_visible()
    with pytest.raises(ProblemError) as dark:
        editor.post(f"{ASSETS}/{asset_id}/downloads", {"channel": "website"})
    assert dark.value.code in {"not_cleared", "masked_version_not_made"}
    until(lambda: way.of_website(asset_id) != "clear" or None, "the picture gone dark")
    page.reload()
    expect(page.locator("#agreed")).to_contain_text("Website")
    expect(page.locator("[role=switch]:checked")).to_have_count(0)

    # What is asked for besides stands on the page from then on.
    page.locator("#ask-export").click()
    page.locator("dialog .main").click()
    expect(page.locator("#said")).to_be_visible()
    page.reload()
    expect(page.locator("#ask-erasure")).to_be_visible()
    expect(page.locator("#ask-export")).to_have_count(0)
