"""Making a person's template with our own network."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from beeldrecht.domain.assets import Face
from beeldrecht.domain.permits import Permit
from beeldrecht_recognition.embedding import Embedder
from beeldrecht_recognition.quality import (
    QualityReason,
    clearness_reasons,
    enrolment_reasons,
)
from beeldrecht_recognition.templates import MODEL_ID, FaceTemplate, PersonTemplate
from beeldrecht_vision.decode import decode_jpeg


class OwnEnroller:
    """Collects the photos of one enrolment; made anew for each."""

    model_id = MODEL_ID

    def __init__(self, embedder: Embedder, pixel_limit: int) -> None:
        self._embedder = embedder
        self._pixel_limit = pixel_limit
        self._taken: list[FaceTemplate] = []

    def unfit(self, faces: Sequence[Face]) -> tuple[str, ...]:
        """Why a picture with these faces cannot be used; judged without a template."""
        return tuple(enrolment_reasons(faces))

    def add(
        self,
        permit: Permit,
        asset_id: str,
        jpeg: tuple[bytes, int],
        face: Face,
        at: datetime,
    ) -> tuple[str, ...]:
        """Take one photo; the reasons why not, or nothing when it was taken."""
        data, orientation = jpeg
        picture = decode_jpeg(data, orientation, pixel_limit=self._pixel_limit)
        made = self._embedder.embed(permit, picture, [face], at, asset_id).faces
        if not made:
            return (QualityReason.FACE_UNCLEAR,)
        reasons = clearness_reasons(made[0].norm)
        if not reasons:
            self._taken.append(made[0])
        return tuple(reasons)

    def template(self) -> bytes | None:
        """The template of all photos taken; None when there were none."""
        if not self._taken:
            return None
        return PersonTemplate.of_photos(self._taken).to_bytes()


def embedder(models: Path) -> Embedder:
    """The embedder over both models; neither is loaded before a permitted face."""
    return Embedder(models / "sface.onnx", models / "yunet.onnx")
