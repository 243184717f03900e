"""Mails in every language: whole, escaped, in one line where a header is, and small."""

import re
from datetime import UTC, date, datetime, time
from html.parser import HTMLParser

import pytest

from beeldrecht.domain.channels import Channel, Place
from beeldrecht.domain.consent_requests import Delivery
from beeldrecht.domain.mails import MailKind
from beeldrecht.domain.signing import Relation, SignatureKind
from beeldrecht_mail.letters import (
    LONGEST_SUBJECT,
    Contents,
    InvalidAddressError,
    Letter,
    Templates,
    day_of,
    instant_of,
    one_line,
    write,
)
from beeldrecht_mail.words import LANGUAGES, Language, Variant, language
from layers.mails import LARGEST, TemplateError, compiled_from

URL = "https://beeld.example.org/sign#" + "t" * 43
HOSTILE = (
    "Ann <script>alert(1)</script>",
    'Bo" onload="x',
    "Cas\r\nBcc: other@example.org",
    "Dee {{url}} {title} %s ${x}",
    "\u202eEve\u2066 nna",
    "Fay & Söns' © 中 🙂",
)
NAMES = (
    *("title", "controller", "day", "signed", "channels", "link_day", "person_or_you"),
    *("at", "asked", "reason", "asset", "days", "what", "number", "count"),
)
EVERY = pytest.mark.parametrize("code", LANGUAGES)
MAILS = sorted(LANGUAGES["en"].mails)


class Seen(HTMLParser):
    """Tags, what they point at, and the text outside comments."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def letter(
    templates: Templates,
    tongue: Language,
    kind: MailKind,
    variant: Variant,
    said: str = "a value",
) -> Letter:
    contents = Contents(
        values=dict.fromkeys(NAMES, said),
        url=URL,
        organisation=said,
        reader=said,
        person=said,
        lines=[said, said],
        document=[said],
    )
    return write(templates, tongue, kind, variant, contents)


def test_every_kind_has_words_and_a_template(templates: Templates) -> None:
    for tongue in LANGUAGES.values():
        assert {kind for kind, _ in tongue.mails} == set(MailKind)
        assert sorted(tongue.mails) == MAILS
    for kind in MailKind:
        assert "{{heading}}" in templates.of(kind)


@EVERY
@pytest.mark.parametrize("said", HOSTILE)
@pytest.mark.parametrize(("kind", "variant"), MAILS)
def test_whatever_is_filled_in_stays_text(
    code: str, said: str, kind: MailKind, variant: Variant, templates: Templates
) -> None:
    made = letter(templates, LANGUAGES[code], kind, variant, said)
    assert "\n" not in made.subject
    assert "\r" not in made.subject
    assert len(made.subject) <= LONGEST_SUBJECT
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", made.html + made.text)
    seen, plain = Seen(made.html), Seen(letter_plain(templates, code, kind, variant))
    assert [tag for tag, _ in seen.tags] == [tag for tag, _ in plain.tags]
    assert len(made.html.encode()) < LARGEST
    assert len(made.text.encode()) < LARGEST


def letter_plain(
    templates: Templates, code: str, kind: MailKind, variant: Variant
) -> str:
    return letter(templates, LANGUAGES[code], kind, variant).html


@EVERY
@pytest.mark.parametrize(("kind", "variant"), MAILS)
def test_it_fetches_nothing_and_its_one_button_leads_home(
    code: str, kind: MailKind, variant: Variant, templates: Templates
) -> None:
    made = letter(templates, LANGUAGES[code], kind, variant)
    seen = Seen(made.html)
    assert {tag for tag, _ in seen.tags}.isdisjoint({"img", "script", "link", "iframe"})
    assert not any("src" in given or "background" in given for _, given in seen.tags)
    targets = [given["href"] for tag, given in seen.tags if tag == "a"]
    assert set(targets) == {URL}
    button = LANGUAGES[code].mails[kind, variant].button
    assert button
    assert seen.text.count(button) == 1
    assert made.text.count(URL) == 1
    assert f"{button}:\n{URL}\n" in made.text


@EVERY
@pytest.mark.parametrize(("kind", "variant"), MAILS)
def test_html_and_text_say_the_same_and_leave_nothing_open(
    code: str, kind: MailKind, variant: Variant, templates: Templates
) -> None:
    tongue = LANGUAGES[code]
    made = letter(templates, tongue, kind, variant)
    text = " ".join(made.text.split())
    html = " ".join(Seen(made.html).text.split())
    words = tongue.mails[kind, variant]
    for paragraph in (*words.before, *words.after, tongue.legal_notice):
        said = re.sub(r"\{\w+\}", "a value", paragraph)
        assert " ".join(said.split()) in text
        assert " ".join(said.split()) in html
    for each in (made.subject, made.html, made.text):
        assert not re.search(r"\{\{|\}\}|\{\w+\}|@@", each)


@EVERY
def test_it_says_that_one_click_unsubscribe_does_not_apply(
    code: str, templates: Templates
) -> None:
    made = letter(templates, LANGUAGES[code], MailKind.ASK, Variant.PLAIN)
    assert re.search(r"unsubscribe|[Aa]fmelden|Abmeldung|désabonnement", made.text)


def test_a_value_that_is_missing_stops_the_mail(templates: Templates) -> None:
    contents = Contents(values={}, url=URL, organisation="x")
    with pytest.raises(KeyError):
        write(templates, language("nl"), MailKind.ASK, Variant.PLAIN, contents)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "", "//x"])
def test_a_button_leads_to_a_page_or_there_is_no_mail(
    url: str, templates: Templates
) -> None:
    contents = Contents(values=dict.fromkeys(NAMES, "x"), url=url, organisation="x")
    with pytest.raises(InvalidAddressError):
        write(templates, language("nl"), MailKind.ASK, Variant.PLAIN, contents)


def test_a_language_we_have_no_words_in_is_answered_in_english() -> None:
    assert language("pl").code == "en"
    assert language("nl-BE").code == "nl"


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("nl", "1 maart 2027, 00.30 uur"),
        ("en", "1 March 2027, 00:30"),
        ("de", "1. März 2027, 00:30 Uhr"),
        ("fr", "1er mars 2027, 0 h 30"),
    ],
)
def test_an_instant_is_said_as_people_there_say_it_in_amsterdams_time(
    code: str, said: str
) -> None:
    at = datetime(2027, 2, 28, 23, 30, tzinfo=UTC)
    assert instant_of(at, LANGUAGES[code]) == said
    assert day_of(at, LANGUAGES[code]) == said.partition(",")[0]


@EVERY
def test_every_catalogue_has_every_word(code: str) -> None:
    tongue = LANGUAGES[code]
    assert tongue.code == code
    assert set(tongue.channels) == set(Channel)
    assert set(tongue.places) == set(Place)
    assert set(tongue.copy.relations) == set(Relation)
    assert set(tongue.copy.signatures) == set(SignatureKind)
    assert set(tongue.copy.ways) == {each.value for each in Delivery}
    assert len({tongue.day(date(2027, month, 2)) for month in range(1, 13)}) == 12
    assert tongue.clock(time(9, 5))


def test_a_value_in_one_line_keeps_what_a_name_needs() -> None:
    assert one_line("  Zoë\t\n van  Dŵr ") == "Zoë van Dŵr"
    joined = "\u0645\u06cc\u200c\u062e"  # two words that Persian writes as one
    assert one_line(joined) == joined


@pytest.mark.parametrize(
    "part",
    [
        '<mj-hero><mj-image src="https://x.example/p" /></mj-hero>',
        "<mj-section><mj-column><mj-text>",
    ],
)
def test_a_template_that_fetches_or_is_broken_does_not_compile(part: str) -> None:
    with pytest.raises(TemplateError):
        compiled_from(f"<mjml><mj-body>{part}</mj-body></mjml>")
