"""How things stand in the index: its fields, what is written there and read back."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from datetime import UTC, date, datetime
from typing import Any, Final

import tantivy
from tantivy import Filter, TextAnalyzerBuilder, Tokenizer

from beeldrecht.domain.search import FOREVER, Facet, Orientation, SearchDocument

from .search_keys import collection_key

FAR: Final = 2**63 - 1
_BITS: Final = 26
_BEFORE: Final = 100_000_000_000
"""Seconds before 1970 that still have a place: some three thousand years."""
COLUMNS: Final[Mapping[Facet, str]] = {
    Facet.MONTH: "month",
    Facet.PERSON: "person",
    Facet.SESSION: "session",
    Facet.COLLECTION: "collection",
    Facet.CHANNEL: "channel",
    Facet.STATUS: "status",
    Facet.ORIENTATION: "orientation",
    Facet.MEDIA_TYPE: "type",
    Facet.UPLOADER: "uploader",
}
WRITTEN, HEAD = "words", "head"
STEMS: Final = {"dutch": "words_nl", "english": "words_en"}
ENDS, LEAVES, DECIDED, RANK = "ends_at", "leaves_until", "decision_ends", "rank"
VERDICTS: Final = "verdicts"
"""What every channel allows, as one value: six times fewer of them are to be counted."""
COLLECTION_KIND: Final = "collection"


def _analyzer(stemmer: str | None = None) -> tantivy.TextAnalyzer:
    built = (
        TextAnalyzerBuilder(Tokenizer.simple())
        .filter(Filter.remove_long(60))
        .filter(Filter.lowercase())
        .filter(Filter.ascii_fold())
    )
    return (built.filter(Filter.stemmer(stemmer)) if stemmer else built).build()


def schema(*, packed: bool = True) -> tantivy.Schema:
    """The fields; without `VERDICTS` as indexes had them before there was that one."""
    made = tantivy.SchemaBuilder()
    for name in ("key", "kind"):
        made.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in (HEAD, WRITTEN):
        made.add_text_field(name, tokenizer_name="written", index_option="basic")
    for language, name in STEMS.items():
        made.add_text_field(name, tokenizer_name=language, index_option="basic")
    for name in COLUMNS.values():
        made.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    for name in (RANK, ENDS, LEAVES, DECIDED):
        made.add_unsigned_field(name, indexed=True, fast=True)
    made.add_bytes_field("document", stored=True)
    if packed:  # the last one, so that all others lie in older indexes where they do here
        made.add_text_field(
            VERDICTS, fast=True, tokenizer_name="raw", index_option="basic"
        )
    return made.build()


SCHEMA: Final = schema()
ANALYZERS: Final = {"written": _analyzer(), **{each: _analyzer(each) for each in STEMS}}


@dataclass(frozen=True, slots=True)
class StoredCollection:
    """A collection as searching knows it: who comes near what is in it."""

    collection_id: str
    restricted: bool
    members: Mapping[str, str]
    parent_id: str | None = None


def rank_from(day: date) -> int:
    """Where the first picture of a day would stand."""
    began = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return (int(began.timestamp()) + _BEFORE) << _BITS


def rank_of(document: SearchDocument) -> int:
    """Where a picture stands among all: when it was taken, then bits of its id."""
    digest = hashlib.blake2b(document.asset_id.encode(), digest_size=8).digest()
    own = int.from_bytes(digest) >> (64 - _BITS)
    return ((int(document.taken_at.timestamp()) + _BEFORE) << _BITS) | own


def key_of(thing: SearchDocument | StoredCollection) -> str:
    """The key under which something stands in the index."""
    if isinstance(thing, StoredCollection):
        return collection_key(thing.collection_id)
    return thing.asset_id


def is_packed(meta: Mapping[str, Any]) -> bool:
    """Whether an index has all fields, by Tantivy's own list; an empty one will have."""
    return not meta or VERDICTS in {each["name"] for each in meta["schema"]}


def written(
    thing: SearchDocument | StoredCollection, *, packed: bool = True
) -> tantivy.Document:
    """Something as Tantivy takes it; `packed`: for an index that has all fields."""
    made = tantivy.Document()
    made.add_text("key", key_of(thing))
    made.add_bytes("document", json.dumps(_plain(thing)).encode())
    if isinstance(thing, StoredCollection):
        made.add_text("kind", COLLECTION_KIND)
        return made
    made.add_text("kind", "picture")
    head = " ".join((thing.title, *thing.keywords))
    rest = (thing.caption, thing.place, thing.session_title, thing.file_name)
    words = " ".join((head, *rest, thing.credits))
    made.add_text(HEAD, head)
    for name in (WRITTEN, *STEMS.values()):
        made.add_text(name, words)
    for column, values in _columns(thing):
        for value in values:
            made.add_text(column, value)
    if packed and thing.channels:
        made.add_text(VERDICTS, " ".join(sorted(_verdicts(thing))))
    made.add_unsigned(RANK, rank_of(thing))
    for name in (ENDS, LEAVES, DECIDED):
        source = {DECIDED: "decision_ends"}.get(name, name)
        instant = getattr(thing, source)
        if instant is not None:
            made.add_unsigned(name, max(0, _epoch(instant)))
    return made


def _verdicts(document: SearchDocument) -> list[str]:
    return [f"{channel}:{verdict}" for channel, verdict in document.channels.items()]


def _epoch(instant: datetime) -> int:
    """Seconds since 1970; what has no end is far off."""
    return FAR if instant == FOREVER else int(instant.timestamp())


def _columns(document: SearchDocument) -> Iterator[tuple[str, Iterable[str]]]:
    lies = document.orientation
    yield COLUMNS[Facet.MONTH], (document.month,)
    yield COLUMNS[Facet.PERSON], sorted(document.person_ids)
    yield COLUMNS[Facet.SESSION], filter(None, (document.session_id,))
    yield COLUMNS[Facet.COLLECTION], sorted(document.collection_ids)
    yield COLUMNS[Facet.CHANNEL], _verdicts(document)
    yield COLUMNS[Facet.STATUS], (document.status,)
    yield COLUMNS[Facet.ORIENTATION], (lies.value,) if lies else ()
    yield COLUMNS[Facet.MEDIA_TYPE], filter(None, (document.media_type,))
    yield COLUMNS[Facet.UPLOADER], (document.uploader_id,)


_SETS: Final = frozenset({"collection_ids", "person_ids"})
_INSTANTS: Final = frozenset({"taken_at", "leaves_until", "decision_ends", "ends_at"})


def _plain(thing: SearchDocument | StoredCollection) -> dict[str, Any]:
    """What is stored of it, as JSON holds it; what is empty is left out."""
    if isinstance(thing, StoredCollection):
        return asdict(thing)
    plain: dict[str, Any] = {}
    for each in fields(thing):
        value = getattr(thing, each.name)
        if isinstance(value, frozenset):
            value = sorted(value)
        elif isinstance(value, datetime):
            value = value.isoformat()
        elif isinstance(value, Mapping):
            value = dict(value)
        if value:
            plain[each.name] = value
    return plain


def read_back(stored: Any) -> SearchDocument | StoredCollection:
    """What was written, from what is stored of it."""
    plain: dict[str, Any] = json.loads(bytes(stored))
    if "restricted" in plain:
        return StoredCollection(**plain)
    for name in _SETS & plain.keys():
        plain[name] = frozenset(plain[name])
    for name in _INSTANTS & plain.keys():
        plain[name] = datetime.fromisoformat(plain[name])
    with suppress(KeyError):
        plain["keywords"] = tuple(plain["keywords"])
    with suppress(KeyError):
        plain["orientation"] = Orientation(plain["orientation"])
    return SearchDocument(**plain)
