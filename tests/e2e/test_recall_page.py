"""The page of whoever is asked to remove a picture: seen first, said by one tap (R12)."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from beeldrecht.domain.problems import Problem
from tests.e2e import signing
from tests.e2e.looks import DUTCH_PHONE, PHONE_AND_DESK, amiss, fits
from tests.e2e.subject_scene import MINE, RECALL, Served

LANGUAGES = {
    "nl": "Verwijder deze foto",
    "en": "Please remove this picture",
    "de": "Bitte entfernen Sie dieses Foto",
    "fr": "Merci de retirer cette photo",
}
STATES = ("recall_open", "recall_unreachable", "recall_removed", "recall_lifted")


@pytest.fixture
def device() -> dict[str, Any]:
    return DUTCH_PHONE


def come(page: Page, served: Served, token: str = RECALL) -> None:
    signing.come(page, served, token, "recall")


def test_r12_what_is_asked_is_told_before_anything_is_said(
    visitor: Page, served: Served
) -> None:
    come(visitor, served)
    expect(visitor.locator("h1")).to_have_text("Verwijder deze foto")
    told = visitor.locator("#picture")
    expect(told).to_contain_text("zomerfeest-012.jpg")
    expect(told).to_contain_text("a" * 32)
    expect(told).to_contain_text("Website en Drukwerk")
    expect(told).to_contain_text("1 juni 2026")  # Amsterdam's day
    assert served.api.asked == [("recall", {})]
    # The token is in no address, and no picture is shown that may not be used.
    assert visitor.url == f"{served.origin}/recall"
    assert visitor.locator("img").count() == 0


def test_r12_one_tap_says_that_it_is_gone(visitor: Page, served: Served) -> None:
    come(visitor, served)
    visitor.locator("#removed").tap()
    expect(visitor.locator("h1")).to_have_text("Dank je, het is genoteerd")
    expect(visitor.locator("h1")).to_be_focused()
    expect(visitor.locator("main")).to_contain_text("2 juni 2026")
    expect(visitor.locator("#removed")).to_have_count(0)
    assert served.api.asked == [("recall", {}), ("recall", {"removed": True})]
    assert visitor.evaluate("window.taps") == 1


def test_a_reload_says_nothing_anew_and_shows_how_it_stands(
    visitor: Page, served: Served
) -> None:
    come(visitor, served)
    visitor.locator("#removed").tap()
    expect(visitor.locator("h1")).to_have_text("Dank je, het is genoteerd")
    visitor.reload()
    expect(visitor.locator("h1")).to_have_text("Dank je, het is genoteerd")
    assert served.api.asked[-1] == ("recall", {})


def test_what_may_be_used_again_asks_for_nothing(visitor: Page, served: Served) -> None:
    served.api.recall_state = "recall_lifted"
    come(visitor, served)
    expect(visitor.locator("h1")).to_have_text("Je hoeft niets te doen")
    expect(visitor.locator("#removed")).to_have_count(0)


def test_a_picture_that_is_gone_here_is_known_by_its_number(
    visitor: Page, served: Served
) -> None:
    served.api.file_name = None
    come(visitor, served)
    expect(visitor.locator("#picture")).to_contain_text("a" * 32)
    expect(visitor.locator("#picture")).not_to_contain_text("Bestand")


def test_it_speaks_four_languages(visitor: Page, served: Served) -> None:
    come(visitor, served)
    for language, words in LANGUAGES.items():
        visitor.locator(f"[data-language={language}]").click()
        expect(visitor.locator("h1")).to_have_text(words)
        expect(visitor.locator("html")).to_have_attribute("lang", language)


def test_what_could_not_be_said_can_be_said_again(visitor: Page, served: Served) -> None:
    come(visitor, served)
    served.api.refuse["recall"] = Problem.BUSY
    visitor.locator("#removed").tap()
    expect(visitor.locator("#said")).to_be_visible()
    visitor.locator("#removed").tap()
    expect(visitor.locator("h1")).to_have_text("Dank je, het is genoteerd")


def test_a_link_to_something_else_opens_nothing(visitor: Page, served: Served) -> None:
    come(visitor, served, MINE)
    expect(visitor.locator("h1")).to_have_text("Deze link werkt niet")


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("size", PHONE_AND_DESK, ids=str)
def test_everybody_can_read_and_use_it(
    visitor: Page, served: Served, size: tuple[int, int], state: str
) -> None:
    visitor.set_viewport_size({"width": size[0], "height": size[1]})
    served.api.recall_state = state
    come(visitor, served)
    for language in LANGUAGES:
        visitor.locator(f"[data-language={language}]").click()
        assert fits(visitor)
    assert amiss(visitor) == []
