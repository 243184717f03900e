"""The index over the tables and a bucket: followed, built, killed, late, and purged."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import tantivy

from beeldrecht.adapters.collections import Collections
from beeldrecht.adapters.library import Library
from beeldrecht.adapters.library_changes import is_urgent, subject_of
from beeldrecht.adapters.saved_searches import SavedSearches
from beeldrecht.adapters.search_documents import SearchSource
from beeldrecht.adapters.search_engine import Engine
from beeldrecht.adapters.search_files import PREFIX, IndexFiles
from beeldrecht.adapters.search_following import FollowedTrail
from beeldrecht.adapters.search_index import SearchIndex
from beeldrecht.adapters.search_items import NONE, SearchState, Swing
from beeldrecht.adapters.search_keys import session_key
from beeldrecht.adapters.search_schema import is_packed, schema
from beeldrecht.adapters.sessions import Sessions
from beeldrecht.domain.access import Role, User
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.collections import Collection
from beeldrecht.domain.ids import derived_id, new_id
from beeldrecht.domain.intake import Announcement
from beeldrecht.domain.people import Appearance, AppearanceStatus
from beeldrecht.domain.search import Facet, SavedSearch, SearchQuery
from beeldrecht.domain.sessions import Session
from library.build_index.step import LEASE, Outcome, Result, Workshop, build_index
from library.follow_library.step import WAITING, follow_library
from tests.adapters.aws import Aws
from tests.adapters.conftest import MOTO
from tests.fakes.runtime import REGION
from tests.fakes.samples import EDITOR

OFFICER = User(EDITOR, frozenset({Role.PRIVACY_OFFICER}), datetime.now(UTC))
ERASURE = derived_id("erasure")


class KilledError(Exception):
    """The process ends here."""


@dataclass
class Room:
    """A library with its index, and hands to change both."""

    aws: Aws
    folder: Path
    table: str = ""
    bucket: str = ""
    asked: int = 0
    kills: dict[str, int] = field(default_factory=dict)
    skew: timedelta = timedelta(0)

    def __post_init__(self) -> None:
        self.table = self.aws.table("library")
        self.bucket = self.aws.bucket(versioned=False)
        self.trail = FollowedTrail(self.aws.table("audit"), REGION, wait=lambda _: None)
        self.library = Library(self.table, REGION, self.trail)
        self.state = SearchState(self.table, REGION)
        self.files = IndexFiles(self.aws.s3, self.bucket)
        self.source = SearchSource(
            self.table,
            REGION,
            self.library.session,
            Collections(self.table, REGION, self.trail).find,
        )
        self.reader = self.index()

    def now(self) -> datetime:
        return datetime.now(UTC) + self.skew

    def index(self) -> SearchIndex:
        """A process that searches, with a disk of its own."""
        folder = self.folder / new_id()
        return SearchIndex(self.state, self.files, self.source, folder, self.now)

    def start(self) -> None:
        self.asked += 1

    def announce(self, name: str, file_name: str) -> str:
        asset_id = derived_id(name)
        made = Announcement(
            asset_id, file_name, "image/jpeg", 9, EDITOR, None, self.now()
        )
        self.library.announce(made, self.now() + timedelta(days=7))
        self.follow(asset_id)
        return asset_id

    def erase(self, asset_id: str) -> None:
        """As `erase_picture` does: everything on record, then the index."""
        for item in self.aws.items(self.table):
            if item["pk"]["S"] == f"ASSET#{asset_id}":
                self.aws.delete_item(self.table, item)
        self.state.purge(asset_id, ERASURE, self.now())

    def follow(self, *subjects: str, urgent: bool = False) -> None:
        follow_library(frozenset(subjects), urgent, self.state, self, self.now())

    def build(self, killed_at: str | None = None) -> Result:
        """Make a generation; `killed_at` names the call at which the process ends."""
        shop = Workshop(
            state=_Fragile(self.state, killed_at),
            files=_Fragile(self.files, killed_at),
            copies=self.index(),
            source=self.source,
            new_id=new_id,
            now=self.now,
        )
        return build_index(shop)

    def find(self, text: str = "", reader: SearchIndex | None = None) -> list[str]:
        page = (reader or self.reader).search(SearchQuery(text), OFFICER, 50)
        assert page.total == len(page.hits)
        return sorted(hit.asset_id for hit in page.hits)

    def bytes_of_files(self) -> bytes:
        found = [
            self.aws.s3.get_object(Bucket=self.bucket, Key=key)["Body"].read()
            for key in self.files.stored()
        ]
        return b"".join(found)


class _Fragile:
    """Does as the real one, and ends the process after the call that is named."""

    def __init__(self, real: Any, after: str | None) -> None:
        self._real = real
        self._after = after

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def call(*given: Any, **named: Any) -> Any:
            done = getattr(self._real, name)(*given, **named)
            if name == self._after:
                raise KilledError(name)
            return done

        if name == "release" and self._after is not None:
            return lambda _lease: None  # nobody is left to do it
        return call


@pytest.fixture
def room(aws: Aws, tmp_path: Path) -> Room:
    return Room(aws, tmp_path)


def test_what_changed_is_found_at_once_with_and_without_a_generation(room: Room) -> None:
    assert room.find() == []
    one = room.announce("one", "zwembad.jpg")
    assert room.find("zwembad") == [one]
    assert room.build().outcome is Outcome.BUILT
    assert room.state.changes() == ()
    two = room.announce("two", "orkest.jpg")
    fresh = room.index()
    for reader in (room.reader, fresh):
        assert room.find("zwembad", reader) == [one]
        assert room.find(reader=reader) == sorted([one, two])
    assert room.build() == Result(outcome=Outcome.BUILT, taken=1)
    assert room.build() == Result(outcome=Outcome.NOTHING)
    for reader in (room.reader, fresh, room.index()):
        assert room.find(reader=reader) == sorted([one, two])


def test_what_a_person_does_is_in_the_very_next_search_before_the_stream_tells(
    room: Room,
) -> None:
    one, person = room.announce("one", "zwembad.jpg"), derived_id("somebody")
    room.build()
    assert room.find("zwembad") == [one]

    def entry(subject: str) -> NewEntry:
        return NewEntry(subject, new_id(), "api:asset:describe", room.now(), EDITOR)

    # Nothing follows the table here: the act alone says that something changed.
    sessions = Sessions(room.table, REGION, room.trail)
    before = Session(derived_id("session"), room.now().date(), title="feest")
    sessions.create(before, entry(before.session_id))
    two = derived_id("two")
    made = Announcement(
        two, "b.jpg", "image/jpeg", 9, EDITOR, before.session_id, room.now()
    )
    room.library.announce(made, room.now() + timedelta(days=7))
    told = Appearance(two, "f1", person, AppearanceStatus.CONFIRMED, EDITOR, room.now())
    assert room.library.suggest([told], entry(two)) == 1
    assert room.find("feest") == [two]
    counts = room.reader.search(SearchQuery("feest"), OFFICER, 50).counts
    assert counts is not None
    assert counts[Facet.PERSON] == ((person, 1),)
    sessions.save(before, replace(before, title="orkest"), entry(before.session_id))
    assert room.find("feest") == []
    assert room.find("orkest") == [two]
    # Who is kept out of a collection finds nothing of it from then on.
    editor = User(derived_id("me"), frozenset({Role.EDITOR}), room.now())
    collections = Collections(room.table, REGION, room.trail)
    placed = Collection(derived_id("c"), "", restricted=False)
    placed = collections.create(placed, room.now(), entry(placed.collection_id))
    three = derived_id("three")
    made = replace(made, asset_id=three, file_name="lantaarn.jpg", session_id=None)
    room.library.announce(
        made,
        room.now() + timedelta(days=7),
        collection_ids=frozenset({placed.collection_id}),
    )
    room.follow(three)
    page = room.reader.search(SearchQuery("lantaarn"), editor, 50)
    assert [hit.asset_id for hit in page.hits] == [three]
    shut = replace(placed, restricted=True)
    collections.save(placed, shut, entry(placed.collection_id))
    page = room.reader.search(SearchQuery("lantaarn"), editor, 50)
    assert page.total == 0


def test_an_act_that_is_too_large_to_tell_of_is_told_by_the_stream(room: Room) -> None:
    sessions = Sessions(room.table, REGION, room.trail)
    roster = frozenset(derived_id("somebody", str(n)) for n in range(95))
    session = Session(derived_id("session"), room.now().date(), roster=roster)
    entry = NewEntry(session.session_id, new_id(), "api:a:b", room.now(), EDITOR)
    assert sessions.create(session, entry)
    told = [each.subject for each in room.state.changes()]
    assert told == [session_key(session.session_id)]


def test_who_slept_through_generations_knows_what_they_took_up(room: Room) -> None:
    one = room.announce("one", "zwembad.jpg")
    room.build()
    assert room.find() == [one]
    room.skew = timedelta(minutes=20)
    two = room.announce("two", "orkest.jpg")
    room.build()
    three = room.announce("three", "lantaarn.jpg")
    room.build()
    assert room.find() == sorted([one, two, three])


def test_an_erased_picture_is_absent_from_the_next_search_and_then_from_every_file(
    room: Room,
) -> None:
    kept, gone = room.announce("one", "zwembad.jpg"), room.announce("two", "orkest.jpg")
    room.build()
    assert room.find() == sorted([kept, gone])
    assert b"orkest" in room.bytes_of_files()
    before = set(room.files.stored())
    room.erase(gone)
    assert room.find() == [kept]
    assert room.find("orkest") == []
    assert not room.state.gone(gone, ERASURE)
    assert room.build().purged == 1
    assert room.state.gone(gone, ERASURE)
    after = room.bytes_of_files()
    assert b"orkest" not in after
    assert gone.encode() not in after
    assert not before & set(room.files.stored())
    assert room.find() == room.find(reader=room.index()) == [kept]
    # The copy that a process kept goes with its next search.
    held = [p for p in room.reader.store.parent.rglob("*") if p.is_file()]
    assert any(b"zwembad" in path.read_bytes() for path in held)
    assert not any(b"orkest" in path.read_bytes() for path in held)
    # Asked again for the same erasure, it is still done; for another one it is not.
    room.state.purge(gone, ERASURE, room.now())
    assert room.state.gone(gone, ERASURE)
    room.state.purge(gone, derived_id("another"), room.now())
    assert not room.state.gone(gone, derived_id("another"))


@pytest.mark.parametrize("after", ["lease", "put", "swing", "drop_all_but", "purged"])
def test_a_writer_that_is_killed_leaves_what_the_next_one_ends(
    room: Room, after: str
) -> None:
    if room.aws.name != MOTO:
        pytest.skip("the order of its own calls is the same wherever they are answered")
    kept, gone = room.announce("one", "zwembad.jpg"), room.announce("two", "orkest.jpg")
    room.build()
    room.erase(gone)
    with pytest.raises(KilledError):
        room.build(killed_at=after)
    assert room.find() == room.find(reader=room.index()) == [kept]
    # What may still be at work is waited for.
    assert room.build().outcome is Outcome.BUSY
    room.skew = LEASE + timedelta(minutes=1)
    room.build()
    assert room.state.gone(gone, ERASURE)
    assert room.state.changes() == ()
    assert b"orkest" not in room.bytes_of_files()
    assert set(room.files.stored()) == set(room.state.generation().files.values())
    assert room.find() == room.find(reader=room.index()) == [kept]


def test_an_index_of_before_is_written_anew_though_nothing_changed(room: Room) -> None:
    one = room.announce("one", "zwembad.jpg")
    folder = room.folder / "before"
    folder.mkdir()
    tantivy.Index(schema(packed=False), path=str(folder))
    Engine(folder).fill(room.source.read([one], lambda _: ())[0])
    meta, files = room.files.put(folder, NONE, new_id(), room.folder / "objects")
    lease = new_id()
    room.state.lease(lease, room.now(), room.now() + LEASE)
    made = Swing(meta, files, room.now(), purged=False)
    assert room.state.swing(lease, NONE, made)
    room.state.taken(room.state.changes())
    room.state.release(lease)
    assert not is_packed(room.state.generation().meta)
    assert room.find("zwembad") == [one]
    assert room.build() == Result(outcome=Outcome.BUILT)
    assert is_packed(room.state.generation().meta)
    assert room.build() == Result(outcome=Outcome.NOTHING)
    assert room.find("zwembad") == room.find("zwembad", room.index()) == [one]


def test_a_writer_that_comes_late_changes_nothing(room: Room) -> None:
    room.announce("one", "zwembad.jpg")
    before = room.state.generation()
    lease = room.state.lease("late", room.now(), room.now() - timedelta(minutes=1))
    assert lease == before
    room.build()
    made = room.state.generation()
    late = Swing({}, {}, room.now(), purged=False)
    assert not room.state.swing("late", before, late)
    assert room.state.generation() == made


def test_many_changes_and_what_must_go_begin_a_generation(room: Room) -> None:
    room.follow("a")
    assert room.asked == 0
    room.follow(urgent=True)
    assert room.asked == 1
    room.state.touch((f"{n:04}" for n in range(WAITING)), room.now())
    room.follow("b")
    assert room.asked == 2


def test_a_record_of_the_stream_says_which_thing_changed() -> None:
    def record(pk: str, kind: str, **image: Any) -> dict[str, Any]:
        new = {"kind": {"S": kind}, **image}
        return {"dynamodb": {"Keys": {"pk": {"S": pk}}, "NewImage": new}}

    assert subject_of(record("ASSET#x", "appearance")) == "x"
    assert subject_of(record("COLLECTION#x", "member")) == "collection x"
    assert subject_of(record("SESSION#x", "session")) == "session x"
    assert subject_of(record("ASSET#x", "face")) is None
    assert is_urgent(record("SEARCH#PURGES", "search_purge", state={"S": "waits"}))
    assert not is_urgent(record("SEARCH#PURGES", "search_purge", state={"S": "gone"}))


def test_every_file_lies_under_the_one_prefix(room: Room) -> None:
    room.announce("one", "zwembad.jpg")
    room.build()
    assert all(key.startswith(PREFIX) for key in room.files.stored())


def test_a_search_is_kept_for_its_user_alone(room: Room) -> None:
    searches = SavedSearches(room.table, REGION)
    kept = SavedSearch(derived_id("s"), "Feesten", {"q": "feest"}, room.now())
    searches.save(EDITOR, kept)
    searches.save(EDITOR, SavedSearch(kept.search_id, "Other", {}, room.now()))
    assert searches.of_user(EDITOR) == (kept,)
    other = derived_id("other")
    assert searches.of_user(other) == ()
    assert not searches.drop(other, kept.search_id)
    assert searches.drop(EDITOR, kept.search_id)
    assert not searches.drop(EDITOR, kept.search_id)
