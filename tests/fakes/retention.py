"""The retention policy, its runs, and what is kept, in memory."""

from collections.abc import Set
from dataclasses import replace

from beeldrecht.adapters.errors import StaleRevisionError, UnwiredTrailError
from beeldrecht.adapters.kept_items import KeptItem, KeptPage
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.retention import RetentionKind, RetentionPolicy
from beeldrecht.domain.retention_runs import UNDER_WAY, WAITING, RetentionRun
from tests.fakes.audit import FakeAuditTrail
from tests.fakes.effects import Effects


class FakeRetention:
    """One policy; what is private until somebody chooses."""

    def __init__(
        self,
        policy: RetentionPolicy | None = None,
        trail: FakeAuditTrail | None = None,
    ) -> None:
        self._policy = policy or RetentionPolicy()
        self._trail = trail

    def policy(self) -> RetentionPolicy:
        return self._policy

    def save(self, policy: RetentionPolicy, entry: NewEntry) -> None:
        if policy.revision != self._policy.revision:
            raise StaleRevisionError("RETENTION")
        if self._trail is None:
            raise UnwiredTrailError(entry.tag)

        self._trail.record(entry, lambda: self.put(policy))

    def put(self, policy: RetentionPolicy) -> None:
        """The policy alone, within an act that another fake records."""
        self._policy = replace(policy, revision=policy.revision + 1)


class FakeRetentionRuns:
    """Runs in memory, beside the policy that they change."""

    def __init__(
        self,
        retention: FakeRetention,
        trail: FakeAuditTrail | None = None,
        effects: Effects | None = None,
    ) -> None:
        self._retention = retention
        self._trail = trail
        self._effects = effects or Effects()
        self.runs: dict[str, RetentionRun] = {}

    def get(self, run_id: str) -> RetentionRun | None:
        return self.runs.get(run_id)

    def begin(self, run: RetentionRun, entry: NewEntry | None = None) -> bool:
        with self._effects.effect("runs.begin"):
            if run.run_id in self.runs:
                return False
            self._keep(run, entry)
        return True

    def save(
        self,
        run: RetentionRun,
        entry: NewEntry | None = None,
        policy: RetentionPolicy | None = None,
    ) -> RetentionRun:
        with self._effects.effect("runs.save"):
            stands = self.runs.get(run.run_id)
            if stands is None or stands.revision != run.revision:
                raise StaleRevisionError(run.run_id)
            if policy is not None:
                if policy.revision != self._retention.policy().revision:
                    raise StaleRevisionError(run.run_id)
                self._retention.put(policy)
            self._keep(run, entry)
        return self.runs[run.run_id]

    def page(
        self, after: str | None, limit: int, *, settled: bool = False
    ) -> tuple[list[RetentionRun], str | None]:
        listed = sorted(
            (f"{run.begun_at.isoformat()}#{run_id}", run)
            for run_id, run in self.runs.items()
            if (run.state not in (*UNDER_WAY, *WAITING)) is settled
        )
        there = [each for each in listed if after is None or each[0] > after]
        following = there[limit - 1][0] if len(there) > limit else None
        return [run for _, run in there[:limit]], following

    def _keep(self, run: RetentionRun, entry: NewEntry | None) -> None:
        if entry is not None:
            if self._trail is None:
                raise UnwiredTrailError(entry.tag)
            self._trail.add(entry)
        self.runs[run.run_id] = replace(run, revision=run.revision + 1)


class FakeRetained:
    """What is kept, in one list, walked some at a time."""

    def __init__(self, *items: KeptItem, effects: Effects | None = None) -> None:
        self.items = list(items)
        self._effects = effects or Effects()

    def page(self, cursor: str | None, limit: int, kinds: Set[RetentionKind]) -> KeptPage:
        begin = int(cursor or 0)
        found = self.items[begin : begin + limit]
        more = begin + limit < len(self.items)
        return KeptPage(
            tuple(each for each in found if each.kept.kind in kinds),
            str(begin + limit) if more else None,
        )

    def date(self, item: KeptItem, expires_at: int | None) -> bool:
        with self._effects.effect("retained.date"):
            if item not in self.items:
                return False
            kept = replace(item.kept, expires_at=expires_at)
            self.items[self.items.index(item)] = replace(item, kept=kept)
        return True

    def remove(self, item: KeptItem) -> bool:
        with self._effects.effect("retained.remove"):
            if item not in self.items:
                return False
            self.items.remove(item)
        return True
