"""Links and buckets over DynamoDB."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest

from beeldrecht.adapters.audit import AuditTrail
from beeldrecht.adapters.buckets import Buckets
from beeldrecht.adapters.links import Links
from beeldrecht.domain.ids import new_id
from beeldrecht.domain.links import new_token, token_digest
from beeldrecht.domain.rate_limits import RateLimit
from tests.adapters.aws import Aws
from tests.adapters.contracts.links import (
    BucketsContract,
    LinksContract,
    a_link,
    entry_of,
)
from tests.fakes.runtime import REGION
from tests.fakes.samples import NOON

AT_ONCE = 6


class TestLinks(LinksContract):
    @pytest.fixture
    def table(self, aws: Aws) -> str:
        return aws.table("consent")

    @pytest.fixture
    def trail(self, aws: Aws) -> AuditTrail:
        return AuditTrail(aws.table("audit"), REGION)

    @pytest.fixture
    def links(self, table: str, trail: AuditTrail) -> Links:
        return Links(table, REGION, trail)

    def test_the_token_is_nowhere_in_the_tables(
        self, links: Links, table: str, aws: Aws
    ) -> None:
        link, token = a_link(), new_token()
        links.create(link, token_digest(token), entry_of(link))
        kept = json.dumps([aws.items(table), aws.items(aws.table("audit"))], default=repr)
        assert token not in kept
        assert token_digest(token) in kept

    def test_the_table_removes_a_link_after_its_end_and_not_before(
        self, links: Links, table: str, aws: Aws
    ) -> None:
        link = a_link()
        links.create(link, token_digest(new_token()), entry_of(link))
        (item,) = aws.items(table)
        assert int(item["expires_at"]["N"]) > link.expires_at.timestamp()

    def test_of_many_who_use_a_link_for_one_use_at_once_one_gets_it(
        self, links: Links
    ) -> None:
        link, digest = a_link(max_uses=1), token_digest(new_token())
        links.create(link, digest, entry_of(link))
        start = Barrier(AT_ONCE)

        def use(_: int) -> bool:
            start.wait()
            return links.use(digest, NOON) is not None

        with ThreadPoolExecutor(AT_ONCE) as pool:
            assert sum(pool.map(use, range(AT_ONCE))) == 1


class TestBuckets(BucketsContract):
    @pytest.fixture
    def table(self, aws: Aws) -> str:
        return aws.table("limits")

    @pytest.fixture
    def buckets(self, table: str) -> Buckets:
        return Buckets(table, REGION)

    def test_of_many_at_once_no_two_take_the_last_token(self, buckets: Buckets) -> None:
        limit = RateLimit(burst=2, interval=timedelta(seconds=10))
        name, start = new_id(), Barrier(AT_ONCE)

        def take(_: int) -> bool:
            start.wait()
            return buckets.take(name, limit, NOON) is None

        with ThreadPoolExecutor(AT_ONCE) as pool:
            assert sum(pool.map(take, range(AT_ONCE))) == limit.burst

    def test_a_bucket_says_neither_who_came_nor_when_it_was_on_another_day(
        self, buckets: Buckets, table: str, aws: Aws
    ) -> None:
        network = "192.0.2.0/24"
        for day in range(2):
            buckets.take(network, self.LIMIT, NOON + timedelta(days=day))
        one, other = aws.items(table)
        assert one["pk"] != other["pk"]
        assert network not in json.dumps([one, other])
        assert one.keys() == {"pk", "sk", "kind", "full_at", "expires_at"}

    def test_a_bucket_is_removed_an_hour_after_it_is_full(
        self, buckets: Buckets, table: str, aws: Aws
    ) -> None:
        buckets.take(new_id(), self.LIMIT, NOON)
        (item,) = aws.items(table)
        full = NOON + self.LIMIT.interval + timedelta(hours=1)
        assert int(item["expires_at"]["N"]) == int(full.timestamp())
