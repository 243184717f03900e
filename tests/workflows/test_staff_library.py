"""The library in a browser: found, narrowed, chosen, described, taken back, collected."""

import shutil
from pathlib import Path
from uuid import uuid4

from playwright.sync_api import expect

from tests.e2e.staff import StaffPages, screenshot, violations
from tests.workflows.test_searching import found, soon
from tests.workflows.way import Way

EMBARGOED = "Stays in"


def test_pictures_are_found_chosen_described_and_collected(
    staff_pages: StaffPages, way: Way, photos: Path, tmp_path: Path
) -> None:
    # Names of their own: other tests have left pictures, and a grid shows a screenful.
    ours, word = f"n{uuid4().hex[:10]}", f"w{uuid4().hex[:10]}"
    for name in ("trio.jpg", "turned-1.jpg"):
        copied = tmp_path / f"{ours} {name}"
        shutil.copy(photos / "composed" / name, copied)
        way.settled(way.upload(copied))
    soon(lambda: len(found(way, "editor", f"&q={ours}")) == 2)
    with staff_pages.at("editor", "/library") as page:
        expect(page.get_by_role("heading", level=1)).to_have_text("Library")
        cells = page.get_by_role("gridcell")
        expect(cells.first).to_be_visible()
        page.keyboard.press("/")
        page.keyboard.type(ours)
        expect(cells).to_have_count(2)
        expect(cells.filter(has_text="turned-1.jpg")).to_contain_text(EMBARGOED)
        # A preview is shown from our own store, by an address that holds for a minute.
        expect(cells.locator("img").first).to_be_visible()
        page.get_by_role("searchbox", name="Search").fill(f"{ours} turned")
        expect(cells).to_have_count(1)
        page.get_by_role("searchbox", name="Search").fill(ours)
        expect(cells).to_have_count(2)
        # The rest by keyboard alone: two pictures beside one another.
        cells.first.focus()
        page.keyboard.press("Space")
        page.keyboard.press("Shift+ArrowRight")
        expect(page.get_by_text("2 chosen")).to_be_visible()
        assert violations(page) == []
        screenshot(page, "library")
        page.get_by_role("button", name="Describe").press("Enter")
        page.get_by_label("Add keywords").fill(word)
        page.get_by_role("button", name="See what changes").press("Enter")
        expect(page.get_by_role("dialog")).to_contain_text("2 pictures change")
        assert violations(page) == []
        page.get_by_role("button", name="Change", exact=True).press("Enter")
        expect(page.get_by_text("2 pictures described")).to_be_visible()
        search = page.get_by_role("searchbox", name="Search")
        search.fill(word)
        expect(cells).to_have_count(2)
        page.get_by_role("button", name="Undo").press("Enter")
        expect(page.get_by_text("Everything is as it was")).to_be_visible()
        expect(page.get_by_text("No picture found")).to_be_visible()
        search.fill(ours)
        expect(cells).to_have_count(2)
        expect(page.locator("[aria-busy=false]")).to_be_visible()
        cells.first.focus()
        page.keyboard.press("Space")
        page.get_by_role("button", name="Into a collection").press("Enter")
        page.get_by_role("dialog").get_by_role("combobox").select_option("New collection")
        page.get_by_label("Name of the collection").fill(word)
        page.get_by_role("dialog").get_by_role("button", name="Into a").press("Enter")
        expect(page.get_by_text("1 picture in the collection")).to_be_visible()
        page.get_by_role("checkbox", name=word).press("Space")
        expect(cells).to_have_count(1)
