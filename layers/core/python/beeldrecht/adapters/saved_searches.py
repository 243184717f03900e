"""The searches that people keep for themselves, in the library table."""

from pynamodb.attributes import JSONAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.exceptions import DeleteError, PutError

from beeldrecht.domain.search import SavedSearch

from . import keys
from .binding import bind
from .library_items import LibraryItem

_SAVED = "SAVED#"
_REFUSED = "ConditionalCheckFailedException"


class SavedSearchItem(LibraryItem, discriminator="saved_search"):
    """What somebody looks for more often."""

    search_id = UnicodeAttribute()
    title = UnicodeAttribute()
    asked = JSONAttribute()
    made_at = UTCDateTimeAttribute()


class SavedSearches:
    """The repository of them, each user's own."""

    def __init__(self, table: str, region: str) -> None:
        bind(LibraryItem, table, region)

    def save(self, user_id: str, search: SavedSearch) -> None:
        """Keep one; the first under an identifier stands."""
        item = SavedSearchItem(
            keys.searches(user_id),
            _SAVED + search.search_id,
            search_id=search.search_id,
            title=search.title,
            asked=dict(search.asked),
            made_at=search.made_at,
        )
        try:
            item.save(condition=LibraryItem.pk.does_not_exist())
        except PutError as error:
            if error.cause_response_code != _REFUSED:
                raise

    def of_user(self, user_id: str) -> tuple[SavedSearch, ...]:
        """What somebody keeps, the newest first."""
        found = SavedSearchItem.query(keys.searches(user_id), consistent_read=True)
        kept = [
            SavedSearch(each.search_id, each.title, each.asked, each.made_at)
            for each in found
        ]
        return tuple(sorted(kept, key=lambda each: each.made_at, reverse=True))

    def drop(self, user_id: str, search_id: str) -> bool:
        """Keep one no longer; False when it is not kept."""
        item = SavedSearchItem(keys.searches(user_id), _SAVED + search_id)
        try:
            item.delete(condition=LibraryItem.pk.exists())
        except DeleteError as error:
            if error.cause_response_code != _REFUSED:
                raise
            return False
        return True
