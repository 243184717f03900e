"""A house in which an export is made: the fakes, the steps, and what comes of them."""

import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import numpy as np
import simplejpeg

from beeldrecht.domain.assets import Box, Face, FacePose
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.exports import Export, begun
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.intake import RenditionName
from beeldrecht.domain.metadata import Metadata
from beeldrecht.domain.people import Appearance, AppearanceStatus, Person
from rights.gather_export import step as gather_export
from rights.gather_export.records import Records
from rights.pack_export import step as pack_export
from rights.picture_export import step as picture_export
from rights.picture_export.covering import Covering
from tests.adapters.contracts.library import original
from tests.fakes.consents import FakeConsents
from tests.fakes.disclosures import FakeDisclosures
from tests.fakes.effects import Effects, Killed
from tests.fakes.export_files import FakeExportFiles
from tests.fakes.exports import FakeExports
from tests.fakes.library import FakeLibrary
from tests.fakes.objects import FakeRenditions
from tests.fakes.retention import FakeRetention
from tests.fakes.samples import EDITOR, NOON, announcement

WIDE, HIGH = 400, 240
"""Of the pictures here; the originals are ten times as wide."""
SCALE = 10


@dataclass
class _Shelf:
    """What making pictures needs."""

    library: FakeLibrary
    renditions: FakeRenditions
    register: Any
    bases: Any
    disclosures: FakeDisclosures
    trail: Any
    cover: Any
    only: Any
    parts: FakeExportFiles


def colour(number: int) -> tuple[int, int, int]:
    """The colour of the head in that place: far from grey, and from each other."""
    return ((255, 0, 0), (0, 0, 255), (0, 255, 0), (255, 255, 0))[number % 4]


def head(number: int, face_id: str) -> Face:
    """The face in that place, in pixels of the original: apart from every other."""
    x, y = (40.0 + 95 * number) * SCALE, 100.0 * SCALE
    half, unit = 10.0 * SCALE, 1.0 * SCALE
    return Face(
        face_id=face_id,
        box=Box(x - half, y - half, 2 * half, 2 * half),
        landmarks=(
            (x - 4 * unit, y - 3 * unit),
            (x + 4 * unit, y - 3 * unit),
            (x, y + unit),
            (x - 3 * unit, y + 5 * unit),
            (x + 3 * unit, y + 5 * unit),
        ),
        score=0.95,
        pose=FacePose(0.0, 0.0, 0.9),
    )


def drawn(heads: int) -> bytes:
    """A picture with so many heads of one colour each, beside each other."""
    pixels = np.full((HIGH, WIDE, 3), 230, np.uint8)
    for number in range(heads):
        x = 40 + 95 * number
        pixels[90:110, x - 10 : x + 10] = colour(number)
    return bytes(simplejpeg.encode_jpeg(pixels, 95, "RGB", "444"))


def seen_in(jpeg: bytes) -> set[int]:
    """Which of the heads can be told in a picture by their colour."""
    pixels = simplejpeg.decode_jpeg(jpeg, "RGB").astype(int)
    return {
        number
        for number in range(4)
        if (np.abs(pixels - np.array(colour(number))).max(axis=2) < 60).any()
    }


class Exporting:
    """Everything that an export reads and writes, in memory."""

    def __init__(self) -> None:
        self.at = NOON
        self.effects = Effects()
        self.house = FakeConsents(self.effects)
        trail = self.house.trail
        self.library = FakeLibrary(self.effects, trail)
        self.renditions = FakeRenditions()
        self.disclosures = FakeDisclosures(trail)
        self.exports = FakeExports(trail, self.house.mails)
        self.files = FakeExportFiles(self.effects)
        self.retention = FakeRetention()
        self._pictures = 0

    def now(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at

    # -- setting the scene -------------------------------------------------------------

    def know(self, person_id: str, name: str) -> None:
        """Somebody is on record."""
        self.house.register.add_person(Person(person_id, name), self.house.keys, NOON)

    def picture(
        self,
        *people: str | None,
        status: AppearanceStatus = AppearanceStatus.CONFIRMED,
        complete: bool = True,
        examined: bool = True,
        description: Metadata | None = None,
    ) -> str:
        """A picture of these people, from left to right; None: nobody knows who it is."""
        self._pictures += 1
        asset_id = derived_id("test", "export picture", str(self._pictures))
        said = replace(announcement(asset_id), announced_at=NOON)
        self.library.announce(said, NOON + timedelta(days=7))
        record = self.library.record(asset_id)
        assert record is not None
        came = replace(original(), width=WIDE * SCALE, height=HIGH * SCALE)
        about = description or Metadata(caption="Een foto.")
        names = frozenset({RenditionName.PREVIEW})
        self.library.receive(record, came, about, names, (), NOON)
        self.renditions.stored[asset_id, RenditionName.PREVIEW] = drawn(len(people))
        if not examined:
            return asset_id
        faces = [
            head(place, derived_id("face", asset_id, str(place)))
            for place in range(len(people))
        ]
        record = self.library.record(asset_id)
        assert record is not None
        self.library.examine(record, faces, complete, "detector-1", NOON)
        for face, person_id in zip(faces, people, strict=True):
            if person_id is not None:
                self.appears(asset_id, face.face_id, person_id, status)
        return asset_id

    def appears(
        self,
        asset_id: str,
        face_id: str,
        person_id: str,
        status: AppearanceStatus = AppearanceStatus.CONFIRMED,
    ) -> None:
        """Somebody, or the software, says who a face is."""
        by = None if status is AppearanceStatus.SUGGESTED else EDITOR
        each = Appearance(asset_id, face_id, person_id, status, by, NOON if by else None)
        tag = "clearance:appearance:confirm"
        entry = NewEntry(
            asset_id,
            f"{tag}:{face_id}:{person_id}",
            tag,
            NOON,
            EDITOR,
            {"face_id": face_id, "person_id": person_id},
        )
        if by is None:
            self.library.suggest([each], entry)
            return
        record = self.library.record(asset_id)
        assert record is not None
        self.library.settle(record, each, entry)

    def begin(self, person_id: str, request: str = "request") -> Export:
        """An officer upholds that they ask for a copy."""
        export = begun(derived_id("test", request, person_id), person_id, EDITOR, NOON)
        tag = "api:subject:decide"
        entry = NewEntry(person_id, f"{tag}:{export.export_id}", tag, NOON, EDITOR)
        self.exports.begin(export, entry)
        return export

    # -- the steps ---------------------------------------------------------------------

    def gather(self, export: Export) -> gather_export.Result:
        house = self.house
        records = Records(
            register=house.register,
            contacts=house.contacts,
            signatures=house.signatures,
            wordings=house.wordings,
            documents=house.documents,
            requests=house.requests,
            subject_requests=house.subject_requests,
            mails=house.mails,
            links=house.links,
            sessions=house.sessions,
            trail=house.trail,
            library=self.library,
            exports=self.exports,
            names=house.keys,
            proof=house.keys.proof,
            controller="Gemeente Voorbeeld",
            controller_contact="privacy@example.org",
        )
        event = gather_export.Event(
            export_id=export.export_id, person_id=export.person_id
        )
        return gather_export.gather_export(
            event, self.exports, records, self.files, self.now()
        )

    def make(self, export: Export, batch: int = 0) -> picture_export.Result:
        covering = Covering(10_000_000)
        shelf = _Shelf(
            self.library,
            self.renditions,
            self.house.register,
            self.house.legal_bases,
            self.disclosures,
            self.house.trail,
            covering.cover,
            covering.only,
            self.files,
        )
        event = picture_export.Event(
            export_id=export.export_id, person_id=export.person_id, batch=batch
        )
        return picture_export.picture_export(event, shelf, self.now())

    def pack(self, export: Export) -> pack_export.Result:
        event = pack_export.Event(export_id=export.export_id, person_id=export.person_id)
        return pack_export.pack_export(
            event, self.exports, self.files, self.retention, self.now
        )

    def run(self, export: Export) -> str:
        """The workflow, from its first state to its last; one that is killed goes on.

        From the state that it failed in, as a redriven execution does.
        """
        gathered = _redriven(lambda: self.gather(export))
        if gathered.outcome is gather_export.Outcome.OVER:
            return "over"
        if gathered.outcome is gather_export.Outcome.PICTURES:
            made = _redriven(lambda: self.make(export, gathered.batch))
            while made.outcome is picture_export.Outcome.MORE:
                following = partial(self.make, export, made.batch)
                made = _redriven(following)
        return _redriven(lambda: self.pack(export)).outcome.value

    # -- what came of it ---------------------------------------------------------------

    def package(self, export: Export) -> dict[str, bytes]:
        """The files of the package, as whoever receives it opens it."""
        with zipfile.ZipFile(io.BytesIO(self.files.packages[export.export_id])) as opened:
            assert opened.testzip() is None
            return {name: opened.read(name) for name in opened.namelist()}

    def data(self, export: Export) -> dict[str, Any]:
        """Its data."""
        found: dict[str, Any] = json.loads(self.package(export)["data.json"])
        return found


def _redriven[Result](state: Callable[[], Result]) -> Result:
    try:
        return state()
    except Killed:
        return state()
