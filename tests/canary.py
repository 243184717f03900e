"""Erasing people who were planted, and judging what every byte says afterwards.

For the suite's canary, which is small, and the bench's. A reading is gone through once
and not kept: what stays of it is where each marker and each identifier was seen.
"""

import base64
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from beeldrecht.domain.erasure import ErasureState, erasure_id
from beeldrecht.domain.ids import new_id
from beeldrecht.domain.store_registry import STORES
from beeldrecht.domain.stores import ITEM_STORES, Erasing, Store
from beeldrecht.domain.time import day_of
from cli.api import Api
from tests.crawling import Piece
from tests.planting import Planted, now
from tests.workflows.way import until

REQUESTS: Final = "/v1/subject-requests"
ERASURES: Final = "/v1/erasures"
DAY_OR_TERM: Final = frozenset({Store.STREAMS})
"""Where, for a day, lie items as they were: the certificate says so."""
STAYS: Final = frozenset(
    each.value for each in (Erasing.LAPSES, Erasing.REPLAYED, Erasing.PSEUDONYM)
)
UNPLANTED: Final[Mapping[tuple[Store, str], str]] = {
    (
        Store.CONSENT,
        "picture_erasure",
    ): "of a picture, by staff; erased in tests/workflows",
    (Store.LIBRARY, "breach_page"): "a drill takes everybody in: the rights' own tests",
    (Store.LIBRARY, "film"): "what a film is; removed in test_films_adapter",
    (Store.LIBRARY, "film_frames"): "boxes in a film; removed in test_films_adapter",
    (Store.LIBRARY, "import"): "names an archive, by who brought it in",
    (Store.LIBRARY, "import_count"): "how many pictures of an import stand where",
    (Store.LIBRARY, "imported_file"): "that an import announced a picture, for a while",
    (Store.LIBRARY, "metadata_edit"): "which pictures an edit was about, for some days",
    (Store.LIBRARY, "proposal"): "names an act of staff, by identifiers of its own",
    (Store.LIBRARY, "retention_run"): "counts, and names no person",
    (Store.LIBRARY, "search_change"): "that something changed, until the index has it",
    (Store.LIBRARY, "search_purge"): "that a picture has to go, until the index did it",
    (Store.LIMITS, "bucket"): "of an address or a user, under a digest, for minutes",
}
"""Kinds that are not nobody's and are not planted here, and why not.

Never one that says whom it is about: those are all planted.
"""
_KIND = re.compile(rb'"kind": \{"S": "(\w+)"\}')
_BEGINS = re.compile(rb"Zq")
_MARKER = re.compile(rb"Zq\w{1,80}?zQ")
_DIGITS = re.compile(rb"[0-9a-f]{32,}")

type Place = tuple[Store, str]
"""A store, and the entry of the registry that something in it belongs to."""


# -- looking ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Sighting:
    """Where something was seen, and for whom it was opened there."""

    entry: Place
    place: str
    opened_for: str | None


@dataclass
class Reading:
    """What one crawl found of the people who were planted."""

    size: int = 0
    """Bytes."""
    seen: dict[str, list[Sighting]] = field(default_factory=lambda: defaultdict(list))
    """By marker, and by identifier of a person."""
    opened: dict[str, set[Store]] = field(default_factory=lambda: defaultdict(set))
    """By person, where something was opened with their keys."""
    kinds: set[Place] = field(default_factory=set)
    """Which kinds of items there are."""

    @classmethod
    def of(cls, pieces: Iterable[Piece], people: Iterable[Planted]) -> "Reading":
        """Go through every piece once."""
        wanted = {
            word: None
            for one in people
            for word in (one.person_id, *one.markers.values())
        }
        reading = cls()
        for piece in pieces:
            reading.size += len(piece.content)
            entry = (piece.store, what(piece))
            if piece.store in ITEM_STORES and piece.opened_for is None:
                reading.kinds.add(entry)
            if piece.opened_for is not None:
                reading.opened[piece.opened_for].add(piece.store)
            for word in sorted(set(_words(piece.content)) & wanted.keys()):
                sighting = Sighting(entry, piece.place, piece.opened_for)
                reading.seen[word].append(sighting)
        return reading

    def places(self, one: Planted) -> Counter[str]:
        """In how many places each marker is; streams and shared pictures left out."""
        return Counter(
            {
                kind: len({s.place for s in self._lasting(marker)})
                for kind, marker in one.markers.items()
                if not kind.endswith("shared")
            }
        )

    def missing(self, one: Planted) -> set[str]:
        """Which kinds of markers were seen nowhere.

        A part of an upload cannot be read, by whoever; that it is there can be.
        """
        return {
            kind
            for kind, marker in one.markers.items()
            if marker not in self.seen and not kind.startswith("part")
        }

    def left(self, one: Planted, declared: set[Place]) -> set[tuple[str, Place, str]]:
        """Markers of somebody erased outside of what their certificate declares."""
        return {
            (kind, s.entry, s.place)
            for kind, marker in one.markers.items()
            for s in self._lasting(marker)
            if not _proof(s, declared)
        }

    def named(self, one: Planted, declared: set[Place]) -> set[tuple[Place, str]]:
        """Where their identifier is, outside of what their certificate declares."""
        return {
            (s.entry, s.place)
            for s in self.seen.get(one.person_id, ())
            if s.entry not in declared and not _proof(s, declared)
        }

    def _lasting(self, marker: str) -> Iterator[Sighting]:
        # In how many files of the index something stands changes with every generation.
        return (
            each
            for each in self.seen.get(marker, ())
            if each.entry[0] not in DAY_OR_TERM and each.entry[1] != "index/"
        )


def what(piece: Piece) -> str:
    """The entry of the registry that a piece is of."""
    if piece.store in ITEM_STORES:
        kind = _KIND.search(piece.content)
        return kind[1].decode() if kind else "?"
    entries = [entry.what for entry in STORES if entry.store is piece.store]
    return next((w for w in entries if piece.place.startswith(w)), entries[0])


def wanted_kinds() -> set[Place]:
    """Every kind of item that says or may say something of somebody we hold."""
    return {
        (entry.store, entry.what)
        for entry in STORES
        if entry.store in ITEM_STORES and entry.erasing is not Erasing.NOBODYS
    }


def about_somebody() -> set[Place]:
    """Every kind of item that the registry says whom it is about of, and that goes."""
    return {
        (entry.store, entry.what)
        for entry in STORES
        if entry.store in ITEM_STORES
        and entry.about is not None
        and entry.erasing is not Erasing.NOBODYS
    }


def _words(content: bytes) -> Iterator[str]:
    """Whatever may be a marker or an identifier, wherever in some bytes it stands."""
    for begin in _BEGINS.finditer(content):
        marker = _MARKER.match(content, begin.start())
        if marker:
            yield marker[0].decode()
    for run in _DIGITS.finditer(content):
        digits = run[0].decode()
        for length in (32, 64):
            for at in range(len(digits) - length + 1):
                yield digits[at : at + length]


def _proof(sighting: Sighting, declared: set[Place]) -> bool:
    """Whether it is the kept proof: opened with its key, in a place that is declared."""
    if sighting.opened_for is None:
        return False
    kept = {Store.CONSENT: "evidence", Store.DOCUMENTS: "signed/"}
    store = sighting.entry[0]
    return store in kept and (store, kept[store]) in declared


# -- erasing -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Wish:
    """What an officer decides on a plan."""

    keep_proof: bool
    masked: Sequence[str] = ()
    """Pictures that are kept for whoever else is in them."""


def erase(officer: Api, one: Planted, wish: Wish) -> Mapping[str, Any]:
    """Enter the request, check who asks, uphold it, confirm the plan; the certificate."""
    entered = officer.post(
        REQUESTS,
        {
            "person_id": one.person_id,
            "kind": "erasure",
            "asked_day": day_of(now()).isoformat(),
            "received": "asked_at_counter",
        },
        key=new_id(),
    )
    request = f"{REQUESTS}/{entered['subject_request_id']}"
    officer.post(f"{request}/identity", {"identity": "document_was_seen"})
    officer.post(
        f"{request}/decision", {"outcome": "upheld", "reason": "Zoals gevraagd."}
    )
    erasure = f"{ERASURES}/{erasure_id(entered['subject_request_id'])}"

    def stands(state: ErasureState) -> Mapping[str, Any]:
        def look() -> Mapping[str, Any] | None:
            found: Mapping[str, Any] = officer.get(erasure).body
            return found if found["state"] == state.value else None

        return until(look, f"the erasure to be {state}")

    stands(ErasureState.PLANNED)
    pictures = [
        {"asset_id": asset_id, "outcome": "erasure_mask"} for asset_id in wish.masked
    ]
    officer.put(f"{erasure}/plan", {"keep_proof": wish.keep_proof, "pictures": pictures})
    named = [
        {"text_id": each["text_id"], "outcome": "text_redact"}
        for each in officer.get(erasure).body["texts"]
        if each["outcome"] is None
    ]
    if named:
        officer.put(f"{erasure}/plan", {"texts": named})
    officer.post(f"{erasure}/confirmation", {})
    stands(ErasureState.ERASED)
    kept = officer.get(f"{erasure}/certificate")
    certificate: Mapping[str, Any] = json.loads(base64.b64decode(kept["file"]))
    return certificate


def staying(certificate: Mapping[str, Any]) -> set[Place]:
    """What the certificate says is still there, or ends by itself: store and entry."""
    return {
        (Store(each["store"]), str(each["what"]))
        for each in certificate["certificate"]["receipts"]
        if each["remains"] or each["why"] in STAYS
    }


class Pictures(Protocol):
    """Pictures on record."""

    def picture(self, asset_id: str) -> Any:
        """A record with its faces and who they are; None where there is none."""
        ...


def others_pictures(library: Pictures, gone: Planted, wish: Wish) -> list[str]:
    """What is not as the plan says of the pictures in which others are as well."""
    wrong: list[str] = []
    for asset_id in gone.shared:
        found = library.picture(asset_id)
        if (found is not None) != (asset_id in wish.masked):
            wrong.append(f"{asset_id} is {'there' if found else 'gone'}")
        elif found is not None:
            _, asset, appearances = found
            if len(asset.faces) != 1 or len(appearances) != 1:
                wrong.append(f"{asset_id} is not what it was for others")
            elif appearances[0].person_id == gone.person_id:
                wrong.append(f"{asset_id} is still theirs")
    return wrong
