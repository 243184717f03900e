"""What ran where, by hand or by a program; and addresses by which websites show pictures.

Whoever answers for a publication is on record as having received a copy, so a recall
reaches them like anybody else who did.
"""

from datetime import date, datetime
from http import HTTPMethod, HTTPStatus
from typing import Annotated, Protocol

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Body, Query
from pydantic import AwareDatetime, Field

from beeldrecht.domain.access import Operation
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.channel_renditions import ReadySize
from beeldrecht.domain.channels import Channel, Place, Verdict
from beeldrecht.domain.decisions import Decision, decide
from beeldrecht.domain.disclosures import Disclosure, DisclosureKind
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.masking import UncoverableError, covered_in
from beeldrecht.domain.messages import words
from beeldrecht.domain.publications import (
    CopyUse,
    Publication,
    PublicationState,
    PublicationWay,
    state_at,
    uses,
)
from beeldrecht.runtime.events import Frozen, OpaqueId
from beeldrecht.runtime.facts import gather
from beeldrecht.runtime.http.api import Api, reply
from beeldrecht.runtime.http.fields import Written
from beeldrecht.runtime.http.paging import DEFAULT_LIMIT, Limit, cursor_of

from .. import sights
from ..refusals import invalid
from ..sights import Sight
from ..texts import after_of

PUBLISHED = "published"
"""What a disclosure calls the copy: which file it was, whoever placed it knows."""


class Publications(Protocol):
    """Where publications are on record."""

    def create(
        self, publication: Publication, disclosure: Disclosure | None, entry: NewEntry
    ) -> bool:
        """Record one with the copy that it is."""
        ...

    def get(self, publication_id: str, at: datetime) -> Publication | None:
        """One of them."""
        ...

    def of_asset(self, asset_id: str, at: datetime) -> tuple[Publication, ...]:
        """Where a picture ran."""
        ...

    def page(
        self, at: datetime, after: str | None, limit: int
    ) -> tuple[tuple[Publication, ...], str | None]:
        """The next ones, and where the page after begins."""
        ...

    def end(self, publication: Publication, at: datetime, entry: NewEntry) -> None:
        """Record that one is over."""
        ...

    def shown(self, publication: Publication) -> dict[date, int]:
        """By day, how often an embed was shown."""
        ...


class Services(sights.Services, Protocol):
    """What these routes need."""

    @property
    def publications(self) -> Publications:
        """The register."""
        ...

    @property
    def site_url(self) -> str:
        """The address of the site, as this deployment was told it."""
        ...

    def new_id(self) -> str:
        """Another identifier."""
        ...


class PublicationOrder(Frozen):
    """What ran where."""

    asset_id: OpaqueId
    channel: Channel
    place: Place = Place.WORLD
    where: Written = Field(description="An address, or the title of what was printed.")
    from_: AwareDatetime | None = Field(
        default=None, alias="from", description="Left out: now."
    )
    until: AwareDatetime | None = Field(default=None, description="Not included.")
    responsible_id: OpaqueId | None = Field(
        default=None, description="The user who answers for it; left out: the caller."
    )


class EmbedOrder(Frozen):
    """Which picture a website may show."""

    asset_id: OpaqueId
    channel: Channel = Channel.WEBSITE
    place: Place = Place.WORLD
    size: ReadySize | None = Field(default=None, description="Left out: the preview.")
    where: Written = Field(description="The website, or the page.")
    until: AwareDatetime | None = Field(default=None, description="Not included.")


class PublicationView(Frozen):
    """One picture at one place."""

    publication_id: OpaqueId
    asset_id: OpaqueId
    way: PublicationWay
    channel: Channel
    place: Place
    where: str
    state: PublicationState
    state_words: str
    responsible_id: OpaqueId
    from_: datetime = Field(alias="from")
    until: datetime | None
    ended_at: datetime | None
    may: CopyUse | None = Field(
        description="Whether it may run, decided just now; in a list it is not asked."
    )
    url: str | None = Field(description="Of an embed: where the website fetches it.")
    shown: dict[date, int] | None = Field(
        description="Of one embed: how often on which day; nothing of any visitor."
    )


class PublicationList(Frozen):
    """Some publications, the first one made first."""

    items: list[PublicationView]
    cursor: str | None


def add_routes(api: Api, services: Services) -> None:
    """Add the routes under `/v1/publications`, and `/v1/embeds`."""
    desk = _Desk(api, services)

    @api.route(
        HTTPMethod.POST,
        "/v1/publications",
        Operation.PUBLICATION_CREATE,
        also=(Operation.ASSET_READ,),
        summary="Say that a picture ran somewhere",
        status_code=HTTPStatus.CREATED,
    )
    def create_publication(
        order: Annotated[PublicationOrder, Body()],
    ) -> Response[PublicationView]:
        """What ran is on record whether it may run or not; the answer says which."""
        user = api.require(Operation.PUBLICATION_CREATE)
        sight = sights.sight_of(api, services, Operation.ASSET_READ, order.asset_id)
        at = services.now()
        begins = order.from_ or at
        if order.until is not None and order.until <= begins:
            raise invalid("until", "after_from")
        publication = Publication(
            publication_id=services.new_id(),
            asset_id=order.asset_id,
            way=PublicationWay.PLACED,
            channel=order.channel,
            place=order.place,
            where=order.where,
            responsible_id=order.responsible_id or user.user_id,
            made_by=user.user_id,
            made_at=at,
            from_=begins,
            until=order.until,
        )
        return desk.created(publication, sight, desk.copy(publication, sight))

    @api.route(
        HTTPMethod.POST,
        "/v1/embeds",
        Operation.PUBLICATION_CREATE,
        also=(Operation.ASSET_READ,),
        summary="Make the address by which a website shows a picture while it may",
        status_code=HTTPStatus.CREATED,
    )
    def create_embed(order: Annotated[EmbedOrder, Body()]) -> Response[PublicationView]:
        """Decided at each request of the address, which goes dark by itself."""
        user = api.require(Operation.PUBLICATION_CREATE)
        sight = sights.sight_of(api, services, Operation.ASSET_READ, order.asset_id)
        at = services.now()
        if order.until is not None and order.until <= at:
            raise invalid("until", "later_than_now")
        publication = Publication(
            publication_id=services.new_id(),
            asset_id=order.asset_id,
            way=PublicationWay.EMBEDDED,
            channel=order.channel,
            place=order.place,
            where=order.where,
            responsible_id=user.user_id,
            made_by=user.user_id,
            made_at=at,
            from_=at,
            until=order.until,
            size=order.size,
        )
        return desk.created(publication, sight, None)

    @api.route(
        HTTPMethod.GET,
        "/v1/publications",
        Operation.PUBLICATION_LIST,
        also=(Operation.ASSET_READ,),
        summary="What ran where",
    )
    def list_publications(
        asset_id: Annotated[OpaqueId | None, Query()] = None,
        limit: Annotated[Limit, Query()] = DEFAULT_LIMIT,
        cursor: Annotated[str | None, Query()] = None,
    ) -> Response[PublicationList]:
        """Of one picture, or of all, the first one made first."""
        api.require(Operation.PUBLICATION_LIST)
        at = services.now()
        if asset_id is not None:
            sights.sight_of(api, services, Operation.ASSET_READ, asset_id)
            found = services.publications.of_asset(asset_id, at)
            return reply(
                PublicationList(items=[desk.view(e, at) for e in found], cursor=None)
            )
        found, following = services.publications.page(at, after_of(cursor), limit)
        return reply(
            PublicationList(
                items=[desk.view(each, at) for each in found],
                cursor=cursor_of(following) if following else None,
            )
        )

    @api.route(
        HTTPMethod.DELETE,
        "/v1/publications/<publication_id>",
        Operation.PUBLICATION_END,
        summary="Say that a publication is over; an embed goes dark",
    )
    def end_publication(publication_id: OpaqueId) -> Response[PublicationView]:
        """That it ran stays on record; to say so again changes nothing."""
        user = api.require(Operation.PUBLICATION_END, private=True)
        at = services.now()
        found = services.publications.get(publication_id, at)
        if found is None:
            raise api.missing(Operation.PUBLICATION_END)
        tag = "api:publication:end"
        entry = NewEntry(
            subject=found.asset_id,
            entry_id=f"{tag}:{publication_id}",
            tag=tag,
            at=at,
            actor=user.user_id,
            data={"publication_id": publication_id},
        )
        services.publications.end(found, at, entry)
        ended = services.publications.get(publication_id, at) or found
        return reply(desk.view(ended, at, shown=True))


class _Desk:
    """Records publications, and says how they stand."""

    def __init__(self, api: Api, services: Services) -> None:
        self._api = api
        self._services = services

    def created(
        self, publication: Publication, sight: Sight, copy: Disclosure | None
    ) -> Response[PublicationView]:
        """Record it with its entry, in one act with the copy that it is."""
        tag = "api:publication:create"
        entry = NewEntry(
            subject=publication.asset_id,
            entry_id=f"{tag}:{publication.publication_id}",
            tag=tag,
            at=publication.made_at,
            actor=publication.made_by,
            data={
                "publication_id": publication.publication_id,
                "disclosed": DisclosureKind.PUBLICATION.value,
                "recipient_id": publication.responsible_id,
                "channel": publication.channel.value,
                "place": publication.place.value,
                "way": publication.way.value,
            },
        )
        self._services.publications.create(publication, copy, entry)
        decision = self._decision(publication, sight)
        may = uses(decision)[publication.channel]
        return reply(
            self.view(publication, publication.made_at, may=may), HTTPStatus.CREATED
        )

    def copy(self, publication: Publication, sight: Sight) -> Disclosure:
        """The copy that was placed: with those covered who would be in it now.

        Where nobody is, or it may not leave at all, everybody in it can be seen in it:
        whoever takes consent back has it called back.
        """
        decision = self._decision(publication, sight)
        channel = publication.channel
        masked: frozenset[str] = frozenset()
        if decision.leaves.get(channel) is Verdict.MASKED:
            try:
                masked = covered_in(sight.asset, decision, channel)
            except UncoverableError:
                masked = frozenset()
        return Disclosure(
            disclosure_id=derived_id("publication", publication.publication_id),
            asset_id=publication.asset_id,
            kind=DisclosureKind.PUBLICATION,
            recipient_id=publication.responsible_id,
            channel=channel,
            place=publication.place,
            rendition=PUBLISHED,
            masked=masked,
            at=publication.made_at,
            revision=sight.record.revision,
        )

    def _decision(self, publication: Publication, sight: Sight) -> Decision:
        services, at = self._services, publication.made_at
        facts = gather(
            sight.asset, sight.appearances, services.register, services.bases, at
        )
        return decide(facts, at, publication.place)

    def view(
        self,
        publication: Publication,
        at: datetime,
        *,
        may: CopyUse | None = None,
        shown: bool = False,
    ) -> PublicationView:
        """A publication as staff see it."""
        state = state_at(publication, at)
        embedded = publication.way is PublicationWay.EMBEDDED
        site = self._services.site_url
        days = self._services.publications.shown(publication) if shown else None
        return PublicationView(
            publication_id=publication.publication_id,
            asset_id=publication.asset_id,
            way=publication.way,
            channel=publication.channel,
            place=publication.place,
            where=publication.where,
            state=state,
            state_words=words(state, self._api.language),
            responsible_id=publication.responsible_id,
            **{"from": publication.from_},
            until=publication.until,
            ended_at=publication.ended_at,
            may=may,
            url=f"{site}/embed/{publication.publication_id}" if embedded else None,
            shown=days if embedded else None,
        )
