"""Sharing pictures with somebody outside: a link for some days, listed, taken back."""

from dataclasses import dataclass
from datetime import datetime
from http import HTTPMethod, HTTPStatus
from typing import Annotated, Final, Literal, Protocol

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Body, Query
from pydantic import AwareDatetime, Field, SecretStr, model_validator

from beeldrecht.adapters.consent import Seals
from beeldrecht.adapters.shares import sealed_recipient
from beeldrecht.domain.access import Operation, Role, User
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.channels import Channel, Place
from beeldrecht.domain.contacts import Contact
from beeldrecht.domain.links import Link, LinkPurpose, address_of, new_token, token_digest
from beeldrecht.domain.mails import Mail, MailKind, mail_about
from beeldrecht.domain.messages import words
from beeldrecht.domain.shares import (
    LASTS,
    MOST_PICTURES,
    PASSWORD_LENGTHS,
    Recipient,
    Share,
    ShareRefusal,
    ShareState,
    ShareWay,
    hashed,
    state_at,
)
from beeldrecht.runtime.events import Frozen, OpaqueId
from beeldrecht.runtime.http.api import Api, reply
from beeldrecht.runtime.http.fields import Email
from beeldrecht.runtime.http.paging import DEFAULT_LIMIT, Limit, cursor_of

from .. import sights
from ..refusals import conflict
from ..texts import after_of
from . import collected

_SHORTEST, _LONGEST = PASSWORD_LENGTHS
_MOST_FETCHED: Final = 10_000


class Shares(Protocol):
    """Where shares are on record."""

    def latest_end(self, at: datetime) -> datetime | None:
        """Until when one that is made then may work."""
        ...

    def recipient_ends(self, share: Share) -> datetime | None:
        """When nobody is asked any more for copies that its recipient received."""
        ...

    def create(
        self, share: Share, sealed: bytes, entry: NewEntry, mail: Mail | None = None
    ) -> bool:
        """Record one with the mail that brings it."""
        ...

    def get(self, share_id: str, at: datetime) -> Share | None:
        """One of them."""
        ...

    def recipient(self, share_id: str, seals: Seals) -> Recipient | None:
        """Who received it."""
        ...

    def page(
        self, at: datetime, after: str | None, limit: int
    ) -> tuple[tuple[Share, ...], str | None]:
        """The next ones, and where the page after begins."""
        ...

    def revoke(self, share_id: str, at: datetime, entry: NewEntry) -> None:
        """Take one back."""
        ...


class Links(Protocol):
    """Where links are recorded."""

    def create(self, link: Link, digest: str, entry: NewEntry) -> None:
        """Record one with its audit entry."""
        ...


class Contacts(Protocol):
    """How recipients are reached."""

    def put(
        self,
        person_id: str,
        contact: Contact,
        seals: Seals,
        entry: NewEntry,
        ends: datetime | None = None,
    ) -> None:
        """Record how somebody is reached, until then."""
        ...


class Services(sights.Services, collected.Services, Protocol):
    """What these routes need."""

    @property
    def library(self) -> collected.Library:
        """The pictures."""
        ...

    @property
    def shares(self) -> Shares:
        """The shares."""
        ...

    @property
    def links(self) -> Links:
        """The links."""
        ...

    @property
    def contacts(self) -> Contacts:
        """How recipients are reached."""
        ...

    @property
    def names(self) -> Seals:
        """What seals who they are."""
        ...

    @property
    def site_url(self) -> str:
        """The address of the site, as this deployment was told it."""
        ...

    def new_id(self) -> str:
        """Another identifier."""
        ...


class RecipientOrder(Frozen):
    """Whom the link is for, as far as it is known."""

    name: Annotated[str, Field(min_length=1, max_length=200)] | None = None
    email: Email | None = Field(
        default=None, description="They are sent the link, and reached by a recall."
    )
    language: Literal["nl", "en", "de", "fr"] = "nl"


class ShareOrder(Frozen):
    """Which pictures, for what use, for how long."""

    asset_ids: Annotated[list[OpaqueId], Field(max_length=MOST_PICTURES)] = Field(
        default=[], description="Once each, in the order in which they are shown."
    )
    collection_id: OpaqueId | None = Field(
        default=None,
        description="Instead: what is in it whenever somebody looks, the first 200.",
    )
    channel: Channel
    place: Place = Place.WORLD
    way: ShareWay = ShareWay.VIEW
    expires_at: AwareDatetime | None = Field(
        default=None, description="Left out: in fourteen days, or sooner."
    )
    password: (
        Annotated[SecretStr, Field(min_length=_SHORTEST, max_length=_LONGEST)] | None
    ) = Field(default=None, description="Tell it in another way than the link.")
    max_downloads: Annotated[int, Field(ge=1, le=_MOST_FETCHED)] | None = Field(
        default=None, description="How many pictures are fetched by it at most."
    )
    recipient: RecipientOrder = RecipientOrder()

    @model_validator(mode="after")
    def _one_of_the_two(self) -> "ShareOrder":
        if bool(self.asset_ids) == (self.collection_id is not None):
            raise ValueError("pictures, or a collection: one of the two")
        return self


class ShareView(Frozen):
    """A share as staff see it."""

    share_id: OpaqueId
    asset_ids: list[OpaqueId]
    collection_id: OpaqueId | None = Field(
        description="What is in it is shown, and no pictures by themselves."
    )
    channel: Channel
    place: Place
    way: ShareWay
    state: ShareState
    state_words: str
    created_by: OpaqueId
    created_at: datetime
    expires_at: datetime
    has_password: bool
    max_downloads: int | None
    downloads: int
    recipient_id: OpaqueId
    recipient_name: str | None = Field(
        description="For who made it and who oversees; none once nobody can tell."
    )
    recipient_email: str | None


class MadeShare(ShareView):
    """A share with its link, told once."""

    url: str = Field(description="Whoever has it is let in. It is shown this once.")
    mailed: bool = Field(description="Whether the recipient is sent a link of their own.")
    dark: list[OpaqueId] = Field(
        description="Those that may not leave for this use as things stand."
    )


class ShareList(Frozen):
    """Some shares, the first one made first."""

    items: list[ShareView]
    cursor: str | None


def add_routes(api: Api, services: Services) -> None:
    """Add the routes under `/v1/shares`."""
    desk = _Desk(api, services)

    @api.route(
        HTTPMethod.POST,
        "/v1/shares",
        Operation.SHARE_CREATE,
        also=(Operation.ASSET_READ, Operation.COLLECTION_READ),
        summary="Let somebody outside see pictures, or fetch them, by a link",
        status_code=HTTPStatus.CREATED,
    )
    def create_share(order: Annotated[ShareOrder, Body()]) -> Response[MadeShare]:
        """Every call makes another share, with a token that is kept nowhere.

        What may be seen is decided each time that the link is used, and not here.
        """
        user = api.require(Operation.SHARE_CREATE)
        wanted = desk.wanted(order)
        seen = [sights.sight_of(api, services, Operation.ASSET_READ, i) for i in wanted]
        dark = [
            each.record.asset_id
            for each in seen
            if order.channel not in each.decision.leaves
        ]
        made = desk.made(user, order, wanted)
        shown = desk.view(made.share, user, services.now())
        return reply(
            MadeShare(
                **dict(shown), url=made.url, mailed=made.mail is not None, dark=dark
            ),
            HTTPStatus.CREATED,
        )

    @api.route(
        HTTPMethod.GET, "/v1/shares", Operation.SHARE_LIST, summary="What is shared"
    )
    def list_shares(
        limit: Annotated[Limit, Query()] = DEFAULT_LIMIT,
        cursor: Annotated[str | None, Query()] = None,
    ) -> Response[ShareList]:
        """Ended ones too, as long as they are kept."""
        user = api.require(Operation.SHARE_LIST)
        at = services.now()
        found, following = services.shares.page(at, after_of(cursor), limit)
        return reply(
            ShareList(
                items=[desk.view(each, user, at) for each in found],
                cursor=cursor_of(following) if following else None,
            )
        )

    @api.route(
        HTTPMethod.DELETE,
        "/v1/shares/<share_id>",
        Operation.SHARE_REVOKE,
        summary="Take a share back",
    )
    def revoke_share(share_id: OpaqueId) -> Response[ShareView]:
        """It shows nothing from this answer on; to take it back again changes nothing."""
        user = api.require(Operation.SHARE_REVOKE, private=True)
        at = services.now()
        share = services.shares.get(share_id, at)
        if share is None:
            raise api.missing(Operation.SHARE_REVOKE)
        tag = "api:share:revoke"
        entry = NewEntry(share_id, f"{tag}:{share_id}", tag, at, user.user_id)
        services.shares.revoke(share_id, at, entry)
        return reply(desk.view(services.shares.get(share_id, at) or share, user, at))


@dataclass(frozen=True, slots=True)
class _Made:
    share: Share
    url: str
    mail: Mail | None


class _Desk:
    """Makes shares, and says how they stand."""

    def __init__(self, api: Api, services: Services) -> None:
        self._api = api
        self._services = services

    def wanted(self, order: ShareOrder) -> tuple[str, ...]:
        """The pictures that it shows as things stand; raises ProblemError."""
        if order.collection_id is None:
            return tuple(dict.fromkeys(order.asset_ids))
        collected.readable_collection(self._api, self._services, order.collection_id)
        found = collected.readable(
            self._api, self._services, order.collection_id, MOST_PICTURES
        )
        if found is None:
            raise conflict(ShareRefusal.TOO_MANY, self._api.language)
        return found

    def made(self, user: User, order: ShareOrder, asset_ids: tuple[str, ...]) -> _Made:
        """Record who receives it, then the share with its mail, then the link.

        What is left over when it ends in between shows nothing to anybody.
        """
        services, at = self._services, self._services.now()
        share = Share(
            share_id=services.new_id(),
            asset_ids=() if order.collection_id else asset_ids,
            collection_id=order.collection_id,
            channel=order.channel,
            place=order.place,
            way=order.way,
            recipient_id=services.new_id(),
            created_by=user.user_id,
            created_at=at,
            ends_at=self._end(order.expires_at, at),
            max_downloads=order.max_downloads,
            password=hashed(order.password.get_secret_value())
            if order.password
            else None,
        )
        recipient = Recipient(**dict(order.recipient))
        ends = services.shares.recipient_ends(share)
        sealed = sealed_recipient(share, recipient, services.names, ends)
        mail = None
        if recipient.email:
            mail = self._reached(share, recipient, user, ends, len(asset_ids))
        entry = self._entry(share, user, len(asset_ids))
        services.shares.create(share, sealed, entry, mail)
        token = new_token()
        link = Link(
            link_id=services.new_id(),
            subject_id=share.recipient_id,
            purpose=LinkPurpose.SHARE,
            created_by=user.user_id,
            created_at=at,
            expires_at=share.ends_at,
            about=share.share_id,
        )
        tag = "api:link:create"
        entry = NewEntry(
            subject=share.recipient_id,
            entry_id=f"{tag}:{link.link_id}",
            tag=tag,
            at=at,
            actor=user.user_id,
            data={"link_id": link.link_id},
        )
        services.links.create(link, token_digest(token), entry)
        return _Made(share, address_of(services.site_url, link.purpose, token), mail)

    def view(self, share: Share, user: User, at: datetime) -> ShareView:
        """A share, with who received it for whom that concerns."""
        services = self._services
        theirs = share.created_by == user.user_id or Role.PRIVACY_OFFICER in user.roles
        known = services.shares.recipient(share.share_id, services.names)
        told = known if theirs and known else Recipient()
        state = state_at(share, at)
        return ShareView(
            share_id=share.share_id,
            asset_ids=list(share.asset_ids),
            collection_id=share.collection_id,
            channel=share.channel,
            place=share.place,
            way=share.way,
            state=state,
            state_words=words(state, self._api.language),
            created_by=share.created_by,
            created_at=share.created_at,
            expires_at=share.ends_at,
            has_password=share.password is not None,
            max_downloads=share.max_downloads,
            downloads=share.downloads,
            recipient_id=share.recipient_id,
            recipient_name=told.name,
            recipient_email=told.email,
        )

    def _end(self, wanted: datetime | None, at: datetime) -> datetime:
        """When it ends: never later than shares are kept, and never before it begins."""
        latest = self._services.shares.latest_end(at)
        if wanted is None:
            return min(at + LASTS, latest) if latest else at + LASTS
        if wanted <= at or (latest is not None and wanted > latest):
            raise conflict(ShareRefusal.TOO_LONG, self._api.language)
        return wanted

    def _reached(
        self,
        share: Share,
        recipient: Recipient,
        user: User,
        ends: datetime | None,
        pictures: int,
    ) -> Mail:
        """Put on record how they are reached; give the mail that brings the link."""
        services = self._services
        tag = "api:share:recipient"
        entry = NewEntry(
            subject=share.recipient_id,
            entry_id=f"{tag}:{share.share_id}",
            tag=tag,
            at=share.created_at,
            actor=user.user_id,
            data={"share_id": share.share_id},
        )
        contact = Contact(email=recipient.email, language=recipient.language)
        services.contacts.put(share.recipient_id, contact, services.names, entry, ends)
        return mail_about(
            MailKind.SHARE,
            share.recipient_id,
            share.created_at,
            share_id=share.share_id,
            ends=share.ends_at.isoformat(),
            pictures=str(pictures),
        )

    @staticmethod
    def _entry(share: Share, user: User, pictures: int) -> NewEntry:
        tag = "api:share:create"
        return NewEntry(
            subject=share.share_id,
            entry_id=f"{tag}:{share.share_id}",
            tag=tag,
            at=share.created_at,
            actor=user.user_id,
            data={
                "recipient_id": share.recipient_id,
                "channel": share.channel.value,
                "place": share.place.value,
                "way": share.way.value,
                "pictures": pictures,
                "collection_id": share.collection_id,
            },
        )
