"""Breaches on the officer's desk in a browser: a drill from its record to its end."""

from urllib.parse import urlsplit
from uuid import uuid4

from playwright.sync_api import expect

from local.demo.staff import OFFICER
from tests.e2e.staff import StaffPages, go, screenshot, violations
from tests.workflows.way import Way


def test_a_drill_is_recorded_looked_up_noted_and_closed(
    staff_pages: StaffPages, way: Way
) -> None:
    what = f"A drill, {uuid4().hex[:10]}"
    with staff_pages.at("officer", "/desk/breaches") as page:
        expect(page.get_by_role("heading", level=1)).to_have_text("Breaches")
        page.get_by_role("button", name="Record a breach or a drill").press("Enter")
        dialog = page.get_by_role("dialog")
        dialog.get_by_label("What happened").fill(what)
        assert violations(page) == []
        dialog.get_by_role("button", name="Record", exact=True).press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("A drill")
        notice = page.get_by_role("region", name="Notification of a personal data breach")
        expect(notice).to_contain_text("DRILL: nothing of this happened")
        expect(notice).to_contain_text(what)
        expect(page.get_by_role("meter", name="Time left to tell")).to_be_visible()
        assert violations(page) == []
        page.get_by_role("button", name="Show people").press("Enter")
        people = page.get_by_role("list", name="People")
        expect(people.or_(page.get_by_text("Nothing or nobody")).first).to_be_visible()
        screenshot(page, "desk-breach")
        page.set_viewport_size({"width": 390, "height": 844})
        # Colours that are on their way from light to dark have a contrast of their own.
        page.emulate_media(color_scheme="dark", reduced_motion="reduce")
        drill = urlsplit(page.url).path
        go(page, "/desk/breaches")
        expect(page.get_by_role("heading", level=1)).to_have_text("Breaches")
        assert violations(page) == []
        screenshot(page, "desk-breaches-small")
        go(page, drill)
        expect(notice).to_be_visible()
        again = page.get_by_role("button", name="Look it up again")
        here = f"/v1/breaches/{drill.rpartition('/')[2]}"
        before = way.staff[OFFICER].get(here)["touched"]["found_at"]
        again.press("Enter")
        expect(page.get_by_text("It is looked up again")).to_be_visible()
        expect(again).to_be_enabled()
        assert way.staff[OFFICER].get(here)["touched"]["found_at"] > before
        assert violations(page) == []
        screenshot(page, "desk-breach-small")
        form = page.get_by_role("region", name="Note what was done")
        for event in ("The supervisory authority is not told", "It was closed"):
            form.get_by_label("Event").select_option(event)
            form.get_by_label("Reason").fill("It was a drill.")
            form.get_by_role("button", name="Note it").press("Enter")
            question = page.get_by_role("alertdialog")
            question.get_by_role("button", name="Note it").press("Enter")
            done = page.get_by_role("region", name="What was done", exact=True)
            expect(done.get_by_text(event, exact=True)).to_be_visible()
        expect(form).to_have_count(0)
        go(page, "/desk/breaches")
        row = page.get_by_role("row").filter(has_text=what)
        expect(row).to_contain_text("It is closed")
        assert violations(page) == []
        page.emulate_media(reduced_motion="no-preference")


def test_the_evidence_pack_and_proposals_have_their_pages(
    staff_pages: StaffPages,
) -> None:
    with staff_pages.at("officer", "/desk/evidence") as page:
        expect(page.get_by_role("heading", level=1)).to_have_text("Evidence pack")
        command = "python -m cli evidence --out evidence/"
        expect(page.get_by_text(command)).to_be_visible()
        assert violations(page) == []
        screenshot(page, "desk-evidence")
        go(page, "/desk/proposals")
        expect(page.get_by_role("heading", level=1)).to_have_text("Second person")
        nothing = page.get_by_text("Nothing waits for a second person")
        some = page.get_by_text("what somebody else proposed")
        expect(nothing.or_(some)).to_be_visible()
        assert violations(page) == []
