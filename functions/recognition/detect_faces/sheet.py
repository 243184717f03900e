"""What is made of a film's frames: its poster, and one sheet on which all are seen."""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
import simplejpeg

from beeldrecht.domain.films import MOST_BOXES, MOST_FRAMES, Film, Frame, FrameBox
from beeldrecht.domain.intake import RenditionName
from beeldrecht_vision.detection import FaceDetector
from beeldrecht_vision.faces import DetectedFace

from .films import Pixels, Reel, Still

TILE: Final = 480
"""Pixels of the longest side of a frame on the sheet."""
COLUMNS: Final = 6
_PREVIEW, _THUMB = 2048, 400
_DULL: Final = 12.0
"""Gray values deviate less than this in a frame that is black, white or fog."""
_FRAME: Final = (255, 255, 255)


@dataclass(frozen=True, slots=True)
class Looked:
    """A film that was looked through, and every file that was made of it."""

    film: Film
    frames: tuple[Frame, ...]
    """In the order of their instants."""
    files: dict[RenditionName, bytes]
    poster_size: tuple[int, int]
    """Pixels, width and height."""


def look_through(reel: Reel, detector: FaceDetector) -> Looked | None:
    """Find the faces of each frame; None where not one frame could be read.

    One frame is held at a time, and the one that will be the poster: the first that
    shows anything.
    """
    found: list[tuple[Frame, Pixels]] = []
    poster: Still | None = None
    for still in reel.stills():
        if len(found) == MOST_FRAMES:
            break
        scale = reel.told.width / still.pixels.shape[1]
        faces = detector.detect(still.pixels).faces
        found.append((_frame(still.at_ms, faces, scale), _tile(still, faces)))
        if poster is None or _rank(still) < _rank(poster):
            poster = still
    if poster is None:
        return None
    found.sort(key=lambda each: each[0].at_ms)
    told = reel.told
    film = Film(
        duration_ms=told.duration_ms,
        codec=told.codec,
        width=told.width,
        height=told.height,
        poster_ms=poster.at_ms,
        frame_count=len(found),
        complete=reel.complete,
    )
    files = {
        RenditionName.WORKING: _jpeg(poster.pixels, 95, "444"),
        RenditionName.PREVIEW: _jpeg(_fitted(poster.pixels, _PREVIEW), 85, "420"),
        RenditionName.THUMB: _jpeg(_fitted(poster.pixels, _THUMB), 82, "420"),
        RenditionName.FRAMES: _jpeg(_sheet([tile for _, tile in found]), 85, "420"),
    }
    height, width = poster.pixels.shape[:2]
    return Looked(film, tuple(frame for frame, _ in found), files, (width, height))


def _rank(still: Still) -> tuple[bool, int]:
    gray = cv2.cvtColor(_fitted(still.pixels, _THUMB), cv2.COLOR_BGR2GRAY)
    return float(np.std(np.asarray(gray))) < _DULL, still.at_ms


def _frame(at_ms: int, faces: tuple[DetectedFace, ...], scale: float) -> Frame:
    largest = sorted(faces, key=lambda face: -face.size)[:MOST_BOXES]
    boxes = [
        FrameBox(
            round(face.box.x * scale),
            round(face.box.y * scale),
            round(face.box.width * scale),
            round(face.box.height * scale),
        )
        for face in largest
    ]
    boxes.sort(key=lambda box: (box.y, box.x))
    return Frame(at_ms, len(faces), tuple(boxes))


def _tile(still: Still, faces: tuple[DetectedFace, ...]) -> Pixels:
    """A frame as it stands on the sheet: its instant, and a line around each face."""
    tile = np.array(_fitted(still.pixels, TILE))
    scale = tile.shape[1] / still.pixels.shape[1]
    for face in faces:
        box = face.box
        corner = round(box.x * scale), round(box.y * scale)
        other = round((box.x + box.width) * scale), round((box.y + box.height) * scale)
        cv2.rectangle(tile, corner, other, _FRAME, 2)
    words = f"{still.at_ms // 60_000}:{still.at_ms // 1000 % 60:02}"
    place = 6, tile.shape[0] - 8
    cv2.putText(tile, words, place, cv2.FONT_HERSHEY_SIMPLEX, 0.6, (0, 0, 0), 4)
    cv2.putText(tile, words, place, cv2.FONT_HERSHEY_SIMPLEX, 0.6, _FRAME, 1)
    return tile


def _sheet(tiles: list[Pixels]) -> Pixels:
    height, width = tiles[0].shape[:2]
    columns = min(COLUMNS, len(tiles))
    rows = -(-len(tiles) // columns)
    sheet = np.zeros((rows * height, columns * width, 3), np.uint8)
    for n, tile in enumerate(tiles):
        top, left = n // columns * height, n % columns * width
        sheet[top : top + height, left : left + width] = tile
    return sheet


def _fitted(pixels: Pixels, side: int) -> Pixels:
    height, width = pixels.shape[:2]
    scale = side / max(height, width)
    if scale >= 1:
        return pixels
    size = max(1, round(width * scale)), max(1, round(height * scale))
    made = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
    return np.asarray(made, dtype=np.uint8)


def _jpeg(pixels: Pixels, quality: int, subsampling: str) -> bytes:
    whole = np.ascontiguousarray(pixels)
    return bytes(simplejpeg.encode_jpeg(whole, quality, "BGR", subsampling))
