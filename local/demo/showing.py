"""What the demonstration shows once the pictures are through: to whom, and proof."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console

from beeldrecht.domain.assets import AssetStatus
from beeldrecht.domain.audit import SHARDS
from beeldrecht.domain.audit_check import verify
from beeldrecht.domain.channels import Channel
from beeldrecht.domain.intake import RenditionName
from cli.api import ProblemError
from cli.failures import sentence
from cli.fetching import fetch, fetched
from cli.pictures import Seen, seen_of
from cli.stack import Deployed
from cli.tables import print_rows, row, status_of
from cli.words import channel_name
from local.demo.catalogue import say
from local.demo.organisation import Who
from local.demo.photos import RELEASED, WITHDRAWN
from local.demo.sheet import make_sheet
from local.demo.staff import EDITOR, RECOGNISER, VIEWER, Staff
from local.demo.waiting import listed

SHOWN_FOR = Channel.WEBSITE


class LogBrokenError(Exception):
    """The audit log was tampered with, or a step of ours wrote it wrong."""


class Showing:
    """The end of one run."""

    def __init__(
        self,
        staff: Staff,
        deployed: Deployed,
        output: Path,
        out: Console,
        language: str,
    ) -> None:
        self._staff = staff
        self._operator = deployed
        self._output = output
        self._out = out
        self._language = language

    def who_sees_what(self) -> None:
        """Say how much of the library a viewer sees, beside an editor."""
        seen = {name: listed(self._staff[name]) for name in (EDITOR, VIEWER)}
        files = [each["file_name"] for each in seen[VIEWER].values()]
        self._say(
            "sees",
            editor=len(seen[EDITOR]),
            viewer=len(files),
            files=", ".join(sorted(files)) or "-",
        )

    def who_gets_what(self, on_record: Mapping[str, str]) -> None:
        """Let a viewer download what is released, and hear why not what no longer is."""
        channel = channel_name(SHOWN_FOR, self._language)
        path = self._output / "downloads" / RELEASED
        if not path.is_file():
            path.parent.mkdir(parents=True, exist_ok=True)
            fetch(self._staff[VIEWER], on_record[RELEASED], SHOWN_FOR, path)
        self._say(
            "downloaded_by_viewer", photo=RELEASED, channel=channel, path=here(path)
        )
        for name in (EDITOR, VIEWER):
            why = self._refusal(name, on_record[WITHDRAWN])
            key = f"refused_to_{name}"
            self._say(key, photo=WITHDRAWN, channel=channel, why=why)

    def _refusal(self, name: str, asset_id: str) -> str:
        """What somebody is told who asks for a picture that may not leave."""
        try:
            self._staff[name].post(
                f"/v1/assets/{asset_id}/downloads", {"channel": SHOWN_FOR.value}
            )
        except ProblemError as error:
            return sentence(error, self._language)
        raise AssertionError("a picture left whose consent was taken back")

    def everything(self, asset_ids: Sequence[str]) -> tuple[tuple[Seen, ...], Path]:
        """Print the table and write the contact sheet, as a recogniser sees them."""
        api = self._staff[RECOGNISER]
        pictures = tuple(
            seen_of(api.get(f"/v1/assets/{asset_id}").body) for asset_id in asset_ids
        )
        people = {
            each["person_id"]: str(each["name"])
            for each in api.each("/v1/people", "items")
        }
        files = {seen.asset_id: seen.file_name for seen in pictures}
        rows = [row(seen, people, files, self._language) for seen in pictures]
        print_rows(rows, self._out, self._language)
        # What people signed is not for staff to see in bulk: the sheet alone has it, from
        # the register itself, as the founding wrote it.
        facts = self._operator.register.facts([who.person_id for who in Who])
        sheet = make_sheet(
            pictures,
            {who.person_id: people[who.person_id] for who in Who},
            facts,
            self._preview,
            datetime.now(UTC),
            self._language,
        )
        path = self._output / "contact-sheet.html"
        scratch = path.with_suffix(".part")
        scratch.write_text(sheet, encoding="utf-8")
        scratch.rename(path)
        return pictures, path

    def _preview(self, asset_id: str) -> bytes:
        """A picture's preview; kept, so that a second run does not look at it again."""
        path = self._output / "previews" / f"{asset_id}.jpg"
        if not path.is_file():
            leave = self._staff[RECOGNISER].get(
                f"/v1/assets/{asset_id}/renditions/{RenditionName.PREVIEW}"
            )
            path.parent.mkdir(parents=True, exist_ok=True)
            scratch = path.with_suffix(".part")
            scratch.write_bytes(fetched(leave["url"]))
            scratch.rename(path)
        return path.read_bytes()

    def the_log(self) -> None:
        """Read the whole audit log as it lies there, and say whether it holds."""
        found = self._operator.checkpoints.all()
        chains = self._operator.audit_reader.chains()
        verified = verify(chains, found.checkpoints, unreadable=found.unreadable)
        if verified.findings:
            named = ", ".join(sorted({each.id.value for each in verified.findings}))
            self._say("log_broken", findings=named)
            raise LogBrokenError(named)
        self._say("log_holds", count=verified.entries, chains=len(SHARDS))

    def what_next(self, pictures: Sequence[Seen], sheet: Path) -> None:
        """Say where everything is, and what can be tried by hand."""
        self._out.print()
        ready = [s for s in pictures if status_of(s) is AssetStatus.READY]
        self._say("done_sheet", path=here(sheet))
        self._say("done_page", address=f"{self._staff.address}/")
        self._say("done_login")
        self._say("done_next", asset=(ready or list(pictures))[0].asset_id[:8])
        self._say("done_stop")

    def _say(self, key: str, **values: object) -> None:
        text = say(key, self._language, **values)
        self._out.print(text, markup=False, soft_wrap=True)


def here(path: Path) -> Path:
    """The path as it can be typed here."""
    resolved = path.resolve()
    folder = Path.cwd()
    return resolved.relative_to(folder) if resolved.is_relative_to(folder) else resolved
