"""A picture in a browser, by keyboard alone: its face is named and it is released."""

from pathlib import Path
from uuid import uuid4

from playwright.sync_api import Page, expect

from beeldrecht.domain.channels import Channel
from beeldrecht.domain.ids import new_id
from beeldrecht.domain.people import Person
from local.demo.staff import EDITOR
from tests.e2e.staff import StaffPages, screenshot, violations
from tests.workflows.consents import Consents, now
from tests.workflows.way import Way, until

STEPS = 200
"""Of the tab key: more than a page has places to go to."""


def tab_to(page: Page, name: str) -> None:
    """Go on with the tab key until the focus is on the button of this name."""
    button = page.get_by_role("button", name=name, exact=True)
    expect(button).to_be_enabled()
    for _ in range(STEPS):
        if button.evaluate("button => button === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(name)


def test_a_face_is_named_and_the_picture_released_by_keyboard_alone(
    staff_pages: StaffPages, way: Way, photos: Path
) -> None:
    consents = Consents(way)
    person_id, name = new_id(), f"Noor Z{uuid4().hex[:8]}"
    register, ring = way.deployed.register, way.deployed.contact_keys
    register.add_person(Person(person_id, name), ring, now())
    consents.sign(person_id)
    asset_id = way.upload(photos / "composed" / "alone.jpg")
    way.settled(asset_id)
    with staff_pages.at("editor", f"/pictures/{asset_id}") as page:
        expect(page.get_by_role("heading", level=1)).to_have_text("alone.jpg")
        expect(page.get_by_text("no name yet").first).to_be_visible()
        assert violations(page) == []
        page.keyboard.press("f")
        expect(page.get_by_role("combobox").and_(page.locator(":focus"))).to_be_visible()
        page.keyboard.type(name)
        expect(page.get_by_role("option", name=name, exact=True)).to_be_visible()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        expect(
            page.get_by_role("button", name=f"{name} named by somebody")
        ).to_be_visible()
        expect(page.get_by_text("May, once released").first).to_be_visible()
        screenshot(page, "picture")
        assert violations(page) == []
        tab_to(page, "Release")
        page.keyboard.press("Enter")
        expect(page.get_by_role("dialog")).to_contain_text("Look closely first")
        assert violations(page) == []
        covered = page.get_by_role("img", name="The picture with 1 face covered")
        expect(covered).to_be_visible()
        tab_to(page, "Release for 6 channels")
        page.keyboard.press("Enter")
        expect(page.get_by_role("dialog")).to_have_count(0)

    def leaves() -> bool:
        found = way.staff[EDITOR].get(f"/v1/assets/{asset_id}")
        return set(found["decision"]["leaves"]) == {each.value for each in Channel}

    until(leaves, "the picture to be released, covered where it has to be")
