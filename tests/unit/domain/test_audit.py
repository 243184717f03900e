"""What may stand in the audit log, and how an entry is made of it."""

import hashlib
import json
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beeldrecht.domain.audit import (
    EMPTY,
    FIELDS,
    FIRST,
    SHARDS,
    Entry,
    Head,
    NewEntry,
    UnauditableError,
    chained,
    checkpoint_after,
    checkpoint_digest,
    digest_of,
    parsed,
    shard_of,
)
from beeldrecht.domain.channels import Channel, Verdict
from beeldrecht.domain.time import NaiveInstantError
from beeldrecht_recognition.templates import MODEL_ID
from beeldrecht_vision.detection import DETECTOR_ID
from tests.fakes.samples import ANN, NOON, PICTURE

RIGHT: dict[str, Any] = {
    "subject": PICTURE,
    "entry_id": "clearance:asset:decide:7",
    "tag": "clearance:asset:decide",
    "at": NOON,
    "actor": ANN,
    "data": {},
}


def new(**change: Any) -> NewEntry:
    return NewEntry(**(RIGHT | change))


def entry(**change: Any) -> Entry:
    return chained(new(**change), 7, FIRST)


# -- what may stand in it --------------------------------------------------------------


@pytest.mark.parametrize("word", ["system", "subject_link", "0" * 32, ANN])
def test_identifiers_and_words_of_ours_name_what_and_who(word: str) -> None:
    assert new(subject=word, actor=word)


@pytest.mark.parametrize(
    "value",
    [
        None,
        0,
        -3,
        "",
        "released",
        ANN,
        "print:clear,website:masked",
        f"{PICTURE}:{ANN}:likely",
        "2026-06-01T12:00:00+00:00",
        "2026-06-01T12:00:00.000001+00:00",
        DETECTOR_ID,
        MODEL_ID,
        Channel.PRINT,
    ],
)
def test_identifiers_words_lists_instants_and_numbers_say_more(value: object) -> None:
    assert new(data={"said": value})


@pytest.mark.parametrize(
    "value",
    [
        "Jan",
        "Jan de Vries",
        "jan de vries",
        "jan@example.nl",
        "Zoë",
        "zoë",
        "a\nb",
        "a\n",
        "foto.jpg, bijlage",
        "/home/jan/foto.jpg",
        "../foto.jpg",
        "fotos/jan/portret.jpg",
        "+31612345678",
        "=cmd",
        "-1+1",
        "@sum",
        "2026-06-01T12:00:00+02:00",
        "Straatweg 1",
        {"a": 1},
        ["a"],
        True,
        1.5,
        b"a",
    ],
)
def test_r16_what_could_be_a_name_an_address_or_a_formula_is_refused(
    value: object,
) -> None:
    with pytest.raises(UnauditableError):
        new(data={"said": value})


@pytest.mark.parametrize(
    "change",
    [
        {"subject": "Jan"},
        {"subject": ""},
        {"subject": "a b"},
        {"subject": PICTURE + "\n"},
        {"actor": "jan@example.nl"},
        {"entry_id": ""},
        {"entry_id": "a b"},
        {"entry_id": "a\nb"},
        {"entry_id": "x" * 301},
        {"tag": "clearance:asset"},
        {"tag": "clearance:asset:decide:twice"},
        {"tag": "Clearance:asset:decide"},
        {"data": {"Name": "a"}},
        {"data": {"a b": "a"}},
        {"data": {"said": "a," * 60_000 + "a"}},
    ],
)
def test_every_part_has_its_shape(change: dict[str, Any]) -> None:
    with pytest.raises(UnauditableError):
        new(**change)


def test_a_refusal_does_not_quote_what_it_refused() -> None:
    with pytest.raises(UnauditableError) as caught:
        new(data={"said": "Jan de Vries"})
    assert "Jan" not in str(caught.value)


def test_an_instant_without_its_zone_is_refused() -> None:
    with pytest.raises(NaiveInstantError):
        new(at=datetime(2026, 6, 1, 12))  # noqa: DTZ001  # that is the point


@given(st.text())
def test_r16_no_text_of_any_kind_brings_a_line_break_or_a_capital_in(text: str) -> None:
    try:
        made = entry(data={"said": text}, actor=ANN)
    except UnauditableError:
        return
    assert "\n" not in made.text
    assert made.data == {"said": text}
    if not text[:1].isdigit():
        assert text == text.lower()


# -- an entry --------------------------------------------------------------------------


def test_an_entry_is_text_in_the_order_in_which_it_is_hashed() -> None:
    made = entry(data={"b": Verdict.CLEAR, "a": None, "c": 2})
    lines = [
        shard_of(PICTURE),
        "000000000007",
        PICTURE,
        "clearance:asset:decide:7",
        "clearance:asset:decide",
        f"2026-06-01#{int(shard_of(PICTURE)) % 8}",
        "12:00:00.000000",
        ANN,
        '{"a":null,"b":"clear","c":2}',
        FIRST,
    ]
    assert made.line == "\n".join(lines)
    assert made.digest == hashlib.sha256("\n".join(lines).encode()).hexdigest()
    assert made.data == {"a": None, "b": "clear", "c": 2}
    assert (made.number, made.instant) == (7, NOON)
    assert made.at == "2026-06-01T12:00:00.000000+00:00"


def test_the_order_in_which_facts_were_given_changes_nothing() -> None:
    assert entry(data={"a": 1, "b": 2}) == entry(data={"b": 2, "a": 1})


def test_an_instant_is_the_same_wherever_it_was_taken() -> None:
    assert entry(at=NOON.astimezone(ZoneInfo("Asia/Tokyo"))) == entry()


@pytest.mark.parametrize(
    "change",
    [
        {"subject": ANN},
        {"entry_id": "other"},
        {"tag": "a:b:c"},
        {"at": NOON + timedelta(microseconds=1)},
        {"actor": PICTURE},
        {"data": {"a": 1}},
    ],
)
def test_r16_the_digest_depends_on_everything_that_is_said(change: Any) -> None:
    assert entry(**change).digest != entry().digest


def test_r16_the_digest_depends_on_the_place_and_on_the_entry_before() -> None:
    assert chained(new(), 8, FIRST).digest != entry().digest
    assert chained(new(), 7, "1" * 64).digest != entry().digest


def test_the_chain_and_the_day_follow_from_what_is_said() -> None:
    made = entry()
    assert made.shard == shard_of(PICTURE)
    assert made.day == f"2026-06-01#{int(made.shard) % 8}"


def test_subjects_are_spread_over_all_chains_evenly() -> None:
    counts = dict.fromkeys(SHARDS, 0)
    for n in range(64_000):
        counts[shard_of(f"{n:032x}")] += 1
    # A thousand each; the farthest of 64 strays about three deviations of 31.
    assert min(counts.values()) > 850
    assert max(counts.values()) < 1150


# -- read back -------------------------------------------------------------------------


def test_an_entry_is_read_back_from_its_fields() -> None:
    made = entry(data={"a": 1})
    assert parsed(json.loads(json.dumps(made.fields))) == made


@pytest.mark.parametrize(
    "change",
    [
        {"place": "7"},
        {"place": "00000000000x"},
        {"place": "\uff10" * 12},
        {"place": 7},
        {"shard": "64"},
        {"shard": "0"},
        {"text": None},
        {"text": "\ud800"},
        {"more": "than an entry has"},
    ],
)
def test_what_has_not_the_shape_of_an_entry_is_none(change: dict[str, Any]) -> None:
    assert parsed(entry().fields | change) is None


def test_what_lacks_a_field_is_none() -> None:
    fields = entry().fields
    del fields["day"]
    assert parsed(fields) is None


# -- checkpoints -----------------------------------------------------------------------


def test_a_checkpoint_follows_the_one_before() -> None:
    heads = [Head(1, "a" * 64), *[EMPTY] * 63]
    one = checkpoint_after(None, [EMPTY] * 64, NOON)
    two = checkpoint_after(one, heads, NOON + timedelta(hours=1))
    assert (one.number, one.previous) == (1, FIRST)
    assert (two.number, two.previous) == (2, one.digest)
    assert two.digest == checkpoint_digest(two)
    assert two.instant == NOON + timedelta(hours=1)


def test_a_checkpoint_says_where_every_chain_ends() -> None:
    with pytest.raises(ValueError, match="every chain"):
        checkpoint_after(None, [EMPTY] * 63, NOON)


def test_r16_the_digest_of_a_checkpoint_depends_on_every_head() -> None:
    digests = {
        checkpoint_after(
            None, [*[EMPTY] * n, Head(1, "a" * 64), *[EMPTY] * (63 - n)], NOON
        ).digest
        for n in range(64)
    }
    assert len(digests) == 64


def test_r16_an_entry_holds_nothing_that_is_not_hashed() -> None:
    made = entry()
    assert digest_of(made.but(digest="")) == made.digest
    for name in FIELDS:
        assert digest_of(made.but(**{name: "x"})) != made.digest, name
