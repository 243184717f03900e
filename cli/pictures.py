"""A picture as the library shows it to whoever asks: faces in reading order, the answer.

The decision comes with the picture, made at the instant it was asked for. What the caller
may not know is not there, and so is not shown.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Protocol

from beeldrecht.domain.access import Operation
from beeldrecht.domain.assets import AssetStatus, Box
from beeldrecht.domain.channels import ALL_CHANNELS, Channel, Verdict, strictest
from beeldrecht.domain.decisions import Decision, Finding, FindingId, Outcome
from beeldrecht.domain.intake import Rejection, RenditionName
from beeldrecht.domain.people import AppearanceStatus, SuggestionBand


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
class Suggestion:
    """Who software thinks a face may be."""

    person_id: str
    band: SuggestionBand


@dataclass(frozen=True, slots=True)
class SeenFace:
    """A face with its number in the picture, who it is, and what that allows."""

    number: int
    face_id: str
    box: Box
    person_ids: tuple[str, ...]
    """Who a person says it is."""
    suggested: tuple[Suggestion, ...]
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
    """A picture as it stands at one instant, for one caller."""

    asset_id: str
    revision: int
    status: AssetStatus
    settled: bool
    """Nothing is under way: it was refused, or decided on since its last change."""
    file_name: str
    media_type: str
    size: int
    announced_at: datetime
    uploader_id: str
    session_id: str | None
    width: int
    height: int
    """Zero both, as long as nobody knows."""
    duplicate_of: str | None
    near_duplicates: tuple[str, ...]
    rejection: Rejection | None
    renditions: frozenset[RenditionName]
    released: bool
    """Whether a person released it, whatever became of that."""
    faces: tuple[SeenFace, ...]
    declared: tuple[str, ...]
    """Who was declared to be in what cannot be looked through, and in no face."""
    decision: Decision | None
    """None: it was not taken in, or has not come that far."""
    affordances: frozenset[Operation]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is found about the picture as a whole."""
        found = self.decision.findings if self.decision else ()
        return tuple(f for f in found if not f.face_id and not f.person_id)

    def about(self, person_id: str) -> tuple[Finding, ...]:
        """What is found about somebody who is declared to be in it."""
        found = self.decision.findings if self.decision else ()
        return tuple(f for f in found if not f.face_id and f.person_id == person_id)

    @property
    def refused(self) -> bool:
        """Whether it was not taken in, for good."""
        return self.status is AssetStatus.REJECTED

    @property
    def person_ids(self) -> frozenset[str]:
        """Everybody who is in it, or may be."""
        return frozenset(self.declared) | frozenset(
            person_id
            for face in self.faces
            for person_id in (*face.person_ids, *(s.person_id for s in face.suggested))
        )


def seen_of(view: Mapping[str, Any]) -> Seen:
    """The picture that the library showed."""
    status = AssetStatus(view["status"])
    refused, why = status is AssetStatus.REJECTED, view["rejection"]
    original = view["original"] or {}
    looked_through = view["faces"] is not None and not refused
    decision = _decision(view["decision"]) if looked_through else None
    return Seen(
        asset_id=view["asset_id"],
        revision=view["revision"],
        status=status,
        settled=view["settled"],
        file_name=view["file_name"],
        media_type=view["media_type"],
        size=view["size"],
        announced_at=datetime.fromisoformat(view["announced_at"]),
        uploader_id=view["uploader_id"],
        session_id=view["session_id"],
        width=original.get("width", 0),
        height=original.get("height", 0),
        duplicate_of=view["duplicate_of"],
        near_duplicates=tuple(view.get("near_duplicates") or ()),
        rejection=Rejection(why["reason"], why["detail"]) if why and refused else None,
        renditions=frozenset(map(RenditionName, view["renditions"])),
        released=view["release"] is not None,
        faces=_faces(view["faces"], decision) if decision else (),
        declared=tuple((view["declaration"] or {}).get("people") or ()),
        decision=decision,
        affordances=frozenset(map(Operation, view["affordances"])),
    )


def _decision(view: Mapping[str, Any]) -> Decision:
    return Decision(
        at=datetime.fromisoformat(view["at"]),
        valid_until=_instant(view["valid_until"]),
        findings=tuple(
            Finding(
                FindingId(each["id"]),
                face_id=each["face_id"] or "",
                person_id=each["person_id"] or "",
                channel=Channel(each["channel"]) if each["channel"] else None,
                until=_instant(each["until"]),
            )
            for each in view["findings"]
        ),
        per_channel=verdicts_of(view["per_channel"]),
        outcome=Outcome(view["outcome"]),
        leaves=verdicts_of(view["leaves"]),
    )


def verdicts_of(said: Mapping[str, str]) -> dict[Channel, Verdict]:
    """The verdict of each channel, in the order in which channels are shown."""
    return {c: Verdict(said[c]) for c in ALL_CHANNELS if c in said}


def _instant(said: str | None) -> datetime | None:
    return datetime.fromisoformat(said) if said else None


def _faces(
    views: Sequence[Mapping[str, Any]], decision: Decision
) -> tuple[SeenFace, ...]:
    unnumbered = [_face(view, decision) for view in views]
    return tuple(
        SeenFace(number, f.face_id, f.box, f.person_ids, f.suggested, f.findings)
        for number, f in enumerate(in_reading_order(unnumbered), start=1)
    )


def _face(view: Mapping[str, Any], decision: Decision) -> SeenFace:
    box, here = view["box"], sorted(view["appearances"], key=lambda a: a["person_id"])
    confirmed = tuple(
        a["person_id"] for a in here if a["status"] == AppearanceStatus.CONFIRMED
    )
    waiting = tuple(
        Suggestion(a["person_id"], SuggestionBand(a["band"]))
        for a in here
        if a["status"] == AppearanceStatus.SUGGESTED
    )
    return SeenFace(
        number=0,
        face_id=view["face_id"],
        box=Box(box["x"], box["y"], box["width"], box["height"]),
        person_ids=confirmed,
        suggested=() if confirmed else waiting,
        findings=tuple(f for f in decision.findings if f.face_id == view["face_id"]),
    )


class Placed(Protocol):
    """Something with a place in a picture."""

    @property
    def face_id(self) -> str:
        """Its id."""
        ...

    @property
    def box(self) -> Box:
        """Its place."""
        ...


def in_reading_order[F: Placed](faces: Sequence[F]) -> tuple[F, ...]:
    """The faces row by row, each row from left to right.

    A face belongs to a row when its middle lies within half its height of the row's
    first: people in one row rarely have their eyes on one line.
    """
    rows: list[list[F]] = []
    for face in sorted(faces, key=lambda f: (_middle(f), f.face_id)):
        if rows and _middle(face) - _middle(rows[-1][0]) <= face.box.height / 2:
            rows[-1].append(face)
        else:
            rows.append([face])
    return tuple(f for row in rows for f in sorted(row, key=lambda f: f.box.x))


def _middle(face: Placed) -> float:
    return face.box.y + face.box.height / 2


def now() -> datetime:
    """This instant."""
    return datetime.now(UTC)
