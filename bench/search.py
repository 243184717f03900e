"""The index of the library at a thousand to a million pictures: how fast, how large.

Pictures are generated: words by Zipf's law over 20,000 made of Dutch syllables, a session
for each hundred, people, collections and channels. Each query is asked of a user for whom
restricted collections count; its time is that of the whole search, with counts. Beside it
stands the floor of the same run: SQLite's own full text search over the same words, which
counts them once, in no order, and asks nobody's leave. A million pictures, which take a
quarter of an hour and more, are measured when they are asked for: `… 1000000`.
"""

import itertools
import random
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from beeldrecht.adapters.search_documents import stored_collection
from beeldrecht.adapters.search_engine import Engine
from beeldrecht.domain.access import Role, User
from beeldrecht.domain.collections import Collection
from beeldrecht.domain.search import (
    FOREVER,
    Facet,
    Orientation,
    SearchDocument,
    SearchPage,
    SearchQuery,
)
from beeldrecht.domain.search_access import Horizon, horizon_of

SIZES = (1_000, 10_000, 100_000)
ASKED = 40
"""How often each kind of query is asked, with other words each time."""
_NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
_ME = "0" * 32
_SYLLABLES = (
    *("fie", "zo", "mer", "bur", "ge", "mee", "ster", "school", "plein", "wa", "ter"),
    *("straat", "markt", "ope", "ning", "boek", "kin", "der", "sport", "dag", "park"),
    *("mu", "ziek", "the", "brug", "ha", "ven", "vis", "licht", "win", "ko", "feest"),
)
_CHANNELS = ("website", "social", "intranet", "print", "press", "paid")
_VERDICTS = ("clear", "masked", "restricted")


class Made:
    """A library that could be: the same for the same number of pictures."""

    def __init__(self, size: int) -> None:
        self.size = size
        self._random = random.Random(size)  # noqa: S311  # the same each time
        made: dict[str, None] = {}
        while len(made) < 20_000:
            syllables = self._random.choices(_SYLLABLES, k=self._random.randint(2, 4))
            made["".join(syllables)] = None
        self.words = list(made)
        self._weights = list(
            itertools.accumulate(1 / (n + 1) for n in range(len(self.words)))
        )
        self.collections = [
            Collection(f"c{n:031d}", "", restricted=n % 5 == 0) for n in range(200)
        ]

    def pictures(self) -> Iterator[SearchDocument]:
        """One after another."""
        for number in range(self.size):
            yield self.picture(number)

    def picture(self, number: int) -> SearchDocument:
        """One, with words of its own."""
        pick = self._random
        decided = pick.random() < 0.7
        ends = _NOW + timedelta(days=pick.randint(1, 2000))
        chosen = pick.choices(self.collections, k=pick.randint(0, 2))
        return SearchDocument(
            asset_id=f"{number:032x}",
            taken_at=_NOW - timedelta(seconds=pick.randint(0, 500_000_000)),
            status="released" if decided else "embargoed",
            uploader_id=f"{pick.randint(0, 30):032x}",
            file_name=f"IMG_{number:07d}.JPG",
            title=" ".join(self.some(4)),
            caption=" ".join(self.some(15)),
            keywords=tuple(self.some(5)),
            place=" ".join(self.some(2)),
            session_title=self.words[number // 100 % len(self.words)],
            session_id=f"{number // 100:032x}",
            collection_ids=frozenset(each.collection_id for each in chosen),
            person_ids=frozenset(
                f"{pick.randint(0, self.size // 20):032x}"
                for _ in range(pick.randint(0, 3))
            ),
            channels={each: pick.choice(_VERDICTS) for each in _CHANNELS},
            leaves_until=pick.choice((ends, FOREVER)) if decided else None,
            decision_ends=ends if decided else None,
            orientation=pick.choice(tuple(Orientation)),
            media_type=pick.choice(("image/jpeg", "image/tiff")),
        )

    def some(self, many: int) -> list[str]:
        """Words, as often as they are used."""
        return self._random.choices(self.words, cum_weights=self._weights, k=many)


class Floor:
    """The same words in SQLite, whose full text search is the floor."""

    def __init__(self, path: Path, made: Made) -> None:
        self._base = sqlite3.connect(path)
        self._base.execute(
            "CREATE VIRTUAL TABLE words USING fts5(said, content='',"
            " tokenize='unicode61 remove_diacritics 2')"
        )
        rows = (
            (n, " ".join((p.title, p.caption, *p.keywords, p.place)))
            for n, p in enumerate(made.pictures())
        )
        self._base.executemany("INSERT INTO words(rowid, said) VALUES (?, ?)", rows)
        self._base.commit()
        self.megabytes = path.stat().st_size / 1e6

    def ask(self, text: str) -> None:
        """How many say all this."""
        asked = "SELECT count(*) FROM words WHERE words MATCH ?"
        self._base.execute(asked, (text,)).fetchall()


def _milliseconds(work: Callable[[], object]) -> tuple[float, float]:
    """Of the clock on the wall and of the processor."""
    wall, busy = time.perf_counter(), time.process_time()
    work()
    return 1000 * (time.perf_counter() - wall), 1000 * (time.process_time() - busy)


def _told(name: str, times: Sequence[tuple[float, float]], floor: float) -> None:
    walls, busy = (sorted(each) for each in zip(*times, strict=True))
    middle, high = len(walls) // 2, max(0, int(len(walls) * 0.95) - 1)
    ratio = f"{busy[middle] / floor:8.1f}" if floor else f"{'':8}"
    print(
        f"{name:28s} {walls[middle]:8.1f} {walls[high]:8.1f}"
        f" {busy[middle]:8.1f} {busy[high]:8.1f} {ratio}"
    )


def _queries(made: Made) -> dict[str, Callable[[], SearchQuery]]:
    session = {Facet.SESSION: frozenset({f"{3:032x}"})}
    channel = {Facet.CHANNEL: frozenset({"website:clear"})}

    def one() -> str:
        return made.some(1)[0]

    return {
        "one word": lambda: SearchQuery(one()),
        "the commonest word": lambda: SearchQuery(made.words[0]),
        "two words": lambda: SearchQuery(f"{one()} {one()}"),
        "two words + channel": lambda: SearchQuery(f"{one()} {one()}", facets=channel),
        "a typing fault": lambda: SearchQuery(one().replace("e", "q", 1) + "q"),
        "a beginning": lambda: SearchQuery(one()[:4] + "*"),
        "a session": lambda: SearchQuery(facets=session),
        "everything, counted": SearchQuery,
    }


def measure(size: int) -> None:
    """Build, ask, change, and print what each took."""
    made = Made(size)
    folder = Path(tempfile.mkdtemp(prefix="bench-search-"))
    try:
        print(f"\n{size:,} pictures")
        engine = Engine(folder / "index")
        things = [stored_collection(each) for each in made.collections]
        wall, busy = _milliseconds(
            lambda: engine.fill(itertools.chain(things, made.pictures()))
        )
        some = min(size, 10_000)
        part = itertools.islice(Made(size).pictures(), some)
        alone = _milliseconds(lambda: sum(1 for _ in part))[1] * size / some
        files = sum(each.stat().st_size for each in (folder / "index").iterdir())
        floor = Floor(folder / "floor", Made(size))
        print(
            f"built in {wall / 1000:.1f} s ({busy / 1000:.1f} s of processor, of which"
            f" making pictures up {alone / 1000:.1f} s), {files / 1e6:.1f} MB,"
            f" {files / size:.0f} bytes each; the floor's words {floor.megabytes:.1f} MB"
        )
        _ask(engine, floor, made)
        _change(engine, made)
        if size > SIZES[-1]:
            return
        wall, busy = _milliseconds(
            lambda: Engine(folder / "anew").fill(engine.documents())
        )
        print(f"written anew: {wall / 1000:.1f} s ({busy / 1000:.1f} s of processor)")
    finally:
        shutil.rmtree(folder)


def _ask(engine: Engine, floor: Floor, made: Made) -> None:
    user = User(_ME, frozenset({Role.EDITOR}), _NOW)
    viewer = User(_ME, frozenset({Role.VIEWER}), _NOW)
    horizon, narrow = (horizon_of(each, made.collections) for each in (user, viewer))
    heads = ("p50", "p95", "cpu p50", "cpu p95", "x floor")
    print(f"{'milliseconds':28s} " + " ".join(f"{each:>8s}" for each in heads))
    cold = Engine(engine.folder)
    first = _milliseconds(lambda: _search(cold, SearchQuery(made.words[9]), horizon))
    _told("first of a new process", [first], 0)
    for name, query in _queries(made).items():
        asked = [query() for _ in range(ASKED)]
        times = [_milliseconds(partial(_search, engine, q, horizon)) for q in asked]
        texts = [each.text for each in asked if each.text]
        floors = sorted(_milliseconds(partial(floor.ask, text))[1] for text in texts)
        _told(name, times, floors[len(floors) // 2] if texts else 0)
    times = [
        _milliseconds(lambda: _search(engine, SearchQuery(made.some(1)[0]), narrow))
        for _ in range(ASKED)
    ]
    _told("one word, by a viewer", times, 0)
    deep = SearchQuery(made.words[0])
    page = _search(engine, deep, horizon)
    times = []
    while page.more and len(times) < ASKED:
        last = page.hits[-1].place
        times.append(_milliseconds(partial(engine.search, deep, horizon, _NOW, 50, last)))
        page = engine.search(deep, horizon, _NOW, 50, last)
    if times:
        _told(f"a page, up to the {len(times)}th", times, 0)


def _change(engine: Engine, made: Made) -> None:
    """How long a change takes from its reading to the search that knows it."""
    for many in (1, 100, 500):
        new = [made.picture(n) for n in range(many)]
        times = [_milliseconds(partial(engine.apply, new)) for _ in range(3)]
        _told(f"taking up {many} changes", times, 0)


def _search(engine: Engine, query: SearchQuery, horizon: Horizon) -> SearchPage:
    return engine.search(query, horizon, _NOW, 50)


def main(arguments: list[str] | None = None) -> None:
    """Measure each size; those that are named, or up to a hundred thousand."""
    given = sys.argv[1:] if arguments is None else arguments
    for size in [int(each) for each in given] or SIZES:
        measure(size)


if __name__ == "__main__":
    main()
