"""Where a library is, and where its people sign in.

An address says it all: the library itself tells, without a sign-in, which pool issues
its tokens and where the sign-in pages are (`/config.json`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cli.web import Send, safe_address, send

CONFIGURATION = "/config.json"


class NoAddressError(Exception):
    """Nobody said which library is meant."""


class NoLibraryError(Exception):
    """At this address is no library of ours."""

    def __init__(self, where: str) -> None:
        super().__init__(where)
        self.where = where


@dataclass(frozen=True, slots=True)
class Place:
    """One library, as a command line needs to know it."""

    address: str
    """Of the API; `/v1/…` follows."""
    sign_in: str
    """Of the sign-in pages; `/oauth2/…` follows."""
    issuer: str
    """Who signs the tokens, as they say it."""
    client_id: str
    """What the command line is called there."""

    @property
    def authorize_url(self) -> str:
        """Where a browser begins to sign in."""
        return f"{self.sign_in}/oauth2/authorize"

    @property
    def token_url(self) -> str:
        """Where a code or a refresh token becomes tokens."""
        return f"{self.sign_in}/oauth2/token"

    @property
    def revoke_url(self) -> str:
        """Where a session is ended (RFC 7009)."""
        return f"{self.sign_in}/oauth2/revoke"


def place_at(given: str, send: Send = send) -> Place:
    """Ask the library at an address where its people sign in.

    Raises NoLibraryError, UnsafeAddressError and UnreachableError.
    """
    address = safe_address(given)
    reply = send("GET", address + CONFIGURATION)
    found = reply.json if reply.status == 200 else None
    if not isinstance(found, dict):
        raise NoLibraryError(address)
    return place_from(address, found)


def place_from(address: str, found: Mapping[str, Any]) -> Place:
    """The place that a configuration tells; raises NoLibraryError."""
    try:
        names = ("sign_in_url", "issuer", "cli_client_id")
        sign_in, issuer, client_id = (str(found[name]) for name in names)
    except KeyError as error:
        raise NoLibraryError(address) from error
    return Place(address, safe_address(sign_in), safe_address(issuer), client_id)
