"""What somebody may be called on record."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beeldrecht.domain.people import LONGEST_NAME, InvalidNameError, name_of


@pytest.mark.parametrize(
    "name",
    [
        "Jan de Vries",
        "Zoë 't Hart-O'Neill",
        "李小龍",
        "Ёлка",
        "Nguyễn Thị Minh Khai",
        "می‌خواهم",  # with a joiner that is part of its spelling
        "X",
        "9",
    ],
)
def test_names_of_many_scripts_stay_as_they_are(name: str) -> None:
    assert name_of(name) == name


def test_blanks_become_single_and_letters_are_composed() -> None:
    assert name_of("  Jan   de Vries\u3000") == "Jan de Vries"
    assert name_of("Zoe\u0308") == "Zoë"


@pytest.mark.parametrize(
    "name",
    [
        "Jan\nde Vries",
        "Jan\tde Vries",
        "Jan\x00",
        "Jan\x7f",
        "Jan\u202eseirV ed",  # what follows is read from right to left
        "Jan\u2066de\u2069",
        "Jan\u200b",
        "\ufeffJan",
        "Jan\u00ad",
        "Jan\u2028",
        "Jan\ue000",
        "Jan\ud800",
        "Jan\U000e0041",
    ],
)
def test_characters_that_nobody_sees_are_refused(name: str) -> None:
    with pytest.raises(InvalidNameError):
        name_of(name)


@pytest.mark.parametrize("name", ["", " ", "-", "\u200d", "...", "\u0308"])
def test_a_name_has_a_letter_or_a_digit(name: str) -> None:
    with pytest.raises(InvalidNameError):
        name_of(name)


def test_a_name_is_as_long_as_allowed_and_no_longer() -> None:
    assert len(name_of("x" * LONGEST_NAME)) == LONGEST_NAME
    # Counted as it is kept: a letter with its accent is one.
    assert len(name_of("e\u0308" * LONGEST_NAME)) == LONGEST_NAME
    with pytest.raises(InvalidNameError):
        name_of("x" * (LONGEST_NAME + 1))


@given(st.text(max_size=300))
def test_what_is_kept_is_kept_again_as_it_is(text: str) -> None:
    try:
        name = name_of(text)
    except InvalidNameError:
        return
    assert name_of(name) == name
    assert 1 <= len(name) <= LONGEST_NAME
    assert unicodedata.is_normalized("NFC", name)
    assert not any(unicodedata.category(c) == "Cc" for c in name)
