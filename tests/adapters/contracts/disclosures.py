"""The promises of the register of disclosures."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

import pytest

from beeldrecht.domain.audit import Entry, NewEntry
from beeldrecht.domain.channels import Channel, Place
from beeldrecht.domain.disclosures import Disclosure, DisclosureKind, said_of
from beeldrecht.domain.ids import new_id
from beeldrecht.domain.retention import TERMS, RetentionKind, RetentionPolicy
from tests.fakes.samples import ANN, BOB, EDITOR, NOON

DAY = timedelta(days=1)


class Disclosures(Protocol):
    """What both repositories offer."""

    def record(self, disclosure: Disclosure, entry: NewEntry) -> bool: ...
    def of_asset(self, asset_id: str, at: datetime) -> Iterable[Disclosure]: ...


class Trail(Protocol):
    """What was recorded."""

    def entries(self, subject: str) -> Iterable[Entry]: ...


def disclosure(
    asset_id: str, recipient_id: str = EDITOR, at: datetime = NOON
) -> Disclosure:
    """A copy for the website in which nobody is covered."""
    return Disclosure(
        disclosure_id=new_id(),
        asset_id=asset_id,
        kind=DisclosureKind.DOWNLOAD,
        recipient_id=recipient_id,
        channel=Channel.WEBSITE,
        place=Place.WORLD,
        rendition="working",
        masked=frozenset(),
        at=at,
        revision=4,
    )


def entry_of(given: Disclosure) -> NewEntry:
    """The entry of a disclosure."""
    tag = "egress:asset:download"
    name = f"{tag}:{given.disclosure_id}"
    return NewEntry(given.asset_id, name, tag, given.at, EDITOR, said_of(given))


class DisclosuresContract:
    """Each test uses pictures and people of its own."""

    @pytest.fixture
    def disclosures(self) -> Disclosures:
        raise NotImplementedError("the subclass says which repository")

    @pytest.fixture
    def shorter(self) -> Disclosures:
        """The same, where an officer chose the shortest term."""
        raise NotImplementedError("the subclass says which repository")

    @pytest.fixture
    def trail(self) -> Trail:
        raise NotImplementedError("the subclass says which trail")

    def test_r12_a_disclosure_comes_back_as_it_was_recorded(
        self, disclosures: Disclosures, trail: Trail
    ) -> None:
        asset_id, whole = new_id(), disclosure(new_id())
        rare = replace(
            disclosure(asset_id),
            kind=DisclosureKind.EXPORT,
            channel=None,
            place=Place.NETHERLANDS,
            masked=frozenset({new_id(), new_id()}),
        )
        for each in (whole, rare):
            assert disclosures.record(each, entry_of(each))
            assert list(disclosures.of_asset(each.asset_id, NOON)) == [each]
            [said] = trail.entries(each.asset_id)
            assert said.data == said_of(each)

    def test_the_same_disclosure_is_recorded_once_with_one_entry(
        self, disclosures: Disclosures, trail: Trail
    ) -> None:
        each = disclosure(new_id())
        assert disclosures.record(each, entry_of(each))
        assert not disclosures.record(each, entry_of(each))
        assert list(disclosures.of_asset(each.asset_id, NOON)) == [each]
        assert len(list(trail.entries(each.asset_id))) == 1

    def test_copies_of_a_picture_are_told_in_the_order_in_which_they_left(
        self, disclosures: Disclosures
    ) -> None:
        asset_id = new_id()
        given = [disclosure(asset_id, at=NOON + n * DAY) for n in (2, 0, 1)]
        for each in (*given, disclosure(new_id())):
            disclosures.record(each, entry_of(each))
        found = list(disclosures.of_asset(asset_id, NOON + 3 * DAY))
        assert found == sorted(given, key=lambda each: each.at)

    def test_what_is_kept_no_longer_is_not_read_though_it_is_there(
        self, disclosures: Disclosures
    ) -> None:
        each = disclosure(new_id(), new_id())
        disclosures.record(each, entry_of(each))
        end = RetentionPolicy().ends(RetentionKind.DISCLOSURES, NOON)
        assert end is not None
        for at, there in ((end - timedelta(seconds=1), [each]), (end, [])):
            assert list(disclosures.of_asset(each.asset_id, at)) == there

    def test_an_officer_says_how_long_it_is_kept(self, shorter: Disclosures) -> None:
        each = disclosure(new_id(), new_id())
        shorter.record(each, entry_of(each))
        days = TERMS[RetentionKind.DISCLOSURES].shortest
        kept, over = NOON + days * DAY, NOON + (days + 2) * DAY
        assert list(shorter.of_asset(each.asset_id, kept)) == [each]
        assert list(shorter.of_asset(each.asset_id, over)) == []

    def test_a_copy_shows_whoever_is_not_covered_in_it(self) -> None:
        copy = replace(disclosure(new_id()), masked=frozenset({ANN}))
        assert [copy.shows({ANN}), copy.shows({ANN, BOB}), copy.shows(())] == [
            False,
            True,
            False,
        ]
