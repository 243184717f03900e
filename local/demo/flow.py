"""The walk of the pictures, step by step; each step does only what is not on record.

What staff do goes through the HTTP API, each signed in with a role of their own; what the
people portrayed do goes through the API behind their links (`founding`, `consenting`).
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from rich.console import Console

from beeldrecht.domain.assets import AssetStatus
from beeldrecht.domain.governance import FORMS, RecordState, RegisterKind
from beeldrecht.domain.permits import RecognitionMode
from beeldrecht.domain.sessions import Origin
from beeldrecht.domain.time import AMSTERDAM
from cli.deciding import release_asset, say_who
from cli.files import unchecked
from cli.outbox import Outbox
from cli.pictures import Seen
from cli.progress import bar, console
from cli.stack import Deployed
from cli.state import Remembered
from cli.tables import who
from cli.uploading import Uploads
from cli.words import moment
from local.client import LocalCloud
from local.demo.consenting import Consenting
from local.demo.erasing import Erasing, confirmed
from local.demo.founding import Founding
from local.demo.inbox import Inbox
from local.demo.organisation import NAMES, Gathering, People, Who
from local.demo.photos import (
    COVERED,
    ERASED,
    PORTRAITS,
    RELEASED,
    SUGGESTED,
    Shot,
    name_faces,
    prepare,
    shots,
)
from local.demo.proving import show_evidence
from local.demo.rights import Rights
from local.demo.showing import Showing
from local.demo.staff import (
    CONTRIBUTOR,
    EDITOR,
    OFFICER,
    RECOGNISER,
    SECOND_OFFICER,
    SECOND_RECOGNISER,
    Staff,
)
from local.demo.telling import Telling
from local.demo.waiting import Summary, Waiting, listed
from local.users import ensure_users

AT_ONCE = 3
ENROLLED = "recognition:person:enrol"
CARRIED_FOR = timedelta(days=365)
"""How long the invented impact assessment holds."""
ASSESSMENT_KEY = "demo-impact-assessment"
"""The same at each run, so that the demonstration writes one assessment."""


@dataclass(frozen=True)
class Outcome:
    """Where the demonstration ended."""

    sheet: Path
    pictures: tuple[Seen, ...]
    sent: int
    """How many files this run had to upload."""


def run_demo(
    cloud: LocalCloud,
    output: Path,
    out: Console | None = None,
    language: str = "nl",
) -> Outcome:
    """Walk the pictures through a deployed local cloud; everything made is in `output`.

    Safe to repeat and to kill. Raises StalledError when the chain stops moving.
    """
    with _reaching(cloud):
        ensure_users(cloud)
        staff = Staff(cloud, language)
        telling = Telling(staff, Deployed.find(), out or console(), language)
        return Demo(telling, Inbox(cloud), output).run()


@contextmanager
def _reaching(cloud: LocalCloud) -> Iterator[None]:
    """Let every AWS client of this process reach that cloud and no other."""
    before = dict(os.environ)
    for name in [name for name in before if name.startswith("AWS_")]:
        del os.environ[name]
    os.environ.update(cloud.env)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


class Demo:
    """One run."""

    def __init__(self, telling: Telling, inbox: Inbox, output: Path) -> None:
        self._telling = telling
        self._staff = telling.staff
        self._inbox = inbox
        self._output = output
        self._shots = {shot.name: shot for shot in shots()}
        self._waiting = Waiting(telling.staff[EDITOR], telling.out, telling.language)
        self._sessions: Mapping[Gathering, str] = {}
        self._people: People = {}
        self._on_record: dict[str, str] = {}
        self._gone: frozenset[Who] = frozenset()

    def run(self) -> Outcome:
        """Every step in its order."""
        today = datetime.now(AMSTERDAM).date()
        self._without_whom_left()
        founding = Founding(self._telling, self._output, today, self._gone)
        self._sessions = founding.found()
        self._people = self._telling.people()
        self._switch_recognition()
        early = [shot for shot in self._shots.values() if not shot.late]
        late = [shot for shot in self._shots.values() if shot.late]
        sent = self._upload(early)
        self._link([shot for shot in early if shot.faces])
        self._enrol()
        sent += self._upload(late)
        if not sent:
            self._telling.say("all_uploaded", count=len(self._shots))
        self._confirm_suggestion()
        self._release(RELEASED)
        self._live_with_rights()
        showing = Showing(self._telling, self._output)
        showing.who_sees_what()
        showing.who_gets_what(self._on_record)
        pictures, sheet = showing.everything(
            [self._on_record[s.name] for s in shots() if s.name in self._on_record],
            self._on_record,
        )
        show_evidence(self._telling, self._output)
        showing.the_log()
        showing.what_next(pictures, sheet, self._inbox)
        return Outcome(sheet, pictures, sent)

    def _without_whom_left(self) -> None:
        """Do without whoever was erased, and send no picture of her again."""
        if confirmed(self._staff, self._output) is not None:
            self._gone = frozenset({Who.ELS})
            self._on_record.pop(ERASED, None)
            for name in (ERASED, COVERED):
                self._shots.pop(name, None)

    def _live_with_rights(self) -> None:
        """One consent from end to end, and everything that people have a right to."""
        known = (self._people, self._on_record)
        telling, inbox, output = self._telling, self._inbox, self._output
        Consenting(telling, inbox, self._waiting, *known, output).live()
        rights = Rights(telling, inbox, output, *known)
        rights.answer_recall()
        rights.leave_masked()
        rights.give_copy()
        Erasing(telling, self._waiting, output, *known).erase()
        self._without_whom_left()

    # -- before the first picture ------------------------------------------------------

    def _switch_recognition(self) -> None:
        """Let recognition go as far as closed sessions: two people say so, not one."""
        wanted = RecognitionMode.CLOSED_SESSION.value
        if self._staff[OFFICER].get("/v1/recognition")["mode"] == wanted:
            self._telling.say("switched_before")
            return
        order = {"mode": wanted, "assessment_id": self._assessment()}
        for name in (OFFICER, SECOND_OFFICER):
            api = self._staff[name]
            read = api.get("/v1/recognition")
            answer = api.put("/v1/recognition", order, if_match=read.etag)
            if answer.status == 202:
                until = moment(
                    datetime.fromisoformat(answer["expires_at"]), self._telling.language
                )
                self._telling.say("switch_asked", until=until)
        self._telling.say("switched")

    def _assessment(self) -> str:
        """Have an impact assessment on record, which the officer signs for a year."""
        api, text = self._staff[OFFICER], self._telling.text
        kind = RegisterKind.DPIA
        order = {
            "kind": kind.value,
            "title": text("assessment_title"),
            "answers": {
                field.value: text(f"assessment_{field}") for field in FORMS[kind]
            },
        }
        key = f"{ASSESSMENT_KEY}-{self._telling.language}"
        record = api.post("/v1/governance", order, key=key)
        record_id, latest = str(record["record_id"]), record["versions"][-1]
        if record["state"] == RecordState.DRAFT:
            last_day = datetime.now(AMSTERDAM).date() + CARRIED_FOR
            signature = {
                "version": latest["version"],
                "sha256": latest["sha256"],
                "last_day": last_day.isoformat(),
            }
            path = f"/v1/governance/{record_id}/signature"
            api.post(path, signature, repeatable=True)
        self._telling.say("assessed")
        return record_id

    # -- pictures ----------------------------------------------------------------------

    def _upload(self, wanted: Sequence[Shot]) -> int:
        """Send what is not on record, then wait until all of it is through the chain."""
        folder = self._output / "photos"
        if any(not (folder / shot.name).is_file() for shot in wanted):
            with bar(
                self._telling.out, self._telling.text("making"), len(wanted)
            ) as shown:
                for shot in wanted:
                    shown.note(shot.name)
                    prepare(shot, folder)
                    shown.advance(1)
        known = self._on_record = self._look_up()
        missing = [shot for shot in wanted if shot.name not in known]
        if missing:
            known |= self._send(missing, folder)
        self._waiting.until("waiting", [known[shot.name] for shot in wanted])
        return len(missing)

    def _send(self, missing: Sequence[Shot], folder: Path) -> dict[str, str]:
        """Let the contributor send files, and go on where a run was killed."""
        api = self._staff[CONTRIBUTOR]
        outbox = Outbox(api.address, Remembered("outbox.json", self._output))
        uploads = Uploads(api, outbox)
        files = [unchecked(folder / shot.name) for shot in missing]
        label = self._telling.text("uploading", count=len(files))
        total = sum(file.size for file in files)
        with (
            bar(self._telling.out, label, total) as shown,
            ThreadPoolExecutor(AT_ONCE) as pool,
        ):
            sending = [
                pool.submit(
                    uploads.send,
                    file,
                    self._session_of(shot),
                    shown.advance,
                    Origin.OWN.value,
                )
                for file, shot in zip(files, missing, strict=True)
            ]
            sent = [each.result() for each in sending]
        return dict(zip([shot.name for shot in missing], sent, strict=True))

    def _session_of(self, shot: Shot) -> str | None:
        return self._sessions[shot.at] if shot.at else None

    def _look_up(self) -> dict[str, str]:
        """The asset of every file that is on record, by file name.

        A file is on record when the contributor announced it with this name and size, and
        its bytes arrived. Of one that was announced and never came (a run was killed) the
        outbox knows, and sending it goes on.
        """
        found: dict[str, str] = {}
        contributor = self._staff.user_id(CONTRIBUTOR)
        for summary in listed(self._staff[EDITOR]).values():
            name = summary["file_name"]
            if self._gone and name == f"{summary['asset_id']}.jpg":
                # She was covered in it for good, and its name went with her.
                found[COVERED] = summary["asset_id"]
            ours = name in self._shots and summary["uploader_id"] == contributor
            if ours and name not in found and self._arrived(summary):
                found[name] = summary["asset_id"]
        return found

    def _arrived(self, summary: Summary) -> bool:
        path = self._output / "photos" / summary["file_name"]
        if summary["status"] == AssetStatus.EXPECTED or not path.is_file():
            return False
        seen = self._see(summary["asset_id"])
        return bool(seen.size == path.stat().st_size)

    # -- people in them ------------------------------------------------------------------

    def _link(self, wanted: Sequence[Shot]) -> None:
        """Let the editor name the faces that they know, where nobody did."""
        linked = left = 0
        changed: list[str] = []
        for shot in wanted:
            seen = self._see(self._on_record[shot.name])
            named = name_faces(shot, seen.faces)
            left += len(seen.faces) - len(named)
            known = {face.face_id: face.person_ids for face in seen.faces}
            for face_id, person in named.items():
                if self._people[person] not in known[face_id]:
                    self._confirm(EDITOR, seen.asset_id, face_id, person)
                    changed.append(seen.asset_id)
                    linked += 1
        self._waiting.until("deciding", changed)
        self._telling.say(
            "linked" if linked else "linked_before", count=linked, left=left
        )

    def _enrol(self) -> None:
        """Enrol the one person who gave biometric consent, once."""
        name, person_id = NAMES[Who.DANIEL], self._people[Who.DANIEL]
        officer = self._staff[OFFICER]
        if any(officer.each("/v1/audit", "items", subject=person_id, tag=ENROLLED)):
            self._telling.say("enrolled_before", name=name)
            return
        photos = [
            {"asset_id": seen.asset_id, "face_id": face.face_id}
            for seen in (self._see(self._on_record[portrait]) for portrait in PORTRAITS)
            for face in seen.faces
            if person_id in face.person_ids
        ]
        result = self._staff[RECOGNISER].post(
            f"/v1/people/{person_id}/enrolment", {"photos": photos}, repeatable=True
        )
        if result["enrolled"]:
            self._telling.say("enrolled", name=name, count=result["accepted"])
        else:
            reasons = {r for refused in result["refused"] for r in refused["reasons"]}
            self._telling.say(
                "not_enrolled", name=name, reasons=", ".join(sorted(reasons))
            )

    def _confirm_suggestion(self) -> None:
        """Answer what software suggested: one person is asked for a second one."""
        asset_id = self._on_record[SUGGESTED]
        seen = self._see(asset_id, RECOGNISER)
        if any(face.person_ids for face in seen.faces):
            self._telling.say("confirmed_before", photo=SUGGESTED)
            return
        waiting = [face for face in seen.faces if face.suggested]
        if waiting:
            names = {self._people[who]: NAMES[who] for who in self._people}
            guess = who(waiting[0], names, self._telling.language)
            self._telling.say("suggested", photo=SUGGESTED, who=guess)
        else:
            self._telling.say("no_suggestion", photo=SUGGESTED)
        self._telling.say("before", decision=self._telling.stands(seen))
        named = name_faces(self._shots[SUGGESTED], seen.faces)
        for face_id, person in named.items():
            name = NAMES[person]
            if self._confirm(RECOGNISER, asset_id, face_id, person):
                self._telling.say("confirmed", name=name)
                continue
            self._telling.say("confirm_asked", name=name)
            if self._confirm(SECOND_RECOGNISER, asset_id, face_id, person):
                self._telling.say("confirmed_by_second", name=name)
        self._waiting.until("deciding", [asset_id])
        self._telling.say("after", decision=self._telling.stands(self._see(asset_id)))

    def _confirm(self, name: str, asset_id: str, face_id: str, person: Who) -> bool:
        """Let somebody say who a face is; whether that was enough."""
        api, person_id = self._staff[name], self._people[person]
        answer = say_who(api, asset_id, face_id, person_id, "confirm")
        return answer.status == 200

    # -- leaving -----------------------------------------------------------------------

    def _release(self, photo: str) -> None:
        """Release a picture that was not released before."""
        asset_id = self._on_record[photo]
        seen = self._see(asset_id)
        if seen.released:
            return
        release_asset(self._staff[EDITOR], asset_id)
        self._telling.say("released", photo=photo)
        self._telling.say("before", decision=self._telling.stands(seen))
        after = self._telling.stands(self._see(asset_id))
        self._telling.say("after", decision=after)

    # -- inside ----------------------------------------------------------------------

    def _see(self, asset_id: str, name: str = EDITOR) -> Seen:
        return self._telling.see(asset_id, name)
