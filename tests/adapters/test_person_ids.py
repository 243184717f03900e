"""Everybody on record by id, a page at a time, and not a name opened for it."""

from datetime import timedelta

import pytest

from beeldrecht.adapters.consent import ConsentRegister
from beeldrecht.adapters.person_ids import PersonIds
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.people import Person
from tests.adapters.aws import Aws
from tests.fakes.runtime import REGION
from tests.fakes.samples import NOON
from tests.fakes.sealing import FakeKeyRing

PEOPLE = [derived_id("test", f"of a page {each}") for each in range(5)]


@pytest.mark.parametrize("aws_endpoint", ["moto"], indirect=True)
@pytest.mark.parametrize("limit", [1, 2, 5, 9])
def test_everybody_comes_once_whoever_was_added_first_first(aws: Aws, limit: int) -> None:
    table = aws.table("consent")
    register, ids = ConsentRegister(table, REGION), PersonIds(table, REGION)
    for place, person_id in enumerate(PEOPLE):
        at = NOON + timedelta(minutes=place)
        register.add_person(Person(person_id, "a name"), FakeKeyRing(), at)
    found: list[str] = []
    after: str | None = None
    while True:
        page, after = ids.page(after, limit)
        assert len(page) <= limit
        found += page
        if after is None:
            break
    assert found == PEOPLE
    with pytest.raises(LookupError):
        ids.page(derived_id("test", "erased"), limit)
