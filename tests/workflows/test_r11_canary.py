"""R11: nothing of the erased is left anywhere, and nobody else lost anything.

Everybody is planted with a marker in every field, half of them are erased as an officer
would, and then every byte of the local cloud is read.
"""

import base64
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

import pytest

from beeldrecht.domain.erasure import ErasureState, erasure_id
from beeldrecht.domain.ids import new_id
from beeldrecht.domain.store_registry import STORES
from beeldrecht.domain.stores import ITEM_STORES, Erasing, Store
from beeldrecht.domain.time import day_of
from local.demo.staff import OFFICER
from tests.crawling import Crawl, Piece
from tests.planting import Planted, Planter, now
from tests.workflows.way import Way, until

REQUESTS = "/v1/subject-requests"
ERASURES = "/v1/erasures"
DAY_OR_TERM = {Store.STREAMS}
"""Where, for a day, lie items as they were: the certificate says so."""
FIELDS = 30
"""In how many places at least there is a marker of everybody."""
STAYS = {Erasing.LAPSES.value, Erasing.REPLAYED.value, Erasing.PSEUDONYM.value}
KIND = re.compile(rb'"kind": \{"S": "(\w+)"\}')


def erased(way: Way, one: Planted, *, keep_proof: bool) -> Mapping[str, Any]:
    """Enter the request, check who asks, uphold it, confirm the plan; the certificate."""
    officer = way.staff[OFFICER]
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
    officer.put(f"{erasure}/plan", {"keep_proof": keep_proof, "pictures": []})
    officer.post(f"{erasure}/confirmation", {})
    stands(ErasureState.ERASED)
    kept = officer.get(f"{erasure}/certificate")
    certificate: Mapping[str, Any] = json.loads(base64.b64decode(kept["file"]))
    return certificate


def found_in(pieces: Iterable[Piece], marker: str) -> list[Piece]:
    return [piece for piece in pieces if marker.encode() in piece.content]


def places(pieces: Iterable[Piece], one: Planted) -> Counter[str]:
    """In which places each marker is, streams and shared pictures left out."""
    told: Counter[str] = Counter()
    lasting = [piece for piece in pieces if piece.store not in DAY_OR_TERM]
    for kind, marker in one.markers.items():
        if not kind.endswith("shared"):
            told[kind] = len({p.place for p in found_in(lasting, marker)})
    return told


@pytest.fixture(scope="module")
def people(way: Way) -> list[Planted]:
    planter = Planter(way.cloud, way.deployed)
    first = planter.plant(exported=True)
    second = planter.plant(beside=first)
    third = planter.plant(beside=second, exported=True)
    return [first, second, third, planter.plant(beside=third)]


@pytest.fixture(scope="module")
def before(way: Way, people: list[Planted]) -> list[Piece]:
    assert people
    way.quiet()
    return list(Crawl(way.cloud, way.deployed).everything())


@pytest.fixture(scope="module")
def certificates(
    way: Way, people: list[Planted], before: list[Piece]
) -> dict[str, Mapping[str, Any]]:
    assert before
    first, _, third, _ = people
    return {
        first.person_id: erased(way, first, keep_proof=True),
        third.person_id: erased(way, third, keep_proof=False),
    }


@pytest.fixture(scope="module")
def after(way: Way, certificates: dict[str, Mapping[str, Any]]) -> list[Piece]:
    assert certificates
    way.quiet()
    return list(Crawl(way.cloud, way.deployed).everything())


def test_every_marker_can_be_found_before(
    people: list[Planted], before: list[Piece]
) -> None:
    # Without this, nothing found afterwards would say nothing.
    for one in people:
        missing = [
            kind for kind, marker in one.markers.items() if not found_in(before, marker)
        ]
        # A part of an upload cannot be read, by whoever; that it is there can be.
        assert {kind.removesuffix("own").removesuffix("shared") for kind in missing} <= {
            "part"
        }
        assert len(one.markers) >= FIELDS


def test_every_kind_of_thing_that_an_erasure_removes_was_planted(
    people: list[Planted], before: list[Piece]
) -> None:
    assert people
    planted = {
        (piece.store, kind)
        for piece in before
        for kind in (entry.what for entry in STORES if entry.store is piece.store)
        if f'"kind": {{"S": "{kind}"}}'.encode() in piece.content
    }
    wanted = {
        (entry.store, entry.what)
        for entry in STORES
        if entry.store in ITEM_STORES
        and entry.about is not None
        and entry.erasing in {Erasing.DELETED, Erasing.PROOF}
    }
    assert wanted - planted == set()


def test_r11_no_marker_of_the_erased_is_left_but_what_the_certificate_declares(
    people: list[Planted],
    after: list[Piece],
    certificates: dict[str, Mapping[str, Any]],
) -> None:
    for one in people:
        if one.person_id not in certificates:
            continue
        declared = staying(certificates[one.person_id])
        # In clear for a day, where the tables' changes are told: it says so.
        assert (Store.STREAMS, "records") in declared
        left = {
            (kind, piece.store, piece.place)
            for kind, marker in one.markers.items()
            for piece in found_in(after, marker)
            if piece.store not in DAY_OR_TERM and not _proof(piece, declared)
        }
        assert left == set()


def test_r11_their_identifier_stays_only_where_the_certificate_says_so(
    people: list[Planted],
    after: list[Piece],
    certificates: dict[str, Mapping[str, Any]],
) -> None:
    for one in people:
        if one.person_id not in certificates:
            continue
        declared = staying(certificates[one.person_id])
        left = {
            (piece.store, _what(piece), piece.place)
            for piece in found_in(after, one.person_id)
            if (piece.store, _what(piece)) not in declared and not _proof(piece, declared)
        }
        assert left == set()


def test_r11_the_proof_stays_sealed_and_only_where_it_was_to_be_kept(
    people: list[Planted], after: list[Piece]
) -> None:
    first, _, third, _ = people
    kept = {
        piece.store
        for piece in found_in(after, first.markers["signature"])
        if piece.opened_for == first.person_id
    }
    assert kept == {Store.CONSENT}
    opened = [piece for piece in after if piece.opened_for == third.person_id]
    assert opened == []


def test_r11_nobody_else_lost_anything(
    people: list[Planted], before: list[Piece], after: list[Piece]
) -> None:
    _, second, _, fourth = people
    for one in (second, fourth):
        assert places(after, one) == places(before, one)


def test_r11_a_picture_that_was_kept_for_others_is_theirs_still(
    way: Way, people: list[Planted], certificates: dict[str, Mapping[str, Any]]
) -> None:
    assert certificates
    _, second, _, _ = people
    for asset_id in second.shared:
        found = way.deployed.library.picture(asset_id)
        if found is None:
            continue  # nobody had released it: it went with the one who was erased
        _, _, appearances = found
        assert {each.person_id for each in appearances} <= {second.person_id}


def staying(certificate: Mapping[str, Any]) -> set[tuple[Store, str]]:
    """What the certificate says is still there, or ends by itself: store and entry."""
    return {
        (Store(each["store"]), str(each["what"]))
        for each in certificate["certificate"]["receipts"]
        if each["remains"] or each["why"] in STAYS
    }


def _what(piece: Piece) -> str:
    """The entry of the registry that a piece is of."""
    if piece.store in ITEM_STORES:
        kind = KIND.search(piece.content)
        return kind[1].decode() if kind else "?"
    entries = [entry.what for entry in STORES if entry.store is piece.store]
    return next((w for w in entries if piece.place.startswith(w)), entries[0])


def _proof(piece: Piece, declared: set[tuple[Store, str]]) -> bool:
    """Whether it is the kept proof: opened with its key, in a place that is declared."""
    evidence = (Store.CONSENT, "evidence")
    return piece.opened_for is not None and (
        (piece.store is Store.CONSENT and evidence in declared)
        or (piece.store is Store.DOCUMENTS and (Store.DOCUMENTS, "signed/") in declared)
    )
