"""Pictures that somebody outside may see, or fetch, by the link of a share.

Each picture is decided on at the instant at which it is asked for, by what decides on
downloads, and recorded before its address exists. What may not be seen is not available:
nobody outside is told why, nor whether it ever was.
"""

from datetime import datetime, timedelta
from http import HTTPMethod
from math import ceil
from pathlib import PurePosixPath
from typing import Annotated, Final, Literal

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Body
from pydantic import Field, SecretStr

from beeldrecht.domain.declarations import Sight
from beeldrecht.domain.disclosures import DisclosureKind
from beeldrecht.domain.egress import rendition_file_name
from beeldrecht.domain.intake import RenditionName
from beeldrecht.domain.links import LinkPurpose
from beeldrecht.domain.masking import UncoverableError
from beeldrecht.domain.problems import Problem
from beeldrecht.domain.rate_limits import RateLimit
from beeldrecht.domain.shares import (
    MOST_PICTURES,
    PASSWORD_LENGTHS,
    Share,
    ShareRefusal,
    ShareState,
    ShareWay,
    gives,
    has_leave,
    leave,
    opens,
    shows,
    state_at,
)
from beeldrecht.runtime.events import Frozen, OpaqueId
from beeldrecht.runtime.http.api import Api, reply
from beeldrecht.runtime.http.problems import ProblemError
from egress.download_asset import step as download_step

from .door import Admitted, Door
from .said import Said, not_valid, said
from .services import Services

PER_PASSWORD: Final = RateLimit(burst=5, interval=timedelta(minutes=1))
"""Somebody who mistypes; a machine gets a thousand and some a day, of one link."""

type _Leave = Annotated[str, Field(max_length=64)]


class ShareOpening(Frozen):
    """What opens it, where it has a password."""

    password: Annotated[SecretStr, Field(max_length=PASSWORD_LENGTHS[1])] | None = None
    leave: _Leave | None = Field(
        default=None, description="What a right password was answered with, for an hour."
    )


class SharedPictureOrder(Frozen):
    """Which picture of a share."""

    asset_id: OpaqueId
    leave: _Leave | None = None


class SharePage(Frozen):
    """What a share holds; whether each of it can be seen is asked one by one."""

    asset_ids: list[OpaqueId]
    channel: Said
    way: ShareWay
    can_fetch: bool
    left: int | None = Field(description="How many can be fetched; None: all.")
    ends_at: datetime
    leave: str | None


class SharedPicture(Frozen):
    """One picture to see, or that it is not available."""

    asset_id: OpaqueId
    url: str | None = Field(description="For a minute; none: not available any more.")
    masked: bool = False
    only_file: bool = Field(
        default=False,
        description="There is no picture of it: it can be fetched, and not be seen.",
    )


class SharedFile(Frozen):
    """One picture to fetch."""

    asset_id: OpaqueId
    url: str
    file_name: str
    expires_at: datetime


def add_routes(api: Api, services: Services, door: Door) -> None:
    """Add the routes of shares below `/subject`."""
    desk = _Desk(api, services, door)

    @api.open_route(HTTPMethod.POST, "/subject/share", summary="What is shared with me")
    def open_share(order: Annotated[ShareOpening, Body()]) -> Response[SharePage]:
        """No picture leaves by this; a password is asked for here, a few times."""
        at = services.now()
        admitted, share = desk.admit(at)
        given = desk.given(share, admitted, order, at)
        most = share.max_downloads
        return reply(
            SharePage(
                asset_ids=list(desk.shown(share, at)),
                channel=said(share.channel, api.language),
                way=share.way,
                can_fetch=gives(share) is None,
                left=None if most is None else max(0, most - share.downloads),
                ends_at=share.ends_at,
                leave=given,
            )
        )

    @api.open_route(
        HTTPMethod.POST, "/subject/share/picture", summary="One shared picture, to see"
    )
    def see_shared(
        order: Annotated[SharedPictureOrder, Body()],
    ) -> Response[SharedPicture]:
        """Who looks again within the hour received no other copy."""
        at = services.now()
        share = desk.opened(order, at)
        result = desk.leaving(share, order.asset_id, RenditionName.PREVIEW, at)
        only_file = result is None and desk.only_file(share, order.asset_id, at)
        return reply(
            SharedPicture(
                asset_id=order.asset_id,
                url=result.url if result else None,
                masked=bool(result and result.masked),
                only_file=only_file,
            )
        )

    @api.open_route(
        HTTPMethod.POST, "/subject/share/download", summary="One shared picture, to keep"
    )
    def fetch_shared(
        order: Annotated[SharedPictureOrder, Body()],
    ) -> Response[SharedFile]:
        """Each is on record, and counted, before its address is given."""
        at = services.now()
        share = desk.opened(order, at)
        refusal = gives(share)
        if refusal is not None:
            raise desk.refused(refusal)
        result = desk.leaving(share, order.asset_id, None, None)
        if result is None:
            raise desk.refused(ShareRefusal.NOT_AVAILABLE)
        if not services.shares.count(share):
            raise desk.refused(ShareRefusal.NONE_LEFT)
        return reply(
            SharedFile(
                asset_id=order.asset_id,
                url=result.url,
                file_name=desk.file_name(result),
                expires_at=result.expires_at,
            )
        )


class _Desk:
    """Lets in, asks for the password, and has pictures decided on."""

    def __init__(self, api: Api, services: Services, door: Door) -> None:
        self._api = api
        self._services = services
        self._door = door

    def admit(self, at: datetime) -> tuple[Admitted, Share]:
        """The share that a link opens; one that is over or taken back is no link."""
        admitted = self._door.let_in(at, LinkPurpose.SHARE)
        link = admitted.link
        share = self._services.shares.get(link.about, at) if link.about else None
        if share is None or share.recipient_id != link.subject_id:
            raise not_valid()
        if state_at(share, at) is not ShareState.OPEN:
            raise not_valid()
        return admitted, share

    def given(
        self, share: Share, admitted: Admitted, order: ShareOpening, at: datetime
    ) -> str | None:
        """What opens its pictures for an hour; raises ProblemError."""
        kept, digest = share.password, admitted.digest
        if kept is None:
            return None
        if order.leave and has_leave(order.leave, kept, digest, at):
            return order.leave
        if order.password is None:
            raise self.refused(ShareRefusal.PASSWORD_NEEDED)
        # Before it is looked at, or those who try many at once would all be answered.
        empty = self._services.buckets.take(f"password:{digest}", PER_PASSWORD, at)
        if empty is not None:
            wait = max(1, ceil(empty.wait.total_seconds()))
            raise ProblemError(
                Problem.TOO_MANY_REQUESTS, headers={"Retry-After": str(wait)}
            )
        if not opens(order.password.get_secret_value(), kept):
            raise self.refused(ShareRefusal.PASSWORD_WRONG)
        return leave(kept, digest, at)

    def opened(self, order: SharedPictureOrder, at: datetime) -> Share:
        """The share, for one of its pictures; raises ProblemError."""
        admitted, share = self.admit(at)
        kept = share.password
        if kept is not None and not (
            order.leave and has_leave(order.leave, kept, admitted.digest, at)
        ):
            raise self.refused(ShareRefusal.PASSWORD_NEEDED)
        if not self._shows(share, order.asset_id, at):
            raise self.refused(ShareRefusal.NOT_AVAILABLE)
        return share

    def shown(self, share: Share, at: datetime) -> tuple[str, ...]:
        """What it shows now: its pictures, or what is in its collection at this look."""
        if share.collection_id is None:
            return share.asset_ids
        found: list[str] = []
        after: str | None = None
        while len(found) < MOST_PICTURES:
            ids, after = self._services.collected.page(
                share.collection_id, after, MOST_PICTURES
            )
            found += (each for each in ids if self._shows(share, each, at))
            if after is None:
                break
        return tuple(found[:MOST_PICTURES])

    def _shows(self, share: Share, asset_id: str, at: datetime) -> bool:
        """Whether it shows a picture: what the picture says counts, not the list."""
        if share.collection_id is None:
            return asset_id in share.asset_ids
        record = self._services.library.record(asset_id)
        if record is None or record.over(at):
            return False
        several = self._services.collections.several
        return shows(
            share, several(record.collection_ids), several([share.collection_id])
        )

    def leaving(
        self,
        share: Share,
        asset_id: str,
        rendition: Literal[RenditionName.PREVIEW] | None,
        looked_at: datetime | None,
    ) -> download_step.Result | None:
        """Have it decided on and recorded; None: not available, whatever the reason."""
        event = download_step.Event(
            asset_id=asset_id,
            actor_id=share.recipient_id,
            channel=share.channel,
            place=share.place,
            rendition=rendition,
            or_file=rendition is None,
            kind=DisclosureKind.SHARE,
            since=looked_at and looked_at.replace(minute=0, second=0, microsecond=0),
        )
        try:
            return leave_by(self._services, event)
        except _UNAVAILABLE:
            return None

    def only_file(self, share: Share, asset_id: str, at: datetime) -> bool:
        """Whether it is no picture, and could be fetched now; nothing leaves by this."""
        record = self._services.library.record(asset_id)
        nothing = record is not None and record.sight is Sight.NOTHING
        if not nothing or gives(share) is not None:
            return False
        event = download_step.Event(
            asset_id=asset_id,
            actor_id=share.recipient_id,
            channel=share.channel,
            place=share.place,
            or_file=True,
            kind=DisclosureKind.SHARE,
        )
        services = self._services
        try:
            leaving = download_step.decided(
                event, services.library, services.register, services.bases, at
            )
        except _UNAVAILABLE:
            return False
        return download_step.leaves_as_file(event, leaving)

    def file_name(self, result: download_step.Result) -> str:
        """Under what it is saved: its id, for a name can name somebody."""
        name = result.rendition or RenditionName.WORKING
        record = self._services.library.record(result.asset_id)
        ending = PurePosixPath(
            rendition_file_name(record.announcement.file_name, name) if record else ""
        ).suffix
        given = f"{result.asset_id}{ending}"
        return rendition_file_name(given, name, masked=result.masked)

    def refused(self, reason: ShareRefusal) -> ProblemError:
        """Why not, as far as somebody outside is told."""
        told = said(reason, self._api.language)
        return ProblemError(
            Problem.CONFLICT, more={"reason": told.id, "detail": told.words}
        )


_UNAVAILABLE = (
    download_step.UnknownAssetError,
    download_step.NotClearedError,
    download_step.AboutToChangeError,
    download_step.ChangedMeanwhileError,
    UncoverableError,
)


def leave_by(services: Services, event: download_step.Event) -> download_step.Result:
    """Have a picture leave for somebody without an account, as any other does."""
    return download_step.download_asset(
        event,
        services.library,
        services.register,
        services.bases,
        download_step.Versions(services.masks, services.renditions, services.renders),
        services.disclosures,
        services.now,
        services.new_id,
    )
