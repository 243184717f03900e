"""The files of one picture, one after the other: one is current, the others are kept.

Each file is a picture of its own, with faces, a decision and a release of its own:
nothing that was cleared of one file is cleared of another. A chain says which follow
each other and which one is current. What is not current leaves for nobody.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from .assets import Asset, FaceMark
from .ids import derived_id
from .intake import AssetRecord, bits_apart
from .metadata import FIELDS
from .people import Appearance, AppearanceStatus

MOST_VERSIONS: Final = 10
"""Files of one picture that are kept at a time, the current one among them."""


class VersionRefusal(StrEnum):
    """Why a file does not take the place of another."""

    REPLACED_GONE = "replaced_gone"
    """What it was to replace is erased, or its term is over."""
    TOO_MANY = "too_many_versions"
    CURRENT = "version_is_current"
    """What is current already is not made so."""
    NOT_TAKEN_IN = "version_not_taken_in"
    """There is no file yet that another could replace."""


class VersionRefusedError(Exception):
    """It does not take the place of another; `reason` says why."""

    def __init__(self, reason: VersionRefusal) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Version:
    """One file of a picture."""

    asset_id: str
    since: datetime
    """When it was received, or made current again: the last of both."""
    by: str
    """Who sent it, or made it current again."""


@dataclass(frozen=True, slots=True)
class VersionChain:
    """The files of one picture, in the order in which they came."""

    chain_id: str
    versions: tuple[Version, ...]
    current: str | None
    """The one that may leave, once it is cleared; None: it was erased."""

    @property
    def asset_ids(self) -> frozenset[str]:
        """Every file of it."""
        return frozenset(each.asset_id for each in self.versions)


def chain_id_of(first: str) -> str:
    """The chain that begins with this picture: twice begun, it is one."""
    return derived_id("versions", first)


def begun(first: AssetRecord) -> VersionChain:
    """The chain of a picture that nothing has replaced yet."""
    said = first.announcement
    version = Version(first.asset_id, said.announced_at, said.uploader_id)
    return VersionChain(chain_id_of(first.asset_id), (version,), first.asset_id)


def followed(chain: VersionChain, asset_id: str, by: str, at: datetime) -> VersionChain:
    """The chain with one more file, which is current from then on.

    Raises VersionRefusedError when as many are kept as there may be.
    """
    if len(chain.versions) >= MOST_VERSIONS:
        raise VersionRefusedError(VersionRefusal.TOO_MANY)
    versions = (*chain.versions, Version(asset_id, at, by))
    return replace(chain, versions=versions, current=asset_id)


def restored(chain: VersionChain, asset_id: str, by: str, at: datetime) -> VersionChain:
    """The chain with an older file current again, where it stood.

    Raises VersionRefusedError.
    """
    if asset_id not in chain.asset_ids:
        raise VersionRefusedError(VersionRefusal.REPLACED_GONE)
    if asset_id == chain.current:
        raise VersionRefusedError(VersionRefusal.CURRENT)
    versions = tuple(
        Version(asset_id, at, by) if each.asset_id == asset_id else each
        for each in chain.versions
    )
    return replace(chain, versions=versions, current=asset_id)


def without(chain: VersionChain, asset_id: str) -> VersionChain | None:
    """The chain without a file that is erased; None where it was the only one.

    Nothing takes the place of a current one: a person makes another current, or nobody.
    """
    kept = tuple(each for each in chain.versions if each.asset_id != asset_id)
    if not kept:
        return None
    current = None if chain.current == asset_id else chain.current
    return replace(chain, versions=kept, current=current)


def replaced_in(record: AssetRecord, chain: VersionChain | None) -> bool:
    """Whether a file is not the current one: by its own record, or by the chain.

    Of one that is in a chain of which nothing is known nobody can say that it is.
    """
    if record.chain_id is None:
        return False
    current = chain.current if chain else None
    return record.replaced_at is not None or current != record.asset_id


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is another thing in one file than in another; nothing of what is the same."""

    size: bool
    dimensions: bool
    format: bool
    same_file: bool
    """Whether both are the same, byte for byte."""
    bits_apart: int | None
    """Of 64, how many bits of the perceptual hash differ; None: one has none."""
    said: Mapping[str, tuple[Any, Any]]
    """The fields of what is said of them that differ: of the first, of the second."""


def compared(one: AssetRecord, other: AssetRecord) -> Comparison | None:
    """How two files differ; None where one of them has not arrived."""
    here, there = one.original, other.original
    if here is None or there is None:
        return None
    hashed = here.perceptual_hash and there.perceptual_hash
    return Comparison(
        size=here.size != there.size,
        dimensions=(here.width, here.height) != (there.width, there.height),
        format=here.media_type != there.media_type,
        same_file=here.sha256 == there.sha256,
        bits_apart=bits_apart(here.perceptual_hash, there.perceptual_hash)
        if hashed
        else None,
        said={
            name: (getattr(one.description, name), getattr(other.description, name))
            for name in FIELDS
            if getattr(one.description, name) != getattr(other.description, name)
        },
    )


def may_show(asset: Asset, appearances: Iterable[Appearance], person_id: str) -> bool:
    """Whether somebody who is in one file of a picture may be in this one, unnamed.

    Not where everybody in it is known to be somebody else, or not to be recognised:
    unknown means that they may.
    """
    named = {
        each.face_id: each.person_id
        for each in appearances
        if each.status is AppearanceStatus.CONFIRMED
    }
    known = all(
        named.get(face.face_id, person_id) != person_id
        or (face.face_id not in named and face.mark is FaceMark.NOT_RECOGNISABLE)
        for face in asset.faces
    )
    seen = asset.examined and asset.faces_complete and not asset.faces_forgotten
    return not (seen and known and asset.whole_known)
