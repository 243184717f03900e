"""Recognition without a network: what it would say is told, when it may is real.

The permit is checked at the same places as in the real ones, and every comparison and
every template is counted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from beeldrecht.domain.assets import Face
from beeldrecht.domain.permits import Permit

MODEL = "model-of-the-tests"


@dataclass(frozen=True)
class Likeness:
    """A face that may be a person."""

    face: int
    person_id: str
    band: str = "likely"


class FakeRecogniser:
    """Says of each face, by its place, whom it was told it resembles."""

    model_id = MODEL

    def __init__(self, *likenesses: Likeness) -> None:
        self.likenesses = likenesses
        self.comparisons: list[tuple[tuple[str, ...], tuple[str, ...]]] = []

    def compare(
        self,
        permit: Permit,
        asset_id: str,
        jpeg: tuple[bytes, int],
        faces: Sequence[Face],
        enrolled: Mapping[str, bytes],
        at: datetime,
    ) -> Sequence[Likeness]:
        permit.check(at, asset_id)
        for person_id in enrolled:
            permit.check_subject(person_id)
        assert jpeg[0].startswith(b"\xff\xd8")
        self.comparisons.append((tuple(f.face_id for f in faces), tuple(enrolled)))
        return [
            likeness
            for likeness in self.likenesses
            if likeness.face < len(faces) and likeness.person_id in enrolled
        ]


class FakeEnroller:
    """Takes any photo of one face; a small one is refused, a tiny one is unclear."""

    model_id = MODEL

    def __init__(self) -> None:
        self.taken: list[str] = []

    def unfit(self, faces: Sequence[Face]) -> tuple[str, ...]:
        return () if len(faces) == 1 else ("several_faces",)

    def add(
        self,
        permit: Permit,
        asset_id: str,
        jpeg: tuple[bytes, int],
        face: Face,
        at: datetime,
    ) -> tuple[str, ...]:
        permit.check(at, asset_id)
        if face.box.height < 20:
            return ("face_unclear",)
        self.taken.append(face.face_id)
        return ()

    def template(self) -> bytes | None:
        return "+".join(self.taken).encode() or None
