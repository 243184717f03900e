"""Whatever the order, however often, wherever it ends: it comes to the same.

Hypothesis is the cloud here: it delivers what waits in any order, twice, too early, in
the middle of another delivery, and ends processes between any two writes. When it has
had its fun everything that waits is delivered once more, as at-least-once promises, and
then the library must be what it is after a quiet day.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from beeldrecht.adapters.errors import StaleRevisionError
from beeldrecht.runtime.pixels import NotReceivedError
from clearance.confirm_appearance.step import UnknownFaceError
from tests.fakes.effects import Killed, When
from tests.fakes.samples import ANN, BOB, Sight, face_id, grant, picture_of, seen
from tests.fakes.world import World

_COME_BACK = (NotReceivedError, StaleRevisionError, UnknownFaceError, Killed)


class Kind(StrEnum):
    """What can wait to be delivered."""

    UPLOAD = "upload"
    DETECTION = "detection"
    CLEARANCE = "clearance"
    ANN_IS_FACE_0 = "ann is face 0"
    BOB_IS_FACE_1 = "bob is face 1"
    UPLOAD_AGAIN = "upload again"


DO: dict[Kind, Callable[[World], object]] = {
    Kind.UPLOAD: World.receive,
    Kind.DETECTION: World.detect,
    Kind.CLEARANCE: World.check,
    Kind.ANN_IS_FACE_0: lambda world: world.answer(face_id(0), ANN),
    Kind.BOB_IS_FACE_1: lambda world: world.answer(face_id(1), BOB),
    Kind.UPLOAD_AGAIN: lambda world: world.upload(picture_of(shade=200)),
}
WAITING_AT_FIRST = (
    Kind.UPLOAD,
    Kind.UPLOAD_AGAIN,
    Kind.ANN_IS_FACE_0,
    Kind.BOB_IS_FACE_1,
)


@dataclass(frozen=True)
class Turn:
    """One delivery: which of those that wait, and what befalls it."""

    which: int
    again: bool
    """It is delivered once more, later."""
    place: int
    when: When
    between: int | None
    """Which other delivery comes in at that write; None: the process ends there."""


TURNS = st.lists(
    st.builds(
        Turn,
        which=st.integers(0, 7),
        again=st.booleans(),
        place=st.integers(1, 8),
        when=st.sampled_from(When),
        between=st.one_of(st.none(), st.integers(0, 7)),
    ),
    max_size=25,
)


class Cloud:
    """Delivers what waits, and takes in what the deliveries hand on."""

    def __init__(self) -> None:
        self.world = World()
        self.world.announce()
        self.world.upload()
        self.world.know(ANN, BOB)
        self.world.sign(grant(ANN), grant(BOB))
        self.world.sight = Sight((seen(0), seen(1)))
        self.waiting = list(WAITING_AT_FIRST)
        self._taken = {Kind.DETECTION: 0, Kind.CLEARANCE: 0}

    def turn(self, turn: Turn) -> None:
        if not self.waiting:
            return
        kind = self.waiting.pop(turn.which % len(self.waiting))
        if turn.between is None:
            self.world.effects.kill(turn.place, turn.when)
        else:
            other = turn.between
            self.world.effects.arm(turn.place, turn.when, lambda: self._aside(other))
        came_back = self._deliver(kind)
        self.world.effects.disarm()
        if turn.again or came_back:
            self.waiting.append(kind)
        self._take_in()

    def calm(self) -> World:
        """Deliver all that waits, in order, until nothing does."""
        for _ in range(200):
            if not self.waiting:
                return self.world
            kind = self.waiting.pop(0)
            if self._deliver(kind):
                self.waiting.append(kind)
            self._take_in()
        raise AssertionError(f"it never came to rest: {self.waiting}")

    def _aside(self, which: int) -> None:
        """Another delivery, in the middle of this one; it stays waiting if it fails."""
        if self.waiting:
            kind = self.waiting.pop(which % len(self.waiting))
            if self._deliver(kind):
                self.waiting.append(kind)

    def _deliver(self, kind: Kind) -> bool:
        """Do it; say whether it has to come back."""
        try:
            DO[kind](self.world)
        except _COME_BACK:
            return True
        return False

    def _take_in(self) -> None:
        sent = {
            Kind.DETECTION: self.world.detections.sent,
            Kind.CLEARANCE: self.world.clearance.started,
        }
        for kind, queue in sent.items():
            self.waiting += [kind] * (len(queue) - self._taken[kind])
            self._taken[kind] = len(queue)


def comparable(world: World) -> dict[str, Any]:
    """The state, with the trail as a set: who comes first is the cloud's to choose.

    Decisions on the way differ, for they are decisions on what was known by then; the
    last one must be the same, and stands in the library.
    """
    outcome = world.outcome()
    outcome["audit"] = {
        scope: {entry for entry in chain if entry[0] != "clearance:asset:decide"}
        for scope, chain in outcome["audit"].items()
    }
    return outcome


@cache
def quiet_day() -> World:
    return Cloud().calm()


def test_a_quiet_day_ends_with_a_picture_that_is_ready() -> None:
    world = quiet_day()
    assert world.record().status == "ready"
    assert len(world.appearances()) == 2
    assert set(world.originals.reads) == {"version-1"}


@given(turns=TURNS)
def test_any_order_repetition_overlap_and_end_comes_to_what_a_quiet_day_comes_to(
    turns: list[Turn],
) -> None:
    cloud = Cloud()
    for turn in turns:
        cloud.turn(turn)
    world = cloud.calm()
    assert comparable(world) == comparable(quiet_day())
    assert world.audit.findings() == ()
