"""The `library` table: pictures, their faces, who appears in them, and sessions.

Every change of a fact about a picture raises its `revision`; a writer that has read an
older one gets StaleRevisionError, reads again and decides again.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial
from typing import Any

from pynamodb.exceptions import (
    DoesNotExist,
    PutError,
    UpdateError,
)
from pynamodb.expressions.update import Action
from pynamodb.transactions import TransactWrite

from beeldrecht.domain.assets import Asset, AssetStatus, Face, FaceMark, Release
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.decisions import Decision, Outcome
from beeldrecht.domain.declarations import Declaration
from beeldrecht.domain.intake import (
    Announcement,
    AssetRecord,
    Original,
    Rejection,
    RenditionName,
)
from beeldrecht.domain.metadata import Metadata, plain
from beeldrecht.domain.people import Appearance
from beeldrecht.domain.permits import RecognitionMode
from beeldrecht.domain.recognition import RecognitionSetting, effective_mode
from beeldrecht.domain.retention import RetentionKind
from beeldrecht.domain.sessions import Session

from . import keys
from .acts import Acts
from .appearance_items import appearance_item, put_new, without_those_on_record
from .audit import AuditTrail, Write
from .binding import bind
from .collected import collected
from .declared import declared
from .duplicates import exact_duplicate, near_duplicates, put_bands
from .errors import (
    ActRefusedError,
    MissingAssetError,
    StaleRevisionError,
)
from .import_counts import counted_anew
from .library_encoding import (
    appearance_of,
    asset_of,
    decision_json,
    record_of,
    release_json,
)
from .library_faces import drop_appearances, face_kept, face_marked, put_faces
from .library_items import (
    AppearanceItem,
    AssetItem,
    FaceItem,
    LibraryItem,
)
from .library_pages import Page, Place, assets_in
from .recognition_setting import read_setting, setting_written
from .retention import Retention
from .sessions import read_session, write_session
from .terms import ends_action, term_put
from .versions import chain_of, place_taken

NEVER = "9999"
"""Sorts after every instant: nothing will change by time alone."""

_REFUSED = "ConditionalCheckFailedException"
_TOGETHER = 90
"""Suggestions in one transaction, which holds at most 100 writes."""
_BY_OUTCOME = {
    Outcome.EMBARGOED: AssetStatus.EMBARGOED,
    Outcome.READY: AssetStatus.READY,
    Outcome.RELEASED: AssetStatus.RELEASED,
}
DECIDED = tuple(_BY_OUTCOME.values())


class Library:
    """The repository over the library table.

    What takes an `entry` writes it to the trail in the same transaction: the act and its
    entry stand or fall together, so a retry of what landed finds both.
    """

    def __init__(
        self,
        table: str,
        region: str,
        trail: AuditTrail | None = None,
        now: Callable[[], datetime] | None = None,
    ) -> None:
        self._acts = Acts(bind(LibraryItem, table, region), trail)
        self._retention = Retention(table, region)
        self._now = now or partial(datetime.now, UTC)

    # -- a file on its way in --------------------------------------------------------

    def announce(
        self,
        announcement: Announcement,
        keep_until: datetime,
        said: Metadata | None = None,
        collection_ids: frozenset[str] = frozenset(),
        import_id: str | None = None,
    ) -> None:
        """Record that a file will come; kept until then if it never does.

        With what somebody says of it already, where it will stand, and with which
        archive it comes. Safe to repeat: the first announcement of an asset stands.
        """
        item = AssetItem(
            keys.asset(announcement.asset_id),
            keys.META,
            asset_id=announcement.asset_id,
            file_name=announcement.file_name,
            declared_type=announcement.media_type,
            declared_size=announcement.size,
            uploader_id=announcement.uploader_id,
            import_id=import_id,
            session_id=announcement.session_id,
            announced_at=announcement.announced_at,
            declared_sha256=announcement.sha256,
            declared_parts=list(announcement.part_sha256) or None,
            origin=announcement.origin.value if announcement.origin else None,
            replaces=announcement.replaces,
            description=plain(said) if said else None,
            collection_ids=set(collection_ids) or None,
            status=AssetStatus.EXPECTED.value,
            expires_at=int(keep_until.timestamp()),
            gsi2pk=keys.work(AssetStatus.EXPECTED),
            gsi2sk=_stamp(announcement.announced_at),
        )
        try:
            item.save(condition=AssetItem.pk.does_not_exist())
        except PutError as error:
            _unless_refused(error)

    def record(self, asset_id: str) -> AssetRecord | None:
        """Everything on record about a file, less its faces; None when nothing is."""
        item = self._find(asset_id)
        return None if item is None else record_of(item)

    def exact_duplicate(self, asset_id: str, sha256: str) -> str | None:
        """The earliest other asset with the same bytes, if there is one."""
        return exact_duplicate(asset_id, sha256)

    def near_duplicates(self, asset_id: str, perceptual_hash: str) -> tuple[str, ...]:
        """Other assets whose perceptual hash is within NEAR_BITS of this one."""
        return near_duplicates(asset_id, perceptual_hash)

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
        """Record that the file was read, described and rendered.

        Written under the revision that was read: of two deliveries of one event, one
        gets StaleRevisionError and finds the work done when it comes back. A file that
        replaces another takes its place in the same act. Raises VersionRefusedError.
        """
        asset_id = record.asset_id
        exact = self.exact_duplicate(asset_id, original.sha256)
        near = self.near_duplicates(asset_id, original.perceptual_hash)
        put_bands(asset_id, original.perceptual_hash)
        item = self._load(record)
        ends_at = self._ends(record, RetentionKind.ASSETS)
        since, there = record.announcement.announced_at, record.collection_ids
        listed = collected(asset_id, since, (), there)
        term = term_put(asset_id, ends_at)
        taken = place_taken(record, at, self._retention, self._now())

        def beside(act: TransactWrite) -> None:
            term(act)
            listed(act)
            if taken is not None:
                taken[1](act)

        actions: list[Action] = [
            AssetItem.original.set(asdict(original)),
            AssetItem.description.set(plain(description)),
            AssetItem.renditions.set({r.value for r in renditions}),
            AssetItem.notes.set(list(notes)),
            AssetItem.near_duplicates.set(list(near)),
            AssetItem.gsi1pk.set(keys.digest(original.sha256)),
            AssetItem.gsi1sk.set(_stamp(record.announcement.announced_at)),
            AssetItem.rejection.remove(),
            AssetItem.attempts.remove(),
            AssetItem.expires_at.remove(),
            ends_action(ends_at),
            *_status(AssetStatus.RECEIVED, at),
        ]
        if exact is not None:
            actions.append(AssetItem.duplicate_of.set(exact))
        if taken is not None:
            actions.append(AssetItem.chain_id.set(taken[0]))
        self._change(item, actions, entry, beside, AssetStatus.RECEIVED)

    def reject(
        self,
        record: AssetRecord,
        rejection: Rejection,
        at: datetime,
        entry: NewEntry | None = None,
    ) -> None:
        """Record why a file was not taken in, where the uploader sees it."""
        ends_at = self._ends(record, RetentionKind.REJECTED)
        self._change(
            self._load(record),
            [
                AssetItem.rejection.set(
                    {"reason": rejection.reason, "detail": dict(rejection.detail)}
                ),
                AssetItem.expires_at.remove(),
                ends_action(ends_at),
                *_status(AssetStatus.REJECTED, at),
            ],
            entry,
            term_put(record.asset_id, ends_at),
            AssetStatus.REJECTED,
        )

    def count_attempt(self, record: AssetRecord, at: datetime) -> None:
        """Record that the reconciler pushed a stalled file on; it waits anew."""
        self._change(
            self._load(record),
            [AssetItem.attempts.set(record.attempts + 1), *_status(record.status, at)],
        )

    def collect(
        self,
        record: AssetRecord,
        collection_ids: frozenset[str],
        entry: NewEntry | None = None,
    ) -> None:
        """Record in which collections a picture is from now on, and list it there.

        What has not been taken in yet is listed once it is.
        """
        kept, since = AssetItem.collection_ids, record.announcement.announced_at
        change = kept.set(set(collection_ids)) if collection_ids else kept.remove()
        there = collection_ids if record.original else ()
        listed = collected(record.asset_id, since, record.collection_ids, there)
        self._change(self._load(record), [change], entry, listed)

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
        """Record the faces first, then that the picture was looked through.

        Face ids are derived, and a face on record is left as it is, so a retry adds
        nothing and undoes nothing that a person marked since. A face that is kept no
        longer is found anew.
        """
        policy, now = self._retention.policy(), self._now()
        put_faces(record.asset_id, faces, policy, found_at=at, now=now)
        self._change(
            self._load(record),
            [
                AssetItem.detector_id.set(detector_id),
                AssetItem.face_count.set(len(faces)),
                AssetItem.faces_complete.set(complete),
                AssetItem.rejection.remove(),
                AssetItem.attempts.remove(),
                *_status(AssetStatus.EXAMINED, at),
            ],
            entry,
            status=AssetStatus.EXAMINED,
        )

    def picture(
        self, asset_id: str
    ) -> tuple[AssetRecord, Asset, tuple[Appearance, ...]] | None:
        """A picture with its faces and appearances, read consistently in one query.

        Of one that was replaced, or replaces another, the chain is read besides.
        """
        asset: AssetItem | None = None
        faces: list[FaceItem] = []
        appearances: list[AppearanceItem] = []
        for item in LibraryItem.query(keys.asset(asset_id), consistent_read=True):
            if isinstance(item, AssetItem):
                asset = item
            elif isinstance(item, FaceItem):
                faces.append(item)
            elif isinstance(item, AppearanceItem):
                appearances.append(item)
        if asset is None:
            return None
        record = record_of(asset)
        return (
            record,
            asset_of(record, faces, self._now(), chain_of(record)),
            tuple(appearance_of(a) for a in appearances),
        )

    def suggest(
        self, suggestions: Sequence[Appearance], entry: NewEntry | None = None
    ) -> int:
        """Record suggestions; where a person has spoken or software has, it stays.

        The entry is written with the first of them, or alone when none is new. Returns
        how many are new.
        """
        recorded = 0
        while new := without_those_on_record(suggestions):
            batch = new[:_TOGETHER]
            try:
                self._acts.write(put_new(batch), entry)
            except ActRefusedError:
                continue  # somebody spoke meanwhile: look again who is not on record
            recorded += len(batch)
            entry = None
        if entry is not None:
            self._acts.write(None, entry)
        return recorded

    def settle(
        self,
        record: AssetRecord,
        appearance: Appearance,
        entry: NewEntry | None = None,
    ) -> None:
        """Record what a person says about a face, and raise the picture's revision.

        The picture becomes due at that instant, so that the sweep finds it when whoever
        recorded this stops before asking for the decision.
        """
        item = self._load(record)
        due = _stamp(appearance.settled_at) if appearance.settled_at else NEVER
        face = face_kept(appearance, self._retention, self._now())

        def write(both: TransactWrite) -> None:
            both.save(appearance_item(appearance))
            both.update(item, actions=[AssetItem.gsi2sk.set(due)])
            face(both)

        try:
            self._acts.write(write, entry)
        except ActRefusedError as error:
            raise StaleRevisionError(record.asset_id) from error

    def forget_face(self, asset_id: str, face_id: str, at: datetime) -> None:
        """Remove who was thought to be in a box that is kept no longer.

        Nobody is confirmed in it, or it would be kept; a box that was found anew keeps
        them. Safe to repeat.
        """
        drop_appearances(asset_id, face_id, at)

    def mark(
        self,
        record: AssetRecord,
        face_id: str,
        mark: FaceMark,
        at: datetime,
        entry: NewEntry | None = None,
    ) -> None:
        """Record what a person says is to be done about a face, as `settle` does."""
        item = self._load(record)
        marked = face_marked(record.asset_id, face_id, mark, self._retention, self._now())

        def write(both: TransactWrite) -> None:
            marked(both)
            both.update(item, actions=[AssetItem.gsi2sk.set(_stamp(at))])

        try:
            self._acts.write(write, entry)
        except ActRefusedError as error:
            raise StaleRevisionError(record.asset_id) from error

    def declare(
        self,
        record: AssetRecord,
        declaration: Declaration,
        people: Sequence[Appearance],
        at: datetime,
        entry: NewEntry | None = None,
    ) -> None:
        """Record who is in what cannot be looked through, and end the release.

        It becomes due, as `settle` does.
        """
        item = self._load(record)
        try:
            self._acts.write(declared(item, declaration, people, _stamp(at)), entry)
        except ActRefusedError as error:
            raise StaleRevisionError(record.asset_id) from error

    def appearances_of(self, person_id: str) -> Iterator[tuple[str, str]]:
        """The (asset, face) pairs in which a person is on record, settled or not."""
        for item in LibraryItem.by_lookup.query(keys.person(person_id)):
            if isinstance(item, AppearanceItem):
                yield item.asset_id, item.face_id

    # -- decisions and releases ------------------------------------------------------

    def decide(
        self,
        record: AssetRecord,
        decision: Decision,
        release: Release | None,
        entry: NewEntry | None = None,
    ) -> None:
        """Cache a decision for lists, with the release as far as it still holds."""
        status = _BY_OUTCOME[decision.outcome]
        due = _stamp(decision.valid_until) if decision.valid_until else NEVER
        actions: list[Action] = [
            AssetItem.decision.set(decision_json(decision)),
            AssetItem.decided_revision.set(record.revision),
            AssetItem.status.set(status.value),
            AssetItem.attempts.remove(),
            AssetItem.rejection.remove(),
            AssetItem.gsi2pk.set(keys.work(status)),
            AssetItem.gsi2sk.set(due),
        ]
        if release is not None:
            actions.append(AssetItem.release.set(release_json(release)))
        self._change(self._load(record), actions, entry, status=status)

    def cached_decision(self, asset_id: str) -> dict[str, Any] | None:
        """The last decision as it was cached: to show, never to act on."""
        item = self._find(asset_id)
        return None if item is None else item.decision

    # -- work lists ------------------------------------------------------------------

    def due(self, statuses: Iterable[AssetStatus], before: datetime) -> Iterator[str]:
        """Assets in these statuses that somebody should look at by that instant."""
        for status in statuses:
            for item in LibraryItem.by_work.query(
                keys.work(status), LibraryItem.gsi2sk <= _stamp(before)
            ):
                if isinstance(item, AssetItem):
                    yield item.asset_id

    def page(
        self, status: AssetStatus, after: tuple[str, str] | None, limit: int
    ) -> Page:
        """The next pictures in one status, and where the page after them begins."""
        return assets_in(status, Place(*after) if after else None, limit)

    def in_status(self, status: AssetStatus) -> Iterator[AssetRecord]:
        """Every asset in one status, the one that waits longest first."""
        for item in LibraryItem.by_work.query(keys.work(status)):
            record = self.record(item.asset_id) if isinstance(item, AssetItem) else None
            if record is not None and record.status is status:
                yield record

    # -- sessions and the recognition mode -------------------------------------------

    def session(self, session_id: str) -> Session | None:
        """A session with its roster."""
        return read_session(session_id)

    def save_session(self, session: Session) -> None:
        """Record a session and its roster; safe to repeat."""
        write_session(session)

    def recognition(self) -> RecognitionSetting:
        """What is on record about recognition."""
        return read_setting()

    def recognition_mode(self, at: datetime) -> RecognitionMode:
        """How far recognition may go at this instant, as far as its assessment holds."""
        return effective_mode(read_setting(), at)

    def switch_recognition(
        self, setting: RecognitionSetting, entry: NewEntry | None = None
    ) -> None:
        """Record how far recognition may go, under the revision that was read.

        Raises StaleRevisionError when somebody switched it meanwhile.
        """
        try:
            self._acts.write(setting_written(setting), entry)
        except ActRefusedError as error:
            raise StaleRevisionError(keys.RECOGNITION) from error

    # -- inside ----------------------------------------------------------------------

    def _find(self, asset_id: str) -> AssetItem | None:
        try:
            return AssetItem.get(keys.asset(asset_id), keys.META, consistent_read=True)
        except DoesNotExist:
            return None

    def _ends(self, record: AssetRecord, kind: RetentionKind) -> int | None:
        """When the picture's own term ends, as the policy has it now."""
        since = record.announcement.announced_at
        return self._retention.policy().expiry(kind, since, self._now())

    def _change(
        self,
        item: AssetItem,
        actions: list[Action],
        entry: NewEntry | None = None,
        beside: Write | None = None,
        status: AssetStatus | None = None,
    ) -> None:
        """Change a picture at the revision that was read, and say so in the trail.

        Where it gets another `status`, its import counts it there in the same act.
        """
        counts = counted_anew(item, status)

        def write(act: TransactWrite) -> None:
            # A copy for each try: PynamoDB adds the revision's own action to it.
            act.update(item, list(actions))
            for more in (beside, counts):
                if more is not None:
                    more(act)

        try:
            if entry is None and beside is None and counts is None:
                item.update(actions=actions)
            else:
                self._acts.write(write, entry)
        except ActRefusedError as error:
            raise StaleRevisionError(item.asset_id) from error
        except UpdateError as error:
            if error.cause_response_code == _REFUSED:
                raise StaleRevisionError(item.asset_id) from error
            raise

    def _load(self, record: AssetRecord) -> AssetItem:
        """The item to change, as long as it is still at the revision that was read."""
        item = self._find(record.asset_id)
        if item is None:
            raise MissingAssetError(record.asset_id)
        if item.revision != record.revision:
            raise StaleRevisionError(record.asset_id)
        return item


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _status(status: AssetStatus, since: datetime) -> list[Action]:
    return [
        AssetItem.status.set(status.value),
        AssetItem.gsi2pk.set(keys.work(status)),
        AssetItem.gsi2sk.set(_stamp(since)),
    ]


def _unless_refused(error: PutError) -> None:
    """Go on when the item was there already; raise anything else again."""
    if error.cause_response_code != _REFUSED:
        raise error
