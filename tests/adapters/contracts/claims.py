"""The promises of the claims: a caller's key makes one thing, whatever is repeated."""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count
from typing import Protocol

import pytest

from beeldrecht.adapters.claims import ReusedKeyError
from beeldrecht.domain.ids import derived_id
from tests.fakes.samples import ANN, BOB, NOON

SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)
KEY, BODY = "a-key-of-the-caller", b'{"title":"x"}'


class Claims(Protocol):
    """What both repositories offer."""

    def claim(
        self,
        actor: str,
        operation: str,
        key: str,
        body: bytes,
        new_id: Callable[[], str],
        at: datetime,
    ) -> str: ...


class ClaimsContract:
    """Each test starts from an empty table."""

    @pytest.fixture
    def claims(self) -> Claims:
        raise NotImplementedError("the subclass says which repository")

    @pytest.fixture
    def new_id(self) -> Callable[[], str]:
        made = count()
        return lambda: derived_id("claimed", str(next(made)))

    def test_the_same_request_under_the_same_key_makes_the_same_thing(
        self, claims: Claims, new_id: Callable[[], str]
    ) -> None:
        first = claims.claim(ANN, "person:create", KEY, BODY, new_id, NOON)
        assert first == derived_id("claimed", "0")
        for later in (NOON, NOON + SECOND, NOON + DAY - SECOND):
            again = claims.claim(ANN, "person:create", KEY, BODY, new_id, later)
            assert again == first

    def test_another_caller_operation_or_key_makes_another_thing(
        self, claims: Claims, new_id: Callable[[], str]
    ) -> None:
        made = {
            claims.claim(actor, operation, key, BODY, new_id, NOON)
            for actor in (ANN, BOB)
            for operation in ("person:create", "collection:create")
            for key in (KEY, KEY.upper())
        }
        assert len(made) == 8

    def test_a_key_is_not_used_for_another_request(
        self, claims: Claims, new_id: Callable[[], str]
    ) -> None:
        first = claims.claim(ANN, "person:create", KEY, BODY, new_id, NOON)
        for other in (b"", b'{"title":"y"}', BODY + b" "):
            with pytest.raises(ReusedKeyError):
                claims.claim(ANN, "person:create", KEY, other, new_id, NOON + SECOND)
        assert claims.claim(ANN, "person:create", KEY, BODY, new_id, NOON) == first

    def test_a_key_is_free_again_after_a_day_whenever_the_table_removes_it(
        self, claims: Claims, new_id: Callable[[], str]
    ) -> None:
        first = claims.claim(ANN, "person:create", KEY, BODY, new_id, NOON)
        other = b"another request"
        with pytest.raises(ReusedKeyError):
            claims.claim(ANN, "person:create", KEY, other, new_id, NOON + DAY - SECOND)
        later = claims.claim(ANN, "person:create", KEY, other, new_id, NOON + DAY)
        assert later != first
