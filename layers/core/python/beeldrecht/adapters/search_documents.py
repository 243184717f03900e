"""What is on record now of what changed, as the index takes it: one query each."""

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any, Final

from beeldrecht.domain.collections import Collection
from beeldrecht.domain.intake import AssetRecord
from beeldrecht.domain.people import AppearanceStatus
from beeldrecht.domain.search import FOREVER, SearchDocument, orientation_of
from beeldrecht.domain.sessions import Session

from . import keys
from .binding import bind
from .library_encoding import record_of
from .library_items import AppearanceItem, AssetItem, LibraryItem
from .search_schema import StoredCollection

SIDE_BY_SIDE: Final = 8
"""How many pictures are read at once: most of it is waiting."""
_COLLECTION, _SESSION = "collection ", "session "

type Found = SearchDocument | StoredCollection


class SearchSource:
    """Reads the library for the index."""

    def __init__(
        self,
        table: str,
        region: str,
        session: Callable[[str], Session | None],
        collection: Callable[[str], Collection | None],
    ) -> None:
        bind(LibraryItem, table, region)
        self._session = session
        self._collection = collection

    def read(
        self,
        subjects: Iterable[str],
        of_session: Callable[[str], Iterable[str]],
    ) -> tuple[list[Found], list[str]]:
        """What is on record of these, and the keys of those of which nothing is.

        A session stands for the pictures that the index has of it: its title and place
        are said of each.
        """
        named = set(subjects)
        sessions = {each for each in named if each.startswith(_SESSION)}
        for each in sessions:
            named |= set(of_session(each.removeprefix(_SESSION)))
        wanted = sorted(named - sessions)
        known: dict[str, Session | None] = {}
        with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
            found = list(pool.map(lambda each: self._one(each, known), wanted))
        gone = [key for key, each in zip(wanted, found, strict=True) if each is None]
        return [each for each in found if each is not None], gone

    def _one(self, subject: str, sessions: dict[str, Session | None]) -> Found | None:
        if subject.startswith(_COLLECTION):
            found = self._collection(subject.removeprefix(_COLLECTION))
            return None if found is None else stored_collection(found)
        asset: AssetItem | None = None
        people: set[str] = set()
        for item in LibraryItem.query(keys.asset(subject), consistent_read=True):
            if isinstance(item, AssetItem):
                asset = item
            elif (
                isinstance(item, AppearanceItem)
                and item.status == AppearanceStatus.CONFIRMED
            ):
                people.add(item.person_id)
        if asset is None:
            return None
        record = record_of(asset)
        session_id = record.announcement.session_id
        if session_id is not None and session_id not in sessions:
            sessions[session_id] = self._session(session_id)
        session = sessions.get(session_id or "")
        return document_of(record, frozenset(people), asset.decision, session)


def stored_collection(collection: Collection) -> StoredCollection:
    """A collection as the index keeps it."""
    return StoredCollection(
        collection.collection_id,
        collection.restricted,
        {user_id: role.value for user_id, role in collection.members.items()},
        collection.parent_id,
    )


def document_of(
    record: AssetRecord,
    person_ids: frozenset[str],
    decision: Mapping[str, Any] | None,
    session: Session | None,
) -> SearchDocument:
    """A picture as it is searched for, from everything on record of it."""
    told, announced, original = record.description, record.announcement, record.original
    decided = decision or {}
    leaves = bool(decided.get("leaves")) and not record.refused
    until = _instant(decided.get("valid_until"))
    place = (getattr(told, each, None) for each in _PLACES)
    return SearchDocument(
        asset_id=record.asset_id,
        taken_at=_taken(told.captured_at) or announced.announced_at,
        status=record.status.value,
        uploader_id=announced.uploader_id,
        file_name=announced.file_name,
        title=told.title or "",
        caption=told.caption or "",
        keywords=told.keywords,
        place=_joined(*place, session.place if session else None),
        session_title=session.title if session else "",
        credits=_joined(told.creator, told.credit),
        session_id=announced.session_id,
        collection_ids=record.collection_ids,
        person_ids=person_ids,
        channels=dict(decided.get("per_channel") or {}),
        leaves_until=(until or FOREVER) if leaves else None,
        decision_ends=until,
        ends_at=record.ends_at,
        orientation=orientation_of(original.width, original.height) if original else None,
        media_type=original.media_type if original else announced.media_type,
    )


_PLACES: Final = ("location", "city", "region", "country")


def _joined(*words: str | None) -> str:
    return " ".join(each for each in words if each)


def _instant(stamp: str | None) -> datetime | None:
    return datetime.fromisoformat(stamp) if stamp else None


def _taken(said: str | None) -> datetime | None:
    """When a camera says that it was; what cannot be read says nothing."""
    try:
        taken = datetime.fromisoformat(said) if said else None
    except ValueError:
        return None
    if taken is None:
        return None
    return taken.replace(tzinfo=UTC) if taken.tzinfo is None else taken.astimezone(UTC)
