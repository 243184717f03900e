"""Who is let in: not too often, and with a link that works."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Final

from beeldrecht.domain.links import Link, LinkPurpose, token_digest
from beeldrecht.domain.problems import Problem
from beeldrecht.domain.rate_limits import RateLimit
from beeldrecht.runtime.http.api import Api
from beeldrecht.runtime.http.problems import ProblemError

from .said import not_valid
from .seen import network
from .services import Services

PER_NETWORK: Final = RateLimit(burst=30, interval=timedelta(seconds=1))
"""A whole office behind one address reads its mail at nine o'clock."""
PER_LINK: Final = RateLimit(burst=20, interval=timedelta(seconds=10))
"""One person, with a browser that asks again."""
PER_FORM: Final = RateLimit(burst=60, interval=timedelta(seconds=1))
"""Everybody at a session signs by the same code."""
PER_SHARE: Final = RateLimit(burst=240, interval=timedelta(milliseconds=500))
"""Somebody who scrolls through two hundred pictures, each asked for by itself."""
_SCHEME = "link "


@dataclass(frozen=True, slots=True)
class Admitted:
    """Somebody who was let in: the link, and the digest under which it is on record."""

    link: Link
    digest: str


class Door:
    """Lets a caller in by their link, unless they come too often."""

    def __init__(self, api: Api, services: Services) -> None:
        self._api = api
        self._services = services

    def let_in(self, at: datetime, *purposes: LinkPurpose) -> Admitted:
        """Whoever holds a link for one of these purposes; raises ProblemError.

        Every caller of a route costs the same: two buckets and one look-up, whatever
        they sent. A table that does not answer lets nobody in.
        """
        event = self._api.app.current_event
        headers = {k.lower(): str(v) for k, v in (event.get("headers") or {}).items()}
        asked_by = (event.get("requestContext") or {}).get("http", {}).get("sourceIp")
        digest = token_digest(_token(headers.get("authorization", "")))
        # Those of whom the network is not known share one bucket.
        self._pass(f"network:{network(asked_by) or 'unknown'}", PER_NETWORK, at)
        # By the route and not by the link, which nobody has looked at yet.
        if LinkPurpose.SESSION in purposes:
            self._pass(f"form:{digest}", PER_FORM, at)
        elif LinkPurpose.SHARE in purposes:
            self._pass(f"share:{digest}", PER_SHARE, at)
        else:
            self._pass(f"link:{digest}", PER_LINK, at)
        link = self._services.links.live(digest, at)
        if link is None or link.purpose not in purposes:
            raise not_valid()
        return Admitted(link, digest)

    def _pass(self, bucket: str, limit: RateLimit, at: datetime) -> None:
        empty = self._services.buckets.take(bucket, limit, at)
        if empty is not None:
            wait = max(1, ceil(empty.wait.total_seconds()))
            raise ProblemError(
                Problem.TOO_MANY_REQUESTS, headers={"Retry-After": str(wait)}
            )


def _token(authorization: str) -> str:
    """What stands behind `Link` in the header; anything else is a token nobody has."""
    scheme, token = authorization[: len(_SCHEME)], authorization[len(_SCHEME) :]
    return token.strip() if scheme.lower() == _SCHEME else ""
