"""Finding every face in a picture: the plan of looks that was measured to find most.

The only module that imports cv2. It prefers a face too many over one too few: a face
that is missed is somebody whose privacy nobody will think of. "No face found" is never
"nobody in it"; a person can always draw a box.

The plan, per picture:

1. *fine*: the picture at about 2000 pixels finds faces of 16 to 400 pixels there;
2. *coarse*: at 640 pixels, for faces so large that the fine look overlooks them;
3. *tiles*: only in a crowd, the full picture in squares of 1024. Many small faces in
   the fine look mean that there are smaller ones it cannot see;
4. the looks are merged, and where two saw the same face, the one in which it had 48 to
   250 pixels wins, for its landmarks are the best;
5. *confirmation*: a small or doubtful find is looked at again, cut out of the full
   picture and enlarged; what is then no face is dropped, what is one, is placed better;
6. *turned*: the coarse look at the three other quarter turns adds faces that nothing
   else found: of who lies down, and of pictures that lie on their side without saying
   so, in which the detector is nearly blind otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from beeldrecht_vision.decode import DEFAULT_PIXEL_LIMIT, decode_stored, turned
from beeldrecht_vision.faces import DetectedFace, Pass
from beeldrecht_vision.finds import SAME_FACE, Finds
from beeldrecht_vision.tiles import TILE, not_cut, tiles
from beeldrecht_vision.yunet import Candidates, YuNet, overlaps, suppress

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from beeldrecht_vision.decode import Picture

DETECTOR_ID: Final = "yunet_2023mar/plan_1"
"""Model and plan: it changes with either, and pictures can be looked at anew."""

MOST_FACES: Final = 400
"""More are not reported, and the picture is marked as not examined to its end."""

_FINE = 2000
_COARSE = 640
_LARGEST_SURE = 400  # pixels in a look; above, YuNet's boxes fall apart

_CROWD_FACES = 12
_CROWD_HEIGHT = 40  # pixels in the fine look

_SURE_SCORE = 0.8
_SURE_HEIGHT = 24  # pixels in the look that found it
_CONFIRM_HEIGHT = 112
_CONFIRM_OVERLAP = 0.3


@dataclass(frozen=True, slots=True)
class Detection:
    """The faces of one picture, from the top left to the bottom right.

    `truncated` says that there were more than may be reported: treat the picture as one
    whose faces are not all known, which is as not examined. `crowd` says that the tiles
    were looked through.
    """

    faces: tuple[DetectedFace, ...]
    truncated: bool = False
    crowd: bool = False
    detector_id: str = DETECTOR_ID


class FaceDetector:
    """The measured plan with its network; safe to share between threads."""

    def __init__(self, model: Path, threads: int = 1) -> None:
        # For the whole process: cv2 has no smaller scope for it.
        cv2.setNumThreads(threads)
        self._network = YuNet(model, threads)

    def detect(self, picture: Picture, most_faces: int = MOST_FACES) -> Detection:
        """Find the faces of an upright BGR picture, in its own pixels.

        The same picture gives the same faces in the same order, so that ids made of
        positions are stable when the step is tried again.
        """
        picture = np.ascontiguousarray(picture)
        finds = Finds()
        fine = _shrunk(picture, _FINE)
        coarse = _shrunk(fine, _COARSE)
        crowd = self._look_at_sizes(picture, fine, coarse, finds)
        finds = self._confirmed(picture, finds.merged())
        self._look_turned(picture, coarse, finds)
        faces = sorted(finds.merged().faces(picture), key=_reading_order)
        if len(faces) > most_faces:
            largest = sorted(faces, key=lambda face: -face.size)[:most_faces]
            faces = sorted(largest, key=_reading_order)
            return Detection(tuple(faces), truncated=True, crowd=crowd)
        return Detection(tuple(faces), crowd=crowd)

    def _look_at_sizes(
        self, picture: Picture, fine: Picture, coarse: Picture, finds: Finds
    ) -> bool:
        """Look at the fine and coarse sizes, and at tiles if it is a crowd."""
        seen = self._network.find(fine)
        if coarse is fine:
            finds.add(seen, Pass.FINE, _scale(fine, picture))
            return False
        finds.add(_not_too_large(seen), Pass.FINE, _scale(fine, picture))
        finds.add(self._network.find(coarse), Pass.COARSE, _scale(coarse, picture))
        if fine is picture or not _is_crowd(seen):
            return False
        for left, top in tiles(picture):
            tile = picture[top : top + TILE, left : left + TILE]
            whole = not_cut(self._network.find(tile), tile, left, top, picture)
            finds.add(_not_too_large(whole), Pass.TILES, 1.0, left, top)
        return True

    def _look_turned(self, picture: Picture, coarse: Picture, finds: Finds) -> None:
        """Look at the quarter turns, for sure finds only: these are not confirmed."""
        height, width = coarse.shape[:2]
        for quarters in (1, 2, 3):
            seen = self._network.find(np.rot90(coarse, quarters), _SURE_SCORE)
            back = _turned_back(seen, quarters, height, width)
            finds.add(back, Pass.TURNED, _scale(coarse, picture))

    def _confirmed(self, picture: Picture, finds: Finds) -> Finds:
        """Look again at what is small or doubtful; keep what is a face then as well."""
        kept = Finds()
        for index in range(len(finds)):
            single = finds.chosen(np.array([index]))
            face, height_seen = single.candidates, single.heights_seen[0]
            if face.scores[0] >= _SURE_SCORE and height_seen >= _SURE_HEIGHT:
                kept.extend(single)
                continue
            again = self._look_again(picture, face)
            if again is not None:
                kept.extend(Finds([again], single.passes, single.heights_seen))
        return kept

    def _look_again(self, picture: Picture, face: Candidates) -> Candidates | None:
        """Enlarge the face to 112 pixels, three times that with what is around it."""
        left, top, right, bottom = (float(edge) for edge in face.boxes[0])
        reach = max(right - left, bottom - top)
        if reach < 1:
            return None
        x, y = (left + right) / 2, (top + bottom) / 2
        first_row, first_column = max(0, int(y - reach)), max(0, int(x - reach))
        cut = picture[first_row : int(y + reach) + 1, first_column : int(x + reach) + 1]
        if 0 in cut.shape:
            return None
        scale = _CONFIRM_HEIGHT / reach
        how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
        seen = self._network.find_distinct(
            _picture(cv2.resize(cut, None, fx=scale, fy=scale, interpolation=how))
        ).placed(1 / scale, first_column, first_row)
        if not len(seen):
            return None
        shared = overlaps(face.boxes[0], seen.boxes)
        best = int(shared.argmax())
        if shared[best] <= _CONFIRM_OVERLAP:
            return None
        return seen.chosen(np.array([best]))


def read_picture(
    data: bytes, orientation: int = 1, pixel_limit: int = DEFAULT_PIXEL_LIMIT
) -> Picture:
    """Decode a JPEG to an upright, contiguous BGR picture; errors as of `decode_jpeg`."""
    stored = decode_stored(data, "BGR", pixel_limit)
    match orientation:
        case 3:
            return _picture(cv2.rotate(stored, cv2.ROTATE_180))
        case 6:
            return _picture(cv2.rotate(stored, cv2.ROTATE_90_CLOCKWISE))
        case 8:
            return _picture(cv2.rotate(stored, cv2.ROTATE_90_COUNTERCLOCKWISE))
        case _:  # as it is, or one of the mirrored ones, which no camera writes
            return np.ascontiguousarray(turned(stored, orientation))


def _shrunk(picture: Picture, longest: int) -> Picture:
    """Shrink to this longest side; a picture that is hardly larger stays as it is.

    Halving is the one averaging that cv2 does fast (9 ms for 24 megapixels, against 113
    for a third). So: halve while that is not too small, and take the rest, a factor
    under two, with the linear filter, which does not alias at such factors.
    """
    if max(picture.shape[:2]) <= longest * 1.25:
        return picture
    while max(picture.shape[:2]) >= longest * 2:
        height, width = (max(1, side // 2) for side in picture.shape[:2])
        # Halving wants even sides; the pixel at the edge is lost.
        even = picture[: height * 2, : width * 2]
        picture = _picture(
            cv2.resize(even, (width, height), interpolation=cv2.INTER_AREA)
        )
    scale = longest / max(picture.shape[:2])
    if scale == 1:
        return picture
    height, width = (max(1, round(side * scale)) for side in picture.shape[:2])
    return _picture(cv2.resize(picture, (width, height), interpolation=cv2.INTER_LINEAR))


def _scale(shrunk: Picture, picture: Picture) -> float:
    return float(max(picture.shape[:2]) / max(shrunk.shape[:2]))


def _not_too_large(seen: Candidates) -> Candidates:
    """Leave to the coarse look what only that one sees whole."""
    return seen.chosen(seen.heights < _LARGEST_SURE)


def _is_crowd(seen: Candidates) -> bool:
    distinct = seen.chosen(suppress(seen.boxes, seen.scores, SAME_FACE))
    return int((distinct.heights < _CROWD_HEIGHT).sum()) >= _CROWD_FACES


def _turned_back(seen: Candidates, quarters: int, height: int, width: int) -> Candidates:
    """Map finds in `rot90(picture, quarters)` back into the picture of that size."""

    def back(points: NDArray[np.float32]) -> NDArray[np.float32]:
        x, y = points[..., 0], points[..., 1]
        turns = {1: (width - y, x), 2: (width - x, height - y), 3: (y, height - x)}
        return np.stack(turns[quarters], axis=-1)

    corners = back(seen.boxes.reshape(-1, 2, 2))
    boxes = np.concatenate([corners.min(axis=1), corners.max(axis=1)], axis=1)
    return Candidates(boxes, back(seen.landmarks), seen.scores)


def _reading_order(face: DetectedFace) -> tuple[int, int, float, float]:
    """Top to bottom, then left to right, in whole pixels."""
    return (round(face.box.y), round(face.box.x), face.box.height, face.score)


def _picture(array: object) -> Picture:
    """Give cv2's result, which its stubs type as any array, the type that it has."""
    return np.asarray(array, dtype=np.uint8)
