"""The copy of all that is on record: seen first, fetched by a tap, and by no program."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from beeldrecht.domain.problems import Problem
from tests.e2e import signing
from tests.e2e.looks import DUTCH_PHONE, PHONE_AND_DESK, amiss, fits
from tests.e2e.subject_scene import COPY, MINE, Served

LANGUAGES = {
    "nl": "Haal het bestand op",
    "en": "Fetch the file",
    "de": "Datei abholen",
    "fr": "Récupérer le fichier",
}


@pytest.fixture
def device() -> dict[str, Any]:
    return DUTCH_PHONE


def come(page: Page, served: Served, token: str = COPY) -> None:
    signing.come(page, served, token, "export")


def test_r09_what_is_in_it_is_told_before_anything_is_fetched(
    visitor: Page, served: Served
) -> None:
    come(visitor, served)
    expect(visitor.locator("h1")).to_have_text("Je gegevens")
    file = visitor.locator("#file")
    expect(file).to_contain_text("7 foto's, 12,3 MB")
    expect(file).to_contain_text("9 juni 2026")
    expect(file).to_contain_text("1 foto is er niet bij")
    assert served.api.asked == [("export", {})]
    assert "#" not in visitor.url


def test_r09_one_tap_fetches_it_once(visitor: Page, served: Served) -> None:
    come(visitor, served)
    with visitor.expect_download() as fetched:
        visitor.locator("#fetch").tap()
    assert fetched.value.suggested_filename == "beeldrecht.zip"
    expect(visitor.locator("#said")).to_contain_text("Kijk bij je downloads")
    expect(visitor.locator("#said")).to_be_focused()
    assert served.api.asked == [("export", {}), ("export", {"confirm": True})]
    assert visitor.evaluate("window.taps") == 1
    assert visitor.url == f"{served.origin}/export"


def test_it_speaks_four_languages(visitor: Page, served: Served) -> None:
    come(visitor, served)
    for language, words in LANGUAGES.items():
        visitor.locator(f"[data-language={language}]").click()
        expect(visitor.locator("#fetch")).to_have_text(words)
        expect(visitor.locator("html")).to_have_attribute("lang", language)


def test_a_file_that_went_meanwhile_is_said_to_be_gone(
    visitor: Page, served: Served
) -> None:
    come(visitor, served)
    served.api.refuse["export"] = Problem.LINK_NOT_VALID
    visitor.locator("#fetch").tap()
    expect(visitor.locator("h1")).to_have_text("Deze link werkt niet")


def test_too_many_taps_are_told_and_it_can_be_tried_again(
    visitor: Page, served: Served
) -> None:
    come(visitor, served)
    served.api.refuse["export"] = Problem.TOO_MANY_REQUESTS
    visitor.locator("#fetch").tap()
    expect(visitor.locator("#said")).to_contain_text("te vaak")
    expect(visitor.locator("#fetch")).to_be_enabled()


def test_another_link_opens_nothing_here(visitor: Page, served: Served) -> None:
    come(visitor, served, MINE)
    expect(visitor.locator("h1")).to_have_text("Deze link werkt niet")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", PHONE_AND_DESK)
def test_everybody_can_read_and_use_it(
    visitor: Page, served: Served, size: tuple[int, int], scheme: Any
) -> None:
    visitor.set_viewport_size({"width": size[0], "height": size[1]})
    visitor.emulate_media(color_scheme=scheme)
    come(visitor, served)
    assert fits(visitor)
    assert amiss(visitor) == []
