"""Mails: words and values become a subject, HTML and its twin in plain text.

The HTML was compiled from MJML when the layer was built and holds `{{names}}`. What is
filled in is escaped, in one pass, so that a value that looks like a placeholder or like
markup stays text. A subject is one line, whatever a name holds.
"""

import html
import re
import textwrap
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from beeldrecht.domain.mails import MailKind
from beeldrecht.domain.time import AMSTERDAM

from .words import Language, Variant

LONGEST_SUBJECT: Final = 160
_LONGEST_VALUE: Final = 2000
_PLACE = re.compile(r"\{\{(\w+)\}\}")
_WIDTH = 78
_JOINERS = "\u200c\u200d"
_UNSEEN = ("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp")
_OPENED_BY = re.compile(r"https?")


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail as it is sent."""

    subject: str
    html: str
    text: str


@dataclass(frozen=True, slots=True)
class Contents:
    """What one mail is about, besides its words."""

    values: Mapping[str, str]
    url: str
    """Where its button leads."""
    organisation: str
    reader: str | None = None
    """Who is greeted; None at staff, who are not."""
    person: str | None = None
    """Of whom it is, where somebody else reads it."""
    lines: Sequence[str] = ()
    document: Sequence[str] = ()
    private: bool = True
    """Whether its link opens what is somebody's own."""


class InvalidAddressError(ValueError):
    """A button would lead to something that is no address of a page."""


class Templates:
    """The compiled templates, one file for each kind of mail, read when first used."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read: dict[MailKind, str] = {}

    def of(self, kind: MailKind) -> str:
        """The HTML of one kind, with its placeholders."""
        if kind not in self._read:
            file = self._folder / f"{kind.value}.html"
            self._read[kind] = file.read_text(encoding="utf-8")
        return self._read[kind]


def write(
    templates: Templates,
    language: Language,
    kind: MailKind,
    variant: Variant,
    contents: Contents,
) -> Letter:
    """One mail in one language.

    Raises KeyError when its words ask for a value that is not given: half a mail is
    never sent. Raises InvalidAddressError.
    """
    if not _OPENED_BY.fullmatch(urlsplit(contents.url).scheme):
        raise InvalidAddressError("a button leads to a page")
    words = language.mails[kind, variant]
    values = {name: one_line(value) for name, value in contents.values.items()}

    def said(template: str) -> str:
        return template.format_map(values)

    before = [said(each) for each in words.before]
    after = [said(each) for each in words.after]
    greeting = _greeting(language, contents)
    footer = [
        *([language.private] if contents.private else []),
        language.legal_notice,
        language.sender.format(organisation=one_line(contents.organisation)),
    ]
    subject = _cut(said(words.subject))
    filled = {
        "language": [language.code],
        "subject": [subject],
        "preview": [said(words.preview)],
        "heading": [said(words.heading)],
        "greeting": greeting,
        "before": before,
        "button": [words.button or ""],
        "url": [contents.url],
        "after": after,
        "address": [language.address],
        "lines": [one_line(each) for each in contents.lines],
        "document": [one_line(each) for each in contents.document],
        "footer": footer,
    }
    return Letter(
        subject, _filled(templates.of(kind), filled), _plain(filled, words.button)
    )


def one_line(value: str) -> str:
    """A value without what cannot be seen, breaks lines or turns the direction."""
    seen = "".join(
        character
        if unicodedata.category(character) not in _UNSEEN or character in _JOINERS
        else " "
        for character in value[:_LONGEST_VALUE]
    )
    return " ".join(seen.split())


def day_of(at: datetime, language: Language) -> str:
    """The day that an instant falls on in Amsterdam, in words."""
    return language.day(at.astimezone(AMSTERDAM).date())


def instant_of(at: datetime, language: Language) -> str:
    """The day and the time of an instant in Amsterdam, in words."""
    local = at.astimezone(AMSTERDAM)
    return f"{language.day(local.date())}, {language.clock(local.time())}"


def _greeting(language: Language, contents: Contents) -> list[str]:
    name = one_line(contents.reader or "")
    lines = [language.greeting.format(name=name) if name else language.greeting_nobody]
    if contents.person:
        lines.append(language.about_person.format(person=one_line(contents.person)))
    return lines


def _cut(subject: str) -> str:
    line = one_line(subject)
    if len(line) <= LONGEST_SUBJECT:
        return line
    return line[: LONGEST_SUBJECT - 1].rstrip() + "…"


def _filled(template: str, filled: Mapping[str, Sequence[str]]) -> str:
    def value(found: re.Match[str]) -> str:
        parts = [html.escape(each) for each in filled[found[1]]]
        if len(parts) < 2:
            return "".join(parts)
        return "".join(f'<p style="margin:0 0 12px">{each}</p>' for each in parts)

    return _PLACE.sub(value, template)


def _plain(filled: Mapping[str, Sequence[str]], button: str | None) -> str:
    paragraphs = [
        *filled["heading"],
        *filled["greeting"],
        *filled["before"],
        *("- " + each for each in filled["lines"]),
    ]
    # An address is never folded: half of it opens nothing.
    pointed = f"{button}:\n{filled['url'][0]}" if button else ""
    rest = [*filled["after"], *filled["document"], "-- ", *filled["footer"]]
    wrapped = [_wrap(each) for each in paragraphs]
    return (
        "\n\n".join(
            each for each in (*wrapped, pointed, *(_wrap(one) for one in rest)) if each
        )
        + "\n"
    )


def _wrap(paragraph: str) -> str:
    if paragraph == "-- ":
        return paragraph
    return textwrap.fill(
        paragraph, _WIDTH, break_long_words=False, break_on_hyphens=False
    )
