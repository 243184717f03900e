"""From where somebody signs, shortened before anything keeps it, as the notice says."""

from collections.abc import Mapping
from typing import Any, Final

from beeldrecht.domain.rate_limits import network_of
from beeldrecht.domain.signing import Seen

# The first that fits: most browsers also claim to be the ones that came before them.
_BROWSERS: Final = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS: Final = (
    ("iPhone", "iOS"),
    ("iPad", "iOS"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)
_OTHER: Final = "other"


def seen_of(event: Mapping[str, Any]) -> Seen:
    """The network of a request, and its browser and system without their versions."""
    context = (event.get("requestContext") or {}).get("http") or {}
    headers = {k.lower(): str(v) for k, v in (event.get("headers") or {}).items()}
    agent = headers.get("user-agent", "")
    return Seen(network=network(context.get("sourceIp")), agent=_agent(agent))


def network(address: object) -> str | None:
    """The network of an address, /24 or /48; None for what is no address."""
    try:
        return network_of(str(address))
    except ValueError:
        return None


def _agent(agent: str) -> str | None:
    """Words of our own lists alone: whatever else a header says is kept nowhere."""
    if not agent:
        return None
    browser = next((name for mark, name in _BROWSERS if mark in agent), _OTHER)
    system = next((name for mark, name in _SYSTEMS if mark in agent), _OTHER)
    return f"{browser}, {system}"
