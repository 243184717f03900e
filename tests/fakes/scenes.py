"""Situations that several tests start from."""

from collections.abc import Iterable
from datetime import date

from beeldrecht.domain.channels import Channel
from beeldrecht.domain.consent import GrantKind
from beeldrecht.domain.declarations import FILE_TYPE, PDF_TYPE
from beeldrecht.domain.films import MP4_TYPE
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.permits import RecognitionMode
from beeldrecht.domain.sessions import Session
from tests.fakes.samples import (
    ANN,
    BOB,
    EDITOR,
    FILM,
    LETTER,
    PICTURE,
    SHOOT,
    Sight,
    document_of,
    face_id,
    grant,
    seen,
)
from tests.fakes.world import World


def received(*faces: float) -> World:
    """A picture that is in, with faces of these heights for the detector to see."""
    world = World()
    world.announce()
    world.upload()
    world.receive()
    world.detections.sent.clear()
    world.sight = Sight(tuple(seen(n, height) for n, height in enumerate(faces)))
    return world


def letter() -> World:
    """A file that nothing opens, handed on as it is; Ann and Bob are known."""
    world = World()
    world.announce(media_type=FILE_TYPE)
    world.upload(LETTER)
    world.receive()
    world.detect()
    world.check()
    world.clearance.started.clear()
    world.know(ANN, BOB)
    return world


def brochure(faces: int = 0) -> World:
    """A document of three pages, with so many faces on the first; Ann and Bob known."""
    world = World()
    world.announce(media_type=PDF_TYPE)
    world.upload(document_of(3))
    world.sight = Sight(tuple(seen(n) for n in range(faces)))
    world.receive()
    world.detect()
    world.check()
    world.clearance.started.clear()
    world.know(ANN, BOB)
    return world


def film(faces: int = 0) -> World:
    """A film that was opened, with so many faces on its poster; Ann and Bob known."""
    world = World()
    world.announce(media_type=MP4_TYPE)
    world.upload(FILM)
    world.sight = Sight(tuple(seen(n) for n in range(faces)))
    world.receive()
    world.detect()
    world.check()
    world.clearance.started.clear()
    world.know(ANN, BOB)
    return world


def examined(count: int = 1) -> World:
    """A picture in which that many faces were found, and Ann is known to the house."""
    world = received(*(20.0 + n for n in range(count)))
    world.detect()
    world.clearance.started.clear()
    world.know(ANN)
    return world


def ready() -> World:
    """A picture of Ann alone, confirmed, who signed for the website and print."""
    world = examined()
    world.sign(grant(ANN))
    world.answer(face_id(0), ANN)
    world.check()
    world.clearance.started.clear()
    return world


def released() -> World:
    """The same, released by an editor for what Ann signed for."""
    world = ready()
    world.release(Channel.WEBSITE, Channel.PRINT)
    return world


def closed_session(
    people: int,
    kinds: Iterable[GrantKind],
    mode: RecognitionMode | None = RecognitionMode.CLOSED_SESSION,
    world: World | None = None,
) -> World:
    """A shoot in which everybody signed, a picture of it with a face for each."""
    world = world or World()
    roster = [derived_id("roster", str(n)) for n in range(people)]
    world.know(*roster)
    for person_id in roster:
        world.sign(*(grant(person_id, kind) for kind in kinds))
    world.library.save_session(
        Session(
            session_id=SHOOT,
            on=date(2026, 6, 1),
            closed=True,
            head_count=people,
            attested_by=EDITOR,
            roster=frozenset(roster),
        )
    )
    if mode is not None:
        world.recognise(mode)
    world.announce(PICTURE, SHOOT)
    world.upload()
    world.sight = Sight(tuple(seen(n) for n in range(people)))
    return world
