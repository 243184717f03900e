"""What changed is put on record first, then it is seen whether it is time to build."""

from collections.abc import Iterable
from datetime import datetime

import pytest

from library.follow_library.step import WAITING, Result, follow_library
from tests.fakes.samples import NOON, OTHER, PICTURE


class House:
    """What is on record of the index, and who makes the next; both in memory."""

    def __init__(self, waiting: int = 0) -> None:
        self.did: list[str] = []
        self.touched: dict[str, datetime] = {}
        self._waiting = waiting

    def touch(self, subjects: Iterable[str], at: datetime) -> None:
        self.did.append("touch")
        self.touched.update(dict.fromkeys(subjects, at))

    def waiting(self, most: int) -> int:
        return min(most, self._waiting + len(self.touched))

    def start(self) -> None:
        self.did.append("start")


def followed(house: House, *subjects: str, urgent: bool = False) -> Result:
    return follow_library(frozenset(subjects), urgent, house, house, NOON)


def test_what_changed_is_on_record_and_a_few_changes_wait_for_the_hour() -> None:
    house = House()
    told = followed(house, PICTURE, OTHER)
    assert told == Result(touched=2, started=False)
    assert house.touched == {PICTURE: NOON, OTHER: NOON}
    assert house.did == ["touch"]


@pytest.mark.parametrize(
    ("before", "started"), [(WAITING - 2, False), (WAITING - 1, True), (WAITING, True)]
)
def test_so_many_that_wait_have_the_next_generation_made(
    before: int, started: bool
) -> None:
    assert followed(House(before), PICTURE).started is started


def test_what_has_to_go_waits_for_nothing_and_is_on_record_before() -> None:
    house = House()
    assert followed(house, PICTURE, urgent=True).started
    assert house.did == ["touch", "start"]
    # A purge alone touches no picture: its record went before.
    assert followed(House(), urgent=True) == Result(touched=0, started=True)


def test_a_batch_that_comes_again_says_the_same_and_no_more() -> None:
    house = House()
    assert followed(house, PICTURE) == followed(house, PICTURE)
    assert list(house.touched) == [PICTURE]


def test_nobody_is_called_when_the_record_could_not_be_made() -> None:
    class Full(House):
        def touch(self, subjects: Iterable[str], at: datetime) -> None:
            raise TimeoutError

    house = Full(WAITING)
    with pytest.raises(TimeoutError):
        followed(house, PICTURE, urgent=True)
    assert house.did == []
