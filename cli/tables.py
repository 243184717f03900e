"""Pictures as rows of words, and those as a table on a terminal or as plain lines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Protocol

from rich import box
from rich.console import Console, Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from beeldrecht.domain.assets import AssetStatus
from beeldrecht.domain.channels import Channel, Verdict
from beeldrecht.domain.decisions import Finding, FindingId, Outcome
from beeldrecht.domain.messages import words
from cli.names import short
from cli.pictures import FaceState, Seen, SeenFace
from cli.words import (
    VERDICT_SIGNS,
    channel_name,
    finding_date,
    listed,
    rejection_words,
    say,
    status_name,
    verdict_name,
)

ROOMY = 120
"""Columns of a terminal from which a table is easier to read than blocks."""

_STYLES = {
    AssetStatus.READY.value: "cyan",
    AssetStatus.RELEASED.value: "green",
    AssetStatus.EMBARGOED.value: "yellow",
    AssetStatus.REJECTED.value: "red",
}
_STATUS_OF = {
    Outcome.EMBARGOED: AssetStatus.EMBARGOED,
    Outcome.READY: AssetStatus.READY,
    Outcome.RELEASED: AssetStatus.RELEASED,
}


class NameBook(Protocol):
    """People's names by id."""

    def __getitem__(self, person_id: str, /) -> str:
        """The name of a person."""
        ...


@dataclass(frozen=True, slots=True)
class Row:
    """One picture in words."""

    photo: str
    asset_id: str
    status: AssetStatus
    status_name: str
    faces: str
    people: str
    channels: str
    findings: tuple[str, ...]


def row(
    seen: Seen,
    names: NameBook,
    files: Mapping[str, str],
    language: str,
) -> Row:
    """A picture in words; `files` holds the file name of every asset that is named."""
    status = status_of(seen)
    return Row(
        photo=seen.file_name,
        asset_id=seen.asset_id,
        status=status,
        status_name=status_name(status, language),
        faces=str(len(seen.faces)) if seen.decision else "-",
        people="\n".join(_people(seen, names, language)),
        channels=channels_in_words(seen.decision.per_channel, language)
        if seen.decision
        else "-",
        findings=tuple(_findings(seen, names, files, language)),
    )


def status_of(seen: Seen) -> AssetStatus:
    """Where the picture stands now, by the decision just asked for where there is one."""
    if seen.decision is None or not seen.settled:
        return seen.status
    return _STATUS_OF[seen.decision.outcome]


def channels_in_words(verdicts: Mapping[Channel, Verdict], language: str) -> str:
    """The verdict of each channel, those with one verdict together."""
    parts = []
    for verdict in Verdict:
        channels = [c for c, v in verdicts.items() if v is verdict]
        if channels:
            name = (
                say("all_channels", language)
                if len(channels) == len(Channel)
                else ", ".join(channel_name(c, language) for c in channels)
            )
            sign = VERDICT_SIGNS[verdict]
            parts.append(f"{sign} {verdict_name(verdict, language)}: {name}")
    return "\n".join(parts)


def _people(seen: Seen, names: NameBook, language: str) -> list[str]:
    named = [who(f, names, language) for f in seen.faces if f.person_ids or f.suggested]
    unnamed = sum(f.state is FaceState.UNNAMED for f in seen.faces)
    if unnamed:
        named.append(say("unnamed_count", language, count=unnamed))
    named += [names[each] for each in seen.declared]
    return named


def worth_saying(seen: Seen) -> list[Finding]:
    """What is found about the picture as a whole, without what is not at issue yet.

    That nobody released it is a task once it is ready, and noise before.
    """
    stays_in = seen.decision is None or seen.decision.outcome is Outcome.EMBARGOED
    return [f for f in seen.findings if not (stays_in and f.id is FindingId.NOT_RELEASED)]


def who(face: SeenFace, names: NameBook, language: str) -> str:
    """Who a face is, or may be."""
    if face.person_ids:
        return " / ".join(names[p] for p in face.person_ids)
    guesses = [
        say(
            "suggested_name",
            language,
            name=names[each.person_id],
            band=say(f"band_{each.band}", language),
        )
        for each in face.suggested
    ]
    return ", ".join(guesses) or say(FaceState.UNNAMED.value, language)


def _findings(
    seen: Seen,
    names: NameBook,
    files: Mapping[str, str],
    language: str,
) -> list[str]:
    if seen.rejection is not None:
        return [rejection_words(seen.rejection, language)]
    if seen.decision is None:
        return [say("under_way", language)]
    said = []
    if seen.duplicate_of:
        original = files.get(seen.duplicate_of, short(seen.duplicate_of))
        said.append(say("duplicate_of", language, name=original))
    said += [
        say("near_duplicate", language, name=files.get(near, short(near)))
        for near in seen.near_duplicates
    ]
    said += [words(f.id, language) for f in worth_saying(seen)]
    for reason, faces in _by_reason(seen, names, language).items():
        where = f" ({reason.where})" if reason.where else ""
        said.append(f"{listed(faces, language)}{where}: {reason.text}")
    return said


@dataclass(frozen=True, slots=True)
class Reason:
    """Something about a face, in words."""

    text: str
    where: str
    """The channels that it is about; empty when about all."""


def _by_reason(seen: Seen, names: NameBook, language: str) -> dict[Reason, list[str]]:
    """Every reason once, with the people or faces that it is about."""
    about: dict[Reason, list[str]] = {}
    for face in seen.faces:
        name = (
            names[face.person_ids[0]]
            if face.person_ids
            else say("face_number", language, number=face.number)
        )
        for reason in face_reasons(face.findings, language):
            if name not in about.setdefault(reason, []):
                about[reason].append(name)
    for person_id in seen.declared:
        for reason in face_reasons(seen.about(person_id), language):
            about.setdefault(reason, []).append(names[person_id])
    return about


def face_reasons(findings: Sequence[Finding], language: str) -> list[Reason]:
    """What is found about one face: each reason once, with its channels and its date."""
    said = []
    for (finding_id, _), same in groupby(sorted(findings, key=_reason), key=_reason):
        group = list(same)
        channels = [channel_name(f.channel, language) for f in group if f.channel]
        text = (
            say("agrees", language)
            if finding_id is FindingId.GRANT_IN_FORCE
            else words(finding_id, language)
        )
        date = finding_date(group[0], language)
        somewhere = 0 < len(channels) < len(Channel)
        where = listed(channels, language) if somewhere else ""
        said.append(Reason(f"{text} {date}".strip(), where))
    return said


def _reason(finding: Finding) -> tuple[FindingId, str]:
    return finding.id, finding.until.isoformat() if finding.until else ""


def print_rows(rows: Sequence[Row], console: Console, language: str) -> None:
    """A table where there is room; blocks on a narrow terminal; plain lines elsewhere."""
    if not console.is_terminal:
        for each in rows:
            _print_lines(each, console)
        return
    if console.width >= ROOMY:
        console.print(_table(rows, language))
    else:
        for each in rows:
            console.print(_block(each))
    console.print(Text(say("legend", language), style="dim"))


def _table(rows: Sequence[Row], language: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_lines=True)
    for column in ("photo", "status", "faces", "people", "channels", "findings"):
        table.add_column(
            say(f"column_{column}", language),
            overflow="fold",
            justify="right" if column == "faces" else "left",
            ratio={"findings": 4, "channels": 2}.get(column),
        )
    for each in rows:
        table.add_row(
            Text.assemble(each.photo, ("\n" + short(each.asset_id), "dim")),
            Text(each.status_name, style=_STYLES.get(each.status.value, "")),
            each.faces,
            Text(each.people),
            Text(each.channels),
            Text("\n".join(each.findings)),
        )
    return table


def _block(each: Row) -> Padding:
    """One picture for a narrow terminal: a heading, then what there is to say."""
    status = (each.status_name, _STYLES.get(each.status.value, ""))
    head = Text.assemble(
        (each.photo, "bold"), "  ", (short(each.asset_id), "dim"), "  ", status
    )
    people = ", ".join(filter(None, each.people.split("\n")))
    lines = [people, *each.channels.split("\n"), *(f"· {f}" for f in each.findings)]
    body = Text("\n".join(line for line in lines if line not in {"", "-"}))
    return Padding(Group(head, Padding(body, (0, 0, 0, 2))), (0, 0, 1, 0))


def _print_lines(each: Row, console: Console) -> None:
    fields = (each.photo, short(each.asset_id), each.status_name, each.faces)
    tail = (each.people, each.channels)
    flat = [" | ".join(text.split("\n")) for text in (*fields, *tail)]
    # Not through the console, which turns tabs into spaces.
    for line in ("\t".join(flat), *(f"\t{finding}" for finding in each.findings)):
        console.file.write(f"{line}\n")
