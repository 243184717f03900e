"""A whole library in memory: every fake, the steps wired to them, and what it comes to.

`World` runs each step as its handler would. What steps hand on lies in `uploads.sent`,
`detections.sent` and `clearance.started` until a test delivers it, as often, as late and
in whatever order it likes.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from beeldrecht.domain.channels import Channel
from beeldrecht.domain.consent import Grant
from beeldrecht.domain.decisions import decide
from beeldrecht.domain.intake import AssetRecord, RenditionName
from beeldrecht.domain.masking import mask_id, to_cover
from beeldrecht.domain.people import Appearance, Person
from beeldrecht.domain.permits import RecognitionMode
from beeldrecht.domain.recognition import switched
from beeldrecht.runtime.events import AssetEvent
from beeldrecht.runtime.facts import gather
from beeldrecht.runtime.pixels import FullSize
from clearance.check_consent import step as check_consent
from clearance.check_permit import step as check_permit
from clearance.confirm_appearance import step as confirm_appearance
from clearance.declare_file import step as declare_file
from clearance.release_asset import step as release_asset
from clearance.sweep_decisions import step as sweep_decisions
from intake.receive_upload import step as receive_upload
from intake.reconcile_uploads import step as reconcile_uploads
from recognition.detect_faces import step as detect_faces
from tests.fakes.audit import FakeAuditTrail
from tests.fakes.consent import FakeConsentRegister
from tests.fakes.disclosures import FakeDisclosures
from tests.fakes.effects import Effects
from tests.fakes.films import FakeFilms
from tests.fakes.governance import DPIA
from tests.fakes.legal_bases import FakeLegalBases
from tests.fakes.library import FakeLibrary
from tests.fakes.mails import FakeMails
from tests.fakes.masks import FakeMasks
from tests.fakes.messages import FakeAssetQueue, FakeClearance, FakeUploadQueue
from tests.fakes.objects import FakeOriginals, FakeRenditions
from tests.fakes.recalls import FakeRecalls
from tests.fakes.renders import FakeRenders
from tests.fakes.samples import (
    ANN,
    ASSESSMENT,
    DETECTOR,
    EDITOR,
    NOON,
    PICTURE,
    PIXEL_LIMIT,
    Sight,
    announcement,
    picture_of,
    quitclaim,
    seen,
)
from tests.fakes.sealing import FakeKeyRing
from tests.fakes.shares import FakePublications, FakeShares
from tests.fakes.versions import FakeVersions


class World:
    """Everything a picture passes on its first day, in memory."""

    def __init__(self) -> None:
        self.at = NOON
        self.effects = Effects()
        self.audit = FakeAuditTrail(self.effects)
        self.library = FakeLibrary(self.effects, self.audit)
        self.versions = FakeVersions(self.library, self.audit)
        self.governance = self.library.governance
        self.mails = FakeMails(self.audit)
        self.register = FakeConsentRegister(self.effects, self.audit, self.mails)
        self.bases = FakeLegalBases(self.audit, self.governance)
        self.originals = FakeOriginals()
        self.renditions = FakeRenditions(self.effects)
        self.masks = FakeMasks(self.library, self.renditions, self.now)
        self.renders = FakeRenders(self.library, self.now, self.effects)
        self.disclosures = FakeDisclosures(self.audit)
        self.recalls = FakeRecalls(self.audit, self.mails)
        self.shares = FakeShares(self.audit, self.mails)
        self.publications = FakePublications(self.audit, self.disclosures)
        self.uploads = FakeUploadQueue(self.effects)
        self.detections = FakeAssetQueue(self.effects)
        self.films = FakeFilms(self.library, self.renditions)
        self.clearance = FakeClearance(self.effects)
        self.keys = FakeKeyRing()
        self.sight = Sight((seen(0),))
        self.looks = 0

    def now(self) -> datetime:
        return self.at

    # -- setting the scene -----------------------------------------------------------

    def recognise(self, mode: RecognitionMode) -> None:
        """Somebody switches recognition, with an assessment that holds for a year."""
        self.governance.records[ASSESSMENT.assessment_id] = DPIA
        before = self.library.recognition()
        self.library.switch_recognition(
            switched(before, mode, ASSESSMENT, EDITOR, self.at)
        )

    def announce(
        self,
        asset_id: str = PICTURE,
        session_id: str | None = None,
        media_type: str = "image/jpeg",
    ) -> None:
        said = replace(announcement(asset_id, session_id), media_type=media_type)
        self.library.announce(said, keep_until=NOON + timedelta(days=7))

    def upload(self, data: bytes | None = None, asset_id: str = PICTURE) -> None:
        self.originals.put(asset_id, picture_of() if data is None else data)

    def know(self, *people: str) -> None:
        for person_id in people:
            person = Person(person_id, f"name of {person_id}")
            self.register.add_person(person, self.keys, self.at)

    def sign(self, *grants: Grant) -> None:
        for each in grants:
            self.register.sign(quitclaim(each), [each])

    # -- the steps, as their handlers run them ---------------------------------------

    def receive(self, asset_id: str = PICTURE) -> receive_upload.Result:
        return receive_upload.receive_upload(
            receive_upload.Event(asset_id=asset_id),
            self.library,
            self.originals,
            self.renditions,
            self.detections,
            PIXEL_LIMIT,
            self.now,
        )

    def look(self, jpeg: bytes, orientation: int) -> Sight:
        self.looks += 1
        return self.sight

    def detect(
        self, asset_id: str = PICTURE, detector: str = DETECTOR
    ) -> detect_faces.Result:
        return detect_faces.detect_faces(
            AssetEvent(asset_id=asset_id),
            self.library,
            FullSize(self.originals, self.renditions),
            self.look,
            detector,
            self.clearance,
            self.now,
            self.films,
        )

    def permit(self, asset_id: str = PICTURE) -> check_permit.Result:
        return check_permit.check_permit(
            AssetEvent(asset_id=asset_id), self.library, self.register, self.at
        )

    def check(self, asset_id: str = PICTURE) -> check_consent.Result:
        return check_consent.check_consent(
            AssetEvent(asset_id=asset_id),
            self.library,
            self.register,
            self.bases,
            self.at,
        )

    def declare(
        self, *people: str, rest_stays: bool = False, asset_id: str = PICTURE
    ) -> declare_file.Result:
        return declare_file.declare_file(
            declare_file.Event(
                asset_id=asset_id,
                people=frozenset(people),
                rest_stays=rest_stays,
                actor_id=EDITOR,
            ),
            self.library,
            self.register,
            self.clearance,
            self.now,
        )

    def answer(
        self,
        face: str,
        person_id: str = ANN,
        answer: str = "confirm",
        actor_id: str = EDITOR,
        asset_id: str = PICTURE,
    ) -> confirm_appearance.Result:
        said = {
            "asset_id": asset_id,
            "face_id": face,
            "person_id": person_id,
            "answer": answer,
            "actor_id": actor_id,
        }
        return confirm_appearance.confirm_appearance(
            confirm_appearance.Event.model_validate(said),
            self.library,
            self.register,
            self.clearance,
            self.now,
        )

    def release(
        self, *channels: Channel, asset_id: str = PICTURE, looked: bool = True
    ) -> release_asset.Result:
        """Released by who looked at it first, masked where it would leave so."""
        return release_asset.release_asset(
            release_asset.Event(
                asset_id=asset_id,
                actor_id=EDITOR,
                channels=frozenset(channels) if channels else None,
                masks=self.mask_ids(asset_id) if looked else frozenset(),
            ),
            self.library,
            self.register,
            self.bases,
            self.now,
        )

    def mask_ids(self, asset_id: str = PICTURE) -> frozenset[str]:
        """The masked previews of a picture as they are now, of every channel."""
        found = self.library.picture(asset_id)
        if found is None:
            return frozenset()
        record, asset, appearances = found
        facts = gather(asset, appearances, self.register, self.bases, self.at)
        decision = decide(facts, self.at)
        return frozenset(
            mask_id(
                record,
                RenditionName.PREVIEW,
                [f for f in asset.faces if f.face_id in to_cover(asset, decision, c)],
            )
            for c in Channel
        )

    def sweep(self) -> sweep_decisions.Result:
        return sweep_decisions.sweep_decisions(self.library, self.clearance, self.at)

    def reconcile(self) -> reconcile_uploads.Result:
        return reconcile_uploads.reconcile_uploads(
            self.library,
            self.originals,
            self.uploads,
            self.detections,
            self.clearance,
            self.at,
        )

    # -- what it comes to ------------------------------------------------------------

    def record(self, asset_id: str = PICTURE) -> AssetRecord:
        found = self.library.record(asset_id)
        assert found is not None
        return found

    def appearances(self, asset_id: str = PICTURE) -> tuple[Appearance, ...]:
        found = self.library.picture(asset_id)
        assert found is not None
        return found[2]

    def outcome(self) -> dict[str, Any]:
        """All that matters of the state, comparable between runs.

        Left out is what counts tries: revisions, and how often the same decision was
        taken and written down again. What was handed on is a set: once or more.
        """
        return {
            "records": {
                asset_id: replace(row.record, revision=0, decided_revision=None)
                for asset_id, row in self.library.rows.items()
            },
            "listed": {
                asset_id: (row.listed, row.due)
                for asset_id, row in self.library.rows.items()
            },
            "kept_until": {a: row.expires_at for a, row in self.library.rows.items()},
            "faces": {a: row.faces for a, row in self.library.rows.items()},
            "appearances": {a: row.appearances for a, row in self.library.rows.items()},
            "decisions": {a: row.decision for a, row in self.library.rows.items()},
            "renditions": self.renditions.stored,
            "audit": {
                scope: list(
                    dict.fromkeys(
                        (e.tag, e.actor, e.at, tuple(sorted(e.data.items())))
                        for e in chain
                    )
                )
                for scope, chain in self.audit.chains.items()
            },
            "entries": {
                scope: sum(e.tag != "clearance:asset:decide" for e in chain)
                for scope, chain in self.audit.chains.items()
            },
            "uploads": set(self.uploads.sent),
            "detections": set(self.detections.sent),
            "clearance": set(self.clearance.started),
        }
