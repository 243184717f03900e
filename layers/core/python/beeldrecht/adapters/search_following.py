"""Telling the index of a person's act within the act itself: the next search knows it.

The table's stream tells of every change, moments later (`follow_library`). What a person
does is on the list of changes together with what they did, or neither is: whoever asks
next finds it so, and who was kept out of a collection finds nothing of it any more.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Any, Final, cast, override

from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action
from pynamodb.models import Model
from pynamodb.transactions import TransactWrite

from beeldrecht.domain.audit import NewEntry

from .audit import AuditTrail, Write
from .library_changes import FOLLOWED, subject_under
from .library_items import LibraryItem
from .search_items import change_item

_MOST: Final = 99
"""What a transaction of 100 holds besides the entry; of more the stream alone tells."""


class FollowedTrail(AuditTrail):
    """The trail, for who writes what the index says something of."""

    def __init__(
        self,
        table: str,
        region: str,
        now: Callable[[], datetime] | None = None,
        **said: Any,
    ) -> None:
        """As `AuditTrail`; whoever is given it may put into the list of changes."""
        super().__init__(table, region, **said)
        self._at = now or partial(datetime.now, UTC)

    @override
    def record(self, entry: NewEntry, write: Write | None = None) -> None:
        """As `AuditTrail.record`, with what the act changes on the list of changes."""
        super().record(entry, self._telling(write) if write else None)

    def _telling(self, write: Write) -> Write:
        def told(act: TransactWrite) -> None:
            heard = _Heard(act)
            write(cast("TransactWrite", heard))
            if heard.many + len(heard.subjects) <= _MOST:
                for subject in sorted(heard.subjects):
                    act.save(change_item(subject, self._at()))

        return told


class _Heard:
    """Passes an act's writes on, and notes what the index has otherwise by them."""

    def __init__(self, act: TransactWrite) -> None:
        self._act = act
        self.many = 0
        self.subjects: set[str] = set()

    def save(self, item: Model, condition: Condition | None = None, **said: Any) -> None:
        self._note(item)
        self._act.save(item, condition, **said)

    def update(
        self,
        item: Model,
        actions: list[Action],
        condition: Condition | None = None,
        **said: Any,
    ) -> None:
        self._note(item)
        self._act.update(item, actions, condition, **said)

    def delete(
        self, item: Model, condition: Condition | None = None, **said: Any
    ) -> None:
        self._note(item)
        self._act.delete(item, condition, **said)

    def condition_check(self, *given: Any, **said: Any) -> None:
        self.many += 1
        self._act.condition_check(*given, **said)

    def _note(self, item: Model) -> None:
        self.many += 1
        if isinstance(item, LibraryItem):
            kind = LibraryItem.kind.get_discriminator(type(item))
            subject = subject_under(str(item.pk)) if kind in FOLLOWED else None
            self.subjects |= {subject} if subject else set()
