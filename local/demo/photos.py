"""The pictures of the demonstration: what is uploaded, and who the editor says is on it.

The portraits are real photographs (tools/photos.lock) of people who have nothing to do
with this; names, roles and consents are invented. Group pictures are composed from the
same portraits (tools/compose.py), so in those one face stands for several people.

Files are made in the output folder once and kept, so that their bytes, by which a second
run recognises an upload, do not depend on the versions of encoders.
"""

import hashlib
import shutil
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pillow_heif
from PIL import Image

from cli.pictures import Placed
from local.demo.organisation import Gathering, Who
from tools.compose import EVERYBODY, Recipe, compose
from tools.photos import Box, bring, photos

type Maker = Callable[[Path], None]
type Truth = Callable[[], Sequence[Box]]

BOMB_SIDE = 30_000
"""Pixels on each side of a picture that is 109 kB small and 900 megapixels large."""


@dataclass(frozen=True)
class Shot:
    """One file to upload."""

    name: str
    make: Maker
    faces: tuple[Who | None, ...] = ()
    """Who is on it, in the order of `boxes`; None: the editor does not know."""
    boxes: Truth = tuple
    """Where the faces are, in upright pixels."""
    at: Gathering | None = None
    """The session that it was taken at."""
    late: bool = False
    """Sent only when the others are through."""
    suggested: bool = False
    """Named by a suggestion that the editor confirms, not by hand."""


# The people on the portraits, as the composer knows them.
_FIRST, _SECOND, _THIRD = EVERYBODY
_STAFF = Recipe(
    "demo-reception",
    (_FIRST, _SECOND, _THIRD, _SECOND, _FIRST, _THIRD, _THIRD, _FIRST, _SECOND),
    size=(2200, 2200),
    face_heights=(250.0, 300.0),
    seed=21,
)
_PAIR = Recipe(
    "demo-pair",
    (_SECOND, _FIRST),
    size=(1800, 1200),
    face_heights=(420.0, 500.0),
    orientation=6,
    seed=22,
    caption="Opening van de tentoonstelling",
)
_TRIO = Recipe("demo-trio", EVERYBODY, (2400, 1200), (380.0, 440.0), seed=23)
_THIRD_PORTRAIT = Recipe(
    "demo-portrait", (_FIRST,), (1400, 1400), (560.0, 620.0), seed=24, place=None
)
_FAREWELL = Recipe(
    "demo-farewell", (_THIRD, _FIRST), (1800, 1200), (420.0, 500.0), seed=26
)
_ALONE = Recipe(
    "demo-alone", (_THIRD,), (1400, 1400), (560.0, 620.0), seed=27, place=None
)
_EMPTY = Recipe("demo-empty", (), (1600, 1200), seed=25)

PORTRAITS = ("portret-daniel-1.jpg", "portret-daniel-2.jpg", "portret-daniel-3.jpg")
"""The pictures from which one person is enrolled."""
RELEASED = "portret-daniel-1.jpg"
"""Is released, and stays so."""
WITHDRAWN = "portret-henk.jpg"
"""Waits for consent, is released, and loses the consent that carried it."""
SUGGESTED = "studio-daniel.jpg"
PARTLY = "jubileum.jpg"
"""Leaves with two of its three people covered."""
GIVEN = "opening-gedraaid.jpg"
"""Is fetched before who is in it asks for a copy."""
ERASED = "portret-els.jpg"
"""Is erased with the person who is alone in it."""
COVERED = "afscheid.jpg"
"""Is kept for who else is in it: she who was erased is covered for good."""


def shots() -> tuple[Shot, ...]:
    """Every file of the demonstration, in the order in which it is sent."""
    return (
        Shot(PORTRAITS[0], _photo("obama.jpg"), (Who.DANIEL,), _of("obama.jpg")),
        Shot(
            PORTRAITS[1],
            _photo("obama-standing.jpg"),
            (Who.DANIEL,),
            _of("obama-standing.jpg"),
        ),
        _composed(PORTRAITS[2], _THIRD_PORTRAIT, (Who.DANIEL,)),
        Shot("portret-anna.png", _photo("collins.png"), (Who.ANNA,), _of("collins.png")),
        Shot("portret-anna.heic", _heic, (Who.ANNA,), _of("collins.png")),
        Shot(WITHDRAWN, _photo("biden.jpg"), (Who.HENK,), _of("biden.jpg")),
        _composed(
            "nieuwjaarsborrel.jpg",
            _STAFF,
            (
                *(Who.DANIEL, Who.ANNA, Who.HENK, Who.SANNE),
                *(Who.MARC, Who.WILLEM, None, None, None),
            ),
            Gathering.RECEPTION,
        ),
        _composed(GIVEN, _PAIR, (Who.ANNA, Who.DANIEL), Gathering.RECEPTION),
        _composed(
            PARTLY,
            _TRIO,
            (Who.DANIEL, Who.SANNE, Who.WILLEM),
            Gathering.RECEPTION,
        ),
        _composed(COVERED, _FAREWELL, (Who.ELS, Who.DANIEL), Gathering.RECEPTION),
        _composed(ERASED, _ALONE, (Who.ELS,)),
        Shot("lege-zaal.avif", _avif),
        Shot("afgebroken.jpg", _truncated),
        Shot("notulen.jpg", _text),
        Shot("uitvergroting.png", bomb),
        Shot("portret-henk-kopie.jpg", _photo("biden.jpg"), late=True),
        Shot(
            SUGGESTED,
            _photo("obama-speaking.jpg"),
            (Who.DANIEL,),
            _of("obama-speaking.jpg"),
            at=Gathering.STUDIO,
            late=True,
            suggested=True,
        ),
    )


def prepare(shot: Shot, folder: Path) -> Path:
    """The file of a shot, made unless it is there; it appears whole or not at all."""
    path = folder / shot.name
    if not path.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        scratch = path.with_name(f".{path.stem}.part{path.suffix}")
        shot.make(scratch)
        scratch.rename(path)
    return path


def sha256_of(path: Path) -> str:
    """The digest by which the library knows a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def name_faces(shot: Shot, faces: Sequence[Placed]) -> dict[str, Who]:
    """Who the editor knows to be in which face, by face id.

    A face is the one whose true box it overlaps most, and only where both cover more
    than a third of what they cover together; whatever fits none stays without a name.
    """
    named: dict[str, Who] = {}
    for who, box in zip(shot.faces, shot.boxes(), strict=True):
        if who is None:
            continue
        best = max(faces, key=lambda face: _overlap(face, box), default=None)
        if best is not None and _overlap(best, box) > 1 / 3:
            named[best.face_id] = who
    return named


def _overlap(face: Placed, box: Box) -> float:
    x, y, width, height = box
    other = face.box
    wide = min(x + width, other.x + other.width) - max(x, other.x)
    tall = min(y + height, other.y + other.height) - max(y, other.y)
    if wide <= 0 or tall <= 0:
        return 0.0
    both = width * height + other.width * other.height - wide * tall
    return wide * tall / both


# -- making files ----------------------------------------------------------------------


def _photo(name: str) -> Maker:
    def make(path: Path) -> None:
        bring()
        shutil.copyfile(photos()[name].path, path)

    return make


def _of(name: str) -> Truth:
    return lambda: photos()[name].faces


def _composed(
    name: str,
    recipe: Recipe,
    faces: tuple[Who | None, ...],
    at: Gathering | None = None,
) -> Shot:
    def make(path: Path) -> None:
        bring()
        shutil.copyfile(compose(recipe).path, path)

    def boxes() -> Sequence[Box]:
        return [face.box for face in compose(recipe).faces]

    return Shot(name, make, faces, boxes, at)


def _heic(path: Path) -> None:
    bring()
    with Image.open(photos()["collins.png"].path) as opened:
        picture = opened.convert("RGB")
    pillow_heif.from_pillow(picture).save(path, quality=90)


def _avif(path: Path) -> None:
    with Image.open(compose(_EMPTY).path) as opened:
        opened.convert("RGB").save(path, "AVIF", quality=60)


def _truncated(path: Path) -> None:
    bring()
    whole = photos()["biden.jpg"].path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])


def _text(path: Path) -> None:
    path.write_text("Notulen van 9 januari: de voorzitter opent de vergadering.\n" * 20)


def bomb(path: Path) -> None:
    """Write a valid PNG of few bytes that decodes to 900 megapixels of black."""
    header = BOMB_SIDE.to_bytes(4) * 2 + bytes([1, 0, 0, 0, 0])
    row = bytes(1 + BOMB_SIDE // 8)
    squeeze = zlib.compressobj(9)
    pieces = [squeeze.compress(row * 100) for _ in range(BOMB_SIDE // 100)]
    content = b"".join([*pieces, squeeze.flush()])
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", header)
        + _chunk(b"IDAT", content)
        + _chunk(b"IEND", b"")
    )


def _chunk(kind: bytes, content: bytes) -> bytes:
    check = zlib.crc32(kind + content)
    return len(content).to_bytes(4) + kind + content + check.to_bytes(4)
