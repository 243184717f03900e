"""Boxes of faces, as the library table keeps them: dated as long as nobody named them."""

from collections.abc import Sequence
from datetime import datetime

from pynamodb.exceptions import DoesNotExist, PutError
from pynamodb.expressions.update import Action
from pynamodb.transactions import TransactWrite

from beeldrecht.domain.assets import Face, FaceMark
from beeldrecht.domain.people import Appearance, AppearanceStatus
from beeldrecht.domain.retention import RetentionKind, RetentionPolicy, over

from . import keys
from .audit import Write
from .library_encoding import geometry_of
from .library_items import AppearanceItem, FaceItem, LibraryItem
from .retention import Policies

_REFUSED = "ConditionalCheckFailedException"


def put_faces(
    asset_id: str,
    faces: Sequence[Face],
    policy: RetentionPolicy,
    *,
    found_at: datetime,
    now: datetime,
) -> None:
    """Put faces that are not on record, or are kept no longer; others stay."""
    free = FaceItem.pk.does_not_exist() | (FaceItem.expires_at <= int(now.timestamp()))
    for face in faces:
        item = FaceItem(
            keys.asset(asset_id),
            keys.face(face.face_id),
            asset_id=asset_id,
            face_id=face.face_id,
            geometry=geometry_of(face),
            mark=face.mark.value,
            found_at=found_at,
            expires_at=policy.expiry(RetentionKind.UNLINKED_FACES, found_at, now),
        )
        try:
            item.save(condition=free)
        except PutError as error:
            if error.cause_response_code != _REFUSED:
                raise


def face_kept(appearance: Appearance, retention: Policies, now: datetime) -> Write:
    """What dates a face in the act that settles who it is.

    A face that somebody named is kept as long as its picture; one that lost its only name
    ends with the faces nobody named. Refused when it is kept no longer.
    """
    asset_id, face_id = appearance.asset_id, appearance.face_id
    kept = appearance.status is AppearanceStatus.CONFIRMED or _named(
        asset_id, face_id, but_by=appearance.person_id
    )
    return _dated(asset_id, face_id, kept, (), retention, now)


def face_marked(
    asset_id: str, face_id: str, mark: FaceMark, retention: Policies, now: datetime
) -> Write:
    """What marks a face, and dates it: one that is marked stays with its picture.

    Without its box nobody could cover it. Refused when it is kept no longer.
    """
    kept = mark is not FaceMark.UNMARKED or _named(asset_id, face_id)
    marks = (FaceItem.mark.set(mark.value),)
    return _dated(asset_id, face_id, kept, marks, retention, now)


def _named(asset_id: str, face_id: str, but_by: str | None = None) -> bool:
    return any(
        each.status == AppearanceStatus.CONFIRMED.value and each.person_id != but_by
        for each in AppearanceItem.query(
            keys.asset(asset_id),
            LibraryItem.sk.startswith(keys.appearance(face_id, "")),
            consistent_read=True,
        )
    )


def _dated(
    asset_id: str,
    face_id: str,
    kept: bool,
    more: tuple[Action, ...],
    retention: Policies,
    now: datetime,
) -> Write:
    there = FaceItem.pk.exists() & (
        FaceItem.expires_at.does_not_exist()
        | (FaceItem.expires_at > int(now.timestamp()))
    )
    kind = RetentionKind.UNLINKED_FACES
    until = None if kept else retention.policy().expiry(kind, now, now)

    def write(act: TransactWrite) -> None:
        change = (
            FaceItem.expires_at.remove()
            if until is None
            else FaceItem.expires_at.set(until)
        )
        act.update(
            FaceItem(keys.asset(asset_id), keys.face(face_id)),
            actions=[change, *more],
            condition=there,
        )

    return write


def drop_appearances(asset_id: str, face_id: str, now: datetime) -> None:
    """Remove who was thought to be in a box, unless the box is there."""
    pk = keys.asset(asset_id)
    try:
        face = FaceItem.get(pk, keys.face(face_id), consistent_read=True)
    except DoesNotExist:
        face = None
    if face is not None and not over(face.expires_at, now):
        return
    for each in AppearanceItem.query(
        pk, LibraryItem.sk.startswith(keys.appearance(face_id, "")), consistent_read=True
    ):
        each.delete()
