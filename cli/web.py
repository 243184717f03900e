"""One request over HTTP, and what it comes to when nobody answers."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import urlsplit, urlunsplit

import urllib3

TIMEOUT = urllib3.Timeout(connect=5, read=40)
"""Seconds; an answer of the API takes 30 at the most."""
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class UnreachableError(Exception):
    """Nobody answered; `begun` tells whether the request may have arrived."""

    def __init__(self, where: str, *, begun: bool) -> None:
        super().__init__(where)
        self.where = where
        self.begun = begun


class UnsafeAddressError(Exception):
    """What is secret does not go to an address without encryption."""

    def __init__(self, where: str) -> None:
        super().__init__(where)
        self.where = where


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back; names of headers in small letters."""

    status: int
    headers: Mapping[str, str]
    data: bytes

    @property
    def json(self) -> Any:
        """The body as JSON; None when it is no such thing."""
        try:
            return json.loads(self.data)
        except ValueError:
            return None


class Send(Protocol):
    """What sends one request."""

    def __call__(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> Reply:
        """The answer, whatever its status; raises UnreachableError."""
        ...


_pool = urllib3.PoolManager(maxsize=8)


def send(
    method: str,
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    body: bytes | None = None,
) -> Reply:
    """Send one request once and follow nothing; raises UnreachableError."""
    where = origin(url)
    address, named = resolved(url)
    try:
        answer = _pool.request(
            method,
            address,
            headers={**(headers or {}), **named},
            body=body,
            timeout=TIMEOUT,
            retries=False,
            redirect=False,
        )
    except (
        urllib3.exceptions.NewConnectionError,
        urllib3.exceptions.ConnectTimeoutError,
        urllib3.exceptions.LocationValueError,
    ) as error:
        raise UnreachableError(where, begun=False) from error
    except urllib3.exceptions.HTTPError as error:
        raise UnreachableError(where, begun=True) from error
    headers_sent = {name.lower(): value for name, value in answer.headers.items()}
    return Reply(answer.status, headers_sent, answer.data)


def resolved(url: str) -> tuple[str, Mapping[str, str]]:
    """An address that every system finds, and the header that keeps its name.

    What ends in `.localhost` is this machine (RFC 6761, 6.3); few resolvers know that,
    browsers do.
    """
    parts = urlsplit(url)
    if not (parts.hostname or "").endswith(".localhost"):
        return url, {}
    port = f":{parts.port}" if parts.port else ""
    here = parts._replace(netloc=f"127.0.0.1{port}")
    return urlunsplit(here), {"Host": parts.netloc}


def origin(url: str) -> str:
    """Scheme, host and port of an address: nothing in it is secret."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"


def safe_address(given: str) -> str:
    """The address without a slash at its end; raises UnsafeAddressError.

    Plain HTTP is for this machine alone, where the local cloud is.
    """
    address = (given if "://" in given else f"https://{given}").rstrip("/")
    parts = urlsplit(address)
    host = parts.hostname or ""
    # RFC 6761: whatever ends in `.localhost` is this machine too.
    here = host in LOOPBACK or host.endswith(".localhost")
    if parts.scheme != "https" and not (parts.scheme == "http" and here):
        raise UnsafeAddressError(address)
    return address
