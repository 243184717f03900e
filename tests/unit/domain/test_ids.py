"""Opaque identifiers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beeldrecht.domain.ids import InvalidIdError, check_id, derived_id, new_id

parts = st.lists(
    st.text(st.characters(codec="utf-8", exclude_characters="\x1f"), max_size=8),
    min_size=1,
    max_size=4,
)


def test_a_new_identifier_is_new_and_one_of_ours() -> None:
    made = {new_id() for _ in range(1000)}
    assert len(made) == 1000
    assert {check_id(each) for each in made} == made


def test_a_derived_identifier_never_changes_between_versions() -> None:
    # A retry after a deployment must find what the version before it wrote.
    assert derived_id("asset", "face", "0") == "566b23947bf4572995ded3cb14b81aef"


@given(one=parts, other=parts)
def test_derived_identifiers_are_the_same_only_for_the_same_parts(
    one: list[str], other: list[str]
) -> None:
    assert (derived_id(*one) == derived_id(*other)) == (one == other)
    assert check_id(derived_id(*one)) == derived_id(*one)


def test_where_one_part_ends_and_the_next_begins_matters() -> None:
    assert derived_id("ab", "c") != derived_id("a", "bc")
    assert derived_id("a", "b") != derived_id("b", "a")


def test_a_part_that_could_be_two_is_refused() -> None:
    with pytest.raises(InvalidIdError):
        derived_id("a\x1fb")


@pytest.mark.parametrize(
    "value",
    [
        "",
        "0" * 31,
        "0" * 33,
        "G" * 32,
        "A" * 32,
        f"{'0' * 32}\n",
        f" {'0' * 31}",
        "٣" * 32,
    ],
)
def test_what_is_not_an_identifier_is_refused(value: str) -> None:
    with pytest.raises(InvalidIdError):
        check_id(value)
