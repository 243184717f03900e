"""A film is looked through in some of its frames, by a process of its own."""

import os
from pathlib import Path

import pytest

from beeldrecht.domain.films import MOST_FRAMES, instants
from beeldrecht.domain.intake import RenditionName
from beeldrecht_vision.detection import FaceDetector, read_picture
from recognition.detect_faces import films, frames
from recognition.detect_faces.films import opened
from recognition.detect_faces.sheet import TILE, Looked, look_through
from tests.fakes.reels import film_of, flat, shown
from tools.photos import photos

MODEL = Path(__file__).parents[3] / "build/models/yunet.onnx"
SIZE = (480, 360)


@pytest.fixture(scope="module")
def detector() -> FaceDetector:
    return FaceDetector(MODEL)


def looked(path: Path, detector: FaceDetector) -> Looked | None:
    with opened(path) as reel:
        return None if reel is None else look_through(reel, detector)


@pytest.mark.parametrize("ending", ["mp4", "webm"])
def test_faces_are_found_in_the_frames_they_are_in(
    ending: str, detector: FaceDetector, tmp_path: Path
) -> None:
    """Black for two seconds, then one face, then another: boxes, and no names."""
    found = photos()
    one = shown(found["obama.jpg"].path, SIZE)
    other = shown(found["biden.jpg"].path, SIZE)
    path = tmp_path / f"film.{ending}"
    film_of(path, [*[flat(0, SIZE)] * 4, *[one] * 4, *[other] * 4])
    seen = looked(path, detector)
    assert seen is not None
    film = seen.film
    assert (film.duration_ms, film.width, film.height) == (6_000, *SIZE)
    assert film.codec == ("vp8" if ending == "webm" else "mpeg4")
    assert film.complete
    assert film.frame_count == 6
    told = [(frame.at_ms, frame.face_count) for frame in seen.frames]
    assert told == [(500, 0), (1500, 0), (2500, 1), (3500, 1), (4500, 1), (5500, 1)]
    (box,) = seen.frames[2].boxes
    assert 40 < box.width < 200
    assert 0 < box.x + box.width < SIZE[0]
    # The poster is the first frame that shows anything, as large as it is.
    assert film.poster_ms == 2500
    poster = read_picture(seen.files[RenditionName.WORKING])
    assert poster.shape == (SIZE[1], SIZE[0], 3)
    assert seen.poster_size == SIZE
    assert len(detector.detect(poster).faces) == 1
    sheet = read_picture(seen.files[RenditionName.FRAMES])
    assert sheet.shape == (TILE * 3 // 4, 6 * TILE, 3)


def test_a_film_that_was_turned_is_seen_upright(
    detector: FaceDetector, tmp_path: Path
) -> None:
    path = tmp_path / "turned.mp4"
    data = bytearray(film_of(path, [flat(90, SIZE), flat(60, SIZE)]))
    matrix = data.index(b"tkhd") + 44
    right = (0, 1 << 16, 0, -(1 << 16), 0, 0, SIZE[1] << 16, 0, 1 << 30)
    data[matrix : matrix + 36] = b"".join(n.to_bytes(4, signed=True) for n in right)
    path.write_bytes(data)
    seen = looked(path, detector)
    assert seen is not None
    assert (seen.film.width, seen.film.height) == (SIZE[1], SIZE[0])
    assert seen.poster_size == (SIZE[1], SIZE[0])


def test_what_is_no_film_is_not_opened(tmp_path: Path) -> None:
    """Neither a container nor a codec that is not asked for: an AVI, a text, nothing."""
    text = tmp_path / "film.mp4"
    text.write_bytes(b"\0\0\0\x18ftypisom" + b"nothing of the kind" * 50)
    avi = tmp_path / "film.avi"
    film_of(avi, [flat(90)] * 3)
    playlist = tmp_path / "list.mp4"
    playlist.write_text(f"#EXTM3U\n#EXTINF:1,\nfile://{avi}\n")
    for path in (text, avi, playlist):
        with opened(path) as reel:
            assert reel is None


def test_what_came_of_a_film_that_breaks_off_counts(
    detector: FaceDetector, tmp_path: Path
) -> None:
    path = tmp_path / "film.webm"
    whole = film_of(path, [flat(20 * n, SIZE) for n in range(1, 11)])
    path.write_bytes(whole[: len(whole) * 2 // 3])
    seen = looked(path, detector)
    assert seen is not None
    assert seen.film.frame_count > 0
    path.write_bytes(whole[:300])
    assert looked(path, detector) is None


def test_the_decoder_gets_no_credentials_little_memory_and_little_time(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = tmp_path / "program.py"
    program.write_text(
        "import json, os, sys, time\n"
        f"sys.path.insert(0, {str(Path(frames.__file__).parent)!r})\n"
        "import frames, resource\n"
        "frames.limit()\n"
        "limits = [resource.getrlimit(n)[0] for n in"
        " (resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_FSIZE)]\n"
        "ok = limits == [frames.MEMORY, frames.SECONDS, 0]\n"
        "ok = ok and 'AWS_SESSION_TOKEN' not in os.environ\n"
        "told = {'codec': 'h264', 'width': 2 if ok else 0, 'height': 2}\n"
        "print(json.dumps(told), flush=True)\n"
        "time.sleep(60)\n"
        "print(json.dumps({'end': True, 'wanted': 0}), flush=True)\n"
    )
    monkeypatch.setenv("AWS_SESSION_TOKEN", "of the function")
    monkeypatch.setattr(films, "_PROGRAM", program)
    monkeypatch.setattr(films, "_WAIT", 3.0)
    with opened(tmp_path) as reel:
        assert reel is not None
        assert list(reel.stills()) == []
        assert not reel.complete  # it was ended before it said that it ended
    assert os.environ["AWS_SESSION_TOKEN"]


@pytest.mark.parametrize("length", [1, 999, 1_000, 3_500, 36_000, 5_400_000, None])
def test_instants_are_spread_over_the_whole_length(length: int | None) -> None:
    wanted = instants(length)
    assert 0 < len(wanted) <= MOST_FRAMES
    assert len(set(wanted)) == len(wanted)
    if length is not None:
        assert all(0 <= each < length for each in wanted)
        first = sorted(wanted[: max(2, len(wanted) // 2)])
        assert len(wanted) < 4 or first[-1] - first[0] > length / 3
