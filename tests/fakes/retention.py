"""The retention policy in memory, with the revisions of the real one."""

from dataclasses import replace

from beeldrecht.adapters.errors import StaleRevisionError, UnwiredTrailError
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.retention import RetentionPolicy
from tests.fakes.audit import FakeAuditTrail


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

        def write() -> None:
            self._policy = replace(policy, revision=policy.revision + 1)

        self._trail.record(entry, write)
