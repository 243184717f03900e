"""The page of a share: each picture by itself, and what is gone is said plainly."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import signing
from tests.e2e.looks import DUTCH_PHONE, PHONE_AND_DESK, amiss, fits
from tests.e2e.subject_scene import LEAVE, MINE, PASSWORD, SHARED, Served

LANGUAGES = {
    "nl": "Gedeelde foto's",
    "en": "Shared pictures",
    "de": "Geteilte Fotos",
    "fr": "Photos partagées",
}


@pytest.fixture
def device() -> dict[str, Any]:
    return DUTCH_PHONE


def come(page: Page, served: Served, token: str = SHARED) -> None:
    signing.come(page, served, token, "share")


def test_r03_each_picture_is_asked_for_and_what_is_gone_is_said(
    visitor: Page, served: Served
) -> None:
    come(visitor, served)
    places = visitor.locator(".pictures > li")
    expect(places).to_have_count(3)
    expect(visitor.locator(".pictures img")).to_have_count(2)
    expect(places.nth(1)).to_contain_text("afgedekt")
    expect(places.nth(2)).to_contain_text("niet meer beschikbaar")
    expect(places.nth(2).locator("button")).to_have_count(0)
    asked = [body["asset_id"] for what, body in served.api.asked if "picture" in what]
    assert sorted(asked) == sorted(served.api.shared)
    # The token is in no address.
    assert visitor.url == f"{served.origin}/share"


def test_a_picture_is_fetched_by_one_tap_and_said_aloud(
    visitor: Page, served: Served
) -> None:
    come(visitor, served)
    with visitor.expect_download() as fetched:
        visitor.locator(".pictures > li").first.locator("button").tap()
    assert fetched.value.suggested_filename
    expect(visitor.locator("#aloud")).not_to_be_empty()
    assert served.api.left == 2


def test_once_no_more_may_be_fetched_that_is_said_beside_the_picture(
    visitor: Page, served: Served
) -> None:
    served.api.left = 0
    come(visitor, served)
    first = visitor.locator(".pictures > li").first
    first.locator("button").tap()
    expect(first).to_contain_text("zoveel foto's opgehaald als mag")


def test_what_is_only_to_be_seen_has_no_button(visitor: Page, served: Served) -> None:
    served.api.can_fetch = False
    come(visitor, served)
    expect(visitor.locator(".pictures img")).to_have_count(2)
    expect(visitor.locator(".pictures button")).to_have_count(0)


def test_a_password_is_asked_for_and_kept_nowhere(visitor: Page, served: Served) -> None:
    served.api.password = PASSWORD
    come(visitor, served)
    typed = visitor.locator("#password")
    expect(typed).to_be_focused()
    assert visitor.locator(".pictures").count() == 0
    typed.fill("iets anders")
    visitor.keyboard.press("Enter")
    expect(visitor.locator("#said")).to_contain_text("niet het wachtwoord")
    visitor.locator("#password").fill(PASSWORD)
    visitor.locator("#open").tap()
    expect(visitor.locator(".pictures img")).to_have_count(2)
    looked = [body for what, body in served.api.asked if what == "share/picture"]
    assert {body["leave"] for body in looked} == {LEAVE}
    kept = visitor.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert PASSWORD not in kept
    assert LEAVE not in kept


def test_a_link_to_something_else_opens_nothing(visitor: Page, served: Served) -> None:
    come(visitor, served, MINE)
    expect(visitor.locator("h1")).to_have_text("Deze link werkt niet")


@pytest.mark.parametrize("password", [None, PASSWORD], ids=["open", "password"])
@pytest.mark.parametrize("size", PHONE_AND_DESK, ids=str)
def test_everybody_can_read_and_use_it(
    visitor: Page, served: Served, size: tuple[int, int], password: str | None
) -> None:
    visitor.set_viewport_size({"width": size[0], "height": size[1]})
    served.api.password = password
    come(visitor, served)
    for language, words in LANGUAGES.items():
        visitor.locator(f"[data-language={language}]").click()
        expect(visitor.locator("h1")).to_have_text(words)
        assert fits(visitor)
    assert amiss(visitor) == []
