"""The command line against the deployed library: signing in, working, signing out."""

import io
import json
import re
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from rich.console import Console

from cli import demo_users, sign_in
from cli.commands import DONE, NOT_DONE, main, parser
from cli.desk import Desk
from cli.session import Session, SignInFailedError
from cli.signing import Browser, login
from cli.state import Remembered
from local.client import LocalCloud
from local.sign_in import SignInError, totp
from local.sign_in import sign_in as walk_the_pages
from local.users import user_named
from tests.e2e.staff import PATIENCE
from tests.workflows.way import Way


class Shell:
    """A person's terminal: their own state, and all that was printed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.printed = io.StringIO()
        out = Console(file=self.printed, width=300, force_terminal=False)
        self.session = Session(Remembered("session.json", folder))
        self.desk = Desk(out, "en", self.session)

    def __call__(self, *arguments: str) -> int:
        return main(arguments, self.desk)

    @property
    def said(self) -> str:
        return self.printed.getvalue()


@pytest.fixture
def shell(way: Way, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    monkeypatch.setenv("BEELDRECHT_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("BEELDRECHT_URL", way.staff.address)
    return Shell(tmp_path / "state")


def be(shell: Shell, cloud: LocalCloud, name: str) -> None:
    """Sign in without a browser, over the same pages."""
    shell.session.begin(*demo_users.sign_in_as(name, cloud))


def test_somebody_signs_in_with_a_browser_and_the_terminal_knows(
    shell: Shell, way: Way, any_page: Page
) -> None:
    """From the address in the terminal to the page that says to go back to it."""
    opened, ended = threading.Event(), list[int]()

    def open_elsewhere(_: str) -> bool:
        opened.set()
        return True

    given = parser("en").parse_args(["login"])
    browser = Browser(open=open_elsewhere)
    typing = threading.Thread(
        target=lambda: ended.append(login(shell.desk, given, browser))
    )
    typing.start()
    assert opened.wait(60)
    account = user_named(way.cloud, "editor").account
    any_page.set_default_timeout(PATIENCE)
    any_page.goto(shell.said.split()[-1])
    any_page.get_by_label("Username").fill(account.email)
    any_page.get_by_role("button", name="Next").click()
    any_page.get_by_label("Password").fill(account.password)
    any_page.get_by_role("button", name="Sign in").click()
    any_page.get_by_label("Code").fill(totp(account.totp_secret))
    any_page.get_by_role("button", name="Sign in").click()
    expect(any_page.get_by_role("heading")).to_have_text("You are signed in")
    typing.join()
    assert ended == [DONE]
    assert shell("whoami") == DONE
    assert "Your roles: editor." in shell.said
    assert way.staff.user_id("editor") in shell.said


def test_a_wrong_password_and_a_wrong_code_give_no_session(way: Way) -> None:
    account = user_named(way.cloud, "viewer").account
    for wrong in ({"password": "not this one, surely"}, {"totp_secret": "A" * 32}):
        with pytest.raises(SignInError):
            walk_the_pages(way.cloud, replace(account, **wrong), client="Cli")


def test_a_code_that_somebody_made_up_gives_no_session(way: Way) -> None:
    place = demo_users.place_in(way.cloud)

    def wait(attempt: sign_in.Attempt) -> str:
        return f"{sign_in.CALLBACK}?code=made-up&state={attempt.state}"

    with pytest.raises(SignInFailedError):
        sign_in.sign_in(place, wait, 0.0)


def test_a_token_is_renewed_and_signing_out_ends_the_session_for_good(
    shell: Shell, way: Way, capsys: pytest.CaptureFixture[str]
) -> None:
    be(shell, way.cloud, "recogniser")
    file = shell.folder / "session.json"
    first = json.loads(file.read_text())
    first["tokens"]["until"] = 0
    file.write_text(json.dumps(first))
    assert shell("whoami") == DONE
    assert "editor, recogniser" in shell.said
    renewed = json.loads(file.read_text())
    assert renewed["tokens"]["access"] != first["tokens"]["access"]
    assert shell("logout") == DONE
    assert shell("whoami") == NOT_DONE
    assert "not signed in" in capsys.readouterr().err
    # What was copied before is worth nothing either.
    file.write_text(json.dumps({**renewed, "tokens": {**renewed["tokens"], "until": 0}}))
    assert shell("whoami") == NOT_DONE
    assert "session has ended" in capsys.readouterr().err


def test_an_editor_works_from_the_shell_and_a_viewer_sees_none_of_it(
    shell: Shell,
    way: Way,
    photos: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    be(shell, way.cloud, "contributor")
    assert shell("upload", str(photos / "collins.png")) == DONE
    [asset_id] = re.findall(r"\b[0-9a-f]{32}\b", shell.said)
    way.settled(asset_id)
    be(shell, way.cloud, "editor")
    assert shell("people", "--add", "Joke Prins") == DONE
    assert shell("confirm", asset_id[:10], "1", "joke prins") == DONE
    assert shell("show", asset_id) == DONE
    assert "Joke Prins: This person has agreed to no use" in shell.said
    assert shell("release", asset_id) == NOT_DONE
    assert "with faces covered alone" in capsys.readouterr().err
    be(shell, way.cloud, "viewer")
    viewer = Shell(shell.folder)
    assert viewer("show", asset_id) == NOT_DONE
    assert viewer("download", asset_id, "--channel", "website") == NOT_DONE
    assert viewer("people") == NOT_DONE
    assert "Els" not in viewer.said + capsys.readouterr().err
