"""Packages, in the `library` table: what was ordered, and which picture is in which.

A package says which pictures it is of and how far it is. Beside the copies of each of its
pictures that left stands that it is in there, and how: by that an erasure finds the file,
and whoever gives it away sees whether the picture may still leave so. All of it stays on
record for longer than the file lies there.
"""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from pynamodb.attributes import (
    BooleanAttribute,
    JSONAttribute,
    ListAttribute,
    NumberAttribute,
    UnicodeAttribute,
    UnicodeSetAttribute,
    UTCDateTimeAttribute,
)
from pynamodb.exceptions import DoesNotExist, UpdateError
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action
from pynamodb.transactions import TransactWrite

from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.channel_renditions import CropWay, FileFormat, Make, ReadySize
from beeldrecht.domain.channels import Channel, Place
from beeldrecht.domain.packages import KEPT, NotPacked, Package, Packed
from beeldrecht.domain.retention import over

from . import keys
from .binding import bind
from .errors import ActRefusedError
from .library_items import LibraryItem
from .trail import Trail

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient

LEASE: Final = timedelta(minutes=16)
"""How long one who makes it is left alone: a little longer than a function may run."""
_REFUSED = "ConditionalCheckFailedException"


class PackageItem(LibraryItem, discriminator="package"):
    """A package that was ordered."""

    package_id = UnicodeAttribute()
    made_by = UnicodeAttribute()
    made_at = UTCDateTimeAttribute()
    asset_ids = ListAttribute[str]()
    channel = UnicodeAttribute()
    place = UnicodeAttribute()
    make = JSONAttribute(null=True)
    language = UnicodeAttribute()
    done = NumberAttribute(default=0)
    left_out = JSONAttribute(null=True)
    ready_at = UTCDateTimeAttribute(null=True)
    file_size = NumberAttribute(null=True)
    dropped_at = UTCDateTimeAttribute(null=True)
    maker = UnicodeAttribute(null=True)
    maker_until = NumberAttribute(null=True)


class PackedItem(LibraryItem, discriminator="packed"):
    """That a picture is in a package, and how."""

    asset_id = UnicodeAttribute()
    package_id = UnicodeAttribute()
    version_id = UnicodeAttribute()
    covered = UnicodeSetAttribute(null=True)
    described = UnicodeAttribute()
    as_file = BooleanAttribute(null=True)


class Packages:
    """The repository of packages."""

    def __init__(self, table: str, region: str, trail: Trail) -> None:
        bind(LibraryItem, table, region)
        self._trail = trail

    def create(self, package: Package, entry: NewEntry) -> bool:
        """Record one with its entry; False when it is there already."""
        ends = int((package.made_at + KEPT).timestamp())

        def write(act: TransactWrite) -> None:
            act.save(_item_of(package, ends), condition=LibraryItem.pk.does_not_exist())

        try:
            self._trail.record(entry, write)
        except ActRefusedError:
            return False
        return True

    def get(self, package_id: str, at: datetime) -> Package | None:
        """One of them, read consistently; None when there is none, or no more."""
        item = _find(package_id)
        return None if item is None or over(item.expires_at, at) else _package_of(item)

    def begin(self, package_id: str, maker: str, at: datetime) -> Package | None:
        """Take it up, for a while; None where nobody has to, or somebody else makes it.

        The same maker takes it up again: what is retried goes by the same name.
        """
        now, until = int(at.timestamp()), int((at + LEASE).timestamp())
        free = (
            PackageItem.maker.does_not_exist()
            | (PackageItem.maker == maker)
            | (PackageItem.maker_until < now)
        )
        if not _updated(
            package_id,
            [PackageItem.maker.set(maker), PackageItem.maker_until.set(until)],
            PackageItem.ready_at.does_not_exist() & free,
        ):
            return None
        return self.get(package_id, at)

    def progress(self, package_id: str, done: int) -> None:
        """Record how many pictures were looked at; one that is gone stays so."""
        _updated(package_id, [PackageItem.done.set(done)], LibraryItem.pk.exists())

    def put_packed(self, package: Package, packed: Packed) -> None:
        """Record how a picture is put in, before its bytes are; again, it is the last."""
        PackedItem(
            keys.disclosed(packed.asset_id),
            keys.package(package.package_id),
            asset_id=packed.asset_id,
            package_id=package.package_id,
            version_id=packed.version_id,
            covered=set(packed.covered) or None,
            described=packed.described,
            as_file=packed.as_file or None,
            expires_at=int((package.made_at + KEPT).timestamp()),
        ).save()

    def packed(self, package_id: str, asset_id: str) -> Packed | None:
        """How a picture was put in, read consistently; None: nobody knows."""
        try:
            item = PackedItem.get(
                keys.disclosed(asset_id), keys.package(package_id), consistent_read=True
            )
        except DoesNotExist:
            return None
        covered = frozenset(item.covered or ())
        as_file = item.as_file is True
        return Packed(asset_id, item.version_id, covered, item.described, as_file)

    def ready(
        self,
        package: Package,
        left_out: Mapping[str, NotPacked],
        size: int,
        at: datetime,
        entry: NewEntry,
    ) -> bool:
        """Record that the file is there; False when it was, or is not wanted any more."""
        said = {asset_id: reason.value for asset_id, reason in left_out.items()}
        return self._ended(
            package.package_id,
            [
                PackageItem.ready_at.set(at),
                PackageItem.file_size.set(size),
                PackageItem.left_out.set(said),
                PackageItem.done.set(len(package.asset_ids)),
            ],
            PackageItem.ready_at.does_not_exist()
            & PackageItem.dropped_at.does_not_exist(),
            entry,
        )

    def drop(self, package_id: str, at: datetime, entry: NewEntry) -> bool:
        """Record that it is given to nobody any more; False when it was already."""
        return self._ended(
            package_id,
            [PackageItem.dropped_at.set(at)],
            PackageItem.dropped_at.does_not_exist(),
            entry,
        )

    def _ended(
        self,
        package_id: str,
        actions: list[Action],
        condition: Condition,
        entry: NewEntry,
    ) -> bool:
        def write(act: TransactWrite) -> None:
            act.update(
                PackageItem(keys.package(package_id), keys.META),
                list(actions),
                condition=LibraryItem.pk.exists() & condition,
            )

        try:
            self._trail.record(entry, write)
        except ActRefusedError:
            return False
        return True


class Packer:
    """Has a package made, without waiting for it, by the function `pack_assets`."""

    def __init__(self, client: "LambdaClient", function: str) -> None:
        self._client = client
        self._function = function

    def start(self, package_id: str) -> None:
        """Have it made; asked twice, one makes it and the other finds that."""
        self._client.invoke(
            FunctionName=self._function,
            InvocationType="Event",
            Payload=json.dumps({"package_id": package_id}).encode(),
        )


def _find(package_id: str) -> PackageItem | None:
    try:
        return PackageItem.get(keys.package(package_id), keys.META, consistent_read=True)
    except DoesNotExist:
        return None


def _updated(package_id: str, actions: list[Action], condition: Condition) -> bool:
    """Change it where the condition holds; False where it does not."""
    try:
        PackageItem(keys.package(package_id), keys.META).update(
            actions, condition=LibraryItem.pk.exists() & condition
        )
    except UpdateError as error:
        if error.cause_response_code == _REFUSED:
            return False
        raise
    return True


def _item_of(package: Package, ends: int) -> PackageItem:
    make = package.make
    return PackageItem(
        keys.package(package.package_id),
        keys.META,
        package_id=package.package_id,
        made_by=package.made_by,
        made_at=package.made_at,
        asset_ids=list(package.asset_ids),
        channel=package.channel.value,
        place=package.place.value,
        make=None
        if make is None
        else [make.size.value, make.format.value, make.crop.value, make.watermark],
        language=package.language,
        expires_at=ends,
    )


def _package_of(item: PackageItem) -> Package:
    return Package(
        package_id=item.package_id,
        made_by=item.made_by,
        made_at=item.made_at,
        asset_ids=tuple(item.asset_ids),
        channel=Channel(item.channel),
        place=Place(item.place),
        make=_make_of(item),
        language=item.language,
        done=int(item.done or 0),
        left_out={k: NotPacked(v) for k, v in (item.left_out or {}).items()},
        ready_at=item.ready_at,
        size=None if item.file_size is None else int(item.file_size),
        dropped_at=item.dropped_at,
    )


def _make_of(item: PackageItem) -> Make | None:
    if item.make is None:
        return None
    size, written_as, crop, watermark = item.make
    return Make(ReadySize(size), FileFormat(written_as), CropWay(crop), watermark)
