"""Packages: a selection of pictures in one file, ordered, looked after, and fetched.

Each picture is decided on when it is put in, and all of them again each time that the
file is asked for: what may no longer leave as it is in there takes the file with it.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from http import HTTPMethod, HTTPStatus
from typing import Annotated, Protocol

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Body, Header
from pydantic import Field, model_validator

from beeldrecht.domain.access import Operation, Scene
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.channel_renditions import (
    CropWay,
    FileFormat,
    Make,
    ReadySize,
    make_of,
)
from beeldrecht.domain.channels import Channel, Place
from beeldrecht.domain.egress import link_seconds
from beeldrecht.domain.intake import AssetRecord
from beeldrecht.domain.masking import UncoverableError
from beeldrecht.domain.messages import words
from beeldrecht.domain.packages import (
    MOST_PICTURES,
    NotPacked,
    Package,
    PackageRefusal,
    PackageState,
    Packed,
    state_at,
    still_so,
)
from beeldrecht.runtime.events import Frozen, OpaqueId
from beeldrecht.runtime.facts import Picture
from beeldrecht.runtime.http.api import Api, reply
from beeldrecht.runtime.http.conditions import idempotency_key
from beeldrecht.runtime.ports import Audit, Creating
from egress.download_asset import step as download_step
from egress.download_asset.packing import packed_of, use_of

from .. import sights
from ..refusals import conflict
from . import collected


class Library(Protocol):
    """The pictures."""

    def picture(self, asset_id: str) -> Picture | None:
        """A picture, read consistently."""
        ...

    def record(self, asset_id: str) -> AssetRecord | None:
        """What is on record of it."""
        ...


class Packages(Protocol):
    """Packages on record."""

    def create(self, package: Package, entry: NewEntry) -> bool:
        """Record one; False when it is there already."""
        ...

    def get(self, package_id: str, at: datetime) -> Package | None:
        """One of them."""
        ...

    def packed(self, package_id: str, asset_id: str) -> Packed | None:
        """How a picture was put in."""
        ...

    def drop(self, package_id: str, at: datetime, entry: NewEntry) -> bool:
        """Record that it is given to nobody any more."""
        ...


class Packer(Protocol):
    """What makes packages."""

    def start(self, package_id: str) -> None:
        """Have one made, without waiting for it."""
        ...


class Files(Protocol):
    """The files of packages."""

    def link(self, package_id: str, seconds: int, file_name: str, /) -> str:
        """An address that works for so long."""
        ...

    def drop(self, package_id: str, /) -> None:
        """Remove one."""
        ...


class Services(Creating, sights.Services, collected.Services, Protocol):
    """What these routes need."""

    @property
    def library(self) -> Library:
        """The pictures."""
        ...

    @property
    def packages(self) -> Packages:
        """The packages."""
        ...

    @property
    def packer(self) -> Packer:
        """What makes them."""
        ...

    @property
    def package_files(self) -> Files:
        """Their files."""
        ...

    @property
    def audit(self) -> Audit:
        """The audit trail."""
        ...


class PackageOrder(Frozen):
    """Which pictures for what use: named, or all of a collection that I may read."""

    asset_ids: Annotated[list[OpaqueId], Field(max_length=MOST_PICTURES)] = Field(
        default=[], description="In the order in which they are packed, each once."
    )
    collection_id: OpaqueId | None = None
    channel: Channel
    place: Place = Field(
        default=Place.WORLD, description="Left out: the widest, which asks for the most."
    )
    size: ReadySize | None = Field(
        default=None, description="Left out: the largest that there is."
    )
    format: FileFormat | None = Field(default=None, description="Left out: JPEG.")
    crop: CropWay | None = Field(
        default=None, description="Left out: no cleared face is cut."
    )
    watermark: bool = False

    @model_validator(mode="after")
    def _one_of_the_two(self) -> "PackageOrder":
        if bool(self.asset_ids) == (self.collection_id is not None):
            raise ValueError("pictures, or a collection: one of the two")
        return self

    @property
    def make(self) -> Make | None:
        """What is made of each; None: what is there is enough."""
        return make_of(self.size, self.format, self.crop, self.watermark)


class NotPackedView(Frozen):
    """A picture that is not in the package, and why."""

    asset_id: OpaqueId
    reason: NotPacked
    reason_words: str


class PackageView(Frozen):
    """How far a package is."""

    package_id: OpaqueId
    state: PackageState
    state_words: str
    channel: Channel
    place: Place
    made_at: datetime
    ends_at: datetime = Field(description="It can be fetched before this.")
    total: int = Field(description="Pictures that were asked for.")
    done: int = Field(description="How many of them were looked at so far.")
    left_out: list[NotPackedView] = Field(description="Known once it is ready.")
    size: int | None = Field(description="In bytes.")


class PackageAddress(Frozen):
    """Where to fetch a package, by GET and without further leave, until it dies."""

    package_id: OpaqueId
    file_name: str
    url: str
    expires_at: datetime


def add_routes(api: Api, services: Services) -> None:
    """Add the routes under `/v1/packages`."""
    desk = _Desk(api, services)

    @api.route(
        HTTPMethod.POST,
        "/v1/packages",
        Operation.ASSET_DOWNLOAD,
        also=(Operation.ASSET_READ, Operation.COLLECTION_READ),
        summary="Have pictures put into one file for one use",
        description=(
            f"{MOST_PICTURES} pictures at most, and two gigabytes. Each is decided on"
            " when it is put in; what may not leave is left out, and listed with the"
            " reason in the file and in the answer that says how far it is."
        ),
        status_code=HTTPStatus.CREATED,
    )
    def create_package(
        order: Annotated[PackageOrder, Body()],
        key: Annotated[str | None, Header(alias="Idempotency-Key")] = None,
    ) -> Response[PackageView]:
        """The same key again makes no second one, and has the first made if need be."""
        api.require_ever(Operation.ASSET_DOWNLOAD)
        made = desk.ordered(order, idempotency_key(key))
        place = {"Location": f"/v1/packages/{made.package_id}"}
        return reply(desk.view(made), HTTPStatus.CREATED, headers=place)

    @api.route(
        HTTPMethod.GET,
        "/v1/packages/<package_id>",
        Operation.ASSET_DOWNLOAD,
        summary="How far a package is that I ordered",
    )
    def read_package(package_id: OpaqueId) -> Response[PackageView]:
        """For who ordered it alone."""
        return reply(desk.view(desk.own(package_id)))

    @api.route(
        HTTPMethod.POST,
        "/v1/packages/<package_id>/downloads",
        Operation.ASSET_DOWNLOAD,
        also=(Operation.ASSET_READ,),
        summary="Fetch a package, if all that is in it may leave so at this instant",
        status_code=HTTPStatus.CREATED,
    )
    def fetch_package(package_id: OpaqueId) -> Response[PackageAddress]:
        """Every picture in it is decided on anew; each address is on record."""
        return reply(desk.fetched(desk.own(package_id)), HTTPStatus.CREATED)


_NO_LONGER = (
    download_step.UnknownAssetError,
    download_step.NotClearedError,
    download_step.AboutToChangeError,
    UncoverableError,
)


class _Desk:
    """Takes orders, says how far they are, and gives out addresses."""

    def __init__(self, api: Api, services: Services) -> None:
        self._api = api
        self._services = services

    def ordered(self, order: PackageOrder, key: str) -> Package:
        """Record it with its entry, then have it made."""
        services, at = self._services, self._services.now()
        asset_ids = self._selected(order)
        user_id = self._api.user.user_id
        body = order.model_dump_json().encode()
        package_id = services.claims.claim(
            user_id, "package:create", key, body, services.new_id, at
        )
        package = Package(
            package_id=package_id,
            made_by=user_id,
            made_at=at,
            asset_ids=asset_ids,
            channel=order.channel,
            place=order.place,
            make=order.make,
            language=self._api.language,
        )
        services.packages.create(package, self._entry(package, "api:package:create", at))
        there = services.packages.get(package_id, at) or package
        if state_at(there, at) is PackageState.MAKING:
            services.packer.start(package_id)
        return there

    def own(self, package_id: str) -> Package:
        """The package, for who ordered it; raises ProblemError."""
        operation = Operation.ASSET_DOWNLOAD
        self._api.require_ever(operation)
        found = self._services.packages.get(package_id, self._services.now())
        if found is None or found.made_by != self._api.user.user_id:
            raise self._api.missing(operation)
        # What leaves is for the pictures to say, one by one.
        self._api.require(operation, Scene(leaves=True), private=True)
        return found

    def fetched(self, package: Package) -> PackageAddress:
        """An address, once every picture in it may leave as it is there."""
        services, at = self._services, self._services.now()
        if state_at(package, at) is PackageState.CHANGED:
            raise self._refused(PackageRefusal.NO_LONGER)
        if state_at(package, at) is not PackageState.READY or not package.packed:
            raise self._refused(PackageRefusal.NOT_READY)
        until = self._until(package, at)
        # To decide on a hundred pictures takes a while: what is left counts from here.
        signed_at = services.now()
        seconds = link_seconds(signed_at, until) if until else 0
        if not seconds:
            self._drop(package, at)
            raise self._refused(PackageRefusal.NO_LONGER)
        fetch = self._entry(package, "api:package:fetch", at, services.new_id())
        services.audit.append(
            fetch.subject, fetch.entry_id, fetch.tag, at, fetch.actor, fetch.data
        )
        name = f"{package.channel.value}-{package.made_at:%Y%m%d-%H%M}.zip"
        return PackageAddress(
            package_id=package.package_id,
            file_name=name,
            url=services.package_files.link(package.package_id, seconds, name),
            expires_at=signed_at + timedelta(seconds=seconds),
        )

    def view(self, package: Package) -> PackageView:
        """As it stands now."""
        language = self._api.language
        state = state_at(package, self._services.now())
        return PackageView(
            package_id=package.package_id,
            state=state,
            state_words=words(state, language),
            channel=package.channel,
            place=package.place,
            made_at=package.made_at,
            ends_at=package.ends_at,
            total=len(package.asset_ids),
            done=package.done,
            left_out=[
                NotPackedView(
                    asset_id=asset_id,
                    reason=reason,
                    reason_words=words(reason, language),
                )
                for asset_id, reason in package.left_out.items()
            ],
            size=package.size,
        )

    def _until(self, package: Package, at: datetime) -> datetime | None:
        """Until when all of it may leave as it is there; None: it may not.

        Who may not come near one of the pictures any more is told of none.
        """
        services, until = self._services, package.ends_at
        for asset_id in package.packed:
            there = services.packages.packed(package.package_id, asset_id)
            event = use_of(package, asset_id)
            try:
                leaving = download_step.decided(
                    event, services.library, services.register, services.bases, at
                )
            except _NO_LONGER:
                return None
            self._may(asset_id)
            if there is None or not still_so(there, packed_of(package, leaving)):
                return None
            until = min(until, leaving.decision.valid_until or until)
        return until

    def _selected(self, order: PackageOrder) -> tuple[str, ...]:
        """The pictures of an order, for who may fetch such pictures; ProblemError."""
        if order.collection_id is None:
            wanted = tuple(dict.fromkeys(order.asset_ids))
        else:
            collected.readable_collection(self._api, self._services, order.collection_id)
            found = collected.readable(
                self._api, self._services, order.collection_id, MOST_PICTURES
            )
            if found is None:
                raise self._refused(PackageRefusal.TOO_MANY)
            wanted = found
        if not wanted:
            raise self._refused(PackageRefusal.NOTHING)
        for asset_id in wanted:
            self._may(asset_id)
        return wanted

    def _may(self, asset_id: str) -> None:
        """That the caller may know of it and fetch such a picture; ProblemError.

        Whether it leaves for this very use is decided when it is put in.
        """
        api = self._api
        sight = sights.sight_of(api, self._services, Operation.ASSET_READ, asset_id)
        scene = replace(sight.scene, leaves=True)
        api.require(Operation.ASSET_DOWNLOAD, scene, private=True)

    def _drop(self, package: Package, at: datetime) -> None:
        """Record that it is given to nobody any more, then remove its file."""
        entry = self._entry(package, "api:package:drop", at)
        self._services.packages.drop(package.package_id, at, entry)
        self._services.package_files.drop(package.package_id)

    def _entry(
        self, package: Package, tag: str, at: datetime, more: str = ""
    ) -> NewEntry:
        return NewEntry(
            subject=package.package_id,
            entry_id=f"{tag}:{more or package.package_id}",
            tag=tag,
            at=at,
            actor=self._api.user.user_id,
            data={
                "channel": package.channel.value,
                "place": package.place.value,
                "pictures": len(package.asset_ids),
            },
        )

    def _refused(self, reason: PackageRefusal) -> Exception:
        return conflict(reason, self._api.language)
