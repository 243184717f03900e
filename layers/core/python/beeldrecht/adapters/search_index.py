"""The index as a process has it: a copy of the last generation, with what changed since.

Before each search it asks what changed and takes that up, so a search knows what was on
record a moment before. A process that slept through a generation fetches what is new of
it. From a generation that purged something every older copy goes: with the next search,
or with the process.
"""

import shutil
import threading
import uuid
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, Protocol

from beeldrecht.domain.access import Role, User
from beeldrecht.domain.collections import Collection
from beeldrecht.domain.search import SearchPage, SearchPlace, SearchQuery
from beeldrecht.domain.search_access import Horizon, horizon_of

from .search_documents import Found
from .search_engine import Engine
from .search_files import FileGoneError, IndexFiles
from .search_items import NONE, Change, Generation, SearchState
from .search_schema import StoredCollection

SLACK: Final = timedelta(seconds=5)
"""How far the clocks of those who read and write may be apart."""
_TRIES: Final = 3


class Source(Protocol):
    """What is on record now."""

    def read(
        self, subjects: Iterable[str], of_session: Callable[[str], Iterable[str]]
    ) -> tuple[list[Found], list[str]]:
        """What is on record of these, and of which nothing is."""
        ...


class SearchIndex:
    """The port through which the library is searched; safe among threads."""

    def __init__(
        self,
        state: SearchState,
        files: IndexFiles,
        source: Source,
        folder: Path,
        now: Callable[[], datetime],
    ) -> None:
        self._state = state
        self._files = files
        self._source = source
        self._folder = folder
        self._now = now
        self._lock = threading.Lock()
        self._engine: Engine | None = None
        self._at: Generation = NONE
        self._seen: set[str] = set()
        self._polled = NONE.read_at

    def search(
        self, query: SearchQuery, user: User, limit: int, after: SearchPlace | None = None
    ) -> SearchPage:
        """What this user may find, as it was on record when this was called."""
        with self._lock:
            engine = self.refresh()
            horizon = self._horizon(engine, user)
            return engine.search(query, horizon, self._now(), limit, after)

    def refresh(self) -> Engine:
        """Take up everything that changed; give the index as it is then."""
        began = self._now()
        changes = self._state.changes(self._polled if self._engine else None)
        current = self._state.generation()
        if self._engine is None or not self._holds(current):
            changes = self._fetch(began)
        elif current.number != self._at.number:
            # All that it holds was seen here; the files are the same words otherwise.
            self._at = current
        engine = self._engine
        assert engine is not None  # noqa: S101  # it was fetched, or here already
        self._take(engine, changes)
        self._polled = began
        return engine

    def lay_out(self, generation: Generation) -> Engine:
        """A copy of a generation in a folder of its own; raises FileGoneError."""
        copies = self._folder / "copies"
        shutil.rmtree(copies, ignore_errors=True)
        folder = copies / uuid.uuid4().hex
        self._files.fetch(generation, self.store, folder)
        return Engine(folder)

    @property
    def store(self) -> Path:
        """Where the objects of generations are kept as they came."""
        return self._folder / "objects"

    # -- inside ----------------------------------------------------------------------

    def _holds(self, current: Generation) -> bool:
        """Whether what is here knows all that a generation does, and nothing purged."""
        if current.number == self._at.number:
            return True
        missed = self._polled - SLACK < current.read_at
        return not missed and current.purged_in <= self._at.number

    def _fetch(self, began: datetime) -> tuple[Change, ...]:
        """Begin anew from the last generation; give all that changed since."""
        self._engine = None
        for _ in range(_TRIES):
            current = self._state.generation()
            try:
                self._engine = self.lay_out(current)
            except FileGoneError:
                continue
            changes = self._state.changes()
            # One that was made meanwhile took changes with it that are in no list now.
            if self._state.generation().number == current.number:
                self._at, self._seen, self._polled = current, set(), began
                return changes
        self._engine = None
        raise IndexMovingError

    def _take(self, engine: Engine, changes: Iterable[Change]) -> None:
        new = [each for each in changes if each.place not in self._seen]
        if not new:
            return
        found, gone = self._source.read({each.subject for each in new}, engine.of_session)
        engine.apply(found, gone)
        recent = (self._now() - timedelta(minutes=5)).astimezone(UTC).isoformat()
        self._seen = {each for each in self._seen if each > recent}
        self._seen |= {each.place for each in new}

    def _horizon(self, engine: Engine, user: User) -> Horizon:
        return horizon_of(user, [_collection(each) for each in engine.collections()])


class IndexMovingError(Exception):
    """Generations followed one another faster than one could be fetched: ask again."""


def _collection(stored: StoredCollection) -> Collection:
    return Collection(
        stored.collection_id,
        title="",
        restricted=stored.restricted,
        members={user_id: Role(role) for user_id, role in stored.members.items()},
        parent_id=stored.parent_id,
    )
