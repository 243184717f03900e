"""Who is signed in at this machine: their tokens, renewed as long as they may be."""

import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import urlencode

from cli.place import Place
from cli.state import Remembered
from cli.web import Send, UnreachableError, send

FILE = "session.json"
MARGIN = 30.0
"""Seconds before its end from which a token is not used any more."""
_FORM = "application/x-www-form-urlencoded"


class SignedOut(StrEnum):
    """Why there is no token."""

    NEVER = "signed_out"
    ENDED = "session_ended"


class SignedOutError(Exception):
    """Nobody is signed in here, or no longer."""

    def __init__(self, reason: SignedOut) -> None:
        super().__init__(reason.value)
        self.reason = reason


class SignInFailedError(Exception):
    """The sign-in pages gave no tokens; `code` is their own word for why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Tokens:
    """What somebody who signed in holds. It never prints."""

    access: str
    refresh: str
    until: float
    """When the access token ends, in seconds since 1970."""

    def __repr__(self) -> str:
        return f"Tokens(until={self.until})"


class Session:
    """The session of this user at this machine; each token as it is needed."""

    def __init__(
        self,
        remembered: Remembered | None = None,
        *,
        send: Send = send,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._remembered = remembered or Remembered(FILE)
        self._send = send
        self._now = now

    @property
    def place(self) -> Place:
        """Where it is signed in, or was last; raises SignedOutError."""
        return self._read()[0]

    def begin(self, place: Place, tokens: Tokens) -> None:
        """Be signed in there from now on, and nowhere else."""
        with self._remembered.alone():
            self._write(place, tokens)

    def token(self, *, instead_of: str | None = None) -> str:
        """An access token in force; raises SignedOutError and UnreachableError.

        One process renews at a time: a refresh token is good once, and whoever comes
        second finds what the first one got.
        """
        _, tokens = self._signed_in()
        if self._is_good(tokens, instead_of):
            return tokens.access
        with self._remembered.alone():
            place, tokens = self._signed_in()
            if not self._is_good(tokens, instead_of):
                tokens = self._renewed(place, tokens)
        return tokens.access

    def end(self) -> bool:
        """Sign out here, and have the tokens taken back; False when nobody was there.

        Forgotten before anything is asked: whatever the network does, nothing stays.
        """
        with self._remembered.alone():
            try:
                place, tokens = self._signed_in()
            except SignedOutError:
                return False
            self._write(place, None)
        with suppress(UnreachableError):
            self._send(
                "POST",
                place.revoke_url,
                headers={"Content-Type": _FORM},
                body=urlencode(
                    {"client_id": place.client_id, "token": tokens.refresh}
                ).encode(),
            )
        return True

    # -- inside ----------------------------------------------------------------------

    def _is_good(self, tokens: Tokens, instead_of: str | None) -> bool:
        return tokens.access != instead_of and self._now() < tokens.until - MARGIN

    def _renewed(self, place: Place, tokens: Tokens) -> Tokens:
        wish = {"grant_type": "refresh_token", "refresh_token": tokens.refresh}
        try:
            fresh = ask_for_tokens(place, wish, self._now(), self._send, tokens.refresh)
        except SignInFailedError as error:
            if error.code != "invalid_grant":
                raise
            self._write(place, None)
            raise SignedOutError(SignedOut.ENDED) from error
        self._write(place, fresh)
        return fresh

    def _signed_in(self) -> tuple[Place, Tokens]:
        place, tokens = self._read()
        if tokens is None:
            raise SignedOutError(SignedOut.NEVER)
        return place, tokens

    def _read(self) -> tuple[Place, Tokens | None]:
        found = self._remembered.read()
        if found is None:
            raise SignedOutError(SignedOut.NEVER)
        try:
            tokens = Tokens(**found["tokens"]) if found["tokens"] else None
            return Place(**found["place"]), tokens
        except (KeyError, TypeError) as error:  # of another version of this command
            raise SignedOutError(SignedOut.NEVER) from error

    def _write(self, place: Place, tokens: Tokens | None) -> None:
        held = asdict(tokens) if tokens else None
        self._remembered.write({"place": asdict(place), "tokens": held})


def ask_for_tokens(
    place: Place,
    wish: Mapping[str, str],
    at: float,
    send: Send = send,
    refresh: str = "",
    check: Callable[[Mapping[str, Any]], None] = lambda _: None,
) -> Tokens:
    """Turn a code or a refresh token into tokens.

    `check` looks at the whole answer before anything of it counts. Raises
    SignInFailedError and UnreachableError.
    """
    form = {**wish, "client_id": place.client_id}
    reply = send(
        "POST",
        place.token_url,
        headers={"Content-Type": _FORM, "Accept": "application/json"},
        body=urlencode(form).encode(),
    )
    found = reply.json if isinstance(reply.json, dict) else {}
    if reply.status != 200 or "access_token" not in found:
        raise SignInFailedError(str(found.get("error") or reply.status))
    check(found)
    return Tokens(
        access=str(found["access_token"]),
        # Where refresh tokens are not rotated, the one at hand stays.
        refresh=str(found.get("refresh_token") or refresh),
        until=at + float(found.get("expires_in") or 0),
    )
