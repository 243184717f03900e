"""The commands of signing in: `login`, `logout`, `whoami`."""

import argparse
import os
import sys
import time
import webbrowser
from collections.abc import Callable
from dataclasses import dataclass

from beeldrecht.domain.access import Operation, Role
from beeldrecht.domain.messages import words
from cli import demo_users
from cli.desk import DONE, Desk
from cli.loopback import Loopback
from cli.place import NoAddressError, Place, place_at
from cli.session import SignedOutError
from cli.sign_in import CALLBACK, Attempt, sign_in
from cli.words import say

ADDRESS = "BEELDRECHT_URL"
"""The variable that names the library where `--at` does not."""


def open_browser(address: str) -> bool:
    """Open a browser where there is a screen; one in the terminal would take it over."""
    screens = ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")
    if sys.platform != "darwin" and not any(map(os.environ.get, screens)):
        return False
    return webbrowser.open(address)


@dataclass(frozen=True, slots=True)
class Browser:
    """How a person is led to the sign-in pages and back."""

    open: Callable[[str], bool] = open_browser
    ask: Callable[[str], str] = input


def login(desk: Desk, given: argparse.Namespace, browser: Browser | None = None) -> int:
    """Sign in with a browser, or in the local cloud as one of its invented users."""
    browser = browser or Browser()
    if given.as_user:
        place, tokens = demo_users.sign_in_as(given.as_user)
    else:
        place = _place(desk, given.at)
        wait = _pasted if given.no_browser else _returned
        tokens = sign_in(
            place,
            lambda attempt: wait(desk, attempt, browser),
            time.time(),
            desk.send,
        )
    desk.session.begin(place, tokens)
    desk.print("signed_in", address=place.address)
    return DONE


def logout(desk: Desk, _given: argparse.Namespace) -> int:
    """Sign out: the tokens are taken back and forgotten."""
    desk.print("signed_out_now" if desk.session.end() else "signed_out_before")
    return DONE


def whoami(desk: Desk, _given: argparse.Namespace) -> int:
    """Say who is signed in, as what, and what that lets them do."""
    me = desk.api.get("/v1/me")
    desk.print("you_are", user_id=me["user_id"], address=desk.api.address)
    roles = [Role(role) for role in me["roles"] if role in set(Role)]
    if not roles:
        desk.print("no_roles")
        return DONE
    desk.print("your_roles", roles=", ".join(_role(desk, role) for role in roles))
    desk.print("you_may")
    allowed = set(me["affordances"])
    for operation in Operation:
        if operation.value in allowed:
            desk.line(f"  · {words(operation, desk.language)}")
    return DONE


def _role(desk: Desk, role: Role) -> str:
    return say(f"role_{role}", desk.language)


def _place(desk: Desk, at: str | None) -> Place:
    """Which library is meant: by name, by what runs here, or the one of the last time."""
    address = at or os.environ.get(ADDRESS)
    if address:
        return place_at(address, desk.send)
    local = demo_users.local_place()
    if local is not None:
        return local
    try:
        return desk.session.place
    except SignedOutError as error:
        raise NoAddressError from error


def _returned(desk: Desk, attempt: Attempt, browser: Browser) -> str:
    """Listen here for the browser to come back."""
    with Loopback(attempt.state, desk.language) as loopback:
        desk.print("sign_in_here")
        desk.line(f"  {attempt.address}")
        browser.open(attempt.address)
        return loopback.wait()


def _pasted(desk: Desk, attempt: Attempt, browser: Browser) -> str:
    """Have the address pasted at which a browser on another machine ended."""
    desk.print("sign_in_elsewhere", callback=CALLBACK)
    desk.line(f"  {attempt.address}")
    return browser.ask(say("sign_in_paste", desk.language))
