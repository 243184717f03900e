"""The users' room in a browser: somebody is invited, appointed, shut out and let in."""

from uuid import uuid4

from playwright.sync_api import Page, expect

from tests.e2e.staff import StaffPages, screenshot, violations


def test_somebody_is_invited_appointed_shut_out_and_let_in_again(
    staff_pages: StaffPages,
) -> None:
    email = f"n{uuid4().hex[:10]}@museum.example"
    with staff_pages.at("administrator", "/users") as page:
        expect(page.get_by_role("heading", level=1)).to_have_text("Users")
        expect(page.get_by_role("row").nth(1)).to_be_visible()
        assert violations(page) == []
        _invite(page, email)
        row = page.get_by_role("row").filter(has_text=email)
        expect(row).to_contain_text("Invited")
        expect(row).to_contain_text("Editor")
        expect(row).not_to_contain_text("Viewer")
        screenshot(page, "users")
        # The same address is there once: whoever tries again is told, and keeps the form.
        page.get_by_role("button", name="Invite somebody").press("Enter")
        page.get_by_label("E-mail address").fill(email)
        page.get_by_role("dialog").get_by_role("button", name="Invite somebody").press(
            "Enter"
        )
        expect(page.get_by_role("dialog").get_by_role("alert")).to_be_visible()
        page.get_by_role("dialog").get_by_role("button", name="Cancel").press("Enter")
        expect(page.get_by_role("dialog")).to_have_count(0)
        row.get_by_role("button", name=f"Change roles: {email}").press("Enter")
        page.get_by_role("checkbox", name="Contributor").press("Space")
        assert violations(page) == []
        page.get_by_role("button", name="Save").press("Enter")
        expect(row).to_contain_text("Contributor")
        row.get_by_role("button", name=f"Disable: {email}").press("Enter")
        expect(page.get_by_role("alertdialog")).to_contain_text(email)
        page.get_by_role("alertdialog").get_by_role("button", name="Disable").press(
            "Enter"
        )
        expect(row).to_contain_text("Disabled")
        row.get_by_role("button", name=f"Open again: {email}").press("Enter")
        expect(row.get_by_role("button", name=f"Disable: {email}")).to_be_visible()


def test_whoever_may_not_see_users_is_not_led_there(staff_pages: StaffPages) -> None:
    with staff_pages.at("editor", "/") as page:
        menu = page.get_by_role("navigation", name="Main menu")
        expect(menu.get_by_role("link", name="Library")).to_be_visible()
        expect(menu.get_by_role("link", name="Users")).to_have_count(0)


def _invite(page: Page, email: str) -> None:
    page.get_by_role("button", name="Invite somebody").press("Enter")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_role("checkbox", name="Viewer").press("Space")
    page.get_by_role("checkbox", name="Editor").press("Space")
    assert violations(page) == []
    page.get_by_role("dialog").get_by_role("button", name="Invite somebody").press(
        "Enter"
    )
    expect(page.get_by_text("The invitation was sent")).to_be_visible()
