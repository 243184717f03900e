"""Signing by a link, on a telephone: few taps, three choices, and nothing ticked."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from beeldrecht.domain.drawings import LONGEST_DRAWING, strokes
from beeldrecht.domain.problems import Problem
from tests.e2e.looks import PHONE_AND_DESK, amiss, fits
from tests.e2e.subject_scene import CHANNELS, MINE, RENEW, SESSION, SIGN, TITLES, Served

TABLET: dict[str, Any] = {
    "viewport": {"width": 820, "height": 1180},
    "has_touch": True,
    "locale": "nl-NL",
}


def come(page: Page, served: Served, token: str = SIGN, at: str = "sign") -> None:
    """Open a link, as somebody does who had nothing of ours open."""
    page.goto("about:blank")
    page.goto(f"{served.origin}/{at}#{token}")
    expect(page.locator("main")).not_to_have_attribute("aria-busy", "true")


def taps(page: Page) -> int:
    found: int = page.evaluate("window.taps ?? 0")
    return found


def sign_as_adult(page: Page, name: str = "Ann de Vries") -> None:
    page.locator("#who-self").check()
    page.locator("#name").fill(name)
    page.locator("#mark").fill(name)
    page.locator("#sign").click()
    expect(page.locator("#done")).to_be_visible()


def signed(served: Served) -> dict[str, Any]:
    """What was sent to be signed, the last time."""
    return [body for what, body in served.api.asked if what == "sign"][-1]


# -- choosing and signing ----------------------------------------------------------------


def test_from_scan_to_signed_takes_at_most_six_taps(
    visitor: Page, served: Served
) -> None:
    come(visitor, served, SESSION)
    for where, words in (
        ("#all-channels", None),
        ("[for=who-self]", None),
        ("#name", "Ann de Vries"),
        ("#email", "ann@example.org"),
        ("#mark", "Ann de Vries"),
        ("#sign", None),
    ):
        visitor.locator(where).tap()
        if words:
            visitor.keyboard.type(words)
    expect(visitor.locator("#done")).to_be_visible()
    assert taps(visitor) <= 6
    order = signed(served)
    assert order["channels"] == list(CHANNELS)
    assert order["email"] == "ann@example.org"
    assert order["signature"] == {"kind": "typed", "mark": "Ann de Vries"}


def test_whoever_was_asked_by_name_needs_fewer_taps(
    visitor: Page, served: Served
) -> None:
    come(visitor, served)
    for where in ("#all-channels", "[for=who-self]", "#mark"):
        visitor.locator(where).tap()
    visitor.keyboard.type("Ann")
    visitor.locator("#sign").tap()
    expect(visitor.locator("#done")).to_be_visible()
    assert taps(visitor) == 4
    assert signed(served)["name"] == "Ann de Vries"


def test_nothing_is_ticked_beforehand(visitor: Page, served: Served) -> None:
    come(visitor, served)
    boxes = visitor.locator("input[type=checkbox], input[type=radio]")
    assert boxes.count() >= len(CHANNELS) + 2 + 2
    assert not any(boxes.nth(place).is_checked() for place in range(boxes.count()))


@pytest.mark.parametrize("yes", [*CHANNELS[:2], "portrait", "biometric"])
def test_each_yes_stands_alone(visitor: Page, served: Served, yes: str) -> None:
    come(visitor, served)
    visitor.locator(f"#channel-{yes}" if yes in CHANNELS else f"#{yes}").check()
    sign_as_adult(visitor)
    order = signed(served)
    assert order["channels"] == ([yes] if yes in CHANNELS else [])
    assert order["portrait"] is (yes == "portrait")
    assert order["biometric"] is (yes == "biometric")


def test_to_refuse_everything_is_an_answer_too(visitor: Page, served: Served) -> None:
    come(visitor, served)
    expect(visitor.locator("#sign")).to_have_text("Onderteken: overal nee")
    sign_as_adult(visitor)
    order = signed(served)
    assert (order["channels"], order["portrait"], order["biometric"]) == (
        [],
        False,
        False,
    )
    expect(visitor.locator("#done")).to_contain_text("Je nee is vastgelegd.")


def test_all_channels_are_a_tap_and_none_of_them_is_a_tap(
    visitor: Page, served: Served
) -> None:
    come(visitor, served)
    visitor.locator("#all-channels").click()
    assert visitor.locator("#image [role=switch]:checked").count() == len(CHANNELS)
    expect(visitor.locator("#summary")).to_contain_text("Drukwerk")
    assert not visitor.locator("#biometric").is_checked()
    visitor.locator("#channel-press").uncheck()
    visitor.locator("#all-channels").click()
    visitor.locator("#all-channels").click()
    assert visitor.locator("#image [role=switch]:checked").count() == 0


def test_the_essentials_are_in_sight_and_the_whole_notice_is_a_tap_away(
    visitor: Page, served: Served
) -> None:
    come(visitor, served)
    for words in ("Gemeente Voorbeeld", "Bo Janssen", "in de Europese Unie"):
        expect(visitor.locator("#notice")).to_contain_text(words)
    rest = visitor.locator("#whole-notice p")
    assert not rest.first.is_visible()
    visitor.locator("summary").click()
    assert [each.is_visible() for each in rest.all()] == [True] * 3
    above = visitor.locator("#notice").bounding_box()
    form = visitor.locator("#form").bounding_box()
    assert above
    assert form
    assert above["y"] < form["y"]
    expect(visitor.locator("#shown img")).to_have_attribute("alt", "Foto 1 van 1")


def test_it_is_signed_with_the_keyboard_alone(visitor: Page, served: Served) -> None:
    come(visitor, served)
    visitor.locator("body").press("Tab")
    assert visitor.evaluate("document.activeElement.id") == "skip"
    visitor.keyboard.press("Enter")
    assert visitor.evaluate("document.activeElement.id") == "content"

    def go(wanted: str) -> None:
        for _ in range(60):
            visitor.keyboard.press("Tab")
            if visitor.evaluate("document.activeElement.id") == wanted:
                return
        pytest.fail(f"the keyboard does not reach {wanted}")

    go("channel-website")
    visitor.keyboard.press("Space")
    go("who-self")
    visitor.keyboard.press("Space")
    go("mark")
    visitor.keyboard.type("Ann de Vries")
    go("sign")
    visitor.keyboard.press("Enter")
    expect(visitor.locator("h1")).to_be_focused()
    assert signed(served)["channels"] == ["website"]
    assert taps(visitor) == 0


def test_a_drawn_signature_is_the_path_that_was_seen(
    visitor: Page, served: Served
) -> None:
    come(visitor, served)
    visitor.locator("#other-way").click()
    visitor.locator("#pad").scroll_into_view_if_needed()
    box = visitor.locator("#pad").bounding_box()
    assert box
    visitor.mouse.move(box["x"] + 20, box["y"] + 20)
    visitor.mouse.down()
    for step in range(12):
        visitor.mouse.move(box["x"] + 20 + 15 * step, box["y"] + 20 + 30 * (step % 3))
    visitor.mouse.up()
    seen = visitor.locator("#pad path").last.get_attribute("d")
    visitor.locator("#who-self").check()
    visitor.locator("#sign").click()
    expect(visitor.locator("#done")).to_be_visible()
    assert signed(served)["signature"] == {"kind": "drawn", "mark": seen}
    (stroke,) = strokes(str(seen))
    assert len(stroke) >= 10
    assert all(0 <= x <= 600 and 0 <= y <= 200 for x, y in stroke)


def test_a_long_scribble_stays_within_what_the_api_takes(
    visitor: Page, served: Served
) -> None:
    come(visitor, served)
    visitor.locator("#other-way").click()
    visitor.locator("#pad").evaluate(
        """pad => {
            const { left, top, width, height } = pad.getBoundingClientRect();
            pad.setPointerCapture = () => {};
            const send = (name, place) => pad.dispatchEvent(new PointerEvent(name, {
                isPrimary: true, button: 0,
                clientX: left + width * (place % 2),
                clientY: top + height * (place % 97) / 97,
            }));
            send('pointerdown', 0);
            for (let place = 1; place < 5000; place++) send('pointermove', place);
            send('pointerup', 0);
        }"""
    )
    mark = str(visitor.locator("#pad path").last.get_attribute("d"))
    assert 15_000 < len(mark) <= LONGEST_DRAWING
    assert strokes(mark)
    visitor.locator("#clear").click()
    visitor.locator("#who-self").check()
    visitor.locator("#sign").click()
    expect(visitor.locator("#pad-error")).to_be_visible()


def test_a_guardian_signs_for_a_child(visitor: Page, served: Served) -> None:
    come(visitor, served, SESSION)
    visitor.locator("#channel-intranet").check()
    visitor.locator("#who-child").check()
    expect(visitor.locator("#form")).to_contain_text("I sign for this child.")
    visitor.get_by_label("Name of the child").fill("Bo")
    visitor.get_by_label("Date of birth of the child").fill("2020-02-29")
    visitor.locator("#relation-parent").check()
    visitor.get_by_label("Your name").first.fill("Ann de Vries")
    visitor.locator("#mark").fill("Ann de Vries")
    visitor.locator("#sign").click()
    expect(visitor.locator("#done")).to_be_visible()
    order = signed(served)
    assert order["name"] == "Bo"
    assert order["birth_date"] == "2020-02-29"
    assert order["guardian"] == {"name": "Ann de Vries", "relation": "parent"}


def test_the_age_is_that_of_the_country(visitor: Page, served: Served) -> None:
    come(visitor, served, SESSION)
    label = visitor.locator("[for=who-self]")
    expect(label).to_contain_text("16 or older")
    visitor.locator("#country").select_option(label="Belgium")
    expect(label).to_contain_text("13 or older")
    sign_as_adult(visitor)
    assert signed(served)["country"] == "BE"
    assert signed(served)["birth_date"] is None


# -- what is not in order ----------------------------------------------------------------


def test_what_is_missing_is_said_at_its_field_in_one_sentence(
    visitor: Page, served: Served
) -> None:
    come(visitor, served, SESSION)
    visitor.locator("#sign").click()
    expect(visitor.locator("#who-error")).to_have_text("Say who is in the pictures.")
    assert visitor.evaluate("document.activeElement.id") == "who-self"
    visitor.locator("#who-child").check()
    expect(visitor.locator("#who-error")).to_be_hidden()
    visitor.locator("#email").fill("nobody")
    visitor.locator("#sign").click()
    shown = visitor.locator(".error:visible").all_inner_texts()
    assert len(shown) == 6
    assert all(words.count(".") == 1 for words in shown)
    assert visitor.evaluate("document.activeElement.id") == "name"
    field = visitor.locator("#name")
    assert field.get_attribute("aria-invalid") == "true"
    assert "name-error" in str(field.get_attribute("aria-describedby"))
    field.fill("Bo")
    expect(visitor.locator("#name-error")).to_be_hidden()
    assert "sign" not in [what for what, _ in served.api.asked]


@pytest.mark.parametrize(
    ("finding", "field"),
    [
        ("guardian_not_needed", "birth_date"),
        ("birth_date_not_valid", "birth_date"),
        ("name_not_valid", "name"),
        ("signature_not_valid", "mark"),
    ],
)
def test_what_the_api_refuses_is_said_at_its_field(
    visitor: Page, served: Served, finding: str, field: str
) -> None:
    come(visitor, served, SESSION)
    visitor.locator("#who-child").check()
    visitor.locator("#name").fill("Bo")
    visitor.locator("#birth_date").fill("2001-01-01")
    visitor.locator("#relation-guardian").check()
    visitor.locator("#guardian_name").fill("Ann")
    visitor.locator("#mark").fill("Ann")
    served.api.refuse["sign"] = {
        "code": "not_signable",
        "status": 409,
        "findings": [{"id": finding, "words": "No."}],
    }
    visitor.locator("#sign").click()
    expect(visitor.locator(f"#{field}-error")).to_be_visible()
    expect(visitor.locator(f"#{field}")).to_be_focused()
    visitor.locator("#sign").click()
    expect(visitor.locator("#done")).to_be_visible()


def test_words_that_changed_meanwhile_are_read_before_they_are_signed(
    visitor: Page, served: Served
) -> None:
    come(visitor, served, SESSION)
    visitor.locator("#channel-website").check()
    visitor.locator("#channel-paid").check()
    served.api.wording, served.api.offers_all = 2, False
    visitor.locator("#who-self").check()
    visitor.locator("#name").fill("Ann")
    visitor.locator("#mark").fill("Ann")
    visitor.locator("#sign").click()
    expect(visitor.locator("#said")).to_contain_text("The text was renewed")
    expect(visitor.locator("h1")).to_be_focused()
    visitor.locator("#sign").click()
    expect(visitor.locator("#done")).to_be_visible()
    order = signed(served)
    assert order["wording"].endswith(".2")
    assert order["channels"] == ["website"]
    assert order["name"] == "Ann"


def test_a_lost_answer_is_asked_for_again_as_the_same_attempt(
    visitor: Page, served: Served
) -> None:
    come(visitor, served, SESSION)
    visitor.locator("#who-self").check()
    visitor.locator("#name").fill("Ann")
    visitor.locator("#mark").fill("Ann")
    visitor.context.set_offline(True)
    visitor.locator("#sign").click()
    expect(visitor.locator("#failure")).to_contain_text("no connection")
    visitor.context.set_offline(False)
    served.api.refuse["sign"] = Problem.BUSY
    visitor.locator("#sign").click()
    expect(visitor.locator("#failure")).to_contain_text("went wrong on our side")
    visitor.locator("#sign").click()
    expect(visitor.locator("#done")).to_be_visible()
    first, second = (body for what, body in served.api.asked if what == "sign")
    assert first["attempt"] == second["attempt"]
    visitor.locator("#next").click()
    sign_as_adult(visitor, "Cas")
    assert signed(served)["attempt"] != first["attempt"]


@pytest.mark.parametrize("token", ["", "x" * 43])
def test_a_link_that_does_not_work_says_what_to_do(
    visitor: Page, served: Served, token: str
) -> None:
    come(visitor, served, token)
    expect(visitor.locator("h1")).to_have_text("This link does not work")
    expect(visitor.locator("h1")).to_be_focused()
    assert amiss(visitor) == []


def test_without_a_connection_it_tries_again_by_itself(
    visitor: Page, served: Served
) -> None:
    served.api.refuse["request"] = Problem.BUSY
    come(visitor, served)
    expect(visitor.locator(".notice")).to_contain_text("went wrong on our side")
    visitor.evaluate("dispatchEvent(new Event('online'))")
    expect(visitor.locator("#form")).to_be_visible()


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
