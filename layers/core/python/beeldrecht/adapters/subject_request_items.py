"""The items of subject requests in the `consent` table, and the values they stand for.

What people and officers write in their own words says something of a person, so it is
sealed with that person's key, as a name is: an item is read without any of it, and
whoever holds the seals opens it.
"""

from contextlib import suppress
from dataclasses import replace

from pynamodb.attributes import (
    BinaryAttribute,
    NumberAttribute,
    UnicodeAttribute,
    UTCDateTimeAttribute,
)

from beeldrecht.domain.subject_requests import (
    Extension,
    Identity,
    Lifting,
    Received,
    SubjectRequest,
    SubjectRequestKind,
    SubjectRequestState,
    ToldBy,
)

from . import keys
from .consent import Seals
from .consent_items import ConsentItem
from .errors import KeyDestroyedError
from .pages import place


class SubjectRequestItem(ConsentItem, discriminator="subject_request"):
    """One thing asked; listed under its state."""

    request_id = UnicodeAttribute()
    person_id = UnicodeAttribute()
    request_kind = UnicodeAttribute()
    asked_at = UTCDateTimeAttribute()
    due_at = UTCDateTimeAttribute()
    state = UnicodeAttribute()
    received = UnicodeAttribute(default=Received.OWN_PAGE.value)
    entered_by = UnicodeAttribute(null=True)
    identity = UnicodeAttribute(default=Identity.LINK.value)
    identity_by = UnicodeAttribute(null=True)
    identity_at = UTCDateTimeAttribute(null=True)
    asset_id = UnicodeAttribute(null=True)
    face_id = UnicodeAttribute(null=True)
    sealed_details = BinaryAttribute(null=True, legacy_encoding=False)
    decided_by = UnicodeAttribute(null=True)
    decided_at = UTCDateTimeAttribute(null=True)
    sealed_reason = BinaryAttribute(null=True, legacy_encoding=False)
    extended_months = NumberAttribute(null=True)
    extended_by = UnicodeAttribute(null=True)
    extended_at = UTCDateTimeAttribute(null=True)
    sealed_extension = BinaryAttribute(null=True, legacy_encoding=False)
    lifts_from = UTCDateTimeAttribute(null=True)
    lifted_by = UnicodeAttribute(null=True)
    lifted_at = UTCDateTimeAttribute(null=True)
    lift_told = UnicodeAttribute(null=True)
    sealed_lifting = BinaryAttribute(null=True, legacy_encoding=False)


class SubjectRequestOfItem(ConsentItem, discriminator="subject_request_of"):
    """That this person asked; listed among all, whatever came of it."""

    person_id = UnicodeAttribute()
    request_id = UnicodeAttribute()


def item_of(request: SubjectRequest, sealed_details: bytes | None) -> SubjectRequestItem:
    """A request as it is when it is new."""
    return SubjectRequestItem(
        keys.asked(request.request_id),
        keys.META,
        request_id=request.request_id,
        person_id=request.person_id,
        request_kind=request.kind.value,
        asked_at=request.asked_at,
        due_at=request.due_at,
        state=request.state.value,
        received=request.received.value,
        entered_by=request.entered_by,
        identity=request.identity.value,
        identity_by=request.identity_by,
        identity_at=request.identity_at,
        asset_id=request.asset_id,
        face_id=request.face_id,
        sealed_details=sealed_details,
        gsi1pk=keys.asked_in(request.state),
        gsi1sk=place(request.asked_at, request.request_id),
    )


def pointer_of(request: SubjectRequest) -> SubjectRequestOfItem:
    """That its person asked it."""
    return SubjectRequestOfItem(
        keys.dossier(request.person_id),
        keys.asked(request.request_id),
        person_id=request.person_id,
        request_id=request.request_id,
        gsi1pk=keys.ASKED_OF_US,
        gsi1sk=place(request.asked_at, request.request_id),
    )


def request_of(item: SubjectRequestItem) -> SubjectRequest:
    """The request that an item holds; what is sealed stays so."""
    return SubjectRequest(
        request_id=item.request_id,
        person_id=item.person_id,
        kind=SubjectRequestKind(item.request_kind),
        asked_at=item.asked_at,
        due_at=item.due_at,
        state=SubjectRequestState(item.state),
        decided_by=item.decided_by,
        decided_at=item.decided_at,
        received=Received(item.received),
        entered_by=item.entered_by,
        identity=Identity(item.identity),
        identity_by=item.identity_by,
        identity_at=item.identity_at,
        asset_id=item.asset_id,
        face_id=item.face_id,
        extension=_extension_of(item),
        lifting=_lifting_of(item),
    )


def opened(item: SubjectRequestItem, seals: Seals) -> SubjectRequest:
    """The request that an item holds, with what was written of it in words.

    Without any where the person was erased: their key is gone.
    """

    def text(sealed: bytes | None) -> str | None:
        if sealed is not None:
            with suppress(KeyDestroyedError):
                return seals.open(item.person_id, sealed).decode()
        return None

    request = request_of(item)
    extension, lifting = request.extension, request.lifting
    return replace(
        request,
        details=text(item.sealed_details),
        reason=text(item.sealed_reason),
        extension=extension and replace(extension, reason=text(item.sealed_extension)),
        lifting=lifting and replace(lifting, reason=text(item.sealed_lifting)),
    )


def _extension_of(item: SubjectRequestItem) -> Extension | None:
    if item.extended_at is None or item.extended_by is None:
        return None
    months = int(item.extended_months or 0)
    return Extension(months, None, item.extended_by, item.extended_at)


def _lifting_of(item: SubjectRequestItem) -> Lifting | None:
    if item.lifted_at is None or item.lifted_by is None or item.lifts_from is None:
        return None
    told = ToldBy(item.lift_told or ToldBy.MAIL)
    return Lifting(item.lifts_from, None, item.lifted_by, item.lifted_at, told)
