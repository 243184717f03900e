"""What is said of a picture: bounded, plain, changed field by field."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beeldrecht.domain.metadata import (
    LIMITS,
    MAX_KEYWORDS,
    Metadata,
    MetadataChange,
    MetadataRefusal,
    MetadataRefusedError,
    ModelRelease,
    changed,
    from_plain,
    plain,
)

FULL = Metadata(
    captured_at="2026-05-04T15:30:00",
    title="Fair",
    caption="Ann opens\nthe fair.",
    keywords=("fair", "summer"),
    city="Delft",
    model_release=ModelRelease.LIMITED,
    model_release_ids=("MR 1",),
)


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"title": "x" * (LIMITS["title"] + 1)}, MetadataRefusal.TOO_LONG),
        ({"title": "two\nlines"}, MetadataRefusal.NOT_PLAIN),
        ({"title": " "}, MetadataRefusal.NOT_PLAIN),
        ({"caption": "turned \u202e round"}, MetadataRefusal.NOT_PLAIN),
        ({"caption": "\x00"}, MetadataRefusal.NOT_PLAIN),
        ({"keywords": ("a", "")}, MetadataRefusal.NOT_PLAIN),
        (
            {"keywords": tuple(str(n) for n in range(MAX_KEYWORDS + 1))},
            MetadataRefusal.TOO_MANY,
        ),
        ({"captured_at": "last summer"}, MetadataRefusal.NO_DATE),
    ],
)
def test_what_cannot_be_said_is_refused_with_its_field(
    values: dict[str, Any], reason: MetadataRefusal
) -> None:
    with pytest.raises(MetadataRefusedError) as caught:
        Metadata(**values)
    assert (caught.value.reason, caught.value.field) == (reason, next(iter(values)))


def test_what_is_just_within_the_bounds_is_accepted() -> None:
    for name, limit in LIMITS.items():
        values: dict[str, Any] = {name: "x" * limit}
        assert getattr(Metadata(**values), name)


def test_it_is_kept_as_it_was() -> None:
    assert from_plain(plain(FULL)) == FULL
    assert from_plain({}) == Metadata()
    assert plain(Metadata()) == {}


def test_a_change_leaves_to_each_picture_what_is_its_own() -> None:
    change = MetadataChange(
        values={"title": None, "credit": "City of Delft"},
        added={"keywords": ("market", "fair")},
        removed={"keywords": ("summer",)},
    )
    after = changed(FULL, change)
    assert (after.title, after.credit, after.caption) == (
        None,
        "City of Delft",
        FULL.caption,
    )
    assert after.keywords == ("fair", "market")
    assert changed(Metadata(), change).keywords == ("market", "fair")


@given(
    st.lists(st.sampled_from("abcd"), max_size=3),
    st.lists(st.sampled_from("abcd"), max_size=3),
    st.lists(st.sampled_from("abcd"), max_size=4),
)
def test_a_change_made_twice_is_the_change_made_once(
    there: list[str], added: list[str], removed: list[str]
) -> None:
    change = MetadataChange(
        added={"keywords": tuple(added)}, removed={"keywords": tuple(removed)}
    )
    once = changed(Metadata(keywords=tuple(dict.fromkeys(there))), change)
    assert changed(once, change) == once
    assert set(added) <= set(once.keywords)


def test_a_change_names_fields_that_there_are() -> None:
    assert not MetadataChange()
    with pytest.raises(ValueError, match="field"):
        MetadataChange(values={"gps": "52"})
    with pytest.raises(ValueError, match="lists"):
        MetadataChange(added={"title": ("x",)})


def test_all_that_was_written_freely_is_there_for_who_searches() -> None:
    assert set(FULL.texts) == {"Fair", "Ann opens\nthe fair.", "Delft", "fair", "summer"}
