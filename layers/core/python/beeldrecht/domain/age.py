"""The age at which somebody consents for themselves, and the day on which they reach it.

GDPR 8(1) leaves the age to each country, from 13 to 16; Dutch law uses the same age for
every consent (UAVG 5). A deployment can set another for a country, from 13 to 18. Under
it a guardian signs, and what a guardian signed ends when the person comes of age.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Final

from .time import instant, midnight

DEFAULT_AGE: Final = 16
"""GDPR 8(1), where no law of the country says less; also for who lives elsewhere."""
MAJORITY: Final = 18
"""From this age on somebody enters a contract alone (BW 1:233 and 1:234)."""
YOUNGEST, OLDEST = 13, 18

AGES: Final[Mapping[str, int]] = MappingProxyType(
    {
        "AT": 14,  # DSG § 4(4)
        "BE": 13,  # Wet van 30 juli 2018, art. 7
        "BG": 14,  # ZZLD art. 25v
        "CY": 14,  # Law 125(I)/2018, s. 8
        "CZ": 15,  # Act 110/2019, § 7
        "DE": 16,  # no lower age
        "DK": 15,  # databeskyttelsesloven § 6, 13 until 2024
        "EE": 13,  # IKS § 8
        "ES": 14,  # LOPDGDD art. 7
        "FI": 13,  # tietosuojalaki 5 §
        "FR": 15,  # loi 78-17, art. 45
        "GR": 15,  # Law 4624/2019, art. 21
        "HR": 16,  # Zakon o provedbi GDPR, čl. 19
        "HU": 16,  # no lower age
        "IE": 16,  # Data Protection Act 2018, s. 31
        "IS": 13,  # Act 90/2018, art. 10
        "IT": 14,  # Codice privacy, art. 2-quinquies
        "LI": 16,  # no lower age
        "LT": 14,  # ADTAĮ art. 6
        "LU": 16,  # no lower age
        "LV": 13,  # FPDAL s. 33
        "MT": 13,  # S.L. 586.11
        "NL": 16,  # UAVG art. 5
        "NO": 15,  # 13 in personopplysningsloven § 5; being raised, so the higher
        "PL": 16,  # no lower age
        "PT": 13,  # Lei 58/2019, art. 16
        "RO": 16,  # no lower age
        "SE": 13,  # lag 2018:218, 2 kap. 4 §
        "SI": 15,  # ZVOP-2
        "SK": 16,  # Act 18/2018, § 15
    }
)
"""By country of the EU and the EEA: the age of consent (national laws under GDPR 8)."""

_SET = re.compile(r"([A-Z]{2})=([0-9]{2})")


def ages_from(text: str) -> Mapping[str, int]:
    """The ages of a deployment: the law's, but for those that it sets (`NL=16,DE=16`).

    Raises ValueError for what no deployment may set: better no answer than a child who
    signs alone.
    """
    ages = dict(AGES)
    chosen: set[str] = set()
    for each in text.split(",") if text else ():
        said = _SET.fullmatch(each)
        if said is None or said[1] not in AGES or said[1] in chosen:
            raise ValueError("ages of consent are written as NL=16,DE=16")
        chosen.add(said[1])
        ages[said[1]] = int(said[2])
        age_in(said[1], ages)
    return MappingProxyType(ages)


def age_in(country: str, ages: Mapping[str, int] = AGES) -> int:
    """The age of consent there; sixteen for a country that is not in the table.

    Raises ValueError for an age that no deployment may set.
    """
    age = ages.get(country, DEFAULT_AGE)
    if not YOUNGEST <= age <= OLDEST:
        raise ValueError("an age of consent is from 13 to 18")
    return age


def birthday(birth_date: date, age: int) -> date:
    """The day on which somebody reaches that age; who was born on 29 February, on
    1 March of a year without one: the later day, on which nobody is too young.
    """
    year = birth_date.year + age
    try:
        return birth_date.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


def comes_of_age(birth_date: date, country: str, ages: Mapping[str, int] = AGES) -> date:
    """The day from which on somebody consents for themselves."""
    return birthday(birth_date, age_in(country, ages))


def is_minor(
    birth_date: date, country: str, at: datetime, ages: Mapping[str, int] = AGES
) -> bool:
    """Whether a guardian signs at that instant; until midnight in Amsterdam."""
    return instant(at) < midnight(comes_of_age(birth_date, country, ages))


def may_contract(birth_date: date, at: datetime) -> bool:
    """Whether somebody may enter a contract alone at that instant."""
    return instant(at) >= midnight(birthday(birth_date, MAJORITY))
