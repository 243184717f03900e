"""Computing templates of faces: only with a live permit in hand (R2)."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Protocol

import numpy as np

from beeldrecht.domain.permits import Permit
from beeldrecht_recognition.align import DegenerateLandmarksError, align
from beeldrecht_recognition.quality import LEAST_HEIGHT
from beeldrecht_recognition.refine import Place, look_closer, look_turned
from beeldrecht_recognition.templates import FaceTemplate, Templates, normalised
from beeldrecht_vision.yunet import YuNet, open_session

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    import onnxruntime
    from numpy.typing import NDArray

    from beeldrecht_vision.decode import Picture

_REFINE_BELOW = 64.0  # pixels
_SECOND_LOOK_NORM = 10.0
_SECOND_LOOK_ROLL = 12.0  # degrees
_SECOND_LOOKS = 3


class _Box(Protocol):
    @property
    def x(self) -> float: ...
    @property
    def y(self) -> float: ...
    @property
    def width(self) -> float: ...
    @property
    def height(self) -> float: ...


class LocatedFace(Protocol):
    """What is needed of a face: `beeldrecht.domain.assets.Face` has it."""

    @property
    def box(self) -> _Box:
        """Upright pixels of the picture."""

    @property
    def landmarks(self) -> Sequence[tuple[float, float]]:
        """Right eye, left eye, nose, right and left mouth corner."""


class _Counter:
    """Counts every template that this process computes."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._count = 0

    def add(self) -> None:
        with self._lock:
            self._count += 1

    @property
    def count(self) -> int:
        with self._lock:
            return self._count


_counter = _Counter()


def computed_templates() -> int:
    """Return how many templates this process has computed; R1 wants 0 by default.

    Counted where the network runs, so a look that was thrown away counts as well.
    """
    return _counter.count


class Embedder:
    """The embedding network and the detector that places faces for it.

    Both are loaded at the first permitted face, not before: a process that never gets a
    permit never has the network in memory. Safe to share between threads.
    """

    def __init__(self, embedding_model: Path, detector_model: Path, threads: int = 1):
        self._embedding_model = embedding_model
        self._detector_model = detector_model
        self._threads = threads
        self._lock = threading.Lock()
        self._networks: tuple[YuNet, onnxruntime.InferenceSession] | None = None

    def embed(
        self,
        permit: Permit,
        picture: Picture,
        faces: Sequence[LocatedFace],
        at: datetime,
        asset_id: str,
    ) -> Templates:
        """Compute the templates of these faces of one upright BGR picture.

        The permit is checked first, for this instant and this picture: nothing is
        computed, and no network loaded, without it. Faces under 24 pixels, which nobody
        could be identified by, are left out. Repeating gives the same templates.

        Raises:
            PermitRefusedError: the permit is not in force, or not for this picture.
            TypeError: it is no permit.

        """
        if not isinstance(permit, Permit):
            raise TypeError("A template needs a Permit.")
        permit.check(at, asset_id)
        templates = []
        for index, face in enumerate(faces):
            if face.box.height < LEAST_HEIGHT:
                continue
            vector = self._best_embedding(picture, _place(face))
            if vector is None:
                continue
            norm = float(np.linalg.norm(vector))
            template = FaceTemplate(
                face=index,
                height=face.box.height,
                norm=norm,
                vector=normalised(vector),
            )
            templates.append(template)
        return Templates(tuple(templates))

    def _best_embedding(
        self, picture: Picture, place: Place
    ) -> NDArray[np.float32] | None:
        """Embed one face; a small one after a closer look, a doubtful one after turns."""
        detector, _network = self._loaded()
        landmarks = place.landmarks
        if place.box[3] - place.box[1] < _REFINE_BELOW:
            closer = look_closer(picture, place, detector)
            landmarks = closer.landmarks if closer else landmarks
        best = self._embedding(picture, landmarks)
        roll = _roll(landmarks)
        unsure = best is None or _norm(best) < _SECOND_LOOK_NORM
        if unsure or abs(roll) > _SECOND_LOOK_ROLL:
            for look in look_turned(picture, place, detector, roll, _SECOND_LOOKS):
                other = self._embedding(picture, look.landmarks)
                if other is not None and (best is None or _norm(other) > _norm(best)):
                    best = other
        return best

    def _embedding(
        self, picture: Picture, landmarks: NDArray[np.float64]
    ) -> NDArray[np.float32] | None:
        try:
            chip = align(picture, landmarks)
        except DegenerateLandmarksError:
            return None
        _detector, network = self._loaded()
        # The network wants red first; the picture has blue first.
        pixels = np.ascontiguousarray(chip[None, :, :, ::-1].transpose(0, 3, 1, 2))
        _counter.add()
        (vectors,) = network.run(None, {"data": pixels.astype(np.float32)})
        vector: NDArray[np.float32] = vectors[0]
        return vector

    def _loaded(self) -> tuple[YuNet, onnxruntime.InferenceSession]:
        with self._lock:
            if self._networks is None:
                self._networks = (
                    YuNet(self._detector_model, self._threads),
                    open_session(self._embedding_model, self._threads),
                )
            return self._networks


def _place(face: LocatedFace) -> Place:
    left, top = face.box.x, face.box.y
    return Place(
        box=np.array([left, top, left + face.box.width, top + face.box.height]),
        landmarks=np.array(face.landmarks, np.float64),
    )


def _roll(landmarks: NDArray[np.float64]) -> float:
    across = landmarks[1] - landmarks[0]
    return float(np.degrees(np.arctan2(across[1], across[0])))


def _norm(vector: NDArray[np.float32]) -> float:
    return float(np.linalg.norm(vector))
