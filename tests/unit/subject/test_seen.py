"""From where it was signed: shortened before anything keeps it."""

import pytest

from api.subject_api.seen import seen_of
from beeldrecht.domain.signing import Seen
from tests.fakes.http import request

_APPLE = "AppleWebKit/605.1.15 (KHTML, like Gecko)"
AGENTS = {
    "Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0": (
        "Firefox, Linux"
    ),
    f"Mozilla/5.0 (iPhone; CPU iPhone OS 26_1 like Mac OS X) {_APPLE} Safari/604.1": (
        "Safari, iOS"
    ),
    f"Mozilla/5.0 (Linux; Android 16) {_APPLE} Chrome/142.0 Mobile Safari/537.36": (
        "Chrome, Android"
    ),
    f"Mozilla/5.0 (Windows NT 10.0) {_APPLE} Chrome/142.0 Safari/537.36 Edg/142.0": (
        "Edge, Windows"
    ),
    f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {_APPLE} Version/26 Safari/605": (
        "Safari, macOS"
    ),
    "curl/8.16 ann@example.org": "other, other",
    "": None,
}


def seen(agent: str | None, address: str = "192.0.2.7") -> Seen:
    headers = {} if agent is None else {"User-Agent": agent}
    event = request("POST", "/subject/sign", headers=headers, source_ip=address)
    return seen_of(event)


@pytest.mark.parametrize("agent", AGENTS)
def test_a_browser_is_kept_without_versions_and_in_words_of_ours(agent: str) -> None:
    assert seen(agent).agent == AGENTS[agent]


def test_without_a_header_nothing_is_known_of_the_browser() -> None:
    assert seen(None).agent is None


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("198.51.100.77", "198.51.100.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1::/48"),
        ("::ffff:198.51.100.77", "198.51.100.0/24"),
        ("", None),
        ("nonsense", None),
    ],
)
def test_an_address_is_kept_as_its_network(address: str, network: str | None) -> None:
    assert seen("x", address).network == network
