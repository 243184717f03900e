"""How often somebody may come, and which addresses come together."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beeldrecht.domain.rate_limits import Empty, RateLimit, Taken, network_of, take
from beeldrecht.domain.time import NaiveInstantError

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
TICK = timedelta(microseconds=1)

limits = st.builds(
    RateLimit,
    burst=st.integers(1, 12),
    interval=st.timedeltas(min_value=TICK, max_value=timedelta(minutes=5)),
)
# Callers in any order, and clocks that are not alike: some times go back.
instants = st.lists(
    st.timedeltas(min_value=timedelta(), max_value=timedelta(minutes=20)), max_size=80
).map(lambda offsets: [NOON + each for each in offsets])


def let_in(limit: RateLimit, times: list[datetime]) -> list[datetime]:
    """The times at which a caller was let in."""
    full_at, taken = None, []
    for at in times:
        answer = take(limit, full_at, at)
        if isinstance(answer, Taken):
            full_at = answer.full_at
            taken.append(at)
    return taken


@given(limits, instants)
def test_in_no_window_are_more_let_in_than_the_burst_and_one_an_interval(
    limit: RateLimit, times: list[datetime]
) -> None:
    taken = sorted(let_in(limit, times))
    for first, start in enumerate(taken):
        for last, end in enumerate(taken[first:], start=first):
            allowed = limit.burst + (end - start) // limit.interval
            assert last - first + 1 <= allowed


@given(limits, instants)
def test_the_same_holds_when_they_come_in_order(
    limit: RateLimit, times: list[datetime]
) -> None:
    taken = let_in(limit, sorted(times))
    for later, earlier in zip(taken[limit.burst :], taken, strict=False):
        assert later - earlier >= limit.interval


@given(limits, st.lists(st.timedeltas(timedelta(), timedelta(minutes=5)), max_size=50))
def test_who_keeps_to_the_interval_is_always_let_in(
    limit: RateLimit, more: list[timedelta]
) -> None:
    times = [NOON]
    for each in more:
        times.append(times[-1] + limit.interval + each)
    assert let_in(limit, times) == times


@given(limits, instants)
def test_who_waits_as_long_as_told_is_let_in_and_not_a_moment_before(
    limit: RateLimit, times: list[datetime]
) -> None:
    full_at, last = None, NOON
    for at in sorted(times):
        answer = take(limit, full_at, at)
        if isinstance(answer, Taken):
            full_at = answer.full_at
        else:
            assert isinstance(take(limit, full_at, at + answer.wait), Taken)
            assert take(limit, full_at, at + answer.wait - TICK) == Empty(TICK)
        last = at
    assert isinstance(take(limit, full_at, last + limit.burst * limit.interval), Taken)


@given(limits)
def test_a_full_bucket_holds_the_burst_and_no_more(limit: RateLimit) -> None:
    assert len(let_in(limit, [NOON] * (limit.burst + 3))) == limit.burst


@given(limits)
def test_being_refused_costs_nothing(limit: RateLimit) -> None:
    full_at = None
    for _ in range(limit.burst):
        answer = take(limit, full_at, NOON)
        assert isinstance(answer, Taken)
        full_at = answer.full_at
    assert take(limit, full_at, NOON) == take(limit, full_at, NOON)
    assert isinstance(take(limit, full_at, NOON + limit.interval), Taken)


@pytest.mark.parametrize(
    ("burst", "interval"), [(0, timedelta(seconds=1)), (-1, TICK), (1, timedelta())]
)
def test_a_limit_that_is_none_is_refused(burst: int, interval: timedelta) -> None:
    with pytest.raises(ValueError, match="burst"):
        RateLimit(burst, interval)


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(NaiveInstantError):
        take(RateLimit(1, TICK), None, datetime(2026, 6, 1))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.0", "192.0.2.0/24"),
        ("192.0.2.255", "192.0.2.0/24"),
        ("192.0.3.0", "192.0.3.0/24"),
        ("2001:db8:1::1", "2001:db8:1::/48"),
        ("2001:db8:1:ffff:ffff::1", "2001:db8:1::/48"),
        ("2001:db8:2::1", "2001:db8:2::/48"),
        ("::ffff:192.0.2.7", "192.0.2.0/24"),
        ("::1", "::/48"),
    ],
)
def test_neighbours_share_a_network(address: str, network: str) -> None:
    assert network_of(address) == network


@pytest.mark.parametrize("address", ["", "None", "192.0.2", "192.0.2.1, 10.0.0.1", "x"])
def test_what_is_no_address_is_of_no_network(address: str) -> None:
    with pytest.raises(ValueError, match="IPv4 or IPv6"):
        network_of(address)


@given(st.ip_addresses(v=4), st.ip_addresses(v=4))
def test_two_addresses_share_a_bucket_when_they_begin_alike(
    one: object, other: object
) -> None:
    alike = str(one).rsplit(".", 1)[0] == str(other).rsplit(".", 1)[0]
    assert (network_of(str(one)) == network_of(str(other))) is alike
