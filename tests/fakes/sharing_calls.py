"""One good request for each route of what leaves for others, beside those of `ASKED`:
shares, publications and packages.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from beeldrecht.domain.access import Operation as Op
from beeldrecht.domain.access import Scene, User
from beeldrecht.domain.channel_renditions import public_id
from beeldrecht.domain.channels import Channel, Place
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.packages import Package, Packed
from beeldrecht.domain.publications import Publication, PublicationWay
from beeldrecht.domain.shares import Share, ShareWay
from tests.fakes.call_kinds import asked, plain
from tests.fakes.calls import Asker, Call
from tests.fakes.estate import NEVER_MADE, SOMEBODY_ELSE
from tests.fakes.samples import EDITOR, NOON, PICTURE
from tests.fakes.staff import Staff

HERE: Mapping[str, str] = {
    "share_id": derived_id("shared", "one"),
    "publication_id": derived_id("published", "one"),
    "public_id": public_id(PICTURE),
    "package_id": derived_id("packed", "one"),
}
RECIPIENT = derived_id("shared", "recipient")
BODIES: Mapping[str, Mapping[str, Any]] = {
    "create_share": {"asset_ids": [PICTURE], "channel": "website"},
    "create_publication": {"asset_id": PICTURE, "channel": "print", "where": "Book"},
    "create_package": {"asset_ids": [PICTURE], "channel": "website", "watermark": False},
    "create_embed": {"asset_id": PICTURE, "where": "www"},
    "open_share": {},
    "see_shared": {"asset_id": PICTURE},
    "fetch_shared": {"asset_id": PICTURE},
}
SHARED = ("open_share", "see_shared", "fetch_shared")
"""What is asked by the link of a share."""


def furnish(staff: Staff) -> None:
    """A picture is shared, embedded in a website, and packed for somebody."""
    packed(staff, EDITOR)
    share = Share(
        share_id=HERE["share_id"],
        asset_ids=(PICTURE,),
        channel=Channel.WEBSITE,
        place=Place.WORLD,
        way=ShareWay.DOWNLOAD,
        recipient_id=RECIPIENT,
        created_by=EDITOR,
        created_at=NOON,
        ends_at=NOON + timedelta(days=14),
    )
    names = staff.services.names
    sealed = names.seal(RECIPIENT, b'{"name": null, "email": null, "language": "nl"}')
    shares = staff.services.shares
    shares.shares[share.share_id], shares.sealed[share.share_id] = share, sealed
    embed = Publication(
        publication_id=HERE["publication_id"],
        asset_id=PICTURE,
        way=PublicationWay.EMBEDDED,
        channel=Channel.WEBSITE,
        place=Place.WORLD,
        where="www",
        responsible_id=EDITOR,
        made_by=EDITOR,
        made_at=NOON,
        from_=NOON,
    )
    staff.services.publications.publications[embed.publication_id] = embed


def packed(staff: Staff, user_id: str) -> None:
    """Somebody ordered a package, and it is ready."""
    package = Package(
        package_id=HERE["package_id"],
        made_by=user_id,
        made_at=NOON,
        asset_ids=(PICTURE,),
        channel=Channel.WEBSITE,
        place=Place.WORLD,
        ready_at=NOON,
        size=12_345,
    )
    services = staff.services
    services.packages.packages[package.package_id] = package
    inside = Packed(PICTURE, "version", frozenset(), "said")
    services.packages.inside[package.package_id, PICTURE] = inside


plain("GET", "/v1/shares", Op.SHARE_LIST)
plain("GET", "/v1/publications", Op.PUBLICATION_LIST)


def _made(asker: Asker, user: User, operation: Op, path: str, **body: Any) -> Call:
    picture = asker.picture(user)
    scene = asker.estate.scene(picture)
    named: dict[str, Any] = {"asset_id": picture.asset_id}
    if operation is Op.SHARE_CREATE:
        named = {"asset_ids": [picture.asset_id]}
    asks = ((operation, None), (Op.ASSET_READ, scene))
    return Call("POST", path, asks, body={**named, **body}, picture=picture)


@asked("POST", "/v1/shares")
def create_share(asker: Asker, user: User) -> Call:
    return _made(asker, user, Op.SHARE_CREATE, "/v1/shares", channel="website")


@asked("POST", "/v1/publications")
def create_publication(asker: Asker, user: User) -> Call:
    more = {"channel": "print", "where": "Book"}
    return _made(asker, user, Op.PUBLICATION_CREATE, "/v1/publications", **more)


@asked("POST", "/v1/embeds")
def create_embed(asker: Asker, user: User) -> Call:
    return _made(asker, user, Op.PUBLICATION_CREATE, "/v1/embeds", where="www")


@asked("POST", "/v1/packages")
def create_package(asker: Asker, user: User) -> Call:
    picture = asker.picture(user)
    scene = asker.estate.scene(picture)
    body = {"asset_ids": [picture.asset_id], "channel": "website"}
    # Whether it leaves is decided when it is put in.
    asks = ((Op.ASSET_READ, scene), (Op.ASSET_DOWNLOAD, replace(scene, leaves=True)))
    head = asker.key()
    return Call("POST", "/v1/packages", asks, body=body, headers=head, picture=picture)


@asked("GET", "/v1/packages/<package_id>")
def read_package(asker: Asker, user: User) -> Call:
    """A package is for whoever ordered it, and for nobody else."""
    owner = user.user_id if asker.random.random() < 0.5 else SOMEBODY_ELSE
    packed(asker.estate.staff, owner)
    return Call(
        "GET",
        f"/v1/packages/{HERE['package_id']}",
        ((Op.ASSET_DOWNLOAD, Scene(leaves=True)),),
        absent=f"/v1/packages/{NEVER_MADE}",
        also=owner == user.user_id,
    )


@asked("POST", "/v1/packages/<package_id>/downloads")
def fetch_package(asker: Asker, user: User) -> Call:
    return replace(
        read_package(asker, user),
        method="POST",
        path=f"/v1/packages/{HERE['package_id']}/downloads",
        absent=f"/v1/packages/{NEVER_MADE}/downloads",
        may_miss=True,
    )


@asked("DELETE", "/v1/shares/<share_id>")
def revoke_share(asker: Asker, _user: User) -> Call:
    furnish(asker.estate.staff)
    return Call(
        "DELETE",
        f"/v1/shares/{HERE['share_id']}",
        ((Op.SHARE_REVOKE, None),),
        absent=f"/v1/shares/{NEVER_MADE}",
        seen=Scene(),
    )


@asked("DELETE", "/v1/publications/<publication_id>")
def end_publication(asker: Asker, _user: User) -> Call:
    furnish(asker.estate.staff)
    return Call(
        "DELETE",
        f"/v1/publications/{HERE['publication_id']}",
        ((Op.PUBLICATION_END, None),),
        absent=f"/v1/publications/{NEVER_MADE}",
        seen=Scene(),
    )
