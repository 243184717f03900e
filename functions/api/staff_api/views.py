"""A picture as the API shows it: to each caller what they need of it, and no more."""

from collections.abc import Sequence
from datetime import datetime

from pydantic import Field

from beeldrecht.domain.access import Operation, User, affordances, may
from beeldrecht.domain.assets import UNDER_WAY, AssetStatus, Face, FaceMark
from beeldrecht.domain.channels import Channel, Verdict
from beeldrecht.domain.decisions import (
    Decision,
    Finding,
    FindingId,
    Outcome,
    releasable,
)
from beeldrecht.domain.declarations import Sight as SightOf
from beeldrecht.domain.declarations import declared_people
from beeldrecht.domain.intake import AssetRecord, RenditionName
from beeldrecht.domain.messages import words
from beeldrecht.domain.people import Appearance, AppearanceStatus, SuggestionBand
from beeldrecht.runtime.events import Frozen, OpaqueId

from .metadata_views import DescriptionView, described
from .sights import Sight

_OF_A_PICTURE = frozenset(
    operation
    for operation in Operation
    if operation.partition(":")[0] in {"asset", "appearance", "suggestion", "basis"}
) - {
    Operation.ASSET_LIST,
    Operation.ASSET_UPLOAD,
    Operation.ASSET_ERASE,
    Operation.BASIS_END,
}
"""What can be asked of one picture; erasing has no route yet.

Whether there is a basis to end, the list of them says.
"""


class OriginalView(Frozen):
    """The file that came, upright."""

    media_type: str
    size: int
    width: int
    height: int


class RejectionView(Frozen):
    """Why the file was not taken in."""

    reason: str
    detail: dict[str, str | int]


class BoxView(Frozen):
    """A rectangle in upright pixels of the original, from its top left."""

    x: float
    y: float
    width: float
    height: float


class AppearanceView(Frozen):
    """Somebody in a face: said by a person, or suggested by software."""

    person_id: OpaqueId
    status: AppearanceStatus
    band: SuggestionBand | None = Field(description="How a suggestion is to be shown.")


class FaceView(Frozen):
    """A face, and who is on record as its person."""

    face_id: OpaqueId
    box: BoxView
    mark: FaceMark
    appearances: list[AppearanceView]


class FindingView(Frozen):
    """One reason of a decision, with its words in the caller's language."""

    id: FindingId
    words: str
    face_id: OpaqueId | None
    person_id: OpaqueId | None
    channel: Channel | None = Field(description="None: it holds for every channel.")
    until: datetime | None


class DecisionView(Frozen):
    """What may be done with the picture at this very instant."""

    at: datetime
    valid_until: datetime | None = Field(
        description="When time alone changes the answer; a new fact may do so earlier."
    )
    outcome: Outcome
    words: str
    per_channel: dict[Channel, Verdict]
    leaves: dict[Channel, Verdict] = Field(
        description="The channels in which it may leave now, as a person released it."
    )
    findings: list[FindingView]


class ReleaseView(Frozen):
    """The last release by a person, as far as it still holds."""

    released_by: OpaqueId
    at: datetime
    channels: dict[Channel, Verdict]


class DeclarationView(Frozen):
    """What a person said of who is in what cannot be looked through."""

    declared_by: OpaqueId
    rest_stays: bool = Field(description="Only the first page is used.")
    people: list[OpaqueId] | None = Field(
        description="Everybody who was named. None: that is not for the caller."
    )


class CollectionRef(Frozen):
    """A collection that the picture is in."""

    collection_id: OpaqueId
    title: str
    restricted: bool


class AssetSummary(Frozen):
    """A picture in a list. The status is for lists: the picture itself says what may."""

    asset_id: OpaqueId
    revision: int
    status: AssetStatus
    settled: bool = Field(description="Nothing is under way: `status` is the last word.")
    file_name: str
    title: str | None
    announced_at: datetime
    uploader_id: OpaqueId
    session_id: OpaqueId | None
    width: int | None
    height: int | None
    face_count: int | None
    renditions: list[RenditionName]
    collection_ids: list[OpaqueId]


class AssetView(Frozen):
    """A picture, what is known of it, and what the caller may do with it now."""

    asset_id: OpaqueId
    revision: int
    status: AssetStatus
    settled: bool = Field(description="Nothing is under way: `status` is the last word.")
    duplicate_of: OpaqueId | None = Field(
        description="The same file, byte for byte, that came before this one."
    )
    near_duplicates: list[OpaqueId] | None = Field(
        default=None,
        description="Looked nearly the same when it came. None: not looked up here.",
    )
    file_name: str
    media_type: str
    size: int
    announced_at: datetime
    uploader_id: OpaqueId
    session_id: OpaqueId | None
    original: OriginalView | None
    description: DescriptionView
    rejection: RejectionView | None
    renditions: list[RenditionName]
    notes: list[str]
    faces_complete: bool
    faces: list[FaceView] | None = Field(description="None: nobody has looked yet.")
    sight: SightOf = Field(description="How much of it can be looked through.")
    declaration: DeclarationView | None
    decision: DecisionView
    release: ReleaseView | None
    collections: list[CollectionRef]
    replaced_at: datetime | None = Field(
        description="Since when another file has its place: then it leaves for nobody."
    )
    affordances: list[Operation] = Field(
        description="What the caller may do with this picture as it is now."
    )


def summary_of(record: AssetRecord) -> AssetSummary:
    """A picture in a list."""
    said, original = record.announcement, record.original
    return AssetSummary(
        asset_id=record.asset_id,
        revision=record.revision,
        status=record.status,
        settled=record.settled,
        file_name=said.file_name,
        title=record.description.title,
        announced_at=said.announced_at,
        uploader_id=said.uploader_id,
        session_id=said.session_id,
        width=original.width if original else None,
        height=original.height if original else None,
        face_count=record.face_count,
        renditions=sorted(record.renditions),
        collection_ids=sorted(record.collection_ids),
    )


def view_of(
    sight: Sight, user: User, language: str, near: Sequence[str] | None = None
) -> AssetView:
    """A picture as this caller sees it.

    Who is in it is for those who work with people, and what software thinks is for those
    who may see suggestions; others are not told of either, nor of anybody's consent.
    """
    record, said = sight.record, sight.record.announcement
    shown = Shown(sight, user)
    return AssetView(
        asset_id=record.asset_id,
        revision=record.revision,
        status=record.status,
        settled=record.settled,
        duplicate_of=sight.copy_of,
        near_duplicates=None if near is None else list(near),
        file_name=said.file_name,
        media_type=said.media_type,
        size=said.size,
        announced_at=said.announced_at,
        uploader_id=said.uploader_id,
        session_id=said.session_id,
        original=_original(record),
        description=described(record.description),
        rejection=_rejection(record),
        renditions=sorted(record.renditions),
        notes=list(record.notes),
        faces_complete=record.faces_complete,
        faces=[_face(face, shown) for face in sight.asset.faces]
        if sight.asset.examined
        else None,
        sight=sight.asset.sight,
        declaration=_declaration(sight, shown),
        decision=decision_view(sight.decision, shown, language),
        release=_release(record),
        collections=[
            CollectionRef(
                collection_id=each.collection_id,
                title=each.title,
                restricted=each.restricted,
            )
            for each in sight.scene.collections
            if each.collection_id in record.collection_ids
        ],
        replaced_at=record.replaced_at,
        affordances=sorted(possible(sight, user)),
    )


class Shown:
    """What of a picture's people one caller is told."""

    def __init__(self, sight: Sight, user: User) -> None:
        def allowed(operation: Operation) -> bool:
            return may(user, operation, sight.at, sight.scene) is None

        self._people = allowed(Operation.PERSON_READ)
        self._suggestions = self._people and allowed(Operation.SUGGESTION_SEE)
        self._appearances = sight.appearances

    def of(self, face: Face) -> list[Appearance]:
        """Who is on record as this face, as far as the caller is told."""
        return [
            each
            for each in self._appearances
            if each.face_id == face.face_id
            and self._people
            and (self._suggestions or each.status is not AppearanceStatus.SUGGESTED)
        ]

    def declared(self, asset_id: str) -> list[str] | None:
        """Who was declared to be in the file; None: the caller is not told."""
        if not self._people:
            return None
        return list(declared_people(asset_id, self._appearances))

    def tells(self, finding: Finding) -> bool:
        """Whether the caller is told of a finding."""
        if finding.id is FindingId.SUGGESTION_WAITING:
            return self._suggestions
        return self._people or not finding.person_id


def decision_view(decision: Decision, shown: Shown, language: str) -> DecisionView:
    """A decision with its reasons, as far as the caller is told of them."""
    return DecisionView(
        at=decision.at,
        valid_until=decision.valid_until,
        outcome=decision.outcome,
        words=words(decision.outcome, language),
        per_channel=dict(decision.per_channel),
        leaves=dict(decision.leaves),
        findings=findings_of(decision, shown, language),
    )


def findings_of(decision: Decision, shown: Shown, language: str) -> list[FindingView]:
    """The reasons, in the caller's words."""
    return [
        FindingView(
            id=each.id,
            words=words(each.id, language),
            face_id=each.face_id or None,
            person_id=each.person_id or None,
            channel=each.channel,
            until=each.until,
        )
        for each in decision.findings
        if shown.tells(each)
    ]


def possible(sight: Sight, user: User) -> frozenset[Operation]:
    """What the caller may do with this picture, and what it is in a state for."""
    allowed = affordances(user, sight.at, sight.scene) & _OF_A_PICTURE
    suggested = any(a.status is AppearanceStatus.SUGGESTED for a in sight.appearances)
    found = {each.id for each in sight.decision.findings}
    frozen = FindingId.ASSET_RESTRICTED in found
    in_state = {
        Operation.ASSET_VIEW: bool(sight.record.renditions),
        Operation.ASSET_RELEASE: not sight.record.refused
        and bool(releasable(sight.decision)),
        Operation.ASSET_RETRY: retriable(sight),
        Operation.ASSET_RESTRICT: not frozen,
        Operation.ASSET_UNRESTRICT: frozen,
        Operation.APPEARANCE_CONFIRM: bool(sight.asset.faces) or _declarable(sight),
        Operation.APPEARANCE_MARK: bool(sight.asset.faces),
        Operation.SUGGESTION_SEE: suggested,
        Operation.SUGGESTION_CONFIRM: suggested,
    }
    return frozenset(each for each in allowed if in_state.get(each, True))


def retriable(sight: Sight) -> bool:
    """Whether saying again that it was uploaded can bring it further.

    Boxes that are kept no longer are found anew.
    """
    record = sight.record
    if sight.asset.faces_forgotten:
        return not record.refused
    failed = record.rejection is not None and not record.refused
    return failed or (record.rejection is None and record.status in UNDER_WAY)


def _declarable(sight: Sight) -> bool:
    """Whether a person has to say who is in what cannot be looked through."""
    taken_in = sight.record.original is not None and not sight.record.refused
    return taken_in and sight.asset.sight is not SightOf.WHOLE


def _declaration(sight: Sight, shown: Shown) -> DeclarationView | None:
    said = sight.asset.declaration
    if said is None:
        return None
    return DeclarationView(
        declared_by=said.declared_by,
        rest_stays=said.rest_stays,
        people=shown.declared(sight.asset.asset_id),
    )


def _original(record: AssetRecord) -> OriginalView | None:
    original = record.original
    if original is None:
        return None
    return OriginalView(
        media_type=original.media_type,
        size=original.size,
        width=original.width,
        height=original.height,
    )


def _rejection(record: AssetRecord) -> RejectionView | None:
    why = record.rejection
    if why is None:
        return None
    return RejectionView(reason=why.reason, detail=dict(why.detail))


def _release(record: AssetRecord) -> ReleaseView | None:
    release = record.release
    if release is None:
        return None
    return ReleaseView(
        released_by=release.released_by,
        at=release.at,
        channels=dict(release.channels),
    )


def _face(face: Face, shown: Shown) -> FaceView:
    box = face.box
    return FaceView(
        face_id=face.face_id,
        box=BoxView(x=box.x, y=box.y, width=box.width, height=box.height),
        mark=face.mark,
        appearances=[
            AppearanceView(
                person_id=each.person_id,
                status=each.status,
                band=each.band if each.status is AppearanceStatus.SUGGESTED else None,
            )
            for each in shown.of(face)
        ],
    )
