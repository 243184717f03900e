"""A person's copy of what is on record about them (GDPR 15 and 20), and how far it is.

An export begins with the request that was upheld; it is gathered, its pictures are made,
it is packed, and it can be fetched for some days. What is past those days is gone, and
the record says so: a table forgets late, so every question names its instant.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from .assets import Asset
from .declarations import declared_place
from .ids import derived_id
from .people import Appearance, AppearanceStatus
from .time import instant

FETCHABLE: Final = timedelta(days=7)
"""How long a packed export can be fetched where no retention policy says otherwise."""
MADE_WITHIN: Final = timedelta(days=1)
"""How long the workflow that makes an export may take; then it has failed."""
WITHHELD: Final = "withheld"
"""Stands where an identifier of somebody else would."""
_ID = re.compile(r"(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])")


class ExportState(StrEnum):
    """How far an export is."""

    MAKING = "export_making"
    READY = "export_ready"
    """It is packed, and can be fetched."""
    EXPIRED = "export_expired"
    """Its days are over: the file is gone, and can be asked for anew."""
    STALLED = "export_stalled"
    """It should have been packed long ago: its workflow failed, and somebody looks."""


class LeftOut(StrEnum):
    """Why somebody's picture is told of in an export and not given with it."""

    NOT_SURE = "left_out_not_sure"
    """Nobody confirmed that it is them, or confirmed somebody else in the same face."""
    GONE = "left_out_gone"
    NOT_EXAMINED = "left_out_not_examined"
    UNCOVERABLE = "left_out_uncoverable"


@dataclass(frozen=True, slots=True)
class Package:
    """The file that an export became: how large, and what is in it."""

    size: int
    sha256: str
    pictures: int
    """How many pictures are in it; one picture that could not be made is none."""
    left_out: int
    """How many could not be given as pictures; the record in it says why for each."""
    packed_at: datetime
    ends_at: datetime
    """The file can be fetched before this instant, and is gone from then on."""

    def __post_init__(self) -> None:
        """Hold instants in UTC: within one zone, Python compares clocks, not time."""
        object.__setattr__(self, "packed_at", instant(self.packed_at))
        object.__setattr__(self, "ends_at", instant(self.ends_at))


@dataclass(frozen=True, slots=True)
class Export:
    """One copy for one person, as it is on record."""

    export_id: str
    person_id: str
    request_id: str
    """The subject request that it answers."""
    begun_at: datetime
    begun_by: str
    """Who upheld the request."""
    package: Package | None = None
    fetched: int = 0
    """How often an address for it was given."""
    fetched_at: datetime | None = None
    """When that was last done."""


def export_id(request_id: str) -> str:
    """The identifier of the export that answers a request: twice begun, it is one."""
    return derived_id("export", request_id)


def begun(request_id: str, person_id: str, by: str, at: datetime) -> Export:
    """The export that begins when a request is upheld."""
    return Export(export_id(request_id), person_id, request_id, at, by)


def state_at(export: Export, at: datetime) -> ExportState:
    """How far an export is at an instant; only a ready one is given to anybody."""
    if export.package is not None:
        ready = instant(at) < export.package.ends_at
        return ExportState.READY if ready else ExportState.EXPIRED
    making = instant(at) < instant(export.begun_at) + MADE_WITHIN
    return ExportState.MAKING if making else ExportState.STALLED


def covered(
    asset: Asset, appearances: Iterable[Appearance], person_id: str
) -> frozenset[str] | LeftOut:
    """The faces to cover in a picture before this person gets it, or why they do not.

    Theirs are the faces in which somebody confirmed them and nobody else; every other one
    is covered, named or not: whether a stranger can be recognised is not for us to guess.
    Of a file in which they were declared, and are in no face, nobody could be covered.
    """
    if not asset.examined:
        return LeftOut.NOT_EXAMINED
    confirmed: dict[str, set[str]] = {}
    for each in appearances:
        if each.status is AppearanceStatus.CONFIRMED:
            confirmed.setdefault(each.face_id, set()).add(each.person_id)
    there = {face.face_id for face in asset.faces}
    own = {face for face, people in confirmed.items() if people == {person_id}} & there
    if not own and person_id in confirmed.get(declared_place(asset.asset_id), ()):
        return LeftOut.UNCOVERABLE
    return frozenset(there - own) if own else LeftOut.NOT_SURE


def sieved(value: object, own: frozenset[str]) -> object:
    """A value of a record without any identifier but these; the last wall of an export.

    Whatever looks like an identifier of ours and is not known to be this person's, or
    of something that is told to them, is somebody else's until it is proven otherwise.
    """
    if isinstance(value, str):
        return _ID.sub(lambda found: found[0] if found[0] in own else WITHHELD, value)
    if isinstance(value, Mapping):
        return {str(sieved(k, own)): sieved(v, own) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [sieved(each, own) for each in value]
    return value
