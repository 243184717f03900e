"""Waiting until the chain is through with pictures, and saying how far it is."""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from rich.console import Console

from beeldrecht.domain.assets import AssetStatus
from cli.api import Api
from cli.looking import PAGE
from cli.progress import bar
from cli.words import status_name
from local.demo.catalogue import say

STALLED = 120.0
"""Seconds without any change after which waiting makes no sense."""
LOOK_EVERY = 0.25

type Summary = Mapping[str, Any]
"""A picture in the library's list."""


class StalledError(Exception):
    """The chain does not move; `names` are the files that wait."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(", ".join(names))
        self.names = tuple(names)


def listed(api: Api) -> dict[str, Summary]:
    """Every picture that this person may read, by its id; each as it was last seen."""
    found = api.each("/v1/assets", "items", limit=PAGE)
    return {each["asset_id"]: each for each in found}


def is_settled(summary: Summary) -> bool:
    """Whether nothing is under way with it."""
    return bool(summary["settled"])


class Waiting:
    """Looks at the library's list until something is so."""

    def __init__(
        self,
        api: Api,
        out: Console,
        language: str,
        pause: Callable[[float], object] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._api = api
        self._out = out
        self._language = language
        self._pause = pause
        self._clock = clock

    def until(
        self,
        label: str,
        asset_ids: Iterable[str],
        done: Callable[[Summary], bool] = is_settled,
    ) -> None:
        """Wait for these pictures; raises StalledError when nothing moves any more."""
        wanted = set(asset_ids)
        pending = self._pending(wanted, done) if wanted else {}
        if not pending:
            return
        with bar(self._out, say(label, self._language), len(pending)) as shown:
            moved = self._clock()
            while pending:
                shown.note(self._still(pending))
                self._pause(LOOK_EVERY)
                left = self._pending(set(pending), done)
                shown.advance(len(pending) - len(left))
                if _state(left) != _state(pending):
                    moved = self._clock()
                elif self._clock() - moved > STALLED:
                    raise StalledError([str(each["file_name"]) for each in left.values()])
                pending = left

    def _pending(
        self, wanted: set[str], done: Callable[[Summary], bool]
    ) -> dict[str, Summary]:
        found = listed(self._api)
        return {a: found[a] for a in wanted if a in found and not done(found[a])}

    def _still(self, pending: Mapping[str, Summary]) -> str:
        stages = Counter(each["status"] for each in pending.values())
        named = ", ".join(
            f"{count} {status_name(AssetStatus(status), self._language)}"
            for status, count in stages.items()
        )
        return say("still", self._language, count=len(pending), stages=named)


def _state(pending: Mapping[str, Summary]) -> dict[str, tuple[str, int]]:
    return {a: (each["status"], each["revision"]) for a, each in pending.items()}
