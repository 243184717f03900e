"""The promises of the links, and of the buckets before them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

import pytest

from beeldrecht.domain.audit import Entry, NewEntry
from beeldrecht.domain.ids import new_id
from beeldrecht.domain.links import Link, LinkPurpose, new_token, token_digest
from beeldrecht.domain.rate_limits import Empty, RateLimit
from tests.fakes.samples import EDITOR, NOON

END = NOON + timedelta(days=30)
INSTANT = timedelta(microseconds=1)


class Links(Protocol):
    """What both stores of links offer."""

    def create(self, link: Link, digest: str, entry: NewEntry) -> None: ...
    def live(self, digest: str, at: datetime) -> Link | None: ...
    def use(self, digest: str, at: datetime) -> Link | None: ...
    def revoke(
        self, person_id: str, link_id: str, at: datetime, entry: NewEntry
    ) -> bool: ...
    def of_person(self, person_id: str) -> tuple[Link, ...]: ...


class Trail(Protocol):
    """The audit trail that the links write to."""

    def entries(self, subject: str) -> Iterator[Entry]: ...


class Buckets(Protocol):
    """What both stores of buckets offer."""

    def take(self, name: str, limit: RateLimit, at: datetime) -> Empty | None: ...


def a_link(max_uses: int | None = None) -> Link:
    return Link(
        link_id=new_id(),
        subject_id=new_id(),
        purpose=LinkPurpose.OWN_PAGE,
        created_by=EDITOR,
        created_at=NOON,
        expires_at=END,
        max_uses=max_uses,
    )


def entry_of(link: Link, tag: str = "api:link:create") -> NewEntry:
    return NewEntry(
        subject=link.subject_id,
        entry_id=f"{tag}:{link.link_id}",
        tag=tag,
        at=NOON,
        actor=EDITOR,
        data={"link_id": link.link_id},
    )


class LinksContract:
    """Each test starts without links."""

    @pytest.fixture
    def trail(self) -> Trail:
        raise NotImplementedError("the subclass says which trail")

    @pytest.fixture
    def links(self, trail: Trail) -> Links:
        raise NotImplementedError("the subclass says which links")

    def test_a_link_comes_back_by_its_token_alone(self, links: Links) -> None:
        link, digest = a_link(), token_digest(new_token())
        links.create(link, digest, entry_of(link))
        assert links.live(digest, NOON) == link
        assert links.live(token_digest(new_token()), NOON) is None

    def test_a_link_works_until_it_ends_and_not_an_instant_longer(
        self, links: Links
    ) -> None:
        for max_uses in (None, 1):
            link, digest = a_link(max_uses), token_digest(new_token())
            links.create(link, digest, entry_of(link))
            assert links.live(digest, END) is None
            assert links.use(digest, END) is None
            assert links.live(digest, END - INSTANT) == link
            assert links.use(digest, END - INSTANT) is not None

    def test_a_link_for_one_use_works_once(self, links: Links) -> None:
        link, digest = a_link(max_uses=1), token_digest(new_token())
        links.create(link, digest, entry_of(link))
        assert links.live(digest, NOON) == link
        assert links.use(digest, NOON) == replace(link, uses=1, used_at=NOON)
        assert links.use(digest, NOON) is None
        assert links.live(digest, NOON) is None

    def test_looking_uses_nothing_up(self, links: Links) -> None:
        link, digest = a_link(max_uses=1), token_digest(new_token())
        links.create(link, digest, entry_of(link))
        assert [links.live(digest, NOON) for _ in range(3)] == [link] * 3

    def test_a_link_without_a_count_works_again_and_again(self, links: Links) -> None:
        link, digest = a_link(), token_digest(new_token())
        links.create(link, digest, entry_of(link))
        uses = [links.use(digest, NOON + timedelta(days=d)) for d in range(3)]
        assert [use.uses for use in uses if use] == [1, 2, 3]

    @pytest.mark.parametrize("max_uses", [None, 1])
    def test_a_link_that_was_taken_back_works_no_more(
        self, links: Links, max_uses: int | None
    ) -> None:
        link, digest = a_link(max_uses), token_digest(new_token())
        links.create(link, digest, entry_of(link))
        entry = entry_of(link, "api:link:revoke")
        later = NOON + timedelta(hours=1)
        assert links.revoke(link.subject_id, link.link_id, NOON, entry)
        assert links.revoke(link.subject_id, link.link_id, later, entry)
        assert links.live(digest, NOON) is None
        assert links.use(digest, NOON) is None
        assert links.of_person(link.subject_id) == (replace(link, revoked_at=NOON),)

    def test_a_link_is_taken_back_in_the_name_of_its_own_person_alone(
        self, links: Links, trail: Trail
    ) -> None:
        link, digest = a_link(), token_digest(new_token())
        links.create(link, digest, entry_of(link))
        entry = entry_of(link, "api:link:revoke")
        assert not links.revoke(new_id(), link.link_id, NOON, entry)
        assert not links.revoke(link.subject_id, new_id(), NOON, entry)
        assert links.live(digest, NOON) == link
        assert [each.tag for each in trail.entries(link.subject_id)] == [
            "api:link:create"
        ]

    def test_an_unknown_token_opens_nothing_and_leaves_nothing(
        self, links: Links
    ) -> None:
        digest = token_digest(new_token())
        assert links.use(digest, NOON) is None
        assert links.live(digest, NOON) is None

    def test_r16_making_and_taking_back_are_on_record_once(
        self, links: Links, trail: Trail
    ) -> None:
        link, digest = a_link(), token_digest(new_token())
        links.create(link, digest, entry_of(link))
        for _ in range(2):
            entry = entry_of(link, "api:link:revoke")
            links.revoke(link.subject_id, link.link_id, NOON, entry)
        assert [each.tag for each in trail.entries(link.subject_id)] == [
            "api:link:create",
            "api:link:revoke",
        ]

    def test_a_persons_links_are_listed_the_last_one_first(self, links: Links) -> None:
        first = a_link()
        second = replace(
            a_link(1), subject_id=first.subject_id, created_at=NOON + timedelta(minutes=1)
        )
        for link in (first, second, a_link()):
            links.create(link, token_digest(new_token()), entry_of(link))
        assert links.of_person(first.subject_id) == (second, first)
        assert links.of_person(new_id()) == ()


class BucketsContract:
    """Each test starts with full buckets."""

    @pytest.fixture
    def buckets(self) -> Buckets:
        raise NotImplementedError("the subclass says which buckets")

    LIMIT = RateLimit(burst=3, interval=timedelta(seconds=10))

    def test_a_burst_is_let_in_and_the_next_one_hears_how_long_to_wait(
        self, buckets: Buckets
    ) -> None:
        name = new_id()
        for _ in range(self.LIMIT.burst):
            assert buckets.take(name, self.LIMIT, NOON) is None
        assert buckets.take(name, self.LIMIT, NOON) == Empty(self.LIMIT.interval)
        later = NOON + self.LIMIT.interval
        assert buckets.take(name, self.LIMIT, later - INSTANT) == Empty(INSTANT)
        assert buckets.take(name, self.LIMIT, later) is None
        assert buckets.take(name, self.LIMIT, later) is not None

    def test_every_name_has_a_bucket_of_its_own(self, buckets: Buckets) -> None:
        one, other = new_id(), new_id()
        for _ in range(self.LIMIT.burst):
            buckets.take(one, self.LIMIT, NOON)
        assert buckets.take(one, self.LIMIT, NOON) is not None
        assert buckets.take(other, self.LIMIT, NOON) is None

    def test_a_bucket_is_full_again_after_a_while_and_holds_no_more_than_that(
        self, buckets: Buckets
    ) -> None:
        name = new_id()
        for _ in range(self.LIMIT.burst):
            buckets.take(name, self.LIMIT, NOON)
        later = NOON + timedelta(hours=2)
        taken = [buckets.take(name, self.LIMIT, later) for _ in range(4)]
        assert [each is None for each in taken] == [True, True, True, False]
