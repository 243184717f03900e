"""Recalls in memory, with the conditions of the real ones."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from beeldrecht.adapters.errors import ActRefusedError
from beeldrecht.adapters.pages import place
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.mails import Mail
from beeldrecht.domain.recalls import Recall, RecallState
from beeldrecht.domain.retention import RetentionKind, RetentionPolicy, over
from tests.fakes.audit import FakeAuditTrail
from tests.fakes.mails import FakeMails


class FakeRecalls:
    """Recalls by identifier."""

    def __init__(
        self,
        trail: FakeAuditTrail,
        mails: FakeMails,
        policy: RetentionPolicy | None = None,
    ) -> None:
        self._trail = trail
        self._mails = mails
        self._policy = policy or RetentionPolicy()
        self.recalls: dict[str, Recall] = {}

    def open(self, recall: Recall, mail: Mail, entry: NewEntry) -> bool:
        if recall.recall_id in self.recalls:
            return False

        def write() -> None:
            self._mails.put_new([mail])
            self.recalls[recall.recall_id] = recall

        return self._written(entry, write)

    def get(self, recall_id: str, at: datetime) -> Recall | None:
        found = self.recalls.get(recall_id)
        return found if found is not None and self._kept(found, at) else None

    def of_asset(self, asset_id: str, at: datetime) -> tuple[Recall, ...]:
        found = [
            each
            for each in self.recalls.values()
            if each.asset_id == asset_id and self._kept(each, at)
        ]
        return tuple(sorted(found, key=lambda each: (each.opened_at, each.recall_id)))

    def page(
        self, state: RecallState, at: datetime, after: str | None, limit: int
    ) -> tuple[tuple[Recall, ...], str | None]:
        listed = {
            place(each.next_at or each.opened_at, each.recall_id): each
            for each in self.recalls.values()
            if each.state is state
        }
        beyond = sorted(where for where in listed if where > (after or ""))
        shown = [listed[where] for where in beyond[:limit]]
        following = beyond[limit - 1] if len(beyond) > limit else None
        return tuple(each for each in shown if self._kept(each, at)), following

    def due(self, at: datetime) -> Iterator[Recall]:
        waiting = [
            (each.next_at, each.recall_id, each)
            for each in self.recalls.values()
            if each.state is RecallState.OPEN and each.next_at is not None
        ]
        for next_at, _, each in sorted(waiting, key=lambda found: found[:2]):
            if next_at <= at and self._kept(each, at):
                yield each

    def change(
        self,
        before: Recall,
        after: Recall,
        entry: NewEntry | None = None,
        mails: Iterable[Mail] = (),
    ) -> bool:
        there, told = self.recalls.get(before.recall_id), tuple(mails)
        if there is None or _seen(there) != _seen(before):
            return False

        def write() -> None:
            self._mails.put_new(told)
            self.recalls[after.recall_id] = after

        return self._written(entry, write)

    def _written(self, entry: NewEntry | None, write: Callable[[], None]) -> bool:
        try:
            if entry is None:
                write()
            else:
                self._trail.record(entry, write)
        except ActRefusedError:
            return False
        return True

    def _kept(self, recall: Recall, at: datetime) -> bool:
        opened = recall.opened_at
        ends = self._policy.expiry(RetentionKind.DISCLOSURES, opened, opened)
        return not over(ends, at)


def _seen(recall: Recall) -> tuple[object, ...]:
    return recall.state, recall.reminders, recall.told_at
