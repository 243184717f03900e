"""Signing in with a browser: OpenID Connect's code flow with PKCE (RFC 7636, RFC 8252).

The sign-in pages are the pool's own: no password and no second factor passes this
program. Whatever comes back is taken once, and only for the request that was made.
"""

import base64
import hashlib
import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from cli.place import Place
from cli.session import SignInFailedError, Tokens, ask_for_tokens
from cli.web import Send, send

PORT = 8765
CALLBACK = f"http://localhost:{PORT}/callback"
"""Registered with the pool, which compares the whole of it."""
SCOPES = "openid email"

type Wait = Callable[["Attempt"], str]
"""Has somebody sign in, and gives the address at which their browser ended."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try to sign in, and what makes its answer ours."""

    place: Place
    state: str = field(default_factory=lambda: secrets.token_urlsafe(24), repr=False)
    nonce: str = field(default_factory=lambda: secrets.token_urlsafe(24), repr=False)
    verifier: str = field(default_factory=lambda: secrets.token_urlsafe(48), repr=False)

    @property
    def address(self) -> str:
        """Where a browser goes."""
        digest = hashlib.sha256(self.verifier.encode()).digest()
        wish = {
            "response_type": "code",
            "client_id": self.place.client_id,
            "redirect_uri": CALLBACK,
            "scope": SCOPES,
            "state": self.state,
            "nonce": self.nonce,
            "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
            "code_challenge_method": "S256",
        }
        return f"{self.place.authorize_url}?{urlencode(wish)}"

    def code(self, ended_at: str) -> str:
        """The code in the address a browser ended at; raises SignInFailedError."""
        said = {k: v[0] for k, v in parse_qs(urlsplit(ended_at.strip()).query).items()}
        if not secrets.compare_digest(said.get("state", ""), self.state):
            raise SignInFailedError("another_sign_in")
        if "code" not in said:
            raise SignInFailedError(said.get("error", "no_code"))
        return said["code"]

    def check(self, answer: Mapping[str, Any]) -> None:
        """Hold the ID token against this attempt; raises SignInFailedError.

        It came straight from the pool over an encrypted connection, which stands in for
        checking its signature (OpenID Connect Core 3.1.3.7, 6).
        """
        claims = _claims(str(answer.get("id_token", "")))
        nonce = str(claims.get("nonce", ""))
        good = (
            claims.get("iss") == self.place.issuer
            and claims.get("aud") == self.place.client_id
            and secrets.compare_digest(nonce.encode(), self.nonce.encode())
        )
        if not good:
            raise SignInFailedError("not_our_token")


def sign_in(place: Place, wait: Wait, at: float, send: Send = send) -> Tokens:
    """Have somebody sign in; raises SignInFailedError and UnreachableError."""
    attempt = Attempt(place)
    wish = {
        "grant_type": "authorization_code",
        "code": attempt.code(wait(attempt)),
        "redirect_uri": CALLBACK,
        "code_verifier": attempt.verifier,
    }
    return ask_for_tokens(place, wish, at, send, check=attempt.check)


def _claims(token: str) -> dict[str, Any]:
    """What a token says; nothing when it is none."""
    try:
        payload = token.split(".")[1]
        padded = payload + "=" * (-len(payload) % 4)
        found = json.loads(base64.urlsafe_b64decode(padded))
    except (IndexError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
