"""Creations that count once: a key that the caller chose leads to one identifier.

The claim is recorded before the thing is made, and the thing is made by a conditional
write on the identifier in the claim: a retry after a crash goes on where the first try
stopped, and never makes a second one. It holds a keyed digest of the request, which says
nothing to whoever does not know the key.
"""

import hashlib
import hmac
from collections.abc import Callable
from datetime import datetime, timedelta

from pynamodb.attributes import UnicodeAttribute
from pynamodb.exceptions import DoesNotExist, PutError

from . import keys
from .binding import bind
from .library_items import LibraryItem

KEPT = timedelta(hours=24)


class ReusedKeyError(Exception):
    """The key was used before, for another request."""


class ClaimItem(LibraryItem, discriminator="claim"):
    """That a caller's key stands for one thing to be made."""

    made_id = UnicodeAttribute()
    request = UnicodeAttribute()


class Claims:
    """The repository of claims, in the library table."""

    def __init__(self, table: str, region: str) -> None:
        bind(LibraryItem, table, region)

    def claim(
        self,
        actor: str,
        operation: str,
        key: str,
        body: bytes,
        new_id: Callable[[], str],
        at: datetime,
    ) -> str:
        """The identifier of what this request makes: new, or that of the first try.

        Raises ReusedKeyError when the key stood for another request. A claim holds for a
        day; an item that has ended counts as gone, whenever the table removes it.
        """
        name = hashlib.sha256(f"{actor}:{operation}:{key}".encode()).hexdigest()
        request = hmac.new(key.encode(), body, hashlib.sha256).hexdigest()
        now = int(at.timestamp())
        item = ClaimItem(
            keys.claim(name),
            keys.META,
            made_id=new_id(),
            request=request,
            expires_at=int((at + KEPT).timestamp()),
        )
        free = LibraryItem.pk.does_not_exist() | (LibraryItem.expires_at <= now)
        try:
            item.save(condition=free)
        except PutError as error:
            if error.cause_response_code != "ConditionalCheckFailedException":
                raise
            return self._taken(name, request)
        return item.made_id

    @staticmethod
    def _taken(name: str, request: str) -> str:
        try:
            first = ClaimItem.get(keys.claim(name), keys.META, consistent_read=True)
        except DoesNotExist as error:  # it ended between the two calls
            raise ReusedKeyError from error
        if not hmac.compare_digest(first.request, request):
            raise ReusedKeyError
        return first.made_id
