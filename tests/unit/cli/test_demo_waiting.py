"""Waiting for the chain: until all are through, or until nothing moves any more."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, cast

import pytest
from rich.console import Console

from local.demo.waiting import LOOK_EVERY, STALLED, StalledError, Waiting

if TYPE_CHECKING:
    from cli.api import Api


class Moving:
    """A library whose pictures come one step further at each look, as far as they do."""

    def __init__(self, **steps: int) -> None:
        self.left = steps
        self.looks = 0
        self.at = 0.0

    def each(self, path: str, field: str, **_: object) -> Iterator[dict[str, Any]]:
        assert (path, field) == ("/v1/assets", "items")
        self.looks += 1
        for name, left in self.left.items():
            self.left[name] = left - 1 if left > 0 else left
            yield {
                "asset_id": name,
                "file_name": f"{name}.jpg",
                "status": "received",
                "revision": 100 - left,
                "settled": left == 0,
            }

    def pause(self, seconds: float) -> None:
        self.at += seconds


def waiting(library: Moving) -> Waiting:
    quiet = Console(quiet=True)
    api = cast("Api", library)
    return Waiting(api, quiet, "en", library.pause, lambda: library.at)


def test_it_waits_as_long_as_one_of_them_moves() -> None:
    library = Moving(a=2, b=5, other=-1)
    waiting(library).until("waiting", ["a", "b"])
    assert library.looks == 6
    assert library.at == 5 * LOOK_EVERY


def test_nothing_to_wait_for_takes_no_time() -> None:
    library = Moving(a=0)
    waiting(library).until("waiting", [])
    assert library.looks == 0
    waiting(library).until("waiting", ["a"])
    assert library.at == 0.0


def test_what_stands_still_is_named_after_a_while_and_not_before() -> None:
    library = Moving(a=2, stuck=-1)
    with pytest.raises(StalledError) as stalled:
        waiting(library).until("waiting", ["a", "stuck"])
    assert stalled.value.names == ("stuck.jpg",)
    assert STALLED < library.at <= STALLED + 4 * LOOK_EVERY


def test_somebody_else_may_say_when_it_is_done() -> None:
    library = Moving(a=-1)
    seen: list[str] = []

    def done(summary: Any) -> bool:
        seen.append(summary["asset_id"])
        return len(seen) == 3

    waiting(library).until("deciding", ["a"], done)
    assert seen == ["a"] * 3
