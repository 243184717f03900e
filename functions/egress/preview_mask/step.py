"""Show somebody who may release a picture how it would leave: with faces covered."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

from beeldrecht.domain.channels import Channel, Verdict
from beeldrecht.domain.decisions import Finding, decide
from beeldrecht.domain.egress import LINK_SECONDS
from beeldrecht.domain.intake import RenditionName
from beeldrecht.domain.masking import to_cover
from beeldrecht.runtime.events import Frozen, OpaqueId
from beeldrecht.runtime.facts import Bases, Pictures, Register, gather
from beeldrecht.runtime.ports import Audit, Masks


class UnknownAssetError(Exception):
    """There is no such picture, or nothing to see of it."""


class NothingMaskedError(Exception):
    """It would not leave masked for that channel; `findings` say why."""

    def __init__(self, verdict: Verdict, findings: tuple[Finding, ...]) -> None:
        super().__init__(f"{len(findings)} findings")
        self.verdict = verdict
        self.findings = findings


class Event(Frozen):
    """Who wants to see it as it would leave for which channel."""

    asset_id: OpaqueId
    actor_id: OpaqueId
    channel: Channel


class Result(Frozen):
    """Where to look, until when, and how to name what was seen when releasing it."""

    asset_id: OpaqueId
    mask_id: OpaqueId
    faces: frozenset[OpaqueId]
    url: str
    expires_at: datetime


class MaskedLinks(Protocol):
    """What signs addresses of masked versions."""

    def masked_link(self, asset_id: str, mask: str, seconds: int) -> str:
        """An address that works for so long."""
        ...


def preview_mask(
    event: Event,
    library: Pictures,
    register: Register,
    bases: Bases,
    masks: Masks,
    audit: Audit,
    renditions: MaskedLinks,
    now: Callable[[], datetime],
) -> Result:
    """Decide at this instant, cover who is not cleared, record who looks, then sign.

    As `release_asset` decides: for the widest place. Safe to repeat: looks of a person
    at the same version within an hour are one entry. Raises UnknownAssetError,
    NothingMaskedError, UncoverableError and StaleRevisionError.
    """
    found = library.picture(event.asset_id)
    if found is None or found[0].refused:
        raise UnknownAssetError(event.asset_id)
    record, asset, appearances = found
    if RenditionName.PREVIEW not in record.renditions:
        raise UnknownAssetError(event.asset_id)
    at = now()
    decision = decide(gather(asset, appearances, register, bases, at), at)
    verdict = decision.per_channel[event.channel]
    if verdict is not Verdict.MASKED:
        raise NothingMaskedError(verdict, decision.about(event.channel))
    covered = to_cover(asset, decision, event.channel)
    mask = masks.masked(record, asset, RenditionName.PREVIEW, covered)
    audit.append(
        scope=event.asset_id,
        entry_id=f"egress:mask:view:{event.actor_id}:{mask}:{at:%Y%m%dT%H}",
        tag="egress:mask:view",
        at=at,
        actor=event.actor_id,
        data={"channel": event.channel.value, "mask_id": mask, "faces": len(covered)},
    )
    signed_at = now()
    return Result(
        asset_id=event.asset_id,
        mask_id=mask,
        faces=covered,
        url=renditions.masked_link(event.asset_id, mask, LINK_SECONDS),
        expires_at=signed_at + timedelta(seconds=LINK_SECONDS),
    )
