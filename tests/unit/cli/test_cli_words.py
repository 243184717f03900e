"""Everything the command and the demonstration say, they say in both languages."""

import re
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from beeldrecht.domain.access import Role
from beeldrecht.domain.assets import AssetStatus
from beeldrecht.domain.channels import Channel, Verdict
from beeldrecht.domain.consent import GrantKind, GrantState
from beeldrecht.domain.consent_requests import ConsentRequestState, Delivery
from beeldrecht.domain.decisions import Finding, FindingId
from beeldrecht.domain.intake import Rejection
from beeldrecht.domain.links import LinkState
from beeldrecht.domain.permits import RecognitionMode
from beeldrecht.domain.time import midnight
from cli.catalogue import PARTS, PHRASES, Phrase
from cli.session import SignedOut
from cli.words import (
    day,
    finding_date,
    holds,
    language_of,
    last_day_before,
    listed,
    rejection_words,
    say,
)
from local.demo.catalogue import PHRASES as DEMO_PHRASES

if TYPE_CHECKING:
    from collections.abc import Iterable

EVERY = {**PHRASES, **DEMO_PHRASES}


def test_no_key_means_two_things() -> None:
    assert len(PHRASES) == sum(map(len, PARTS))
    shared = set(PHRASES) & set(DEMO_PHRASES)
    assert {key for key in shared if key != "released"} == {"uploading"} & shared


@pytest.mark.parametrize("key", sorted(EVERY))
def test_both_languages_fill_in_the_same(key: str) -> None:
    phrase: Phrase = EVERY[key]
    assert phrase.en
    assert phrase.nl
    fields = [sorted(re.findall(r"{(\w+)}", text)) for text in phrase]
    assert fields[0] == fields[1]


@pytest.mark.parametrize("language", ["en", "nl"])
def test_every_value_that_is_shown_has_a_name(language: str) -> None:
    shown: dict[str, Iterable[str]] = {
        "channel": Channel,
        "delivery": Delivery,
        "error": SignedOut,
        "grant": (*GrantKind, *GrantState),
        "link": LinkState,
        "mode": RecognitionMode,
        "request": ConsentRequestState,
        "role": Role,
        "status": AssetStatus,
        "verdict": Verdict,
    }
    for kind, values in shown.items():
        for value in values:
            assert say(f"{kind}_{value}", language, until="then")


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "nl_NL.UTF-8"}, "nl"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "de_DE"}, "en"),
        ({"LANG": "nl_NL", "LC_ALL": "en_US"}, "en"),
        ({"LANG": "", "LC_MESSAGES": "nl"}, "nl"),
        ({}, "en"),
    ],
)
def test_the_environment_decides_the_language(
    environment: dict[str, str], language: str
) -> None:
    assert language_of(environment) == language


def test_a_day_is_written_out() -> None:
    assert day(date(2026, 3, 1), "nl") == "1 maart 2026"
    assert day(date(2026, 12, 31), "en") == "31 December 2026"


def test_the_last_day_is_the_one_before_midnight_in_amsterdam() -> None:
    assert last_day_before(midnight(date(2026, 4, 1))) == date(2026, 3, 31)
    assert last_day_before(datetime(2026, 3, 31, 21, 59, tzinfo=UTC)) == date(2026, 3, 31)


def test_a_decision_ends_with_a_day_or_at_an_instant() -> None:
    assert holds(midnight(date(2026, 4, 1)), "nl").startswith(
        "Dit geldt tot en met 31 maart 2026,"
    )
    noon = datetime(2026, 4, 1, 10, 30, tzinfo=UTC)
    assert holds(noon, "en").startswith("This holds until 1 April 2026 12:30,")


@pytest.mark.parametrize(
    ("finding_id", "said"),
    [
        (FindingId.GRANT_ENDED, "De laatste dag was 31 maart 2026."),
        (FindingId.GRANT_IN_FORCE, "Tot en met 31 maart 2026."),
        (FindingId.GRANT_NOT_YET, "Die begint op 1 april 2026."),
        (FindingId.GRANT_WITHDRAWN, "Dat was op 1 april 2026 00:00."),
    ],
)
def test_a_findings_date_says_what_it_is_the_date_of(
    finding_id: FindingId, said: str
) -> None:
    finding = Finding(finding_id, until=midnight(date(2026, 4, 1)))
    assert finding_date(finding, "nl") == said
    assert finding_date(Finding(finding_id), "nl") == ""


def test_an_enumeration_ends_with_and() -> None:
    assert listed([], "nl") == ""
    assert listed(["a"], "nl") == "a"
    assert listed(["a", "b", "c"], "nl") == "a, b en c"
    assert listed(["a", "b"], "en") == "a and b"


@pytest.mark.parametrize("language", ["en", "nl"])
def test_every_rejection_is_explained(language: str) -> None:
    assert "JPEG" in rejection_words(Rejection("not_an_image"), language)
    assert "retry" in rejection_words(Rejection("processing_failed"), language)
    assert rejection_words(Rejection("original_lost"), language)
    assert rejection_words(Rejection("unannounced"), language)
    assert "brand_new" in rejection_words(Rejection("brand_new"), language)
