"""The index says what a plain reading of the same pictures says, to each user theirs."""

import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import tantivy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from beeldrecht.adapters.search_documents import stored_collection
from beeldrecht.adapters.search_engine import Engine
from beeldrecht.adapters.search_schema import (
    StoredCollection,
    key_of,
    rank_of,
    schema,
)
from beeldrecht.domain.access import Operation, Role, Scene, User, may
from beeldrecht.domain.collections import Collection, lost
from beeldrecht.domain.search import (
    FOREVER,
    Facet,
    Orientation,
    SearchDocument,
    SearchOrder,
    SearchPlace,
    SearchQuery,
)
from beeldrecht.domain.search_access import horizon_of

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
ME, OTHER = "11111111111111111111111111111111", "22222222222222222222222222222222"
# No two are one letter apart, and none is a form of another.
WORDS = ("burgemeester", "café", "zwembad", "lantaarn", "orkest", "museumplein")
COLLECTIONS = (
    Collection("c0", "", restricted=False),
    Collection("c1", "", restricted=True, members={ME: Role.VIEWER}),
    Collection("c2", "", restricted=True, members={ME: Role.CONTRIBUTOR}),
    Collection("c3", "", restricted=True, members={OTHER: Role.EDITOR}),
    Collection("c4", "", restricted=True, members={ME: Role.EDITOR}),
    Collection("c5", "", restricted=False, parent_id="c3"),
    Collection("c6", "", restricted=True, members={ME: Role.EDITOR}, parent_id="c1"),
    Collection("c7", "", restricted=False, parent_id="nowhere"),
)
GONE = Collection("gone", "", restricted=False)
PLACES = (*(each.collection_id for each in COLLECTIONS), "nowhere")
INSTANTS = st.sampled_from(
    [None, NOON - timedelta(1), NOON, NOON + timedelta(9), FOREVER]
)


def stored_key(collection: Collection) -> str:
    return key_of(stored_collection(collection))


@st.composite
def documents(draw: st.DrawFn) -> SearchDocument:
    words = st.lists(st.sampled_from(WORDS), max_size=2)
    return SearchDocument(
        asset_id="",
        taken_at=NOON - timedelta(days=draw(st.integers(0, 60))),
        status=draw(st.sampled_from(["ready", "released"])),
        uploader_id=draw(st.sampled_from([ME, OTHER])),
        title=" ".join(draw(words)),
        caption=" ".join(draw(words)),
        keywords=tuple(draw(words)),
        place=" ".join(draw(words)),
        collection_ids=draw(st.frozensets(st.sampled_from(PLACES), max_size=2)),
        person_ids=draw(st.frozensets(st.sampled_from(["p1", "p2"]))),
        leaves_until=draw(INSTANTS),
        decision_ends=draw(INSTANTS),
        ends_at=draw(INSTANTS),
        orientation=draw(st.sampled_from([None, *Orientation])),
    )


def numbered(found: list[SearchDocument]) -> list[SearchDocument]:
    return [replace(each, asset_id=f"{number:032x}") for number, each in enumerate(found)]


def chain(collection_ids: frozenset[str]) -> Iterator[Collection]:
    """What a picture is in, with all above, by the rules of the register itself."""
    known = {each.collection_id: each for each in COLLECTIONS}
    for each in sorted(collection_ids):
        name: str | None = each
        while name:
            found = known.get(name, lost(name))
            yield found
            name = found.parent_id


def theirs(user: User, each: SearchDocument) -> bool:
    """Whether the policy lets them read it, asked of this one picture."""
    leaves = each.leaves_until is not None and each.leaves_until > NOON
    scene = Scene(each.uploader_id, leaves, tuple(chain(each.collection_ids)))
    over = each.ends_at is not None and each.ends_at <= NOON
    return not over and may(user, Operation.ASSET_READ, NOON, scene) is None


def plain(text: str) -> str:
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()


def says(each: SearchDocument, word: str) -> bool:
    said = (each.title, each.caption, *each.keywords, each.place)
    return word in " ".join(map(plain, said)).split()


USERS = st.frozensets(st.sampled_from(Role), max_size=2).map(lambda r: User(ME, r, NOON))
QUERIES = st.builds(
    SearchQuery,
    text=st.lists(st.sampled_from(WORDS), max_size=2).map(" ".join),
    facets=st.sampled_from(
        [
            {},
            {Facet.PERSON: frozenset({"p1"})},
            {
                Facet.STATUS: frozenset({"ready"}),
                Facet.ORIENTATION: frozenset(Orientation),
            },
        ]
    ),
    taken_from=st.sampled_from([None, (NOON - timedelta(30)).date()]),
    taken_until=st.sampled_from([None, (NOON - timedelta(10)).date()]),
    ends_before=st.sampled_from([None, NOON + timedelta(10)]),
    order=st.sampled_from(SearchOrder),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("indexes")


def every(engine: Engine, query: SearchQuery, user: User, limit: int) -> list[str]:
    """Everything that is found, a page at a time."""
    horizon = horizon_of(user, COLLECTIONS)
    found: list[str] = []
    after: SearchPlace | None = None
    while True:
        page = engine.search(query, horizon, NOON, limit, after)
        found += [hit.asset_id for hit in page.hits]
        if not page.more:
            return found
        after = page.hits[-1].place


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(made=st.lists(documents(), min_size=1, max_size=25), query=QUERIES, user=USERS)
def test_what_is_found_and_counted_is_what_a_plain_reading_finds_for_that_user(
    folder: Path, made: list[SearchDocument], query: SearchQuery, user: User
) -> None:
    known = numbered(made)
    engine = Engine(folder / str(len(list(folder.iterdir()))))
    # Some are there before the first search, others are taken up behind it.
    half, kept = len(known) // 2, COLLECTIONS[3:]
    engine.fill([*known[:half], *map(stored_collection, (*kept, GONE))])
    every(engine, query, user, limit=3)
    late: list[SearchDocument | StoredCollection] = [*known[half:]]
    late += map(stored_collection, COLLECTIONS[:3])
    engine.apply(late, [stored_key(GONE)])
    assert {each.collection_id for each in engine.collections()} == {*PLACES} - {
        "nowhere"
    }
    wanted = [
        each
        for each in known
        if theirs(user, each)
        and all(says(each, plain(word)) for word in query.text.split())
        and (Facet.PERSON not in query.facets or "p1" in each.person_ids)
        and (
            Facet.STATUS not in query.facets
            or (each.status == "ready" and each.orientation is not None)
        )
        and (not query.taken_from or each.taken_at.date() >= query.taken_from)
        and (not query.taken_until or each.taken_at.date() <= query.taken_until)
        and (
            not query.ends_before
            or (each.decision_ends is not None and each.decision_ends < query.ends_before)
        )
    ]
    found = every(engine, query, user, limit=3)
    assert sorted(found) == sorted(each.asset_id for each in wanted)
    page = engine.search(query, horizon_of(user, COLLECTIONS), NOON, limit=50)
    assert page.total == len(wanted)
    assert page.counts is not None
    counted = Counter(person for each in wanted for person in each.person_ids)
    assert dict(page.counts[Facet.PERSON]) == counted
    placed = Counter(c for each in wanted for c in each.collection_ids)
    assert dict(page.counts[Facet.COLLECTION]) == placed
    assert found == [hit.asset_id for hit in page.hits]
    ranks = {each.asset_id: rank_of(each) for each in known}
    heads = [
        all(plain(w) in plain(" ".join((d.title, *d.keywords))).split() for w in words)
        for d in (next(e for e in known if e.asset_id == f) for f in found)
        for words in [query.text.split()]
    ]
    if query.order is SearchOrder.RELEVANCE:
        keys = [(not head, -ranks[f]) for head, f in zip(heads, found, strict=True)]
    else:
        sign = 1 if query.order is SearchOrder.OLDEST else -1
        keys = [(False, sign * ranks[f]) for f in found]
    assert keys == sorted(keys)


@settings(max_examples=60, deadline=None)
@given(made=documents(), user=USERS)
def test_the_horizon_lets_through_just_what_the_policy_does(
    made: SearchDocument, user: User
) -> None:
    assert horizon_of(user, COLLECTIONS).holds(made, NOON) == theirs(user, made)


OFFICER = User(ME, frozenset({Role.PRIVACY_OFFICER}), NOON)


def picture(number: int, **said: object) -> SearchDocument:
    given = {"taken_at": NOON, "status": "ready", "uploader_id": OTHER, **said}
    return SearchDocument(asset_id=f"{number:032x}", **given)  # type: ignore[arg-type]


def ask(engine: Engine, text: str) -> list[int]:
    page = engine.search(SearchQuery(text), horizon_of(OFFICER, ()), NOON, 50)
    return sorted(int(hit.asset_id, 16) for hit in page.hits)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("fiets", [1]),  # both ways between a word and its plural
        ("lamp", [2]),
        ("run", [3]),
        ("CAFÉ", [4]),
        ("cafe", [4]),
        ("burgemeestr", [5]),  # a letter is missing
        ("burgermeestre", [5]),  # two are wrong, in a long word
        ("zwmbad", [6]),
        ("zwem*", [6]),
        ("img 2041", [7]),
        ("2041.jpg", [7]),
        ("burgemeester zwembad", []),
        ("xyz", []),
        ("' OR 1=1 --", []),
        ('"(* NOT', []),
    ],
)
def test_words_are_found_in_their_other_forms_and_with_typing_faults(
    tmp_path: Path, asked: str, found: list[int]
) -> None:
    engine = Engine(tmp_path)
    engine.fill(
        [
            picture(1, caption="Kinderen op fietsen"),
            picture(2, title="De lampen branden"),
            picture(3, keywords=("running",)),
            picture(4, place="Café De Haven"),
            picture(5, caption="De burgemeester spreekt"),
            picture(6, session_title="Zwembad"),
            picture(7, file_name="IMG_2041.JPG"),
        ]
    )
    assert ask(engine, asked) == found


def test_what_is_found_is_not_blurred_by_words_that_are_nearly_the_same(
    tmp_path: Path,
) -> None:
    engine = Engine(tmp_path)
    engine.fill([picture(1, title="feest"), picture(2, title="beest")])
    assert ask(engine, "feest") == [1]


def test_a_word_that_others_alone_may_read_is_as_good_as_said_by_nothing(
    tmp_path: Path,
) -> None:
    engine = Engine(tmp_path)
    secret = picture(1, title="zwembad", collection_ids=frozenset({"c3"}))
    engine.fill(
        [secret, picture(2, title="zwembaden"), *map(stored_collection, COLLECTIONS)]
    )
    editor = User(ME, frozenset({Role.EDITOR}), NOON)
    page = engine.search(
        SearchQuery("zwembadt"), horizon_of(editor, COLLECTIONS), NOON, 50
    )
    assert [int(hit.asset_id, 16) for hit in page.hits] == [2]
    assert page.total == 1


def test_a_page_begins_behind_the_last_one_whatever_comes_and_goes_meanwhile(
    tmp_path: Path,
) -> None:
    engine = Engine(tmp_path)
    days = [picture(n, taken_at=NOON - timedelta(days=n)) for n in range(9)]
    engine.fill(days)
    horizon = horizon_of(OFFICER, ())
    first = engine.search(SearchQuery(), horizon, NOON, 3)
    assert [int(h.asset_id, 16) for h in first.hits] == [0, 1, 2]
    new = [picture(n + 100, taken_at=NOON + timedelta(days=n)) for n in range(5)]
    engine.apply(new, [days[1].asset_id, days[4].asset_id])
    second = engine.search(SearchQuery(), horizon, NOON, 3, first.hits[-1].place)
    assert [int(h.asset_id, 16) for h in second.hits] == [3, 5, 6]


def test_pictures_of_one_instant_are_each_found_once(tmp_path: Path) -> None:
    engine = Engine(tmp_path)
    engine.fill([picture(n) for n in range(40)])
    user = User(ME, frozenset({Role.PRIVACY_OFFICER}), NOON)
    found = every(engine, SearchQuery(), user, limit=7)
    assert sorted(found) == [f"{n:032x}" for n in range(40)]


def test_what_was_put_in_is_what_can_be_read_from_it(tmp_path: Path) -> None:
    known: list[SearchDocument | StoredCollection] = [
        picture(
            1,
            title="Feest",
            keywords=("a", "b"),
            channels={"website": "clear"},
            orientation=Orientation.SQUARE,
            leaves_until=FOREVER,
            ends_at=NOON,
            person_ids=frozenset({"p1"}),
        ),
        stored_collection(COLLECTIONS[6]),
    ]
    engine = Engine(tmp_path)
    engine.fill(known)
    assert sorted(map(repr, engine.documents())) == sorted(map(repr, known))


def test_what_is_taken_up_after_a_search_is_kept_from_whom_it_is_not_for(
    tmp_path: Path,
) -> None:
    engine, viewer = Engine(tmp_path), User(ME, frozenset({Role.EDITOR}), NOON)
    engine.fill([picture(1), *map(stored_collection, COLLECTIONS)])
    horizon = horizon_of(viewer, COLLECTIONS)

    def found() -> list[int]:
        page = engine.search(SearchQuery(), horizon, NOON, 50)
        assert page.total == len(page.hits)
        return sorted(int(hit.asset_id, 16) for hit in page.hits)

    assert found() == [1]
    engine.apply([picture(2, collection_ids=frozenset({"of nobody"}))])
    engine.apply([picture(3, ends_at=NOON), picture(4, ends_at=NOON + timedelta(1))])
    assert found() == [1, 4]
    shut = replace(COLLECTIONS[0], restricted=True)
    engine.apply([stored_collection(shut)], [stored_key(COLLECTIONS[7])])
    stored = {each.collection_id: each for each in engine.collections()}
    assert stored["c0"].restricted
    assert "c7" not in stored


def test_an_index_of_before_says_the_same_and_takes_changes(tmp_path: Path) -> None:
    made = [
        picture(n, channels={"website": "clear", "print": verdict}, title="zwembad")
        for n, verdict in enumerate(("clear", "masked", "masked"))
    ]
    tantivy.Index(schema(packed=False), path=str(tmp_path))
    before, now = Engine(tmp_path), Engine(tmp_path / "now")
    before.fill(made[:2])
    now.fill(made)
    before.apply(made[2:])
    query, horizon = SearchQuery("zwembad"), horizon_of(OFFICER, ())
    pages = [each.search(query, horizon, NOON, 50) for each in (before, now)]
    assert pages[0] == pages[1]
    assert pages[1].counts is not None
    assert pages[1].counts[Facet.CHANNEL] == (
        ("website:clear", 3),
        ("print:masked", 2),
        ("print:clear", 1),
    )
