"""Consents that were given elsewhere, as tables say them: ours, or ResourceSpace's.

Nothing is guessed. A row that says too little, or something that has no word here, is
given back with the reason; what it does say is a person on record and no consent.
"""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from beeldrecht.domain.channels import Channel
from beeldrecht.domain.time import months_later
from cli.lists import ListRefusedError

COLUMNS: Final = frozenset(
    {
        *("ref", "name", "email", "signed", "expires", "channels", "portrait"),
        *("scan", "language", "born", "country", "guardian", "pictures"),
    }
)
_PARTED: Final = "|"
_YES: Final = frozenset({"yes", "ja", "1", "true"})
_NO: Final = frozenset({"", "no", "nee", "0", "false"})


class RowRefusal(StrEnum):
    """Why a row becomes no consent that is valid for use."""

    NO_NAME = "row_without_name"
    NO_REF = "row_without_own_ref"
    NO_SCAN = "row_without_scan"
    NO_DAY = "row_without_day_of_signing"
    BAD_DAY = "row_with_no_such_day"
    BAD_VALUE = "row_with_unknown_value"
    UNKNOWN_CHANNEL = "row_with_unknown_channel"
    NOT_OFFERED = "row_with_channel_not_in_wording"
    NO_CHANNEL = "row_without_channel"
    UNKNOWN_WORDING = "row_of_unknown_wording"
    ENDS_SOONER = "row_ends_before_wording"
    NAMESAKE = "row_of_name_on_record"
    REFUSED = "row_refused_by_library"


@dataclass(frozen=True, slots=True)
class Row:
    """One consent, as a table says it; every value is text as it stands there."""

    ref: str
    name: str
    email: str = ""
    signed: str = ""
    expires: str = ""
    channels: tuple[str, ...] = ()
    portrait: str = ""
    scan: str = ""
    language: str = ""
    born: str = ""
    country: str = ""
    guardian: str = ""
    pictures: tuple[str, ...] = ()
    """What the other system called the pictures of this person."""


@dataclass(frozen=True, slots=True)
class Form:
    """A consent that can be entered: everything that a paper form has to say."""

    signed: date
    channels: tuple[Channel, ...]
    portrait: bool
    born: date | None
    scan: Path


@dataclass(frozen=True, slots=True)
class Offer:
    """What a wording offers: months by channel, and whether it is a contract too."""

    name: str
    channels: Mapping[str, int]
    portrait_months: int | None


def quitclaims_in(path: Path) -> list[Row]:
    """The rows of our own table; raises ListRefusedError."""
    rows = []
    for said in table_in(path, COLUMNS, {"ref", "name"}):
        channels, pictures = said.pop("channels", ""), said.pop("pictures", "")
        bare = Row(said.pop("ref"), said.pop("name"))
        lists = {"channels": _parts(channels), "pictures": _parts(pictures)}
        whole: dict[str, Any] = {**said, **{k: tuple(v) for k, v in lists.items()}}
        rows.append(replace(bare, **whole))
    return rows


def resourcespace_in(consents: Path, pictures: Path | None) -> list[Row]:
    """The rows of ResourceSpace's `consent`, with those of `resource_consent`.

    Raises ListRefusedError. What it calls the usage is a list of words; the day on which
    a row was made is no day of signing, so a row has none.
    """
    shown: dict[str, list[str]] = {}
    if pictures is not None:
        for said in table_in(pictures, None, {"resource", "consent"}):
            shown.setdefault(said["consent"], []).append(said["resource"])
    return [
        Row(
            ref=said["ref"],
            name=said.get("name", ""),
            email=said.get("email", ""),
            signed=said.get("signed", ""),
            expires=said.get("expires", "")[:10],
            channels=tuple(_parts(said.get("consent_usage", "").replace(",", _PARTED))),
            scan=said.get("file", ""),
            pictures=tuple(shown.get(said["ref"], ())),
        )
        for said in table_in(consents, None, {"ref", "name"})
    ]


def without_consent(rows: Iterable[Row], pictures: Path) -> list[tuple[str, str]]:
    """Consent and resource of the rows that no consent of the table belongs to."""
    known = {row.ref for row in rows}
    said = table_in(pictures, None, {"resource", "consent"})
    return [(e["consent"], e["resource"]) for e in said if e["consent"] not in known]


def form_of(  # noqa: PLR0911  # a return for each reason
    row: Row, offer: Offer | None, scans: Path, usages: Mapping[str, Channel]
) -> Form | RowRefusal:
    """A row as a paper form, or why it is none that counts.

    `usages` says which of our channels another system's word means. An end that is sooner
    than the wording's own cannot be recorded: rather nothing than too long.
    """
    signed, expires, born = (_day(text) for text in (row.signed, row.expires, row.born))
    if RowRefusal.BAD_DAY in {signed, expires, born}:
        return RowRefusal.BAD_DAY
    if row.portrait.casefold() not in _YES | _NO:
        return RowRefusal.BAD_VALUE
    if not isinstance(signed, date):
        return RowRefusal.NO_DAY
    channels = [usages.get(each.casefold()) for each in row.channels]
    named = tuple(dict.fromkeys(each for each in channels if each is not None))
    if None in channels:
        return RowRefusal.UNKNOWN_CHANNEL
    portrait = row.portrait.casefold() in _YES
    if not named and not portrait:
        return RowRefusal.NO_CHANNEL
    if offer is None:
        return RowRefusal.UNKNOWN_WORDING
    if not set(named) <= {*offer.channels} or (portrait and not offer.portrait_months):
        return RowRefusal.NOT_OFFERED
    months = [offer.channels[each] for each in named]
    months += [offer.portrait_months] if portrait and offer.portrait_months else []
    if isinstance(expires, date) and months_later(signed, max(months)) > expires:
        return RowRefusal.ENDS_SOONER
    scan = scans / Path(row.scan).name
    if not row.scan or not scan.is_file():
        return RowRefusal.NO_SCAN
    return Form(signed, named, portrait, born if isinstance(born, date) else None, scan)


def _day(text: str) -> date | RowRefusal | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return RowRefusal.BAD_DAY


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(_PARTED) if part.strip()]


def table_in(
    path: Path,
    only: frozenset[str] | None,
    needed: set[str],
    wrong: str = "error_quitclaim_columns",
) -> list[dict[str, str]]:
    """Rows by lower-case column; of a table that is not ours, all columns are read.

    Raises ListRefusedError, with `wrong` where the columns are others.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise ListRefusedError("error_list_missing", path) from error
    except (OSError, UnicodeDecodeError) as error:
        raise ListRefusedError("error_list_unreadable", path) from error
    head, _, _ = text.partition("\n")
    delimiter = ";" if ";" in head else ","
    table = csv.DictReader(io.StringIO(text), delimiter=delimiter, restkey="rest")
    columns = {(name or "").strip().lower() for name in table.fieldnames or ()}
    if not needed <= columns or (only is not None and not columns <= only):
        raise ListRefusedError(wrong, path)
    rows = []
    for number, row in enumerate(table, start=2):
        if "rest" in row or any(value is None for value in row.values()):
            raise ListRefusedError("error_list_row", path, number)
        rows.append({name.strip().lower(): v.strip() for name, v in row.items()})
    return rows
