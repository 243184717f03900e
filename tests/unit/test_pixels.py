"""Where the full-size pixels are, and how they have to be turned."""

import pytest

from beeldrecht.adapters.errors import MissingObjectError
from beeldrecht.domain.intake import RenditionName
from beeldrecht.runtime.pixels import FullSize, NotReceivedError
from tests.fakes.samples import PICTURE, picture_of
from tests.fakes.world import World


def pixels(world: World) -> FullSize:
    return FullSize(world.originals, world.renditions)


def received(data: bytes) -> World:
    world = World()
    world.announce()
    world.upload(data)
    world.receive()
    return world


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_jpeg_is_read_itself_with_its_own_orientation(orientation: int) -> None:
    data = picture_of(orientation=orientation)
    world = received(data)
    assert pixels(world).read(world.record()) == (data, orientation)


def test_anything_else_is_read_from_its_working_rendition_which_is_upright() -> None:
    world = received(picture_of("PNG"))
    jpeg, orientation = pixels(world).read(world.record())
    assert jpeg == world.renditions.stored[PICTURE, RenditionName.WORKING]
    assert orientation == 1


def test_the_version_on_record_is_read_and_not_the_newest() -> None:
    world = received(picture_of())
    world.upload(picture_of(shade=200))
    assert pixels(world).read(world.record())[0] == picture_of()


def test_what_was_not_received_has_no_pixels_yet() -> None:
    world = World()
    world.announce()
    world.upload()
    with pytest.raises(NotReceivedError):
        pixels(world).read(world.record())


def test_what_is_gone_is_an_error() -> None:
    world = received(picture_of())
    world.originals.erase(PICTURE)
    with pytest.raises(MissingObjectError):
        pixels(world).read(world.record())
