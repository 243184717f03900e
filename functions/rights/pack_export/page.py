"""The page that somebody opens first: what is in the export, in words.

It is opened from a disk: no script, nothing from anywhere, the pictures beside it. What
is shown is escaped, and what is not shown here is in `data.json`.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from html import escape
from typing import Any, Final

from beeldrecht.domain.channels import Channel
from beeldrecht.domain.consent import GrantKind, GrantState
from beeldrecht.domain.consent_requests import Delivery
from beeldrecht.domain.exports import LeftOut
from beeldrecht.domain.legal_bases import LegalBasisKind
from beeldrecht.domain.mails import MailKind
from beeldrecht.domain.messages import words
from beeldrecht.domain.subject_requests import SubjectRequestKind, SubjectRequestState
from beeldrecht.domain.time import AMSTERDAM

from .labels import LABELS, LANGUAGES, Label

_DAY: Final = len("31-12-2026")

type Data = Mapping[str, Any]

_STYLE: Final = """
:root{color-scheme:light dark;--line:#8884;--soft:#666}
@media(prefers-color-scheme:dark){:root{--soft:#aaa}}
body{font:1rem/1.55 system-ui,sans-serif;margin:0 auto;max-width:58rem;
padding:2rem 1.25rem 4rem}
h1{font-size:1.8rem;line-height:1.2;margin:0 0 .5rem}
h2{font-size:1.25rem;margin:2.5rem 0 .5rem;border-top:1px solid var(--line);
padding-top:1rem}
p.soft,.soft{color:var(--soft)}
table{border-collapse:collapse;width:100%}
.wide{overflow-x:auto}
th,td{text-align:left;vertical-align:top;padding:.4rem .8rem .4rem 0;
border-bottom:1px solid var(--line)}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.3rem 1.2rem;margin:0}
dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
ul.pictures{list-style:none;padding:0;display:grid;gap:1.5rem;
grid-template-columns:repeat(auto-fill,minmax(16rem,1fr))}
img{max-width:100%;height:auto;display:block;border-radius:4px}
article{border:1px solid var(--line);border-radius:6px;padding:1rem;margin:1rem 0}
article h3{margin:0 0 .5rem;font-size:1.05rem}
summary{cursor:pointer;padding:.4rem 0}
"""
_WHO: Final = {
    "you": Label.BY_YOU,
    "staff": Label.BY_STAFF,
    "system": Label.BY_SYSTEM,
    "unknown": Label.BY_UNKNOWN,
}
_POLICY: Final = "default-src 'none'; img-src 'self' file:; style-src 'unsafe-inline'"


def page(data: Data) -> str:
    """The page of an export, in the person's language where there are words for it."""
    contact = data.get("contact") or {}
    language = contact.get("language", "nl")
    return _Page(data, language if language in LANGUAGES else "en").whole()


class _Page:
    """One page, in one language."""

    def __init__(self, data: Data, language: str) -> None:
        self._data = data
        self._language = language

    def whole(self) -> str:
        title = self._say(Label.TITLE)
        export, person = self._data["export"], self._data["person"]
        sections = "".join(
            (
                self._about_you(),
                self._consents(),
                self._pictures(),
                self._requests(),
                self._mails(),
                self._log(),
            )
        )
        lead = self._say(Label.LEAD, organisation=export["controller"])
        rights = self._say(Label.RIGHTS, contact=export["controller_contact"])
        made = self._say(Label.MADE, at=self._at(export["made_at"]))
        return (
            f'<!doctype html>\n<html lang="{self._language}">\n<head>\n'
            '<meta charset="utf-8">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
            f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
            f"<main>\n<h1>{escape(title)}: {escape(person['name'])}</h1>\n"
            f'<p>{escape(lead)}</p>\n<p class="soft">{escape(made)}</p>\n'
            f"<p>{escape(rights)}</p>\n{sections}</main>\n</body>\n</html>\n"
        )

    # -- sections ----------------------------------------------------------------------

    def _about_you(self) -> str:
        contact = self._data.get("contact") or {}
        rows = [
            (Label.NAME, self._data["person"]["name"]),
            (Label.EMAIL, contact.get("email")),
            (Label.BORN, contact.get("birth_date")),
            (Label.GUARDIAN, contact.get("guardian_name")),
        ]
        return self._section(Label.YOU, _list((self._say(k), v) for k, v in rows if v))

    def _consents(self) -> str:
        return self._section(Label.CONSENTS, *map(self._consent, self._data["consents"]))

    def _consent(self, consent: Data) -> str:
        title = (consent["text"] or {}).get("title") or consent["wording"]
        signed_at = self._at(consent["signed_at"])
        # Of a form nobody knows the hour.
        on_paper = consent["signed_on"] == Delivery.PAPER
        signed = self._say(Label.SIGNED, at=signed_at[:_DAY] if on_paper else signed_at)
        rows = (
            (
                words(GrantKind(grant["kind"]), self._language),
                ", ".join(words(Channel(c), self._language) for c in grant["channels"]),
                words(GrantState(grant["state"]), self._language),
                self._last_day(grant),
            )
            for grant in consent["grants"]
        )
        heads = (Label.WHAT, Label.FOR, Label.STANDS, Label.UNTIL)
        document = consent["document"] or {}
        copy = (
            f'<p><a href="{escape(document["file"])}">'
            f"{escape(self._say(Label.DOCUMENT))}</a></p>"
            if document.get("file")
            else ""
        )
        return (
            f"<article><h3>{escape(title)}</h3>"
            f'<p class="soft">{escape(signed)}</p>{self._table(heads, rows)}{copy}'
            "</article>\n"
        )

    def _pictures(self) -> str:
        pictures = self._data["pictures"]
        given = "".join(self._picture(each) for each in pictures if each["file"])
        kept = [
            (each["asset_id"], words(LeftOut(each["left_out"]), self._language))
            for each in pictures
            if each["left_out"]
        ]
        heads = (Label.PICTURE, Label.WHY)
        missing = (
            f"<h3>{escape(self._say(Label.NOT_GIVEN))}</h3>{self._table(heads, kept)}"
            if kept
            else ""
        )
        shown = (
            f"<p>{escape(self._say(Label.COVERED))}</p>"
            f'<ul class="pictures">{given}</ul>{missing}'
        )
        return self._section(Label.PICTURES, shown if pictures else "")

    def _picture(self, picture: Data) -> str:
        used = [self._use(each) for each in picture["disclosures"] if each["to"] != "you"]
        bases = {
            words(LegalBasisKind(b["kind"]), self._language)
            for b in picture["legal_bases"]
        }
        lines = [*sorted(bases), *(used or [self._say(Label.NOBODY)])]
        told = "".join(f"<li>{escape(each)}</li>" for each in lines)
        name = escape(picture["file"])
        alt = escape(self._say(Label.ALT, day=self._day(picture)))
        return (
            f'<li><a href="{name}"><img src="{name}" alt="{alt}" loading="lazy"></a>'
            f"<p>{escape(self._day(picture))}</p><ul>{told}</ul></li>"
        )

    def _use(self, use: Data) -> str:
        what = words(Channel(use["channel"]), self._language) if use["channel"] else ""
        sight = Label.VISIBLE if use["you_were_visible"] else Label.NOT_VISIBLE
        to = Label.TO_STAFF if use["to"] == "staff" else Label.TO_OUTSIDE
        said = (self._at(use["at"]), self._say(to), what, self._say(sight))
        return " · ".join(each for each in said if each)

    def _requests(self) -> str:
        rows = (
            (
                words(SubjectRequestKind(each["kind"]), self._language),
                self._at(each["asked_at"]),
                words(SubjectRequestState(each["state"]), self._language),
                each["reason"] or "",
            )
            for each in self._data["subject_requests"]
        )
        heads = (Label.WHAT, Label.ASKED, Label.STANDS, Label.WHY)
        return self._section(Label.REQUESTS, self._table(heads, rows))

    def _mails(self) -> str:
        rows = (
            (self._at(each["created_at"]), self._word(MailKind, each["kind"]))
            for each in self._data["mails"]
        )
        heads = (Label.WHEN, Label.WHAT)
        return self._section(Label.MAILS, self._table(heads, rows))

    def _log(self) -> str:
        entries = [*self._data["audit"]]
        for picture in self._data["pictures"]:
            entries += picture.get("audit", [])
        rows = (
            (self._at(each["at"]), each["tag"], self._by(each["by"]))
            for each in sorted(entries, key=lambda entry: str(entry["at"]))
        )
        heads = (Label.WHEN, Label.WHAT, Label.BY)
        counted = self._say(Label.ENTRIES, count=str(len(entries)))
        return self._section(
            Label.LOG,
            f"<details><summary>{escape(counted)}</summary>"
            f"{self._table(heads, rows)}</details>"
            if entries
            else "",
        )

    # -- parts -------------------------------------------------------------------------

    def _section(self, title: Label, *parts: str) -> str:
        body = "".join(parts) or (
            f'<p class="soft">{escape(self._say(Label.NOTHING))}</p>'
        )
        return f"<section>\n<h2>{escape(self._say(title))}</h2>\n{body}\n</section>\n"

    def _table(self, heads: Iterable[Label], rows: Iterable[Iterable[str]]) -> str:
        body = "".join(
            f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>"
            for row in rows
        )
        if not body:
            return ""
        head = "".join(f'<th scope="col">{escape(self._say(h))}</th>' for h in heads)
        return (
            f'<div class="wide"><table><thead><tr>{head}</tr></thead>'
            f"<tbody>{body}</tbody></table></div>"
        )

    def _say(self, label: Label, **values: str) -> str:
        return LABELS[self._language][label].format(**values)

    def _word(self, kind: type[StrEnum], value: str) -> str:
        return words(kind(value), self._language)

    def _by(self, who: str | None) -> str:
        return self._say(_WHO[who]) if who in _WHO else (who or "")

    def _at(self, at: str | None) -> str:
        if at is None:
            return ""
        there = datetime.fromisoformat(at).astimezone(AMSTERDAM)
        return f"{there:%d-%m-%Y %H:%M}"

    def _last_day(self, grant: Data) -> str:
        """The last day on which it holds, as it was signed for; it ends at midnight."""
        if grant["last_day"] is not None:
            return f"{date.fromisoformat(grant['last_day']):%d-%m-%Y}"
        if grant["until"] is None:
            return ""
        end = datetime.fromisoformat(grant["until"]) - timedelta(microseconds=1)
        return self._at(end.isoformat())[:_DAY]

    def _day(self, picture: Data) -> str:
        return self._at(picture["announced_at"])[:_DAY]


def _list(rows: Iterable[tuple[str, str]]) -> str:
    told = "".join(f"<dt>{escape(k)}</dt><dd>{escape(v)}</dd>" for k, v in rows)
    return f"<dl>{told}</dl>" if told else ""
