"""What is on record about the index: which files it is, what changed, what must go.

The index itself lies in files that never change (`search_files`). Here stands which of
them together are the index now: its generation. What changed since stands beside it, by
identifiers alone; whoever searches reads what those say now. One writer at a time makes
the next generation, under a lease; a late one is refused.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from pynamodb.attributes import (
    JSONAttribute,
    NumberAttribute,
    UnicodeAttribute,
    UTCDateTimeAttribute,
)
from pynamodb.exceptions import DoesNotExist, PutError, UpdateError

from .binding import bind
from .library_items import LibraryItem

PARTITION: Final = "SEARCH"
CHANGES: Final = "SEARCH#CHANGES"
PURGES: Final = "SEARCH#PURGES"
_BASE: Final = "BASE"
_REFUSED: Final = "ConditionalCheckFailedException"
WAITS, GONE = "waits", "gone"
"""Whether a picture that has to go from every file is gone."""
OVERLAP: Final = timedelta(seconds=120)
"""How long a change may take from its stamp to where others read it."""
DONE_FOR: Final = timedelta(days=30)
"""How long it stays on record that a picture went from the index."""


class SearchBaseItem(LibraryItem, discriminator="search_base"):
    """Which files are the index now, and who is making the next."""

    generation = NumberAttribute()
    meta = JSONAttribute()
    files = JSONAttribute()
    read_at = UTCDateTimeAttribute()
    purged_in = NumberAttribute()
    lease_id = UnicodeAttribute(null=True)
    lease_until = UTCDateTimeAttribute(null=True)


class SearchChangeItem(LibraryItem, discriminator="search_change"):
    """Something that is not as the index has it; by its identifier."""

    subject = UnicodeAttribute()


class SearchPurgeItem(LibraryItem, discriminator="search_purge"):
    """A picture that has to go from every file of the index."""

    erasure_id = UnicodeAttribute()
    state = UnicodeAttribute()


@dataclass(frozen=True, slots=True)
class Generation:
    """The index as it is now: files that never change, by what they are called in it."""

    number: int
    meta: Mapping[str, object]
    """Tantivy's own list of the segments."""
    files: Mapping[str, str]
    """The object of each file."""
    read_at: datetime
    """Every change that could be read then is in it."""
    purged_in: int
    """The last generation from which something was purged: older copies may not stay."""


NONE: Final = Generation(0, {}, {}, datetime(1970, 1, 1, tzinfo=UTC), 0)
"""The index before there is any."""


@dataclass(frozen=True, slots=True)
class Change:
    """Something that changed, and where that stands."""

    place: str
    subject: str
    """A picture's identifier, or `collection …`, or `session …`."""


@dataclass(frozen=True, slots=True)
class Swing:
    """What a writer made of a generation."""

    meta: Mapping[str, object]
    files: Mapping[str, str]
    read_at: datetime
    purged: bool


def change_item(subject: str, at: datetime) -> SearchChangeItem:
    """Says that this is not as the index has it."""
    stamp = at.astimezone(UTC).isoformat(timespec="microseconds")
    return SearchChangeItem(CHANGES, f"{stamp}#{subject}", subject=subject)


class SearchState:
    """The repository of all that."""

    def __init__(self, table: str, region: str) -> None:
        bind(LibraryItem, table, region)

    # -- changes ---------------------------------------------------------------------

    def touch(self, subjects: Iterable[str], at: datetime) -> None:
        """Say that these are not as the index has them. Twice does no harm."""
        for subject in sorted(set(subjects)):
            change_item(subject, at).save()

    def changes(self, since: datetime | None = None) -> tuple[Change, ...]:
        """What changed, from a little before an instant on, in order of time."""
        later = None
        if since is not None:
            begin = (since - OVERLAP).astimezone(UTC)
            later = LibraryItem.sk > begin.isoformat(timespec="microseconds")
        found = SearchChangeItem.query(CHANGES, later, consistent_read=True)
        return tuple(Change(str(each.sk), each.subject) for each in found)

    def waiting(self, most: int) -> int:
        """How many changes wait, counted up to `most`."""
        return sum(1 for _ in SearchChangeItem.query(CHANGES, limit=most))

    # -- what has to go --------------------------------------------------------------

    def purge(self, asset_id: str, erasure_id: str, at: datetime) -> None:
        """Have a picture go from every file. Of one erasure it is done once."""
        item = SearchPurgeItem(PURGES, asset_id, erasure_id=erasure_id, state=WAITS)
        other = LibraryItem.pk.does_not_exist() | (
            SearchPurgeItem.erasure_id != erasure_id
        )
        try:
            item.save(condition=other)
        except PutError as error:
            if error.cause_response_code != _REFUSED:
                raise
        self.touch([asset_id], at)

    def purges(self) -> Iterator[tuple[str, str]]:
        """The pictures that are not gone yet, each with the erasure that says so."""
        for each in SearchPurgeItem.query(PURGES, consistent_read=True):
            if each.state == WAITS:
                yield str(each.sk), each.erasure_id

    def gone(self, asset_id: str, erasure_id: str) -> bool:
        """Whether a picture went from every file, as this erasure asked."""
        try:
            item = SearchPurgeItem.get(PURGES, asset_id, consistent_read=True)
        except DoesNotExist:
            return False
        return item.state == GONE and item.erasure_id == erasure_id

    def purged(self, purges: Iterable[tuple[str, str]], at: datetime) -> None:
        """Record that these are gone, if nobody asked anew meanwhile."""
        for asset_id, erasure_id in purges:
            try:
                SearchPurgeItem(PURGES, asset_id).update(
                    actions=[
                        SearchPurgeItem.state.set(GONE),
                        LibraryItem.expires_at.set(int((at + DONE_FOR).timestamp())),
                    ],
                    condition=SearchPurgeItem.erasure_id == erasure_id,
                )
            except UpdateError as error:
                if error.cause_response_code != _REFUSED:
                    raise

    # -- generations -----------------------------------------------------------------

    def generation(self) -> Generation:
        """The index as it is now; `NONE` before there is any."""
        try:
            item = SearchBaseItem.get(PARTITION, _BASE, consistent_read=True)
        except DoesNotExist:
            return NONE
        return Generation(
            int(item.generation),
            item.meta,
            item.files,
            item.read_at,
            int(item.purged_in),
        )

    def lease(self, lease_id: str, at: datetime, until: datetime) -> Generation | None:
        """Become the one that writes, until then; None while another one is."""
        first = SearchBaseItem(
            PARTITION,
            _BASE,
            generation=NONE.number,
            meta=dict(NONE.meta),
            files=dict(NONE.files),
            read_at=NONE.read_at,
            purged_in=NONE.purged_in,
        )
        free = SearchBaseItem.lease_until.does_not_exist() | (
            SearchBaseItem.lease_until < at
        )
        try:
            first.save(condition=LibraryItem.pk.does_not_exist())
        except PutError as error:
            if error.cause_response_code != _REFUSED:
                raise
        try:
            SearchBaseItem(PARTITION, _BASE).update(
                actions=[
                    SearchBaseItem.lease_id.set(lease_id),
                    SearchBaseItem.lease_until.set(until),
                ],
                condition=LibraryItem.pk.exists() & free,
            )
        except UpdateError as error:
            if error.cause_response_code == _REFUSED:
                return None
            raise
        return self.generation()

    def swing(self, lease_id: str, before: Generation, made: Swing) -> bool:
        """Make this the index, if nobody else has since; False: another one did."""
        number = before.number + 1
        ours = (SearchBaseItem.lease_id == lease_id) & (
            SearchBaseItem.generation == before.number
        )
        try:
            SearchBaseItem(PARTITION, _BASE).update(
                actions=[
                    SearchBaseItem.generation.set(number),
                    SearchBaseItem.meta.set(dict(made.meta)),
                    SearchBaseItem.files.set(dict(made.files)),
                    SearchBaseItem.read_at.set(made.read_at),
                    SearchBaseItem.purged_in.set(
                        number if made.purged else before.purged_in
                    ),
                ],
                condition=ours,
            )
        except UpdateError as error:
            if error.cause_response_code == _REFUSED:
                return False
            raise
        return True

    def taken(self, changes: Iterable[Change]) -> None:
        """Drop changes that a generation holds.

        One by one: a right to write in batches would be one to put anything as well.
        """
        for each in changes:
            SearchChangeItem(CHANGES, each.place, subject=each.subject).delete()

    def release(self, lease_id: str) -> None:
        """Let another one write, if it is still this one's turn."""
        try:
            SearchBaseItem(PARTITION, _BASE).update(
                actions=[
                    SearchBaseItem.lease_id.remove(),
                    SearchBaseItem.lease_until.remove(),
                ],
                condition=SearchBaseItem.lease_id == lease_id,
            )
        except UpdateError as error:
            if error.cause_response_code != _REFUSED:
                raise
