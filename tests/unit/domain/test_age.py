"""The age of consent: per country, at midnight in Amsterdam, leap days included."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beeldrecht.domain.age import (
    AGES,
    DEFAULT_AGE,
    age_in,
    ages_from,
    birthday,
    comes_of_age,
    is_minor,
    may_contract,
)
from beeldrecht.domain.time import NaiveInstantError, midnight

TICK = timedelta(microseconds=1)
EEA = {
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI",
    "FR", "GR", "HR", "HU", "IE", "IS", "IT", "LI", "LT", "LU",
    "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK",
}  # fmt: skip


def test_every_country_of_the_eea_has_an_age_that_the_regulation_allows() -> None:
    assert set(AGES) == EEA
    assert set(AGES.values()) <= {13, 14, 15, 16}
    assert (AGES["NL"], AGES["BE"], AGES["DE"]) == (16, 13, 16)


def test_elsewhere_it_is_the_highest_that_the_regulation_knows() -> None:
    assert age_in("US") == DEFAULT_AGE == 16


@pytest.mark.parametrize("age", [12, 19])
def test_a_deployment_sets_an_age_from_13_to_18(age: int) -> None:
    assert (age_in("NL", {"NL": 13}), age_in("NL", {"NL": 18})) == (13, 18)
    with pytest.raises(ValueError, match="13 to 18"):
        age_in("NL", {"NL": age})


def test_a_deployment_sets_ages_by_country_and_leaves_the_others_to_the_law() -> None:
    assert ages_from("") == AGES
    ages = ages_from("BE=16,NL=18")
    assert (ages["BE"], ages["NL"]) == (16, 18)
    assert {c: age for c, age in ages.items() if c not in {"BE", "NL"}} == {
        c: age for c, age in AGES.items() if c not in {"BE", "NL"}
    }
    assert (AGES["BE"], AGES["NL"]) == (13, 16)


@pytest.mark.parametrize(
    "text",
    ["NL", "NL=", "nl=16", "US=16", "NL=12", "NL=19", "NL=016", "NL=16,NL=17", "NL=16,",
     "NL=16, BE=16", "NL=\u0661\u0666", "NL=16\n", ","],
)  # fmt: skip
def test_ages_that_no_deployment_may_set_stop_whoever_reads_them(text: str) -> None:
    with pytest.raises(ValueError, match=r"ages? of consent"):
        ages_from(text)


def test_who_was_born_on_a_leap_day_comes_of_age_on_the_first_of_march() -> None:
    assert comes_of_age(date(2012, 2, 29), "NL") == date(2028, 2, 29)
    assert comes_of_age(date(2012, 2, 29), "BE") == date(2025, 3, 1)
    eve = midnight(date(2025, 3, 1)) - TICK
    assert is_minor(date(2012, 2, 29), "BE", eve)
    assert not is_minor(date(2012, 2, 29), "BE", eve + TICK)


@pytest.mark.parametrize(
    ("born", "begins"),
    [
        (date(2010, 3, 29), datetime(2026, 3, 28, 23, tzinfo=UTC)),  # 23 hours
        (date(2010, 3, 30), datetime(2026, 3, 29, 22, tzinfo=UTC)),
        (date(2010, 10, 25), datetime(2026, 10, 24, 22, tzinfo=UTC)),  # 25 hours
        (date(2010, 10, 26), datetime(2026, 10, 25, 23, tzinfo=UTC)),
    ],
)
def test_r06_the_birthday_begins_at_midnight_in_amsterdam(
    born: date, begins: datetime
) -> None:
    assert is_minor(born, "NL", begins - TICK)
    assert not is_minor(born, "NL", begins)


def test_a_contract_is_for_who_is_eighteen() -> None:
    begins = midnight(date(2026, 5, 6))
    assert not may_contract(date(2008, 5, 6), begins - TICK)
    assert may_contract(date(2008, 5, 6), begins)


@given(st.dates(date(1900, 1, 1), date(2030, 1, 1)), st.integers(13, 18))
def test_nobody_is_of_age_before_as_many_years_have_passed(born: date, age: int) -> None:
    day = birthday(born, age)
    assert day.year - born.year == age
    assert (day.month, day.day) == (born.month, born.day) or (
        (born.month, born.day) == (2, 29) and (day.month, day.day) == (3, 1)
    )


def test_an_instant_has_a_zone() -> None:
    naive = datetime(2026, 1, 1)  # noqa: DTZ001
    with pytest.raises(NaiveInstantError):
        is_minor(date(2010, 1, 1), "NL", naive)
