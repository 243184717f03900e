"""A session in a browser: the code for the door, and a device that stands there."""

from urllib.parse import urlsplit
from uuid import uuid4

from playwright.sync_api import expect

from beeldrecht.domain.ids import new_id
from local.demo.staff import EDITOR
from tests.e2e.staff import StaffPages, violations
from tests.workflows.way import Way


def test_a_device_stands_at_the_door_and_nobody_there_gets_to_the_library(
    staff_pages: StaffPages, way: Way
) -> None:
    title = f"Open dag {uuid4().hex[:10]}"
    asked = {"title": title, "on": "2026-06-20"}
    made = way.staff[EDITOR].post("/v1/sessions", asked, key=new_id())
    with staff_pages.at("editor", f"/sessions/{made['session_id']}", "nl") as page:
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
        assert violations(page) == []
        page.get_by_role("button", name="Code maken").press("Enter")
        code = page.get_by_role("dialog", name=title)
        expect(code.get_by_role("img")).to_be_visible()
        assert violations(page) == []
        hand_over = code.get_by_role("button", name="Laat op dit apparaat tekenen")
        hand_over.press("Enter")
        question = page.get_by_role("alertdialog")
        expect(question).to_contain_text("afgemeld")
        question.get_by_role("button", name="Annuleren").press("Enter")
        expect(question).to_have_count(0)
        hand_over.press("Enter")
        sign_here = question.get_by_role("button", name="Laat op dit apparaat tekenen")
        with page.expect_popup() as opened:
            sign_here.press("Enter")
        door = opened.value
        expect(door.locator("#form")).to_be_visible()
        assert urlsplit(door.url)[2:] == ("/sign", "", "")
        assert violations(door) == []
        assert door.evaluate("[JSON.stringify(sessionStorage), opener]") == ["{}", None]
        # Neither the tab before it nor the site by hand: nobody is signed in there.
        for tab in (page, door):
            expect(page.locator("#address")).to_have_count(0)
            tab.goto(staff_pages.home + "library")
            expect(tab.get_by_role("button", name="Aanmelden")).to_be_visible()
    staff_pages.forget("editor", "nl")
