"""What is asked of Tantivy: of each word, of what narrows, and of who may find what.

Clauses are Tantivy's own, so what somebody may not see is neither shown nor counted.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from tantivy import FieldType, Occur, Query

from beeldrecht.domain.access import Condition
from beeldrecht.domain.search import (
    LONG_WORD,
    MAX_WORDS,
    VERY_LONG_WORD,
    Facet,
    SearchOrder,
    SearchQuery,
)
from beeldrecht.domain.search_access import Conditions, Horizon

from .search_schema import (
    ANALYZERS,
    COLUMNS,
    DECIDED,
    FAR,
    HEAD,
    LEAVES,
    RANK,
    SCHEMA,
    STEMS,
    WRITTEN,
    rank_from,
)

type Clause = tuple[Occur, Query]


@dataclass(frozen=True, slots=True)
class Word:
    """What one word asks: of titles and keywords exactly, and of everything."""

    token: str
    head: Query
    anywhere: Query
    short: bool = False
    """Whether it is too short to forgive, or only how a word begins."""


def words_of(text: str) -> list[Word]:
    """What each word of a text asks."""
    return [
        _word(token, begins=written.endswith("*"))
        for written in text.split()[:MAX_WORDS]
        for token in ANALYZERS["written"].analyze(written)
    ][:MAX_WORDS]


def all_of(seen: list[Clause], words: list[Word]) -> list[Clause]:
    """What is asked of everybody here, and that every word is said somewhere."""
    return [*seen, *((Occur.Must, each.anywhere) for each in words)]


def _word(token: str, *, begins: bool) -> Word:
    if begins:
        head, written = (
            Query.fuzzy_term_query(SCHEMA, name, token, distance=0, prefix=True)
            for name in (HEAD, WRITTEN)
        )
        return Word(token, head, written, short=True)
    stems = {language: _stem(token, language) for language in STEMS}
    # A stem can be a word, and a word the stem of another: `fiets` of `fietsen`.
    ways = [(WRITTEN, each) for each in (token, *stems.values())]
    ways += [
        (STEMS[each], said) for each, stem in stems.items() for said in (token, stem)
    ]
    # Side by side and each once: read as they lie, without a set of them made first.
    every = [term(name, value) for name, value in sorted({*ways})]
    head = term(HEAD, token)
    return Word(token, head, _any_of(every), short=len(token) < LONG_WORD)


def neighbours(token: str) -> Word:
    """What is written nearly so: with one letter otherwise, in long words two."""
    wrong = 2 if len(token) >= VERY_LONG_WORD else 1
    head, written = (
        Query.fuzzy_term_query(SCHEMA, name, token, distance=wrong)
        for name in (HEAD, WRITTEN)
    )
    stems = (
        Query.fuzzy_term_query(SCHEMA, name, _stem(token, language), distance=wrong)
        for language, name in STEMS.items()
    )
    return Word(token, head, _any_of([written, *stems]))


def _stem(token: str, language: str) -> str:
    stems = ANALYZERS[language].analyze(token)
    return stems[0] if stems else token


def tiers_of(
    query: SearchQuery, words: list[Word], seen: list[Clause]
) -> list[list[Clause]]:
    """What says it in its title or keywords, then all the rest; else everything.

    What titles and keywords say is among what is said anywhere: it is not asked twice.
    """
    asked = all_of(seen, words)
    if query.order is not SearchOrder.RELEVANCE or not words:
        return [asked]
    head = [(Occur.Must, each.head) for each in words]
    return [[*seen, *head], [*asked, (Occur.MustNot, Query.boolean_query(head))]]


def narrowed_by(query: SearchQuery) -> Iterator[Clause]:
    """What a picture has to be besides what is said of it."""
    for facet, values in sorted(query.facets.items()):
        if facet in COLUMNS:
            found = Query.term_set_query(SCHEMA, COLUMNS[facet], sorted(values))
            yield Occur.Must, found
    if query.taken_from is not None or query.taken_until is not None:
        low = rank_from(query.taken_from) if query.taken_from else 0
        until = query.taken_until
        high = rank_from(until + timedelta(days=1)) - 1 if until else FAR
        yield Occur.Must, between(RANK, low, high)
    if query.ends_before is not None:
        before = max(0, int(query.ends_before.timestamp()) - 1)
        yield Occur.Must, between(DECIDED, 0, before)


def within_horizon(
    horizon: Horizon, unknown: frozenset[str], now: datetime
) -> list[Clause]:
    """What lets somebody read, of `Horizon.holds`, as clauses: all of them have to hold.

    That a picture's own term is over is asked apart, where there may be one such.
    """
    at = int(now.timestamp())
    closed = {each for each, conditions in horizon.ceilings if not conditions} | unknown
    shut = Query.term_set_query(SCHEMA, COLUMNS[Facet.COLLECTION], sorted(closed))
    within: list[Clause] = [
        *([(Occur.MustNot, shut)] if closed else []),
        *(
            (
                Occur.MustNot,
                Query.boolean_query(
                    [
                        (Occur.Must, term(COLUMNS[Facet.COLLECTION], collection_id)),
                        (Occur.MustNot, _meeting(horizon, conditions, at)),
                    ]
                ),
            )
            for collection_id, conditions in horizon.ceilings
            if conditions and Condition.ALWAYS not in conditions
        ),
    ]
    if Condition.ALWAYS not in horizon.within:
        within.append((Occur.Must, _meeting(horizon, horizon.within, at)))
    if Condition.ALWAYS in horizon.anywhere:
        return []
    if not horizon.anywhere:
        return within
    ways = [
        _meeting(horizon, horizon.anywhere, at),
        Query.boolean_query([(Occur.Must, Query.all_query()), *within]),
    ]
    return [(Occur.Must, _any_of(ways))]


def _meeting(horizon: Horizon, conditions: Conditions, at: int) -> Query:
    if Condition.ALWAYS in conditions:
        return Query.all_query()
    ways = []
    if Condition.LEAVES in conditions:
        ways.append(between(LEAVES, at + 1, FAR))
    if Condition.OWN in conditions:
        ways.append(term(COLUMNS[Facet.UPLOADER], horizon.user_id))
    return _any_of(ways) if ways else Query.empty_query()


def _any_of(queries: list[Query]) -> Query:
    return Query.boolean_query([(Occur.Should, each) for each in queries])


def term(name: str, value: str) -> Query:
    """What has just this in a field."""
    return Query.term_query(SCHEMA, name, value, index_option="basic")


def of_kind(kind: str) -> Query:
    """Pictures, or collections."""
    return term("kind", kind)


def between(name: str, low: int, high: int) -> Query:
    """What has a number from `low` to `high`, both of them included."""
    return Query.range_query(SCHEMA, name, FieldType.Unsigned, low, high)
