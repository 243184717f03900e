"""The local cloud's own way in: its address, and its invented users.

Only on a developer's machine; wherever the library is at AWS nothing of this is there.
"""

import time

from cli.place import Place, place_at
from cli.session import SignInFailedError, Tokens
from local.client import LocalCloud
from local.environments import LocalCloudError
from local.server import Server
from local.sign_in import SignInError, outputs_of, sign_in
from local.users import PEOPLE, user_named


class NoDemoUserError(Exception):
    """The local cloud has nobody of that name; `known` are those it has."""

    def __init__(self, given: str) -> None:
        super().__init__(given)
        self.given = given
        self.known = tuple(PEOPLE)


class NoLocalCloudError(Exception):
    """No local cloud runs here, or nothing is deployed to it."""


def place_in(cloud: LocalCloud) -> Place:
    """Where people sign in to what is deployed to a local cloud, as it says itself."""
    return place_at(outputs_of(cloud)["ApiUrl"])


def local_place() -> Place | None:
    """Where they do so here; None when nothing of the kind runs."""
    cloud = Server().running()
    if cloud is None:
        return None
    try:
        return place_in(cloud)
    except LocalCloudError:
        return None


def sign_in_as(name: str, cloud: LocalCloud | None = None) -> tuple[Place, Tokens]:
    """Sign in as an invented user, over the sign-in pages, as that person would.

    Raises NoDemoUserError, NoLocalCloudError and SignInFailedError.
    """
    if name not in PEOPLE:
        raise NoDemoUserError(name)
    try:
        cloud = cloud or Server().running_or_fail()
        place = place_in(cloud)
        given = sign_in(cloud, user_named(cloud, name).account, client="Cli")
    except SignInError as error:
        raise SignInFailedError("refused") from error
    except LocalCloudError as error:
        raise NoLocalCloudError from error
    return place, Tokens(given.access, given.refresh, time.time() + given.seconds)
