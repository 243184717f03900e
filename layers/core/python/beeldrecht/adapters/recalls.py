"""Recalls, in the `library` table: who was asked to remove what, and how that stands.

A recall, the mail that asks and the entry in the audit trail are one transaction over
three tables: there is no recall of which nobody is told. What changes it later is
conditioned on what was read, so of two who change it at once one is refused.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from pynamodb.attributes import (
    BooleanAttribute,
    NumberAttribute,
    UnicodeAttribute,
    UnicodeSetAttribute,
    UTCDateTimeAttribute,
)
from pynamodb.exceptions import DoesNotExist
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action
from pynamodb.transactions import TransactWrite

from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.channels import Channel
from beeldrecht.domain.mails import Mail
from beeldrecht.domain.recalls import Recall, RecallReason, RecallState
from beeldrecht.domain.retention import RetentionKind, over

from . import keys
from .acts import Acts
from .audit import AuditTrail
from .binding import bind
from .consent_items import ConsentItem
from .errors import ActRefusedError
from .library_items import LibraryItem
from .outbox import add_mails
from .pages import Position, page_of, place, stamp
from .retention import Policies, Retention


class RecallItem(LibraryItem, discriminator="recall"):
    """A recall; looked up by its picture, and listed under how far it came."""

    recall_id = UnicodeAttribute()
    asset_id = UnicodeAttribute()
    recipient_id = UnicodeAttribute()
    fact_id = UnicodeAttribute()
    channels = UnicodeSetAttribute()
    opened_at = UTCDateTimeAttribute()
    reason = UnicodeAttribute()
    state = UnicodeAttribute()
    told_at = UTCDateTimeAttribute(null=True)
    acknowledged_at = UTCDateTimeAttribute(null=True)
    acknowledged_by = UnicodeAttribute(null=True)
    reminders = NumberAttribute()
    next_at = UTCDateTimeAttribute(null=True)
    outside = BooleanAttribute(null=True)


class Recalls:
    """The repository of recalls; its mails go into the consent table with them."""

    def __init__(
        self,
        library_table: str,
        consent_table: str,
        region: str,
        trail: AuditTrail | None = None,
        retention: Policies | None = None,
    ) -> None:
        bind(ConsentItem, consent_table, region)
        self._acts = Acts(bind(LibraryItem, library_table, region), trail)
        self._retention = retention or Retention(library_table, region)

    def open(self, recall: Recall, mail: Mail, entry: NewEntry) -> bool:
        """Record a recall with the mail that asks; False when it is there already."""
        policy = self._retention.policy()
        opened = recall.opened_at
        ends = policy.expiry(RetentionKind.DISCLOSURES, opened, opened)

        def write(act: TransactWrite) -> None:
            act.save(_item_of(recall, ends), condition=LibraryItem.pk.does_not_exist())
            add_mails(act, [mail])

        try:
            self._acts.write(write, entry)
        except ActRefusedError:
            return False
        return True

    def get(self, recall_id: str, at: datetime) -> Recall | None:
        """A recall, read consistently; None when there is none, or it is kept no more."""
        try:
            item = RecallItem.get(keys.recall(recall_id), keys.META, consistent_read=True)
        except DoesNotExist:
            return None
        return None if over(item.expires_at, at) else _recall_of(item)

    def of_asset(self, asset_id: str, at: datetime) -> tuple[Recall, ...]:
        """Every recall of a picture, the first one opened first.

        The index follows within moments; what it names is read as it is.
        """
        listed = LibraryItem.by_lookup.query(keys.disclosed(asset_id))
        return self._several((str(each.pk) for each in listed), at)

    def page(
        self, state: RecallState, at: datetime, after: Position | None, limit: int
    ) -> tuple[tuple[Recall, ...], Position | None]:
        """Those in a state, and where the next page begins.

        Open ones by when they are looked at next, the others by when they were opened.
        """
        found, following = page_of(keys.work(state), keys.recall, after, limit)
        read = {
            each.recall_id: each
            for each in self._several((keys.recall(each) for each in found), at)
        }
        shown = [read[each] for each in found if each in read]
        return tuple(each for each in shown if each.state is state), following

    def due(self, at: datetime) -> Iterator[Recall]:
        """The open ones that want looking at by then, the one waiting longest first."""
        listed = LibraryItem.by_work.query(
            keys.work(RecallState.OPEN), LibraryItem.gsi2sk < f"{stamp(at)}$"
        )
        for each in listed:
            found = self.get(str(each.pk).removeprefix(keys.recall("")), at)
            if found is not None and found.state is RecallState.OPEN:
                yield found

    def change(
        self,
        before: Recall,
        after: Recall,
        entry: NewEntry | None = None,
        mails: Iterable[Mail] = (),
    ) -> bool:
        """Record what became of a recall, with its entry and the mails that it brings.

        False when somebody changed it since it was read: then nothing is written.
        """
        told = tuple(mails)

        def write(act: TransactWrite) -> None:
            act.update(
                RecallItem(keys.recall(before.recall_id), keys.META),
                actions=_changes(after),
                condition=_as_seen(before),
            )
            add_mails(act, told)

        try:
            self._acts.write(write, entry)
        except ActRefusedError:
            return False
        return True

    @staticmethod
    def _several(partitions: Iterable[str], at: datetime) -> tuple[Recall, ...]:
        wanted = [(each, keys.META) for each in partitions]
        found = RecallItem.batch_get(wanted, consistent_read=True)
        kept = [_recall_of(item) for item in found if not over(item.expires_at, at)]
        return tuple(sorted(kept, key=lambda each: (each.opened_at, each.recall_id)))


def _as_seen(before: Recall) -> Condition:
    """That nothing happened to it since it was read."""
    seen: Condition = (
        RecallItem.pk.exists()
        & (RecallItem.state == before.state.value)
        & (RecallItem.reminders == before.reminders)
        & (
            RecallItem.told_at.does_not_exist()
            if before.told_at is None
            else RecallItem.told_at == before.told_at
        )
    )
    return seen


def _changes(after: Recall) -> list[Action]:
    listed, where = _listed(after)
    changes: list[Action] = [
        RecallItem.state.set(after.state.value),
        RecallItem.reminders.set(after.reminders),
        LibraryItem.gsi2pk.set(listed),
        LibraryItem.gsi2sk.set(where),
    ]
    if after.told_at is not None:
        changes.append(RecallItem.told_at.set(after.told_at))
    if after.acknowledged_at is not None:
        changes.append(RecallItem.acknowledged_at.set(after.acknowledged_at))
    if after.acknowledged_by is not None:
        changes.append(RecallItem.acknowledged_by.set(after.acknowledged_by))
    if after.next_at is None:
        changes.append(RecallItem.next_at.remove())
    else:
        changes.append(RecallItem.next_at.set(after.next_at))
    return changes


def _listed(recall: Recall) -> tuple[str, Position]:
    """The list of its state, and where it stands there."""
    return (
        keys.work(recall.state),
        place(recall.next_at or recall.opened_at, recall.recall_id),
    )


def _item_of(recall: Recall, ends: int | None) -> RecallItem:
    listed, where = _listed(recall)
    return RecallItem(
        keys.recall(recall.recall_id),
        keys.META,
        recall_id=recall.recall_id,
        asset_id=recall.asset_id,
        recipient_id=recall.recipient_id,
        fact_id=recall.fact_id,
        channels={channel.value for channel in recall.channels},
        opened_at=recall.opened_at,
        reason=recall.reason.value,
        state=recall.state.value,
        told_at=recall.told_at,
        acknowledged_at=recall.acknowledged_at,
        acknowledged_by=recall.acknowledged_by,
        reminders=recall.reminders,
        next_at=recall.next_at,
        outside=recall.outside or None,
        expires_at=ends,
        gsi1pk=keys.disclosed(recall.asset_id),
        gsi1sk=place(recall.opened_at, recall.recall_id),
        gsi2pk=listed,
        gsi2sk=where,
    )


def _recall_of(item: RecallItem) -> Recall:
    return Recall(
        recall_id=item.recall_id,
        asset_id=item.asset_id,
        recipient_id=item.recipient_id,
        fact_id=item.fact_id,
        channels=frozenset(Channel(each) for each in item.channels),
        opened_at=item.opened_at,
        reason=RecallReason(item.reason),
        state=RecallState(item.state),
        told_at=item.told_at,
        acknowledged_at=item.acknowledged_at,
        acknowledged_by=item.acknowledged_by,
        reminders=int(item.reminders),
        next_at=item.next_at,
        outside=bool(item.outside),
    )
