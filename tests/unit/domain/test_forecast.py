"""The forecast: by the rule that decides on every use, and never later than it."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beeldrecht.domain.channels import Channel, Verdict
from beeldrecht.domain.decisions import Facts, Finding, FindingId, decide
from beeldrecht.domain.forecast import (
    Darkening,
    Slot,
    behind,
    counted,
    darkening,
    expected,
    horizon,
    month_of,
    months_from,
)
from beeldrecht.domain.time import midnight
from tests.unit.domain.facts import (
    ANN,
    ANNS_PICTURE,
    END,
    NOW,
    START,
    TICK,
    grant,
    instants,
    pictures_with_facts,
    release_of,
    with_release,
)

YEAR = horizon(NOW, 12)
WEBSITE = frozenset({Channel.WEBSITE})
RELEASED = with_release(
    ANNS_PICTURE,
    release_of(*ANNS_PICTURE.asset.faces, channels=dict.fromkeys(Channel, Verdict.CLEAR)),
)


def cached(facts: Facts, at: datetime, until: datetime) -> dict[Channel, datetime]:
    decision = decide(facts, at)
    return expected(decision.leaves, decision.findings, facts.asset.ends_at, until)


@settings(max_examples=150)
@given(pictures_with_facts(), instants, st.integers(1, 24))
def test_a_channel_goes_dark_at_the_first_instant_at_which_it_leaves_no_more(
    facts: Facts, at: datetime, months: int
) -> None:
    until = horizon(at, months)
    found = darkening(facts, at, until)
    now = decide(facts, at).leaves.keys()
    assert found.keys() <= now
    for channel, dark in found.items():
        assert at < dark < until
        assert channel not in decide(facts, dark).leaves
        assert channel in decide(facts, dark - TICK).leaves
    for channel in now - found.keys():
        assert channel in decide(facts, until - TICK).leaves


@settings(max_examples=150)
@given(pictures_with_facts(), instants)
def test_what_is_counted_is_never_later_than_what_will_be_decided(
    facts: Facts, at: datetime
) -> None:
    until = horizon(at, 24)
    # A freeze that is on record for later is rare, and its own act decides anew.
    facts = replace(facts, restrictions=(), withdrawals=())
    counted_at, truly = cached(facts, at, until), darkening(facts, at, until)
    for channel, dark in truly.items():
        assert channel in counted_at
        assert counted_at[channel] <= dark


def test_the_end_of_the_only_consent_is_told_to_the_instant_either_way() -> None:
    assert darkening(RELEASED, NOW, YEAR)[Channel.WEBSITE] == END
    assert cached(RELEASED, NOW, YEAR)[Channel.WEBSITE] == END
    assert darkening(RELEASED, NOW, END) == {}, "the horizon is not included"
    assert cached(RELEASED, NOW, END) == {}


def test_a_renewed_consent_darkens_nothing_and_one_to_come_only_seems_to() -> None:
    renewed = grant(ANN, start=START, end=None, grant_id="renewed")
    longer = replace(RELEASED, grants=(*RELEASED.grants, renewed))
    assert darkening(longer, NOW, YEAR) == cached(longer, NOW, YEAR) == {}
    to_come = grant(ANN, start=END, end=None, grant_id="to come")
    later = replace(RELEASED, grants=(*RELEASED.grants, to_come))
    assert darkening(later, NOW, YEAR) == {}
    assert cached(later, NOW, YEAR)[Channel.WEBSITE] == END


def test_a_pictures_own_term_darkens_every_channel_masked_ones_too() -> None:
    term = NOW + timedelta(days=5)
    leaves = {Channel.WEBSITE: Verdict.MASKED, Channel.PRINT: Verdict.CLEAR}
    ended = Finding(FindingId.GRANT_IN_FORCE, "f0", ANN, None, NOW + timedelta(days=2))
    assert expected(leaves, [ended], term, YEAR) == {
        Channel.WEBSITE: term,
        Channel.PRINT: NOW + timedelta(days=2),
    }
    assert expected(leaves, [], None, YEAR) == {}


@pytest.mark.parametrize(
    ("at", "month"),
    [
        (midnight(date(2027, 1, 1)), date(2026, 12, 1)),
        (midnight(date(2027, 1, 1)) + TICK, date(2027, 1, 1)),
        (midnight(date(2027, 1, 2)), date(2027, 1, 1)),
        (midnight(date(2026, 11, 1)) - TICK, date(2026, 10, 1)),
    ],
)
def test_what_ends_at_midnight_counts_for_the_day_that_was_its_last(
    at: datetime, month: date
) -> None:
    assert month_of(at) == month


def test_twelve_months_begin_with_this_one_and_end_before_its_next_coming() -> None:
    months = months_from(NOW, 12)
    assert (months[0], months[-1], len(set(months))) == (
        date(2026, 6, 1),
        date(2027, 5, 1),
        12,
    )
    assert midnight(date(2027, 6, 1)) == YEAR
    assert month_of(YEAR - TICK) == months[-1]


def darkened(name: str, *collections: str, **at: datetime) -> Darkening:
    per_channel = {Channel(channel): when for channel, when in at.items()}
    return Darkening(name, frozenset(collections), per_channel)


def test_a_picture_counts_once_for_all_and_once_for_each_of_its_collections() -> None:
    june, july = NOW + TICK, midnight(date(2026, 7, 5))
    one = darkened("one", "a", "b", website=june, print=july)
    two = darkened("two", "b", website=june)
    bare = darkened("bare", website=july)
    first, second = date(2026, 6, 1), date(2026, 7, 1)
    assert counted([one, two, bare]) == {
        Slot(first, Channel.WEBSITE): 2,
        Slot(first, Channel.WEBSITE, "a"): 1,
        Slot(first, Channel.WEBSITE, "b"): 2,
        Slot(second, Channel.PRINT): 1,
        Slot(second, Channel.PRINT, "a"): 1,
        Slot(second, Channel.PRINT, "b"): 1,
        Slot(second, Channel.WEBSITE): 1,
    }
    assert counted([one]) + counted([two, bare]) == counted([one, two, bare])


def test_behind_each_number_stand_as_many_pictures() -> None:
    june = NOW + TICK
    all_of_them = [
        darkened("one", "a", website=june, print=june),
        darkened("two", "a", "b", website=june),
        darkened("three", website=NOW + timedelta(days=40)),
    ]
    for slot, pictures in counted(all_of_them).items():
        assert len(behind(slot, all_of_them)) == pictures
