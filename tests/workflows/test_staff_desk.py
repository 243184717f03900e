"""The officer's desk in a browser: the log, recognition, recalls and people's copies."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from local.demo.staff import OFFICER
from tests.e2e.staff import StaffPages, go, screenshot, violations
from tests.workflows.way import Way


@pytest.fixture
def recognition_as_it_was(way: Way) -> Iterator[str]:
    """How far recognition went; it goes that far again afterwards."""
    api = way.staff[OFFICER]
    before = api.get("/v1/recognition")
    carried = before["assessment"]
    yield str(before["recorded_mode"])
    now = api.get("/v1/recognition")
    if now["recorded_mode"] != before["recorded_mode"]:
        order = {
            "mode": before["recorded_mode"],
            "assessment_id": carried and carried["assessment_id"],
        }
        api.put("/v1/recognition", order, if_match=now.etag)


def test_what_happened_to_a_picture_is_found_and_kept_as_a_file(
    staff_pages: StaffPages, way: Way, photos: Path, tmp_path: Path
) -> None:
    asset_id = way.upload(photos / "composed" / "alone.jpg")
    way.settled(asset_id)
    with staff_pages.at("officer", "/desk") as page:
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(page.get_by_role("link", name="Audit log")).to_be_visible()
        assert violations(page) == []
        page.get_by_role("link", name="Audit log").press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("Audit log")
        # Without a day and a subject: what happened today.
        expect(page.get_by_role("row").nth(1)).to_be_visible()
        page.get_by_label("About what").fill(asset_id)
        page.get_by_role("button", name="Search").press("Enter")
        about = page.get_by_role("link", name=asset_id[:8])
        expect(about.first).to_be_visible()
        rows = page.get_by_role("row").filter(has=page.get_by_role("cell"))
        expect(rows.filter(has_text=asset_id[:8])).to_have_count(rows.count())
        assert asset_id not in page.url
        assert violations(page) == []
        screenshot(page, "desk-audit")
        with page.expect_download() as kept:
            page.get_by_role("button", name="As CSV").press("Enter")
        kept.value.save_as(tmp_path / "audit.csv")
        head, *lines = (tmp_path / "audit.csv").read_text().splitlines()
        assert "tag" in head
        assert lines
        assert all(asset_id in line for line in lines)
        page.get_by_label("From").fill("2020-01-01")
        page.get_by_label("Up to and including").fill("2020-03-01")
        page.get_by_role("button", name="Search").press("Enter")
        expect(page.get_by_role("alert")).to_be_visible()
        page.get_by_role("button", name="Clear").press("Enter")
        expect(page.get_by_role("row").nth(1)).to_be_visible()


def test_recognition_is_switched_off_after_a_question(
    staff_pages: StaffPages, way: Way, recognition_as_it_was: str
) -> None:
    api = way.staff[OFFICER]
    with staff_pages.at("officer", "/desk/recognition") as page:
        expect(page.get_by_text("This mode holds")).to_be_visible()
        assert violations(page) == []
        screenshot(page, "desk-recognition")
        button = page.get_by_role("button", name="Choose this mode: Off")
        button.press("Enter")
        question = page.get_by_role("alertdialog")
        assert violations(page) == []
        question.get_by_role("button", name="Cancel").press("Enter")
        assert api.get("/v1/recognition")["recorded_mode"] == recognition_as_it_was
        button.press("Enter")
        question.get_by_role("button", name="Choose this mode", exact=True).press("Enter")
        expect(button).to_have_count(0)
        assert api.get("/v1/recognition")["mode"] == "off"


def test_recalls_and_copies_are_listed_in_each_state(staff_pages: StaffPages) -> None:
    with staff_pages.at("officer", "/desk/recalls") as page:
        expect(page.get_by_role("heading", level=1)).to_have_text("Recalls")
        for state in ("Cannot be reached", "Gone", "No longer needed", "Open"):
            page.get_by_label("State").select_option(state)
            nothing = page.get_by_text("Nothing stands so")
            expect(page.get_by_role("table").or_(nothing)).to_be_visible()
        assert violations(page) == []
        go(page, "/desk/exports")
        expect(page.get_by_role("heading", level=1)).to_have_text("Copies for people")
        nobody = page.get_by_text("Nobody asked for a copy")
        expect(page.get_by_role("table").or_(nobody)).to_be_visible()
        assert violations(page) == []


def test_a_record_is_begun_written_on_signed_and_revoked(
    staff_pages: StaffPages,
) -> None:
    """Of a kind on which nothing rests: what others rely on stays as it is."""
    name = f"n{uuid4().hex[:10]}"
    with staff_pages.at("officer", "/desk/registers") as page:
        page.get_by_role("combobox", name="Register").select_option("Sub-processors")
        begin = page.get_by_role("button", name="New record")
        expect(begin).to_be_visible()
        assert violations(page) == []
        begin.press("Enter")
        dialog = page.get_by_role("dialog")
        dialog.get_by_label("Name", exact=True).fill(name)
        assert violations(page) == []
        dialog.get_by_role("button", name="Save").press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text(name)
        expect(page.get_by_text("To be answered before it is signed")).to_be_visible()
        page.get_by_role("button", name="New version").press("Enter")
        questions = dialog.locator("textarea")
        expect(questions.first).to_be_visible()
        for question in questions.all():
            question.fill("An answer by function.")
        dialog.get_by_role("button", name="Save").press("Enter")
        expect(page.get_by_text("Version 2 written")).to_be_visible()
        sign = page.get_by_role("button", name="Sign", exact=True)
        expect(page.get_by_text("To be answered before it is signed")).to_have_count(0)
        sign.press("Enter")
        # Farther ahead than the form lets it: told so, and the form stays.
        dialog.get_by_label("Last day").fill("2999-01-01")
        dialog.get_by_role("button", name="Sign").press("Enter")
        expect(dialog.get_by_role("alert")).to_be_visible()
        day = datetime.now(UTC).date() + timedelta(days=30)
        dialog.get_by_label("Last day").fill(day.isoformat())
        dialog.get_by_role("button", name="Sign").press("Enter")
        expect(page.get_by_text("Version 2 signed")).to_be_visible()
        screenshot(page, "desk-record")
        assert violations(page) == []
        page.get_by_role("button", name="Revoke").press("Enter")
        dialog.get_by_label("Why").fill("It was a trial.")
        dialog.get_by_role("button", name="Revoke").press("Enter")
        expect(page.get_by_text("Revoked: It was a trial.")).to_be_visible()
