"""The command `import`: a whole archive, from a folder or a bucket, as often as it takes.

Which file became which picture follows from the import, the path and the content, and the
library alone knows what arrived: a run that was killed is begun again and goes on.
"""

import argparse
import json
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from itertools import batched
from pathlib import Path
from typing import Any, Final

from beeldrecht.domain.imports import BATCH, ImportRefusal
from beeldrecht.domain.intake import Rejection
from beeldrecht.domain.legal_bases import OF_THE_DEAD, LegalBasisKind
from beeldrecht.domain.messages import words
from beeldrecht.domain.sessions import Origin
from cli import imports
from cli.api import Api
from cli.archive import Archive, Digests, Folder, Found
from cli.buckets import Address, Bucket
from cli.desk import DONE, NOT_DONE, Desk
from cli.files import FileRefusedError, Sendable
from cli.import_report import Line, writable, write
from cli.progress import Bar, bar
from cli.sending import Store, StoreBusyError, UploadRefusedError, deliver
from cli.sidecars import SidecarRefusedError, Sidecars, rows_of, table_of
from cli.words import rejection_words, say

AT_ONCE: Final = 4
"""Files that are sent side by side, unless it is said otherwise."""
MOST_AT_ONCE: Final = 16
ROOM: Final = 56 * 1024
"""Bytes of one announcement: the API takes 64 KiB."""
LOOK: Final = 10.0
"""Seconds between two looks at what became of those that were sent."""
TRIES: Final = 3
"""How often leave to send is asked for: it may end while others are sent."""


def import_archive(desk: Desk, given: argparse.Namespace) -> int:
    """Bring in an archive; what is refused is listed, and stops nothing else."""
    if given.report:
        writable(given.report)
    archive, sidecars = _opened(given)
    found = list(archive.files())
    if not found:
        desk.print("import_empty", folder=given.archive)
        return NOT_DONE
    begun = desk.api.post(
        "/v1/imports",
        {
            "name": given.name or archive.name,
            "count": len(found),
            "origin": given.origin,
            "session_id": given.session,
            "collection_id": given.collection,
            "basis": given.basis,
        },
        repeatable=True,
    )
    import_id = str(begun["import_id"])
    desk.print("import_begun", name=begun["name"], count=len(found), id=import_id)
    lines = _missing(found, sidecars, desk)
    with closing(Digests(import_id)) as kept:
        lines += _Run(desk, import_id, archive, sidecars, kept).all(found, given.at_once)
    done = _tell(desk, lines, given.report or Path(f"import-{import_id[:8]}.csv"))
    if given.wait:
        unsent = sum(each.state == "retry" for each in lines)
        return max(done, imports.watch(desk, import_id, unsent))
    counts = desk.api.get(f"{imports.PATH}/{import_id}")["counts"]
    desk.line(imports.told(desk, counts))
    return done


def _opened(given: argparse.Namespace) -> tuple[Archive, Sidecars]:
    """Where the archive lies, and the table of words; the table may lie beside it."""
    if isinstance(given.archive, Path):
        return Folder(given.archive), table_of(Path(given.csv) if given.csv else None)
    bucket = Bucket(given.archive)
    bucket.check()
    table = Address.of(given.csv or "")
    if table is None:
        return bucket, table_of(Path(given.csv) if given.csv else None)
    return bucket, rows_of(bucket.table(table), Path(table.key))


def _missing(found: Sequence[Found], sidecars: Sidecars, desk: Desk) -> list[Line]:
    """Rows of the table that no file belongs to."""
    why = say("import_row_without_file", desk.language)
    gone = sidecars.rows.keys() - {each.path for each in found}
    return [Line(path, "refused", reason="no_such_file", advice=why) for path in gone]


class _Run:
    """One run over an archive."""

    def __init__(
        self,
        desk: Desk,
        import_id: str,
        archive: Archive,
        sidecars: Sidecars,
        kept: Digests,
    ) -> None:
        self._desk = desk
        self._import = f"{imports.PATH}/{import_id}"
        self._path = f"{self._import}/files"
        self._archive = archive
        self._sidecars = sidecars
        self._kept = kept
        self._tally: Counter[str] = Counter()
        self._began = self._looked = time.monotonic()
        self._counts = ""

    def all(self, found: Sequence[Found], at_once: int) -> list[Line]:
        """Every file, some side by side; what became of each."""
        lines: list[Line] = []
        total = sum(each.size for each in found if each.refusal is None)
        label = say("importing", self._desk.language)
        with (
            bar(self._desk.out, label, total) as shown,
            ThreadPoolExecutor(at_once) as pool,
        ):
            for some in batched(found, BATCH):
                try:
                    for line in self._some(some, pool, shown):
                        lines.append(line)
                        self._tally[line.state] += 1
                finally:
                    for each in some:
                        self._archive.let_go(each.path)
                self._note(shown, len(lines), len(found))
        return lines

    def _some(
        self, some: Sequence[Found], pool: ThreadPoolExecutor, shown: Bar
    ) -> Iterator[Line]:
        """Read some files, announce them, and send what is missing."""
        ready: list[_Told] = []
        for told in pool.map(self._told, some):
            if isinstance(told, Line):
                yield told
            else:
                ready.append(told)
        for batch in _fitting(ready):
            answers = self._ask([each.announced for each in batch])

            def one(each: _Told, answer: dict[str, Any]) -> Line:
                return self._one(each, answer, shown)

            yield from pool.map(one, batch, answers)

    def _note(self, shown: Bar, done: int, count: int) -> None:
        """Files, rate, time left and what was refused, in one line; how far they are."""
        if time.monotonic() - self._looked > LOOK:
            self._looked = time.monotonic()
            counts = self._desk.api.get(self._import)["counts"]
            self._counts = f"; {imports.told(self._desk, counts)}"
        seconds = max(time.monotonic() - self._began, 0.001)
        left = (count - done) * seconds / max(done, 1)
        shown.note(
            say(
                "import_progress",
                self._desk.language,
                done=done,
                count=count,
                rate=f"{done / seconds:.1f}",
                left=f"{left / 60:.0f}",
                refused=self._tally["refused"] + self._tally["retry"],
            )
            + self._counts
        )

    def _told(self, found: Found) -> "_Told | Line":
        """A file as it is announced, or why it is not."""
        language = self._desk.language
        if (no := found.refusal) is not None:
            return Line(found.path, "refused", "", no.value, say(no, language))
        try:
            said = self._sidecars.of(found.path, self._archive.xmp(found.path))
            file, whole, parts = self._archive.read(found, self._kept)
        except FileRefusedError as error:
            reason = error.reason
            return Line(found.path, "refused", "", reason.value, say(reason, language))
        except SidecarRefusedError:
            why = say("import_bad_sidecar", language)
            return Line(found.path, "refused", "", "sidecar_unreadable", why)
        except OSError:
            why = say("file_unreadable", language)
            return Line(found.path, "retry", "", "file_unreadable", why)
        announced = {
            "path": found.path,
            "file_name": file.name,
            "media_type": file.media_type,
            "size": file.size,
            "sha256": whole,
            "part_sha256": list(parts),
            "said": said,
        }
        return _Told(found.path, file, announced)

    def _ask(self, told: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        answer = self._desk.api.post(self._path, {"files": list(told)}, repeatable=True)
        return list(answer["files"])

    def _one(self, one: "_Told", answer: dict[str, Any], shown: Bar) -> Line:
        """Send one file, with a new leave where the old one ended meanwhile."""
        asset_id = str(answer["asset_id"])
        path, size = one.path, one.file.size
        if line := self._settled(path, answer):
            shown.advance(size)
            return line
        counted = _Counted(shown.advance)
        try:
            for again in range(TRIES):
                try:
                    _send(self._desk.api, one.file, answer, counted, self._desk.store)
                    break
                except UploadRefusedError:
                    counted.take_back()
                    if again == TRIES - 1:
                        raise
                    (answer,) = self._ask([one.announced])
                    if line := self._settled(path, answer):
                        return line
        except (UploadRefusedError, StoreBusyError, OSError) as error:
            counted.take_back()
            known = not isinstance(error, OSError)
            why = self._desk.sentence(error) if known else ""
            return Line(path, "retry", asset_id, "not_sent", why)
        shown.advance(size - counted.total)
        return Line(path, "sent", asset_id)

    def _settled(self, path: str, answer: Mapping[str, Any]) -> Line | None:
        """What there is to say of a file of which nothing is to be sent."""
        language, asset_id = self._desk.language, str(answer["asset_id"])
        if answer["refusal"]:
            refusal = ImportRefusal(answer["refusal"])
            late = refusal is ImportRefusal.WAITED_TOO_LONG
            why = words(refusal, language)
            state = "retry" if late else "refused"
            return Line(path, state, asset_id, refusal.value, why)
        if answer["rejection"]:
            why = rejection_words(Rejection(answer["rejection"]), language)
            return Line(path, "refused", asset_id, answer["rejection"], why)
        if answer["arrived"]:
            return Line(path, "there", asset_id)
        return None


@dataclass(frozen=True, slots=True)
class _Told:
    """A file that was read, and how it is announced."""

    path: str
    file: Sendable
    announced: dict[str, Any]


def _fitting(ready: Sequence[_Told]) -> Iterator[list[_Told]]:
    """As many as one request takes, by their number and their bytes."""
    batch: list[_Told] = []
    size = 0
    for each in ready:
        bytes_of = len(json.dumps(each.announced)) + 2
        if batch and size + bytes_of > ROOM:
            yield batch
            batch, size = [], 0
        batch.append(each)
        size += bytes_of
    if batch:
        yield batch


def _send(
    api: Api,
    file: Sendable,
    answer: Mapping[str, Any],
    on_bytes: Callable[[int], object],
    store: Store,
) -> None:
    def complete(asset_id: str, sent: Mapping[str, Any]) -> None:
        api.post(f"/v1/uploads/{asset_id}/complete", sent, repeatable=True)

    deliver(file, answer, complete, on_bytes, store)


class _Counted:
    """Passes bytes on, and can take them off again."""

    def __init__(self, on_bytes: Callable[[int], object]) -> None:
        self._on_bytes = on_bytes
        self.total = 0

    def __call__(self, count: int) -> None:
        self.total += count
        self._on_bytes(count)

    def take_back(self) -> None:
        """Nothing of it counts."""
        self._on_bytes(-self.total)
        self.total = 0


def _tell(desk: Desk, lines: list[Line], report: Path) -> int:
    """Write what became of each file, and say how many of which."""
    write(lines, report)
    counts = Counter(each.state for each in lines)
    desk.print(
        "import_summary",
        sent=counts["sent"],
        there=counts["there"],
        refused=counts["refused"],
        retry=counts["retry"],
        report=report,
    )
    return NOT_DONE if counts["refused"] or counts["retry"] else DONE


def add_arguments(made: argparse.ArgumentParser, language: str) -> None:
    """What can be typed after `import`."""

    def text(key: str) -> str:
        return say(f"help_import_{key}", language)

    made.add_argument(
        "archive", type=_place(language), metavar="FOLDER|s3://…", help=text("of")
    )
    made.add_argument("--name", help=text("name"))
    made.add_argument("--csv", metavar="FILE", help=text("csv"))
    made.add_argument("--session", metavar="ID", help=text("session"))
    made.add_argument("--collection", metavar="ID", help=text("collection"))
    bases = [each.value for each in LegalBasisKind if each not in OF_THE_DEAD]
    made.add_argument("--basis", choices=bases, help=text("basis"))
    origins = [Origin.OWN.value, Origin.PUBLIC_WEB.value]
    made.add_argument("--origin", choices=origins, help=text("origin"))
    made.add_argument(
        "--at-once",
        type=int,
        choices=range(1, MOST_AT_ONCE + 1),
        default=AT_ONCE,
        metavar="N",
        help=text("at_once"),
    )
    made.add_argument("--wait", action="store_true", help=text("wait"))
    made.add_argument("--report", type=Path, metavar="PATH", help=text("report"))


def _place(language: str) -> Callable[[str], object]:
    def place(text: str) -> object:
        if text.startswith("s3:"):
            if (address := Address.of(text)) is None:
                raise argparse.ArgumentTypeError(say("import_no_address", language))
            return address
        path = Path(text)
        if not path.is_dir():
            raise argparse.ArgumentTypeError(say("import_no_folder", language))
        return path

    return place
