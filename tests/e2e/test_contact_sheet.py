"""The contact sheet in a real browser: boxes in place, usable by keyboard, closed off."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page

from tests.e2e.sheet_scene import SCENE, Drawn, Scene

AXE = Path("node_modules/axe-core/axe.min.js")
TOLERANCE = 1.0
"""Pixels: the browser rounds an image's sides to whole ones, a box's not."""


@pytest.fixture(scope="session")
def sheet(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("sheet") / "sheet.html"
    path.write_text(Scene().sheet(), encoding="utf-8")
    return path.as_uri()


@pytest.fixture
def opened(page: Page, sheet: str) -> Page:
    page.goto(sheet)
    return page


def card(page: Page, drawn: Drawn) -> Locator:
    return page.locator(f"#p-{drawn.asset_id[:8]}")


def rectangle(located: Locator) -> dict[str, float]:
    """Where an element's geometry is, without its stroke."""
    found: dict[str, float] = located.evaluate(
        """e => { const {x, y, width, height} = e.getBoundingClientRect();
                  return {x, y, width, height}; }"""
    )
    return found


WITH_FACES = [drawn for drawn in SCENE if drawn.faces]


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("drawn", WITH_FACES, ids=lambda drawn: drawn.name)
def test_each_box_lies_on_its_face_to_the_pixel(
    opened: Page, drawn: Drawn, width: int
) -> None:
    opened.set_viewport_size({"width": width, "height": 900})
    picture = rectangle(card(opened, drawn).locator("img"))
    scale = picture["width"] / drawn.size[0]
    assert picture["height"] / drawn.size[1] == pytest.approx(scale, rel=0.01)
    for place in range(len(drawn.faces)):
        seen = next(
            f for f in Scene().seen(drawn.name).faces if f.face_id == drawn.face_id(place)
        )
        face = f"f-{drawn.asset_id[:8]}-{seen.number}"
        line = card(opened, drawn).locator(f'.box[data-face="{face}"] .line')
        x, y, wide, tall = drawn.faces[place]
        assert rectangle(line) == pytest.approx(
            {
                "x": picture["x"] + x * scale,
                "y": picture["y"] + y * scale,
                "width": wide * scale,
                "height": tall * scale,
            },
            abs=TOLERANCE,
        )


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_axe_finds_nothing_serious(opened: Page, width: int, language: str) -> None:
    opened.set_viewport_size({"width": width, "height": 900})
    opened.locator(f'[data-language="{language}"]').click()
    # As a tool and not as the page: the page's own policy lets no other script in.
    opened.evaluate(AXE.read_text(encoding="utf-8"))
    found: dict[str, Any] = opened.evaluate("axe.run()")
    worst = [
        f"{v['id']}: {node['html'][:120]} {node['failureSummary']}"
        for v in found["violations"]
        if v["impact"] in {"serious", "critical"}
        for node in v["nodes"]
    ]
    assert worst == []
    assert len(found["passes"]) > 20


def test_axe_sees_what_is_wrong_when_something_is(opened: Page) -> None:
    opened.evaluate("document.querySelector('img').removeAttribute('alt')")
    opened.evaluate(AXE.read_text(encoding="utf-8"))
    found: dict[str, Any] = opened.evaluate("axe.run()")
    assert "image-alt" in {v["id"] for v in found["violations"]}


def test_the_page_asks_for_nothing_else(page: Page, sheet: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(sheet)
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if not url.startswith("data:")] == [sheet]


def test_the_policy_stops_a_script_that_is_not_the_pages_own(
    any_page: Page, sheet: str
) -> None:
    any_page.goto(sheet)
    with any_page.expect_console_message() as complaint:
        any_page.evaluate(
            """() => { const script = document.createElement('script');
                       script.textContent = 'window.intruder = true';
                       document.body.append(script); }"""
        )
    assert "Content Security Policy" in complaint.value.text
    assert any_page.evaluate("window.intruder") is None


def test_one_language_shows_at_a_time(opened: Page) -> None:
    heading = opened.locator("h1")
    assert heading.inner_text() == "Contactvel"
    opened.get_by_role("button", name="English").click()
    assert heading.inner_text() == "Contact sheet"
    assert opened.title().startswith("Contact sheet")
    assert opened.locator("html").get_attribute("lang") == "en"
    assert opened.locator('[data-language="en"]').get_attribute("aria-pressed") == "true"
    assert opened.locator('[data-language="nl"]').get_attribute("aria-pressed") == "false"
    shown = opened.locator("body").inner_text()
    assert "Stemt in" not in shown
    opened.get_by_role("button", name="Nederlands").click()
    assert "Agrees" not in opened.locator("body").inner_text()


def test_the_keyboard_reaches_every_control_in_order(opened: Page) -> None:
    opened.keyboard.press("Tab")
    assert opened.evaluate("document.activeElement.className") == "skip"
    reached: list[str] = []
    for _ in range(60):
        opened.keyboard.press("Tab")
        name = opened.evaluate(
            "(e => e.dataset.language || e.dataset.face || e.className || e.tagName)"
            "(document.activeElement)"
        )
        reached.append(str(name))
    buttons = opened.locator(".point").evaluate_all("all => all.map(e => e.dataset.face)")
    assert [name for name in reached if name in buttons][: len(buttons)] == buttons
    assert reached[:2] == ["nl", "en"]
    assert "scroll" in reached  # the table can be moved without a mouse


def test_a_face_is_pointed_out_by_keyboard_and_let_go(opened: Page) -> None:
    drawn = next(d for d in SCENE if d.name == "feest.jpg")
    face = f"f-{drawn.asset_id[:8]}-2"
    button = card(opened, drawn).locator(f'.point[data-face="{face}"]')
    box = card(opened, drawn).locator(f'.box[data-face="{face}"]')
    other = card(opened, drawn).locator('.box:not([data-face="' + face + '"])').first
    button.focus()
    opened.keyboard.press("Enter")
    assert button.get_attribute("aria-pressed") == "true"
    assert "on" in str(box.get_attribute("class")).split()
    assert "off" in str(other.get_attribute("class")).split()
    opened.keyboard.press("Escape")
    assert button.get_attribute("aria-pressed") == "false"
    assert "off" not in str(other.get_attribute("class")).split()


def test_a_click_on_a_box_points_out_its_entry(opened: Page) -> None:
    drawn = next(d for d in SCENE if d.name == "samen.jpg")
    face = f"f-{drawn.asset_id[:8]}-2"
    tag = card(opened, drawn).locator(f'.tag[data-face="{face}"]')
    tag.dispatch_event("click")
    button = card(opened, drawn).locator(f'.point[data-face="{face}"]')
    assert button.get_attribute("aria-pressed") == "true"


def test_states_differ_by_more_than_colour(opened: Page) -> None:
    looks = opened.locator(".states li").evaluate_all(
        """all => all.map(e => [
            getComputedStyle(e.querySelector('.line')).strokeDasharray
            + getComputedStyle(e.querySelector('.line')).strokeWidth,
            e.querySelector('text').textContent.trim()])"""
    )
    assert len(looks) == 6
    assert len({tuple(look) for look in looks}) == 6
    assert len({sign for _, sign in looks}) == 6
    assert len({line for line, _ in looks}) == 6


@pytest.mark.parametrize("width", [1280, 768, 390, 320])
def test_nothing_runs_off_the_side(opened: Page, width: int) -> None:
    opened.set_viewport_size({"width": width, "height": 900})
    assert opened.evaluate("document.documentElement.scrollWidth") <= width


def test_on_paper_the_controls_are_gone_and_the_reasons_are_there(opened: Page) -> None:
    opened.emulate_media(media="print")
    assert not opened.locator(".languages").is_visible()
    assert not opened.locator(".overview").is_visible()
    assert opened.locator(".reason").first.is_visible()
    assert opened.locator(".internal").is_visible()
    assert len(opened.pdf(format="A4")) > 10_000
