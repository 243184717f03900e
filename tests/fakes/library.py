"""The library in memory, with the revisions and conditions of the real one."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from beeldrecht.adapters.errors import (
    MissingAssetError,
    StaleRevisionError,
    UnwiredTrailError,
)
from beeldrecht.adapters.library_encoding import decision_json, geometry_of
from beeldrecht.adapters.library_pages import Page, Place
from beeldrecht.domain.assets import (
    DECIDED,
    Asset,
    AssetStatus,
    Box,
    Face,
    FaceMark,
    FacePose,
    Release,
)
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.decisions import Decision
from beeldrecht.domain.declarations import Declaration, declared_place
from beeldrecht.domain.governance import assessment_of
from beeldrecht.domain.intake import (
    NEAR_BITS,
    Announcement,
    AssetRecord,
    Original,
    Rejection,
    RenditionName,
    bits_apart,
    near_bands,
)
from beeldrecht.domain.metadata import Metadata
from beeldrecht.domain.people import Appearance
from beeldrecht.domain.permits import RecognitionMode
from beeldrecht.domain.recognition import RecognitionSetting, effective_mode
from beeldrecht.domain.retention import RetentionKind
from beeldrecht.domain.sessions import Session
from beeldrecht.domain.versions import (
    VersionChain,
    VersionRefusal,
    VersionRefusedError,
    begun,
    followed,
    replaced_in,
)
from tests.fakes.audit import FakeAuditTrail
from tests.fakes.effects import Effects
from tests.fakes.governance import FakeGovernance
from tests.fakes.retention import FakeRetention


@dataclass
class Row:
    """One picture as the table holds it."""

    record: AssetRecord
    listed: AssetStatus
    """Under which status the work list has it."""
    due: datetime | None
    """Since when it waits there, or when it wants looking at; None: never."""
    expires_at: int | None
    decision: dict[str, Any] | None = None
    import_id: str | None = None
    faces: dict[str, Face] = field(default_factory=dict)
    appearances: dict[tuple[str, str], Appearance] = field(default_factory=dict)


class FakeLibrary:
    """Pictures, faces, appearances and sessions, in memory."""

    def __init__(
        self, effects: Effects | None = None, trail: FakeAuditTrail | None = None
    ) -> None:
        self._effects = effects or Effects()
        self._trail = trail
        self.rows: dict[str, Row] = {}
        self.retention = FakeRetention(trail=trail)
        """The policy, that stands in the same table."""
        self._bands: dict[str, str] = {}
        self.chains: dict[str, VersionChain] = {}
        """Which files of one picture follow each other."""
        self._sessions: dict[str, Session] = {}
        self._recognition = RecognitionSetting()
        self.governance = FakeGovernance(trail)
        """The registers, that stand in the same table."""

    # -- a file on its way in --------------------------------------------------------

    def announce(
        self,
        announcement: Announcement,
        keep_until: datetime,
        said: Metadata | None = None,
        collection_ids: frozenset[str] = frozenset(),
        import_id: str | None = None,
    ) -> None:
        with self._effects.effect("library.announce"):
            if announcement.asset_id not in self.rows:
                self.rows[announcement.asset_id] = Row(
                    record=AssetRecord(
                        announcement,
                        AssetStatus.EXPECTED,
                        revision=1,
                        description=said or Metadata(),
                        collection_ids=collection_ids,
                    ),
                    listed=AssetStatus.EXPECTED,
                    due=announcement.announced_at,
                    expires_at=int(keep_until.timestamp()),
                    import_id=import_id,
                )

    def record(self, asset_id: str) -> AssetRecord | None:
        row = self.rows.get(asset_id)
        return row.record if row else None

    def exact_duplicate(self, asset_id: str, sha256: str) -> str | None:
        same = [
            row.record
            for row in self.rows.values()
            if row.record.original is not None and row.record.original.sha256 == sha256
        ]
        same.sort(key=lambda r: r.announcement.announced_at)
        return next((r.asset_id for r in same if r.asset_id != asset_id), None)

    def near_duplicates(self, asset_id: str, perceptual_hash: str) -> tuple[str, ...]:
        return tuple(
            sorted(
                other
                for other, theirs in self._bands.items()
                if other != asset_id
                and set(near_bands(theirs)) & set(near_bands(perceptual_hash))
                and bits_apart(theirs, perceptual_hash) <= NEAR_BITS
            )
        )

    def receive(
        self,
        record: AssetRecord,
        original: Original,
        description: Metadata,
        renditions: frozenset[RenditionName],
        notes: tuple[str, ...],
        at: datetime,
        entry: NewEntry | None = None,
    ) -> None:
        exact = self.exact_duplicate(record.asset_id, original.sha256)
        near = self.near_duplicates(record.asset_id, original.perceptual_hash)
        with self._effects.effect("library.band"):
            self._bands[record.asset_id] = original.perceptual_hash
        with self._effects.effect("library.receive"):
            row = self._load(record, entry)
            chain_id = self._take_place(record, at)
            row.record = replace(
                row.record,
                ends_at=self._ends(row, RetentionKind.ASSETS),
                original=original,
                description=description,
                renditions=renditions,
                notes=notes,
                near_duplicates=near,
                duplicate_of=exact or row.record.duplicate_of,
                chain_id=chain_id,
                rejection=None,
                attempts=0,
            )
            row.expires_at = None
            self._put(row, AssetStatus.RECEIVED, at)
            self._say(entry)

    def reject(
        self,
        record: AssetRecord,
        rejection: Rejection,
        at: datetime,
        entry: NewEntry | None = None,
    ) -> None:
        with self._effects.effect("library.reject"):
            row = self._load(record, entry)
            ends_at = self._ends(row, RetentionKind.REJECTED)
            row.record = replace(row.record, rejection=rejection, ends_at=ends_at)
            row.expires_at = None
            self._put(row, AssetStatus.REJECTED, at)
            self._say(entry)

    def count_attempt(self, record: AssetRecord, at: datetime) -> None:
        with self._effects.effect("library.count_attempt"):
            row = self._load(record)
            row.record = replace(row.record, attempts=record.attempts + 1)
            self._put(row, record.status, at)

    def collect(
        self,
        record: AssetRecord,
        collection_ids: frozenset[str],
        entry: NewEntry | None = None,
    ) -> None:
        with self._effects.effect("library.collect"):
            row = self._load(record, entry)
            row.record = replace(
                row.record,
                collection_ids=collection_ids,
                revision=row.record.revision + 1,
            )
            self._say(entry)

    # -- faces and who they are ------------------------------------------------------

    def examine(
        self,
        record: AssetRecord,
        faces: Sequence[Face],
        complete: bool,
        detector_id: str,
        at: datetime,
        entry: NewEntry | None = None,
    ) -> None:
        for face in faces:
            with self._effects.effect("library.face"):
                self._faces_of(record.asset_id).setdefault(face.face_id, _rounded(face))
        with self._effects.effect("library.examine"):
            row = self._load(record, entry)
            row.record = replace(
                row.record,
                detector_id=detector_id,
                face_count=len(faces),
                faces_complete=complete,
                rejection=None,
                attempts=0,
            )
            self._put(row, AssetStatus.EXAMINED, at)
            self._say(entry)

    def picture(
        self, asset_id: str
    ) -> tuple[AssetRecord, Asset, tuple[Appearance, ...]] | None:
        row = self.rows.get(asset_id)
        if row is None:
            return None
        record = row.record
        asset = Asset(
            asset_id=asset_id,
            session_id=record.announcement.session_id,
            examined=record.detector_id is not None,
            faces_complete=record.faces_complete,
            faces=tuple(face for _, face in sorted(row.faces.items())),
            faces_forgotten=len(row.faces) < (record.face_count or 0),
            release=record.release,
            ends_at=record.ends_at,
            sight=record.sight,
            declaration=record.declaration,
            replaced=replaced_in(record, self.chain_of(record)),
            versions=self._versions(record),
        )
        return record, asset, tuple(a for _, a in sorted(row.appearances.items()))

    def suggest(
        self, suggestions: Sequence[Appearance], entry: NewEntry | None = None
    ) -> int:
        new = 0
        self._wired(entry)
        with self._effects.effect("library.suggest"):
            for suggestion in suggestions:
                there = self.rows[suggestion.asset_id].appearances
                pair = (suggestion.face_id, suggestion.person_id)
                new += pair not in there
                there.setdefault(pair, suggestion)
            self._say(entry, by_itself=not new)
        return new

    def settle(
        self,
        record: AssetRecord,
        appearance: Appearance,
        entry: NewEntry | None = None,
    ) -> None:
        with self._effects.effect("library.settle"):
            row = self._load(record, entry)
            if appearance.face_id not in row.faces:
                raise StaleRevisionError(record.asset_id)
            row.appearances[appearance.face_id, appearance.person_id] = appearance
            row.due = appearance.settled_at
            row.record = replace(
                row.record, status=record.status, revision=record.revision + 1
            )
            self._say(entry)

    def mark(
        self,
        record: AssetRecord,
        face_id: str,
        mark: FaceMark,
        at: datetime,
        entry: NewEntry | None = None,
    ) -> None:
        with self._effects.effect("library.mark"):
            row = self._load(record, entry)
            if face_id not in row.faces:
                raise StaleRevisionError(record.asset_id)
            row.faces[face_id] = replace(row.faces[face_id], mark=mark)
            row.due = at
            row.record = replace(
                row.record, status=record.status, revision=record.revision + 1
            )
            self._say(entry)

    def declare(
        self,
        record: AssetRecord,
        declaration: Declaration,
        people: Sequence[Appearance],
        at: datetime,
        entry: NewEntry | None = None,
    ) -> None:
        with self._effects.effect("library.declare"):
            row = self._load(record, entry)
            place = declared_place(record.asset_id)
            for pair in [each for each in row.appearances if each[0] == place]:
                del row.appearances[pair]
            for each in people:
                row.appearances[each.face_id, each.person_id] = each
            row.due = at
            row.record = replace(
                row.record,
                declaration=declaration,
                release=None,
                status=record.status,
                revision=record.revision + 1,
            )
            self._say(entry)

    def forget_face(self, asset_id: str, face_id: str, _at: datetime) -> None:
        """Of boxes that are there and over the fake knows nothing."""
        row = self.rows.get(asset_id)
        if row is None or face_id in row.faces:
            return
        for pair in [each for each in row.appearances if each[0] == face_id]:
            with self._effects.effect("library.forget_face"):
                del row.appearances[pair]

    def appearances_of(self, person_id: str) -> Iterator[tuple[str, str]]:
        for asset_id, row in sorted(self.rows.items()):
            for face_id, person in sorted(row.appearances):
                if person == person_id:
                    yield asset_id, face_id

    # -- decisions and releases ------------------------------------------------------

    def decide(
        self,
        record: AssetRecord,
        decision: Decision,
        release: Release | None,
        entry: NewEntry | None = None,
    ) -> None:
        with self._effects.effect("library.decide"):
            row = self._load(record, entry)
            row.decision = decision_json(decision)
            row.record = replace(
                row.record,
                decided_revision=record.revision,
                attempts=0,
                rejection=None,
                release=release if release is not None else row.record.release,
            )
            self._put(row, AssetStatus(decision.outcome.value), decision.valid_until)
            self._say(entry)

    def cached_decision(self, asset_id: str) -> dict[str, Any] | None:
        row = self.rows.get(asset_id)
        return row.decision if row else None

    # -- work lists ------------------------------------------------------------------

    def due(self, statuses: Iterable[AssetStatus], before: datetime) -> Iterator[str]:
        for status in statuses:
            for row in self._listed(status):
                if row.due is not None and row.due <= before:
                    yield row.record.asset_id

    def page(
        self, status: AssetStatus, after: tuple[str, str] | None, limit: int
    ) -> Page:
        listed = sorted(
            (Place(_stamp(row.due), asset_id), row.record)
            for asset_id, row in self.rows.items()
            if row.listed is status
        )
        there = [each for each in listed if after is None or each[0] > after]
        following = there[limit - 1][0] if len(there) > limit else None
        return there[:limit], following

    def in_status(self, status: AssetStatus) -> Iterator[AssetRecord]:
        for row in self._listed(status):
            yield row.record

    # -- sessions and the recognition mode -------------------------------------------

    def session(self, session_id: str) -> Session | None:
        return self._sessions.get(session_id)

    def save_session(self, session: Session) -> None:
        """As the real one, a saved roster grows: nobody who signed is taken off."""
        before = self._sessions.get(session.session_id)
        signed = before.roster if before else frozenset()
        self._sessions[session.session_id] = replace(
            session, roster=session.roster | signed
        )

    def recognition(self) -> RecognitionSetting:
        """With the assessment as the register has it now, whatever was switched with."""
        named = self._recognition.assessment
        record = self.governance.get(named.assessment_id) if named else None
        return replace(self._recognition, assessment=assessment_of(record))

    def recognition_mode(self, at: datetime) -> RecognitionMode:
        return effective_mode(self.recognition(), at)

    def switch_recognition(
        self, setting: RecognitionSetting, entry: NewEntry | None = None
    ) -> None:
        self._wired(entry)
        with self._effects.effect("library.switch_recognition"):
            if setting.revision != self._recognition.revision:
                raise StaleRevisionError("RECOGNITION")
            self._recognition = replace(setting, revision=setting.revision + 1)
            self._say(entry)

    # -- the files of one picture ----------------------------------------------------

    def chain_of(self, record: AssetRecord) -> VersionChain | None:
        return self.chains.get(record.chain_id or "")

    def step_down(self, asset_id: str | None, chain_id: str, at: datetime) -> None:
        """What becomes of the file that another one takes the place of."""
        row = self.rows.get(asset_id or "")
        if row is None:
            return
        policy, own = self.retention.policy(), row.record.ends_at
        ends = policy.ends(RetentionKind.VERSIONS, at)
        decided = row.record.status in DECIDED
        status = AssetStatus.EMBARGOED if decided else row.record.status
        row.decision = None
        row.record = replace(
            row.record,
            chain_id=chain_id,
            replaced_at=at,
            release=None,
            ends_at=min((each for each in (own, ends) if each), default=None),
        )
        self._put(row, status, at)

    def _take_place(self, record: AssetRecord, at: datetime) -> str | None:
        replaces = record.announcement.replaces
        if replaces is None:
            return record.chain_id
        old = self.record(replaces)
        if old is None or old.original is None or old.over(at):
            raise VersionRefusedError(VersionRefusal.REPLACED_GONE)
        before = self.chain_of(old) or begun(old)
        by = record.announcement.uploader_id
        after = followed(before, record.asset_id, by, at)
        self.step_down(before.current, after.chain_id, at)
        self.chains[after.chain_id] = after
        return after.chain_id

    def _versions(self, record: AssetRecord) -> frozenset[str]:
        chain = self.chain_of(record)
        return chain.asset_ids if chain else frozenset()

    def standing_of_import(self, import_id: str) -> list[AssetStatus]:
        """Where each picture of an import stands."""
        rows = (row for row in self.rows.values() if row.import_id == import_id)
        return [row.record.status for row in rows]

    # -- for tests alone -------------------------------------------------------------

    def forget(self, asset_id: str) -> None:
        """What TTL or an erasure does."""
        del self.rows[asset_id]

    def lose_face(self, asset_id: str, face_id: str) -> None:
        """What TTL does to a box that nobody named."""
        del self.rows[asset_id].faces[face_id]

    # -- inside ----------------------------------------------------------------------

    def _say(self, entry: NewEntry | None, *, by_itself: bool = False) -> None:
        """The entry of an act: within its effect, for both are one write."""
        if entry is None or self._trail is None:
            return
        if by_itself:
            self._trail.add_once(entry)
        else:
            self._trail.add(entry)

    def _wired(self, entry: NewEntry | None) -> None:
        """An entry without a trail to put it in ends an act before it begins."""
        if entry is not None and self._trail is None:
            raise UnwiredTrailError(entry.tag)

    def _load(self, record: AssetRecord, entry: NewEntry | None = None) -> Row:
        self._wired(entry)
        row = self.rows.get(record.asset_id)
        if row is None:
            raise MissingAssetError(record.asset_id)
        if row.record.revision != record.revision:
            raise StaleRevisionError(record.asset_id)
        return row

    def _ends(self, row: Row, kind: RetentionKind) -> datetime | None:
        """As the real one without a clock: tests put pictures on record in the past."""
        since = row.record.announcement.announced_at
        return self.retention.policy().ends(kind, since)

    def _put(self, row: Row, status: AssetStatus, due: datetime | None) -> None:
        row.record = replace(row.record, status=status, revision=row.record.revision + 1)
        row.listed, row.due = status, due

    def _faces_of(self, asset_id: str) -> dict[str, Face]:
        """Faces are items of their own: they land even where the record is gone."""
        row = self.rows.get(asset_id)
        return row.faces if row else {}

    def _listed(self, status: AssetStatus) -> list[Row]:
        """Dated ones first, in the order of their dates; the undated come last."""
        here = [row for row in self.rows.values() if row.listed is status]
        dated = [row for row in here if row.due is not None]
        dated.sort(key=lambda row: row.due.timestamp() if row.due else 0)
        return dated + [row for row in here if row.due is None]


def _stamp(due: datetime | None) -> str:
    """As the index sorts: the undated come last."""
    return due.astimezone(UTC).isoformat(timespec="microseconds") if due else "9999"


def _rounded(face: Face) -> Face:
    """A face as it comes back from the table: to a hundredth of a pixel."""
    kept = geometry_of(face)
    landmarks: Any = tuple((x, y) for x, y in kept["landmarks"])
    return replace(
        face,
        box=Box(*kept["box"]),
        landmarks=landmarks,
        score=kept["score"],
        pose=FacePose(**kept["pose"]),
    )
