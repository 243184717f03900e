"""Comparing with our own network. The templates of strangers die with the call."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from beeldrecht.domain.assets import Face
from beeldrecht.domain.permits import Permit
from beeldrecht_recognition.embedding import Embedder
from beeldrecht_recognition.gallery import Gallery, Suggestion
from beeldrecht_recognition.templates import MODEL_ID, PersonTemplate
from beeldrecht_vision.decode import decode_jpeg


class OwnRecogniser:
    """The embedder of the recognition layer, over the detector of the vision layer."""

    model_id = MODEL_ID

    def __init__(self, models: Path, pixel_limit: int) -> None:
        self._embedder = Embedder(models / "sface.onnx", models / "yunet.onnx")
        self._pixel_limit = pixel_limit

    def compare(
        self,
        permit: Permit,
        asset_id: str,
        jpeg: tuple[bytes, int],
        faces: Sequence[Face],
        enrolled: Mapping[str, bytes],
        at: datetime,
    ) -> tuple[Suggestion, ...]:
        """Who these faces may be; the gallery checks that the permit names its people."""
        permit.check(at, asset_id)
        gallery = Gallery(
            permit, {p: PersonTemplate.from_bytes(t) for p, t in enrolled.items()}
        )
        data, orientation = jpeg
        picture = decode_jpeg(data, orientation, pixel_limit=self._pixel_limit)
        return gallery.suggest(self._embedder.embed(permit, picture, faces, at, asset_id))
