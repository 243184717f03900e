"""Signing by a link, on a telephone: few taps, three choices, and nothing ticked."""

import pytest
from playwright.sync_api import Page, expect

from beeldrecht.domain.drawings import LONGEST_DRAWING, strokes
from beeldrecht.domain.problems import Problem
from tests.e2e.looks import amiss
from tests.e2e.signing import come, sign_as_adult, signed, taps
from tests.e2e.subject_scene import CHANNELS, SESSION, Served

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
