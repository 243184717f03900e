"""The audit log: verified as a whole, searched, and taken along.

Verifying is for an operator, with credentials of the account, or for anybody with a copy:
it trusts nothing but the digests. Searching and the file for a spreadsheet are the data
protection officer's, through the API.
"""

import argparse
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from time import perf_counter

from rich import box
from rich.table import Table

from beeldrecht.domain.audit import SHARDS
from beeldrecht.domain.audit_check import verify as verify_log
from beeldrecht.domain.audit_findings import AuditFinding, Chain, Verified
from beeldrecht.domain.messages import words
from cli import spreadsheets
from cli.audit_copies import load, saved
from cli.desk import DONE, NOT_DONE, Desk
from cli.fetching import FileThereError, NoPlaceError
from cli.names import short
from cli.progress import bar
from cli.typed import day_in
from cli.words import moment, say

PATH = "/v1/audit"
_PAGE = 100


def add_arguments(made: argparse.ArgumentParser, language: str) -> None:
    """Explain what can be typed behind `audit`."""

    def text(key: str) -> str:
        return say(f"help_audit_{key}", language)

    acts = made.add_subparsers(dest="act", metavar="ACT", required=True)
    checking = acts.add_parser("verify", help=text("verify"))
    checking.add_argument("--file", type=Path, metavar="PATH", help=text("file"))
    checking.add_argument("--keep", type=Path, metavar="FILE", help=text("keep"))
    looking = acts.add_parser("search", help=text("search"))
    looking.add_argument("--limit", type=int, default=50, help=text("limit"))
    taking = acts.add_parser("export", help=text("export"))
    taking.add_argument("to", type=Path, metavar="FILE", help=text("to"))
    for each in (looking, taking):
        each.add_argument("--subject", metavar="ID", help=text("subject"))
        for name in ("--day", "--until"):
            each.add_argument(
                name, type=day_in(language), metavar="DATE", help=text(name[2:])
            )
        each.add_argument("--actor", metavar="ID", help=text("actor"))
        each.add_argument("--tag", metavar="TAG", help=text("tag"))


def audit(desk: Desk, given: argparse.Namespace) -> int:
    """Verify the log, search it, or take it along."""
    return {"verify": verify, "search": search, "export": export}[given.act](desk, given)


# -- verifying -------------------------------------------------------------------------


def verify(desk: Desk, given: argparse.Namespace) -> int:
    """Verify every chain and checkpoint; 1 when anything is wrong, each told by name."""
    began = perf_counter()
    result = _of_copy(desk, given.file) if given.file else _of_account(desk, given.keep)
    seconds = perf_counter() - began
    desk.print(
        "audit_verified",
        chains=len(SHARDS),
        entries=f"{result.entries:,}",
        checkpoints=f"{result.checkpoints:,}",
        seconds=f"{seconds:.1f}",
    )
    for begin in result.beginnings:
        desk.print(
            "audit_begins",
            chain=begin.shard,
            number=f"{begin.number + 1:,}",
            days=f"{begin.days:,}",
            until=moment(datetime.fromisoformat(begin.until), desk.language),
            at=moment(datetime.fromisoformat(begin.at), desk.language),
        )
    if not result.findings:
        desk.print("audit_whole")
        return DONE
    desk.print("audit_broken", count=len(result.findings))
    desk.out.print(_table(desk, result.findings), markup=False)
    return NOT_DONE


def _of_copy(desk: Desk, path: Path) -> Verified:
    copy = load(path)
    chains = _shown(desk, copy.chains)
    found = copy.found
    result = verify_log(chains, found.checkpoints, unreadable=found.unreadable)
    findings = (*copy.findings, *result.findings)
    return replace(result, findings=findings)


def _of_account(desk: Desk, keep: Path | None) -> Verified:
    """Read and verify chain by chain: no more than one is held at a time.

    The checkpoints come first: whatever is written meanwhile only makes chains longer.
    """
    deployed = desk.deployed
    found = deployed.checkpoints.all()
    chains = _shown(desk, (deployed.audit_reader.chain(shard) for shard in SHARDS))
    with ExitStack() as open_files:
        if keep is not None:
            try:
                to = open_files.enter_context(keep.open("x", encoding="utf-8"))
            except FileExistsError as error:
                raise FileThereError(keep) from error
            except OSError as error:
                raise NoPlaceError(keep) from error
            chains = saved(chains, found.checkpoints, to)
        return verify_log(chains, found.checkpoints, desk.now(), found.unreadable)


def _shown(desk: Desk, chains: Iterable[Chain]) -> Iterator[Chain]:
    label = say("audit_verifying", desk.language)
    with bar(desk.out, label, len(SHARDS)) as shown:
        entries = 0
        for chain in chains:
            entries += len(chain.entries)
            shown.note(f"{entries:,}")
            yield chain
            shown.advance(1)


def _table(desk: Desk, findings: Iterable[AuditFinding]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in ("chain", "numbers", "entry", "finding"):
        table.add_column(say(f"column_{column}", desk.language), overflow="fold")
    for finding in findings:
        table.add_row(
            finding.shard or "-",
            _numbers(desk, finding),
            finding.entry_id or "-",
            words(finding.id, desk.language),
        )
    return table


def _numbers(desk: Desk, finding: AuditFinding) -> str:
    """Which numbers of its chain, and which checkpoint says so."""
    first, last = finding.first, finding.last
    told = "-" if first is None else str(first)
    if last is not None and last != first:
        told = f"{told}-{last}"
    if finding.checkpoint is None:
        return told
    by = say("audit_checkpoint", desk.language, number=finding.checkpoint)
    return by if finding.shard is None else f"{told} ({by})"


# -- searching and taking along --------------------------------------------------------


def search(desk: Desk, given: argparse.Namespace) -> int:
    """List what happened, the newest first."""
    count = 0
    for each in desk.api.each(PATH, "items", limit=_PAGE, **_asked(given)):
        if count == given.limit:
            desk.print("audit_more")
            break
        count += 1
        desk.print(
            "audit_line",
            at=moment(datetime.fromisoformat(each["at"]), desk.language),
            tag=each["tag"],
            subject=short(each["subject"]),
            actor=short(each["actor"]),
            data=" ".join(f"{k}={v}" for k, v in each["data"].items() if v is not None),
        )
    if not count:
        desk.print("audit_nothing")
    return DONE


def export(desk: Desk, given: argparse.Namespace) -> int:
    """Write what happened to a file for a spreadsheet, the oldest first."""
    rows = spreadsheets.fetch(desk, f"{PATH}/export", _asked(given), given.to)
    desk.print("audit_exported", count=f"{rows:,}", file=given.to)
    return DONE


def _asked(given: argparse.Namespace) -> dict[str, object]:
    names = ("subject", "day", "until", "actor", "tag")
    return {name: getattr(given, name) for name in names}
