"""A picture as staff look at it: its faces in reading order, and the answer right now.

The decision is asked anew from the facts each time; what the library has cached for its
lists is not shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from beeldrecht.domain.assets import DECIDED, Asset, Face
from beeldrecht.domain.channels import ALL_CHANNELS, Channel, Verdict, strictest
from beeldrecht.domain.decisions import Decision, Finding, FindingId, decide
from beeldrecht.domain.intake import AssetRecord
from beeldrecht.domain.people import Appearance, AppearanceStatus
from beeldrecht.runtime.facts import Pictures, Register, gather


class FaceState(StrEnum):
    """Where a face stands, as one word for lists and boxes."""

    CLEAR = "face_clear"
    """Allowed in every channel."""
    PARTLY = "face_partly"
    """Allowed in some channels, covered in others."""
    COVERED = "face_covered"
    """Covered wherever the picture is used."""
    FROZEN = "face_frozen"
    """The picture may not be used with it."""
    SUGGESTED = "face_suggested"
    """Software has a name for it; a person has not said whether that is right."""
    UNNAMED = "face_unnamed"
    """Nobody has said who it is."""


@dataclass(frozen=True, slots=True)
class SeenFace:
    """A face with its number in the picture, who it is, and what that allows."""

    number: int
    face: Face
    person_ids: tuple[str, ...]
    """Who a person says it is."""
    suggested: tuple[Appearance, ...]
    """Who software says it may be, unanswered."""
    findings: tuple[Finding, ...]

    @property
    def verdicts(self) -> Mapping[Channel, Verdict]:
        """What this face alone leaves possible, by channel."""
        return {
            channel: strictest(
                f.verdict for f in self.findings if f.channel in {None, channel}
            )
            for channel in ALL_CHANNELS
        }

    @property
    def state(self) -> FaceState:
        """Where it stands."""
        ids = {f.id for f in self.findings}
        if FindingId.SUGGESTION_WAITING in ids:
            return FaceState.SUGGESTED
        if FindingId.FACE_UNRESOLVED in ids:
            return FaceState.UNNAMED
        verdicts = set(self.verdicts.values())
        if Verdict.RESTRICTED in verdicts:
            return FaceState.FROZEN
        if Verdict.CLEAR not in verdicts:
            return FaceState.COVERED
        return FaceState.CLEAR if verdicts == {Verdict.CLEAR} else FaceState.PARTLY


@dataclass(frozen=True, slots=True)
class Seen:
    """A picture as it stands at one instant."""

    record: AssetRecord
    asset: Asset
    faces: tuple[SeenFace, ...]
    decision: Decision | None
    """None: it was not taken in, or has not come that far."""

    @property
    def asset_id(self) -> str:
        """The identifier of the asset."""
        return self.record.asset_id

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is found about the picture as a whole."""
        found = self.decision.findings if self.decision else ()
        return tuple(f for f in found if not f.face_id)


def see(
    asset_id: str, library: Pictures, register: Register, at: datetime
) -> Seen | None:
    """The picture as it stands at that instant; None when there is none."""
    found = library.picture(asset_id)
    if found is None:
        return None
    record, asset, appearances = found
    if record.refused or not asset.examined:
        return Seen(record, asset, (), None)
    decision = decide(gather(asset, appearances, register), at)
    faces = tuple(
        _seen_face(number, face, appearances, decision)
        for number, face in enumerate(in_reading_order(asset.faces), start=1)
    )
    return Seen(record, asset, faces, decision)


def _seen_face(
    number: int, face: Face, appearances: tuple[Appearance, ...], decision: Decision
) -> SeenFace:
    here = sorted(
        (a for a in appearances if a.face_id == face.face_id), key=lambda a: a.person_id
    )
    confirmed = tuple(a.person_id for a in here if a.status is AppearanceStatus.CONFIRMED)
    waiting = tuple(a for a in here if a.status is AppearanceStatus.SUGGESTED)
    return SeenFace(
        number=number,
        face=face,
        person_ids=confirmed,
        suggested=() if confirmed else waiting,
        findings=tuple(f for f in decision.findings if f.face_id == face.face_id),
    )


def in_reading_order(faces: tuple[Face, ...]) -> tuple[Face, ...]:
    """The faces row by row, each row from left to right.

    A face belongs to a row when its middle lies within half its height of the row's
    first: people in one row rarely have their eyes on one line.
    """
    rows: list[list[Face]] = []
    for face in sorted(faces, key=lambda f: (_middle(f), f.face_id)):
        if rows and _middle(face) - _middle(rows[-1][0]) <= face.box.height / 2:
            rows[-1].append(face)
        else:
            rows.append([face])
    return tuple(f for row in rows for f in sorted(row, key=lambda f: f.box.x))


def _middle(face: Face) -> float:
    return face.box.y + face.box.height / 2


def is_settled(record: AssetRecord) -> bool:
    """Whether nothing is under way: refused, or decided since its last change.

    A decision counts as a change itself, so it stands one revision after the one it read.
    """
    if record.refused:
        return True
    decided = record.status in DECIDED and record.decided_revision is not None
    return decided and record.decided_revision == record.revision - 1


def now() -> datetime:
    """This instant."""
    return datetime.now(UTC)
