"""The wording that comes with the system: whole in each language, and never changed."""

import re
from dataclasses import fields

import pytest

from beeldrecht.domain.channels import ALL_CHANNELS
from beeldrecht.domain.ids import check_id
from beeldrecht.domain.standard_wording import STANDARD_ID, standard
from beeldrecht.domain.wordings import WordingText, canonical, digest

from .signing_samples import AT

WORDING = standard("Museum M", "privacy@museum.example", "system", AT)
LANGUAGES = ("nl", "en", "de", "fr")
# What GDPR 13 asks a notice to say, by a word that each language says it with.
ASKED: dict[str, tuple[str, str, str, str]] = {
    "who is responsible, and how to reach them": ("Museum M",) * 4,
    "their address": ("privacy@museum.example",) * 4,
    "the data protection officer": (
        "functionaris gegevensbescherming",
        "data protection officer",
        "Datenschutzbeauftragte",
        "délégué à la protection des données",
    ),
    "the ground": ("toestemming", "consent", "Einwilligung", "consentement"),
    "outside the Union": (
        "buiten de Europese Unie",
        "outside the European Union",
        "außerhalb der Europäischen Union",
        "hors de l'Union européenne",
    ),
    "how long": ("Hoe lang", "How long", "Wie lange", "La durée"),
    "taking back": ("intrekken", "take back", "widerrufen", "retirer"),
    "objecting": ("bezwaar", "object", "widersprechen", "opposer"),
    "erasing": ("wissen", "erase", "Löschung", "effacer"),
    "complaining": ("klacht", "complain", "beschweren", "plainte"),
    "no consequence": ("gevolgen", "consequences", "Folgen", "conséquence"),
    "no computer alone": ("computer", "computer", "Computer", "ordinateur"),
}


def test_every_language_says_everything_the_others_say() -> None:
    assert tuple(WORDING.texts) == LANGUAGES
    lengths = {len(text.notice) for text in WORDING.texts.values()}
    assert lengths == {9}
    for text in WORDING.texts.values():
        assert all(getattr(text, field.name) for field in fields(WordingText))


@pytest.mark.parametrize("number", range(4))
@pytest.mark.parametrize("asked", ASKED)
def test_r08_the_notice_says_what_the_law_asks(asked: str, number: int) -> None:
    notice = " ".join(WORDING.texts[LANGUAGES[number]].notice)
    assert ASKED[asked][number] in notice


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_left_to_fill_in_and_lines_are_plain(language: str) -> None:
    said = canonical(WORDING, language).decode()
    assert not re.search(r"\{[a-z]+\}", said)
    for paragraph in WORDING.texts[language].notice:
        assert paragraph == " ".join(paragraph.split(" "))
        assert paragraph.endswith((".", "Persoonsgegevens."))
        assert all(len(s.split()) <= 36 for s in re.split(r"[.;:?] ", paragraph))


def test_r07_three_things_are_asked_each_by_itself() -> None:
    for text in WORDING.texts.values():
        assert len({text.image, text.portrait, text.biometric, text.guardian}) == 4
    assert set(WORDING.channels) == set(ALL_CHANNELS)


def test_it_has_one_identifier_whoever_is_responsible() -> None:
    other = standard("Museum N", "privacy@museum.example", "system", AT)
    assert check_id(other.wording_id) == WORDING.wording_id == STANDARD_ID
    assert digest(other, "nl") != digest(WORDING, "nl")


def test_a_name_with_braces_stays_a_name() -> None:
    odd = standard("{contact}", "a@b.example", "system", AT)
    assert odd.texts["en"].controller == "{contact}, a@b.example"
