"""Replaying the ledger on items as they are stored (R11)."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beeldrecht.domain.erasure import PictureOutcome
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.ledger import Erased, ErasedPicture, LedgerEntry
from beeldrecht.domain.replay import (
    Gone,
    gone_of,
    leads_to,
    mentions,
    replayed,
    unreleased,
)
from beeldrecht.domain.stores import Store
from tests.fakes.samples import ANN, BOB, NOON, OTHER, PICTURE

KEPT, FACE, HERS, SIGNED = (
    derived_id("replay", name) for name in ("kept", "face", "hers", "signed")
)
EVERYBODY = (ANN, BOB, PICTURE, OTHER, KEPT, FACE, HERS, SIGNED)


def entry(proof_kept: bool = False) -> LedgerEntry:
    """Ann was erased: one picture of her deleted, one kept and masked."""
    pictures = (
        ErasedPicture(PICTURE, PictureOutcome.DELETE),
        ErasedPicture(KEPT, PictureOutcome.MASK, frozenset({HERS})),
    )
    erased = Erased(derived_id("erasure"), ANN, pictures=pictures, proof_kept=proof_kept)
    return LedgerEntry(1, NOON, erased)


def gone(proof_kept: bool = False) -> Gone:
    return gone_of([entry(proof_kept)])


def item(kind: str, pk: str, sk: str, **more: Any) -> dict[str, Any]:
    typed = {
        name: value if isinstance(value, dict) else {"S": value}
        for name, value in more.items()
    }
    return {"pk": {"S": pk}, "sk": {"S": sk}, "kind": {"S": kind}, **typed}


@pytest.mark.parametrize(
    ("store", "there"),
    [
        (Store.CONSENT, item("person", f"PERSON#{ANN}", "META", person_id=ANN)),
        (Store.CONSENT, item("grant", f"PERSON#{ANN}", f"GRANT#{SIGNED}")),
        (Store.CONSENT, item("link", f"LINK#{'a' * 64}", "META", subject_id=ANN)),
        (Store.CONSENT, item("request", f"REQUEST#{SIGNED}", "META", person_id=ANN)),
        (Store.CONSENT, item("mail", f"MAIL#{SIGNED}", "META", to=ANN)),
        (Store.CONSENT, item("restriction", f"SUBJECT#{PICTURE}", "RESTRICTION#x")),
        (Store.LIBRARY, item("asset", f"ASSET#{PICTURE}", "META", asset_id=PICTURE)),
        (Store.LIBRARY, item("face", f"ASSET#{PICTURE}", f"FACE#{FACE}")),
        (Store.LIBRARY, item("face", f"ASSET#{KEPT}", f"FACE#{HERS}")),
        (Store.LIBRARY, item("appearance", f"ASSET#{OTHER}", f"APPEARANCE#{FACE}#{ANN}")),
        (Store.LIBRARY, item("band", "BAND#0:1f", f"ASSET#{PICTURE}")),
        (Store.LIBRARY, item("roster", f"SESSION#{SIGNED}", f"ROSTER#{ANN}")),
        (Store.LIBRARY, item("basis", f"BASES#{PICTURE}", f"BASIS#{SIGNED}")),
        (Store.LIBRARY, item("proposal", f"PROPOSAL#{SIGNED}", "META", text=ANN)),
        (Store.LIBRARY, item("a kind of a later release", f"NEW#{ANN}", "META")),
    ],
    ids=lambda value: value["kind"]["S"] if isinstance(value, dict) else "",
)
def test_r11_what_is_about_the_erased_goes(store: Store, there: dict[str, Any]) -> None:
    assert replayed(store, there, gone()) is None
    # Of anybody else it stays, just as it is.
    other = json.loads(
        json.dumps(there).replace(ANN, BOB).replace(PICTURE, OTHER).replace(HERS, FACE)
    )
    assert replayed(store, other, gone()) == other


@pytest.mark.parametrize("kind", ["film", "film_frames"])
def test_r11_of_a_film_in_whose_poster_they_were_covered_that_alone_comes_back(
    kind: str,
) -> None:
    there = item(kind, f"ASSET#{KEPT}", "FILM", asset_id=KEPT)
    assert replayed(Store.LIBRARY, there, gone()) is None
    other = item(kind, f"ASSET#{OTHER}", "FILM", asset_id=OTHER)
    assert replayed(Store.LIBRARY, other, gone()) == other


def test_r11_what_mentions_them_beside_others_loses_the_mention() -> None:
    there = item(
        "asset",
        f"ASSET#{OTHER}",
        "META",
        asset_id=OTHER,
        duplicate_of=PICTURE,
        near_duplicates={"L": [{"S": PICTURE}, {"S": KEPT}]},
        collection_ids={"SS": [SIGNED]},
        decision=json.dumps({"faces": {HERS: "clear", FACE: "clear"}, "of": [ANN, BOB]}),
    )
    left = replayed(Store.LIBRARY, there, gone())
    assert left is not None
    assert "duplicate_of" not in left
    assert left["near_duplicates"] == {"L": [{"S": KEPT}]}
    assert left["collection_ids"] == {"SS": [SIGNED]}
    assert json.loads(left["decision"]["S"]) == {"faces": {FACE: "clear"}, "of": [BOB]}
    assert replayed(Store.LIBRARY, left, gone()) == left


def test_r11_a_picture_that_was_masked_since_leaves_only_after_somebody_looked() -> None:
    there = item(
        "asset",
        f"ASSET#{KEPT}",
        "META",
        asset_id=KEPT,
        status="released",
        gsi2pk="WORK#released",
        release=json.dumps({"by": BOB}),
        decision="{}",
    )
    left = replayed(Store.LIBRARY, there, gone())
    assert left is not None
    assert {"release", "decision"} & left.keys() == set()
    assert (left["status"], left["gsi2pk"]) == (
        {"S": "embargoed"},
        {"S": "WORK#embargoed"},
    )
    assert unreleased(left) == left


@pytest.mark.parametrize("proof_kept", [True, False])
def test_r11_proof_stays_where_the_plan_said_so(proof_kept: bool) -> None:
    known = gone(proof_kept)
    signed = item("quitclaim", f"PERSON#{ANN}", f"QUITCLAIM#{SIGNED}")
    led = Gone(
        known.ids, known.masked, known.partitions, known.proof, leads_to(signed, known)
    )
    proof = item("evidence", f"EVIDENCE#{SIGNED}", "META", person_id=ANN)
    bare = item("document", f"EVIDENCE#{SIGNED}", "DOCUMENT")
    for each in (proof, bare):
        assert (replayed(Store.CONSENT, each, led) is not None) == proof_kept
    task = item("task", f"REQUEST#{SIGNED}", "TASK", token="opaque")
    assert replayed(Store.CONSENT, task, led) is None
    others = item("quitclaim", f"PERSON#{BOB}", f"QUITCLAIM#{SIGNED}")
    assert leads_to(others, known) == frozenset()


def test_the_ledger_itself_and_what_is_nobodys_stay() -> None:
    for there in (
        item("erased_mark", "LEDGER", "ERASED#000000000001", at="x"),
        item("wording", f"WORDING#{SIGNED}", "META", about=ANN),
    ):
        assert replayed(Store.CONSENT, there, gone()) == there


VALUES: st.SearchStrategy[dict[str, Any]] = st.deferred(
    lambda: (
        st.sampled_from(EVERYBODY).map(lambda each: {"S": each})
        | st.sampled_from(EVERYBODY).map(lambda each: {"S": f"a word and {each}"})
        | st.sampled_from(EVERYBODY).map(lambda each: {"S": json.dumps({"x": [each]})})
        | st.lists(st.sampled_from(EVERYBODY), min_size=1).map(lambda s: {"SS": s})
        | st.just({"N": "1"})
        | st.just({"BOOL": True})
        | st.lists(VALUES, max_size=3).map(lambda values: {"L": values})
        | st.dictionaries(st.sampled_from(EVERYBODY) | st.just("x"), VALUES).map(
            lambda values: {"M": values}
        )
    )
)
NAMES = st.sampled_from(["person_id", "asset_id", "gsi1pk", "notes", "about", "x"])
KINDS = st.sampled_from(["asset", "person", "mail", "evidence", "proposal", "unheard of"])


@given(KINDS, st.sampled_from(EVERYBODY), st.dictionaries(NAMES, VALUES), st.booleans())
def test_r11_nothing_of_the_erased_is_left_in_any_item(
    kind: str, whose: str, more: dict[str, Any], proof_kept: bool
) -> None:
    known = gone(proof_kept)
    there = {**more, **item(kind, f"X#{whose}", "META")}
    left = replayed(Store.CONSENT, there, known)
    if left is None or (kind == "evidence" and proof_kept):
        return
    assert not mentions(left, known.ids)
    assert replayed(Store.CONSENT, left, known) == left
    if not mentions(there, known.ids | known.masked):
        assert left == there
