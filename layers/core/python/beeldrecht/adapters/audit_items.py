"""The items of the `audit` table as PynamoDB sees them; for the repository alone."""

import time
from typing import TypeGuard

from pynamodb.attributes import (
    DiscriminatorAttribute,
    NumberAttribute,
    UnicodeAttribute,
)
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex
from pynamodb.models import Model

from beeldrecht.domain.audit import Entry

from . import keys


class BySubject(GlobalSecondaryIndex["AuditItem"]):
    """What happened to one subject, in the order of its chain."""

    class Meta:
        """Where it is. Entries never change, so whole copies cost no later write."""

        index_name = "by_subject"
        projection = AllProjection()

    subject = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)


class ByDay(GlobalSecondaryIndex["AuditItem"]):
    """What happened in one part of one day, in the order of time."""

    class Meta:
        """Where it is."""

        index_name = "by_day"
        projection = AllProjection()

    day = UnicodeAttribute(hash_key=True)
    time = UnicodeAttribute(range_key=True)


class AuditItem(Model):
    """Any item of the table."""

    class Meta:
        """The repository that is wired fills in the name."""

        table_name = ""
        region = ""

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    kind = DiscriminatorAttribute()
    subject = UnicodeAttribute(null=True)
    day = UnicodeAttribute(null=True)
    time = UnicodeAttribute(null=True)
    expires_at = NumberAttribute(null=True)
    by_subject = BySubject()
    by_day = ByDay()


class EntryItem(AuditItem, discriminator="entry"):
    """One thing that happened; its chain and number are its keys."""

    entry_id = UnicodeAttribute()
    tag = UnicodeAttribute()
    actor = UnicodeAttribute()
    data = UnicodeAttribute()
    previous = UnicodeAttribute()
    digest = UnicodeAttribute()


class OnceItem(AuditItem, discriminator="once"):
    """That an entry id has been used for a subject, where no act's condition says so."""

    place = UnicodeAttribute()


def stands(item: AuditItem) -> TypeGuard[EntryItem]:
    """Whether it is an entry that is not over: time to live comes up to days late."""
    over = item.expires_at is not None and item.expires_at <= time.time()
    return isinstance(item, EntryItem) and not over


def item_of(entry: Entry) -> EntryItem:
    """The item that holds an entry."""
    said = entry.fields
    return EntryItem(
        keys.chain(said["shard"]),
        keys.ENTRY + said["place"],
        subject=said["subject"],
        entry_id=said["entry_id"],
        tag=said["tag"],
        day=said["day"],
        time=said["time"],
        actor=said["actor"],
        data=said["text"],
        previous=said["previous"],
        digest=said["digest"],
    )


def entry_of(item: EntryItem) -> Entry:
    """The entry that an item holds."""
    return Entry.of(
        {
            "shard": item.pk.removeprefix(keys.CHAIN),
            "place": item.sk.removeprefix(keys.ENTRY),
            "subject": item.subject,
            "entry_id": item.entry_id,
            "tag": item.tag,
            "day": item.day,
            "time": item.time,
            "actor": item.actor,
            "text": item.data,
            "previous": item.previous,
            "digest": item.digest,
        }
    )


def once_of(entry: Entry) -> OnceItem:
    """The mark that this entry id has been used for its subject."""
    return OnceItem(
        keys.chain(entry.shard),
        keys.once(entry.subject, entry.entry_id),
        place=entry.place,
    )
