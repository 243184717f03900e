"""R11: a name that somebody typed is found however it is written, and taken out."""

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beeldrecht.domain.erasure_texts import (
    IN_JSON,
    NO_TEXT,
    TYPED,
    TextPlace,
)
from beeldrecht.domain.ledger import Erased, ErasedText, LedgerEntry
from beeldrecht.domain.named import COVER, Wanted, covered, digest, found_in
from beeldrecht.domain.replay import gone_of, replayed, to_look_at
from beeldrecht.domain.store_items import ITEMS
from beeldrecht.domain.stores import ITEM_STORES, Holding, Store
from beeldrecht.domain.typed_items import put_text, texts_of
from tests.fakes.samples import ANN, NOON

ZOE = Wanted(("Zo\u00eb van den Berg-\u00d8stergaard",), ("zoe@berg.example",))
PIET = Wanted(("Piet Janssen",), ("Piet.Janssen@vis.example",))


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Piet Janssen", "#"),
        ("JANSSEN, PIET (1990)", "# (1990)"),
        ("with Pie\u0301t Janss\u00e9n!", "with #!"),
        ("P. Janssen speaks", "# speaks"),
        ("Piet en Marie Janssen", "# en Marie #"),
        ("mail piet.janssen@VIS.example now", "mail # now"),
        ("Piet Janssens and Spiet Janssen", "Piet Janssens and Spiet Janssen"),
        ("Piet saw how all the others saw Janssen", None),
        ("xpiet.janssen@vis.example.org", None),
        ("Janssen", None),
    ],
)
def test_r11_a_name_is_found_however_it_is_written(text: str, left: str | None) -> None:
    after = covered(text, found_in(text, PIET))
    assert after == (left or text).replace("#", COVER)


@pytest.mark.parametrize(
    "text",
    [
        "Berg Ostergaard, Zoe van den",
        "ZO\u00cb VAN DEN BERG \u00d8STERGAARD",
        "zoe ostergaard",
        "z. van den berg-ostergaard",
    ],
)
def test_r11_accents_particles_and_middle_names_make_no_difference(text: str) -> None:
    assert COVER in covered(text, found_in(text, ZOE))


def _without_q(text: str) -> bool:
    return "q" not in unicodedata.normalize("NFKD", text).casefold()


OTHERS = st.text(max_size=40).filter(_without_q)


@given(OTHERS, OTHERS)
def test_r11_between_any_other_text_the_name_goes_and_nothing_else(
    before: str, after: str
) -> None:
    text = f"{before} \N{BULLET} Qqpiet Qqjanssen \N{BULLET} {after}"
    wanted = Wanted(("qqpiet qqjanssen",))
    left = covered(text, found_in(text, wanted))
    assert left == text.replace("Qqpiet Qqjanssen", COVER)
    assert not found_in(left, wanted)


def test_every_personal_attribute_is_a_text_that_is_looked_through_or_none() -> None:
    personal = {
        (each.store, each.what, name)
        for each in ITEMS
        if each.store in ITEM_STORES
        for name, holding in each.fields.items()
        if holding is Holding.PERSONAL and name not in NO_TEXT
    }
    assert personal == {(*at, name) for at, names in TYPED.items() for name in names}


def test_texts_within_an_attribute_are_read_and_put_back_one_by_one() -> None:
    held = json.dumps({"title": "Piet", "keywords": ["Piet", "Janssen"], "year": 3})
    item = {"description": {"S": held}, "file_name": {"S": "{piet}"}}
    there = dict(texts_of(item, ("description", "description_before", "file_name")))
    assert there == {
        "description.title": "Piet",
        "description.keywords": "Piet\nJanssen",
        "file_name": "{piet}",
    }
    after = put_text(held, "description.keywords", COVER)
    assert json.loads(after) == {"title": "Piet", "keywords": [COVER], "year": 3}
    assert put_text("{piet}", "file_name", COVER) == COVER
    assert "file_name" not in IN_JSON


def test_r11_a_replay_takes_the_name_out_again_or_says_where_to_look() -> None:
    place = TextPlace(Store.LIBRARY, "session", "SESSION#1", "META", "title")
    text = "Visit of Piet Janssen"
    spans = found_in(text, PIET)
    erased = ErasedText(place, spans, digest(covered(text, spans)))
    entry = LedgerEntry(1, NOON, Erased("e", person_id=ANN, texts=(erased,)))
    gone = gone_of([entry])

    def item(title: str) -> dict[str, dict[str, str]]:
        said = {"pk": place.pk, "sk": place.sk, "kind": place.kind, "title": title}
        return {name: {"S": value} for name, value in said.items()}

    after = item(f"Visit of {COVER}")
    assert replayed(Store.LIBRARY, item(text), gone) == after
    assert replayed(Store.LIBRARY, after, gone) == after
    assert not to_look_at(Store.LIBRARY, after, gone)
    other = item("A visit of Piet Janssen")
    assert replayed(Store.LIBRARY, other, gone) == other
    assert to_look_at(Store.LIBRARY, other, gone) == (place,)


def test_what_is_called_like_several_texts_can_be_one() -> None:
    item = {"description": {"S": "A list of Els Bakker was lost"}}
    assert dict(texts_of(item, ("description",))) == {
        "description": "A list of Els Bakker was lost"
    }
    assert put_text("A list of Els Bakker was lost", "description", COVER) == COVER
