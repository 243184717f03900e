"""Running a step with something in its way: ended half-way, or overtaken.

These are the deliveries that queues, schedules and workflows promise: at least once, in
any order, by processes that can end between any two writes.
"""

from collections.abc import Callable

from beeldrecht.adapters.errors import StaleRevisionError
from tests.fakes.effects import Killed, When
from tests.fakes.world import World


def effects_of(scene: Callable[[], World], act: Callable[[World], object]) -> list[str]:
    """The names of the effects of `act`, undisturbed, in their order."""
    world = scene()
    before = len(world.effects.names)
    act(world)
    return world.effects.names[before:]


def killed_and_retried(
    scene: Callable[[], World], act: Callable[[World], object], place: int, when: When
) -> World:
    """The world after `act` was ended at one of its effects, and then done again."""
    world = scene()
    world.effects.kill(place, when)
    try:
        act(world)
    except Killed:
        act(world)
    else:
        raise AssertionError(f"there is no effect {place}")
    return world


def overtaken(
    scene: Callable[[], World],
    act: Callable[[World], object],
    other: Callable[[World], object],
    place: int,
    when: When,
) -> World:
    """The world after `other` was done wholly in the middle of `act`.

    When `act` then finds that what it read is old, it is done again, as a queue or the
    workflow would.
    """
    world = scene()
    world.effects.arm(place, when, lambda: other(world))
    try:
        act(world)
    except StaleRevisionError:
        act(world)
    assert not world.effects.disarm(), f"there is no effect {place}"
    return world
