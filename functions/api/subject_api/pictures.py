"""The pictures that somebody is shown of themselves, and where each of them went."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from beeldrecht.adapters.audit_search import Search
from beeldrecht.adapters.downloads import TAG as DOWNLOADED
from beeldrecht.domain.channels import Channel
from beeldrecht.domain.egress import LINK_SECONDS
from beeldrecht.domain.intake import RenditionName
from beeldrecht.runtime.events import Frozen, OpaqueId

from .said import Said, said
from .services import Services

MOST: Final = 48
"""Pictures on one page: each of them is looked up, and where it went too."""
_USES: Final = 20
_READ: Final = 400
"""Entries of one picture that are read to find its uses, the newest first."""


class Use(Frozen):
    """Once that a picture was fetched, and for what."""

    channel: Said
    at: datetime


class OwnPicture(Frozen):
    """A picture in which somebody said that it is this person."""

    asset_id: OpaqueId
    url: str | None
    used: list[Use]


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
    services: Services, asset_ids: Iterable[str], language: str
) -> list[OwnPicture]:
    """These pictures, each with where it was used, the last use first."""
    shown = tuple(asset_ids)
    urls = addresses(services, shown)
    return [
        OwnPicture(
            asset_id=asset_id,
            url=urls.get(asset_id),
            used=_uses(services, asset_id, language),
        )
        for asset_id in shown
    ]


def _uses(services: Services, asset_id: str, language: str) -> list[Use]:
    """From what is on record of fetching it; who fetched it is not told."""
    search = Search(subject=asset_id, tag=DOWNLOADED)
    page = services.audit_log.page(search, _USES, most=_READ)
    return [
        Use(
            channel=said(Channel(str(entry.data["channel"])), language),
            at=entry.instant,
        )
        for entry in page.entries
    ]
