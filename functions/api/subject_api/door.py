"""Who is let in: not too often, and with a link that works."""

from datetime import datetime, timedelta
from math import ceil
from typing import Final

from beeldrecht.domain.links import Link, LinkPurpose, token_digest
from beeldrecht.domain.problems import Problem
from beeldrecht.domain.rate_limits import RateLimit, network_of
from beeldrecht.runtime.http.api import Api
from beeldrecht.runtime.http.problems import ProblemError

from .services import Services

PER_NETWORK: Final = RateLimit(burst=30, interval=timedelta(seconds=1))
"""A whole office behind one address reads its mail at nine o'clock."""
PER_LINK: Final = RateLimit(burst=20, interval=timedelta(seconds=10))
"""One person, with a browser that asks again."""
_SCHEME = "link "


class Door:
    """Lets a caller in by their link, unless they come too often."""

    def __init__(self, api: Api, services: Services) -> None:
        self._api = api
        self._services = services

    def let_in(self, purpose: LinkPurpose, at: datetime) -> Link:
        """The link that the caller holds; raises ProblemError.

        Every caller costs the same: two buckets and one look-up, whatever they sent. A
        table that does not answer lets nobody in.
        """
        event = self._api.app.current_event
        headers = {k.lower(): str(v) for k, v in (event.get("headers") or {}).items()}
        asked_by = (event.get("requestContext") or {}).get("http", {}).get("sourceIp")
        digest = token_digest(_token(headers.get("authorization", "")))
        self._pass(f"network:{_network(asked_by)}", PER_NETWORK, at)
        self._pass(f"link:{digest}", PER_LINK, at)
        link = self._services.links.live(digest, at)
        if link is None or link.purpose is not purpose:
            raise ProblemError(Problem.LINK_NOT_VALID)
        return link

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


def _network(address: object) -> str:
    """The caller's network; those of whom it is not known share one bucket."""
    try:
        return network_of(str(address))
    except ValueError:
        return "unknown"
