"""What the policy needs to know of a thing, gathered the same way for every route."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from beeldrecht.domain.access import Scene
from beeldrecht.domain.collections import Collection
from beeldrecht.domain.decisions import Decision, decide
from beeldrecht.domain.intake import AssetRecord
from beeldrecht.runtime.facts import Bases, Picture, Register, gather


class Collections(Protocol):
    """Where collections are on record."""

    def several(self, collection_ids: Iterable[str]) -> tuple[Collection, ...]:
        """These collections; one that nobody can find is closed to everybody."""
        ...


class Services(Protocol):
    """What gathering a scene needs."""

    @property
    def register(self) -> Register:
        """The consent register."""
        ...

    @property
    def bases(self) -> Bases:
        """What uses of pictures rest on besides consent."""
        ...

    @property
    def collections(self) -> Collections:
        """The collections."""
        ...


def picture_scene(
    services: Services, found: Picture, at: datetime
) -> tuple[Scene, Decision]:
    """A picture as the policy sees it now, with the decision that this rests on.

    The decision is made at this instant from the facts: what is cached answers nothing.
    """
    record, asset, appearances = found
    facts = gather(asset, appearances, services.register, services.bases, at)
    decision = decide(facts, at)
    leaves = bool(decision.leaves) and not record.refused
    return record_scene(services, record, leaves=leaves), decision


def record_scene(services: Services, record: AssetRecord, *, leaves: bool) -> Scene:
    """A picture as the policy sees it, where it is known whether it leaves."""
    return Scene(
        uploader_id=record.announcement.uploader_id,
        leaves=leaves,
        collections=services.collections.several(record.collection_ids),
    )


def collection_scene(*collections: Collection) -> Scene:
    """Collections by themselves, as the policy sees them."""
    return Scene(collections=collections)
