"""What officers work on, furnished for a house: registers, erasures, exports, recalls.

Each place gets things of its own, so that what one request uses up is there for another.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from beeldrecht.adapters.audit import AuditTrail
from beeldrecht.adapters.breaches import Breaches
from beeldrecht.adapters.certificates import Certificates
from beeldrecht.adapters.disclosures import Disclosures
from beeldrecht.adapters.erasures import Erasures
from beeldrecht.adapters.exports import Exports, beginning
from beeldrecht.adapters.governance import Governance
from beeldrecht.adapters.key_ring import KeyRing
from beeldrecht.adapters.library import Library
from beeldrecht.adapters.recalls import Recalls
from beeldrecht.adapters.retention_runs import RetentionRuns
from beeldrecht.adapters.subject_requests import SubjectRequests
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.breaches import Breach, BreachKind, BreachScope, Touched
from beeldrecht.domain.channels import Channel, Place
from beeldrecht.domain.disclosures import Disclosure, DisclosureKind
from beeldrecht.domain.erasure import ErasureState, Plan, person_erasure
from beeldrecht.domain.exports import FETCHABLE, Package, begun
from beeldrecht.domain.governance import RegisterKind
from beeldrecht.domain.ids import new_id
from beeldrecht.domain.intake import RenditionName
from beeldrecht.domain.masking import mask_id
from beeldrecht.domain.recalls import Recall, RecallReason, asking
from beeldrecht.domain.retention import RetentionKind, RetentionPolicy
from beeldrecht.domain.retention_runs import RunKind, RunState, change_of
from beeldrecht.domain.subject_requests import (
    Decided,
    Identity,
    Received,
    SubjectRequest,
    SubjectRequestKind,
    SubjectRequestState,
    due_at,
)
from beeldrecht.domain.time import Period
from tests.adapters.asking import IDS
from tests.adapters.aws import REGION
from tests.fakes.certificates import FakeSigner, certificate, sign
from tests.fakes.governance import signature_of, version_of
from tests.fakes.samples import ANN, BOB

PDF = b"%PDF-1.7"
OFFICER = IDS["officer"]
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Furniture:
    """Puts one of each on record; `s3` keeps certificates in `documents`."""

    library: str
    consent: str
    documents: str
    audit: AuditTrail
    s3: Any
    names: KeyRing

    def of_everybody(self, asset_id: str) -> dict[str, str]:
        """What asking uses up nothing of: a copy that left and its recall, an export."""
        return {"recall_id": self._recall(asset_id), "export_id": self._export()}

    def of_one(self, number: int) -> dict[str, str]:
        """What is used up: by turns as it is begun, and as it is once it was done."""
        begun_only = number % 2 == 0
        return {
            "record_id": self._record(signed=not begun_only),
            "breach_id": self._breach(),
            "erasure_id": self._planned() if begun_only else self._erased(),
            "run_id": self._run(number),
            "subject_request_id": self._request(upheld=not begun_only),
        }

    @staticmethod
    def now() -> datetime:
        return datetime.now(UTC)

    def _said(self, subject: str, name: str) -> NewEntry:
        tag = f"test:{name}:furnish"
        return NewEntry(subject, f"{tag}:{new_id()}", tag, self.now(), OFFICER)

    def _record(self, *, signed: bool) -> str:
        governance, at = Governance(self.library, REGION, self.audit), self.now()
        version = version_of(
            RegisterKind.INTEREST_ASSESSMENT, new_id(), OFFICER, at - DAY
        )
        governance.add(version, self._said(version.record_id, "record"))
        if signed:
            signature = signature_of(version, OFFICER, at, (at + 90 * DAY).date())
            entry = self._said(version.record_id, "signature")
            governance.sign(version.record_id, signature, entry)
        return version.record_id

    def _breach(self) -> str:
        breaches, at = Breaches(self.library, REGION, self.audit), self.now()
        scope = BreachScope(Period(at - 9 * DAY, at - DAY))
        breach = Breach(
            new_id(), BreachKind.DRILL, scope, at, "A laptop was stolen.", OFFICER, at
        )
        breaches.add(breach, self._said(breach.breach_id, "breach"))
        touched = Touched(frozenset({ANN}), frozenset(), frozenset(), 1, at)
        entry = self._said(breach.breach_id, "touched")
        breaches.found(breach.breach_id, touched, at, entry)
        return breach.breach_id

    def _planned(self) -> str:
        """Of somebody else: who is to be erased is frozen, and the others are asked."""
        erasures, at = Erasures(self.consent, REGION, self.audit), self.now()
        begun_now = person_erasure(new_id(), new_id(), OFFICER, at)
        erasures.start(begun_now, self._said(begun_now.subject_id, "erasure"))
        plan = Plan({}, (), keep_proof=True, collected_at=at)
        entry = self._said(begun_now.subject_id, "plan")
        assert erasures.keep_plan(begun_now, plan, ErasureState.PLANNED, entry)
        return begun_now.erasure_id

    def _erased(self) -> str:
        erasures = Erasures(self.consent, REGION, self.audit)
        over = replace(
            person_erasure(new_id(), new_id(), OFFICER, self.now()),
            state=ErasureState.ERASED,
        )
        erasures.start(over, self._said(over.subject_id, "erasure"))
        return self._certified(over.erasure_id)

    def _certified(self, erasure_id: str) -> str:
        about = replace(certificate(), erasure_id=erasure_id)
        kept = Certificates(self.s3, self.documents)
        kept.keep(
            erasure_id, sign(FakeSigner(), PDF, about), PDF, sha256(PDF).hexdigest()
        )
        return erasure_id

    def _run(self, number: int) -> str:
        """The sweep of a day, which no other change of the policy makes an old one."""
        runs = RetentionRuns(self.library, REGION, self.audit)
        policy, at = RetentionPolicy(), self.now()
        wish = change_of(policy, {RetentionKind.MAILS: 200 + number}, OFFICER, at)
        sweep = replace(wish, kind=RunKind.SWEEP, state=RunState.GUARDED, chosen={})
        runs.begin(sweep, self._said(sweep.run_id, "run"))
        return sweep.run_id

    def _export(self) -> str:
        at, export = self.now(), begun(new_id(), ANN, OFFICER, self.now())
        self.audit.record(self._said(ANN, "export"), beginning(export))
        package = Package(12_345, "ab" * 32, 3, 1, at, at + FETCHABLE)
        exports = Exports(self.consent, REGION, self.audit)
        assert exports.packed(export, package, self._said(ANN, "package"), [])
        return export.export_id

    def _recall(self, asset_id: str) -> str:
        at, editor = self.now(), IDS["editor"]
        left = Disclosure(
            disclosure_id=new_id(),
            asset_id=asset_id,
            kind=DisclosureKind.DOWNLOAD,
            recipient_id=editor,
            channel=Channel.WEBSITE,
            place=Place.WORLD,
            rendition="working",
            masked=frozenset(),
            at=at,
            revision=1,
        )
        disclosures = Disclosures(self.library, REGION, self.audit)
        disclosures.record(left, self._said(asset_id, "disclosure"))
        recall = Recall(
            recall_id=new_id(),
            asset_id=asset_id,
            recipient_id=editor,
            fact_id=new_id(),
            channels=frozenset({Channel.WEBSITE}),
            opened_at=at,
            reason=RecallReason.WITHDRAWAL,
            next_at=at + DAY,
        )
        recalls = Recalls(self.library, self.consent, REGION, self.audit)
        recalls.open(recall, asking(recall, at), self._said(asset_id, "recall"))
        return recall.recall_id

    def _request(self, *, upheld: bool) -> str:
        """Bob's, by letter: nobody looked yet who wrote it; or it was granted."""
        at = self.now()
        requests = SubjectRequests(self.consent, REGION, self.audit, seals=self.names)
        kind = SubjectRequestKind.RESTRICTION
        wanted = SubjectRequest(
            new_id(),
            BOB,
            kind,
            at,
            due_at(at),
            received=Received.LETTER,
            entered_by=OFFICER,
            identity=Identity.UNCHECKED,
        )
        requests.create(wanted, self._said(BOB, "request"), None)
        if upheld:
            state = SubjectRequestState.UPHELD
            granted = Decided(state, OFFICER, at, "It is so.")
            requests.decide(wanted.request_id, granted, self._said(BOB, "decision"))
        return wanted.request_id


def covering(library: Library) -> Callable[[Mapping[str, Any]], dict[str, str]]:
    """What the function `mask_asset` answers: the version that is asked for is there."""

    def answered(event: Mapping[str, Any]) -> dict[str, str]:
        found = library.picture(event["asset_id"])
        assert found is not None
        record, asset, _ = found
        faces = [each for each in asset.faces if each.face_id in event["face_ids"]]
        made = mask_id(record, RenditionName(event["rendition"]), faces)
        return {"outcome": "found", "mask_id": made}

    return answered
