"""The walk of the pictures, step by step; each step does only what is not on record.

What a person does goes through the functions that staff use, with the editor of the
demonstration as the actor. Only consent is written directly (see `organisation`).
"""

import os
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console

from beeldrecht.domain.assets import AssetStatus
from beeldrecht.domain.intake import AssetRecord
from beeldrecht.domain.people import AppearanceStatus
from beeldrecht.domain.time import AMSTERDAM
from cli.files import unchecked
from cli.names import Names
from cli.pictures import Seen, is_settled, see
from cli.progress import bar, console
from cli.sending import send
from cli.stack import Deployed, FunctionFailedError
from cli.tables import channels_in_words, print_rows, row, status_of, who
from cli.words import status_name
from local.client import LocalCloud
from local.demo.catalogue import say
from local.demo.organisation import (
    EDITOR_ID,
    NAMES,
    Who,
    found,
    organisation,
    withdrawal,
)
from local.demo.photos import (
    PORTRAITS,
    RELEASED,
    SUGGESTED,
    WITHDRAWN,
    Shot,
    name_faces,
    prepare,
    sha256_of,
    shots,
)
from local.demo.sheet import make_sheet

AT_ONCE = 3
STALLED = 120.0
"""Seconds without any change after which waiting makes no sense."""
LOOK_EVERY = 0.25
TRIES = 8
ENROLLED = "recognition:person:enrol"


class StalledError(Exception):
    """The chain does not move; `names` are the files that wait."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(", ".join(names))
        self.names = tuple(names)


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
        demo = Demo(Deployed.find(), output, out or console(), language)
        return demo.run()


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

    def __init__(
        self, deployed: Deployed, output: Path, out: Console, language: str
    ) -> None:
        self._deployed = deployed
        self._output = output
        self._out = out
        self._language = language
        self._shots = {shot.name: shot for shot in shots()}
        self._names = Names(deployed.register, deployed.contact_keys)
        self._digests: dict[Path, str] = {}
        self._on_record: dict[str, str] = {}

    def run(self) -> Outcome:
        """Every step in its order."""
        self._found()
        early = [shot for shot in self._shots.values() if not shot.late]
        late = [shot for shot in self._shots.values() if shot.late]
        sent = self._upload(early)
        self._link([shot for shot in early if shot.faces])
        self._enrol()
        sent += self._upload(late)
        if not sent:
            self._say("all_uploaded", count=len(self._shots))
        self._confirm_suggestion()
        self._release(RELEASED)
        self._withdraw()
        return self._show(sent)

    # -- steps -----------------------------------------------------------------------

    def _found(self) -> None:
        today = datetime.now(AMSTERDAM).date()
        new = found(
            organisation(today),
            self._deployed.register,
            self._deployed.library,
            self._deployed.contact_keys,
            datetime.now(UTC),
        )
        self._say("founded" if new else "founded_before", count=len(NAMES))

    def _upload(self, wanted: Sequence[Shot]) -> int:
        """Send what is not on record, then wait until all of it is through the chain."""
        folder = self._output / "photos"
        if any(not (folder / shot.name).is_file() for shot in wanted):
            with bar(self._out, self._text("making"), len(wanted)) as shown:
                for shot in wanted:
                    shown.note(shot.name)
                    prepare(shot, folder)
                    shown.advance(1)
        known = self._on_record = self._look_up()
        missing = [shot for shot in wanted if shot.name not in known]
        if missing:
            files = [unchecked(folder / shot.name) for shot in missing]
            label = self._text("uploading", count=len(files))
            total = sum(file.size for file in files)
            with (
                bar(self._out, label, total) as shown,
                ThreadPoolExecutor(AT_ONCE) as pool,
            ):
                sending = [
                    pool.submit(
                        send,
                        file,
                        shot.session_id,
                        self._request_upload,
                        self._complete_upload,
                        shown.advance,
                    )
                    for file, shot in zip(files, missing, strict=True)
                ]
                sent = [each.result() for each in sending]
            known |= dict(zip([shot.name for shot in missing], sent, strict=True))
        self._wait("waiting", [known[shot.name] for shot in wanted])
        return len(missing)

    def _request_upload(self, event: Mapping[str, Any]) -> dict[str, Any]:
        asked = {**event, "uploader_id": EDITOR_ID}
        return self._deployed.invoke("RequestUpload", asked)

    def _complete_upload(self, asset_id: str, sent: Mapping[str, Any]) -> None:
        said = {**sent, "asset_id": asset_id, "uploader_id": EDITOR_ID}
        self._deployed.invoke("CompleteUpload", said)

    def _link(self, wanted: Sequence[Shot]) -> None:
        """Let the editor name the faces that they know, where nobody did."""
        known = self._on_record
        linked = left = 0
        changed: list[str] = []
        for shot in wanted:
            found = self._deployed.library.picture(known[shot.name])
            if found is None:
                continue
            record, asset, appearances = found
            named = name_faces(shot, asset.faces)
            left += len(asset.faces) - len(named)
            confirmed = {
                (a.face_id, a.person_id)
                for a in appearances
                if a.status is AppearanceStatus.CONFIRMED
            }
            for face_id, person in named.items():
                if (face_id, person.person_id) not in confirmed:
                    self._confirm(record.asset_id, face_id, person)
                    changed.append(record.asset_id)
                    linked += 1
        self._wait("deciding", changed)
        self._say("linked" if linked else "linked_before", count=linked, left=left)

    def _enrol(self) -> None:
        """Enrol the one person who gave biometric consent, once."""
        name = NAMES[Who.DANIEL]
        person_id = Who.DANIEL.person_id
        entries = self._deployed.audit.entries(person_id)
        if any(entry.tag == ENROLLED for entry in entries):
            self._say("enrolled_before", name=name)
            return
        known = self._on_record
        photos = [
            {"asset_id": seen.asset_id, "face_id": face.face.face_id}
            for seen in (self._see(known[portrait]) for portrait in PORTRAITS)
            for face in seen.faces
            if person_id in face.person_ids
        ]
        result = self._deployed.invoke(
            "EnrolPerson",
            {"person_id": person_id, "actor_id": EDITOR_ID, "photos": photos},
        )
        if result["enrolled"]:
            self._say("enrolled", name=name, count=result["accepted"])
        else:
            reasons = {r for refused in result["refused"] for r in refused["reasons"]}
            self._say("not_enrolled", name=name, reasons=", ".join(sorted(reasons)))

    def _confirm_suggestion(self) -> None:
        """Answer what software suggested, and show what that changes."""
        asset_id = self._on_record[SUGGESTED]
        seen = self._see(asset_id)
        if any(face.person_ids for face in seen.faces):
            self._say("confirmed_before", photo=SUGGESTED)
            return
        waiting = [face for face in seen.faces if face.suggested]
        if waiting:
            guess = who(waiting[0], self._names, self._language)
            self._say("suggested", photo=SUGGESTED, who=guess)
        else:
            self._say("no_suggestion", photo=SUGGESTED)
        self._say("before", decision=self._stands(seen))
        named = name_faces(self._shots[SUGGESTED], seen.asset.faces)
        for face_id, person in named.items():
            self._say("confirmed", name=NAMES[person])
            self._confirm(asset_id, face_id, person)
        self._wait("deciding", [asset_id])
        self._say("after", decision=self._stands(self._see(asset_id)))

    def _release(self, photo: str) -> None:
        """Release a picture that was not released before."""
        asset_id = self._on_record[photo]
        seen = self._see(asset_id)
        if seen.record.release is not None:
            return
        self._patiently(
            lambda: self._deployed.invoke(
                "ReleaseAsset", {"asset_id": asset_id, "actor_id": EDITOR_ID}
            )
        )
        self._say("released", photo=photo)
        self._say("before", decision=self._stands(seen))
        self._say("after", decision=self._stands(self._see(asset_id)))

    def _withdraw(self) -> None:
        """Let one person take the consent back, and have the picture decided on again."""
        name, person_id = NAMES[Who.HENK], Who.HENK.person_id
        asset_id = self._on_record[WITHDRAWN]
        register = self._deployed.register
        taken_back = register.facts([person_id]).withdrawals
        if not taken_back:
            self._release(WITHDRAWN)
            before = self._stands(self._see(asset_id))
            register.withdraw(withdrawal(Who.HENK, datetime.now(UTC)))
            taken_back = register.facts([person_id]).withdrawals
            self._say("withdrawn", name=name, photo=WITHDRAWN)
            self._say("before", decision=before)
        else:
            before = ""
            self._say("withdrawn_before", name=name)
        since = taken_back[0].effective_at
        pictures = sorted(
            {a for a, _ in self._deployed.library.appearances_of(person_id)}
        )
        aged = [a for a in pictures if self._decided_at(a) < since]
        for each in aged:
            self._deployed.clearance.start(each)
        self._wait("deciding", aged, lambda r: self._decided_at(r.asset_id) >= since)
        if before:
            self._say("after", decision=self._stands(self._see(asset_id)))

    def _show(self, sent: int) -> Outcome:
        """Print the table, write the contact sheet, and say what can be done next."""
        at = datetime.now(UTC)
        known = self._on_record
        pictures = tuple(self._see(known[name], at) for name in self._shots)
        files = {asset_id: name for name, asset_id in known.items()}
        rows = [row(seen, self._names, files, self._language) for seen in pictures]
        print_rows(rows, self._out, self._language)
        facts = self._deployed.register.facts([p.person_id for p in Who])
        sheet = make_sheet(
            pictures,
            {p.person_id: self._names[p.person_id] for p in Who},
            facts,
            self._deployed.renditions,
            at,
            self._language,
        )
        path = self._output / "contact-sheet.html"
        scratch = path.with_suffix(".part")
        scratch.write_text(sheet, encoding="utf-8")
        scratch.rename(path)
        self._out.print()
        ready = [s for s in pictures if status_of(s) is AssetStatus.READY]
        self._say("done_sheet", path=_from_here(path))
        self._say("done_stop")
        self._say("done_next", asset=(ready or list(pictures))[0].asset_id[:8])
        return Outcome(path, pictures, sent)

    # -- inside ----------------------------------------------------------------------

    def _look_up(self) -> dict[str, str]:
        """The asset of every file that is on record, by file name.

        A file is on record when the editor announced it with this name and size, its
        bytes arrived, and they are the bytes at hand. One that was announced and never
        came (a run was killed) is sent anew; the library forgets the old announcement.
        """
        library = self._deployed.library
        found: dict[str, str] = {}
        for status in AssetStatus:
            for record in library.in_status(status):
                name = record.announcement.file_name
                if name in self._shots and self._is_ours(record):
                    found.setdefault(name, record.asset_id)
        return found

    def _is_ours(self, record: AssetRecord) -> bool:
        announced = record.announcement
        path = self._output / "photos" / announced.file_name
        if announced.uploader_id != EDITOR_ID or not path.is_file():
            return False
        if announced.size != path.stat().st_size:
            return False
        if record.original is not None:
            return record.original.sha256 == self._digest(path)
        return record.refused or self._deployed.originals.exists(record.asset_id)

    def _digest(self, path: Path) -> str:
        if path not in self._digests:
            self._digests[path] = sha256_of(path)
        return self._digests[path]

    def _see(self, asset_id: str, at: datetime | None = None) -> Seen:
        deployed = self._deployed
        seen = see(asset_id, deployed.library, deployed.register, at or datetime.now(UTC))
        if seen is None:
            raise KeyError(asset_id)
        return seen

    def _stands(self, seen: Seen) -> str:
        """Where a picture stands and where it may leave for, in one line."""
        leaves = seen.decision.leaves if seen.decision else {}
        channels = channels_in_words(leaves, self._language).replace("\n", "; ")
        return self._text(
            "leaves",
            status=status_name(status_of(seen), self._language),
            channels=channels or self._text("nowhere"),
        )

    def _decided_at(self, asset_id: str) -> datetime:
        cached = self._deployed.library.cached_decision(asset_id)
        return datetime.fromisoformat(cached["at"]) if cached else _LONG_AGO

    def _confirm(self, asset_id: str, face_id: str, person: Who) -> None:
        event = {
            "asset_id": asset_id,
            "face_id": face_id,
            "person_id": person.person_id,
            "answer": "confirm",
            "actor_id": EDITOR_ID,
        }
        self._patiently(lambda: self._deployed.invoke("ConfirmAppearance", event))

    @staticmethod
    def _patiently(call: Callable[[], object]) -> None:
        """Call again when the picture was being decided on at that very moment."""
        for again in range(TRIES):
            try:
                call()
            except FunctionFailedError as error:
                if error.error != "StaleRevisionError" or again == TRIES - 1:
                    raise
                time.sleep(0.2 * (again + 1))
            else:
                return

    def _wait(
        self,
        label: str,
        asset_ids: Iterable[str],
        done: Callable[[AssetRecord], bool] = is_settled,
    ) -> None:
        """Wait until all are through; raises StalledError when nothing moves any more."""
        pending = self._pending(dict.fromkeys(asset_ids), done)
        if not pending:
            return
        with bar(self._out, self._text(label), len(pending)) as shown:
            moved = time.monotonic()
            while pending:
                before = {r.asset_id: (r.status, r.revision) for r in pending}
                stages = Counter(status_name(r.status, self._language) for r in pending)
                text = ", ".join(f"{n} {stage}" for stage, n in stages.items())
                shown.note(self._text("still", count=len(pending), stages=text))
                time.sleep(LOOK_EVERY)
                left = self._pending(before, done)
                shown.advance(len(pending) - len(left))
                if {r.asset_id: (r.status, r.revision) for r in left} != before:
                    moved = time.monotonic()
                elif time.monotonic() - moved > STALLED:
                    raise StalledError([r.announcement.file_name for r in left])
                pending = left

    def _pending(
        self, asset_ids: Iterable[str], done: Callable[[AssetRecord], bool]
    ) -> list[AssetRecord]:
        records = [self._deployed.library.record(asset_id) for asset_id in asset_ids]
        return [r for r in records if r is not None and not done(r)]

    def _text(self, key: str, **values: object) -> str:
        return say(key, self._language, **values)

    def _say(self, key: str, **values: object) -> None:
        self._out.print(self._text(key, **values), markup=False, soft_wrap=True)


_LONG_AGO = datetime.min.replace(tzinfo=UTC)


def _from_here(path: Path) -> Path:
    """The path as it can be typed here."""
    resolved = path.resolve()
    here = Path.cwd()
    return resolved.relative_to(here) if resolved.is_relative_to(here) else resolved
