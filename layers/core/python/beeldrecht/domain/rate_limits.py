"""How often somebody may come: a bucket of tokens that refills, as pure arithmetic.

The bucket is kept as one instant, the one at which it will be full again (the generic
cell rate algorithm, ITU-T I.371). It says the same as a count of tokens and the time of
the last refill, without fractions: all is whole microseconds, and of several callers
whose clocks differ none can make it fuller than it was.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv4Address, ip_address

from .time import instant

_SHARED_BITS = {4: 24, 6: 48}
"""Leading bits of an address that count: neighbours within them share one bucket."""


@dataclass(frozen=True, slots=True)
class RateLimit:
    """`burst` at once, and one more every `interval` after that."""

    burst: int
    interval: timedelta

    def __post_init__(self) -> None:
        """Refuse a limit that lets nobody in, or everybody."""
        if self.burst < 1 or self.interval <= timedelta():
            raise ValueError("a rate limit has a burst and an interval")


@dataclass(frozen=True, slots=True)
class Taken:
    """A token was there; the bucket is full again at `full_at`."""

    full_at: datetime


@dataclass(frozen=True, slots=True)
class Empty:
    """No token is there; the next one is after `wait`."""

    wait: timedelta


def take(limit: RateLimit, full_at: datetime | None, at: datetime) -> Taken | Empty:
    """Take one token from a bucket; `full_at` None: nobody took one before.

    In no window of time are more taken than `burst` and one for each whole `interval`
    of it, whatever the order in which callers with different clocks come.
    """
    at = instant(at)
    full_again = max(at, full_at or at) + limit.interval
    wait = full_again - at - limit.burst * limit.interval
    return Empty(wait) if wait > timedelta() else Taken(full_again)


def network_of(address: str) -> str:
    """The network that shares one bucket: `192.0.2.0/24`, `2001:db8::/48`.

    An IPv4 address in the guise of IPv6 counts as what it is. Raises ValueError for what
    is no address. A household has a /64 or more of IPv6, a provider's customer a /48.
    """
    found = ip_address(address)
    if not isinstance(found, IPv4Address):
        found = found.ipv4_mapped or found
    kept = _SHARED_BITS[found.version]
    dropped = found.max_prefixlen - kept
    first = type(found)(int(found) >> dropped << dropped)
    return f"{first}/{kept}"
