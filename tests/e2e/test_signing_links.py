"""The links of the page to sign: where tokens stay, languages, renewing, how it looks."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.looks import PHONE_AND_DESK, amiss, fits
from tests.e2e.signing import come, sign_as_adult, signed, taps
from tests.e2e.subject_scene import MINE, RENEW, SESSION, TITLES, Served

TABLET: dict[str, Any] = {
    "viewport": {"width": 820, "height": 1180},
    "has_touch": True,
    "locale": "nl-NL",
}


# -- the token, and what is left behind -----------------------------------------------


def test_the_token_leaves_the_address_and_survives_a_reload(
    visitor: Page, served: Served
) -> None:
    come(visitor, served)
    assert visitor.url == f"{served.origin}/sign"
    stored = visitor.evaluate(
        "[JSON.stringify(localStorage), JSON.stringify(sessionStorage), document.cookie]"
    )
    assert stored == ["{}", "{}", ""]
    visitor.reload()
    expect(visitor.locator("h1")).to_have_text(TITLES["nl"])


def test_another_link_in_the_same_tab_is_the_other_one(
    visitor: Page, served: Served
) -> None:
    come(visitor, served, SESSION)
    expect(visitor.locator("#email")).to_be_attached()
    visitor.evaluate(f"location.assign('/sign#{RENEW}')")
    expect(visitor.locator("#renew")).to_be_visible()
    visitor.go_back()
    expect(visitor.locator("#form")).to_be_visible()


@pytest.mark.parametrize("by_mail", [True, False], ids=["by mail", "on the page"])
def test_what_was_signed_is_still_told_after_a_reload(
    visitor: Page, served: Served, by_mail: bool
) -> None:
    served.api.asks_email = not by_mail
    own = f"{served.origin}/own-page#{MINE}"
    come(visitor, served)
    visitor.locator("#channel-print").check()
    sign_as_adult(visitor)
    expect(visitor.locator("#page-url")).to_have_value(own)
    visitor.reload()
    expect(visitor.locator("#done")).to_contain_text("Drukwerk")
    if by_mail:
        # Whoever signs next on this device finds no way to the page of the one before.
        assert MINE not in visitor.evaluate("JSON.stringify(history.state)")
        expect(visitor.locator("#page-url")).to_have_count(0)
    else:
        expect(visitor.locator("#page-url")).to_have_value(own)
    come(visitor, served)
    expect(visitor.locator("h1")).to_have_text("This link does not work")


def test_the_link_to_ones_own_page_is_copied_and_opened(
    visitor: Page, served: Served
) -> None:
    come(visitor, served)
    sign_as_adult(visitor)
    visitor.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visitor.locator("#copy").click()
    expect(visitor.locator("#aloud")).to_have_text("De link is gekopieerd.")
    copied = visitor.evaluate("navigator.clipboard.readText()")
    assert copied == f"{served.origin}/own-page#{MINE}"
    visitor.locator("#open-page").click()
    expect(visitor.locator("#agreed")).to_be_visible()


class TestOnATablet:
    @pytest.fixture
    def device(self) -> dict[str, Any]:
        return TABLET

    def test_the_next_person_finds_nothing_of_the_one_before(
        self, visitor: Page, served: Served
    ) -> None:
        come(visitor, served, SESSION)
        visitor.locator("#channel-social").check()
        visitor.locator("#who-self").check()
        visitor.locator("#email").fill("ann@example.org")
        before = visitor.evaluate("history.length")
        sign_as_adult(visitor)
        assert "Ann" not in visitor.locator("body").inner_text()
        expect(visitor.locator("#own")).to_have_count(0)
        visitor.locator("#next").click()
        expect(visitor.locator("h1")).to_be_focused()
        for empty in ("#name", "#email", "#mark"):
            assert visitor.locator(empty).input_value() == ""
            assert visitor.locator(empty).get_attribute("autocomplete") == "off"
        assert visitor.locator(":checked:not(option)").count() == 0
        assert visitor.evaluate("history.length") == before
        assert "Ann" not in visitor.evaluate("JSON.stringify(history.state)")
        visitor.reload()
        assert visitor.locator("#name").input_value() == ""

    def test_without_an_address_the_link_is_shown_and_not_followed(
        self, visitor: Page, served: Served
    ) -> None:
        come(visitor, served, SESSION)
        sign_as_adult(visitor)
        expect(visitor.locator("#page-url")).to_be_visible()
        expect(visitor.locator("#open-page")).to_have_count(0)
        visitor.locator("#next").click()
        expect(visitor.locator("#page-url")).to_have_count(0)


# -- languages ---------------------------------------------------------------------------


def test_another_language_keeps_what_was_filled_in(visitor: Page, served: Served) -> None:
    come(visitor, served)
    visitor.locator("#channel-press").check()
    visitor.locator("#who-child").check()
    visitor.locator("#name").fill("Bo")
    visitor.locator("#mark").fill("Ann")
    for language, words in (("de", "Presse"), ("fr", "Presse"), ("en", "Press")):
        visitor.locator(f"[data-language={language}]").click()
        expect(visitor.locator("h1")).to_have_text(TITLES[language])
        expect(visitor.locator("#summary")).to_contain_text(words)
        assert visitor.locator("html").get_attribute("lang") == language
        expect(visitor.locator(f"[data-language={language}]")).to_be_focused()
    assert visitor.locator("#channel-press").is_checked()
    assert visitor.locator("#who-child").is_checked()
    assert visitor.locator("#name").input_value() == "Bo"
    visitor.locator("#who-self").check()
    visitor.locator("#sign").click()
    expect(visitor.locator("#done")).to_be_visible()
    assert signed(served)["language"] == "en"


def test_only_languages_in_which_the_words_exist_can_be_chosen(
    visitor: Page, served: Served
) -> None:
    served.api.languages = ["en", "nl"]
    come(visitor, served)
    shown = visitor.locator(".languages button").all_text_contents()
    assert shown == ["NL Nederlands", "EN English"]


# -- renewing ----------------------------------------------------------------------------


def test_renewing_is_one_tap(visitor: Page, served: Served) -> None:
    come(visitor, served, RENEW)
    expect(visitor.locator("#before")).to_contain_text("Drukwerk 3 jaar lang")
    expect(visitor.locator("#before")).not_to_contain_text("Intranet")
    visitor.locator("#renew").tap()
    expect(visitor.locator("h1")).to_have_text("Dank je, het is verlengd")
    assert taps(visitor) == 1
    assert ("renew", {}) in served.api.asked
    visitor.reload()
    expect(visitor.locator("h1")).to_have_text("Dank je, het is verlengd")


def test_something_can_be_changed_before_renewing(visitor: Page, served: Served) -> None:
    come(visitor, served, RENEW)
    visitor.locator("#change").click()
    expect(visitor.locator("#form")).to_be_visible()
    assert visitor.locator("[role=switch]:checked").count() == 0
    visitor.locator("#channel-website").check()
    sign_as_adult(visitor)
    assert signed(served)["channels"] == ["website"]


@pytest.mark.parametrize("code", ["wording_changed", "not_signable"])
def test_what_cannot_be_renewed_as_it_was_is_read_and_signed_anew(
    visitor: Page, served: Served, code: str
) -> None:
    come(visitor, served, RENEW)
    served.api.refuse["renew"] = {"code": code, "status": 409}
    visitor.locator("#renew").click()
    expect(visitor.locator("#said")).to_be_visible()
    expect(visitor.locator("#form")).to_be_visible()
    sign_as_adult(visitor)


# -- how it looks ------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", PHONE_AND_DESK, ids=str)
def test_everybody_can_read_and_use_it(
    visitor: Page, served: Served, size: tuple[int, int], scheme: str
) -> None:
    visitor.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    visitor.set_viewport_size({"width": size[0], "height": size[1]})
    come(visitor, served)
    assert amiss(visitor) == []
    visitor.locator("#sign").click()
    visitor.locator("#who-child").check()
    visitor.locator("summary").click()
    visitor.locator("#other-way").click()
    visitor.locator("#sign").click()
    visitor.locator("#all-channels").click()
    assert amiss(visitor) == []
    visitor.locator("#other-way").click()
    sign_as_adult(visitor)
    assert amiss(visitor) == []
    come(visitor, served, RENEW)
    assert amiss(visitor) == []


@pytest.mark.parametrize("language", ["nl", "en", "de", "fr"])
def test_nothing_runs_off_the_side_of_a_small_telephone(
    visitor: Page, served: Served, language: str
) -> None:
    visitor.set_viewport_size({"width": 320, "height": 640})
    come(visitor, served)
    visitor.locator(f"[data-language={language}]").click()
    expect(visitor.locator("h1")).to_have_text(TITLES[language])
    visitor.locator("#who-child").check()
    visitor.locator("#other-way").click()
    assert fits(visitor)
    visitor.locator("#other-way").click()
    sign_as_adult(visitor)
    assert fits(visitor)


def test_the_page_is_light(visitor: Page, served: Served) -> None:
    come(visitor, served)
    visitor.wait_for_load_state("networkidle")
    assert len(served.sent) > 5
    assert sum(served.sent.values()) <= 100_000
