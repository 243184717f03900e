"""People sign in to the deployed site in a real browser, and see what is theirs."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import ConsoleMessage, Error, Page, expect

from beeldrecht.domain.access import Operation, Role, ever
from beeldrecht.domain.messages import words
from local.client import LocalCloud
from local.sign_in import outputs_of, totp
from local.users import DemoUser, ensure_users
from tests.e2e.staff import PATIENCE, sign_in, violations

expect.set_options(timeout=PATIENCE)
SEES_PICTURES = {"viewer", "contributor", "editor", "recogniser", "officer"}
ONE_OF_EACH = (*sorted(SEES_PICTURES), "administrator", "nobody")


@pytest.fixture(scope="session")
def people(cloud: LocalCloud) -> dict[str, DemoUser]:
    return {user.name: user for user in ensure_users(cloud)}


@pytest.fixture(scope="session")
def home(cloud: LocalCloud) -> str:
    return outputs_of(cloud)["ApiUrl"] + "/"


@pytest.fixture
def site(any_page: Page, home: str) -> Iterator[Page]:
    """The site in Dutch, with nobody signed in, and with nothing to complain of.

    What the emulator's own sign-in pages make a browser say is not ours to mend.
    """
    complaints: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.location["url"].startswith(home):
            complaints.append(message.text)

    any_page.on("console", hear)
    any_page.on("pageerror", lambda error: complaints.append(str(error)))
    any_page.set_default_timeout(PATIENCE)
    any_page.goto(home)
    any_page.get_by_role("button", name="Nederlands").click()
    yield any_page
    assert complaints == []


@pytest.mark.parametrize("name", ONE_OF_EACH)
def test_whoever_signs_in_sees_who_they_are_and_what_they_may(
    site: Page, home: str, people: dict[str, DemoUser], name: str, tmp_path: Path
) -> None:
    user = people[name]
    assert violations(site) == []
    site.screenshot(path=tmp_path / f"{name}-before.png", full_page=True)
    sign_in(site, user)
    expect(site.locator("#address")).to_have_text(user.account.email)
    assert site.url == home
    shown = site.locator("#roles li")
    expect(shown).to_have_count(len(user.roles))
    for role in user.roles:
        expect(site.locator("#roles")).to_contain_text(words(Role(role), "nl"))
    if name in SEES_PICTURES:
        expect(site.locator("#may")).to_contain_text(words(Operation.ASSET_LIST, "nl"))
    site.wait_for_load_state("networkidle")
    assert violations(site) == []
    site.screenshot(path=tmp_path / f"{name}.png", full_page=True)


def test_what_somebody_may_is_what_the_policy_says(
    site: Page, people: dict[str, DemoUser]
) -> None:
    user = people["administrator"]
    sign_in(site, user)
    roles = frozenset(map(Role, user.roles))
    may = {words(each, "nl") for each in Operation if ever(roles, each)}
    listed = site.locator("#may li")
    expect(listed).to_have_count(len(may))
    assert set(listed.all_inner_texts()) == may


def test_no_token_is_left_anywhere_that_outlives_the_page(
    site: Page, people: dict[str, DemoUser]
) -> None:
    sign_in(site, people["editor"])
    expect(site.locator("#address")).to_be_visible()
    left = site.evaluate(
        "[JSON.stringify(localStorage), JSON.stringify(sessionStorage), document.cookie]"
    )
    assert left == ["{}", "{}", ""]
    assert site.evaluate("history.length") > 1
    site.reload()
    expect(site.locator("#sign-in")).to_be_visible()


def test_signing_out_ends_the_session_at_the_user_pool_too(
    site: Page, home: str, people: dict[str, DemoUser]
) -> None:
    with site.expect_response("**/oauth2/token") as exchange:
        sign_in(site, people["editor"])
    sent = parse_qs(exchange.value.request.post_data or "")
    session = {
        "grant_type": "refresh_token",
        "client_id": sent["client_id"][0],
        "refresh_token": exchange.value.json()["refresh_token"],
    }
    assert site.request.post(exchange.value.url, form=session).ok
    with site.expect_response("**/oauth2/revoke") as revocation:
        site.locator("#sign-out").click()
    expect(site.locator("#sign-in")).to_be_visible()
    assert (site.url, revocation.value.status) == (home, 200)
    refused = site.request.post(exchange.value.url, form=session)
    assert (refused.status, refused.json()["error"]) == (400, "invalid_grant")


def test_the_way_is_pkce_and_asks_for_no_more_than_it_needs(
    site: Page, people: dict[str, DemoUser]
) -> None:
    asked: list[str] = []
    site.on("request", lambda request: asked.append(request.url))
    sign_in(site, people["viewer"])
    expect(site.locator("#address")).to_be_visible()
    [address] = [each for each in asked if "/oauth2/authorize?" in each]
    assert "code_challenge_method=S256" in address
    assert "scope=openid+email" in address
    assert "client_secret" not in " ".join(asked)
    assert not [each for each in asked if "localhost" not in each]


def test_a_wrong_code_opens_nothing(site: Page, people: dict[str, DemoUser]) -> None:
    user = people["editor"]
    right = totp(user.account.totp_secret)
    sign_in(site, user, code=f"{(int(right) + 1) % 1_000_000:06d}")
    expect(site.get_by_role("alert")).to_contain_text("not the code")


@pytest.mark.parametrize(
    "query", ["?code=somebody-elses&state=theirs", "?error=access_denied&state=x"]
)
def test_what_was_not_asked_for_is_refused_and_forgotten(
    site: Page, home: str, query: str
) -> None:
    exchanged: list[str] = []
    site.on("request", lambda request: exchanged.append(request.url))
    site.goto(home + query)
    expect(site.get_by_role("alert")).to_be_visible()
    assert site.url == home
    assert not [each for each in exchanged if "/oauth2/token" in each]
    assert violations(site) == []


def test_the_page_speaks_dutch_and_english(
    site: Page, people: dict[str, DemoUser], tmp_path: Path
) -> None:
    expect(site.get_by_role("heading", level=1)).to_have_text("Beeldbank")
    site.get_by_role("button", name="English").click()
    expect(site.get_by_role("heading", level=1)).to_have_text("Picture library")
    assert site.evaluate("document.documentElement.lang") == "en"
    sign_in(site, people["contributor"])
    # The language comes back from the sign-in pages with whoever chose it.
    expect(site.locator("#roles")).to_contain_text(words(Role.CONTRIBUTOR, "en"))
    site.set_viewport_size({"width": 360, "height": 780})
    site.emulate_media(color_scheme="dark")
    wide = site.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert not wide
    assert violations(site) == []
    site.screenshot(path=tmp_path / "small-dark-english.png", full_page=True)


def test_whoever_asked_for_a_page_gets_it_once_they_are_in(
    site: Page, home: str, people: dict[str, DemoUser]
) -> None:
    site.goto(f"{home}library/nowhere")
    expect(site.locator("#sign-in")).to_be_enabled()
    sign_in(site, people["viewer"])
    expect(site.locator("#address")).to_be_visible()
    assert site.url == f"{home}library/nowhere"


def test_it_is_signed_in_to_by_keyboard_alone(
    site: Page, people: dict[str, DemoUser]
) -> None:
    user = people["viewer"].account
    site.locator("#sign-in").focus()
    site.keyboard.press("Enter")
    site.wait_for_url("**/oauth2/authorize?*")
    typed = {
        "username": user.email,
        "password": user.password,
        "mfa_code": totp(user.totp_secret),
    }
    for name, answer in typed.items():
        # Each page puts the cursor where it belongs.
        expect(site.locator(":focus")).to_have_attribute("name", name)
        site.keyboard.type(answer)
        site.keyboard.press("Enter")
    expect(site.locator("#address")).to_have_text(user.email)


FORBIDDEN = {
    "an address elsewhere": "await fetch('https://example.org/')",
    "a picture from elsewhere": """await new Promise((done, failed) => {
        const image = new Image();
        image.onload = done;
        image.onerror = () => failed(new Error('blocked'));
        image.src = 'https://example.org/x.png';
    })""",
    "text read as HTML": "document.body.innerHTML = '<p>x</p>'",
    "text read as code": "setTimeout('document.title = 1')",
}
BLOCKED = re.compile("Content Security Policy|This document requires 'Trusted")


@pytest.mark.parametrize("what", FORBIDDEN)
def test_the_browser_holds_the_page_to_its_policy(
    any_page: Page, home: str, what: str
) -> None:
    complaints: list[str] = []
    any_page.on("console", lambda message: complaints.append(message.text))
    any_page.goto(home)
    with pytest.raises(Error):
        any_page.evaluate(f"async () => {{ {FORBIDDEN[what]} }}")
    assert BLOCKED.search(" ".join(complaints))


def test_nobody_may_put_the_page_in_a_frame(any_page: Page, home: str) -> None:
    complaints: list[str] = []
    any_page.on("console", lambda message: complaints.append(message.text))
    any_page.set_content(f'<iframe src="{home}"></iframe>')
    expect(any_page.frame_locator("iframe").locator("#sign-in")).to_have_count(0)
    any_page.wait_for_load_state("networkidle")
    assert "frame-ancestors" in " ".join(complaints)
    assert any_page.frames[1].url.startswith("chrome-error://")
