"""Announce a picture and hand out the form that takes exactly that picture."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Annotated, Literal, Protocol

from pydantic import Field, StringConstraints

from beeldrecht.domain.intake import MAX_BYTES, Announcement
from beeldrecht.runtime.events import Frozen, OpaqueId

FORM_SECONDS = 15 * 60
KEEP_UNFULFILLED = timedelta(days=7)

MediaType = Literal[
    "image/jpeg", "image/png", "image/webp", "image/tiff", "image/heic", "image/avif"
]


class Event(Frozen):
    """What somebody wants to upload."""

    file_name: Annotated[str, StringConstraints(min_length=1, max_length=255)]
    media_type: MediaType
    size: Annotated[int, Field(ge=0, le=MAX_BYTES)]
    uploader_id: OpaqueId
    session_id: OpaqueId | None = None


class Form(Frozen):
    """Where to post the file, and the fields that go before it."""

    url: str
    fields: dict[str, str]


class Result(Frozen):
    """The asset that will be, and how to send its bytes."""

    asset_id: OpaqueId
    form: Form
    expires_at: datetime


class Announcements(Protocol):
    """Where announced pictures are kept."""

    def announce(self, announcement: Announcement, keep_until: datetime) -> None:
        """Record that a file will come."""
        ...


class UploadForms(Protocol):
    """What makes upload forms."""

    def form(
        self, asset_id: str, media_type: str, size: int, seconds: int
    ) -> "FormParts":
        """A form for exactly that object."""
        ...


class FormParts(Protocol):
    """A form's address and fields."""

    @property
    def url(self) -> str:
        """Where to post."""
        ...

    @property
    def fields(self) -> dict[str, str]:
        """What to post before the file."""
        ...


def request_upload(
    event: Event,
    library: Announcements,
    originals: UploadForms,
    new_id: Callable[[], str],
    at: datetime,
) -> Result:
    """Record the announcement, then sign the form.

    Not idempotent by itself: each call announces another picture, and one that is never
    sent disappears after a week. The record comes first, so that no object can arrive
    that nobody announced.
    """
    asset_id = new_id()
    library.announce(
        Announcement(
            asset_id=asset_id,
            file_name=event.file_name,
            media_type=event.media_type,
            size=event.size,
            uploader_id=event.uploader_id,
            session_id=event.session_id,
            announced_at=at,
        ),
        keep_until=at + KEEP_UNFULFILLED,
    )
    parts = originals.form(asset_id, event.media_type, event.size, FORM_SECONDS)
    return Result(
        asset_id=asset_id,
        form=Form(url=parts.url, fields=parts.fields),
        expires_at=at + timedelta(seconds=FORM_SECONDS),
    )
