"""The command `import-quitclaims`: consents that were given elsewhere, as far as known.

Each person goes on record. A consent goes on record where the table and the scan say all
that a form on paper says, under a wording that is on record; every other row is listed
with the reason, and allows nothing until a person enters the form by hand.
"""

import argparse
import csv
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from beeldrecht.domain.channels import Channel
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.time import day_of
from cli import wordings
from cli.api import ProblemError
from cli.consents import enter_form, scan_of
from cli.desk import DONE, NOT_DONE, Desk
from cli.fetching import FileThereError, NoPlaceError
from cli.files import FileRefusedError
from cli.people import PATH
from cli.quitclaim_rows import (
    Form,
    Offer,
    Row,
    RowRefusal,
    form_of,
    quitclaims_in,
    resourcespace_in,
    without_consent,
)
from cli.sending import StoreBusyError, UploadRefusedError
from cli.shown_pictures import Shown, brought_by, write
from cli.state import Remembered
from cli.words import say

HEADINGS: Final = ("ref", "state", "person_id", "quitclaim_id", "reason", "pictures")
FILE: Final = "quitclaims.json"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one row."""

    row: Row
    state: str
    """`entered`, `there` (an earlier run entered it), `listed`, or `would_enter`."""
    person_id: str = ""
    quitclaim_id: str = ""
    reason: RowRefusal | None = None


def import_quitclaims(desk: Desk, given: argparse.Namespace) -> int:
    """Bring in a table of consents; what becomes none is listed with the reason."""
    for report in (
        given.report,
        *([given.pictures_report] if given.import_report else []),
    ):
        if report.exists():
            raise FileThereError(report)
    if given.resourcespace:
        rows = resourcespace_in(given.table, given.resource_consent)
    else:
        rows = quitclaims_in(given.table)
    offer = _offer(desk, given.wording)
    usages = {each.value: each for each in Channel} | dict(given.usage)
    scans = given.scans or given.table.parent
    refs = Counter(row.ref for row in rows)
    found: list[Outcome] = []
    clerk = _Clerk(desk, offer)
    for row in rows:
        form = form_of(row, offer, scans, usages)
        if not row.name:
            found.append(Outcome(row, "listed", reason=RowRefusal.NO_NAME))
        elif not row.ref or refs[row.ref] > 1:
            found.append(Outcome(row, "listed", reason=RowRefusal.NO_REF))
        elif given.dry_run:
            known = isinstance(form, RowRefusal)
            state = "listed" if known else "would_enter"
            found.append(
                Outcome(row, state, reason=form if isinstance(form, RowRefusal) else None)
            )
        else:
            found.append(clerk.bring(row, form))
    done = _tell(desk, found, given.report)
    if given.dry_run or not given.import_report:
        return done
    return max(done, _tell_shown(desk, found, given))


def _tell_shown(desk: Desk, found: list[Outcome], given: argparse.Namespace) -> int:
    """Write who was in which picture; a person links them, face by face."""
    shown = [
        Shown(each.row.ref, picture, each.person_id)
        for each in found
        for picture in each.row.pictures
    ]
    if given.resource_consent:
        others = without_consent((each.row for each in found), given.resource_consent)
        shown += [Shown(ref, picture, known=False) for ref, picture in others]
    brought = brought_by(given.import_report, given.resources)
    missing = write(shown, brought, desk.api, desk.language, given.pictures_report)
    desk.print(
        "shown_summary",
        found=len(shown) - missing,
        missing=missing,
        report=given.pictures_report,
    )
    return NOT_DONE if missing else DONE


def _offer(desk: Desk, given: str | None) -> Offer | None:
    if given is None:
        return None
    name = wordings.version_meant(desk, given)
    view = wordings.read_version(desk, name)
    return Offer(name, view["channels"], view["portrait_months"])


class _Clerk:
    """Enters rows, and remembers what became of each."""

    def __init__(self, desk: Desk, offer: Offer | None) -> None:
        self._desk = desk
        self._offer = offer
        self._kept = Remembered(FILE)
        self._names = Counter(each["name"] for each in desk.api.each(PATH, "items"))

    def bring(self, row: Row, form: Form | RowRefusal) -> Outcome:
        """Put the person on record, and the form where there is one."""
        name = derived_id("quitclaim", self._desk.api.address, row.ref, row.name)
        known = dict((self._kept.read() or {}).get(name) or {})
        if "person_id" not in known:
            if self._names[row.name]:
                return Outcome(row, "listed", reason=RowRefusal.NAMESAKE)
            made = self._desk.api.post(PATH, {"name": row.name}, key=name)
            known["person_id"] = str(made["person_id"])
            self._note(name, known)
            self._names[row.name] += 1
        person_id = known["person_id"]
        if "quitclaim_id" in known:
            return Outcome(row, "there", person_id, known["quitclaim_id"])
        if isinstance(form, RowRefusal):
            return Outcome(row, "listed", person_id, reason=form)
        there = self._signed_then(person_id, form)
        try:
            quitclaim_id = there or self._enter(person_id, row, form)
        except (ProblemError, FileRefusedError, UploadRefusedError, StoreBusyError):
            return Outcome(row, "listed", person_id, reason=RowRefusal.REFUSED)
        self._note(name, {**known, "quitclaim_id": quitclaim_id})
        return Outcome(row, "entered", person_id, quitclaim_id)

    def _signed_then(self, person_id: str, form: Form) -> str | None:
        """The form of that day, where a run that was killed had entered it."""
        view = self._desk.api.get(f"{PATH}/{person_id}/consents")
        for each in view["consents"]:
            if each["signed_on"] == "paper" and _day_of(each) == form.signed.isoformat():
                return str(each["quitclaim_id"])
        return None

    def _enter(self, person_id: str, row: Row, form: Form) -> str:
        guardian = {"name": row.guardian, "relation": "parent"} if row.guardian else None
        order: dict[str, Any] = {
            "wording": self._offer.name if self._offer else "",
            "language": row.language or self._desk.language,
            "signed_day": form.signed.isoformat(),
            "choices": {
                "channels": [each.value for each in form.channels],
                "portrait": form.portrait,
                "biometric": False,
            },
            "signer": {
                "name": row.name,
                "email": row.email or None,
                "birth_date": form.born.isoformat() if form.born else None,
                "country": row.country or "NL",
            },
            "guardian": guardian,
        }
        desk = self._desk
        made = enter_form(desk.api, person_id, scan_of(form.scan), order, desk.store)
        return str(made["quitclaim_id"])

    def _note(self, name: str, known: Mapping[str, str]) -> None:
        with self._kept.alone():
            self._kept.write({**(self._kept.read() or {}), name: dict(known)})


def _day_of(consent: Mapping[str, Any]) -> str:
    return day_of(datetime.fromisoformat(consent["signed_at"])).isoformat()


def _tell(desk: Desk, found: list[Outcome], report: Path) -> int:
    try:
        with report.open("x", encoding="utf-8", newline="") as file:
            table = csv.writer(file)
            table.writerow(HEADINGS)
            for each in found:
                reason = each.reason.value if each.reason else ""
                shown = " ".join(each.row.pictures)
                ids = (each.person_id, each.quitclaim_id)
                row = (each.row.ref, each.state, *ids, reason, shown)
                table.writerow([_harmless(cell) for cell in row])
    except OSError as error:
        raise NoPlaceError(report) from error
    for each in found:
        if each.reason is not None:
            why = say(f"quitclaim_{each.reason}", desk.language)
            desk.print("quitclaim_listed", ref=each.row.ref or "?", why=why)
    counts = Counter(each.state for each in found)
    desk.print(
        "quitclaims_summary",
        entered=counts["entered"] + counts["would_enter"],
        there=counts["there"],
        listed=counts["listed"],
        report=report,
    )
    return NOT_DONE if counts["listed"] else DONE


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def add_arguments(made: argparse.ArgumentParser, language: str) -> None:
    """What can be typed after `import-quitclaims`."""

    def text(key: str) -> str:
        return say(f"help_quitclaims_{key}", language)

    made.add_argument("table", type=Path, metavar="FILE", help=text("table"))
    made.add_argument("--wording", metavar="WORDING", help=text("wording"))
    made.add_argument("--scans", type=Path, metavar="DIR", help=text("scans"))
    made.add_argument("--dry-run", action="store_true", help=text("dry_run"))
    made.add_argument("--resourcespace", action="store_true", help=text("resourcespace"))
    made.add_argument(
        "--resource-consent", type=Path, metavar="FILE", help=text("resource_consent")
    )
    made.add_argument("--resources", type=Path, metavar="FILE", help=text("resources"))
    made.add_argument(
        "--import-report",
        action="append",
        default=[],
        type=Path,
        metavar="FILE",
        help=text("import_report"),
    )
    made.add_argument(
        "--pictures-report",
        type=Path,
        default=Path("quitclaims-pictures.csv"),
        metavar="PATH",
        help=text("pictures_report"),
    )
    made.add_argument(
        "--usage",
        action="append",
        default=[],
        type=_usage,
        metavar="WORD=CHANNEL",
        help=text("usage"),
    )
    made.add_argument(
        "--report",
        type=Path,
        default=Path("quitclaims-report.csv"),
        metavar="PATH",
        help=text("report"),
    )


def _usage(text: str) -> tuple[str, Channel]:
    word, _, channel = text.rpartition("=")
    if not word:
        raise argparse.ArgumentTypeError(text)
    try:
        return word.strip().casefold(), Channel(channel.strip())
    except ValueError as error:
        raise argparse.ArgumentTypeError(text) from error
