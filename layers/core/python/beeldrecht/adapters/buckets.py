"""The `limits` table: buckets of tokens, one for each caller and day, for an hour.

It stands apart from every table that holds people: what a public page may write goes here
and nowhere else, and since the table has no backups, nothing that comes from somebody's
address is kept longer than the hour. The name of a bucket is hashed together with the
day, so that two days cannot be laid side by side; it is a pseudonym all the same, since
somebody with the table could try every network.
"""

import hashlib
from datetime import UTC, datetime, timedelta

from pynamodb.attributes import DiscriminatorAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.exceptions import DoesNotExist, PutError
from pynamodb.models import Model

from beeldrecht.domain.rate_limits import Empty, RateLimit, take

from . import keys
from .binding import bind

KEPT = timedelta(hours=1)
_TRIES = 6
_EPOCH = datetime.fromtimestamp(0, UTC)
_MICROSECOND = timedelta(microseconds=1)


class LimitsItem(Model):
    """Any item of the table."""

    class Meta:
        """The repository that is wired fills in the name."""

        table_name = ""
        region = ""

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    kind = DiscriminatorAttribute()
    expires_at = NumberAttribute(null=True)


class BucketItem(LimitsItem, discriminator="bucket"):
    """When a bucket is full again, in microseconds since the epoch."""

    full_at = NumberAttribute()


class Buckets:
    """The repository of buckets."""

    def __init__(self, table: str, region: str) -> None:
        bind(LimitsItem, table, region)

    def take(self, name: str, limit: RateLimit, at: datetime) -> Empty | None:
        """Take one token from a bucket; Empty says how long until the next.

        A token is taken by a write on the condition that the bucket is as it was read:
        of two callers at once, one takes the last token and the other looks again. Who
        is overtaken time and again gets none: that many at once are too many. A bucket
        that cannot be read raises, and nobody is let in.
        """
        pk = keys.bucket(_digest(name, at))
        for _ in range(_TRIES):
            before = _full_at(pk)
            answer = take(limit, None if before is None else _instant(before), at)
            if isinstance(answer, Empty):
                return answer
            if _put(pk, before, answer.full_at, at):
                return None
        return Empty(limit.interval)


def _digest(name: str, at: datetime) -> str:
    day = at.astimezone(UTC).date().isoformat()
    return hashlib.sha256(f"{day}\n{name}".encode()).hexdigest()


def _full_at(pk: str) -> int | None:
    try:
        item = BucketItem.get(pk, keys.META, consistent_read=True)
    except DoesNotExist:
        return None
    return int(item.full_at)


def _put(pk: str, before: int | None, full_at: datetime, at: datetime) -> bool:
    item = BucketItem(
        pk,
        keys.META,
        full_at=(full_at - _EPOCH) // _MICROSECOND,
        expires_at=int((max(full_at, at) + KEPT).timestamp()),
    )
    try:
        if before is None:
            item.save(condition=LimitsItem.pk.does_not_exist())
        else:
            item.save(condition=BucketItem.full_at == before)
    except PutError as error:
        if error.cause_response_code != "ConditionalCheckFailedException":
            raise
        return False
    return True


def _instant(microseconds: int) -> datetime:
    return _EPOCH + timedelta(microseconds=microseconds)
