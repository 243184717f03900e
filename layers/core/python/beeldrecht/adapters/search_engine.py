"""The index of the library in a folder, by Tantivy: what is found, and in which order.

Each picture is one document. Its words stand in it three times: as they are written, and
by their Dutch and English stems, always without accents. What it is narrowed by stands
in columns. One of them, `rank`, holds when it was taken and a few bits of its identifier:
every picture has a place of its own, by which pages are cut.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any, Final

import tantivy
from tantivy import Occur, Query

from beeldrecht.domain.search import (
    Facet,
    SearchDocument,
    SearchHit,
    SearchOrder,
    SearchPage,
    SearchPlace,
    SearchQuery,
    windows_at,
)
from beeldrecht.domain.search_access import Horizon

from .search_clauses import (
    Clause,
    Word,
    all_of,
    between,
    narrowed_by,
    neighbours,
    of_kind,
    term,
    tiers_of,
    within_horizon,
    words_of,
)
from .search_schema import (
    ANALYZERS,
    COLLECTION_KIND,
    COLUMNS,
    DECIDED,
    ENDS,
    FAR,
    RANK,
    VERDICTS,
    StoredCollection,
    is_packed,
    key_of,
    read_back,
    schema,
    written,
)

HEAP_BYTES: Final = 64 * 1024 * 1024
"""What writing takes of memory before it begins another segment."""
COUNTED: Final = 20
"""How many values of a facet are counted out."""
TOGETHER: Final = 5000
"""More ways in which all channels together can be decided on than there are."""
MOST_COLLECTIONS: Final = 50_000
"""How many collections pictures can be in before searching is refused, not wrong."""

NEARLY: Final = 2
"""The first tier of what is written nearly so; those before it say just that."""


class TooManyCollectionsError(Exception):
    """More collections than can be asked about in one search: nothing is shown."""


class Engine:
    """An index in a folder, for one process: reads, and takes changes."""

    def __init__(self, folder: Path) -> None:
        """Open the index of a folder, or make an empty one."""
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        meta = folder / "meta.json"
        self._packed = is_packed(json.loads(meta.read_bytes()) if meta.exists() else {})
        self._index = tantivy.Index(schema(packed=self._packed), path=str(folder))
        for name, analyzer in ANALYZERS.items():
            self._index.register_tokenizer(name, analyzer)
        self._index.config_reader("manual", 1)
        self._index.reload()
        self._glance: _Glance | None = None

    # -- changes ---------------------------------------------------------------------

    def apply(
        self,
        changed: Iterable[SearchDocument | StoredCollection],
        gone: Iterable[str] = (),
    ) -> None:
        """Put these in the place of what was there under their keys, and drop others."""
        writer = self._index.writer(heap_size=HEAP_BYTES, num_threads=1)
        changes, dropped = tuple(changed), tuple(gone)
        # What is known of the whole is read anew wherever this stops half-way.
        glance, self._glance = self._glance, None
        try:
            for key in dropped:
                writer.delete_documents_by_term("key", key)
            for each in changes:
                document = written(each, packed=self._packed)
                writer.delete_documents_by_term("key", key_of(each))
                writer.add_document(document)
            writer.commit()
        finally:
            writer.wait_merging_threads()
        self._index.reload()
        self._glance = glance.after(changes, dropped) if glance else None

    def fill(self, documents: Iterable[SearchDocument | StoredCollection]) -> None:
        """Put documents into an empty index: nothing is there that has to go first."""
        writer = self._index.writer(heap_size=HEAP_BYTES, num_threads=1)
        for each in documents:
            writer.add_document(written(each, packed=self._packed))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self._glance = None

    # -- what is in it ---------------------------------------------------------------

    def documents(self) -> Iterator[SearchDocument | StoredCollection]:
        """Everything in it, in no order."""
        yield from self._read(of_kind(COLLECTION_KIND))
        yield from self._read(of_kind("picture"))

    def collections(self) -> tuple[StoredCollection, ...]:
        """Every collection in it."""
        return tuple(self._known().collections.values())

    def _known(self) -> "_Glance":
        """What every search asks of the index as a whole: read once, then kept up."""
        if self._glance is None or len(self._glance.named) > MOST_COLLECTIONS:
            self._glance = self._looked()
        return self._glance

    def _looked(self) -> "_Glance":
        every = {
            "named": {
                "terms": {"field": COLUMNS[Facet.COLLECTION], "size": MOST_COLLECTIONS}
            },
            "ends": {"min": {"field": ENDS}},
        }
        told = self._index.searcher().aggregate(Query.all_query(), every)
        if told["named"]["sum_other_doc_count"]:
            raise TooManyCollectionsError
        first = told["ends"]["value"]
        found = self._read(of_kind(COLLECTION_KIND))
        return _Glance(
            {key_of(each): each for each in found if isinstance(each, StoredCollection)},
            frozenset(str(b["key"]) for b in told["named"]["buckets"]),
            FAR if first is None else int(first),
        )

    def of_session(self, session_id: str) -> Iterator[str]:
        """The pictures of a session, by their identifiers."""
        query = term(COLUMNS[Facet.SESSION], session_id)
        for each in self._read(query):
            if isinstance(each, SearchDocument):
                yield each.asset_id

    def _read(self, query: Query) -> Iterator[SearchDocument | StoredCollection]:
        searcher = self._index.searcher()
        many = max(1, searcher.num_docs)
        for _, address in searcher.search(query, limit=many, count=False).hits:
            yield read_back(searcher.doc(address).get_first("document"))

    # -- searching -------------------------------------------------------------------

    def search(
        self,
        query: SearchQuery,
        horizon: Horizon,
        now: datetime,
        limit: int,
        after: SearchPlace | None = None,
    ) -> SearchPage:
        """A page of what somebody may find; counts are on the first one.

        Every clause is Tantivy's own, so what somebody may not see is not counted. Words
        that nothing of theirs says are looked for with their neighbours.
        """
        known = self._known()
        strict, narrowed = words_of(query.text), [*narrowed_by(query)]
        seen = [*within_horizon(horizon, known.named - horizon.known, now), *narrowed]
        if known.first_end <= int(now.timestamp()):
            seen.append((Occur.MustNot, between(ENDS, 0, int(now.timestamp()))))
        if not strict and not narrowed:
            # A collection says no words and stands in no column: else it is not met.
            seen.append((Occur.Must, of_kind("picture")))
        near = after is not None and after.tier >= NEARLY
        found = [] if near else self._found(query, strict, seen, limit, after)
        words: list[Word] = strict
        forgiven: tuple[str, ...] = ()
        if strict and (near or (after is None and not found)):
            # What finds nothing has a word that nothing of theirs says, or no one thing
            # says them all: only the first is forgiven.
            words, forgiven = self._forgiving(strict, seen)
            if forgiven:
                found = self._found(query, words, seen, limit, after, NEARLY)
        shown, more = tuple(found[:limit]), len(found) > limit
        if after is not None:
            return SearchPage(shown, more, forgiven=forgiven)
        total, counts = self._counted(Query.boolean_query(all_of(seen, words)), now)
        return SearchPage(shown, more, total, counts, forgiven)

    def _found(
        self,
        query: SearchQuery,
        words: list[Word],
        seen: list[Clause],
        limit: int,
        after: SearchPlace | None,
        first: int = 0,
    ) -> list[SearchHit]:
        """One more than `limit`, where there is; tiers count from `first` on."""
        hits: list[SearchHit] = []
        for tier, clauses in enumerate(tiers_of(query, words, seen), first):
            if after is not None and tier < after.tier:
                continue
            behind = after if after is not None and after.tier == tier else None
            hits += self._tier(tier, clauses, query.order, limit + 1 - len(hits), behind)
            if len(hits) > limit:
                break
        return hits

    def _tier(
        self,
        tier: int,
        clauses: list[Clause],
        order: SearchOrder,
        many: int,
        behind: SearchPlace | None,
    ) -> list[SearchHit]:
        oldest = order is SearchOrder.OLDEST
        if behind is not None:
            low, high = (behind.rank, FAR) if oldest else (0, behind.rank)
            clauses = [*clauses, (Occur.Must, between(RANK, low, high))]
            many += 1  # the last one that was shown comes first once more
        searcher = self._index.searcher()
        found = searcher.search(
            Query.boolean_query(clauses),
            limit=many,
            count=False,
            order_by_field=RANK,
            order=tantivy.Order.Asc if oldest else tantivy.Order.Desc,
        )
        hits = []
        for rank, address in found.hits:
            stored = bytes(searcher.doc(address).get_first("document") or b"")
            asset_id = json.loads(stored)["asset_id"]
            if behind is None or asset_id != behind.asset_id:
                hits.append(SearchHit(asset_id, SearchPlace(tier, int(rank), asset_id)))
        return hits

    def _counted(
        self, query: Query, now: datetime
    ) -> tuple[int, dict[Facet, tuple[tuple[str, int], ...]]]:
        asked: dict[str, Any] = {
            facet: {"terms": {"field": column, "size": COUNTED, "segment_size": 1000}}
            for facet, column in COLUMNS.items()
        }
        closes = [int(when.timestamp()) for _, when in windows_at(now)]
        between = [{"from": a, "to": b} for a, b in pairwise([0, *closes])]
        asked[Facet.ENDS_WITHIN] = {"range": {"field": DECIDED, "ranges": between}}
        if self._packed:
            asked[Facet.CHANNEL] = {"terms": {"field": VERDICTS, "size": TOGETHER}}
        told = self._index.searcher().aggregate(query, asked)
        counts = {facet: _values(told[facet]) for facet in COLUMNS}
        if self._packed:
            counts[Facet.CHANNEL] = _apart(counts[Facet.CHANNEL])
        ending = {int(b["to"]): int(b["doc_count"]) for b in _ranges(told)}
        sums = accumulate(ending.get(to, 0) for to in closes)
        counts[Facet.ENDS_WITHIN] = tuple(
            (name, many)
            for (name, _), many in zip(windows_at(now), sums, strict=True)
            if many
        )
        # Every picture has one status: these are all that were met.
        others = int(told[Facet.STATUS]["sum_other_doc_count"])
        return sum(many for _, many in counts[Facet.STATUS]) + others, counts

    def _forgiving(
        self, strict: list[Word], seen: list[Clause]
    ) -> tuple[list[Word], tuple[str, ...]]:
        """The same words, with its neighbours for each that nothing of theirs says."""
        said = [each.short or self._any(seen, each) for each in strict]
        words = [
            each if known else neighbours(each.token)
            for each, known in zip(strict, said, strict=True)
        ]
        missed = zip(strict, said, strict=True)
        return words, tuple(each.token for each, known in missed if not known)

    def _any(self, seen: list[Clause], word: Word) -> bool:
        query = Query.boolean_query([*seen, (Occur.Must, word.anywhere)])
        searcher = self._index.searcher()
        return bool(searcher.search(query, limit=1, count=False).hits)


@dataclass(frozen=True, slots=True)
class _Glance:
    """What every search asks of the whole index; it errs to the safe side."""

    collections: Mapping[str, StoredCollection]
    """Every collection on record, by its key."""
    named: frozenset[str]
    """Every collection that some picture names, on record or not; some may be unnamed."""
    first_end: int
    """No picture ends before this, in seconds since 1970."""

    def after(
        self,
        changed: Iterable[SearchDocument | StoredCollection],
        gone: Iterable[str],
    ) -> "_Glance":
        """The same once these were put in the place of others, and those dropped."""
        known = {
            key: each for key, each in self.collections.items() if key not in {*gone}
        }
        named, first_end = set(self.named), self.first_end
        for each in changed:
            if isinstance(each, StoredCollection):
                known[key_of(each)] = each
                continue
            named |= each.collection_ids
            if each.ends_at is not None:
                first_end = min(first_end, max(0, int(each.ends_at.timestamp())))
        return _Glance(known, frozenset(named), first_end)


def _values(told: Mapping[str, Any]) -> tuple[tuple[str, int], ...]:
    """What was counted of one column, the most frequent first."""
    return tuple((str(b["key"]), int(b["doc_count"])) for b in told["buckets"])


def _apart(together: Iterable[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    """How often each channel is decided on so, from how often all of them are."""
    each: Counter[str] = Counter()
    for verdicts, many in together:
        each.update(dict.fromkeys(verdicts.split(), many))
    return tuple(sorted(each.items(), key=lambda v: (-v[1], v[0]))[:COUNTED])


def _ranges(told: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The windows that were counted; what lies beyond the last has no end."""
    return [b for b in told[Facet.ENDS_WITHIN]["buckets"] if b.get("to") is not None]
