"""Links: their tokens, and when they work."""

import base64
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beeldrecht.domain.ids import new_id
from beeldrecht.domain.links import (
    AFTER_END,
    TERMS,
    Link,
    LinkPurpose,
    LinkState,
    address_of,
    new_token,
    renewal_ends,
    state_at,
    token_digest,
)

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
END = NOON + timedelta(days=30)
TICK = timedelta(microseconds=1)
LINK = Link(new_id(), new_id(), LinkPurpose.OWN_PAGE, new_id(), NOON, END)


def test_a_token_has_256_bits_and_no_two_are_alike() -> None:
    tokens = {new_token() for _ in range(1000)}
    assert len(tokens) == 1000
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{43}", token) for token in tokens)
    assert {len(base64.urlsafe_b64decode(f"{token}=")) * 8 for token in tokens} == {256}


@pytest.mark.parametrize("purpose", LinkPurpose)
def test_a_link_has_its_token_where_no_server_sees_it(purpose: LinkPurpose) -> None:
    token = new_token()
    url = urlsplit(address_of("https://beeld.example.org", purpose, token))
    assert (url.netloc, url.query, url.fragment) == ("beeld.example.org", "", token)
    pages = {"/sign", "/own-page", "/export", "/recall", "/certificate", "/share"}
    assert url.path in pages


@given(st.text())
def test_a_digest_is_of_anything_that_can_be_sent_and_never_fails(text: str) -> None:
    assert re.fullmatch(r"[0-9a-f]{64}", token_digest(text))


def test_a_digest_is_that_of_its_token_alone() -> None:
    token = new_token()
    assert token_digest(token) == token_digest(token)
    assert token_digest(token) != token_digest(token + " ")
    # SHA-256 of "abc", as FIPS 180-4 gives it.
    assert token_digest("abc").startswith("ba7816bf8f01cfea")


@pytest.mark.parametrize("max_uses", [None, 1, 2])
def test_a_link_ends_on_its_instant_and_not_before(max_uses: int | None) -> None:
    link = replace(LINK, max_uses=max_uses)
    assert state_at(link, END - TICK) is LinkState.LIVE
    assert state_at(link, END) is LinkState.EXPIRED


@pytest.mark.parametrize(
    ("max_uses", "uses", "state"),
    [
        (None, 0, LinkState.LIVE),
        (None, 1000, LinkState.LIVE),
        (1, 0, LinkState.LIVE),
        (1, 1, LinkState.USED),
        (2, 1, LinkState.LIVE),
        (2, 2, LinkState.USED),
        (0, 0, LinkState.USED),
    ],
)
def test_a_link_works_as_often_as_it_says(
    max_uses: int | None, uses: int, state: LinkState
) -> None:
    assert state_at(replace(LINK, max_uses=max_uses, uses=uses), NOON) is state


def test_what_was_taken_back_says_so_whatever_else_is_true() -> None:
    revoked = replace(LINK, revoked_at=NOON, max_uses=1, uses=1)
    for at in (NOON, END):
        assert state_at(revoked, at) is LinkState.REVOKED


def test_every_purpose_has_its_terms_and_no_link_lasts_for_ever() -> None:
    assert TERMS.keys() == set(LinkPurpose)
    # Who was erased cannot be sent another: that link alone lasts for a year.
    longest = {LinkPurpose.CERTIFICATE: timedelta(days=365)}
    for purpose, terms in TERMS.items():
        assert terms.lasts <= longest.get(purpose, timedelta(days=120)), purpose


def test_a_link_to_renew_works_until_thirty_days_after_the_end() -> None:
    for days in (365, 120, 91, 90):
        end = NOON + timedelta(days=days)
        assert renewal_ends(end, NOON) == end + AFTER_END


def test_nearer_the_end_a_link_to_renew_lasts_as_long_as_any() -> None:
    lasts = TERMS[LinkPurpose.RENEW].lasts
    for days in (89, 30, 7, 0, -3):
        assert renewal_ends(NOON + timedelta(days=days), NOON) == NOON + lasts
