"""Which faces have to be covered for a use, and which masked version that is.

A picture that may leave masked leaves with every face covered that is not cleared for
that use at that instant, and with every face that was covered in what a person released.
What is unknown of a face counts against showing it.
"""

import json
from collections.abc import Iterable
from typing import Final

from .assets import Asset, Face
from .channels import Channel, Verdict, strictest
from .decisions import Decision
from .ids import derived_id
from .intake import AssetRecord, RenditionName

MASK_VERSION: Final = "oval_1"
"""The shape and the colour. With another one, every masked version is another."""

KEPT_DAYS: Final = 7
"""How long a masked version is kept. It can be made again, and is when it is wanted."""


class UncoverableError(Exception):
    """A face that has to be covered has no place in the picture: it must not leave."""


def to_cover(asset: Asset, decision: Decision, channel: Channel) -> frozenset[str]:
    """The faces that nothing clears for this channel, or that something speaks against.

    The decision is one on this picture, for the place of the use.
    """
    about = decision.about(channel)
    return frozenset(
        face.face_id
        for face in asset.faces
        if not any(f.clears for f in about if f.face_id == face.face_id)
        or strictest(f.verdict for f in about if f.face_id == face.face_id)
        is not Verdict.CLEAR
    )


def covered_in(asset: Asset, decision: Decision, channel: Channel) -> frozenset[str]:
    """The faces that are covered when the picture leaves masked for this channel now.

    Besides those that have to be: what was covered when a person released it, for they
    released that. Where it is not on record what they saw, every face is. Raises
    UncoverableError where one of those is not on record any more: nobody knows then what
    would have to be covered.
    """
    faces = frozenset(face.face_id for face in asset.faces)
    seen = None if asset.release is None else asset.release.covered.get(channel)
    released = faces if seen is None else seen
    if not released <= faces:
        raise UncoverableError(asset.asset_id)
    return to_cover(asset, decision, channel) | released


def mask_id(
    record: AssetRecord, rendition: RenditionName, covered: Iterable[Face]
) -> str:
    """The masked version of a rendition in which just these faces are covered.

    The same faces in the same places of the same picture give the same one, so that it
    is made once and found again; whoever names it names what they saw.
    """
    geometry = sorted(
        [
            face.face_id,
            [face.box.x, face.box.y, face.box.width, face.box.height],
            [list(point) for point in face.landmarks],
            face.score,
        ]
        for face in covered
    )
    version = record.original.version_id if record.original else ""
    return derived_id(
        "mask",
        MASK_VERSION,
        record.asset_id,
        version,
        rendition.value,
        json.dumps(geometry, separators=(",", ":")),
    )


def masked_key(asset_id: str, mask: str) -> str:
    """Where a masked version lies in the bucket of renditions: beside the others."""
    return f"{asset_id}/masked/{mask}.jpg"
