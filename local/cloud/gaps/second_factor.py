"""Cognito: the sign-in pages ask for the second factor before they hand out a code.

MiniStack's pages stop at the password, also in a pool whose `MfaConfiguration` is ON: a
sign-in that AWS would refuse. Here the code of an authenticator is asked for, and who has
none yet sets one up first, as at AWS. A passkey cannot be tried: MiniStack has no
WebAuthn, and the pages of AWS are not ours to run.

Otherwise than at AWS, the same code counts more than once within its minute.
"""

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Any
from urllib.parse import parse_qs, quote

from ministack.services import cognito

from local.cloud.gaps import need
from local.cloud.settings import Settings

type Answer = tuple[int, dict[str, str], bytes]

MINUTES = 3
ATTEMPTS = 5


@dataclass
class _Waiting:
    """Somebody whose password was right, and what they get once the code is too."""

    user: dict[str, Any]
    hand_out: Callable[[], Answer]
    new_secret: str
    """What they are setting up; empty when they have an authenticator."""
    ends: float
    left: int = ATTEMPTS


_waiting: dict[str, _Waiting] = {}


def close(_: Settings) -> None:
    """Put the second factor between the password and the code."""
    need(cognito, "_issue_auth_code_redirect", "handle_login_submit", "_page_shell")
    need(cognito, "_get_pool_unscoped", "_totp_matches", "_oauth2_error")
    issue, submit = cognito._issue_auth_code_redirect, cognito.handle_login_submit

    def ask_first(
        client_id: str,
        pool_id: str,
        redirect_uri: str,
        scope: str,
        username: str,
        *rest: str,
    ) -> Answer:
        def hand_out() -> Answer:
            given: Answer = issue(
                client_id, pool_id, redirect_uri, scope, username, *rest
            )
            return given

        pool = cognito._get_pool_unscoped(pool_id) or {}
        user = (pool.get("_users") or {}).get(username) or {}
        if not _is_asked(pool, user):
            return hand_out()
        token = secrets.token_urlsafe(24)
        new_secret = "" if user.get("_totp_secret") else _new_secret()
        _waiting[token] = _Waiting(
            user, hand_out, new_secret, time.monotonic() + MINUTES * 60
        )
        return _page(token, _waiting[token])

    def submit_any(
        method: str, path: str, headers: Any, body: bytes, query_params: Any
    ) -> Answer:
        form = parse_qs(body.decode(errors="replace"))
        token = form.get("mfa_token", [""])[0]
        if token:
            return _answer(token, form.get("mfa_code", [""])[0].strip())
        given: Answer = submit(method, path, headers, body, query_params)
        return given

    cognito._issue_auth_code_redirect = ask_first
    cognito.handle_login_submit = submit_any


def _is_asked(pool: dict[str, Any], user: dict[str, Any]) -> bool:
    mode = pool.get("MfaConfiguration", "OFF")
    return mode == "ON" or (mode == "OPTIONAL" and bool(user.get("_totp_secret")))


def _new_secret() -> str:
    # Twenty bytes in base 32, which is what RFC 4226 asks for and AWS gives.
    return "".join(secrets.choice("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") for _ in range(32))


def _answer(token: str, code: str) -> Answer:
    waiting = _waiting.get(token)
    if waiting is None or waiting.ends < time.monotonic() or waiting.left == 0:
        _waiting.pop(token, None)
        return cognito._oauth2_error("invalid_request", "Sign in again.")  # type: ignore[no-any-return]
    secret = waiting.new_secret or waiting.user["_totp_secret"]
    if not cognito._totp_matches(secret, code):
        waiting.left -= 1
        return _page(token, waiting, "That is not the code of this moment.")
    if _waiting.pop(token, None) is not waiting:
        return cognito._oauth2_error("invalid_request", "Sign in again.")  # type: ignore[no-any-return]
    if waiting.new_secret:
        waiting.user["_totp_secret"] = secret
        waiting.user["_mfa_enabled"] = ["SOFTWARE_TOKEN_MFA"]
        waiting.user["_preferred_mfa"] = "SOFTWARE_TOKEN_MFA"
    return waiting.hand_out()


def _page(token: str, waiting: _Waiting, error: str = "") -> Answer:
    heading = "Set up an authenticator" if waiting.new_secret else "Enter your code"
    hint = ""
    if waiting.new_secret:
        address = f"otpauth://totp/Beeldrecht?secret={quote(waiting.new_secret)}"
        hint = (
            '<p>Add this key to your authenticator: <code id="secret">'
            f'{escape(waiting.new_secret)}</code> (<a href="{escape(address)}">open</a>)'
            "</p>"
        )
    body = f"""{f'<div class="error" role="alert">{escape(error)}</div>' if error else ""}
<form method="POST" action="/login">{hint}
<input type="hidden" name="mfa_token" value="{escape(token)}">
<label for="mfa_code">Code from your authenticator</label>
<input type="text" id="mfa_code" name="mfa_code" inputmode="numeric"
 autocomplete="one-time-code" required autofocus>
<button type="submit">Sign in</button>
</form>"""
    page = cognito._page_shell(heading, heading, body).encode()
    headers = {"Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store"}
    return 200, headers, page
