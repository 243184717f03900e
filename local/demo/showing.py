"""What the demonstration shows once the pictures are through: to whom, and proof."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from beeldrecht.domain.assets import AssetStatus
from beeldrecht.domain.audit import SHARDS
from beeldrecht.domain.audit_check import verify
from beeldrecht.domain.channels import Channel
from beeldrecht.domain.intake import RenditionName
from cli.api import ProblemError
from cli.failures import sentence
from cli.fetching import fetch, fetched
from cli.pictures import Seen, seen_of
from cli.tables import print_rows, row, status_of
from cli.words import channel_name
from local.demo.covering import rights_in
from local.demo.inbox import Inbox
from local.demo.organisation import ADDRESSES, NAMES, Who
from local.demo.photos import RELEASED, WITHDRAWN
from local.demo.sheet import make_sheet
from local.demo.staff import EDITOR, RECOGNISER, VIEWER
from local.demo.subject import OWN_PAGE, SIGN
from local.demo.telling import Telling
from local.demo.waiting import listed

SHOWN_FOR = Channel.WEBSITE


class LogBrokenError(Exception):
    """The audit log was tampered with, or a step of ours wrote it wrong."""


class Showing:
    """The end of one run."""

    def __init__(self, telling: Telling, output: Path) -> None:
        self._telling = telling
        self._staff = telling.staff
        self._output = output
        self._language = telling.language

    def who_sees_what(self) -> None:
        """Say how much of the library a viewer sees, beside an editor."""
        seen = {name: listed(self._staff[name]) for name in (EDITOR, VIEWER)}
        files = [each["file_name"] for each in seen[VIEWER].values()]
        self._telling.say(
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
        self._telling.say(
            "downloaded_by_viewer", photo=RELEASED, channel=channel, path=here(path)
        )
        for name in (EDITOR, VIEWER):
            why = self._refusal(name, on_record[WITHDRAWN])
            key = f"refused_to_{name}"
            self._telling.say(key, photo=WITHDRAWN, channel=channel, why=why)

    def _refusal(self, name: str, asset_id: str) -> str:
        """What somebody is told who asks for a picture that may not leave."""
        try:
            self._staff[name].post(
                f"/v1/assets/{asset_id}/downloads", {"channel": SHOWN_FOR.value}
            )
        except ProblemError as error:
            return sentence(error, self._language)
        raise AssertionError("a picture left whose consent was taken back")

    def everything(
        self, asset_ids: Sequence[str], on_record: Mapping[str, str]
    ) -> tuple[tuple[Seen, ...], Path]:
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
        print_rows(rows, self._telling.out, self._language)
        # What people signed is not for staff to see in bulk: the sheet alone has it, from
        # the register itself.
        ours = {
            person_id: NAMES[who] for who, person_id in self._telling.people().items()
        }
        # Whoever tries things by hand may have linked somebody of their own.
        faces = [face for seen in pictures for face in seen.faces]
        linked = {person_id for face in faces for person_id in face.person_ids}
        linked |= {each.person_id for face in faces for each in face.suggested}
        portrayed = {p: people[p] for p in linked if p in people} | ours
        facts = self._telling.operator.register.facts(portrayed)
        sheet = make_sheet(
            pictures,
            portrayed,
            facts,
            self._preview,
            datetime.now(UTC),
            self._language,
            rights_in(self._output, on_record, self._preview),
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
        found = self._telling.operator.checkpoints.all()
        chains = self._telling.operator.audit_reader.chains()
        verified = verify(chains, found.checkpoints, unreadable=found.unreadable)
        if verified.findings:
            named = ", ".join(sorted({each.id.value for each in verified.findings}))
            self._telling.say("log_broken", findings=named)
            raise LogBrokenError(named)
        self._telling.say("log_holds", count=verified.entries, chains=len(SHARDS))

    def what_next(self, pictures: Sequence[Seen], sheet: Path, inbox: Inbox) -> None:
        """Say where everything is, and what can be tried by hand."""
        self._telling.out.print()
        ready = [s for s in pictures if status_of(s) is AssetStatus.READY]
        self._telling.say("done_sheet", path=here(sheet))
        self._telling.say("done_page", address=f"{self._staff.address}/")
        self._telling.say("done_inbox", address=inbox.address)
        if waits := inbox.link(ADDRESSES[Who.MARC], SIGN):
            self._telling.say("done_sign", name=NAMES[Who.MARC], link=waits)
        if own := inbox.link(ADDRESSES[Who.HENK], OWN_PAGE):
            self._telling.say("done_own_page", name=NAMES[Who.HENK], link=own)
        if renews := inbox.link(ADDRESSES[Who.ANNA], SIGN):
            self._telling.say("done_renew", name=NAMES[Who.ANNA], link=renews)
        for proof in sorted((self._output / "certificate").glob("*.json")):
            evidence = here(self._output / "evidence" / "evidence.pdf")
            self._telling.say("done_proof", proof=here(proof), evidence=evidence)
        self._telling.say("done_login")
        self._telling.say("done_next", asset=(ready or list(pictures))[0].asset_id[:8])
        self._telling.say("done_stop")


def here(path: Path) -> Path:
    """The path as it can be typed here."""
    resolved = path.resolve()
    folder = Path.cwd()
    return resolved.relative_to(folder) if resolved.is_relative_to(folder) else resolved
