"""The pictures that somebody is shown of themselves, and who received each of them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from beeldrecht.domain.egress import LINK_SECONDS
from beeldrecht.domain.intake import RenditionName
from beeldrecht.domain.people import AppearanceStatus
from beeldrecht.domain.recalls import about
from beeldrecht.runtime.events import Frozen, OpaqueId

from .said import Said, said
from .services import Services

MOST: Final = 48
"""Pictures on one page: each of them is looked up, and who received it too."""
_USES: Final = 50
"""Copies of one picture that are shown, the last ones; the page counts the others."""


class Use(Frozen):
    """Once that somebody received a copy in which the person can be seen."""

    recipient: Said
    """What kind of recipient, and how: nobody is named."""
    channel: Said | None
    """What for; None where it was for no use in particular."""
    at: datetime
    recall: Said | None
    """How far it is called back; None: it was not."""


class OwnPicture(Frozen):
    """A picture in which somebody said that it is this person."""

    asset_id: OpaqueId
    url: str | None
    used: list[Use]
    more_used: int
    """How often besides those."""


def addresses(services: Services, asset_ids: Iterable[str]) -> dict[str, str]:
    """Where the small versions of these pictures can be fetched, for a minute.

    Whoever calls this has put on record who looks. A picture that was not taken in or
    has no small version is left out.
    """
    found: dict[str, str] = {}
    for asset_id in asset_ids:
        record = services.library.record(asset_id)
        thumb = RenditionName.THUMB
        if record is not None and not record.refused and thumb in record.renditions:
            found[asset_id] = services.renditions.link(asset_id, thumb, LINK_SECONDS)
    return found


def own_pictures(
    services: Services,
    person_id: str,
    asset_ids: Iterable[str],
    language: str,
    at: datetime,
) -> list[OwnPicture]:
    """These pictures of a person, each with who received it, the last one first."""
    shown = tuple(asset_ids)
    urls = addresses(services, shown)
    return [
        _own_picture(services, person_id, asset_id, urls.get(asset_id), language, at)
        for asset_id in shown
    ]


def _own_picture(
    services: Services,
    person_id: str,
    asset_id: str,
    url: str | None,
    language: str,
    at: datetime,
) -> OwnPicture:
    faces = _faces_of(services, person_id, asset_id)
    # A copy in which they are covered went out without them; their own went to nobody.
    copies = [
        each
        for each in services.disclosures.of_asset(asset_id, at)
        if (each.shows(faces) or not faces) and each.recipient_id != person_id
    ]
    recalls = services.recalls.of_asset(asset_id, at) if copies else ()
    newest = copies[::-1][:_USES]
    used = []
    for copy in newest:
        last = next(iter(about(copy, recalls)), None)
        used.append(
            Use(
                recipient=said(copy.kind, language),
                channel=None if copy.channel is None else said(copy.channel, language),
                at=copy.at,
                recall=None if last is None else said(last.state, language),
            )
        )
    return OwnPicture(
        asset_id=asset_id, url=url, used=used, more_used=len(copies) - len(used)
    )


def _faces_of(services: Services, person_id: str, asset_id: str) -> frozenset[str]:
    """The faces in a picture that are this person's."""
    found = services.library.picture(asset_id)
    appearances = () if found is None else found[2]
    return frozenset(
        each.face_id
        for each in appearances
        if each.person_id == person_id and each.status is AppearanceStatus.CONFIRMED
    )
