"""How long things are kept, as an officer set it: one item of the library table.

Whoever puts something with a term on record asks it for the date: one read, of one item
that hardly ever changes. What was dated by the policy before a change is dated anew by
the change itself (`apply_retention`).
"""

from collections.abc import Callable
from typing import Protocol

from pynamodb.attributes import (
    BooleanAttribute,
    JSONAttribute,
    NumberAttribute,
    UnicodeAttribute,
    UTCDateTimeAttribute,
    VersionAttribute,
)
from pynamodb.exceptions import DoesNotExist
from pynamodb.transactions import TransactWrite

from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.retention import GUARD, RetentionKind, RetentionPolicy

from . import keys
from .binding import bind
from .errors import ActRefusedError, StaleRevisionError
from .library_items import LibraryItem
from .trail import NoTrail, Trail


class RetentionItem(LibraryItem, discriminator="retention"):
    """The policy; absent means what is private."""

    chosen = JSONAttribute()
    guard_share = NumberAttribute()
    paused = BooleanAttribute()
    changed_by = UnicodeAttribute(null=True)
    changed_at = UTCDateTimeAttribute(null=True)
    revision = VersionAttribute()


class Policies(Protocol):
    """Where whoever dates something finds the policy."""

    def policy(self) -> RetentionPolicy:
        """What is on record about keeping."""
        ...


class Retention:
    """The repository of the policy."""

    def __init__(self, table: str, region: str, trail: Trail | None = None) -> None:
        bind(LibraryItem, table, region)
        self._trail = trail or NoTrail()

    def policy(self) -> RetentionPolicy:
        """What is on record, read consistently: what is private when nothing is."""
        try:
            item = RetentionItem.get(keys.SETTINGS, keys.RETENTION, consistent_read=True)
        except DoesNotExist:
            return RetentionPolicy()
        return RetentionPolicy(
            chosen={RetentionKind(kind): days for kind, days in item.chosen.items()},
            guard_share=int(item.guard_share or GUARD),
            paused=bool(item.paused),
            changed_by=item.changed_by,
            changed_at=item.changed_at,
            revision=item.revision or 0,
        )

    def save(self, policy: RetentionPolicy, entry: NewEntry) -> None:
        """Record a policy under the revision that it was made from, with its entry.

        Raises StaleRevisionError when somebody changed it meanwhile.
        """
        try:
            self._trail.record(entry, policy_written(policy))
        except ActRefusedError as error:
            raise StaleRevisionError(keys.RETENTION) from error


def policy_written(policy: RetentionPolicy) -> Callable[[TransactWrite], None]:
    """The write of a policy, as long as nobody changed it since it was read."""

    def write(together: TransactWrite) -> None:
        item = RetentionItem(
            keys.SETTINGS,
            keys.RETENTION,
            chosen={kind.value: days for kind, days in policy.chosen.items()},
            guard_share=policy.guard_share,
            paused=policy.paused,
            changed_by=policy.changed_by,
            changed_at=policy.changed_at,
        )
        if policy.revision:  # without one, the write is refused if there is an item
            item.revision = policy.revision
        together.save(item)

    return write
